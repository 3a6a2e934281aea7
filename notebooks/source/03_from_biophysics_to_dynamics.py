# %% [markdown]
r"""
# 03 · From biophysics to dynamics

**The question.** How much of a neuron's behaviour fits into a picture with two axes, and what can one such neuron remember?

**You will be able to**
- draw the phase plane of a neuron: nullclines, fixed point, cycle, and say how each acts on a trajectory;
- derive from trace and determinant where rest loses its stability, and check the number;
- tell three thresholds apart that are often taken for one;
- measure how a kick shifts the rhythm, and what becomes of two kicks;
- say what a firing neuron remembers of its inputs, and what it does not.

**Time.** Core 90 minutes in all: 60 to read and run, 30 for the exercises. Further sections: 10 to 20 minutes each, in any order.

**You need.** Notebook 02 (the four equations of Hodgkin and Huxley). Mathematics: derivatives, the roots of a polynomial, a 2 × 2 matrix and its eigenvalues.

**The thread.** The article finds the four equations complicated and slow, turns to two, sees the neuron oscillate around an unstable fixed point, and concludes that a single neuron remembers its inputs by its phase. We follow that thread. At two places it breaks, and there it becomes interesting. The article that this course retells contains errors; numbers such as *erratum E26* refer to the list in [notebook 07](07_conclusion.ipynb).
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
from course_utils.analysis.dynamics import limit_cycle
from course_utils.notebook_03 import pictures
from course_utils.notebook_03.cycles import relaxation_period, unstable_cycle
from course_utils.notebook_03.exercises import check, predict, recall
from course_utils.notebook_03.experiments import (
    OneKick,
    OneStart,
    PhasePlane,
    TwoKicks,
    isochron_map,
)
from course_utils.plots import path

# %% [markdown]
r"""
All that follows is about one model. It has two states: $v$, which is fast and behaves like a voltage, and $w$, which is slow and brings $v$ back:

$$\frac{dv}{dt} = v - \frac{v^3}{3} - w + I_\mathrm{ext},\qquad \frac{dw}{dt} = \delta\,(v + a - b\,w).$$

$I_\mathrm{ext}$ is the stimulus, the time-scale ratio $\delta$ sets how slow $w$ is compared with $v$, and $a$ and $b$ place and tilt the line on which $dw/dt=0$. **Every quantity is a pure number.** There are no mV, no ms and no µA here, and none may be written on an axis. (The article explains none of the three parameters, and writes $V$ for $v$ in the second equation, erratum E25.)
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

Why two? The article gives speed as the reason (erratum E23). One neuron of Hodgkin and Huxley indeed costs some twenty to seventy times as much computing as one of this notebook; how much depends on the steps and on the machine. Measure it here, if you like: a thousand of each, by Euler's method, for the same 10 ms. (Their cycle takes 14.6 ms, ours 39.5 units of its time, so 1 ms is worth 2.7 units.)
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
But the better reason is geometry: **a state with two numbers is a point on a sheet of paper.** You can see where every start leads. With four numbers you cannot. Draw both:
"""

# %%
V, m, h, n = HodgkinHuxley().rest()
hidden = np.array([h, h / 2])  # two values of a variable that is not plotted
start = (V + 10, m, hidden, n)
four = simulate(HodgkinHuxley(I_ext=0.0), np.arange(0, 40, 0.02), start)
two = simulate(FitzHughNagumo(I_ext=0.0), np.arange(0, 200, 0.1), (-0.5, -0.624))
for value, highest in zip(hidden, four.V.max(axis=0)):
    print(f"Hodgkin and Huxley from V = 10 mV, n = {n:.3f}, h = {value:.1f}: highest V "
          f"{highest:.0f} mV")

# %% tags=["folded"]
# Figure: two of four variables, and two of two
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 3.1), layout="constrained")
looks = ((COLOR["V"], "-"), (COLOR["vermillion"], "--"))
for value, V, n, (color, style) in zip(hidden, four.V.T, four.n.T, looks):
    left.plot(V, n, style, color=color, label=f"initial $h$ = {value:.1f}")
path(right, two, "v", "w")
for ax, *start in ((left, four.V[0, 0], four.n[0, 0]), (right, two.v[0], two.w[0])):
    ax.plot(*start, "s", color="black", mfc="white", mew=1.8, zorder=3)
left.set(xlabel="$V$ (mV)", ylabel="$n$")
left.legend()
show(
    fig,
    "Left, two of the four variables of Hodgkin and Huxley: from one point, the "
    "square, one trajectory makes the round of a spike and one returns at once, since "
    "they differ in h, which is not plotted. Right, both variables of this notebook's "
    "model: from a point there is one trajectory.")

# %% [markdown]
r"""
On the left each point represents many states, which differ in the variables that are not plotted. The point alone therefore does not determine how the state will change. On the right a point *is* the state. Exactly one trajectory passes through each point, so no two trajectories cross.

### Derive

*Step 1.* Van der Pol (1926) studied the oscillations of a radio valve. Its “friction” is negative for small swings, which therefore grow, and positive for large ones, which shrink. A dot is a derivative by time:

$$\ddot x + c\,(x^2-1)\,\dot x + x = 0 .$$

*Step 2.* Call $\dot x/c - x + x^3/3 = y$. Solve this for $\dot x$, and differentiate it once more:

$$\dot x = c\left(y + x - \tfrac{x^3}{3}\right),\qquad \ddot x = c\,\dot y + c\,(1-x^2)\,\dot x .$$

Put the second into step 1. The friction cancels and $c\,\dot y = -x$ is left. So van der Pol's one equation of second order is two of first order:

$$\dot x = c\left(y + x - \tfrac{x^3}{3}\right),\qquad \dot y = -\frac{x}{c}.$$

