# %% [markdown]
r"""
# 02 · Neural biophysics

**The question.** How can a thin film of fat with channels in it make a spike, and is there one threshold that decides
when it does?

**You will be able to**
- *explain* a spike by the driving forces of its ions, and *measure* the dose of a drug that leaves a single spike;
- *read* from two rates where a gate settles and how fast, and *find* the fault in a rate by means of data from 1952;
- *judge* the claim that a neuron fires if its current exceeds a threshold;
- *choose* two kicks that write one bit into a single neuron and erase it;
- *derive* that the article's trimmed model cannot fire, and *name* the reduction that can.

**Time.** Core: two sittings of 70 minutes (sections 1 to 3; sections 4 to 7). Each optional section takes 5 to 20
minutes.

**You need** a capacitor that charges with a time constant and the f-I curve of a neuron
([notebook 00](00_introduction.ipynb)), derivatives, the exponential function, and a little Python.

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* Numbers such
as *erratum E21* refer to the [list of its errors](07_conclusion.ipynb#4-·-The-ledger-of-errata) in notebook 07. The article
leaves the logic gate of notebook 01, because a spike is more than a 0 or a 1. It turns to the membrane, which it describes by a capacitor, by
channels with gates, and finally by the equations of Hodgkin and Huxley. It trims these equations and concludes that a neuron fires if its
current exceeds a threshold. You follow the same road and test each claim.
"""

# %%
import textwrap
import warnings

import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    CourseWarning,
    HodgkinHuxley,
    Panel,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    fixed_points,
    hopf_currents,
    label_panels,
    rk4,
    show,
    simulate,
    spike_times,
    steady_rate,
    traces,
    voltage_clamp,
)
from course_utils.notebook_02 import pictures
from course_utils.notebook_02.exercises import check, predict, recall
from course_utils.notebook_02.experiments import (
    ClampExperiment,
    CurrentStep,
    OneBit,
    ThreeModels,
    firing_rates,
    kick_map,
)
from course_utils.notebook_02.peaks import peak

# %% [markdown]
r"""
The next table shows the parameters as the solver uses them. Time $t$ is in ms. The voltage $V$ (mV) is that of the inside,
counted **from rest**: rest is 0, and **depolarisation**, a change to more positive values, is positive. In the laboratory
voltages are measured against the outside, and rest is then about −65 mV. Subtract 65 to compare our $V$ with such values. Conductances,
currents and the capacitance are per cm² of membrane. These units fit together: 1 µA/cm² into 1 µF/cm² changes $V$ by 1 mV
per ms.

The code of the figures is folded; a click on its first line opens it. Two question marks show any function of the course, for example
`pictures.membrane_circuit??`.
"""

# %%
HodgkinHuxley()

# %% [markdown]
r"""
## Warm-up

Three questions on earlier notebooks. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · A membrane is a capacitor with leaks

What can change the voltage of a cell? This section answers with a single equation.

### Derive: the equation of the membrane

The membrane of a cell is a double layer of lipid between two salt solutions. The lipid does not conduct. Ions cross it
only through **channels**, proteins with a pore that lets mainly one kind of ion pass.
"""

# %% tags=["folded"]
# Figure: a membrane and its equivalent circuit
fig, ax = plt.subplots(figsize=(9, 3.5))
pictures.membrane_circuit(ax)
show(
    fig,
    "A membrane and its equivalent circuit. Left: two layers of lipid with sodium, "
    "potassium and leak channels. Sodium ions are more concentrated outside, potassium "
    "ions inside. Right: a capacitor in parallel with three branches, each a "
    "conductance in series with a battery for the reversal potential. The stimulus "
    "enters the inside. The letters m, h and n are gates (section 2), a bar marks a "
    "maximal conductance, and an arrow across a conductance means that it varies.")

# %% [markdown]
r"""
**Step 1, the capacitor.** Two conductors with an insulator between them store a charge $Q$ that is proportional to the
voltage. Per cm² of membrane, with the capacitance $C_m$,
$$Q = C_m V,\qquad [\mathrm{nC/cm^2}] = [\mathrm{µF/cm^2}]\,[\mathrm{mV}] .$$

**Step 2, charge is conserved** (Kirchhoff's law). The current that charges the capacitor is $dQ/dt=C_m\,dV/dt$, wherever
the zero of $V$ is. We count the
ionic current $I_\mathrm{ion}$ **positive outward** and the injected current $I_\mathrm{ext}$, the stimulus, **positive inward**. The
injected current either charges the capacitor or leaves through channels. Therefore
$$C_m\frac{dV}{dt} = -I_\mathrm{ion} + I_\mathrm{ext},\qquad \frac{\mathrm{µF}}{\mathrm{cm^2}}\cdot\frac{\mathrm{mV}}{\mathrm{ms}} = \frac{\mathrm{µA}}{\mathrm{cm^2}} .$$
The article counts all currents inward, which is also possible, but does not say so
([erratum E12](07_conclusion.ipynb#4-·-The-ledger-of-errata)).

**Step 3, each ion has an equilibrium.** Potassium is more concentrated inside. It diffuses out, leaves the inside negative, and
this voltage pulls it back. At the **Nernst potential** or **reversal potential** $E$ both effects balance, so that
no net current flows. It is
$$E = \frac{RT}{zF}\ln\frac{c_\mathrm{out}}{c_\mathrm{in}}$$
in volts, measured against the outside. Here $c_\mathrm{out}$ and $c_\mathrm{in}$ (mM) are the concentrations and $z$ is the charge
number of the ion. The gas constant $R$ is in J mol⁻¹ K⁻¹, Faraday's constant $F$ in C/mol, and the absolute temperature $T$ in K. (The $T$ of the table
is in °C.) From here on $E$ is in mV and counted from rest, as $V$ is.

**Step 4, Ohm's law.** Away from $E$ the **driving force** $V-E$ (mV) moves the ion through its channels. With the
conductance $g$ (mS/cm²) the outward current is $g\,(V-E)$ in µA/cm². It changes its direction at $V=E$. The article writes
$E-V$, which is right for currents that are counted inward ([erratum E13](07_conclusion.ipynb#4-·-The-ledger-of-errata)).

**Step 5, currents add up.** Sodium, potassium and all other ions flow side by side, so
$$I_\mathrm{ion} = g_\mathrm{Na}(V-E_\mathrm{Na}) + g_\mathrm{K}(V-E_\mathrm{K}) + \bar g_\mathrm{L}(V-E_\mathrm{L}) .$$
The third term, the **leak**, is carried by channels that are always open. A bar marks a **maximal** conductance, with all gates open.

In words: every open channel pulls $V$ towards the reversal potential of its own ion, and it pulls harder the larger its conductance and its driving force are.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("charge")

# %% [markdown]
r"""
### Run

In a spike sodium and potassium currents overlap, so more ions cross than are needed to charge the membrane. How much charge must cross it at least to change $V$ by 100 mV, and how much potassium does the axon contain?
"""

# %%
charge = 1e-6 * 0.1  # C/cm²: 1 µF/cm² times 0.1 V
ions = charge / 1.602177e-19  # ions/cm², each with one elementary charge
volume = 238e-4 / 2  # cm³ of axoplasm per cm² of membrane, at a radius of 238 µm
inside = 400e-6 * volume * 6.02214e23  # potassium ions/cm², at 400 mM
RT_F = 8.314462618 * (6.3 + 273.15) / 96485.33212 * 1000  # mV
E_K = RT_F * np.log(20 / 400)

# %% tags=["folded"]
# Table: the charge of a spike, the potassium inside, and a Nernst potential
print(f"charge {charge:.3g} C/cm² = {ions:.3g} ions/cm²; potassium inside {inside:.3g} "
      f"ions/cm²; fraction {ions / inside:.2g}")
print(f"RT/F at 6.3 °C = {RT_F:.3f} mV; 20 mM K⁺ outside, 400 mM inside: "
      f"E_K = {E_K:.1f} mV, from rest (-65 mV) {E_K + 65:.1f} mV")

# %% [markdown]
r"""
The concentrations, and therefore the reversal potentials, hardly change during a spike. Ion pumps restore the concentrations over minutes and
hours; they take no part in the spike itself. (With these typical concentrations $E_\mathrm{K}$ is a few mV above the
measured −12 mV of the table.)

## 2 · A gate has two rates

How can a conductance depend on the voltage? Its channels have gates, and the voltage sets how fast they open and close.

### Derive: where a gate settles, and how fast

A gate is open or closed. A closed gate opens at the rate $\alpha$ (1/ms), an open gate closes at the rate $\beta$ (1/ms). Let $x$ be the
fraction of open gates among very many. In a short time $dt$ a fraction $\alpha\,dt$ of the closed gates opens, and a fraction
$\beta\,dt$ of the open gates closes. Therefore
$$\frac{dx}{dt} = \alpha\,(1-x) - \beta\,x = \alpha-(\alpha+\beta)\,x .$$
The rates depend on $V$, because gates carry charge. Now hold $V$ constant, so that $\alpha$ and $\beta$ are constants. Factor out
$\alpha+\beta$:
$$\frac{dx}{dt} = \frac{x_\infty - x}{\tau},\qquad x_\infty=\frac{\alpha}{\alpha+\beta},\qquad \tau=\frac{1}{\alpha+\beta} .$$
The rate of change is proportional to the remaining distance. Therefore $x$ approaches its **steady-state value** $x_\infty$, a fraction without
unit, exponentially and with the **time constant** $\tau$ in ms: $x(t) = x_\infty + (x(0)-x_\infty)\,e^{-t/\tau}$. Note that both
rates shorten $\tau$.

A potassium channel conducts if four equal gates $n$ are open at once. They are independent, so the fraction of conducting channels is $n^4$.
A sodium channel needs three open gates $m$ and one open gate $h$, hence $m^3h$. Depolarisation opens $m$ and $n$ and closes
$h$. The closing of $h$ is called **inactivation**; its reopening at rest or below is called **removal of inactivation**.

### Run: a gate measured in 1952

