# %% [markdown]
r"""
# 04 · Cable theory

**The question.** How does a voltage get from here to there, and why does a spike arrive where a mere push dies on the way?

**You will be able to**
- derive the cable equation from Ohm's and Kirchhoff's laws, with the unit of every term;
- find two errors in the article's version of it with nothing but units and signs, and falsify them by experiment;
- compute how far, how fast and how strongly a dendrite hears you, for sealed, killed and endless cables;
- simulate a spike that travels, predict its speed to within 1 % of the calculation of 1952, and set it beside the measured one;
- say what happens when two spikes meet on an axon, and when two passive pulses do.

**Time.** Core: 60 minutes (sections 1–6). Further: about 110 minutes, in any order.

**You need.** Notebook [02](02_neural_biophysics.ipynb) for the Hodgkin-Huxley membrane; derivatives, $e^x$, $\cosh$ and $\sinh$.

**The thread.** So far the article's neuron was a point. Now it gets a length. The article calls the fibre a row of capacitors with channels in parallel, applies Kirchhoff's law to a slice, and compares the voltage to dye that diffuses along a tube. You derive the equation yourself, find what is printed wrongly, see the dye, and then see what the dye can't do: carry a spike.
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
from course_utils.models.cable import (
    backward_euler,
    crank_nicolson,
    forward_euler,
    green_function,
    half_time,
    modes,
    steady_voltage,
    step_response,
)
from course_utils.notebook_04 import pictures
from course_utils.notebook_04.exercises import SYNAPSES, check, predict, soma_voltage, tried
from course_utils.notebook_04.experiments import Dendrite, Dye, FiredAxon, TwoEnds, reached

# %% [markdown]
r"""
The symbols, with the values and units that the solver itself uses. This is the **course cable**: a dendrite of 4 µm diameter. Voltages $V$ are inside against outside, counted from rest, depolarisation positive. In formulas below lengths are in cm, as is usual in the field; the code takes µm (1 µm = 10⁻⁴ cm).
"""

# %%
Cable()

# %% [markdown]
r"""
## 1 · A slice of cable

Look at a fibre as an electrician does. Inside there is salt water: it conducts, with a resistance. Around it there is the membrane: it stores charge, and it leaks.
"""

# %%
fig, ax = plt.subplots(figsize=(8, 2.9))
pictures.circuit(ax)
show(
    fig,
    "Three slices of a cable as a circuit. Inside, green resistors in series lead from "
    "slice to slice: the axial "
    "resistance that makes a cable out of patches; through them flows the axial "
    "current. From each slice a blue "
    "capacitor and a purple leak lead to the outside, side by side.")

# %% [markdown]
r"""
Capacitor and channels lie **in parallel**, as the article says. What makes a cable is the element it does not name: the axial resistors **in series** (E33). And four assumptions are made silently: the outside is at one potential; $V$ is counted from rest; $V$ does not vary across the fibre; the radius is constant.

### Predict

Before any formula, commit yourself.
"""

# %% tags=["nbval-ignore-output"]
predict("twice the capacitance")

# %% [markdown]
r"""
### Derive

You need six quantities: $V(x,t)$ in volts at the place $x$ (cm) and the time $t$ (s); the radius $a$ (cm); the **resistivity** $\rho$ (Ω cm) of the inside, the **core**; per **area** of membrane the conductance $g_m$ (S/cm²) and the capacitance $c_m$ (F/cm²); and the injected current per **length** $i_\mathrm{inj}$ (A/cm), positive inward. The article calls $g_m$ a conductance per length; with its factors $2\pi a$ it must be per area, and its $i_\mathrm{inj}$, which has no unit there, must be per length (E31).

| step | equation | unit of each term |
|---|---|---|
| 1 Ohm along the core: a cross-section $\pi a^2$ carries the axial current | $I_a=-\dfrac{\pi a^2}{\rho}\,\dfrac{\partial V}{\partial x}$ | A |
| 2 Kirchhoff on a slice $dx$: what the membrane (area $2\pi a\,dx$) takes is what came in less what went on, plus what you inject | $2\pi a\,dx\left(c_m\dfrac{\partial V}{\partial t}+g_mV\right)=-\dfrac{\partial I_a}{\partial x}dx+i_\mathrm{inj}\,dx$ | A |
| 3 put 1 into 2, divide by $2\pi a\,dx$ | $c_m\dfrac{\partial V}{\partial t}=\dfrac{a}{2\rho}\dfrac{\partial^2V}{\partial x^2}-g_mV+\dfrac{i_\mathrm{inj}}{2\pi a}$ | A/cm² |
| 4 divide by $g_m$; name the **time constant** $\tau_m=\dfrac{c_m}{g_m}$ (s) and the **length constant** $\lambda$, with $\lambda^2=\dfrac{a}{2\rho\,g_m}$ (cm²) | $\tau_m\dfrac{\partial V}{\partial t}=\lambda^2\dfrac{\partial^2V}{\partial x^2}-V+\dfrac{i_\mathrm{inj}}{2\pi a\,g_m}$ | V |
| 5 count places in $\lambda$ and times in $\tau_m$: $X=x/\lambda$, $T=t/\tau_m$, without unit; no electrode here | $\dfrac{\partial V}{\partial T}=\dfrac{\partial^2V}{\partial X^2}-V$ | V |
| 6 and if the radius $a(x)$ varies? Put 1 into 2 with $a^2$ left *inside* the derivative, divide by $dx$ (E33) | $2\pi a\left(c_m\dfrac{\partial V}{\partial t}+g_mV\right)=\dfrac{\partial}{\partial x}\left(\dfrac{\pi a^2}{\rho}\dfrac{\partial V}{\partial x}\right)+i_\mathrm{inj}$ | A/cm |

Step 5 says: all uniform cables are the same cable. Only their ruler and their clock differ. Step 6 is what the solver of this course works with.

If you would rather count **per length**, write $G=2\pi a\,g_m$ (S/cm). Then $\lambda^2=\dfrac{\pi a^2}{\rho\,G}$: the same length. Only don't mix: a $g_m$ per length beside a $2\pi a$ counts the circumference twice.

### Run

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** first $\dfrac{\partial V}{\partial t}=\dfrac{a}{2\rho c_m}\dfrac{\partial^2V}{\partial x^2}-\dfrac{g_m}{c_m}V-\dfrac{i_\mathrm{inj}}{2\pi a\,c_m}$, which is step 3 but for one sign (section 2); then $\lambda^2=\dfrac{a}{2\rho c_m}$ (E29).

**What is right:** $\lambda^2=\dfrac{a}{2\rho g_m}$. Multiply that first equation by $\tau_m=c_m/g_m$ and it comes out.