*Step 3.* FitzHugh (1961) added three numbers: a stimulus $z$, and $a$ and $b$, which move and tilt the line $\dot y=0$ (so far it was $x=0$). With them rest can be stable:

$$\dot x = c\left(y + x - \tfrac{x^3}{3} + z\right),\qquad \dot y = -\frac{x - a + b\,y}{c}.$$

*Step 4.* Turn the picture around and stretch time: $v=-x$, $w=y$, $I_\mathrm{ext}=-z$, and $t = c\,s$, where $s$ is FitzHugh's time. Then $\frac{dv}{dt} = -\dot x/c$ and $\frac{dw}{dt}=\dot y/c$, so

$$\frac{dv}{dt} = v - \frac{v^3}{3} - w + I_\mathrm{ext},\qquad \frac{dw}{dt} = \delta\,(v + a - b\,w),\qquad \delta = \frac1{c^2}.$$

This is the model above. Nagumo, Arimoto and Yoshizawa (1962) built these equations as a circuit. Now look back: **nowhere in the four steps did Hodgkin and Huxley appear.** Their equations entered as a model to imitate: FitzHugh chose an extended van der Pol oscillator because its plane resembles a projection of theirs.
"""

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that FitzHugh and Nagumo reduced the four equations of Hodgkin and Huxley to two (E24). **What is right:** FitzHugh extended van der Pol's oscillator, and then showed that it *resembles* a projection of the four onto a plane. Nothing was eliminated, so $v$ is not a voltage, and $a$, $b$ and $\delta$ cannot be measured on a squid axon. The true reduction, with millivolts, is in [notebook 02](02_neural_biophysics.ipynb). **How we know:** the next cell runs FitzHugh's own equations, with his $c=3$ and $z=-0.4$, and ours with $\delta=1/9$ and $I_\mathrm{ext}=0.4$. They are the same system, and none of its parameters belongs to a membrane.

</div>
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
The usual $\delta=0.08$ is a later habit: it stands for $c=3.54$.

## 2 · The phase plane

### Derive

The state moves through the plane on a curve, its **trajectory**.

**Nullclines** are the curves where one derivative is zero. Where $dv/dt=0$ a trajectory can only move up or down. Where $dw/dt=0$ it can only move left or right. Set the two right-hand sides to zero:

$$w = v-\frac{v^3}{3}+I_\mathrm{ext}\quad\text{(a cubic)},\qquad w=\frac{v+a}{b}\quad\text{(a line)}.$$

Below the cubic $v$ grows, above it $v$ falls. Right of the line $w$ grows, left of it $w$ falls. The cubic has its folds where its slope $1-v^2$ vanishes: at $v=\pm1$, whatever the parameters.

**Speed.** $v$ changes at a rate of order 1, $w$ at a rate of order $\delta = 0.08$. So the plane is crossed nearly horizontally, and only near the cubic, where $dv/dt$ is small, does $w$ have time to move.

**Fixed point.** Where both nullclines cross, nothing moves. Setting the two $w$ equal gives a cubic equation for $v^*$, and by multiplying with 3 it takes the form $v^3+p\,v+q=0$. You find $p$ and $q$ in a moment. If $p\ge0$, the left side rises everywhere and there is only one root. Cardano (1545) gives it:

$$v^*=\sqrt[3]{-\tfrac q2+r}+\sqrt[3]{-\tfrac q2-r},\qquad r=\sqrt{\tfrac{q^2}{4}+\tfrac{p^3}{27}} .$$

To check it, set $v=\alpha+\beta$ with $\alpha^3+\beta^3=-q$ and $3\alpha\beta=-p$; then $v^3=\alpha^3+\beta^3+3\alpha\beta\,(\alpha+\beta)=-q-p\,v$.
"""

# %% [markdown]
r"""
### Exercise: the cubic

Which $p$ and $q$? Write both with $I_\mathrm{ext}$, $a$ and $b$.
"""

# %%
def cubic(I_ext, a, b):
    p = ...
    q = ...
    return p, q


check("fixed-point cubic", cubic)

# %% tags=["solution"]
def solved_cubic(I_ext, a, b):
    return 3 * (1 / b - 1), 3 * (a / b - I_ext)


check("fixed-point cubic", solved_cubic)

# %% [markdown]
r"""
### Run

Three ways to the same point: Cardano's formula, `np.roots`, which finds all three roots of the cubic (two are complex), and `fixed_points`, which works for any model. With $a=0.7$ and $b=0.8$ the numbers are $p=0.75$ and $q=2.625$ or 1.125: are they yours, too? One trap: the cube root of a negative number is `np.cbrt(x)`. Python's `x ** (1/3)` gives a complex number there, and numpy's gives `nan`.
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
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a step of 0.2")

# %% [markdown]
r"""
### Run

