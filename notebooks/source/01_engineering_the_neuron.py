# %% [markdown]
r"""
# 01 · Engineering the neuron

**The question.** A neuron is replaced by a unit that adds its inputs and answers yes or no. Which functions can such a
unit compute, and what can it learn from examples?

**You will be able to**
- *choose* weights and a threshold with which a unit computes a wanted logic function;
- *judge* which functions the neuron of 1943 can compute, and which ones only a unit with real weights;
- *decide* whether one unit is enough for a task, and *say* why two are needed if it is not;
- *write* the learning rule of the perceptron, and *derive* how many mistakes it can make.

**Time.** Core: two sittings of 55 minutes (sections 1 to 4; section 5). Each optional section takes 10 to 20 minutes.

**You need** sums, inequalities, straight lines, vectors and the theorem of Pythagoras, but no calculus. From
[notebook 00](00_introduction.ipynb) you need sections 1 and 2.

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* Numbers
such as *erratum E5* refer to the [list of its errors](07_conclusion.ipynb#4-·-The-ledger-of-errata) in notebook 07. The
article asks whether the brain is like the CPU of a computer, and a neuron like one of its transistors. It describes one
attempt to build on this idea, a threshold unit, and then drops the unit because it is too simple. Here you take it
seriously, because only then can you say which properties of a neuron it lacks.
"""

# %%
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import linprog

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
)
from course_utils.models.mcculloch_pitts import (
    corners,
    function_number,
    functions_of_threshold_units,
)
from course_utils.notebook_01 import pictures
from course_utils.notebook_01.counting import (
    GATES,
    best_margin,
    gate_number,
    mcculloch_pitts_functions,
    perceptron_bound,
)
from course_utils.notebook_01.exercises import check, predict, recall
from course_utils.notebook_01.experiments import TeachingSession, TwoInputUnit
from course_utils.notebook_01.units import McCullochPittsUnit, cascade, truth_table
from course_utils.panel import with_clock

# %%
TwoInputUnit()

# %% [markdown]
r"""
The table lists the symbols of a unit with two inputs. In sections 1 to 5 every quantity is a plain number, so the column "unit" (of measurement) is empty.
At first inputs and outputs are bits, that is, 0 or 1.
"""

# %% [markdown]
r"""
## Warm-up

Three questions on notebook 00. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · From a neuron to a unit

How does a cell become an equation? A neuron collects its input in the dendrites, decides in the soma, and sends the
decision along the axon. Each of these parts gets a symbol.
"""

# %% tags=["folded"]
# Figure: a neuron, and the symbol of each part
from course_utils.notebook_00.pictures import neuron

fig, ax = plt.subplots(figsize=(8, 3.3))
neuron(ax, ("bits $x_1, x_2, \\dots$", r"is $w\cdot x\geq\theta$ ?", "one bit, $y$",
            "a weight of the next cell"))
show(
    fig, "A neuron and its symbols. The dendrites collect the bits x from other cells. "
    "The soma compares their weighted sum with a threshold. The axon carries the "
    "answer y to the synapses onto the next cell.")

# %% [markdown]
r"""
### Derive: three steps from cell to equation

1. **A spike becomes a bit.** A spike is all or none: in a short window of time there is one or there is none. We write
   $x_i=1$ if input neuron $i$ fired, and $x_i=0$ if it did not.
2. **A synapse becomes a weight.** Input $i$ counts with the **weight** $w_i$, which is positive if the synapse excites and
   negative if it inhibits. All inputs together give the *weighted sum* $w\cdot x = w_1x_1+w_2x_2+\dots+w_nx_n$.
3. **The decision becomes a comparison.** The unit fires if the weighted sum reaches the **threshold** $\theta$:
$$y=\begin{cases}1 & w\cdot x\ge\theta\\ 0 & w\cdot x<\theta\end{cases}$$

The result is called a **threshold unit**. Note that a sum which *equals* the threshold fires.

### Run

The next cell shows all four inputs to one unit, which has two weights of 1 and the threshold 1.5.
"""

# %%
unit = ThresholdUnit(w=[1, 1], theta=1.5)
for x in corners(2):  # 01 means x1 = 0, x2 = 1
    sign = "≥" if unit(x) else "<"
    print(f"x = {x[0]}{x[1]}   sum {x @ unit.w:g}   {sign} 1.5   y = {unit(x)}")

table = unit(corners(2))
number = function_number(table)
print(f"Read downwards the answers are {''.join(map(str, table))}, a binary number: "
      f"function {number}, {GATES[number]}.")

# %% [markdown]
r"""
A function of two bits is a list of four answers, for the inputs $x_1x_2$ = 00, 01, 10 and 11. Read as a binary number, the
list gives the function its *number*, from 0 (never) to 15 (always). There are therefore $2^4=16$ functions of two bits.
Engineers call them **logic gates**.
"""

# %% [markdown]
r"""
## 2 · A threshold is a line

Put the four inputs at the corners of a square. Where in this picture does the answer of a unit change?

### Derive

1. The answer changes where $w\cdot x=\theta$. For two inputs, $w_1x_1+w_2x_2=\theta$ is the equation of a straight line. This
   line is called the **decision boundary** of the unit.
2. *The line is perpendicular to $w$.* Take two points $p$ and $q$ on it. Because $w\cdot p=\theta$ and $w\cdot q=\theta$, the
   vector $d=p-q$ satisfies $w\cdot d=0$. With the length $\lVert w\rVert=\sqrt{w\cdot w}$ we get $\lVert w+d\rVert^2=\lVert w\rVert^2+2\,w\cdot d+\lVert d\rVert^2=\lVert w\rVert^2+\lVert d\rVert^2$, and by the converse of Pythagoras there is a right angle between $w$ and $d$.
3. *The unit fires on the side to which $w$ points*, because a step in the direction of $w$ makes the sum larger.

Two facts follow. First, if $w$ and $\theta$ are multiplied by the same positive number, no answer changes, because the line
stays where it is. Second, a unit with $w\ne0$ always divides the plane into two half-planes; no choice of weights gives another shape. (With $w=0$ it answers the same everywhere.)

### Run

The next figure shows the decision boundaries of three units. The first unit is the one of section 1.
"""

# %%
units = {
    "AND": ThresholdUnit([1, 1], 1.5),
    "OR": ThresholdUnit([1, 1], 0.5),
    "x1 and not x2": ThresholdUnit([1, -1], 0.5),
}
for name, unit in units.items():
    print(f"{name:14s} answers to 00, 01, 10, 11: {unit(corners(2)).tolist()}")

# %% tags=["folded"]
# Figure: the half-planes of the three units
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3.3))
for ax, (name, unit) in zip(axes, units.items()):
    direction = unit.w / np.linalg.norm(unit.w)
    foot = unit.theta / np.linalg.norm(unit.w) * direction
    pictures.unit_square(ax, room=0.7)
    pictures.half_plane(ax)(unit.w, -unit.theta)
    pictures.examples(ax)(corners(2), unit(corners(2)))
    arrow = {"arrowstyle": "-|>", "color": COLOR["purple"], "lw": 2}
    ax.annotate("", foot + 0.45 * direction, foot, arrowprops=arrow)
    weights = f"$w$ = (${unit.w[0]:g}$, ${unit.w[1]:g}$)"
    ax.set_title(f"{name}\n{weights},  $\\theta$ = {unit.theta:g}")
show(
    fig, "The plane of the two inputs for three units. Full corners fire, empty ones "
    "do not. The purple arrow has the direction of w. It is perpendicular to the line "
    "and points into the green half-plane.")

