# %% [markdown]
r"""
# 00 · Introduction

**The question.** Artificial neural networks are named after the networks in our heads. Which properties of a neuron are left
out when it becomes an artificial unit?

**You will be able to**
- *judge* which properties of a neuron its f-I curve keeps (its firing rate against a constant current), and which ones it loses;
- *write* one step of Euler's rule for a leaky membrane, and *recognise* a step that is too long for it;
- *derive* how long an integrate-and-fire neuron takes from one spike to the next;
- *find* a current to which two models of a neuron respond differently.

**Time.** Core: two sittings of 50 minutes (sections 1 to 3; sections 4 and 5). Each optional section takes 5 to 20 minutes.

**You need** school algebra and the idea of a derivative, that is, of a rate of change. If you have not met derivatives, follow the
route in [Without calculus](#Further-·-Without-calculus).

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* The article begins
with a student of biomedical engineering who dislikes memorising, and who found in mathematics a way to study memory itself. In
his spirit you memorise nothing here: you derive, predict and test. The article contains errors. Numbers such as *erratum E21*
refer to the [list in notebook 07](07_conclusion.ipynb#4-·-The-ledger-of-errata). Every new term is explained where it first
occurs, and the [glossary](#Further-·-Glossary) leads you to the section that explains it in full.
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
from course_utils.notebook_00 import pictures
from course_utils.notebook_00.exercises import check, predict
from course_utils.notebook_00.experiments import EulerExperiment, FiveBrains
from course_utils.notebook_00.membranes import IntegrateAndFire, PassiveMembrane
from course_utils.notebook_00.set_up import set_up_check

# %%
PassiveMembrane()

# %% [markdown]
r"""
The model prints this table itself: each symbol, its name in the code, its value and its unit. Every notebook begins with such a
table. Section 3 uses this one.
"""

# %% [markdown]
r"""
## 1 · Two kinds of neural network

The phrase *neural network* nearly always means an artificial one. The biological ones came first: your head contains about 86
billion neurons (Azevedo et al. 2009). How does one lead to the other?
"""

# %% tags=["folded"]
# Figure: a neuron, and the unit that replaces it
fig, (cell, unit) = plt.subplots(1, 2, figsize=(9.4, 3.1), width_ratios=(1.45, 1),
                                 layout="constrained")
pictures.neuron(cell)
pictures.threshold_unit(unit)
cell.set_title("a neuron")
unit.set_title("an artificial unit")
label_panels((cell, unit))
show(
    fig, "a: a neuron. Its dendrites collect input, and the soma adds it up. The axon "
    "carries spikes to the synapses of the next cell. b: the artificial unit that "
    "replaces it in a machine. It multiplies inputs by weights, adds them, and puts "
    "the sum through a curve. The result is one number.")

# %% [markdown]
r"""
- **Dendrites** collect input. In the unit these are the inputs $x_1, x_2, \dots$
- **Synapses** make an input count more or less. In the unit these are the weights $w_1, w_2, \dots$
- The **soma** adds up. In the unit this is the sum $w_1x_1+w_2x_2+\dots$
- The **axon** sends **spikes**, that is, pulses of voltage, all about 100 mV high and 1 ms long. In the unit this is one number $y$.

Only the last line is a puzzle. A train of pulses extends in time, whereas one number does not. Which property of the train is $y$?
Section 4 gives the answer. For it you need the voltage of a membrane first.
"""

# %% [markdown]
r"""
## 2 · How to use this course

Students who only watch a demonstration learn little from it. They learn more if they predict the outcome beforehand (Crouch et al.
2004). Each idea of this course therefore has the same five steps:

| step | your task |
|---|---|
| **Derive** | follow the formula; every step and every unit is there |
| **Predict** | commit yourself *before* you look, because being wrong is the best moment to learn |
| **Run** | run the smallest piece of code, and compare its numbers with theory |
| **Investigate** | move sliders, or grab the picture itself |
| **Exercise** | complete the cell; `check` answers at once, with a hint if it recognises your mistake |

One game runs through all notebooks, the **errata hunt**. Each formula of the article is tested before it is used, and each one that
fails gets a short experiment that shows the failure.

Run a cell with *Shift + Enter*. A cell that never ends, for example because a loop in your answer has no end, is stopped by the
square button ■ above the notebook (*Interrupt the kernel*). You may change every cell, because you work in a copy of your own. Cells that only draw are folded,
and a click on the grey bar opens them. To read the code of a name, run the name with two question marks, for example
`simulate??`. Your predictions and the latest verdict on each exercise are kept in the file `scores.json` next to your notebook, until
notebook 07 shows you how well you judged yourself. You may delete this file. (Binder deletes it when you leave, so download it first.)

**Is your computer ready?** The button lists the versions, runs a speed test of one second and shows a slider that should move a bar.
"""

# %% tags=["nbval-ignore-output"]
button("Check my set-up", set_up_check)

# %% [markdown]
r"""
If there is **no button** above, no widget works. Run `pip install -r requirements.txt` in the folder of the course, start JupyterLab
again and reload the page.

**Eight questions before you start.** Answer by instinct. You will not see the right answers here. Notebook 07 asks about the same
eight ideas in other situations, and then compares.
"""

# %% tags=["nbval-ignore-output"]
predict("pre-test")

# %% [markdown]
r"""
## 3 · First simulation: a leaky capacitor

How does the voltage of a membrane follow a current, and when can you trust a computer that simulates it? A membrane is a thin
insulator between two salt solutions, so it stores charge like a capacitor. Channels let some charge leak through it, like a
resistor in parallel. Let $V$ be the **membrane potential** in mV, that is, the voltage across the membrane, counted from
**rest**, its value without an injected current.

### Derive

The first five steps give the exact solution, and the last two the solution of a computer.

1. Per cm² the membrane holds the charge $Q = C_m V$, with the capacitance $C_m$ in µF/cm². Charge changes by the current that flows
   in. Therefore $C_m\,\dfrac{dV}{dt}$ is a current in µA/cm².
2. An electrode injects the current $I$ (µA/cm²; `I_ext` in the table). Through the resistance $R$ (kΩ·cm²) the current $V/R$ leaks
   out, so
$$C_m\frac{dV}{dt} = I - \frac{V}{R}.$$
3. Multiply by $R$. We write $\tau = RC_m$ for the **time constant** (ms), and $V_\infty = RI$ for the **steady-state voltage** (mV).
   Then
