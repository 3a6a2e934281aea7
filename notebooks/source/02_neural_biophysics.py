# %% [markdown]
r"""
# 02 · Neural biophysics

**The question.** How does a film of fat with holes in it make a spike, and is there a threshold that decides?

**You will be able to**
- derive the four Hodgkin-Huxley equations from a capacitor and three batteries, with every unit;
- fit a rate function to the measurements of 1952 and predict from its two rates where a gate settles, and how fast;
- test the word *threshold* by four experiments;
- write one bit into a single neuron, and erase it with one kick of its voltage;
- decide by proof whether the article's trimmed model can fire, and repair it.

**Time.** Core: two sittings of 75 minutes (sections 1–3, then 4–7). Further: about two hours, in any order.

**You need.** Notebook [00](00_introduction.ipynb); derivatives, the exponential, a little Python.

**The thread.** The article leaves the logic gate of notebook 01, since a spike is more than a 0 or a 1, and turns to the membrane itself: a capacitor, then channels with gates, then the equations of Hodgkin and Huxley. It trims them, and concludes that a neuron fires if its current exceeds a threshold. You follow the same road and test each claim on the way. The article that this course retells contains errors. Numbers such as *erratum E21* refer to the list in [notebook 07](07_conclusion.ipynb). We hunt for errors because each one teaches something, not to judge the author.
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
from course_utils.spikes import peak

# %% [markdown]
r"""
The parameters, with their values and units, as the solver itself uses them. Time $t$ is in ms. The voltage $V$ (mV) is that of the inside, counted **from rest**: rest is 0, depolarisation is positive. Measured against the bath, as in the laboratory, rest is about −65 mV. To compare our $V$ with such values, subtract 65; to use values from elsewhere here, add 65 to each voltage, reversal potentials included. Conductances, currents and the capacitance are per cm² of membrane. These units fit together: 1 µA/cm² into 1 µF/cm² changes $V$ by 1 mV each ms.

The code of the figures is folded: a click on its first line opens it. Functions of the course are shown by two question marks, for example `pictures.membrane_circuit??`.
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

### Derive

A cell's membrane is two molecules thick. It separates two salt solutions, and it lets through only what its channels let through.
"""

# %% tags=["folded"]
# Figure: a membrane and its equivalent circuit
fig, ax = plt.subplots(figsize=(9, 3.5))
pictures.membrane_circuit(ax)
show(
    fig,
    "A membrane and its equivalent circuit. Left: two layers of lipid with sodium, "
    "potassium and leak channels; sodium ions are plentiful outside, potassium inside. "
    "Right: a capacitor beside three branches, each a conductance in series with a "
    "battery, which stands for a reversal potential counted from rest; the stimulus "
    "enters the inside.")

# %% [markdown]
r"""
**Step 1, the capacitor.** Two conductors with an insulator between them store a charge $Q$ in proportion to the voltage. Per cm² of membrane,

$$Q = C_m V,\qquad [\mathrm{µC/cm^2}] = [\mathrm{µF/cm^2}]\,[\mathrm{V}] .$$

**Step 2, charge is conserved (Kirchhoff).** Differentiate: the current that charges the capacitor is $dQ/dt=C_m\,dV/dt$. (Where the zero of $V$ lies makes no difference to it.) Call the ionic current $I_\mathrm{ion}$ and count it **positive outward**; call the stimulus $I_\mathrm{ext}$ and count it **positive inward**. What the stimulus brings in either charges the capacitor or leaves through channels, $I_\mathrm{ext}=C_m\,dV/dt+I_\mathrm{ion}$, so

$$C_m\frac{dV}{dt} = -I_\mathrm{ion} + I_\mathrm{ext},\qquad \frac{\mathrm{µF}}{\mathrm{cm^2}}\cdot\frac{\mathrm{mV}}{\mathrm{ms}} = \frac{\mathrm{µA}}{\mathrm{cm^2}} .$$

The article counts every current inward and writes the sum of the currents on the right. That is a convention, not a mistake, but it has to be said (erratum E12).

**Step 3, each ion has a battery.** Potassium diffuses out and leaves the inside negative, which pulls it back. At the **Nernst potential** the two balance:

$$E = \frac{RT}{zF}\ln\frac{c_\mathrm{out}}{c_\mathrm{in}},$$