**How we know:** the unit. $a/(2\rho c_m)$ is in cm/(Ω cm · F/cm²) = cm²/s, since Ω · F = s. That is a *diffusivity*, not the square of a length, while $a/(2\rho g_m)$ is in cm/(Ω cm · S/cm²) = cm², an area, since Ω · S = 1. And the printed formula claims that a fibre with more capacitance reaches less far: the next cell measures it.

</div>
"""

# %%
print("c_m      measured reach   sqrt(a/2ρg_m)    printed a/(2ρc_m)   printed × τ_m")
for c_m in (0.5, 1.0, 2.0):
    cable = Cable(length=20_000, compartments=2000, c_m=c_m)  # 14 length constants
    V = steady_voltage(cable, [(0, 0.1)])  # 0.1 nA into the left end
    near = cable.x < 5000
    reach = -1 / np.polyfit(cable.x[near], np.log(V[near]),
                            1)[0]  # where V has fallen by e
    right, printed = np.sqrt(
        2e-4 / (2 * 100 * 5e-5)), 2e-4 / (2 * 100 * c_m * 1e-6)  # in cm, cm²/s
    print(
        f"{c_m:.1f} µF/cm²   {reach / 1000:.3f} mm      {10 * right:.3f} mm        "
        f"{printed:.1f} cm²/s"
        f"          {printed * cable.time_constant / 1000:.2f} cm²")

# %% [markdown]
r"""
The reach stays at 1.414 mm while the printed number changes by a factor of four: **falsified**. The last column shows what the printed number is good for: times $\tau_m$ it is always $\lambda^2=0.02$ cm². It says how fast $V$ spreads, not how far it gets.

### Modify

Write the length constant yourself. Four numbers are handed to you, and you decide which of them you need.
"""

# %%
def length_constant(a, rho, g_m, c_m):
    ...


check("length constant", length_constant)

# %% tags=["solution"]
def solved_length_constant(a, rho, g_m, c_m):
    return np.sqrt(a / (2 * rho * g_m))


check("length constant", solved_length_constant)

# %% [markdown]
r"""
## 2 · Which way does the current push?

Inject a current that is positive **inward**. The inside gains positive charge, so $V$ must rise. The article's two equations disagree about it.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** in its first equation $-\dfrac{i_\mathrm{inj}}{2\pi a\,c_m}$, in its second, our step 4, $+\dfrac{i_\mathrm{inj}}{2\pi a\,g_m}$ (E30).

**What is right:** plus in both, for a current counted inward: multiply the first equation by $\tau_m$ and the second one must come out, sign included.

**How we know:** count the charge. The next cell puts $+1$ pC into a cable with either sign, by the plainest scheme there is, and adds up what the membrane then holds.

</div>
"""

# %%
n, dx, h = 100, 20.0, 0.001  # compartments, µm, ms
# λ²/τ (µm²/ms), τ (ms), c_m × area of a compartment (nF)
D, tau, C = 1e5, 20.0, 1e-5 * 2 * np.pi * 2.0 * dx


def after_1_ms(sign):  # V after 1 nA (= 1 pC/ms) flowed for 1 ms into the middle
    V, source = np.zeros(n), np.zeros(n)
    source[n // 2] = 1.0
    for _ in range(1000):
        curvature = np.diff(np.pad(V, 1, "edge"),
                            2) / dx**2  # "edge": nothing flows through the ends
        V = V + h * (D * curvature - V / tau + sign * source / C)
    return V


for name, sign in (("right", 1), ("printed", -1)):
    V = after_1_ms(sign)
    print(
        f"{name:8} sign: V = {V[n // 2]:+.2f} mV at the electrode, charge on the "
        f"membrane {C * V.sum():+.4f} pC"
    )
print(
    "theory for +1 pC/ms and a leak: Q = τ(1 - exp(-t/τ)) = "
    f"{tau * (1 - np.exp(-1 / tau)):+.4f} pC"
)

# %% [markdown]
r"""
With the printed sign a *depolarising* current hyperpolarises, and the membrane holds the opposite of the charge that you put in. The ten lines above are already a cable solver, a slow and fragile one; what makes a good one stands under Further.

One more thing to remember. $i_\mathrm{inj}$ is **per length**: an electrode that injects $I_0$ at one place $x_0$ is $i_\mathrm{inj}=I_0\,\delta(x-x_0)$, with the delta in 1/cm.

## 3 · How far: the steady state

### Derive

Wait until nothing changes. Step 5 leaves $V''=V$ away from the electrode, a prime being $d/dX$. Its solutions are $e^{-X}$ and $e^{X}$, or any mixture of them. For a cable of length $L=\ell/\lambda$ the handy mixtures are $\cosh(L-X)$ and $\sinh(L-X)$.

**A cable that never ends**, current $I_0$ into its left end. $V$ must not grow far away: $V=V_0e^{-X}$. All the current enters the core, so by step 1

$$I_0=-\frac{\pi a^2}{\rho}\frac{dV}{dx}\Big|_0=\frac{\pi a^2}{\rho\lambda}V_0\qquad\Longrightarrow\qquad R_\infty=\frac{V_0}{I_0}=\frac{\rho\lambda}{\pi a^2}\quad(\Omega),$$

the **input resistance**.

An electrode in the *middle* feeds two such cables, half the current each: $V=\tfrac12R_\infty I_0\,e^{-|X|}$.

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
"""

# %%
one = Cable(length=Cable().length_constant)  # L = 1
kinds = {
    "endless": one.but(length=20 * one.length, compartments=4000), "sealed": one,
    "killed": one.but(ends=("sealed", "killed"))
}
theory = {
    "endless": lambda X: np.exp(-X),
    "sealed": lambda X: np.cosh(1 - X) / np.tanh(1) / np.cosh(1),
    "killed": lambda X: np.sinh(1 - X) * np.tanh(1) / np.sinh(1)
}
V_0 = 0.1 * kinds[
    "endless"].input_resistance  # mV: 0.1 nA into the end of a cable that never ends
fig, axes = plt.subplots(1, 2, figsize=(8, 3.1))
for (name, cable), color in zip(kinds.items(),
                                (COLOR["V"], COLOR["green"], COLOR["vermillion"])):
    X, V = cable.x / one.length, steady_voltage(cable, [(0, 0.1)])
    shown = X < 1
    for ax in axes:
        ax.plot(X[shown], V[shown], color=color, lw=5, alpha=0.5)
        ax.plot(X[shown], V_0 * theory[name](X[shown]), "k--", lw=1)
    axes[0].text(1.03, V[shown][-1], name, color=color, va="center", fontweight="bold")
    print(f"{name:8} input resistance {cable.input_resistance:.2f} MΩ")
axes[0].set(xlabel="$X=x/\\lambda$", ylabel="$V$ (mV) for 0.1 nA", xlim=(0, 1.3),
            ylim=(-0.4, 16), xticks=(0, 0.5, 1))
axes[1].set(xlabel="$X=x/\\lambda$", yscale="log", xlim=(0, 1.05), ylim=(0.3, 20),
            xticks=(0, 0.5, 1), yticks=(1, 10), yticklabels=(1, 10),
            title="logarithmic: endless is a straight line")
show(
    fig,
    "Steady voltage along cables of one length constant, simulated (broad, coloured) "
    "and in closed form (dashed): the "
    "sealed end stays highest and arrives flat, the killed end falls to zero, the "
    "endless cable is a straight line on "
    "the logarithmic axis.")

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

**Click or drag anywhere on the dendrite:** your electrode goes there. The dashed curve behind is the exponential of an endless cable. Watch what the ends do to yours, and how late the ends hear of it. The code is in `pictures.touched_dendrite??`.

1. Drag the electrode to an end. By which factor does $V$ rise above the dashed curve?
2. Find a length for which the sealed ends no longer matter in the middle. How many $\lambda$ is it?
3. Halve the current. Which features of the right picture change, and which don't? Why?
"""

