# %% [markdown]
r"""
# 01 · Engineering the neuron

**The question.** If a neuron is replaced by a unit that adds its inputs and answers yes or no, what can it compute, what can it learn, and what is lost?

**You will be able to**
- compute what a threshold unit answers, and draw the line at which its answer changes;
- tell the unit of 1943 from the weighted unit that carries its name, by what each can compute;
- prove what no single unit computes, and wire two that do;
- train a perceptron, prove how many mistakes it can make, and say when it never stops;
- name what a bit leaves out of a spike.

**Time.** Core: 60 minutes. Further: 45 minutes.

**You need.** [Notebook 00](00_introduction.ipynb); adding, multiplying, Pythagoras. No calculus.

**The thread.** The article begins its story of neuron models with an engineer's question. Is the brain like the CPU of a computer, and a neuron like one of its transistors? It describes the first attempt to build on that idea, a threshold unit, and then drops it as too poor. Here you take the unit seriously first. Only then can you say what it lacks, and why [notebook 02](02_neural_biophysics.ipynb) goes back to the membrane.
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    HodgkinHuxley,
    Panel,
    ThresholdUnit,
    label_panels,
    learn_perceptron,
    show,
    simulate,
    spike_times,
    with_buttons,
)
from course_utils.models.mcculloch_pitts import (
    McCullochPittsUnit,
    cascade,
    corners,
    function_number,
    functions_of_threshold_units,
    truth_table,
)
from course_utils.notebook_00.pictures import neuron
from course_utils.notebook_01 import pictures
from course_utils.notebook_01.counting import (
    GATES,
    best_margin,
    gate_number,
    mcculloch_pitts_functions,
    perceptron_bound,
)
from course_utils.notebook_01.exercises import check, predict
from course_utils.notebook_01.experiments import PerceptronLesson, TwoInputUnit

# %%
TwoInputUnit()

# %% [markdown]
r"""
Until section 6 every quantity is a plain number without a unit. Inputs and outputs are bits, 0 or 1.
"""

# %% [markdown]
r"""
## 1 · From a neuron to a unit

A neuron has a place where it collects, a place where it decides, and a wire that carries the decision away. Each gets a symbol.
"""

# %%
fig, ax = plt.subplots(figsize=(8, 3.3))
neuron(ax, ("bits $x_1, x_2, \\dots$", r"is $w\cdot x\geq\theta$ ?", "one bit, $y$",
            "a weight of the next cell"))
show(
    fig,
    "A neuron: dendrites collect the bits x from other cells, the soma compares their "
    "weighted sum "
    "with a threshold, and the axon carries the answer y to the synapses onto the next "
    "cell."
)

# %% [markdown]
r"""
### Derive: three steps from cell to equation

1. **A spike becomes a bit.** A spike is all or none: in a short window of time it is there or it isn't. Write $x_i=1$ if input neuron $i$ fired, $x_i=0$ if not.
2. **A synapse becomes a weight.** Input $i$ counts with the strength $w_i$, positive if it excites, negative if it inhibits. All inputs together amount to the *weighted sum*
$$w\cdot x = w_1x_1+w_2x_2+\dots+w_nx_n .$$
3. **The decision becomes a comparison.** The unit fires if the sum reaches the threshold $\theta$:
$$y=\begin{cases}1 & w\cdot x\ge\theta\\ 0 & w\cdot x<\theta\end{cases}$$

A word on names. The article calls $x$ an input current (E7). But $x$ says *whether* an input fired. What resembles a current is the sum $w\cdot x$; section 6 shows it by experiment. And a real neuron has no threshold *voltage* that is fixed once and for all (E11): in [notebook 02](02_neural_biophysics.ipynb) the same membrane fires at one voltage and stays quiet at a higher one, depending on what came before.

### Run

The smallest unit that does something: two weights of 1, threshold 1.5.
"""

# %%
unit = ThresholdUnit(w=[1, 1], theta=1.5)
for x in corners(2):  # 01 means x1 = 0, x2 = 1
    print(
        f"x = {x[0]}{x[1]}   sum {x @ unit.w:g}   {'≥' if unit(x) else '<'} 1.5   y = "
        f"{unit(x)}"
    )

table = unit(corners(2))
number = function_number(table)
print(
    f"Read downwards the answers are {''.join(map(str, table))}, a binary number: "
    f"function {number}, {GATES[number]}."
)

# %% [markdown]
r"""
A function of two bits is a list of four answers, for the inputs $x_1x_2$ = 00, 01, 10, 11. Read as a binary number, the list gives the function its *number*, from 0 (never) to 15 (always). So there are $2^4=16$ functions of two bits.
"""

# %% [markdown]
r"""
## 2 · A threshold is a line

Put the four inputs at the corners of a square. Where does the answer of a unit change?

### Derive

1. The answer changes where $w\cdot x=\theta$. For two inputs, $w_1x_1+w_2x_2=\theta$ is the equation of a straight line.
2. *The line is perpendicular to $w$.* Take two points $p$ and $q$ on it. Then $w\cdot p=\theta$ and $w\cdot q=\theta$, so $w\cdot(p-q)=0$. Two vectors whose product is 0 stand at a right angle.
3. *Its distance from the origin.* The point $p_0=\theta\,w/\lVert w\rVert^2$ lies on the line, since $w\cdot p_0=\theta\,(w\cdot w)/\lVert w\rVert^2=\theta$. It is a multiple of $w$, so the way to it from the origin meets the line at a right angle: no point of the line is nearer. Its length is
$$\lVert p_0\rVert=\frac{|\theta|}{\lVert w\rVert},\qquad \lVert w\rVert=\sqrt{w_1^2+w_2^2}.$$
4. *Which side fires.* A step along $w$ makes the sum larger. So the unit fires on the side to which $w$ points.

(With $w=0$ there is no line: the unit always answers the same.) Two things follow. Doubling $w$ and $\theta$ together changes nothing. And a unit divides the plane into two halves, never into anything else.

### Run
"""

# %%
units = {
    "AND": ThresholdUnit([1, 1], 1.5), "OR": ThresholdUnit([1, 1], 0.5),
    "x1 and not x2": ThresholdUnit([1, -1], 0.5)
}

fig, axes = plt.subplots(1, 3, figsize=(8.6, 3.3))
for ax, (name, unit) in zip(axes, units.items()):
    length = np.linalg.norm(unit.w)
    foot, tip = (along * unit.w / length
                 for along in (unit.theta / length, unit.theta / length + 0.45))
    pictures.unit_square(ax, room=0.7)
    pictures.half_plane(ax)(unit.w, -unit.theta)
    pictures.examples(ax)(corners(2), unit(corners(2)))
    ax.annotate("", tip, foot,
                arrowprops={"arrowstyle": "-|>", "color": COLOR["purple"], "lw": 2})
    ax.plot(*np.transpose([(0, 0), foot]), "--", color=COLOR["theory"], lw=1.2)
    ax.set_title(
        f"{name}\n$w$ = (${unit.w[0]:g}$, ${unit.w[1]:g}$),  $\\theta$ = {unit.theta:g}"
    )
    at = np.linspace(-5, 5, 10001)  # points of the line, to look for the nearest one
    nearest = np.hypot(at, (unit.theta - unit.w[0] * at) / unit.w[1]).min()
    print(
        f"{name:14s} nearest point of the line at {nearest:.4f}, theory "
        f"{abs(unit.theta) / length:.4f}"
    )
show(
    fig,
    "Three units as half-planes. Full corners fire, empty ones don't. The arrow is the "
    "direction "
    "of w, at a right angle to the line; the dashed segment is the distance |θ|/|w| "
    "from the "
    "origin.")

# %% [markdown]
r"""
### Investigate