in volts, zero outside, with the concentrations $c_\mathrm{out}$ and $c_\mathrm{in}$ (mM), the gas constant $R$ (J mol⁻¹ K⁻¹), the absolute temperature $T$ (K; the table's $T$ is in °C), the charge number $z$ and Faraday's constant $F$ (C/mol). From here on $E$ is in mV and counted from rest, as $V$ is. At $V=E$ nothing drives the ion.

**Step 4, Ohm's law for what is left.** Away from $E$ the **driving force** is $V-E$, and the outward current through channels of conductance $g$ (mS/cm²) is

$$I = g\,(V-E),\qquad \frac{\mathrm{mS}}{\mathrm{cm^2}}\cdot\mathrm{mV} = \frac{\mathrm{µA}}{\mathrm{cm^2}} .$$

(The article prints $E-V$: right for currents counted inward, which it leaves unsaid, erratum E13.) Several kinds of channels lie side by side, so their currents add:

$$I_\mathrm{ion} = g_\mathrm{Na}(V-E_\mathrm{Na}) + g_\mathrm{K}(V-E_\mathrm{K}) + \bar g_\mathrm{L}(V-E_\mathrm{L}) .$$

A bar marks a **maximal** conductance, with all gates open. The third branch, the **leak**, has no gates, so its conductance always carries the bar. The article leaves out the leak (erratum E14). The optional section *Without the leak* shows what that changes.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("charge")

# %% [markdown]
r"""
### Run

How much charge does a spike of 100 mV move, and how much potassium is there to move?
"""

# %%
elementary = 1.602177e-19  # C
avogadro = 6.02214e23  # 1/mol
charge = 1e-6 * 0.1  # C/cm²: 1 µF/cm² times 0.1 V
ions = charge / elementary  # ions/cm² that carry this charge
volume = 238e-4 / 2  # cm³ of axoplasm per cm² of membrane, at a radius of 238 µm
inside = 400e-6 * volume * avogadro  # potassium ions/cm², at 400 mM
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
So the batteries do not run down during a spike, and no pump takes part in it. Pumps charge the batteries over minutes and hours. (With these typical concentrations $E_\mathrm{K}$ comes out a few mV off the table's −12, which was measured.)

### Modify

Write the first equation as code: $dV/dt$ in mV/ms, for given conductances $g_\mathrm{Na}$ and $g_\mathrm{K}$. Take $C_m$, the reversal potentials and the leak from the table at the top. One case to try your function with: at $V=0$, with both conductances 0 and $I_\mathrm{ext}=10$, only stimulus and leak are left, and they give 13.18 mV/ms.
"""

# %%
def dV_dt(V, g_Na, g_K, I_ext):
    ...


check("first equation", dV_dt)

# %% tags=["solution"]
def solved_dV_dt(V, g_Na, g_K, I_ext):
    I_Na = g_Na * (V - 115)
    I_K = g_K * (V + 12)
    I_L = 0.3 * (V - 10.613)
    return (I_ext - I_Na - I_K - I_L) / 1.0


check("first equation", solved_dV_dt)

# %% [markdown]
r"""
## 2 · A gate has two rates

### Derive, with a blank

A gate is open or closed. A closed one opens at the rate $\alpha$ (1/ms), an open one closes at the rate $\beta$ (1/ms). Among very many gates let $x$ be the fraction that is open. In a short time $dt$ the fraction $\alpha\,dt$ of the closed ones opens and the fraction $\beta\,dt$ of the open ones closes:

$$\frac{dx}{dt} = \alpha\,(1-x) - \beta\,x .$$

Rates depend on $V$ because gates carry charge. **Hold $V$ still.** Then $\alpha$ and $\beta$ are constants, and $x$ approaches its **steady-state value** $x_\infty$ (a fraction, no unit). It does so exponentially, with the **time constant** $\tau$ (ms), because its rate of change is proportional to the remaining distance $x_\infty-x$:

$$\frac{dx}{dt} = \frac{x_\infty - x}{\tau},\qquad x(t) = x_\infty + (x(0)-x_\infty)\,e^{-t/\tau} .$$

Express $x_\infty$ and $\tau$ by the two rates: multiply out and compare the two forms of $dx/dt$.
"""

# %%
def settled(alpha, beta):
    x_inf = ...
    tau = ...
    return x_inf, tau


check("settled gate", settled)

# %% tags=["solution"]
def solved_settled(alpha, beta):
    return alpha / (alpha + beta), 1 / (alpha + beta)


check("settled gate", solved_settled)

# %% [markdown]
r"""
A potassium channel conducts when four such gates, $n$, are open at once. They are independent and alike, so the fraction of conducting channels is $n^4$. A sodium channel needs three gates $m$ and one gate $h$ open: $m^3h$. Depolarisation opens $m$ and $n$ and closes $h$. The closing of $h$ is called **inactivation**. (The article speaks of four gating variables, erratum E17. In fact $n^4$ is one variable to the fourth power, because the four gates are identical; in the sodium channel three gates activate and one inactivates.)

### Run: rates from a table of 1952

"Estimated using data," says the article of its rates. Here is that data. Hodgkin and Huxley held an axon at one voltage after the other, watched the potassium conductance rise as $n^4$, and read off where it ended and how fast it got there: $n_\infty$ and $\tau_n$. Two divisions give the rates, $\alpha_n=n_\infty/\tau_n$ and $\beta_n=(1-n_\infty)/\tau_n$.

The values are those of their Table 1 (axon 17, 6–7 °C, [1952](https://doi.org/10.1113/jphysiol.1952.sp004764)), with the sign of $V$ turned to ours. To be sure of each digit we checked the columns against one another: $n_\infty$ is the fourth root of the conductance over 24.31 mS/cm², and the two divisions reproduce the printed rates to 0.001 per ms.
"""

# %%
from course_utils.models.hodgkin_huxley import alpha_n, beta_n
from course_utils.notebook_02.potassium import POTASSIUM_1952

POTASSIUM_1952

# %% [markdown]
r"""
The curve they put through these points, and the one that the article prints, is

$$\alpha_n(V) = \frac{0.01\,(10-V)}{e^{(10-V)/10}-1},\qquad \beta_n(V) = 0.125\,e^{-V/80}\qquad\text{(1/ms, }V\text{ in mV from rest)} .$$

Fit the same form, $\alpha_n = A\,(V_0-V)/(e^{(V_0-V)/k}-1)$, yourself: three numbers, least squares of the relative error.
"""

# %%
from scipy.optimize import curve_fit

V_1952, _, n_inf, tau_n = POTASSIUM_1952
opening = n_inf / tau_n
closing = (1 - n_inf) / tau_n


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
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3))
v = np.linspace(-20.05, 115.05, 200)
left.plot(V_1952, opening, "o", color=COLOR["n"], label=r"$\alpha_n$, 1952")
left.plot(v, alpha_n(v), "--", color=COLOR["theory"], lw=1.2)
left.plot(V_1952, closing, "s", color=COLOR["n"], mfc="white", label=r"$\beta_n$, 1952")
left.plot(v, beta_n(v), "--", color=COLOR["theory"], lw=1.2, label="as printed")
left.plot(v, rate(v, *fitted), color=COLOR["n"], lw=1.4, label="your fit")
left.set(xlabel="$V$ (mV)", ylabel="rate (1/ms)")
left.legend()
steady = alpha_n(v) / (alpha_n(v) + beta_n(v))
right.plot(V_1952, n_inf, "o", color=COLOR["n"])
right.plot(v, steady, "--", color=COLOR["theory"], lw=1.2,
           label=r"$\alpha_n/(\alpha_n+\beta_n)$")
right.set(xlabel="$V$ (mV)", ylabel=r"steady-state value $n_\infty$", ylim=(0, 1.02))
right.legend(loc="lower right")
show(
    fig,
    "Left: opening and closing rates of the potassium gate measured by Hodgkin and "
    "Huxley at twelve voltages, with their printed curves dashed and our fit. Right: "
    "the steady-state fraction of open gates. The curves pass close to all points.")

# %% [markdown]
r"""
Your three numbers differ from the printed ones, as they should: yours describe one axon, theirs are round and serve all that were measured.

### Two holes in the formula

Put $V=10$ into $\alpha_n$: it reads $0/0$. A computer that follows the printed formula returns `nan` there, and loses digits close by:
"""

# %%
def printed(V):
    return 0.01 * (10 - V) / (np.exp((10 - V) / 10) - 1)


with np.errstate(invalid="ignore"):
    print(f"printed quotient: {printed(np.float64(10)):.7f} at 10 mV, "
          f"{printed(10 + 1e-12):.7f} at 10 mV + 1e-12")
print(f"ours:             {alpha_n(10.0):.7f} at 10 mV, "
      f"{alpha_n(10 + 1e-12):.7f} at 10 mV + 1e-12")

# %% [markdown]
r"""
To find the right value, write $u=(10-V)/10$, so that $\alpha_n = 0.1\,\dfrac{u}{e^u-1}$. Expand $e^u-1 = u+\frac{u^2}{2}+\frac{u^3}{6}+\dots$, divide by $u$, and use $\frac1{1+\varepsilon}=1-\varepsilon+\varepsilon^2-\dots$:

$$\frac{u}{e^u-1} = \frac{1}{1+\frac u2+\frac{u^2}{6}+\dots} = 1-\Bigl(\frac u2+\frac{u^2}{6}\Bigr)+\frac{u^2}{4}-\dots = 1-\frac u2+\frac{u^2}{12}-\dots\ \longrightarrow\ 1 .$$

So $\alpha_n(10)=0.1$ per ms, and its slope there is $0.1\cdot(-\tfrac12)\cdot(-\tfrac1{10}) = 0.005$ per ms and mV. The opening rate of the gate $m$ has the same form,

$$\alpha_m(V)=\frac{0.1\,(25-V)}{e^{(25-V)/10}-1}=\frac{u}{e^u-1}\quad\text{with}\quad u=\frac{25-V}{10},$$

and the other hole, at 25 mV: $\alpha_m(25)=1$ per ms. Both functions are smooth; only their printed form has a hole.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** the two rates of $n$ as above, with no word on where $V$ is counted from or on $V=10$ (E22). **What is right:** $V$ is counted from rest, with $E_\mathrm{Na}=115$, $E_\mathrm{K}=-12$, $E_\mathrm{L}=10.613$ mV, and the holes are filled by their limits. **How we know:** the cell above evaluates the printed quotient at the hole and close to it. The next cell combines these rates with reversal potentials counted from outside (50, −77, −54.4 mV), as happens often. That membrane never fires.

</div>
"""

# %%
with warnings.catch_warnings(record=True) as said:  # kept, to be printed here
    warnings.simplefilter("always", CourseWarning)
    mixed = HodgkinHuxley(E_Na=50, E_K=-77, E_L=-54.4)
    V, m, h, n = mixed.rest()
    run = simulate(mixed, np.arange(0, 100, 0.02))
print("CourseWarning:", textwrap.fill(str(said[0].message), 88))
print(f"mixed conventions: rest {V:.4f} mV, n = {n:.4f}; at 10 µA/cm² V stays below "
      f"{run.V.max():.1f} mV: no spike")

# %% [markdown]
r"""
## 3 · Four equations, one spike

### Derive: put the parts together

$$\begin{aligned}
C_m\frac{dV}{dt} &= -\bar g_\mathrm{Na}\,m^3h\,(V-E_\mathrm{Na}) - \bar g_\mathrm{K}\,n^4\,(V-E_\mathrm{K}) - \bar g_\mathrm{L}\,(V-E_\mathrm{L}) + I_\mathrm{ext} && [\mathrm{µA/cm^2}]\\[4pt]
\frac{dx}{dt} &= q\,\bigl[\alpha_x(V)\,(1-x)-\beta_x(V)\,x\bigr],\quad x=m,h,n && [1/\mathrm{ms}]
\end{aligned}$$

One equation for $V$ and one for each gate. Section 2 gave $\alpha_n$, $\beta_n$ and $\alpha_m$; the others are, in 1/ms with $V$ in mV,

$$\beta_m=4e^{-V/18},\qquad \alpha_h=0.07e^{-V/20},\qquad \beta_h=\frac{1}{e^{(30-V)/10}+1},\qquad q=3^{(T-6.3)/10} .$$

The **temperature factor** $q$ (no unit, $T$ in °C) makes every gate three times as fast for ten degrees more; at 6.3 °C it is 1. All values and the rates of $m$ and $h$ are missing in the article (erratum E15), and its last $\beta$ lacks the index $h$ (erratum E16).

Two rates determine a steady-state value and a time constant (section 2). Here they are for the three gates, in the colours that they keep.
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
    "Steady-state values and time constants of the three gates over V. Left: with "
    "depolarisation m and n open, h closes. Right: m is faster than h and n at every "
    "V, at rest more than twenty times; h and n are slowest near rest.")

# %% [markdown]
r"""
These curves explain the chain of events in a spike. Depolarisation opens $m$ (fast), so sodium flows in, and $V$ rises further. Then $h$ inactivates and $n$ opens (both slow), potassium flows out, and $V$ falls. `HodgkinHuxley.rates??` and `HodgkinHuxley.channels??` show these equations as code, and `HodgkinHuxley.rhs??` puts them together.

### Run

One spike: the current is switched on at 0 ms and stays on.
"""

# %%
cell = HodgkinHuxley(I_ext=10)
V, m, h, n = cell.rest()
print(f"rest without current: V = {V:.6f} mV, m = {m:.5f}, h = {h:.5f}, n = {n:.5f}")
for gate, (alpha, beta) in cell.rates(0.0).items():
    print(f"{gate} at 0 mV: steady-state value {alpha / (alpha + beta):.5f}, "
          f"time constant {1 / (alpha + beta):.4f} ms")
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
    "Voltage, gates, conductances and currents of one spike, 12 ms at 10 µA/cm². m "
    "jumps first, then h falls and n rises; the sodium conductance peaks before the "
    "potassium one. The inward sodium and the outward potassium current, each near "
    "800 µA/cm², almost cancel.")

# %% [markdown]
r"""
Sodium channels open first and inactivate while potassium channels are still open. Therefore $V$ rises, falls, and dips below rest (panels a and c). Look at the scale of panel d: two currents of hundreds of µA/cm² nearly cancel. The stimulus, 10 µA/cm², does not make the spike. It releases it. The sodium current dips at 2 ms because $V$ is then close to $E_\mathrm{Na}$: many channels are open, but little drives the ions.

### Investigate: the drug bench

Five sliders. Tetrodotoxin (TTX, from the puffer fish) blocks sodium channels, so it lowers $\bar g_\mathrm{Na}$. Tetraethylammonium (TEA) blocks potassium channels, so it lowers $\bar g_\mathrm{K}$; in the squid it must be injected, because it acts from the inside. The current is switched on at 5 ms (orange bar), with the membrane at its own rest. Try the dose at which the train breaks off, the dose at which no spike is left, the strongest current, and a higher temperature. The fifth slider stands for the sodium outside: more of it raises $E_\mathrm{Na}$. Why does no dose and no current of the bench lift $V$ above $E_\mathrm{Na}$? (Because there the sodium current is zero and all others pull $V$ down; only a stimulus stronger than 31.3 µA/cm², the outward leak, could do it.) A spike is counted where $V$ rises by more than 20 mV to a peak, because warm spikes are small. The scale of the currents follows their size.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a membrane under four treatments
def bench(fig):
    fig.set_size_inches(8.8, 5.0)
    axes = fig.subplots(3, 1, sharex=True, height_ratios=[1.5, 1, 1])
    move = pictures.step_response(axes, CurrentStep().run())

    def update(record, response):
        move(response)

    return update


Panel(CurrentStep(), bench, "cell.I_ext", "cell.g_Na", "cell.g_K", "cell.temperature",
      ("cell.E_Na", 60, 140))

# %% [markdown]
r"""
### Modify: a dose

How weak can a dose of TTX be that ends the train? Find the **weakest** dose that leaves the axon one spike (one rise above 50 mV in 100 ms) at the standard 10 µA/cm². Change $\bar g_\mathrm{Na}$ alone, and find it to 1 mS/cm². The panel tells you where to look; halving the interval between a dose that is too weak and one that is strong enough gets you there in a few steps.
"""

# %%
dosed = ...  # HodgkinHuxley(g_Na=...)

check("one spike only", dosed)

# %% tags=["solution"]
check("one spike only", HodgkinHuxley(g_Na=102))

# %% [markdown]
r"""
*End of the first sitting.* You have the four equations and have seen what each part does. The second sitting asks when the membrane fires.
"""

# %% [markdown]
r"""
## 4 · When does it fire?

The article sums up: a neuron fires if the current that enters it exceeds a threshold. Before you look, say what a slow ramp will do.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("slow ramp")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that a neuron fires if the external current exceeds a threshold (E21). **What is right:** how the current comes matters as much as its size; three different thresholds hide behind the word, and above a fourth current firing stops. **How we know:** the next cell sends four currents into the same membrane: a step, a slow ramp, a *negative* current that ends, and a very strong one.

</div>

### Run
"""

# %%
t = np.arange(0, 120, 0.01)
cell = HodgkinHuxley()
step = np.full_like(t, 2.2404)  # µA/cm², as are the next three
slow = 0.3 * t
negative = np.where(t < 50, -5.0, 0.0)
strong = np.where(t < 5, 0.0, 160.0)
two_steps = cell.but(I_ext=np.array([2.24, 2.2404]))  # two membranes, one per current
steps = simulate(two_steps, t)
ramp = simulate(cell, t, I_ext=slow)
release = simulate(cell, t, I_ext=negative)
block = simulate(cell, t, I_ext=strong)

# %% tags=["folded"]
# Table: the response to each of the four currents
below, above = steps.V.max(axis=0)
print(f"step:  2.2400 µA/cm² lifts V to {below:.0f} mV, 2.2404 to {above:.0f} mV")
passed = 0.3 * spike_times(t, ramp.V, 50)[0]
print(f"ramp:  V passes 50 mV when the current is {passed:.2f} µA/cm²")
when, height = peak(t, release.V)
print("break: 5 µA/cm² outward for 50 ms; after the release a spike of "
      f"{height:.2f} mV at {when:.2f} ms (reference 108.61, 55.00)")
rest = fixed_points(cell.but(I_ext=160))[0][0]
print(f"block: 160 µA/cm² gives {len(spike_times(t, block.V, 50))} spike; V rings down "
      f"to {block.V[-1]:.2f} mV after 115 ms, towards the fixed point {rest:.2f} mV")

# %% tags=["folded"]
# Figure: the voltage for four currents, and the currents
fig, axes = plt.subplots(2, 4, figsize=(9.2, 3.3), sharex=True, height_ratios=[3, 1])
cases = {"a step: a hair decides": (steps, step),
         "a ramp: fires at 10.48": (ramp, slow),
         "a release: fires at 0": (release, negative),
         "160: fires no more": (block, strong)}
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
    "Voltage above, current below, four times. Two steps that differ by 0.0004 µA/cm²: "
    "one fires, the dashed one does not. A ramp of 0.3 µA/cm² per ms: no spike before "
    "10.48. A hyperpolarising current: a spike after its end. 160 µA/cm²: one spike, "
    "then none.")

# %% [markdown]
r"""
One spike is not yet a train. Switch on five more currents, for 600 ms each.
"""

# %%
currents = np.array([2.25, 5, 6, 6.2, 6.3])
t = np.arange(0, 600, 0.02)
run = simulate(HodgkinHuxley(I_ext=currents), t)
reference = (1, 1, 2, 3, "without end")
for I, train, known in zip(currents, spike_times(t, run.V, 50), reference):
    print(f"{I:.2f} µA/cm²: spikes in 600 ms: {len(train):2d} (reference {known}), the "
          f"last at {train[-1]:5.1f} ms")

# %% [markdown]
r"""
Between the first spike and the first train lies a wide gap: there the membrane fires once, or a few times, and comes to rest under the very same current.

**Three thresholds that people mean**, in µA/cm² at 6.3 °C:

| the current at which | value | found by |
|---|---|---|
| a step from rest first gives *one* spike | 2.2403 | bisection, between the two steps in the figure |
| endless firing first *exists* | 6.2603 | starting with a firing cell and lowering the current until firing stops |
| rest stops being stable | 9.7754 | linearising: a *Hopf point* (notebook 03) |

Above 154.52, the second Hopf point, rest is stable again: depolarisation block. So the answer to "what is the threshold?" is a question: for one spike or for many, from which state, by which kind of current?

Why does the membrane fire after the release (a *rebound spike*, or anode break)? Hyperpolarisation opens $h$ and closes $n$. Both take some 5 to 9 ms to come back, $m$ only 0.2 ms: for a moment the membrane is more excitable than at rest. On the ramp the same two gates have time to move the other way.
"""

# %% [markdown]
r"""
## 5 · How fast does it fire?

### Run: the f-I curve in one call

A parameter may be an array. Then the model stands for many membranes at once, one for each value, and one call of `simulate` runs them all: here 140 membranes with 140 currents. Each starts 40 mV above its rest, which sets it going. Where rest is stable (outside the two Hopf points) 0 Hz is possible as well: open squares. The scheme is `rk4`, that of Runge and Kutta, because it gets all 140 rates right to 0.005 Hz with steps as long as 0.08 ms.
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
    "Left and middle: the rate jumps from 0 to 50 Hz and grows to 170 Hz; in the "
    "shaded window, 6.26 to 9.78 µA/cm², rest is stable as well. Right: the swing of V "
    "shrinks and closes at 154.5 µA/cm², where rest is stable again.")

# %%
checked = np.array([6.3, 7, 8, 10, 20, 50, 100, 150])
reference = (52.371, 58.327, 62.470, 68.324, 86.470, 117.036, 147.270, 167.854)
t = np.arange(0, 400, 0.01)
run = simulate(HodgkinHuxley(I_ext=checked), t)
for I, ours, theirs in zip(checked, steady_rate(t, run.V, since=200), reference):
    print(f"{I:5.1f} µA/cm²: {ours:7.2f} Hz, reference {theirs:7.2f} Hz")
print(f"rest loses and regains stability at {low:.6f} and {high:.6f} µA/cm² "
      "(published proof: 9.775438, 154.522434)")

# %% [markdown]
r"""
(The references come from a solver of eighth order.) The rate starts at about 50 Hz: a neuron whose rate begins with a jump is called **class II** (Hodgkin 1948). The integrate-and-fire neuron of notebook 00 begins at 0 Hz, which is class I. And between 6.26 and 9.78 µA/cm², the shaded window, two behaviours exist at the same current: rest and firing. A sudden step into this window makes the membrane fire, since its state is then far from the new rest; raise the current slowly, and it stays silent.
"""

# %% [markdown]
r"""
## 6 · One neuron stores a bit

At 8 µA/cm² rest and firing are both stable. So the membrane *remembers* which of the two it is in, without a synapse and without a change of any parameter. To write, we must carry its state from one basin of attraction to the other, and to erase, back again. We use a **kick**, that is, an instantaneous change of $V$. It stands for a very short and strong pulse of current: for 4 mV the pulse must bring 4 nC/cm², because $Q=C_mV$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("erase")

# %% [markdown]
r"""
### Run

Start at the fixed point (4.65 mV) with the current on. Kick $V$ at once by 3.80 or by 3.81 mV, and wait 300 ms.
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
Now the second kick. The **phase** $\varphi$ says where in its cycle the membrane is: 0 where $V$ passes 20 mV upwards, 1 at the next such moment. The chart tries 2989 kicks, 61 phases times 49 sizes. Red kicks make all further spikes come earlier, blue ones later, by the fraction of a cycle that the bar shows. **Orange kicks end the rhythm.** The trace on the left shows one of them, which the white dot marks in the chart.
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
    "Left: at 8 µA/cm² a kick of +3.81 mV starts steady firing and a second kick of +6 "
    "mV, at phase 0.60, stops it: the bits read 0, 1, 0. Right: of all kicks by phase "
    "and size those in two outlined orange islands erase: positive ones near phase "
    "0.6, negative ones near 0.9. All colours meet at the islands' tips and lower "
    "edges.")
