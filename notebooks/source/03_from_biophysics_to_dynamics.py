# %% [markdown]
r"""
# 03 · From biophysics to dynamics

**The question.** How much of a neuron's behaviour fits into a picture with two axes, and what can one such neuron remember?

**You will be able to**
- draw the phase plane of a neuron: nullclines, fixed point, cycle, and say what each does to an orbit;
- derive from trace and determinant where rest loses its stability, and check the number;
- tell three thresholds apart that are often taken for one;
- measure how a kick shifts the rhythm, and predict what two kicks do in either order;
- say what a firing neuron remembers of its inputs, and what it does not.

**Time.** Core 90 minutes in all: 60 to read and run, 30 for the exercises. Further sections: 10 to 20 minutes each, in any order.

**You need.** Notebook 02 (the four equations of Hodgkin and Huxley). Mathematics: derivatives, the roots of a polynomial, a 2 × 2 matrix and its eigenvalues.

**The thread.** The article finds the four equations complicated and slow, turns to two, sees the neuron oscillate round an unstable fixed point, and concludes that a single neuron remembers its inputs by its phase. We follow that thread. At two places it breaks, and there it becomes interesting.
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    FitzHughNagumo,
    Panel,
    PhasePlane,
    fixed_points,
    hopf_currents,
    path,
    period,
    phase_portrait,
    show,
    simulate,
)
from course_utils.exercises.from_biophysics_to_dynamics import check, predict

# %% [markdown]
r"""
All that follows is about this model. It has two states: $v$, which is fast and behaves like a voltage, and $w$, which is slow and brings $v$ back. **Every quantity is a pure number.** There are no mV, no ms and no µA here, and none may be written on an axis.
"""

# %%
FitzHughNagumo()

# %% [markdown]
r"""
## 1 · From four equations to two

Why two? The article gives speed as the reason. One neuron of Hodgkin and Huxley indeed costs some seventy times as much computing as one of this notebook (E23). But the better reason is geometry: **a state with two numbers is a point on a sheet of paper.** You can see where every start leads. With four numbers you cannot.

### Derive

*Step 1.* Van der Pol (1926) studied an oscillator whose friction changes its sign: it pumps small swings and brakes large ones,

$$\ddot x + c\,(x^2-1)\,\dot x + x = 0 .$$

*Step 2.* Call $\dot x/c - x + x^3/3 = y$. Solve this for $\dot x$, and differentiate it once more:

$$\dot x = c\left(y + x - \tfrac{x^3}{3}\right),\qquad \ddot x = c\,\dot y + c\,(1-x^2)\,\dot x .$$

Put the second into step 1. The friction cancels and $c\,\dot y = -x$ is left. So van der Pol's one equation of second order is two of first order:

$$\dot x = c\left(y + x - \tfrac{x^3}{3}\right),\qquad \dot y = -\frac{x}{c}.$$

*Step 3.* FitzHugh (1961) added three numbers: a stimulus $z$, and $a$, $b$ that move and tilt the second line. With them the oscillator can also be at rest:

$$\dot x = c\left(y + x - \tfrac{x^3}{3} + z\right),\qquad \dot y = -\frac{x - a + b\,y}{c}.$$

*Step 4.* Turn the picture round and stretch time: $v=-x$, $w=y$, $I_\mathrm{ext}=-z$, and $t = c\,s$, where $s$ is FitzHugh's time. Then $\frac{dv}{dt} = -\dot x/c$ and $\frac{dw}{dt}=\dot y/c$, so

$$\frac{dv}{dt} = v - \frac{v^3}{3} - w + I_\mathrm{ext},\qquad \frac{dw}{dt} = \delta\,(v + a - b\,w),\qquad \delta = \frac1{c^2}.$$

Nagumo, Arimoto and Yoshizawa (1962) built these equations as a circuit. Now look back: **nowhere in the four steps did Hodgkin and Huxley appear.**
"""

# %% [markdown]
r"""
<div class="alert alert-warning">

