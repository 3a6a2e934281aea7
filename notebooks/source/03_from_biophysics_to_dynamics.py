# %% [markdown]
r"""
# 03 · From biophysics to dynamics

**The question.** How much of a neuron's behaviour can be seen in a picture with two axes, and what can a single firing neuron
remember of its inputs?

**You will be able to**
- *read* from the nullclines of a phase plane in which direction its state moves;
- *derive* from trace and determinant where a fixed point loses its stability, and *check* the number;
- *distinguish* three currents that are all called "the threshold", each with an experiment;
- *find* by trying the moment at which a second kick undoes the first;
- *judge* claims about the memory of a firing neuron for its inputs.

**Time.** Core: two sittings of 50 minutes (sections 1 to 3; sections 4 and 5). Each optional section takes 5 to 20 minutes.

**You need** the four equations of Hodgkin and Huxley ([notebook 02](02_neural_biophysics.ipynb)), derivatives, and the
eigenvalues of a 2 × 2 matrix. Nullclines, limit cycles, stability and phase are introduced here.

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* Numbers such
as *erratum E26* refer to the [list of its errors](07_conclusion.ipynb#4-·-The-ledger-of-errata) in notebook 07. The article finds
the four equations slow, replaces them by two, and sees a neuron oscillate around an unstable fixed point. It concludes that a single
neuron remembers its inputs by its phase. We follow this thread. It breaks at two places, and both breaks are instructive.
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    FitzHughNagumo,
    HodgkinHuxley,
    Model,
    Panel,
    button,
    euler,
    fixed_points,
    hopf_currents,
    parameter,
    period,
    phase_response,
    show,
    simulate,
    spike_times,
    traces,
)
from course_utils.notebook_03 import pictures
from course_utils.notebook_03.cycles import (
    limit_cycle,
    relaxation_period,
    unstable_cycle,
)
from course_utils.notebook_03.exercises import (
    CURRENTS,
    POINTS,
    check,
    predict,
    recall,
)
from course_utils.notebook_03.experiments import (
    OneKick,
    OneStart,
    PhasePlane,
    TwoKicks,
    isochron_map,
)
from course_utils.panel import with_clock
from course_utils.plots import path

# %% [markdown]
r"""
This notebook is about one model, the FitzHugh–Nagumo neuron. It has two states. The first, $v$, is fast and behaves like a membrane
voltage. The second, $w$, is slow and brings $v$ back:

$$\frac{dv}{dt} = v - \frac{v^3}{3} - w + I_\mathrm{ext},\qquad \frac{dw}{dt} = \delta\,(v + a - b\,w).$$