print(outcome.sentence())

# %% [markdown]
r"""
All colours meet at the tips and lower edges of the islands. A kick that nearly erases leaves the membrane for a while close to the border between rest and firing; when it fires again, it does so at any phase. Best (1979) found such kicks in these equations by computer, and Guttman, Lewis and Rinzel (1980) did the same to squid axons: a brief, well-timed pulse ended their firing.

### Investigate: write, erase, miss

You can drag things in this picture. **Pull the orange stems** up and down, and the second one sideways to change its phase. Or **drag the white dot** across the chart onto an island. ($\Delta V_1$ and $\Delta V_2$ are the two kicks.) The lower right picture looks at the state itself, in $V$ and $n$: the grey line is the last cycle, the orange bar the second kick, the blue line what follows, and the open circle the fixed point, where the membrane stays at rest. The chart was computed for 8 µA/cm²; at any other current it is greyed out.

Things to try: the smallest kick that erases; an inhibitory kick that erases; an inhibitory kick that *writes* (pull the first stem to −8 mV); a current at which the membrane forgets its 1; one at which it cannot hold its 0.
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


Panel(OneBit(), memory, ("write", 2.8, 4.8), "erase", "phase", "I_ext")

# %% [markdown]
r"""
## 7 · A shortcut that fails, and one that works

