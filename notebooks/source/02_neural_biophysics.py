# %% [markdown]
r"""
# 02 · Neural biophysics

**The question.** How does a film of fat with holes in it make a spike, and is there a threshold that decides?

**You will be able to**
- derive the four Hodgkin-Huxley equations from a capacitor and three batteries, with every unit;
- fit a rate function to the measurements of 1952 and read a gate's fate from two rates;
- test the word *threshold* by four experiments;
- write one bit into a single neuron, and erase it with one kick;
- decide by proof whether the article's trimmed model can fire, and repair it.

**Time.** Core: two sittings of 75 minutes (sections 1–3, then 4–7). Further: about 90 minutes, in any order.

**You need.** Notebook [00](00_introduction.ipynb); derivatives, the exponential, a little Python.

**The thread.** The article leaves the logic gate of notebook 01, since a spike is more than a 0 or a 1, and turns to the membrane itself: a capacitor, then channels with gates, then the equations of Hodgkin and Huxley. It trims them, and concludes that a neuron fires if its current exceeds a threshold. You follow the same road and test each claim on the way. Finding errors is the game here, not the verdict: every one of them taught us something.
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    HodgkinHuxley,
    Panel,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
    fixed_points,
    hopf_currents,
    label_panels,
    show,
    simulate,
    spike_times,
    steady_rate,
    traces,
    voltage_clamp,
)
from course_utils.notebook_02 import pictures
from course_utils.notebook_02.exercises import check, predict
from course_utils.notebook_02.experiments import ClampExperiment, OneBit
from course_utils.spikes import peak

# %% [markdown]
r"""
The parameters, with their values and units, as the solver itself uses them. Time $t$ is in ms. The voltage $V$ (mV) is that of the inside, counted **from rest**: rest is 0, depolarisation is positive. A voltmeter with its zero outside reads about 65 mV less. Conductances, currents and the capacitance are per cm² of membrane. These units fit together: 1 µA/cm² into 1 µF/cm² changes $V$ by 1 mV each ms.

Functions that draw, such as `pictures.membrane_circuit`, are no secret: `pictures.membrane_circuit??` shows one.
"""

# %%
HodgkinHuxley()

# %% [markdown]
r"""
## 1 · A membrane is a capacitor with leaks

### Derive

A cell's membrane is two molecules thick. It separates two salt solutions, and it lets through only what its channels let through.
"""

# %%
fig, ax = plt.subplots(figsize=(9, 3.5))
pictures.membrane_circuit(ax)
show(
    fig,
    "A membrane and its equivalent circuit. Left: two layers of lipid with sodium, "
    "potassium and leak channels; sodium "
    "ions are plentiful outside, potassium inside. Right: a capacitor beside three "
    "branches, each a conductance in "
    "series with a battery; the stimulus enters the inside.")

# %% [markdown]
r"""
**Step 1, the capacitor.** Two conductors with an insulator between them store a charge $Q$ in proportion to the voltage. Per cm² of membrane,

$$Q = C_m V,\qquad [\mathrm{µC/cm^2}] = [\mathrm{µF/cm^2}]\,[\mathrm{V}] .$$

**Step 2, charge is conserved (Kirchhoff).** Differentiate: the current that charges the capacitor is $dQ/dt=C_m\,dV/dt$. (Where the zero of $V$ lies makes no difference to it.) Call the ionic current $I_\mathrm{ion}$ and count it **positive outward**; call the stimulus $I_\mathrm{ext}$ and count it **positive inward**. What the stimulus brings in either charges the capacitor or leaves through channels, $I_\mathrm{ext}=C_m\,dV/dt+I_\mathrm{ion}$, so

$$C_m\frac{dV}{dt} = -I_\mathrm{ion} + I_\mathrm{ext},\qquad \frac{\mathrm{µF}}{\mathrm{cm^2}}\cdot\frac{\mathrm{mV}}{\mathrm{ms}} = \frac{\mathrm{µA}}{\mathrm{cm^2}} .$$

The article counts every current inward and writes the sum of the currents on the right. That is a convention, not a mistake, but it has to be said (E12).

**Step 3, each ion has a battery.** Diffusion drives potassium out, and the charge that it takes along pulls it back. The two balance at the Nernst potential

$$E = \frac{RT}{zF}\ln\frac{c_\mathrm{out}}{c_\mathrm{in}},$$