$$\tau\frac{dV}{dt} = V_\infty - V .$$
   The units agree, because kΩ·cm² × µF/cm² = ms and kΩ·cm² × µA/cm² = mV.
4. Let $D = V_\infty - V$ (mV) be the distance to the steady-state voltage. Because $V_\infty$ is constant,
   $\dfrac{dD}{dt} = -\dfrac{dV}{dt} = -\dfrac{D}{\tau}$. A quantity that shrinks in proportion to itself is an exponential, so
   $D(t) = D(0)\,e^{-t/\tau}$.
5. At rest $V(0)=0$ and therefore $D(0)=V_\infty$, which gives
$$V(t) = V_\infty\,\bigl(1 - e^{-t/\tau}\bigr).$$
   In words: after the time $\tau$ the voltage has covered 63 % of the way.
6. A computer does not need this solution. It takes the slope of step 3 at the start of a short step of length $h$ (ms), and follows it
   in a straight line. With $V_k$ for the voltage after $k$ steps this is **Euler's rule**:
$$V_{k+1} = V_k + \frac{h}{\tau}\,(V_\infty - V_k).$$
7. Subtract both sides from $V_\infty$. One step multiplies the distance by a factor, $D_{k+1} = \bigl(1-\frac h\tau\bigr)\,D_k$, whereas
   the exact factor is $e^{-h/\tau}$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a long step")

# %% [markdown]
r"""
### Run

The membrane of the table has $\tau = 10$ ms, and its voltage ends at $V_\infty = 20$ mV.
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
    "exact curve rises to 20 mV, and Euler's rule with 2.5 ms stays close to it. With "
    "10 ms it reaches 20 mV in one step. With 15 ms it rings and settles, and with 20 "
    "ms it jumps between 0 and 40 mV indefinitely.")

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
| $h<\tau$ | between 0 and 1 | approaches $V_\infty$ from one side, like the exact solution |
| $h=\tau$ | 0 | reaches $V_\infty$ in one step, much too early |
| $\tau<h<2\tau$ | between −1 and 0 | overshoots, rings and settles |
| $h=2\tau$ | −1 | rings indefinitely: 0, 40, 0, 40 mV |
| $h>2\tau$ | below −1 | blows up |

Ringing and blow-up are properties of the rule, not of the membrane. If a simulation of yours oscillates, halve the step before you call
the oscillation physiology.

### Investigate

1. Move $h$ through $\tau$ and $2\tau$, with the slider or by pulling the first step in the picture.
2. Leave $h$ alone and reach the same five regimes by changing $R$ and $C_m$ only. What does the current $I$ change?

<details>
<summary>Answer to 2</summary>

Only $h/\tau$ counts, so a shorter time constant $\tau=RC_m$ acts like a longer step. The current changes $V_\infty=RI$, that is, the
height of the curve, but no regime. (The voltage axis doubles or halves with $V_\infty$.)
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: Euler's rule next to the exact voltage
def view(fig):
    ax = fig.subplots()
    ax.set(xlim=(0, 100), xlabel="time (ms)", ylabel="$V$ (mV)")
    exact, = ax.plot([], [], "--", color=COLOR["theory"], animated=True, label="exact",
                     zorder=4)
    steps, = ax.plot([], [], "o-", color=COLOR["V"], lw=1.2, ms=5, animated=True,
                     label="Euler", zorder=3)
    ax.legend(loc="upper left", handles=[exact, steps])
    low = ax.get_xaxis_transform()
    ax.plot([0, 100], [0.02, 0.02], lw=6, solid_capstyle="butt", transform=low,
            color=COLOR["stimulus"])
    ax.text(1, 0.05, "current on", color=COLOR["stimulus"], transform=low)

    def update(trial, result):
        scale = 2.0**np.round(np.log2(max(result.steady, 1.0) / 20))
        ax.set_ylim(-25 * scale, 125 * scale)
        exact.set_data(result.exact_t, result.exact_V)
        steps.set_data(result.t, result.V)

    return update


Panel(EulerExperiment(), view, "h", "cell.I_ext", "cell.R", "cell.C_m")

# %% [markdown]
r"""
### Exercise · write a step

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
**End of the first sitting.** You have a membrane, an exact solution, and a rule that can fail. The second sitting adds a threshold.

## 4 · A threshold, and what a unit keeps of a neuron

The leaky capacitor never spikes. Which addition is the smallest one that makes it spike? Whenever $V$ reaches a **threshold** $\theta$
(mV), we record a spike and reset $V$ to 0. A resistor, a capacitor, a threshold and a reset form an **integrate-and-fire neuron**. The
first three are in Lapicque's work on the excitation of nerves (1907), and the reset was added later (Brunel & van Rossum 2007).

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("just above threshold")

# %%
IntegrateAndFire()

# %% [markdown]
r"""
### Exercise · derive

We derive the time $T$ from one spike to the next, the **interspike interval**.

1. Each spike resets $V$ to 0. If we count the time $t$ from the last spike, the neuron is therefore the membrane of section
   3, with $V(t) = RI\,(1-e^{-t/\tau})$.
2. The voltage $V$ can reach $\theta$ only if its steady-state value is larger, that is, if $RI > \theta$. The current
   $I = \theta/R$ that must be exceeded is called the **rheobase**.
3. The next spike comes at the time $T$ at which $RI\,(1-e^{-T/\tau}) = \theta$.
4. Hence $e^{-T/\tau} = 1 - \dfrac{\theta}{RI}$, and therefore $T = \ldots$

Complete step 4. `R` is in kΩ·cm², `C_m` in µF/cm², `I_ext` in µA/cm² and `theta` in mV; the answer is in ms. The natural logarithm is
`np.log`.
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
The **firing rate** is $f = 1000/T$ in Hz, if $T$ is in ms. The curve of the rate against a constant current is called the **f-I curve**
of a neuron.

### Run

The next cell computes the f-I curve of the integrate-and-fire neuron. It also measures the curve of the Hodgkin-Huxley model, the model
of the squid axon that notebook 02 derives. In this figure any lasting oscillation larger than 2 mV counts as firing.
"""

# %%
default = IntegrateAndFire()
rheobase = default.theta / default.R  # µA/cm²
near_it = 1 + np.geomspace(1e-12, 7 / 3, 400)  # finest where firing begins
leaky = IntegrateAndFire(I_ext=rheobase * np.r_[0, 0.5, 1, near_it])
# the straight line that the section "Which parameters move the curve?" derives
line = 1000 / leaky.time_constant * (leaky.R * leaky.I_ext / leaky.theta - 0.5)