# %% tags=["nbval-ignore-output"]
def grab(dendrite, touch):
    if touch.axes.get_xlabel() == "time $t$ (ms)":  # the right picture is for looking
        return dendrite
    return dendrite.but(place=float(np.clip(1000 * touch.x / dendrite.length, 0, 1)))


Panel(Dendrite(), pictures.touched_dendrite, "place", "current", "radius", "length",
      grab=grab)

# %% [markdown]
r"""
## 4 · How fast: dye that leaks

### Derive

Put a unit of charge at $X=0$ of an endless cable at $T=0$ and let go. Try $V=e^{-T}u$. The product rule gives $\partial V/\partial T=e^{-T}(\partial u/\partial T-u)$, the leak cancels, and $\partial u/\partial T=\partial^2u/\partial X^2$ is left: the equation of diffusing dye. A drop of dye spreads as a Gauss curve whose variance grows as $2T$,

$$u=\frac{e^{-X^2/4T}}{\sqrt{4\pi T}},\qquad\text{since}\quad\frac{\partial u}{\partial T}=\Bigl(\frac{X^2}{4T^2}-\frac1{2T}\Bigr)u=\frac{\partial^2u}{\partial X^2},$$

and its area is 1 at all times. With the leak back in you have **Green's function**

$$G(X,T)=\frac{1}{\sqrt{4\pi T}}\exp\Bigl(-T-\frac{X^2}{4T}\Bigr).$$

So the article's dye is right, **if you add a leak**: the factor $e^{-T}$. A steady current is drop after drop, an integral over $G$. At the electrode you can do it (put $s=r^2$). The whole integral, up to $T=\infty$, is ½; hence the factor 2:

$$\frac{V(0,T)}{V(0,\infty)}=2\int_0^TG(0,s)\,ds=\int_0^T\frac{e^{-s}}{\sqrt{\pi s}}\,ds=\frac{2}{\sqrt\pi}\int_0^{\sqrt T}e^{-r^2}dr=\operatorname{erf}\sqrt T.$$

Elsewhere `step_response??` has it. The time at which a place reaches half of its final $V$ is its **half-time** $T_{1/2}(X)$; far from the electrode it approaches $X/2+\tfrac14$.

### Run

The article's picture, computed with our numbers: a current of 0.1 nA for 30 ms into the middle of a long dendrite.
"""

# %%
cable = Cable(length=8000, compartments=160)
t = np.linspace(0, 60, 121)
run = simulate_cable(cable, t, [(4000, np.where(t < 30, 0.1, 0))])
fig = plt.figure(figsize=(8.6, 3.6), layout="none")
flat, solid = fig.add_axes((0.07, 0.14, 0.36, 0.76)), fig.add_axes(
    (0.46, 0.06, 0.5, 0.94), projection="3d")
pictures.kymograph(flat, 0, 5.5, interpolation="bilinear")(cable.x, t, run.V)
reach = np.linspace(0, 2.5, 40)  # until the current stops, no farther
late = np.array([half_time(X) for X in reach]) * cable.time_constant
for side in (-1, 1):
    flat.plot(4 + side * reach * cable.length_constant / 1000, late, "k--", lw=1.2)
flat.axhline(30, color=COLOR["stimulus"], lw=1.2)
flat.text(0.15, 30.6, "current off", color="#9A6B00", va="bottom", fontsize=9)
flat.set(xlim=(0, 8), ylim=(0, 60), title="dashed: half-time")
pictures.surface(solid, cable.x[::5], t[::4], run.V[::4, ::5], 5.5)
solid.view_init(30, -52)
show(
    fig,
    "Voltage over place and time during and after a current of 30 ms into the middle "
    "of a dendrite, as a map on the left and as a "
    "surface in 3-D on the right (white 0, dark 5.5 mV): a ridge that widens like dye "
    "in a tube, and fades. The dashed "
    "half-time line opens as a V: the farther away, the later.")

# %%
print("X    half-time T    X/2 + 1/4")
for X in (0, 1, 2, 5, 10):
    print(f"{X:<4d} {half_time(X):.4f}         {X / 2 + 0.25:.4f}")
speed = 1 / (half_time(6) - half_time(5))
print(f"between X = 5 and 6: {speed:.4f} length constants per time constant (limit 2)")
print(
    "course cable: 2 λ/τ = "
    f"{2 * Cable().length_constant / Cable().time_constant / 1000:.4f} mm/ms"
)

# %% [markdown]
r"""
Each further $\lambda$ costs half a time constant. So there is a pseudo-velocity $2\lambda/\tau_m$, here 0.14 m/s. But don't call it a wave: $G>0$ *everywhere* as soon as $T>0$, and there is no front (E32). You compare it to a real wave now.

## 5 · The fibre that answers back

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that this equation describes how voltage spreads along the **axon** (E32).

**What is right:** the printed equation is passive and linear. It is right for dendrites and for small pushes. An axon's membrane answers with sodium current, and that makes the difference between a rumour and a telegraph.

**How we know:** the same shock to the same fibre, once with and once without its channels. Who still hears it at 45 mm?

</div>

Put Hodgkin and Huxley's currents, as in notebook 02, in the place of $g_mV$ in step 3, for the squid axon of 1952 ($a=238$ µm; $\rho=35.4$ Ω cm, which they call $R_2$):

$$C_m\frac{\partial V}{\partial t}=\frac{a}{2\rho}\frac{\partial^2V}{\partial x^2}-\bar g_\mathrm{Na}m^3h(V-E_\mathrm{Na})-\bar g_\mathrm{K}n^4(V-E_\mathrm{K})-\bar g_\mathrm{L}(V-E_\mathrm{L})$$

The membrane is notebook 02's own, handed to the fibre:
"""

# %%
Axon(cell=HodgkinHuxley(temperature=18.5))

# %%
axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000, compartments=120)
passive = Cable(length=60_000, radius=238, rho=35.4, g_m=0.3, c_m=1,
                compartments=120)  # channels blocked: only the leak