in volts, zero outside, with the concentrations $c_\mathrm{out}$ and $c_\mathrm{in}$ (mM), the gas constant $R$ (J mol⁻¹ K⁻¹), the absolute temperature $T$ (K; the table's $T$ is in °C), the charge number $z$ and Faraday's constant $F$ (C/mol). From here on $E$ is in mV and counted from rest, as $V$ is. At $V=E$ nothing drives the ion.

**Step 4, Ohm's law for what is left.** Away from $E$ the **driving force** is $V-E$, and the outward current through channels of conductance $g$ (mS/cm²) is

$$I = g\,(V-E),\qquad \frac{\mathrm{mS}}{\mathrm{cm^2}}\cdot\mathrm{mV} = \frac{\mathrm{µA}}{\mathrm{cm^2}} .$$

(The article prints $E-V$: right for currents counted inward, which it leaves unsaid, E13.) Several kinds of channels lie side by side, so their currents add:

$$I_\mathrm{ion} = g_\mathrm{Na}(V-E_\mathrm{Na}) + g_\mathrm{K}(V-E_\mathrm{K}) + \bar g_\mathrm{L}(V-E_\mathrm{L}) .$$

A bar marks a **maximal** conductance, with all gates open. The third branch, the **leak**, has no gates, so its conductance always carries the bar. The article leaves the leak out; what that changes stands under Further (E14).

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
elementary, avogadro = 1.602177e-19, 6.02214e23  # C; 1/mol
charge = 1e-6 * 0.1  # C/cm²: 1 µF/cm² times 0.1 V
ions = charge / elementary
# 400 mM in an axon of radius 238 µm, per cm² of membrane
inside = 400e-6 * 238e-4 / 2 * avogadro
print(
    f"charge {charge:.3g} C/cm² = {ions:.3g} ions/cm²; potassium inside {inside:.3g} "
    f"ions/cm²; share {ions / inside:.2g}"
)
RT_F = 8.314462618 * (6.3 + 273.15) / 96485.33212 * 1000  # mV
E_K = RT_F * np.log(20 / 400)
print(
    f"RT/F at 6.3 °C = {RT_F:.3f} mV; 20 mM K⁺ outside, 400 mM inside: E_K = {E_K:.1f} "
    f"mV, from rest (-65 mV) {E_K + 65:.1f} mV"
)

# %% [markdown]
r"""
So the batteries do not run down during a spike, and no pump takes part in it. Pumps charge the batteries over minutes and hours. (With these typical concentrations $E_\mathrm{K}$ comes out a few mV off the table's −12, which was measured.)

### Modify

Write the first equation as code. The conductances are $g_\mathrm{Na}=\bar g_\mathrm{Na}m^3h$ and $g_\mathrm{K}=\bar g_\mathrm{K}n^4$; section 2 explains the gates $m$, $h$, $n$. Take all values from the table above.
"""

# %%
def dV_dt(V, m, h, n, I_ext):
    ...


check("first equation", dV_dt)

# %% tags=["solution"]
def solved_dV_dt(V, m, h, n, I_ext):
    I_Na = 120 * m**3 * h * (V - 115)
    I_K = 36 * n**4 * (V + 12)
    I_L = 0.3 * (V - 10.613)
    return (I_ext - I_Na - I_K - I_L) / 1.0


check("first equation", solved_dV_dt)

# %% [markdown]
r"""
## 2 · A gate has two rates

### Derive, with a blank

A gate is open or closed. A closed one opens at the rate $\alpha$ (1/ms), an open one closes at the rate $\beta$ (1/ms). Among very many gates let $x$ be the fraction that is open. In a short time $dt$ the share $\alpha\,dt$ of the closed ones opens and the share $\beta\,dt$ of the open ones closes:

$$\frac{dx}{dt} = \alpha\,(1-x) - \beta\,x .$$

Rates depend on $V$ because gates carry charge. **Hold $V$ still.** Then $\alpha$ and $\beta$ are constants, and $x$ runs to a goal $x_\infty$ (no unit) at a speed in proportion to the distance, with a time constant $\tau$ (ms):

$$\frac{dx}{dt} = \frac{x_\infty - x}{\tau},\qquad x(t) = x_\infty + (x(0)-x_\infty)\,e^{-t/\tau} .$$

Express $x_\infty$ and $\tau$ by the two rates: multiply out and compare the two forms of $dx/dt$.
"""

# %%
def settled(alpha, beta):
    x_inf, tau = ..., ...
    return x_inf, tau


check("settled gate", settled)

# %% tags=["solution"]
def solved_settled(alpha, beta):
    return alpha / (alpha + beta), 1 / (alpha + beta)


check("settled gate", solved_settled)

# %% [markdown]
r"""
A potassium channel conducts when four such gates, $n$, are open at once. They are independent and alike, so the share of conducting channels is $n^4$. A sodium channel needs three gates $m$ open and one gate $h$ *not shut*: $m^3h$. Where $m$ and $n$ open with depolarisation, $h$ closes. (The article lets "four gating variables" activate. It is one variable to the fourth power, and of the sodium channel's four gates three activate, E17.)

### Run: rates from a table of 1952

"Estimated using data," says the article of its rates. Here is that data. Hodgkin and Huxley held an axon at one voltage after the other, watched the potassium conductance rise as $n^4$, and read off where it ended and how fast it got there: $n_\infty$ and $\tau_n$. Two divisions give the rates, $\alpha_n=n_\infty/\tau_n$ and $\beta_n=(1-n_\infty)/\tau_n$.

The values are those of their Table 1 (axon 17, 6–7 °C, [1952](https://doi.org/10.1113/jphysiol.1952.sp004764)), with the sign of $V$ turned to ours. To be sure of each digit we checked the columns against one another: $n_\infty$ is the fourth root of the conductance over 24.31 mS/cm², and the two divisions reproduce the printed rates to 0.001 per ms.
"""

# %%
from course_utils.models.hodgkin_huxley import POTASSIUM_1952, alpha_n, beta_n

POTASSIUM_1952

# %% [markdown]
r"""
The curve they put through these points, and the one that the article prints, is

$$\alpha_n(V) = \frac{0.01\,(10-V)}{e^{(10-V)/10}-1},\qquad \beta_n(V) = 0.125\,e^{-V/80}\qquad\text{(1/ms, }V\text{ in mV from rest)} .$$

Fit the same form, $\alpha_n = A\,(V_0-V)/(e^{(V_0-V)/k}-1)$, yourself: three numbers, least squares of the relative error.
"""

# %%
from scipy.optimize import curve_fit

V, _, n_inf, tau_n = POTASSIUM_1952
opening, closing = n_inf / tau_n, (1 - n_inf) / tau_n


def rate(V, A, V0, k):
    return A * (V0 - V) / np.expm1((V0 - V) / k)


fitted, _ = curve_fit(rate, V, opening, p0=(0.01, 12.0, 8.0), sigma=opening)
print("printed: A = 0.01 per ms and mV, V0 = 10 mV, k = 10 mV")
print(
    "fitted:  A = {:.4f} per ms and mV, V0 = {:.1f} mV, k = {:.1f} mV".format(*fitted))
error = alpha_n(V) / opening - 1
print(
    "the printed curve misses the measured rates of this axon by "
    f"{100 * np.sqrt(np.mean(error**2)):.0f} % (root mean square)"
)

# %%
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3))
v = np.linspace(-20.05, 115.05, 200)
for measured, curve, name, mark in ((opening, alpha_n, r"\alpha_n", "o"),
                                    (closing, beta_n, r"\beta_n", "s")):
    left.plot(V, measured, mark, color=COLOR["n"], mfc="white" if mark == "s" else None,
              label=f"${name}$, 1952")
    left.plot(v, curve(v), "--", color=COLOR["theory"], lw=1.2,
              label="as printed" if mark == "s" else None)
left.plot(v, rate(v, *fitted), color=COLOR["n"], lw=1.4, label="your fit")
left.set(xlabel="$V$ (mV)", ylabel="rate (1/ms)")
left.legend()
right.plot(V, n_inf, "o", color=COLOR["n"])
right.plot(v,
           alpha_n(v) / (alpha_n(v) + beta_n(v)), "--", color=COLOR["theory"], lw=1.2,
           label=r"$\alpha_n/(\alpha_n+\beta_n)$")
right.set(xlabel="$V$ (mV)", ylabel=r"$n_\infty$", ylim=(0, 1.02))
right.legend(loc="lower right")
show(
    fig,
    "Left: opening and closing rates of the potassium gate measured by Hodgkin and "
    "Huxley at twelve voltages, with their "
    "printed curves dashed and our fit. Right: the steady share of open gates. The "
    "curves pass close to all "
    "points.")

# %% [markdown]
r"""
Your three numbers differ from the printed ones, as they should: yours describe one axon, theirs are round and serve all that were measured.

### Two holes in the formula

Put $V=10$ into $\alpha_n$: it reads $0/0$. Write $u=(10-V)/10$, so that $\alpha_n = 0.1\,\dfrac{u}{e^u-1}$. Expand $e^u-1 = u+\frac{u^2}{2}+\frac{u^3}{6}+\dots$, divide by $u$, and use $\frac1{1+\varepsilon}=1-\varepsilon+\varepsilon^2-\dots$:

$$\frac{u}{e^u-1} = \frac{1}{1+\frac u2+\frac{u^2}{6}+\dots} = 1-\Bigl(\frac u2+\frac{u^2}{6}\Bigr)+\frac{u^2}{4}-\dots = 1-\frac u2+\frac{u^2}{12}-\dots\ \longrightarrow\ 1 .$$

So $\alpha_n(10)=0.1$ per ms, and its slope there is $0.1\cdot(-\tfrac12)\cdot(-\tfrac1{10}) = 0.005$ per ms and mV. The opening rate of the gate $m$ has the same form,

$$\alpha_m(V)=\frac{0.1\,(25-V)}{e^{(25-V)/10}-1}=\frac{u}{e^u-1}\quad\text{with}\quad u=\frac{25-V}{10},$$

and the other hole, at 25 mV: $\alpha_m(25)=1$ per ms. Both functions are smooth; only their printed form has a hole.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** the two rates of $n$ as above, with no word on where $V$ is counted from or on $V=10$ (E22). **What is right:** $V$ is counted from rest, with $E_\mathrm{Na}=115$, $E_\mathrm{K}=-12$, $E_\mathrm{L}=10.613$ mV, and the holes are filled by their limits. **How we know:** the next cell evaluates the printed quotient at the hole and beside it, and then mixes these rates with reversal potentials counted from outside (50, −77, −54.4 mV), as happens often. That membrane never fires.

</div>
"""

# %%
def printed(V):
    return 0.01 * (10 - V) / (np.exp((10 - V) / 10) - 1)


with np.errstate(invalid="ignore"):
    print(
        f"printed quotient: {printed(np.float64(10)):.7f} at 10 mV, "
        f"{printed(10 + 1e-12):.7f} at 10 mV + 1e-12"
    )
print(
    f"ours:             {alpha_n(10.0):.7f} at 10 mV, {alpha_n(10 + 1e-12):.7f} at 10 "
    "mV + 1e-12"
)
mixed = HodgkinHuxley(E_Na=50, E_K=-77, E_L=-54.4)
V, m, h, n = mixed.rest()
run = simulate(mixed, np.arange(0, 100, 0.02))
print(
    f"mixed conventions: rest {V:.4f} mV, n = {n:.4f}; at 10 µA/cm² V stays below "
    f"{run.V.max():.1f} mV: no spike"
)

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

The **temperature factor** $q$ (no unit, $T$ in °C) makes every gate three times as fast for ten degrees more; at 6.3 °C it is 1. All values and the rates of $m$ and $h$ are missing in the article (E15), and its last $\beta$ lacks the index $h$ (E16).