**The article says** that FitzHugh and Nagumo reduced the four equations of Hodgkin and Huxley to two (E24). **What is right:** FitzHugh extended van der Pol's oscillator, and then showed that it *resembles* a projection of the four onto a plane. Nothing was eliminated, so $v$ is no voltage and $a$, $b$, $\delta$ cannot be looked up in a squid. The true reduction, with millivolts, is in [notebook 02](02_neural_biophysics.ipynb). **How we know:** the next cell runs FitzHugh's own equations, with his $c=3$ and $z=-0.4$, beside ours with $\delta=1/9$ and $I_\mathrm{ext}=0.4$. They are the same system, and no membrane is in it.

</div>
"""

# %%
from course_utils import Model, parameter


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


his, ours = FitzHugh1961(), FitzHughNagumo(delta=1 / 9, I_ext=0.4)
s = np.linspace(0, 60, 12001)
x_run, v_run = simulate(his, s, (1.0, 0.0)), simulate(ours, 3 * s, (-1.0, 0.0))
print(f"largest |v + x| over {s[-1]:.0f} units of his time: {np.abs(v_run.v + x_run.x).max():.0e}")
print("stimuli at which rest changes its stability, his z:", ", ".join(f"{z:.6f}" for z in hopf_currents(his)))
print("                                     ours, I_ext:", ", ".join(f"{I:.6f}" for I in hopf_currents(ours)))

# %% [markdown]
r"""
The usual $\delta=0.08$ is a later habit: it stands for $c=3.54$.

## 2 · The phase plane

### Derive

**Nullclines.** Where $dv/dt=0$ an orbit can only move up or down. Where $dw/dt=0$ it can only move left or right. Set the two right-hand sides to zero:

$$w = v-\frac{v^3}{3}+I_\mathrm{ext}\quad\text{(a cubic)},\qquad w=\frac{v+a}{b}\quad\text{(a line)}.$$

Below the cubic $v$ grows, above it $v$ falls. Right of the line $w$ grows, left of it $w$ falls. The cubic has its folds where its slope $1-v^2$ vanishes: at $v=\pm1$, whatever the parameters.

**Speed.** $v$ changes at a rate of order 1, $w$ at a rate of order $\delta = 0.08$. So the plane is crossed nearly horizontally, and only near the cubic, where $dv/dt$ is small, does $w$ have time to move.

**Fixed point.** Where both nullclines cross, nothing moves. Setting the two $w$ equal gives a cubic equation for $v^*$, and by multiplying with 3 it takes the form $v^3+p\,v+q=0$. You find $p$ and $q$ in a moment. Cardano (1545) then gives the root: if $p\ge0$ there is only one,

$$v^*=\sqrt[3]{-\tfrac q2+s}+\sqrt[3]{-\tfrac q2-s},\qquad s=\sqrt{\tfrac{q^2}{4}+\tfrac{p^3}{27}} .$$

To check it, set $v=\alpha+\beta$ with $\alpha^3+\beta^3=-q$ and $3\alpha\beta=-p$; then $v^3=\alpha^3+\beta^3+3\alpha\beta\,(\alpha+\beta)=-q-p\,v$.
"""

# %% [markdown]
r"""
### Exercise: the cubic

Which $p$ and $q$? Write them as a function of the current and of $a$, $b$.
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