t = np.arange(0, 6, 0.02)
shock = [(0, np.where(t < 0.3, 5000.0, 0))]  # 5 µA for 0.3 ms into the left end
fig, axes = plt.subplots(1, 2, figsize=(8, 3), sharey=True)
zoom = axes[1].inset_axes((0.2, 0.42, 0.76, 0.5), ylim=(0, 1.8),
                          title="the same, enlarged")
for name, fibre, panels in (("active", axon, axes[:1]), ("passive", passive, (axes[1],
                                                                              zoom))):
    run, heights = simulate_cable(fibre, t, shock), []
    for mm, style, color in zip((15, 30, 45), ("-", "--", "-."),
                                (COLOR["V"], COLOR["green"], COLOR["purple"])):
        V = run.V[:, np.searchsorted(fibre.x, 1000 * mm)]
        for ax in panels:
            ax.plot(t, V, style, color=color, label=f"{mm} mm")
        heights.append(f"{V.max():.3g}")
    panels[0].set(xlabel="$t$ (ms)", title=name)
    print(f"{name:8} highest V at 15, 30, 45 mm: {', '.join(heights)} mV")
axes[0].set_ylabel("$V$ (mV)")
axes[0].legend()
show(
    fig,
    "The same shock to the same fibre. With its channels, left, three equal spikes "
    "arrive one after the other; without "
    "them, right, a fiftieth of that is left at 15 mm and next to nothing at 45 mm: a "
    "passive pulse dies, an active one "
    "keeps its shape.")

# %% [markdown]
r"""
**A pulse that keeps its shape is a travelling wave**: $V(x,t)=V(t-x/\theta)$, with the speed $\theta$. Then $\partial^2V/\partial x^2=\ddot V/\theta^2$, a dot being $d/dt$. Call the three ionic currents together $I_\mathrm{ion}$, multiply by $2\rho\,\theta^2/a$, and the equation becomes an ordinary one, $\ddot V=K(\dot V+I_\mathrm{ion}/C_m)$, with the single number

$$K=\frac{2\rho\,\theta^2C_m}{a}\qquad\Longrightarrow\qquad\theta=\sqrt{\frac{K\,a}{2\rho\,C_m}}.$$

Nothing else of the fibre is left in it: $K$ (1/ms) belongs to the membrane alone. Hodgkin and Huxley searched for it on a hand-cranked calculator: for each guess $V$ ran away to $+\infty$ or $-\infty$, and only between the two lay the spike. You have a solver of the full equation (`conduction_speed??`: two grids, extrapolated).
"""

# %%
squid = Axon(cell=HodgkinHuxley(temperature=18.5))
theta = conduction_speed(squid)
K = 2 * 35.4 * (theta * 100)**2 * 1e-6 / 238e-4 / 1000  # 1/ms: Ω cm, cm/s, F/cm², cm
print(f"this course            {theta:.2f} m/s   (K = {K:.2f}/ms)")
print("exact solution         18.73 m/s   (K = 10.44/ms)")
print("Hodgkin & Huxley 1952  18.8  m/s   (K = 10.47/ms, by hand)")
print("measured, same fibre   21.2  m/s")
print(
    "6.3 °C                 "
    f"{conduction_speed(Axon(cell=HodgkinHuxley(temperature=6.3))):.2f} m/s   (exact "
    "12.31)"
)

# %% [markdown]
r"""
All constants came from voltage clamp, where nothing travels. That they predict a travelling spike to within 12 % of the measured 21.2 m/s (Hodgkin and Huxley 1952, the same fibre at 18.5 °C) is one of the great moments of biology. The missing 12 % are the model's, not the arithmetic's: the hand computation was 0.4 % off.

### Modify

The squid needs a faster escape. Change **the fibre** (not its membrane, not its temperature) so that the spike goes twice as fast, 37.5 m/s. `squid.but(name=value)` gives a changed copy; the names are in the table of `Axon` above.
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
"""

# %%
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3.1), sharey=True)
for ax, delay, title in zip(
        axes, (-1.5, 0.0, 1.5),
    ("right end 1.5 ms earlier", "both at once", "right end 1.5 ms later")):
    ends = TwoEnds(delay=delay)
    run = ends.active()
    pictures.kymograph(ax, interpolation="bilinear")(run.model.x, run.t[::3],
                                                     run.V[::3])
    x, when = ends.meeting()
    ax.plot(x / 1000, when, "o", ms=14, mfc="none", mec=COLOR["vermillion"], mew=1.6)
    ax.set(xlim=(0, 60), ylim=(0, 4.5), title=title,
           ylabel="$t$ (ms)" if delay < 0 else "")
    print(
        f"delay {delay:+.1f} ms: they meet at {x / 1000:.1f} mm, and "
        f"{run.V[-100:].max():.1f} mV are left after 4.5 ms"
    )
show(
    fig,
    "Spikes from both ends of an axon, place to the right and time upwards, for three "
    "delays (white 0, dark 100 mV): two "
    "dark lines run towards each other, meet at the circle and end there. The later "
    "the right one starts, the farther "
    "right they meet.")

# %% [markdown]
r"""
Nothing comes out of a meeting. Each spike leaves closed sodium gates behind, and each runs into the other's wake. Where they meet is arithmetic: $x=\tfrac12(\ell+\theta\,\Delta)$ for a delay $\Delta$ of the right end.

### Investigate: set them off yourself

Left, the active axon; beside it the same fibre without channels (its colours are logarithmic, from 0.1 to 100 mV, or you would see nothing). Dotted lines show where each spike would have gone alone. **Drag in the fibres:** left and right moves the electrode, and up and down near the right end moves the delay. The code is in `pictures.two_ends??`.

1. Put the electrode at 45 mm. Which of the two grey spikes arrives, and which one is missing? Change the delay until the other one arrives instead.
2. In the passive fibre, is the blue curve ever anything but the sum of the two grey ones? Why is its peak lower than the sum of their peaks?
3. Lower the current, slowly. At which value, between 2 and 3 µA, does the *active* fibre stop answering? Is there such a value in the passive one?
4. Warm the axon to 30 °C and make the delay 3 ms: the first spike has crossed before the second shock comes. Why does the second one still fail?
"""

# %% tags=["nbval-ignore-output"]
def move(ends, touch):
    if touch.axes.get_ylim()[1] != 7.5:  # the traces are for looking
        return ends
    if touch.x > 52:  # near the right end: its launch follows the hand
        return ends.but(delay=float(np.clip(touch.y - 0.5, -3, 3)))
    return ends.but(place=float(np.clip(touch.x / 60, 0, 1)))


Panel(TwoEnds(), pictures.two_ends, "delay", "place", "current", "temperature",
      grab=move)

