# %% [markdown]
r"""
# 00 · Introduction

**The question.** Artificial neural networks are named after the networks in our heads. What is left out when a neuron becomes a unit?

**You will be able to**
- replace a neuron by its f-I curve (its firing rate against a constant current), and say which facts the replacement loses;
- derive the voltage of a leaky membrane, and find the time step at which its simulation rings and blows up;
- compute how fast an integrate-and-fire neuron fires, and which of its parameters matter for that;
- send one current into five models of a neuron, and compare their responses.

**Time** Core: two sittings of 55 minutes (sections 1 to 3; sections 4 to 6), of which 30 are exercises and 5 eight questions before you start. Further: 55 minutes. **You need** school algebra and the idea of a derivative, that is, of a rate of change; without calculus take the route in [Further · Without calculus](#Further-·-Without-calculus).

**The thread.** The article begins with a student of biomedical engineering who dislikes memorising, and who found in mathematics a way to study memory itself. This course takes him at his word: you memorise nothing, you derive, predict and test. It also takes his text at its word, formula by formula. The text contains errors: numbers such as *erratum E21* refer to the [list in notebook 07](07_conclusion.ipynb#4-·-The-ledger-of-errata).
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    HodgkinHuxley,
    Panel,
    button,
    euler,
    label_panels,
    period,
    show,
    simulate,
    steady_rate,
)
from course_utils.models.passive_membrane import IntegrateAndFire, PassiveMembrane
from course_utils.notebook_00 import pictures
from course_utils.notebook_00.exercises import check, predict
from course_utils.notebook_00.experiments import EulerExperiment, FiveBrains
from course_utils.notebook_00.set_up import set_up_check

# %%
PassiveMembrane()

# %% [markdown]
r"""
The model prints this table itself: each symbol, its name in the code, its value and its unit. Every notebook begins with such a table; section 3 uses this one.
"""

# %% [markdown]
r"""
## 1 · Two kinds of neural network

Much is said about *neural networks*. The phrase nearly always means artificial ones. The biological ones came first: your head contains about 86 billion neurons (Azevedo et al. 2009).
"""

# %% tags=["folded"]
# Figure: a neuron, and the unit that stands in for it
fig, (cell, unit) = plt.subplots(1, 2, figsize=(9.4, 3.1), width_ratios=(1.45, 1),
                                 layout="constrained")
pictures.neuron(cell)
pictures.threshold_unit(unit)
cell.set_title("a neuron")
unit.set_title("an artificial unit")
show(
    fig, "a: a neuron. Its dendrites collect input, the soma adds it up, and the axon "
    "carries spikes to the synapses of the next cell. b: the unit that a machine has "
    "in its place: inputs times weights, a sum, a curve and one number.")

# %% [markdown]
r"""
- **Dendrites** collect input. In the unit: the inputs $x_1, x_2, \dots$
- **Synapses** make an input count more or less. In the unit: the weights $w_1, w_2, \dots$
- The **soma** adds up. In the unit: the sum $w_1x_1+w_2x_2+\dots$
- The **axon** sends **spikes**: pulses of voltage, about 100 mV high and 1 ms long, all of them alike. In the unit: one number $y$.

Only the last line is a puzzle, because a train of pulses goes on in time and one number does not. What is $y$? Section 4 gives the answer. For it you need a membrane first, and before that a computer that works.
"""

# %% [markdown]
r"""
## 2 · How to use this course

Students who only watch a demonstration learn little from it. They learn more if they predict the outcome beforehand (Crouch et al. 2004). Each idea of this course therefore runs through the same five steps:

| step | what you do |
|---|---|
| **Derive** | follow the formula; every step and every unit is there |
| **Predict** | commit yourself *before* you look. Being wrong is what makes you learn here |
| **Run** | run the smallest piece of code, and compare its numbers with theory |
| **Investigate** | move sliders, or grab the picture itself |
| **Exercise** | write the missing line. `check` answers at once, with a hint where it knows your mistake |

One game runs through all notebooks, the **errata hunt**: every formula of the article is tested before it is used. Some formulas fail. Each failure gets a short experiment that shows it, and notebook 07 lists them all.

You may change every cell. Run a cell with *Shift + Enter*. `simulate??` in a new cell shows the code behind a name; there is no other code. Cells that only draw are folded: a click on the grey bar opens them. Started by `make lab`, you work in a copy of your own: break what you like. What you commit is kept in the file `scores.json` beside your notebook until notebook 07 shows you how well you judged yourself; the latest verdict on each exercise is added to it. Delete the file, and all of it is forgotten. (Binder forgets by itself when you leave: download the file first.)

**Is your computer ready?** Press the button. It lists the versions, runs a speed test of one second and shows a slider that should move a bar, each with advice if it fails. It also says where your answers are kept, and makes one file of them to hand in.
"""

# %% tags=["nbval-ignore-output"]
button("Check my set-up", set_up_check)

# %% [markdown]
r"""
If there is **no button** above, no widget works: run `pip install -r requirements.txt` in the course's folder, start JupyterLab again and reload the page.

**Before you start: eight questions** about what is to come. Answer by instinct. You will not see the right answers here. Notebook 07 asks about the same eight ideas in other situations, and then compares.
"""

# %% tags=["nbval-ignore-output"]
predict("pre-test")

# %% [markdown]
r"""
## 3 · First simulation: a leaky capacitor

A membrane is a thin insulator between two salt solutions, so it stores charge: a capacitor. Channels let some charge leak through: a resistor beside it. $V$ is the voltage across the membrane in mV, counted from rest.

### Derive