Two rates make a goal and a time constant (section 2). Here they are for the three gates, in the colours that they keep.
"""

# %%
fig, (goal, pace) = plt.subplots(1, 2, figsize=(8.6, 2.8))
v = np.linspace(-40, 120, 321)
for (gate, (alpha, beta)), style in zip(HodgkinHuxley().rates(v).items(),
                                        ("-", "--", "-.")):
    goal.plot(v, alpha / (alpha + beta), style, color=COLOR[gate], label=f"${gate}$")
    pace.plot(v, 1 / (alpha + beta), style, color=COLOR[gate], label=f"${gate}$")
goal.set(xlabel="$V$ (mV)", ylabel=r"goal $x_\infty$ (share open)", ylim=(-0.03, 1.03))
pace.set(xlabel="$V$ (mV)", ylabel=r"time constant $\tau_x$ (ms)", ylim=(0, 9.5))
goal.legend(loc="center right")
pace.legend()
show(
    fig,
    "Goals and time constants of the three gates over V. Left: with depolarisation m "
    "and n open, h shuts. Right: m is "
    "faster than h and n at every V, at rest more than twenty times; h and n are "
    "slowest near rest."
)

# %% [markdown]
r"""
Read the circle that makes a spike off these curves: depolarisation opens $m$ (fast), sodium flows in, $V$ rises further. Then $h$ shuts and $n$ opens (both slow), potassium flows out, $V$ falls. Read `HodgkinHuxley??` and `simulate??`: the equations stand there once, and the solver is short.

### Run

One spike: the current is switched on at 0 ms and stays on.
"""

# %%
cell = HodgkinHuxley(I_ext=10)
V, m, h, n = cell.rest()
print(f"rest without current: V = {V:.6f} mV, m = {m:.5f}, h = {h:.5f}, n = {n:.5f}")
for gate, (alpha, beta) in cell.rates(0.0).items():
    print(
        f"{gate} at 0 mV: goal {alpha / (alpha + beta):.5f}, time constant "
        f"{1 / (alpha + beta):.4f} ms"
    )
t = np.arange(0, 12, 0.01)
run = simulate(cell, t)
when, height = peak(t, run.V)
print(
    f"spike after the step to 10 µA/cm²: {height:.3f} mV at {when:.3f} ms (reference "
    "105.264 mV at 2.138 ms)"
)
for ion, (g, _) in zip(("sodium", "potassium"), cell.channels(
        run.V, run.m, run.h, run.n)):
    when, height = peak(t, g)
    print(f"{ion} conductance: at most {height:.2f} mS/cm², at {when:.2f} ms")

# %%
fig, axes = plt.subplots(4, 1, figsize=(8.2, 6.2), sharex=True,
                         height_ratios=[1.3, 1, 1, 1])
pictures.spike_stack(axes, run)
label_panels(axes)
show(
    fig,
    "Voltage, gates, conductances and currents of one spike, 12 ms at 10 µA/cm². m "
    "jumps first, then h falls and n rises; "
    "the sodium conductance peaks before the potassium one. The inward sodium and the "
    "outward potassium current, each near "
    "800 µA/cm², almost cancel.")

# %% [markdown]
r"""
Sodium channels open first and shut while potassium channels are still open: so $V$ rises, falls, and dips below rest (panels a and c). Look at the scale of panel d: two currents of hundreds of µA/cm² nearly cancel. The stimulus, 10 µA/cm², does not make the spike. It releases it. The notch in the sodium current, at 2 ms, is the driving force: at the top of the spike $V$ comes close to $E_\mathrm{Na}$.

### Investigate: the drug bench

Four knobs. Tetrodotoxin (TTX, from the puffer fish) blocks sodium channels: it lowers $\bar g_\mathrm{Na}$. Tetraethylammonium (TEA) blocks potassium channels: it lowers $\bar g_\mathrm{K}$. The current is switched on at 5 ms, with the membrane at its own rest. Try: the dose at which the train breaks off, the dose at which nothing is left, the strongest current, more warmth. *Keep a ghost* leaves the present picture in grey, to compare.
"""

# %% tags=["nbval-ignore-output"]
def bench(fig):
    fig.set_size_inches(8.8, 5.0)
    axes = fig.subplots(3, 1, sharex=True, height_ratios=[1.5, 1, 1])
    t = np.arange(0, 60, 0.03)
    current = np.where(t < 5, 0.0, 1.0)
    move = pictures.spike_stack(axes, simulate(HodgkinHuxley(), t, I_ext=current),
                                animated=True)

    def update(cell):
        run = simulate(cell, t, I_ext=cell.I_ext * current)
        spikes = spike_times(t, run.V, 50)
        move(run)
        last = f", the last two {spikes[-1] - spikes[-2]:.1f} ms apart" if len(
            spikes) > 1 else ""
        return (
            f"{cell.I_ext:.0f} µA/cm² at {cell.temperature:.1f} °C with "
            f"{cell.g_Na / 1.2:.0f} % of the sodium and "
            f"{cell.g_K / 0.36:.0f} % of the potassium channels: spikes above 50 mV: "
            f"{len(spikes)}{last}; "
            f"V goes from {run.V[0]:.1f} to {run.V[-1]:.1f} mV.")

    return update


Panel(HodgkinHuxley(), bench, "I_ext", "g_Na", "g_K", "temperature")

# %% [markdown]
r"""
### Modify: a dose

Find a dose of TTX that leaves the axon **one** spike (one rise above 50 mV in 100 ms) at the standard 10 µA/cm². Change $\bar g_\mathrm{Na}$ alone.
"""

# %%
dosed = ...  # HodgkinHuxley(g_Na=...)

check("one spike only", dosed)

# %% tags=["solution"]
check("one spike only", HodgkinHuxley(g_Na=80))

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
currents = (np.full_like(t, 2.2404), 0.3 * t, np.where(t < 50, -5.0,
                                                       0.0), np.where(
                                                           t < 5, 0.0, 160.0))
steps = simulate(cell.but(I_ext=np.array([2.24, 2.2404])),
                 t)  # two membranes at once, one per current
ramp, release, block = (simulate(cell, t, I_ext=current) for current in currents[1:])
print(
    f"step:  2.2400 µA/cm² lifts V to {steps.V[:, 0].max():.0f} mV, 2.2404 to "
    f"{steps.V[:, 1].max():.0f} mV"
)
print(
    "ramp:  V passes 50 mV when the current is "
    f"{0.3 * spike_times(t, ramp.V, 50)[0]:.2f} µA/cm²"
)
when, height = peak(t, release.V)
print(
    f"break: 5 µA/cm² outward for 50 ms; after the release a spike of {height:.2f} mV "
    f"at {when:.2f} ms (reference 108.61, 55.00)"
)
print(
    f"block: 160 µA/cm² gives {len(spike_times(t, block.V, 50))} spike; V rings down "
    f"to {block.V[-1]:.2f} mV after 115 ms, "
    f"towards the fixed point {fixed_points(cell.but(I_ext=160))[0][0]:.2f} mV")

# %%
fig, axes = plt.subplots(2, 4, figsize=(9.2, 3.3), sharex=True, height_ratios=[3, 1])
pictures.voltage_and_current(axes, (steps, ramp, release, block), currents,
                             ("a step: a hair decides", "a ramp: fires at 10.48",
                              "a release: fires at 0", "160: fires no more"))
show(
    fig,
    "Voltage above, current below, four times. Two steps that differ by 0.0004 µA/cm²: "
    "one fires, the dashed one "
    "does not. A ramp of 0.3 µA/cm² per ms: no spike before 10.48. A hyperpolarising "
    "current: a spike after its end. "
    "160 µA/cm²: one spike, then silence.")

# %% [markdown]
r"""
One spike is not yet a train. Switch on five more currents, for 600 ms each.
"""

# %%
currents, t = np.array([2.25, 5, 6, 6.2, 6.3]), np.arange(0, 600, 0.02)
run = simulate(HodgkinHuxley(I_ext=currents), t)
for I, train, known in zip(currents, spike_times(t, run.V, 50),
                           (1, 1, 2, 3, "without end")):
    print(
        f"{I:.2f} µA/cm²: spikes in 600 ms: {len(train):2d} (reference {known}), the "
        f"last at {train[-1]:5.1f} ms"
    )

# %% [markdown]
r"""
Between the first spike and the first train lies a wide gap: there the membrane answers once, or a few times, and falls silent under the very same current.