Now the same unit under your hand, seen in three ways.

- **Left**: the square. The unit fires in the green half. Drag there to pull the line through the pointer.
- **Middle**: the truth table, each row with its sum beside $\theta$ and its answer $y$. Drag to move $\theta$. The answer changes exactly when $\theta$ crosses one of the four numbers $0,\ w_2,\ w_1,\ w_1+w_2$.
- **Right**: the plane of *weights*. Its dot is your unit; drag it. Three lines cut the plane where a sum passes $\theta$. In the blue piece every unit computes the same function.

Find OR, then "x1 or not x2". Then look for function 6, with the answers 0110: its name is XOR.
"""

# %% tags=["nbval-ignore-output"]
def view(fig):
    square, sums, weights = fig.subplots(1, 3)
    pictures.unit_square(square), sums.set_box_aspect(1)
    plane, dots = pictures.half_plane(square, animated=True), pictures.examples(
        square, animated=True)
    lines, pieces = pictures.weighted_sums(sums, animated=True), pictures.weight_plane(
        weights, animated=True)
    name = square.text(0.5, 1.55, "", ha="center", va="bottom", fontsize=13,
                       color=COLOR["green"], animated=True)
    grid = np.linspace(-2, 2, 81)

    def update(record):
        w, theta, fires = record.unit.w, record.theta, record.unit(corners(2))
        gate = gate_number(*w, theta)
        plane(w, -theta), dots(corners(2), fires)
        lines(corners(2) @ w, theta, fires)
        pieces(*w, theta, gate_number(grid, grid[:, None], theta) == gate)
        name.set_text(GATES[gate])
        length = np.linalg.norm(w)
        line = f"the line lies {abs(theta) / length:.2f} from the origin" if length else "there is no line"
        return (
            f"Answers {''.join(map(str, fires))}: this is {GATES[gate]}, function "
            f"{gate}. Sums 0, "
            f"{w[1]:.2f}, {w[0]:.2f}, {w.sum():.2f} against θ = {theta:.2f}; {line}.")

    return update


def grab(record, touch):
    square, sums, weights = touch.axes.figure.axes
    if touch.axes is weights:
        return record.but(w1=touch.x, w2=touch.y)
    theta = touch.x if touch.axes is sums else record.unit.w @ [touch.x, touch.y]
    return record.but(theta=np.clip(theta, -2, 3))


Panel(TwoInputUnit(), view, "w1", "w2", "theta", grab=grab)

# %% [markdown]
r"""
### Modify: a unit for NAND

NAND answers 1 unless *both* inputs are 1: its answers are 1110. Find weights and a threshold. Use the panel, or think: on which side of the line for AND must it fire?
"""

# %%
w1, w2, theta = ..., ..., ...

check("NAND", (w1, w2, theta))

# %% tags=["solution"]
check("NAND", (-1, -1, -1.5))

# %% [markdown]
r"""
## 3 · What one unit can compute

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("how many of sixteen")

# %% [markdown]
r"""
### Run

The computer tries: all weights in $\{-1,0,1\}$ and all thresholds halfway between whole numbers. For two inputs this reaches every function that any real weights reach. (The tests of this course prove it with a linear program.) The colours also tell what the original unit of 1943 can do; the box below the figure says what that is.
"""

# %%
real, old = functions_of_threshold_units(2), mcculloch_pitts_functions(2, lowest=0)
LOOKS = {
    "unit of 1943": (COLOR["green"], "-"), "real weights only": (COLOR["v"], "--"),
    "no single unit": (COLOR["vermillion"], ":")
}

fig, axes = plt.subplots(2, 8, figsize=(8.6, 2.9))
for number, ax in enumerate(axes.flat):
    who = "unit of 1943" if number in old else "real weights only" if number in real else "no single unit"
    line = best_margin(corners(2), truth_table(number))[1] if number in real else None
    pictures.gate_square(ax, truth_table(number), GATES[number], line, *LOOKS[who])
handles = [
    plt.Line2D([], [], color=color, ls=frame, label=who)
    for who, (color, frame) in LOOKS.items()
]
fig.legend(handles=handles, loc="outside lower center", ncols=3)
show(
    fig,
    "All 16 functions of two bits as squares, full corners 1. Green, solid frame: the "
    "11 that a "
    "unit of 1943 computes. Blue, dashed: 3 more with real weights. Red, dotted: XOR "
    "and XNOR, "
    "which no single unit computes.")

missing = [GATES[k] for k in range(16) if k not in real]
print(
    f"with real weights: {len(real)} of 16, theory 14;  missing: {', '.join(missing)}")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that the equation of section 1 is the model of McCulloch and Pitts, 1943 (E5). **What is right:** their unit is poorer. All its excitatory synapses have the same strength, its threshold is a whole number, and *one* active inhibitory input silences it, whatever else arrives (absolute inhibition). It answers one time step later. Real weights of either sign came later. **How we know:** the next cell counts what each computes: 11 functions against 14.

</div>

In symbols: $y(t+1)=1$ if no inhibitory input is active at time $t$ **and** at least $\theta$ excitatory synapses are.
"""

# %%
missing = [GATES[k] for k in range(16) if k not in old]
print(f"unit of 1943: {len(old)} of 16, theory 11;  missing: {', '.join(missing)}")
print(
    "with up to three synapses per input: "
    f"{len(mcculloch_pitts_functions(2, synapses=3, lowest=0))};  "
    "without threshold 0, at which a unit fires by itself: "
    f"{len(mcculloch_pitts_functions(2, lowest=1))}"
)

printed = ThresholdUnit([2, -1], 1)
unit_1943 = McCullochPittsUnit(synapses=[2, 0], theta=1, inhibitory=[0, 1])
for x in corners(2):
    print(
        f"x = {x[0]}{x[1]}   weights 2 and -1: {printed(x)}   two synapses and a veto: "
        f"{unit_1943(x)}"
    )

# %% [markdown]
r"""
At 11 they differ. A weight of −1 can be outvoted. A veto can't.

### Derive: why XOR is impossible

XOR answers 1 if *exactly one* input is 1. Suppose a unit with weights $w_1,w_2$ and threshold $\theta$ did that. Each of the four inputs then states an inequality:

| input | sum | must | so |
|---|---|---|---|
| 00 | $0$ | stay silent | $0<\theta$ |
| 10 | $w_1$ | fire | $w_1\ge\theta$ |
| 01 | $w_2$ | fire | $w_2\ge\theta$ |
| 11 | $w_1+w_2$ | stay silent | $w_1+w_2<\theta$ |

1. Add the second and the third: $w_1+w_2\ge2\theta$.
2. By the first, $\theta$ is positive, so $2\theta>\theta$.
3. Together: $w_1+w_2>\theta$. The fourth says the opposite. No such unit exists. ∎

Its opposite, XNOR (answers 1001), falls likewise: $0\ge\theta$, $w_1<\theta$ and $w_2<\theta$ give $w_1+w_2<2\theta\le\theta$, but 11 must fire.

Seen in the plane of weights, the proof is a missing piece. For $\theta>0$ three lines cut it into seven pieces, for $\theta<0$ into seven others. ($\theta=0$ adds none.) $7+7=14$, and none of them is XOR.
"""

# %%
grid = np.linspace(-2, 2, 161)
fig, axes = plt.subplots(1, 2, figsize=(8.4, 3.9))
for ax, theta in zip(axes, (0.8, -0.8)):
    gates = gate_number(grid, grid[:, None], theta)
    ax.imshow(np.bitwise_count(gates), "Greens", vmin=0, vmax=7, extent=(-2, 2, -2, 2),
              origin="lower")
    pictures.weight_plane(ax)(np.nan, np.nan, theta, np.zeros((2, 2)))
    ax.text(theta, 2.05, "$w_1=\\theta$", ha="center", va="bottom")
    ax.text(2.05, theta, "$w_2=\\theta$", va="center")
    ax.text(theta / 2 - 0.9, theta / 2 + 1.1, "$w_1+w_2=\\theta$", rotation=-45,
            ha="center", va="center", fontsize=8)
    for gate in np.unique(gates):
        row, column = np.argwhere(gates == gate).mean(axis=0).astype(int)
        name = GATES[gate].replace(" and", "\nand").replace(" or", "\nor")
        ax.text(grid[column], grid[row], name, ha="center", va="center", fontsize=8)
    ax.set_title(f"$\\theta$ = ${theta:g}$: {len(np.unique(gates))} functions", pad=18)
show(
    fig,
    "The plane of the weights w1 and w2, cut by the lines w1 = θ, w2 = θ and w1 + w2 = "
    "θ. A "
    "positive threshold gives seven pieces, a negative one seven others; each is a "
    "function, the "
    "darker the more inputs fire. XOR and XNOR have none.")

# %% [markdown]
r"""
## 4 · Two units do what one can't

XOR fails because of the input 11: each input alone must be enough, both together must not be. So let a second unit watch for 11, and let it take away what is too much:

$$h=[\,x_1+x_2\ge2\,],\qquad y=[\,x_1+x_2-2h\ge1\,].$$

(The bracket is 1 where the statement in it is true, else 0.)
"""

# %%
h, y = ThresholdUnit([1, 1], 2), ThresholdUnit([1, 1, -2], 1)
answers = cascade(corners(2), h, y)

fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 2.7), width_ratios=(1.3, 1))
pictures.wiring(
    left, {
        "x1": (0, 1, "$x_1$"), "x2": (0, 0, "$x_2$"), "h": (1, 0.5, "$h$\n≥2"),
        "y": (2.2, 0.5, "$y$\n≥1")
    }, [("x1", "h", 1), ("x2", "h", 1), ("x1", "y", 1), ("x2", "y", 1), ("h", "y", -2)])
left.set(xlim=(-0.3, 2.6), ylim=(-0.35, 1.35))
sums = corners(2).sum(axis=1)
right.plot(sums, sums - 2 * answers[:, 0], "o-", color=COLOR["v"], label="$x_1+x_2-2h$")
right.plot(sums, sums, "o--", color=COLOR["ghost"], label="$x_1+x_2$")
right.axhline(1, color=COLOR["green"])
right.text(2.08, 1.06, r"$\theta$ = 1", color=COLOR["green"], ha="right")
right.set(xlabel="how many inputs are 1", ylabel="sum at $y$", xticks=(0, 1, 2),
          yticks=(0, 1, 2))
right.legend()
show(
    fig,
    "Left: XOR from two units; h fires for 11 alone and subtracts 2 from the sum at y. "
    "Right: "
    "with h the sum at y rises and falls again, so that only a single active input "
    "reaches the "
    "threshold.")

for x, (carry, digit) in zip(corners(2), answers):
    print(f"x = {x[0]}{x[1]}   h = {carry}   y = {digit}")
print(
    f"y is {GATES[function_number(answers[:, 1])]}, h is "
    f"{GATES[function_number(answers[:, 0])]};  "
    f"2h + y = {(answers @ [2, 1]).tolist()},  x1 + x2 = {sums.tolist()}")

# %% [markdown]
r"""
The last line says that the net *adds*. $h$ is the carry and $y$ the last digit of $x_1+x_2$ in binary. Engineers call this a half adder. From such pieces one builds everything a computer does; that was the point of 1943. What the unit of 1943 lacks alone, it makes in a net. (A full adder, and a loop that remembers, wait under Further.)

Now compare with the engineer's question at the top. A net of units *can* be a computer. That does not make a neuron a transistor (E1): a transistor switches within nanoseconds at the tick of a clock and keeps nothing. A neuron takes milliseconds, is analogue below its threshold, and what it does depends on what it did. You will measure each of these in notebooks 02, 03 and 06.
"""

# %% [markdown]
r"""
## 5 · Learning

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a hundred repetitions")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that the equation learns to part its inputs into two classes (E6). **What is right:** the equation says how the unit *answers*. Nothing in it changes a weight, and McCulloch and Pitts list among their assumptions that the net keeps its structure. Learning is a second equation, published by Rosenblatt fifteen years later. **How we know:** the next cell shows a unit its task a hundred times, without that equation and with it.

</div>
"""

# %%
unit, target = ThresholdUnit([0, 0], 0), truth_table(GATES.index("AND"))
for _ in range(100):
    unit(corners(2))  # all the equation can do: answer
gate = GATES[function_number(unit(corners(2)))]
print(
    f"shown 100 times: w = {unit.w.tolist()}, theta = {unit.theta:g}, it computes "
    f"{gate}"
)

learned = learn_perceptron(corners(2), target)
gate = GATES[function_number(ThresholdUnit(learned.w, -learned.b)(corners(2)))]
print(
    f"with the rule:   w = {learned.w.tolist()}, theta = {-learned.b:g}, it computes "
    f"{gate}"
)
print(
    f"                 after {learned.mistakes} mistakes in {learned.epochs} passes "
    "through the four inputs"
)

# %% [markdown]
r"""
### Derive: Rosenblatt's rule

