"""Questions of notebook 00, and the pre-test whose answers notebook 07 compares with those
given at the end.
"""
import ipywidgets as widgets
import numpy as np

from ..questions.check import Exercise, Prediction, teacher
from ..questions.predict import Question

__all__ = ["EXERCISES", "PREDICTIONS", "PRETEST", "AskedTwice", "check", "predict"]


def _euler_step(V, h, tau, V_inf):
    return V + h / tau * (V_inf - V)


def _interval(R, C_m, I_ext, theta):
    return R * C_m * np.log(R * I_ext / (R * I_ext - theta))


EXERCISES = {
    "Euler step": Exercise(
        right=_euler_step, inputs=lambda rng:
        (rng.uniform(0, 10), rng.uniform(0.1, 5), rng.uniform(5, 15), rng.uniform(15, 25)),
        expects="Return the voltage at the end of one step.", why=
        "New value = old value + step times slope, and the slope is (V_inf - V)/tau. The "
        "leftover shrinks by the "
        "factor 1 - h/tau at each step.", wrong={
            "That is the exact step. Euler follows the slope at the start of the step in a "
            "straight line.": lambda
            V, h, tau, V_inf: V_inf + (V - V_inf) * np.exp(-h / tau),
            "You returned the change. Where does it start from?": lambda V, h, tau, V_inf: h /
            tau * (V_inf - V),
            "The voltage runs away from its goal: look at the sign of the slope.": lambda V, h,
            tau, V_inf: V - h / tau * (V_inf - V),
            "Check the unit: h times a voltage is in mV ms. What must it be divided by?": lambda
            V, h, tau, V_inf: V + h * (V_inf - V),
            "Check the unit: mV times ms times ms is no voltage.": lambda V, h, tau, V_inf: V +
            h * tau * (V_inf - V),
            "That is what is left of the distance to the goal. The voltage itself is wanted.": lambda
            V, h, tau, V_inf: (1 - h / tau) * (V_inf - V),
            "Your voltage leaks, but nothing drives it: where does the goal come in?": lambda V,
            h, tau, V_inf: (1 - h / tau) * V,
        }),
    "where Euler rings": Exercise(
        right=lambda R, C_m: R * C_m, inputs=lambda rng:
        (rng.uniform(2, 20), rng.uniform(0.5, 2)),
        expects="Return a step in ms, from R in kΩ·cm² and C_m in µF/cm².", why=
        "The factor 1 - h/tau turns negative where h passes tau = R C_m: from there each step "
        "overshoots the goal.",
        wrong={
            "There the leftover keeps its size and changes its sign: that is where Euler blows "
            "up. Overshoot begins "
            "earlier.": lambda R, C_m: 2 * R * C_m,
            "Check the unit: kΩ·cm² divided by µF/cm² is no time.": lambda R, C_m: R / C_m,
            "That is a rate, one over a time.": lambda R, C_m: 1 / (R * C_m),
        }),
    "firing interval": Exercise(
        right=_interval, inputs=lambda rng:
        (rng.uniform(8, 12), rng.uniform(0.5, 2), rng.uniform(3, 5), rng.uniform(5, 20)),
        expects="Return the time in ms from V = 0 to V = theta.", why=
        "Set R I (1 - exp(-t/tau)) = theta and solve for t. As theta approaches R I the time "
        "grows without bound, and "
        "this is why the rate of this neuron starts from 0 Hz.", wrong={
            "Your time is negative. Which sign has the logarithm of a number below 1?": lambda
            R, C_m, I_ext, theta: -_interval(R, C_m, I_ext, theta),
            "That is a rate. The interval in ms is wanted.": lambda R, C_m, I_ext, theta: 1000 /
            _interval(R, C_m, I_ext, theta),
            "The logarithm has no unit: what turns it into ms?": lambda R, C_m, I_ext, theta:
            _interval(R, C_m, I_ext, theta) / (R * C_m),
            "The voltage without a threshold ends at R I, not at I.": lambda R, C_m, I_ext,
            theta: R * C_m * np.log(np.abs(I_ext / (I_ext - theta))),
            "Look at step 4 again: the exponential is 1 less the quotient, not the quotient.": lambda
            R, C_m, I_ext, theta: R * C_m * np.log(R * I_ext / theta),
            "The inverse of the exponential is the natural logarithm, np.log.": lambda R, C_m,
            I_ext, theta: _interval(R, C_m, I_ext, theta) / np.log(10),
        }),
}