# %% [markdown]
r"""
## What you saw

1. Ohm along the core and Kirchhoff across the membrane give $\tau_m\dot V=\lambda^2V''-V+\dots$; units decide that $\lambda^2=a/(2\rho g_m)$, without $c_m$.
2. A steady voltage fades by $e$ per $\lambda$; ends change it when they are nearer than about $2\lambda$. At the end of a long cable a current raises $V$ twice as high as in its middle.
3. A passive push spreads like leaking dye: half a time constant later per $\lambda$, always smaller, never a front.
4. An active fibre makes its pulse anew at every place: 18.73 m/s computed, 18.8 by hand in 1952, 21.2 measured; $\theta\propto\sqrt a$.
5. Two passive pulses pass and add; two spikes annihilate. Linear against nonlinear, under one pair of shocks.
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

Compartments of $\lambda/20$ on the course cable, $\tau_m=20$ ms. What does your formula say? The next cell takes one step just below that limit, and one just above.
"""

# %%
cable = Cable(length=5 * Cable().length_constant, compartments=100)
limit = 2 * cable.time_constant / (1 + 4 * (cable.length_constant / cable.dx)**2)
fig, axes = plt.subplots(1, 2, figsize=(8, 2.9), sharey=True)
for ax, factor in zip(axes, (0.99, 1.01)):
    t = np.arange(601) * factor * limit
    V = simulate_cable(cable, t, [(cable.length / 2, 0.1)], scheme=forward_euler).V[-1]
    exact = simulate_cable(cable, t, [(cable.length / 2, 0.1)]).V[-1]
    ax.plot(cable.x / 1000, V, color=COLOR["V"], lw=1.3)
    ax.plot(cable.x / 1000, exact, "k--", lw=1.2)
    ax.set(xlabel="$x$ (mm)", ylim=(-4, 6), title=f"step = {factor:.2f} × limit")
    print(
        f"step {t[1]:.5f} ms ({factor:.2f} × limit {limit:.5f} ms): largest error "
        f"{np.abs(V - exact).max():.3g} mV"
    )
axes[0].set_ylabel("$V$ (mV)")
show(
    fig,
    "Forward Euler after 600 steps, blue, against the exact solution, dashed. One per "
    "cent below the limit they agree; one "
    "per cent above it a jagged pattern of plus and minus has taken over.")

# %% [markdown]
r"""
**Crank-Nicolson** has no such limit. It takes the neighbours' pull as the mean of before and after the step, which makes a tridiagonal system of equations; LAPACK solves it in one sweep (`crank_nicolson??`). Its error falls as the *square* of the step, they say. Don't believe it: measure it.

### Make: your own convergence plot

You need a case whose solution is known. Take a sealed cable, one $\lambda$ long, no electrode, and start it from half a wave, $V=\cos\pi X$ in mV (its slope is 0 at both ends, as a sealed end wants). In step 5 try $V=f(T)\cos\pi X$: each second derivative gives $-\pi^2$, so $f'=-(1+\pi^2)f$, and

$$V_\text{exact}(X,T)=\cos(\pi X)\,e^{-(1+\pi^2)\,T}\ \text{mV}.$$

Here is one run: 2 ms in steps of $h$, with as many compartments as steps, so that place and time get finer together.
"""

# %%
h = 2 / np.array([10, 20, 40, 80, 160])  # ms: 0.2, 0.1, 0.05, 0.025, 0.0125


def half_wave(h, scheme=crank_nicolson):
    n = round(2 / h)  # steps, and compartments
    cable = Cable(length=Cable().length_constant, compartments=n)
    X, t = cable.x / cable.length, np.linspace(0, 2, n + 1)
    return X, simulate_cable(cable, t, [], scheme=scheme, start=np.cos(np.pi * X)).V


X, V = half_wave(0.2)
print(
    f"V has the shape {V.shape}: {len(V)} times, {len(X)} places. At X = {X[0]:.2f}: "
    f"{V[0, 0]:.4f} mV at the start, "
    f"{V[-1, 0]:.4f} mV after 2 ms")

# %% [markdown]
r"""
Now compute the errors, for a list of steps, and the order $p$ of error $=C\,h^p$. As soon as `errors` returns numbers, the picture shows them; as soon as `order` does, the legend says what you found.
"""

# %%
def errors(steps):  # for each step: the largest |V - exact| after 2 ms, in mV
    found = []
    for h in steps:
        X, V = half_wave(h)
        found.append(...)
    return found


def order(h, error):  # p of error = C h^p, from two arrays
    ...


mine = tried(errors, h)  # your numbers, or None as long as there are none
fig, ax = plt.subplots(figsize=(6.4, 3.2))
pictures.convergence(ax, h, {"yours": (mine, tried(order, h, mine))})
show(
    fig,
    "Your errors against the step, both axes logarithmic, beside dotted guides of "
    "slope 1 and slope 2: a scheme of order 2 "
    "runs along the steeper one. Before you have filled in the stub only the guides "
    "are there."
)
for verdict in (check("errors", errors), check("order", order)):
    display(verdict)

# %% tags=["solution"]
def solved_errors(steps, scheme=crank_nicolson):
    found = []
    for step in steps:
        place, run = half_wave(step, scheme)
        exact = np.cos(np.pi * place) * np.exp(
            -(1 + np.pi**2) * 2 / 20)  # T = 2 ms / 20 ms
        found.append(np.abs(run[-1] - exact).max())
    return found


def solved_order(h, error):
    return np.polyfit(np.log(h), np.log(error), 1)[0]


curves = {}
for name, scheme in (("Crank-Nicolson", crank_nicolson), ("backward Euler",
                                                          backward_euler)):
    found = np.array(solved_errors(h, scheme))
    curves[name] = found, solved_order(h, found)
    print(
        f"{name:14} errors {found[0]:.3e} ... {found[-1]:.3e} mV, order "
        f"{solved_order(h, found):.3f}"
    )
fig, ax = plt.subplots(figsize=(6.4, 3.2))
pictures.convergence(ax, h, curves)
show(
    fig,
    "Errors against the step on logarithmic axes: Crank-Nicolson falls along the guide "
    "of slope 2, backward Euler along that of "
    "slope 1. Halving both steps leaves a quarter of the error, or a half.")
for verdict in (check("errors", solved_errors), check("order", solved_order)):
    display(verdict)

# %% [markdown]
r"""
A smooth start is kind to a solver. Is the order still 2 with an **electrode** that is switched on at a point? The test: $-\partial V/\partial X=1$ mV at the sealed end from $T=0$ on, read at $X=T=0.5$; the exact value is a series of cosines. And on a **uniform** cable one does even better than any step: its compartments' modes are cosines, each decays by itself, and a fast cosine transform takes any profile apart. `modes??` is exact at any step, and `simulate_cable` uses it where it can. So it can judge Crank-Nicolson at every place at once.
"""

# %%
k, one = np.arange(1, 60), Cable(length=Cable().length_constant)
exact = np.cosh(0.5) / np.sinh(1) - np.exp(-0.5) - (2 * np.cos(k * np.pi / 2) /
                                                    (1 + (k * np.pi)**2)
                                                    * np.exp(-0.5 *
                                                             (1 +
                                                              (k * np.pi)**2))).sum()