Cardano's root beside the one that the package finds as the root of a polynomial. One trap: the cube root of a negative number is `np.cbrt(x)`. Python's `x ** (1/3)` gives a complex number there, and numpy's gives `nan`.
"""

# %%
def cardano(I_ext, a=0.7, b=0.8):
    p, q = 3 * (1 / b - 1), 3 * (a / b - I_ext)
    s = np.sqrt(q * q / 4 + p ** 3 / 27)
    return np.cbrt(-q / 2 + s) + np.cbrt(-q / 2 - s)


for I_ext in (0.0, 0.5):
    (v, w), = fixed_points(FitzHughNagumo(I_ext=I_ext))
    print(f"I_ext = {I_ext}: fixed point v* = {v:.6f}, w* = {w:.6f}; Cardano {cardano(I_ext):.6f}")

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
from course_utils import spike_times

rest = FitzHughNagumo().rest()
steps = FitzHughNagumo(I_ext=np.array([0.1, 0.2, 0.5]))
run = simulate(steps, np.arange(0, 200, 0.1), rest)

fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.4), width_ratios=(1.25, 1), layout="constrained")
for k, (color, style) in enumerate([("#999999", ":"), (COLOR["stimulus"], "--"), (COLOR["v"], "-")]):
    left.plot(run.t, run.v[:, k], style, color=color, label=f"$I_\\mathrm{{ext}}$ = {steps.I_ext[k]:g}")
    print(f"step to {steps.I_ext[k]}: largest v = {run.v[:, k].max():.3f}, "
          f"upward crossings of v = 0: {len(spike_times(run.t, run.v[:, k], 0.0))}")
left.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 2.6))
left.legend(ncols=3, loc="upper center", columnspacing=1)
phase_portrait(right, PhasePlane(neuron=FitzHughNagumo(I_ext=0.5), v0=rest[0], w0=rest[1]).portrait())
show(fig, "Left, v against time after steps of current to 0.1 (no spike), 0.2 (one spike) and 0.5 (a sustained oscillation). "
          "Right, the phase plane at 0.5: the cubic and the line cross at an unstable fixed point, grey strokes show the first "
          "motion of 400 starts, and all of them end on one limit cycle, where the pink dots are.")

# %% [markdown]
r"""
Read the plane like a map of winds. A grey stroke is the first 1.5 units of time from one of 400 starts. Most strokes are horizontal: that is $\delta=0.08$. Each dot is where one of those starts has come to after 200 units.

A step of 0.2 moves the cubic up at once. The old rest now lies *below* the cubic, so $v$ runs off to the right: a spike. Afterwards the orbit comes down the left branch to the *new* fixed point, which is stable, and stays. **One spike and endless firing need different currents.**

### Investigate

The white square is the start of the blue run: **drag it**. The sliders change the four parameters. Look for:

1. a start from which a small move makes the difference between a spike and none, at $I_\mathrm{ext}=0$;
2. the current at which the neuron falls silent again, far above;
3. at $I_\mathrm{ext}=0.5$, the $\delta$ above which the same fixed point is stable (0.4403 is the number to find).
"""

# %%
from course_utils import traces


def view(fig):
    plane, trace = fig.subplots(1, 2, width_ratios=(1.1, 1))
    found = PhasePlane().portrait()
    draw_plane, draw_trace = phase_portrait(plane, found, animated=True), traces(trace, found.run, "v", animated=True)
    trace.set(ylim=(-2.6, 2.6))

    def update(record):
        found = record.portrait()
        draw_plane(found)
        draw_trace(found.run)
        return found.sentence()
    return update


def grab(record, touch):
    return record.started_at(touch.x, touch.y) if touch.axes is touch.axes.figure.axes[0] else record

# %% tags=["nbval-ignore-output"]
Panel(PhasePlane(), view, "neuron.I_ext", ("neuron.delta", 0.02, 0.6), "neuron.a", "neuron.b", grab=grab)

# %% [markdown]
r"""
The start can be set without a pointer, too: `Panel(PhasePlane(), view, "v0", "w0", "neuron.I_ext")` has sliders for it. What `PhasePlane` computes you can read with `PhasePlane??`.
"""

# %% [markdown]
r"""
## 3 · Where rest loses its stability

### Derive

Close to the fixed point only the derivatives of the right-hand sides matter. They form the Jacobian matrix

$$J=\begin{pmatrix}\partial\dot v/\partial v&\partial\dot v/\partial w\\ \partial\dot w/\partial v&\partial\dot w/\partial w\end{pmatrix}=\begin{pmatrix}1-v^2&-1\\ \delta&-b\,\delta\end{pmatrix}.$$

A small displacement grows or shrinks like $e^{\mu t}$, where $\mu$ is an eigenvalue: $\mu^2-T\mu+D=0$, with

$$T=\operatorname{trace}J=1-v^2-b\,\delta,\qquad D=\det J=\delta\,(1-b+b\,v^2).$$