Four equations are many. The article wants to keep two: it calls $m$ fast and $h$ of little effect, removes $m^3h$, and is left with

$$\frac{dV}{dt} = F = \frac{\bar g_\mathrm{K}n^4(E_\mathrm{K}-V)+\bar g_\mathrm{Na}(E_\mathrm{Na}-V)+I_\mathrm{ext}}{C_m},\qquad \frac{dn}{dt} = G = \alpha_n(1-n)-\beta_nn .$$

Removing a factor replaces it by 1: all sodium gates are open all the time.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that this trimmed system keeps the core of the voltage dynamics (E20). **What is right:** it cannot fire, not even once, at any current. **How we know:** the next cell runs it, and below you prove it. If the crossed-out symbol means that the whole sodium term goes, $V$ settles lower, and there is no spike either.

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

The first move of $V$, up to 114 mV, is not a spike: the state starts far from the fixed point, goes there and stays.

**Bendixson's criterion.** Suppose the state went around a closed orbit. On the orbit the arrows $(F,G)$ point along it, so nothing flows through it. By the divergence theorem that flow, zero, equals the integral of $\partial F/\partial V+\partial G/\partial n$ over the inside. If this sum has one sign everywhere, the integral cannot be zero: no closed orbit exists.

Find the two derivatives. The rates $\alpha_n$, $\beta_n$ depend on $V$, not on $n$.
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
The two derivatives add up to a negative number at every $V$ and $n$, for every current and all positive conductances. By Bendixson's criterion there is therefore no closed orbit. Three more steps show that every solution ends at the same fixed point. We write $F_V$ for $\partial F/\partial V$, and so on.

1. **There is exactly one fixed point.** Consider currents above $-\bar g_\mathrm{Na}(E_\mathrm{Na}-E_\mathrm{K}) = -15240$ µA/cm². Then $F>0$ for $V\le E_\mathrm{K}$, so every fixed point has $V>E_\mathrm{K}$. There we can solve $F=0$ for $n$: $n^4=\dfrac{\bar g_\mathrm{Na}(E_\mathrm{Na}-V)+I_\mathrm{ext}}{\bar g_\mathrm{K}(V-E_\mathrm{K})}$. As $V$ rises from $E_\mathrm{K}$ to $E_\mathrm{Na}+I_\mathrm{ext}/\bar g_\mathrm{Na}$, this curve falls from $\infty$ to 0, whereas $n_\infty(V)$ rises. A falling and a rising curve cross exactly once.
2. **The fixed point is stable.** The trace of the Jacobian is the sum that you have just found, and it is negative. The determinant is $F_VG_n-F_nG_V$. Its first product is positive, because $F_V$ and $G_n$ are both negative. Its second product is negative, because $F_n<0$ above $E_\mathrm{K}$, while $G_V>0$: $\alpha_n$ rises with $V$ and $\beta_n$ falls. The determinant is therefore positive.
3. **Every solution ends there.** Solutions enter the rectangle $E_\mathrm{K}\le V\le E_\mathrm{Na}+I_\mathrm{ext}/\bar g_\mathrm{Na}$, $0\le n\le1$, and cannot leave it. For a bounded solution in the plane with a single, stable fixed point the Poincaré–Bendixson theorem leaves two possibilities: it approaches a closed orbit or the fixed point. There is no closed orbit.