How are two rates measured? Hodgkin and Huxley used a **voltage clamp**: an amplifier holds $V$ constant, and the current that this
requires is recorded. They stepped an axon to one voltage after the other and saw the potassium conductance rise as $n^4$. At each
voltage they read off $n_\infty$ and $\tau_n$. Two divisions then give the rates, $\alpha_n=n_\infty/\tau_n$ and
$\beta_n=(1-n_\infty)/\tau_n$. The values are those of their Table 1 (axon 17, 6–7 °C,
[1952](https://doi.org/10.1113/jphysiol.1952.sp004764)), with the sign of $V$ changed to ours.
"""

# %%
from course_utils.notebook_02.potassium import POTASSIUM_1952

POTASSIUM_1952

# %% [markdown]
r"""
A model file that many people could download once contained the following two rates of this gate. One of them has a wrong sign.
"""

# %%
def opening_rate(V):
    return 0.01 * (10 - V) / np.expm1((10 - V) / 10)  # expm1(u) is exp(u) - 1


def closing_rate(V):
    return 0.125 * np.exp(V / 80)


V_1952, _, n_inf, tau_n = POTASSIUM_1952
opening, closing = n_inf / tau_n, (1 - n_inf) / tau_n

# %% tags=["folded"]
# Figure: the rates of the file, and the measured ones
fig, axes = plt.subplots(1, 2, figsize=(8.2, 2.8))
v = np.linspace(-12, 115, 200) + 1e-9
pairs = ((opening_rate, opening, "o"), (closing_rate, closing, "s"))
for ax, (of_file, measured, marker) in zip(axes, pairs):
    ax.plot(v, of_file(v), color=COLOR["vermillion"], label="the file")
    ax.plot(V_1952, measured, marker, color=COLOR["n"], mfc="white", label="1952")
    ax.set(xlabel="$V$ (mV)", ylabel=of_file.__name__.replace("_", " ") + " (1/ms)")
    ax.legend()
show(
    fig,
    "Opening rate and closing rate of the file (lines) against V, with the rates "
    "measured in 1952 (open marks).")

# %% [markdown]
r"""
### Exercise · find the fault

Which rate disagrees with the data? Write it with the right sign.
"""

# %%
def repaired(V):
    ...


check("a wrong sign", repaired)

# %% tags=["solution"]
def solved_repaired(V):
    return 0.125 * np.exp(-V / 80)


check("a wrong sign", solved_repaired)

# %% [markdown]
r"""
Would a recording of a few spikes have revealed the fault? The next cell compares the whole membrane of section 3, which is right, with one that has
the rate of the file, for 300 ms at two currents. `steady_rate` measures the firing rate after the first 150 ms.
"""

# %%
class FaultyMembrane(HodgkinHuxley):
    def rates(self, V):
        opening, _ = super().rates(V)["n"]
        return super().rates(V) | {"n": (opening, closing_rate(V))}


t = np.arange(0, 300, 0.05)
currents = np.array([3.0, 10.0])  # µA/cm², two membranes
for kind in (HodgkinHuxley, FaultyMembrane):
    run = simulate(kind(I_ext=currents), t)
    weak, strong = run.V.T
    print(f"{kind.__name__:15s} rest {run.V[0, 0]:.3f} mV; spikes at 3 µA/cm²: "
          f"{len(spike_times(t, weak, 50)):2d}; at 10 µA/cm²: peak "
          f"{strong.max():.0f} mV, {steady_rate(t, strong, since=150):.1f} Hz")

# %% [markdown]
r"""
The faulty membrane still rests and fires. Its resting potential differs by 0.001 mV, its peak by 3 mV and its rate by 2 Hz.
A recording at 10 µA/cm² would therefore hardly show the fault. The data show it at once, and so does a second current.

### A hole in the formula

The repaired rates are those that Hodgkin and Huxley put through their points. The article prints them, too:
$$\alpha_n(V) = \frac{0.01\,(10-V)}{e^{(10-V)/10}-1},\qquad \beta_n(V) = 0.125\,e^{-V/80}\qquad\text{(1/ms, }V\text{ in mV from rest)} .$$
At $V=10$ the first formula reads $0/0$. Write $u=(10-V)/10$, so that $\alpha_n=0.1\,u/(e^u-1)$. For small $u$ we have
$e^u-1\approx u$, therefore $\alpha_n(10)=0.1$ per ms. The function is smooth; only its printed form has a hole. (The optional section
[Two holes in the formulas](#Further-·-Two-holes-in-the-formulas) gives more digits.)

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** the two rates without the zero from which $V$ is counted and without the value at $V=10$
(erratum E22). **The problem** is that with the wrong reversal potentials (50, −77 and −54.4 mV) the membrane does not fire at
10 µA/cm². Moreover, a computer returns `nan` at 10 mV. **Correct is** that $V$ is counted from rest, with
$E_\mathrm{Na}=115$, $E_\mathrm{K}=-12$ and $E_\mathrm{L}=10.613$ mV, and $\alpha_n(10)=0.1$ per ms. **You can check it:** the next cell evaluates the printed formula near 10 mV, and runs the membrane with the wrong potentials 50, −77 and −54.4 mV. The test is whether it rests at 0 mV and fires.

</div>
"""

# %%
from course_utils.models.hodgkin_huxley import alpha_n

for V in (np.float64(10), 10 + 1e-12):
    with np.errstate(invalid="ignore"):
        printed = 0.01 * (10 - V) / (np.exp((10 - V) / 10) - 1)
    print(f"at {V:.14g} mV: printed {printed:.7f}, ours {alpha_n(V):.7f} per ms")
with warnings.catch_warnings(record=True) as said:  # kept, to be printed here
    warnings.simplefilter("always", CourseWarning)
    mixed = HodgkinHuxley(E_Na=50, E_K=-77, E_L=-54.4)
    rest = mixed.rest()[0]
    run = simulate(mixed, np.arange(0, 100, 0.02))
print("CourseWarning:", textwrap.fill(str(said[0].message), 88))
print(f"mixed zeros: rest {rest:.4f} mV; at 10 µA/cm² V stays below "
      f"{run.V.max():.1f} mV: no spike")

# %% [markdown]
r"""
## 3 · Four equations, one spike

Now we put the parts together and watch them make a spike.

### Derive: the model of Hodgkin and Huxley

$$\begin{aligned}
C_m\frac{dV}{dt} &= -\bar g_\mathrm{Na}\,m^3h\,(V-E_\mathrm{Na}) - \bar g_\mathrm{K}\,n^4\,(V-E_\mathrm{K}) - \bar g_\mathrm{L}\,(V-E_\mathrm{L}) + I_\mathrm{ext} && [\mathrm{µA/cm^2}]\\[4pt]
\frac{dx}{dt} &= q\,\bigl[\alpha_x(V)\,(1-x)-\beta_x(V)\,x\bigr],\quad x=m,h,n && [1/\mathrm{ms}]
\end{aligned}$$

This is one equation for $V$ and one for each kind of gate. The rates of $m$ and $h$, which the article omits, are in 1/ms
$$\alpha_m=\frac{0.1\,(25-V)}{e^{(25-V)/10}-1},\quad \beta_m=4e^{-V/18},\quad \alpha_h=0.07e^{-V/20},\quad \beta_h=\frac{1}{e^{(30-V)/10}+1},\quad q=3^{(T-6.3)/10} .$$

The **temperature factor** $q$ (no unit, $T$ in °C) is 1 at 6.3 °C; ten degrees more make every gate three times as fast. Two rates determine
a steady-state value and a time constant, which the next figure shows for the three gates.
"""

# %% tags=["folded"]
# Figure: steady-state values and time constants of the three gates
fig, (steady, pace) = plt.subplots(1, 2, figsize=(8.6, 2.8))
v = np.linspace(-40, 120, 321)
rates = HodgkinHuxley().rates(v)
for (gate, (alpha, beta)), style in zip(rates.items(), ("-", "--", "-.")):
    looks = {"color": COLOR[gate], "label": f"${gate}$"}
    steady.plot(v, alpha / (alpha + beta), style, **looks)
    pace.plot(v, 1 / (alpha + beta), style, **looks)
steady.set(xlabel="$V$ (mV)", ylabel=r"steady-state value $x_\infty$",
           ylim=(-0.03, 1.03))
pace.set(xlabel="$V$ (mV)", ylabel=r"time constant $\tau_x$ (ms)", ylim=(0, 9.5))
steady.legend(loc="center right")
pace.legend()
show(
    fig,
    "Steady-state values (left) and time constants (right) of the three gates against "
    "V. With depolarisation m and n open and h closes. The gate m is faster than h and "
    "n at every V, at rest more than twenty times.")

# %% [markdown]
r"""
These curves explain the chain of events in a spike. Depolarisation opens $m$, which is fast, so sodium flows in and $V$ rises
further. Then $h$ closes and $n$ opens, both slowly. Therefore sodium stops and potassium flows out, and $V$ falls.
`HodgkinHuxley.rates??` and `HodgkinHuxley.channels??` show these equations as code.

### Run: one spike

In a **current clamp** the injected current is prescribed and the voltage is recorded. Here the current is switched on at 0 ms and stays on. (Rest is not exactly 0, because $E_\mathrm{L}$ is rounded. A *reference* in a printed line is the value of an independent, more accurate solver.)
"""

# %%
cell = HodgkinHuxley(I_ext=10)
V, m, h, n = cell.rest()
print(f"rest without current: V = {V:.6f} mV, m = {m:.5f}, h = {h:.5f}, n = {n:.5f}")
t = np.arange(0, 12, 0.01)
run = simulate(cell, t)

# %% tags=["folded"]
# Table: the height and the time of the spike and of both conductances
when, height = peak(t, run.V)
print(f"spike after the step to 10 µA/cm²: {height:.3f} mV at {when:.3f} ms "
      "(reference 105.264 mV at 2.138 ms)")
channels = cell.channels(run.V, run.m, run.h, run.n)
for ion, (g, _) in zip(("sodium", "potassium"), channels):
    when, height = peak(t, g)
    print(f"{ion} conductance: at most {height:.2f} mS/cm², at {when:.2f} ms")

# %% tags=["folded"]
# Figure: voltage, gates, conductances and currents of one spike
fig, axes = plt.subplots(4, 1, figsize=(8.2, 6.2), sharex=True,
                         height_ratios=[1.3, 1, 1, 1])
pictures.spike_stack(axes, run)
label_panels(axes)
show(
    fig,
    "Voltage (a), gates, conductances and currents (d) of one spike at 10 µA/cm². The "
    "gate m rises first, then h falls and n rises. The sodium conductance peaks before "
    "the potassium conductance. The inward sodium and the outward potassium current "
    "almost cancel.")

# %% [markdown]
r"""
Sodium channels open first and inactivate while potassium channels are still open. Therefore $V$ rises, falls, and dips below rest. Look
at the scale of panel d: two currents of hundreds of µA/cm² nearly cancel. The stimulus of 10 µA/cm² does not make the
spike, it only releases it. Just after 2 ms the sodium current is smaller for a moment, which is the upward bump in panel d. The reason is that $V$ is then close to $E_\mathrm{Na}$: many channels are open, but the driving
force is small.

Is the third term, the leak, needed for this?

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** a membrane equation with two ionic currents and without a leak (erratum E14). **The problem** is that without the
leak the resting potential is 11 mV too low, close to $E_\mathrm{K}$. **Correct is** a third current
$\bar g_\mathrm{L}(V-E_\mathrm{L})$; together with the other two it determines the rest. **You can check it:** the next cell sets $\bar g_\mathrm{L}=0$ and
compares rest and firing rate.

</div>
"""

# %%
t = np.arange(0, 300, 0.01)
for g_L, known in ((0.3, "0.003621 mV, 68.32 Hz"), (0.0, "-10.878073 mV, 70.77 Hz")):
    cell = HodgkinHuxley(g_L=g_L)
    rate = steady_rate(t, simulate(cell, t).V, since=150)
    print(f"leak {g_L} mS/cm²: rest {cell.rest()[0]:.6f} mV, {rate:.2f} Hz at "
          f"10 µA/cm² (reference {known})")

# %% [markdown]
r"""
Without the leak the membrane still fires, and even a little faster. The leak sets the rest; it does not make the spike.

### Investigate: the drug bench

Tetrodotoxin (TTX, from the puffer fish) blocks sodium channels and so lowers $\bar g_\mathrm{Na}$. Tetraethylammonium (TEA), injected into the axon,
blocks potassium channels and so lowers $\bar g_\mathrm{K}$. More sodium outside raises $E_\mathrm{Na}$ (dashed line). The orange bar
shows when the current flows; drag its ends, or use the sliders $t_\mathrm{on}$ and $d$. A spike counts where $V$ rises by more than 20 mV to a
peak. The scale of the currents follows their size.

1. Shorten the pulse to 1 ms and then to 0.5 ms. How strong must it be to cause a spike?
2. Move $E_\mathrm{Na}$, and then return to 115 mV and raise $I_\mathrm{ext}$. Which of the two sets the height of the spike? Can $V$ pass
   $E_\mathrm{Na}$?
3. Lower $\bar g_\mathrm{K}$ to a third. Which part of the spike changes, and which curve explains it?

<details>
<summary>Answers</summary>

1. About 7.0 and 13.3 µA/cm². The *charge* per cm², current times duration, is nearly the same, because a short pulse only charges the
   capacitor.
2. $E_\mathrm{Na}$ does; the peak follows it and stays about 10 mV below. At $V=E_\mathrm{Na}$ the sodium current is zero, and the other ionic currents
   pull $V$ down. Only a stimulus that exceeds these outward currents could lift $V$ further; in this membrane it needs more than 236 µA/cm².
3. The falling phase is slower and the spike is broader. The potassium current in the lowest panel is smaller, so inactivation must do
   more of the work.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a membrane on the drug bench
Panel(CurrentStep(), pictures.bench, "cell.I_ext", "onset", "width", "cell.g_Na",
      "cell.g_K", ("cell.E_Na", 60, 140))

# %% [markdown]
r"""
### Exercise · measure a dose

Which dose of TTX leaves a single spike? Find the **weakest** dose that leaves the axon a single spike (one rise above 50 mV
in 100 ms) at
the standard 10 µA/cm². That is, find the largest $\bar g_\mathrm{Na}$ with a single spike, to 1 mS/cm². Change nothing else, and keep the current on for 100 ms. The bench shows where to look. Then halve the interval between a dose
that is too weak and a dose that is strong enough, until it is short enough.
"""

# %%
dosed = ...  # HodgkinHuxley(g_Na=...)

check("one spike only", dosed)

# %% tags=["solution"]
check("one spike only", HodgkinHuxley(g_Na=102))

# %% [markdown]
r"""
**End of the first sitting.** You have the four equations, and you know which current makes each part of a spike. The second sitting asks
when the membrane fires.
"""

# %% [markdown]
r"""
## 4 · When does it fire?

The article sums up that a neuron fires if the current that enters it exceeds a threshold. Is this so? First predict the
effect of a current that rises slowly.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("slow ramp")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that a neuron fires if its external current exceeds a threshold (erratum E21). **The problem** is that a current of a given
size can cause no spike, one spike or a train, and that zero current can cause a spike. **Correct is** that the history of the current matters as much
as its size. **You can check it:** the next cell sends four currents into the same membrane, namely a step, a slow ramp,
a negative current that ends, and a very strong current.

</div>

### Run: four currents
"""

# %%
t = np.arange(0, 120, 0.01)
cell = HodgkinHuxley()
slow = 0.3 * t  # µA/cm², as are all others
negative = np.where(t < 50, -5.0, 0.0)
strong = np.where(t < 5, 0.0, 160.0)
two_steps = cell.but(I_ext=np.array([2.24, 2.2404]))  # two membranes, one per current
steps = simulate(two_steps, t)
ramp, release, block = (simulate(cell, t, I_ext=I) for I in (slow, negative, strong))

# %% tags=["folded"]
# Table: the response to each of the four currents
below, above = steps.V.max(axis=0)
print(f"step:    2.2400 µA/cm² lifts V to {below:.0f} mV, 2.2404 to {above:.0f} mV")
passed = 0.3 * spike_times(t, ramp.V, 50)[0]
print(f"ramp:    V passes 50 mV when the current is {passed:.2f} µA/cm²")
when, height = peak(t, release.V)
print("release: 5 µA/cm² outward for 50 ms; after its end a spike of "
      f"{height:.2f} mV at {when:.2f} ms (reference 108.61, 55.00)")
rest = fixed_points(cell.but(I_ext=160))[0][0]
print(f"strong:  160 µA/cm² gives {len(spike_times(t, block.V, 50))} spike; after "
      f"115 ms V is {block.V[-1]:.2f} mV, close to its rest there, {rest:.2f} mV")

# %% tags=["folded"]
# Figure: the voltage for four currents, and the currents
fig, axes = plt.subplots(2, 4, figsize=(9.2, 3.3), sharex=True, height_ratios=[3, 1])
cases = {"two steps": (steps, np.full_like(t, 2.24)), "a slow ramp": (ramp, slow),
         "a release": (release, negative), "a strong current": (block, strong)}
for (title, (run, current)), (above, below) in zip(cases.items(), axes.T):
    traces(above, run, lw=1.4)
    above.set(title=title, ylim=(-20, 120), yticks=(0, 50, 100), xlabel="", ylabel="")
    above.tick_params(labelleft=above is axes[0, 0])
    below.plot(t, current, color=COLOR["stimulus"])
    below.set(xlabel="time (ms)", xticks=(0, 50, 100),
              ylim=(current.min() - 1, 1.15 * current.max() + 1))
axes[0, 0].lines[0].set(color="#666666", ls="--")
axes[0, 0].set_ylabel("$V$ (mV)")
axes[1, 0].set_ylabel("$I_\\mathrm{ext}$\n(µA/cm²)")
show(
    fig,
    "Voltage (top) and current (bottom) for four currents. Of two steps that differ by "
    "0.0004 µA/cm² one fires and the other (dashed) does not. On a ramp of 0.3 µA/cm² "
    "per ms the first spike comes at 10.48 µA/cm². After a negative current a "
    "spike follows its end. At 160 µA/cm² there is one spike.")

# %% [markdown]
r"""
Why does the membrane fire after a negative, that is, **hyperpolarising** current? This is called **anode break** or a *rebound spike*. Hyperpolarisation removes
the inactivation that is present at rest ($h$ opens) and closes $n$. After the release both need 5 to 9 ms to return, whereas $m$
needs only 0.2 ms. For a moment the membrane is therefore more excitable than at rest. During a slow ramp the same two gates move in the
opposite direction. You can repeat this on the bench with −5 µA/cm² and a duration of 30 ms.

One spike is not yet a train. Switch on five more currents for 600 ms each:
"""

# %%
currents = np.array([2.25, 5, 6, 6.2, 6.3])
t = np.arange(0, 600, 0.02)
run = simulate(HodgkinHuxley(I_ext=currents), t)
reference = (1, 1, 2, 3, "without end")
for I, train, known in zip(currents, spike_times(t, run.V, 50), reference):
    print(f"{I:.2f} µA/cm²: {len(train):2d} spikes in 600 ms (reference {known}), the "
          f"last at {train[-1]:5.1f} ms")

# %% [markdown]
r"""
Between the first spike and the first train there is a wide range. In it the membrane fires once, or a few times, and comes to rest under the same current. (At a constant current, *rest* means the **fixed point**, the state in which all four derivatives are zero. Its $V$ is above 0.) Three currents are called "the threshold", here in µA/cm² at 6.3 °C:

| the current at which | value | the standard term |
|---|---|---|
| a step from rest first causes *one* spike | 2.2403 | rheobase |
| repetitive firing first *exists* | 6.2603 | saddle-node (fold) of limit cycles |
| rest becomes unstable | 9.7754 | Hopf bifurcation |

A **limit cycle** is a periodic solution that neighbouring solutions approach or leave. At 6.2603 a stable and an unstable limit cycle appear
together. At a **Hopf bifurcation** the rest loses its stability to a growing oscillation (notebook 03). A second one, at 154.52, makes rest stable
again. Above it the membrane may fire once, but not repeatedly: this is **depolarisation block**.

### Exercise · judge four statements

1. A step of 5 µA/cm² makes the membrane fire, so it fires repeatedly as long as the step lasts.
2. A current may rise from 0 to 5 µA/cm² within 50 ms, and stay there, without causing a spike.
3. A purely hyperpolarising current can only prevent spikes.
4. Two equal membranes may receive the same 8 µA/cm² from now on, and one fires while the other rests.
"""

# %%
true = [..., ..., ..., ...]

check("three thresholds", true)

# %% tags=["solution"]
check("three thresholds", [False, True, False, True])

# %% [markdown]
r"""
## 5 · How fast does it fire?

We now measure the **f-I curve**, the firing rate against the current, as in notebook 00.

### Run: 140 membranes at once

A parameter may be an array. The model then represents many membranes, one for each value, and one call of `simulate` runs them all. Here each
membrane starts 40 mV above the rest without current, so that it fires if it can. `rk4`, the scheme of Runge and Kutta, gives all rates to
0.01 Hz at this long step.
"""

# %%
few, many = np.arange(0, 12, 0.2), np.arange(12, 172, 2.0)
currents = np.concatenate([few, many])  # µA/cm²
cell = HodgkinHuxley(I_ext=currents)
t = np.arange(0, 300, 0.08)
V, *gates = cell.rest()
run = simulate(cell, t, start=(V + 40, *gates), scheme=rk4)
rate = steady_rate(t, run.V, since=220, least_swing=4)  # below 4 mV it counts as rest
low, high = hopf_currents(HodgkinHuxley())

# %% tags=["folded"]
# Table: some of the rates, and the two Hopf points
known = {7: 58.327, 8: 62.470, 10: 68.324, 20: 86.470, 50: 117.036, 150: 167.854}
for I, reference in known.items():
    ours = rate[np.argmin(np.abs(currents - I))]
    print(f"{I:3d} µA/cm²: {ours:7.2f} Hz, reference {reference:7.2f} Hz")
print(f"rest loses and regains stability at {low:.6f} and {high:.6f} µA/cm² "
      "(published proof: 9.775438, 154.522434)")

# %% tags=["folded"]
# Figure: the f-I curve and the range of the voltage
fig, (onset, whole, swing) = plt.subplots(1, 3, figsize=(9.2, 3.2),
                                          width_ratios=[1, 1.2, 1.2])
silent = currents[(currents < low) | (currents > high)]
for ax in (onset, whole):
    ax.plot(currents[rate > 0], rate[rate > 0], "o", color=COLOR["V"], ms=3,
            label="firing")
    ax.plot(silent, 0 * silent, "s", mfc="white", mec=COLOR["V"], ms=4,
            label="at rest, and stable")
    ax.set(xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="rate (Hz)", ylim=(-4, 185))
onset.axvspan(6.2603, low, color=COLOR["stimulus"], alpha=0.2, lw=0)
onset.set(xlim=(4, 12), ylim=(-2, 82))
whole.legend(loc=(0.25, 0.2))
pictures.swing_curve(swing, HodgkinHuxley(), currents, run.V[t > 220], low, high)
show(
    fig,
    "Firing rate against current near onset (left) and over the whole range (middle). "
    "The rate jumps from 0 to 50 Hz and grows to 170 Hz; in the shaded range rest is "
    "stable as well. Right: the range of V shrinks with the current and closes at "
    "154.5 µA/cm².")

# %% [markdown]
r"""
The rate begins with a jump to about 50 Hz. Such a neuron is called **class II** (Hodgkin 1948). The integrate-and-fire neuron of
notebook 00 begins at 0 Hz and is class I. Between 6.26 and 9.78 µA/cm² (shaded) *two* behaviours are stable at the same current, rest and
firing: the membrane is **bistable**. It depends on the past which of them we see. The optional section
[Up and down a staircase](#Further-·-Up-and-down-a-staircase) measures this.

## 6 · One neuron stores a bit

At 8 µA/cm² rest and firing are both stable. The membrane therefore *remembers* which of the two it is in, without a synapse and
without a change of any parameter. The states that lead to rest form the **basin of attraction** of rest, all others that of the limit cycle. To
write or erase, we must carry the state across the boundary between the two. We use a **kick**, an instantaneous change of $V$; a short, strong current pulse of
4 nC/cm² changes $V$ by 4 mV, because $Q=C_mV$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("erase")

# %% [markdown]
r"""
### Run: write and erase

We start at rest with the current on, kick $V$ by 3.80 or by 3.81 mV, and wait 300 ms.
"""

# %%
cell = HodgkinHuxley(I_ext=8)
V, *gates = fixed_points(cell)[0]
t = np.arange(0, 300, 0.01)
kicks = np.array([3.80, 3.81])  # mV
run = simulate(cell, t, start=(V + kicks, *gates))
for kick, trace in zip(kicks, run.V.T):
    spikes = spike_times(t, trace, 50)
    rhythm = ""
    if len(spikes):
        rhythm = f", every {np.diff(spikes)[-5:].mean():.3f} ms (reference 16.008)"
    print(f"+{kick:.2f} mV from {V:.6f} mV: {len(spikes)} spikes in 300 ms{rhythm}")

# %% [markdown]
r"""
The second kick must be timed. The **phase** $\varphi$ (in cycles) says how far the membrane is in its cycle: 0 where $V$ passes 20 mV
upwards, 1 at the next such moment. The chart in the next figure shows the effect of 2989 kicks, 61 phases times 49 sizes. After red kicks all
further spikes come earlier, after blue kicks later, by the fraction of a cycle that the colour bar shows. **Orange kicks end the firing.**
"""

# %%
bit = OneBit()  # its parameters are the two kicks, the phase and the current
outcome = bit.run()
chart = kick_map()

# %% tags=["folded"]
# Figure: one bit, written and erased, and a chart of all second kicks
fig = plt.figure(figsize=(9.2, 3.4))
left, right = fig.subplots(1, 2, width_ratios=[1.7, 1])
pictures.bit_story(left)(outcome)
left.set_xlabel("time (ms)")
pictures.kick_chart(right, chart)(bit)
show(
    fig,
    "Left: at 8 µA/cm² a kick of +3.81 mV starts repetitive firing, and a second kick "
    "of +6 mV at phase 0.60 ends it. The bits read 0, 1, 0. Right: the effect of a "
    "kick against its phase and size. Kicks in two outlined orange islands erase: "
    "positive ones near phase 0.6, negative ones near 0.9. Orange triangles (left) "
    "mark the two kicks, and the white dot (right) is the second one.")
print(outcome.sentence())

# %% [markdown]
r"""
A kick that nearly erases leaves the state close to the boundary for a while. When the membrane fires again, it does so at any phase. This is
why all colours meet along the edges of the islands, mostly in a band too thin for this chart. Best (1979) found such kicks in
these equations, and Guttman, Lewis and
Rinzel (1980) silenced squid axons by a brief, well-timed pulse.

### Investigate: write, erase, miss

**Pull the orange stems** up and down, and the second one sideways. Or **drag the white dot** across the chart. $\Delta V_1$ and $\Delta V_2$ are
the two kicks. The lower right picture shows the state in the plane of $V$ and $n$. Grey is the last cycle, orange the second kick, blue
the trajectory after it, and the open circle is the fixed point. The chart was computed for 8 µA/cm² and is grey at any other current.

1. How small can an upward kick be that still erases, and why does a kick of +16 mV at phase 0.6 not erase?
2. At which currents can the membrane not keep its 1, and at which not its 0?

<details>
<summary>Answers</summary>

1. About +2.1 mV near phase 0.62. The basin of rest is small, and a larger kick carries the state across it and out on the other side.
2. Below about 6.26 µA/cm² the 1 is lost, because no limit cycle exists. Above 9.78 µA/cm² the 0 is lost, because rest is unstable. There even a tiny
   kick makes the membrane fire, if you wait long enough.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: write, erase, miss
def memory(fig):
    fig.set_size_inches(9.4, 4.9)
    axes = pictures.bit_axes(fig)
    moving = [pictures.bit_story(axes["trace"], animated=True),
              pictures.kick_stems(axes["kicks"], animated=True),
              pictures.bit_plane(axes["plane"], animated=True)]
    mark = pictures.kick_chart(axes["map"], kick_map(), animated=True)

    def update(bit, outcome):
        for move in moving:
            move(outcome)
        mark(bit)

    return update


Panel(OneBit(), memory, "write", "erase", "phase", "I_ext")

# %% [markdown]
r"""
### Exercise · choose two kicks

Write the bit *and* erase it with **inhibition alone**: choose two negative kicks and a phase so that the bits read 0 1 0. The panel
shows where to look.
"""

# %%
inhibited = ...  # OneBit(write=..., erase=..., phase=...)

check("inhibition alone", inhibited)

# %% tags=["solution"]
check("inhibition alone", OneBit(write=-8, erase=-5, phase=0.9))

# %% [markdown]
r"""
## 7 · A shortcut that fails, and one that works

Four equations are many. May one simply leave some of them out? The article keeps two. It removes $m^3h$ and the leak:
$$\frac{dV}{dt} = F = \frac{\bar g_\mathrm{K}n^4(E_\mathrm{K}-V)+\bar g_\mathrm{Na}(E_\mathrm{Na}-V)+I_\mathrm{ext}}{C_m},\qquad \frac{dn}{dt} = G = \alpha_n(1-n)-\beta_nn .$$
To remove a factor is to replace it by 1: all sodium gates are open all the time.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that this trimmed system keeps the core of the voltage dynamics (erratum E20). **The problem** is that $V$ goes to one fixed
point and stays there. **Correct is** that the trimmed system cannot fire repeatedly at any current. **You can check it:** the next cell starts it at 0 mV and
finds its fixed points, also for the other reading, in which the whole sodium term is removed.

</div>
"""

# %%
trimmed = TrimmedHodgkinHuxley()
n0 = HodgkinHuxley().steady_gates(0.0)[2]
t = np.arange(0, 20, 0.0005)
run = simulate(trimmed, t, start=(0.0, n0), I_ext=0.0)
when, height = peak(t, run.V)
print(f"from 0 mV without current: up to {height:.3f} mV at {when:.4f} ms, then down "
      f"to {run.V[-1]:.4f} mV, where it stays")
for I, known in ((0.0, 89.921937), (10.0, 89.982890), (150.0, 90.836414)):
    cell = trimmed.but(I_ext=I)
    found, without = fixed_points(cell), fixed_points(cell.but(g_Na=0.0))
    print(f"{I:3.0f} µA/cm²: fixed points {len(found)}, V = {found[0][0]:.6f} mV "
          f"(reference {known:.6f}); without the sodium term {without[0][0]:.6f} mV")

# %% [markdown]
r"""
### Derive, with a blank: why it can never oscillate

The first rise of $V$, to 114 mV, is not a spike: the state starts far from the fixed point, goes there and stays. We show that nothing
else is possible.

**Bendixson's criterion.** Suppose the state went around a closed orbit in the plane of $V$ and $n$. Imagine $(F,G)$ as the velocity of a fluid. It points along the orbit, so no fluid crosses it. By the divergence theorem the net flow through a closed curve equals the integral of $\partial F/\partial V+\partial G/\partial n$, the outflow per area, over the inside. Here this integral is therefore zero. (The
*partial derivative* $\partial F/\partial V$ is the derivative with respect to $V$ while $n$ is held constant.) If the sum has the same sign everywhere, the
integral cannot be zero. Therefore no closed orbit exists.

### Exercise · derive

Find the two partial derivatives. The rates $\alpha_n$ and $\beta_n$ depend on $V$, but not on $n$.
"""

# %%
def derivatives(n, alpha, beta, g_Na, g_K, C_m):
    dF_dV = ...
    dG_dn = ...
    return dF_dV, dG_dn


check("divergence", derivatives)

# %% tags=["solution"]
def solved_derivatives(n, alpha, beta, g_Na, g_K, C_m):
    return -(g_K * n**4 + g_Na) / C_m, -(alpha + beta)


check("divergence", solved_derivatives)

# %% [markdown]
r"""
Your two derivatives add up to a negative number at every $V$ and $n$, for every current and all positive conductances. By Bendixson's criterion no
closed orbit exists, and therefore the model has no rhythm. The optional section [Where the trimmed model ends](#Further-·-Where-the-trimmed-model-ends) completes the
proof: every solution ends at one fixed point.

The sign of $\partial F/\partial V$ has a physical meaning: depolarisation always reduces $dV/dt$. A spike needs the opposite, a range of $V$ in
which depolarisation promotes further depolarisation. All signs remain the same if a leak is added, if another positive constant replaces
$m^3h$, or if the whole sodium term is removed. Hence no version of this shortcut can fire repeatedly.

### Run: the task of each gate

At rest the time constants are $\tau_m=0.24$, $\tau_n=5.5$ and $\tau_h=8.5$ ms. Which of the gates may then be simplified, and how?

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that $h$ changes little (erratum E18), and it crosses out $m$, although it calls $m$ the fast variable and wants to trim the slow
ones (erratum E19). **The problem** is that a membrane with constant $h$ does not repolarise. **Correct is** that both $h$ and $n$ are needed to end the spike, whereas the
fast $m$ may be replaced by its steady-state value $m_\infty(V)$, but not by 1. **You can check it:** the next
cell runs the membrane three more times, with $h$ held at its rest value, with $n$ held, and with $m=m_\infty(V)$.

</div>
"""

# %%
REST = HodgkinHuxley().rest()


class ConstantH(HodgkinHuxley):
    def channels(self, V, m, h, n):
        return super().channels(V, m, REST[2], n)


class ConstantN(HodgkinHuxley):
    def channels(self, V, m, h, n):
        return super().channels(V, m, h, REST[3])


class InstantM(HodgkinHuxley):
    channels_follow_V = True  # one conductance depends on V at once

    def channels(self, V, m, h, n):
        return super().channels(V, self.steady_gates(V)[0], h, n)


t = np.arange(0, 300, 0.01)
runs = [simulate(kind(), t, start=REST)
        for kind in (HodgkinHuxley, ConstantH, ConstantN, InstantM)]

# %% tags=["folded"]
# Table: spikes, rate and final voltage with one gate changed
free, constant_h, constant_n, instant_m = runs
late = free.h[t > 200]
print(f"all gates free:  {steady_rate(t, free.V, since=150):.2f} Hz (reference 68.32), "
      f"h between {late.min():.4f} and {late.max():.4f}")
for gate, run, known in (("h", constant_h, 78.737), ("n", constant_n, 55.527)):
    count = len(spike_times(t, run.V, 50))
    print(f"{gate} constant:      {count} spike, then V stays at {run.V[-1]:.3f} mV "
          f"(reference {known})")
print(f"m at its steady-state value: {steady_rate(t, instant_m.V, since=150):.2f} Hz "
      "(reference 84.43)")

# %% [markdown]
r"""
### The reduction that works

So $m\to m_\infty(V)$, and two slow variables are left. On the cycle of the full model they are almost on a line, $h\approx h_0-s\,n$ with two numbers
$h_0$ and $s$ (no unit). Therefore $h$ can be computed from $n$. With the leak kept, two equations remain, $dn/dt$ as before and
$$C_m\frac{dV}{dt} = -\bar g_\mathrm{Na}\,m_\infty^3(V)\,(h_0-s\,n)\,(V-E_\mathrm{Na})-\bar g_\mathrm{K}n^4(V-E_\mathrm{K})-\bar g_\mathrm{L}(V-E_\mathrm{L})+I_\mathrm{ext},\qquad h_0=0.85,\ s=1 .$$
Reductions of this form are due to Krinsky and Kokoz (1973) and Rinzel (1985).
"""

# %%
t = np.arange(0, 200, 0.01)
V, m, h, n = HodgkinHuxley().rest()
starts = {HodgkinHuxley(): (V, m, h, n), ReducedHodgkinHuxley(): (V, n),
          TrimmedHodgkinHuxley(): (V, n)}
runs = [simulate(model, t, start=start) for model, start in starts.items()]

# %% tags=["folded"]
# Table: rates and heights of the three models
full, reduced, trimmed = (steady_rate(t, run.V, since=100) for run in runs)
print(f"at 10 µA/cm²: full {full:.2f} Hz, reduced {reduced:.2f} Hz "
      f"({100 * (reduced / full - 1):.0f} % too fast), trimmed {trimmed:.0f} Hz")
first = [run.V[t < 8].max() for run in runs]
late = [run.V[t > 150].max() for run in runs]
print(f"first spike and train: full {first[0]:.1f} and {late[0]:.1f} mV, "
      f"reduced {first[1]:.1f} and {late[1]:.1f} mV")

# %% tags=["folded"]
# Figure: the three models in the plane of V and n
fig, axes = plt.subplots(1, 3, figsize=(9.2, 3.2), sharey=True)
for ax, run, title in zip(axes, runs, ("full, projected", "reduced", "trimmed")):
    pictures.membrane_plane(ax, title)(run, fixed_points(run.model))
axes[0].set_ylabel("$n$")
axes[2].legend(loc=(0.33, 0.2))
show(
    fig,
    "Trajectories in the plane of V and n at 10 µA/cm², from rest (open square), with "
    "the fixed points (rings). Full model, projected from four dimensions: a cycle. "
    "Reduced: nearly the same cycle, around a dashed curve dV/dt = 0 with a fold. "
    "Trimmed: V rises at once and moves slowly to the only fixed point.")

# %% [markdown]
r"""
A curve on which $dV/dt=0$ or $dn/dt=0$ is called a **nullcline**. In the reduced model the $V$-nullcline (dashed) has a fold. On its middle, rising branch
$\partial F/\partial V$ is positive: a larger $n$ lowers $F$, so if $F$ stays 0 while $n$ rises, the rise of $V$ must raise
$F$. Therefore depolarisation promotes itself, and where it outweighs $\alpha_n+\beta_n$, the criterion fails. The price of
the reduction is a rate that is 24 % too high and spikes that are 7 to 15 mV too tall, because the true $m$ lags behind $m_\infty$. Notebook 03 continues from
this picture.
"""

# %% [markdown]
r"""
## What you saw

- A membrane is a capacitor with batteries behind gated conductances. The charge that changes $V$ by 100 mV equals that of one in five million of the potassium ions inside, and no sodium current can lift
  $V$ above $E_\mathrm{Na}$.
- Two rates determine where a gate settles, $\alpha/(\alpha+\beta)$, and how fast, $1/(\alpha+\beta)$. A wrong sign in one of them hardly shows in a spike, but at once in
  the data.
- Not one threshold exists but several, in µA/cm²: 2.24 for one spike, 6.26 for a train, 9.78 for the end of rest. On a ramp it is 10.48, after a release 0, and above 154.5
  the membrane is blocked.
- Between 6.26 and 9.78 µA/cm² one membrane stores one bit, and *excitation* at phase 0.6 erases it.
- The trimmed model cannot fire repeatedly, by Bendixson's criterion. With $m=m_\infty(V)$ and $h=h_0-s\,n$ two equations can, 24 % too fast.
"""

# %% [markdown]
r"""
## Further · Two holes in the formulas

*10 minutes.* Section 2 filled a hole in $\alpha_n$ by its limit. How does the function behave close to it, and how well do the printed
numbers describe the data?

With $u=(10-V)/10$ we have $\alpha_n = 0.1\,\dfrac{u}{e^u-1}$. Expand $e^u-1 = u+\frac{u^2}{2}+\frac{u^3}{6}+\dots$, divide by $u$, and use
$\frac1{1+\varepsilon}=1-\varepsilon+\varepsilon^2-\dots$:
$$\frac{u}{e^u-1} = \frac{1}{1+\frac u2+\frac{u^2}{6}+\dots} = 1-\Bigl(\frac u2+\frac{u^2}{6}\Bigr)+\frac{u^2}{4}-\dots = 1-\frac u2+\frac{u^2}{12}-\dots$$
So $\alpha_n(10)=0.1$ per ms, and its slope there is $0.1\cdot(-\tfrac12)\cdot(-\tfrac1{10}) = 0.005$ per ms and mV. The opening rate of $m$ has
the same form with $u=(25-V)/10$, hence $\alpha_m(25)=1$ per ms. The course uses this series where $u$ is small, because the printed
formula loses digits there.

Now fit the same form, $\alpha_n = A\,(V_0-V)/(e^{(V_0-V)/k}-1)$, to the table of 1952: three numbers, least squares of the relative error.
"""

# %%
from scipy.optimize import curve_fit

from course_utils.models.hodgkin_huxley import alpha_n, beta_n
from course_utils.notebook_02.potassium import POTASSIUM_1952

V_1952, _, n_inf, tau_n = POTASSIUM_1952
opening, closing = n_inf / tau_n, (1 - n_inf) / tau_n


def rate(V, A, V0, k):
    return A * (V0 - V) / np.expm1((V0 - V) / k)


fitted, _ = curve_fit(rate, V_1952, opening, p0=(0.01, 12.0, 8.0), sigma=opening)
error = np.sqrt(np.mean((alpha_n(V_1952) / opening - 1)**2))
print("printed: A = 0.01 per ms and mV, V0 = 10 mV, k = 10 mV")
A, V0, k = fitted
print(f"fitted:  A = {A:.4f} per ms and mV, V0 = {V0:.1f} mV, k = {k:.1f} mV")
print(f"relative error of the printed curve (root mean square): {100 * error:.0f} %")

# %% tags=["folded"]
# Figure: measured rates of the potassium gate, the printed curves, and your fit
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 2.8))
v = np.linspace(-20.05, 115.05, 200)
left.plot(V_1952, opening, "o", color=COLOR["n"], label="1952")
left.plot(v, alpha_n(v), "--", color=COLOR["theory"], lw=1.2, label="as printed")
left.plot(v, rate(v, *fitted), color=COLOR["n"], lw=1.4, label="your fit")
right.plot(V_1952, closing, "s", color=COLOR["n"], mfc="white", label="1952")
right.plot(v, beta_n(v), "--", color=COLOR["theory"], lw=1.2, label="as printed")
for ax, name in ((left, "opening"), (right, "closing")):
    ax.set(xlabel="$V$ (mV)", ylabel=f"{name} rate (1/ms)")
    ax.legend()
show(
    fig,
    "Opening rate (left) and closing rate (right) of the potassium gate against V. "
    "Marks are the values measured in 1952, dashed lines the printed curves. The fit "
    "and the printed opening rate pass close to the marks. The printed closing rate "
    "lies up to 36 % above them near 20 mV.")

# %% [markdown]
r"""
Your three numbers differ from the printed ones, because yours describe one axon. The printed numbers are rounded and serve all axons
that were measured.

## Further · More or less sodium outside

*10 minutes.* Is a spike really all or none? Hodgkin and Katz (1949) replaced a part of the sodium outside. With a factor $f$ on the outside
concentration the reversal potential is $E_\mathrm{Na}=115+24.08\ln f$ in mV, by the Nernst formula of section 1.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("less sodium")

# %% [markdown]
r"""
### Run
"""

# %%
factors = np.array([0.4, 0.7, 1.0, 1.5])
E_Na = 115 + 24.081 * np.log(factors)
t = np.arange(0, 200, 0.02)
run = simulate(HodgkinHuxley(E_Na=E_Na), t)

# %% tags=["folded"]
# Table: reversal potential and height of the first spike
known = (84.32, 97.15, 105.26, 114.43)
for f, E, V, reference in zip(factors, E_Na, run.V.T, known):
    print(f"sodium outside x {f:.1f}: E_Na = {E:6.2f} mV, peak {V.max():6.2f} mV "
          f"(reference {reference:.2f}), {len(spike_times(t, V, 50)):2d} spikes in "
          "200 ms")

# %% [markdown]
r"""
The peak follows $E_\mathrm{Na}$ and stays 8 to 11 mV below it. With too little sodium the repetitive firing ends as well. So
"all or none" does not mean one height, because the concentrations set how tall a spike is.

### Exercise · measure

With which factor on the outside sodium is the first spike at 10 µA/cm² 80 mV high? Find it to within 1 mV of the height, with the cell above or on
the bench of section 3, where you set $E_\mathrm{Na}$.
"""

# %%
factor = ...

check("less sodium", factor)

# %% tags=["solution"]
check("less sodium", 0.33)

# %% [markdown]
r"""
## Further · Up and down a staircase

*15 minutes.* Section 5 found two stable behaviours between 6.26 and 9.78 µA/cm². Which of the two do you meet if you change
the current in steps?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("staircase")

# %% [markdown]
r"""
### Run

We say that firing *lasts* on a level if $V$ crosses 50 mV at least twice in the last 50 ms. The state is not reset between levels.
"""

# %%
def staircase(levels, wait):
    """For each level (µA/cm²) whether firing lasts, and the swing of V (mV)."""
    state, lasts, swing = HodgkinHuxley().rest(), [], []
    t = np.arange(0, wait + 0.01, 0.025)
    late = t > wait - 50
    for I in levels:
        run = simulate(HodgkinHuxley(I_ext=I), t, start=state)
        V, state = run.V[late], run.last
        lasts.append(np.sum((V[:-1] < 50) & (V[1:] >= 50)) >= 2)
        swing.append(np.ptp(V))
    return np.array(lasts), np.array(swing)


climbs = {}
for step, wait in ((0.5, 60), (0.5, 200), (2.0, 200)):
    up = np.arange(0, 12.1, step)
    levels = np.concatenate([up, up[::-1]])
    lasts, swing = staircase(levels, wait)
    firing = levels[lasts]
    climbs[step, wait] = levels, swing
    print(f"steps of {step} µA/cm², {wait} ms each: lasting firing from "
          f"{firing[0]:.1f} on the way up, to {firing[-1]:.1f} on the way down")

# %% tags=["folded"]
# Figure: the swing of the voltage on the way up and on the way down
fig, ax = plt.subplots(figsize=(6.4, 2.8))
levels, swing = climbs[0.5, 200]
half = len(levels) // 2
ax.plot(levels[:half], swing[:half], "^-", color=COLOR["V"], label="up")
ax.plot(levels[half:], swing[half:], "v--", color=COLOR["V"], mfc="white", label="down")
for I in (6.2603, 9.7754):
    ax.axvline(I, ls=":", color=COLOR["theory"])
ax.set(xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel="swing of $V$ (mV)", xlim=(4, 12))
ax.legend(loc="center left")
show(
    fig,
    "Swing of V in the last 50 ms of each level, with steps of 0.5 µA/cm² and 200 ms. "
    "On the way up (filled marks) it stays near 0 to above the right dotted line, the "
    "Hopf point. On the way down (open marks) it stays large almost to the left dotted "
    "line, the fold of limit cycles.")

# %% [markdown]
r"""
In small steps the state follows the fixed point and leaves it only where the fixed point is unstable, above 9.78. It leaves slowly: at
10 µA/cm² a deviation grows by a factor of e in 238 ms, at 12 in 25 ms. A shorter wait therefore finds a higher "threshold". A step of 2
is different. A jump of 1.53 µA/cm², from rest at 6.47 to 8, is enough to carry the state into the basin of attraction of the
limit cycle. On the way down
such a large step ends the firing early, if it comes at certain phases of the cycle. Whoever reports a
threshold must therefore report the step and the wait, too.

### Exercise · judge four statements

Laboratory A raises the current by 0.1 µA/cm² every 60 ms and reports that firing begins at 11.9 µA/cm². Laboratory B waits 1000 ms on each level and reports
9.9. Both used this membrane.

1. In laboratory A rest was stable up to 11.9 µA/cm².
2. If A waited longer, it would find a lower value.
3. If both go down in the same small steps, both find that firing ends close to 6.3 µA/cm².
4. A single step from 6 to 8 µA/cm² has the same effect as twenty steps of 0.1.
"""

# %%
true = [..., ..., ..., ...]

check("two laboratories", true)

# %% tags=["solution"]
check("two laboratories", [False, True, True, False])

# %% [markdown]
r"""
## Further · The clamp that measured it all

*15 minutes.* The voltage clamp of section 2 holds $V$ constant, so no current charges the capacitor, and every gate relaxes exponentially. What does it
show about sodium?

### Run

We hold the membrane at rest, step to nine voltages, and separate the ions. (In the laboratory this is done with TTX and TEA, or by changing
the sodium outside.)
"""

# %%
cell = HodgkinHuxley()
t = np.arange(0, 12, 0.01)
commands = np.arange(-20, 141, 20.0)
clamped = [voltage_clamp(cell, V, t) for V in commands]
peaks = [np.argmax(np.abs(run.I_Na)) for run in clamped]

# %% tags=["folded"]
# Table: the peak of the sodium current at two commands
for V, k, run in zip(commands, peaks, clamped):
    if V in (40, 120):
        print(f"step to {V:.0f} mV: sodium current peaks at {run.I_Na[k]:.1f} µA/cm² "
              f"after {t[k]:.2f} ms")
print("(closed form: -1082.1 after 0.986 ms, and +226.8)")

# %% tags=["folded"]
# Figure: clamp currents at nine voltages
fig, (left, middle, right) = plt.subplots(1, 3, figsize=(9.2, 3.1))
for k, (V, run) in enumerate(zip(commands, clamped)):
    color = plt.get_cmap("viridis")(k / 9)
    left.plot(t, run.I_Na, color=color)
    middle.plot(t, run.I_K, color=color)
    middle.text(12.2, run.I_K[-1], f"{V:.0f} mV" if V > 20 else "", va="center",
                fontsize=8)
right.plot(commands, [run.I_Na[k] for k, run in zip(peaks, clamped)], "o-",
           color=COLOR["I_Na"], label="sodium, peak")
right.plot(commands, [run.I_K[-1] for run in clamped], "s--", color=COLOR["I_K"],
           label="potassium, end")
right.axhline(0, color=COLOR["ghost"], lw=0.8)
for ax, ion in ((left, "Na"), (middle, "K")):
    ax.set(xlabel="time (ms)", xticks=(0, 4, 8, 12),
           ylabel=f"$I_\\mathrm{{{ion}}}$, outward (µA/cm²)")
middle.set_xlim(0, 12)
right.set(xlabel="command (mV)", ylabel="current (µA/cm²)")
right.legend(fontsize=8)
show(
    fig,
    "Currents under voltage clamp at nine commands. Left: sodium flows in and dies "
    "away within a few ms, and flows out at 120 and 140 mV. Middle: potassium rises "
    "with a delay and stays. Right: the sodium peak crosses zero at 115 mV, its "
    "reversal potential.")

# %% [markdown]
r"""
### Predict: a conditioning step

Before the step to the command, the membrane is now held at another voltage for a while. This is called **conditioning**.
"""

# %% tags=["nbval-ignore-output"]
predict("conditioning")

# %% [markdown]
r"""
### Investigate

The sliders are the command $V_\mathrm{command}$, the conditioning voltage $V_\mathrm{hold}$ and its duration $t_c$, and two drugs: TTX lowers
$\bar g_\mathrm{Na}$, TEA lowers $\bar g_\mathrm{K}$.

1. At which command does the sodium current change its direction?
2. Hold the membrane at +30 mV and then at −30 mV. How does the sodium current change, and why?
3. Shorten $t_c$ from 40 to 2 ms at +30 mV. How much of the inactivation has happened by then?

<details>
<summary>Answers</summary>

1. At 115 mV, the sodium reversal potential, where the driving force is zero.
2. At +30 mV the channels inactivate and little current is left. At −30 mV the inactivation that is present at rest is removed, and the current is
   larger than without conditioning.
3. About two thirds. At +30 mV the time constant $\tau_h$ is 1.9 ms, so 2 ms are about one time constant.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a voltage clamp
CLAMPED = {"I_Na": "sodium", "I_K": "potassium", "all": "all together", "m": "$m$",
           "h": "$h$", "n": "$n$"}


def clamp(fig):
    fig.set_size_inches(8.8, 4.2)
    axes = fig.subplot_mosaic("IG;VG", height_ratios=(4, 1))
    left, right, below = axes["I"], axes["G"], axes["V"]
    command, = below.plot([], [], drawstyle="steps-post", color=COLOR["stimulus"],
                          animated=True)
    below.set(xlim=(-2, 12), ylim=(-55, 155), xlabel="time (ms)",
              ylabel="held at\n(mV)")
    lines = {}
    for name, label in CLAMPED.items():
        ax = right if len(name) == 1 else left
        style = {"I_K": "--", "all": ":", "h": "--", "n": "-."}.get(name, "-")
        lines[name], = ax.plot([], [], style, color=COLOR.get(name, COLOR["theory"]),
                               label=label, animated=True)
    left.set(xlim=(-2, 12), ylim=(-2600, 6200), xticklabels=[],
             ylabel="current out (µA/cm²)")
    right.set(xlim=(0, 12), ylim=(-0.02, 1.02), xlabel="time (ms)", ylabel="open gates")
    left.legend(loc="upper right", ncols=3, fontsize=8)
    right.legend(loc="center right")

    def update(record, clamped):
        run = clamped.run
        V = [0, record.V_hold, record.V_command, record.V_command]
        command.set_data([-50, -record.duration, 0, 12], V)
        for name, line in lines.items():
            all_three = run.I_Na + run.I_K + run.I_L
            line.set_data(run.t, all_three if name == "all" else getattr(run, name))

    return update


Panel(ClampExperiment(V_hold=15.0, duration=5.0), clamp, "V_command", "V_hold",
      ("duration", 0, 40), ("cell.g_Na", 0, 120), ("cell.g_K", 0, 36))

# %% [markdown]
r"""
### Run: how long must a conditioning step last?

We hold the membrane at +15 or −20 mV for a time $t_c$, then step to +50 mV. The table compares the peak of the sodium current with the prediction by $h$
alone, $h(t_c)=h_\infty+(h_\mathrm{rest}-h_\infty)\,e^{-t_c/\tau_h}$. Here $h_\mathrm{rest}$ is the value of $h$ at rest.
"""

# %%
t = np.arange(0, 6, 0.002)
alone = ClampExperiment(V_command=50, duration=0).measure(t)
for V in (-20, 15):
    for duration in (0.5, 5, 40):
        run = ClampExperiment(V_command=50, V_hold=V, duration=duration).measure(t)
        peaks = run.I_Na.min() / alone.I_Na.min()
        print(f"{duration:4.1f} ms at {V:+d} mV: {peaks:.3f} of the peak without, "
              f"h alone {run.h[0] / alone.h[0]:.3f}")

# %% [markdown]
r"""
At +15 mV the peak is larger than $h$ alone predicts, because the gates $m$ are already partly open at the step.

### Exercise · measure half of the inactivation

At which conditioning voltage, held for 40 ms, is half of the sodium peak at +50 mV left? Find it by trying, with the cell above.
"""

# %%
V_half = ...

check("half inactivated", V_half)

# %% tags=["solution"]
check("half inactivated", 9.2)

# %% [markdown]
r"""
## Further · Where the trimmed model ends

*10 minutes.* Section 7 proved that the trimmed model has no closed orbit. Three more steps show that every solution ends at the same fixed point. We write
$F_V$ for $\partial F/\partial V$, and so on.

1. **There is exactly one fixed point.** Consider currents above $-\bar g_\mathrm{Na}(E_\mathrm{Na}-E_\mathrm{K}) = -15240$ µA/cm². Then $F>0$
   for $V\le E_\mathrm{K}$, so every fixed point has $V>E_\mathrm{K}$. There we can solve $F=0$ for $n$:
   $n^4=\dfrac{\bar g_\mathrm{Na}(E_\mathrm{Na}-V)+I_\mathrm{ext}}{\bar g_\mathrm{K}(V-E_\mathrm{K})}$. As $V$ rises from $E_\mathrm{K}$ to
   $E_\mathrm{Na}+I_\mathrm{ext}/\bar g_\mathrm{Na}$, this curve falls from $\infty$ to 0, whereas $n_\infty(V)$ rises. A falling and a rising curve
   cross exactly once.
2. **The fixed point is stable.** The Jacobian is the matrix of the four partial derivatives. A fixed point is stable if its
   trace is negative and its determinant positive (notebook 03). The trace is the sum $F_V+G_n$, which is negative. The
   determinant is $F_VG_n-F_nG_V$. Its first
   product is positive, because $F_V$ and $G_n$ are both negative. Its second product is negative, because $F_n<0$ above $E_\mathrm{K}$, while
   $G_V>0$: $\alpha_n$ rises with $V$ and $\beta_n$ falls. The determinant is therefore positive, and the fixed point is stable.
3. **Every solution ends there.** Solutions enter the rectangle $E_\mathrm{K}\le V\le E_\mathrm{Na}+I_\mathrm{ext}/\bar g_\mathrm{Na}$, $0\le n\le1$, and
   cannot leave it. For a bounded solution in the plane with a single, stable fixed point the Poincaré–Bendixson theorem leaves two possibilities: it
   approaches a closed orbit or the fixed point. There is no closed orbit.

The next cell starts nine solutions near the corners and edges of this rectangle and at one point inside it.
"""

# %%
trimmed = TrimmedHodgkinHuxley(I_ext=10.0)
V, n = np.meshgrid([-12.0, 50.0, 115.0], [0.0, 0.5, 1.0])
run = simulate(trimmed, np.arange(0, 20, 0.002), start=(V.ravel(), n.ravel()))
distance = np.abs(run.V[-1] - fixed_points(trimmed)[0][0]).max()
print(f"largest distance from the fixed point after 20 ms: {distance:.0e} mV")

# %% [markdown]
r"""
## Further · Three models side by side

*15 minutes.* How do the full, the reduced and the trimmed model compare at all currents? First their f-I curves, from one step of current for each point
(`firing_rates??`).
"""

# %%
currents, rates = firing_rates()
print("rest of the reduced model is unstable from {:.3f} to {:.1f} µA/cm²".format(
    *hopf_currents(ReducedHodgkinHuxley())))

# %% tags=["folded"]
# Figure: the f-I curves of the three models
fig, ax = plt.subplots(figsize=(6.8, 3))
pictures.rate_curves(ax, currents, rates)
show(
    fig,
    "Firing rate against current for three models after a step from rest; a swing "
    "below 4 mV counts as 0 Hz. Full: a jump to about 50 Hz, up to 170 Hz, and 0 Hz "
    "shortly before rest becomes stable at 154.5. Reduced: faster at every current "
    "that makes it fire. Trimmed: 0 Hz at every current.")

# %% [markdown]
r"""
### Investigate

The orange line marks the current on the three f-I curves, and the planes below explain the rates. Squares mark the starts, rings the fixed
points.

1. Raise the current slowly from −5 µA/cm². Which of the two models that fire begins first, and at which rate?
2. Which feature of the trimmed plane does the current move, and which can it not change?

<details>
<summary>Answers</summary>

1. The reduced model, near 5 µA/cm² and with a jump to 60 Hz. The full model follows at 6.3 µA/cm² with a jump to 52 Hz.
2. It moves the fixed point by only about 1 mV over the whole range. The number of fixed points remains one, and the solution
   still ends there.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: three models at one current
def three(fig):
    fig.set_size_inches(9.2, 5.2)
    names = list(rates)
    axes = fig.subplot_mosaic([["f-I"] * 3, names], height_ratios=[1, 1.6])
    mark = pictures.rate_curves(axes["f-I"], currents, rates, animated=True)
    planes = {name: pictures.membrane_plane(axes[name], name, animated=True)
              for name in names}
    axes["full"].set_ylabel("$n$")
    fig.legend(*axes["trimmed"].get_legend_handles_labels(), ncols=4,
               loc="outside lower right")

    def update(record, responses):
        mark(record.I_ext, responses.rates)
        for name, move in planes.items():
            move(responses.runs[name], responses.fixed[name])

    return update


Panel(ThreeModels(), three, "I_ext")

# %% [markdown]
r"""
### Exercise · write your own reduction

You are given arrays `n` and `h` along a cycle. Fit $h=h_0-s\,n$ by least squares and return $(h_0, s)$. Then put your numbers
into `ReducedHodgkinHuxley(h0=..., slope=...)` and compare its rate with that of the full model at two currents. Does a better
line give a better rate? What can no line restore?
"""

# %%
def straight_line(n, h):
    ...


check("straight line", straight_line)

# %% tags=["solution"]
def solved_straight_line(n, h):
    slope, h0 = np.polyfit(n, h, 1)
    return h0, -slope


check("straight line", solved_straight_line)

# %%
t = np.arange(0, 300, 0.01)
run = simulate(HodgkinHuxley(), t)
cycle = slice(-1464, None)  # one period of 14.636 ms
slope, h0 = np.polyfit(run.n[cycle], run.h[cycle], 1)
correlation = np.corrcoef(run.n[cycle], run.h[cycle])[0, 1]
print(f"least squares on one cycle: h = {h0:.4f} - {-slope:.4f} n, correlation "
      f"{correlation:.4f}")
for h0, s in ((0.85, 1.0), (0.8708, 1.0743), (0.8, 1.0)):
    cell = ReducedHodgkinHuxley(h0=h0, slope=s)
    rate = steady_rate(t, simulate(cell, t).V, since=150)
    print(f"h0 = {h0}, s = {s}: rest {cell.rest()[0]:8.4f} mV, {rate:.2f} Hz at "
          "10 µA/cm² (full model 68.32)")
three_rests = fixed_points(ReducedHodgkinHuxley(h0=0.9138, I_ext=0))
voltages = ", ".join(f"{state[0]:.2f} mV" for state in three_rests)
print("h0 = 0.9138, matched to rest, has three fixed points:", voltages)

# %% [markdown]
r"""
A better line does not give a better rate: the least-squares line gives 86.90 Hz, further from 68.32 Hz than 84.90 Hz.
No line can restore the lag of $m$, which all these reductions lack. The line with $s=1$ through the rest point ($h_0=0.9138$)
even adds two fixed points.

## Further · A variable slower or faster than the rhythm

*10 minutes.* When may you drop a variable? We add a potassium conductance whose gate $s$ (not the slope of section 7) approaches $s_\infty(V)$ with one time constant
$\tau_s$ (ms) at every voltage.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("slow gate")

# %% [markdown]
r"""
### Run

We compare the period for four time constants with two shortcuts, $s$ frozen at its mean over a cycle and $s=s_\infty(V)$ at once. Because the mean depends on the
rhythm, and the rhythm on the mean, the cell repeats the calculation four times.
"""

# %%
from course_utils import parameter
from course_utils.model import exp


def s_inf(V):
    return 1 / (1 + exp(-(V - 30) / 5))


class SlowPotassium(HodgkinHuxley):
    """The squid membrane and one more potassium gate s, of any speed."""

    states = {**HodgkinHuxley.states, "s": "1"}
    tau_s: float = parameter(8.0, "ms", r"\tau_s", domain="positive")

    def rates(self, V):
        open_s = s_inf(V)
        return super().rates(V) | {
            "s": (open_s / self.tau_s, (1 - open_s) / self.tau_s)}

    def channels(self, V, m, h, n, s):
        return *super().channels(V, m, h, n), (0.3 * s, self.E_K)


class InstantPotassium(HodgkinHuxley):
    """The same with s = s_inf(V)."""

    channels_follow_V = True

    def channels(self, V, m, h, n):
        return *super().channels(V, m, h, n), (0.3 * s_inf(V), self.E_K)

# %%
REST = HodgkinHuxley().rest()
t = np.arange(0, 200, 0.05)


def turn(run):
    """The last period (ms)."""
    return np.diff(spike_times(t, run.V, 50))[-1]


at_once = turn(simulate(InstantPotassium(), t, start=REST))
mean = 0.1
for _ in range(4):
    run = simulate(SlowPotassium(tau_s=1e9), t, start=(*REST, mean))  # s does not move
    frozen = turn(run)
    end = spike_times(t, run.V, 50)[-1]
    mean = s_inf(run.V[(t > end - frozen) & (t <= end)]).mean()
print(f"s frozen at its mean {mean:.3f}: {frozen:.2f} ms (reference 0.131, 15.33); "
      f"at once: {at_once:.2f} ms (reference 14.71)")

# %%
taus = np.array([0.1, 8.0, 100.0, 1500.0])  # ms, four membranes side by side
start = [np.full(4, x) for x in (*REST, mean)]
run = simulate(SlowPotassium(tau_s=taus), t, start)
for tau, train in zip(taus, spike_times(t, run.V, 50)):
    T = np.diff(train)[-1]
    print(f"τ = {tau:6.1f} ms: period {T:.2f} ms; error if frozen "
          f"{100 * (frozen / T - 1):+.2f} %, at once {100 * (at_once / T - 1):+.2f} %")

# %% [markdown]
r"""
### Exercise · choose

For each of the four time constants choose the simplest description of $s$ that keeps the error of the period below 1 %: "freeze", "keep" or
"steady state".
"""

# %%
descriptions = [..., ..., ..., ...]  # for 0.1, 8, 100 and 1500 ms

check("how fast", descriptions)

# %% tags=["solution"]
check("how fast", ["steady state", "keep", "freeze", "freeze"])

# %% [markdown]
r"""
A frozen variable has become a parameter, which may then drift slowly. Neither shortcut sets a gate to 1
([erratum E20](07_conclusion.ipynb#4-·-The-ledger-of-errata)).

## Further · A neuron that more current silences

*5 minutes.* Somebody asked on a public forum why a cortical parameter set fires at 1, 2 and 2.5 µA/cm² and is silent at 3. (The rates are
those of a textbook, with the gates $m^3h$ and $n^4$; voltages are measured against the outside.) The f-I curve and the Hopf points answer.
"""

# %%
from course_utils import parameter
from course_utils.model import exp, vtrap
from course_utils.models.membrane import Membrane


class Cortical(Membrane):
    """Sodium and potassium channels of cortex, in absolute mV."""

    states = {"V": "mV", "n": "1", "m": "1", "h": "1"}
    C_m: float = parameter(1.0, "µF/cm²")
    I_ext: float = parameter(0.0, "µA/cm²")

    def rates(self, V):
        close_h = 0.25 * exp((V + 62) / 6) / exp((V + 90) / 12)
        return {"n": (0.18 * vtrap(-(V - 25) / 9), 0.018 * vtrap((V - 25) / 9)),
                "m": (1.638 * vtrap(-(V + 35) / 9), 1.116 * vtrap((V + 35) / 9)),
                "h": (0.25 * exp(-(V + 90) / 12), close_h)}

    def channels(self, V, n, m, h):
        return (40 * m**3 * h, 55.0), (35 * n**4, -77.0), (0.3, -65.0)

# %%
currents = np.arange(0.1, 3.65, 0.1)
t = np.arange(0, 800, 0.1)
run = simulate(Cortical(I_ext=currents), t)
late = run.V[t > 350]
rate = steady_rate(t, run.V, since=350, least_swing=4)  # below 4 mV it counts as rest
low, high = hopf_currents(Cortical())
print(f"rest is unstable between {low:.4f} and {high:.4f} µA/cm²")
for I in (1.0, 2.0, 2.5, 3.0):
    print(f"{I} µA/cm²: {rate[np.argmin(np.abs(currents - I))]:.1f} Hz")

# %% tags=["folded"]
# Figure: the f-I curve of the cortical parameter set, and the range of the voltage
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 2.6))
left.plot(currents, rate, "o-", color=COLOR["V"], ms=3)
right.fill_between(currents, late.min(axis=0), late.max(axis=0), color=COLOR["V"],
                   alpha=0.25, lw=0)
for ax, label in ((left, "rate (Hz)"), (right, "range of $V$ (mV)")):
    for I in (low, high):
        ax.axvline(I, ls="--", color=COLOR["theory"], lw=1.2)
    ax.set(xlabel=r"$I_\mathrm{ext}$ (µA/cm²)", ylabel=label, xlim=(0, 3.6))
show(
    fig,
    "Firing rate (left) and range of V (right) against current for the cortical "
    "parameter set. The rate rises to almost 70 Hz while the range of V shrinks, and "
    "the firing ends at the upper of the two Hopf points (dashed lines). The narrow "
    "tip beyond it is an oscillation that dies out slowly.")

# %% [markdown]
r"""
The program was right: 3 µA/cm² lies above the upper Hopf point, so this is depolarisation block. On the way there the spikes shrink to a
small oscillation. In the squid axon this block begins at 154.5 µA/cm². Here the
potassium channels open only at high voltages (their rates are centred at +25 mV), and therefore a small current suffices.

## Further · After a spike, and with short pulses

*20 minutes.* How long must a second pulse wait after a spike? And how strong must a short pulse be?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a short inhibition")

# %% [markdown]
r"""
### Run

All strengths are found by bisection, for all durations or gaps at once.
"""

# %%
cell = HodgkinHuxley()
step = 0.02  # ms
t = np.arange(0, 40, step)


def pulse(start, length, height):
    """A rectangular current on the grid of t: (T, N) for N starts, lengths, heights."""
    k = np.arange(len(t))[:, None]
    on = np.round(np.asarray(start) / step)
    off = np.round((np.asarray(start) + length) / step)
    return np.where((k >= on) & (k < off), height, 0.0)


def spikes(current):
    """The number of spikes (N,) from rest, for N currents (T, N)."""
    run = simulate(cell, t, I_ext=current)
    return np.array([len(train) for train in spike_times(t, run.V, 50)])


def smallest(enough, low, high, rounds=12):
    """The smallest heights (N,) with enough(heights), by bisection."""
    for _ in range(rounds):
        middle = np.sqrt(low * high)
        good = enough(middle)
        low, high = np.where(good, low, middle), np.where(good, middle, high)
    return high

# %%
lengths = np.array([0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0])  # ms
heights = smallest(lambda I: spikes(pulse(0, lengths, I)) > 0, np.full(7, 2.0),
                   np.full(7, 80.0))
gaps = np.array([8.0, 10.0, 15.0, 20.0, 30.0])  # ms
first = pulse(0, 1, np.full(5, 20.0))
second = smallest(lambda I: spikes(first + pulse(gaps, 1, I)) > 1, np.full(5, 4.0),
                  np.full(5, 60.0))
below = smallest(lambda I: spikes(pulse(0, lengths[3:], -I)) > 0, np.full(4, 1.0),
                 np.full(4, 40.0))  # inhibitory pulses that a spike follows

# %% tags=["folded"]
# Table: the smallest pulses that fire
references = (65.127, 32.658, 13.275, None, 3.859, 2.351, 2.240)
for length, height, known in zip(lengths, heights, references):
    reference = f" (reference {known * length:.2f})" if known else ""
    print(f"pulse of {length:4.1f} ms: {height:6.2f} µA/cm², charge "
          f"{height * length:6.2f} nC/cm²{reference}")
print(f"one pulse of 1 ms needs {heights[3]:.2f} µA/cm²; after its start a second "
      "one needs")
for gap, height, known in zip(gaps, second, (43.593, 23.537, 7.768, 5.916, 7.022)):
    print(f"{height:6.2f} µA/cm² after {gap:2.0f} ms (reference {known:.2f})")
print("inhibitory pulses that a spike follows: " + ", ".join(
    f"{-height:.2f} µA/cm² for {length:g} ms"
    for length, height in zip(lengths[3::3], below[::3])))

# %% tags=["folded"]
# Figure: the strength of the smallest pulse over its length, and after a spike
fig, (short, after) = plt.subplots(1, 2, figsize=(8.6, 3))
short.loglog(lengths, heights, "o-", color=COLOR["stimulus"], mec="black",
             label="smallest pulse that fires")
short.loglog(lengths, 6.5 / lengths, ":", color=COLOR["theory"],
             label="one charge, 6.5 nC/cm²")
short.axhline(2.2403, ls="--", color=COLOR["theory"], lw=1.2,
              label="one current, 2.24 µA/cm²")
short.set(xlabel="length of the pulse (ms)", ylabel="its height (µA/cm²)",
          ylim=(0.5, 120))
after.plot(gaps, second, "s-", color=COLOR["stimulus"], mec="black",
           label="second pulse")
after.axhline(heights[3], ls="--", color=COLOR["theory"], lw=1.2, label="first pulse")
after.set(xlabel="time after the first pulse (ms)", ylabel="smallest height (µA/cm²)",
          xlim=(0, 32), ylim=(0, 48))
short.legend()
after.legend()
show(
    fig,
    "Left: the smallest current that causes a spike falls along a line of constant "
    "charge as the pulse gets longer, and levels off at the rheobase. Right: the "
    "height that a second pulse of 1 ms needs falls from 44 µA/cm² after 8 ms to less "
    "than that of the first pulse after 20 ms.")

# %% [markdown]
r"""
The shortest pulses need one and the same *charge*, about 6.5 nC/cm², because they charge the capacitor by 6.5 mV before the gates move. Long pulses need
one *current*. Inhibitory pulses obey the same two rules, with other numbers. After a spike the membrane is **refractory**: it
fires less easily than at rest, because sodium channels are still inactivated and potassium channels
still open. This is the *relative* refractory period, because a stronger pulse does cause a spike; at 8 ms it must be six times as strong. At 20 ms it
may be weaker than the first: the membrane is **supernormal**, because $V$ rings after the spike. Once more the threshold depends on the duration of the current
and on the past ([erratum E21](07_conclusion.ipynb#4-·-The-ledger-of-errata)).

### Exercise · measure

An inhibitory pulse has −4 µA/cm². How long is the shortest one that a spike follows? Try it with `spikes(pulse(0, length, -4))`, or on the
bench of section 3. Give the duration in ms, to 0.5 ms.
"""

# %%
shortest = ...

check("a short release", shortest)

# %% tags=["solution"]
tried = np.arange(1, 10, 0.1)
check("a short release", tried[spikes(pulse(0, tried, -4.0)) > 0][0])

# %% [markdown]
r"""
## Further · Warm it

*10 minutes.* How does the membrane change when it becomes warmer?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("warm")

# %% [markdown]
r"""
### Run: four temperatures
"""

# %%
t = np.arange(0, 60, 0.005)
warmed = [HodgkinHuxley(I_ext=20, temperature=T) for T in (6.3, 18.5, 26, 30)]
runs = [simulate(cell, t) for cell in warmed]

# %% tags=["folded"]
# Table: first peak and Hopf points at four temperatures
for cell, run, known in zip(warmed, runs, (106.30, 95.50, 73.44, 48.15)):
    first = peak(t[:1600], run.V[:1600])[1]
    hopf = ", ".join(f"{I:.2f}" for I in hopf_currents(cell)) or "none"
    print(f"{cell.temperature:4} °C: first peak {first:5.1f} mV "
          f"(reference {known:.1f}), Hopf points {hopf}")

# %% tags=["folded"]
# Figure: the voltage at four temperatures
fig, axes = plt.subplots(1, 4, figsize=(9.2, 2.5), sharey=True)
for ax, run in zip(axes, runs):
    traces(ax, run, lw=1.2)
    ax.set(title=f"{run.model.temperature:g} °C", ylabel="", ylim=(-20, 115))
axes[0].set_ylabel("$V$ (mV)")
show(
    fig,
    "Voltage over 60 ms at 20 µA/cm² and four temperatures. At 18.5 °C spikes come "
    "three times as often as at 6.3 °C; at 26 °C they are small; at 30 °C there is a "
    "single small response.")

# %% [markdown]
r"""
At 18.5 °C, where Hodgkin and Huxley compared their travelling spike with that of an axon, rest loses its stability at twice the current. Warming speeds up the gates
but not the charging of the capacitor. Potassium channels therefore open before $V$ has risen, and the spikes shrink. At 20 µA/cm² the
rhythm ends between 26.5 and 26.6 °C; just before, $V$ still swings by about 45 mV.

### Investigate: the bench, warm

1. At 20 µA/cm² warm the membrane from 20 to 27 °C. How do number and height of the spikes change?
2. At 26 °C raise the current. Does a stronger current bring large spikes back?

<details>
<summary>Answers</summary>

1. The spikes become more frequent and smaller, and beyond 26.5 °C the rhythm dies out. Their peaks come down to 50 mV at 26 °C, therefore the bench counts rises
   of more than 20 mV and not crossings of a fixed level.
2. No. A stronger current makes the spikes more frequent, but their swing shrinks to below 20 mV near 100 µA/cm². The bench
   then counts none, and above 122 µA/cm² the rhythm ends.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a membrane at any temperature
Panel(CurrentStep(cell=HodgkinHuxley(I_ext=20.0, temperature=18.5)), pictures.bench,
      "cell.I_ext", "cell.temperature")

# %% [markdown]
r"""
## Further · Which frequency does a membrane follow best?

*5 minutes.* Which frequencies of a small current does the membrane follow best? Close to rest the deviation $x$ of the four states from rest obeys
$dx/dt=Jx+b\,I/C_m$. Here $J$ is the Jacobian, the matrix of the partial derivatives of the four right-hand sides at rest,
and $b=(1,0,0,0)$, because the current enters the equation of $V$ alone. Insert
$I=\hat I\,e^{2\pi ift}$ and $x=\hat x\,e^{2\pi ift}$ with the frequency $f$ (kHz) and $i^2=-1$. Then $(2\pi
if\,\mathbb{1}-J)\,\hat x=b\,\hat I/C_m$ with the identity matrix $\mathbb{1}$. The first
entry of $\hat x/\hat I$ is the **impedance** $Z(f)$, voltage per current, in kΩ·cm².
"""

# %%
from course_utils.equilibria import jacobian

cell = HodgkinHuxley(I_ext=0)
J = jacobian(lambda state: cell.rhs(state, 0.0), cell.rest())
f = np.linspace(0, 250, 501)  # Hz
into_V = np.array([1.0, 0, 0, 0]) / cell.C_m
Z = np.array([abs(np.linalg.solve(2j * np.pi * each / 1000 * np.eye(4) - J, into_V)[0])
              for each in f])
best, highest = peak(f, Z)
t = np.arange(0, 400, 0.02)
swing = {}
for each in (10, 67, 200):
    run = simulate(cell, t, I_ext=0.1 * np.sin(2 * np.pi * each * t / 1000))
    swing[each] = np.ptp(run.V[t > 200]) / 0.2
print(f"|Z| = {Z[0]:.4f} kΩ·cm² at 0 Hz, {highest:.4f} at {best:.1f} Hz "
      "(reference 0.8570, 2.4233 at 66.7 Hz)")
print("simulated with 0.1 µA/cm²: "
      + ", ".join(f"{size:.3f} at {each} Hz" for each, size in swing.items()))

# %% tags=["folded"]
# Figure: the impedance over frequency
fig, ax = plt.subplots(figsize=(6, 2.8))
ax.plot(f, Z, color=COLOR["theory"], ls="--", label="linear theory")
ax.plot(list(swing), list(swing.values()), "o", color=COLOR["V"], label="simulated")
ax.set(xlabel="frequency (Hz)", ylabel="|Z| (kΩ·cm²)", ylim=(0, 2.7), xlim=(0, 250))
ax.legend()
show(
    fig,
    "Impedance against frequency: 0.86 kΩ·cm² at 0 Hz, a peak of 2.42 at 67 Hz, then a "
    "decline. Three simulated points lie on the curve. The membrane has a subthreshold "
    "resonance.")

# %% [markdown]
r"""
## Further · Eight neurons store a letter

*5 minutes.* One bit each: write a letter into eight membranes at rest, wait, read it, and erase it with *excitation*. Then take another letter.
"""

# %%
letter = "A"
bits = np.array([int(digit) for digit in f"{ord(letter):08b}"])
cell = HodgkinHuxley(I_ext=8)
t = np.arange(0, 250, 0.02)
V, *gates = (np.full(8, x) for x in fixed_points(cell)[0])
kept = simulate(cell, t, start=(V + 3.81 * bits, *gates))
trains = spike_times(t, kept.V, 50)
read = "".join(str(int(len(train) > 0 and train[-1] > 225)) for train in trains)
print(f"written {letter}, read after 250 ms: {read} = {chr(int(read, 2))}")

firing = bits.argmax()  # one of the membranes that fire
moment = spike_times(t, kept.V[:, firing], 20)[-2] + 0.60 * 16.0077
k = round(moment / 0.02)
V, *gates = (getattr(kept, name)[k] for name in cell.states)
erased = simulate(cell, t[t < 120], start=(V + 6.0 * bits, *gates))
print("spikes after one kick of +6 mV to each that fires:",
      [len(train) for train in spike_times(erased.t, erased.V, 50)])

# %% tags=["folded"]
# Figure: eight membranes, one per bit
fig, ax = plt.subplots(figsize=(8.2, 2.8))
time = np.concatenate([kept.t[:k], kept.t[k] + erased.t])
voltage = np.concatenate([kept.V[:k], erased.V])
for row, digit in enumerate(bits):
    ax.plot(time, voltage[:, row] / 120 + 7 - row, color=COLOR["V"], lw=1.1)
    ax.text(-6, 7 - row, str(digit), ha="right", va="center")
ax.axvline(kept.t[k], color=COLOR["stimulus"], lw=2)
ax.set(xlim=(0, 350), ylim=(-0.3, 8), yticks=[], xlabel="time (ms)")
ax.spines["left"].set_visible(False)
show(
    fig,
    "Eight traces of V, 120 mV from row to row, one per bit of a letter. Those whose "
    "bit is 1 fire, the others are at rest. At the orange line a kick of +6 mV to the "
    "firing membranes ends all firing.")

# %% [markdown]
r"""
## Further · Channels open at random

*5 minutes.* The article calls channels probabilistic and writes deterministic equations. Both are right
([erratum E13](07_conclusion.ipynb#4-·-The-ledger-of-errata)), because $n$ is the mean over very many gates. With $N$ channels the open
fraction at constant $V$ fluctuates with the standard deviation $\sqrt{p(1-p)/N}$, where $p=n_\infty^4$.
"""

# %%
rng = np.random.default_rng(2)
step, steps, channels = 0.05, 6000, 1000  # step in ms
V_clamped = 25.0  # mV
alpha, beta = HodgkinHuxley().rates(V_clamped)["n"]
n_inf = alpha / (alpha + beta)
stay = np.exp(-step * (alpha + beta))
opens = n_inf * (1 - stay)  # exact probabilities in one step
closes = (1 - n_inf) * (1 - stay)
gates = rng.random((channels, 4)) < n_inf
conducting = np.empty((steps, channels), bool)
for k in range(steps):
    draw = rng.random((channels, 4))
    gates = np.where(gates, draw >= closes, draw < opens)
    conducting[k] = gates.all(axis=1)
p = n_inf**4
groups = {N: conducting.reshape(steps, -1, N).mean(axis=2) for N in (10, 100, 1000)}
for N, fraction in groups.items():
    print(f"N = {N:5d}: standard deviation {fraction.std():.4f}, theory "
          f"{np.sqrt(p * (1 - p) / N):.4f}")

# %% tags=["folded"]
# Figure: the fraction of open channels in groups of three sizes
fig, ax = plt.subplots(figsize=(8.2, 2.8))
colors = COLOR["ghost"], COLOR["sky"], COLOR["n"]
for (N, fraction), color in zip(groups.items(), colors):
    ax.plot(step * np.arange(1000), fraction[:1000, 0], color=color, lw=1,
            label=f"{N} channels")
ax.axhline(p, ls="--", color=COLOR["theory"], label="$n_\\infty^4$")
ax.set(xlabel="time (ms)", ylabel="open fraction", xlim=(0, 50), ylim=(-0.02, 0.75))
ax.legend(ncols=4, loc="upper center")
show(
    fig,
    "The fraction of open potassium channels at 25 mV over 50 ms. With 10 channels it "
    "jumps widely, with 100 less, and with 1000 it stays close to the dashed mean: the "
    "fluctuation falls as one over the root of N.")

# %% [markdown]
r"""
## Further · How far to trust the solver

*10 minutes.* The true period at 10 µA/cm² is 14.63621 ms. We compare four schemes with two steps each. `splitting` is the default: it advances
the gates exactly and $V$ by the Crank-Nicolson rule, alternately (Hines 1984).
"""

# %%
from course_utils import euler, exponential_euler, splitting

for scheme in (euler, exponential_euler, rk4, splitting):
    found = []
    for step in (0.05, 0.025):
        t = np.arange(0, 100, step)
        run = simulate(HodgkinHuxley(), t, scheme=scheme)
        found.append(np.diff(spike_times(t, run.V, 40))[3:].mean())
    print(f"{scheme.__name__:18s} period {found[0]:.3f} ms with a step of 0.05, "
          f"{found[1]:.3f} with 0.025")
try:
    simulate(HodgkinHuxley(), np.arange(0, 50, 0.1), scheme=euler)
except ValueError as error:
    print(f"euler, step 0.1: {error}")

# %% [markdown]
r"""
At a step of 0.05 ms the error of the default is 0.009 ms, that of `rk4` less than 0.001 ms. Why is it the default? It is
implicit in $V$ and therefore stays stable at steps at which
explicit schemes blow up. It also serves an axon of a thousand coupled compartments equally well (notebook 04).

A period that is right to 0.1 % does not make every number right. Count the spikes at 6.25 µA/cm², just below the current of 6.2603 at which repetitive firing
begins:
"""

# %% tags=["folded"]
# Table: spikes at one current, by scheme and step
for scheme, steps in ((splitting, (0.025, 0.01, 0.005)), (rk4, (0.02, 0.01))):
    for step in steps:
        t = np.arange(0, 200, step)
        run = simulate(HodgkinHuxley(I_ext=6.25), t, scheme=scheme)
        train = spike_times(t, run.V, 50)
        print(f"{scheme.__name__:9s} step {step:5.3f} ms: {len(train)} spikes, "
              f"the last at {train[-1]:.2f} ms")
print("reference (eighth order):       8 spikes, the last at 141.71 ms")

# %% [markdown]
r"""
The default scheme loses a spike at a step of 0.01 ms, although its period is right to four digits. The reason is the fold of
limit cycles. The scheme moves it
from 6.2603 to $6.2603+1.96\,h^2$ µA/cm², with the step $h$ in ms. That is a tiny shift. However, close to a fold the state passes the remains of the
cycle very slowly, and the number of cycles depends on the distance to the fold. The lesson: near a bifurcation, do not trust a count. Ask for the
bifurcation itself, repeat the run with half the step, and report the results that do not change.
"""

# %% [markdown]
r"""
## Further · A channel of your own

*10 minutes.* A new model takes one class, its equations written once. This one has a synapse that opens chloride channels, a conductance $g_s$ whose reversal
potential is the resting potential. At rest it carries no current, and still it ends repetitive firing: one spike is left.
This is called **shunting inhibition**. Change it: give it the
reversal potential of sodium, or a gate.
"""

# %%
from course_utils import parameter


class Shunted(HodgkinHuxley):
    """A squid membrane with an inhibitory synapse that is held open."""

    g_s: float = parameter(0.3, "mS/cm²", "g_s", 0, 2, "synaptic conductance",
                           domain="nonnegative")

    def channels(self, V, m, h, n):
        return (*super().channels(V, m, h, n), (self.g_s, 0.0))


t = np.arange(0, 200, 0.02)
for g_s in (0.0, 0.2, 0.4, 0.8):
    cell = Shunted(g_s=g_s)
    train = spike_times(t, simulate(cell, t).V, 50)
    print(f"g_s = {g_s}: rest {cell.rest()[0]:.4f} mV, {len(train):2d} spikes in "
          f"200 ms, rest unstable from {hopf_currents(cell)[0]:.3f} µA/cm²")

# %% [markdown]
r"""
## Questions to close

1. Two membranes differ only in $E_\mathrm{L}$: 10.613 and 10.6 mV. By how much do *all* their bifurcation currents differ, and why by exactly the
   same?
2. You record a neuron that fires steadily. One short *excitatory* pulse ends the firing for good. What do you conclude about the current it
   receives? Which second experiment tests it?
3. A friend replaces $h$ by 0.3, about its mean over a cycle, to save an equation. What will the model do, and which experiment of section 7 shows
   it?
4. (Two notebooks back.) The integrate-and-fire neuron of notebook 00 fires at any rate above 0 Hz. Which measurement at the onset of firing
   distinguishes it from a squid axon, without looking at the shape of a single spike?

<details><summary>Answers</summary>

1. Current and $E_\mathrm{L}$ enter only as $I_\mathrm{ext}+\bar g_\mathrm{L}E_\mathrm{L}$. So a shift of $E_\mathrm{L}$ by
   0.013 mV is a shift of every
   current by $0.3\cdot0.013=0.0039$ µA/cm².
2. Rest and firing are both stable at this current: it lies in the range between the fold of limit cycles and the Hopf point. Kick it again, now from rest:
   it should start to fire and go on. Raise the current a little beyond the range: it should start by itself.
3. It fires once and stays depolarised, at 61.5 mV for 10 µA/cm², because a constant $h$ cannot end a spike. The experiment with constant $h$ shows it.
4. The lowest steady rate. Integrate-and-fire starts from 0 Hz; the squid axon jumps to about 50 Hz (class II).

</details>
"""

# %% [markdown]
r"""
## References

- Hodgkin AL, Huxley AF (1952). A quantitative description of membrane current and its application to conduction and excitation in nerve. *J. Physiol.* 117:500–544. [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- Hines M (1984). Efficient computation of branched nerve equations. *Int. J. Biomed. Comput.* 15:69–76. [10.1016/0020-7101(84)90008-4](https://doi.org/10.1016/0020-7101(84)90008-4)
- Hodgkin AL (1948). The local electric changes associated with repetitive action in a non-medullated axon. *J. Physiol.* 107:165–181.
- Hodgkin AL, Katz B (1949). The effect of sodium ions on the electrical activity of the giant axon of the squid. *J. Physiol.* 108:37–77. [10.1113/jphysiol.1949.sp004310](https://doi.org/10.1113/jphysiol.1949.sp004310)
- Best EN (1979). Null space in the Hodgkin-Huxley equations: a critical test. *Biophys. J.* 27:87–104 (cited from memory).
- Guttman R, Lewis S, Rinzel J (1980). Control of repetitive firing in squid axon membrane as a model for a neuroneoscillator. *J. Physiol.* 305:377–395 (cited from memory).
- Rinzel J (1985). Excitation dynamics: insights from simplified membrane models. *Fed. Proc.* 44:2944–2946. The line $h=h_0-sn$.
- Krinsky VI, Kokoz YM (1973). Analysis of the equations of excitable membranes I. *Biofizika* 18 (in Russian; cited from memory). An earlier reduction to two equations.
- Digits of the Hopf points and of the rest: computer-assisted proofs, public repository `ChaseHendrick/hh-dynamics`.
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** The drawing and step 2 of section 1 (5), the figure of the gates and the run of section 3 (10), tasks 1 and 2 at the bench (10). Then the prediction
and the run of section 4 (10), the vote below and the panel of section 6 (15). Homework: *find the fault* and *measure a dose*.

**90 minutes.** The same, with *find the fault* after section 2 (10), *judge four statements* in pairs after section 4 (10), and Bendixson's criterion with its
exercise on the board (20).

**Misconceptions, and what to answer.** *There is a fixed voltage threshold:* the ramp passes 2.24 µA/cm² and 6.5 mV without a spike. *Pumps make the spike:* far less than one potassium ion in a thousand leaves; let them compute it. *All or none means one height:* move $E_\mathrm{Na}$ on the bench. *Potassium closes the sodium
channels:* each gate depends on $V$ alone; look at the equations. *Rates from rest mix with −65 mV:* the cell with the warning. *Setting $m$ to 1 is a reduction:*
Bendixson. *More current always means faster spikes:* 160 µA/cm². *Inhibition can only stop a neuron:* anode break, and the bit that a downward kick writes.

**To vote on.** "At 8 µA/cm² the neuron fires. One kick of +6 mV: what happens?" *Nothing lasting, one extra spike, it becomes silent, or it depends on the moment.* Vote,
discuss in pairs, vote again, then drag the dot.

**Rubric for *write your own reduction*** (4 points): the line is fitted to one whole cycle, not to the transient (1); rates of both models at two currents, with
units (1); says that a closer line does not give a closer rate (1); names the property that the reduction can never have, the lag of $m$ (1).
"""

# %% [markdown]
r"""
[← 01 Engineering the neuron](01_engineering_the_neuron.ipynb) · [03 From biophysics to dynamics →](03_from_biophysics_to_dynamics.ipynb)
"""