**Three thresholds that people mean**, in µA/cm² at 6.3 °C:

| the current at which | value | found by |
|---|---|---|
| a step from rest first gives *one* spike | 2.2403 | bisection, between the two steps in the figure |
| endless firing first *exists* | 6.2603 | following the train down in current, from 6.3 above to where it ends |
| rest stops being stable | 9.7754 | linearising: a *Hopf point* (notebook 03) |

Above 154.52, the second Hopf point, rest is stable again: depolarisation block. So the answer to "what is the threshold?" is a question: for one spike or for many, from which state, by which kind of current?

Why does the release fire? Hyperpolarisation opens $h$ and closes $n$. Both take some 5 to 9 ms to come back, $m$ only 0.2 ms: for a moment the membrane is more excitable than at rest. On the ramp the same two gates have time to move the other way.
"""

# %% [markdown]
r"""
## 5 · How fast does it fire?

### Run: the f-I curve in one call

A parameter may be an array. Then the model is a sweep, one lane for each value, and one call of `simulate` runs them all: 140 currents here, each set going by a kick of +40 mV. Where rest is stable (outside the two Hopf points) 0 Hz is an answer too: open squares.
"""

# %%
currents = np.concatenate([np.arange(0, 12, 0.2), np.arange(12, 172, 2.0)])
cell = HodgkinHuxley(I_ext=currents)
t = np.arange(0, 300, 0.025)
V, *gates = cell.rest()
run = simulate(cell, t, start=(V + 40, *gates))
rate = steady_rate(t, run.V, since=220,
                   least_swing=4)  # a swing of less than 4 mV counts as rest
low, high = hopf_currents(HodgkinHuxley())

# %%
fig, (onset, whole, swing) = plt.subplots(1, 3, figsize=(9.2, 3.2),
                                          width_ratios=[1, 1.2, 1.2])
for ax in (onset, whole):
    pictures.rate_curve(ax, currents, rate, low, high)
onset.axvspan(6.2603, low, color=COLOR["stimulus"], alpha=0.2, lw=0)
onset.set(xlim=(4, 12), ylim=(-2, 82))
whole.legend(loc=(0.3, 0.2))
pictures.swing_curve(swing, HodgkinHuxley(), currents, run.V[t > 220], low, high)
show(
    fig,
    "Left and middle: the rate jumps from 0 to 50 Hz and grows to 170 Hz; in the "
    "shaded window, 6.26 to 9.78 µA/cm², "
    "silence is stable as well. Right: the swing of V shrinks and closes at 154.5 "
    "µA/cm², where rest is stable again."
)

# %%
checked = np.array([6.3, 7, 8, 10, 20, 50, 100, 150])
reference = np.array(
    [52.371, 58.327, 62.470, 68.324, 86.470, 117.036, 147.270, 167.854])
t = np.arange(0, 400, 0.01)
run = simulate(HodgkinHuxley(I_ext=checked), t)
for I, ours, theirs in zip(checked, steady_rate(t, run.V, since=200), reference):
    print(f"{I:5.1f} µA/cm²: {ours:7.2f} Hz, reference {theirs:7.2f} Hz")
print(
    f"rest loses and regains stability at {low:.6f} and {high:.6f} µA/cm² (published "
    "proof: 9.775438, 154.522434)"
)

# %% [markdown]
r"""
(The references come from a solver of eighth order.) The rate starts at about 50 Hz: a neuron whose rate begins with a jump is called **class II**. The integrate-and-fire neuron of notebook 00 begins at 0 Hz, which is class I. And between 6.26 and 9.78 µA/cm², the shaded window, two answers exist at the same current: silence and firing. A sudden step into this window makes the membrane fire, since its state is then far from the new rest; raise the current slowly, and it stays silent.
"""

# %% [markdown]
r"""
## 6 · One neuron stores a bit

At 8 µA/cm² silence and firing are both stable. So the membrane *remembers* which of the two it is in, with no synapse and no change of any parameter. To write, push it across the border. To erase, push it back. How?

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
run = simulate(cell, t, start=(V + np.array([3.80, 3.81]), *gates))
for kick, trace in zip((3.80, 3.81), run.V.T):
    spikes = spike_times(t, trace, 50)
    print(f"+{kick:.2f} mV from {V:.6f} mV: {len(spikes)} spikes in 300 ms"
          + (f", every {np.diff(spikes)[-5:].mean():.3f} ms (reference 16.008)"
             if len(spikes) else ""))

# %% [markdown]
r"""
Now the eraser. The **phase** $\varphi$ says where in its cycle the membrane is: 0 where $V$ passes 20 mV upwards, 1 at the next such moment. The chart tries 2989 kicks, 61 phases times 49 sizes. Red kicks make all further spikes come earlier, blue ones later, by the share of a cycle that the bar shows. **Orange kicks end the rhythm.** The story at the left is one of them: +6 mV at phase 0.60.
"""

# %%
fig = plt.figure(figsize=(9.2, 3.4))
left, right = fig.subplots(1, 2, width_ratios=[1.7, 1])
bit = OneBit()
story = bit.play()
pictures.bit_story(left)(story)
left.set_xlabel("time (ms)")
pictures.kick_chart(right)(bit)
show(
    fig,
    "Left: at 8 µA/cm² a kick of +3.81 mV starts steady firing and a second kick of +6 "
    "mV, at phase 0.60, stops it: the bits "
    "read 0, 1, 0. Right: of all kicks by phase and size those in two outlined orange "
    "islands erase: positive ones near phase "
    "0.6, negative ones near 0.9. All colours meet at the islands' edges.")
print(bit.tell(story))

# %% [markdown]
r"""
All colours meet at the islands' edges. A kick that nearly erases leaves the membrane hovering between firing and silence; when it fires again, it does so at any phase. A computer found the islands in these equations (Best, 1979), and squid axons in the laboratory then did the same: a brief, well-timed pulse annihilated their firing (Guttman, Lewis and Rinzel, 1980).

### Investigate: write, erase, miss

Take the picture in your hand. **Pull the orange stems** up and down; pull the second one sideways to change its phase. Or **drag the white dot** across the chart onto an island. ($\Delta V_1$ and $\Delta V_2$ are the two kicks.) The lower right picture looks at the state itself, in $V$ and $n$: the grey line is the last cycle, the orange bar the second kick, the blue line what follows, and the open circle the fixed point, where the silent membrane stays. The chart holds for 8 µA/cm²; at another current it pales.

Things to try: the smallest kick that erases; an inhibitory kick that erases; an inhibitory kick that *writes* (pull the first stem to −8 mV); a current at which the membrane forgets its 1; one at which it cannot hold its 0.
"""

# %% tags=["nbval-ignore-output"]
def memory(fig):
    fig.set_size_inches(9.4, 4.9)
    axes = pictures.bit_axes(fig)
    tell = pictures.bit_story(axes["trace"], axes["plane"], animated=True)
    stems, chart = pictures.kick_stems(axes["kicks"],
                                       animated=True), pictures.kick_chart(
                                           axes["map"], animated=True)

    def update(bit):
        story = bit.play()
        tell(story)
        stems(story)
        chart(bit)
        return bit.tell(story)

    return update


def pull(bit, touch):
    place = touch.axes.get_label()
    if place == "map":
        return bit.aimed(touch.x, touch.y)
    return bit.pulled(touch.x, touch.y) if place == "kicks" else bit


Panel(OneBit(), memory, ("write", 2.8, 4.8), "erase", "phase", "I_ext", grab=pull)

# %% [markdown]
r"""
## 7 · A shortcut that fails, and one that works

Four equations are many. The article wants to keep two: it calls $m$ fast and $h$ of little effect, strikes out $m^3h$, and is left with

$$\frac{dV}{dt} = F = \frac{\bar g_\mathrm{K}n^4(E_\mathrm{K}-V)+\bar g_\mathrm{Na}(E_\mathrm{Na}-V)+I_\mathrm{ext}}{C_m},\qquad \frac{dn}{dt} = G = \alpha_n(1-n)-\beta_nn .$$

Striking a factor out replaces it by 1: all sodium gates stand open for ever.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that this trimmed system keeps the core of the voltage dynamics (E20). **What is right:** it cannot fire, not even once, at any current. **How we know:** the next cell runs it, and below you prove it. If the crossed-out symbol means that the whole sodium term goes, $V$ settles lower, and no spike comes either.

</div>
"""