For $0<b<1$ the determinant is positive. So the two eigenvalues have real parts of the same sign, and this sign is that of $T$: **the fixed point is stable where $T<0$, unstable where $T>0$.** Where $T=0$ the eigenvalues are $\pm i\omega$ with $\omega=\sqrt D$: displacements go round, neither growing nor shrinking. That is a *Hopf point*.

### Exercise: the second derivation is yours

Fill in two blanks. *First*: at which positive $v_H$ is $T=0$? *Second*: at a fixed point the current is the one that puts the line on the cubic,

$$I=\frac{v+a}{b}-v+\frac{v^3}{3}.$$

At $v=\mp v_H$ this is $I_H=\frac ab\mp(\dots)$. What stands in the brackets?
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
    return v, (1 / b - 1) * v + v ** 3 / 3


check("Hopf point", solved_hopf_point)

# %% [markdown]
r"""
### Run

The closed form beside what `hopf_currents` finds by following the eigenvalues over all currents. It knows nothing of the formula, and works for any model.
"""

# %%
neuron = FitzHughNagumo()
a, b, delta = neuron.a, neuron.b, neuron.delta
v_H = (1 - b * delta) ** 0.5
half_width = (1 / b - 1) * v_H + v_H ** 3 / 3
omega = (delta * (1 - b * b * delta)) ** 0.5
print(f"closed form: I_H = {a / b - half_width:.6f} and {a / b + half_width:.6f}, at v = ∓{v_H:.6f}")
print("eigenvalues: I_H =", " and ".join(f"{I:.6f}" for I in hopf_currents(neuron)))
print(f"there ω = {omega:.6f}, a period of {2 * np.pi / omega:.4f}")

# %% [markdown]
r"""
The two currents lie evenly about $a/b=0.875$. The reason is a symmetry: replace $(v,\,w,\,I)$ by $(-v,\;2a/b-w,\;2a/b-I)$ and both equations stay as they are. Whatever happens at $I$ happens upside down at $1.75-I$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("just below the Hopf point")

# %% [markdown]
r"""
<div class="alert alert-warning">

**The article says** that its figure shows a sustained oscillation with an unstable fixed point (E26). It gives no parameters and no eigenvalues. **What is right:** with the usual parameters the fixed point is unstable only for $0.3313<I_\mathrm{ext}<1.4187$, and **firing does not need an unstable fixed point**: a stable cycle exists already from $I_\mathrm{ext}=0.3242$ on, beside a fixed point that is stable. **How we know:** the next cell takes $I_\mathrm{ext}=0.328$, prints the eigenvalues, and starts twice.

</div>
"""

# %%
neuron = FitzHughNagumo(I_ext=0.328)
rest, = fixed_points(neuron)
print("eigenvalues at 0.328:", ", ".join(f"{x:.5f}" for x in np.linalg.eigvals(neuron.jacobian(rest))), "(stable)")
print("eigenvalues at 0.5:  ", ", ".join(f"{x:.5f}" for x in np.linalg.eigvals(
    FitzHughNagumo().jacobian(fixed_points(FitzHughNagumo())[0]))), "(unstable)")
print(f"period of the cycle at 0.328: {period(neuron):.4f}")

near, far = (simulate(neuron, np.arange(0, 500, 0.1), (rest[0] + kick, rest[1])) for kick in (0.05, 0.6))
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.0), width_ratios=(1.6, 1), layout="constrained")
for run, color, style, label in ((far, COLOR["v"], "-", "start 0.60 away"), (near, COLOR["vermillion"], "--", "start 0.05 away")):
    left.plot(run.t, run.v, style, color=color, label=label)
    path(right, run, "v", "w", color=color, ls=style, lw=1.2)
left.set(xlabel="time", ylabel="$v$", ylim=(-2.3, 3.2))
left.legend(ncols=2, loc="upper right")
right.plot(*rest, "o", color="black")
show(fig, "One neuron at one current, 0.328, from two starts: near the fixed point the wiggle dies and v is silent, from farther "
          "away v fires for ever. Right, both in the phase plane: a stable fixed point inside a stable limit cycle.")

# %% [markdown]
r"""
Between the two kinds of start there must be a border. It is a second cycle, an *unstable* one, that lies round the fixed point. At $I_\mathrm{ext}=0.3313$ it shrinks onto the fixed point and takes its stability away; at 0.3242 it meets the stable cycle and both vanish. A Hopf point of this kind is called *subcritical*. (Further: the whole diagram, and the other kind.)