**The bias.** First move $\theta$ to the other side: $w\cdot x\ge\theta$ is the same as $w\cdot x+b\ge0$ with $b=-\theta$. Mind the sign: a *high* threshold is a *negative* bias. Now append a constant 1 to each input, $\tilde x=(x_1,x_2,1)$, and the bias to the weights, $v=(w_1,w_2,b)$. Then the unit fires where
$$v\cdot\tilde x\ge0,$$
and the threshold is one more weight, to be learned like the others.

**The rule.** Show an example $\tilde x$ with its label, the *target* $t$ (0 or 1). Let $y$ be the unit's answer. Then
$$v\leftarrow v+(t-y)\,\tilde x .$$
Start at $v=0$. Show all examples in turn, here 00, 01, 10, 11; that is a *pass*. Repeat until a pass is without mistakes.

Three cases: $y=t$, nothing changes; $t=1$ but $y=0$, the example is added; $t=0$ but $y=1$, it is subtracted. Adding $\tilde x$ raises the sum for this example by $\tilde x\cdot\tilde x>0$: the next answer to it is closer to right.

### Modify: write the rule

`v` and `x` are arrays of three numbers (the last entry of `x` is 1), `target` is 0 or 1.
"""

# %%
def rosenblatt(v, x, target):
    return ...  # the new v; the answer is y = int(v @ x >= 0)


check("Rosenblatt's rule", rosenblatt)

# %% tags=["solution"]
def solved_rosenblatt(v, x, target):
    y = int(v @ x >= 0)
    return v + (target - y) * x


check("Rosenblatt's rule", solved_rosenblatt)

# %% [markdown]
r"""
### Derive: it can't make many mistakes

Suppose some unit does the task. Then, with $\theta$ moved a little if a sum equals it, there is a vector $u$ of length 1, with as many entries as $v$, whose sum $u\cdot\tilde x$ has the correct sign for every example and stays away from 0 by at least a *margin* $\gamma>0$. Write $s=+1$ for label 1 and $s=-1$ for label 0; then
$$s\,(u\cdot\tilde x)\ge\gamma\quad\text{for every example}.$$
Let $R$ be the length of the longest $\tilde x$. Start at $v=0$. A mistake changes $v$ into $v+s\tilde x$. Watch two numbers.

1. **How far $v$ reaches in the direction of $u$.** A mistake changes $u\cdot v$ into $u\cdot v+s\,(u\cdot\tilde x)$: it grows by at least $\gamma$.
2. **How long $v$ is.** $\lVert v+s\tilde x\rVert^2=\lVert v\rVert^2+2s\,(v\cdot\tilde x)+\lVert\tilde x\rVert^2$. The middle term is not positive, since it *was* a mistake: the sum $v\cdot\tilde x$ had the wrong sign. So $\lVert v\rVert^2$ grows by at most $R^2$.
3. **The two collide.** A projection is never longer than the vector: $u\cdot v\le\lVert v\rVert$.

Fill in what follows after $k$ mistakes. Three expressions in `k`, `R` and `gamma`; `np.sqrt` is the root.
"""

# %%
def proof(k, R, gamma):
    projection = ...  # u·v is at least this
    length = ...  # |v| is at most this
    most_mistakes = ...  # so k is at most this
    return projection, length, most_mistakes


check("the proof", proof)

# %% tags=["solution"]
def solved_proof(k, R, gamma):
    return k * gamma, np.sqrt(k) * R, (R / gamma)**2


check("the proof", solved_proof)

# %% [markdown]
r"""
The ceiling does not depend on the number of examples, on their order, or on how often each is shown. It says that the number of *mistakes* is finite, so from some pass on there are none. (Novikoff, 1962.)

### Run

Three gates, counted, beside their ceilings. $\gamma$ is the best margin that any $u$ can have; $R^2=3$, from $\tilde x=(1,1,1)$.
"""

# %%
fig, axes = plt.subplots(1, 3, figsize=(8.6, 2.9), sharey=True)
for ax, gate in zip(axes, ("AND", "OR", "NAND")):
    labels = truth_table(GATES.index(gate))
    learned, ceiling = learn_perceptron(corners(2), labels), perceptron_bound(
        corners(2), labels)
    pictures.mistakes_chart(ax, 32, 60)(learned.changed, len(learned.changed), ceiling)
    ax.set_title(gate)
    ax.label_outer()
    gamma, best = best_margin(corners(2), labels)
    print(
        f"{gate:5s} {learned.mistakes:2d} mistakes, ceiling {ceiling:.0f};  "
        f"{learned.epochs} passes;  "
        f"w = ({learned.w[0]:g}, {learned.w[1]:g}), b = {learned.b:g};  margin "
        f"{gamma:.4f}"
    )
show(
    fig,
    "Mistakes of the perceptron against the examples presented, for AND, OR and NAND. "
    "Each "
    "staircase stops rising far below its ceiling, the dashed line: 11 under 51, 5 "
    "under 27, 10 "
    "under 51.")

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("one label")

# %% [markdown]
r"""
### Run: one label flipped
"""

# %%
labels = truth_table(GATES.index("AND"))
labels[0] = 1  # the label of 00, flipped
ceiling = perceptron_bound(corners(2), labels)
for passes in (10, 100, 1000):
    learned = learn_perceptron(corners(2), labels, max_epochs=passes)
    print(
        f"{GATES[function_number(labels)]}: {learned.mistakes} mistakes in "
        f"{learned.epochs} passes, "
        f"{'settled' if learned.converged else 'not separated within them'}; ceiling "
        f"{ceiling}"
    )
print("v = (w1, w2, b) in pass 999: ", " ".join(
    f"({a:g}, {b:g}, {c:g})" for a, b, c in learned.history[3992:3996]))
print("v = (w1, w2, b) in pass 1000:", " ".join(
    f"({a:g}, {b:g}, {c:g})" for a, b, c in learned.history[3996:4000]))

# %% [markdown]
r"""
The weights go round in a circle: after four examples they are back where they were. No $u$ parts these labels, so there is no margin and no ceiling. Mind what the computer can say. "Not separated within 1000 passes" is an observation; "never" needs the proof of section 3.

### Investigate: teach it yourself

The four examples of AND, learned up to step $k$. The ring marks the example shown last; it is red where that was a mistake. On the right the mistakes are counted under their ceiling; the dotted line is what is still to come.

- **Move $k$**, with the slider or its arrow keys: learning, one example at a time. At $k=18$ the last mistake is made, the 11th.
- **Click a point** to flip its label. Flip the one at 00, and AND becomes XNOR: watch the staircase pass through the ceiling that was 51. Flip it back. Flip 01 and 10: OR. Then flip 11: XOR.
- **Drag a point** towards the others, and the margin shrinks and the ceiling rises.
- **Click where there is no point** to add one.