# %%
trimmed = TrimmedHodgkinHuxley()
n0 = HodgkinHuxley().steady_gates(0.0)[2]
t = np.arange(0, 20, 0.0005)
run = simulate(trimmed, t, start=(0.0, n0), I_ext=0.0)
when, height = peak(t, run.V)
print(
    f"from 0 mV without current: up to {height:.3f} mV at {when:.4f} ms, then down to "
    f"{run.V[-1]:.4f} mV for ever"
)
for I, known in ((0.0, 89.921937), (10.0, 89.982890), (150.0, 90.836414)):
    open_sodium, no_sodium = (fixed_points(trimmed.but(I_ext=I, g_Na=g_Na))
                              for g_Na in (120.0, 0.0))
    print(
        f"{I:3.0f} µA/cm²: fixed points {len(open_sodium)}, V = "
        f"{open_sodium[0][0]:.6f} mV (reference {known:.6f}); "
        f"with the sodium term struck out {no_sodium[0][0]:.6f} mV")

# %% [markdown]
r"""
### Derive, with a blank: why it can never oscillate

The first move of $V$, up to 114 mV, is no spike: the state starts far from the fixed point, runs there and stays.

**Bendixson's criterion.** Suppose the state ran round a closed orbit for ever. On the orbit the arrows $(F,G)$ point along it, so nothing flows through it. By the divergence theorem that flow, zero, equals the integral of $\partial F/\partial V+\partial G/\partial n$ over the inside. If this sum has one sign everywhere, the integral cannot be zero: no closed orbit exists.

Find the two derivatives. The rates $\alpha_n$, $\beta_n$ depend on $V$, not on $n$.
"""

# %%
def derivatives(n, alpha, beta, g_Na, g_K, C_m):
    dF_dV, dG_dn = ..., ...
    return dF_dV, dG_dn


check("divergence", derivatives)

# %% tags=["solution"]
def solved_derivatives(n, alpha, beta, g_Na, g_K, C_m):
    return -(g_K * n**4 + g_Na) / C_m, -(alpha + beta)


check("divergence", solved_derivatives)

# %% [markdown]
r"""
Their sum is negative at every $V$ and $n$, for every current and all positive conductances. Three more steps finish the proof. Write $F_V$ for $\partial F/\partial V$, and so on.

1. **One fixed point.** It must lie above $E_\mathrm{K}$, since at $E_\mathrm{K}$ and below $F>0$ (for currents above $-\bar g_\mathrm{Na}(E_\mathrm{Na}-E_\mathrm{K}) = -15240$ µA/cm²). Above $E_\mathrm{K}$ the curve $F=0$, that is $n^4=\dfrac{\bar g_\mathrm{Na}(E_\mathrm{Na}-V)+I_\mathrm{ext}}{\bar g_\mathrm{K}(V-E_\mathrm{K})}$, falls with $V$, from $\infty$ to 0, and $n_\infty(V)$ rises: they cross once.
2. **It is stable.** The Jacobian has the trace you found, negative, and the determinant $F_VG_n-F_nG_V$. There $F_V<0$ and $G_n<0$, while $F_n<0$ (above $E_\mathrm{K}$) and $G_V>0$ ($\alpha_n$ rises with $V$, $\beta_n$ falls): so the determinant is positive.
3. **Everything ends there.** Orbits stay bounded and no closed orbit exists, so by Poincaré and Bendixson all of them run into the fixed point.

And $F_V<0$ everywhere means more: depolarisation never feeds itself. The circle that makes a spike is cut. The signs stay the same with a leak, with any positive constant in place of $m^3h$, and with the sodium term struck out: no version of this shortcut oscillates.

### The reduction that works

Look at the time constants at rest: $\tau_m=0.24$, $\tau_n=5.5$, $\tau_h=8.5$ ms. A *fast* variable may be replaced, not by 1, but by the value to which it hurries: $m\to m_\infty(V)$. Then two slow ones are left. On the full model's cycle they lie almost on a line, $h\approx h_0-s\,n$ with two numbers $h_0$ and $s$ (no unit): each tells the other. Keep $n$, keep the leak:

$$C_m\frac{dV}{dt} = -\bar g_\mathrm{Na}\,m_\infty^3(V)\,(h_0-s\,n)\,(V-E_\mathrm{Na})-\bar g_\mathrm{K}n^4(V-E_\mathrm{K})-\bar g_\mathrm{L}(V-E_\mathrm{L})+I_\mathrm{ext},\qquad h_0=0.85,\ s=1 .$$

(Krinsky and Kokoz 1973; Rinzel 1985.)
"""

# %%
t = np.arange(0, 200, 0.01)
full, reduced, trimmed = HodgkinHuxley(), ReducedHodgkinHuxley(), TrimmedHodgkinHuxley()
V, m, h, n = full.rest()
runs = [
    simulate(full, t),
    simulate(reduced, t, start=(V, n)),
    simulate(trimmed, t, start=(V, n))
]
rates = [steady_rate(t, run.V, since=100) for run in runs]
print(
    f"at 10 µA/cm²: full {rates[0]:.2f} Hz, reduced {rates[1]:.2f} Hz "
    f"({100 * (rates[1] / rates[0] - 1):.0f} % too fast), "
    f"trimmed {rates[2]:.0f} Hz")
tops = [(run.V[t < 8].max(), run.V[t > 150].max()) for run in runs[:2]]
print("first spike and train: full {:.1f} and {:.1f} mV, reduced {:.1f} and {:.1f} mV".
      format(*tops[0], *tops[1]))

# %%
fig, axes = plt.subplots(1, 3, figsize=(9.2, 3.2), sharey=True)
for ax, run, title in zip(axes, runs, ("full, projected", "reduced", "trimmed")):
    pictures.membrane_plane(ax, title)(run)
axes[0].set_ylabel("$n$")
axes[2].legend(loc=(0.3, 0.3))
show(
    fig,
    "Phase planes at 10 µA/cm², each path from rest (open circle). Full model, "
    "projected from four dimensions: a cycle. Reduced: "
    "nearly the same cycle, round a V-nullcline with a fold. Trimmed: V shoots up and "
    "creeps into the only fixed point."
)

# %% [markdown]
r"""
A curve where $dV/dt=0$ or $dn/dt=0$ is called a **nullcline**. The fold in the dashed one makes the spike: on its middle, rising branch $\partial F/\partial V$ is positive, so depolarisation feeds itself and Bendixson's condition fails. The price of the reduction is a rate 24 % too high, a first spike 7 mV and a train 15 mV too tall, since the true $m$ lags behind $m_\infty$. Notebook 03 goes on from this picture.
"""

# %% [markdown]
r"""
## What you saw

1. A membrane is a capacitor with batteries behind gated conductances; four equations follow, and a spike moves one in five million of the potassium ions inside.
2. A gate has two rates; its goal is $\alpha/(\alpha+\beta)$, its time constant $1/(\alpha+\beta)$, and both were measured.
3. No fixed threshold exists: 2.24 for one spike, 6.26 for a train, 9.78 for the end of rest, 10.48 on a ramp, 0 after a release, and block above 154.5 µA/cm².
4. Between 6.26 and 9.78 one membrane stores one bit; excitation at phase 0.6 erases it.
5. The trimmed model cannot fire, by Bendixson; $m=m_\infty$ with $h=h_0-sn$ can, 24 % too fast.
"""

# %% [markdown]
r"""
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
peaks = [np.argmax(np.abs(run.I_Na))
         for run in clamped]  # where the sodium current is largest
for V, k, run in zip(commands, peaks, clamped):
    if V in (40, 120):
        print(
            f"step to {V:.0f} mV: sodium current peaks at {run.I_Na[k]:.1f} µA/cm² "
            f"after {t[k]:.2f} ms"
        )
print(
    "(closed form: -1082.1 after 0.986 ms, and +226.8: beyond 115 mV sodium flows out)")

# %%
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
left.set(xlabel="time (ms)", xticks=(0, 4, 8, 12),
         ylabel="$I_\\mathrm{Na}$, outward (µA/cm²)")
middle.set(xlabel="time (ms)", xticks=(0, 4, 8, 12),
           ylabel="$I_\\mathrm{K}$, outward (µA/cm²)", xlim=(0, 12))
right.set(xlabel="command (mV)", ylabel="current (µA/cm²)")
right.legend(fontsize=8)
show(
    fig,
    "Clamp currents at nine voltages. Left: sodium flows in and dies away within a few "
    "ms, and flows out at 120 and 140 mV. "
    "Middle: potassium rises with a delay and stays. Right: the sodium peak crosses "
    "zero at 115 mV, its reversal potential."
)

# %% [markdown]
r"""
### Investigate