currents = np.arange(0, 171, 1.0)
squid = simulate(HodgkinHuxley(I_ext=currents), np.arange(0, 600, 0.05))
squid_rate = steady_rate(squid.t, squid.V, since=300)

# %% tags=["folded"]
# Figure: rate against current for two neurons, and the curves of artificial units
fig, (a, b, c) = plt.subplots(1, 3, figsize=(9.4, 3.2), layout="constrained")
a.plot(leaky.I_ext, np.maximum(line, 0), "--", color=COLOR["theory"],
       label="rectified line")
a.plot(leaky.I_ext, leaky.rate(), color=COLOR["V"], label="firing rate")
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
    fig, "Firing rate against current for two neurons, and three curves of artificial "
    "units. The curve of integrate-and-fire (a) rises steeply from 0 Hz at its "
    "rheobase of 1.5 µA/cm² and approaches a straight line. The curve of "
    "Hodgkin-Huxley (b) jumps to over 50 Hz and ends at 154.5 µA/cm². Units use a "
    "step, a sigmoid or a rectifier (c).")

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
Panel a looks like a jump, but the first line of numbers shows that it is not one: just above the rheobase the neuron fires at
arbitrarily low rates. The curve of panel b, in contrast, does jump. Far above the rheobase the curve of panel a approaches a straight line (dashed). Where this line would be negative, we replace it by zero. Machine learning calls such a curve a **rectified linear unit**; the optional section
[*Which parameters move the curve?*](#Further-·-Which-parameters-move-the-curve?) derives it.

**The artificial unit is a neuron of which only the f-I curve is kept.** Let other neurons drive a neuron at steady rates $x_j$ through
synapses of strength $w_j$. Wait until its own rate is steady, too, and ignore everything else. Each input adds the mean current $w_jx_j$, where $w_j$ is in µA/cm² per Hz. The total current is their sum, and the rate is
$$y = f\Bigl(\sum_j w_j x_j\Bigr), \qquad f = \text{the f-I curve.}$$
Three neurons that receive the same inputs (a *layer*) are therefore one line of code:
"""

# %%
W = np.array([[0.10, 0.02], [0.03, 0.09], [0.01, 0.02]])  # weights, µA/cm² per Hz
x = np.array([30.0, 20.0])  # rates, Hz
neurons = IntegrateAndFire(I_ext=W @ x)  # W @ x: one weighted sum for each row of W
far_above = 1000 / neurons.time_constant * (neurons.R * (W @ x) / neurons.theta - 0.5)
rectified = np.maximum(0, far_above)
print("neurons    ", "  ".join(f"{rate:6.1f}" for rate in neurons.rate()), "Hz")
print("rectifiers ", "  ".join(f"{rate:6.1f}" for rate in rectified), "Hz")

# %% [markdown]
r"""
**The replacement loses** the following properties, and these notebooks bring them back:

| lost property | notebook |
|---|---|
| the time of each spike, and the effect of earlier input on it | 02, 03 |
| that a stronger input can silence a neuron (the f-I curve of panel b still shows this, but no curve of panel c ever falls) | 02 |
| that one neuron can be silent or fire under the *same* current | 02, 03 |
| the place on the cell at which an input arrives | 04 |
| randomness: two trials are never alike | 05 |
| learning from the order of spikes | 06 |

### Exercise · judge

Two neurons have the same f-I curve. Each current below starts at rest. Which of these experiments can nevertheless show that
they differ? Answer True or False for each.

1. You apply a constant current for ten minutes and count the spikes of the last minute.
2. You measure the delay from the start of a constant current to the first spike.
3. You apply a pulse of 1 ms and look whether the neuron fires.
4. You apply one constant current after another and look for the weakest one with lasting firing.
5. You apply a negative current for a while, end it suddenly, and look whether the neuron fires.
"""

# %%
can_differ = [..., ..., ..., ..., ...]

check("the same curve", can_differ)

# %% tags=["solution"]
check("the same curve", [False, True, True, False, True])

# %% [markdown]
r"""
## 5 · One current, five brains

How differently do models of a neuron respond to the same current? This section shows the whole course in one picture. One current
enters five models at once:

- a **threshold unit** (notebook 01), which answers 1 if the current is at least 2.24 µA/cm², where the squid membrane begins to answer a long step, and 0 otherwise;
- the **Hodgkin-Huxley** membrane (02), with a voltage and three kinds of *gate*, which open and close its channels;
- the **FitzHugh-Nagumo** model (03), with two variables without units, scaled to the squid's rhythm at 10 µA/cm²;
- a passive **cable** (04), a dendrite with the current at one end, recorded there and one and two *length constants* away. Over one
  length constant $\lambda$ a steady voltage falls to 37 %;
- **Galves-Löcherbach** neurons (05), 14 *stochastic* neurons, which fire at random with a probability that grows with the current.

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
    "voltage of the cable rises, and it is smaller farther away. In the bottom row "
    "each line of marks shows the spikes of one stochastic neuron. The dashed lines "
    "mark three currents at which a long step changes the response of the "
    "Hodgkin-Huxley membrane.")

# %%
steps = [2.0, 2.5, 6.0, 6.5, 10.0, 50.0, 100.0, 150.0, 170.0]  # µA/cm²
found = [FiveBrains(amplitude=I).run() for I in steps]

# %% tags=["folded"]
# Table: the responses of three models to nine currents
print("current  unit  Hodgkin-Huxley: spikes, swing after 110 ms (mV)  "
      "FitzHugh-Nagumo: spikes")
for I, a in zip(steps, found):
    print(f"{I:7.1f} {a.unit.max():5d} {len(a.V_spikes):23d} {a.swing:23.1f} "
          f"{len(a.v_spikes):25d}")