All this works without a pointer, too: *gate* is the number of the function, $p_1$ and $p_2$ place the point 11, and the buttons choose a point (it gets a frame), move it, flip it, or add one.
"""

# %%
def view(fig):
    square, chart = fig.subplots(1, 2, width_ratios=(1, 1.5))
    pictures.unit_square(square, room=0.7)
    plane, dots = pictures.half_plane(square, animated=True), pictures.examples(
        square, animated=True)
    ring, = square.plot([], [], "o", ms=22, mfc="none", mew=2, animated=True)
    frame, = square.plot([], [], "s", ms=29, mfc="none", mec=COLOR["purple"], mew=2,
                         animated=True)
    count = pictures.mistakes_chart(chart, 60, 62, animated=True)

    def update(lesson):
        learned, ceiling = lesson.learning, perceptron_bound(lesson.x, lesson.y)
        step, changed = min(lesson.step, len(learned.changed)), learned.changed
        plane(learned.history[step][:2], learned.history[step][2]), dots(
            lesson.x, lesson.y)
        ring.set_data(*lesson.x[[(step - 1) % len(lesson.y)] if step else []].T)
        ring.set_color(COLOR["vermillion"] if step and changed[step
                                                               - 1] else COLOR["ghost"])
        frame.set_data(*lesson.x[[] if lesson.chosen is None else [lesson.chosen]].T)
        count(changed, lesson.step, ceiling)
        return f"After {lesson.step} examples: {changed[:step].sum()} mistakes. " + (
            "No line parts these labels: it will never settle." if np.isinf(ceiling)
            else f"It settles: at most {ceiling:,.0f} mistakes are possible" +
            (f", {learned.mistakes} are made." if learned.converged else ".")
        ) + lesson.choice()

    return update

# %% tags=["nbval-ignore-output"]
def grab(lesson, touch):
    if touch.axes is None:  # one of the buttons
        return lesson.pressed(touch.kind)
    square, chart = touch.axes.figure.axes
    if touch.axes is square:
        return lesson.touched(touch.kind, touch.x, touch.y)
    if lesson.held is None:  # drag through time
        return lesson.but(step=int(np.clip(touch.x, 0, 60)))
    return lesson if touch.kind == "drag" else lesson.but(held=None, dragged=False)


panel = Panel(PerceptronLesson(step=24), view, "step", "gate", "p1", "p2", grab=grab)
panel = with_buttons(panel, "point", PerceptronLesson.BUTTONS)
panel

# %% [markdown]
r"""
## 6 · What a bit leaves out

For the two last errata of this part you need a neuron to measure: one membrane, the Hodgkin-Huxley model, which notebook 02 builds from nothing. Here it stands for a recording. Voltage in mV from rest, current in µA/cm², time in ms.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that firing can't be represented by a zero or a one (E9). **What is right:** that goes too far. A spike *is* all or none, and the article's own stochastic neurons (notebook 05) have $X\in\{0,1\}$. What a bit leaves out is something else: **when** the spike came, **how often** spikes come, and **what the voltage does in between**. **How we know:** the next cell gives the membrane three currents, for 100 ms each, and draws the voltage, the spikes made from it, and the bit made from those.

</div>
"""

# %%
t = np.arange(0, 100.01, 0.02)  # ms
fig, axes = plt.subplots(1, 3, figsize=(8.6, 2.8), sharey=True)
for ax, current in zip(axes, (2, 7, 20)):
    run = simulate(HodgkinHuxley(I_ext=current), t)
    spikes = spike_times(run.t, run.V, threshold=50)
    bit = int(len(spikes) > 0)
    ax.plot(run.t, run.V, color=COLOR["V"], lw=1.2)
    ax.vlines(spikes, 118, 132, color=COLOR["theory"], lw=1.5)
    ax.set(xlabel="time (ms)", xlim=(-3, 100), ylim=(-18, 140),
           title=f"{current} µA/cm²: bit {bit}")
    print(
        f"I = {current:2d}: bit {bit}, {len(spikes)} spikes, highest voltage "
        f"{run.V.max():.1f} mV"
        + (f", first spike at {spikes[0]:.2f} ms" if len(spikes) else ""))
axes[0].set_ylabel("$V$ (mV)")
zoom = axes[0].inset_axes((0.3, 0.35, 0.65, 0.35), xlim=(0, 40), ylim=(-0.5, 5.5),
                          title="the same, enlarged")
zoom.plot(t, simulate(HodgkinHuxley(I_ext=2), t).V, color=COLOR["V"], lw=1.2)
label_panels(axes)
show(
    fig,
    "Voltage of one membrane at three currents, with its raster of spikes as ticks "
    "above. The "
    "raster keeps the spike times and loses the ringing below threshold; one bit per "
    "run keeps "
    "neither the times nor the rate.")

# %% [markdown]
r"""
- 2 µA/cm²: the bit is 0, yet the membrane answers, with a damped ringing of 5 mV. The next input will meet it somewhere on that ring.
- 7 and 20 µA/cm²: both bits are 1. The rates differ, and so do the times.
- The ticks of the raster are the middle way. They keep time and rate and give up the voltage.

So the unit of this notebook is not a wrong neuron. It is a neuron without time.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** that $x$ is the input current (E7). **What is right:** $x$ says which inputs fired, a bit without a unit. The current is $w\cdot x$, so it is the *weight* that has the unit, here µA/cm², and the threshold has the same. **How we know:** the next cell lets two inputs fire or not, each spike giving the membrane a current of $w$ for 1 ms. With the same $x$ and another $w$ it answers otherwise. So $x$ is not the current.

</div>
"""

# %%
t = np.arange(0, 30, 0.02)  # ms
pulse = (t < 1)[:, None]  # 1 ms
for w in (5, 8):
    run = simulate(HodgkinHuxley(I_ext=0.0), t, I_ext=pulse *
                   (corners(2) @ [w, w]))  # four runs side by side
    answers = [int(len(spikes) > 0) for spikes in spike_times(t, run.V, threshold=50)]
    for x, V, y in zip(corners(2), run.V.T, answers):
        print(
            f"w = {w} µA/cm²: x = {x[0]}{x[1]}, current {w * x.sum():2d} µA/cm², "
            f"highest voltage {V.max():5.1f} mV: y = {y}"
        )
    print(f"the membrane computes {GATES[function_number(answers)]}")

# %% [markdown]
r"""
With $w=5$ it takes two spikes to fire the membrane, with $w=8$ one is enough. For inputs that arrive within the same millisecond a membrane *is* a threshold unit, $\theta\approx7$ µA/cm² for pulses of 1 ms. (For other lengths and other histories it is another unit: notebook 02.)

The next notebook goes to the membrane, as the article does. One word on history first: the article tells Hodgkin and Huxley's work of 1952 as the reply to the failure of logic gates (E10). It was the fruit of another line, older than 1943. Lapicque described a nerve as a leaky capacitor with a threshold in 1907, Hodgkin and Huxley recorded a spike from inside an axon in 1939, and the voltage clamp let them take it apart.
"""

# %% [markdown]
r"""
## What you saw