The command $V_\mathrm{command}$, the voltage $V_\mathrm{hold}$ held for long before, and two drugs: less $\bar g_\mathrm{Na}$ is TTX, less $\bar g_\mathrm{K}$ is TEA. Find the command at which sodium turns round. Hold at +30 mV first: the sodium current is gone, since $h$ has shut. Hold at −30: it grows.
"""

# %% tags=["nbval-ignore-output"]
def clamp(fig):
    fig.set_size_inches(8.8, 3.6)
    t = np.arange(0, 12, 0.03)
    move = pictures.clamp_traces(*fig.subplots(1, 2), t)

    def update(bench):
        run = bench.measure(t)
        move(run)
        k = np.argmax(np.abs(run.I_Na))
        sodium = (
            f"flows {'in' if run.I_Na[k] < 0 else 'out'}, at most "
            f"{abs(run.I_Na[k]):.0f} µA/cm² after {t[k]:.2f} ms"
            if abs(run.I_Na[k]) >= 0.5 else "does not flow")
        return (
            f"From {bench.V_hold:.0f} to {bench.V_command:.0f} mV: sodium {sodium}; "
            f"potassium reaches {round(run.I_K[-1])} µA/cm²; h began at {run.h[0]:.2f}."
        )

    return update


Panel(ClampExperiment(), clamp, "V_command", "V_hold", ("cell.g_Na", 0, 120),
      ("cell.g_K", 0, 36))

# %% [markdown]
r"""
### Modify: read off a reversal potential

Given are commands `V` (mV, ascending) and the peak sodium currents `peaks` (µA/cm², ascending) of some membrane. At which command would the peak be 0? Return it in mV, by a straight line between the two neighbours; `np.interp` does that.
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
And what should it be? Return the Nernst potential in mV of an ion of charge +1, from its two concentrations in mM and the temperature in °C: $R=8.314$ J mol⁻¹ K⁻¹, $F=96485$ C/mol.
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

# %%
t = np.arange(0, 300, 0.01)
for g_L, known in ((0.3, "0.003621, 9.7754, 154.5224, 68.32"),
                   (0.0, "-10.878073, 6.1779, 159.1972, 70.77")):
    cell = HodgkinHuxley(g_L=g_L)
    low, high = hopf_currents(cell)
    print(
        f"leak {g_L} mS/cm²: rest {cell.rest()[0]:.6f} mV, Hopf points {low:.4f} and "
        f"{high:.4f} µA/cm², "
        f"at 10 µA/cm² {steady_rate(t, simulate(cell, t).V, since=150):.2f} Hz\n       "
        f"         reference {known}"
    )

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

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that the $h$-gate doesn't change things all that much (E18). **What is right:** $h$ is what ends a spike, together with $n$. On the cycle at 10 µA/cm² it runs from 0.069 to 0.459. **How we know:** the next cell freezes each of the two at its rest value.

</div>
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
fates = [simulate(kind(), t, start=REST) for kind in (HodgkinHuxley, FrozenH, FrozenN)]
h = fates[0].h[t > 200]
print(
    f"all gates free: {len(spike_times(t, fates[0].V, 50))} spikes in 300 ms; h runs "
    f"from {h.min():.4f} to {h.max():.4f}"
)
for gate, run, known in zip("hn", fates[1:], (78.737, 55.527)):
    print(
        f"{gate} frozen: {len(spike_times(t, run.V, 50))} spike, then V stays at "
        f"{run.V[-1]:.3f} mV (reference {known})"
    )

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that the slower gates are trimmed, and then crosses out $m$, the one that it has called fast (E19). **What is right:** at rest $\tau_m=0.24$, $\tau_n=5.5$, $\tau_h=8.5$ ms. A fast variable is not removed: it is replaced by the value to which it hurries, $m_\infty(V)$. **How we know:** the next cell sets $m=m_\infty(V)$, and the membrane keeps firing, at 84.4 instead of 68.3 Hz.

</div>
"""

# %%
class InstantM(HodgkinHuxley):
    channels_follow_V = True  # tells the solver that a conductance depends on V at once

    def channels(self, V, m, h, n):
        return super().channels(V, self.steady_gates(V)[0], h, n)


fates.append(simulate(InstantM(), t, start=REST))
for name, run, known in (("m free", fates[0], "68.32 Hz, 105.26 mV"),
                         ("m = m_inf(V)", fates[3], "84.43 Hz, 113.01 mV")):
    print(
        f"{name}: {steady_rate(t, run.V, since=150):.2f} Hz, first peak "
        f"{run.V[:800].max():.1f} mV (reference {known})"
    )

# %%
fig, axes = plt.subplots(1, 4, figsize=(9.2, 2.5), sharey=True)
for ax, run, title in zip(
        axes, fates,
    ("all gates free", "$h$ frozen", "$n$ frozen", "$m = m_\\infty(V)$")):
    traces(ax, run, lw=1.3)
    ax.set(xlim=(0, 60), title=title, ylabel="")
axes[0].set_ylabel("$V$ (mV)")
show(
    fig,
    "Four traces over 60 ms at 10 µA/cm². With all gates free a train; with h frozen "
    "one spike and a latch near 79 mV; with "
    "n frozen a latch near 56 mV; with m replaced by its steady value a faster train.")

# %% [markdown]
r"""
## Further · Three models side by side

**Optional, 15 minutes.** Full, reduced and trimmed, with one knob for the current. First their f-I curves.
"""

# %%
t = np.arange(0, 250, 0.025)
currents = np.concatenate([np.arange(-5, 12, 0.25), np.arange(12, 161.0)])
V, m, h, n = HodgkinHuxley().rest()
models = {
    "full": (HodgkinHuxley(), (V, m, h, n)),
    "reduced": (ReducedHodgkinHuxley(), (V, n)),
    "trimmed": (TrimmedHodgkinHuxley(), (V, n))
}
rates = {}
for name, (cell, start) in models.items():
    run = simulate(cell.but(I_ext=currents), t, start=start)
    rates[name] = steady_rate(t, run.V, since=150, least_swing=4)
fig, ax = plt.subplots(figsize=(6.8, 3))
pictures.rate_curves(ax, currents, rates)
show(
    fig,
    "Rate over current of three models after a step from rest. Full: a jump to about "
    "50 Hz, up to 170 Hz, block at 154.5. "
    "Reduced: faster at every current that makes it fire, and no block in this range. "
    "Trimmed: 0 Hz at every current."
)
print("rest of the reduced model is unstable from {:.3f} to {:.1f} µA/cm²".format(
    *hopf_currents(ReducedHodgkinHuxley())))

# %% [markdown]
r"""
### Investigate

