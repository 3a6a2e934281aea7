# %% [markdown]
r"""
# 04 · Cable theory

**The question.** How does a voltage spread along a nerve fibre, and why does a spike arrive where a passive pulse fades on the way?

**You will be able to**
- *find* the wrong line in a program about cables by units alone;
- *test* three errors of the article, with units, with signs and with an experiment;
- *derive* the voltage along a cable from the conditions at its ends, and *predict* how it falls with distance;
- *measure* how a spike charges the membrane ahead of it, and *choose* a fibre that conducts twice as fast;
- *predict* the outcome when two spikes, or two passive pulses, meet.

**Time.** Core: two sittings of 60 minutes (sections 1 to 3; sections 4 to 6). Each optional section takes 5 to 40 minutes.

**You need** the Hodgkin-Huxley membrane ([notebook 02](02_neural_biophysics.ipynb)), the exponential function with $\cosh$ and $\sinh$, and derivatives. Partial derivatives and the delta pulse are introduced here.

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* Numbers such as *erratum E33* refer to the [list of its errors](07_conclusion.ipynb#4-·-The-ledger-of-errata) in notebook 07. So far the neuron of the article was a point; now it becomes a fibre with a length. The article treats this fibre as a row of capacitors and compares its voltage to dye that diffuses along a tube.
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
from course_utils.notebook_04.theory import half_time, steady_voltage, step_response

# %% [markdown]
r"""
The next cell prints the symbols of the **course cable**, a dendrite of 4 µm diameter, with its values and units. The voltage $V$ is the potential inside minus the potential outside. It is counted from rest, so that depolarisation is positive. Formulas use cm, as is usual in the field, whereas the code takes µm (1 µm = 10⁻⁴ cm).
"""

# %%
Cable()

# %% [markdown]
r"""
## Warm-up

Three questions on earlier notebooks. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · A slice of cable