1. Per cm² of membrane the charge is $Q = C_m V$, with the capacitance $C_m$ in µF/cm². Charge changes by the current that flows in, so $C_m\,\dfrac{dV}{dt}$ is a current in µA/cm².
2. An electrode sends in the current $I$ (µA/cm²; $I_\mathrm{ext}$ in the table). Through the resistance $R$ (kΩ·cm²) the current $V/R$ leaks out:
$$C_m\frac{dV}{dt} = I - \frac{V}{R}.$$
3. Multiply by $R$. With the **time constant** $\tau = RC_m$ (ms) and the **steady-state voltage** $V_\infty = RI$ (mV):
$$\tau\frac{dV}{dt} = V_\infty - V .$$
   Units: kΩ·cm² × µF/cm² = ms, and kΩ·cm² × µA/cm² = mV.
4. Let $D = V_\infty - V$ (mV) be the distance to the steady-state voltage. Because $V_\infty$ is constant, $\dfrac{dD}{dt} = -\dfrac{dV}{dt} = -\dfrac{D}{\tau}$. A quantity that shrinks in proportion to itself is an exponential: $D(t) = D(0)\,e^{-t/\tau}$.
5. From rest, $V(0)=0$ and $D(0)=V_\infty$:
$$V(t) = V_\infty\,\bigl(1 - e^{-t/\tau}\bigr).$$
6. A computer that knows only the equation of step 3 can do this: take the slope at the start of a step of length $h$ (ms) and follow it in a straight line. With $V_k$ for the voltage after $k$ steps, that is **Euler's rule**:
$$V_{k+1} = V_k + \frac{h}{\tau}\,(V_\infty - V_k).$$
7. Subtract both sides from $V_\infty$: one step multiplies the distance by a factor,
$$D_{k+1} = \Bigl(1-\frac h\tau\Bigr)\,D_k ,$$
   whereas the exact factor is $e^{-h/\tau}$. A computer that knows step 5 can use the exact factor, and its result is then exact at any $h$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a long step")

# %% [markdown]
r"""
### Run

The membrane of the table has $\tau = 10$ ms and ends at $V_\infty = 20$ mV.
"""

# %%
cell = PassiveMembrane()
t = np.linspace(0, 60, 300)
runs = {h: simulate(cell, np.arange(0, 61, h), scheme=euler) for h in (2.5, 10, 15, 20)}

# %% tags=["folded"]
# Figure: the exact voltage, and Euler's rule with four steps
looks = {2.5: (COLOR["green"], "."), 10: (COLOR["V"], "s"),
         15: (COLOR["purple"], "^"), 20: (COLOR["vermillion"], "o")}
fig, ax = plt.subplots(figsize=(8, 3.2), layout="constrained")
ax.plot(t, cell.exact(t), color=COLOR["theory"], ls="--", label="exact")
for h, run in runs.items():
    color, style = looks[h]
    ax.plot(run.t, run.V, style + "-", color=color, lw=1.2,
            label=f"Euler, $h$ = {h:g} ms", clip_on=False)
ax.set(xlabel="time (ms)", ylabel="$V$ (mV)", xlim=(0, 60), ylim=(-2, 42))
fig.legend(loc="outside right center")
show(
    fig, "Voltage of the leaky membrane against time after a step of current. The "
    "exact curve rises to 20 mV. Euler's rule with 2.5 ms stays close to it; with 10 "
    "ms it reaches 20 mV in one step, with 15 ms it rings and settles, and with 20 ms "
    "it jumps between 0 and 40 mV indefinitely.")

# %%
exact = simulate(cell, [0, 10]).V[-1]
fine = simulate(cell, np.arange(11), scheme=euler).V
print(f"exact V(τ) = {exact:.6f} mV, theory 20 (1 - 1/e) = "
      f"{20 * (1 - np.exp(-1)):.6f} mV")
print(f"Euler, h = 1 ms: {fine[1]:.2f}, {fine[2]:.2f}, {fine[3]:.2f} mV, ... by hand "
      "2.00, 3.80, 5.42 mV")
print(f"error of Euler at t = τ: {fine[10] - exact:.6f} mV, theory 20 (1/e - 0.9^10) = "
      f"{20 * (np.exp(-1) - 0.9**10):.6f} mV")

# %% [markdown]
r"""
The factor $1-h/\tau$ decides everything:

| step | factor | Euler's solution |
|---|---|---|
| $h<\tau$ | between 0 and 1 | approaches $V_\infty$ from one side, as it should |
| $h=\tau$ | 0 | reaches $V_\infty$ in one step. This is special to this equation, and no proof of accuracy |
| $\tau<h<2\tau$ | between −1 and 0 | overshoots, rings, settles |
| $h=2\tau$ | −1 | rings indefinitely: 0, 40, 0, 40 mV |
| $h>2\tau$ | below −1 | blows up |

Ringing and blow-up belong to the rule, not to the membrane. If a simulation of yours oscillates, halve the step before you call it physiology.

### Investigate

Move $h$ through $\tau$ and $2\tau$. Then leave $h$ alone and change $\tau = RC_m$ instead. You can also grab the picture: the first step follows your pointer. (The voltage axis doubles or halves with $V_\infty = RI$.)
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: Euler's rule beside the exact voltage
def view(fig):
    ax = fig.subplots()
    ax.set(xlim=(0, 100), xlabel="time (ms)", ylabel="$V$ (mV)")
    exact, = ax.plot([], [], "--", color=COLOR["theory"], animated=True, label="exact",
                     zorder=4)
    steps, = ax.plot([], [], "o-", color=COLOR["V"], lw=1.2, ms=5, animated=True,
                     label="Euler", zorder=3)
    ax.legend(loc="upper left", handles=[exact, steps])

    def update(trial, result):
        scale = 2.0**np.round(np.log2(max(result.goal, 1.0) / 20))
        ax.set_ylim(-25 * scale, 125 * scale)
        exact.set_data(result.exact_t, result.exact_V)
        steps.set_data(result.t, result.V)

    return update


Panel(EulerExperiment(), view, "h", "cell.I_ext", "cell.R", "cell.C_m")

# %% [markdown]
r"""
### Exercise · write a step: Euler's rule