# %% [markdown]
r"""
Read the table downwards. The threshold unit changes its answer **once**. The squid membrane changes its behaviour three times. From 2.24 µA/cm² on it fires a spike or two, from 6.26 on it fires repetitively, and above 154.5 it is silent after its first spike. The *swing* is the difference
between the highest and the lowest $V$ in the last 50 ms of the current. Above 10 µA/cm² it shrinks as the current grows. At
100 µA/cm² it is below the 50 mV that this table demands of a spike. Which of the three
currents is *the* threshold? None of them is. The article states that a neuron fires if its current exceeds a threshold
([erratum E21](07_conclusion.ipynb#4-·-The-ledger-of-errata)), and notebook 02 tests this claim.

The FitzHugh-Nagumo model was scaled to match the squid at 10 µA/cm². Elsewhere it need not match: at 50 µA/cm² it is already
silent after its first spike. A
model is good for some questions, never for all.

### Investigate

1. Raise the current slowly through 2.24, 6.26 and 154.5 µA/cm². Where does FitzHugh-Nagumo fall silent? Do the cable and the stochastic neurons respond differently at any of the three currents?
2. Set the shape to *drawn*. The drawing ends with a negative current. How does the squid membrane respond when that current ends?

If you like, draw a current of your own in the top panel (*Clear the drawing* gives an empty sheet, and the amplitude scales it). The
shape *ramp* lets a current grow slowly, and the **random seed**, a number that fixes the random numbers of a run, changes
only the stochastic neurons.

<details>
<summary>Answers</summary>

1. The unit changes once, at 2.24. Hodgkin-Huxley changes at all three currents. FitzHugh-Nagumo falls silent near 28 µA/cm², far too
   early. The cable and the stochastic neurons change gradually.
2. It fires a spike, although the current has only risen to zero. Such a spike after the end of a negative current is a **rebound
   spike**. The threshold unit stays at 0.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one current into five models
def view(fig):
    move = pictures.five_answers(fig, FiveBrains().run(), animated=True)
    return lambda brains, answers: move(answers)


Panel(FiveBrains(), view, "amplitude", "shape", "duration", "seed")

# %% [markdown]
r"""
### Exercise · measure

Find a current to which the squid membrane responds with at least one spike, while the threshold unit answers 0 all the time. The current
has the value `level` (µA/cm²) between the times `begin` and `end` (ms, 0 < `begin` < `end` < 200), and it is 0 otherwise.
"""

# %%
level, begin, end = ..., ..., ...

check("the squid alone", (level, begin, end))

# %% tags=["solution"]
check("the squid alone", (-6, 20, 60))

# %% [markdown]
r"""
## What you saw

- An artificial unit is a neuron of which only the f-I curve is kept.
- The voltage of a leaky membrane approaches $RI$ with the time constant $RC_m$. Euler's rule rings if its step exceeds this time
  constant, and it blows up beyond twice the time constant.
- With a threshold the membrane is an integrate-and-fire neuron, whose rate starts from 0 Hz. The squid axon starts above 50
  Hz and stops
  at 154.5 µA/cm².
- One current causes five different responses in five models. The question decides which model you need.
- You predict, run and investigate, and you do not trust a printed formula before you have tested it.
"""

# %% [markdown]
r"""
## Further · Where the course leads

The course is for you if you can program a little and want to know how neurons work, or whether their artificial namesakes deserve the
name. You need not know any biology.
"""

# %% tags=["folded"]
# Figure: the map of the course
fig, ax = plt.subplots(figsize=(9.6, 4.8), layout="constrained")
pictures.course_map(ax)
show(
    fig, "Map of the course. Notebook 00 leads to 01 Engineering the neuron and to 02 "
    "Neural biophysics. Notebook 02 leads to 03 Dynamics and to 04 Cable theory. "
    "Notebooks 01 and 03 lead to 05 Stochastic neurons, and 05 leads to 06 Learning. "
    "Notebooks 03, 04 and 06 lead to 07 Conclusion.")

# %% [markdown]
r"""
| notebook | mathematics that it uses | after |
|---|---|---|
| [00 Introduction](00_introduction.ipynb) | a derivative, the exponential | – |
| [01 Engineering the neuron](01_engineering_the_neuron.ipynb) | sums, inequalities, straight lines | 00 |
| [02 Neural biophysics](02_neural_biophysics.ipynb) | a differential equation, the exponential | 00 |
| [03 From biophysics to dynamics](03_from_biophysics_to_dynamics.ipynb) | slopes in the plane, a 2 × 2 matrix | 02 |
| [04 Cable theory](04_cable_theory.ipynb) | second derivatives, the exponential | 02 |
| [05 Stochastic neurons](05_stochastic_neurons.ipynb) | probabilities, means, the stability of a fixed point | 01, 03 |
| [06 Learning: STDP](06_learning_stdp.ipynb) | the exponential, means | 05 |
| [07 Conclusion](07_conclusion.ipynb) | the mathematics of the other notebooks | 03, 04, 06 |
"""

# %% [markdown]
r"""
## Further · Which parameters move the curve?

*15 minutes.* Far above the rheobase the f-I curve of section 4 becomes a straight line. We show this with the quotient
$u=\theta/RI$, which is small there.

1. By step 4 of that section, $T = -\tau\ln(1-u)$. The series of the logarithm is $-\ln(1-u) = u + \tfrac12u^2+\dots$
2. Hence $\dfrac{\tau f}{1000} = \dfrac1{u+\frac12u^2+\dots} = \dfrac1u\cdot\dfrac1{1+\frac12u+\dots}$, where $f=1000/T$ is the rate in Hz.
3. For small $u$, $\dfrac1{1+\frac12u} \approx 1-\dfrac u2$. Therefore $\dfrac{\tau f}{1000} \approx \dfrac1u-\dfrac12$, that is,
$$f \approx \frac{1000}{\tau}\Bigl(\frac{RI}{\theta}-\frac12\Bigr).$$

This is a line in $I$. The rate of the neuron approaches it from below.

### Exercise · predict

Which of the three parameters $R$, $C_m$ and $\theta$ move the current at which firing begins? Which ones change the slope far above it?
Decide first, from the formula with $\tau=RC_m$. Then change one number at a time in the next cell, run it together with the folded cell
below it, and compare.
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
    "default parameters (grey) and with those of the cell above (blue). Compare the "
    "currents at which the two curves leave zero, and their slopes at the right.")

# %%
moves_the_start = [...]  # names, such as "R"
changes_the_slope = [...]

check("what moves the curve", (moves_the_start, changes_the_slope))

# %% tags=["solution"]
check("what moves the curve", (["R", "theta"], ["C_m", "theta"]))

# %% [markdown]
r"""
## Further · How wrong is a small step?

*20 minutes.* Section 3 showed that long steps fail. How large is the error of a short one? At $t=\tau$ Euler's rule has made
$n=\tau/h$ steps, and its error is $V_\infty\bigl(e^{-1}-(1-h/\tau)^{\tau/h}\bigr)$.

1. For small $h$ the series of the logarithm gives $\ln(1-h/\tau) = -h/\tau - h^2/2\tau^2 - \dots$
2. Multiplied by $\tau/h$ it gives $(1-h/\tau)^{\tau/h} = e^{-1-h/2\tau-\dots} \approx e^{-1}(1-h/2\tau)$.
3. The error is therefore
$$\text{error} \approx \frac{V_\infty}{2e}\,\frac h\tau .$$

Half the step gives half the error. Such a rule is **of first order**.
"""