# %% [markdown]
r"""
### Investigate

The panel shows one unit in three ways.

- **Left**, the square: the unit fires in the green half-plane. Drag there, and the line follows the pointer.
- **Middle**, the truth table: each row shows its weighted sum, the threshold $\theta$ (green line) and the answer $y$. Drag to
  move $\theta$.
- **Right**, the plane of *weights*: its dot is your unit, and you can drag it. In the blue region every unit computes the same
  function, because no sum passes $\theta$ there.

1. Make OR, and then "x1 or not x2".
2. Look for function 6, with the answers 0110. It is called XOR, "exclusive or".

<details>
<summary>Answers</summary>

1. OR needs a threshold between 0 and the smaller weight, for example $w=(1,1)$ and $\theta=0.5$. For "x1 or not x2" take
   $w=(1,-1)$ and $\theta=-0.5$: only the input 01 has a sum below $-0.5$.
2. Did you find it? See section 3.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: one unit as a half-plane, as a truth table and as a point among all weights
def view(fig):
    square, sums, weights = fig.subplots(1, 3)
    pictures.unit_square(square)
    sums.set_box_aspect(1)
    plane = pictures.half_plane(square, animated=True)
    dots = pictures.examples(square, animated=True)
    lines = pictures.weighted_sums(sums, animated=True)
    pieces = pictures.weight_plane(weights, animated=True)
    name = square.text(0.5, 1.55, "", ha="center", va="bottom", fontsize=13,
                       color=COLOR["green"], animated=True)

    def update(record, result):
        plane(result.w, -result.theta)
        dots(corners(2), result.fires)
        lines(result.sums, result.theta, result.fires)
        pieces(*result.w, result.theta, result.same)
        name.set_text(result.name)

    return update


Panel(TwoInputUnit(), view, "w1", "w2", "theta")

# %% [markdown]
r"""
### Exercise · choose parameters

NAND is the opposite of AND: it answers 1 unless *both* inputs are 1, so its four answers are 1110. Find weights and a
threshold for it. You may use the panel, or think: on which side of the line for AND must the unit fire?
"""

# %%
w1, w2, theta = ..., ..., ...

check("NAND", (w1, w2, theta))

# %% tags=["solution"]
check("NAND", (-1, -1, -1.5))

# %% [markdown]
r"""
## 3 · What one unit can compute

How many of the 16 functions can one unit compute, and what decides it?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("how many of sixteen")

# %% [markdown]
r"""
### Run

The next cell tries all weights in $\{-1,0,1\}$ and all thresholds halfway between whole numbers. For two inputs these reach
every function that any real weights reach (a test of this course proves it). The colours of the figure
also show which functions the original neuron of 1943 computes. The box below the figure explains that neuron.
"""

# %%
real = functions_of_threshold_units(2)
old = mcculloch_pitts_functions(2, lowest=1)  # thresholds from 1 on

# %% tags=["folded"]
# Figure: all functions of two bits, and who computes them
LOOKS = {
    "neuron of 1943": (COLOR["green"], "-"),
    "real weights only": (COLOR["v"], "--"),
    "no single unit": (COLOR["vermillion"], ":"),
}
fig, axes = plt.subplots(2, 8, figsize=(8.6, 2.9))
for number, ax in enumerate(axes.flat):
    table, line, who = truth_table(number), None, "no single unit"
    if number in real:
        line = best_margin(corners(2), table)[1]
        who = "neuron of 1943" if number in old else "real weights only"
    pictures.gate_square(ax, table, GATES[number], line, *LOOKS[who])
handles = [plt.Line2D([], [], color=color, ls=frame, label=who)
           for who, (color, frame) in LOOKS.items()]
fig.legend(handles=handles, loc="outside lower center", ncols=3)
show(
    fig, "All 16 functions of two bits as squares; a full corner means the answer 1. "
    "A solid green frame marks the 7 functions that a neuron of 1943 computes. A "
    "dashed blue frame marks 7 more that need real weights. XOR and its opposite "
    "XNOR (dotted red) cannot be computed by a single unit.")

missing = [GATES[k] for k in range(16) if k not in real]
print(f"with real weights: {len(real)} of 16, theory 14;  missing: "
      f"{', '.join(missing)}")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that the equation of section 1 is the model of McCulloch and Pitts (1943)