Write one step of Euler's rule. `V` and `V_inf` are in mV, `h` and `tau` in ms.
"""

# %%
def euler_step(V, h, tau, V_inf):
    ...


check("Euler step", euler_step)

# %% tags=["solution"]
def solved_euler_step(V, h, tau, V_inf):
    return V + h / tau * (V_inf - V)


check("Euler step", solved_euler_step)

# %% [markdown]
r"""
### Exercise · choose: where it starts to ring

A membrane has the resistance `R` in kΩ·cm² and the capacitance `C_m` in µF/cm². Beyond which step $h$, in ms, does Euler's rule overshoot $V_\infty$?
"""

# %%
def longest_calm_step(R, C_m):
    ...


check("where Euler rings", longest_calm_step)

# %% tags=["solution"]
def solved_longest_calm_step(R, C_m):
    return R * C_m


check("where Euler rings", solved_longest_calm_step)

# %% [markdown]
r"""
**End of the first sitting.** You have a membrane, an exact solution, and a rule that can go wrong. The second sitting adds a threshold.

## 4 · A threshold, and what a unit keeps of a neuron

The leaky capacitor never spikes. The simplest addition that makes it spike: whenever $V$ reaches a threshold $\theta$ (mV), record a spike and reset $V$ to 0. A resistor, a capacitor, a threshold and a reset are an **integrate-and-fire neuron**. The first three are in Lapicque's work on the excitation of nerves (1907); the reset came later (Brunel & van Rossum 2007).

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("just above threshold")

# %%
IntegrateAndFire()

# %% [markdown]
r"""
### Exercise · derive: the last step

1. Between two spikes the neuron is the membrane of section 3: $V(t) = RI\,(1-e^{-t/\tau})$.
2. $V$ can reach $\theta$ only if its steady-state voltage lies above: $RI > \theta$. The current $I = \theta/R$ that must be exceeded is called the **rheobase**.
3. The next spike comes at the time $T$ at which $RI\,(1-e^{-T/\tau}) = \theta$.
4. So $e^{-T/\tau} = 1 - \dfrac{\theta}{RI}$, and $T = \ldots$

Complete step 4. `R` in kΩ·cm², `C_m` in µF/cm², `I_ext` in µA/cm², `theta` in mV; the answer is in ms. The natural logarithm is `np.log`.
"""

# %%
def interval(R, C_m, I_ext, theta):
    ...


check("firing interval", interval)

# %% tags=["solution"]
def solved_interval(R, C_m, I_ext, theta):
    return R * C_m * np.log(R * I_ext / (R * I_ext - theta))


check("firing interval", solved_interval)

# %% [markdown]
r"""
The firing rate is $f = 1000/T$ in Hz, with $T$ in ms. Rate against constant current is the **f-I curve** of a neuron.

Far above the rheobase the curve becomes a straight line. We show this with the quotient $u=\theta/RI$, which is small there.

1. By step 4, $T = -\tau\ln(1-u)$. The series of the logarithm is $-\ln(1-u) = u + \tfrac12u^2+\dots$
2. Hence $\dfrac{\tau f}{1000} = \dfrac1{u+\frac12u^2+\dots} = \dfrac1u\cdot\dfrac1{1+\frac12u+\dots}$.
3. For small $u$, $\dfrac1{1+\frac12u} \approx 1-\dfrac u2$. Therefore $\dfrac{\tau f}{1000} \approx \dfrac1u-\dfrac12$, that is
$$f \approx \frac{1000}{\tau}\Bigl(\frac{RI}{\theta}-\frac12\Bigr).$$

Machine learning calls a line that is cut off at zero a **rectified linear unit**.

### Run

Now measure the f-I curve of the neuron that this course takes most seriously: the Hodgkin-Huxley model of the squid axon (notebook 02). In this figure any lasting oscillation larger than 2 mV counts as firing.
"""

# %%
default = IntegrateAndFire()
rheobase = default.theta / default.R  # µA/cm²
near_it = 1 + np.geomspace(1e-12, 7 / 3, 400)  # finest where firing begins
leaky = IntegrateAndFire(I_ext=rheobase * np.r_[0, 0.5, 1, near_it])
line = 1000 / leaky.time_constant * (leaky.R * leaky.I_ext / leaky.theta - 0.5)

currents = np.arange(0, 171, 1.0)
squid = simulate(HodgkinHuxley(I_ext=currents), np.arange(0, 600, 0.05))
squid_rate = steady_rate(squid.t, squid.V, since=300)

# %% tags=["folded"]
# Figure: rate against current for two neurons, and the curves of artificial units
fig, (a, b, c) = plt.subplots(1, 3, figsize=(9.4, 3.2), layout="constrained")
a.plot(leaky.I_ext, np.maximum(line, 0), "--", color=COLOR["theory"],
       label="rectified line")
