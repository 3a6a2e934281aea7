"""Questions of notebook 05: intervals, likelihood, mean field, the exact chain, avalanches."""
import numpy as np

from ..questions.check import Exercise, Prediction, teacher

__all__ = ["EXERCISES", "PREDICTIONS", "check", "predict"]


def _sigma(u):
    return 1 / (1 + np.exp(-u))


def _row(w12, w21, threshold):
    """From 01: neuron 2 fired, so it is reset and only neuron 1 receives something."""
    p1, p2 = _sigma(w12 - threshold), _sigma(-threshold)
    return np.array([(1 - p1) * (1 - p2), (1 - p1) * p2, p1 * (1 - p2), p1 * p2])


def _log_likelihood(X, p):
    return np.where(X, np.log(p), np.log(1 - p)).sum()


def _raster_and_probabilities(rng):
    return rng.random((8, 3)) < 0.4, rng.uniform(0.1, 0.9, (8, 3))


EXERCISES = {
    "interval law": Exercise(
        right=lambda h: h * np.concatenate([[1.0], np.cumprod(1 - h)[:-1]]), inputs=lambda rng:
        (rng.uniform(0.05, 0.6, 6),), expects=
        "Return an array as long as h: the probability of an interval of 1, 2, 3, ... steps.",
        why=
        "To fire for the first time at step k, the neuron is silent at 1 ... k - 1, each time "
        "with probability 1 - h, "
        "and then fires with probability h_k.", wrong={
            "That is the hazard again: it supposes that the neuron was silent until then. How "
            "probable is that?": lambda
            h: h,
            "One factor too many: in the step in which it fires, the neuron is not silent.": lambda
            h: h * np.cumprod(1 - h),
            "That is how probable it is to be silent up to step k, the spike is missing.": lambda
            h: np.cumprod(1 - h),
            "That is how probable it is to be silent before step k. Now the spike itself.": lambda
            h: np.concatenate([[1.0], np.cumprod(1 - h)[:-1]]),
            "That is the geometric law with a different h in each place; the silent steps have "
            "each their own h, too.": lambda
            h: h * (1 - h)**np.arange(len(h)),
            "The product runs over the silent steps: it takes the probabilities not to fire.": lambda
            h: h * np.concatenate([[1.0], np.cumprod(h)[:-1]]),
        }),
    "likelihood": Exercise(
        right=_log_likelihood, inputs=_raster_and_probabilities, expects=
        "X (steps, N) holds 0 and 1, p (steps, N) the probabilities to fire; return one number.",
        why=
        "Given the past the neurons are independent, so the probabilities multiply and their "
        "logarithms add: log p where "
        "the neuron fired, log(1 - p) where it did not. Silence is evidence too.", wrong={
            "You counted the spikes alone. A silent neuron is an observation, too: how "
            "probable was it?": lambda
            X, p: (X * np.log(p)).sum(),
            "That is the probability itself. For a long raster it underflows to 0: return its "
            "natural logarithm.": lambda
            X, p: np.exp(_log_likelihood(X, p)),
            "The factors of all neurons and steps multiply. You took a mean.": lambda X, p: np.
            where(X, np.log(p), np.log(1 - p)).mean(),
            "Nearly: that is to the base 2, in bits. The natural logarithm is wanted.": lambda
            X, p: _log_likelihood(X, p) / np.log(2),
            "A probability is at most 1, so its logarithm is not positive. Look at your sign.": lambda
            X, p: -_log_likelihood(X, p),
            "That is one number per step. Steps multiply, too.": lambda X, p: np.where(
                X, np.log(p), np.log(1 - p)).sum(axis=1),
            "These are the logarithms of the single factors. What do the logarithms of a "
            "product do?": lambda
            X, p: np.where(X, np.log(p), np.log(1 - p)),
            "The logarithm of a sum: take each factor's logarithm first, then add.": lambda X,
            p: np.log(np.where(X, p, 1 - p).sum()),
            "Spikes and silences are swapped.": lambda X, p: _log_likelihood(
                ~np.asarray(X, bool), p),
        }),
    "stationary rate": Exercise(
        right=lambda branching_parameter: max(0.0, 1 - 1 / branching_parameter),
        inputs=lambda rng:
        (rng.choice([rng.uniform(0.3, 0.9), rng.uniform(1.1, 1.9)]),), expects=
        "Return the stable share of firing neurons, for a number branching_parameter between 0 "
        "and 2.",
        why=
        "Besides 0 the map has the fixed point 1 - 1/(Gamma W). Below 1 that one is negative, "
        "so no share of neurons, "
        "and silence is stable; at 1 the two meet and exchange their stability.", wrong={
            "Below a certain gain times weight this is negative. Can that be a share of "
            "neurons? What is stable there?": lambda
            branching_parameter: 1 - 1 / branching_parameter,
            "Turning the sign round does not make it a share that stays. What happens to a few "
            "spikes when the gain is low?": lambda
            branching_parameter: abs(1 - 1 / branching_parameter),
            "Silence is always a fixed point. Is it stable for every gain?": lambda
            branching_parameter: 0.0,
            "That is the slope of the map at its fixed point, the multiplier. The fixed point "
            "is wanted.": lambda
            branching_parameter: 2 - branching_parameter,
            "You solved rho = Gamma W rho (1 - rho) as if the right side had no second rho.": lambda
            branching_parameter: branching_parameter / (1 + branching_parameter),
            "Divide by rho, then solve for 1 - rho first; you stopped one step early.": lambda
            branching_parameter: 1 / branching_parameter,
        }),
    "another phi": Exercise(
        right=[2.0, 0.5], expects="Give two numbers: [gain times weight, share that fires].",
        tolerance=0.01, why=
        "The squared phi is flat at 0, so silence stays stable for every weight, and activity "
        "appears by a jump. The curve "
        "would touch the diagonal later; phi reaches its ceiling first, and there (1 - rho) = "
        "rho.",
        wrong={
            "That is the onset for the clipped linear phi. The new phi is much smaller at "
            "small V: try larger weights.": [
                1.0, 0.0
            ], "The weight comes first, then the share.": lambda answer: answer[
                0] <= 1 < answer[1],
            "Near that weight: which share fires there? Print what mean_field returns just "
            "above it.": lambda
            answer: abs(answer[0] - 2) < 0.05 and answer[1] == 0,
            "Near that weight two new shares lie close together. Where they part, which one do "
            "they come from?": lambda
            answer: abs(answer[0] - 2) < 0.05,
            "There a network that is firing keeps firing, but that is not the lowest weight. "
            "Look for the first one.": lambda
            answer: answer[0] > 2,
            "With that weight only silence is stationary: try larger ones.": lambda answer:
            answer[0] < 2,
        }),
    "row of the chain": Exercise(
        right=_row, inputs=lambda rng:
        (rng.uniform(-2, 3), rng.uniform(-2, 3), rng.uniform(0.3, 2)),
        expects="Return four probabilities, to the patterns 00, 01, 10, 11.", why=
        "Neuron 2 fired: it is at 0 now, whatever it received. Neuron 1 was silent and "
        "receives W12, the weight to 1 from "
        "2. Given that, they draw independently.", wrong={
            "W12 is the weight to 1 from 2: post first, pre second.": lambda w12, w21,
            threshold: _row(w21, w12, threshold),
            "In the pattern 01 it is neuron 2 that fired; the first digit is neuron 1.": lambda
            w12, w21, threshold: _row(w21, w12, threshold)[[0, 2, 1, 3]],
            "A neuron that fired is reset: it does not receive anything in that step.": lambda
            w12, w21, threshold: np.array([
                (1 - _sigma(w12 - threshold)) * (1 - _sigma(w21 - threshold)),
                (1 - _sigma(w12 - threshold)) * _sigma(w21 - threshold),
                _sigma(w12 - threshold) * (1 - _sigma(w21 - threshold)),
                _sigma(w12 - threshold) * _sigma(w21 - threshold)
            ]), "Reset sets V to 0, not the chance to fire: neuron 2 fires with phi(0).": lambda
            w12, w21, threshold: np.array(
                [1 - _sigma(w12 - threshold), 0.0,
                 _sigma(w12 - threshold), 0.0]),
            "The entries are right and in another order: count 00, 01, 10, 11.": lambda w12,
            w21, threshold: _row(w12, w21, threshold)[[0, 2, 1, 3]],
        }),
    "two folds": Exercise(
        right=[2.89894, 5.45336],
        expects="Give [lowest W, highest W] of the range with three stationary rates, to 0.01.",
        tolerance=0.004, why=
        "Between the folds a quiet and a lively state are both stable, and which one the "
        "network is in depends on its past: "
        "it remembers, although no neuron remembers more than one step.", wrong={
            "These are rates. The two weights are wanted at which the number of rates changes.": lambda
            answer: max(answer) < 1, "Lowest first.": lambda answer: answer[0] > answer[1],
            "At one end only one rate is left. Count the entries of mean_field on a finer grid "
            "of W.": [
                3.0, 4.0
            ], "The lower end is right; the upper one isn't yet.": lambda answer: abs(answer[
                0] - 2.89894) < 0.01, "The upper end is right; the lower one isn't yet.": lambda
            answer: abs(answer[1] - 5.45336) < 0.015,
        }),
    "mean avalanche": Exercise(
        right=lambda m: 1 / (1 - m), inputs=lambda rng: (rng.uniform(0.1, 0.95),),
        expects="Return the mean number of spikes, the first one included.", why=
        "One spike has m successors on average, these have m squared, and so on: 1 + m + m^2 + "
        "... At m = 1 each "
        "generation is as large as the last, and the sum has no bound.", wrong={
            "The first spike counts, too.": lambda m: m / (1 - m),
            "You stopped after the first generation. Successors have successors.": lambda m: 1 +
            m, "You stopped after the second generation. Where does the sum end?": lambda m: 1 +
            m + m * m,
            "Generations add m to the power of their number; where does a factorial come in?": lambda
            m: np.exp(m),
        }),
}