The current $I_\mathrm{ext}$ is the stimulus. The **time-scale ratio** $\delta$ determines how slow $w$ is compared with $v$. The numbers
$a$ and $b$ determine on which line of the plane $w$ is constant. **Every quantity is a pure number**, so the axes have no
unit like mV,
ms or µA. (The article defines none of the three parameters, and it writes $V$ for $v$ in the second equation,
[erratum E25](07_conclusion.ipynb#4-·-The-ledger-of-errata).)
"""

# %%
FitzHughNagumo()

# %% [markdown]
r"""
## Warm-up

Three questions on earlier notebooks. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · From four equations to two

Why should two equations replace four? The article's reason is speed
([erratum E23](07_conclusion.ipynb#4-·-The-ledger-of-errata)). Two equations are indeed cheaper, as you can measure in the
optional section [The price of four equations](#Further-·-The-price-of-four-equations). The better reason is geometry: **a state of
two numbers is a point on a sheet of paper.** The next cell shows how much is lost if we draw only two of four numbers.
"""

# %%
V, m, h, n = HodgkinHuxley().rest()
hidden = np.array([h, h / 2])  # two values of a variable that is not plotted
start = (V + 10, m, hidden, n)
four = simulate(HodgkinHuxley(I_ext=0.0), np.arange(0, 40, 0.02), start)
two = simulate(FitzHughNagumo(I_ext=0.0), np.arange(0, 200, 0.1), (-0.5, -0.624))

# %% tags=["folded"]
# Figure: two of four variables, and two of two
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 3.1), layout="constrained")
looks = ((COLOR["V"], "-"), (COLOR["vermillion"], "--"))
for value, V, n, (color, style) in zip(hidden, four.V.T, four.n.T, looks):
    left.plot(V, n, style, color=color, label=f"initial $h$ = {value:.1f}")
    print(f"Hodgkin and Huxley from V = 10 mV, n = {n[0]:.3f}, h = {value:.1f}: "
          f"highest V {V.max():.0f} mV")
path(right, two, "v", "w")
for ax, *start in ((left, four.V[0, 0], four.n[0, 0]), (right, two.v[0], two.w[0])):
    ax.plot(*start, "s", color="black", mfc="white", mew=1.8, zorder=3)
left.set(xlabel="$V$ (mV)", ylabel="$n$")
left.legend()
show(
    fig,
    "Left, n against V for the model of Hodgkin and Huxley. Two trajectories start at "
    "the same point, the square, but with different h: one makes a spike, the other "
    "returns at once. Right, w against v for this notebook's model, with the one "
    "trajectory that starts at the square.")

# %% [markdown]
r"""
On the left each point represents many states, which differ in the variables that are not plotted. The point alone therefore does
not determine how the state changes. On the right a point *is* the state. Exactly one **trajectory**, the curve along which a state
moves, passes through each point. Two trajectories therefore never cross.

### Derive: two equations in four steps

We build the simplest pair of equations that can fire.

1. *The fast variable excites itself.* A spike needs a range in which depolarisation causes more depolarisation. Near $v=0$ we
   therefore set $dv/dt=v$.
2. *The growth is limited.* The simplest curve that falls, rises and falls again is a cubic, $dv/dt=v-v^3/3$. Now $v$ ends at one of
   two values, $-\sqrt3$ or $\sqrt3$, and stays there.
3. *A slow variable brings it back.* We subtract $w$ from $dv/dt$, and let $w$ grow where $v$ is high:
   $dw/dt=\delta\,(v+a-b\,w)$ with a small $\delta$. Like the potassium channels of notebook 02, $w$ acts late and against $v$.
4. *A current is injected.* We add $I_\mathrm{ext}$ to $dv/dt$. The result is the pair of equations above.

The article states that FitzHugh and Nagumo *reduced* the four equations of Hodgkin and Huxley
([erratum E24](07_conclusion.ipynb#4-·-The-ledger-of-errata)). However, nothing was eliminated. FitzHugh (1961) extended an equation
for a radio valve, because the plane of its two states resembles two of the four dimensions of the squid axon. Therefore $v$ is not a voltage, and $a$, $b$ and $\delta$
cannot be measured on an axon. The optional section
[Where the two equations come from](#Further-·-Where-the-two-equations-come-from) has the algebra and the test.
"""

# %% [markdown]
r"""
## 2 · The phase plane

What can be seen in the plane of $v$ and $w$ before any trajectory is computed?

### Derive: nullclines

A **nullcline** is a curve on which one derivative is zero. Set each right-hand side to zero and solve for $w$:

$$\frac{dv}{dt}=0:\quad w = v-\frac{v^3}{3}+I_\mathrm{ext}\ \text{(a cubic)},\qquad\qquad \frac{dw}{dt}=0:\quad w=\frac{v+a}{b}\ \text{(a line)}.$$

- *Directions.* $dv/dt$ is the height of the cubic minus $w$. Below the cubic $v$ therefore grows, and above it $v$ falls. In the same way
  $w$ grows to the right of the line, where $v+a>b\,w$, and falls to the left of it.
- *Branches.* The cubic has the slope $1-v^2$. It falls on its left branch, rises on its middle branch, and falls again on its
  right branch. The two folds between them are at $v=\pm1$, for all parameters.
- *Speeds.* The variable $v$ changes at a rate of order 1, but $w$ at a rate of order $\delta=0.08$. Most of the plane is therefore
  crossed almost horizontally. Only near the cubic, where $dv/dt$ is small, does $w$ change more than $v$.
- *Fixed points.* Where the two nullclines cross, neither variable changes. This is a **fixed point**, which for a neuron means rest.
  With $b\le1$ there is exactly one, whatever the current
  (optional section [The fixed point in closed form](#Further-·-The-fixed-point-in-closed-form)).

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a step of 0.2")

# %% [markdown]
r"""
### Run: three steps of current

The neuron rests without current. At $t=0$ the current jumps to 0.1, 0.2 or 0.5 and stays there.
"""

# %%
rest = FitzHughNagumo().rest()
steps = FitzHughNagumo(I_ext=np.array([0.1, 0.2, 0.5]))
run = simulate(steps, np.arange(0, 200, 0.1), rest)
firing = PhasePlane(neuron=FitzHughNagumo(I_ext=0.5), v0=rest[0], w0=rest[1])
portrait = firing.run()  # the last of the three runs, and 400 other trajectories

# %% tags=["folded"]
# Table: the largest value and the spikes after each step
for I_ext, v in zip(steps.I_ext, run.v.T):
    print(f"step to {I_ext}: largest v = {v.max():.3f}, upward crossings of v = 0: "
          f"{len(spike_times(run.t, v, 0.0))}")

# %% tags=["folded"]
# Figure: the response to three steps, and a phase plane
fig, (left, right) = plt.subplots(1, 2, figsize=(8.8, 3.7), width_ratios=(1.1, 1),
                                  layout="constrained")
looks = (("#999999", ":"), (COLOR["stimulus"], "--"), (COLOR["v"], "-"))
for I_ext, v, (color, style) in zip(steps.I_ext, run.v.T, looks):
    left.plot(run.t, v, style, color=color, label=f"$I_\\mathrm{{ext}}$ = {I_ext:g}")
left.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 2.6))
left.legend(ncols=3, loc="upper center", columnspacing=1)
pictures.phase_portrait(right, portrait)
for name, place in POINTS.items():
    right.text(*place, name, ha="center", va="center", weight="bold", zorder=9,
               bbox={"boxstyle": "circle,pad=0.15", "fc": "white", "lw": 0.8})
show(
    fig,
    "Left, v against time after steps of current to 0.1, 0.2 and 0.5: no spike, one "
    "spike, and a sustained oscillation. Right, the phase plane at 0.5. The cubic and "
    "the line cross at an unstable fixed point, the ring. The blue curve is the "
    "trajectory from the old rest, the square. Grey strokes are the first stretches of "
    "400 trajectories, each up to a dark dot, and pink dots are the states in which "
    "these trajectories end. All pink dots lie on one closed curve, the limit cycle. A "
    "to D mark four points.")

# %% [markdown]
r"""
A step to 0.2 raises the cubic. The old fixed point is now *below* the cubic, so $v$ moves to the right. After the step to 0.1
the trajectory soon meets the cubic again at $v=-0.976$, just right of the left fold, and turns back. After the step to 0.2 it
stays below the cubic and reaches the right branch: this is a spike.
Afterwards the trajectory comes down the left branch of the cubic to the *new* fixed point, which is stable. A **stable** fixed point
attracts all trajectories that start near it. **One spike and repetitive firing therefore need different currents.**

At 0.5 the fixed point is unstable, and all 400 trajectories end on one closed trajectory. A closed trajectory that attracts its
neighbours is called a **limit cycle**. A closed trajectory in the plane always encloses a fixed point
(optional section [Loops and what they enclose](#Further-·-Loops-and-what-they-enclose)).

### Exercise · read the phase plane

In which direction does the state move first from each of the points A, B, C and D in the figure? Use the nullclines. A and B are not
on the cubic, so the fast variable decides. C and D are on the cubic.
"""

# %%
directions = [..., ..., ..., ...]  # A, B, C, D: "left", "right", "up" or "down"

check("directions", directions)

# %% tags=["solution"]
check("directions", ["right", "left", "up", "down"])

# %% [markdown]
r"""
### Investigate: a state that you can drag

The white square is the initial state of the blue trajectory. **Drag it**, or use the arrow buttons. The play button lets the red
point run along the trajectory and along $v$ in time. The sentence below the picture gives the eigenvalues of the fixed point (section 3) and the period.

1. Set $I_\mathrm{ext}=0$, and move the initial state slowly to the right, starting at the fixed point. At which $v_0$ does the
   neuron fire a spike?
2. Set $I_\mathrm{ext}=0.5$, and raise it slowly. Above which current does the neuron no longer fire, and on which branch of the
   cubic is the fixed point then?

<details>
<summary>Answers</summary>

1. From the height of the fixed point, $w_0=-0.6243$, at $v_0=-0.643$, that is, 0.556 to the right of it. If $w_0$ is rounded
   to $-0.62$, the border lies between $-0.64$ and $-0.63$. No line separates the two kinds of trajectories: see the optional
   section [One spike or none](#Further-·-One-spike-or-none).
2. Near 1.43. The fixed point is then at $v=0.977$, still on the middle branch just left of the right fold, but it is already
   stable (section 3 shows why). From 1.458 on it is on the right branch. The neuron stays depolarised, as in the
   depolarisation
   block of notebook 02.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the phase plane, with an initial state to drag
def view(fig):
    axes = fig.subplot_mosaic([["plane", "trace"]], width_ratios=(1.1, 1))
    found = PhasePlane().run()
    move_plane = pictures.phase_portrait(axes["plane"], found, animated=True)
    move_trace = traces(axes["trace"], found.run, "v", animated=True)
    axes["trace"].set(ylim=(-2.6, 2.6))
    points = [ax.plot([], [], "o", color=COLOR["vermillion"], mec="black", ms=8,
                      zorder=8, animated=True)[0] for ax in axes.values()]

    def update(record, portrait):
        move_plane(portrait)
        move_trace(portrait.run)
        run, k = portrait.run, 10 * record.now
        for point, x, y in zip(points, (run.v, run.t), (run.w, run.v)):
            point.set_data([x[k]], [y[k]])

    return update


panel = Panel(PhasePlane(), view, "neuron.I_ext", ("neuron.delta", 0.02, 0.6),
              "neuron.a", "neuron.b", "now")
with_clock(panel, "now", step=1, interval=100)

# %% [markdown]
r"""
## 3 · Where rest loses its stability

At which current does the fixed point become unstable? This section shows that a sum and a product decide.

### Derive: trace and determinant

**Step 1, linearise.** Close to the fixed point only the derivatives of the right-hand sides matter. They form the **Jacobian matrix**

$$J=\begin{pmatrix}\partial\dot v/\partial v&\partial\dot v/\partial w\\ \partial\dot w/\partial v&\partial\dot w/\partial w\end{pmatrix}=\begin{pmatrix}1-v^2&-1\\ \delta&-b\,\delta\end{pmatrix}.$$

A small displacement $x$ from the fixed point, a vector, obeys $\dot x=Jx$. The dot is a derivative with respect to time.

**Step 2, solve.** Try a displacement that keeps its direction $u$ while its length changes exponentially, $x=u\,e^{\mu t}$. Then
$\dot x=\mu x$, and the equation becomes $Ju=\mu u$. So $\mu$ must be an eigenvalue of $J$, and the displacement grows or decays like
$e^{\mu t}$. If $\mu$ is complex, the state circles around the fixed point, and the real part of $\mu$ decides about growth.

**Step 3, sum and product.** The two eigenvalues are the solutions of $\mu^2-\mu\operatorname{tr}J+\det J=0$. Their sum is the trace,
and their product is the determinant:

$$\mu_1+\mu_2=\operatorname{tr}J=1-v^2-b\,\delta,\qquad \mu_1\mu_2=\det J=\delta\,(1-b+b\,v^2).$$

**Step 4, conclude.** For $0<b<1$ the product is positive, so both real parts have the same sign, the sign of the sum. **The
fixed point is stable where $\operatorname{tr}J<0$ and unstable where $\operatorname{tr}J>0$.** Where $\operatorname{tr}J=0$ the
eigenvalues are $\pm i\omega$ with $\omega=\sqrt{\det J}$, and small displacements circle without growing or decaying. This is a
**Hopf point**. In general a closed trajectory, a *cycle*, is born there or ends there. It is small close to the Hopf point, and it may attract or repel its neighbours.

### Exercise · derive the two currents

The second derivation is yours, in two steps. *First*: at which positive $v_H$ is $\operatorname{tr}J=0$? *Second*: at a fixed point the
line and the cubic meet, and this needs the current $I=\frac{v+a}{b}-v+\frac{v^3}{3}$.
At $v=\mp v_H$ this current is $I_H=\frac ab\mp(\dots)$. Find the expression in brackets.
"""

# %%
def hopf_point(b, delta):
    v_H = ...
    brackets = ...
    return v_H, brackets


check("Hopf point", hopf_point)

# %% tags=["solution"]
def solved_hopf_point(b, delta):
    v = np.sqrt(1 - b * delta)
    return v, (1 / b - 1) * v + v**3 / 3


check("Hopf point", solved_hopf_point)

# %% [markdown]
r"""
### Run

The next cell solves $\operatorname{tr}J=0$ for the usual parameters. `hopf_currents` is independent of this formula: for any model
it follows the eigenvalues over all currents. Compare both with your expression.
"""

# %%
neuron = FitzHughNagumo()
a, b, delta = neuron.a, neuron.b, neuron.delta
v = np.sort(np.roots([-1, 0, 1 - b * delta]))
I = (v + a) / b - v + v**3 / 3
omega = np.sqrt(delta * (1 - b + b * v[0]**2))
print(f"trace:       I_H = {I[0]:.6f} and {I[1]:.6f}, at v = {v[0]:.6f} and {v[1]:.6f}")
print("eigenvalues: I_H =", " and ".join(f"{x:.6f}" for x in hopf_currents(neuron)))
print(f"there ω = {omega:.6f}, a period of {2 * np.pi / omega:.4f}")

# %% [markdown]
r"""
The two currents have the same distance from $a/b=0.875$. The reason is a symmetry: if $(v,\,w,\,I)$ is replaced by
$(-v,\;2a/b-w,\;2a/b-I)$, both equations stay the same. Therefore everything that happens at $I$ happens upside down at $1.75-I$.

**End of the first sitting.** You can now read a phase plane, and you know for which currents the fixed point is unstable. The second
sitting asks whether this also decides if the neuron fires.
"""

# %% [markdown]
r"""
## 4 · Just below the Hopf point

Does a neuron stop firing when its fixed point becomes stable?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("just below the Hopf point")

# %% [markdown]
r"""
### Run: one current, two initial states
"""

# %%
neuron = FitzHughNagumo(I_ext=0.328)
(v, w), = fixed_points(neuron)
near, far = (simulate(neuron, np.arange(0, 500, 0.1), (v + kick, w))
             for kick in (0.1, 0.6))
border = unstable_cycle(neuron)

# %% tags=["folded"]
# Figure: one neuron at one current from two initial states
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.2), width_ratios=(1.4, 1),
                                  layout="constrained")
for run, color, style, kick in ((far, COLOR["v"], "-", 0.6),
                                (near, COLOR["vermillion"], "--", 0.1)):
    left.plot(run.t, run.v, style, color=color,
              label=f"start {kick} away from the fixed point")
    right.plot(run.v, run.w, "-", color=color, lw=0.9)
path(right, border, "v", "w", color="black", ls=":", lw=2.2)
right.plot(v, w, "o", color="black")
right.annotate("unstable cycle", (-0.94, -0.237), ha="center")
right.set(xlim=(-1.5, -0.4), ylim=(-0.39, -0.2),
          xticks=(-1.4, -1.2, -1, -0.8, -0.6, -0.4), yticks=(-0.35, -0.3, -0.25, -0.2))
left.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 4.0))
left.legend(loc="upper right")
show(
    fig,
    "Left, v against time at the current 0.328. From near the fixed point the "
    "oscillation decays, and from farther away v fires indefinitely. Right, the plane "
    "near the fixed point, the disc: a slow spiral inside, a part of the limit cycle "
    "outside, and between them, dotted, an unstable cycle.")

# %% [markdown]
r"""
The same neuron at the same current has two stable states, rest and firing. The set of initial states that lead to one of them is called
its **basin of attraction**. The two basins must have a border, a **separatrix**. Here it is a second cycle, dotted in the figure. This
cycle is *unstable*: every trajectory that starts next to it moves away from it, inwards or outwards.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that its figure shows a sustained oscillation with an unstable fixed point, and it gives neither parameters nor
eigenvalues ([erratum E26](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that an oscillation does not show that the
fixed point is unstable, because with the usual parameters it is unstable only for $0.3313<I_\mathrm{ext}<1.4187$. **Correct is** that
firing does not need an unstable fixed point: a stable cycle exists from $I_\mathrm{ext}=0.3242$ on. **You can check it:** the next
cell prints the eigenvalues at 0.328, whose real part should be negative, and the period of the cycle at this current.

</div>
"""

# %%
for I_ext in (0.328, 0.5):
    neuron = FitzHughNagumo(I_ext=I_ext)
    values = np.linalg.eigvals(neuron.jacobian(fixed_points(neuron)[0]))
    print(f"I_ext = {I_ext}: eigenvalues", ", ".join(f"{x:.5f}" for x in values),
          f"   period of the cycle {period(neuron):.4f}")

# %% [markdown]
r"""
What happens at the two ends of the window $0.3242<I_\mathrm{ext}<0.3313$, in which rest and firing are both stable? If the current rises to 0.3313, the unstable cycle shrinks onto the fixed point, which
then loses its stability. A Hopf point at which an *unstable* cycle is born is called *subcritical*. If the current falls to 0.3242, the unstable cycle
meets the stable cycle and both vanish. This is a **saddle-node bifurcation** of cycles. The optional section
[The whole diagram](#Further-·-The-whole-diagram) shows both ends in one picture.

Three different currents are therefore called "the threshold". You derived the last one. The other two are found by trying: section 2 places the first between 0.1 and 0.2, and finer steps give 0.1435. The optional section [*The whole diagram*](#Further-·-The-whole-diagram) shows the second.

| current | what begins there |
|---|---|
| 0.1435 | one spike after a step of current from rest |
| 0.3242 | repetitive firing is possible, from some initial states |
| 0.3313 | the fixed point is unstable, so the neuron fires from all other initial states |
"""

# %% [markdown]
r"""
## 5 · What a phase remembers

A brief input reaches a neuron that fires. What is left of it ten cycles later?

### Derive: phase and isochrons

At $I_\mathrm{ext}=0.5$ the neuron fires with the period $T=39.474$. Its **phase** $\varphi$ is the part of the present cycle that is
already over, a number between 0 and 1. We count it from the moment at which $v$ crosses 0 upwards. A **kick** of size $\Delta v$ is an
instantaneous change of $v$. It moves the state away from the limit cycle, and we now follow this displacement. Like every
displacement in the plane, it has two components.

- *The component across the cycle decays.* Imagine a small square of initial states next to the cycle. In a short time $dt$ the matrix $1+J\,dt$ carries the square along. This multiplies its area by $\det(1+J\,dt)\approx1+\operatorname{tr}J\,dt$, so the area changes at the relative rate $\operatorname{tr}J=1-v^2-b\,\delta$, the divergence of the vector field. After one full cycle its side *along* the cycle has its old length, so only
  its width has changed. Each period therefore multiplies the distance from the cycle by $\exp\oint(1-v^2-b\,\delta)\,dt$, where the
  integral runs over one cycle. This number is the **Floquet multiplier** of the cycle. It is $2\cdot10^{-17}$ here, so after one period nothing is left of this component.
- *The component along the cycle stays.* A neuron that is a tenth of a period ahead remains a tenth of a period ahead, because
  nothing in the equations prefers one phase to another.

All states but the fixed point end on the limit cycle with a definite phase, which is called their **asymptotic phase**.
States with the same
asymptotic phase form a curve, an **isochron** (Winfree 1974). Neurons that start on the same isochron fire at the same times in the
end. If we colour the plane by asymptotic phase, a kick is a horizontal jump from one colour to another. The difference of the
two colours is the **phase shift**. **This shift is all that remains of a kick.**

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("two opposite kicks")

# %% [markdown]
r"""
### Run: one kick, and two

First, does the shift last? The run starts at phase 0. One kick of $+0.5$ arrives at 0.87 cycles, and we read off the shift 3, 10 and 20 cycles after the start. A positive shift means that the neuron fires earlier.
"""

# %%
from course_utils.notebook_03.phases import floquet_multiplier, kicked_run

neuron = FitzHughNagumo()
for turns in (3, 10, 20):
    _, shift = kicked_run(neuron, [(0.87, 0.5)], turns)
    print(f"kick +0.5 at 0.87, shift after {turns:2d} cycles: {shift:+.4f} cycle")
print(f"Floquet multiplier: {floquet_multiplier(neuron):.2g} per cycle, period "
      f"{period(neuron):.4f}")
two = TwoKicks().run()
painted = isochron_map(neuron)

# %% tags=["folded"]
# Figure: the plane coloured by asymptotic phase, and the rhythm after both kicks
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.4), width_ratios=(1.15, 1),
                                  layout="constrained")
pictures.isochrons(left, painted)
path(left, limit_cycle(neuron, 0.0), "v", "w", color="black", lw=1.4)
left.plot(*fixed_points(neuron)[0], "o", color="black", mfc="white")
pictures.jumps(left, two.jumps())(two.jumps())
cycles = two.run.t / two.period
right.plot(cycles, two.never.v, color=COLOR["ghost"], lw=3, label="never kicked")
right.plot(cycles, two.run.v, color=COLOR["v"], label="+0.5, then −0.5")
right.plot(cycles, two.other.v, "--", color=COLOR["vermillion"],
           label="−0.5, then +0.5")
right.set(xlim=(12.6, 13.6), ylim=(-2.3, 3.6), xlabel="time (cycles)", ylabel="$v$")
right.legend(loc="upper center")
show(
    fig,
    "Left, the phase plane coloured by asymptotic phase, with the limit cycle and the "
    "kicks +0.5 (1) and −0.5 (2) as jumps between colours. All colours meet at the "
    "fixed point, the ring. Right, v against time three cycles after the second kick: "
    "in one order the rhythm is early, in the other it is late.")

# %% [markdown]
r"""
The white lines are isochrons. On the right and along the bottom they are far apart, so a kick there changes the phase little. Along
the diagonal above the fixed point they are crowded, so even a small kick changes the phase much. At the fixed point they all
meet,
because this point does not have a phase.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that one neuron may remember the inputs that it received, by the phase at which they came
([erratum E27](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that each kick acts through the phase
that it meets. Shifts therefore do not add, and kicks do not commute. **Correct is** that a firing neuron keeps a single number, its phase, and that
a kick shifts it for good. Many different histories of input end in the same phase and cannot be recovered from it. **You can
check it:** the next cell gives the same two kicks in both orders. If the neuron kept the sum of its inputs, both shifts would be zero.

</div>
"""

# %%
neuron = FitzHughNagumo()
for first in (+0.5, -0.5):
    kicks = [(0.87, first), (10.35, -first)]
    alone = [kicked_run(neuron, [kick], 20)[1] for kick in kicks]
    both = kicked_run(neuron, kicks, 20)[1]
    print(f"{first:+.1f} at 0.87, then {-first:+.1f} at 10.35: shift {both:+.4f} "
          f"cycle; each alone {alone[0]:+.4f} and {alone[1]:+.4f}, which add up to "
          f"{sum(alone):+.4f}")

# %% [markdown]
r"""
The article goes on to sequence recognition and working memory. The phase of one neuron cannot support this hypothesis,
because one number cannot show *which*
inputs came ([erratum E28](07_conclusion.ipynb#4-·-The-ledger-of-errata)). Noise makes even this one number drift
(optional section [What noise leaves of a phase](#Further-·-What-noise-leaves-of-a-phase)).

### Investigate: two kicks in both orders

Blue is the chosen order, vermillion (dashed) the other order, and grey a neuron that was never kicked. **Drag one of the two orange kicks**
sideways, or use the sliders.

1. Compare the starting colour of jump 2 in both orders. Why does the second kick start from another colour?
2. Make both kicks small, 0.05. How large are the two shifts now, and what does this say about adding?

<details>
<summary>Answers</summary>

1. The first kick has already shifted the phase. The second kick arrives at the same time in both orders, but at another phase, and it
   therefore has another effect.
2. 0.015 cycle early and 0.016 cycle late. Small kicks hardly change the phase at which the next kick arrives, so their shifts nearly
   add, and with all signs reversed they nearly change sign. For large kicks neither is true.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: two kicks in both orders
def kick_view(fig):
    places = [["plane", "late"], ["plane", "kicks"]]
    axes = fig.subplot_mosaic(places, width_ratios=(1.1, 1))
    found = TwoKicks().run()
    pictures.isochrons(axes["plane"], isochron_map(FitzHughNagumo()), bar=False)
    cycle = limit_cycle(FitzHughNagumo(), 0.0)
    path(axes["plane"], cycle, "v", "w", color="black", lw=1.4)
    move_jumps = pictures.jumps(axes["plane"], found.jumps(), animated=True)
    late, when = axes["late"], axes["kicks"]
    late.plot(found.never.t / found.period, found.never.v, color=COLOR["ghost"], lw=3)
    lines = [late.plot([], [], style, color=COLOR[color], animated=True)[0]
             for style, color in (("-", "v"), ("--", "vermillion"))]
    bars, = when.plot([], [], "-D", color=COLOR["stimulus"], lw=4, mec="black", mew=1,
                      ms=9, markevery=[1, 4], animated=True)
    late.set(xlim=(12.6, 13.6), ylim=(-2.3, 2.3), ylabel="$v$, much later")
    when.set(xlim=(-0.3, 14), ylim=(-1.2, 1.2), xlabel="time (cycles)",
             ylabel="kicks $\\Delta v$")

    def update(record, kicked):
        move_jumps(kicked.jumps())
        for line, run in zip(lines, (kicked.run, kicked.other)):
            line.set_data(run.t / kicked.period, run.v)
        (t1, size1), (t2, size2) = kicked.kicks
        bars.set_data([t1, t1, np.nan, t2, t2], [0, size1, np.nan, 0, size2])

    return update


Panel(TwoKicks(), kick_view, "size", "first", "second", "order")

# %% [markdown]
r"""
### Exercise · measure when to undo a kick

Leave the first kick, $+0.5$ at 0.87 cycles. At what time, between 9.5 and 11.5 cycles, must $-0.5$ arrive so that almost nothing
remains of both? Find this time with the panel, or compute it: `phase_response(neuron, kick, phase)` returns the shift in cycles
that one kick at this phase leaves. An error of the shift below 0.01 cycle is small enough.
"""

# %%
time_of_second_kick = ...

check("undo a kick", time_of_second_kick)

# %% tags=["solution"]
first_shift = phase_response(FitzHughNagumo(), 0.5, 0.87)
tried = np.linspace(9.5, 10.5, 501)
second_phase = np.mod(tried + first_shift, 1)
left = first_shift + phase_response(FitzHughNagumo(), -0.5, second_phase)
solved_time = float(tried[np.argmin(np.abs(left))])
check("undo a kick", solved_time)

# %% [markdown]
r"""
### Exercise · judge five claims

They are about one firing neuron without noise. Which are true?

- *Claim 1.* If two such neurons have the same phase, they have received the same inputs.
- *Claim 2.* A phase shift remains as long as no further input arrives.
- *Claim 3.* Two kicks that shift the phase by $+0.05$ cycle each when given alone shift it by $+0.10$ cycle together.
- *Claim 4.* Some kicks leave no trace at all.
- *Claim 5.* Long after a large kick the neuron oscillates with a larger amplitude.
"""

# %%
claims = [..., ..., ..., ..., ...]  # True or False for each

check("memory", claims)

# %% tags=["solution"]
check("memory", [False, True, False, True, False])

# %% [markdown]
r"""
## What you saw

- Two equations, extended from one for a radio valve because they resemble a membrane, show rest, single spikes, repetitive
  firing and
  depolarisation block.
- Nullclines, their crossing and the slowness of $w$ explain all of this in the phase plane.
- Trace and determinant show where the fixed point loses its stability: $I_\mathrm{ext}=0.3313$ and 1.4187. Firing begins earlier, at
  0.3242, next to a stable fixed point.
- A kick shifts the phase for good, whereas the distance from the cycle shrinks by a factor of $10^{-17}$ in each period.
- Kicks do not commute, $+0.10$ against $-0.08$ cycle. One firing neuron keeps one number and not a list.
"""

# %% [markdown]
r"""
## Further · The price of four equations

*5 minutes.* How much computing does a second pair of equations cost? The button below runs a thousand neurons of each model by Euler's
method for the same biological time. One cycle of Hodgkin and Huxley takes 14.6 ms, and one of FitzHugh and Nagumo 39.5 units of time, so 1 ms
corresponds to 2.7 units. The ratio is between 20 and 70. It depends on the steps and on the machine
([erratum E23](07_conclusion.ipynb#4-·-The-ledger-of-errata)).
"""

# %% tags=["nbval-ignore-output"]
from time import process_time


def milliseconds(model, h, duration):
    start = [np.full(1000, 0.1)] * len(model.states)
    begin = process_time()
    simulate(model, np.arange(0, duration, h), start, scheme=euler)
    return 1000 * (process_time() - begin)


def time_both():
    four = milliseconds(HodgkinHuxley(), 0.02, 10)
    two = milliseconds(FitzHughNagumo(), 0.25, 27)
    return (f"{four:.0f} ms for Hodgkin and Huxley, {two:.1f} ms for FitzHugh and "
            f"Nagumo: {four / two:.0f} times")


button("Time both", time_both)

# %% [markdown]
r"""
## Further · Where the two equations come from

*15 minutes.* The equations of this notebook were not derived from those of Hodgkin and Huxley. We follow their real history in four
steps, and then test the result.

**Step 1, a radio valve.** Van der Pol (1926) studied an oscillator whose friction depends on $x$. It is negative for small
swings, which therefore grow, and positive for large swings, which therefore shrink. With $\dot x$ for a derivative with respect to time,

$$\ddot x + c\,(x^2-1)\,\dot x + x = 0 .$$

**Step 2, two equations of first order.** Define $y=\dot x/c - x + x^3/3$. Solve this definition for $\dot x$, and differentiate once more:

$$\dot x = c\left(y + x - \tfrac{x^3}{3}\right),\qquad \ddot x = c\,\dot y + c\,(1-x^2)\,\dot x .$$

Insert the second expression into step 1. The two friction terms cancel, and $c\,\dot y = -x$ remains.

**Step 3, a neuron that can rest.** FitzHugh (1961) added three numbers, a stimulus $z$ and the constants $a$ and $b$, which move and
tilt the line $\dot y=0$. With them the fixed point can be stable:

$$\dot x = c\left(y + x - \tfrac{x^3}{3} + z\right),\qquad \dot y = -\frac{x - a + b\,y}{c}.$$

**Step 4, other letters.** Set $v=-x$, $w=y$ and $I_\mathrm{ext}=-z$, and count time in $t = c\,s$, where $s$ is FitzHugh's time. Then
$dv/dt = -\dot x/c$ and $dw/dt=\dot y/c$, which gives the two equations of this notebook with $\delta=1/c^2$.

Nagumo, Arimoto and Yoshizawa (1962) built these equations as a circuit. The usual $\delta=0.08$ came later; it corresponds to $c=3.54$.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that FitzHugh and Nagumo reduced the four equations of Hodgkin and Huxley to two
([erratum E24](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that no step above uses their equations, and no variable was
eliminated. **Correct is** that FitzHugh extended van der Pol's oscillator and then showed that it *resembles* a projection of the four
equations onto a plane. **You can check it:** the next cell runs FitzHugh's own equations with $c=3$ and $z=-0.4$ and ours with
$\delta=1/9$ and $I_\mathrm{ext}=0.4$, and the sum $v+x$ should remain zero.

</div>

A true reduction of the four equations, with millivolts, is in [notebook 02](02_neural_biophysics.ipynb).
"""

# %%
class FitzHugh1961(Model):
    """FitzHugh's own equations, in his letters; his stimulus z is called I_ext here."""

    states = {"x": "1", "y": "1"}
    time_unit = "1"
    I_ext: float = parameter(-0.4)
    a: float = parameter(0.7)
    b: float = parameter(0.8)
    c: float = parameter(3.0)

    def rhs(self, state, z):
        x, y = state
        return self.c * (y + x - x * x * x / 3 + z), -(x - self.a + self.b * y) / self.c


his = FitzHugh1961()
ours = FitzHughNagumo(delta=1 / 9, I_ext=0.4)
s = np.linspace(0, 60, 12001)
x_run = simulate(his, s, (1.0, 0.0))
v_run = simulate(ours, 3 * s, (-1.0, 0.0))
print(f"largest |v + x| over {s[-1]:.0f} units of his time: "
      f"{np.abs(v_run.v + x_run.x).max():.10f}")
for name, model in (("his z", his), ("ours, I_ext", ours)):
    found = ", ".join(f"{current:.6f}" for current in hopf_currents(model))
    print(f"stimuli at which rest changes its stability, {name}: {found}")

# %% [markdown]
r"""
## Further · The fixed point in closed form

*5 minutes.* Where exactly do the two nullclines cross? If both expressions for $w$ are set equal and multiplied by 3, the result is the cubic
equation $v^3+p\,v+q=0$ with $p=3\,(1/b-1)$ and $q=3\,(a/b-I_\mathrm{ext})$. For $0<b\le1$ the number $p$ is not negative, so the left
side rises everywhere and there is exactly one root. Cardano's formula (1545) gives it:

$$v^*=\sqrt[3]{-\tfrac q2+r}+\sqrt[3]{-\tfrac q2-r},\qquad r=\sqrt{\tfrac{q^2}{4}+\tfrac{p^3}{27}} .$$

To check the formula, let $\alpha$ and $\beta$ be the two cube roots. Their cubes add up to $-q$, and
$\alpha\beta=\sqrt[3]{q^2/4-r^2}=-p/3$. With $v=\alpha+\beta$ therefore
$v^3=\alpha^3+\beta^3+3\alpha\beta\,(\alpha+\beta)=-q-p\,v$. The next cell compares three methods. Note that the cube root of a negative number is
`np.cbrt(x)` in numpy: `x ** (1/3)` gives a complex number or `nan`.
"""

# %%
def cardano(p, q):
    r = np.sqrt(q * q / 4 + p**3 / 27)
    return np.cbrt(-q / 2 + r) + np.cbrt(-q / 2 - r)


for I_ext, q in ((0.0, 2.625), (0.5, 1.125)):
    (v, w), = fixed_points(FitzHughNagumo(I_ext=I_ext))
    roots = np.sort_complex(np.roots([1, 0, 0.75, q]))
    print(f"I_ext = {I_ext}: Cardano v* = {cardano(0.75, q):.6f}; roots",
          ", ".join(f"{root:.4f}" for root in roots))
    print(f"             fixed_points: v* = {v:.6f}, w* = {w:.6f}")

# %% [markdown]
r"""
## Further · The whole diagram

*15 minutes.* Which fixed points and cycles exist at each current? A **bifurcation diagram** shows all of them in one picture: the fixed point,
whether it is stable, and the largest and smallest $v$ on each cycle. The cycles need no formula. `limit_cycle` finds a stable cycle
by closing a trajectory. `unstable_cycle` finds the separatrix by running time backwards, because attraction and repulsion are then exchanged.

The upper half of the currents follows from the symmetry of section 3. Two ends are added without computing. The unstable cycle begins on
the stable one, where a straight line bridges the last $10^{-6}$ of current, and it ends in the Hopf point.
"""

# %%
def swings(find, currents):
    """I, smallest v and largest v (3, N) on the cycles at N currents."""
    runs = [find(FitzHughNagumo(I_ext=float(I)), points=401) for I in currents]
    return np.array([(I, run.v.min(), run.v.max()) for I, run in zip(currents, runs)]).T


firing = swings(limit_cycle, 0.32418 + 0.5508 * np.linspace(0, 1, 12)**4)
low = (0.32418, 0.3242, 0.3243, 0.3247, 0.3256)
high = (0.3269, 0.3285, 0.3299, 0.3309)
border = swings(unstable_cycle, low + high)
hopf = FitzHughNagumo(I_ext=0.331281)
v_H = fixed_points(hopf)[0][0]
border = np.column_stack([firing[:, 0], border, [hopf.I_ext, v_H, v_H]])

v = np.linspace(-1.5, 1.5, 20001)
I = (v + 0.7) / 0.8 - v + v**3 / 3  # the current that puts the line on the cubic
parts = ((v < v_H, "stable"), (abs(v) < -v_H, "unstable"), (v > -v_H, "stable"))
branches = [(I[part], v[part], f"rest, {kind}") for part, kind in parts]
for (I, *ends), kind in ((firing, "cycle"), (border, "unstable cycle")):
    for v in ends:
        branches += [(I, v, kind), (1.75 - I, -v, kind)]

# %% tags=["folded"]
# Figure: the bifurcation diagram, whole and in one corner
fig, (whole, corner) = plt.subplots(1, 2, figsize=(8.6, 3.3), layout="constrained")
for ax in (whole, corner):
    pictures.bifurcation_diagram(ax, branches)
whole.set(xlim=(-0.2, 1.8))
corner.set(xlim=(0.318, 0.342), title="the left corner, enlarged 80 times")
for current, text, height in ((0.324179, "cycles meet", 0.6),
                              (0.331281, "Hopf point", -0.6)):
    corner.axvline(current, color=COLOR["ghost"], lw=0.8)
    corner.annotate(f" {current:.4f}\n {text}", (current, height))
show(
    fig,
    "Bifurcation diagram: v against current. The black line of fixed points is dotted "
    "where unstable, between 0.331 and 1.419. Blue, the largest and smallest v of the "
    "limit cycle, which ends at 0.324. Red dashes, the unstable cycle that joins the "
    "two and is vertical at 0.3242. Between 0.3242 and 0.3313 rest and firing exist "
    "side by side.")

# %% tags=["folded"]
# Table: periods and sizes of cycles at some currents
neuron = FitzHughNagumo(I_ext=0.33)
stable, unstable = (np.ptp(find(neuron).v) for find in (limit_cycle, unstable_cycle))
print(f"at I_ext = 0.33: period of the stable cycle {period(neuron):.4f}, "
      f"peak to peak {stable:.3f}; of the unstable cycle {unstable:.3f}")
print("period at 0.4, 0.5, 0.7, 0.875:", ", ".join(
    f"{period(neuron.but(I_ext=I)):.3f}" for I in (0.4, 0.5, 0.7, 0.875)))

# %% [markdown]
r"""
### Investigate: a start at any current

Change the current with the slider or by **dragging the orange line**, on the left over all currents and in the middle finely in the corner. The
white square is the initial value $v_0$, where $w_0$ is that of the fixed point; drag it up and down. The purple dots are the largest and the
smallest $v$ in the second half of the run.

1. Start at $I_\mathrm{ext}=0.328$ and find two values of $v_0$ close to each other from which the neuron fires and does not fire.
2. Can you make the neuron fire repetitively below 0.3242?

<details>
<summary>Answers</summary>

1. For example $-0.82$ and $-0.83$, or $-1.16$ and $-1.14$. (A start at $-1.15$ is so close to the border that it fires only
   after about 610 units of time.) Starts between $-1.14$ and $-0.83$ are inside the unstable cycle and end
   at rest. (The dashed curves are the largest and smallest $v$ of this cycle, so they are a little farther out.)
2. No. Below 0.3242 there is no cycle. Just below this current a trajectory can make a few turns where the cycle was before it
   comes to rest. This region is called the *ghost* of the saddle-node.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one start at one current
def corner_view(fig):
    axes = fig.subplot_mosaic([["whole", "corner", "trace"]], width_ratios=(5, 4, 4))
    looks = {"-": {"color": COLOR["stimulus"], "lw": 2},
             "o": {"color": COLOR["purple"], "ms": 8},
             "s": {"color": COLOR["v"], "mfc": "white", "mew": 1.8}}
    marks = {style: [] for style in looks}
    for name, limits in (("whole", (-0.2, 1.8)), ("corner", (0.318, 0.342))):
        pictures.bifurcation_diagram(axes[name], branches)
        axes[name].set(xlim=limits)
        for style, look in looks.items():
            marks[style] += axes[name].plot([], [], style, animated=True, **look)
    move_trace = traces(axes["trace"], OneStart().run().run, "v", animated=True)
    axes["trace"].set(ylim=(-2.2, 2.2))

    def update(record, result):
        heights = {"-": (-2.2, 2.2), "o": (result.low, result.high), "s": (record.v0,)}
        for style, drawn in marks.items():
            for mark in drawn:
                v = heights[style]
                mark.set_data([record.neuron.I_ext] * len(v), v)
        move_trace(result.run)

    return update


Panel(OneStart(), corner_view, "neuron.I_ext", "v0")

# %% [markdown]
r"""
## Further · One spike or none

*10 minutes.* Without current, how large must a kick from rest be to fire the neuron? No curve in the plane has rest on one side and
spikes on the other, because all trajectories end at rest and neighbours remain neighbours. The apparent threshold is a region in which
neighbouring trajectories are moved far apart. FitzHugh called it a *quasi-threshold*. If $w$ becomes faster, it disappears.
"""

# %%
kicks = np.linspace(0.3, 1.1, 161)
largest = {}
for delta in (0.08, 0.16, 0.32):
    neuron = FitzHughNagumo(I_ext=0.0, delta=delta)
    v, w = neuron.rest()
    run = simulate(neuron, np.arange(0, 60, 0.1), (v + kicks, np.full_like(kicks, w)))
    largest[delta] = run.v.max(axis=0)
v, w = FitzHughNagumo().rest()
for kick in (0.555, 0.556):
    run = simulate(FitzHughNagumo(I_ext=0.0), np.arange(0, 60, 0.05), (v + kick, w))
    print(f"kick {kick}: a spike with v > 1 afterwards: {bool(run.v.max() > 1)}")

# %% tags=["folded"]
# Figure: the largest v after a kick from rest
fig, ax = plt.subplots(figsize=(6.4, 3.0), layout="constrained")
looks = (("-", COLOR["v"]), ("--", COLOR["green"]), (":", COLOR["vermillion"]))
for (delta, top), (style, color) in zip(largest.items(), looks):
    ax.plot(kicks, top, style, color=color, label=f"$\\delta$ = {delta:g}")
ax.set(xlabel="kick $\\Delta v$ from rest", ylabel="largest $v$ afterwards")
ax.legend()
show(
    fig,
    "The largest v after a kick from rest, against the kick. For delta 0.08 it jumps "
    "at 0.556 like a threshold; for 0.16 the rise is still steep, and for 0.32 it is "
    "gradual, so that half a spike is possible.")

# %% [markdown]
r"""
## Further · Two kinds of Hopf point, and a canard

*15 minutes.* At a *subcritical* Hopf point the cycle that meets the fixed point is unstable, and firing begins at full size somewhere
else. At a *supercritical* one the cycle is stable, and it begins with size zero. Which of the two happens? The next orders of the Taylor series
decide.

### Derive

Let $(v_0,w_0)$ be the fixed point at the Hopf point, and let $x=v-v_0$ and $y=(w-w_0-b\,\delta\,x)/\omega$. With
$1-v_0^2=b\,\delta$ and $\omega^2=\delta-b^2\delta^2$ the
equations become a rotation plus the curved part of the cubic, $N(x)=-v_0\,x^2-x^3/3$:

$$\dot x=-\omega\,y+N(x),\qquad \dot y=\omega\,x-\frac{b\,\delta}{\omega}N(x).$$

For equations $\dot x=-\omega y+f(x)$, $\dot y=\omega x+g(x)$ the first Lyapunov coefficient is
$\ell=\frac1{16}f'''-\frac1{16\,\omega}f''g''$ at 0 (Guckenheimer and Holmes 1983, eq. 3.4.11, in which the other terms vanish). Here
$f'''=-2$, $f''=-2v_0$ and $g''=2v_0\,b\,\delta/\omega$, so

$$\ell=-\frac18+\frac{v_0^2\,b\,\delta}{4\,\omega^2}=\frac{2(1-b\,\delta)\,b-(1-b^2\delta)}{8\,(1-b^2\delta)}=\frac{2b-1-b^2\delta}{8\,(1-b^2\delta)} .$$

A positive $\ell$ means subcritical: the curvature pushes outwards, against the decay, and the two balance on an unstable cycle.

Between 0 and 1 the kind changes at one value of $b$, because the quadratic equation $b^2\delta-2b+1=0$ has the root
$b_c=(1-\sqrt{1-\delta})/\delta$. At $\delta=0.08$ this is $b_c=0.5104$, so the usual $b=0.8$ is subcritical. We now take $b=0.4$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a canard")

# %% [markdown]
r"""
### Run

We run 79 neurons, each with its own current, for 4000 units of time.
"""

# %%
gentle = FitzHughNagumo(b=0.4)
currents = np.sort(np.concatenate([
    np.linspace(-0.042, -0.0375, 16), np.linspace(-0.0374, -0.0369, 51),
    [-0.0370523, -0.0370522], np.linspace(-0.0365, -0.03, 10)]))
run = simulate(gentle.but(I_ext=currents), np.arange(0, 4000, 0.25), (-0.9, 0.0))
size = np.ptp(run.v[-2000:], axis=0)

# %% tags=["folded"]
# Table: kind of the Hopf point, and where the cycle reaches two sizes
for neuron in (FitzHughNagumo(), gentle):
    b, low = neuron.b, hopf_currents(neuron)[0]
    ell = (2 * b - 1 - b * b * neuron.delta) / (8 * (1 - b * b * neuron.delta))
    kind = "sub" if ell > 0 else "super"
    print(f"b = {b}: Hopf point at {low:.6f}, ℓ = {ell:+.4f}, {kind}critical")
print("the size passes 1 and 3 at", " and ".join(
    f"{I:.5f}" for I in np.interp([1, 3], size, currents)))

# %% tags=["folded"]
# Figure: the size of the cycle over the current, and three cycles
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.3), layout="constrained")
onset = hopf_currents(gentle)[0]
left.plot([onset, *currents], [0, *size], ".-", color=COLOR["v"], ms=4)
left.set(xlabel="$I_\\mathrm{ext}$", ylabel="peak to peak of $v$", ylim=(0, 4),
         xticks=(-0.042, -0.038, -0.034, -0.03))
right.set(xlim=(-2.3, 2.3), ylim=(-0.9, 1.4))
pictures.nullclines(right, gentle.but(I_ext=-0.03705))
for wanted, color, style in ((0.5, COLOR["purple"], ":"),
                             (1.9, COLOR["vermillion"], "--"), (3.2, COLOR["v"], "-")):
    k = np.argmin(np.abs(size - wanted))
    right.plot(run.v[-300:, k], run.w[-300:, k], style, color=color,
               label=f"{currents[k]:.7f}")
right.legend(handles=right.lines[2:], title="$I_\\mathrm{ext}$", loc="lower right")
show(
    fig,
    "Left, the size of the stable cycle against current for b = 0.4. It grows from "
    "zero at -0.0433 and then jumps from 1.9 to 3.2 within 0.0000001 of "
    "current. (Its first point is the Hopf point itself, with size zero, because "
    "cycles close to it are reached too slowly.) Right, three of the cycles. Two of "
    "them, on either side of the jump, climb the rising branch of the cubic, which "
    "repels; then one turns left and the other right.")

# %% [markdown]
r"""
A trajectory that follows a *repelling* branch for a while is called a *canard*, French for duck, after its shape. At
$\delta=0.08$ the growth from size 1 to size 3 takes $2\cdot10^{-4}$ of current. At $\delta=0.02$ it takes less than
$2\cdot10^{-8}$, so a slider could not show it. With the usual $b=0.8$ there is such an explosion, too,
but on the unstable cycle of the bifurcation diagram.

## Further · Slow and fast

*10 minutes.* How long is a period if $w$ is very slow? As $\delta\to0$ the jumps between the branches cost no time, and all time is spent on
the outer branches of the cubic. In other words, $v$ is in its **quasi-steady state**: it has the value that belongs to the present $w$. There
$w=v-v^3/3+I_\mathrm{ext}$, so $\dot w=(1-v^2)\,\dot v$. The second equation gives $\dot w=\delta\,(v+a-b\,w)$. If we set both equal and solve for $dt$, we obtain

$$\delta\,dt=\frac{1-v^2}{v+a-b\,(v-v^3/3+I_\mathrm{ext})}\,dv .$$

The state moves along the left branch from $v=-2$ to the fold at $-1$, and along the right branch from 2 to 1. (The jump from the fold at
$-1$ ends at 2, because the cubic has the same height there.) Hence

$$\delta\,T\;\to\;\left(\int_{-2}^{-1}+\int_{2}^{1}\right)\frac{1-v^2}{v+a-b\,(v-v^3/3+I_\mathrm{ext})}\,dv .$$
"""

# %%
limit = relaxation_period(FitzHughNagumo())
print(f"limit of δ T: {limit:.6f}")
for delta in (0.08, 0.01, 0.001):
    scaled = delta * period(FitzHughNagumo(delta=delta))
    print(f"δ = {delta:5g}: δ T = {scaled:.6f}, above the limit by "
          f"{scaled - limit:.4f}")

# %% [markdown]
r"""
The excess shrinks nearly in proportion to $\delta^{2/3}$: from 0.08 to 0.01 by a factor of $3.83$, where $8^{2/3}=4$. This power comes
from the time that a trajectory needs to pass a fold.

## Further · The phase response

*20 minutes.* How does the phase shift depend on the phase of the kick? This function is called the **phase response curve** (PRC). There are two
ways to find it.

**Direct.** Kick at many phases, wait, and measure the shift.

**By linearisation.** For a very small kick the shift in time is $Z_v(\varphi)\,\Delta v$. The vector $Z$, the *infinitesimal*
phase response, is the gradient of the asymptotic time, that is, of $T$ times the asymptotic phase, on the cycle. Along any
trajectory near the cycle the time difference to the cycle is constant. Therefore $Z\cdot x$ is
constant for every small displacement $x$ with $\dot x=J\,x$, so $\dot Z\cdot x+Z\cdot J\,x=0$ for all $x$:

$$\dot Z=-J^\mathsf{T}Z,\qquad Z\cdot F=1,$$

with $F=(\dot v,\dot w)$. The second equation holds because a displacement along the flow by $F\,dt$ is an advance by $dt$. In cycles the shift is
$Z_v\,\Delta v/T$.
"""

# %%
from course_utils.notebook_03.phases import infinitesimal_prc

neuron = FitzHughNagumo()
T = period(neuron)
phases = np.arange(0, 1, 0.01)
Z = infinitesimal_prc(neuron, phases, 0.0)[0]
plus, minus = (phase_response(neuron, kick, phases, 0.0) for kick in (0.1, -0.1))
advance, delay = (phase_response(neuron, 0.1, phase, 0.0) for phase in (0.873, 0.3125))
print("Z_v at 0, 0.2, 0.4, 0.6, 0.8:", ", ".join(f"{z:.4f}" for z in Z[::20]))
print(f"largest advance by +0.1: {advance:+.4f} at 0.873, largest delay {delay:+.4f} "
      "at 0.3125")

# %% tags=["folded"]
# Figure: one cycle of v, and the phase response
fig, (top, low) = plt.subplots(2, 1, figsize=(7.2, 4.2), sharex=True,
                               height_ratios=(1, 1.6), layout="constrained")
cycle = limit_cycle(neuron, 0.0)
top.plot(cycle.t / T, cycle.v, color=COLOR["v"])
top.set(ylabel="$v$")
low.axhline(0, color="#444444", lw=0.8)
low.plot(phases, Z * 0.1 / T, "--", color=COLOR["theory"], label="linearised")
low.plot(phases, plus, color=COLOR["purple"], label="direct, $\\Delta v$ = +0.1")
low.plot(phases, minus, ":", color=COLOR["vermillion"],
         label="direct, $\\Delta v$ = −0.1")
low.set(xlabel="phase of the kick (cycles)", ylabel="phase shift (cycles)", xlim=(0, 1))
low.legend(loc="upper left")
show(
    fig,
    "Above, v over one cycle; below, the phase response. A kick of +0.1 delays the "
    "rhythm between phases 0.22 and 0.79 and advances it elsewhere, most of all, by "
    "0.029 cycle, at 0.87, shortly before the spike. Nearly everywhere the dashed "
    "linear theory lies between +0.1 and the mirror image of −0.1.")

# %% [markdown]
r"""
**Compared with a measurement.** A phase response of both signs is called *type II*, and one of a single sign *type I*. (These are not the
resetting types 1 and 0 below.) Type II usually goes with a Hopf point at the onset of firing, and type I with firing that begins at 0 Hz, but this rule
has exceptions. In our neuron very small positive kicks delay during 58 % of the cycle. Wang and colleagues (2013) measured
pyramidal cells in
slices of hippocampus: depolarising pulses gave **advances only**, and these cells could fire arbitrarily slowly. For these cells
our model is therefore the wrong one, and a single curve shows it. The squid axon and the model of notebook 02 are of type II, as this
neuron is.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a kick of 3")

# %% [markdown]
r"""
### Run

Three kicks of different size are given at sixty phases. The new phase plotted against the old one is the **phase transition curve**. The number of
cycles by which the new phase grows while the old one grows by one is its **winding number**. If it is 1, the kick causes
**type-1 (weak) phase resetting**. If it is 0, the kick causes **type-0 (strong) phase resetting**.

Geometry predicts this number: **it is 1 as long as the cycle, moved by the kick, still encloses the fixed point**, and 0 beyond. The reason is
as follows. While the kick grows from zero, a whole number can change only when the moved cycle passes over the fixed point, the one
point without a phase. A moved cycle that does not enclose this point can be shrunk to nothing without meeting it. Its winding
number is therefore 0.
"""

# %%
from course_utils.notebook_03.experiments import resetting_type, winding_number

neuron = FitzHughNagumo()
old = np.arange(60) / 60
shifts = {kick: phase_response(neuron, kick, old, 0.0) for kick in (0.1, 1.0, 3.0)}

# %% tags=["folded"]
# Table: winding numbers, counted and by geometry
for kick, shift in shifts.items():
    print(f"kick {kick:g}: counted at 60 phases {winding_number(old, shift)}, by "
          f"geometry {resetting_type(neuron, kick)}; shifts {shift.min():+.3f} to "
          f"{shift.max():+.3f}")

# %% tags=["folded"]
# Figure: new phase against old phase for three kicks
fig, ax = plt.subplots(figsize=(5.2, 3.4), layout="constrained")
looks = ((".", COLOR["ghost"]), ("x", COLOR["v"]), ("o", COLOR["vermillion"]))
for (kick, shift), (marker, color) in zip(shifts.items(), looks):
    ax.plot(old, np.mod(old + shift, 1), marker, color=color, ms=4, mfc="none",
            label=f"$\\Delta v$ = {kick:g}")
ax.set(xlabel="old phase (cycles)", ylabel="new phase (cycles)", xlim=(0, 1),
       ylim=(0, 1))
ax.legend(loc="upper left")
show(
    fig,
    "New phase against old phase for kicks of 0.1, 1 and 3. The first climbs by one "
    "cycle like the diagonal, type 1. After a kick of 3 the new phase stays between 0 "
    "and 0.26 whatever the old one was, type 0. The crosses of a kick of 1 leap at "
    "0.66, over a cliff on which no sample lies.")

# %% [markdown]
r"""
For a kick of 1 the two numbers disagree. Which one is right? The count takes the shorter way across the cliff at 0.66, which is *up*. The
true curve goes *down*, through all phases. Each time the distance to the cliff is halved, the new phase falls by a few hundredths
of a cycle, because the repelling branch of the cubic separates neighbours. Most of the fall happens within $10^{-3}$ of the
cliff, between two samples. Geometry needs no samples. It gives 0 and also the exact border. The moved cycle touches the fixed point when

$$\Delta v=v^*-v_\text{cycle}\quad\text{where the cycle has } w=w^*.$$
"""

# %%
(v, w), = fixed_points(FitzHughNagumo())
cycle = limit_cycle(FitzHughNagumo(), 0.0, 20001)
level = np.flatnonzero(np.diff(np.sign(cycle.w - w)))
print("type 0 begins at kicks of", " and ".join(
    f"{v - x:+.4f}" for x in cycle.v[level]))
print("type at kicks of -1.06, -1.07, 0.48, 0.49:",
      *(resetting_type(FitzHughNagumo(), k) for k in (-1.06, -1.07, 0.48, 0.49)))

# %% [markdown]
r"""
The kick of $+0.5$ in section 5 was therefore already of type 0, although only just.

### Investigate: one kick

On the left is the phase transition curve without wrapping. A curve of type 1 ends one cycle above its start, and a curve of type 0
ends at the same height. The dotted part is too steep to be resolved. Drag the orange dot to choose the phase of the kick.

1. Raise the kick from 0.40 to 0.55. What happens to the steep part of the curve at the border between the types?
2. Set the kick to 3. Which phase do you know after the kick, without knowing the phase before it?

<details>
<summary>Answers</summary>

1. Below 0.485 the steep part climbs, and above 0.486 it falls. At the border the kick takes one state of the cycle exactly onto the
   fixed point, which has no phase.
2. The new phase is between 0 and about 0.26, whatever the old phase was. A strong kick resets the rhythm.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one kick
def response_view(fig):
    axes = fig.subplot_mosaic([["curve", "trace"]])
    home = OneKick(size=0.4).run()
    move_curve = pictures.transition(axes["curve"], animated=True)
    axes["trace"].plot(home.never.t, home.never.v, color=COLOR["ghost"], lw=3)
    move_trace = traces(axes["trace"], home.run, "v", animated=True)
    kick, = axes["trace"].plot([], [], "^-", color=COLOR["stimulus"], lw=3,
                               markevery=[1], animated=True)
    axes["trace"].text(1, -3.0, "kick", color=COLOR["stimulus"], va="center")
    axes["trace"].set(ylim=(-4.0, 4.5))

    def update(record, kicked):
        when = record.phase * home.never.t[-1] / 4
        kick.set_data([when, when], [-3.0, -3.0 + record.size / 3])
        kick.set_marker("^" if record.size > 0 else "v")
        move_curve(kicked)
        move_trace(kicked.run)

    return update


Panel(OneKick(size=0.4), response_view, ("size", -1.2, 3), "phase")

# %% [markdown]
r"""
## Further · Kicked in every cycle

*20 minutes.* So far the neuron received one kick or two. Now a pacemaker kicks it again and again, at equal intervals $P$. Does the neuron
follow the pacemaker?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("kicked too early")

# %% [markdown]
r"""
### Derive

We derive for which intervals the neuron fires once for each kick. Let a kick arrive at phase $\varphi$, and let
$\Delta\varphi(\varphi)$ be the shift that it causes.

1. Before the next kick the state is back on the limit cycle, as each cycle multiplies the distance by $10^{-17}$. One number,
   the
   phase, therefore decides about the future. The next kick arrives at the phase
$$\varphi_{n+1}=\varphi_n+\Delta\varphi(\varphi_n)+P/T\pmod 1 .$$
   This rule is the **phase map**.
2. The neuron fires once for each kick if the phase of arrival is the same after one cycle, $\Delta\varphi(\varphi^*)=1-P/T$. In
   words, the kick must supply the shift that is missing. This is possible for $1-\max\Delta\varphi\le P/T\le1-\min\Delta\varphi$.
3. At each kick a small deviation from $\varphi^*$ is multiplied by $1+\Delta\varphi'(\varphi^*)$. It decays if
   $-2<\Delta\varphi'(\varphi^*)<0$, that is, on the falling parts of the phase response. There the rhythm **locks**.
4. For weak kicks $\Delta\varphi\approx Z_v\,\Delta v/T$, so the range of locking is proportional to the kick.

### Run

Each kick is followed in two ways, by the phase map and by the full equations.
"""

# %%
from course_utils.notebook_03.experiments import KickedRhythm, tongues
from course_utils.notebook_03.phases import infinitesimal_prc

neuron = FitzHughNagumo()
Z = infinitesimal_prc(neuron, np.linspace(0, 1, 1001), 0.0)[0] / period(neuron)
early = KickedRhythm(ratio=0.985, size=0.1, first=0.9).run()
painted = tongues(neuron)
print(early.sentence())

# %% tags=["folded"]
# Table: the range of locking for three kicks, and one cycle for two kicks
for size in (0.05, 0.1, 0.2):
    low, high = KickedRhythm(size=size).run().one_to_one()
    print(f"kick {size:.2f}: 1:1 from P/T = {low:.4f} to {high:.4f}; weak theory "
          f"{1 - size * Z.max():.4f} to {1 - size * Z.min():.4f}")
for ratio in (0.47, 0.48, 0.49):
    found = KickedRhythm(ratio=ratio, size=0.3).run().per_kick()
    print(f"kick 0.30 every {ratio:.3f} cycles: {found:.4f} cycles per kick")

# %% tags=["folded"]
# Figure: the tongues, and the phase map of one rhythm of kicks
fig, (left, right) = plt.subplots(1, 2, figsize=(8.8, 3.7), width_ratios=(1.35, 1),
                                  layout="constrained")
pictures.tongue_map(left, painted)(0.985, 0.1)
sizes = np.array([-0.2, 0, 0.2])
for edge in (Z.max(), Z.min()):
    left.plot(1 - sizes * edge, sizes, "--", color=COLOR["theory"], lw=1.2)
pictures.cobweb(right)(early)
show(
    fig,
    "Left, the mean shift per kick against interval and size of the kicks. Tongues "
    "open at P/T = 1, 1/2, 2/3 and other simple ratios. They are red where the kicks "
    "advance the neuron and blue where they delay it. Dashed, the weak theory of the "
    "widest one. Right, the phase map at the orange dot: it crosses the diagonal at "
    "0.82 and at 0.944. The kicks of the full equations gather at the second point, "
    "where the phase response falls.")

# %% [markdown]
r"""
The coloured wedges are called **Arnold tongues**. Inside a tongue the neuron keeps a simple ratio of cycles to kicks while
$P$ changes. (The 0.4999 in the table is not yet exactly 1/2, because its mean includes kicks before the lock was reached.)
The tongue at 1/2 belongs to two kicks in each cycle: with kicks of 0.1 it reaches from $P/T=0.4861$ to 0.5068. Between the
tongues the kicks arrive at ever new phases. The shifts nearly cancel, and the plane stays white.

### Investigate: find a lock

**Drag the orange dot** through the plane, or use the sliders. The circles on the right come from the full equations. The dashed
**cobweb** follows the phase map: it goes up to the curve, which is the next phase, and sideways to the diagonal, where this phase becomes the present one.

1. At $P/T=0.95$, which positive kick is just too weak to lock the rhythm?
2. At $P/T=1.005$ kicks of 0.1 arrive at two different phases in the end, which depend on the first phase $\varphi_0$. Find a
   $\varphi_0$ for each. Why are there two?

<details>
<summary>Answers</summary>

1. Kicks below 0.174 are too weak. Weak theory gives $0.05/0.285=0.175$, because $\max Z_v/T=0.285$.
2. For example 0.25 and 0.66, which lead to 0.262 and 0.674. The delays have two lobes, near 0.31 and 0.74, and each has a falling part with the
   delay of 0.005 cycle that is needed. Two locks therefore coexist.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a neuron kicked at equal intervals
def locking_view(fig):
    axes = fig.subplot_mosaic([["tongues", "map"]], width_ratios=(1.35, 1))
    mark = pictures.tongue_map(axes["tongues"], tongues(FitzHughNagumo()),
                               animated=True)
    move = pictures.cobweb(axes["map"], animated=True)

    def update(record, result):
        mark(record.ratio, record.size)
        move(result)

    return update


Panel(KickedRhythm(), locking_view, "ratio", "size", ("first", 0, 0.95))

# %% [markdown]
r"""
### Exercise · choose two cycles for three kicks

Choose an interval and a size of the kicks for which the neuron completes exactly two cycles for every three kicks. It should be a lock and
not a coincidence, so keep $P/T$ at least 0.002 away from 2/3.
"""

# %%
locked = ...  # KickedRhythm(ratio=..., size=...)

check("two cycles for three kicks", locked)

# %% tags=["solution"]
check("two cycles for three kicks", KickedRhythm(ratio=0.66, size=0.3))

# %% [markdown]
r"""
## Further · Loops and what they enclose

*10 minutes.* Which fixed points can a limit cycle enclose? Follow the direction of motion once along a cycle. It is tangent to the cycle, so it
makes one full turn. Now shrink the curve. As long as it does not pass over a fixed point, the direction changes
continuously, and the number of turns stays 1. If the cycle enclosed no fixed point, we could shrink it to a single ordinary point, where the
direction makes no turn at all. This is a contradiction. **A cycle in the plane therefore encloses at least one fixed point.**

In general the number of turns around a fixed point is its **index**. It is $+1$ for a node or a spiral ($\det J>0$) and $-1$ for a
**saddle** ($\det J<0$), which attracts along one direction and repels along another. The indices inside a cycle add up to 1.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("inside a loop")

# %% [markdown]
r"""
### Run

With $a=0$ and $b=1.2$ the line crosses the cubic three times, and one cycle encloses all three crossings.
"""

# %%
three = FitzHughNagumo(a=0.0, b=1.2, I_ext=0.0)
crossings = fixed_points(three)
loop = limit_cycle(three, 0.0)

# %% tags=["folded"]
# Table: determinants and indices of the fixed points
for point in crossings:
    determinant = np.linalg.det(three.jacobian(point))
    print(f"fixed point at v = {point[0]:+.4f}: det J = {determinant:+.3f}, "
          f"index {np.sign(determinant):+.0f}")
print(f"one cycle around all of them, period {period(three):.3f}")

# %% tags=["folded"]
# Figure: a cycle and the fixed points inside it
fig, ax = plt.subplots(figsize=(5.6, 3.3), layout="constrained")
ax.set(xlim=(-2.6, 2.6), ylim=(-1.6, 1.6))
pictures.nullclines(ax, three)
path(ax, loop, "v", "w", color=COLOR["v"])
for k in (150, 600):
    ax.annotate("", (loop.v[k + 9], loop.w[k + 9]), (loop.v[k], loop.w[k]), arrowprops={
        "arrowstyle": "-|>", "color": COLOR["v"], "mutation_scale": 20})
for v, w in crossings:
    ax.plot(v, w, "o", color="black", mfc="white", mew=1.6, zorder=4)
ax.annotate("saddle", (0, 0), (0.3, -0.4), arrowprops={"arrowstyle": "-"})
show(
    fig,
    "A limit cycle, run through counter-clockwise, encloses three unstable fixed "
    "points where the line crosses the cubic: the middle one is a saddle, the outer "
    "two are nodes.")

# %% [markdown]
r"""
### Exercise · judge what a cycle can enclose

For a smooth vector field in the plane, can exactly these fixed points lie inside a closed trajectory?

- *Set 1*: one unstable spiral.
- *Set 2*: one saddle.
- *Set 3*: two unstable nodes.
- *Set 4*: three nodes and two saddles.
- *Set 5*: no fixed point.
"""

# %%
possible = [..., ..., ..., ..., ...]  # True or False for each

check("loops", possible)

# %% tags=["solution"]
check("loops", [True, False, False, True, False])

# %% [markdown]
r"""
## Further · Stable at every current

*20 minutes.* Is there a neuron whose fixed point no current can make unstable?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("stable at one current")

# %% [markdown]
r"""
### Exercise · write the growth rate, and draw it

Displacements from the fixed point grow or decay like $e^{\mu t}$, so the larger real part of the two eigenvalues is their growth rate. Compute it
at the 36 currents in `CURRENTS`, for the usual parameters. `fixed_points(neuron)[0]`, `neuron.jacobian(...)` and
`np.linalg.eigvals` do most of the work. When the check accepts your array, draw it with `plt.plot(CURRENTS, growth)`. Read off where it crosses zero.
"""

# %%
growth = ...  # one number for each current

check("growth rate", growth)

# %% tags=["solution"]
rates = []
for current in CURRENTS:
    neuron = FitzHughNagumo(I_ext=current)
    values = np.linalg.eigvals(neuron.jacobian(fixed_points(neuron)[0]))
    rates.append(values.real.max())
check("growth rate", rates)

# %% [markdown]
r"""
### Run

The next cell does the same for three values of $\delta$.
"""

# %%
def largest_real_part(neuron):
    return np.linalg.eigvals(neuron.jacobian(fixed_points(neuron)[0])).real.max()


fine = np.linspace(-0.2, 1.95, 216)
rates_of = {
    delta: [largest_real_part(FitzHughNagumo(I_ext=I, delta=delta)) for I in fine]
    for delta in (0.08, 0.6, 1.3)}

# %% tags=["folded"]
# Figure: the growth rate against the current for three time-scale ratios
fig, ax = plt.subplots(figsize=(6.6, 3.0), layout="constrained")
ax.axhline(0, color="#444444", lw=0.8)
looks = (("-", COLOR["v"]), ("--", COLOR["green"]), (":", COLOR["vermillion"]))
for (delta, rates), (style, color) in zip(rates_of.items(), looks):
    ax.plot(fine, rates, style, color=color, label=f"$\\delta$ = {delta:g}")
    found = hopf_currents(FitzHughNagumo(delta=delta))
    print(f"δ = {delta}: Hopf points", ", ".join(f"{I:.4f}" for I in found) or "none")
ax.set(xlabel="$I_\\mathrm{ext}$", ylabel="growth rate")
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
show(
    fig,
    "The larger real part of the two eigenvalues against the current, for three "
    "values of delta. With 0.08 it is positive in a wide range of currents, with 0.6 "
    "in a narrower one, and with 1.3 it is negative everywhere.")

# %% [markdown]
r"""
The blue curve has kinks where the two eigenvalues become real. As $\delta$ grows, the range of unstable currents becomes narrower
and vanishes. The trace $1-v^2-b\,\delta$ is largest at $v=0$, where it equals $1-b\,\delta$. **For
$b\le1$ no current makes the fixed point unstable if $\delta\ge1/b$**, here 1.25. At a single current the condition is weaker: at
$I_\mathrm{ext}=0.5$ it is $\delta>(1-v^{*2})/b=0.4403$. "Stable at this current" therefore says nothing about other currents.

### Exercise · choose a neuron that is hard to catch

Choose $\delta$, with the usual $b$, such that the fixed point is unstable in a range of currents that is narrower than 0.1 but not empty.
`hopf_currents(FitzHughNagumo(delta=...))` returns both ends of the range.
"""

# %%
delta = ...

check("a narrow range", delta)

# %% tags=["solution"]
print("Hopf points:", *hopf_currents(FitzHughNagumo(delta=1.22)))
check("a narrow range", 1.22)

# %% [markdown]
r"""
## Further · A parabola in place of the cubic

*15 minutes.* If a model has a Hopf point, does it fire? Many models of neurons have $v^2$ in place of the cubic. For such a model the trace is
$2v-b\,\delta$, so it vanishes at $v=b\,\delta/2$, and there is a Hopf point.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a parabola")

# %% [markdown]
r"""
### Run
"""

# %%
class Quadratic(Model):
    """FitzHugh-Nagumo with a parabola in place of the cubic."""

    states = {"v": "1", "w": "1"}
    time_unit = "1"
    I_ext: float = parameter(0.0)

    def rhs(self, state, I_ext):
        v, w = state
        return v * v - w + I_ext, 0.08 * (v + 0.7 - 0.8 * w)


I_H, = hopf_currents(Quadratic())
cell = Quadratic(I_ext=I_H + 0.01)
v, w = fixed_points(cell)[0]
run = simulate(cell, np.arange(0, 308.9, 0.01), (v + 0.01, w))

# %% tags=["folded"]
# Figure: the plane of the quadratic model with one trajectory, and v against time
print(f"parabola: Hopf point {I_H:.6f}; pushed by 0.01 above it, v is "
      f"{run.v[-1]:.1f} at t = {run.t[-1]:.1f}")
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 3.0), layout="constrained")
u = np.linspace(-1.2, 1.6, 101)
left.plot(u, u * u + cell.I_ext, "-", color=COLOR["sky"], label="$dv/dt = 0$")
left.plot(u, (u + 0.7) / 0.8, "--", color=COLOR["w"], label="$dw/dt = 0$")
left.plot(run.v, run.w, color=COLOR["v"], lw=1)
left.plot(v, w, "o", color="black", mfc="white", mew=1.6)
left.set(xlim=(-1.2, 1.6), ylim=(0.4, 2.4), xlabel="$v$", ylabel="$w$")
left.legend(loc="upper left")
right.plot(run.t, run.v, color=COLOR["v"])
right.set(xlabel="time", ylabel="$v$", ylim=(-1, 3), xlim=(0, 320))
show(
    fig,
    "Left, the plane of the quadratic model: the trajectory spirals outwards from the "
    "fixed point, the ring, and finally leaves to the right. Right, v against time: "
    "growing oscillations, and then v rises steeply and leaves the picture.")

# %% [markdown]
r"""
The parabola has no right branch that could stop a large $v$. After growing oscillations $v$ becomes infinite at $t=309.1$. Models of
this kind fire only because the program resets $v$. A Hopf point is therefore not enough. A proof
shows a stable cycle, or a bounded region that trajectories can neither leave nor come to rest in (Poincaré and Bendixson).

### Exercise · judge the evidence

Five colleagues claim that their model neurons, two equations without a reset, fire repetitively at a constant current. Which evidence proves
the claim?

- *Evidence 1*: a pair of complex eigenvalues has a positive real part.
- *Evidence 2*: from two starts, one inside and one outside, the state approaches the same closed curve.
- *Evidence 3*: $v$ rises above 2 within a few units of time.
- *Evidence 4*: a plot of ten oscillations, each larger than the one before.
- *Evidence 5*: no trajectory leaves a certain rectangle, and the only fixed point in it is an unstable spiral.
"""

# %%
proves = [..., ..., ..., ..., ...]  # True or False for each

check("evidence", proves)

# %% tags=["solution"]
check("evidence", [False, True, False, False, True])

# %% [markdown]
r"""
## Further · What noise leaves of a phase

*10 minutes.* Every neuron is noisy. How long does a phase last then? In every short time $h$ we add a random push to $v$. It is
independent of all others, with mean 0 and standard deviation $\sigma\sqrt h$. This is white noise of strength $\sigma$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("noise")

# %% [markdown]
r"""
### Derive

A very small push at phase $\varphi$ shifts the phase by $Z_v(\varphi)/T$ times its size
(see [The phase response](#Further-·-The-phase-response)), and nothing reverses this shift. Independent shifts add by their variances,
$\sigma^2h\,Z_v^2/T^2$ each. In one cycle the sum is

$$\frac{\sigma^2}{T^2}\int_0^T Z_v^2\,dt=\frac{\sigma^2}{T}\,\overline{Z_v^2}\qquad(\text{cycles}^2),$$

where the bar denotes the mean over the cycle. The variance of the phase therefore grows in proportion to time.

### Run

Two hundred copies start together, with $\sigma=0.04$. After 5, 10, 20 and 40 cycles the noise is stopped for a moment, and the
asymptotic phase of each copy is computed.
"""

# %%
from course_utils.notebook_03.experiments import noisy_phases
from course_utils.notebook_03.phases import infinitesimal_prc

neuron = FitzHughNagumo()
sigma = 0.04
turns = np.array([5, 10, 20, 40])
found = noisy_phases(neuron, sigma, turns, 200, np.random.default_rng(3))
Z = infinitesimal_prc(neuron, np.arange(0, 1, 0.005), 0.0)[0]
rate = sigma**2 * np.mean(Z**2) / period(neuron)

# %% tags=["folded"]
# Table: the spread of the phases, measured and by theory
print("standard deviation after 5, 10, 20, 40 cycles:", ", ".join(
    f"{x:.3f}" for x in found.std(axis=1)))
print("                                        theory:", ", ".join(
    f"{x:.3f}" for x in np.sqrt(rate * turns)))

# %% tags=["folded"]
# Figure: phases of noisy copies, and their variance
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 3.2), layout="constrained")
for n, phases in zip(turns, found):
    left.plot(phases, np.full(200, n), "|", color=COLOR["v"], ms=12, mew=0.7)
left.set(xlabel="phase relative to the neuron without noise (cycles)", ylabel="cycles",
         xlim=(-0.5, 0.5), yticks=turns)
right.plot(turns, found.var(axis=1), "o", color=COLOR["v"], label="200 copies")
right.plot([0, 40], [0, 40 * rate], "--", color=COLOR["theory"], label="linear theory")
right.set(xlabel="cycles", ylabel="variance (cycles²)")
right.legend()
show(
    fig,
    "Left, the phases of 200 noisy copies after 5, 10, 20 and 40 cycles: they start "
    "together and spread over a growing part of the cycle. Right, their variance grows "
    "in proportion to time and follows the dashed theory.")

# %% [markdown]
r"""
Within about twenty cycles this noise alone shifts the phase by 0.10 cycle, as much as the two kicks did. The weaker the noise, the
longer the memory, but it always fades. A population of neurons, or another rhythm to compare with, can use the phase for longer.

## Further · One bit

*10 minutes.* A single neuron has one kind of memory that small noise does not erode gradually: **bistability**. At
$I_\mathrm{ext}=0.328$ both rest and firing are stable. A kick moves the state across the separatrix, into the other basin of attraction, and
the neuron stays there. This is one bit. The surprise is that *excitation* switches it off as well as on, if it arrives at the right
phase.
"""

# %%
neuron = FitzHughNagumo(I_ext=0.328)
T = period(neuron)
(rest,) = fixed_points(neuron)
phases = np.arange(100) / 100
off = phases[np.isnan(phase_response(neuron, 0.2, phases, 0.0))]
print(f"a kick of +0.2 stops the firing at phases {off.min():.2f} to {off.max():.2f}")
silent = simulate(neuron, np.arange(0, 100, 0.1), rest)
fires = simulate(neuron, np.arange(0, 250, 0.1), (rest[0] + 0.6, rest[1]))
when = round((spike_times(fires.t, fires.v, 0.0)[3] + 0.63 * T) / 0.1)
again = simulate(neuron, np.arange(0, 250, 0.1), (fires.v[when] + 0.2, fires.w[when]))

# %% tags=["folded"]
# Figure: one bit in a neuron of two equations
v = np.concatenate([silent.v, fires.v[:when], again.v])
t = 0.1 * np.arange(len(v))
fig, ax = plt.subplots(figsize=(8.4, 2.8), layout="constrained")
ax.plot(t, v, color=COLOR["v"])
for time, size in ((100, 0.6), (100 + 0.1 * when, 0.2)):
    ax.annotate(f"+{size:g}", (time, 1.7), (time, 2.7), ha="center",
                color=COLOR["stimulus"],
                arrowprops={"arrowstyle": "-|>", "color": COLOR["stimulus"], "lw": 2})
ax.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 3.2), xlim=(0, t[-1]))
show(
    fig,
    "v against time at one constant current: at rest, then started by a kick of +0.6, "
    "then stopped by a second positive kick, of +0.2, that comes at phase 0.63. The "
    "neuron keeps one bit.")

# %% [markdown]
r"""
The window of this neuron is narrow, from 0.3242 to 0.3313. The model of Hodgkin and Huxley has the same structure with a wide window,
$6.260<I<9.775$ µA/cm² ([notebook 02](02_neural_biophysics.ipynb)). **In the laboratory:** Guttman, Lewis and Rinzel (1980) did this
with squid axons. One brief pulse of the right size, at the right phase, stopped an axon that had been firing steadily. We had no access to
numbers of theirs, so none is compared here.

## Further · Any model

*15 minutes.* The functions `fixed_points`, `hopf_currents`, `period` and `phase_response` are independent of these two equations. They
use only the `rhs` of a `Model`. Here they are applied to the neuron of notebook 02, with its four states and its units.
"""

# %%
cell = HodgkinHuxley(I_ext=10.0)
phases = np.arange(0, 1, 0.025)
responses = {"Hodgkin-Huxley, +1 mV": phase_response(cell, 1.0, phases),
             "FitzHugh-Nagumo, +0.1": phase_response(FitzHughNagumo(), 0.1, phases)}
print("Hopf points of Hodgkin and Huxley:", " and ".join(
    f"{I:.6f}" for I in hopf_currents(cell)), "µA/cm²")
print(f"period at 10 µA/cm²: {period(cell):.4f} ms")

# %% tags=["folded"]
# Figure: the phase responses of two neurons
fig, ax = plt.subplots(figsize=(6.4, 3.0), layout="constrained")
ax.axhline(0, color="#444444", lw=0.8)
looks = (("-", COLOR["V"]), ("--", COLOR["purple"]))
for (name, response), (style, color) in zip(responses.items(), looks):
    ax.plot(phases, response, style, color=color, label=name)
ax.set(xlabel="phase of the kick (cycles)", ylabel="phase shift (cycles)", xlim=(0, 1))
ax.legend()
show(
    fig,
    "Phase response of Hodgkin and Huxley's neuron to +1 mV and of FitzHugh-Nagumo to "
    "+0.1: both delay in the middle of the cycle and advance late in it. They differ "
    "in detail: FitzHugh-Nagumo's delays have two maxima, near 0.31 and 0.74, and it "
    "also advances up to phase 0.22.")

# %% [markdown]
r"""
### Exercise · write a model of your own

Write a `Model` with a Hopf point that fires; its fast equation is not a cubic. A model needs a name and a unit for each state
and at least one `parameter`, which must be called `I_ext`. Its `rhs` returns one derivative per state. The states may be
arrays, so use functions
of numpy, for example `np.tanh`. Then give `check` an instance of your model. One idea is Morris and Lecar (1981), a model
with calcium and
potassium channels.
"""

# %%
my_neuron = ...

check("a model of your own", my_neuron)

# %% tags=["solution"]
class MorrisLecar(Model):
    """Morris and Lecar (1981): calcium channels open at once, potassium slowly."""

    states = {"V": "mV", "n": "1"}
    I_ext: float = parameter(100.0, "µA/cm²")
    phi: float = parameter(0.04, "1/ms", domain="positive")

    def rhs(self, state, I_ext):
        V, n = state
        m_inf = (1 + np.tanh((V + 1.2) / 18)) / 2
        n_inf = (1 + np.tanh((V - 2) / 30)) / 2
        current = 4.4 * m_inf * (V - 120) + 8 * n * (V + 84) + 2 * (V + 60)
        return (I_ext - current) / 20, self.phi * np.cosh((V - 2) / 60) * (n_inf - n)


check("a model of your own", MorrisLecar())

# %% [markdown]
r"""
## Questions to close

1. At $I_\mathrm{ext}=1.6$ the neuron is silent. A colleague says that it has too little drive. What do you show her, and which single
   observation would decide?
2. *(From the optional section on the phase response.)* You give a firing neuron a very strong kick at a random moment. Afterwards you know its phase better than before. How can a kick at an unknown phase
   create knowledge, and what did the neuron lose?
3. Two neurons end in the same phase. Can their inputs have been different? Can you find out by any later experiment on these two
   neurons alone?
4. *(From the optional section on loops.)* A colleague draws a closed trajectory around a saddle and around nothing else. What do you answer before you see her equations?
5. *(From notebook 01.)* A threshold unit can keep a bit, too, when its output is connected to its input. Which part of
   the neuron that keeps a bit at $I_\mathrm{ext}=0.328$ does the work of this wire, and what must not be cut in each of the two memories?

<details><summary>Answers</summary>

1. Show her the phase plane. The line crosses the *right* branch of the cubic, where the fixed point is stable. Lower the current: if firing
   starts, there was too much drive and not too little.
2. A very strong kick is of type 0. After a kick of 3, every phase lies between 0 and about 0.26, so the new phase is roughly
   known. Old phases that were far apart now lie close together or coincide. The neuron therefore loses most of its old phase,
   and with it most traces of earlier inputs.
3. Yes. Two histories that lead to the same phase lead to the same state. The neuron keeps one number, so no later
   experiment can distinguish them.
4. The curve cannot be a trajectory of a smooth vector field in the plane. The indices inside must add up to $+1$, and a saddle counts $-1$.
5. The cycle itself: each turn prepares the next one. The bit of the threshold unit is lost when the wire is cut. The neuron
   needs no wire, but it needs the steady current: if this current is cut for long enough, the firing and the bit are gone.

</details>
"""

# %% [markdown]
r"""
## References

- FitzHugh, R. (1961). Impulses and physiological states in theoretical models of nerve membrane. *Biophysical Journal* 1, 445–466. <https://doi.org/10.1016/S0006-3495(61)86902-6>
- Nagumo, J., Arimoto, S. and Yoshizawa, S. (1962). An active pulse transmission line simulating nerve axon. *Proceedings of the IRE* 50, 2061–2070. <https://doi.org/10.1109/JRPROC.1962.288235>
- Van der Pol, B. (1926). On relaxation-oscillations. *Philosophical Magazine* 2, 978–992. <https://doi.org/10.1080/14786442608564127>
- Winfree, A. T. (1980). *The Geometry of Biological Time.* Springer. <https://doi.org/10.1007/978-3-662-22492-2>
- Winfree, A. T. (1974). Patterns of phase compromise in biological cycles. *Journal of Mathematical Biology* 1, 73. <https://doi.org/10.1007/BF02339491>
- Guttman, R., Lewis, S. and Rinzel, J. (1980). Control of repetitive firing in squid axon membrane as a model for a neuroneoscillator. *Journal of Physiology* 305, 377–395 (cited from memory).
- Morris, C. and Lecar, H. (1981). Voltage oscillations in the barnacle giant muscle fiber. *Biophysical Journal* 35, 193–213. <https://doi.org/10.1016/S0006-3495(81)84782-0>
- Guckenheimer, J. and Holmes, P. (1983). *Nonlinear Oscillations, Dynamical Systems, and Bifurcations of Vector Fields.* Springer. <https://doi.org/10.1007/978-1-4612-1140-2>
- Brown, E., Moehlis, J. and Holmes, P. (2004). On the phase reduction and response dynamics of neural oscillator populations. *Neural Computation* 16, 673–715. <https://doi.org/10.1162/089976604322860668>
- Wang, S., Musharoff, M. M., Canavier, C. C. and Gasparini, S. (2013). Hippocampal CA1 pyramidal neurons exhibit type 1 phase-response curves and type 1 excitability. *Journal of Neurophysiology* 109, 2757–2766. <https://doi.org/10.1152/jn.00721.2012>
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Sections 1 and 2 (25): show the panel of section 2 on the projector, let the room answer the exercise on
directions, then drag the initial state and ask for the spike before it comes. Section 4 without the derivation of section 3 (10): the vote, then the experiment
at 0.328. Section 5 (15): its prediction, the coloured plane, both orders.
**90 minutes.** All of the core. Its two longer exercises are shortened: the Hopf point as pair work (12), *undo a kick* as a
race (10). One optional
section as homework: *The phase response* for a class with calculus, *Kicked in every cycle* for one that likes panels, *One bit* for all others.

**Misconceptions, and what to answer.** *v is in millivolts*: all quantities are pure numbers; ask for the unit of $v-v^3/3$. *The Hopf point is the
threshold*: there are three numbers, 0.1435, 0.3242 and 0.3313. *Unstable means that v becomes infinite*: the trajectory ends on the cycle. *A stable fixed point
is the end of every trajectory*: run 0.328 from two initial states. *A larger kick shifts more*: a kick of type 0 resets the phase. *A nullcline is a
trajectory*: ask why the trajectory crosses the cubic vertically.

**A question to vote on.** "At the same current a neuron is silent on Monday and fires on Tuesday. Must something in it have
changed?" Vote, run the experiment of section 4, and vote again.

**Marking scheme** for *a model of your own*, 2 points each: states and parameters have units; the vector field is written once and works for
arrays; the model has a Hopf point, and the learner says on which side of it the fixed point is stable; period and phase response are shown and compared with
those of this notebook; one sentence says what the model leaves out.
"""

# %% [markdown]
r"""
[← 02 Neural biophysics](02_neural_biophysics.ipynb) · [04 Cable theory →](04_cable_theory.ipynb)
"""