Raise the current. The orange line says where you are on the three f-I curves, the planes below show why. In the trimmed plane find what the current moves, and what it cannot.
"""

# %% tags=["nbval-ignore-output"]
def three(fig):
    fig.set_size_inches(9.2, 5.2)
    axes = fig.subplot_mosaic([["f-I"] * 3, list(models)], height_ratios=[1, 1.6])
    mark = pictures.rate_curves(axes["f-I"], currents, rates, animated=True)
    planes = {
        name: pictures.membrane_plane(axes[name], name, animated=True)
        for name in models
    }
    times = {
        "full": np.arange(0, 60, 0.04), "reduced": np.arange(0, 40, 0.025),
        "trimmed": np.arange(0, 9, 0.01)
    }
    axes["full"].set_ylabel("$n$")
    axes["trimmed"].legend(loc=(0.25, 0.3))

    def update(model):
        mark(model.I_ext)
        said = []
        for name, (cell, start) in models.items():
            run = simulate(cell.but(I_ext=model.I_ext), times[name], start=start)
            planes[name](run)
            rate, late = np.interp(model.I_ext, currents,
                                   rates[name]), run.V[len(run.V) // 2:]
            said.append(f"{name} {rate:.0f} Hz, "
                        + (f"V swings by {np.ptp(late):.0f} mV"
                           if rate else f"V ends at {late[-1]:.1f} mV"))
        return f"At {model.I_ext:.0f} µA/cm²: {'; '.join(said)}."

    return update


Panel(HodgkinHuxley(), three, "I_ext")

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
print(
    f"least squares on one cycle: h = {h0:.4f} - {-slope:.4f} n, correlation "
    f"{np.corrcoef(run.n[cycle], run.h[cycle])[0, 1]:.4f}"
)
for h0, s in ((0.85, 1.0), (0.8708, 1.0743), (0.8, 1.0)):
    cell = ReducedHodgkinHuxley(h0=h0, slope=s)
    rate = steady_rate(t, simulate(cell, t).V, since=150)
    print(
        f"h0 = {h0}, s = {s}: rest {cell.rest()[0]:8.4f} mV, {rate:.2f} Hz at 10 "
        "µA/cm² (full model 68.32)"
    )
three_rests = fixed_points(ReducedHodgkinHuxley(h0=0.9138, I_ext=0))
print("h0 = 0.9138, matched to rest, has three fixed points:", ", ".join(
    f"{state[0]:.2f} mV" for state in three_rests))

# %% [markdown]
r"""
## Further · After a spike, and with short pulses

**Optional, 10 minutes.** How long must a second pulse wait? And how strong must a short one be? Both by bisection, all lanes at once.
"""

# %%
cell, t = HodgkinHuxley(), np.arange(0, 40, 0.01)


def pulse(start, length, height):
    """A rectangular current (T, lanes) on the grid of t."""
    k, on, off = np.arange(len(t))[:, None], np.round(
        np.asarray(start) / 0.01), np.round((np.asarray(start) + length) / 0.01)
    return np.where((k >= on) & (k < off), height, 0.0)


def spikes(current):
    """How many spikes each lane of a current (T, lanes) gives, from rest."""
    return np.array(
        [len(s) for s in spike_times(t,
                                     simulate(cell, t, I_ext=current).V, 50)])


def smallest(enough, low, high, rounds=12):
    """The smallest heights for which enough(heights) holds, one per lane, by bisection on a logarithmic scale."""
    for _ in range(rounds):
        middle = np.sqrt(low * high)
        low, high = np.where(enough(middle), low, middle), np.where(
            enough(middle), middle, high)
    return high

# %%
lengths = np.array([0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0])
heights = smallest(lambda I: spikes(pulse(0, lengths, I)) > 0, np.full(7, 2.0),
                   np.full(7, 80.0))
for length, height, known in zip(lengths, heights,
                                 (65.127, 32.658, 13.275, None, 3.859, 2.351, 2.240)):
    print(
        f"pulse of {length:4.1f} ms: {height:6.2f} µA/cm², charge "
        f"{height * length:6.2f} nC/cm²"
        + (f" (reference {known * length:.2f})" if known else ""))
gaps, known = np.array([8.0, 10.0, 15.0, 20.0,
                        30.0]), (43.593, 23.537, 7.768, 5.916, 7.022)
first = pulse(0, 1, np.full(5, 20.0))
second = smallest(lambda I: spikes(first + pulse(gaps, 1, I)) > 1, np.full(5, 4.0),
                  np.full(5, 60.0))
print(
    f"one pulse of 1 ms needs {heights[3]:.2f} µA/cm²; after a spike a second one needs"
)
for gap, height, reference in zip(gaps, second, known):
    print(f"{height:6.2f} µA/cm² after {gap:2.0f} ms (reference {reference:.2f})")

# %%
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
    "a line of constant charge and levels "
    "off at the threshold of a long step. Right: what a second pulse of 1 ms needs "
    "falls from 44 µA/cm² at 8 ms to less "
    "than the first pulse at 20 ms: refractory, then supernormal.")

# %% [markdown]
r"""
The shortest pulses need one and the same *charge*, about 6.5 nC/cm²: they lift the capacitor by 6.5 mV and are gone. Long ones need one *current*. After a spike the membrane is **refractory**: at 8 ms a second pulse must be six times as strong. At 20 ms it is easier than the first time: the membrane is **supernormal**, ringing after the spike. A threshold that depends on how long the current lasts, and on the past, once more (E21).
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
fig, axes = plt.subplots(1, 4, figsize=(9.2, 2.5), sharey=True)
for ax, temperature, known in zip(axes, (6.3, 18.5, 26, 30),
                                  (106.30, 95.50, 73.44, 48.15)):
    cell = HodgkinHuxley(I_ext=20, temperature=temperature)
    run = simulate(cell, t)
    traces(ax, run, lw=1.2)
    ax.set(title=f"{temperature} °C", ylabel="", ylim=(-20, 115))
    hopf = ", ".join(f"{I:.2f}" for I in hopf_currents(cell)) or "none"
    print(
        f"{temperature:4} °C: first peak {peak(t[:1600], run.V[:1600])[1]:5.1f} mV "
        f"(reference {known:.1f}), Hopf points {hopf}"
    )
axes[0].set_ylabel("$V$ (mV)")
show(
    fig,
    "60 ms at 20 µA/cm² and four temperatures. At 18.5 °C spikes come three times as "
    "often as at 6.3; at 26 °C they are small; "
    "at 30 °C a single small response is left.")

# %% [markdown]
r"""
At 18.5 °C, where Hodgkin and Huxley compared their travelling spike with that of an axon, rest loses its stability at twice the current. The capacitor does not speed up with the gates: above 26–28 °C potassium opens before $V$ has risen. In this patch the failure is gradual, not sharp.
"""

# %% [markdown]
r"""
## Further · A membrane that likes 67 Hz

**Optional, 5 minutes.** Small currents, far below any threshold. Linearise at rest: with the Jacobian $J$ (1/ms) and the frequency $f$ (kHz), the impedance, voltage per current, is $Z(f)=[(2\pi i f-J)^{-1}]_{VV}/C_m$ in kΩ·cm², with $i^2=-1$ and the entry of $V$ in row and column.
"""

# %%
from course_utils.equilibria import jacobian

cell = HodgkinHuxley(I_ext=0)
J = jacobian(lambda state: cell.rhs(state, 0.0), cell.rest())
f = np.linspace(0, 250, 501)
Z = np.array(
    [abs(np.linalg.inv(2j * np.pi * each / 1000 * np.eye(4) - J)[0, 0]) for each in f])
best, highest = peak(f, Z)
print(
    f"|Z| = {Z[0]:.4f} kΩ·cm² at 0 Hz, {highest:.4f} at {best:.1f} Hz (reference "
    "0.8570, 2.4233 at 66.7 Hz)"
)
t = np.arange(0, 400, 0.02)
swing = {
    each: np.ptp(
        simulate(cell, t, I_ext=0.1 * np.sin(2 * np.pi * each * t / 1000)).V[t > 200])
    / 0.2
    for each in (10, 67, 200)
}
print("simulated with 0.1 µA/cm²: "
      + ", ".join(f"{size:.3f} at {each} Hz" for each, size in swing.items()))

# %%
fig, ax = plt.subplots(figsize=(6, 2.8))
ax.plot(f, Z, color=COLOR["theory"], ls="--", label="linear theory")
ax.plot(list(swing), list(swing.values()), "o", color=COLOR["V"], label="simulated")
ax.set(xlabel="frequency (Hz)", ylabel="|Z| (kΩ·cm²)", ylim=(0, 2.7), xlim=(0, 250))
ax.legend()
show(
    fig,
    "Impedance over frequency: 0.86 kΩ·cm² at 0 Hz, a peak of 2.42 at 67 Hz, then a "
    "decline. Three simulated points lie on the "
    "curve: the membrane is tuned.")

# %% [markdown]
r"""
## Further · Eight neurons store a letter

**Optional, 5 minutes.** One bit each: write a letter into eight silent membranes, wait, read it, and erase it with *excitation*. Then take another letter.
"""

