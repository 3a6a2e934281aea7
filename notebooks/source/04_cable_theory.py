# %% [markdown]
r"""
# 04 · Cable theory

**The question.** How does a voltage get from one place to another, and why does a spike arrive where a passive pulse dies on the way?

**You will be able to**
- derive the cable equation from Ohm's and Kirchhoff's laws, with the unit of every term;
- explain two errors in the article's version with units and signs, and test them by experiment;
- compute with what amplitude, and how late, a signal arrives along a dendrite, for sealed, killed and infinite cables;
- explain why a spike propagates, how its speed depends on the fibre, and compare the computed with the measured speed;
- say what happens when two spikes meet on an axon, and when two passive pulses do.

**Time.** Core: two sittings of 50 minutes (sections 1–3, then 4–6). Further: about 150 minutes, in any order.

**You need.** Notebook [02](02_neural_biophysics.ipynb) for the Hodgkin-Huxley membrane; $e^x$, $\cosh$ and $\sinh$; derivatives, also partial ones ($\partial V/\partial x$ is the derivative along $x$ at a fixed time). What else occurs (a delta function, a Gauss curve, erf) is explained where it is used.

**The thread.** So far the article's neuron was a point. Now it gets a length. The article calls the fibre a row of capacitors with channels in parallel, applies Kirchhoff's law to a slice, and compares the voltage to dye that diffuses along a tube. You derive the equation yourself, find what is printed wrongly, see the dye, and then see what the dye can't do: carry a spike. Numbers such as *E33* refer to the list of the article's errors, the ledger in notebook [07](07_conclusion.ipynb).
"""

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display

from course_utils import (
    COLOR,
    Axon,
    Cable,
    HodgkinHuxley,
    Panel,
    conduction_speed,
    show,
    simulate_cable,
)
from course_utils.notebook_04 import pictures
from course_utils.notebook_04.exercises import (
    SYNAPSES,
    check,
    predict,
    recall,
    soma_voltage,
    tried,
)
from course_utils.notebook_04.experiments import (
    Dendrite,
    Dye,
    FiredAxon,
    TwoEnds,
    reached,
)
from course_utils.notebook_04.theory import half_time, steady_voltage

# %% [markdown]
r"""
The symbols, with the values and units that the solver itself uses. This is the **course cable**: a dendrite of 4 µm diameter. Voltages $V$ are inside against outside, counted from rest, depolarisation positive. In formulas below lengths are in cm, as is usual in the field; the code takes µm (1 µm = 10⁻⁴ cm).
"""

# %%
Cable()

# %% [markdown]
r"""
## Warm-up

Two questions on earlier notebooks. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · A slice of cable

Look at a fibre as an electrician does. Inside there is salt water: it conducts, with a resistance. Around it there is the membrane: it stores charge, and it leaks.
"""

# %% tags=["folded"]
# Figure: three slices of a cable as a circuit
fig, ax = plt.subplots(figsize=(8, 2.9))
pictures.circuit(ax)
show(
    fig, "Three slices of a cable as a circuit. Inside, green resistors in series lead "
    "from slice to slice: the axial resistance, through which the axial current flows. "
    "From each slice a blue capacitor and a purple leak, in parallel, lead to the "
    "outside.")

# %% [markdown]
r"""
Capacitor and channels lie **in parallel**, as the article says. What makes a cable is the element that the article does not mention: the axial resistors **in series** (E33). And four assumptions are made silently: the outside is at one potential; $V$ is counted from rest; $V$ does not vary across the fibre; the radius is constant.

### Predict

Before any formula, commit yourself.
"""

# %% tags=["nbval-ignore-output"]
predict("twice the capacitance")

# %% [markdown]
r"""
### Derive

You need six quantities: $V(x,t)$ in volts at the position $x$ (cm) and the time $t$ (s); the radius $a$ (cm); the **axial resistivity** $\rho$ (Ω cm) of the fluid inside, the **axoplasm** or cytoplasm; per **area** of membrane the conductance $g_m$ (S/cm²) and the capacitance $c_m$ (F/cm²); and the injected current per **length** $i_\mathrm{inj}$ (A/cm), positive inward. The article calls $g_m$ a conductance per length; with its factors $2\pi a$ it must be per area, and its $i_\mathrm{inj}$, which has no unit there, must be per length (E31).

| step | equation | unit of each term |
|---|---|---|
| 1 Ohm's law along the fibre: a cross-section $\pi a^2$ carries the axial current | $I_a=-\dfrac{\pi a^2}{\rho}\,\dfrac{\partial V}{\partial x}$ | A |
| 2 Kirchhoff's law for a slice $dx$: the current through its membrane (area $2\pi a\,dx$) equals the axial current entering the slice minus the axial current leaving it, plus the injected current | $2\pi a\,dx\left(c_m\dfrac{\partial V}{\partial t}+g_mV\right)=-\dfrac{\partial I_a}{\partial x}dx+i_\mathrm{inj}\,dx$ | A |
| 3 put 1 into 2, divide by $2\pi a\,dx$ | $c_m\dfrac{\partial V}{\partial t}=\dfrac{a}{2\rho}\dfrac{\partial^2V}{\partial x^2}-g_mV+\dfrac{i_\mathrm{inj}}{2\pi a}$ | A/cm² |
| 4 divide by $g_m$; name the **time constant** $\tau_m=\dfrac{c_m}{g_m}$ (s) and the **length constant** $\lambda$, with $\lambda^2=\dfrac{a}{2\rho\,g_m}$ (cm²) | $\tau_m\dfrac{\partial V}{\partial t}=\lambda^2\dfrac{\partial^2V}{\partial x^2}-V+\dfrac{i_\mathrm{inj}}{2\pi a\,g_m}$ | V |
| 5 count positions in $\lambda$ and times in $\tau_m$: $X=x/\lambda$, $T=t/\tau_m$, without unit; no electrode here | $\dfrac{\partial V}{\partial T}=\dfrac{\partial^2V}{\partial X^2}-V$ | V |
| 6 and if the radius $a(x)$ varies? Put 1 into 2 with $a^2$ left *inside* the derivative, divide by $dx$ (E33) | $2\pi a\left(c_m\dfrac{\partial V}{\partial t}+g_mV\right)=\dfrac{\partial}{\partial x}\left(\dfrac{\pi a^2}{\rho}\dfrac{\partial V}{\partial x}\right)+i_\mathrm{inj}$ | A/cm |

Step 5 says that all uniform cables are the same cable: only the units of length and time differ. Step 6 is the equation that the solver of this course uses.

If you would rather count **per length**, write $G=2\pi a\,g_m$ (S/cm). Then $\lambda^2=\dfrac{\pi a^2}{\rho\,G}$: the same length. But use one convention: with $g_m$ per length the factor $2\pi a$ must not appear again.

### Run

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** first $\dfrac{\partial V}{\partial t}=\dfrac{a}{2\rho c_m}\dfrac{\partial^2V}{\partial x^2}-\dfrac{g_m}{c_m}V-\dfrac{i_\mathrm{inj}}{2\pi a\,c_m}$, which is step 3 but for one sign (section 2), and then $\lambda^2=\dfrac{a}{2\rho c_m}$ ([erratum E29](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is the unit. The quotient $a/(2\rho c_m)$ is in cm/(Ω cm · F/cm²) = cm²/s, because Ω · F = s. That is a *diffusivity* and not the square of a length. **Correct is** $\lambda^2=\dfrac{a}{2\rho g_m}$, in cm/(Ω cm · S/cm²) = cm². It follows if one multiplies the first equation by $\tau_m=c_m/g_m$. **You can check it:** by the printed formula a fibre with more capacitance reaches less far, and the next cell measures how far it reaches.

</div>
"""

# %%
cables = [Cable(length=20_000, compartments=2000, c_m=c_m)  # 14 length constants
          for c_m in (0.5, 1.0, 2.0)]


def measured_reach(cable):  # in µm: where V has fallen by the factor e
    V = steady_voltage(cable, [(0, 0.1)])  # 0.1 nA into the left end
    near = cable.x < 5000
    return -1 / np.polyfit(cable.x[near], np.log(V[near]), 1)[0]


reaches = [measured_reach(cable) for cable in cables]

# %% tags=["folded"]
# Table: the measured reach for each capacitance, beside both formulas
print("c_m      measured reach   sqrt(a/2ρg_m)    printed a/(2ρc_m)   printed × τ_m")
for cable, reach in zip(cables, reaches):
    right = np.sqrt(2e-4 / (2 * 100 * 5e-5))  # cm
    printed = 2e-4 / (2 * 100 * cable.c_m * 1e-6)  # cm²/s
    print(f"{cable.c_m:.1f} µF/cm²   {reach / 1000:.3f} mm      {10 * right:.3f} mm"
          f"        {printed:.1f} cm²/s"
          f"          {printed * cable.time_constant / 1000:.2f} cm²")

# %% [markdown]
r"""
The reach stays at 1.414 mm while the printed number changes by a factor of four: **falsified**. The last column shows what the printed number is good for: times $\tau_m$ it is always $\lambda^2=0.02$ cm². It says how fast $V$ spreads, not how far it gets.

### Modify

Papers often give a fibre in other terms: the *diameter* $d=2a$, the axial resistivity $R_i=\rho$, and the specific membrane *resistance* $R_m=1/g_m$ (Ω cm²). Write the length constant for such a paper. Four numbers are handed to you, and you decide which of them you need.
"""

# %%
def length_constant(d, R_i, R_m, C_m):  # cm, Ω cm, Ω cm², F/cm²
    ...


check("length constant", length_constant)

# %% tags=["solution"]
def solved_length_constant(d, R_i, R_m, C_m):
    return np.sqrt(d * R_m / (4 * R_i))


check("length constant", solved_length_constant)