Three steps of current from the same rest.
"""

# %%
rest = FitzHughNagumo().rest()
steps = FitzHughNagumo(I_ext=np.array([0.1, 0.2, 0.5]))
run = simulate(steps, np.arange(0, 200, 0.1), rest)
firing = PhasePlane(neuron=FitzHughNagumo(I_ext=0.5), v0=rest[0], w0=rest[1])
portrait = firing.run()

# %% tags=["folded"]
# Table: the largest value and the spikes after each step
for I_ext, v in zip(steps.I_ext, run.v.T):
    print(f"step to {I_ext}: largest v = {v.max():.3f}, upward crossings of v = 0: "
          f"{len(spike_times(run.t, v, 0.0))}")

# %% tags=["folded"]
# Figure: the response to three steps, and a phase plane
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.4), width_ratios=(1.25, 1),
                                  layout="constrained")
looks = (("#999999", ":"), (COLOR["stimulus"], "--"), (COLOR["v"], "-"))
for I_ext, v, (color, style) in zip(steps.I_ext, run.v.T, looks):
    left.plot(run.t, v, style, color=color, label=f"$I_\\mathrm{{ext}}$ = {I_ext:g}")
left.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 2.6))
left.legend(ncols=3, loc="upper center", columnspacing=1)
pictures.phase_portrait(right, portrait)
show(
    fig,
    "Left, v against time after steps of current to 0.1 (no spike), 0.2 (one spike) "
    "and 0.5 (a sustained oscillation). Right, the phase plane at 0.5: the cubic and "
    "the line cross at an unstable fixed point, grey strokes show the first motion of "
    "400 trajectories, and all of them end on one limit cycle, where the pink dots lie "
    "like beads.")

# %% [markdown]
r"""
Read the plane like a map of winds. A grey stroke is the first 1.5 units of time of one of 400 trajectories; the state moves towards the dot at its end. Most strokes are nearly horizontal: that is $\delta=0.08$. Each pink dot is the state of one of these trajectories after 200 units. The dots lie on a closed trajectory that attracts its neighbours: a **limit cycle**. Inside a closed trajectory in the plane there is always a fixed point. The fixed point is a ring where it is unstable, a disc where it is stable.

A step of 0.2 moves the cubic up at once. The old rest now lies *below* the cubic, so $v$ runs off to the right: a spike. Afterwards the trajectory comes down the left branch to the *new* fixed point, which is stable, and stays. **One spike and endless firing need different currents.**

### Investigate

The white square is the start of the blue run: **drag it**, or move it with the four arrow buttons. The sliders change the four parameters. The sentence below the picture gives the period of the cycle. Look for:

1. a start from which a small move makes the difference between a spike and none, at $I_\mathrm{ext}=0$;
2. the current at which the neuron falls silent again, far above;
3. at $I_\mathrm{ext}=0.5$, the $\delta$ above which the same fixed point is stable (section 3 gives the exact value).
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the phase plane under your hand
def view(fig):
    axes = fig.subplot_mosaic([["plane", "trace"]], width_ratios=(1.1, 1))
    found = PhasePlane().run()
    move_plane = pictures.phase_portrait(axes["plane"], found, animated=True)
    move_trace = traces(axes["trace"], found.run, "v", animated=True)
    axes["trace"].set(ylim=(-2.6, 2.6))

    def update(record, portrait):
        move_plane(portrait)
        move_trace(portrait.run)

    return update


Panel(PhasePlane(), view, "neuron.I_ext", ("neuron.delta", 0.02, 0.6), "neuron.a",
      "neuron.b")

# %% [markdown]
r"""
What `PhasePlane` computes you can read with `PhasePlane??`.
"""

# %% [markdown]
r"""
## 3 · Where rest loses its stability

### Derive

Close to the fixed point only the derivatives of the right-hand sides matter. They form the Jacobian matrix

$$J=\begin{pmatrix}\partial\dot v/\partial v&\partial\dot v/\partial w\\ \partial\dot w/\partial v&\partial\dot w/\partial w\end{pmatrix}=\begin{pmatrix}1-v^2&-1\\ \delta&-b\,\delta\end{pmatrix}.$$

A small displacement $x$ obeys $\dot x=Jx$. Insert $x=u\,e^{\mu t}$: then $Ju=\mu u$, so $\mu$ is an eigenvalue of $J$, and displacements grow or shrink like $e^{\mu t}$. The eigenvalues solve $\mu^2-\mu\operatorname{tr}J+\det J=0$, with

$$\operatorname{tr}J=1-v^2-b\,\delta,\qquad \det J=\delta\,(1-b+b\,v^2).$$

The two eigenvalues have the sum $\operatorname{tr}J$ and the product $\det J$. For $0<b<1$ the product is positive, so their real parts have the same sign, that of the sum: **the fixed point is stable where $\operatorname{tr}J<0$, unstable where $\operatorname{tr}J>0$.** Where $\operatorname{tr}J=0$ the eigenvalues are $\pm i\omega$ with $\omega=\sqrt{\det J}$: small displacements circle around the fixed point, neither growing nor shrinking. That is a **Hopf point**: a limit cycle is born there, or ends there.

### Exercise: the second derivation is yours

Fill in two blanks. *First*: at which positive $v_H$ is $\operatorname{tr}J=0$? *Second*: at a fixed point the current is the one that puts the line on the cubic,

$$I=\frac{v+a}{b}-v+\frac{v^3}{3}.$$

At $v=\mp v_H$ this is $I_H=\frac ab\mp(\dots)$. What stands in the brackets? (Write both with $b$ and $\delta$.)
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

The roots of the trace, and the currents that belong to them, beside what `hopf_currents` finds by following the eigenvalues over all currents. It knows no formula, and works for any model. Does your exercise give these numbers?
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
At a fixed current you can ask the same question about $\delta$: the fixed point at $I_\mathrm{ext}=0.5$ is stable where $\delta>(1-v^{*2})/b=0.4403$. Did you find it with the slider?

The two currents lie evenly about $a/b=0.875$. The reason is a symmetry: replace $(v,\,w,\,I)$ by $(-v,\;2a/b-w,\;2a/b-I)$ and both equations stay as they are. Whatever happens at $I$ happens upside down at $1.75-I$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("just below the Hopf point")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that its figure shows a sustained oscillation with an unstable fixed point (E26). It gives no parameters and no eigenvalues. **What is right:** with the usual parameters the fixed point is unstable only for $0.3313<I_\mathrm{ext}<1.4187$, and **firing does not need an unstable fixed point**: a stable cycle exists already from $I_\mathrm{ext}=0.3242$ on, beside a fixed point that is stable. **How we know:** the next cell takes $I_\mathrm{ext}=0.328$, prints the eigenvalues, and starts twice.

</div>
"""