- A threshold unit fires on one side of a line (in $n$ inputs: of a plane) at the distance $|\theta|/\lVert w\rVert$ from the origin.
- With real weights it computes 14 of the 16 functions of two bits. The unit of 1943 computes 11: the two are not the same (E5).
- XOR is impossible for one unit by four inequalities, and takes two units; nets of units add.
- The equation does not learn (E6). Rosenblatt's rule does: on data that a line parts it makes at most $(R/\gamma)^2$ mistakes (AND: 11 under 51), on others it never settles.
- A bit keeps that a neuron fired. It loses when, how often, and all that happens below threshold.
"""

# %% [markdown]
r"""
## Further · A full adder

To add longer numbers you must add *three* bits in each place: two digits and the carry from the right. Let $s=x_1+x_2+x_3$. The new carry is $c=[s\ge2]$. One more unit gives the sum bit. It sees $x_1,x_2,x_3$ and $c$.

### Modify: the sum bit

Which weights and which threshold make the second unit fire exactly if $s$ is 1 or 3?
"""

# %%
weights, theta = [..., ..., ..., ...], ...  # for x1, x2, x3, carry

check("the sum bit", (weights, theta))

# %% tags=["solution"]
check("the sum bit", ([1, 1, 1, -2], 1))

# %% [markdown]
r"""
### Run

Two units per place, chained: each place hands its carry to the next. So do two times four bits add up.
"""

# %%
carry, total = ThresholdUnit([1, 1, 1], 2), ThresholdUnit([1, 1, 1, -2], 1)


def add(a, b, places=4):
    """The sum of two whole numbers, by two threshold units for each binary place."""
    c, result = 0, 0
    for place in range(places):
        c, digit = cascade([a >> place & 1, b >> place & 1, c], carry, total)
        result += digit << place
    return int(result + (c << places))


print("11 + 6 =", add(11, 6), "   9 + 9 =", add(9, 9), "   15 + 15 =", add(15, 15))
print("all 256 pairs of four-bit numbers right:",
      all(add(a, b) == a + b for a in range(16) for b in range(16)))

# %% [markdown]
r"""
### Make

Wire units that multiply two numbers of two bits each. How few units do you need? Test all 16 pairs.

### Modify: NAND from units of 1943

One unit of 1943 can't compute NAND. Two can. The first is AND: two synapses, threshold 2. The second sees $x_1$, $x_2$ and the first one's answer. Choose its excitatory synapses (three whole numbers), its threshold (a whole number, 0 or more), and which of the three inputs veto.
"""

# %%
synapses, theta, inhibitory = [..., ..., ...], ..., [..., ..., ...]

check("NAND of 1943", (synapses, theta, inhibitory))

# %% tags=["solution"]
check("NAND of 1943", ([0, 0, 0], 0, [0, 0, 1]))

# %% [markdown]
r"""
## Further · A loop remembers

So far signals ran one way. Feed a unit's answer back into itself, and it has a past. Units of 1943 take one time step, so a loop is a loop in time:

$$y(t+1)=\bigl[\text{set}(t)+y(t)\ge1\bigr]\ \text{unless}\ \text{reset}(t)=1 .$$
"""

# %%
from course_utils.models.mcculloch_pitts import run_loop

latch = McCullochPittsUnit(synapses=[1, 0, 1], theta=1,
                           inhibitory=[0, 1, 0])  # set, reset, its own answer
inputs = np.zeros((14, 2), int)
inputs[2, 0] = inputs[10, 0] = 1
inputs[7, 1] = 1
y = run_loop([latch], inputs)[:, 0]

fig, ax = plt.subplots(figsize=(8, 2.5))
for row, (name, bits) in enumerate(
    {"set": inputs[:, 0], "reset": inputs[:, 1], "$y$": y[:-1]}.items()):
    color = (COLOR["stimulus"], COLOR["vermillion"], COLOR["v"])[row]
    for style in {"fill": True, "alpha": 0.35}, {"lw": 1.8}:
        ax.stairs(bits - 1.3 * row, np.arange(15), baseline=-1.3 * row, color=color,
                  **style)
    ax.text(-0.3, 0.3 - 1.3 * row, name, ha="right", color=color)
ax.set(xlabel="time step", yticks=(), xlim=(0, 14), xticks=range(15))
ax.spines["left"].set_visible(False)
show(
    fig,
    "A unit that excites itself. One pulse on set switches y on, and it stays on; one "
    "pulse on "
    "reset switches it off. One bit is kept by activity that runs in a circle, not by "
    "a weight."
)
print("y =", "".join(map(str, y)))

# %% [markdown]
r"""
One unit, one loop, one bit. (The membrane of notebook 02 keeps a bit too, in quite another way: at 8 µA/cm² it can be silent or fire.)

### Predict

Another latch has two units that veto each other; each fires whenever nothing vetoes it.
"""

# %% tags=["nbval-ignore-output"]
predict("two quiet units")

# %%
rivals = [
    McCullochPittsUnit([0, 0], 0, inhibitory=[0, 1]),
    McCullochPittsUnit([0, 0], 0, inhibitory=[1, 0])
]
silence = np.zeros((6, 0), int)
for start in ([1, 0], [0, 1], [0, 0]):
    print(f"start {start}:", *run_loop(rivals, silence, start).tolist())

# %% [markdown]
r"""
Two memories, and a third behaviour that no one designed. Real neurons have no common clock and some noise, so such a tie does not last. Here the discrete time of the model shows.
"""

# %% [markdown]
r"""
## Further · One unit, more inputs

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("more inputs")

# %% [markdown]
r"""
### Run

Whole weights up to 1, 1, 2 and 3 (for 1, 2, 3 and 4 inputs) reach every function that real weights reach. So trying them all is counting. That takes a moment for four inputs.
"""

# %%
from course_utils import threshold_functions
from course_utils.notebook_01.counting import cover_count

ns = np.arange(1, 5)
counted, all_of_them = [threshold_functions(n)
                        for n in ns], [2**2**n for n in ns.tolist()]
for n, one_unit, every in zip(ns, counted, all_of_them):
    print(
        f"n = {n}: one unit computes {one_unit:4d} of {every:5d} functions, "
        f"{100 * one_unit / every:.3g} %"
    )

fig, ax = plt.subplots(figsize=(7.4, 2.9))
ax.semilogy(ns, all_of_them, "s--", color=COLOR["theory"],
            label="all functions, $2^{2^n}$")
ax.semilogy(ns, [cover_count(2**n, n + 1) for n in ns], "^:", color=COLOR["purple"],
            label="Cover's bound")
ax.semilogy(ns, counted, "o-", color=COLOR["green"], label="one threshold unit")
ax.set(xlabel="inputs, $n$", ylabel="functions", xticks=ns)
ax.legend()
show(
    fig,
    "How many functions of n bits there are, how many one unit computes, and Cover's "
    "bound, on a "
    "logarithmic scale. Units gain with each input, but all functions grow far faster: "
    "the share "
    "falls from 100 to 2.87 percent.")