# %% [markdown]
r"""
## 2 · Which way does the current push?

Inject a current that is positive **inward**. The inside gains positive charge, so $V$ must rise. The article's two equations disagree about it.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** $-\dfrac{i_\mathrm{inj}}{2\pi a\,c_m}$ in its first equation and $+\dfrac{i_\mathrm{inj}}{2\pi a\,g_m}$ in its second, our step 4 ([erratum E30](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the second equation is the first one multiplied by $\tau_m$, so that both must have the same sign. **Correct is** plus in both, for a current that is counted inward. **You can check it:** the next cell puts $+1$ pC into a cable with either sign, by the simplest scheme there is, and adds up the charge that the membrane then holds.

</div>
"""

# %%
n, dx, h = 100, 20.0, 0.001  # compartments, µm, ms
D = 1e5  # λ²/τ in µm²/ms
tau = 20.0  # ms
C = 1e-5 * 2 * np.pi * 2.0 * dx  # c_m × area of a compartment, nF


def after_1_ms(sign):  # V after 1 nA (= 1 pC/ms) flowed for 1 ms into the middle
    V, source = np.zeros(n), np.zeros(n)
    source[n // 2] = 1.0
    for _ in range(1000):
        sealed = np.pad(V, 1, "edge")  # nothing flows through the ends
        curvature = np.diff(sealed, 2) / dx**2
        V = V + h * (D * curvature - V / tau + sign * source / C)
    return V


for name, sign in (("right", 1), ("printed", -1)):
    V = after_1_ms(sign)
    print(f"{name:8} sign: V = {V[n // 2]:+.2f} mV at the electrode, charge on the "
          f"membrane {C * V.sum():+.4f} pC")
print("theory for +1 pC/ms and a leak: Q = τ(1 - exp(-t/τ)) = "
      f"{tau * (1 - np.exp(-1 / tau)):+.4f} pC")

# %% [markdown]
r"""
With the printed sign a *depolarising* current hyperpolarises, and the membrane holds the opposite of the charge that you put in. The ten lines above are already a cable solver, a slow and fragile one; a good one is built in the optional section *A solver that you can trust*.

One more thing to remember. $i_\mathrm{inj}$ is **per length**: an electrode that injects $I_0$ at one position $x_0$ is $i_\mathrm{inj}=I_0\,\delta(x-x_0)$. The *delta function* $\delta$, in 1/cm, is 0 everywhere but at $x_0$, and its integral is 1.

## 3 · How far: the steady state

### Derive

Wait until nothing changes. Step 5 leaves $V''=V$ away from the electrode, a prime being $d/dX$. Its solutions are $e^{-X}$ and $e^{X}$, or any mixture of them. For a cable of length $L=\ell/\lambda$ the handy mixtures are $\cosh(L-X)$ and $\sinh(L-X)$.

**A semi-infinite cable**, current $I_0$ into its left end. $V$ must not grow far away: $V=V_0e^{-X}$. All the current enters the fibre, so by step 1

$$I_0=-\frac{\pi a^2}{\rho}\frac{dV}{dx}\Big|_0=\frac{\pi a^2}{\rho\lambda}V_0\qquad\Longrightarrow\qquad R_\infty=\frac{V_0}{I_0}=\frac{\rho\lambda}{\pi a^2}\quad(\Omega),$$

the **input resistance**.

An electrode in the *middle* of an infinite cable feeds two such cables, half the current each: $V=\tfrac12R_\infty I_0\,e^{-|X|}$.

**A sealed end**: no current leaves at $X=L$, so $V'(L)=0$. Of $A\cosh(L-X)+B\sinh(L-X)$ only the cosh has slope 0 there: $B=0$. The slope at $X=0$ is then $-V(0)\tanh L$, so by step 1 $I_0=V(0)\tanh L/R_\infty$:

$$\frac{V(X)}{V(0)}=\frac{\cosh(L-X)}{\cosh L},\qquad R_\text{in}=\frac{V(0)}{I_0}=R_\infty\coth L.$$

**A killed end**: the fibre is cut open, $V(L)=0$. Now it is your turn. Which of the two terms survives, and what makes $V(X)/V(0)$ equal 1 at $X=0$?
"""

# %%
def killed_profile(X, L):
    ...  # V(X)/V(0), with np.cosh or np.sinh


check("killed end", killed_profile)

# %% tags=["solution"]
def solved_killed_profile(X, L):
    return np.sinh(L - X) / np.sinh(L)


check("killed end", solved_killed_profile)

# %% [markdown]
r"""
### Run

Three cables of the same kind: semi-infinite, sealed at $X=1$, and killed at $X=1$. Each receives 0.1 nA at its left end.
"""

# %%
one = Cable(length=Cable().length_constant)  # L = 1
cables = {
    "infinite": one.but(length=20 * one.length, compartments=4000),
    "sealed": one,
    "killed": one.but(ends=("sealed", "killed")),
}
steady = {name: steady_voltage(cable, [(0, 0.1)]) for name, cable in cables.items()}
for name, cable in cables.items():
    print(f"{name:8} input resistance {cable.input_resistance:.2f} MΩ")

# %% tags=["folded"]
# Figure: the steady voltage along the three cables, simulated and in closed form
V_0 = 0.1 * cables["infinite"].input_resistance  # mV at the end of the infinite cable
theory = {
    "infinite": lambda X: V_0 * np.exp(-X),
    "sealed": lambda X: V_0 / np.tanh(1) * np.cosh(1 - X) / np.cosh(1),
    "killed": lambda X: V_0 * np.tanh(1) * np.sinh(1 - X) / np.sinh(1),
}
fig, axes = plt.subplots(1, 2, figsize=(8, 3.1))
for name, color in zip(cables, (COLOR["V"], COLOR["green"], COLOR["vermillion"])):
    X, V = cables[name].x / one.length, steady[name]
    shown = X < 1
    for ax in axes:
        ax.plot(X[shown], V[shown], color=color, lw=5, alpha=0.5)
        ax.plot(X[shown], theory[name](X[shown]), "k--", lw=1)
    axes[0].text(1.03, V[shown][-1], name, color=color, va="center", fontweight="bold")
axes[0].set(xlabel="$X=x/\\lambda$", ylabel="$V$ (mV) for 0.1 nA", xlim=(0, 1.3),
            ylim=(-0.4, 16), xticks=(0, 0.5, 1))
axes[1].set(xlabel="$X=x/\\lambda$", yscale="log", xlim=(0, 1.05), ylim=(0.3, 20),
            xticks=(0, 0.5, 1), yticks=(1, 10), yticklabels=(1, 10),
            title="logarithmic: infinite is a straight line")
show(
    fig, "Steady voltage along cables of one length constant, simulated (broad, "
    "coloured) and in closed form (dashed): at the sealed end V stays highest and the "
    "curve arrives flat, at the killed end it falls to zero, and the infinite cable is "
    "a straight line on the logarithmic axis.")

# %% [markdown]
r"""
These are $R_\infty=112.54$ MΩ, $R_\infty\coth1$ and, for the killed end, $R_\infty\tanh1$: the closed forms to all digits shown. An end matters when it is nearer than about two length constants.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("touch the end")

# %% [markdown]
r"""
### Investigate: touch the dendrite

**Click or drag anywhere on the dendrite:** the injecting electrode goes there. The dashed curve is the exponential of an infinite cable. Watch how the two sealed ends change the voltage, and how late the ends respond. What is computed is in `Dendrite.run??`, what is drawn in `pictures.touched_dendrite??`.

1. Drag the electrode to an end. By which factor does $V$ rise above the dashed curve?
2. Find a length for which the sealed ends no longer matter in the middle. How many $\lambda$ is it?
3. Halve the current. Which features of the right picture change, and which don't? Why?
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a dendrite and its voltage, along the fibre and against time
Panel(Dendrite(), pictures.touched_dendrite, "position", "current", "radius", "length")

# %% [markdown]
r"""
## 4 · How fast: dye that leaks

### Derive

Put a unit of charge at $X=0$ of an infinite cable at $T=0$ and let go. Try $V=e^{-T}u$. The product rule gives $\partial V/\partial T=e^{-T}(\partial u/\partial T-u)$, the leak cancels, and $\partial u/\partial T=\partial^2u/\partial X^2$ is left: the equation of diffusing dye. A drop of dye spreads as a Gauss curve whose variance grows as $2T$,

$$u=\frac{e^{-X^2/4T}}{\sqrt{4\pi T}},\qquad\text{since}\quad\frac{\partial u}{\partial T}=\Bigl(\frac{X^2}{4T^2}-\frac1{2T}\Bigr)u=\frac{\partial^2u}{\partial X^2},$$

and its area is 1 at all times. Multiplying by $e^{-T}$ puts the leak back and gives **Green's function**

$$G(X,T)=\frac{1}{\sqrt{4\pi T}}\exp\Bigl(-T-\frac{X^2}{4T}\Bigr).$$

$G$ has no unit. A charge $Q$ on a real cable gives the voltage $V=\dfrac{Q}{2\pi a\,c_m\lambda}\,G$: the factor is the voltage that $Q$ would cause if it were spread evenly over one length constant.

So the article's dye is right, **if you add a leak**: the factor $e^{-T}$. A steady current is a rapid sequence of drops, so its response is the integral of $G$ over time. At $X=0$ you can do this integral by hand (put $s=r^2$). Up to $T=\infty$ it is ½; hence the factor 2:

$$\frac{V(0,T)}{V(0,\infty)}=2\int_0^TG(0,s)\,ds=\int_0^T\frac{e^{-s}}{\sqrt{\pi s}}\,ds=\frac{2}{\sqrt\pi}\int_0^{\sqrt T}e^{-r^2}dr=\operatorname{erf}\sqrt T.$$

The last equals sign defines the *error function* erf, which rises from 0 to 1. For $X\ne0$ the formula is in `step_response`; run `step_response??` to read it. The time at which a position reaches half of its final $V$ is its **half-time** $T_{1/2}(X)$; far from the electrode it approaches $X/2+\tfrac14$.

### Run

The article's picture, computed with our numbers: a current of 0.1 nA for 30 ms into the middle of a long dendrite.
"""

# %%
cable = Cable(length=8000, compartments=160)
t = np.linspace(0, 60, 121)
run = simulate_cable(cable, t, [(4000, np.where(t < 30, 0.1, 0))])
distance = np.linspace(0, 2.5, 40)  # in λ: as far as V gets before the current stops
late = np.array([half_time(X) for X in distance]) * cable.time_constant  # ms

# %% tags=["folded"]
# Figure: V over position and time, as a map and as a surface
fig = plt.figure(figsize=(8.6, 3.6), layout="none")
flat = fig.add_axes((0.07, 0.14, 0.36, 0.76))
solid = fig.add_axes((0.46, 0.06, 0.5, 0.94), projection="3d")
pictures.kymograph(flat, 0, 5.5, interpolation="bilinear")(cable.x, t, run.V)
for side in (-1, 1):
    x = 4 + side * distance * cable.length_constant / 1000
    flat.plot(x, late, "k--", lw=1.2)
flat.axhline(30, color=COLOR["stimulus"], lw=1.2)
flat.text(0.15, 30.6, "current off", color="#9A6B00", va="bottom", fontsize=9)
flat.set(xlim=(0, 8), ylim=(0, 60), title="dashed: half-time")
x, moments = np.meshgrid(cable.x[::5] / 1000, t[::4])
solid.plot_surface(x, moments, run.V[::4, ::5], cmap=pictures.VOLTAGE_MAP, vmin=-1.375,
                   vmax=5.5, rstride=1, cstride=1, linewidth=0.25, edgecolor="#FFFFFF")
solid.set(xlabel="$x$ (mm)", ylabel="$t$ (ms)", zlabel="$V$ (mV)", zlim=(0, 5.5))
solid.set_box_aspect((1.5, 1.3, 0.85), zoom=0.98)
solid.view_init(30, -52)
show(
    fig, "Voltage over position and time during and after a current of 30 ms into the "
    "middle of a dendrite, as a map on the left and as a surface in 3-D on the right "
    "(white 0, dark 5.5 mV): a ridge that widens like dye in a tube, and fades. The "
    "dashed half-time line opens as a V: the farther away, the later.")

# %%
print("X    half-time T    X/2 + 1/4")
for X in (0, 1, 2, 5, 10):
    print(f"{X:<4d} {half_time(X):.4f}         {X / 2 + 0.25:.4f}")
speed = 1 / (half_time(6) - half_time(5))
print(f"between X = 5 and 6: {speed:.4f} length constants per time constant (limit 2)")
print("course cable: 2 λ/τ = "
      f"{2 * Cable().length_constant / Cable().time_constant / 1000:.4f} mm/ms")

# %% [markdown]
r"""
Each further $\lambda$ costs half a time constant. So there is a pseudo-velocity $2\lambda/\tau_m$, here 0.14 m/s. However, nothing propagates here as a wave. As soon as $T>0$ we have $G>0$ at *every* $X$, so there is no front that could travel (E32). You compare it to a real wave now.

"""

# %% [markdown]
r"""
## 5 · The fibre that answers back

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that this equation describes how voltage spreads along the **axon** ([erratum E32](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the equation is passive and linear. The membrane of an axon responds to depolarisation with an inward sodium current, and this is why its signal does not fade. **Correct is** to use it for dendrites and for small depolarisations only. **You can check it:** the next cells give the same current pulse to the same fibre, once with and once without its channels, and ask what is left of it at 45 mm.

</div>

Put Hodgkin and Huxley's currents, as in notebook 02, in the place of $g_mV$ in step 3, for the squid axon of 1952 ($a=238$ µm; $\rho=35.4$ Ω cm, which they call $R_2$):

$$C_m\frac{\partial V}{\partial t}=\frac{a}{2\rho}\frac{\partial^2V}{\partial x^2}-\bar g_\mathrm{Na}m^3h(V-E_\mathrm{Na})-\bar g_\mathrm{K}n^4(V-E_\mathrm{K})-\bar g_\mathrm{L}(V-E_\mathrm{L})$$

The membrane is notebook 02's own, handed to the fibre:
"""

# %%
Axon(cell=HodgkinHuxley(temperature=18.5))

# %%
fibres = {
    "active": Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000,
                   compartments=120),
    "passive": Cable(length=60_000, radius=238, rho=35.4, g_m=0.3, c_m=1,
                     compartments=120),  # channels blocked: only the leak
}
t = np.arange(0, 6, 0.02)
pulse = [(0, np.where(t < 0.3, 5000.0, 0))]  # 5 µA for 0.3 ms into the left end
at = [np.searchsorted(fibres["active"].x, 1000 * mm) for mm in (15, 30, 45)]
V = {name: simulate_cable(fibre, t, pulse).V[:, at] for name, fibre in fibres.items()}