The sign of $F_V$ also has a physical meaning: depolarisation always reduces $dV/dt$. A spike needs the opposite, a range of $V$ in which depolarisation promotes further depolarisation. All signs remain the same if a leak is added, if another positive constant replaces $m^3h$, or if the whole sodium term is removed. Hence no version of this shortcut can oscillate.

### The reduction that works

Look at the time constants at rest: $\tau_m=0.24$, $\tau_n=5.5$, $\tau_h=8.5$ ms. A *fast* variable may be replaced by its steady-state value, which it reaches almost at once: $m\to m_\infty(V)$, and not $m\to1$. Two slow variables are then left. On the full model's cycle they lie almost on a line, $h\approx h_0-s\,n$ with two numbers $h_0$ and $s$ (no unit), so $h$ can be computed from $n$. We keep $n$, and we keep the leak:

$$C_m\frac{dV}{dt} = -\bar g_\mathrm{Na}\,m_\infty^3(V)\,(h_0-s\,n)\,(V-E_\mathrm{Na})-\bar g_\mathrm{K}n^4(V-E_\mathrm{K})-\bar g_\mathrm{L}(V-E_\mathrm{L})+I_\mathrm{ext},\qquad h_0=0.85,\ s=1 .$$

Reductions of this form are due to Krinsky and Kokoz (1973); Rinzel (1985) explains them.
"""

# %%
t = np.arange(0, 200, 0.01)
V, m, h, n = HodgkinHuxley().rest()
starts = {HodgkinHuxley(): (V, m, h, n), ReducedHodgkinHuxley(): (V, n),
          TrimmedHodgkinHuxley(): (V, n)}
runs = [simulate(model, t, start=start) for model, start in starts.items()]
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
axes[2].legend(loc=(0.25, 0.3))
show(
    fig,
    "Phase planes at 10 µA/cm², each trajectory from rest (open square), with the "
    "fixed points as rings. Full model, projected from four dimensions: a cycle. "
    "Reduced: nearly the same cycle, around a V-nullcline with a fold. Trimmed: V "
    "shoots up and creeps into the only fixed point.")

# %% [markdown]
r"""
A curve where $dV/dt=0$ or $dn/dt=0$ is called a **nullcline**. In the reduced model the $V$-nullcline (dashed) has a fold. On its middle, rising branch $\partial F/\partial V$ is positive: there depolarisation promotes further depolarisation, which makes the spike, and Bendixson's condition fails. The price of the reduction is a rate 24 % too high, a first spike 7 mV and a train 15 mV too tall, since the true $m$ lags behind $m_\infty$. Notebook 03 goes on from this picture.
"""

# %% [markdown]
r"""
## What you saw

1. A membrane is a capacitor with batteries behind gated conductances; four equations follow, and a spike moves one in five million of the potassium ions inside.
2. A gate has two rates; its steady-state value is $\alpha/(\alpha+\beta)$, its time constant $1/(\alpha+\beta)$, and both were measured.
3. No fixed threshold exists: 2.24 for one spike, 6.26 for a train, 9.78 for the end of rest, 10.48 on a ramp, 0 after a release, and block above 154.5 µA/cm².
4. Between 6.26 and 9.78 one membrane stores one bit; excitation at phase 0.6 erases it.
5. The trimmed model cannot fire, by Bendixson; $m=m_\infty$ with $h=h_0-sn$ can, 24 % too fast.
"""

# %% [markdown]
r"""
## Further · Up and down a staircase

**Optional, 10 minutes.** Section 5 said that two behaviours exist between 6.26 and 9.78 µA/cm². Which of the two do you meet if you change the current in steps?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("staircase")

# %% [markdown]
r"""
### Run

Firing *lasts* on a level if $V$ crosses 50 mV at least twice in the last 50 ms. The state is not reset between levels.
"""

# %%
def level(I, state, wait):
    """Whether firing lasts at I, and the state after the wait."""
    t = np.arange(0, wait + 0.01, 0.025)
    run = simulate(HodgkinHuxley(I_ext=I), t, start=state)
    return np.sum(spike_times(t, run.V, 50) > wait - 50) >= 2, run.last


def staircase(step, wait):
    """The first level (µA/cm²) with lasting firing going up, the last going down."""
    I, state, lasts = 0.0, HodgkinHuxley().rest(), False
    while not lasts:
        I += step
        lasts, state = level(I, state, wait)
    up = I
    while lasts:
        I -= step
        lasts, state = level(I, state, wait)
    return up, I + step


for step, wait in ((0.5, 60), (0.5, 200), (2.0, 200)):
    up, down = staircase(step, wait)
    print(f"steps of {step} µA/cm², {wait} ms each: lasting firing from {up:.1f} "
          f"on the way up, to {down:.1f} on the way down")

# %% [markdown]
r"""
In small steps the state follows the rest and leaves it only where the rest is unstable, above 9.78. It leaves slowly: at 10 µA/cm² a deviation grows by a factor of e in 238 ms, at 12 in 25 ms. A shorter wait therefore finds a higher "threshold". A step of 2 is different, because a jump of 1.53 from the rest to 8 µA/cm² already carries the state into the basin of the cycle. Whoever reports a threshold must report the step and the wait, too.

## Further · The clamp that measured it all

**Optional, 15 minutes.** A voltage clamp holds $V$ with an amplifier and records the current it has to supply. No capacitor current flows, and every gate relaxes as in section 2, exactly.

### Run

Hold the membrane at rest, step to nine voltages, and separate the ions (in the laboratory: with TTX and TEA, or by changing the sodium outside).
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
print("(closed form: -1082.1 after 0.986 ms, and +226.8: beyond 115 mV sodium flows "
      "out)")

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
    "Clamp currents at nine voltages. Left: sodium flows in and dies away within a few "
    "ms, and flows out at 120 and 140 mV. Middle: potassium rises with a delay and "
    "stays. Right: the sodium peak crosses zero at 115 mV, its reversal potential.")

# %% [markdown]
r"""
### Investigate

The command $V_\mathrm{command}$, the conditioning voltage $V_\mathrm{hold}$ that is held for the time $t_c$ before it, and two drugs: less $\bar g_\mathrm{Na}$ is TTX, less $\bar g_\mathrm{K}$ is TEA. Find the command at which the sodium current changes its direction. Then hold the membrane at +30 mV before the step: what is left of the sodium current, and why? And at −30 mV? Last, shorten $t_c$ to 2 ms: how much of the inactivation is left? (At +30 mV $\tau_h$ is 1.9 ms, at −20 mV 5.1 ms.)
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a voltage clamp
CLAMPED = {"I_Na": "sodium", "I_K": "potassium", "all": "all together", "m": "$m$",
           "h": "$h$", "n": "$n$"}


def clamp(fig):
    fig.set_size_inches(8.8, 3.6)
    left, right = fig.subplots(1, 2)
    lines = {}
    for name, label in CLAMPED.items():
        ax = right if len(name) == 1 else left
        style = {"I_K": "--", "all": ":", "h": "--", "n": "-."}.get(name, "-")
        lines[name], = ax.plot([], [], style, color=COLOR.get(name, COLOR["theory"]),
                               label=label, animated=True)
    left.set(xlim=(0, 12), ylim=(-2600, 6200), xlabel="time (ms)",
             ylabel="current out (µA/cm²)")
    right.set(xlim=(0, 12), ylim=(-0.02, 1.02), xlabel="time (ms)", ylabel="open gates")
    left.legend(loc="upper right", ncols=3, fontsize=8)
    right.legend(loc="center right")

    def update(record, clamped):
        run = clamped.run
        for name, line in lines.items():
            all_three = run.I_Na + run.I_K + run.I_L
            line.set_data(run.t, all_three if name == "all" else getattr(run, name))

    return update