# %% [markdown]
r"""
*Cover's bound* (1965): of the labellings of $N$ points in $n$ dimensions, a plane parts at most $2\sum_{k=0}^{n}\binom{N-1}{k}$, and exactly so many if the points are in general position (no three on a line for $n=2$, no four on a plane for $n=3$). For the square that is $2\,(1+3+3)=14$. The corners of a cube are in special position: $2\,(1+7+21+35)=128$ is a bound only, and the count is 104.

### The cube

With three inputs the line becomes a plane, and the square a cube.
"""

# %%
shapes = [("AND", [1, 1, 1], 2.5), ("$x_1$ and ($x_2$ or $x_3$)", [2, 1, 1], 2.5),
          ("majority", [1, 1, 1], 1.5), ("odd number", None, 0)]
fig, axes = plt.subplots(1, 4, figsize=(8.6, 2.5))
for ax, (name, w, theta) in zip(axes, shapes):
    table = corners(3).sum(axis=1) % 2 if w is None else ThresholdUnit(w, theta)(
        corners(3))
    pictures.cube(ax)(table, w, theta)
    ax.set_title(
        f"{name}\n" +
        ("no plane" if w is None else f"$w$ = {tuple(w)}, $\\theta$ = {theta}"),
        fontsize=9)
show(
    fig,
    "Functions of three bits on a cube, full corners 1. A plane cuts the full corners "
    "of AND, of "
    "x1 and (x2 or x3), and of majority from the empty ones. For the odd-number "
    "function full and "
    "empty corners alternate: no plane can.")
odd = function_number(corners(3).sum(axis=1) % 2)
print(
    f"odd number of ones: function {odd}, computed by one unit: "
    f"{odd in functions_of_threshold_units(3)}"
)

# %% [markdown]
r"""
### Investigate

Cut corners off the cube. Four full corners can lie in two different shapes (turning the cube does not count). Find both.
"""

# %% tags=["nbval-ignore-output"]
from course_utils.notebook_01.experiments import ThreeInputUnit


def view(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1.2, 1))
    solid = pictures.cube(left, animated=True)
    right.axis("off")
    rows = [
        right.text(0.1, 0.95 - 0.12 * k, "", family="monospace", fontsize=11,
                   va="center", animated=True) for k in range(8)
    ]

    def update(record):
        w, table = record.unit.w, record.unit(corners(3))
        solid(table, w, record.theta)
        for row, x, y in zip(rows, corners(3), table):
            row.set_text(
                f"{x[0]}{x[1]}{x[2]}   sum {x @ w:5.2f}   {'≥' if y else '<'} θ   {y}")
            row.set_color(COLOR["green"] if y else COLOR["ghost"])
        return (
            f"{table.sum()} of 8 corners fire: function {function_number(table)} of "
            "three bits, one of the 104 of 256 "
            "that a unit computes.")

    return update


Panel(ThreeInputUnit(), view, "w1", "w2", "w3", "theta")

# %% [markdown]
r"""
### Modify: how far from the plane?

In section 2 you had the distance of the origin from the line. Now any point $x$: how far beyond the plane $w\cdot x=\theta$ does it lie, counted positive on the side that fires? (Hint: how fast does the sum grow along $w$?)
"""

# %%
def distance(w, theta, x):
    return ...


check("distance", distance)

# %% tags=["solution"]
def solved_distance(w, theta, x):
    return (w @ x - theta) / np.linalg.norm(w)


check("distance", solved_distance)

# %% [markdown]
r"""
### Modify: without a threshold

Hold $\theta$ at 0 and let the two weights be any real numbers. How many functions of two bits are left? Change the loop.
"""

# %%
found = set()
for w1 in (-1, 0, 1):
    for w2 in (-1, 0, 1):
        for theta in (-1.5, -0.5, 0.5, 1.5, 2.5):
            found.add(int(gate_number(w1, w2, theta)))
print(f"with a threshold: {len(found)}")

count_without = ...

check("without a threshold", count_without)

# %% tags=["solution"]
weights_tried = (-2, -1, 0, 1, 2)
check(
    "without a threshold",
    len({int(gate_number(w1, w2, 0))
         for w1 in weights_tried
         for w2 in weights_tried}))

# %% [markdown]
r"""
## Further · How good is the ceiling?

The ceiling holds for every order of every data set. So on a given one it may lie high above what happens. Measure: 80 random data sets of 12 points that a line parts, learned to the end.
"""

# %%
rng = np.random.default_rng(1958)
made, allowed = [], []
while len(made) < 80:
    x = rng.uniform(-1, 1, (12, 2))
    y = (x @ rng.normal(size=2) + 0.3 * rng.normal() >= 0).astype(int)
    if 0 < y.sum() < 12 and perceptron_bound(x, y) < 3000:
        made.append(learn_perceptron(x, y, max_epochs=3000).mistakes)
        allowed.append(perceptron_bound(x, y))

fig, ax = plt.subplots(figsize=(7, 3.2))
ax.loglog(allowed, made, "o", ms=5, color=COLOR["purple"], alpha=0.7)
ax.loglog([10, 3000], [10, 3000], "--", color=COLOR["theory"],
          label="as many as the ceiling allows")
ax.set(xlabel=r"ceiling $(R/\gamma)^2$", ylabel="mistakes made", ylim=(1, 3000))
ax.legend()
show(
    fig,
    "Mistakes of the perceptron against the ceiling for 80 random data sets, both on "
    "logarithmic "
    "scales. All points lie below the diagonal, most of them by a factor of ten or "
    "more."
)
share = np.array(made) / allowed
print(
    f"above the ceiling: {np.sum(share > 1)} of 80;  median share of it that is used: "
    f"{np.median(share):.3f}"
)

# %% [markdown]
r"""
### Data that overlap

Real data are rarely separable. Two clouds of points, one for each label, that overlap: the rule goes on for ever. The weights do not grow without bound, though. They wander in a finite region.
"""

# %%
rng = np.random.default_rng(43)
y = np.arange(40) % 2
x = rng.normal(size=(40, 2)) + np.where(y, 0.8, -0.8)[:, None]
learned = learn_perceptron(x, y, max_epochs=100)
wrong = [np.mean((x @ v[:2] + v[2] >= 0) != y) for v in learned.history[::40]]

fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.0), width_ratios=(1, 1.5))
pictures.half_plane(left)(learned.w, learned.b)
pictures.examples(left, size=6)(x, y)
left.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), xlabel="$x_1$", ylabel="$x_2$",
         aspect="equal")
right.plot(100 * np.array(wrong), color=COLOR["purple"], lw=1.2)
right.set(xlabel="passes", ylabel="wrong (% of 40)", ylim=(0, None), xlim=(0, 100))
show(
    fig,
    "Left: two overlapping clouds and the line after 100 passes. Right: the share of "
    "wrong "
    "answers after each pass; it jumps up and down for ever, between 20 and 65 "
    "percent, since the "
    "rule answers the last mistake alone.")