# %%
cell = PassiveMembrane()
print("h (ms)   error at t = τ (mV)   V∞ h/(2 e τ)   line above / this line")
last = None
for h in (1, 0.5, 0.25, 0.125):
    t = np.arange(round(10 / h) + 1) * h
    error = simulate(cell, t, scheme=euler).V[-1] - cell.exact(10.0)
    ratio = f" {last / error:18.3f}" if last else ""
    print(f"{h:6.3f} {error:17.6f} {20 * h / (20 * np.e):17.4f}{ratio}")
    last = error

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("two values of Euler")

# %% [markdown]
r"""
### Derive: the exact value from two inexact ones

Let $V_h$ be the voltage that Euler's rule gives with the step $h$. If half the step makes half the error, the error of $V_{h/2}$ is about
$V_h-V_{h/2}$. Subtract it from $V_{h/2}$, and the result $2V_{h/2}-V_h$ is almost exact. This is **Richardson's extrapolation**. It does not
need the exact solution. Because the error is proportional to the step, a wanted error $\epsilon$ needs the step
$\frac h2\,\epsilon/|V_h-V_{h/2}|$.
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
### Exercise · choose a step

Choose a step `h` (ms) with which Euler's rule has an error between 0.01 and 0.02 mV at $t=\tau$. A much shorter step would waste time. You
can estimate it from the two values above, without the exact solution, and test it with `charged(h)`.
"""

# %%
h = ...

check("a wanted error", h)

# %% tags=["solution"]
check("a wanted error", 0.04)

# %% [markdown]
r"""
## Further · When does the resistance matter?

*10 minutes.*

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a short pulse")

# %% [markdown]
r"""
### Run

A pulse of length $d$ raises a membrane from rest to $V=RI\,(1-e^{-d/\tau})$. If $d$ is much shorter than $\tau=RC_m$, this is $Id/C_m$, the
charge divided by the capacitance, because almost nothing has leaked away. If $d$ is much longer, it is $RI$, and the capacitance no longer
matters. The next cell compares two membranes with $R=5$ and $R=15$ kΩ·cm².
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

*15 minutes.* The unit of section 4 puts out the rate $f(I)$ that belongs to the present current. Now let the current alternate, $D$ ms at
one value and $D$ ms at another. The unit always gives the mean of the two rates.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a fast alternation")

# %% [markdown]
r"""
### Run

The next cell follows the integrate-and-fire neuron from one event to the next, where an event is a spike or a change of the current.
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
If the current alternates much faster than $\tau$, the membrane averages the *current*, so the neuron fires at $f$ of the mean current. If $D$ is
much longer than $\tau$ and than the interspike intervals, the neuron averages the *rates*, and the unit is right. Between these limits the
spikes lock to the alternation. At 8 ms, for example, the first neuron fires at 62.5 Hz, which exceeds both predictions. With 2.2 and 0.4 µA/cm²
the mean current is below the rheobase. There the neuron is silent up to $D=4.52$ ms, whereas the unit always reports 43.7 Hz. A unit that
puts out $f(I)$ is therefore a model of a neuron only for inputs that change slowly.

### Exercise · judge

Does the unit give the rate of the neuron within 10 %? Answer True or False for each neuron. All have $R=10$ kΩ·cm² and $\theta=15$ mV. Note that
time enters only through $D/\tau$ and $T/\tau$, so you can find each case, or a similar one, in the output above.

1. $\tau=10$ ms; the current alternates between 2.4 and 1.0 µA/cm² every 200 ms.
2. $\tau=10$ ms; it alternates between 2.2 and 0.4 µA/cm² every 1 ms.
3. $\tau=1$ ms, because $C_m$ is ten times smaller; between 2.2 and 0.4 µA/cm² every 20 ms.
4. $\tau=100$ ms, because $C_m$ is ten times larger; between 2.2 and 0.4 µA/cm² every 40 ms.
"""

# %%
agrees = [..., ..., ..., ...]

check("where the unit agrees", agrees)

# %% tags=["solution"]
check("where the unit agrees", [True, False, True, False])

# %% [markdown]
r"""
## Further · Is the neuron a transistor, the brain a CPU?

*10 minutes.* The article asks this and leaves the question open ([erratum E1](07_conclusion.ipynb#4-·-The-ledger-of-errata)). The table
compares the two.

| | a neuron | a transistor in a processor |
|---|---|---|
| fastest rhythm | some hundreds of Hz; the squid membrane at 6.3 °C oscillates at most 169 times a second (notebook 02) | some $10^9$ Hz |
| after one event | recovers for about 10 ms (squid, 6.3 °C) | ready at the next tick |
| inputs | thousands of synapses | one gate |
| below threshold | analogue: the voltage still changes with the input | does not keep anything |
| response to the same input | depends on earlier input: at 8 µA/cm² the squid membrane rests or fires (notebook 02) | the same, by construction |
| connections | change with the order of spikes (notebook 06) | fixed |
| randomness | two trials differ (notebook 05) | engineered away |

**Similar.** A spike is all-or-none like a bit, networks of threshold units compute any logical function (01), and one membrane can store one
bit (02). **Different.** A transistor in a processor has neither a history nor a place nor noise, and it follows a clock. None
of the seven lines is a small
correction. A brain works with about 20 W. According to one audit, the cortex spends about 0.1 W on computing and 35 times as much on
communication (Levy & Calvert 2021). If there must be a comparison, a single neuron is closer to a small analogue computer with memory than to
a switch. Notebook 07 returns to this question.

The next cell checks one line of the table, namely how a second spike depends on the first. It applies two pulses of 1 ms and 20 µA/cm² at
different intervals.
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
A transistor that had answered the first pulse would answer the second. The membrane is **refractory** after its first spike: it answers the
second pulse with a full spike only if the interval is long enough.
"""

# %% [markdown]
r"""
## Further · Without calculus

*10 minutes.* You can follow the course without derivatives. Read $\dfrac{dV}{dt}$ as *the change of $V$ per ms*. Every
equation is then a
recipe for the next value:
$$\text{new value} = \text{old value} + \text{step} \times \text{change per ms}.$$
This is Euler's rule, and the loop behind each simulated membrane potential is this rule, often with cleverer steps. With
$V_\infty=20$ mV, $\tau=10$ ms and
steps of 1 ms you get by hand $0 \to 0 + \frac1{10}(20-0) = 2 \to 2+\frac1{10}(20-2)=3.8 \to 5.42$ mV.
"""