# %% tags=["folded"]
# Figure: the active and the passive fibre at three positions
fig, axes = plt.subplots(1, 2, figsize=(8, 3), sharey=True)
zoom = axes[1].inset_axes((0.2, 0.42, 0.76, 0.5), ylim=(0, 1.8),
                          title="the same, enlarged")
looks = ((15, "-", COLOR["V"]), (30, "--", COLOR["green"]), (45, "-.", COLOR["purple"]))
for name, panels in (("active", axes[:1]), ("passive", (axes[1], zoom))):
    for ax in panels:
        for (mm, style, color), trace in zip(looks, V[name].T):
            ax.plot(t, trace, style, color=color, label=f"{mm} mm")
    panels[0].set(xlabel="$t$ (ms)", title=name)
    heights = ", ".join(f"{height:.3g}" for height in V[name].max(axis=0))
    print(f"{name:8} highest V at 15, 30, 45 mm: {heights} mV")
axes[0].set_ylabel("$V$ (mV)")
axes[0].legend()
show(
    fig, "The same current pulse into the same fibre. With its channels, left, three "
    "equal spikes arrive one after the other. Without them, right, a fiftieth of that "
    "is left at 15 mm and next to nothing at 45 mm: a passive pulse dies, an active "
    "one keeps its shape.")

# %% [markdown]
r"""
**Why the spike propagates.** Where the membrane is active, $V$ is high, so axial current flows from there into the membrane ahead, which is still at rest. This current charges the membrane ahead. The first 13 mV are charged by axial current alone: until then the patch's own channels let out more charge than they let in. Above 13 mV the sodium current of the patch exceeds its outward currents, and the patch depolarises itself. It then supplies the axial current for the next patch. The channels therefore **regenerate** the spike, but the axial resistance and the capacitance set how fast the next patch is charged: without axial current no patch would ever be reached.

**A pulse that keeps its shape is a travelling wave**: $V(x,t)=V(t-x/\theta)$, with the conduction speed $\theta$. Then $\partial^2V/\partial x^2=\ddot V/\theta^2$, a dot being $d/dt$. Call the three ionic currents together $I_\mathrm{ion}$, multiply by $2\rho\,\theta^2/a$, and the equation becomes an ordinary one, $\ddot V=K(\dot V+I_\mathrm{ion}/C_m)$, with the single number

$$K=\frac{2\rho\,\theta^2C_m}{a}\qquad\Longrightarrow\qquad\theta=\sqrt{\frac{K\,a}{2\rho\,C_m}}.$$

The radius and the resistivity enter this equation only through $K$. The value of $K$ (1/ms) for which a pulse exists is therefore a property of the membrane alone. Hodgkin and Huxley searched for it on a hand-cranked calculator. For each guess of $K$ the computed $V$ ran away to $+\infty$ or $-\infty$, and only for one value in between did $V$ return to rest: this is the spike. You have a solver of the full equation (`conduction_speed??`: two grids, extrapolated).
"""

# %%
squid = Axon(cell=HodgkinHuxley(temperature=18.5))
theta = conduction_speed(squid)
K = 2 * 35.4 * (theta * 100)**2 * 1e-6 / 238e-4 / 1000  # 1/ms: Ω cm, cm/s, F/cm², cm
cold = conduction_speed(Axon(cell=HodgkinHuxley(temperature=6.3)))
print(f"this course            {theta:.2f} m/s   (K = {K:.2f}/ms)")
print("exact solution         18.73 m/s   (K = 10.44/ms)")
print("Hodgkin & Huxley 1952  18.8  m/s   (K = 10.47/ms, by hand)")
print("measured, same fibre   21.2  m/s")
print(f"6.3 °C                 {cold:.2f} m/s   (exact 12.31)")

# %% [markdown]
r"""
The channels' constants came from voltage clamp, where nothing propagates; the radius and the resistivity were measured on the fibre. That together they predict a propagating spike to within 12 % of the measured 21.2 m/s (Hodgkin and Huxley 1952, the same fibre at 18.5 °C) is one of the great moments of biology. The missing 12 % are not an error of the arithmetic, which was 0.4 % off: the constants are averages over other fibres.

### Modify

The squid needs a faster escape. Change **the fibre** (not its membrane, not its temperature) so that the spike propagates twice as fast, at 37.5 m/s. `squid.but(name=value)` gives a changed copy; the names are in the table of `Axon` above.
"""

# %%
faster = ...  # squid.but(...)

check("twice as fast", faster)

# %% tags=["solution"]
faster_squid = squid.but(radius=4 * 238)
print(f"{conduction_speed(faster_squid):.2f} m/s, twice {conduction_speed(squid):.2f}")
check("twice as fast", faster_squid)

# %% [markdown]
r"""
## 6 · Same launch, opposite fates

### Predict

Now stimulate **both ends**.
"""