gamma, best = best_margin(x, y)
print(
    f"{learned.mistakes} mistakes in {learned.epochs} passes, settled: "
    f"{learned.converged};  margin {gamma:g}"
)
longest = np.linalg.norm(learned.history, axis=1).max()
print(
    f"wrong after the last pass {100 * wrong[-1]:.1f} %, after the best "
    f"{100 * min(wrong):.1f} %;  longest v {longest:.1f}"
)

# %% [markdown]
r"""
## Further · Why deep networks dropped the step

The article calls this unit the foundation of deep learning (E8). As an idea, yes. As a part, no: networks of many layers are trained by nudging every weight a little and asking whether the errors shrink. With a step the question has no answer. Almost every nudge changes *nothing*.

Try it: 2000 random nets of the shape of section 4, each of its seven numbers nudged by 0.01. How often does any of the four answers change? And if the step is replaced by a smooth curve, $1/(1+e^{-4u})$, how often then?
"""

# %%
rng = np.random.default_rng(7)
x = corners(2)
step, smooth = lambda u: (u >= 0).astype(float), lambda u: 1 / (1 + np.exp(-4 * u))


def net(p, curve):
    h = curve(p[0] * x[:, 0] + p[1] * x[:, 1] - p[2])
    return curve(p[3] * x[:, 0] + p[4] * x[:, 1] + p[5] * h - p[6])


for name, curve in ("step", step), ("smooth", smooth):
    moved = [
        np.abs(net(p + nudge, curve) - net(p, curve)).max() > 1e-9
        for p in rng.uniform(-2, 2, (2000, 7))
        for nudge in 0.01 * np.eye(7)
    ]
    print(f"{name:6s}: {100 * np.mean(moved):.1f} % of 14000 nudges change an answer")

# %% [markdown]
r"""
With the smooth curve every nudge tells in which direction to go. That, and a second layer, is what today's networks added.
"""

# %% [markdown]
r"""
## Questions to close

1. A unit with $w=(3,-2)$ and $\theta=2$ is replaced by one with $w=(1.5,-1)$ and $\theta=1$. What changes for bits, and what for the margin?
2. You shuffle the order of the examples of AND before each pass. Which of these can change: the number of mistakes, the final weights, the ceiling, the fact that it settles?
3. After 10,000 passes a perceptron still makes mistakes. Your colleague concludes that the data are not separable. What do you answer?
4. In notebook 00 a unit was described by its f-I curve. Which f-I curve does the threshold unit have, and which two facts about it does section 6 contradict?

<details><summary>Answers</summary>

1. Nothing for bits: both were divided by 2, and the line $3x_1-2x_2=2$ is the same. The margin is measured with $u$ of length 1, so it is the same as well. It belongs to the data and the line, not to the size of $w$.
2. The number of mistakes and the final weights can change. The ceiling can't: $R$ and $\gamma$ do not know an order. So the rule still settles.
3. Not yet: the ceiling may be far above. Compute the margin (`best_margin`) or find a proof; if the margin is $\gamma>0$, wait for $(R/\gamma)^2$ mistakes.
4. A step: 0 below $\theta$, the same 1 for all sums above. The membrane's rate grows with the current, and below its threshold it answers too, by a ringing voltage.

</details>
"""

# %% [markdown]
r"""
## References

- W. S. McCulloch, W. Pitts: A logical calculus of the ideas immanent in nervous activity. *Bull. Math. Biophys.* 5, 115 (1943). [10.1007/BF02478259](https://doi.org/10.1007/BF02478259)
- F. Rosenblatt: The perceptron. *Psychol. Rev.* 65, 386 (1958). [10.1037/h0042519](https://doi.org/10.1037/h0042519)
- A. B. Novikoff: On convergence proofs on perceptrons. *Symp. Math. Theory of Automata* 12, 615 (1962).
- T. M. Cover: Geometrical and statistical properties of systems of linear inequalities. *IEEE Trans. Electron. Comput.* EC-14, 326 (1965). [10.1109/PGEC.1965.264137](https://doi.org/10.1109/PGEC.1965.264137)
- M. Minsky, S. Papert: *Perceptrons*. MIT Press (1969).
- L. Lapicque: Recherches quantitatives sur l'excitation électrique des nerfs traitée comme une polarisation. *J. Physiol. Pathol. Gén.* 9, 620 (1907).
- A. L. Hodgkin, A. F. Huxley: Action potentials recorded from inside a nerve fibre. *Nature* 144, 710 (1939). [10.1038/144710a0](https://doi.org/10.1038/144710a0)
- A. L. Hodgkin, A. F. Huxley: A quantitative description of membrane current. *J. Physiol.* 117, 500 (1952). [10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)
- The On-Line Encyclopedia of Integer Sequences: [A000609](https://oeis.org/A000609) (threshold functions of $n$ variables: 4, 14, 104, 1882), [A064436](https://oeis.org/A064436).
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Sections 1 and 2 (12 min, panel projected, the class calls the slider), prediction and gallery of section 3 (8), proof of XOR on the board (7), section 5 up to the three staircases (13), the panel of section 5 with the flipped label (10). Sections 4 and 6 as reading.

**90 minutes.** All of the core; the exercises in pairs (NAND 5 min, the rule 7, the proof 10). Then either the full adder with its Make task or "One unit, more inputs".

**Misconceptions to listen for**
- "The unit learns": ask where in the equation a weight changes.
- "Bias is threshold": it is *minus* the threshold. Let them make OR out of AND by bias alone.
- "1943 is the perceptron": 11 against 14, and a veto that can't be outvoted.
- "With more inputs a unit can do more or less everything": the share falls to 2.87 % at four.
- "The line lies where the data are": drag the data by a little, the line stays; it moves at mistakes only.
- "It did not converge, so the data are not separable": within $n$ passes.

**Vote.** You add a fifth point to AND, label 1, on the line that was learned. Does the ceiling (a) rise, (b) fall, (c) stay, (d) depends? (It can't fall: the best margin over more examples is not larger, and $R$ not smaller. Where it stays or rises depends on the place. Let them try in the panel.)

**Rubric for the Make task** (multiply two numbers of two bits): all 16 pairs right (4 points); units are `ThresholdUnit`, no arithmetic on the result (2); wiring drawn or described (2); number of units stated and a shorter wiring sought (2). Four partial products and two half adders, eight units, is a good answer. Five suffice: $p_0=[a_0+b_0\ge2]$, $p_3=[a_0+a_1+b_0+b_1\ge4]$, $p_2=[a_1+b_1-p_3\ge2]$, $h=[a_1+b_0\ge2]$, $p_1=[a_0+b_1+2h-3p_3\ge2]$.
"""

# %% [markdown]
r"""
[← 00 Introduction](00_introduction.ipynb) · [02 Neural biophysics →](02_neural_biophysics.ipynb)
"""