I_unit = 1 / 112.53953952  # nA that make -dV/dX = 1 mV
apart = []
for n in (20, 40, 80, 160):
    V = simulate_cable(one.but(compartments=n), np.linspace(0, 10, n + 1),
                       [(0, I_unit)], scheme=crank_nicolson).V[-1]
    apart.append(abs(V[n // 2 - 1:n // 2 + 1].mean() - exact))
print(
    f"electrode: exact {exact:.9f} mV (reference 0.352986716), orders "
    f"{np.log2(apart[0] / apart[1]):.2f}, "
    f"{np.log2(apart[1] / apart[2]):.2f}, {np.log2(apart[2] / apart[3]):.2f}")
apart = []
for h in (0.5, 0.25, 0.125):  # ms; the same 100 compartments, so only the step counts
    t = np.arange(0, 20.01, h)
    V, exact = (simulate_cable(one.but(compartments=100), t, [(500, 0.1)],
                               scheme=scheme).V[-1]
                for scheme in (crank_nicolson, modes))
    apart.append(np.abs(V - exact).max())
print(
    f"modes: farthest apart {', '.join(f'{each:.2e}' for each in apart)} mV of "
    f"{exact.max():.2f} mV: each halving leaves "
    f"1/{apart[0] / apart[1]:.2f}, 1/{apart[1] / apart[2]:.2f}")

# %% [markdown]
r"""
## Further · The dye under your hand

*10 minutes.* Green's function, watched at one place. When is the dye densest there? Set the slope of $\log G=-\tfrac12\log(4\pi T)-T-X^2/4T$ in time to 0.
"""

# %%
T = np.linspace(0.005, 2.5, 400)
fig, ax = plt.subplots(figsize=(7, 3))
for X, style in ((0.5, "-"), (1.0, "--"), (1.5, "-.")):
    G = green_function(X, T)
    ax.plot(T, G, style, color=COLOR["V"], label=f"X = {X}")
    ax.plot(T[G.argmax()], G.max(), "o", color=COLOR["vermillion"])
    print(
        f"X = {X}: highest {G.max():.4f} near T = {T[G.argmax()]:.2f}; area up to T = "
        f"2.5: {G.sum() * (T[1] - T[0]):.3f}, "
        f"in all e^-X/2 = {np.exp(-X) / 2:.3f}")
ax.set(xlabel="time $T$ (time constants)", ylabel="$G(X,T)$", ylim=(0, 0.55))
ax.legend()
show(
    fig,
    "Green's function at three distances against time: the farther away, the later, "
    "lower and longer the passing of the "
    "dye; a dot marks each peak.")

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
Drag in the left picture to move the place you watch, in the right one to move time. With the leak at 0 you have the article's dye in a tight tube. What does the leak do to the time of the peak, and why does it come *earlier*?
"""

# %% tags=["nbval-ignore-output"]
def watch(dye, touch):
    if touch.axes.get_xlim()[0] < 0:
        return dye.but(X=float(np.clip(abs(touch.x), 0, 3)))
    return dye.but(T=float(np.clip(touch.x, 0.08, 3)))


Panel(Dye(), pictures.spreading_dye, "T", "X", "leak", grab=watch)

# %% [markdown]
r"""
## Further · Warm the axon, thicken it

*20 minutes.* All gates run three times as fast for each 10 °C. What does that do to a spike that travels?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("warmer")

# %% [markdown]
r"""
### Run
"""

# %%
def speed_at(T):  # m/s; 0 where no spike travels
    try:
        return conduction_speed(Axon(cell=HodgkinHuxley(temperature=T)))
    except ValueError:
        return 0.0


warmth = np.array([6.3, 10, 15, 20, 25, 30, 32, 33])
speeds = [speed_at(T) for T in warmth]
travels, blocked = 33.0, 35.0
while blocked - travels > 0.15:  # halve the gap, four times
    middle = (travels + blocked) / 2
    travels, blocked = (middle, blocked) if speed_at(middle) else (travels, middle)
fig, ax = plt.subplots(figsize=(6.4, 3.1))
ax.plot(warmth, speeds, "o-", color=COLOR["V"])
ax.axvline(blocked, color=COLOR["vermillion"], ls="--", lw=1.2)
ax.text(blocked - 0.3, 11.5, "heat block", color=COLOR["vermillion"], rotation=90,
        ha="right", va="bottom")
ax.set(xlabel="temperature (°C)", ylabel="speed (m/s)", ylim=(10, 25))
for T, speed in zip(warmth, speeds):
    print(f"{T:4.1f} °C   {speed:.2f} m/s")
print(
    f"a spike still travels at {travels:.2f} °C and none at {blocked:.2f} °C (exact "
    "limit 33.69 °C)"
)
show(
    fig,
    "Conduction speed of the squid axon against temperature: it rises, is highest near "
    "30 degrees, falls, and near 33.7 "
    "degrees there is no spike any more.")

# %% [markdown]
r"""
The exact solutions at 6.3, 15, 20, 30, 32 and 33 °C agree to all digits shown. Above 33.69 °C no travelling wave exists: sodium and potassium gates are so fast that they cancel before the membrane ahead is charged. (A second, slow pulse exists at each temperature below. It is unstable; at the block the two merge and vanish, a fold as in notebook 03.)

And **thickness**? In $\theta=\sqrt{Ka/2\rho C_m}$ the membrane's $K$ stays, so $\theta\propto\sqrt a$. Time spikes between 15 and 45 mm on fibres from a quarter of the squid's radius to four times.
"""

# %%
t = np.arange(0, 9, 0.01)
for part in (1 / 4, 1 / 2, 1, 2, 4):
    axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000, radius=238 * part,
                compartments=300)
    run = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4 * part**1.5, 0))
                                   ])  # a thick fibre takes more current
    first, last = reached(run, [15_000, 45_000])
    print(
        f"a = {238 * part:5.1f} µm: {30 / (last - first):5.2f} m/s, 18.73 × "
        f"sqrt({part:4.2f}) = {18.73 * part**0.5:5.2f}"
    )

# %% [markdown]
r"""
### Investigate

The dashed line is the $\sqrt a$ law at 18.5 °C. When does the spike keep to it, and what makes it leave?
"""

# %% tags=["nbval-ignore-output"]
Panel(FiredAxon(), pictures.fired_axon, "current", "radius", "temperature")

# %% [markdown]
r"""
## Further · When the radius changes

*20 minutes.* Real fibres taper, branch and swell. Step 6 of the derivation holds for any radius $a(x)$. What flows out of one compartment flows into the next, so the solver conserves current at each junction by construction. Look at a **step** and at a **taper**, both from 4 to 1 µm, with 100 pA into the left end.
"""