# %% tags=["nbval-ignore-output"]
predict("two spikes")

# %% [markdown]
r"""
### Run

Three delays of the right pulse: 1.5 ms before the left one, at the same time, and 1.5 ms after it.
"""

# %%
experiments = [TwoEnds(delay=delay) for delay in (-1.5, 0.0, 1.5)]
runs = [ends.active() for ends in experiments]

# %% tags=["folded"]
# Figure: both spikes in space and time, for each delay
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3.1), sharey=True)
titles = ("right end 1.5 ms earlier", "both at once", "right end 1.5 ms later")
for ax, ends, run, title in zip(axes, experiments, runs, titles):
    pictures.kymograph(ax, interpolation="bilinear")(run.model.x, run.t[::3],
                                                     run.V[::3])
    x, when = ends.meeting()
    ax.plot(x / 1000, when, "o", ms=14, mfc="none", mec=COLOR["vermillion"], mew=1.6)
    ax.set(xlim=(0, 60), ylim=(0, 4.5), title=title, ylabel="")
    print(f"delay {ends.delay:+.1f} ms: they meet at {x / 1000:.1f} mm, and "
          f"{run.V[-100:].max():.1f} mV are left after 4.5 ms")
axes[0].set_ylabel("$t$ (ms)")
show(
    fig, "Spikes from both ends of an axon, position to the right and time upwards, "
    "for three delays (white 0, dark 100 mV): two dark lines run towards each other, "
    "meet at the circle and end there. The later the right one starts, the farther "
    "right they meet.")

# %% [markdown]
r"""
Nothing comes out of a meeting. Behind each spike the sodium channels are *inactivated* (the gate h is shut, and only time opens it), and each spike runs into the membrane that the other one has left refractory. Where they meet is arithmetic: $x=\tfrac12(\ell+\theta\,\Delta)$ for a delay $\Delta$ of the right end.

### Investigate: set them off yourself

Left, the active axon; in the middle the same fibre without channels (its colours are logarithmic, from 0.1 to 100 mV, because you would see nothing otherwise). Dotted lines show where each spike would have gone alone; triangles show when the pulses begin. **Drag in the fibres:** left and right moves the *recording* electrode, the red dashed line. To the right of 52 mm a drag up and down moves the time of the right pulse instead. What is computed is in `TwoEnds.run??`, what is drawn in `pictures.two_ends??`.

1. Put the electrode at 45 mm. Which of the two grey spikes arrives, and which one is missing? Change the delay until the other one arrives instead.
2. In the passive fibre, is the blue curve ever anything but the sum of the two grey ones? Why is its peak lower than the sum of their peaks?
3. Lower the current, slowly. At which value, between 2 and 3 µA, does the *active* fibre stop answering? Is there such a value in the passive one?
4. Warm the axon to 30 °C and make the delay 3 ms: the first spike has crossed before the second pulse comes. Why does the second one still fail?
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: two pulses in an active and in a passive fibre, and V at an electrode
Panel(TwoEnds(), pictures.two_ends, "delay", "position", "current", "temperature")

# %% [markdown]
r"""
## What you saw

1. Ohm's law along the fibre and Kirchhoff's law across the membrane give $\tau_m\dot V=\lambda^2V''-V+\dots$; units decide that $\lambda^2=a/(2\rho g_m)$, without $c_m$.
2. A steady voltage falls by the factor $e$ per $\lambda$; ends change it when they are nearer than about $2\lambda$. At the end of a long cable a current raises $V$ twice as high as in its middle.
3. A passive signal spreads like leaking dye: half a time constant later per $\lambda$, always smaller, never a front.
4. In an active fibre axial current charges the membrane ahead, and its channels regenerate the spike: 18.73 m/s computed, 18.8 by hand in 1952, 21.2 measured; $\theta\propto\sqrt a$.
5. Two passive pulses pass and add; two spikes annihilate. Linear against nonlinear, under one pair of pulses.
"""

# %% [markdown]
r"""
## Further · A solver that you can trust

*35 minutes.* Why did section 2 need steps of 0.001 ms? Forward Euler multiplies the most jagged pattern on the grid, $+-+-$, at each step by $1-h\,(1+4\lambda^2/dx^2)/\tau_m$, since its second difference is $-4$ times itself ($h$ is the step in ms, $dx$ the length of a compartment). If that factor falls below $-1$ the pattern grows without bound.

So you can say where it blows up **before** you run it. At which step is the factor exactly $-1$?
"""

# %%
def largest_step(tau, lam, dx):
    ...


check("largest step", largest_step)

# %% tags=["solution"]
def solved_largest_step(tau, lam, dx):
    return 2 * tau / (1 + 4 * (lam / dx)**2)


check("largest step", solved_largest_step)

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("finer grid")

# %% [markdown]
r"""
### Run

Compartments of $\lambda/20$ on the course cable, $\tau_m=20$ ms. What does your formula say? The next cell runs 600 steps just below that limit, and 600 just above.
"""

# %%
from course_utils.models.cable import crank_nicolson, modal_solution
from course_utils.notebook_04.theory import backward_euler, forward_euler

cable = Cable(length=5 * Cable().length_constant, compartments=100)
electrode = [(cable.length / 2, 0.1)]


def forward_and_exact(step):  # V after 600 steps, by forward Euler and exactly
    t = np.arange(601) * step
    return [simulate_cable(cable, t, electrode, scheme=scheme).V[-1]
            for scheme in (forward_euler, modal_solution)]


# %% tags=["folded"]
# Figure: forward Euler just below and just above the limit
limit = 2 * cable.time_constant / (1 + 4 * (cable.length_constant / cable.dx)**2)
fig, axes = plt.subplots(1, 2, figsize=(8, 2.9), sharey=True)
for ax, factor in zip(axes, (0.99, 1.01)):
    V, exact = forward_and_exact(factor * limit)
    ax.plot(cable.x / 1000, V, color=COLOR["V"], lw=1.3)
    ax.plot(cable.x / 1000, exact, "k--", lw=1.2)
    ax.set(xlabel="$x$ (mm)", ylim=(-4, 6), title=f"step = {factor:.2f} × limit")
    print(f"step {factor * limit:.5f} ms ({factor:.2f} × limit {limit:.5f} ms): "
          f"largest error {np.abs(V - exact).max():.3g} mV")
axes[0].set_ylabel("$V$ (mV)")
show(
    fig, "Forward Euler after 600 steps, blue, against the exact solution, dashed. One "
    "per cent below the limit they agree; one per cent above it a jagged pattern of "
    "plus and minus has taken over.")

# %% [markdown]
r"""
**Crank-Nicolson** has no such limit. It averages the coupling term over the start and the end of each step. This makes a tridiagonal system of equations, which LAPACK solves in one sweep (`crank_nicolson??`). Its error is said to fall as the *square* of the step. Don't believe it: measure it.

### Make: your own convergence plot

You need a case whose solution is known. Take a sealed cable, one $\lambda$ long, no electrode, and start it from two waves, $V=A\cos\pi X+B\cos2\pi X$ in mV (their slopes are 0 at both ends, as sealed ends require). In step 5 try $V=f(T)\cos k\pi X$: each second derivative gives $-k^2\pi^2$, so $f'=-(1+k^2\pi^2)f$, and each wave decays at its own rate:

$$V_\text{exact}(X,T)=A\cos(\pi X)\,e^{-(1+\pi^2)\,T}+B\cos(2\pi X)\,e^{-(1+4\pi^2)\,T}\ \text{mV}.$$