Three numbers, then, that are all called "the threshold":

| current | what begins there |
|---|---|
| 0.1435 | one spike after a step from rest |
| 0.3242 | firing is possible, from some starts |
| 0.3313 | rest is impossible |
"""

# %% [markdown]
r"""
## 4 · What a phase remembers

### Derive

Let the neuron fire, at $I_\mathrm{ext}=0.5$, with period $T=39.474$. Its *phase* $\varphi$ runs from 0 to 1 in each cycle; let $\varphi=0$ be the upward crossing of $v=0$.

Now kick it: add $\Delta v$ to $v$ in an instant. The state leaves the cycle. Two things can happen to what the kick did:

- **Across the cycle** the displacement is forgotten. In one turn a small distance from the cycle shrinks by the factor $\exp\oint(1-v^2-b\,\delta)\,dt$, the integral of the trace along the cycle. It is called the *Floquet multiplier*.
- **Along the cycle** nothing pulls back. A neuron that is ahead stays ahead, for good. All starts from which the neuron ends in step share an *asymptotic phase*, and form a curve, an *isochron* (Winfree 1974).

So paint each point of the plane by its asymptotic phase. A kick is then a horizontal jump from one colour to another, and **the change of colour is what the neuron keeps.**

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
from course_utils import TwoKicks, floquet_multiplier, isochron_map, isochrons, jumps, kicked_run, limit_cycle

neuron = FitzHughNagumo()
for turns in (3, 10, 20):
    print(f"kick +0.5 at 0.87, shift after {turns:2d} cycles: {kicked_run(neuron, [(0.87, 0.5)], turns)[1]:+.4f} cycle")
print(f"Floquet multiplier: {floquet_multiplier(neuron):.2g} per cycle, period {period(neuron):.4f}")

kicks = (0.87, 0.5), (10.35, -0.5)
two = TwoKicks().result()
fig, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.4), width_ratios=(1.15, 1), layout="constrained")
isochrons(left, isochron_map(neuron))
path(left, limit_cycle(neuron, 0.0), "v", "w", color="black", lw=1.4)
jumps(left, two.jumps())(two.jumps())
cycles = two.run.t / two.period
right.plot(cycles, two.never.v, color=COLOR["ghost"], lw=3, label="never kicked")
right.plot(cycles, two.run.v, color=COLOR["v"], label="+0.5, then −0.5")
right.plot(cycles, two.other.v, "--", color=COLOR["vermillion"], label="−0.5, then +0.5")
right.set(xlim=(12.6, 13.6), ylim=(-2.3, 3.6), xlabel="time (cycles)", ylabel="$v$")
right.legend(loc="upper center")
show(fig, "Left, the phase plane painted by asymptotic phase, with the limit cycle and two kicks as horizontal jumps between "
          "colours. Right, v three cycles after the second kick: in one order the rhythm is early, in the other it is late.")

# %% [markdown]
r"""
The pattern is the neuron's memory laid open. On the right and along the bottom the colours change slowly: a kick there does little. Along the diagonal, from the fixed point upwards, all colours crowd together: there a kick decides. At the fixed point itself all twenty meet; it has no phase.
"""

# %% [markdown]
r"""
<div class="alert alert-warning">

**The article says** that one neuron may remember the inputs that it received, by the phase at which they came (E27). **What is right:** a firing neuron keeps **one real number**, its phase. A kick changes it for good, so far the article is right. But each kick acts through the phase that it *meets*, so shifts do not add and kicks do not commute; many different histories end in the same phase, and none can be read back. Noise makes even the one number drift away (Further). **How we know:** the next cell gives the same two kicks in both orders. If the neuron kept the sum of its inputs, both lines would say zero.

</div>
"""