# %%
V = 0.0
for k in range(4):
    print(f"after {k} ms: {V:.3f} mV, change per ms {(20 - V) / 10:.3f} mV/ms")
    V = V + 1.0 * (20 - V) / 10

# %% [markdown]
r"""
Do these parts, in this order:

| notebook | take | skip |
|---|---|---|
| 00 | sections 1 to 5 without the skipped steps | section 3: step 4 after the meaning of $D$, step 5, the exact factor in step 7. Section 4: steps 1, 3 and 4 of the exercise *derive*, and its code |
| 01 | all of it, because it does not use calculus | – |
| 02 | the spike, the gates, the three thresholds, the panels | the limit at 0/0, the theorem |
| 03 | the phase plane as a map with arrows | eigenvalues |
| 04 | attenuation and delay by experiment, the panels | the derivation of the differential equation |
| 05 | all but the stationary distribution | the stability of fixed points |
| 06 | the window, the two traces, the matrices | the drift integral |
| 07 | all of it | – |

A course of this kind, built on algebra alone, led to learning gains (Fink 2017).
"""

# %% [markdown]
r"""
## Further · Glossary

The main terms of the course with their meanings in a few words, and links to the sections that explain them in full.

| term | meaning | explained in |
|---|---|---|
| **absolute inhibition** | one active inhibitory input silences the neuron, whatever else is active | [01, section 3](01_engineering_the_neuron.ipynb#3-·-What-one-unit-can-compute) |
| **activation** | opening of a channel's gates as V rises | [02, section 2](02_neural_biophysics.ipynb#2-·-A-gate-has-two-rates) |
| **anode break** | rebound spike after a hyperpolarising current | [02, section 4](02_neural_biophysics.ipynb#4-·-When-does-it-fire?) |
| **Arnold tongue** | range of kick sizes and periods in which the rhythm locks to the kicks | [03, Kicked in every cycle](03_from_biophysics_to_dynamics.ipynb#Further-·-Kicked-in-every-cycle) |
| **avalanche** | all spikes that follow from a single one | [05, Avalanches](05_stochastic_neurons.ipynb#Further-·-Avalanches) |
| **axial** | along the inside of a cable: current, resistance, resistivity | [04, section 1](04_cable_theory.ipynb#1-·-A-slice-of-cable) |
| **basin of attraction** | all starts that end in the same state | [03, section 4](03_from_biophysics_to_dynamics.ipynb#4-·-Just-below-the-Hopf-point) |
| **Bernoulli** | train or neuron: a spike with the same probability in each step | [05, section 1](05_stochastic_neurons.ipynb#1-·-Why-randomness?) |
| **bias** | constant part of a weighted sum: minus the threshold | [01, section 5](01_engineering_the_neuron.ipynb#5-·-Learning) |
| **branching parameter** | mean number of spikes that one spike causes | [05, section 5](05_stochastic_neurons.ipynb#5-·-The-critical-network) |
| **cable equation** | equation for V along a dendrite or an axon in time | [04, section 1](04_cable_theory.ipynb#1-·-A-slice-of-cable) |
| **canard** | trajectory that follows an unstable branch for a while | [03, Two kinds of Hopf point, and a canard](03_from_biophysics_to_dynamics.ipynb#Further-·-Two-kinds-of-Hopf-point,-and-a-canard) |
| **coefficient of variation** | standard deviation of the intervals divided by their mean | [05, section 2](05_stochastic_neurons.ipynb#2-·-From-hazard-to-intervals) |
| **conductance** | current per voltage: how open a membrane is for one kind of ion | [02, section 1](02_neural_biophysics.ipynb#1-·-A-membrane-is-a-capacitor-with-leaks) |
| **critical point** | value of a parameter at which activity begins to sustain itself | [05, section 5](05_stochastic_neurons.ipynb#5-·-The-critical-network) |
| **current clamp** | experiment in which the current is given and V is recorded | [02, section 3](02_neural_biophysics.ipynb#3-·-Four-equations,-one-spike) |
| **decision boundary** | points at which the answer of a unit changes | [01, section 2](01_engineering_the_neuron.ipynb#2-·-A-threshold-is-a-line) |
| **depolarisation block** | silence at a depolarised voltage under a strong current | [02, section 4](02_neural_biophysics.ipynb#4-·-When-does-it-fire?) |
| **distribution** | probabilities of all values of a random quantity | [05, section 1](05_stochastic_neurons.ipynb#1-·-Why-randomness?) |
| **drift** | mean change of a weight per time | [06, section 3](06_learning_stdp.ipynb#3-·-What-independent-spikes-teach) |
| **eigenvalue** | rate at which a small deviation grows or shrinks along one direction | [03, section 3](03_from_biophysics_to_dynamics.ipynb#3-·-Where-rest-loses-its-stability) |
| **electrotonic** | distance measured in length constants | [04, section 1](04_cable_theory.ipynb#1-·-A-slice-of-cable) |
| **epoch** | one pass through all examples | [01, section 5](01_engineering_the_neuron.ipynb#5-·-Learning) |
| **f-I curve** | firing rate against constant current | [00, section 4](#4-·-A-threshold,-and-what-a-unit-keeps-of-a-neuron) |
| **Fano factor** | variance of a spike count divided by its mean | [05, Counts, memory and regularity](05_stochastic_neurons.ipynb#Further-·-Counts,-memory-and-regularity) |
| **fixed point** | state that does not change | [03, section 2](03_from_biophysics_to_dynamics.ipynb#2-·-The-phase-plane) |
| **Floquet multiplier** | factor by which a deviation from a cycle shrinks in one period | [03, section 5](03_from_biophysics_to_dynamics.ipynb#5-·-What-a-phase-remembers) |
| **Green's function** | response of a cable to a charge that is injected at one point | [04, section 4](04_cable_theory.ipynb#4-·-How-fast:-dye-that-leaks) |
| **hazard** | probability of a spike, given that none has come since the last one | [05, section 2](05_stochastic_neurons.ipynb#2-·-From-hazard-to-intervals) |
| **homeostasis** | limit on the total input of a neuron | [06, Homeostasis](06_learning_stdp.ipynb#Further-·-Homeostasis) |
| **Hopf** | bifurcation: a fixed point loses its stability and a rhythm is born | [03, section 3](03_from_biophysics_to_dynamics.ipynb#3-·-Where-rest-loses-its-stability) |
| **inactivation** | closing of sodium channels while V stays high | [02, section 2](02_neural_biophysics.ipynb#2-·-A-gate-has-two-rates) |
| **input resistance** | steady voltage at a place divided by the current injected there | [04, section 3](04_cable_theory.ipynb#3-·-How-far:-the-steady-state) |
| **integrate-and-fire** | leaky membrane with a threshold and a reset | [00, section 4](#4-·-A-threshold,-and-what-a-unit-keeps-of-a-neuron) |
| **interspike interval** | time from one spike to the next | [00, section 4](#4-·-A-threshold,-and-what-a-unit-keeps-of-a-neuron) |
| **isochron** | states that end on the limit cycle with the same phase | [03, section 5](03_from_biophysics_to_dynamics.ipynb#5-·-What-a-phase-remembers) |
| **Jacobian** | matrix of the partial derivatives at a fixed point | [03, section 3](03_from_biophysics_to_dynamics.ipynb#3-·-Where-rest-loses-its-stability) |
| **kick** | instantaneous change of V or v | [03, section 5](03_from_biophysics_to_dynamics.ipynb#5-·-What-a-phase-remembers) |
| **leak factor** | fraction of the potential that is kept from step to step | [05, section 3](05_stochastic_neurons.ipynb#3-·-The-Galves-Löcherbach-network) |
| **learning rate** | factor in front of each change of the weights | [01, section 5](01_engineering_the_neuron.ipynb#5-·-Learning) |
| **length constant** | distance over which a steady voltage falls to 37 % | [04, section 1](04_cable_theory.ipynb#1-·-A-slice-of-cable) |
| **likelihood** | probability of the recorded spikes, as a function of a parameter | [05, section 4](05_stochastic_neurons.ipynb#4-·-Within-one-step) |
| **limit cycle** | closed trajectory that nearby trajectories approach | [03, section 2](03_from_biophysics_to_dynamics.ipynb#2-·-The-phase-plane) |
| **linearly separable** | separable by a line or a plane, one label on each side | [01, section 3](01_engineering_the_neuron.ipynb#3-·-What-one-unit-can-compute) |
| **logic gate** | function of bits | [01, section 1](01_engineering_the_neuron.ipynb#1-·-From-a-neuron-to-a-unit) |
| **long-term depression** | lasting weakening of a synapse | [06, section 1](06_learning_stdp.ipynb#1-·-One-pair-of-spikes) |
| **long-term potentiation** | lasting strengthening of a synapse | [06, section 1](06_learning_stdp.ipynb#1-·-One-pair-of-spikes) |
| **margin** | smallest distance of the sums from zero, for weights of length 1 | [01, section 5](01_engineering_the_neuron.ipynb#5-·-Learning) |
| **membrane potential** | voltage across the membrane, counted from rest | [00, section 3](#3-·-First-simulation:-a-leaky-capacitor) |
| **mistake bound** | number of mistakes that the rule of the perceptron never exceeds | [01, section 5](01_engineering_the_neuron.ipynb#5-·-Learning) |
| **Nernst potential** | voltage at which diffusion and field balance for one kind of ion | [02, section 1](02_neural_biophysics.ipynb#1-·-A-membrane-is-a-capacitor-with-leaks) |
| **NMDA receptor** | channel that passes calcium if pre and post spike coincide | [06, section 1](06_learning_stdp.ipynb#1-·-One-pair-of-spikes) |
| **nullcline** | states at which one variable does not change | [03, section 2](03_from_biophysics_to_dynamics.ipynb#2-·-The-phase-plane) |
| **offspring** | spikes that one spike causes directly | [05, Avalanches](05_stochastic_neurons.ipynb#Further-·-Avalanches) |
| **perceptron** | unit that learns by Rosenblatt's rule | [01, section 5](01_engineering_the_neuron.ipynb#5-·-Learning) |
| **phase** | fraction of the cycle that has passed | [03, section 5](03_from_biophysics_to_dynamics.ipynb#5-·-What-a-phase-remembers) |
| **phase plane** | plane of the two variables of a model | [03, section 2](03_from_biophysics_to_dynamics.ipynb#2-·-The-phase-plane) |
| **phase resetting** | change of the phase by a kick, weak (type 1) or strong (type 0) | [03, The phase response](03_from_biophysics_to_dynamics.ipynb#Further-·-The-phase-response) |
| **phase response** | phase shift against the phase of the kick | [03, The phase response](03_from_biophysics_to_dynamics.ipynb#Further-·-The-phase-response) |
| **phase transition** | change of the kind of activity at a critical point | [05, section 5](05_stochastic_neurons.ipynb#5-·-The-critical-network) |
| **phase transition curve** | new phase against old phase | [03, The phase response](03_from_biophysics_to_dynamics.ipynb#Further-·-The-phase-response) |
| **Poisson train** | spikes at random, independent of each other, with a fixed rate | [06, section 2](06_learning_stdp.ipynb#2-·-Many-spikes:-two-traces-form-the-sum) |
| **propagate** | travel along an axon without loss, regenerated at each place | [04, section 5](04_cable_theory.ipynb#5-·-The-fibre-that-answers-back) |
| **quasi-steady** | fast variable in place of which its steady-state value is used | [03, Slow and fast](03_from_biophysics_to_dynamics.ipynb#Further-·-Slow-and-fast) |
| **random seed** | number that fixes the random numbers of a run | [05, section 1](05_stochastic_neurons.ipynb#1-·-Why-randomness?) |
| **raster** | spikes of many neurons, one row a neuron | [05, section 3](05_stochastic_neurons.ipynb#3-·-The-Galves-Löcherbach-network) |
| **rebound** | spike after the end of a negative current | [00, section 5](#5-·-One-current,-five-brains) |
| **rectified linear unit** | line that is cut off at zero | [00, section 4](#4-·-A-threshold,-and-what-a-unit-keeps-of-a-neuron) |
| **refractory** | less excitable, or not excitable, just after a spike | [02, After a spike, and with short pulses](02_neural_biophysics.ipynb#Further-·-After-a-spike,-and-with-short-pulses) |
| **removal of inactivation** | sodium channels become ready to open again (de-inactivation) | [02, section 2](02_neural_biophysics.ipynb#2-·-A-gate-has-two-rates) |
| **resonance** | strongest response to one frequency | [02, Which frequency does a membrane follow best?](02_neural_biophysics.ipynb#Further-·-Which-frequency-does-a-membrane-follow-best?) |
| **reversal potential** | voltage at which the current of one kind of ion changes its sign | [02, section 1](02_neural_biophysics.ipynb#1-·-A-membrane-is-a-capacitor-with-leaks) |
| **rheobase** | constant current that must be exceeded for lasting firing | [00, section 4](#4-·-A-threshold,-and-what-a-unit-keeps-of-a-neuron) |
| **Richardson's extrapolation** | nearly exact value from two inexact ones | [00, How wrong is a small step?](#Further-·-How-wrong-is-a-small-step?) |
| **saddle-node bifurcation** | two fixed points or two cycles meet and disappear | [03, section 4](03_from_biophysics_to_dynamics.ipynb#4-·-Just-below-the-Hopf-point) |
| **safety factor** | charge that arrives at a patch divided by the charge that it needs to fire | [04, section 5](04_cable_theory.ipynb#5-·-The-fibre-that-answers-back) |
| **saltatory** | conduction that jumps from node to node of a myelinated fibre | [04, Insulation instead of thickness](04_cable_theory.ipynb#Further-·-Insulation-instead-of-thickness) |
| **separatrix** | boundary between starts with different ends | [03, section 4](03_from_biophysics_to_dynamics.ipynb#4-·-Just-below-the-Hopf-point) |
| **shunting** | inhibition by a conductance that hardly moves V | [02, A channel of your own](02_neural_biophysics.ipynb#Further-·-A-channel-of-your-own) |
| **soft bounds** | steps in proportion to the distance that is left to the bound | [06, section 1](06_learning_stdp.ipynb#1-·-One-pair-of-spikes) |
| **spike** | pulse of voltage, all or none (action potential) | [00, section 1](#1-·-Two-kinds-of-neural-network) |
| **steady-state** | value that a variable approaches under constant conditions | [00, section 3](#3-·-First-simulation:-a-leaky-capacitor) |
| **stochastic neuron** | neuron that fires with a probability | [05, section 1](05_stochastic_neurons.ipynb#1-·-Why-randomness?) |
| **threshold unit** | unit that answers 1 if its weighted sum reaches the threshold | [01, section 1](01_engineering_the_neuron.ipynb#1-·-From-a-neuron-to-a-unit) |
| **time constant** | time in which a decay covers 63 % of its way | [00, section 3](#3-·-First-simulation:-a-leaky-capacitor) |
| **trace** | quantity that jumps at each spike and then decays | [06, section 1](06_learning_stdp.ipynb#1-·-One-pair-of-spikes) |
| **trajectory** | path of the state in the plane or space of its variables | [03, section 2](03_from_biophysics_to_dynamics.ipynb#2-·-The-phase-plane) |
| **voltage clamp** | experiment in which V is held at a command voltage and the current is recorded | [02, section 2](02_neural_biophysics.ipynb#2-·-A-gate-has-two-rates) |
| **weight** | strength with which an input counts | [01, section 1](01_engineering_the_neuron.ipynb#1-·-From-a-neuron-to-a-unit) |
| **window** | change of a weight against the spike-time difference | [06, section 1](06_learning_stdp.ipynb#1-·-One-pair-of-spikes) |
"""