Here is one run: 2 ms in steps of $h$, with as many compartments as steps, so that the grid and the steps become finer together.
"""

# %%
h = 2 / np.array([10, 20, 40, 80, 160])  # ms: 0.2, 0.1, 0.05, 0.025, 0.0125


def two_waves(h, A=1.0, B=0.0, scheme=crank_nicolson):
    n = round(2 / h)  # steps, and compartments
    cable = Cable(length=Cable().length_constant, compartments=n)
    X, t = cable.x / cable.length, np.linspace(0, 2, n + 1)
    start = A * np.cos(np.pi * X) + B * np.cos(2 * np.pi * X)
    return X, simulate_cable(cable, t, [], scheme=scheme, start=start).V


X, V = two_waves(0.2)
print(f"V has the shape {V.shape}: {len(V)} times, {len(X)} positions. At X = "
      f"{X[0]:.2f}: {V[0, 0]:.4f} mV at the start, {V[-1, 0]:.4f} mV after 2 ms")

# %% [markdown]
r"""
Now compute the errors, for a list of steps, and the order $p$ of error $=C\,h^p$. `check` tries your function with several amplitudes of either sign. As soon as `errors` returns numbers, the picture below shows them (for $A=1$, $B=0$); as soon as `order` does, the legend says what you found.
"""

# %%
def errors(steps, A=1.0, B=0.0):  # each step's largest |V - exact| after 2 ms, in mV
    found = []
    for h in steps:
        X, V = two_waves(h, A, B)
        found.append(...)
    return found


def order(h, error):  # p of error = C h^p, from two arrays
    ...


mine = tried(errors, h)  # your numbers, or None as long as there are none
for verdict in (check("errors", errors), check("order", order)):
    display(verdict)

# %% tags=["solution"]
def solved_errors(steps, A=1.0, B=0.0, scheme=crank_nicolson):
    found = []
    T = 2 / 20  # 2 ms in time constants of 20 ms
    for step in steps:
        place, run = two_waves(step, A, B, scheme)
        exact = (A * np.cos(np.pi * place) * np.exp(-(1 + np.pi**2) * T)
                 + B * np.cos(2 * np.pi * place) * np.exp(-(1 + 4 * np.pi**2) * T))
        found.append(np.abs(run[-1] - exact).max())
    return found


def solved_order(h, error):
    return np.polyfit(np.log(h), np.log(error), 1)[0]


for name, scheme in (("Crank-Nicolson", crank_nicolson),
                     ("backward Euler", backward_euler)):
    found = np.array(solved_errors(h, scheme=scheme))
    print(f"{name:14} errors {found[0]:.3e} ... {found[-1]:.3e} mV, order "
          f"{solved_order(h, found):.3f}")
for verdict in (check("errors", solved_errors), check("order", solved_order)):
    display(verdict)

# %% tags=["folded"]
# Figure: your errors against the step
fig, ax = plt.subplots(figsize=(6.4, 3.2))
pictures.convergence(ax, h, {"yours": (mine, tried(order, h, mine))})
show(
    fig, "Your errors against the step, both axes logarithmic, with dotted guides of "
    "slope 1 and slope 2: a scheme of order 2 runs along the steeper one. Before you "
    "have filled in the stub only the guides are there.")

# %% [markdown]
r"""
A smooth start is kind to a solver. Is the order still 2 with an **electrode** that is switched on at a point? The test: $-\partial V/\partial X=1$ mV at the sealed end from $T=0$ on, read at $X=T=0.5$; the exact value is a series of cosines. And on a **uniform** cable one can do without steps: its spatial modes are cosines, each mode decays exponentially and independently of the others, and a fast cosine transform decomposes any profile into these modes. `modal_solution??` is exact at any step, and `simulate_cable` uses it where it can. So it can judge Crank-Nicolson at every position at once.
"""

# %%
k, one = np.arange(1, 60), Cable(length=Cable().length_constant)
rate = 1 + (k * np.pi)**2  # of each cosine, per time constant
series = 2 * np.cos(k * np.pi / 2) / rate * np.exp(-0.5 * rate)
exact = np.cosh(0.5) / np.sinh(1) - np.exp(-0.5) - series.sum()
I_unit = 1 / 112.53953952  # nA that make -dV/dX = 1 mV
off = []
for n in (20, 40, 80, 160):
    V = simulate_cable(one.but(compartments=n), np.linspace(0, 10, n + 1),
                       [(0, I_unit)], scheme=crank_nicolson).V[-1]
    off.append(abs(V[n // 2 - 1:n // 2 + 1].mean() - exact))
orders = ", ".join(f"{p:.2f}" for p in -np.diff(np.log2(off)))
print(f"electrode: exact {exact:.9f} mV (reference 0.352986716), orders {orders}")
apart = []
for step in (0.5, 0.25, 0.125):  # ms; the same 100 compartments: only the step counts
    t = np.arange(0, 20.01, step)
    V, best = (simulate_cable(one.but(compartments=100), t, [(500, 0.1)],
                              scheme=scheme).V[-1]
               for scheme in (crank_nicolson, modal_solution))
    apart.append(np.abs(V - best).max())
print(f"modes: largest difference {', '.join(f'{each:.2e}' for each in apart)} mV of "
      f"{best.max():.2f} mV: each halving leaves 1/{apart[0] / apart[1]:.2f}, "
      f"1/{apart[1] / apart[2]:.2f}")

# %% [markdown]
r"""
**How fine must a grid be?** The compartments must be short compared with the distance over which $V$ changes. A common rule takes at most a tenth of the reach $\lambda(100\,\mathrm{Hz})$ of a signal of 100 Hz; for the course cable that is a tenth of 0.54 mm (see *Fast signals* below). What happens if the rule is broken for a faster signal? The next cell cuts a cable of one $\lambda$ into 25 compartments of 0.057 mm, which obeys the rule, and compares its response to a sinusoidal current at the left end with the exact one, $V=I_0\,\dfrac{R_\infty}{q}\,\dfrac{\cosh q(1-X)}{\sinh q}$ with $q=\sqrt{1+i\omega\tau_m}$.
"""

# %%
cable = Cable(length=Cable().length_constant, compartments=25)
diagonal, side = cable.conductance()  # µS, between compartments and to the outside
X, R = cable.x / cable.length, Cable(length=60_000).input_resistance
for frequency in (0, 100, 1000):
    omega = 2 * np.pi * frequency / 1000  # 1/ms
    G = np.diag(diagonal + 1j * omega * cable.capacitance)
    G += np.diag(side, 1) + np.diag(side, -1)
    V = np.linalg.inv(G)[[0, -1], 0]  # for 1 nA into the first compartment
    q = np.sqrt(1 + 1j * omega * cable.time_constant)
    exact = R / q * np.cosh(q * X[0]) * np.cosh(q * (1 - X[[0, -1]])) / np.sinh(q)
    near, far = 100 * (abs(V) / abs(exact) - 1)
    print(f"{frequency:4} Hz: near the electrode {near:+.3f} %, at the far end "
          f"{far:+.3f} %")

# %% [markdown]
r"""
At 100 Hz the rule keeps the error within 0.2 %. At 1000 Hz the far end is too quiet by 6 %, because $V$ then changes over a shorter distance. The rule is therefore a rule for the frequencies that you care about.

## Further · The dye under your hand

*10 minutes.* Green's function, watched at one position. When is the dye densest there? Set the slope of $\log G=-\tfrac12\log(4\pi T)-T-X^2/4T$ in time to 0.
"""

# %%
from course_utils.notebook_04.theory import green_function

T = np.linspace(0.005, 2.5, 400)
passing = {X: green_function(X, T) for X in (0.5, 1.0, 1.5)}

# %% tags=["folded"]
# Figure: the density at three distances against time
fig, ax = plt.subplots(figsize=(7, 3))
for (X, G), style in zip(passing.items(), ("-", "--", "-.")):
    ax.plot(T, G, style, color=COLOR["V"], label=f"X = {X}")
    ax.plot(T[G.argmax()], G.max(), "o", color=COLOR["vermillion"])
    print(f"X = {X}: highest {G.max():.4f} near T = {T[G.argmax()]:.2f}; area up to "
          f"T = 2.5: {G.sum() * (T[1] - T[0]):.3f}, "
          f"in all e^-X/2 = {np.exp(-X) / 2:.3f}")
ax.set(xlabel="time $T$ (time constants)", ylabel="$G(X,T)$", ylim=(0, 0.55))
ax.legend()
show(
    fig, "Green's function at three distances against time: the farther away, the "
    "later, lower and longer the passing of the dye; a dot marks each peak.")

# %% [markdown]
r"""
Is this also what a real cable does? Put 1 pC into the middle of a long course cable, by a pulse of 10 nA for 0.1 ms, and compare the run with $\dfrac{Q}{2\pi a\,c_m\lambda}G$. The pulse is a drop that fell at its middle, that is, 0.05 ms after its beginning.
"""

# %%
n = 401  # compartments of λ/20; the electrode is in the middle one
cable = Cable(length=n * Cable().length_constant / 20, compartments=n)
t = np.arange(0, 16.05, 0.1)
V = simulate_cable(cable, t, [(cable.length / 2, np.where(t < 0.05, 10.0, 0))]).V
area = 2 * np.pi * cable.radius * cable.length_constant * 1e-8  # of one λ, cm²
unit = 1e-12 / (1e-6 * cable.c_m * area) * 1000  # mV: 1 pC on one λ
for X, T in ((0.5, 0.1), (0.5, 0.25), (1.0, 0.25), (1.5, 0.8)):
    now = 20 * T  # ms
    there = V[round(10 * now), n // 2 + round(20 * X)]
    theory = unit * green_function(X, (now - 0.05) / 20)
    print(f"X = {X}, T = {T:4}: run {there:.4f} mV, {unit:.3f} mV × G = "
          f"{theory:.4f} mV")

# %%
def time_of_the_peak(X):
    ...


check("time of the peak", time_of_the_peak)

# %% tags=["solution"]
def solved_time_of_the_peak(X):
    return (np.sqrt(1 + 4 * X * X) - 1) / 4


check("time of the peak", solved_time_of_the_peak)

# %% [markdown]
r"""
In the panel the leak has a factor of its own: $G_k(X,T)=\dfrac{1}{\sqrt{4\pi T}}\exp\Bigl(-kT-\dfrac{X^2}{4T}\Bigr)$. With $k=1$ this is $G$. Drag in the left picture to move the position that you watch, in the right one to move time. With the leak set to 0 you see the article's picture: dye in a tube with impermeable walls. Now increase the leak. Why does the peak arrive *earlier*?
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the dye along the tube at one moment, and at one position against time
def view(fig):
    band, along, clock = pictures.fibre_axes(fig, wspace=0.22)
    tube = pictures.tube(band, 0, 1, animated=True)
    band.set(xlim=(-4, 4), ylim=(-2, 2))
    along.set(xlim=(-4, 4), ylim=(0, 1.05), ylabel="$G_k$",
              xlabel="position $X$ (length constants)")
    clock.set(xlim=(0, 3), ylim=(0, 0.4), ylabel="$G_k$ at the position watched",
              xlabel="time $T$ (time constants)")
    now = pictures.moving(along, color=COLOR["V"], lw=2.4, label="with leak")
    tight = pictures.moving(along, "--", color=COLOR["theory"], label="without leak")
    watched = pictures.moving(along, "o", ms=9, color=COLOR["vermillion"])
    passing = pictures.moving(clock, color=COLOR["V"])
    moment = pictures.moving(clock, "o", ms=9, color=COLOR["vermillion"], label="now")
    peak = pictures.moving(clock, "^", ms=8, color=COLOR["theory"],
                           label="peak, closed form")
    along.legend(loc="upper right")
    clock.legend(handles=[moment, peak], loc="upper right")

    def update(dye, result):
        tube(1000 * result.X, 1.0, result.along)
        now.set_data(result.X, result.along)
        tight.set_data(result.X, result.tight)
        watched.set_data([dye.X], [result.now])
        passing.set_data(result.T, result.passing)
        moment.set_data([dye.T], [result.now])
        peak.set_data(*([each] for each in result.peak))

    return update