# %%
for I_ext in (0.328, 0.5):
    neuron = FitzHughNagumo(I_ext=I_ext)
    values = np.linalg.eigvals(neuron.jacobian(fixed_points(neuron)[0]))
    print(f"eigenvalues at {I_ext}:", ", ".join(f"{x:.5f}" for x in values),
          "(unstable)" if values.real.max() > 0 else "(stable)")
neuron = FitzHughNagumo(I_ext=0.328)
(v, w), = fixed_points(neuron)
near, far = (simulate(neuron, np.arange(0, 500, 0.1), (v + kick, w))
             for kick in (0.1, 0.6))
border = unstable_cycle(neuron)
print(f"period of the cycle at 0.328: {period(neuron):.4f}")

# %% tags=["folded"]
# Figure: one neuron at one current from two starts
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.2), width_ratios=(1.4, 1),
                                  layout="constrained")
for run, color, style, kick in ((far, COLOR["v"], "-", 0.6),
                                (near, COLOR["vermillion"], "--", 0.1)):
    left.plot(run.t, run.v, style, color=color,
              label=f"start {kick} away from the fixed point")
    right.plot(run.v, run.w, "-", color=color, lw=0.9)
path(right, border, "v", "w", color="black", ls=":", lw=2.2)
right.plot(v, w, "o", color="black")
right.annotate("unstable cycle", (-0.9, -0.242), (-0.9, -0.215), ha="center")
right.set(xlim=(-1.5, -0.4), ylim=(-0.39, -0.2),
          xticks=(-1.4, -1.2, -1, -0.8, -0.6, -0.4), yticks=(-0.35, -0.3, -0.25, -0.2))
left.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 4.0))
left.legend(loc="upper right")
show(
    fig,
    "One neuron at one current, 0.328, from two starts: near the fixed point the "
    "oscillation dies away and v comes to rest, from farther away v fires "
    "indefinitely. Right, the plane near the fixed point: a slow spiral inside, the "
    "limit cycle outside, and between them, dotted, an unstable cycle.")

# %% [markdown]
r"""
Between the two kinds of start there must be a border, a **separatrix**: a second cycle, an *unstable* one, dotted. If the current rises to 0.3313, this cycle shrinks onto the fixed point, which then loses its stability. If it falls to 0.3242, the unstable cycle meets the stable one and both vanish, in a *saddle-node bifurcation of cycles*. A Hopf point of this kind is called *subcritical*. (The optional sections *The whole diagram* and *Two kinds of Hopf point* show more.)

Three numbers, then, that are all called "the threshold". The last one you derived; the others are found by bisection, and the first also with the panel of section 2, whose run starts at the old rest.

| current | what begins there |
|---|---|
| 0.1435 | one spike after a step from rest |
| 0.3242 | firing is possible, from some starts |
| 0.3313 | rest is unstable: the neuron fires from every start |
"""

# %% [markdown]
r"""
## 4 · What a phase remembers

### Derive

At $I_\mathrm{ext}=0.5$ the neuron fires with the period $T=39.474$. Its **phase** $\varphi$ is the fraction of the current cycle that has passed. It rises steadily from 0 to 1, and we set $\varphi=0$ at the upward crossing of $v=0$. A **kick** adds $\Delta v$ to $v$ instantaneously and thereby moves the state off the limit cycle. How much of the kick remains? We split the displacement into two parts.

- *Across the cycle* the displacement decays. The area of a small patch of the plane changes at the relative rate $\operatorname{tr}J=1-v^2-b\,\delta$. During one full cycle a displacement *along* the cycle regains its length, so the whole change of area is a change of width. Each period therefore multiplies the distance from the cycle by the **Floquet multiplier** $\exp\oint(1-v^2-b\,\delta)\,dt$.
- *Along the cycle* nothing restores the displacement. A neuron that is a tenth of a period ahead stays a tenth of a period ahead.

Every state except the fixed point therefore ends on the limit cycle with a definite phase, its **asymptotic phase**. The states that share an asymptotic phase form a curve, called an **isochron** (Winfree 1974). Neurons that start anywhere on the same isochron end up firing together.

Now colour each point of the plane according to its asymptotic phase. A kick is a horizontal jump in this picture, and the phase shift is the difference between the two colours at its ends. **This shift is the only trace of the kick that the neuron keeps.**

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("two opposite kicks")

# %% [markdown]
r"""
### Run

First, does the shift last? One kick of $+0.5$ at phase 0.87, read off after 3, 10 and 20 cycles.
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
# Figure: the plane painted by asymptotic phase, and the rhythm after both kicks
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
    "Left, the phase plane painted by asymptotic phase, with the limit cycle and the "
    "kicks +0.5 (1) and −0.5 (2) as jumps between colours; all colours meet at the "
    "fixed point, the ring. Right, v three cycles after the second kick: in one order "
    "the rhythm is early, in the other late.")

# %% [markdown]
r"""
The white lines are isochrons. On the right and along the bottom they lie far apart, so a kick there has little effect. Along the diagonal, from the fixed point upwards, they crowd together, so there a small kick changes the phase a lot. At the fixed point, the ring, all twenty meet: it has no phase.
"""

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that one neuron may remember the inputs that it received, by the phase at which they came (E27). **What is right:** a firing neuron keeps **one real number**, its phase. A kick changes it for good, so far the article is right. But each kick acts through the phase that it *meets*, so shifts do not add and kicks do not commute; many different histories end in the same phase, and none can be read back. Noise makes even the one number drift away (optional section *What noise leaves of a phase*). **How we know:** the next cell gives the same two kicks in both orders. If the neuron kept the sum of its inputs, both lines would say zero.

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
From here the article goes on to sequence recognition and working memory. That is a hypothesis, and a large step: one number cannot show *which* inputs came (erratum E28).

### Investigate