a.plot(leaky.I_ext, leaky.rate(), color=COLOR["V"], label="its rate")
b.plot(currents, squid_rate, ".", ms=3.5, color=COLOR["V"])
for ax, title in ((a, "integrate and fire"), (b, "Hodgkin-Huxley")):
    ax.set(title=title, xlabel="current (µA/cm²)", ylabel="rate (Hz)",
           ylim=(-8, 290 if ax is a else 190))
for silent in (0, 6.26), (154.5, 171):
    b.axvspan(*silent, color=COLOR["ghost"], alpha=0.25, lw=0)
b.text(166, 70, "silent", rotation=90, ha="right", va="center")
a.legend(loc="upper left")
u = np.linspace(-4, 4, 401)
c.plot(u, u >= 0, color=COLOR["vermillion"], ls=":", label="step")
c.plot(u, 1 / (1 + np.exp(-u)), color=COLOR["green"], ls="--", label="sigmoid")
c.plot(u, np.maximum(u, 0) / 4, color=COLOR["V"], label="rectifier / 4")
c.set(title="artificial units", xlabel="weighted sum", ylabel="output")
c.legend(loc="upper left")
label_panels((a, b, c))
show(
    fig, "Rate against input. a: integrate-and-fire rises steeply from 0 Hz at its "
    "rheobase of 1.5 µA/cm² and approaches a straight line. b: Hodgkin-Huxley jumps "
    "to 50 Hz and is silent above 154.5 µA/cm². c: a step, a sigmoid and a rectifier.")

# %% tags=["folded"]
# Table: rates in numbers
near = rheobase * (1 + np.array([1e-1, 1e-2, 1e-4, 1e-8]))
slow = ", ".join(f"{rate:.1f}" for rate in IntegrateAndFire(I_ext=near).rate())
print(f"integrate and fire, 10 %, 1 %, 0.01 % and 0.000001 % above rheobase: {slow} Hz")
print(f"at 5 µA/cm² {IntegrateAndFire(I_ext=5.0).rate():.1f} Hz, rectified line "
      f"{100 * (50 / 15 - 0.5):.1f} Hz")
at_10 = 1000 / period(HodgkinHuxley(I_ext=10.0))
print(f"Hodgkin-Huxley: at 10 µA/cm² {at_10:.2f} Hz, reference 68.32 Hz")
run = simulate(HodgkinHuxley(I_ext=np.array([6.0, 6.5, 150.0, 160.0])),
               np.arange(0, 800, 0.05))
rates = ", ".join(f"{rate:.1f}" for rate in steady_rate(run.t, run.V, since=400))
print(f"at 6, 6.5, 150 and 160 µA/cm²: {rates} Hz")

# %% [markdown]
r"""
Panel a looks like a jump, but the first line of numbers shows that it is not one: just above the rheobase the neuron fires at arbitrarily low rates. The curve of panel b does jump.

**This is the artificial unit.** Take a neuron; let other neurons drive it at steady rates $x_j$ through synapses of strength $w_j$; wait until its own rate is steady too; and forget all else:
$$y = f\Bigl(\sum_j w_j x_j\Bigr), \qquad f = \text{its f-I curve.}$$
Three neurons in a layer are therefore one line of code, and far above the rheobase they are nearly rectifiers:
"""

# %%
W = np.array([[0.10, 0.02], [0.03, 0.09], [0.01, 0.02]])  # weights, µA/cm² per Hz
x = np.array([30.0, 20.0])  # rates, Hz
neurons = IntegrateAndFire(I_ext=W @ x)
far_above = 1000 / neurons.time_constant * (neurons.R * (W @ x) / neurons.theta - 0.5)
rectified = np.maximum(0, far_above)
print("neurons    ", "  ".join(f"{rate:6.1f}" for rate in neurons.rate()), "Hz")
print("rectifiers ", "  ".join(f"{rate:6.1f}" for rate in rectified), "Hz")

# %% [markdown]
r"""
**What the replacement loses**, and which notebook brings it back:

| lost | back in |
|---|---|
| *when* each spike comes, and what the neuron did just before | 02, 03 |
| that stronger input can silence a neuron: no curve of panel c ever comes down | 02 |
| that one neuron can be silent or firing under the *same* current | 02, 03 |
| where on the cell an input arrives | 04 |
| chance: two trials are never alike | 05 |
| learning from the order of spikes | 06 |

### Exercise · predict: what moves the curve?

Which of the three parameters $R$, $C_m$ and $\theta$ move the current at which firing begins? Which change the slope far above it? Say it first, from $f\approx\frac{1000}{\tau}(\frac{RI}{\theta}-\frac12)$ with $\tau=RC_m$. Then change one number at a time in the next cell, run it together with the folded one below, and compare.
"""

# %%
changed = IntegrateAndFire(R=10.0, C_m=1.0, theta=15.0)
above = 1 + np.geomspace(1e-12, 6, 300)
changed = changed.but(I_ext=changed.theta / changed.R * np.r_[0, 1, above])

# %% tags=["folded"]
# Figure: rate against current, changed and unchanged
fig, ax = plt.subplots(figsize=(6.5, 3.0), layout="constrained")
before = IntegrateAndFire(I_ext=1.5 * np.r_[0, 1, above])
ax.plot(before.I_ext, before.rate(), color=COLOR["ghost"], lw=3, label="unchanged")
ax.plot(changed.I_ext, changed.rate(), color=COLOR["V"], label="changed")
ax.set(xlabel="current (µA/cm²)", ylabel="rate (Hz)", xlim=(0, 8), ylim=(-8, 520))
ax.legend(loc="upper left")
show(
    fig, "Firing rate against current of the integrate-and-fire neuron with the "
    "default parameters (grey) and with those of the cell above (blue). Compare where "
    "the two curves leave zero, and how steep they are at the right.")