# %%
neuron = FitzHughNagumo()
one_order, _ = kicked_run(neuron, [(0.87, +0.5), (10.35, -0.5)], 20)
for first in (+0.5, -0.5):
    alone = [kicked_run(neuron, [kick], 20)[1] for kick in ((0.87, first), (10.35, -first))]
    both = kicked_run(neuron, [(0.87, first), (10.35, -first)], 20)[1]
    print(f"{first:+.1f} at 0.87, then {-first:+.1f} at 10.35: shift {both:+.4f} cycle; "
          f"each alone {alone[0]:+.4f} and {alone[1]:+.4f}, which add up to {sum(alone):+.4f}")

# %% [markdown]
r"""
From here the article goes on to sequence recognition and working memory. That is a hypothesis, and a large step: nothing in one number tells *which* inputs came (E28).

### Investigate

Two kicks, both orders. **Drag a kick along the lower time axis**, or take the sliders. Watch the jumps on the painted plane: why does the second kick start from another colour when the first has come before it?
"""

# %%
def kick_view(fig):
    plane, late, when = fig.subplot_mosaic([["plane", "late"], ["plane", "when"]], width_ratios=(1.1, 1)).values()
    found = TwoKicks().result()
    isochrons(plane, isochron_map(FitzHughNagumo()))
    path(plane, limit_cycle(FitzHughNagumo(), 0.0), "v", "w", color="black", lw=1.4)
    draw_jumps = jumps(plane, found.jumps(), animated=True)
    late.plot(found.run.t / found.period, found.never.v, color=COLOR["ghost"], lw=3)
    lines = [late.plot([], [], style, color=COLOR[color], animated=True)[0] for style, color in (("-", "v"), ("--", "vermillion"))]
    marks = when.vlines([0, 0], 0, [1, 1], color=COLOR["stimulus"], lw=4, animated=True)
    late.set(xlim=(12.6, 13.6), ylim=(-2.3, 2.3), ylabel="$v$, much later")
    when.set(xlim=(-0.3, 14), ylim=(-1.2, 1.2), xlabel="time (cycles)", ylabel="kicks $\\Delta v$")

    def update(record):
        found = record.result()
        draw_jumps(found.jumps())
        for line, run in zip(lines, (found.run, found.other)):
            line.set_data(run.t / found.period, run.v)
        marks.set_segments([[(t, 0), (t, size)] for t, size in found.kicks])
        return found.sentence()
    return update


def move_kick(record, touch):
    return record.moved_to(touch.x) if touch.axes is touch.axes.figure.axes[-1] else record

# %% tags=["nbval-ignore-output"]
Panel(TwoKicks(), kick_view, "size", "first", "second", "order", grab=move_kick)

# %% [markdown]
r"""
Blue is the order chosen, vermillion the other one, grey the neuron that was never kicked.

### Modify: undo a kick

Leave the first kick, $+0.5$ at 0.87 cycles. At what time, between 9.5 and 11.5 cycles, must $-0.5$ come so that (almost) nothing is left of both? Find it with the panel, or with `phase_response`. An error below 0.01 cycle will do.
"""

# %%
time_of_second_kick = ...

check("undo a kick", time_of_second_kick)

# %% tags=["solution"]
from course_utils import phase_response

first_shift = phase_response(FitzHughNagumo(), 0.5, 0.87)
tried = np.linspace(9.5, 10.5, 501)
left = first_shift + phase_response(FitzHughNagumo(), -0.5, np.mod(tried + first_shift, 1))
solved_time = float(tried[np.argmin(np.abs(left))])
check("undo a kick", solved_time)

# %% [markdown]
r"""
## What you saw

1. Two equations that came from a radio oscillator, not from a membrane, show rest, single spikes, trains and silence at high current.
2. The phase plane explains all of it: a cubic, a line, where they cross, and a slow $w$ that makes orbits horizontal.
3. Trace and determinant tell where rest loses its stability: $I_\mathrm{ext}=0.3313$ and 1.4187. Firing begins before that, beside a stable rest.
4. A kick shifts the phase for good, while the distance from the cycle dies by a factor of $10^{-17}$ in a turn.
5. Kicks do not commute, $+0.10$ against $-0.08$ cycle: one firing neuron keeps one number, not a list.
"""