# %% [markdown]
r"""
## Further · Notation

The next two tables list the models of the course and the symbols that these models themselves declare. If two models use one
letter for two quantities, the table has a row for each.
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
## Questions to close

1. A colleague's simulation of a membrane with $R=5$ kΩ·cm² and $C_m=1$ µF/cm² oscillates between 0 and twice the steady-state voltage. Which
   step did she use?
2. You double the capacitance of an integrate-and-fire neuron. What happens to its rheobase, and what happens to its rate far above?
3. Which property of the Hodgkin-Huxley f-I curve can no unit whose curve only rises have?
4. A network of units predicts the firing rates of a network of neurons well while the input is constant. Then the input begins to flicker every
   2 ms. Why may the prediction fail now?

<details><summary>Answers</summary>

1. $\tau = 5$ ms. An oscillation that neither grows nor decays means a factor of −1, so $h=2\tau=10$ ms.
2. The rheobase $\theta/R$ stays the same. The rate is halved, because $\tau$ doubles.
3. It falls again: above 154.5 µA/cm² more current means that the neuron does not fire. A rising function never returns to 0.
4. The f-I curve only holds for a steady current. If the input changes faster than the time constant of the membrane, the voltage follows
   only the mean of the input. However, $f$ of the mean differs from the mean of $f$.

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

**50 minutes.** Set-up check and pre-test (5, at home if you can) · section 1, with the question about $y$ left open (5) · section 3 up to the
panel, after a vote on *a long step* (12) · section 4, its derivation in pairs (12) · section 5: project the panel, raise the current by small
steps and have every change announced beforehand (13) · map (3).

**90 minutes.** As above, with all exercises of sections 3 to 5 done alone and compared, ten minutes of drawing currents in groups ("make the squid
fire, but not the unit"; "make the squid fire after your current has ended"), and *Is the neuron a transistor, the brain a CPU?*

**Misconceptions, and what to answer.** *A blow-up is physiology:* halve the step, and it disappears. *Only a smaller step is more
accurate:* for a constant current the exact step exists, and Richardson's extrapolation combines two runs. *Euler at $h=\tau$ is accurate, because it
reaches $V_\infty$ in one step:* compare the values at $t=\tau$, 20 against 12.6 mV. *More current always means more spikes:*
raise the current of the squid
membrane beyond 154.5 µA/cm². *The artificial unit is a crude neuron in space:* it is a neuron without time, so ask it when it fires.

**One question to vote on.** "An integrate-and-fire neuron and a Hodgkin-Huxley membrane each get a constant current of any
size, from rest. Which one can, in principle, fire at 1 Hz?" (Only the first: its interval has no upper bound near the
rheobase.)

**Rubric for *Which parameters move the curve?*** 1 point: names $\theta/R$ as the quotient that moves the start ($R$ and $\theta$ do, $C_m$ does not).
1 point: slope $1000/(C_m\theta)$, in which $R$ drops out. 1 point: shows it with two curves in one picture with labels and units. 1 point: explains
why $R$ drops out (far above threshold the leak hardly counts: the neuron is nearly a bare capacitor).
"""

# %% [markdown]
r"""
[01 Engineering the neuron →](01_engineering_the_neuron.ipynb)
"""