PREDICTIONS = {
    "coin neuron": Prediction(
        "A neuron fires in each step of 1 ms with probability 0.05, like a coin that is "
        "tossed. You count its spikes in many "
        "windows of one second: 50 on average. How much does the count vary from window to "
        "window?",
        ("its variance is far below 50", "its variance is about 50",
         "its variance is far above 50"), 1,
        "Variance over mean is 1 - p = 0.95. Cortical neurons are near 1, too, or somewhat "
        "above. A clock would give 0."
    ), "without reset": Prediction(
        "Two neurons excite each other, nothing leaks, and each fires now and then. You delete "
        "the rule that a spike sets V "
        "back to 0. What happens to the firing probabilities?",
        ("little: the reset is a detail", "they grow to about twice as much", "both go to 1",
         "both go to 0"), 2,
        "Without the reset V only ever grows, since nothing takes away what was received. The "
        "memory must end somewhere, and "
        "in this model it ends at the neuron's own last spike."),
    "gain three": Prediction(
        "2000 neurons, all connected to all, at gain times weight 3. At first 30 % fire. A "
        "neuron that just fired is silent "
        "in the next step. What do you see after a while?",
        ("about half of them fire in each step, at random",
         "the share jumps up and down without a pattern",
         "two fixed groups of different size take turns for ever", "the activity dies out"), 2,
        "After one step 0.7 x 0.9 = 0.63 of them fire. That is so many that every silent "
        "neuron fires next: 0.37. Then again "
        "the others. Chance has been driven out of the model."),
    "memory and clockwork": Prediction(
        "A neuron gets a constant input and forgets at its own spike. You let it integrate for "
        "longer, that is, you raise "
        "mu from 0 to 0.9. Its intervals become ...",
        ("more irregular, since it has more memory", "more regular", "neither"), 1,
        "With mu = 0 the hazard is flat after the first step, and intervals are nearly "
        "geometric. With mu = 0.9 the hazard "
        "climbs while V does: short intervals become rare, long ones are cut off, and CV falls "
        "to 0.30."
    ), "critical size": Prediction(
        "At the critical point each spike causes one further spike on average, so that every "
        "avalanche in a very large "
        "network ends. What is the mean size of an avalanche there?",
        ("about 2 spikes", "about 10 spikes", "it has no bound"), 2,
        "Half of the avalanches stop after one or two spikes; but the tail falls so slowly, "
        "like size to the power -3/2, that "
        "the mean is carried by the rarest and largest ones."),
    "correlation": Prediction(
        "Five neurons; from 3 to 2 there is no synapse. Over a very long recording, X_2(t) and "
        "X_3(t-1) are ...",
        ("uncorrelated, since there is no synapse", "correlated all the same"), 1,
        "Neurons 1 and 3 are both driven, directly or not, by what happened before, and 1 "
        "drives 2. Correlation is not "
        "connection: the likelihood of the whole model tells them apart, a correlation can't."),
}

check, predict = teacher("05", EXERCISES, PREDICTIONS)