PREDICTIONS = {
    "just above threshold": Prediction(
        "You raise the constant current bit by bit past the weakest one that makes this neuron "
        "fire. How does its firing "
        "rate begin?",
        ("with a jump to some rate, about 50 Hz", "at 0 Hz: any rate occurs, however low",
         "at its highest, then it falls"), 1,
        "Close to that current V needs ever longer for the last millivolt, so the interval "
        "between spikes has no upper "
        "bound. The squid axon of notebook 02 does jump, to about 50 Hz: here is a first "
        "difference that the f-I curve shows."
    ), "a long step": Prediction(
        "The membrane has a time constant of 10 ms and ends at 20 mV. You compute it by "
        "Euler's rule with steps of 15 ms. "
        "What will the computed voltage do?",
        ("creep up to 20 mV, less exactly", "overshoot 20 mV and settle to it by ringing",
         "grow without bound"), 1,
        "Each step multiplies the distance to 20 mV by 1 - 15/10 = -0.5: it changes sides and "
        "halves."
    ), "a little more": Prediction(
        "The current is switched on at once and stays. At 2 µA/cm² the Hodgkin-Huxley membrane "
        "stays silent, at 10 µA/cm² it "
        "fires a train of spikes. At 2.5 µA/cm² it ...",
        ("stays silent", "fires once, then falls silent", "fires a slow train that lasts"), 1,
        "From 2.24 µA/cm² on a sudden current fires the membrane, but only from 6.26 on does "
        "the firing last. It has no single "
        "threshold."),
}

PRETEST = {
    "more current": Prediction(
        "A Hodgkin-Huxley neuron gets a constant current. You make it stronger and stronger. "
        "Its firing ...",
        ("gets faster without limit", "gets faster up to a highest rate and keeps it",
         "gets faster, then stops",
         "does not depend on the current once it is above the threshold"), 2,
        "Notebook 02: above 154.5 µA/cm² the fixed point is stable again and the oscillation "
        "is gone (depolarisation block)."
    ), "frozen inactivation": Prediction(
        "How do ion channels shape firing? During a spike a gate shuts the sodium channels of "
        "a Hodgkin-Huxley neuron: "
        "inactivation. You hold this gate where it is at rest and apply a current that used to "
        "make the neuron fire "
        "steadily. Now it ...", ("fires as before", "fires faster",
                                 "fires once and then stays depolarised", "never fires"), 2,
        "Notebook 02: one spike, then V latches at 78.7 mV. Without inactivation the sodium "
        "current never lets go."
    ), "rebound": Prediction(
        "A constant current pushes a resting neuron away from firing (hyperpolarises it) for "
        "50 ms; then it is switched off. "
        "The neuron ...",
        ("can never fire from this", "can fire after the release", "fires during the current"),
        1,
        "Notebook 02: anode break. Hyperpolarisation removes inactivation and closes potassium "
        "gates; from -2.78 µA/cm² on, "
        "the release fires the membrane."),
    "exclusive or": Prediction(
        "One unit fires if the weighted sum of two 0/1 inputs reaches a threshold. Which "
        "function can it not compute, "
        "whatever the weights?",
        ("AND", "OR", "NOT of the first input", "exactly one of the two inputs is 1"), 3,
        "Notebook 01: four inequalities contradict each other. One unit computes 14 of the 16 "
        "functions of two inputs."
    ), "two opposite kicks": Prediction(
        "A neuron that fires steadily receives a short positive kick and some cycles later an "
        "equal negative one. "
        "Afterwards its rhythm is ...", ("where it would have been: the kicks cancel",
                                         "shifted, and in the same way in either order",
                                         "shifted, and by an amount that depends on the order"),
        2,
        "Notebook 03: each kick acts through the phase that it meets. At I = 0.5 one order "
        "leaves +0.10 cycle, the other "
        "-0.08."),
    "thicker insulation": Prediction(
        "A dendrite is a leaky cable. Only its membrane capacitance is doubled. How far does a "
        "steady voltage reach along it?",
        ("half as far", "as far as before", "1.4 times as far", "twice as far"), 1,
        "Notebook 04: the length constant is sqrt(a/(2 rho g_m)); the capacitance makes the "
        "response slower, not shorter."
    ), "one spike breeds one": Prediction(
        "In a large random network each spike causes, on average, exactly one further spike. "
        "One neuron fires. The activity ...",
        ("always stops after a few spikes", "grows until all fire",
         "stops sooner or later, after avalanches of all sizes"), 2,
        "Notebook 05: at the critical point an avalanche ends with certainty, but its mean "
        "size has no bound; sizes fall as "
        "the power -3/2."),
    "unequal amplitudes": Prediction(
        "A synapse is strengthened by 0.010 if the input spike comes just before the output "
        "spike, weakened by 0.012 if it "
        "comes just after. Both effects fade with the interval. Inputs and outputs fire at "
        "random and independently. "
        "On balance the synapse ...",
        ("is weakened, since 0.012 is more than 0.010", "does not change",
         "does either: what counts is how fast each fades"), 2,
        "Notebook 06: areas decide, amplitude times time constant. With 0.010 x 34 ms against "
        "0.012 x 17 ms strengthening wins."
    ),
}


class AskedTwice(Question):
    """A question of the pre-test: the choice is kept, the answer is not told before notebook 07
    has asked again.
    """
    def told(self, right):
        """Only that the choice is kept."""
        return "Kept. Notebook 07 asks again, after the evidence, and then tells you what is right."


check, _ask = teacher("00", EXERCISES, PREDICTIONS)


def predict(name):
    """Ask one of this notebook's questions, or all eight of the "pre-test"."""
    if name != "pre-test":
        return _ask(name)
    return widgets.VBox(
        [AskedTwice(f"00: pre-test, {each}", question) for each, question in PRETEST.items()])