Panel(ClampExperiment(V_hold=15.0, duration=5.0), clamp, "V_command", "V_hold",
      ("duration", 0, 40), ("cell.g_Na", 0, 120), ("cell.g_K", 0, 36))

# %% [markdown]
r"""
### Run: how long must a conditioning step last?

Hold the membrane at +15 or −20 mV for a time $t_c$, then step to +50 mV. The table compares the peak of the sodium current with the prediction by $h$ alone, $h(t_c)=h_\infty+(h_0-h_\infty)\,e^{-t_c/\tau_h}$.
"""

# %%
t = np.arange(0, 6, 0.002)
alone = ClampExperiment(V_command=50).measure(t)
for V in (-20, 15):
    for duration in (0.5, 5, 40):
        run = ClampExperiment(V_command=50, V_hold=V, duration=duration).measure(t)
        peaks = run.I_Na.min() / alone.I_Na.min()
        print(f"{duration:4.1f} ms at {V:+d} mV: {peaks:.3f} of the peak without, "
              f"h alone {run.h[0] / alone.h[0]:.3f}")

# %% [markdown]
r"""
### Modify: read off a reversal potential

You are given the command voltages `V` (mV, ascending) and the peak sodium currents `peaks` (µA/cm², ascending) of some membrane. At which command would the peak be 0? Return it in mV, by a straight line between the two neighbours; `np.interp` does that.
"""

# %%
def reversal(V, peaks):
    ...


check("reversal", reversal)

# %% tags=["solution"]
def solved_reversal(V, peaks):
    return float(np.interp(0, peaks, V))


check("reversal", solved_reversal)

# %% [markdown]
r"""
What should the reversal potential be? Return the Nernst potential in mV of an ion of charge +1, from its two concentrations in mM and the temperature in °C: $R=8.314$ J mol⁻¹ K⁻¹, $F=96485$ C/mol. The potassium of section 1 is a case to try: −72.1 mV.
"""

# %%
def nernst(c_out, c_in, temperature):
    ...


check("Nernst", nernst)

# %% tags=["solution"]
def solved_nernst(c_out, c_in, temperature):
    return 8.314463 * (temperature + 273.15) / 96485.33 * 1000 * np.log(c_out / c_in)


check("Nernst", solved_nernst)

# %% [markdown]
r"""
## Further · Without the leak

**Optional, 5 minutes.**

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that two currents make the membrane: its equation has no leak (E14). **What is right:** a third current, $\bar g_\mathrm{L}(V-E_\mathrm{L})$, belongs to it; with the other two it decides where rest is. **How we know:** set $\bar g_\mathrm{L}=0$. Rest sinks by 11 mV towards $E_\mathrm{K}$, and both Hopf points move. The membrane still fires, a little faster: the leak sets the stage, it does not make the spike.

</div>
"""

# %% tags=["folded"]
# Table: rest, Hopf points and rate with and without the leak
t = np.arange(0, 300, 0.01)
known = {0.3: "0.003621, 9.7754, 154.5224, 68.32",
         0.0: "-10.878073, 6.1779, 159.1972, 70.77"}
for g_L, reference in known.items():
    cell = HodgkinHuxley(g_L=g_L)
    low, high = hopf_currents(cell)
    rate = steady_rate(t, simulate(cell, t).V, since=150)
    print(f"leak {g_L} mS/cm²: rest {cell.rest()[0]:.6f} mV, Hopf points {low:.4f} and "
          f"{high:.4f} µA/cm², at 10 µA/cm² {rate:.2f} Hz\n                "
          f"reference {reference}")

# %% [markdown]
r"""
## Further · What each gate is for

**Optional, 10 minutes.** Freeze one gate at a time and look.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("frozen h")

# %% [markdown]
r"""
### Run

A model is a class, and a variant overrides one method. `channels` returns pairs (conductance, reversal potential).
"""

# %%
REST = HodgkinHuxley().rest()


class FrozenH(HodgkinHuxley):
    def channels(self, V, m, h, n):
        return super().channels(V, m, REST[2], n)


class FrozenN(HodgkinHuxley):
    def channels(self, V, m, h, n):
        return super().channels(V, m, h, REST[3])


t = np.arange(0, 300, 0.01)
kinds = HodgkinHuxley, FrozenH, FrozenN
free, frozen_h, frozen_n = (simulate(kind(), t, start=REST) for kind in kinds)

# %% tags=["folded"]
# Table: spikes and final voltage with one gate frozen
h = free.h[t > 200]
print(f"all gates free: {len(spike_times(t, free.V, 50))} spikes in 300 ms; h runs "
      f"from {h.min():.4f} to {h.max():.4f}")
for gate, run, known in (("h", frozen_h, 78.737), ("n", frozen_n, 55.527)):
    print(f"{gate} frozen: {len(spike_times(t, run.V, 50))} spike, then V stays at "
          f"{run.V[-1]:.3f} mV (reference {known})")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that the $h$-gate doesn't change things all that much (E18). **What is right:** $h$ is what ends a spike, together with $n$. On the cycle at 10 µA/cm² it runs from 0.069 to 0.459. **How we know:** the table above, in which each of the two is frozen at its rest value.

</div>
"""

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that the slower gates are trimmed, and then crosses out $m$, the one that it has called fast (E19). **What is right:** at rest $\tau_m=0.24$, $\tau_n=5.5$, $\tau_h=8.5$ ms. A fast variable is not removed: it is replaced by its steady-state value $m_\infty(V)$. **How we know:** the next cell sets $m=m_\infty(V)$, and the membrane keeps firing, at 84.4 instead of 68.3 Hz.

</div>
"""

# %%
class InstantM(HodgkinHuxley):
    channels_follow_V = True  # tells the solver that a conductance depends on V at once

    def channels(self, V, m, h, n):
        return super().channels(V, self.steady_gates(V)[0], h, n)


instant_m = simulate(InstantM(), t, start=REST)

# %% tags=["folded"]
# Table: rate and first peak with the fast gate at its steady-state value
cases = (("m free", free, "68.32 Hz, 105.26 mV"),
         ("m = m_inf(V)", instant_m, "84.43 Hz, 113.01 mV"))
for name, run, known in cases:
    print(f"{name}: {steady_rate(t, run.V, since=150):.2f} Hz, first peak "
          f"{run.V[:800].max():.1f} mV (reference {known})")

# %% tags=["folded"]
# Figure: four traces, with one gate changed in each
fig, axes = plt.subplots(1, 4, figsize=(9.2, 2.5), sharey=True)
cases = {"all gates free": free, "$h$ frozen": frozen_h, "$n$ frozen": frozen_n,
         "$m = m_\\infty(V)$": instant_m}
for ax, (title, run) in zip(axes, cases.items()):
    traces(ax, run, lw=1.3)
    ax.set(xlim=(0, 60), title=title, ylabel="")
axes[0].set_ylabel("$V$ (mV)")
show(
    fig,
    "Four traces over 60 ms at 10 µA/cm². With all gates free a train; with h frozen "
    "one spike, after which V stays near 79 mV; with n frozen it stays near 56 mV; "
    "with m replaced by its steady-state value a faster train.")

# %% [markdown]
r"""
## Further · Three models side by side

**Optional, 15 minutes.** Full, reduced and trimmed, with one slider for the current. First their f-I curves, from 234 steps of current for each model (`firing_rates??`).
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
    "Rate over current of three models after a step from rest; a swing below 4 mV "
    "counts as 0 Hz. Full: a jump to about 50 Hz, up to 170 Hz, and 0 Hz from 153, "
    "shortly before rest becomes stable at 154.5. Reduced: faster at every current "
    "that makes it fire, and no block in this range. Trimmed: 0 Hz at every current.")