Two kicks, both orders: blue is the order chosen, vermillion (dashed) the other one, grey the neuron that was never kicked. **Drag one of the two orange bars along the lower time axis**, or use the sliders. Watch the jumps on the painted plane: why does the second kick start from another colour when the first has come before it?
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
### Modify: undo a kick

Leave the first kick, $+0.5$ at 0.87 cycles. At what time, between 9.5 and 11.5 cycles, must $-0.5$ come so that (almost) nothing is left of both? Find it with the panel, or by calculation: `phase_response(neuron, kick, phase)` gives the shift, in cycles, that one kick at this phase leaves. An error below 0.01 cycle will do.
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
## What you saw

1. Two equations that describe a radio valve, and were chosen because they resemble a membrane, show rest, single spikes, trains and depolarisation block.
2. The phase plane explains all of it: a cubic, a line, where they cross, and a slow $w$ that makes trajectories horizontal.
3. Trace and determinant show where rest loses its stability: $I_\mathrm{ext}=0.3313$ and 1.4187. Firing begins before that, beside a stable rest.
4. A kick shifts the phase for good, while the distance from the cycle dies by a factor of $10^{-17}$ in a turn.
5. Kicks do not commute, $+0.10$ against $-0.08$ cycle: one firing neuron keeps one number, not a list.
"""

# %% [markdown]
r"""
## Further · The whole diagram

*15 minutes.* One picture for all currents: where the fixed point is, whether it is stable, and how far $v$ swings on the cycles. The cycles need no formula. `limit_cycle` finds a stable one by closing a trajectory, `unstable_cycle` finds the separatrix by running time backwards, which turns repulsion into attraction. The upper half of the currents follows from the symmetry of section 3. Two ends are put in by hand: the unstable cycle begins on the stable one (the last stretch, within $10^{-6}$ of current, is drawn straight) and ends in the Hopf point.
"""

# %%
def swings(find, currents):
    """I, smallest v and largest v (3, N) on the cycles at N currents."""
    runs = [find(FitzHughNagumo(I_ext=float(I)), points=401) for I in currents]
    return np.array([(I, run.v.min(), run.v.max()) for I, run in zip(currents, runs)]).T


firing = swings(limit_cycle, 0.32418 + 0.5508 * np.linspace(0, 1, 18)**4)
low = (0.32418, 0.3242, 0.3243, 0.3246, 0.3250, 0.3256)
high = (0.3265, 0.3275, 0.3285, 0.3295, 0.3303, 0.3309)
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
    "two, upright at 0.3242: between 0.3242 and 0.3313 rest and firing exist side by "
    "side.")

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
### Investigate

Move the current, by the slider or by **dragging the orange line**: on the left through all currents, in the middle finely through the corner. The white square is the start, $v_0$, with $w_0$ that of the fixed point; drag it up and down. The purple dots are the largest and smallest $v$ in the second half of the run. Can you make the neuron fire below 0.3242?
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

*10 minutes.* Without current, how large must a kick from rest be to fire the neuron? No line in the plane has rest on one side and spikes on the other, because all trajectories end at rest and neighbours stay neighbours. The apparent threshold is a place where neighbours are pulled far apart: FitzHugh called it a *quasi-threshold*. If $w$ is made faster, it dissolves.
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
    "at 0.556 like a threshold; for 0.16 and 0.32 it rises smoothly, so that half a "
    "spike is possible.")

# %% [markdown]
r"""
## Further · Two kinds of Hopf point, and a canard

*15 minutes.* At a *subcritical* Hopf point the cycle that meets the fixed point is unstable, and firing begins at full size somewhere else. At a *supercritical* one the cycle is stable and is born with size zero. Which of the two happens is decided by the next orders of the Taylor series.

### Derive

At the Hopf point let $x=v-v_0$ and $y=(w-w_0-b\,\delta\,x)/\omega$. With $1-v_0^2=b\,\delta$ and $\omega^2=\delta-b^2\delta^2$ the equations become a rotation plus the curved part of the cubic, $N(x)=-v_0\,x^2-x^3/3$:

$$\dot x=-\omega\,y+N(x),\qquad \dot y=\omega\,x-\frac{b\,\delta}{\omega}N(x).$$

For equations $\dot x=-\omega y+f(x)$, $\dot y=\omega x+g(x)$ the first Lyapunov coefficient is $\ell=\frac1{16}f'''-\frac1{16\,\omega}f''g''$ at 0 (Guckenheimer and Holmes 1983, eq. 3.4.11, where the other terms vanish). Here $f'''=-2$, $f''=-2v_0$ and $g''=2v_0\,b\,\delta/\omega$, so

$$\ell=-\frac18+\frac{v_0^2\,b\,\delta}{4\,\omega^2}=\frac{2(1-b\,\delta)\,b-(1-b^2\delta)}{8\,(1-b^2\delta)}=\frac{2b-1-b^2\delta}{8\,(1-b^2\delta)} .$$

Positive means subcritical: the curvature pushes outwards, against the decay, and the balance is an unstable cycle.

Between 0 and 1 the kind changes at one $b$: the quadratic equation $b^2\delta-2b+1=0$ has the root $b_c=(1-\sqrt{1-\delta})/\delta$. At $\delta=0.08$ this is $b_c=0.5104$, so the usual $b=0.8$ is subcritical. Now take $b=0.4$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a canard")

# %% [markdown]
r"""
### Run

Eighty-three neurons, each with its own current, run side by side for 4000 units of time.
"""