# %%
n = 200
profiles = {
    "step": np.where(np.arange(n) < n // 2, 4.0, 1.0), "taper": np.linspace(
        4.0, 1.0, n)
}
fig, axes = plt.subplots(2, 2, figsize=(8.6, 3.5), height_ratios=(1, 2.4), sharex=True)
for name, band, ax in zip(profiles, *axes):
    cable = Cable(length=4000, compartments=n, radius=profiles[name])
    V = steady_voltage(cable, [(0, 0.1)])
    inside = 1000 * cable.axial_current(
        V)  # pA from each compartment to the next, n - 1 junctions
    leak = 1e-2 * cable.g_m * cable.area * V  # pA out of each
    pictures.tube(band, 0, 6)(cable.x, cable.radius, V)
    band.set(ylim=(-6, 6), xlim=(0, 4), title=name)
    band.spines[:].set_visible(False)
    band.tick_params(length=0)
    pictures.voltage_and_current(ax, cable.x, V, inside)
    kept = np.diff(np.concatenate([[100.0], inside, [0.0]
                                   ])) + leak  # comes in, goes on, leaks out: in all 0
    print(
        f"{name:5}: leaking out along the cable {leak.sum():.4f} pA; before, in and "
        f"after the middle {inside[98]:.2f}, "
        f"{inside[99]:.2f}, {inside[100]:.2f} pA; conserved at every junction: "
        f"{np.abs(kept).max() < 1e-9}"
    )
show(
    fig,
    "Two dendrites that thin to a quarter, at once or gradually, coloured by their "
    "voltage. Below, the voltage, solid, bends at "
    "the step, while the axial current, dashed, passes it without a jump; along the "
    "taper both run smoothly."
)

# %% [markdown]
r"""
**Branches.** An endless cable has the input conductance $1/R_\infty=\pi a^2/(\rho\lambda)\propto a^2/\sqrt a=a^{3/2}$, since $\lambda\propto\sqrt a$. So $n$ equal branches of radius $b$ load the end of a parent of radius $a$ exactly as its own continuation would if $n\,b^{3/2}=a^{3/2}$: **Rall's rule**. A tree that keeps it is, seen from its stem, a single cable.
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
And a **spike** at a step? Predict first.
"""

# %% tags=["nbval-ignore-output"]
predict("which direction")

# %%
t = np.arange(0, 7.5, 0.02)
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3.1), sharey=True)
for ax, (title, before, after) in zip(
        axes, (("4 × wider: late", 1, 4), ("7 × wider: fails", 1, 7),
               ("7 × narrower: passes", 7, 1))):
    radius = 238.0 * np.where(np.arange(200) < 100, before, after)
    axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000, radius=radius,
                compartments=200)
    run = simulate_cable(axon, t,
                         [(0, np.where(t < 0.3, 1e5 if before > 1 else 2e4, 0))])
    pictures.kymograph(ax, interpolation="bilinear")(axon.x, t[::3], run.V[::3])
    ax.axvline(30, color=COLOR["vermillion"], ls="--", lw=1)
    ax.set(xlim=(0, 60), ylim=(0, 4), title=title,
           ylabel="$t$ (ms)" if before == 1 and after == 4 else "")
    print(
        f"{title:18} highest V at 15 mm {run.V[:, 50].max():.1f} mV, at 45 mm "
        f"{run.V[:, 150].max():.1f} mV"
    )
show(
    fig,
    "A spike meets a step of the radius at 30 mm. Four times wider: it waits, then "
    "goes on, faster. Seven times wider: it "
    "ends at the step. Seven times narrower: it passes and goes on more slowly.")

# %% [markdown]
r"""
Somewhere between 4 and 7 lies the limit. Find it: halve the gap again and again.
"""

# %%
t, place = np.arange(0, 10, 0.02), np.linspace(0.15, 59.85, 200)  # ms, mm


def crosses(ratio,
            width=0.0):  # does a spike get past a widening that is `width` mm long?
    part = np.clip((place - 30 + width / 2) / width, 0, 1) if width else place > 30
    axon = Axon(cell=HodgkinHuxley(temperature=18.5), length=60_000,
                radius=238.0 * ratio**part, compartments=200)
    V = simulate_cable(axon, t, [(0, np.where(t < 0.3, 2e4, 0))]).V
    return V[:, 150].max() > 50


low, high = 4.0, 7.0
while high - low > 0.03:
    middle = (low + high) / 2
    low, high = (middle, high) if crosses(middle) else (low, middle)
print(
    f"a sudden step of {low:.2f} times lets the spike pass, one of {high:.2f} times "
    "stops it"
)
print(
    "7 times, spread over", ", ".join(
        f"{w} mm: {'passes' if crosses(7.0, w) else 'fails'}" for w in (1, 2, 5, 10)))

# %% [markdown]
r"""
So the limit at 18.5 °C is near 5.44, for a *sudden* step. Spread over 5 mm, about the length of a spike's front (it rises in 0.25 ms and runs 18.7 mm in each ms), even seven times is no obstacle. A branching axon can therefore filter: which branch gets the spike is a matter of geometry.

## Further · Insulation instead of thickness

*5 minutes.* The squid buys speed with thickness. Vertebrates wrap the fibre in **myelin**: some hundred layers of membrane, one around the other, with short bare **nodes** about a millimetre apart. Layers lie in series, so $n$ of them have $1/n$ of the conductance and $1/n$ of the capacitance per area. What does that do between two nodes? Nothing new is needed: it is a passive cable.
"""

# %%
t = np.arange(0, 1.001, 0.01)
for name, layers in (("bare", 1), ("wrapped", 100)):
    fibre = Cable(length=20_000, radius=5, g_m=0.05 / layers, c_m=1 / layers,
                  compartments=400)
    V = simulate_cable(
        fibre, t,
        [(0, np.where(t < 0.1, 1.0, 0))]).V  # 1 nA for 0.1 ms: a node has fired
    there = V[:, 20]  # at 1 mm, where the next node waits
    print(
        f"{name:8} λ = {fibre.length_constant / 1000:5.2f} mm, τ = "
        f"{fibre.time_constant:.0f} ms, 2λ/τ = "
        f"{2 * fibre.length_constant / fibre.time_constant / 1000:.2f} mm/ms; at 1 mm "
        f"up to {there.max():.3f} mV, 1 mV "
        f"{'after ' + format(t[there > 1][0], '.2f') + ' ms' if there.max() > 1 else 'never'}"
    )

# %% [markdown]
r"""
$\lambda\propto1/\sqrt{g_m}$ grows tenfold, and $\tau_m=c_m/g_m$ stays: the push arrives sooner and, with this pulse, about a hundred times as strong. The next node takes it over the threshold and makes the spike anew, so that it seems to **jump** from node to node. (The nodes' channels are not computed here.)

## Further · Four synapses in a row

*15 minutes.* Four synapses at 0.6, 1.4, 2.2 and 3.0 mm from the soma, each 0.1 nA for 5 ms. Rall's old question: does the **order** in which they fire matter to the soma?
"""