# %% [markdown]
r"""
### Investigate

Raise the current. The orange line marks the current on the three f-I curves, and the planes below explain the rates. Squares mark the starts, rings the fixed points. In the trimmed plane find what the current moves, and what it cannot.
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
### Make: your own reduction

Find $h_0$ and $s$ yourself. Given arrays `n` and `h` along a cycle, fit $h=h_0-s\,n$ by least squares and return $(h_0, s)$. Then try your numbers in `ReducedHodgkinHuxley(h0=..., slope=...)`: does a better line give a better rate?
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
## Further · A variable slower or faster than the rhythm

**Optional, 5 minutes.** When may you drop a variable? We add a potassium conductance whose gate $s$ approaches $s_\infty(V)$ with one time constant $\tau_s$, and compare the period with two shortcuts: $s$ frozen at its mean over a cycle, and $s=s_\infty(V)$ at once.
"""

# %%
from course_utils import Model, parameter

SQUID = HodgkinHuxley()


class SlowPotassium(Model):
    """The squid membrane and one more potassium gate, of any speed."""

    states = {"V": "mV", "m": "1", "h": "1", "n": "1", "s": "1"}
    I_ext: float = parameter(10.0, "µA/cm²")
    tau_s: float = parameter(8.0, "ms")

    def rhs(self, state, I_ext):
        *membrane, s = state
        V = membrane[0]
        extra = 0.3 * s * (V + 12)
        s_inf = 1 / (1 + np.exp(-(V - 30) / 5))
        return *SQUID.rhs(membrane, I_ext - extra), (s_inf - s) / self.tau_s


frozen, at_once = 15.3285, 14.7053  # ms
tau = np.array([0.1, 8.0, 100.0, 1500.0])  # ms, four membranes side by side
t = np.arange(0, 125, 0.04)
start = [np.full(4, x) for x in (*SQUID.rest(), 0.130606)]
run = simulate(SlowPotassium(tau_s=tau), t, start)
for slow, train in zip(tau, spike_times(t, run.V, 50)):
    T = np.diff(train)[-3:].mean()
    print(f"τ = {slow:6.1f} ms: period {T:.2f} ms; error if frozen "
          f"{100 * (frozen / T - 1):+.1f} %, at once {100 * (at_once / T - 1):+.1f} %")

# %% [markdown]
r"""
A variable much faster than the rhythm may be replaced by its steady-state value. A variable much slower may be frozen at its mean: it has become a parameter, which then drifts slowly. A variable of comparable speed must be kept. Neither shortcut sets a gate to 1 (erratum E20).

## Further · One wrong sign

**Optional, 10 minutes.** A model file that many people could download once contained these two rates of the potassium gate. One of them has a wrong sign. Find it by comparing with the table of 1952, and repair it.
"""

# %%
def opening_rate(V):
    return 0.01 * (10 - V) / np.expm1((10 - V) / 10)


def closing_rate(V):
    return 0.125 * np.exp(V / 80)


from course_utils.notebook_02.potassium import POTASSIUM_1952

V_1952, _, n_inf, tau_n = POTASSIUM_1952

# %% tags=["folded"]
# Figure: the rates of the file, and the measured ones
fig, axes = plt.subplots(1, 2, figsize=(8.2, 2.8))
v = np.linspace(-12, 115, 200)
pairs = ((opening_rate, n_inf / tau_n, "o"), (closing_rate, (1 - n_inf) / tau_n, "s"))
for ax, (of_file, measured, marker) in zip(axes, pairs):
    ax.plot(v, of_file(v + 1e-9), color=COLOR["vermillion"], label="the file")
    ax.plot(V_1952, measured, marker, color=COLOR["n"], mfc="white", label="1952")
    ax.set(xlabel="$V$ (mV)", ylabel=of_file.__name__.replace("_", " ") + " (1/ms)")
    ax.legend()
show(
    fig,
    "The opening and the closing rate of the file over V, with the rates measured in "
    "1952 as open marks.")

# %% [markdown]
r"""
### Exercise · find the fault
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
The lesson: a single spike would not have shown this fault, because a membrane with it still rests and still fires. The data do.

## Further · A neuron that more current silences

**Optional, 5 minutes.** Somebody asked on a public forum why a cortical parameter set fires at 1, 2 and 2.5 µA/cm² and is silent at 3. (The rates are those of a textbook, with the gates $m^3h$ and $n^4$; voltages are absolute.)
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


cell = Cortical()
low, high = hopf_currents(cell)
print(f"rest is unstable between {low:.4f} and {high:.4f} µA/cm²")
t = np.arange(0, 1200, 0.05)
for I in (1.0, 2.0, 2.5, 3.0):
    train = spike_times(t, simulate(cell.but(I_ext=I), t).V, -30)
    late = train[train > 800]
    said = f"{1000 / np.diff(late).mean():.1f} Hz" if len(late) > 2 else "at rest"
    print(f"{I} µA/cm²: {said}")

# %% [markdown]
r"""
Nothing is broken: 3 µA/cm² lies above the upper Hopf point, so this is depolarisation block. In the squid it begins at 154.5 µA/cm². Here the potassium channels open so late (their rates are centred at +25 mV) that a small current suffices.

## Further · After a spike, and with short pulses

**Optional, 10 minutes.** How long must a second pulse wait? And how strong must a short one be? Both are found by bisection, for all lengths or gaps at once.
"""

# %%
cell = HodgkinHuxley()
t = np.arange(0, 40, 0.01)


def pulse(start, length, height):
    """A rectangular current on the grid of t: (T, N) for N starts, lengths, heights."""
    k = np.arange(len(t))[:, None]
    on = np.round(np.asarray(start) / 0.01)
    off = np.round((np.asarray(start) + length) / 0.01)
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

# %% tags=["folded"]
# Table: the smallest pulses that fire
references = (65.127, 32.658, 13.275, None, 3.859, 2.351, 2.240)
for length, height, known in zip(lengths, heights, references):
    reference = f" (reference {known * length:.2f})" if known else ""
    print(f"pulse of {length:4.1f} ms: {height:6.2f} µA/cm², charge "
          f"{height * length:6.2f} nC/cm²{reference}")
print(f"one pulse of 1 ms needs {heights[3]:.2f} µA/cm²; after a spike a second one "
      "needs")
for gap, height, known in zip(gaps, second, (43.593, 23.537, 7.768, 5.916, 7.022)):
    print(f"{height:6.2f} µA/cm² after {gap:2.0f} ms (reference {known:.2f})")

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
    "Left: the smallest current that fires, over the length of the pulse, falls along "
    "a line of constant charge and levels off at the threshold of a long step. Right: "
    "the height that a second pulse of 1 ms needs falls from 44 µA/cm² at 8 ms to less "
    "than that of the first pulse at 20 ms: refractory, then supernormal.")

# %% [markdown]
r"""
The shortest pulses need one and the same *charge*, about 6.5 nC/cm², because they charge the capacitor by 6.5 mV before the gates move. Long ones need one *current*. After a spike the membrane is **refractory** (relatively refractory, because a stronger pulse fires it): at 8 ms a second pulse must be six times as strong. At 20 ms it is easier than the first time: the membrane is **supernormal**, because $V$ rings after the spike. Once more the threshold depends on how long the current lasts, and on the past (erratum E21).
"""

# %% [markdown]
r"""
## Further · Warm it

**Optional, 5 minutes.**

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("warm")

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
    "60 ms at 20 µA/cm² and four temperatures. At 18.5 °C spikes come three times as "
    "often as at 6.3; at 26 °C they are small; at 30 °C a single small response is "
    "left.")

# %% [markdown]
r"""
At 18.5 °C, where Hodgkin and Huxley compared their travelling spike with that of an axon, rest loses its stability at twice the current. Warming speeds up the gates but not the charging of the capacitor. Potassium channels therefore open before $V$ has risen, and the spikes shrink. At 20 µA/cm² the rhythm ends between 26.5 and 26.6 °C; just before, $V$ still swings by about 45 mV. (This is why the drug bench counts rises: at 26 °C the late peaks lie within 0.1 mV of 50 mV, and a fixed level of 50 mV would count noise of the solver.)
"""