Panel(Dye(), view, "T", "X", "leak")

# %% [markdown]
r"""
## Further · Warm the axon, thicken it

*20 minutes.* All gates become three times as fast for each 10 °C. What does that do to a spike that propagates?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("warmer")

# %% [markdown]
r"""
### Run
"""

# %%
def warm_axon(T):
    return Axon(cell=HodgkinHuxley(temperature=T))


exact = {6.3: 12.3138, 15.0: 16.8097, 20.0: 19.5490, 30.0: 23.4319, 32.0: 22.9921,
         33.0: 22.0790}  # m/s, from the travelling-wave equation
speeds = {T: conduction_speed(warm_axon(T))
          for T in (6.3, 10.0, 15.0, 20.0, 25.0, 30.0, 32.0, 33.0)}

# %% tags=["folded"]
# Figure: conduction speed against temperature
def propagates(T):
    try:
        return conduction_speed(warm_axon(T)) > 0
    except ValueError:  # no spike propagates
        return False


last, first = 33.0, 35.0  # a spike still propagates, and none does
while first - last > 0.15:  # halve the gap, four times
    middle = (last + first) / 2
    last, first = (middle, first) if propagates(middle) else (last, middle)
fig, ax = plt.subplots(figsize=(6.4, 3.1))
ax.plot(*zip(*speeds.items()), "o-", color=COLOR["V"])
ax.axvline(first, color=COLOR["vermillion"], ls="--", lw=1.2)
ax.text(first - 0.3, 11.5, "heat block", color=COLOR["vermillion"], rotation=90,
        ha="right", va="bottom")
ax.set(xlabel="temperature (°C)", ylabel="speed (m/s)", ylim=(10, 25))
for T, speed in speeds.items():
    known = f"   exact {exact[T]:.2f}" if T in exact else ""
    print(f"{T:4.1f} °C   {speed:.2f} m/s{known}")
print(f"a spike still propagates at {last:.2f} °C and none at {first:.2f} °C (exact "
      "limit 33.69 °C)")
show(
    fig, "Conduction speed of the squid axon against temperature: it rises, has its "
    "maximum near 30 degrees, falls, and near 33.7 degrees there is no spike any more.")

# %% [markdown]
r"""
Above 33.69 °C no travelling wave exists: the sodium channels inactivate and the potassium channels open so fast that their currents cancel before the membrane ahead is charged. Below 33.69 °C there is a second travelling pulse, which is slower and unstable. At 33.69 °C the two pulses merge and disappear: a **saddle-node bifurcation**, like the fold in notebook 03.

And **thickness**? In $\theta=\sqrt{Ka/2\rho C_m}$ the membrane's $K$ stays, so $\theta\propto\sqrt a$. Time spikes between 15 and 45 mm on fibres from a quarter of the squid's radius to four times.
"""

# %%
t = np.arange(0, 9, 0.01)
for part in (1 / 4, 1 / 2, 1, 2, 4):
    axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000, radius=238 * part,
                compartments=300)
    pulse = np.where(t < 0.3, 2e4 * part**1.5, 0)  # a thick fibre takes more current
    first, last = reached(simulate_cable(axon, t, [(0, pulse)]), [15_000, 45_000])
    print(f"a = {238 * part:5.1f} µm: {30 / (last - first):5.2f} m/s, 18.73 × "
          f"sqrt({part:4.2f}) = {18.73 * part**0.5:5.2f}")

# %% [markdown]
r"""
### Investigate

The dashed line is the $\sqrt a$ law at 18.5 °C. When does the spike keep to it, and what makes it leave? A thick axon needs a stronger pulse: raise the current with the radius.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one spike in space and time, and against time at three positions
def view(fig):
    space, clock = fig.subplots(1, 2, width_ratios=(3, 2.4))
    spikes = pictures.kymograph(space, animated=True)
    space.set(xlim=(0, 60), ylim=(0, 9))
    clock.set(xlim=(0, 9), ylim=(-15, 115), xlabel="$t$ (ms)", ylabel="$V$ (mV)")
    looks = (("-", "V"), ("--", "green"), ("-.", "purple"))
    lines = [pictures.moving(clock, style, color=COLOR[color], label=f"{x / 1000:g} mm")
             for (style, color), x in zip(looks, FiredAxon.positions)]
    marks = pictures.moving(space, "o", ms=8, mfc="none", mec=COLOR["vermillion"])
    law = pictures.moving(space, "--", color=COLOR["theory"], lw=1.2,
                          label=r"18.73 m/s $\times\sqrt{a/238\,\mathrm{µm}}$")
    space.legend(loc="upper right").set_animated(True)  # on top of what moves
    clock.legend(loc="upper right")

    def update(axon, result):
        spikes(result.x, result.t[::3], result.V[::3])
        marks.set_data(result.positions / 1000, result.arrivals)
        for line, V in zip(lines, result.recorded):
            line.set_data(result.t, V)
        start = np.nan_to_num(result.arrivals[0], nan=1.5)
        law.set_data([15, 60], [start, start + 45 / result.predicted])

    return update


Panel(FiredAxon(), view, "current", "radius", "temperature")

# %% [markdown]
r"""
## Further · What everything scales with

*15 minutes.* You met six quantities of a fibre and four numbers that determine them. How does each quantity change with each number? Treat the formulas and the solver as apparatus. Change one number by 1 % up and down, measure the quantity, and divide the change of its logarithm by that of the number: this is the **exponent** $e$ in *quantity* $\propto$ *number*$^{\,e}$.
"""

# %%
dendrite = Cable()
quantities = {
    "length constant": lambda c: c.length_constant,
    "time constant": lambda c: c.time_constant,
    "input resistance, long cable": lambda c: steady_voltage(
        c.but(length=16_000.0, compartments=3200), [(0, 1.0)])[0],
    "the same, short sealed cable": lambda c: steady_voltage(
        c.but(length=14.0, compartments=20), [(0, 1.0)])[0],
    "pseudo-velocity 2 λ/τ": lambda c: 2 * c.length_constant / c.time_constant,
    "jump by a point charge": lambda c: 1 / (c.c_m * c.radius * c.length_constant),
}


def exponent(quantity, fibre, name):
    value = fibre.get(name)
    more, less = (quantity(fibre.but(**{name: value * f})) for f in (1.01, 1 / 1.01))
    return np.log(more / less) / (2 * np.log(1.01)) + 0.0


table = {quantity: [exponent(measure, dendrite, name)
                    for name in ("radius", "rho", "g_m", "c_m")]
         for quantity, measure in quantities.items()}

# %%
squid = Axon(cell=HodgkinHuxley(temperature=18.5))


def spike(name):  # the exponent of the conduction speed of the squid axon
    if name in ("radius", "rho"):
        return exponent(conduction_speed, squid, name)
    names = {"g": ("g_Na", "g_K", "g_L"), "c": ("C_m",)}[name]
    cells = [squid.cell.but(**{each: squid.cell.get(each) * f for each in names})
             for f in (1.1, 1 / 1.1)]
    more, less = (conduction_speed(squid.but(cell=cell)) for cell in cells)
    return np.log(more / less) / (2 * np.log(1.1))


table["conduction speed of a spike"] = [spike(name)
                                        for name in ("radius", "rho", "g", "c")]

# %% tags=["folded"]
# Table: exponents of seven quantities
print(f"{'exponent of':29}  radius   resistivity   conductance   capacitance")
for quantity, row in table.items():
    numbers = "       ".join(f"{e:6.2f}" for e in np.round(row, 2) + 0.0)
    print(f"{quantity:29}  {numbers}")

# %% [markdown]
r"""
Nearly all exponents are halves, because every quantity of the passive cable is made of $\lambda=\sqrt{a/2\rho g_m}$ and $\tau_m=c_m/g_m$. The speed of a spike is the exception. It keeps the halves for the fibre, $a$ and $\rho$, but not for the membrane. There is still a law: more capacitance and more conductance by the same factor $s$ leave the shape of the spike as it is and divide its speed by $\sqrt s$. Do the two last exponents of the last row add up to what this law demands?

**Exercise.** A dendrite becomes twice as thick, and half of its leak channels close. By which factors do the length constant, the time constant and the input resistance of a long cable change? Use the table.
"""

# %%
check("a changed dendrite", [..., ..., ...])

# %% tags=["solution"]
twice, half = 2.0, 0.5
factors = [twice**0.5 * half**-0.5, half**-1, twice**-1.5 * half**-0.5]
check("a changed dendrite", factors)

# %% [markdown]
r"""
## Further · When the radius changes

*25 minutes.* Real fibres taper, branch and swell. Step 6 of the derivation is valid for any radius $a(x)$. What flows out of one compartment flows into the next, so the solver conserves current at each junction by construction. Look at a **step** and at a **taper**, both from 4 to 1 µm, with 100 pA into the left end.
"""