# %% tags=["nbval-ignore-output"]
predict("order of inputs")

# %%
cable = Cable(length=4000, compartments=160)
t = np.arange(0, 80, 0.25)
fig, ax = plt.subplots(figsize=(7, 3))
for name, starts, style in (("towards the soma", (24, 16, 8, 0),
                             "-"), ("away from it", (0, 8, 16, 24), "--"),
                            ("all at once", (0, 0, 0, 0), ":")):
    pulses = [(x, np.where((t >= s) & (t < s + 5), 0.1, 0))
              for x, s in zip(SYNAPSES, starts)]
    V = simulate_cable(cable, t, pulses).V[:, 0]
    ax.plot(t, V, style, color=COLOR["V"], label=f"{name}: {V.max():.2f} mV")
    print(f"{name:17} highest V at the soma {V.max():.3f} mV")
ax.set(xlabel="$t$ (ms)", ylabel="$V$ at the soma (mV)", ylim=(0, 4.4))
ax.legend()
show(
    fig,
    "Voltage at the soma for four equal synapses fired in three orders: towards the "
    "soma the peak is highest, away from it "
    "lowest, all at once in between.")

# %% [markdown]
r"""
**Puzzle.** You have the same four synapses. Choose their start times (ms, in the order from the soma outwards) so that the soma reaches **4.0 mV**. `soma_voltage([...])` tries a choice.
"""

# %%
starts = [..., ..., ..., ...]

check("four synapses", starts)

# %% tags=["solution"]
print(f"{soma_voltage([15.75, 12, 7, 0]):.2f} mV"
      )  # each synapse alone peaks at 5.5, 9.25, 14.25 and 21.25 ms
check("four synapses", [15.75, 12, 7, 0])

# %% [markdown]
r"""
## Further · Fast signals die sooner, and a second cable

*5 minutes.* Put a sinusoid of frequency $f$ in place of the steady current. The capacitor now takes its share, and the reach shrinks to $\lambda(f)=\lambda\sqrt{2/(1+\sqrt{1+(2\pi f\tau_m)^2})}$. And a self-check on another cable, with the numbers of a widely used exercise: diameter 2 µm, $\rho=50$ Ω cm, $g_m=0.08$ mS/cm², $c_m=0.8$ µF/cm².
"""

# %%
for f in (0, 10, 100):
    print(
        f"{f:3d} Hz: reach "
        f"{Cable().length_constant_at(f) / Cable().length_constant:.4f} λ"
    )
second = Cable(length=500, radius=1, rho=50, g_m=0.08, c_m=0.8)
L = second.length / second.length_constant
V0 = 0.1 * second.input_resistance
print(
    f"second cable: λ = {second.length_constant / 1000:.4f} mm, τ = "
    f"{second.time_constant:.0f} ms"
)
print(
    f"0.5 mm, sealed, 0.1 nA: V(0) = {V0:.4f} mV, V(L) = {V0 / np.cosh(L):.4f} mV "
    "(reference 42.4066, 38.4928)"
)
print(
    "step response at X = 0, 1, 2 and T = 1: "
    f"{', '.join(f'{step_response(X, 1.0):.4f}' for X in (0, 1, 2))}"
    " (reference 0.8427, 0.2336, 0.0504)")

# %% [markdown]
r"""
## Questions to close

1. A colleague finds that a drug makes synaptic potentials in a dendrite slower, but their steady reach stays the same. Which parameter did it change?
2. Why may you add up four synapses on a passive dendrite, and not four spikes on an axon?
3. A fibre conducts at 10 m/s. You want 20 m/s in the same bundle of nerves. How many of the thicker fibres take the room of one hundred of the old ones?
4. In notebook 02 a neuron at rest could be fired by hyperpolarisation. Where along an axon would you expect a spike to start if you *hyperpolarise* its middle and then let go?

<details>
<summary>Answers</summary>

1. The capacitance: $\tau_m=c_m/g_m$ grows, $\lambda$ has no $c_m$ in it. (A smaller $g_m$ would slow the response too, but reach farther.)
2. The passive cable is linear in $V$: a sum of solutions is a solution. Sodium current is not linear in $V$, and gates remember.
3. Twice the speed needs four times the radius, sixteen times the cross-section: about six of them. That is why vertebrates use myelin.
4. In the middle, and it runs both ways: hyperpolarisation removes inactivation there (anode break), and the release lets $V$ overshoot.

</details>

## References

- Hodgkin & Huxley 1952, *J. Physiol.* 117:500, the equations, 18.8 m/s computed and 21.2 m/s measured. [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- Rall 1977, *Handbook of Physiology, The Nervous System* 1:39, cables, ends, the 3/2 rule. [10.1002/cphy.cp010103](https://doi.org/10.1002/cphy.cp010103)
- Rannacher 1984, *Numer. Math.* 43:309, why Crank-Nicolson rings and how to calm it. [10.1007/BF01390130](https://doi.org/10.1007/BF01390130)
- Hines 1984, *Int. J. Bio-Med. Comput.* 15:69, gates and voltage at staggered times. [10.1016/0020-7101(84)90008-4](https://doi.org/10.1016/0020-7101(84)90008-4)
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Section 1 with its box (15), the sign (5), touch the dendrite (10), the fibre that answers back (10), the two ends with the vote (10). Leave the killed end as homework.

**90 minutes.** All of the core (60), then one Further section by taste: solvers for engineers, heat and steps for biologists, the order of inputs for those who go on to notebook 06.

**Vote.** "Two spikes run towards each other along one axon. They pass / add / are reflected / both vanish." Ask before and after two minutes of talk with a neighbour; then drag the delay.

**Misconceptions.** The length constant shrinks with $c_m$; $2\lambda/\tau_m$ is the speed of a spike; $g_m$ per length beside a factor $2\pi a$; a positive current may hyperpolarise if the equation says so; $dx$ may be anything (it must be small against $\lambda$); a run that agrees with a finer run is right; a spike fades with distance; a thicker fibre is faster in proportion.

**Rubric for "twice as fast".** 1 point: changes the fibre and not the membrane. 2: finds the factor 4 by trying. 3: argues from $K$ or from units that the speed goes as the root of $a/\rho$, and gives a second solution ($\rho/4$).

**Rubric for the convergence plot.** 1 point: errors against the formula, at one instant. 2: the order as a slope of logarithms. 3: says why a finer run is no judge, and what backward Euler would show.

**Timing of the core.** 12, 5, 15, 8, 12, 8 minutes for sections 1 to 6.
"""

# %% [markdown]
r"""
[← 03 From biophysics to dynamics](03_from_biophysics_to_dynamics.ipynb) · [05 Stochastic neurons →](05_stochastic_neurons.ipynb)
"""