# %%
moves_the_start = [...]  # names, such as "R"
changes_the_slope = [...]

check("what moves the curve", (moves_the_start, changes_the_slope))

# %% tags=["solution"]
check("what moves the curve", (["R", "theta"], ["C_m", "theta"]))

# %% [markdown]
r"""
## 5 · One current, five brains

This section shows the whole course in one picture. One current goes into five models at once:

- a **threshold unit** (01): 1 where the current is at least $\theta = 2.24$ µA/cm², else 0;
- the **Hodgkin-Huxley** membrane (02): a voltage and three kinds of gate;
- the **FitzHugh-Nagumo** model (03): two variables without units; its clock and its current are scaled so that at 10 µA/cm² it keeps the squid's time;
- a passive **cable** (04): the current enters one end of a dendrite; you see $V$ there and one and two length constants $\lambda$ away;
- **Galves-Löcherbach** neurons (05): 14 stochastic neurons that receive the same current.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a little more")

# %% [markdown]
r"""
### Run
"""

# %%
answers = FiveBrains(amplitude=10.0).run()

# %% tags=["folded"]
# Figure: the current, and below it the responses of the five models
fig = plt.figure(layout="constrained")
pictures.five_answers(fig, answers)
show(
    fig, "A step of 10 µA/cm² into five models. The threshold unit gives 1. "
    "Hodgkin-Huxley and FitzHugh-Nagumo fire 11 spikes each in the same rhythm. The "
    "voltage of the cable rises and falls off with distance. The 14 stochastic "
    "neurons each fire in their own pattern. Dashed: what a long step of that size "
    "does to the Hodgkin-Huxley membrane.")

# %%
steps = [2.0, 2.5, 6.0, 6.5, 10.0, 50.0, 100.0, 150.0, 170.0]  # µA/cm²
found = [FiveBrains(amplitude=I).run() for I in steps]

# %% tags=["folded"]
# Table: what three of the models do at nine currents
print("current  unit  Hodgkin-Huxley: spikes, swing after 110 ms (mV)  "
      "FitzHugh-Nagumo: spikes")
for I, a in zip(steps, found):
    print(f"{I:7.1f} {a.unit.max():5d} {len(a.V_spikes):23d} {a.swing:23.1f} "
          f"{len(a.v_spikes):25d}")

# %% [markdown]
r"""
Read the table downwards. The threshold unit changes its answer **once**. The squid membrane changes its behaviour three times. From 2.24 µA/cm² on it fires a spike or two, from 6.26 on a train that lasts, and above 154.5 it is silent. The *swing*, the range of V in the last 50 ms of the current, shrinks on the way. At 100 µA/cm² it is too small for a spike as it is counted here, which needs 50 mV; in section 4 an oscillation of 2 mV was enough. Which of the three currents is *the* threshold? None of them. The article states that a neuron fires if its current exceeds a threshold ([erratum E21](07_conclusion.ipynb#4-·-The-ledger-of-errata)); notebook 02 tests this.

FitzHugh-Nagumo was scaled to match the squid at 10 µA/cm². Elsewhere it does not match: at 50 µA/cm² it is already silent. A model is good for some question, never for all.

### Investigate

- Raise the current slowly through 2.24, 6.26 and 154.5 µA/cm².
- Set the shape to *ramp*: the membrane may let a current pass that would have made it fire as a step.
- Set it to *drawn*: the drawing ends with a negative current. Watch what happens when that current ends.
- **Draw your own**: press in the top panel and pull. *Clear the drawing* gives an empty sheet. The slider $I$ scales a drawing; $d$ has no effect on it. Make the squid fire while the threshold unit stays at 0.
- Change the random seed: the current stays the same, and only the stochastic neurons change.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one current into five models
def view(fig):
    move = pictures.five_answers(fig, FiveBrains().run(), animated=True)
    return lambda brains, answers: move(answers)


Panel(FiveBrains(), view, "amplitude", "shape", "duration", "seed")

# %% [markdown]
r"""
## 6 · Where it leads

The course is for you if you can program a little and want to know how neurons work, or whether their artificial namesakes deserve the name. No biology is taken for granted.
"""

# %% tags=["folded"]
# Figure: the map of the course
fig, ax = plt.subplots(figsize=(9.6, 4.8), layout="constrained")
pictures.course_map(ax)
show(
    fig, "Map of the course. 00 leads to 01 Engineering the neuron and to 02 Neural "
    "biophysics. 02 leads to 03 Dynamics and to 04 Cable theory. 01 and 03 lead to 05 "
    "Stochastic neurons, and 05 to 06 Learning. 03, 04 and 06 lead to 07 Conclusion.")

# %% [markdown]
r"""
| notebook | minutes | mathematics that it uses | after |
|---|---|---|---|
| [00 Introduction](00_introduction.ipynb) | 60 | a derivative, the exponential | – |
| [01 Engineering the neuron](01_engineering_the_neuron.ipynb) | 75 | sums, inequalities, straight lines | 00 |
| [02 Neural biophysics](02_neural_biophysics.ipynb) | 2 × 75 | a differential equation, the exponential | 00 |
| [03 From biophysics to dynamics](03_from_biophysics_to_dynamics.ipynb) | 90 | slopes in the plane, a 2 × 2 matrix | 02 |
| [04 Cable theory](04_cable_theory.ipynb) | 2 × 50 | second derivatives, the exponential | 02 |
| [05 Stochastic neurons](05_stochastic_neurons.ipynb) | 2 × 50 | probabilities, means, the stability of a fixed point | 01, 03 |
| [06 Learning: STDP](06_learning_stdp.ipynb) | 2 × 65 | the exponential, means | 05 |
| [07 Conclusion](07_conclusion.ipynb) | 2 × 40 | what you have learned by then | 03, 04, 06 |
"""

# %% [markdown]
r"""
## What you saw

- An artificial unit is a neuron of which only the f-I curve is kept.
- The voltage of a leaky membrane approaches $RI$ with the time constant $RC_m$; Euler's rule rings from $h=\tau$ and blows up beyond $2\tau$.
- A threshold makes it integrate-and-fire, whose rate starts from 0 Hz; the squid membrane starts at 50 Hz and stops at 154.5 µA/cm².
- One current, five models, five answers. The question decides which one you need.
- You predict, run, investigate, and trust no printed formula before you have tested it.
"""

# %% [markdown]
r"""
## Further · How wrong is a small step?

At $t=\tau$ Euler has made $n=\tau/h$ steps, and its error is $V_\infty\bigl(e^{-1}-(1-h/\tau)^{\tau/h}\bigr)$. For small $h$, $\ln(1-h/\tau) = -h/\tau - h^2/2\tau^2 - \dots$, so $(1-h/\tau)^{\tau/h} = e^{-1-h/2\tau-\dots} \approx e^{-1}(1-h/2\tau)$ and
$$\text{error} \approx \frac{V_\infty}{2e}\,\frac h\tau .$$
Half the step, half the error: the rule is **of first order**.
"""

# %%
cell = PassiveMembrane()
print("h (ms)   error at t = τ (mV)   V∞ h/(2 e τ)   ratio to the line above")
last = None
for h in (1, 0.5, 0.25, 0.125):
    t = np.arange(round(10 / h) + 1) * h
    error = simulate(cell, t, scheme=euler).V[-1] - cell.exact(10.0)
    ratio = f" {last / error:18.3f}" if last else ""
    print(f"{h:6.3f} {error:17.6f} {20 * h / (20 * np.e):17.4f}{ratio}")
    last = error

# %% [markdown]
r"""
### The exact value from two inexact ones

If half the step makes half the error, the difference between two Euler values shows how large the error is. Let $V_h$ be the value with the step $h$. Then $V_h-V_{h/2}$ is about the error of $V_{h/2}$, and $2V_{h/2}-V_h$ is almost exact. This is **Richardson's extrapolation**, and it needs no exact solution. For a wanted error $\epsilon$ it also gives the step, $\frac h2\,\epsilon/|V_h-V_{h/2}|$.
"""

# %%
def charged(h):
    """V in mV by Euler's rule after 10 ms."""
    t = np.linspace(0, 10, round(10 / h) + 1)
    return simulate(PassiveMembrane(), t, scheme=euler).V[-1]


coarse, fine = charged(0.5), charged(0.25)
exact = PassiveMembrane().exact(10.0)
wanted = 0.25 * 0.001 / (coarse - fine)
print(f"Euler with 0.25 ms: error {fine - exact:.6f} mV, estimated {coarse - fine:.6f}")
better = 2 * fine - coarse
print(f"extrapolated: {better:.6f} mV, error {better - exact:.6f}")
print(f"step for an error of 0.001 mV: {wanted:.6f} ms, true error with it "
      f"{charged(wanted) - exact:.6f} mV")

# %% [markdown]
r"""
## Further · When does the resistance matter?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a short pulse")

# %% [markdown]
r"""
### Run

A pulse of length $d$ brings a membrane from rest to $V=RI\,(1-e^{-d/\tau})$. If $d$ is much shorter than $\tau=RC_m$, this is $Id/C_m$: charge divided by capacitance, because almost nothing has leaked away. If $d$ is much longer, it is $RI$, and the capacitance no longer matters. The next cell compares two membranes with $R=5$ and $R=15$ kΩ·cm².
"""

# %%
for d in (0.5, 2, 5, 20, 100):
    low, high = (PassiveMembrane(I_ext=2.0, R=R).exact(d) for R in (5.0, 15.0))
    print(f"pulse of {d:5.1f} ms: {low:7.3f} and {high:7.3f} mV, "
          f"ratio {high / low:.4f}; charge over capacitance {2 * d:5.1f} mV")

# %% [markdown]
r"""
### Exercise · judge

Which parameter decides? Answer "R", "C_m" or "both" for a membrane with $\tau=10$ ms at rest:

1. the slope of the voltage just after a long current is switched on;
2. the voltage 100 ms later, while the current is still on;
3. the voltage at the end of a pulse of 0.2 ms;
4. the voltage at the end of a pulse of 10 ms.
"""

# %%
decides = [..., ..., ..., ...]

check("which parameter decides", decides)

# %% tags=["solution"]
check("which parameter decides", ["C_m", "R", "C_m", "both"])

# %% [markdown]
r"""
## Further · When does the unit agree with the neuron?

The unit of section 4 puts out the rate $f(I)$ that belongs to the present current. Now let the current alternate: $D$ ms at 2.4 and $D$ ms at 1.0 µA/cm². The unit always gives the mean of $f(2.4)$ and $f(1.0)$. The next cell follows the integrate-and-fire neuron from one event to the next, where an event is a spike or a change of the current.
"""

# %%
def alternating_rate(cell, high, low, D, cycles):
    """The rate in Hz of an IntegrateAndFire while the current alternates."""
    V, spikes, tau = 0.0, 0, cell.time_constant
    for cycle in range(2 * cycles):  # the first half lets the start fade
        for current in (high, low):
            left, V_inf = D, cell.R * current
            while V_inf > cell.theta:
                wait = tau * np.log((V_inf - V) / (V_inf - cell.theta))
                if wait > left:
                    break
                left, V = left - wait, cell.V_reset
                spikes += cycle >= cycles
            V = V_inf + (V - V_inf) * np.exp(-left / tau)
    return 1000 * spikes / (2 * D * cycles)


cell = IntegrateAndFire()
for high, low in ((2.4, 1.0), (2.2, 0.4)):
    currents = np.array([high, low, (high + low) / 2])
    f_high, f_low, f_mean = cell.but(I_ext=currents).rate()
    print(f"{high} / {low}: unit {(f_high + f_low) / 2:.2f} Hz, f(mean current) "
          f"{f_mean:.2f} Hz; neuron:", end="")
    for D in (0.1, 1, 4, 8, 16, 50, 200, 1000):
        cycles = max(10, round(5000 / D))
        print(f" {alternating_rate(cell, high, low, D, cycles):.1f} ({D} ms)", end="")
    print()

# %% [markdown]
r"""
If the current alternates much faster than $\tau$, the membrane averages the *current*, so the neuron fires at $f$ of the mean current. If $D$ is much longer than $\tau$ and than the intervals between spikes, the neuron averages the *rates*, and the unit is right. In between, the spikes lock to the alternation: at 8 ms the neuron fires at 62.5 Hz, which exceeds both. With 2.2 and 0.4 µA/cm² the mean current lies below the rheobase. There the neuron is silent up to $D=4.52$ ms, whereas the unit always reports 43.7 Hz. A unit that puts out $f(I)$ is therefore a model of a neuron only for inputs that change slowly.
"""

# %% [markdown]
r"""
## Further · Is the neuron a transistor, the brain a CPU?

The article asks this and leaves the question open ([erratum E1](07_conclusion.ipynb#4-·-The-ledger-of-errata)). These are the numbers.

| | a neuron | a transistor in a processor |
|---|---|---|
| fastest rhythm | some 100 Hz; the squid membrane at 6.3 °C swings at most 169 times a second (notebook 02) | some $10^9$ Hz |
| after one event | recovers for about 10 ms (squid, 6.3 °C) | ready at the next tick |
| inputs | thousands of synapses | one gate |
| below threshold | analogue: the voltage goes on counting | nothing is kept |
| answer to the same input | depends on what came before: at 8 µA/cm² the squid membrane rests or fires (notebook 02) | the same, by construction |
| connections | change with the order of spikes (notebook 06) | fixed |
| chance | two trials differ (notebook 05) | engineered away |

**What the comparison gives.** A spike is all-or-none like a bit, networks of threshold units compute any logical function (01), and one membrane can store one bit (02). **Where it breaks.** A gate has no history, no place and no noise, and a processor has a clock; none of these seven lines is a small correction. A brain works with about 20 W, of which computing in the cortex, as one audit defines it, takes about 0.1 W and communication 35 times as much (Levy & Calvert 2021). If there must be a comparison: a single neuron is closer to a small analogue computer with memory than to a switch. Notebook 07 takes the question up again, on the evidence of the course.

The next cell checks one line of the table: how a second spike depends on the first. Two pulses of 1 ms and 20 µA/cm²; the interval decides.
"""

# %%
t = np.arange(0, 45, 0.01)
for interval in (6.0, 10.0, 12.0, 20.0):
    pulses = 20.0 * ((t < 1) | ((t >= interval) & (t < interval + 1)))
    V = simulate(HodgkinHuxley(), t, I_ext=pulses).V
    print(
        f"second pulse after {interval:4.0f} ms: peaks {V[t < interval].max():6.1f} "
        f"and {V[t >= interval].max():6.1f} mV"
    )

# %% [markdown]
r"""
A transistor that had answered the first pulse would answer the second.
"""

# %% [markdown]
r"""
## Further · Without calculus

You can do the whole course without derivatives. Read $\dfrac{dV}{dt}$ as *the change of $V$ per ms*, and every equation as a recipe for the next value:
$$\text{new value} = \text{old value} + \text{step} \times \text{change per ms}.$$
That is Euler's rule, and the loop behind every picture here is nothing else (with cleverer steps). By hand, with $V_\infty=20$ mV, $\tau=10$ ms and steps of 1 ms: $0 \to 0 + \frac1{10}(20-0) = 2 \to 2+\frac1{10}(20-2)=3.8 \to 5.42$ mV.
"""

# %%
V = 0.0
for k in range(4):
    print(f"after {k} ms: {V:.3f} mV, change per ms {(20 - V) / 10:.3f} mV/ms")
    V = V + 1.0 * (20 - V) / 10

# %% [markdown]
r"""
Your route: skip what stands under *Derive*. Do all of *Predict*, *Run*, *Investigate* and these exercises, in this order:

| notebook | what to take | what to skip |
|---|---|---|
| 00 | sections 1, 2, 5, 6; of 3 the tables, the panel and *Euler step* | steps 4 and 5 of section 3; the formulas of 4 |
| 01 | all: it needs no calculus | – |
| 02 | the spike, the gates, the three thresholds, the panels | the limit at 0/0, the theorem |
| 03 | the phase plane as a map with arrows | eigenvalues |
| 04 | attenuation and delay by experiment, the panels | the differential equation's derivation |
| 05 | all but the stationary distribution | the fixed points' stability |
| 06 | the window, the two traces, the matrices | the drift integral |
| 07 | all | – |

A course of this kind built on algebra alone led to significant gains (Fink 2017).
"""

# %% [markdown]
r"""
## Further · Notation and glossary

Collected from what the models declare, so text and code can't drift apart. Where two models use one letter for two things, both rows stand.
"""

# %%
from course_utils import (
    STDP,
    Axon,
    Cable,
    FitzHughNagumo,
    GalvesLocherbach,
    ReducedHodgkinHuxley,
)
from course_utils.notebook_00.notation import glossary, notation

MODELS = (PassiveMembrane, IntegrateAndFire, HodgkinHuxley, ReducedHodgkinHuxley,
          FitzHughNagumo, Cable, Axon, GalvesLocherbach, STDP)
glossary(*MODELS)

# %%
notation(*MODELS)

# %% [markdown]
r"""
Words that the table takes for granted. **Membrane potential**: voltage inside minus outside. **Rest**: where it stays without input. **Depolarisation**: towards firing; *hyper*polarisation: away from it. **Spike** (action potential): the all-or-none pulse. **Reversal potential**: the voltage at which a kind of channel carries no current. **Conductance**: current per voltage, how open a path is. **Gate**: what opens and closes a channel. **Presynaptic, postsynaptic**: before and behind a synapse. **Rheobase**: the constant current above which a neuron fires.
"""

# %% [markdown]
r"""
## Questions to close

1. A colleague's simulation of a membrane with $R=5$ kΩ·cm² and $C_m=1$ µF/cm² swings between 0 and twice the steady voltage. Which step did she use?
2. You double the capacitance of an integrate-and-fire neuron. What happens to its rheobase, and what to its rate far above?
3. Which property of the Hodgkin-Huxley f-I curve can no network unit with a rising activation function have?
4. Two neurons have the same f-I curve. Name an experiment that can still tell them apart.

<details><summary>Answers</summary>

1. $\tau = 5$ ms; a swing that neither grows nor decays means a factor of −1, so $h=2\tau=10$ ms.
2. The rheobase $\theta/R$ stays. The rate is halved: $\tau$ doubles.
3. It comes down again: above 154.5 µA/cm² more current means no firing. A rising function never returns to 0.
4. Anything about time: a short pulse, a pulse soon after a spike, a ramp, a negative current that is released, the answer to noise. The f-I curve holds only what is left after a steady current has lasted.

</details>
"""

# %% [markdown]
r"""
## References

- Raje, A.: *Does the brain do math, or does math do the brain? An introduction to computational neuroscience.* The article of this course.
- Azevedo, F. A. C. et al. (2009): Equal numbers of neuronal and nonneuronal cells make the human brain an isometrically scaled-up primate brain. *J. Comp. Neurol.* 513:532. https://doi.org/10.1002/cne.21974
- Brunel, N. & van Rossum, M. C. W. (2007): Lapicque's 1907 paper: from frogs to integrate-and-fire. *Biol. Cybern.* 97:337. https://doi.org/10.1007/s00422-007-0190-0
- Crouch, C. et al. (2004): Classroom demonstrations: learning tools or entertainment? *Am. J. Phys.* 72:835. https://doi.org/10.1119/1.1707018
- Fink, C. G. (2017): An algebra-based introductory computational neuroscience course with lab. *J. Undergrad. Neurosci. Educ.* 15:A117.
- Hodgkin, A. L. & Huxley, A. F. (1952): A quantitative description of membrane current and its application to conduction and excitation in nerve. *J. Physiol.* 117:500. https://doi.org/10.1113/jphysiol.1952.sp004764
- Lapicque, L. (1907): Recherches quantitatives sur l'excitation électrique des nerfs traitée comme une polarisation. *J. Physiol. Pathol. Gén.* 9:620.
- Levy, W. B. & Calvert, V. G. (2021): Communication consumes 35 times more energy than computation in the human cortex, but both costs are needed to predict synapse number. *PNAS* 118:e2008173118. https://doi.org/10.1073/pnas.2008173118
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** 5 set-up check and pre-test (at home if you can) · 5 section 1, with the question "what is $y$?" left open · 12 section 3 up to the panel, let the class vote on *a long step* first · 10 section 4, *firing interval* in pairs · 13 section 5: project the panel, raise the current by small steps and have every change announced beforehand · 5 map.

**90 minutes.** As above, with both exercises of section 3 done alone and compared, the Modify task of section 4, ten minutes of drawing currents in groups ("make the squid fire, but not the unit"; "make the squid fire after your current has ended"), and *Further · Is the neuron a transistor*.

**Misconceptions.** A blow-up is physiology. A smaller step is the only way to accuracy (here an exact step exists). Euler at $h=\tau$ is accurate because it reaches $V_\infty$ in one step. Every neuron has a threshold, above which more current means more spikes. The artificial unit is a crude neuron in *space*; it is a neuron without *time*.

**One question to vote on.** "An integrate-and-fire neuron and a Hodgkin-Huxley membrane get currents that rise slowly from 0. Which one can fire at 1 Hz?" (The first alone: its interval has no upper bound near the rheobase.)

**Rubric for the Modify task.** 1 point: names $\theta/R$ as what moves the start ($R$ and $\theta$ do, $C_m$ does not). 1 point: slope $1000/(C_m\theta)$, in which $R$ drops out. 1 point: shows it with two curves in one picture with labels and units. 1 point: says why $R$ drops out (far above threshold the leak hardly counts: the neuron is a bare capacitor).
"""

# %% [markdown]
r"""
[01 Engineering the neuron →](01_engineering_the_neuron.ipynb)
"""