# %%
n = 200
radii = {"step": np.where(np.arange(n) < n // 2, 4.0, 1.0),
         "taper": np.linspace(4.0, 1.0, n)}
cables = {name: Cable(length=4000, compartments=n, radius=radius)
          for name, radius in radii.items()}
for name, cable in cables.items():
    V = steady_voltage(cable, [(0, 0.1)])
    axial = 1000 * cable.axial_current(V)  # pA to the next compartment, n - 1 junctions
    leak = 1e-2 * cable.g_m * cable.area * V  # pA out of each compartment
    kept = np.diff(np.concatenate([[100.0], axial, [0.0]])) + leak  # in all 0
    print(f"{name:5}: leaking out along the cable {leak.sum():.4f} pA; before, in and "
          f"after the middle {axial[98]:.2f}, {axial[99]:.2f}, {axial[100]:.2f} pA; "
          f"conserved at every junction: {np.abs(kept).max() < 1e-9}")

# %% tags=["folded"]
# Figure: both fibres, their voltage and their axial current
fig, axes = plt.subplots(2, 2, figsize=(8.6, 3.5), height_ratios=(1, 2.4), sharex=True)
for (name, cable), band, ax in zip(cables.items(), *axes):
    V = steady_voltage(cable, [(0, 0.1)])
    pictures.tube(band, 0, 6)(cable.x, cable.radius, V)
    band.set(ylim=(-6, 6), xlim=(0, 4), title=name)
    band.spines[:].set_visible(False)
    band.tick_params(length=0)
    ax.plot(cable.x / 1000, V, color=COLOR["V"])
    twin = ax.twinx()
    twin.plot((cable.x[1:] + cable.x[:-1]) / 2000, 1000 * cable.axial_current(V), "--",
              color=COLOR["stimulus"])
    ax.set(xlabel="$x$ (mm)", ylabel="$V$ (mV)", ylim=(0, 6))
    twin.set(ylim=(0, 105))
    twin.set_ylabel("axial current (pA)", color="#9A6B00")
show(
    fig, "Two dendrites that become four times thinner, at once or gradually, coloured "
    "by their voltage. Below, the voltage, solid, bends at the step, while the axial "
    "current, dashed, passes it without a jump; along the taper both are smooth.")

# %% [markdown]
r"""
**Branches.** A semi-infinite cable has the input conductance $1/R_\infty=\pi a^2/(\rho\lambda)\propto a^2/\sqrt a=a^{3/2}$, since $\lambda\propto\sqrt a$. So $n$ long branches of radius $b$ load the end of a parent of radius $a$ exactly as its own continuation would if $n\,b^{3/2}=a^{3/2}$: **Rall's 3/2 rule**.
"""

# %%
def matched_branches(a, n):
    ...  # the radius b of each of n branches


check("matched branches", matched_branches)

# %% tags=["solution"]
def solved_matched_branches(a, n):
    return a / n**(2 / 3)


check("matched branches", solved_matched_branches)

# %% [markdown]
r"""
Whether matching makes a whole tree equivalent to one cable is the subject of the next section.

And a **spike** at a step? Predict first.
"""

# %% tags=["nbval-ignore-output"]
predict("which direction")

# %%
t = np.arange(0, 7.5, 0.02)


def at_a_step(before, after):  # the run on an axon whose radius changes at 30 mm
    radius = 238.0 * np.where(np.arange(200) < 100, before, after)
    axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000, radius=radius,
                compartments=200)
    current = 1e5 if before > 1 else 2e4  # nA
    return simulate_cable(axon, t, [(0, np.where(t < 0.3, current, 0))])


# %% tags=["folded"]
# Figure: a spike at three steps of the radius
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3.1), sharey=True)
steps = {"4 × wider: late": (1, 4), "7 × wider: fails": (1, 7),
         "7 × narrower: passes": (7, 1)}
for ax, (title, (before, after)) in zip(axes, steps.items()):
    run = at_a_step(before, after)
    pictures.kymograph(ax, interpolation="bilinear")(run.model.x, t[::3], run.V[::3])
    ax.axvline(30, color=COLOR["vermillion"], ls="--", lw=1)
    ax.set(xlim=(0, 60), ylim=(0, 4), title=title, ylabel="")
    print(f"{title:18} highest V at 15 mm {run.V[:, 50].max():.1f} mV, at 45 mm "
          f"{run.V[:, 150].max():.1f} mV")
axes[0].set_ylabel("$t$ (ms)")
show(
    fig, "A spike meets a step of the radius at 30 mm. Four times wider: it waits, "
    "then goes on, faster. Seven times wider: it ends at the step. Seven times "
    "narrower: it passes and goes on more slowly.")

# %% [markdown]
r"""
Somewhere between 4 and 7 lies the limit. Find it: halve the gap again and again.
"""

# %%
t, x = np.arange(0, 10, 0.02), np.linspace(0.15, 59.85, 200)  # ms, mm


def crosses(ratio, width=0.0):  # does a spike pass a widening that is `width` mm long?
    part = np.clip((x - 30 + width / 2) / width, 0, 1) if width else x > 30
    axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000,
                radius=238.0 * ratio**part, compartments=200)
    V = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4, 0))]).V
    return V[:, 150].max() > 50


low, high = 4.0, 7.0
while high - low > 0.03:
    middle = (low + high) / 2
    low, high = (middle, high) if crosses(middle) else (low, middle)
print(f"a sudden step of {low:.2f} times lets the spike pass, one of {high:.2f} times "
      "stops it")
print("7 times, spread over", ", ".join(
    f"{w} mm: {'passes' if crosses(7.0, w) else 'fails'}" for w in (1, 2, 5, 10)))

# %% [markdown]
r"""
So the limit at 18.5 °C is near 5.44, for a *sudden* step. Spread over 5 mm, about the length of a spike's front (it rises in 0.25 ms and propagates 18.7 mm in each ms), even seven times is no obstacle. A branching axon can therefore filter: which branch gets the spike is a matter of geometry.

## Further · A dendrite with branches

*15 minutes.* `Tree` joins cables at forks, where $V$ is continuous and the axial currents add up. Its equations are solved from the tips to the stem and back, as in an unbranched cable (`Tree.steady_voltage??`). Three trees receive 0.1 nA at the beginning of the stem, which has a radius of 2 µm. In the first two the branches obey Rall's 3/2 rule; the first has tips at the same distance in $\lambda$, the second has not. The third obeys nothing.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("there and back")

# %%
from course_utils.models.tree import Tree


def grown(*sections):  # a tree from (radius in µm, length in µm): stem, two branches
    cables = [Cable(radius=radius, length=length, compartments=400)
              for radius, length in sections]
    return Tree(cables=tuple(cables), parents=(None, 0, 0))


def in_lambda(radius, L):  # a section of L length constants
    return radius, L * Cable(radius=radius).length_constant


matched = 2 / 2**(2 / 3)  # µm
trees = {
    "matched, equal tips": grown(in_lambda(2, 0.6), *[in_lambda(matched, 0.5)] * 2),
    "matched, unequal tips": grown(in_lambda(2, 0.6), in_lambda(matched, 0.2),
                                   in_lambda(matched, 0.8)),
    "unmatched": grown((2, 800), (1.5, 500), (0.6, 700)),
}

for name, tree in trees.items():
    V = tree.steady_voltage([(0, 0.0, 0.1)])
    start = V[0] + 0.1 * tree.cables[0].half_resistance[0]  # at the end, not the middle
    fork = V[tree.forks[0]]
    tips = [V[tree.parts[k].stop - 1] for k in (1, 2)]
    print(f"{name:21}: input resistance {10 * start:6.2f} MΩ; V at the fork "
          f"{fork:6.3f}, at the tips {tips[0]:.3f} and {tips[1]:.3f} mV")
one = Cable(length=1.1 * Cable().length_constant)
print(f"{'one cable of 1.1 λ':21}: input resistance {one.input_resistance:6.2f} MΩ")

# %%
tree = trees["unmatched"]
inward = tree.steady_voltage([(2, 700.0, 0.1)])  # into the thin tip
outward = tree.steady_voltage([(0, 0.0, 0.1)])
thin = tree.parts[2].stop - 1
tip = inward[thin] + 0.1 * tree.cables[2].half_resistance[-1]
start = outward[0] + 0.1 * tree.cables[0].half_resistance[0]
print(f"stem to thin tip: {outward[thin]:.3f} mV arrive; thin tip to stem: "
      f"{inward[0]:.3f} mV arrive")
print(f"attenuation outwards {start / outward[thin]:.2f}, inwards "
      f"{tip / inward[0]:.2f}")

# %% tags=["folded"]
# Figure: the voltage along the unmatched tree for two places of the electrode
looks = (("stem", "-", "V"), ("thick branch", "--", "green"),
         ("thin branch", "-.", "purple"))
fig, axes = plt.subplots(1, 2, figsize=(8.4, 3), sharey=True)
titles = ("into the stem", "into the thin tip")
for ax, V, title in zip(axes, (outward, inward), titles):
    for k, (name, style, color) in enumerate(looks):
        x = tree.cables[k].x + (tree.cables[0].length if k else 0)
        ax.plot(x / 1000, V[tree.parts[k]], style, color=COLOR[color], label=name)
    ax.set(xlabel="distance from the beginning of the stem (mm)", title=title,
           yscale="log", yticks=(10, 20, 50), yticklabels=(10, 20, 50))
    ax.minorticks_off()
axes[0].set_ylabel("$V$ (mV)")
axes[1].legend()
show(
    fig, "Steady voltage along a stem and its two branches, on a logarithmic axis. "
    "Left, a current into the stem lowers the voltage only a little towards both tips. "
    "Right, the same current into the thin tip causes a far higher voltage there, "
    "which falls steeply towards the fork.")

# %% [markdown]
r"""
The first tree has the input resistance of a single cable of 1.1 λ. The second obeys the 3/2 rule as well, but it does not: matched radii are not enough. A tree is equivalent to one cable only if in addition all tips are at the same electrotonic distance (measured in $\lambda$) and have equal ends.

In the third tree the same current causes the same voltage at the other place in both directions: **transfer is reciprocal**. The **attenuation** is not, because the voltage at the electrode differs. The thin tip has a high input resistance, so a small synaptic current causes a large local depolarisation, and most of it is lost on the way to the soma.

## Further · Insulation instead of thickness