Which equation does the voltage obey along a fibre? We treat the fibre as an electric circuit. Inside there is salt water, which conducts with a resistance. Around it there is the membrane, which stores charge and leaks.
"""

# %% tags=["folded"]
# Figure: three slices of a cable as a circuit
fig, ax = plt.subplots(figsize=(8, 2.9))
pictures.circuit(ax)
show(
    fig, "Three slices of a cable as a circuit. Inside, green resistors in series lead "
    "from slice to slice and carry the axial current. From each slice a blue capacitor "
    "and a purple leak, in parallel, lead to the outside. The derivation below "
    "explains the symbols; the green label is the resistance of both resistors between "
    "two dots.")

# %% [markdown]
r"""
The capacitor and the channels of a slice are connected **in parallel**, as the article says. However, the article does not mention the element that turns these slices into a cable: the axial resistors, which connect them **in series** ([erratum E33](07_conclusion.ipynb#4-·-The-ledger-of-errata)). Four assumptions are made silently. The outside has the same potential everywhere, $V$ is counted from rest, $V$ does not vary across the fibre, and the radius is constant.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("twice the capacitance")

# %% [markdown]
r"""
### Derive: the cable equation

We will derive an equation for $V(x,t)$ in volts at the position $x$ (cm) and the time $t$ (s). Such a function of two variables has two slopes. The **partial derivative** $\partial V/\partial x$ is the slope along the fibre at a fixed time, and $\partial V/\partial t$ is the rate of change at a fixed position.

Five more quantities are needed:

- the radius $a$ in cm;
- the **axial resistivity** $\rho$ in Ω cm of the **axoplasm** (cytoplasm), the fluid inside;
- the conductance $g_m$ in S/cm² and the capacitance $c_m$ in F/cm², both per **area** of membrane;
- the injected current $i_\mathrm{inj}$ in A/cm, per **length** of fibre, positive inward.

The article calls $g_m$ a conductance per length and gives no unit for $i_\mathrm{inj}$ ([erratum E31](07_conclusion.ipynb#4-·-The-ledger-of-errata)). With its factors $2\pi a$, however, $g_m$ must be per area.

| step | equation | unit of each term |
|---|---|---|
| 1 Ohm's law for the axial current $I_a$, positive towards larger $x$, through the cross-section $\pi a^2$ | $I_a=-\dfrac{\pi a^2}{\rho}\,\dfrac{\partial V}{\partial x}$ | A |
| 2 Kirchhoff's law for a slice of length $dx$ and membrane area $2\pi a\,dx$. The membrane current is the axial current that enters minus the one that leaves, plus the injected one | $2\pi a\,dx\left(c_m\dfrac{\partial V}{\partial t}+g_mV\right)=-\dfrac{\partial I_a}{\partial x}dx+i_\mathrm{inj}\,dx$ | A |
| 3 insert step 1 into step 2 and divide by $2\pi a\,dx$ | $c_m\dfrac{\partial V}{\partial t}=\dfrac{a}{2\rho}\dfrac{\partial^2V}{\partial x^2}-g_mV+\dfrac{i_\mathrm{inj}}{2\pi a}$ | A/cm² |
| 4 divide by $g_m$ and name two constants, $\tau_m=\dfrac{c_m}{g_m}$ (s) and $\lambda^2=\dfrac{a}{2\rho\,g_m}$ (cm²) | $\tau_m\dfrac{\partial V}{\partial t}=\lambda^2\dfrac{\partial^2V}{\partial x^2}-V+\dfrac{i_\mathrm{inj}}{2\pi a\,g_m}$ | V |
| 5 count positions in $\lambda$ and times in $\tau_m$: $X=x/\lambda$ and $T=t/\tau_m$ have no unit; no current is injected | $\dfrac{\partial V}{\partial T}=\dfrac{\partial^2V}{\partial X^2}-V$ | V |
| 6 for a radius $a(x)$ that varies, $a^2$ stays *inside* the derivative | $2\pi a\left(c_m\dfrac{\partial V}{\partial t}+g_mV\right)=\dfrac{\partial}{\partial x}\left(\dfrac{\pi a^2}{\rho}\dfrac{\partial V}{\partial x}\right)+i_\mathrm{inj}$ | A/cm |

The constant $\tau_m$ is the **membrane time constant**, the time scale on which $V$ settles. The constant $\lambda$ is the **length constant**, the distance over which a steady voltage falls by the factor $e\approx2.72$ in a long cable. A distance that is counted in $\lambda$ is called **electrotonic**.

Step 5 shows that all uniform cables obey one equation: they differ only in their units of length and time. Step 6 is the equation that the solver of this course uses.

### Run: what sets the length constant?

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** $\lambda^2=\dfrac{a}{2\rho c_m}$, although its first equation is our step 3 divided by $c_m$, apart from one sign that is the subject of section 2 ([erratum E29](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is the unit: $a/(2\rho c_m)$ is in cm²/s, because Ω F = s, so it is a *diffusivity* and not the square of a length. **Correct is** $\lambda^2=\dfrac{a}{2\rho g_m}$, in cm²; it follows if step 3 is divided by $g_m$. **You can check it:** the printed formula predicts a shorter length constant for a larger capacitance, and the next cell measures it for three capacitances.

</div>
"""

# %%
cables = [Cable(length=20_000, compartments=2000, c_m=c_m)  # 14 length constants
          for c_m in (0.5, 1.0, 2.0)]


def measured(cable):  # the distance in µm over which V falls by the factor e
    V = steady_voltage(cable, [(0, 0.1)])  # 0.1 nA into the left end
    near = cable.x < 5000
    return -1 / np.polyfit(cable.x[near], np.log(V[near]), 1)[0]


lengths = [measured(cable) for cable in cables]

# %% tags=["folded"]
# Table: the measured length constant for each capacitance, with both formulas
print("c_m          measured    sqrt(a/2ρg_m)    printed a/(2ρc_m)   printed × τ_m")
for cable, length in zip(cables, lengths):
    right = np.sqrt(2e-4 / (2 * 100 * 5e-5))  # cm
    printed = 2e-4 / (2 * 100 * cable.c_m * 1e-6)  # cm²/s
    print(f"{cable.c_m:.1f} µF/cm²   {length / 1000:.3f} mm      {10 * right:.3f} mm"
          f"        {printed:.1f} cm²/s"
          f"          {printed * cable.time_constant / 1000:.2f} cm²")

# %% [markdown]
r"""
The measured length constant remains 1.414 mm, while the printed number changes by a factor of four. The printed formula is therefore **falsified**. Multiplied by $\tau_m$ the printed number is always $\lambda^2=0.02$ cm²: it states how fast $V$ spreads, not how far.

### Exercise · find the fault

A laboratory computes length constants with the following program. Papers give the *diameter* $d=2a$, the axial resistivity $R_i=\rho$ and the membrane *resistance* $R_m=1/g_m$ (Ω cm²). The last line claims that a dendrite of 1 µm diameter has a length constant of kilometres. Which line is wrong? Check the unit of each line. Then give the right length constant of this dendrite in mm.
"""

# %%
def length_constant(d, R_i, R_m):  # d in µm; the result in mm
    d = d * 1e-4  # line 1: cm
    g = np.pi * d / R_m  # line 2: leak conductance of 1 cm of fibre, S/cm
    r = R_i * np.pi * d**2 / 4  # line 3: axial resistance of 1 cm of fibre, Ω/cm
    return 10 / np.sqrt(r * g)  # line 4: 10 mm are 1 cm


print(f"{length_constant(1, 150, 30_000):.3g} mm")

# %%
fault = [..., ...]  # the line, the right length constant in mm

check("faulty length", fault)

# %% tags=["solution"]
d, R_i, R_m = 1e-4, 150, 30_000  # cm, Ω cm, Ω cm²
r = R_i / (np.pi * d**2 / 4)  # Ω cm / cm² = Ω/cm; the product would be in Ω cm³
check("faulty length", [3, 10 / np.sqrt(r * np.pi * d / R_m)])

# %% [markdown]
r"""
## 2 · The sign of the injected current

Suppose that we inject a current that is positive **inward**. The inside then gains positive charge, so $V$ must rise. Do the equations of the article agree?

An electrode injects its current $I_0$ at one position $x_0$, but $i_\mathrm{inj}$ is a current per length. We therefore write $i_\mathrm{inj}=I_0\,\delta(x-x_0)$. The **delta pulse** $\delta$ (1/cm) is the limit of a narrow, high pulse. It is 0 everywhere except at $x_0$, and its integral is 1.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** $-\dfrac{i_\mathrm{inj}}{2\pi a\,c_m}$ in its first equation and $+\dfrac{i_\mathrm{inj}}{2\pi a\,g_m}$ in its second, our step 4 ([erratum E30](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the second equation is the first one multiplied by $\tau_m$, so that both must have the same sign. **Correct is** plus in both equations, for a current that is counted inward. **You can check it:** the next cell injects $+1$ pC with each sign of the term, and the charge on the membrane afterwards must be positive.

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
        sealed = np.pad(V, 1, "edge")  # no current flows through the ends
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
With the printed sign a *depolarising* current hyperpolarises the fibre, and the membrane holds the opposite of the injected charge. The loop above is already a cable solver, but it needs very short steps. The optional section [A solver that you can trust](#Further-·-A-solver-that-you-can-trust) explains why and builds a better one.

## 3 · How far: the steady state

How does the voltage fall along a dendrite, and how do the ends of the dendrite change it?

### Derive: three kinds of cable

Wait until $V$ no longer changes. Away from the electrode, step 5 then becomes $V''=V$, where a prime means $d/dX$. The solutions are $e^{-X}$, $e^{X}$ and all their mixtures. For a cable of length $\ell$, that is, of electrotonic length $L=\ell/\lambda$, the mixtures $\cosh(L-X)$ and $\sinh(L-X)$ are convenient.

**A semi-infinite cable** receives the current $I_0$ at its left end. Far away $V$ must not grow, so $V=V_0e^{-X}$. All of the current enters the fibre. By step 1 it is therefore the axial current at $X=0$, that is $I_0=-\dfrac{\pi a^2}{\rho}\dfrac{dV}{dx}\Big|_0=\dfrac{\pi a^2}{\rho\lambda}V_0$. The quotient $R_\infty=\dfrac{V_0}{I_0}=\dfrac{\rho\lambda}{\pi a^2}$, in Ω, is called the **input resistance**.

An electrode in the *middle* of an infinite cable supplies two such cables with half of the current each. There $V=\tfrac12R_\infty I_0\,e^{-|X|}$.

**A sealed end** at $X=L$ is closed by membrane. This small disc leaks almost nothing, here below 0.1 % of the input
conductance of a long cable. We therefore neglect the axial current there, so $V'(L)=0$. We try $V=A\cosh(L-X)+B\sinh(L-X)$.
Only the cosh has slope 0 at $X=L$, hence $B=0$. The slope at $X=0$ is then $-V(0)\tanh L$, where $\tanh=\sinh/\cosh$ and
$\coth=1/\tanh$. By step 1, $I_0=V(0)\tanh L/R_\infty$, and therefore

$$\frac{V(X)}{V(0)}=\frac{\cosh(L-X)}{\cosh L},\qquad R_\text{in}=\frac{V(0)}{I_0}=R_\infty\coth L.$$

### Exercise · derive

**A killed end** is cut open, which fixes its potential. For the *change* of $V$ by $I_0$ this means $V(L)=0$. Now it is your
turn. Which of the two terms remains, and which factor makes $V(X)/V(0)$ equal to 1 at $X=0$?
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

Three cables receive 0.1 nA at their left end: one is semi-infinite (named "infinite", simulated with 20 λ), one is sealed at
$X=1$, one is killed at $X=1$.
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
    fig, "Steady voltage along three cables, simulated (broad) and in closed form "
    "(dashed), on a linear and a logarithmic axis. At the sealed end V stays highest "
    "and the curve arrives flat. At the killed end it falls to zero.")

# %% [markdown]
r"""
The semi-infinite cable has $R_\infty=112.54$ MΩ and the sealed one $R_\infty\coth1$. At a killed end the slope at $X=0$ is
$-V(0)\coth L$, therefore its input resistance is $R_\infty\tanh1$. In the figure the runs lie on the closed forms. An
end matters if it is nearer than about two length constants.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("touch the end")

# %% [markdown]
r"""
### Investigate: touch the dendrite

**Click or drag anywhere on the dendrite** to move the injecting electrode there. The left picture shows $V$ along the fibre, the right one $V$ against time. The dashed curve is the exponential of an infinite cable. `Dendrite.run??` shows the computation and `pictures.touched_dendrite??` the drawing.

1. Drag the electrode to an end. By which factor does $V$ at the electrode exceed the dashed curve?
2. Halve the current. Which features of the right picture change, which remain, and why?

<details>
<summary>Answers</summary>

1. By a factor of 2.0: at an end the current can flow in one direction only. In the middle of the dendrite the factor is 1.1, and it approaches 1 if you lengthen the dendrite to 4 λ or more.
2. All voltages are halved, but all times remain. The equation is linear in $V$, so the current scales the solution and nothing else.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a dendrite and its voltage, along the fibre and against time
Panel(Dendrite(), pictures.touched_dendrite, "position", "current", "radius", "length")

# %% [markdown]
r"""
**End of the first sitting.** You can derive the cable equation, check its units, and compute how far a steady voltage extends.

## 4 · How fast: dye that leaks

A synapse is active only briefly. How late does its signal arrive elsewhere? The article compares the voltage to dye that
diffuses along a tube. Is this comparison right?

### Derive: dye with a leak

Put a unit of charge at $X=0$ of an infinite cable at $T=0$. We try $V=e^{-T}u(X,T)$. The product rule gives $\partial V/\partial T=e^{-T}(\partial u/\partial T-u)$. Inserted into step 5, the leak term cancels, and $\partial u/\partial T=\partial^2u/\partial X^2$ remains. This is the equation of diffusion. A drop of dye that obeys it spreads as a Gauss curve of variance $2T$. The factor $e^{-T}$ puts the leak back and gives **Green's function**

$$G(X,T)=\frac{1}{\sqrt{4\pi T}}\exp\Bigl(-T-\frac{X^2}{4T}\Bigr),$$

which has no unit. A charge $Q$ on a real cable causes the voltage $\dfrac{Q}{2\pi a\,c_m\lambda}\,G$, because the denominator is the capacitance of one $\lambda$ of cable. The comparison of the article is therefore right **if a leak is added**, the factor $e^{-T}$. Any current is a rapid sequence of such drops, so its response is a sum of shifted copies of $G$. The optional section [Green's function](#Further-·-Green's-function) verifies $G$, sums it for a steady current, and compares it with a run.

Now a steady current is switched on at $X=0$ and $T=0$. The time at which a position reaches half of its final $V$ is called its **half-time** $T_{1/2}$. Far from the electrode it approaches $X/2+\tfrac14$, which is stated here without proof.

### Run

The next figure is our version of the picture in the article. A current of 0.1 nA flows into the middle of a long dendrite for 30 ms.
"""

# %%
cable = Cable(length=8000, compartments=160)
t = np.linspace(0, 60, 121)
run = simulate_cable(cable, t, [(4000, np.where(t < 30, 0.1, 0))])
distance = np.linspace(0, 2.5, 40)  # in λ: half-time before the current stops
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
    fig, "Voltage over position and time after the onset of the current, as a map and "
    "as a surface (white 0, dark 5.5 mV). A ridge widens and fades, like dye in a "
    "leaky tube. The dashed half-time opens as a V: the farther, the later.")

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
Each further $\lambda$ costs half a time constant. This defines a pseudo-velocity $2\lambda/\tau_m$, here 0.14 m/s. However, nothing propagates here as a wave. As soon as $T>0$ we have $G>0$ at *every* $X$, so there is no front that could travel. The next section compares this spread with a real wave.

## 5 · The fibre that answers back

Why does the signal of an axon not fade with distance?

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that this equation describes how voltage spreads along the **axon** ([erratum
E32](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the equation is passive and linear, whereas the
membrane of an axon answers a depolarisation with an inward sodium current. **Correct is** to use the equation only where the
membrane is passive, for example in a dendrite without voltage-gated channels, and for small depolarisations. **You can check
it:** the next cells give the same pulse to the same fibre with and without its channels, and compare the voltage that is left
at 45 mm.

</div>

We replace the term $g_mV$ in step 3 by the ionic currents of Hodgkin and Huxley from notebook 02. The fibre is the squid axon
of 1952, with $a=238$ µm and $\rho=35.4$ Ω cm (their $R_2$). The capacitance $c_m$ of step 3 is written $C_m$, as in notebook
02. Away from the electrode we obtain:

$$C_m\frac{\partial V}{\partial t}=\frac{a}{2\rho}\frac{\partial^2V}{\partial x^2}-\bar g_\mathrm{Na}m^3h(V-E_\mathrm{Na})-\bar g_\mathrm{K}n^4(V-E_\mathrm{K})-\bar g_\mathrm{L}(V-E_\mathrm{L}).$$

The next cell builds this axon from the membrane of notebook 02 and prints its table.
"""

# %%
squid = Axon(cell=HodgkinHuxley(temperature=18.5))
squid

# %%
fibres = {
    "active": squid.but(length=60_000, compartments=120),
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
    print(f"{name:8} highest V in {t[-1]:.0f} ms at 15, 30, 45 mm: {heights} mV")
axes[0].set_ylabel("$V$ (mV)")
axes[0].legend()
show(
    fig, "The same current pulse into the same fibre. With its channels, left, three "
    "equal spikes arrive one after the other. Without them, right, V reaches less "
    "than a fiftieth of this height at 15 mm, and almost nothing at 45 mm.")

# %% [markdown]
r"""
### Derive: one number for the whole fibre

A pulse that keeps its shape is a **travelling wave**, $V(x,t)=V(t-x/\theta)$, with the conduction speed $\theta$. Its curvature in space then follows from its time course at one place: $\partial^2V/\partial x^2=\ddot V/\theta^2$, where a dot means $d/dt$. Let $I_\mathrm{ion}$ be the sum of the three ionic currents. We insert the curvature and multiply by $2\rho\,\theta^2/a$. The result is an ordinary differential equation, $\ddot V=K(\dot V+I_\mathrm{ion}/C_m)$, with a single number $K$ (1/ms):

$$K=\frac{2\rho\,\theta^2C_m}{a}\qquad\Longrightarrow\qquad\theta=\sqrt{\frac{K\,a}{2\rho\,C_m}}.$$

The radius and the resistivity enter only through $K$. The value of $K$ for which a pulse exists is therefore a property of the membrane alone. Hodgkin and Huxley searched for it with a hand-cranked calculator. For each guess of $K$ the computed $V$ ran away to $+\infty$ or to $-\infty$, and only for one value in between did $V$ return to rest. You have a solver of the full equation (`conduction_speed??`).
"""

# %%
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
The constants of the channels came from voltage clamp, where nothing propagates. The radius and the resistivity were measured
on the fibre. Together they predict a propagating spike whose speed differs by 12 % from the measured 21.2 m/s (Hodgkin and
Huxley 1952, same fibre, 18.5 °C). This is one of the great moments of biology. The missing 12 % are not an error of the
arithmetic, off by less than 0.5 %: the constants of the channels are averages over other fibres.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("what charges it")

# %% [markdown]
r"""
### Run: why the spike propagates

Where the membrane is active, $V$ is high. Axial current therefore flows from there into the membrane ahead, which is still at rest, and charges it. We can read this charge from a single trace. For a travelling wave the axial current into a patch, $\frac{a}{2\rho}\,\partial^2V/\partial x^2$, equals $(C_m/K)\,\ddot V$. The charge that it has brought so far is therefore $(C_m/K)\,\dot V$, the slope of the trace times $C_m/K$. The next cell computes both, and the ionic current, at 30 mm.
"""

# %%
fine = squid.but(length=60_000, compartments=240)
time = np.arange(0, 3.2, 0.005)
spike = simulate_cable(fine, time, [(0, np.where(time < 0.3, 2e4, 0))]).V[:, 120]
slope = np.gradient(spike, time)  # mV/ms; times C_m = 1 µF/cm² it is in µA/cm²
charge = slope / K  # nC/cm², brought by axial current so far
axial = np.gradient(charge, time)  # µA/cm², positive into the patch
ionic = axial - slope  # µA/cm², positive outward

# %% tags=["folded"]
# Figure: the upstroke of a spike at one place, with the charge and the two currents
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
left.plot(time, spike, color=COLOR["V"], label="$V$ (mV)")
left.plot(time, charge, "--", color=COLOR["green"], label="axial charge (nC/cm²)")
left.set(xlabel="$t$ (ms)", ylabel="$V$, charge", xlim=(1.3, 2.5), ylim=(-35, 100))
right.axhline(0, color=COLOR["ghost"], lw=0.8)
rising = time < time[spike.argmax()]
right.plot(spike[rising], axial[rising], "--", color=COLOR["green"],
           label="axial, into the patch")
right.plot(spike[rising], ionic[rising], "-.", color=COLOR["purple"],
           label="ionic, outward")
right.set(xlabel="$V$ during the upstroke (mV)", ylabel="current (µA/cm²)",
          xlim=(0, 60), ylim=(-260, 260))
for ax in (left, right):
    ax.legend(fontsize=8)
show(
    fig, "The spike at one place. Left, V and the charge that axial current has "
    "brought, against time. Right, the axial and the ionic current against V during "
    "the upstroke: at first only the axial current depolarises the patch.")

# %% [markdown]
r"""
### Exercise · measure

An isolated patch of this membrane fires if at least 7.4 nC/cm² are put into it at once. Use the arrays `spike`, `ionic` and `charge`, because the crossing is hard to read from the figure.

1. At which $V$ does the ionic current change from outward (positive) to inward (negative)? Consider only $V$ above 1 mV. From there on the patch depolarises itself.
2. Divide the largest axial charge by these 7.4 nC/cm². This quotient is called the **safety factor** here: it states how many
   times the needed charge a patch receives.
"""

# %%
ignition = [..., ...]  # V in mV, safety factor

check("ignition", ignition)

# %% tags=["solution"]
turn = np.argmax((spike > 1) & (ionic < 0))
check("ignition", [spike[turn], charge.max() / 7.4])

# %% [markdown]
r"""
The channels **regenerate** the spike at each place. However, without axial current no patch would ever reach the voltage at which it ignites. The axial resistance and the capacitance set how fast a patch is charged, and thereby they set the speed.

### Exercise · choose

The squid needs a faster escape. Change **the fibre** (not its membrane, not its temperature) so that the spike propagates twice as fast, at 37.5 m/s. `squid.but(name=value)` gives a changed copy; the names are in the table above.
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
## 6 · When two pulses meet

Passive pulses obey a linear equation, spikes do not. Does this difference show when two of them meet?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("two spikes")

# %% [markdown]
r"""
### Run

We stimulate both ends of an axon. The pulse at the right end starts 1.5 ms before the left one, at the same time, or 1.5 ms after it.
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
    fig, "Spikes from both ends of an axon in space and time, for three delays (white "
    "0, dark 100 mV). Two dark lines approach each other, meet at the circle and end "
    "there. The later the right one starts, the farther right they meet.")

# %% [markdown]
r"""
No spike leaves the place of the meeting. Behind each spike the sodium channels are *inactivated*: their gate $h$ is closed, and it opens again only with time. Each spike therefore meets membrane that the other spike has left refractory. The place of the meeting follows from the speed. For a delay $\Delta$ of the right end it is $x=\tfrac12(\ell+\theta\,\Delta)$.

### Investigate: set them off yourself

The left map shows the active axon, the middle map the same fibre without channels, whose colours are logarithmic (0.1 to 100 mV). On the right is $V$ at the recording electrode in each fibre: blue with both pulses, grey with each pulse alone. Dotted lines show the path of each spike alone; triangles show when the pulses begin. **Drag in the fibres** from left to right to move the *recording* electrode (red, dashed). To the right of 52 mm, drag up or down to move the time of the right pulse.

1. Put the electrode at 45 mm. Which of the two grey spikes is missing from the blue trace? Change the delay until the other one is missing instead.
2. In the passive fibre, does the blue curve ever differ from the sum of the two grey ones? Why is its peak lower than the sum of their peaks?
3. Lower the current slowly. At which value between 2 and 3 µA does the *active* fibre stop responding? Does the passive fibre have such a value?

<details>
<summary>Answers</summary>

1. The left spike is missing, because the two spikes vanish at 30 mm, before the left one reaches the electrode. With a delay of more than 1.6 ms they meet beyond 45 mm, and the right spike is missing instead.
2. It never differs, because the passive equation is linear. At 45 mm the two pulses have their peaks at different times, so the peak of the sum is lower than the sum of the peaks.
3. Between 2.5 and 2.6 µA: below, no spike starts. The passive fibre has no such threshold; its response is proportional to the current.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: two pulses in an active and in a passive fibre, and V at an electrode
Panel(TwoEnds(), pictures.two_ends, "delay", "position", "current", "temperature")

# %% [markdown]
r"""
## What you saw

1. Ohm's law along the fibre and Kirchhoff's law across the membrane give the cable equation. Units decide that $\lambda^2=a/(2\rho g_m)$, without $c_m$.
2. A steady voltage falls by the factor $e$ per $\lambda$. Ends change it if they are nearer than about $2\lambda$, and at the end of a long cable a current raises $V$ twice as much as in its middle.
3. A passive signal spreads like dye that leaks. Each further $\lambda$ delays it by half a time constant, and there is no front.
4. In an active fibre, axial current charges the membrane ahead to 13 mV; then its own channels regenerate the spike. The computed speed is 18.73 m/s, 18.8 by hand in 1952, and 21.2 measured; $\theta\propto\sqrt a$.
5. Two passive pulses add wherever they overlap. Two spikes annihilate.
"""

# %% [markdown]
r"""
## Further · A solver that you can trust

*40 minutes.* Why did section 2 need steps of 0.001 ms? Consider the most jagged pattern on the grid, $+-+-$, whose second difference is $-4$ times the pattern itself. In each step of $h$ ms, forward Euler multiplies it by $1-h\,(1+4\lambda^2/dx^2)/\tau_m$, where $dx$ is the length of a compartment. If this factor is below $-1$, the pattern grows without bound.

### Exercise · derive

You can therefore predict the blow-up **before** you run the scheme. At which step is the factor exactly $-1$?
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

The course cable has $\tau_m=20$ ms and is cut into compartments of $\lambda/20$. Which limit does your formula predict? The next cell runs 600 steps just below this limit and 600 steps just above it.
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
**Crank-Nicolson** has no such limit. It averages the coupling term $\lambda^2\partial^2V/\partial x^2$ over the start and the
end of each step. (**Backward Euler** takes it at the end only; the solution below measures this scheme, too.) This makes a
**tridiagonal** system of equations: each one contains a compartment and its two neighbours only. The library LAPACK solves it
in one sweep (`crank_nicolson??`). Its error is said to fall as the
*square* of the step. Don't believe it: measure it.

### Make: your own convergence plot

You need a case whose solution is known. Take a sealed cable of one $\lambda$ without an electrode, and start it from two waves, $V=A\cos\pi X+B\cos2\pi X$ in mV. Their slopes are 0 at both ends, as sealed ends require. In step 5 try $V=f(T)\cos k\pi X$. The second derivative gives the factor $-k^2\pi^2$, hence $f'=-(1+k^2\pi^2)f$, and each wave decays at its own rate:

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
### Exercise · write

Now compute the errors for a list of steps, and the order $p$ of error $=C\,h^p$. `check` tries your function with several amplitudes of either sign. As soon as `errors` returns numbers, the picture below shows them for $A=1$ and $B=0$. As soon as `order` returns a number, the legend contains it.
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
A smooth start is kind to a solver. Is the order still 2 with an **electrode** that is switched on at a point? In the test a
constant current enters at $X=0$ from $T=0$ on, so that $-\partial V/\partial X=1$ mV there. The other end, $X=1$, is sealed.
We read $V$ at $X=T=0.5$; the exact value is a series of cosines. On a **uniform** cable no steps are needed at all. Its
spatial modes are cosines, and each mode decays exponentially and independently of the others. A fast cosine transform
decomposes any voltage profile into these modes. `modal_solution??` is therefore exact in time, `simulate_cable` uses it
where it can, and it can judge Crank-Nicolson at every position at once.
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
### How fine must a grid be?

The compartments must be short compared with the distance over which $V$ changes. A sinusoidal signal of 100 Hz has its own, shorter length constant, for the course cable $\lambda_{100}\approx0.54$ mm (see [Fast signals](#Further-·-Fast-signals-die-sooner,-and-a-second-cable)). A common rule limits a compartment to a tenth of it.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a rule for 100 Hz")

# %% [markdown]
r"""
A sealed cable of one $\lambda$ receives a sinusoidal current at its left end. The next cell cuts it into $n$ compartments and
compares the amplitude of $V$ with the exact one, $V=I_0\,\dfrac{R_\infty}{q}\,\dfrac{\cosh q(1-X)}{\sinh q}$ with
$q=\sqrt{1+i\omega\tau_m}$, $\omega=2\pi f$ and $i^2=-1$. It follows from step 4. A sinusoid is the real part of
$V(X)\,e^{i\omega t}$, so $\partial/\partial t$ becomes multiplication by $i\omega$ and step 4 becomes $V''=q^2V$. The
amplitude is $|V|$. The code has one more factor, $\cosh qX_0$, because the current enters at the centre $X_0$ of the first
compartment. With $n=25$ a compartment has 0.057 mm, which is slightly more than the 0.054 mm of the rule; 27
compartments obey it strictly.
"""

# %%
def grid_error(n, frequency):  # % near the electrode, and at the far end
    cable = Cable(length=Cable().length_constant, compartments=n)
    diagonal, side = cable.conductance()  # µS, between compartments and to the outside
    X, R = cable.x / cable.length, Cable(length=60_000).input_resistance
    omega = 2 * np.pi * frequency / 1000  # 1/ms
    G = np.diag(diagonal + 1j * omega * cable.capacitance)
    G += np.diag(side, 1) + np.diag(side, -1)
    V = np.linalg.inv(G)[[0, -1], 0]  # for 1 nA into the first compartment
    q = np.sqrt(1 + 1j * omega * cable.time_constant)
    exact = R / q * np.cosh(q * X[0]) * np.cosh(q * (1 - X[[0, -1]])) / np.sinh(q)
    return 100 * (abs(V) / abs(exact) - 1)


for frequency in (0, 100, 1000):
    near, far = grid_error(25, frequency)
    print(f"{frequency:4} Hz: near the electrode {near:+.3f} %, at the far end "
          f"{far:+.3f} %")

# %% [markdown]
r"""
At 100 Hz a compartment of about this length keeps the error within about 0.2 %. At 1000 Hz the amplitude at the far end is
too small by 6 %, because $V$ then changes over a shorter distance. The rule is therefore valid only for the frequencies for
which it was made.

### Exercise · choose

Choose the number of compartments so that the error at the far end at 1000 Hz is below 1 %, with at most 10 % more compartments than necessary. Can you predict the number from the error at $n=25$?
"""

# %%
compartments = ...

check("compartments", compartments)

# %% tags=["solution"]
enough = 25 * np.sqrt(6.2 / 1.0)  # the error falls as 1/n²
print(f"n = {enough:.0f}: far end {grid_error(62, 1000)[1]:.3f} %; n = 64: "
      f"{grid_error(64, 1000)[1]:.3f} %")
check("compartments", 64)

# %% [markdown]
r"""

## Further · Green's function

*20 minutes.* We first verify Green's function of section 4, then watch it at one position, and then compare it with a run.

1. *It solves the equation.* The Gauss curve $u=e^{-X^2/4T}/\sqrt{4\pi T}$ has the same derivative on both sides:
$$\frac{\partial u}{\partial T}=\Bigl(\frac{X^2}{4T^2}-\frac1{2T}\Bigr)u=\frac{\partial^2u}{\partial X^2}.$$
   Its area is 1 at all times, so no dye is lost. The leak multiplies it by $e^{-T}$.
2. *A steady current* is a rapid sequence of drops, so its response is the integral of $G$ over time. At $X=0$ you can compute this integral by hand, with $s=r^2$. For $T=\infty$ the integral of $G$ is ½, which explains the factor 2:
$$\frac{V(0,T)}{V(0,\infty)}=2\int_0^TG(0,s)\,ds=\int_0^T\frac{e^{-s}}{\sqrt{\pi s}}\,ds=\frac{2}{\sqrt\pi}\int_0^{\sqrt T}e^{-r^2}dr=\operatorname{erf}\sqrt T.$$
   The last equals sign defines the *error function* erf, which rises from 0 to 1. For $X\ne0$, run `step_response??` to read the formula.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a leaky tube")

# %% [markdown]
r"""
### Run
"""

# %%
from course_utils.notebook_04.theory import green_function

T = np.linspace(0.005, 2.5, 999)
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
### Exercise · derive

When does $G$ at $X$ have its maximum? Set the slope of $\log G=-\tfrac12\log(4\pi T)-T-X^2/4T$ in time to 0.
"""

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
### Run: Green's function laid over a run

Does a simulated cable behave in this way? We put 1 pC into the middle of a long course cable, by a pulse of 10 nA for 0.1 ms. The run must agree with $\dfrac{Q}{2\pi a\,c_m\lambda}G$, where the drop falls at the middle of the pulse, 0.05 ms after its beginning.
"""

# %%
def after_a_charge(fine):  # V (T, n) and t; compartments of λ/fine, 20 λ in all
    n = 20 * fine + 1  # the electrode is in the middle one
    cable = Cable(length=n * Cable().length_constant / fine, compartments=n)
    t = np.arange(0, 16.05, 0.1)
    pulse = np.where(t < 0.1, 10.0, 0)
    return simulate_cable(cable, t, [(cable.length / 2, pulse)]).V, t


def in_theory(X, T):
    area = 2 * np.pi * 2.0 * Cable().length_constant * 1e-8  # of one λ, cm²
    return 1e-12 / (1e-6 * area) * 1000 * green_function(X, T - 0.05 / 20)  # mV


def error(fine, X, T):  # of the run, in %
    V, t = after_a_charge(fine)
    return 100 * (V[round(200 * T), 10 * fine + round(fine * X)] / in_theory(X, T) - 1)


places = ((0.5, 0.1), (0.5, 0.25), (1.0, 0.25), (1.5, 0.8))
for X, T in places:
    print(f"X = {X}, T = {T:4}: theory {in_theory(X, T):.4f} mV, run "
          f"{error(20, X, T):+.3f} %")

# %% tags=["folded"]
# Figure: the run at three moments, with the closed form
V, t = after_a_charge(20)
X = np.arange(-200, 201) / 20
fig, ax = plt.subplots(figsize=(7, 2.9))
for T, place, height in ((0.1, 0.35, 4.1), (0.25, 0.75, 1.9), (0.8, 1.9, 0.5)):
    ax.plot(X, V[round(200 * T)], lw=4, alpha=0.5, color=COLOR["V"])
    ax.plot(X, in_theory(X, T), "--", lw=1.2, color=COLOR["theory"])
    ax.text(place, height, f"$T={T}$")
ax.set(xlabel="distance from the electrode $X$ (λ)", ylabel="$V$ (mV)", xlim=(-4, 4))
show(
    fig, "Voltage along a cable at three moments after a charge was put into its "
    "middle. The simulated curves (broad) lie on the closed form (dashed). Each is "
    "lower and broader than the one before.")

# %% [markdown]
r"""
### Exercise · measure

The small differences come from the grid. `error(40, X, T)` repeats the run with compartments of half the length. By which factor does the error at $X=1$, $T=0.25$ shrink?
"""

# %%
shrinks = ...

check("half the compartment", shrinks)

# %% tags=["solution"]
ratio = error(20, 1.0, 0.25) / error(40, 1.0, 0.25)
print(f"{ratio:.2f}")
check("half the compartment", ratio)

# %% [markdown]
r"""
### Investigate

In the panel the leak has a factor of its own: $G_k(X,T)=\dfrac{1}{\sqrt{4\pi T}}\exp\Bigl(-kT-\dfrac{X^2}{4T}\Bigr)$. With $k=1$ this is $G$. Drag in the left picture to move the position that you watch, in the right one to move time. With the leak set to 0 you see the article's picture: dye in a tube with impermeable walls. Now increase the leak. Why does the peak arrive *earlier*?

<details>
<summary>Answer</summary>

The factor $e^{-kT}$ reduces late values more than early ones, so the maximum of the product moves to an earlier time.
</details>
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

*25 minutes.* All gates become three times as fast for each 10 °C. How does this change a spike that propagates?

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

Does **thickness** behave as predicted? In $\theta=\sqrt{Ka/2\rho C_m}$ the membrane alone determines $K$, so $\theta\propto\sqrt a$. The next cell times spikes between 15 and 45 mm, on fibres from a quarter of the radius of the squid axon to four times this radius.
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

The dashed line is the $\sqrt a$ law at 18.5 °C. When does the spike obey it, and which slider makes it deviate? A thick axon needs a stronger pulse, so raise the current together with the radius.

<details>
<summary>Answer</summary>

The spike obeys the law at every radius, but only at 18.5 °C. The radius leaves $K$ unchanged, whereas the temperature changes the rates of the gates and thereby $K$.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one spike in space and time, and against time at three positions
def view(fig):
    space, clock = fig.subplots(1, 2, width_ratios=(3, 2.4))
    spikes = pictures.kymograph(space, animated=True)
    space.set(xlim=(0, 60), ylim=(0, 9))
    clock.set(xlim=(0, 9), ylim=(-25, 115), xlabel="$t$ (ms)", ylabel="$V$ (mV)")
    looks = (("-", "V"), ("--", "green"), ("-.", "purple"))
    lines = [pictures.moving(clock, style, color=COLOR[color], label=f"{x / 1000:g} mm")
             for (style, color), x in zip(looks, FiredAxon.positions)]
    marks = pictures.moving(space, "o", ms=8, mfc="none", mec=COLOR["vermillion"])
    law = pictures.moving(space, "--", color=COLOR["theory"], lw=1.2,
                          label=r"18.73 m/s $\times\sqrt{a/238\,\mathrm{µm}}$")
    space.legend(loc="upper right").set_animated(True)  # on top of what moves
    clock.legend(loc="upper right")
    orange = {"color": COLOR["stimulus"]}
    clock.plot([0.5, 0.8], [-21, -21], lw=6, solid_capstyle="butt", **orange)
    clock.text(0.9, -21, "pulse at 0 mm", fontsize=8, va="center", **orange)

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
### Predict: how safe is the safety factor?

In section 5 the axial current brought several times the charge that a patch needs. Local anaesthetics block sodium channels and thereby reduce this reserve.
"""

# %% tags=["nbval-ignore-output"]
predict("fewer channels")

# %%
t = np.arange(0, 8, 0.02)
for g_Na in (120, 80, 60, 50, 44, 40):  # mS/cm²
    axon = Axon(cell=HodgkinHuxley(temperature=18.5, g_Na=g_Na), length=60_000,
                compartments=240)
    V = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4, 0))]).V
    heights = ", ".join(f"{V[:, k].max():5.1f}" for k in (60, 120, 180, 220))
    print(f"{g_Na / 120:4.0%} of the sodium channels: highest V at 15, 30, 45, 55 mm "
          f"{heights} mV")

# %% [markdown]
r"""
Down to 42 % of the channels the spike shrinks, but each patch ignites the next one. With 37 % or less the spike
fades out. ($V<0$ only means that rest itself is lower now.) Accurate computations give the limit $\bar g_\mathrm{Na}=45.9$
mS/cm², that is 38 % of the channels. A safety factor of 5.6 therefore does not mean that a fifth of the channels would do,
because fewer channels also supply less charge.

## Further · What everything scales with

*20 minutes.* How does each quantity of a fibre change with its radius, its resistivity, its conductance and its capacitance?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("twice the radius")

# %% [markdown]
r"""
### Run

We treat the formulas and the solver as apparatus. Change one number by 1 % up and down (10 % for the membrane of the axon),
and measure the quantity each time. Then divide the change of the logarithm of the quantity by the change of the logarithm of
the number. The result is the **exponent** $e$ in *quantity* $\propto$ *number*$^{\,e}$.
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


def speed_exponent(name):  # of the conduction speed of the squid axon
    if name in ("radius", "rho"):
        return exponent(conduction_speed, squid, name)
    names = {"g": ("g_Na", "g_K", "g_L"), "c": ("C_m",)}[name]
    cells = [squid.cell.but(**{each: squid.cell.get(each) * f for each in names})
             for f in (1.1, 1 / 1.1)]
    more, less = (conduction_speed(squid.but(cell=cell)) for cell in cells)
    return np.log(more / less) / (2 * np.log(1.1))


table["conduction speed of a spike"] = [
    speed_exponent(name) for name in ("radius", "rho", "g", "c")]

# %% tags=["folded"]
# Table: exponents of seven quantities
print(f"{'exponent of':29}  radius   resistivity   conductance   capacitance")
for quantity, row in table.items():
    numbers = "       ".join(f"{e:6.2f}" for e in np.round(row, 2) + 0.0)
    print(f"{quantity:29}  {numbers}")

# %% [markdown]
r"""
All exponents but two are multiples of one half, because every quantity of the passive cable is a product of whole powers of
$a$, $\rho$, $g_m$, $c_m$ and $\lambda=\sqrt{a/2\rho g_m}$. The speed of a spike is the exception. It keeps the halves for the
fibre, $a$ and $\rho$, but not
for the membrane. However, a law remains. If the capacitance and all conductances grow by the same factor $s$, the shape of
the spike stays the same and its speed is divided by $\sqrt s$. The last two exponents of the last row must therefore add up
to $-\tfrac12$, and they do.

### Exercise · predict

A dendrite becomes twice as thick, and half of its leak channels close. By which factors do the length constant, the time constant and the input resistance of a long cable change? Give three factors, in this order, and use the table.
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

*20 minutes.* Real fibres taper, branch and swell. Step 6 of the derivation is valid for a radius $a(x)$ that varies gently,
$|da/dx|\ll1$; a sudden step is an idealisation. The current that leaves one compartment enters the next one, so the solver
conserves current at each junction by construction. The next cell compares a **step** and a **taper**, both from 4 to 1 µm,
with 100 pA into the left end.
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
### Predict

What happens to a **spike** where the radius changes suddenly?
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
    print(f"{title:20} highest V at 15 mm {run.V[:, 50].max():.1f} mV, at 45 mm "
          f"{run.V[:, 150].max():.1f} mV")
axes[0].set_ylabel("$t$ (ms)")
show(
    fig, "A spike meets a step of the radius at 30 mm. Four times wider: it waits, "
    "then goes on, faster. Seven times wider: it ends at the step. Seven times "
    "narrower: it passes and goes on more slowly.")

# %% [markdown]
r"""
The limit is between 4 and 7. The next cell finds it by bisection, that is, it halves the interval again and again.
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
At 18.5 °C the limit for a *sudden* step is near 5.44. The front of a spike is about 5 mm long, because the spike rises in
0.25 ms and propagates 18.7 mm in each ms. If the widening extends over these 5 mm, the spike passes even when the radius
becomes seven times as large. A branching axon can therefore filter spikes: its geometry decides whether a spike enters the
branches and how far it gets.

## Further · A dendrite with branches

*25 minutes.* When is a branched dendrite equivalent to a single cable? Recall that a semi-infinite cable has the input conductance $1/R_\infty=\pi a^2/(\rho\lambda)\propto a^2/\sqrt a=a^{3/2}$, because $\lambda\propto\sqrt a$. Long branches with the radii $b_1$ and $b_2$ therefore load the end of a stem of radius $a$ as its own continuation would, if $b_1^{3/2}+b_2^{3/2}=a^{3/2}$. This is **Rall's 3/2 rule**; such branches are called *matched*.

`Tree` joins cables at forks, where $V$ is continuous and the axial currents add up. The solver keeps the conductances between
compartments in a matrix. Each fork adds to it those between the half compartments that meet there (`Tree.conductance??`,
once `Tree` is imported below). Three trees receive 0.1 nA at the beginning of the stem, which has a radius of
2 µm. In the first two trees the branches are matched. The tips of the first tree have the same electrotonic distance from the
stem, those of the second have not. The branches of the third tree are not matched.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("there and back")

# %%
from course_utils.models.tree import Tree


def tree_of(*sections):  # from (radius in µm, length in µm): stem, two branches
    cables = [Cable(radius=radius, length=length, compartments=400)
              for radius, length in sections]
    return Tree(cables=tuple(cables), parents=(None, 0, 0))


def in_lambda(radius, L):  # a section of L length constants
    return radius, L * Cable(radius=radius).length_constant


matched = 2 / 2**(2 / 3)  # µm
trees = {
    "matched, equal tips": tree_of(in_lambda(2, 0.6), *[in_lambda(matched, 0.5)] * 2),
    "matched, unequal tips": tree_of(in_lambda(2, 0.6), in_lambda(matched, 0.2),
                                     in_lambda(matched, 0.8)),
    "unmatched": tree_of((2, 800), (1.5, 500), (0.6, 700)),
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
    "Left, current into the stem: V falls towards the tips, at most to one half. "
    "Right, the same current into the thin tip causes a far higher voltage there, "
    "which falls steeply towards the fork.")

# %% [markdown]
r"""
The first tree has the input resistance of a single cable of 1.1 λ. The second tree obeys the 3/2 rule as well, but its input resistance differs. Matched radii are therefore not enough. A tree is equivalent to one cable only if in addition all tips are at the same electrotonic distance and have equal ends.

In the third tree, current and recording site can be exchanged without changing the voltage: **transfer is reciprocal**. The **attenuation** is not, because the voltage at the electrode differs. The thin tip has a high input resistance. A small synaptic current therefore causes a large local depolarisation, most of which is lost on the way to the soma.

### Exercise · choose

Design a tree with two *unequal* branches that is equivalent to the single cable of 1.1 λ. The stem again has a radius of 2 µm
and a length of 0.6 λ. Give the radius and the length of each branch in µm. The radii must differ by at least 0.2 µm.
"""

# %%
branches = [(..., ...), (..., ...)]  # (radius, length) of each branch

check("equivalent tree", branches)

# %% tags=["solution"]
second = (2**1.5 - 1.5**1.5)**(2 / 3)  # the 3/2 rule
unequal = [in_lambda(1.5, 0.5), in_lambda(second, 0.5)]  # both 0.5 λ of their own
print(*(f"{radius:.3f} µm, {length:.1f} µm;" for radius, length in unequal))
check("equivalent tree", unequal)

# %% [markdown]
r"""

## Further · Insulation instead of thickness

*5 minutes.* The squid reaches a high speed by thickness. Vertebrates use insulation instead. They wrap the fibre in **myelin**, about a hundred layers of membrane around each other, with short bare **nodes** about a millimetre apart. The layers are connected in series, so $n$ layers have $1/n$ of the conductance and $1/n$ of the capacitance per area. (We take all layers at the radius of the axon; real myelin thickens the fibre, and its outer layers are wider.) Between two nodes the fibre is a passive cable, so we can compute how a pulse spreads there.
"""

# %%
t = np.arange(0, 4.001, 0.01)
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
$\lambda\propto1/\sqrt{g_m}$ grows tenfold, and $\tau_m=c_m/g_m$ stays. Therefore the depolarisation arrives earlier and, for this pulse, with about ninety times the amplitude. It brings the next node to threshold, where the spike is regenerated. Because this happens only at the nodes, the spike seems to jump from node to node (**saltatory conduction**). The channels of the nodes are not computed here.

## Further · Four synapses in a row

*15 minutes.* Four synapses are 0.6, 1.4, 2.2 and 3.0 mm away from the soma. Each injects 0.1 nA for 5 ms. (Real synapses open conductances, so two that act together at one place add up to less than their sum.) Rall asked in 1964 whether the **order** in which they are active matters to the soma.

### Predict
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
### Exercise · choose

Choose the start times of the same four synapses, in ms and in the order from the soma outwards, so that the soma reaches **4.0 mV**. `soma_voltage([...])` returns the maximum for a choice.
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

*5 minutes.* How far does a signal extend that changes in time? Replace the steady current by a sinusoid of frequency $f$. The
capacitor now takes a part of the current, and $V''=q^2V$ with $q=\sqrt{1+2\pi if\tau_m}$ replaces $V''=V$. The amplitude
falls with the real part of $q$, so the length constant shrinks to
$\lambda(f)=\lambda/\operatorname{Re}q=\lambda\sqrt{2/(1+\sqrt{1+(2\pi f\tau_m)^2})}$. The second part of the cell is a
self-check on another cable, that of the [EPFL exercise on
dendrites](https://github.com/EPFL-LCN/neuronaldynamics-exercises/blob/master/doc/exercises/passive-cable.rst): diameter 2 µm,
$\rho=50$ Ω cm, $g_m=0.08$ mS/cm², $c_m=0.8$ µF/cm². The exercise gives no numbers to compare with; those in brackets were
computed independently of this package. They come from the closed forms of section 3 and of [Green's
function](#Further-·-Green's-function). The step response is $V(X,T)/V(0,\infty)$.
"""

# %%
from course_utils.notebook_04.theory import length_constant_at

for f in (0, 10, 100):
    relative = length_constant_at(Cable(), f) / Cable().length_constant
    print(f"{f:3d} Hz: length constant {relative:.4f} λ")
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

1. A drug makes synaptic potentials in a dendrite slower, but a steady voltage extends as far as before. Which parameter did the drug change?
2. Why may you add the responses to four synapses on a passive dendrite, but not four spikes on an axon?
3. A nerve contains one hundred fibres that conduct at 10 m/s. You want fibres that conduct at 20 m/s instead. How many of them fit into the same cross-section?
4. In notebook 02 a neuron at rest could be fired by hyperpolarisation, at 6.3 °C. Inject $-3$ µA into the middle of a squid
   axon of 6 cm for 15 ms, at 6.3 °C, and then stop. Where would you expect a spike to start, and what could go wrong with
   your prediction at 18.5 °C, or at $-30$ µA?

<details>
<summary>Answers</summary>

1. It increased the capacitance: $\tau_m=c_m/g_m$ grows, but $\lambda$ does not contain $c_m$. (A smaller $g_m$ would slow the response, too, but it would also increase $\lambda$.)
2. The equation of the passive cable is linear in $V$, so a sum of solutions is a solution. The sodium current is not linear in $V$, and the gates depend on the past.
3. Twice the speed needs four times the radius and therefore sixteen times the cross-section. Only about six of them fit. This is why vertebrates use myelin.
4. In the middle, and it propagates in both directions: hyperpolarisation removes inactivation there, and after the release
   $V$ overshoots (anode break). At 18.5 °C no spike follows; $V$ stays below 5 mV after the release. With $-30$ µA the middle
   is driven to $-300$ mV and is the last part to recover. At 6.3 °C the ends of a 6 cm axon therefore fire slightly earlier
   than the middle.

</details>

## References

- Hodgkin & Huxley 1952, *J. Physiol.* 117:500, the equations, 18.8 m/s computed and 21.2 m/s measured. [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- Rall 1964, Theoretical significance of dendritic trees for neuronal input-output relations, in Reiss (ed.), *Neural Theory and Modeling*, Stanford University Press: the order of inputs along a dendrite.
- Rall 1977, *Handbook of Physiology, The Nervous System* 1:39, cables, ends, the 3/2 rule. [10.1002/cphy.cp010103](https://doi.org/10.1002/cphy.cp010103)
- Rannacher 1984, *Numer. Math.* 43:309, errors of Crank-Nicolson after a jump.
  [10.1007/BF01390130](https://doi.org/10.1007/BF01390130)
- Hines 1984, *Int. J. Bio-Med. Comput.* 15:69, gates and voltage at staggered times. [10.1016/0020-7101(84)90008-4](https://doi.org/10.1016/0020-7101(84)90008-4)
- Gerstner, Kistler, Naud & Paninski, *Neuronal Dynamics*, chapter 3.2, and its exercise on the passive cable: [neuronaldynamics.epfl.ch](https://neuronaldynamics.epfl.ch/online/Ch3.S2.html)
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Sections 1 and 2 with their boxes (15 and 5), touch the dendrite (10), the active and the passive fibre (8), the two ends with the vote (12). The killed end and the faulty program become homework. **90 minutes.** The core without the exercises *derive* and *choose*; the optional sections are homework by taste: solvers for engineers, heat and steps for biologists, the order of inputs for those who continue with notebook 06.

**Vote.** "Two spikes run towards each other along one axon. They pass / add / are reflected / both vanish." Ask before and after two minutes of discussion with a neighbour; then drag the delay.

**Misconceptions, and what to answer.** *The length constant shrinks with $c_m$:* its formula contains $g_m$, and a steady voltage charges
no capacitor. *$2\lambda/\tau_m$ is the speed of a spike:* compare 18.7 m/s with $2\lambda/\tau_m=6.4$ m/s of the same squid
fibre when it is passive. *A run that agrees with a finer run is
right:* both can contain the same wrong sign. *A spike fades with distance:* each patch of membrane regenerates it. *The axial resistance does not matter for
a spike:* raise $\rho$ fourfold, and the speed is halved. *A thicker fibre is faster in proportion:* a radius four times as large only doubles the speed.
*Matched branches always make a tree one cable:* their electrotonic lengths must agree as well.

**Rubric for "twice as fast".** 1 point: changes the fibre and not the membrane. 2: finds the factor 4 by trying. 3: argues from $K$ or from units that the speed goes as the root of $a/\rho$, and gives a second solution ($\rho/4$).

**Rubric for the convergence plot.** 1 point: errors against the formula, at one instant. 2: the order as a slope of logarithms. 3: says why a finer run is no judge, and what backward Euler would show.

**Rubric for "ignition".** 1 point: reads both numbers from the arrays. 2: explains why the ionic current is outward at first (leak and potassium). 3: predicts how both numbers change if half of the sodium channels are blocked, and tries it.
"""

# %% [markdown]
r"""
[← 03 From biophysics to dynamics](03_from_biophysics_to_dynamics.ipynb) · [05 Stochastic neurons →](05_stochastic_neurons.ipynb)
"""