# %%
gentle = FitzHughNagumo(b=0.4)
currents = np.sort(np.concatenate([
    np.linspace(-0.0432, -0.0375, 20), np.linspace(-0.0374, -0.0369, 51),
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
left.plot(currents, size, ".-", color=COLOR["v"], ms=4)
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
    "Left, the size of the stable cycle against current for b = 0.4: it grows like a "
    "square root from -0.0433 and then jumps from 1.9 to 3.2 within 0.0000001 of "
    "current. Right, three of the cycles: a small one and, on either side of the jump, "
    "two that climb the rising branch of the cubic, which repels; one then turns left, "
    "the other right.")

# %% [markdown]
r"""
A trajectory that follows a *repelling* branch for a while is called a *canard*, French for duck, after its shape. At $\delta=0.02$ the same growth takes less than $2\cdot10^{-8}$ of current, and no slider would show it. With the usual $b=0.8$ there is an explosion as well, but on the unstable cycle in the diagram above.

## Further · Slow and fast

*10 minutes.* As $\delta\to0$ the jumps cost no time, and all time is spent on the outer branches of the cubic. There $w=v-v^3/3+I_\mathrm{ext}$, so $\dot w=(1-v^2)\,\dot v$; and $\dot w$ is also $\delta\,(v+a-b\,w)$. Solve for $dt$:

$$\delta\,dt=\frac{1-v^2}{v+a-b\,(v-v^3/3+I_\mathrm{ext})}\,dv .$$

The left branch is travelled from $v=-2$ to the fold at $-1$, the right one from 2 to 1. (The jump from the fold at $-1$ lands at 2: the cubic has the same height there. Check it.) So

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
The excess shrinks nearly in proportion to $\delta^{2/3}$: from 0.08 to 0.01 by a factor of $3.83$, where $8^{2/3}=4$. That power comes from the time that a trajectory needs to pass a fold.

## Further · The phase response

*20 minutes.* How does the shift depend on the phase of the kick? Two ways to find out:

**Direct.** Kick at many phases, wait, measure.

**By linearisation.** For a tiny kick the shift in time is $Z_v(\varphi)\,\Delta v$. The sensitivity $Z$ is the gradient of the asymptotic time on the cycle. Along any unkicked trajectory near the cycle the time difference to the cycle stays fixed, so $Z\cdot x$ is constant for every small displacement $x$ that obeys $\dot x=J\,x$. Therefore $\dot Z\cdot x+Z\cdot J\,x=0$ for all $x$:

$$\dot Z=-J^\mathsf{T}Z,\qquad Z\cdot F=1,$$

with $F=(\dot v,\dot w)$: a displacement along the flow by $F\,dt$ is an advance by $dt$. In cycles the shift is $Z_v\,\Delta v/T$.
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
    "rhythm between phases 0.22 and 0.80 and advances it elsewhere, most of all, by "
    "0.029 cycle, at 0.87, shortly before the spike. The dashed linear theory lies "
    "between +0.1 and the mirror image of −0.1.")

# %% [markdown]
r"""
**Beside a measurement.** A response of both signs is called *type II*, one of a single sign *type I* (not the types 1 and 0 below). Type II usually goes with a Hopf point at the onset of firing, and type I with firing that begins at 0 Hz; this is a rule with exceptions. In our neuron positive kicks delay during 58 % of the cycle. Wang and colleagues (2013) measured pyramidal cells in slices of hippocampus: depolarising pulses gave **advances only**, and these cells could fire arbitrarily slowly. So for that cell our model is the wrong one, in a way that shows in one curve. The squid axon and the model of notebook 02 are of type II, as this neuron is.

### Exercise: measure a shift

A neuron that nobody kicked has its last spike at time `never`; the kicked one at time `kicked`; the period is `T`. Return the shift in cycles, an advance positive, between $-0.5$ and $0.5$.
"""

# %%
def shift_in_cycles(never, kicked, T):
    return ...


check("measure a shift", shift_in_cycles)

# %% tags=["solution"]
def solved_shift_in_cycles(never, kicked, T):
    cycles = (never - kicked) / T
    return cycles - np.round(cycles)


check("measure a shift", solved_shift_in_cycles)

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a kick of 3")

# %% [markdown]
r"""
### Run

Plot the new phase against the old one, for three kicks given at sixty phases, and count the cycles by which the new phase grows while the old one grows by one: the **winding number**. Next to the count we print the prediction of geometry: **the winding number is 1 as long as the cycle, moved by the kick, still encloses the fixed point**, and 0 beyond. The reason: while the kick grows from zero, the winding number, a whole number, can change only when the moved cycle passes over the one point that has no phase. A moved cycle that does not enclose this point can be shrunk to nothing without meeting it, so its winding number is 0.
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
For a kick of 1 the two disagree. Who is right? The count takes the shorter way over the cliff at 0.66, *up*. The truth goes *down*, through all the phases: each time you halve the distance to the cliff the new phase falls by a few hundredths of a cycle, because the repelling branch of the cubic tears neighbours apart. Most of that fall takes place within $10^{-3}$ of the cliff, where no sample lies. Geometry needs no samples. It gives 0, and the exact border: the moved cycle touches the fixed point when

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
So the $+0.5$ of section 4 was of type 0 already, by a hair.

### Investigate

The left picture shows the *phase transition curve*, new phase against old phase, without wrapping: a curve of type 1 ends one cycle above its start, a curve of type 0 at the same height. Raise the kick from 0.4 through the border and watch the steep part of the curve: below the border it climbs, and beyond it falls. (Dotted is the part that is too steep to be resolved.) Drag the orange dot to choose the phase of the kick.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one kick
def response_view(fig):
    axes = fig.subplot_mosaic([["curve", "trace"]])
    home = OneKick(size=0.4).run()
    move_curve = pictures.transition(axes["curve"], animated=True)
    axes["trace"].plot(home.never.t, home.never.v, color=COLOR["ghost"], lw=3)
    move_trace = traces(axes["trace"], home.run, "v", animated=True)
    axes["trace"].set(ylim=(-3.2, 4.5))

    def update(record, kicked):
        move_curve(kicked)
        move_trace(kicked.run)

    return update


Panel(OneKick(size=0.4), response_view, ("size", -1.2, 3), "phase",
      slow=True)

# %% [markdown]
r"""
## Further · Kicked in every cycle

*20 minutes.* So far the neuron received one kick or two. Now it is kicked again and again, at equal intervals $P$, as by a pacemaker. Does it follow?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("kicked too early")

# %% [markdown]
r"""
### Derive

We derive for which intervals the neuron fires once for each kick. Let a kick arrive at phase $\varphi$, and let $\Delta\varphi(\varphi)$ be the shift that it causes (*The phase response*, above).

1. Before the next kick the state is back on the limit cycle, because each cycle shrinks the distance by $10^{-17}$. One number, the phase, therefore decides everything. The next kick arrives at the phase
$$\varphi_{n+1}=\varphi_n+\Delta\varphi(\varphi_n)+P/T\pmod 1 .$$
2. The neuron fires once for each kick if the phase of arrival repeats itself after one cycle: $\Delta\varphi(\varphi^*)=1-P/T$. The kick must supply the shift that is missing. This is possible for $1-\max\Delta\varphi\le P/T\le1-\min\Delta\varphi$.
3. A small deviation from $\varphi^*$ is multiplied by $1+\Delta\varphi'(\varphi^*)$ at each kick. It dies out where $-2<\Delta\varphi'(\varphi^*)<0$: the rhythm **locks** on the falling parts of the phase response.
4. For weak kicks $\Delta\varphi\approx Z_v\,\Delta v/T$, so the range of locking is proportional to the kick.

### Run
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
# Table: the range of locking for three kicks, and two cycles for three kicks
for size in (0.05, 0.1, 0.2):
    low, high = KickedRhythm(size=size).run().one_to_one()
    print(f"kick {size:.2f}: 1:1 from P/T = {low:.4f} to {high:.4f}; weak theory "
          f"{1 - size * Z.max():.4f} to {1 - size * Z.min():.4f}")
for ratio in (0.655, 0.66, 0.67):
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
    "Left, the mean shift per kick over interval and size of the kicks. At P/T = 1, "
    "1/2, 2/3 and other simple ratios tongues open, red on the side where the kicks "
    "hurry the neuron and blue where they hold it back; dashes, the weak theory of the "
    "widest one. Right, the phase map at the orange dot: it crosses the diagonal near "
    "0.95, and the kicks of the full equations gather there.")

# %% [markdown]
r"""
The coloured wedges are called **Arnold tongues**. Inside a tongue the neuron keeps a simple ratio of cycles to kicks while $P$ changes. The tongue at 1/2 belongs to two kicks in each cycle: with kicks of 0.1 it reaches from $P/T=0.4861$ to 0.5068. Between the tongues the kicks arrive at ever new phases, advance and delay cancel, and the plane stays white.

### Investigate

**Drag the orange dot** through the plane, or use the sliders. The circles on the right come from the full equations, the dashed cobweb from the map. Look for:

1. a kick that is just too weak to lock the rhythm at $P/T=0.95$;
2. two first phases $\varphi_0$ from which kicks of 0.1 at $P/T=1.005$ end at two different phases: here the delays have two lobes, and two locks coexist.
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


Panel(KickedRhythm(), locking_view, "ratio", "size", ("first", 0, 0.95), slow=True)

# %% [markdown]
r"""
### Exercise · choose: two cycles for three kicks

Choose an interval and a size of the kicks for which the neuron fires exactly two cycles for every three kicks. It should be a lock and not a coincidence, so keep $P/T$ at least 0.002 away from 2/3.
"""

# %%
locked = ...  # KickedRhythm(ratio=..., size=...)

check("two cycles for three kicks", locked)

# %% tags=["solution"]
check("two cycles for three kicks", KickedRhythm(ratio=0.66, size=0.3))

# %% [markdown]
r"""
## Further · Rests without a rhythm, rhythms without a rest

*10 minutes.* Three facts about fixed points and cycles, each with a number.

**A cycle encloses fixed points of total index 1.** Along a closed orbit the direction of the field makes one full turn. If no fixed point were inside, the orbit could be shrunk to a point while the direction changes continuously, and it would make no turn. In general each node or spiral inside ($\det J>0$) counts $+1$, each saddle ($\det J<0$) counts $-1$, and the sum is 1. With $a=0$ and $b=1.2$ there are three fixed points inside one cycle.

**No current makes rest unstable if $\delta\ge1/b$** (for $b\le1$), because the trace $1-v^2-b\,\delta$ is largest at $v=0$. So "stable at this current" says nothing about other currents; "stable at $v=0$" speaks for all.

**A Hopf point is no proof of a rhythm.** Replace the cubic by $v^2$. The trace vanishes at $v=b\,\delta/2$, hence there is a Hopf point. But no branch of the nullcline brings a large $v$ back, and a small push grows until $v$ becomes infinite. Models of this form fire only because $v$ is reset by hand.
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


three = FitzHughNagumo(a=0.0, b=1.2, I_ext=0.0)
for point in fixed_points(three):
    determinant = np.linalg.det(three.jacobian(point))
    print(f"fixed point at v = {point[0]:+.4f}: det J = {determinant:+.3f}, "
          f"index {np.sign(determinant):+.0f}")
print(f"one cycle around all three, period {period(three):.3f}")
for delta in (0.08, 1.2, 1.3):
    found = hopf_currents(FitzHughNagumo(delta=delta))
    print(f"δ = {delta}, 1/b = 1.25: Hopf points",
          ", ".join(f"{I:.4f}" for I in found) or "none")
I_H, = hopf_currents(Quadratic())
cell = Quadratic(I_ext=I_H + 0.01)
v, w = fixed_points(cell)[0]
run = simulate(cell, np.arange(0, 305, 0.01), (v + 0.01, w))
print(f"parabola: Hopf point {I_H:.6f}; pushed by 0.01 above it, "
      f"v is {run.v.max():.1f} at t = 305")

# %% [markdown]
r"""
## Further · What noise leaves of a phase

*10 minutes.* No neuron is free of noise. In every short time $h$ add to $v$ a random push, independent of all others, with mean 0 and standard deviation $\sigma\sqrt h$: white noise of strength $\sigma$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("noise")

# %% [markdown]
r"""
### Derive

A tiny push at phase $\varphi$ shifts the phase by $Z_v(\varphi)/T$ times its size (*The phase response*, above), and nothing takes that back. Independent shifts add up by their variances, $\sigma^2h\,Z_v^2/T^2$ each. In one cycle these make

$$\frac{\sigma^2}{T^2}\int_0^T Z_v^2\,dt=\frac{\sigma^2}{T}\,\overline{Z_v^2}\qquad(\text{cycles}^2),$$

where the bar is the mean over the cycle.

### Run

Two hundred copies start together, with $\sigma=0.04$. After 5, 10, 20 and 40 cycles the noise is stopped for a moment and each copy's asymptotic phase is read off.
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
Within about twenty cycles this noise alone shifts the phase by 0.10 cycle, as much as the two kicks did. The weaker the noise the longer the memory, but it always fades. It takes a population, or a rhythm to compare with, to make use of it.

## Further · One bit

*10 minutes.* A single neuron has one kind of memory that small noise does not wash away gradually: **bistability**. At $I_\mathrm{ext}=0.328$ rest and firing are both stable. A kick moves the state across the separatrix, and the neuron stays there. That is one bit. The surprise is that *excitation* switches it off as well as on, if it comes at the right phase.
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
The window of this neuron is narrow: from 0.3242 to 0.3313. The model of Hodgkin and Huxley has the same structure with a broad one, $6.260<I<9.775$ µA/cm² (notebook 02). **In the laboratory:** Guttman, Lewis and Rinzel (1980) did this to squid axons: with the right size and phase, one brief pulse stopped an axon that had been firing steadily. The paper is the one to read; we have no number of theirs to set beside ours.

## Further · Any model

*15 minutes.* Nothing in `fixed_points`, `hopf_currents`, `period` or `phase_response` knows these two equations. They use nothing but the `rhs` of a `Model`. Here is the neuron of notebook 02, with its four states and its units.
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
    "also advances at the start of the cycle.")