([erratum E5](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that their neuron can compute fewer functions.
**Correct is** that in 1943 all excitatory synapses have the same strength and the threshold is a whole number of at least 1.
A single active inhibitory input silences the neuron, however many excitatory inputs are active (**absolute inhibition**). The
answer comes one time step later. Real weights of either sign came later. (In the code, `synapses=[2, 0]` gives the first
input two synapses of equal strength.) **You can check it:** the cell above counted 14 functions for real weights. The next
cell counts 7 for the neuron of 1943, and then compares one unit of each kind.

</div>
"""

# %%
print(f"neuron of 1943: {len(old)} of 16, theory 7: {', '.join(GATES[k] for k in old)}")

weighted = ThresholdUnit([2, -1], 1)
neuron_1943 = McCullochPittsUnit(synapses=[2, 0], theta=1, inhibitory=[0, 1])
for x in corners(2):
    print(f"x = {x[0]}{x[1]}   weights 2 and -1: {weighted(x)}   two synapses and "
          f"inhibition: {neuron_1943(x)}")

# %% [markdown]
r"""
At the input 11 the two differ. A weight of −1 can be outvoted by a larger positive weight, whereas absolute inhibition cannot.
The optional section [*How strong is a veto?*](#Further-·-How-strong-is-a-veto?) measures how large a negative weight must be.

### Derive: why one unit cannot compute XOR

We will show that four inequalities contradict each other. XOR answers 1 if *exactly one* input is 1. Suppose that a unit with
the weights $w_1,w_2$ and the threshold $\theta$ did that. Each of the four inputs then gives one inequality:

| input | sum | the unit must | therefore |
|---|---|---|---|
| 00 | $0$ | stay silent | $0<\theta$ |
| 10 | $w_1$ | fire | $w_1\ge\theta$ |
| 01 | $w_2$ | fire | $w_2\ge\theta$ |
| 11 | $w_1+w_2$ | stay silent | $w_1+w_2<\theta$ |

1. Add the second and the third inequality: $w_1+w_2\ge2\theta$.
2. By the first inequality $\theta$ is positive, and therefore $2\theta>\theta$.
3. Together these two give $w_1+w_2>\theta$, which contradicts the fourth inequality. Hence such a unit does not exist.

For XNOR, the opposite of XOR, the argument is similar: 00 needs $\theta\le0$, and 10 and 01 need $w_1\lt\theta$ and $w_2\lt\theta$, so that $w_1+w_2<2\theta\le\theta$, although 11 must
fire. In geometrical terms, no line separates the full corners of XOR from
the empty ones. If a line (in more dimensions a plane) separates the points of one label from those of the other, the points
are called **linearly separable**. A single unit computes a function exactly if its corners are linearly separable.
"""

# %% [markdown]
r"""
## 4 · Two units do what one cannot

How can a second unit help? XOR fails because of the input 11: each input alone must be enough, but both together must not be.
We therefore let a second unit $h$ detect 11, and let it subtract the excess:

$$h=[\,x_1+x_2\ge2\,],\qquad y=[\,x_1+x_2-2h\ge1\,].$$

A bracket is 1 if the statement in it is true, and 0 otherwise.
"""

# %%
h = ThresholdUnit([1, 1], 2)
y = ThresholdUnit([1, 1, -2], 1)  # sees x1, x2 and h
answers = cascade(corners(2), h, y)
for x, (carry, digit) in zip(corners(2), answers):
    print(f"x = {x[0]}{x[1]}   h = {carry}   y = {digit}")
names = [GATES[function_number(column)] for column in answers.T]
sums = corners(2).sum(axis=1)
print(f"y is {names[1]}, h is {names[0]};  2h + y = {(answers @ [2, 1]).tolist()},  "
      f"x1 + x2 = {sums.tolist()}")

# %% tags=["folded"]
# Figure: the wiring, and the sum that the second unit compares with its threshold
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 2.7), width_ratios=(1.3, 1))
nodes = {"x1": (0, 1, "$x_1$"), "x2": (0, 0, "$x_2$"), "h": (1, 0.5, "$h$\n≥2"),
         "y": (2.2, 0.5, "$y$\n≥1")}
connections = [("x1", "h", 1), ("x2", "h", 1), ("x1", "y", 1), ("x2", "y", 1),
               ("h", "y", -2)]
pictures.wiring(left, nodes, connections)
left.set(xlim=(-0.3, 2.6), ylim=(-0.35, 1.35))
right.plot(sums, sums - 2 * answers[:, 0], "o-", color=COLOR["v"], label="$x_1+x_2-2h$")
right.plot(sums, sums, "o--", color=COLOR["ghost"], label="$x_1+x_2$")
right.axhline(1, color=COLOR["green"])
right.text(2.08, 1.06, r"$\theta$ = 1", color=COLOR["green"], ha="right")
right.set(xlabel="number of inputs that are 1", ylabel="sum at $y$", xticks=(0, 1, 2),
          yticks=(0, 1, 2))
right.legend()
label_panels((left, right))
show(
    fig, "a: two units that compute XOR. The unit h fires for 11 only and subtracts 2 "
    "from the sum at y. b: the sum at y against the number of active inputs. With h "
    "(blue) the sum rises and falls again, so that only a single active input reaches "
    "the threshold.")

# %% [markdown]
r"""
The last printed line shows that the net *adds*: $h$ is the carry and $y$ the last digit of $x_1+x_2$ in binary. Engineers
call this a half adder, and from such pieces one can build a computer. The optional section
[*A full adder*](#Further-·-A-full-adder) adds longer numbers.

Does this answer the article's question, whether a neuron is like a transistor? A net of units *can* be a computer, but that does not make a neuron a
transistor ([erratum E1](07_conclusion.ipynb#4-·-The-ledger-of-errata)). A transistor keeps nothing of its past, whereas the response of a neuron depends on its past, as notebooks 02, 03 and 06 will show.

### Exercise · judge five claims

Answer True or False for each. For claim 2, ask how such a net answers if all its inputs are 0.

1. A neuron of 1943 can compute "x1 and not x2".
2. A net of neurons of 1943 can compute NOR (its answers are 1000) if it contains enough neurons and no loops.
3. One unit with real weights can compute "x2 or not x1".
4. For XOR one unit is enough if its weights are allowed to be fractions.
5. The point 11 of XNOR is moved to (0.2, 0.2), and its label stays. The four points are then linearly separable.
"""

# %%
claims = [..., ..., ..., ..., ...]

check("five claims", claims)

# %% tags=["solution"]
check("five claims", [True, False, True, False, True])

# %% [markdown]
r"""
**End of the first sitting.** You can build 14 of the 16 functions with one unit and XOR with two, if you choose the weights. In the second sitting a rule
finds the weights.

## 5 · Learning

Can a unit find its weights by itself, from examples? This section gives it a rule, and proves how many mistakes the rule makes.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a hundred repetitions")

# %%
unit = ThresholdUnit([0, 0], 0)
for _ in range(100):
    unit(corners(2))  # all the equation can do: answer

# %% tags=["folded"]
# Table: the unit after a hundred presentations
gate = GATES[function_number(unit(corners(2)))]
print(f"shown 100 times: w = {unit.w.tolist()}, theta = {unit.theta:g}, it computes "
      f"{gate}")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that the equation of section 1 learns to separate its inputs into two classes
([erratum E6](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the equation only describes how the unit
*answers*. Nothing in it changes a weight, and McCulloch and Pitts assume that the structure of their net is fixed. **Correct
is** that learning needs a second equation. Rosenblatt introduced the perceptron in 1958, and the error-correcting rule below,
with the proof that it succeeds, followed by 1962. **You can check it:** the cell above showed the examples of AND a hundred
times to a unit without a rule. The next cell shows them to a unit that follows the rule.

</div>
"""

# %%
learned = learn_perceptron(corners(2), truth_table(GATES.index("AND")))
gate = GATES[function_number(ThresholdUnit(learned.w, -learned.b)(corners(2)))]
print(f"with the rule:   w = {learned.w.tolist()}, theta = {-learned.b:g}, it computes "
      f"{gate}")
print(f"                 after {learned.mistakes} mistakes in {learned.epochs} epochs, "
      "that is, passes through the four inputs")

# %% [markdown]
r"""
### Derive: Rosenblatt's rule

**The bias.** First we move $\theta$ to the other side: $w\cdot x\ge\theta$ is the same as $w\cdot x+b\ge0$ with the **bias**
$b=-\theta$. Note the sign: a *high* threshold is a *negative* bias. Now we append a constant 1 to each input,
$\tilde x=(x_1,x_2,1)$, and the bias to the weights, $v=(w_1,w_2,b)$. The unit then fires if $v\cdot\tilde x\ge0$. The threshold
has become one more weight, which can be learned like the others.

**The rule.** Show the unit an example $\tilde x$ with its label, the *target* $t$ (0 or 1), and let $y$ be its answer. Then
$$v\leftarrow v+(t-y)\,\tilde x .$$
Start at $v=0$ and show all examples in turn. One pass through all examples is called an **epoch**. Repeat until an epoch is
without mistakes. A unit that learns in this way is called a **perceptron**.

**The reason.** If $y=t$, nothing changes. If the unit should have fired but did not, $\tilde x$ is added to $v$. This raises the
sum for this example by $\tilde x\cdot\tilde x>0$, that is, towards the correct side. If the unit fired by mistake, $\tilde x$ is
subtracted. (Many texts multiply the change by a **learning rate**. We set it to 1; the
optional section [*Sums that should be equal*](#Further-·-Sums-that-should-be-equal) shows whether this matters.)

### Exercise · write a step

Write one step of the rule. `v` and `x` are arrays of three numbers (the last entry of `x` is 1), and `target` is 0 or 1.
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
### Derive: the number of mistakes is bounded

We will derive a **mistake bound**, that is, a number of mistakes that the rule never exceeds. Suppose that some unit does the
task. If one of its sums equals $\theta$ exactly, lower $\theta$ slightly; this changes no answer. Divide its weights and its bias
by a common factor, so that they form a vector $u$ of length 1. All sums $u\cdot\tilde x$ then have the correct sign, and the
smallest of their sizes is called the **margin** $\gamma>0$. We write $s=+1$ for label 1 and $s=-1$ for label 0:
$$s\,(u\cdot\tilde x)\ge\gamma\quad\text{for every example}.$$
Let $R$ be the length of the longest $\tilde x$, and start at $v=0$. At a mistake $t-y=s$, so it changes $v$ into $v+s\tilde x$. We follow two
quantities: how far $v$ reaches in the direction of $u$, and how long $v$ is.

1. **The projection $u\cdot v$.** A mistake changes it into $u\cdot v+s\,(u\cdot\tilde x)$, so it grows by at least $\gamma$.
2. **The length $\lVert v\rVert$.** Its square becomes $\lVert v\rVert^2+2s\,(v\cdot\tilde x)+\lVert\tilde x\rVert^2$. The middle
   term is not positive, because a mistake means that the sum $v\cdot\tilde x$ had the wrong sign or was 0. Therefore
   $\lVert v\rVert^2$ grows by at most $R^2$.
3. **The two meet.** A projection is never longer than the vector itself: $u\cdot v\le\lVert v\rVert$.

### Exercise · derive

Derive the consequence of $k$ mistakes. Complete three expressions in `k`, `R` and `gamma`; `np.sqrt` is the square root.
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
The bound does not depend on the number of examples or on their order. Because the number of *mistakes* is finite, there are
none from some epoch on. This is the **perceptron convergence theorem** (Novikoff 1962).

### Run

The next cell counts the mistakes for three gates and compares them with their bounds. Here $\gamma$ is the best margin that any
$u$ can have, and $R^2=3$ comes from $\tilde x=(1,1,1)$.
"""

# %%
gates = {}
for gate in ("AND", "OR", "NAND"):
    labels = truth_table(GATES.index(gate))
    learned = learn_perceptron(corners(2), labels)
    bound = perceptron_bound(corners(2), labels)
    gates[gate] = learned, bound
    print(f"{gate:5s} {learned.mistakes:2d} mistakes, bound {bound:.0f};  "
          f"{learned.epochs} epochs;  w = ({learned.w[0]:g}, {learned.w[1]:g}), "
          f"b = {learned.b:g};  margin {best_margin(corners(2), labels)[0]:.4f}")

# %% tags=["folded"]
# Figure: mistakes against examples presented, for three gates
fig, axes = plt.subplots(1, 3, figsize=(8.6, 2.9), sharey=True)
for ax, (gate, (learned, bound)) in zip(axes, gates.items()):
    pictures.mistakes_chart(ax, 32, 60)(learned.changed, len(learned.changed), bound)
    ax.set_title(gate)
    ax.label_outer()
show(
    fig, "Mistakes of the perceptron against the examples presented, for three gates. "
    "Each curve stops rising far below its bound, the dashed line. The dot marks "
    "the end of the run. The perceptrons make 11 of 51, 5 of 27 and 10 of 51 possible "
    "mistakes.")

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
bound = perceptron_bound(corners(2), labels)
runs = [learn_perceptron(corners(2), labels, max_epochs=n) for n in (10, 100, 1000)]

# %% tags=["folded"]
# Table: mistakes after more and more epochs, and the weights in the last two
for learned in runs:
    end = "settled" if learned.converged else "not separated within them"
    print(f"{GATES[function_number(labels)]}: {learned.mistakes} mistakes in "
          f"{learned.epochs} epochs, {end}; bound {bound}")
steps = [f"({a:g}, {b:g}, {c:g})" for a, b, c in runs[-1].history]
for epoch in (999, 1000):
    start = 4 * (epoch - 1)
    print(f"v = (w1, w2, b) in epoch {epoch:4d}:", " ".join(steps[start:start + 4]))

# %% [markdown]
r"""
The weights repeat in a cycle: after four examples they return to the same values. The flipped labels are not linearly
separable, so no vector $u$ exists, and therefore neither a margin nor a bound. "Not separated within 1000 epochs" is an
observation. The word "never" needs a proof. The inequalities of section 3 are one. The cycle here is another, because equal weights and the same order of examples must lead to the same steps again.

### Investigate: teach it yourself

The panel shows a perceptron that learns from four points.

- **Left**, the points: a full point has the label 1, an empty one the label 0. A red ring marks a misclassified point. The grey
  diamond marks the point that is presented next. The purple arrow is the direction of $w$.
- **Middle**, the weights: the purple arrow is the vector $w$, and the grey line is its path so far. If the next point is
  misclassified, the red arrow shows how the rule will change $w$. You can drag the tip; learning then begins there.
- **Right**, the mistakes so far, their bound (dashed) and the mistakes to come (dotted).

*Step* presents one example, and the play button presents them all. Click a point to flip its label, drag it to move it, or click
where there is none to add one. The other buttons and the sliders do all this without a pointer.

1. Press *Step* several times, and compare each red arrow with the point in the diamond. When is the arrow missing although the
   point is misclassified?
2. Choose the gate XOR and let it run to the end. How do the weights move, and when do the mistakes pass 51, the old bound (grey)?
3. Go back to AND and drag the point 11 to about (0.8, 0.8). The bound rises. Does the number of mistakes rise as well?
4. Drag the tip of $w$ into a wrong direction, for example to $(-2,-2)$, and present the examples again. Does learning still end?

<details>
<summary>Answers</summary>

1. The arrow is $+\tilde x$ or $-\tilde x$ without its last entry. For the point 00 this is zero: only the bias changes, and the
   line moves without turning.
2. The weights run around a closed path. The mistakes pass 51 after 54 examples. From the sixth example on, every example is a
   mistake.
3. The number of mistakes falls to 3 at (0.8, 0.8), although the bound rises to about 93. A bound is not a forecast: the
   mistakes never exceed it, but they may be far fewer.
4. Yes. The theorem holds for every start, but the bound is another one. At the end of AND from zero the line passes exactly
   through the point 11. This counts as learned, because a sum that equals the threshold fires.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a perceptron, its points, its weights and its mistakes
session = TeachingSession(step=3)
panel = Panel(session, pictures.teaching, "step", "gate", "w1", "w2", "b")
with_clock(panel, "step", step=1, interval=400)
panel

# %% [markdown]
r"""
## What you saw

- A threshold unit fires on one side of a straight line, its decision boundary, to which the weight vector is perpendicular.
- With real weights it computes 14 of the 16 functions of two bits, exactly the linearly separable ones. The neuron of 1943
  computes 7 of them, because it is silent without input.
- Four inequalities show that one unit cannot compute XOR. Two units can, and nets of units can add.
- The equation of a unit does not learn; Rosenblatt's rule does. On linearly separable data it makes at most $(R/\gamma)^2$
  mistakes from zero weights, on other data it never settles.
- A bound is not a forecast, and "not yet settled" is not a proof.
"""

# %% [markdown]
r"""
## Further · What a bit leaves out

*15 minutes.* Which properties of a neuron does a bit keep, and which ones does it lose? To find out we need a neuron to measure.
We take the Hodgkin-Huxley model of one membrane, which notebook 02 builds step by step. Voltage is in mV from rest, current in
µA/cm², time in ms.

The article states that firing cannot be represented by a zero or a one
([erratum E9](07_conclusion.ipynb#4-·-The-ledger-of-errata)). This goes too far: a spike *is* all or none, and the article's own
stochastic neurons (notebook 05) have $X\in\{0,1\}$. However, a bit does leave out *when* the spike came, *how often* spikes
come, and how the voltage moves in between. The next cell gives the membrane three currents for 100 ms each. The figure shows
the voltage, the spikes made from it, and the bit made from those.
"""

# %%
t = np.arange(0, 100.01, 0.02)  # ms
runs = {I: simulate(HodgkinHuxley(I_ext=I), t) for I in (2, 7, 20)}
spikes = {I: spike_times(t, run.V, threshold=50) for I, run in runs.items()}
bits = {I: int(len(times) > 0) for I, times in spikes.items()}

# %% tags=["folded"]
# Figure: voltage, spike times and bit of one membrane at three currents
fig, axes = plt.subplots(1, 3, figsize=(8.6, 2.8), sharey=True)
for ax, (I, run) in zip(axes, runs.items()):
    ax.plot(t, run.V, color=COLOR["V"], lw=1.2)
    ax.vlines(spikes[I], 118, 132, color=COLOR["theory"], lw=1.5)
    ax.set(xlabel="time (ms)", xlim=(-3, 100), ylim=(-18, 140),
           title=f"{I} µA/cm²: bit {bits[I]}")
    first = f", first spike at {spikes[I][0]:.2f} ms" if bits[I] else ""
    print(f"I = {I:2d}: bit {bits[I]}, {len(spikes[I])} spikes, highest voltage "
          f"{run.V.max():.1f} mV{first}")
axes[0].set_ylabel("$V$ (mV)")
zoom = axes[0].inset_axes((0.3, 0.35, 0.65, 0.35), xlim=(0, 40), ylim=(-0.5, 5.5),
                          title="the same, enlarged")
zoom.plot(t, runs[2].V, color=COLOR["V"], lw=1.2)
label_panels(axes)
show(
    fig, "Voltage of one membrane against time at three currents, with its spike "
    "times as ticks above. The ticks keep the spike times and lose the ringing below "
    "threshold. One bit per run keeps neither the times nor the rate.")

# %% [markdown]
r"""
- At 2 µA/cm² the bit is 0. Nevertheless the membrane responds, with a damped oscillation of 5 mV, and the next input will arrive
  at some point of this oscillation.
- At 7 and 20 µA/cm² both bits are 1, although the rates and the spike times differ.
- The ticks, that is, the spike train, keep the times and the rate, but lose the voltage.

The unit of this notebook is therefore not a wrong neuron; it is a neuron without time.

**What is the current?** The article calls $x$ the input current ([erratum E7](07_conclusion.ipynb#4-·-The-ledger-of-errata)). However,
$x$ only says which inputs fired. The current is the sum $w\cdot x$, so each weight has the unit µA/cm², and the threshold as
well. In the next cell each spike gives the membrane a current of $w$ for 1 ms. With the same $x$ and another $w$ the membrane
answers differently.
"""

# %%
t = np.arange(0, 30, 0.02)  # ms
pulse = (t < 1)[:, None]  # 1 ms
for w in (5, 8):
    currents = corners(2) @ [w, w]  # µA/cm², for four membranes side by side
    run = simulate(HodgkinHuxley(I_ext=0.0), t, I_ext=pulse * currents)
    answers = [int(len(spikes) > 0) for spikes in spike_times(t, run.V, threshold=50)]
    for x, V, y in zip(corners(2), run.V.T, answers):
        print(f"w = {w} µA/cm²: x = {x[0]}{x[1]}, current {w * x.sum():2d} µA/cm², "
              f"highest voltage {V.max():5.1f} mV: y = {y}")
    print(f"the membrane computes {GATES[function_number(answers)]}")

# %% [markdown]
r"""
With $w=5$ two spikes are needed to fire the membrane, with $w=8$ one is enough. For inputs that arrive at the same moment
a membrane *is* a threshold unit, with $\theta\approx7$ µA/cm² for pulses of 1 ms. For other durations and other histories it is
another unit. It does not have one fixed threshold *voltage* either ([erratum E11](07_conclusion.ipynb#4-·-The-ledger-of-errata)):
if its voltage is raised to 7 mV suddenly, it fires. A slow current grows by 0.3 µA/cm² per ms up to 9 µA/cm² and then stays
there until 40 ms. The voltage reaches 7.9 mV without a spike.

**A remark on history.** The article presents the work of Hodgkin and Huxley in 1952 as the reply to the failure of logic gates
([erratum E10](07_conclusion.ipynb#4-·-The-ledger-of-errata)). It came from another line of research, which is older than 1943. In
1907 Lapicque described the excitation of a nerve by a leaky capacitor and a threshold. In 1939 Hodgkin and Huxley recorded a
spike from inside an axon, and the voltage clamp later allowed them to separate its currents.
"""

# %% [markdown]
r"""
## Further · How far is the line?

*10 minutes.* Section 2 showed the direction of the decision boundary. Here we find its distance from the origin, and then the
distance of any point.

1. The point $p_0=\theta\,w/\lVert w\rVert^2$ lies on the line, because $w\cdot p_0=\theta\,(w\cdot w)/\lVert w\rVert^2=\theta$.
2. It is a multiple of $w$. The way to it from the origin therefore meets the line at a right angle, and no point of the line is
   nearer.
3. The distance is the length of $p_0$,
$$\lVert p_0\rVert=\frac{|\theta|}{\lVert w\rVert},\qquad \lVert w\rVert=\sqrt{w_1^2+w_2^2}.$$

The next cell compares this with the nearest of many points on each line.
"""

# %%
units = {
    "AND": ThresholdUnit([1, 1], 1.5),
    "OR": ThresholdUnit([1, 1], 0.5),
    "x1 and not x2": ThresholdUnit([1, -1], 0.5),
}
for name, unit in units.items():
    x1 = np.linspace(-5, 5, 10001)  # points of the line, to look for the nearest one
    x2 = (unit.theta - unit.w[0] * x1) / unit.w[1]
    theory = abs(unit.theta) / np.linalg.norm(unit.w)
    nearest = np.hypot(x1, x2).min()
    print(f"{name:14s} nearest point of the line at {nearest:.4f}, theory {theory:.4f}")

# %% [markdown]
r"""
### Exercise · derive

Now take any point $x$. How far beyond the line $w\cdot x=\theta$ does it lie, counted positive on the side that fires? Ask how
much the sum grows for each unit of length in the direction of $w$. The same formula holds for a plane in three dimensions.
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
## Further · A map of all weights

*10 minutes.* In the plane of weights the proof of section 3 appears as a missing region. For $\theta>0$ three lines cut this
plane into seven regions, and for $\theta<0$ into seven others. ($\theta=0$ adds none.) Together they are $7+7=14$ regions, and
XOR is not among them.
"""

# %%
grid = np.linspace(-2, 2, 161)
maps = {theta: gate_number(grid, grid[:, None], theta) for theta in (0.8, -0.8)}

# %% tags=["folded"]
# Figure: the plane of weights for a positive and a negative threshold
fig, axes = plt.subplots(1, 2, figsize=(8.4, 3.9))
for ax, (theta, gates) in zip(axes, maps.items()):
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
    fig, "The plane of the weights w1 and w2, cut by the lines w1 = θ, w2 = θ and w1 "
    "+ w2 = θ. A positive threshold gives seven pieces, a negative one seven others. "
    "Each piece is one function, the darker the more inputs fire. No piece is XOR or "
    "XNOR.")

# %% [markdown]
r"""
### Exercise · measure

Now hold $\theta$ at 0, and let the two weights be any real numbers. How many functions of two bits are left? Change the loop.
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
found_there = {int(gate_number(w1, w2, 0)) for w1 in weights_tried
               for w2 in weights_tried}
check("without a threshold", len(found_there))

# %% [markdown]
r"""
## Further · A full adder

*15 minutes.* To add longer numbers you must add *three* bits in each place: two digits and the carry from the right. Let
$s=x_1+x_2+x_3$. The new carry is $c=[s\ge2]$. One more unit gives the sum bit. It receives $x_1,x_2,x_3$ and $c$.

### Exercise · choose parameters

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

Two units for each place are connected in a chain, in which each place passes its carry to the next one. In this way the next cell
adds two four-bit numbers.
"""

# %%
carry, total = ThresholdUnit([1, 1, 1], 2), ThresholdUnit([1, 1, 1, -2], 1)


def add(a, b, places=4):
    """The sum of two whole numbers, by two threshold units for each binary place."""
    c = result = 0
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

Connect units so that they multiply two numbers of two bits each, and test all 16 pairs. How few units do you need?
"""

# %% [markdown]
r"""
## Further · Nets of neurons of 1943

*15 minutes.* Which functions can *nets* of neurons of 1943 compute? In symbols, one such neuron has $y(t+1)=1$ if no inhibitory
input is active at time $t$ and at least $\theta$ excitatory synapses are. A net of three computes XOR: the answers of "$x_1$ and
not $x_2$" and of "$x_2$ and not $x_1$" go into an OR.

However, no net without loops computes NOT. Theorem 3 of McCulloch and Pitts gives the reason. If no input is active, the
neurons that see only inputs are silent one step later, because every threshold is at least 1. Therefore the neurons that they
feed are silent after one more step, and so on. A net without
loops is silent whenever its inputs are, so every function that it computes answers 0 to the input 00. NOT, NAND, NOR and XNOR answer
1 to 00. One addition changes this, an input that is *always* 1, as in section 5. The next cell lets nets grow until
nothing new appears, first without the constant input and then with it.
"""

# %%
from itertools import product

NEURONS = [McCullochPittsUnit([1, 1], 2), McCullochPittsUnit([1, 1], 1),
           McCullochPittsUnit([1, 0], 1, inhibitory=[0, 1])]  # and, or, and not


def reachable(inputs):
    """The truth tables that nets of NEURONS without loops make from these tables."""
    found = set(inputs)
    while True:
        pairs = [np.transpose(pair) for pair in product(found, repeat=2)]
        new = {tuple(neuron(pair)) for pair in pairs for neuron in NEURONS}
        if new <= found:
            return found
        found |= new


x1, x2 = map(tuple, corners(2).T)
without = reachable([x1, x2])
print(f"nets without a constant input: {len(without)} of 16, of which "
      f"{sum(table[0] for table in without)} answer 1 to 00")
print(f"nets with one constant input: {len(reachable([x1, x2, (1, 1, 1, 1)]))} of 16")

# %% [markdown]
r"""
One neuron of 1943 computes 7 functions of two bits, nets of them compute 8, and with one constant input nets compute all 16. Two
variations of the single neuron are also worth a count:
"""

# %%
print("with up to three synapses per input:",
      len(mcculloch_pitts_functions(2, synapses=3, lowest=1)))
print("with a threshold of 0, which later textbooks allow:",
      len(mcculloch_pitts_functions(2, lowest=0)))

# %% [markdown]
r"""
For nets, absolute inhibition is not a restriction. By Theorem 4 of McCulloch and Pitts, absolute inhibition and inhibition that only
subtracts can replace each other, although the answer may come at another time.

### Exercise · choose parameters

With a constant input two neurons compute NAND. The first one is AND: two synapses, threshold 2. The second one receives $x_1$,
$x_2$, the constant 1 and the first neuron. Choose its excitatory synapses (four whole numbers), its threshold (a whole number, 1 or
more), and which of the four inputs are inhibitory.
"""

# %%
synapses = [..., ..., ..., ...]  # from x1, x2, the constant, the first neuron
theta = ...
inhibitory = [..., ..., ..., ...]

check("NAND of 1943", (synapses, theta, inhibitory))

# %% tags=["solution"]
check("NAND of 1943", ([0, 0, 1, 0], 1, [0, 0, 0, 1]))

# %% [markdown]
r"""
## Further · A loop remembers

*15 minutes.* So far signals ran in one direction. If the answer of a neuron is fed back to it, the neuron has a past. A neuron of 1943
answers one time step later, so the loop runs in time:

$$y(t+1)=\bigl[\text{set}(t)+y(t)\ge1\bigr]\ \text{unless}\ \text{reset}(t)=1 .$$
"""

# %%
from course_utils.notebook_01.loops import run_loop

latch = McCullochPittsUnit(synapses=[1, 0, 1], theta=1,
                           inhibitory=[0, 1, 0])  # set, reset, its own answer
inputs = np.zeros((14, 2), int)
inputs[[2, 10], 0] = 1
inputs[7, 1] = 1
y = run_loop([latch], inputs)[:, 0]
print("y =", "".join(map(str, y)))

# %% tags=["folded"]
# Figure: the two inputs and the answer over time
fig, ax = plt.subplots(figsize=(8, 2.5))
rows = {"set": (inputs[:, 0], COLOR["stimulus"]),
        "reset": (inputs[:, 1], COLOR["vermillion"]), "$y$": (y[:-1], COLOR["v"])}
for row, (name, (values, color)) in enumerate(rows.items()):
    base = -1.3 * row
    for style in {"fill": True, "alpha": 0.35}, {"lw": 1.8}:
        ax.stairs(values + base, np.arange(15), baseline=base, color=color, **style)
    ax.text(-0.3, 0.3 + base, name, ha="right", color=color)
ax.set(xlabel="time step", yticks=(), xlim=(0, 14), xticks=range(15))
ax.spines["left"].set_visible(False)
show(
    fig, "A neuron that excites itself. One pulse on set switches y on, and it stays "
    "on; one pulse on reset switches it off. One bit is kept by activity in a loop, "
    "not by a weight.")

# %% [markdown]
r"""
One unit with one loop stores one bit. The membrane of notebook 02 stores a bit too, but in another way: at 8 µA/cm² it can be silent
or fire, depending on its past.

### Predict

Another circuit has two neurons that inhibit each other. A constant input makes each of them fire unless it is inhibited.
"""

# %% tags=["nbval-ignore-output"]
predict("two silent neurons")

# %%
rivals = [McCullochPittsUnit([1, 0, 0], 1, inhibitory=[0, 0, 1]),
          McCullochPittsUnit([1, 0, 0], 1, inhibitory=[0, 1, 0])]
constant = np.ones((6, 1), int)  # each sees the constant, then both neurons
histories = {start: run_loop(rivals, constant, start)
             for start in ((1, 0), (0, 1), (0, 0))}

# %% tags=["folded"]
# Table: the two neurons, step by step, from three starts
for start, history in histories.items():
    print(f"start {list(start)}:", *history.tolist())

# %% [markdown]
r"""
From the first two starts the circuit keeps one bit. The third behaviour is an artefact of the model's clock. Real neurons do not have a
common clock, and they are noisy, so that such a tie does not last.
"""

# %% [markdown]
r"""
## Further · One unit, more inputs

*20 minutes.*

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("more inputs")

# %% [markdown]
r"""
### Run

Whole weights up to 1, 1, 2 and 3 are enough for 1, 2, 3 and 4 inputs: they reach every function that real weights reach. The next
cell therefore tries these weights and counts. For four inputs this takes a moment.
"""

# %%
from course_utils import threshold_functions
from course_utils.notebook_01.counting import cover_count

ns = np.arange(1, 5)
counted = [threshold_functions(n) for n in ns]
all_of_them = [2**2**n for n in ns.tolist()]

# %% tags=["folded"]
# Figure: how many functions there are, and how many one unit computes
for n, one_unit, every in zip(ns, counted, all_of_them):
    print(f"n = {n}: one unit computes {one_unit:4d} of {every:5d} functions, "
          f"{100 * one_unit / every:.3g} %")
fig, ax = plt.subplots(figsize=(7.4, 2.9))
ax.semilogy(ns, all_of_them, "s--", color=COLOR["theory"],
            label="all functions, $2^{2^n}$")
ax.semilogy(ns, [cover_count(2**n, n + 1) for n in ns], "^:", color=COLOR["purple"],
            label="Cover's bound")
ax.semilogy(ns, counted, "o-", color=COLOR["green"], label="one threshold unit")
ax.set(xlabel="inputs, $n$", ylabel="functions", xticks=ns)
ax.legend()
show(
    fig, "Number of functions of n bits, of those that one unit computes, and Cover's "
    "bound, against n on a logarithmic scale. One unit gains functions with each "
    "input, but the number of all functions grows far faster: the share falls from "
    "100 to 2.87 percent.")

# %% [markdown]
r"""
**Cover's bound** (1965) limits how many labellings of $N$ points in $n$ dimensions are linearly separable: at most
$2\sum_{k=0}^{n}\binom{N-1}{k}$. Exactly this many are, if the points are in general position. For $n=2$ this means that no three
points lie on a line, for $n=3$ that no four lie on a plane. For the square the formula gives $2\,(1+3+3)=14$. The corners of a cube
are in a special position. For them $2\,(1+7+21+35)=128$ is only a bound, and the count is 104.

### The cube

With three inputs the decision boundary becomes a plane, and the square becomes a cube.
"""

# %%
shapes = {"AND": ([1, 1, 1], 2.5), "$x_1$ and ($x_2$ or $x_3$)": ([2, 1, 1], 2.5),
          "majority": ([1, 1, 1], 1.5), "odd number": (None, 0)}
odd = corners(3).sum(axis=1) % 2
print(f"odd number of ones: function {function_number(odd)}, computed by one unit: "
      f"{function_number(odd) in functions_of_threshold_units(3)}")

# %% tags=["folded"]
# Figure: four functions of three bits on the cube
fig, axes = plt.subplots(1, 4, figsize=(8.6, 2.5))
for ax, (name, (w, theta)) in zip(axes, shapes.items()):
    table = odd if w is None else ThresholdUnit(w, theta)(corners(3))
    pictures.cube(ax)(table, w, theta)
    below = "no plane" if w is None else f"$w$ = {tuple(w)}, $\\theta$ = {theta}"
    ax.set_title(f"{name}\n{below}", fontsize=9)
show(
    fig, "Functions of three bits on a cube, full corners 1. The bit x1 grows to the "
    "right, x2 backwards and x3 upwards. A plane separates the full corners of AND, of "
    "x1 and (x2 or x3), and of majority from the empty ones. For the odd-number "
    "function full and empty corners alternate, and no plane separates them.")

# %% [markdown]
r"""
### Investigate

1. A plane can cut off four corners in two different shapes, if turning does not count. One is in
   the figure above. Find the other.

<details>
<summary>Answer</summary>

A whole face, for example with $w=(1,0,0)$ and $\theta=0.5$; and one corner with its three neighbours, for example with
$w=(1,1,1)$ and $\theta=1.5$ (the corner 111 and its neighbours).
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a plane that cuts the cube
from course_utils.notebook_01.experiments import ThreeInputUnit


def view(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1.2, 1))
    solid = pictures.cube(left, animated=True)
    right.axis("off")
    looks = {"family": "monospace", "fontsize": 11, "va": "center"}
    rows = []
    for x, height in zip(corners(3), np.arange(0.95, 0, -0.12)):
        right.text(0.1, height, f"{x[0]}{x[1]}{x[2]}   sum", **looks)
        rows.append(right.text(0.7, height, "", ha="right", animated=True, **looks))

    def update(record, result):
        solid(result.fires, result.w, result.theta)
        for row, total, y in zip(rows, result.sums, result.fires):
            row.set_text(f"{total:.2f} {'≥' if y else '<'} θ   {y}")
            row.set_color(COLOR["green"] if y else COLOR["ghost"])

    return update


Panel(ThreeInputUnit(), view, "w1", "w2", "w3", "theta")

# %% [markdown]
r"""
## Further · How good is the mistake bound?

*10 minutes.* The bound holds for any order of separable data. For a particular data set the true number of mistakes may be far
smaller. We measure this on 80 random data sets of 12 linearly separable points, each learned to the end. Sets with a bound of
3000 or more are left out.
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
fraction = np.array(made) / allowed
print(f"above the bound: {np.sum(fraction > 1)} of 80;  median fraction of it that is "
      f"used: {np.median(fraction):.3f}")

# %% tags=["folded"]
# Figure: mistakes made against the bound
fig, ax = plt.subplots(figsize=(7, 3.2))
ax.loglog(allowed, made, "o", ms=5, color=COLOR["purple"], alpha=0.7)
ax.loglog([10, 3000], [10, 3000], "--", color=COLOR["theory"],
          label="as many as the bound allows")
ax.set(xlabel=r"mistake bound $(R/\gamma)^2$", ylabel="mistakes made", ylim=(1, 3000))
ax.legend()
show(
    fig, "Mistakes of the perceptron against the bound for 80 random data sets, both "
    "on logarithmic scales. All points lie below the diagonal, most of them by a "
    "factor of ten or more.")

# %% [markdown]
r"""
### Data that overlap

Real data are often not linearly separable. If the points of the two labels overlap, the rule never settles. However, its
weights
do not grow without bound, but stay in a finite region. This is the *perceptron cycling theorem* (Minsky and Papert 1969,
chapter 11).
"""

# %%
rng = np.random.default_rng(43)
y = np.arange(40) % 2
x = rng.normal(size=(40, 2)) + np.where(y, 0.8, -0.8)[:, None]
learned = learn_perceptron(x, y, max_epochs=100)
after_epochs = learned.history[::40]
wrong = np.array([np.mean((x @ v[:2] + v[2] >= 0) != y) for v in after_epochs])
wrong *= 100
print(f"{learned.mistakes} mistakes in {learned.epochs} epochs, settled: "
      f"{learned.converged};  margin {best_margin(x, y)[0]:g}")
longest = np.linalg.norm(learned.history, axis=1).max()
print(f"wrong after the last epoch {wrong[-1]:.1f} %, after the best {wrong.min():.1f}"
      f" %;  longest v {longest:.1f}")

# %% tags=["folded"]
# Figure: two overlapping groups of points, and the errors after each epoch
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.0), width_ratios=(1, 1.5))
pictures.half_plane(left)(learned.w, learned.b)
pictures.examples(left, size=6)(x, y)
left.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), xlabel="$x_1$", ylabel="$x_2$",
         aspect="equal")
right.plot(wrong, color=COLOR["purple"], lw=1.2)
right.set(xlabel="epochs", ylabel="wrong (% of 40)", ylim=(0, None), xlim=(0, 100))
label_panels((left, right))
show(
    fig, "a: two overlapping groups of points and the line after 100 epochs. b: the "
    "percentage of wrong answers after each epoch. It jumps between 20 and 65 percent "
    "and never settles, because each line leaves a mistake that moves it.")

# %% [markdown]
r"""
## Further · How strong is a veto?

*10 minutes.* The neuron of 1943 is silenced by a single inhibitory input. Can a negative weight $-k$ do the same?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a weak veto")

# %% [markdown]
r"""
### Run

The weight must keep the unit silent even if all $n$ excitatory inputs of weight 1 are active. The next cell counts the patterns that
still fire a unit with 12 excitatory inputs and $\theta=5$, although the inhibitory input is on.
"""

# %%
patterns = np.column_stack([corners(12), np.ones(4096, int)])
for k in (3, 5, 7, 8):
    unit = ThresholdUnit([*np.ones(12), -k], 5)
    print(f"k = {k}: {unit(patterns).sum():3d} of 4096 patterns fire the unit")

# %% [markdown]
r"""
### Exercise · judge a claim

Give the smallest whole $k$ that silences a unit with $n=20$ and $\theta=6$, and the smallest one for $n=25$ and $\theta=4$. Then
answer True or False. The claim: "If there are two inhibitory inputs and each must silence the unit, half of $k$ is not enough."
"""

# %%
smallest = [..., ...]  # for (20, 6) and (25, 4)
each_needs_it = ...  # True or False

check("strong enough", [*smallest, each_needs_it])

# %% tags=["solution"]
check("strong enough", [15, 22, True])

# %% [markdown]
r"""
## Further · Sums that should be equal

*20 minutes.* Section 5 set the learning rate to 1. Does another rate change the result, on paper and in a computer?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a tenth of the rate")

# %% [markdown]
r"""
### Derive: the rate only rescales

With a learning rate $\eta>0$ (no unit) the rule becomes $v\leftarrow v+\eta\,(t-y)\,\tilde x$. Divide it by $\eta$: the vector
$v/\eta$ follows the rule with the rate 1. Its answers are the same, because $v$ and $v/\eta$ have the same sign in every sum.
Therefore only the *start divided by the rate* counts. If the weights start at zero, this quotient is zero at every rate, so the
mistakes are the same and the weights are multiplied by $\eta$.

### Run

The next cell teaches AND with the rate 0.1, once with floating-point numbers and once with exact fractions.
"""

# %%
def learn_and(rate, zero):
    v, mistakes, wrong = [zero] * 3, 0, True
    while wrong:
        wrong = 0
        for x1, x2 in corners(2).tolist():
            y = int(v[0] * x1 + v[1] * x2 + v[2] >= 0)
            change = rate * (x1 * x2 - y)
            v = [v[0] + change * x1, v[1] + change * x2, v[2] + change]
            wrong += change != 0
        mistakes += wrong
    return mistakes, [float(each) for each in v]


print("mistakes and weights, floating point: ", *learn_and(0.1, 0.0))
exact = learn_and(Fraction(1, 10), Fraction(0))
print("mistakes and weights, exact fractions:", *exact)

# %% [markdown]
r"""
With fractions the rule makes 11 mistakes, as with the rate 1. With floating-point numbers it stops after 8, because at the input 10
rounding leaves $-2.8\cdot10^{-17}$ instead of 0. The weights that it finds compute AND only because of this rounding error.
Therefore never let a result depend on the equality of two floating-point sums. Use whole numbers, or put the threshold halfway
between two possible sums, or allow for rounding as `ThresholdUnit` does.

### Exercise · choose a start

From the start $v=(2,-1,0.5)$ and with the rate 0.5, AND is learned with 12 mistakes. Choose a start from which the rate 1 makes
exactly the same mistakes.
"""

# %%
start = [..., ..., ...]

check("the same mistakes", start)

# %% tags=["solution"]
check("the same mistakes", [4, -2, 1])

# %% [markdown]
r"""
### Exercise · find the fault

A colleague wrote a unit that is correct on paper. Find one case on which it gives the wrong answer. All weights and the threshold must
be multiples of 0.1, such as 0.3, and the inputs must be bits.
"""

# %%
def fires(weights, x, theta):
    total = 0.0
    for weight, bit in zip(weights, x):
        total = total + weight * bit
    return total >= theta


print(fires([0.2, 0.3], [1, 1], 0.5), "and on paper: True")

weights, x, theta = [..., ...], [1, 1], ...
check("a case that fails", (weights, x, theta))

# %% tags=["solution"]
check("a case that fails", ([0.7, 0.1], [1, 1], 0.8))

# %% [markdown]
r"""
## Further · A proof that no line separates

*15 minutes.* The rule has not settled after 1000 epochs. Is the task impossible, or is the rule only slow?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("two pairs")

# %% [markdown]
r"""
### Derive: a certificate

A **linear program** answers the question. It looks for $w$ and $b$ with $s\,(w\cdot x+b)\ge1$ for every example, where $s=+1$ for label
1 and $s=-1$ for label 0. The 1 restricts nothing, because a unit with a margin can be multiplied by a positive number until
all sums reach 1. If $w$ and $b$ exist, they are the weights and the bias of a unit. If they do not exist, a *certificate*
proves it. The simplest kind is two inputs of label 1 and two inputs of label 0 that have the same sum; for XOR,
$10+01=00+11$. Some tasks need a certificate of more inputs.

1. The unit must fire for the two inputs of label 1, so their two weighted sums together are at least $2\theta$.
2. It must stay silent for the two inputs of label 0, so their two weighted sums together are below $2\theta$.
3. The two inputs of each label add up to the same vector, and therefore the two totals are equal. This is a contradiction.

### Run

The next cell asks the linear program about all functions of two and three bits, and then about "($x_1$ and $x_2$) or ($x_3$
and $x_4$)".
"""

# %%
def separable(x, labels):
    signs = np.where(labels, 1, -1)[:, None]
    rows = signs * np.column_stack([x, np.ones(len(x))])
    free = [(None, None)] * rows.shape[1]
    found = linprog(np.zeros(rows.shape[1]), A_ub=-rows, b_ub=-np.ones(len(x)),
                    bounds=free)
    return found.status == 0  # 2 where no solution exists


for n in (2, 3):
    tables = corners(2**n)
    count = sum(separable(corners(n), table) for table in tables)
    print(f"{n} inputs: {count} of {len(tables)} functions are linearly separable")
x = corners(4)
labels = x[:, 0] & x[:, 1] | x[:, 2] & x[:, 3]
ones, zeros = x[[12, 3]], x[[6, 9]]
print(f"two pairs: separable is {separable(x, labels)}. 1100 + 0011 = {ones.sum(0)}, "
      f"0110 + 1001 = {zeros.sum(0)}; labels {labels[[12, 3]]} and {labels[[6, 9]]}")

# %% [markdown]
r"""
### Exercise · choose a certificate

A *selector* has three inputs: it answers $x_2$ if $x_1=1$, and $x_3$ if $x_1=0$. Prove that one unit cannot compute it: choose two inputs
with the answer 1 and two inputs with the answer 0 that have the same sum.
"""

# %%
ones = [[..., ..., ...], [..., ..., ...]]
zeros = [[..., ..., ...], [..., ..., ...]]

check("a certificate", (ones, zeros))

# %% tags=["solution"]
check("a certificate", ([[1, 1, 0], [0, 0, 1]], [[0, 1, 0], [1, 0, 1]]))

# %% [markdown]
r"""
## Further · Why deep networks dropped the step

*10 minutes.* The article calls this unit the foundation of deep learning ([erratum E8](07_conclusion.ipynb#4-·-The-ledger-of-errata)).
This is true of the idea, but not of the component. Networks of many layers are trained by changing every weight a little and asking
whether the errors shrink. With a step this question has no answer, because almost every small change leaves all answers as they are.

The next cell takes 2000 random nets of the form of section 4 and changes each of their seven numbers by 0.01. How often does any of the
four answers change? How often does one change if the same nets have a smooth curve, $1/(1+e^{-4u})$, in place of the step?
"""

# %%
rng = np.random.default_rng(7)
x = corners(2)


def step(u):
    return (u >= 0).astype(float)


def smooth(u):
    return 1 / (1 + np.exp(-4 * u))


def net(p, curve):
    h = curve(p[0] * x[:, 0] + p[1] * x[:, 1] - p[2])
    return curve(p[3] * x[:, 0] + p[4] * x[:, 1] + p[5] * h - p[6])


nets = rng.uniform(-2, 2, (2000, 7))
for curve in (step, smooth):
    moved = [np.abs(net(p + nudge, curve) - net(p, curve)).max() > 0
             for p in nets for nudge in 0.01 * np.eye(7)]
    print(f"{curve.__name__:6s}: {100 * np.mean(moved):.1f} % of 14000 nudges change "
          "an answer")

# %% [markdown]
r"""
With the smooth curve every small change moves an answer, and so it shows in which direction to go. Deep networks put a curve
with a slope in place of the step, and added layers. Most networks today use another curve than this one.
"""

# %% [markdown]
r"""
## Questions to close

1. A unit with $w=(3,-2)$ and $\theta=2$ is replaced by one with $w=(1.5,-1)$ and $\theta=1$. What changes for bits, and what changes for
   the margin?
2. You shuffle the order of the examples of AND before each epoch. Which of these can change: the number of mistakes, the final weights,
   the mistake bound, the fact that the rule settles?
3. After 10,000 epochs a perceptron still makes mistakes. Your colleague concludes that the data are not linearly separable. What do you
   answer?
4. *(After the section "What a bit leaves out".)* In notebook 00 a unit was described by its f-I curve. Which f-I curve does
   the threshold unit have, and which two facts about a real
   membrane contradict it?

<details><summary>Answers</summary>

1. Nothing changes for bits: all three numbers were divided by 2, and the line $3x_1-2x_2=2$ is the same. The margin is
   measured with a vector
   $u$ of length 1, so it does not change either. It belongs to the data and the line, not to the size of $w$.
2. The number of mistakes and the final weights can change. The bound cannot, because $R$ and $\gamma$ do not depend on the order.
   Therefore the rule still settles.
3. That does not follow, because the bound may be far larger. Compute the best margin with `best_margin`; it is 0 if no line
   separates the data. Or find a certificate (optional section *A proof that no line separates*). If the margin is
   $\gamma>0$, wait for $(R/\gamma)^2$ mistakes.
4. A step: 0 below $\theta$, and the same 1 from $\theta$ on. The rate of a membrane grows with the current, and below its
   threshold
   the membrane responds too, by a ringing voltage.

</details>
"""

# %% [markdown]
r"""
## References

- W. S. McCulloch, W. Pitts: A logical calculus of the ideas immanent in nervous activity. *Bull. Math. Biophys.* 5, 115 (1943). [10.1007/BF02478259](https://doi.org/10.1007/BF02478259)
- F. Rosenblatt: The perceptron: a probabilistic model for information storage and organization in the brain. *Psychol. Rev.* 65, 386 (1958). [10.1037/h0042519](https://doi.org/10.1037/h0042519)
- F. Rosenblatt: *Principles of Neurodynamics*. Spartan Books (1962).
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

**50 minutes.** Sections 1 and 2 with the projected panel, while the class calls the slider (12 min). Prediction and gallery of section 3
(8), proof of XOR on the board (7). Section 5 up to the three curves of mistakes (13), then its panel with XOR (10). Section 4
and the exercises are homework.

**90 minutes.** The class has read the core at home. All its panels and predictions; the exercises in pairs (NAND 5 min, five claims 5, the rule 7, the proof 10). Then either *A full adder*
with its Make task or *One unit, more inputs*.

**Misconceptions, and what to answer.** *The unit learns:* ask where in the equation a weight changes. *Bias is threshold:* it is
minus the threshold, so let them make OR out of AND by the bias alone. *The neuron of 1943 is the perceptron:* compare 7 functions with 14, silence
without input, and inhibition that cannot be outvoted. *With more inputs a unit can do nearly everything:* the fraction falls to 2.87 % at four inputs.
*The line follows the data:* it moves at mistakes only; a point that causes none does not move it. *It did not converge, so
the data are not
linearly separable:* it did not converge within $n$ epochs, which is all that was seen.

**Vote.** You add a fifth point to AND, label 1, on the line that was learned. Does the mistake bound (a) rise, (b) fall, (c) stay, (d) depends?
(It can't fall: the best margin over more examples is not larger, and $R$ is not smaller. It stays only at the corner 11
itself; anywhere else on the line the best margin shrinks or $R$ grows.
Let them try in the panel.)

**Rubric for the Make task** (multiply two numbers of two bits): all 16 pairs right (4 points); units are `ThresholdUnit`, no arithmetic on the
result (2); wiring drawn or described (2); number of units stated and a shorter wiring sought (2). Four partial products and two half adders,
eight units, is a good answer. Five suffice: $p_0=[a_0+b_0\ge2]$, $p_3=[a_0+a_1+b_0+b_1\ge4]$, $p_2=[a_1+b_1-p_3\ge2]$, $h=[a_1+b_0\ge2]$,
$p_1=[a_0+b_1+2h-3p_3\ge2]$.
"""

# %% [markdown]
r"""
[← 00 Introduction](00_introduction.ipynb) · [02 Neural biophysics →](02_neural_biophysics.ipynb)
"""