*5 minutes.* The squid buys speed with thickness. Vertebrates wrap the fibre in **myelin**: some hundred layers of membrane, one around the other, with short bare **nodes** about a millimetre apart. Layers lie in series, so $n$ of them have $1/n$ of the conductance and $1/n$ of the capacitance per area. (This takes all layers at the radius of the axon; real myelin thickens the fibre, and its outer layers are wider.) What does that do between two nodes? Nothing new is needed: it is a passive cable.
"""

# %%
t = np.arange(0, 1.001, 0.01)
pulse = [(0, np.where(t < 0.1, 1.0, 0))]  # 1 nA for 0.1 ms: a node has fired
for name, layers in (("bare", 1), ("wrapped", 100)):
    fibre = Cable(length=20_000, radius=5, g_m=0.05 / layers, c_m=1 / layers,
                  compartments=400)
    there = simulate_cable(fibre, t, pulse).V[:, 20]  # at 1 mm, at the next node
    above = t[there > 1]
    when = f"after {above[0]:.2f} ms" if len(above) else "never"
    speed = 2 * fibre.length_constant / fibre.time_constant / 1000
    print(f"{name:8} λ = {fibre.length_constant / 1000:5.2f} mm, τ = "
          f"{fibre.time_constant:.0f} ms, 2λ/τ = {speed:.2f} mm/ms; at 1 mm "
          f"up to {there.max():.3f} mV, 1 mV {when}")

# %% [markdown]
r"""
$\lambda\propto1/\sqrt{g_m}$ grows tenfold, and $\tau_m=c_m/g_m$ stays. Therefore the depolarisation arrives earlier and, for this pulse, with about a hundred times the amplitude. It brings the next node to threshold, where the spike is regenerated. Because this happens only at the nodes, the spike seems to jump from node to node (**saltatory conduction**). The channels of the nodes are not computed here.

## Further · Four synapses in a row

*15 minutes.* Four synapses at 0.6, 1.4, 2.2 and 3.0 mm from the soma, each 0.1 nA for 5 ms. Rall's question of 1964: does the **order** in which they are active matter to the soma?
"""

# %% tags=["nbval-ignore-output"]
predict("order of inputs")

# %%
cable = Cable(length=4000, compartments=160)
t = np.arange(0, 80, 0.25)


def at_the_soma(starts):  # V (T,) when the four synapses start at these times (ms)
    pulses = [(x, np.where((t >= s) & (t < s + 5), 0.1, 0))
              for x, s in zip(SYNAPSES, starts)]
    return simulate_cable(cable, t, pulses).V[:, 0]


# %% tags=["folded"]
# Figure: the voltage at the soma for three orders
fig, ax = plt.subplots(figsize=(7, 3))
orders = {"towards the soma": (24, 16, 8, 0), "away from it": (0, 8, 16, 24),
          "all at once": (0, 0, 0, 0)}
for (name, starts), style in zip(orders.items(), ("-", "--", ":")):
    V = at_the_soma(starts)
    ax.plot(t, V, style, color=COLOR["V"], label=f"{name}: {V.max():.2f} mV")
    print(f"{name:17} highest V at the soma {V.max():.3f} mV")
ax.set(xlabel="$t$ (ms)", ylabel="$V$ at the soma (mV)", ylim=(0, 4.4))
ax.legend()
show(
    fig, "Voltage at the soma for four equal synapses in three orders: towards the "
    "soma the peak is highest, away from it lowest, all at once in between.")

# %% [markdown]
r"""
**Puzzle.** You have the same four synapses. Choose their start times (ms, in the order from the soma outwards) so that the soma reaches **4.0 mV**. `soma_voltage([...])` tries a choice.
"""

# %%
starts = [..., ..., ..., ...]

check("four synapses", starts)

# %% tags=["solution"]
# alone, the four peaks arrive 5.5, 9.25, 14.25 and 21.25 ms after their starts
print(f"{soma_voltage([15.75, 12, 7, 0]):.2f} mV")
check("four synapses", [15.75, 12, 7, 0])

# %% [markdown]
r"""
## Further · Fast signals die sooner, and a second cable

*5 minutes.* Put a sinusoid of frequency $f$ in place of the steady current. The capacitor now takes a part of the current, and the reach shrinks to $\lambda(f)=\lambda\sqrt{2/(1+\sqrt{1+(2\pi f\tau_m)^2})}$. And a self-check on another cable, that of the [EPFL exercise on dendrites](https://github.com/EPFL-LCN/neuronaldynamics-exercises/blob/master/doc/exercises/passive-cable.rst): diameter 2 µm, $\rho=50$ Ω cm, $g_m=0.08$ mS/cm², $c_m=0.8$ µF/cm². The exercise gives no numbers to compare with; those in brackets come from the closed forms of section 3, computed independently of this package.
"""

# %%
from course_utils.notebook_04.theory import length_constant_at, step_response

for f in (0, 10, 100):
    relative = length_constant_at(Cable(), f) / Cable().length_constant
    print(f"{f:3d} Hz: reach {relative:.4f} λ")
second = Cable(length=500, radius=1, rho=50, g_m=0.08, c_m=0.8)
L = second.length / second.length_constant
V0 = 0.1 * second.input_resistance
print(f"second cable: λ = {second.length_constant / 1000:.4f} mm, τ = "
      f"{second.time_constant:.0f} ms")
print(f"0.5 mm, sealed, 0.1 nA: V(0) = {V0:.4f} mV, V(L) = {V0 / np.cosh(L):.4f} mV "
      "(reference 42.4066, 38.4928)")
print("step response at X = 0, 1, 2 and T = 1: "
      f"{', '.join(f'{step_response(X, 1.0):.4f}' for X in (0, 1, 2))}"
      " (reference 0.8427, 0.2336, 0.0504)")

# %% [markdown]
r"""
## Questions to close

1. A colleague finds that a drug makes synaptic potentials in a dendrite slower, but their steady reach stays the same. Which parameter did it change?
2. Why may you add up four synapses on a passive dendrite, and not four spikes on an axon?
3. A fibre conducts at 10 m/s. You want 20 m/s in the same bundle of nerves. How many of the thicker fibres take the room of one hundred of the old ones?
4. In notebook 02 a neuron at rest could be fired by hyperpolarisation, at 6.3 °C. Inject $-3$ µA into the middle of a squid axon for 15 ms, at 6.3 °C, and then stop. Where would you expect a spike to start, and what could go wrong with your prediction at 18.5 °C, or at $-30$ µA?

<details>
<summary>Answers</summary>

1. The capacitance: $\tau_m=c_m/g_m$ grows, and $\lambda$ does not contain $c_m$. (A smaller $g_m$ would slow the response too, but reach farther.)
2. The passive cable is linear in $V$: a sum of solutions is a solution. The sodium current is not linear in $V$, and gates depend on the past.
3. Twice the speed needs four times the radius, sixteen times the cross-section: about six of them. That is why vertebrates use myelin.
4. In the middle, and it propagates in both directions: hyperpolarisation removes inactivation there, and after the release $V$ overshoots (anode break). At 18.5 °C no spike follows; $V$ stays below 5 mV after the release. With $-30$ µA the middle is driven to $-300$ mV and is the last part to recover, so that the spike reaches the ends of a 6 cm axon first.

</details>

## References

- Hodgkin & Huxley 1952, *J. Physiol.* 117:500, the equations, 18.8 m/s computed and 21.2 m/s measured. [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- Rall 1964, Theoretical significance of dendritic trees for neuronal input-output relations, in Reiss (ed.), *Neural Theory and Modeling*, Stanford University Press: the order of inputs along a dendrite.
- Rall 1977, *Handbook of Physiology, The Nervous System* 1:39, cables, ends, the 3/2 rule. [10.1002/cphy.cp010103](https://doi.org/10.1002/cphy.cp010103)
- Rannacher 1984, *Numer. Math.* 43:309, why Crank-Nicolson rings and how to calm it. [10.1007/BF01390130](https://doi.org/10.1007/BF01390130)
- Hines 1984, *Int. J. Bio-Med. Comput.* 15:69, gates and voltage at staggered times. [10.1016/0020-7101(84)90008-4](https://doi.org/10.1016/0020-7101(84)90008-4)
- Gerstner, Kistler, Naud & Paninski, *Neuronal Dynamics*, chapter 3.2, and its exercise on the passive cable: [neuronaldynamics.epfl.ch](https://neuronaldynamics.epfl.ch/online/Ch3.S2.html)
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Section 1 with its box (15), the sign (5), touch the dendrite (10), the fibre that answers back (10), the two ends with the vote (10). Leave the killed end as homework.

**90 minutes.** The core with sections 1 and 4 shortened (tell the derivation of Green's function, don't do it); the optional sections as homework by taste: solvers for engineers, heat and steps for biologists, the order of inputs for those who go on to notebook 06.

**Vote.** "Two spikes run towards each other along one axon. They pass / add / are reflected / both vanish." Ask before and after two minutes of talk with a neighbour; then drag the delay.

**Misconceptions.** The length constant shrinks with $c_m$; $2\lambda/\tau_m$ is the speed of a spike; $g_m$ per length beside a factor $2\pi a$; a positive current may hyperpolarise if the equation says so; $dx$ may be anything (it must be small against $\lambda$); a run that agrees with a finer run is right; a spike fades with distance; a spike is made anew everywhere, so the axial resistance does not matter; a thicker fibre is faster in proportion; matched branches always make a tree one cable.

**Rubric for "twice as fast".** 1 point: changes the fibre and not the membrane. 2: finds the factor 4 by trying. 3: argues from $K$ or from units that the speed goes as the root of $a/\rho$, and gives a second solution ($\rho/4$).

**Rubric for the convergence plot.** 1 point: errors against the formula, at one instant. 2: the order as a slope of logarithms. 3: says why a finer run is no judge, and what backward Euler would show.

**Timing of the core.** 22, 6, 22, 12, 20, 18 minutes for sections 1 to 6.
"""

# %% [markdown]
r"""
[← 03 From biophysics to dynamics](03_from_biophysics_to_dynamics.ipynb) · [05 Stochastic neurons →](05_stochastic_neurons.ipynb)
"""