# %%
letter = "A"
bits = np.array([int(digit) for digit in f"{ord(letter):08b}"])
cell, t = HodgkinHuxley(I_ext=8), np.arange(0, 250, 0.02)
rest = fixed_points(cell)[0]
V, *gates = (np.full(8, x) for x in rest)
kept = simulate(cell, t, start=(V + 3.81 * bits, *gates))
read = [int(len(train) > 0 and train[-1] > 225) for train in spike_times(t, kept.V, 50)]
print(
    f"written {letter}, read after 250 ms: {''.join(map(str, read))} = "
    f"{chr(int(''.join(map(str, read)), 2))}"
)

moment = spike_times(t, kept.V[:, bits.argmax()], 20)[-2] + 0.60 * 16.0077
k = round(moment / 0.02)
states = [getattr(kept, name)[k] for name in cell.states]
erased = simulate(cell, t[t < 120], start=(states[0] + 6.0 * bits, *states[1:]))
print("spikes after one kick of +6 mV to each that fires:",
      [len(train) for train in spike_times(erased.t, erased.V, 50)])

# %%
fig, ax = plt.subplots(figsize=(8.2, 2.8))
for row, digit in enumerate(bits):
    time = np.concatenate([kept.t[:k], kept.t[k] + erased.t])
    ax.plot(time,
            np.concatenate([kept.V[:k, row], erased.V[:, row]]) / 120 + 7 - row,
            color=COLOR["V"], lw=1.1)
    ax.text(-6, 7 - row, str(digit), ha="right", va="center")
ax.axvline(kept.t[k], color=COLOR["stimulus"], lw=2)
ax.set(xlim=(0, 350), ylim=(-0.3, 8), yticks=[], xlabel="time (ms)")
ax.spines["left"].set_visible(False)
show(
    fig,
    "Eight traces of V, 120 mV from row to row, one per bit of a letter: those whose "
    "bit is 1 fire, the others are "
    "silent. At the orange line a kick of +6 mV to the firing ones silences all.")

# %% [markdown]
r"""
## Further · Channels open by chance

**Optional, 5 minutes.** The article calls channels probabilistic and writes deterministic equations. Both are right (E13): $n$ is the mean of very many gates. With $N$ channels the open share at constant $V$ fluctuates with the standard deviation $\sqrt{p(1-p)/N}$, where $p=n_\infty^4$.
"""

# %%
rng = np.random.default_rng(2)
V, step, steps, channels = 25.0, 0.05, 6000, 1000  # mV, ms
alpha, beta = HodgkinHuxley().rates(V)["n"]
goal, stay = alpha / (alpha + beta), np.exp(-step * (alpha + beta))
opens, closes, p = goal * (1 - stay), (1 - goal) * (
    1 - stay), goal**4  # exact chances in one step
gates, conducting = rng.random((channels, 4)) < goal, np.empty((steps, channels), bool)
for k in range(steps):
    chance = rng.random((channels, 4))
    gates = np.where(gates, chance >= closes, chance < opens)
    conducting[k] = gates.all(axis=1)
fig, ax = plt.subplots(figsize=(8.2, 2.8))
for N, color in ((10, COLOR["ghost"]), (100, COLOR["sky"]), (1000, COLOR["n"])):
    share = conducting.reshape(steps, -1, N).mean(axis=2)  # the channels in groups of N
    print(
        f"N = {N:5d}: standard deviation {share.std():.4f}, theory "
        f"{np.sqrt(p * (1 - p) / N):.4f}"
    )
    ax.plot(step * np.arange(1000), share[:1000, 0], color=color, lw=1,
            label=f"{N} channels")
ax.axhline(p, ls="--", color=COLOR["theory"], label="$n_\\infty^4$")
ax.set(xlabel="time (ms)", ylabel="share open", xlim=(0, 50), ylim=(-0.02, 0.75))
ax.legend(ncols=4, loc="upper center")
show(
    fig,
    "The share of open potassium channels at 25 mV over 50 ms. With 10 channels it "
    "jumps widely, with 100 less, with 1000 it "
    "stays close to the dashed mean: the fluctuation falls as one over the root of N.")

# %% [markdown]
r"""
## Further · How far to trust the solver

**Optional, 5 minutes.** The true period at 10 µA/cm² is 14.63621 ms. Four schemes, two steps each. `splitting` is the default: gates exactly, $V$ by the implicit midpoint, alternately (Hines 1984).
"""

# %%
from course_utils import euler, exponential_euler, rk4, splitting

for scheme in (euler, exponential_euler, rk4, splitting):
    found = []
    for step in (0.05, 0.025):
        t = np.arange(0, 150, step)
        found.append(
            np.diff(spike_times(t,
                                simulate(HodgkinHuxley(), t, scheme=scheme).V,
                                40))[3:].mean())
    print(
        f"{scheme.__name__:18s} period {found[0]:.3f} ms with a step of 0.05, "
        f"{found[1]:.3f} with 0.025"
    )
try:
    simulate(HodgkinHuxley(), np.arange(0, 50, 0.1), scheme=euler)
except ValueError as error:
    print(f"euler, step 0.1: {error}")

# %% [markdown]
r"""
## Further · A channel of your own

**Optional, 10 minutes.** A new model takes one class, its equations written once. Here a synapse that opens chloride channels: a conductance $g_s$ whose reversal potential is the resting potential. It moves no charge at rest, and still it silences. Change it: give it the reversal potential of sodium, or a gate.
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
    print(
        f"g_s = {g_s}: rest {cell.rest()[0]:.4f} mV, "
        f"{len(spike_times(t, simulate(cell, t).V, 50)):2d} spikes in 200 ms, "
        f"rest unstable from {hopf_currents(cell)[0]:.3f} µA/cm²")

# %% [markdown]
r"""
## Questions to close

1. Two membranes differ only in $E_\mathrm{L}$: 10.613 and 10.6 mV. By how much do *all* their bifurcation currents differ, and why by exactly the same?
2. You record a neuron that fires steadily. One short *excitatory* pulse ends the firing for good. What do you conclude about the current it receives? Which second experiment tests it?
3. A friend replaces $h$ by its mean over a cycle, 0.3, to save an equation. What will the model do, and which sentence of this notebook tells you?
4. (Two notebooks back.) The integrate-and-fire neuron of notebook 00 fires at any rate above 0 Hz. Which measurement at the onset of firing would tell it from a squid axon, without looking at a single spike's shape?

<details><summary>Answers</summary>

1. Current and leak enter only as $I_\mathrm{ext}+\bar g_\mathrm{L}E_\mathrm{L}$. So a shift of $E_\mathrm{L}$ by 0.013 mV is a shift of every current by $0.3\cdot0.013=0.0039$ µA/cm².
2. That rest and firing are both stable at this current: it lies in the window between the fold of cycles and the Hopf point. Kick it again, now from rest: it should start and stay on. Raise the current a little beyond the window: it should start by itself.
3. It fires once and latches, at 61.5 mV for 10 µA/cm²: a constant $h$ cannot end a spike. "$h$ is what ends a spike, together with $n$."
4. The lowest steady rate. Integrate-and-fire starts from 0 Hz; the squid axon jumps to about 50 Hz (class II).

</details>
"""

# %% [markdown]
r"""
## References

- Hodgkin AL, Huxley AF (1952). A quantitative description of membrane current and its application to conduction and excitation in nerve. *J. Physiol.* 117:500–544. [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- Hines M (1984). Efficient computation of branched nerve equations. *Int. J. Biomed. Comput.* 15:69–76. [10.1016/0020-7101(84)90008-4](https://doi.org/10.1016/0020-7101(84)90008-4)
- Best EN (1979). Null space in the Hodgkin-Huxley equations: a critical test. *Biophys. J.* 27:87–104.
- Guttman R, Lewis S, Rinzel J (1980). Control of repetitive firing in squid axon membrane as a model for a neuroneoscillator. *J. Physiol.* 305:377–395.
- Krinsky VI, Kokoz YM (1973), *Biofizika* 18; Rinzel J (1985). Excitation dynamics: insights from simplified membrane models. *Fed. Proc.* 44:2944–2946. The forms $h=h_0-sn$.
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