# %% [markdown]
r"""
## Further · A membrane that likes 67 Hz

**Optional, 5 minutes.** Which frequencies of a small current does the membrane follow best? Close to rest the deviation $x$ of the four states from rest obeys $\dot x=Jx+e\,I/C_m$, where $J$ (1/ms) is the Jacobian and $e=(1,0,0,0)$, because the current enters the equation of $V$ alone. Insert $I=\hat I\,e^{2\pi ift}$ and $x=\hat x\,e^{2\pi ift}$ with the frequency $f$ (kHz) and $i^2=-1$: then $(2\pi if-J)\,\hat x=e\,\hat I/C_m$. The first entry of $\hat x/\hat I$ is the **impedance** $Z(f)$, voltage per current, in kΩ·cm².
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
    "Impedance over frequency: 0.86 kΩ·cm² at 0 Hz, a peak of 2.42 at 67 Hz, then a "
    "decline. Three simulated points lie on the curve: the membrane has a subthreshold "
    "resonance.")

# %% [markdown]
r"""
## Further · Eight neurons store a letter

**Optional, 5 minutes.** One bit each: write a letter into eight silent membranes, wait, read it, and erase it with *excitation*. Then take another letter.
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
    "Eight traces of V, 120 mV from row to row, one per bit of a letter: those whose "
    "bit is 1 fire, the others are at rest. At the orange line a kick of +6 mV to the "
    "firing ones ends all firing.")

# %% [markdown]
r"""
## Further · Channels open at random

**Optional, 5 minutes.** The article calls channels probabilistic and writes deterministic equations. Both are right (erratum E13), because $n$ is the mean over very many gates. With $N$ channels the open fraction at constant $V$ fluctuates with the standard deviation $\sqrt{p(1-p)/N}$, where $p=n_\infty^4$.
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
    "jumps widely, with 100 less, with 1000 it stays close to the dashed mean: the "
    "fluctuation falls as one over the root of N.")

# %% [markdown]
r"""
## Further · How far to trust the solver

**Optional, 10 minutes.** The true period at 10 µA/cm² is 14.63621 ms. We compare four schemes with two steps each. `splitting` is the default: it advances the gates exactly and $V$ by the Crank-Nicolson rule, alternately (Hines 1984).
"""

# %%
from course_utils import euler, exponential_euler, rk4, splitting

for scheme in (euler, exponential_euler, rk4, splitting):
    found = []
    for step in (0.05, 0.025):
        t = np.arange(0, 150, step)
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
At a step of 0.05 ms the default has ten times the error of `rk4`. Why is it the default? Because it is implicit in $V$: it stays stable at steps at which explicit schemes blow up, and it serves an axon of a thousand coupled compartments equally well (notebook 04).

A period that is right to 0.1 % does not make every number right. Count the spikes in 600 ms at 6.25 µA/cm², just below the current of 6.2603 at which endless firing begins:
"""

# %% tags=["folded"]
# Table: spikes at one current, by scheme and step
for scheme, steps in ((splitting, (0.025, 0.01, 0.005)), (rk4, (0.02, 0.01))):
    for step in steps:
        t = np.arange(0, 600, step)
        run = simulate(HodgkinHuxley(I_ext=6.25), t, scheme=scheme)
        train = spike_times(t, run.V, 50)
        print(f"{scheme.__name__:9s} step {step:5.3f} ms: {len(train)} spikes, "
              f"the last at {train[-1]:.2f} ms")
print("reference (eighth order):       8 spikes, the last at 141.71 ms")

# %% [markdown]
r"""
The default scheme loses a spike at a step of 0.01 ms, although its period is right to five digits. The reason is the fold at which the stable and the unstable cycle meet. The scheme moves it from 6.2603 to $6.2603+1.96\,h^2$ µA/cm², with the step $h$ in ms. That is a tiny shift, but close to a fold the state passes the remains of the cycle very slowly, and the number of turns depends on the distance to the fold. The lesson: near a bifurcation, do not trust a count. Ask for the bifurcation itself, repeat the run with half the step, and report what does not change.
"""

# %% [markdown]
r"""
## Further · A channel of your own

**Optional, 10 minutes.** A new model takes one class, its equations written once. Here a synapse that opens chloride channels: a conductance $g_s$ whose reversal potential is the resting potential. At rest it carries no current, and still it prevents firing: this is called *shunting inhibition*. Change it: give it the reversal potential of sodium, or a gate.
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

1. Two membranes differ only in $E_\mathrm{L}$: 10.613 and 10.6 mV. By how much do *all* their bifurcation currents differ, and why by exactly the same?
2. You record a neuron that fires steadily. One short *excitatory* pulse ends the firing for good. What do you conclude about the current it receives? Which second experiment tests it?
3. A friend replaces $h$ by 0.3, about its mean over a cycle, to save an equation. What will the model do, and which sentence of this notebook tells you?
4. (Two notebooks back.) The integrate-and-fire neuron of notebook 00 fires at any rate above 0 Hz. Which measurement at the onset of firing would tell it from a squid axon, without looking at a single spike's shape?

<details><summary>Answers</summary>

1. Current and leak enter only as $I_\mathrm{ext}+\bar g_\mathrm{L}E_\mathrm{L}$. So a shift of $E_\mathrm{L}$ by 0.013 mV is a shift of every current by $0.3\cdot0.013=0.0039$ µA/cm².
2. That rest and firing are both stable at this current: it lies in the window between the fold of cycles and the Hopf point. Kick it again, now from rest: it should start and stay on. Raise the current a little beyond the window: it should start by itself.
3. It fires once and stays depolarised, at 61.5 mV for 10 µA/cm²: a constant $h$ cannot end a spike. "$h$ is what ends a spike, together with $n$."
4. The lowest steady rate. Integrate-and-fire starts from 0 Hz; the squid axon jumps to about 50 Hz (class II).

</details>
"""

# %% [markdown]
r"""
## References

- Hodgkin AL, Huxley AF (1952). A quantitative description of membrane current and its application to conduction and excitation in nerve. *J. Physiol.* 117:500–544. [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- Hines M (1984). Efficient computation of branched nerve equations. *Int. J. Biomed. Comput.* 15:69–76. [10.1016/0020-7101(84)90008-4](https://doi.org/10.1016/0020-7101(84)90008-4)
- Hodgkin AL (1948). The local electric changes associated with repetitive action in a non-medullated axon. *J. Physiol.* 107:165–181.
- Best EN (1979). Null space in the Hodgkin-Huxley equations: a critical test. *Biophys. J.* 27:87–104 (cited from memory).
- Guttman R, Lewis S, Rinzel J (1980). Control of repetitive firing in squid axon membrane as a model for a neuroneoscillator. *J. Physiol.* 305:377–395 (cited from memory).
- Rinzel J (1985). Excitation dynamics: insights from simplified membrane models. *Fed. Proc.* 44:2944–2946. The line $h=h_0-sn$.
- Krinsky VI, Kokoz YM (1973). Analysis of the equations of excitable membranes I. *Biofizika* 18 (in Russian; cited from memory). An earlier reduction to two equations.
- Digits of the Hopf points and of the rest: computer-assisted proofs, public repository `ChaseHendrick/hh-dynamics`.
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Sections 1 (drawing and step 2 only), 3 (run, drug bench), 4 (predict, run), 6 (predict, panel). Leave 7 as homework.

**90 minutes.** Sections 1–4, then 6. Let pairs predict before each panel; ten minutes of free play on the memory panel pay off.

**Misconceptions to expect.** A fixed voltage threshold. Pumps make the spike. Ion concentrations change during a spike. Potassium "closes" sodium channels. Rates counted from rest mixed with −65 mV. "Setting $m$ to 1" as a reduction. More current always means faster spikes. Inhibition is the only way to stop a neuron.

**A question to vote on.** "At 8 µA/cm² the neuron fires. One kick of +6 mV: what happens?" *nothing lasting / one extra spike / it falls silent / it depends on the moment.* Vote, discuss in pairs, vote again, then drag the dot.

**Rubric for the Make task (your own reduction).** 1 point: the line is fitted to one whole cycle, not to the transient. 1 point: rates of both models at two currents, with units. 1 point: says what got better and what did not (a closer line does not give a closer rate). 1 point: names what the reduction can never have (the lag of $m$).
"""

# %% [markdown]
r"""
[← 01 Engineering the neuron](01_engineering_the_neuron.ipynb) · [03 From biophysics to dynamics →](03_from_biophysics_to_dynamics.ipynb)
"""