# %% [markdown]
r"""
### Make: a model of your own

Write a `Model` that fires, with another fast equation than the cubic. A model needs a name and a unit for each state, a `parameter` for each number, one of which is called `I_ext`, and a `rhs` that returns one derivative per state. The states may be arrays, so use numpy's functions, for example `np.tanh`. Then give `check` an instance of your model. (An idea if you have none: Morris and Lecar, 1981, with calcium and potassium.)
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

1. At $I_\mathrm{ext}=1.6$ the neuron is silent. A colleague says: "too little drive". What do you show her, and what single observation would decide?
2. You kick a firing neuron, with all your strength, at a random moment. Afterwards you know its phase better than before. How can a blind kick create knowledge, and what did the neuron lose?
3. Two neurons end in the same phase. Can their input histories differ? Can you find out by any later experiment on these two neurons alone?
4. A colleague draws a closed orbit around a saddle and nothing else. What do you tell her before you see her equations?
5. *(Two notebooks back.)* A threshold unit of notebook 01 can keep a bit, too, when its output is led back to its input. What plays the part of the wire in the neuron that keeps a bit at $I_\mathrm{ext}=0.328$, and which of the two memories survives a brief cut of all input?

<details><summary>Answers</summary>

1. The phase plane: the line crosses the *right* branch of the cubic, where the fixed point is stable. Lower the current: if firing starts, there was too much drive, not too little.
2. A strong kick is of type 0: it throws every state to nearly the same colour, so the new phase is known. What is lost is the old phase, and with it all that earlier inputs had left.
3. Yes: any two histories that lead to the same phase are from then on the same state. The neuron keeps one number; no later experiment can tell them apart.
4. That it cannot be an orbit of a smooth field in the plane: the indices inside must add up to $+1$, and a saddle counts $-1$.
5. The cycle itself: each turn sets up the next one. The latch loses its bit when the loop is cut. The neuron needs no loop, but it does need the steady current: cut that for long enough and the firing, and the bit, are gone.

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

**50 minutes.** Section 2 with the panel on the projector (20): let the room name a start, drag it there, ask for the spike before it comes. Section 3 without the derivation, with the experiment at 0.328 (10). Section 4: the vote, the painted plane, both orders (20).
**90 minutes.** All of the core path; the cubic and the Hopf point as pair work (15), *undo a kick* as a race (10). One Further section as homework: *The phase response* for a class with calculus, *One bit* for one without.

**Misconceptions.** v in millivolts, time in milliseconds. The Hopf point as "the" threshold: there are three numbers. "Unstable" as "blows up". A stable fixed point as the end of every orbit. Every kick shifts alike, and a larger one shifts more (type 0 resets instead). Nullclines as orbits: ask why the orbit crosses the cubic upright.

**A question to vote on.** "At one and the same current a neuron is silent on Monday and fires on Tuesday. Must something in it have changed?" Vote, run section 3's experiment, vote again.

**Rubric for the Make task** (a model of your own), 2 points each: states and parameters carry units; the vector field is written once, and works for arrays; it has a Hopf point, and the learner says on which side of it rest is stable; period and phase response are shown and compared with this notebook's; one sentence says what the model leaves out.
"""

# %% [markdown]
r"""
[← 02 Neural biophysics](02_neural_biophysics.ipynb) · [04 Cable theory →](04_cable_theory.ipynb)
"""
