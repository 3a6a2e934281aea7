# %% [markdown]
r"""
# 06 · Learning in neurons: spike-timing-dependent plasticity

**The question.** A synapse receives nothing but two spike trains. How can it find out which of the two neurons fires first,
and what does a whole network of such synapses learn?

**You will be able to**
- *write* one step of the on-line learning rule, and *check* that the rule is exact;
- *find* the fault in a learning program, and *expose* it with the smallest possible test;
- *derive* the weight at which learning ends, and *explain* why the amplitudes alone do not determine it;
- *choose* a rule under which synchronous neurons strengthen their synapses, weaken them, or leave them unchanged.

**Time.** Core: two sittings of 65 minutes (sections 1 and 2; sections 3 and 4). Each optional section takes 5 to 15 minutes.

**You need** exponential decay with a time constant ([notebook 00](00_introduction.ipynb)), integrals of exponentials, and the
mean of a random quantity. Poisson spike trains and traces are introduced here. The optional sections refer to leaky neurons
([notebook 00](00_introduction.ipynb)) and dendrites ([notebook 04](04_cable_theory.ipynb)).

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* Numbers such
as *erratum E43* refer to the [list of its errors](07_conclusion.ipynb#4-·-The-ledger-of-errata) in notebook 07. The article
asks: if we copied all neurons and synapses of a brain into a computer, would we have a digital human? The copy of notebooks 01
to 05 could not learn. In this notebook its synapses begin to change.
"""

# %%
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np

from course_utils import COLOR, STDP, Panel, correlated_trains, poisson_trains, show
from course_utils.models.stdp import learn_swapped, replay, trace
from course_utils.notebook_06 import pictures
from course_utils.notebook_06.competition import Competition
from course_utils.notebook_06.exercises import check, predict, recall
from course_utils.notebook_06.experiments import (
    Bands,
    CrossCorrelogram,
    SpikePair,
    TeachingSession,
    Wave,
    driven_weight,
    traced_trains,
)
from course_utils.notebook_06.theory import grid_fixed_point, nearest_fixed_point
from course_utils.panel import with_clock

# %% [markdown]
r"""
## Warm-up

Three questions on earlier notebooks, all of which return below. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · One pair of spikes

How should a synapse change when its two neurons fire a few milliseconds apart? This section turns an old idea into a formula.

### Derive: from a slogan to a window

"Cells that fire together wire together" is a slogan by Carla Shatz (1992). It is symmetric: it does not say which cell fires
first. Donald Hebb's sentence of 1949 says more, because the first cell must *take part in* firing the second
([erratum E50](07_conclusion.ipynb#4-·-The-ledger-of-errata)). A cause precedes its effect. Therefore the order of the two
spikes matters, and so does the time between them:

$$\Delta t = t_\mathrm{post}-t_\mathrm{pre}\qquad\text{in ms.}$$

The **presynaptic** neuron (*pre*) sends, the **postsynaptic** neuron (*post*) receives. We write *pre spike* and *post spike*
for their spikes. If $\Delta t>0$, the pre spike comes first and may have helped to cause the post spike. If $\Delta t<0$, it
comes too late to have caused it. In slices of cortex, 10 ms in one order or the other decide between strengthening and weakening (Markram and
colleagues 1997). Bi and Poo (1998) measured the whole window in cultured neurons. We require three properties of a rule for one pair.

1. If the pre spike comes first, the synapse becomes stronger (*long-term potentiation*, LTP). If it comes second, the
   synapse becomes weaker (*long-term depression*, LTD).
2. The effect fades as the two spikes move apart, with the time constants $\tau_+$ and $\tau_-$ in ms.
3. The weight $w$ (no unit) stays between $w_\mathrm{min}$ and $w_\mathrm{max}$. With **soft bounds** each step is
   proportional to the distance that is left to the bound.

Together they give the **window** of the rule:

$$\Delta w=\begin{cases}+A_+\,e^{-\Delta t/\tau_+}\,(w_\mathrm{max}-w)&\Delta t\ge0\\[2pt]
-A_-\,e^{+\Delta t/\tau_-}\,(w-w_\mathrm{min})&\Delta t<0\end{cases}\qquad A_+>0,\ A_->0.$$

On its own side of zero each exponent is negative, so both branches fade as $|\Delta t|$ grows. Both amplitudes $A_+$ and $A_-$
are positive numbers without unit, because the rule itself contains the minus sign. The next cell prints the table of symbols
from the rule. Its last row, $\mu$, selects the kind of bound. Here $\mu=1$ (soft bounds); the optional section
[How soft is a bound?](#Further-·-How-soft-is-a-bound?) uses other values.
"""

# %%
rule = STDP()
rule

# %% [markdown]
r"""
*How can a synapse detect the order?* At many excitatory synapses the detector is the NMDA receptor. Its channel passes calcium
only if two conditions hold at once. The transmitter of the pre spike must be bound, and the membrane must be depolarised, for
example by the post spike that travels back into the dendrite. Much calcium leads to potentiation, a little to depression. The optional
section [How a synapse can detect the order](#Further-·-How-a-synapse-can-detect-the-order) draws both cases.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that both branches are $e^{\Delta t/\tau_\pm}$, and it does not define $\Delta t$; one of its two rules
adds $A_-$, the other subtracts it (erratum E40, erratum E41). **The problem** is that one branch grows with the distance of the spikes, for either
sign of $\Delta t$. In addition one of the two rules strengthens the synapse in both orders, for either sign of $A_-$. **Correct is** $e^{-\lvert\Delta t\rvert/\tau_\pm}$ with $\Delta t=t_\mathrm{post}-t_\mathrm{pre}$, $A_->0$ and a minus
sign in the rule. **You can check it:** the next cell evaluates both branches for two spikes that are 50 ms apart, where
each factor should be 0.082.

</div>
"""

# %%
gap, tau = 50.0, 20.0
for meaning, dt in (("t_pre - t_post", -gap), ("t_post - t_pre", gap)):
    LTP, LTD = np.exp(dt / tau), np.exp(-dt / tau)  # post later; pre later
    print(f"dt = {meaning}:  LTP factor {LTP:6.3g}   LTD factor {LTD:6.3g}")
print(f"exp(-|dt|/tau):       LTP and LTD factor {np.exp(-gap / tau):.3g}")
for A_minus in (0.012, -0.012):
    size = A_minus * np.exp(-10 / tau) * 0.5  # post spike 10 ms before pre, w = 0.5
    print(f"A_minus = {A_minus:+}:  {size:+.5f} in one rule, {-size:+.5f} in the other")

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("across the partner")

# %% [markdown]
r"""
### Run: the window

The next figure shows the window, and a pair of spikes in time. Each spike leaves a **trace**, a quantity that jumps to 1 at the
spike and then decays exponentially. The later spike reads the trace of the earlier one (dotted line). This reading, multiplied by $A$
and by the distance to the bound, is the change of $w$.
"""

# %%
for dt in (10, -10):
    print(f"dt = {dt:+} ms, w = 0.5: change of w {rule.window(dt, 0.5):+.5f}")
print(f"theory: 0.01 exp(-1/2)/2 = {0.01 * np.exp(-0.5) / 2:.5f}, "
      f"-0.012 exp(-1/2)/2 = {-0.012 * np.exp(-0.5) / 2:.5f}")

# %% tags=["folded"]
# Figure: the window, and one pair of spikes with its traces
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.1), width_ratios=[1, 1.2],
                                  layout="constrained")
pictures.plasticity_window(left)(rule, 0.5)
left.plot([10, -10], rule.window([10, -10], 0.5), "o", color=COLOR["theory"])
left.legend(loc="lower right")
pictures.spike_trains(right, (-30, 90))(SpikePair().run().trains)
right.set(xlabel="time from the pre spike (ms)")
show(
    fig,
    "Left, the change of the weight against the spike-time difference. Potentiation "
    "(green) is largest just right of zero, depression (vermillion, dashed) just left "
    "of it. Right, an orange pre spike with its decaying trace, and a blue post spike "
    "10 ms later. A green disc marks the trace that it reads.")

# %% [markdown]
r"""
### Investigate

Drag the blue post spike across the orange pre spike, or drag the black point along the window. The buttons do the same.

1. Bring $\Delta t$ from +5 ms to −5 ms in steps of 1 ms. How large are the changes of $w$ at ±1 ms?
2. Which of the sliders of the rule change the read-out while $\Delta t>0$, and which while $\Delta t<0$?
3. Raise the initial weight $w$ to 0.9. Which of the two branches becomes smaller, and why?

<details>
<summary>Answers</summary>

1. +0.00476 at +1 ms and −0.00571 at −1 ms: close to the coincidence the change is largest, and its sign depends on the order.
   The jump at zero belongs to the model; measured windows change over within a few milliseconds.
2. While $\Delta t>0$ only $A_+$ and $\tau_+$ matter, while $\Delta t<0$ only $A_-$ and $\tau_-$. The unused branch of the window
   still changes in the picture.
3. Potentiation becomes smaller, because only 0.1 is left to the upper bound. Depression becomes larger, because $w$ is now far from the
   lower bound.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the window and the pair, with the post spike to drag
def view(fig):
    left, right = fig.subplots(1, 2, width_ratios=[1, 1.2])
    window = pictures.plasticity_window(left, highest=0.016, animated=True)
    dot, = left.plot([], [], "o", ms=9, color=COLOR["theory"], animated=True)
    trains = pictures.spike_trains(right, (-70, 110), animated=True)
    right.set(xlabel="time from the pre spike (ms)")

    def update(pair, outcome):
        window(pair.rule, pair.w)
        dot.set_data([outcome.dt], [outcome.change])
        trains(outcome.trains)

    return update


Panel(SpikePair(), view, ("rule.A_plus", 0.002, 0.03), ("rule.A_minus", 0.002, 0.03),
      "rule.tau_plus", "rule.tau_minus", "w")

# %% [markdown]
r"""
## 2 · Many spikes: two traces form the sum

A synapse meets thousands of spikes, one after the other. This section shows that it needs no list of them: two numbers that decay and
jump are enough.

### Derive: the on-line rule, exactly

Let *every* pre spike interact with *every* post spike. This is called all-to-all pairing; the article does not say which
pairing it uses ([erratum E48](07_conclusion.ipynb#4-·-The-ledger-of-errata)). We will show that the sum over all pairs can be
computed *on-line*, that is, from the events as they arrive.

**Step 1, sort the pairs.** Each pair of a pre spike at $t^k$ and a post spike at $s^l$ acts at the time of its *later* spike,
because only then are both known. So we group the pairs by their later spike.

**Step 2, a post spike at $s$.** It is the later spike of all pairs with $t^k\le s$. Together they change $w$ by the sum
$$\sum_{t^k\le s}A_+\,e^{-(s-t^k)/\tau_+}(w_\mathrm{max}-w)=A_+(w_\mathrm{max}-w)\underbrace{\sum_{t^k\le s}e^{-(s-t^k)/\tau_+}}_{x(s)}.$$
Note that all these pairs act at once, on the weight $w$ just before the event. This is why the bound factor is outside the sum. Applying
the pairs one after another would be a different rule, because each would meet a weight that the pair before had changed.

**Step 3, a pre spike at $t$.** In the same way the earlier post spikes contribute
$-A_-(w-w_\mathrm{min})\,y(t)$, with $y(t)=\sum_{s^l<t}e^{-(t-s^l)/\tau_-}$.

**Step 4, the traces need no list of spikes.** Between two spikes every term of $x$ decays by the same factor, and therefore
$x$ decays by this factor, too. Each pre spike adds a new term $e^0=1$. As equations:
$$\dot x=-\frac{x}{\tau_+}+\sum_k\delta(t-t^k),\qquad\dot y=-\frac{y}{\tau_-}+\sum_l\delta(t-s^l),$$
where $\delta$ (in 1/ms) is a pulse of area 1. So a trace (no unit) **decays and jumps by 1**. The **pre trace** $x$ records the
pre spikes, the **post trace** $y$ the post spikes.

**Step 5, the on-line rule.**

| event | first | then |
|---|---|---|
| **pre** spike | $w\leftarrow w-A_-(w-w_\mathrm{min})\,y$ | $x\leftarrow x+1$ |
| **post** spike | $w\leftarrow w+A_+(w_\mathrm{max}-w)\,x$ | $y\leftarrow y+1$ |

At equal times (a *tie*) the pre spike is processed completely before the post spike. A tie therefore counts as $\Delta t=0$ and
potentiates. In words: each spike changes $w$ by the trace of the *other* neuron and then raises the trace of its own.

### Run: random trains for a test

To test the rule we need many spikes at irregular times. A **Poisson train** of rate $r$ is the most random choice: in each
short
interval $du$ a spike occurs with probability $r\,du$, independently of all other spikes. Its interspike intervals are
exponentially distributed, so short intervals are the most frequent ones. `poisson_trains` draws such trains.
"""

# %%
trains = poisson_trains(5, 10, 2000, np.random.default_rng(1))  # 5 trains, 10 Hz, 2 s
print("spikes in 2 s:", *(len(train) for train in trains), "  expected: 20 ± 4.5")

# %% tags=["folded"]
# Figure: five Poisson trains of the same rate
fig, ax = plt.subplots(figsize=(8, 1.6), layout="constrained")
ax.eventplot(trains, colors=COLOR["stimulus"], linelengths=0.7)
ax.set(xlabel="time (ms)", ylabel="train", yticks=range(5), yticklabels=range(1, 6),
       xlim=(0, 2000))
show(fig, "Raster of five Poisson trains of 10 Hz for two seconds: one row a train, "
     "one stroke a spike. Spikes form clusters and leave gaps, without any pattern.")

# %% [markdown]
r"""
Nothing was approximated in steps 1 to 5. The next cell tests this: it forms the double sum over all pairs and compares it with the
on-line rule, for soft bounds ($\mu=1$) and for two other exponents. Every fourth post spike is moved onto a pre spike, so that
ties are tested, too.
"""

# %%
def pair_sum(rule, pre, post, w):
    for now, is_post in sorted([(t, 0) for t in pre] + [(s, 1) for s in post]):
        if is_post:
            w += sum(rule.window(now - t, w) for t in pre if t <= now)
        else:
            w += sum(rule.window(s - now, w) for s in post if s < now)
    return w


rng = np.random.default_rng(2)
for mu in (1, 0.3, 0):
    rule, largest = STDP(mu=mu), 0.0
    for _ in range(10):
        pre, post = poisson_trains(2, 20, 2000, rng)
        post[::4] = rng.choice(pre, len(post[::4]))
        post.sort()
        online = rule.weight_after(pre, post, 0.5)
        largest = max(largest, abs(pair_sum(rule, pre, post, 0.5) - online))
    print(f"mu = {mu}: 10 pairs of trains, on-line rule = pair sum within 1e-12: "
          f"{largest < 1e-12}")

# %% [markdown]
r"""
### Run: watch the traces

The same rule with ten times larger amplitudes, so that each step can be seen. At a blue spike the weight rises in proportion to
the orange trace (green disc). At an orange spike it falls in proportion to the blue trace (red square). Follow two of each.
"""

# %%
rule = STDP(A_plus=0.1, A_minus=0.12)
pre, post = [20, 60, 66, 120, 170], [30, 75, 110, 165, 172]
events, w = rule.trajectory(pre, post, 0.5)  # weight after each event
trains = traced_trains(rule, pre, post, np.linspace(0, 220, 881))

# %% tags=["folded"]
# Figure: two trains with their traces, and the weight
fig, (top, bottom) = plt.subplots(2, 1, figsize=(8, 4), sharex=True,
                                  height_ratios=[1.5, 1], layout="constrained")
pictures.spike_trains(top, (0, 220), room=2)(trains)
top.set(xlabel="")
bottom.step([0, *events, 220], [0.5, *w, w[-1]], where="post", color=COLOR["w"])
for spikes, color in ((pre, COLOR["stimulus"]), (post, COLOR["V"])):
    bottom.vlines(spikes, 0.4, 0.65, color=color, lw=0.8, ls=":")
bottom.set(xlabel="time (ms)", ylabel="weight $w$", ylim=(0.4, 0.65))
show(
    fig,
    "Top, two trains with their traces; bottom, the weight. At each post spike the "
    "weight steps up in proportion to the pre trace (disc), at each pre spike down in "
    "proportion to the post trace (square).")

# %% [markdown]
r"""
### Exercise · write a step

A pre spike arrives `gap` ms after the last event. You are given $w$, $x$ and $y$ as they were *just after that event*. Return
all three, in this order, just after the pre spike ($w_\mathrm{min}=0$).
"""

# %%
def pre_spike(w, x, y, gap, A_minus, tau_plus, tau_minus):
    ...


check("pre spike", pre_spike)

# %% tags=["solution"]
def solved_pre_spike(w, x, y, gap, A_minus, tau_plus, tau_minus):
    faded_x = x * np.exp(-gap / tau_plus)
    faded_y = y * np.exp(-gap / tau_minus)
    return w - A_minus * w * faded_y, faded_x + 1, faded_y


check("pre spike", solved_pre_spike)

# %% [markdown]
r"""
### Exercise · find the fault

A colleague wrote the on-line rule as a program. It contains one fault. Find the faulty line, and find two trains (at most two spikes
each, times in ms) on which the program and the rule disagree. The last two lines compare them on trains of your choice.
"""

# %%
def colleague(pre, post, w, rule):
    x = y = last = 0.0
    for now, is_post in sorted([(t, 0) for t in pre] + [(s, 1) for s in post]):
        x = x * np.exp(-(now - last) / rule.tau_plus)  # line 1
        y = y * np.exp(-(now - last) / rule.tau_minus)  # line 2
        last = now  # line 3
        if is_post:
            y = y + 1  # line 4
            w = w + rule.A_plus * (rule.w_max - w) * x  # line 5
        else:
            x = x + 1  # line 6
            w = w - rule.A_minus * (w - rule.w_min) * x  # line 7
    return w


pre, post = [], [10]
print(colleague(pre, post, 0.5, STDP()), STDP().weight_after(pre, post, 0.5))

# %%
fault = (..., [...], [...])  # line, pre spikes, post spikes

check("find the fault", fault)

# %% tags=["solution"]
# one test of many: a pre spike alone must not change the weight
check("find the fault", (7, [10], []))

# %% [markdown]
r"""
### The article's rule on the same spikes

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that a *pre* spike adds $A_+(w_\mathrm{max}-w)$ times $y$, and that a *post* spike subtracts
$A_-(w-w_\mathrm{min})$ times $x$ ([erratum E43](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that $y$
records past post spikes: a pre spike that meets $y$ came *after* them, and yet it potentiates. **Correct is** the table of
step 5, in which the roles are the other way round. **You can check it:** the next cell sends one pair of spikes through
both rules and prints two changes of $w$, whose signs must agree with the window.

</div>
"""

# %%
rule = STDP()


def swapped_pre(w, y, gap):
    return w + rule.A_plus * (1 - w) * y


def swapped_post(w, x, gap):
    return w - rule.A_minus * w * x


for dt in (10, -10):
    pre, post = [50.0], [50.0 + dt]
    right = rule.weight_after(pre, post, 0.5) - 0.5
    _, w = replay(pre, post, 0.5, swapped_pre, swapped_post, 20, 20)  # any two rules
    print(f"dt = {dt:+} ms:  right {right:+.5f}   swapped {w[-1] - 0.5:+.5f}")

# %% [markdown]
r"""
Every sign is reversed. The swapped rule is the mirror image of the right one: exchanging the names *pre* and *post*, and $\tau_+$
with $\tau_-$, turns one into the other. It therefore strengthens a synapse when the post spike comes *first*, that is, when the pre
spike cannot have been the cause.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that both updates contain a factor $e^{\Delta t/\tau_\pm}$ in addition to the trace
([erratum E44](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the trace already *is* the sum of these
exponentials: the factor counts them twice or, if it grows, cancels them. **Correct is** the trace alone. **You can check
it:** the next cell multiplies the trace of a single spike, 1, 10 and 1000 ms after this spike, by the factor. Only the first row
is the exponential of the window.

</div>
"""

# %%
gap = np.array([1.0, 10.0, 1000.0])  # ms since the partner's spike
for name, sign in (("trace alone", 0), ("with exp(-|dt|/tau)", -1),
                   ("with a growing factor", 1)):
    effect = np.exp(-gap / 20) * np.exp(sign * gap / 20)
    print(f"{name:22}", *(f"{each:9.2g}" for each in effect))

# %% [markdown]
r"""
With the decaying factor the window shrinks to half its width. With the growing factor a spike of one second ago has the same effect as one of
a millisecond ago. Which of the two is meant remains open, because the article does not define $\Delta t$ for many spikes. The
optional section [Three readings of a printed factor](#Further-·-Three-readings-of-a-printed-factor) runs all of them.

**End of the first sitting.** You have a rule, a proof that two traces are enough to apply it, and a reason to test printed
formulas before you use them.
"""

# %% [markdown]
r"""
## 3 · What independent spikes teach

If the two neurons fire independently, their spikes contain no order. Does the weight then stay where it is?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("unequal amplitudes")

# %% [markdown]
r"""
### Derive: the drift, with a last step for you

We compute the mean change of $w$ per ms, its **drift**, following Kempter, Gerstner and van Hemmen (1999). Let pre and post
neuron fire as independent Poisson trains of $r_\mathrm{pre}$ and $r_\mathrm{post}$ spikes per ms. Assume small steps. Then $w$
hardly changes while a trace decays, and we may hold $w$ fixed while we average over the trains.

**Step 1, the mean trace.** A pre spike that came $u$ ms ago contributes $e^{-u/\tau_+}$. On average $r_\mathrm{pre}\,du$ spikes
came between $u$ and $u+du$ ago. Hence
$$\langle x\rangle=\int_0^\infty r_\mathrm{pre}\,e^{-u/\tau_+}\,du=r_\mathrm{pre}\tau_+ .$$
At 10 Hz, that is 0.01 spikes per ms, and 20 ms this is 0.2. (Convert the rate first: 10 Hz × 20 ms is 0.2, not 200.)

**Step 2, potentiation per ms.** Post spikes occur at the rate $r_\mathrm{post}$. Because they are independent of $x$, they
meet its mean. Potentiation is therefore $r_\mathrm{post}\cdot A_+(w_\mathrm{max}-w)\cdot r_\mathrm{pre}\tau_+$.

**Step 3, depression per ms.** In the same way pre spikes meet the mean post trace, $r_\mathrm{post}\tau_-$. Depression is
$r_\mathrm{pre}\cdot A_-(w-w_\mathrm{min})\cdot r_\mathrm{post}\tau_-$.

**Step 4, the drift** is the difference of the two:
$$\frac{dw}{dt}=r_\mathrm{pre}r_\mathrm{post}\bigl[A_+\tau_+(w_\mathrm{max}-w)-A_-\tau_-(w-w_\mathrm{min})\bigr].$$
The products $A_+\tau_+$ and $A_-\tau_-$ (in ms) are the **areas** under the two branches of the window. The drift falls with $w$
along a straight line of slope $-k$, where $k=r_\mathrm{pre}r_\mathrm{post}(A_+\tau_++A_-\tau_-)$ per ms. From every start the mean
weight therefore relaxes exponentially, with the time constant $1/k$, to the **steady-state weight** $w^*$ at which the drift is
zero.

### Exercise · derive

**Step 5** is yours: find $w^*$ for $w_\mathrm{min}=0$ and $w_\mathrm{max}=1$, and return it.
"""

# %%
def fixed_point(A_plus, A_minus, tau_plus, tau_minus):
    ...


check("fixed point", fixed_point)

# %% tags=["solution"]
def solved_fixed_point(A_plus, A_minus, tau_plus, tau_minus):
    up, down = A_plus * tau_plus, A_minus * tau_minus
    return up / (up + down)


check("fixed point", solved_fixed_point)

# %% [markdown]
r"""
### Run: 1600 synapses and independent spikes

We connect 40 pre neurons to 40 post neurons, all of which fire as independent Poisson trains of 10 Hz. `rule.history` returns the matrix
`W[post, pre]` at chosen times. It uses the exact times of all spikes, and the spikes are given beforehand: $W$ records their
timing and does not influence them ([erratum E53](07_conclusion.ipynb#4-·-The-ledger-of-errata)).
"""

# %%
rule = STDP()
seconds = np.arange(0, 301, 10)
pre, post = (poisson_trains(40, 10, 300e3, np.random.default_rng(seed))
             for seed in (1, 2))
start = np.linspace(0.02, 0.98, 1600).reshape(40, 40)
W = rule.history(pre, post, start, 1000 * seconds).reshape(-1, 1600)
w_star, k = rule.fixed_point(), 0.01 * 0.01 * (0.2 + 0.24)  # spikes per ms, areas in ms
unequal = STDP(A_plus=0.01, A_minus=0.005, tau_plus=17, tau_minus=51)
w_unequal = unequal.learn(pre, post, 0.5)

# %% tags=["folded"]
# Table: mean and variance of the weights, measured and in theory
print(f"mean of w {W[-1].mean():.4f}, theory w* = {w_star:.4f}    relaxation time 1/k "
      f"= {1 / k / 1000:.1f} s")
print(f"variance of w {W[-1].var():.2e}, theory {rule.variance():.2e}")
print(f"the rule of your prediction: mean of w {w_unequal.mean():.3f}, theory "
      f"{unequal.fixed_point():.3f}")

# %% tags=["folded"]
# Figure: weights against time, and their distribution at the end
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.1), width_ratios=[1.5, 1],
                                  layout="constrained", sharey=True)
left.plot(seconds, W[:, ::160], color=COLOR["w"], lw=0.9)
for begin in (0.02, 0.98):
    left.plot(seconds, w_star + (begin - w_star) * np.exp(-1000 * k * seconds), "--",
              color=COLOR["theory"])
right.hist(W[-1], bins=np.linspace(0, 1, 81), density=True, orientation="horizontal",
           color=COLOR["w"], alpha=0.5)
w, variance = np.linspace(0, 1, 400), rule.variance()
right.plot(np.exp(-(w - w_star)**2 / (2 * variance)) / np.sqrt(2 * np.pi * variance), w,
           "--", color=COLOR["theory"])
left.set(xlabel="time (s)", ylabel="weight $w$", xlim=(0, 300), ylim=(0, 1))
right.set(xlabel="density after 300 s")
show(
    fig,
    "Left, ten weights against time, with theory (dashed) for the starts at 0.98 "
    "and 0.02. Within 100 s all enter a narrow band around 0.45. Right, the "
    "distribution of all weights after 300 s: it has the mean and the width that "
    "theory predicts.")

# %% [markdown]
r"""
The mean weight is where the two areas balance. Around it each weight continues to fluctuate, because every pair of spikes still moves
it; the optional section [The noise of learning](#Further-·-The-noise-of-learning) derives the width of the distribution.

### A published measurement

Bi and Poo (2001) fitted their measurements on cultured hippocampal neurons. After 60 pairings the synaptic current had changed by
$+0.777\,e^{-\Delta t/16.8\,\mathrm{ms}}$ or by $-0.273\,e^{\Delta t/33.7\,\mathrm{ms}}$ of its value before. We use this fit, because
we had no access to the single data points. Which of the two measured areas is larger? Note that a change *relative to the weight before* does not
determine $w^*$. With soft bounds the $A_+$ that fits it depends on the unknown initial weight $w_0$
([erratum E51](07_conclusion.ipynb#4-·-The-ledger-of-errata)), as the last two lines show. Section 4 uses only the time
constants, rounded to 17 and 34 ms.
"""

# %%
print(f"areas: potentiation {0.777 * 16.8:.2f} ms, depression {0.273 * 33.7:.2f} ms")
for w0 in (0.3, 0.5):  # sixty soft steps: 1 - (1 - A)^60 of the way to the bound
    A_plus = 1 - (1 - 0.777 * w0 / (1 - w0))**(1 / 60)
    A_minus = 1 - (1 - 0.273)**(1 / 60)
    fitted = STDP(A_plus=A_plus, A_minus=A_minus, tau_plus=16.8, tau_minus=33.7)
    print(f"if w0 was {w0}: A_plus = {A_plus:.5f}, w* = {fitted.fixed_point():.3f}")

# %% [markdown]
r"""
## 4 · What correlated spikes teach: the bands

Neurons in a brain share inputs, so their spikes are correlated. How do such correlations change a matrix of weights?

### Derive: shared spikes

We first need correlated trains. Draw one *mother* train of rate $r/c$, and let each neuron keep each of its spikes with
probability $c$. Then every neuron fires at the rate $r$. Two neurons both keep a given mother spike with probability $c^2$, so they share
$c^2\cdot r/c=c\,r$ spikes per ms. The fraction $c$ is their **correlation**. The two copies of a shared spike are
$S=t_\mathrm{post}-t_\mathrm{pre}$ apart (in ms). This distance is a fixed lag between the neurons plus **jitter**, a random shift of
every spike with the standard deviation $\sigma$.

All other pairs occur at random, as in section 3. The shared pairs are added to them. The drift is therefore $P(1-w)-D\,w$ with
$$P=A_+\bigl(r^2\tau_++c\,r\,\langle e^{-S/\tau_+};S\ge0\rangle\bigr),\qquad
D=A_-\bigl(r^2\tau_-+c\,r\,\langle e^{S/\tau_-};S<0\rangle\bigr),\qquad w^*=\frac{P}{P+D}.$$
In each bracket the first term is the mean over random pairs. The second is the mean over all shared pairs, in which pairs on the
other side of zero count as 0. If $S$ is clearly positive, only $P$ gains, and the synapse is potentiated. If $S$ is clearly negative, only
$D$ gains. But what happens if $S$ scatters around zero?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("bands")

# %% [markdown]
r"""
### Run: the article's matrices

Forty neurons fire at 10 Hz for 300 s, and every synapse starts at 0.5. In the first network the neurons are unrelated. In the second, four groups
of ten neurons fire synchronously, with a jitter of 2 ms. In the third a wave runs through the neurons, so that each lags 2 ms
behind the one before. The time constants are those of the measurement, $\tau_+=17$ and $\tau_-=34$ ms.
"""

# %%
rule = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
rng = np.random.default_rng(60)
groups = [train for _ in range(4)
          for train in correlated_trains(10, 10, 300e3, 0.4, rng, jitter=2)]
unrelated = poisson_trains(40, 10, 300e3, rng)
wave = correlated_trains(40, 10, 300e3, 0.3, rng, lag=2)
matrices = [rule.learn(trains, trains, 0.5) for trains in (unrelated, groups, wave)]
group = np.repeat(range(4), 10)
between = group[:, None] != group
within = ~between & ~np.eye(40, dtype=bool)  # no neuron has a synapse onto itself

# %% tags=["folded"]
# Table: weights within and between the groups, measured and in theory
_, W, _ = matrices
print(f"within groups {W[within].mean():.3f}, theory "
      f"{rule.correlated_fixed_point(10, 0.4, jitter=2):.3f};   between groups "
      f"{W[between].mean():.3f}, theory {rule.fixed_point():.3f}")

# %% tags=["folded"]
# Figure: the weight matrices of the three networks
fig, axes = plt.subplots(1, 3, figsize=(8, 3), layout="constrained", sharey=True)
titles = ("unrelated", "four synchronous groups", "a wave, 2 ms per neuron")
for ax, W, title in zip(axes, matrices, titles):
    draw = pictures.weight_matrix(ax, 40)
    draw(np.where(np.eye(40), np.nan, W - rule.fixed_point()))
    ax.set(title=title)
    ax.label_outer()
fig.colorbar(ax.images[0], ax=axes, label=r"$w - w^*$ of unrelated neurons", shrink=0.8)
show(
    fig,
    "Three weight matrices, coloured by the difference from unrelated neurons. "
    "Unrelated neurons: noise. Four synchronous groups: four bright blocks on the "
    "diagonal. A wave: a bright band below the diagonal, where the pre neuron leads, a "
    "dark band above it.")

# %% [markdown]
r"""
### Derive: synchrony

Why did the blocks of the groups become bright? (The bright or dark parts of such a matrix are called *bands*, also when they
are blocks.) If $S$ scatters around zero, half of the shared pairs are on each side. With small jitter both
brackets gain about $\tfrac12cr$. Compare each with its value from random pairs alone: $P$ is larger by the factor
$1+\frac{c}{2r\tau_+}$, $D$ by the factor $1+\frac{c}{2r\tau_-}$. **The branch with the shorter time constant gains more.**
Synchronous neurons therefore strengthen their synapses if $\tau_-\gt\tau_+$, weaken them if $\tau_-\lt\tau_+$, and leave no mark
if the two are equal. The amplitudes cancel.

The same holds for every symmetric distribution of $S$ with a single peak. The reason is that small distances are then more
probable than large ones, and the branch with the shorter time constant depends more on small distances.

### Run: many rules on the same spikes

Now we change only the rule. Forty neurons form three synchronous groups (1–10, 11–20, 21–30) and a wave (31–40, with 4 ms
from one neuron to the next). Their spikes are drawn once and **frozen**.

A trick makes the matrix fast enough to follow a slider. `CrossCorrelogram` counts once how often each pair of neurons fired with
each lag. For small steps the steady-state weight is where $P$ and $D$, summed over these lags, balance, so a new rule needs no
new simulation. The next cell counts the lags for four values of $c$, with the lag of the wave left out and added afterwards.
It then compares the result with the rule itself, run spike by spike.
"""

# %%
def three_groups_and_a_wave(c, lag=0.0):
    rng = np.random.default_rng(6)
    trains = [train for _ in range(3)
              for train in correlated_trains(10, 10, 300e3, c, rng, jitter=2)]
    return trains + correlated_trains(10, 10, 300e3, c, rng, lag=lag, jitter=2)


bands = Bands(counts={c: CrossCorrelogram(three_groups_and_a_wave(c))
                      for c in (0, 0.25, 0.5, 0.75)},
              group=np.repeat(range(4), 10),
              place=np.append(np.zeros(30, int), range(10)))
rule, trains = bands.rule, three_groups_and_a_wave(0.5, lag=4)
difference = rule.learn(trains, trains, 0.5) - bands.run().together[0]
print(f"spike by spike minus balance: mean {np.nanmean(difference):+.3f}, standard "
      f"deviation {np.nanstd(difference):.3f} (noise of one weight, theory "
      f"{rule.variance() ** 0.5:.3f})")
outcomes = [bands.but(**{"rule.tau_minus": tau}).run() for tau in (34, 17, 8.5)]

# %% tags=["folded"]
# Figure: the same spikes under three rules
fig, axes = plt.subplots(1, 3, figsize=(8, 3), layout="constrained", sharey=True)
for ax, outcome in zip(axes, outcomes):
    W = outcome.together[0]
    pictures.weight_matrix(ax, 40)(W - outcome.background[0])
    tau_minus = outcome.bands.rule.tau_minus
    ax.set(title=rf"$\tau_+ = 17$, $\tau_- = {tau_minus:g}$ ms", ylabel="")
    groups, others = outcome.synapses.synchronous(W), outcome.synapses.unrelated(W)
    print(f"tau_- = {tau_minus:4g} ms: synchronous {groups:.3f}, unrelated "
          f"{others:.3f}, difference {outcome.synapses.contrast(W):+.3f}")
axes[0].set(ylabel="post neuron")
show(
    fig,
    "Same spikes, three rules (colours as above). If the post trace lasts "
    "longer, the three blocks of synchronous neurons are bright; with equal time "
    "constants they are invisible; if it is shorter, they are dark. The block of the "
    "wave keeps its bright and its dark half.")

# %% [markdown]
r"""
### Investigate: the correlation never changes

All four matrices use the same four parameters and frozen spikes. Left the spikes have no correlation, right they have groups
and a wave; the upper row follows the right rule, the lower row the swapped one. The curve shows the weight under the right
rule against the lag between two neurons. The ring
marks neurons of the wave that are five places apart; drag it sideways to change the lag of the wave.

1. Move $\tau_-$ slowly from 34 down through 17 ms. What happens to the three blocks and to the wave, under each of the two rules?
2. Set $\tau_-$ back to 34 ms. Choose the colour scale $w$, and move $A_+$ and $A_-$. Which properties of the matrices change, and which do not?
3. Undo step 2. Raise the learning time slowly from 10 s. When can you first see the groups, and why not earlier?

<details>
<summary>Answers</summary>

1. Under the right rule the blocks fade, vanish at 17 ms and become dark below. Under the swapped rule they do the opposite. The wave keeps
   a bright and a dark half, because its lags have a definite sign; the swapped rule exchanges the two halves.
2. The amplitudes move all weights together, those of unrelated neurons included. They do not decide whether the bands are
   bright or dark.
3. All weights start at 0.5. Correlated synapses meet more pairs, so they fall *faster* than the others, but end *higher*.
   At $c=0.5$ the blocks are darker by 0.006 after 10 s, which the eye hardly sees. After about 21 s they vanish, and after 50
   s they are brighter by 0.028. Judge a matrix only after about three relaxation times, here
   100 s.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: weight matrices on frozen trains, without and with correlation
def view(fig):
    fig.set_size_inches(8.6, 5.2)
    axes = fig.subplot_mosaic([["right rule, c = 0", "right rule", "lags"],
                               ["swapped rule, c = 0", "swapped rule", "lags"]])
    curve = pictures.weight_against_lag(axes.pop("lags"), animated=True)
    draws = []
    for name, ax in axes.items():
        draws.append(pictures.weight_matrix(ax, 40, reach=1, animated=True))
        ax.set(title=name)
        ax.label_outer()
    scales = {"w": "0 to 1", "w − w*": "−0.25 to 0.25"}  # dark to bright

    def update(bands, outcome):
        for draw, W in zip(draws, outcome.shown()):
            draw(W)
        curve(outcome)
        fig.suptitle(f"colour {bands.colour}, from {scales[bands.colour]}")

    return update


Panel(bands, view, ("rule.A_plus", 0.001, 0.015), ("rule.A_minus", 0.001, 0.015),
      "rule.tau_plus", "rule.tau_minus", "correlation", "seconds")

# %% [markdown]
r"""
### Exercise · choose parameters

Find a rule under which the synchronous groups leave no mark *and* unrelated neurons end at $w^*=0.75$. Stay within the sliders
of the panel, which you may use.
"""

# %%
hidden = dict(A_plus=..., A_minus=..., tau_plus=..., tau_minus=...)

check("invisible bands", hidden)

# %% tags=["solution"]
# one rule of many
check("invisible bands", dict(A_plus=0.009, A_minus=0.003, tau_plus=20, tau_minus=20))

# %% [markdown]
r"""
## What you saw

- The window gives the change of a weight by one pair of spikes. Pre before post strengthens, post before pre weakens, and both
  effects fade with the time between the spikes.
- Two traces that decay and jump compute the sum over all pairs exactly. If their roles are swapped, the synapse learns the reversed order.
- Under independent spikes the weight ends where two *areas* balance, $w^*=A_+\tau_+/(A_+\tau_++A_-\tau_-)$. The rates determine
  only how fast it gets there.
- A lag between neurons leaves a bright and a dark band. Synchrony is visible only with unequal time constants: bright for
  $\tau_-\gt\tau_+$, dark for $\tau_-\lt\tau_+$.
- The correlation never changed: a weight matrix shows the rule as much as the spikes.
"""

# %% [markdown]
r"""
## Further · Are these the trains we asked for?

*5 minutes.* All results rest on the spike trains, so we test them, too. Four numbers describe them. The first is the rate, in Hz. The
*coefficient of variation* (CV) of the interspike intervals is their standard deviation divided by their mean: 1 for a Poisson
train, 0 for a regular one. The *Fano factor* is the variance of the spike counts in windows divided by their mean; it has the same
two values. The fourth number is the correlation of the counts of two trains, which should be $c$.
"""

# %%
from course_utils.notebook_06.statistics import (
    count_correlation,
    fano_factor,
    firing_rate,
    interval_cv,
)

T, rng = 2000e3, np.random.default_rng(66)  # 2000 s
pairs = {
    "unrelated": poisson_trains(2, 10, T, rng),
    "shared, c = 0.3": correlated_trains(2, 10, T, 0.3, rng),
    "two regular trains": [np.arange(50, T, 100.0)] * 2,
}
for name, trains in pairs.items():
    train, r = trains[0], count_correlation(trains, T, 250)[0, 1]
    print(f"{name:19} rate {firing_rate(train, T):5.2f} Hz   "
          f"CV {interval_cv(train):.3f}   Fano {fano_factor(train, T, 1000):.3f}   "
          f"correlation {r:.3f}")
print("theory              rate 10.00 Hz   CV 1.000   Fano 1.000   correlation 0, 0.300"
      "  (regular: CV 0, Fano 0)")

# %% [markdown]
r"""
The Fano factor scatters by about three per cent, as expected from 2000 windows ($\sqrt{2/2000}=0.03$). Rate and CV rest on
about 20,000 spikes, so they scatter less. However, if every spike is shifted by
jitter, the correlation depends on the window, because the two copies of a shared spike may fall into different windows. A
correlation without its window therefore says little. A synapse has a window of its own, given by $\tau_\pm$.
"""

# %%
trains = correlated_trains(2, 10, 2000e3, 0.3, np.random.default_rng(67), jitter=10)
for window in (5, 25, 100, 500):
    print(f"jitter 10 ms, windows of {window:3} ms: correlation "
          f"{count_correlation(trains, 2000e3, window)[0, 1]:.3f}")

# %% [markdown]
r"""
## Further · Three readings of a printed factor

*10 minutes.* Section 2 left a question open: what does the factor $e^{\Delta t/\tau_\pm}$ do that the article prints next to its
traces ([erratum E44](07_conclusion.ipynb#4-·-The-ledger-of-errata))? For many spikes we take $\Delta t$ as the time since the
partner's last spike. Its sign remains open, so there are three readings: $t_\mathrm{pre}-t_\mathrm{post}$,
$t_\mathrm{post}-t_\mathrm{pre}$, and $-\lvert\Delta t\rvert$. The next cell sends one pair of spikes through each, and then sixty pairs.
"""

# %%
rule = STDP()
readings = {"t_pre - t_post": (1, -1), "t_post - t_pre": (-1, 1), "-|dt|": (-1, -1)}


def printed(pre_sign, post_sign):
    """The article's two updates; a trace of 0 has no partner yet and gets no factor."""
    def at_pre(w, y, gap):
        return w + rule.A_plus * np.exp(pre_sign * gap / 20) * (1 - w) * y if y else w

    def at_post(w, x, gap):
        return w - rule.A_minus * np.exp(post_sign * gap / 20) * w * x if x else w

    return at_pre, at_post, 20, 20


def swapped_pre(w, y, gap):
    return w + rule.A_plus * (1 - w) * y


def swapped_post(w, x, gap):
    return w - rule.A_minus * w * x


rules = {"right": (rule.at_pre, rule.at_post, 20, 20),
         "swapped, no factor": (swapped_pre, swapped_post, 20, 20)}
rules |= {name: printed(*signs) for name, signs in readings.items()}

# %% tags=["folded"]
# Table: one pair, and sixty pairs, under each reading
def last(pre, post, updates):
    return replay(pre, post, 0.5, *updates)[1][-1]


start = 1000.0 * np.arange(60)
print("                    change of w by one pair             w after 60 pairs, 1 Hz")
print("                    pre 10 ms   post 10 ms   post 1 s   pre 10 ms   post 10 ms")
print("                    first       first        first      first       first")
for name, updates in rules.items():
    one = [last(pre, post, updates) - 0.5
           for pre, post in (([0.0], [10.0]), ([10.0], [0.0]), ([1000.0], [0.0]))]
    sixty = [last(start, start + 10, updates), last(start + 10, start, updates)]
    print(f"{name:18}", "  ".join(f"{change:+.6f}" for change in one), "     ",
          "      ".join(f"{w:.4f}" for w in sixty))

# %% [markdown]
r"""
Every reading reverses the sign of a single pair, so none of them repairs the swap. With $-\lvert\Delta t\rvert$ the window shrinks to half
its width. With $t_\mathrm{pre}-t_\mathrm{post}$ the growing factor cancels the decay: a pair counts the same after 1 s as after
10 ms. Even when pre comes first, each pre spike then also meets the post spike of the *previous* pair, 990 ms ago, undiminished. Therefore both orders
potentiate. With $t_\mathrm{post}-t_\mathrm{pre}$ the same happens to depression.

Now a train in which pre *causes* post: half of the pre spikes are followed by a post spike after 5 ms, and additional post spikes
occur at random.
"""

# %%
rng = np.random.default_rng(10)
pre, others = poisson_trains(2, [10, 5], 200e3, rng)
post = np.sort(np.concatenate([pre[rng.random(len(pre)) < 0.5] + 5, others]))
paths = {name: replay(pre, post, 0.5, *updates) for name, updates in rules.items()}

# %% tags=["folded"]
# Figure: a causal synapse under all readings
colors = ("green", "vermillion", "purple", "stimulus", "V")
fig, ax = plt.subplots(figsize=(8, 3.2), layout="constrained")
for (name, (t, w)), color, dashes in zip(paths.items(), colors,
                                         ("-", "-", "--", "-.", ":")):
    ax.plot(t[::8] / 1000, w[::8], dashes, color=COLOR[color], lw=1.2, label=name)
    print(f"{name:20} mean weight of the last 100 s: {w[t > 100e3].mean():.2f}")
ax.axhline(0.5, color=COLOR["ghost"], lw=0.8)
ax.set(xlim=(0, 200), ylim=(0, 1), xlabel="time (s)", ylabel="weight $w$")
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=5, fontsize="small")
show(
    fig,
    "Weight of a causal synapse over 200 s. The right rule raises it above 0.7. With "
    "swapped roles it falls to 0.2. One printed reading rises to almost 0.7 for the "
    "wrong reason; the other two fall below 0.2.")

# %% [markdown]
r"""
## Further · The article's matrices: a puzzle

*15 minutes.* The article shows two weight matrices, of uncorrelated and of correlated spikes. It reports that correlations led to selective
*depression* along the bands ([erratum E52](07_conclusion.ipynb#4-·-The-ledger-of-errata)). It gives neither its time constants nor its
program. Which programs could have made such a picture, and how could you tell them apart?

First, one more consequence of the swapped roles.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that potentiation uses $\tau_+$ and depression $\tau_-$
([erratum E45](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that its roles are swapped: the post trace, which
decays with $\tau_-$, drives $A_+$. **Correct is** that the areas are $A_+\tau_+$ and $A_-\tau_-$; in the swapped rule they become
$A_+\tau_-$ and $A_-\tau_+$. **You can check it:** the next cell compares the weights of unrelated neurons under both rules
with the two ratios of areas.

</div>
"""

# %%
rule = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
trains = poisson_trains(40, 10, 300e3, np.random.default_rng(62))
off = ~np.eye(40, dtype=bool)
right, swapped = (learn(trains, trains, 0.5)[off].mean()
                  for learn in (rule.learn, lambda *p: learn_swapped(rule, *p)))
up, down = rule.A_plus * 34, rule.A_minus * 17
print(f"right rule:   mean weight {right:.3f}, theory {rule.fixed_point():.3f}")
print(f"swapped rule: mean weight {swapped:.3f}, theory {up / (up + down):.3f}")

# %% [markdown]
r"""
Now the bands. The next cell lets five programs learn from the same trains, at three pairs of time constants. Ten synapses are within a
synchronous group, ten lead from one group to another. The difference of their mean weights decides whether the bands are bright or dark.
Before you run it: which of the five do you expect to make dark bands?
"""

# %%
def updates(rule, signs):
    """The right rule, or the swapped one with factors exp(sign gap/tau)."""
    tau, sigma = rule.tau_plus, rule.tau_minus

    def at_pre(w, y, gap):
        return w + rule.A_plus * np.exp(signs[0] * gap / tau) * (1 - w) * y if y else w

    def at_post(w, x, gap):
        return w - rule.A_minus * np.exp(signs[1] * gap / sigma) * w * x if x else w

    right = rule.at_pre, rule.at_post
    return *(right if signs is None else (at_pre, at_post)), tau, sigma


programs = {"right": None, "swapped, no factor": (0, 0), "t_pre - t_post": (1, -1),
            "t_post - t_pre": (-1, 1), "-|dt|": (-1, -1)}
rng = np.random.default_rng(63)
first, second = (correlated_trains(10, 10, 120e3, 0.4, rng, jitter=2) for _ in range(2))
within = [(first[k], first[k - 1]) for k in range(10)]
between = list(zip(first, second))


def mean_weight(pairs, rule, signs):
    with np.errstate(all="ignore"):  # some programs diverge
        return np.mean([replay(pre, post, 0.5, *updates(rule, signs))[1][-1500:]
                        for pre, post in pairs])

# %% tags=["folded"]
# Table: bands of five programs at three pairs of time constants
print("tau_+/tau_- (ms)     17/34                  20/20                  34/17")
for name, signs in programs.items():
    row = []
    for tau_plus, tau_minus in ((17, 34), (20, 20), (34, 17)):
        rule = STDP(A_plus=0.005, A_minus=0.006, tau_plus=tau_plus, tau_minus=tau_minus)
        w, background = (mean_weight(pairs, rule, signs) for pairs in (within, between))
        row.append(f"{w - background:+.3f} (around {background:.2f})"
                   if abs(w) < 1 and abs(background) < 1 else "diverges")
    print(f"{name:19}", "  ".join(f"{cell:21}" for cell in row))

# %% [markdown]
r"""
Three of the five programs make dark bands (a difference of −0.05 or less) at some of these time constants. The small negative
ones have other causes: noise, and correlated weights that fall faster from 0.5 while 120 s are too short for the
steady state. In it the first two programs leave no bands at 20/20 ms, and the last one leaves none at any pair. A program
diverges if its factor grows faster
than the trace decays. Even the *right* rule makes dark bands for $\tau_-\lt\tau_+$, as the panel of section 4 shows. From the
picture alone the program can therefore not be
inferred. The *background*, that is, the mean weight of unrelated neurons, would help a little. At 20/20 ms it is near 0.46
for the right rule, but near 0.90 or 0.07 for the two printed readings with a growing factor. However, the right rule at 34/17
ms and the swapped one at 17/34 ms both make dark bands around 0.61, so the time constants are needed, too. Whoever publishes
a weight matrix should publish its rule, its time constants and its colour bar as well.

### A trace that jumps by $1/\tau$

The article writes $\tau_+\dot x=-x+\sum\delta$
([erratum E46](07_conclusion.ipynb#4-·-The-ledger-of-errata), erratum E47; it also uses a factor $\eta$ in one rule and not in the other).
Integrate this equation over one spike: $\tau_+$ times the jump is the area of the pulse, 1. So $x$ jumps by $1/\tau_+$ and has the
unit 1/ms, and $A_\pm$ must be in ms. A branch of the window then has the area $A_+\tau_+/\tau_+=A_+$, so with this trace the
*amplitudes* decide. Either convention is consistent by itself: a jump of 1 with dimensionless amplitudes, or a jump of $1/\tau$ with
amplitudes in ms. Mixing the two changes the result by a factor $\tau$.
"""

# %%
tau_plus, tau_minus, h = 17.0, 34.0, 0.01  # ms
x = y = highest_printed = highest_right = 0.0
for step in range(500):
    pulse = 10.0 if 100 <= step < 110 else 0.0  # 10 per ms for 0.1 ms: area 1
    x += h * (-x + pulse) / tau_plus  # the printed equation
    y += h * (-y / tau_plus + pulse)  # the right one
    highest_printed, highest_right = max(highest_printed, x), max(highest_right, y)
print(f"jump of the printed trace {highest_printed:.4f}, 1/tau = {1 / tau_plus:.4f} "
      f"per ms;  of the right one {highest_right:.3f}")
pre, post = (poisson_trains(40, 10, 200e3, np.random.default_rng(seed))
             for seed in (64, 65))
for A_plus, A_minus in ((0.2, 0.2), (0.2, 0.1)):  # in ms, for traces that jump by 1/tau
    rule = STDP(A_plus=A_plus / tau_plus, A_minus=A_minus / tau_minus,
                tau_plus=tau_plus, tau_minus=tau_minus)
    print(f"A_plus = {A_plus}, A_minus = {A_minus} ms, traces that jump by 1/tau: mean "
          f"weight {rule.learn(pre, post, 0.5).mean():.3f}, A_plus/(A_plus + A_minus) "
          f"= {A_plus / (A_plus + A_minus):.3f}")

# %% [markdown]
r"""
## Further · Ties and clocks

*10 minutes.* Many programs round spike times to a grid. Does that matter?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("finer clock")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that $t_\mathrm{pre}\le t_\mathrm{post}$ potentiates, so that a tie gets the full $A_+$
([erratum E42](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that on a time grid ties occur all the time, and
that a neuron always ties with itself. **Correct is** a rule for ties that is stated, and no synapse of a neuron onto itself;
in exact time a tie between independent Poisson trains never occurs. **You can check it:** the next cells round the same trains
to 1 ms and 5 ms and print the mean weights, and then let the diagonal learn.

</div>
"""

# %%
rule = STDP()
exact = [poisson_trains(40, 10, 300e3, np.random.default_rng(seed)) for seed in (3, 4)]
means = {0.0: [rule.learn(*exact, 0.45).mean()]}
for h in (1.0, 5.0):
    rounded = [[np.unique(np.floor(train / h)) * h for train in trains]
               for trains in exact]
    means[h] = [rule.learn(*rounded, 0.45, ties=ties).mean()
                for ties in ("potentiate", "ignore", "depress")]
trains = poisson_trains(40, 10, 100e3, np.random.default_rng(5))
right = rule.learn(trains, trains, 0.45)  # the same object: no synapse onto oneself
naive = rule.learn(trains, list(trains), 0.45)  # another list: the diagonal learns, too

# %% tags=["folded"]
# Table: mean weights with exact and with rounded times, and on the diagonal
print(f"exact times: mean weight {means[0.0][0]:.4f}, theory {rule.fixed_point():.4f}")
for h in (1.0, 5.0):
    potentiate, ignored, depress = means[h]
    print(f"grid of {h:.0f} ms: {potentiate:.4f}, theory "
          f"{grid_fixed_point(rule, h):.4f};   ties ignored {ignored:.4f}, "
          f"ties depress {depress:.4f}")
print(f"diagonal excluded: it keeps its {np.diag(right).mean():.2f};  included: "
      f"{np.diag(naive).mean():.3f}, off the diagonal "
      f"{naive[~np.eye(40, dtype=bool)].mean():.3f}")

# %% [markdown]
r"""
The bright diagonal of such a matrix does not show learning: each spike is tied with itself. On a grid of $h$ ms the random pairs have the lags
$0,h,2h,\dots$ only. With ties as potentiation, the geometric series $h\sum_kA_+e^{-kh/\tau_+}=A_+h/(1-e^{-h/\tau_+})$ replaces
the area $A_+\tau_+$. It is larger by about $A_+h/2$. The series of depression begins at $h$, so its area is smaller by about
$A_-h/2$. Both changes together are the bias that you see.

## Further · How soft is a bound?

*15 minutes.*

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that soft bounds keep $w$ between $w_\mathrm{min}$ and $w_\mathrm{max}$
([erratum E49](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that traces have no upper limit: at high rates
many spikes add up, and one step overshoots the bound. **Correct is** the claim with a condition, namely $A_+x\le1$ and
$A_-y\le1$ at every event. **You can check it:** the next cell runs the formula at 100 Hz and reports whether $w$ left its bounds.
`STDP` therefore always clips.

</div>
"""

# %%
pre, post = poisson_trains(2, 100, 50e3, np.random.default_rng(8))


def unclipped(A):
    return replay(pre, post, 0.5, lambda w, y, gap: w - 1.2 * A * w * y,
                  lambda w, x, gap: w + A * (1 - w) * x, 20, 20)[1]


for A in (0.1, 0.5):
    rule, bare = STDP(A_plus=A, A_minus=1.2 * A), unclipped(A)
    clipped = rule.trajectory(pre, post, 0.5)[1]
    left = bool(bare.min() < 0 or bare.max() > 1)
    print(f"A_plus = {A}: largest A x = {A * trace(pre, post, 20).max():.2f};  without "
          f"a clip w left its bounds: {left};  with it w stays in {clipped.min():.2f} "
          f"... {clipped.max():.2f}")

# %% [markdown]
r"""
### Derive: a family between soft and hard

Gütig and colleagues (2003) raise the distance to the bound to a power $\mu$: $\Delta w=+A_+e^{-\Delta t/\tau_+}(1-w)^\mu$ and
$-A_-e^{\Delta t/\tau_-}w^\mu$. The exponent $\mu=1$ gives soft bounds. With $\mu=0$ the rule is *additive*: the step does not depend
on $w$, and only the clip limits it. With the ratio of areas $\alpha=A_-\tau_-/A_+\tau_+$ the drift is zero where
$(1-w)^\mu=\alpha w^\mu$. Raising both sides to the power $1/\mu$ gives the **balance point** $w^*=1/(1+\alpha^{1/\mu})$.
"""

# %%
exponents = (1, 0.5, 0.2, 0.1, 0.05, 0.02)
alpha = np.linspace(0.7, 1.3, 301)
curves = {mu: STDP(mu=mu).balance(1, alpha) for mu in exponents}
rng = np.random.default_rng(66)
trains = (correlated_trains(8, 10, 200e3, 0.3, rng, jitter=2)
          + poisson_trains(8, 10, 200e3, rng))  # eight share spikes, eight do not
hardening = {mu: STDP(A_plus=0.02, A_minus=0.011, tau_plus=17, tau_minus=34, mu=mu)
             for mu in (1, 0.5, 0.2, 0.1, 0)}
learned = {mu: rule.learn(trains, trains, 0.5) for mu, rule in hardening.items()}

# %% tags=["folded"]
# Figure: the balance point against the ratio of areas, for several exponents
fig, ax = plt.subplots(figsize=(8, 3), layout="constrained")
for (mu, w), shade in zip(curves.items(), plt.cm.viridis(np.linspace(0, 0.75, 6))):
    ax.plot(alpha, w, color=shade, label=rf"$\mu = {mu}$")
print("w* at alpha = 1.05:", ",  ".join(
    f"mu = {mu}: {STDP(mu=mu).balance(1, 1.05):.4f}" for mu in exponents))
ax.axvline(1.05, color=COLOR["ghost"], lw=0.8)
ax.set(xlabel=r"$\alpha = A_-\tau_-/A_+\tau_+$", ylabel="balance point $w^*$",
       xlim=(0.7, 1.3))
ax.legend(ncols=2)
show(
    fig,
    "The balance point against the ratio of areas, for six exponents. With soft bounds "
    "it hardly moves. The smaller the exponent, the steeper the curve; an additive "
    "rule switches between all and nothing. The grey line marks a ratio of 1.05, where "
    "the printed values hold.")

# %% tags=["folded"]
# Table: weights of correlated and of unrelated neurons as the bounds become harder
together = np.arange(16) < 8
within = together[:, None] & together & ~np.eye(16, dtype=bool)
others = ~within & ~np.eye(16, dtype=bool)
for mu, rule in hardening.items():
    theory = "1 and 0, given time"  # no balance point
    if mu:
        theory = (f"{rule.correlated_fixed_point(10, 0.3, jitter=2):.2f} and "
                  f"{rule.fixed_point():.2f}")
    print(f"mu = {mu:<4}correlated neurons {learned[mu][within].mean():.2f}, "
          f"all others {learned[mu][others].mean():.2f}   theory {theory}")

# %% [markdown]
r"""
A steep balance has a use, as the table shows. Eight of sixteen neurons share spikes, and depression has the larger area ($\alpha=1.1$).
Soft bounds hardly separate the two kinds. The harder the bounds are, the more a small advantage counts. Gütig and colleagues found that
an intermediate $\mu$ keeps weights graded and still lets correlated inputs win.
"""

# %% [markdown]
r"""
## Further · The noise of learning

*15 minutes.* At $w^*$ potentiation and depression balance *on average*. Each single pair still moves the weight. How far does it
fluctuate?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("twice the step")

# %% [markdown]
r"""
### Derive: the variance

**Step 1, one kind of pair.** Between lag $u$ and $u+du$ there are $r_\mathrm{pre}r_\mathrm{post}\,du$ pairs per ms. Write
$a=A_+(1-w^*)$ and $b=A_-w^*$. A pair with the post spike later moves $w$ by $a\,e^{-u/\tau_+}$, one with the pre spike later by
$-b\,e^{-u/\tau_-}$.

**Step 2, independent steps.** If pairs were independent, the variance would grow per ms by the rate of pairs times the square of
their step:
$$q=r_\mathrm{pre}r_\mathrm{post}\Bigl(\int_0^\infty a^2e^{-2u/\tau_+}du+\int_0^\infty b^2e^{-2u/\tau_-}du\Bigr)
=\tfrac12r_\mathrm{pre}r_\mathrm{post}\,(a^2\tau_++b^2\tau_-).$$

**Step 3, pairs with a common spike.** Given one spike, the mean effect of all its partners is $r(a\tau_+-b\tau_-)$, with $r$ the
rate of the other neuron. At $w^*$ this is zero. Pairs that have a spike in common therefore do not add to the variance, and the
result of step 2 is valid.

**Step 4, the balance.** The drift reduces a deviation at the rate $k=r_\mathrm{pre}r_\mathrm{post}(A_+\tau_++A_-\tau_-)$. The
variance is the mean square of the deviation, so the drift reduces it at the rate $2k$. In the steady state this loss balances the
gain $q$ from the random steps, $q=2k\operatorname{var}w$:
$$\operatorname{var}w=\frac q{2k}=\frac{a^2\tau_++b^2\tau_-}{4\,(A_+\tau_++A_-\tau_-)}.$$
The rates cancel, because faster neurons make more steps and return faster.
"""

# %%
pre, post = (poisson_trains(40, 20, 100e3, np.random.default_rng(seed))
             for seed in (9, 10))
rules = [STDP(A_plus=0.01 * factor, A_minus=0.012 * factor) for factor in (0.5, 1, 2)]
learned = [rule.learn(pre, post, rule.fixed_point()) for rule in rules]

# %% tags=["folded"]
# Table: mean and standard deviation of the weight for three amplitudes
for rule, W in zip(rules, learned):
    print(f"A_plus = {rule.A_plus:.3f}: mean {W.mean():.3f}, theory "
          f"{rule.fixed_point():.3f};   standard deviation {W.std():.4f}, theory "
          f"{rule.variance() ** 0.5:.4f}")

# %% [markdown]
r"""
Larger steps learn faster, but keep the result less exactly: the rate $k$ grows with $A$, the standard deviation with $\sqrt A$.

## Further · Only the nearest spike

*10 minutes.* All-to-all pairing is a choice. Now let each spike interact with the partner's *last* spike alone. A trace is then
*set* to 1 at a spike. The last spike is $u$ ms old with the density $r\,e^{-ru}$, so the mean trace is no longer $r\tau$ but
$\int_0^\infty r\,e^{-ru}e^{-u/\tau}du=r\tau/(1+r\tau)$. With this pairing the condition for zero drift contains both firing rates. The
steady-state weight therefore depends on which of the two neurons fires faster.
"""

# %%
rule = STDP()
fast = poisson_trains(20, 50, 100e3, np.random.default_rng(11))
slow = poisson_trains(20, 10, 100e3, np.random.default_rng(12))
for name, pre, post, rates in (("pre 50, post 10 Hz", fast, slow, (50, 10)),
                               ("pre 10, post 50 Hz", slow, fast, (10, 50))):
    nearest, every = (rule.learn(pre, post, 0.45, pairing=pairing).mean()
                      for pairing in ("nearest", "all"))
    print(f"{name}: nearest {nearest:.3f}, theory "
          f"{nearest_fixed_point(rule, *rates):.3f};   all to all {every:.3f}, theory "
          f"{rule.fixed_point():.3f}")

# %% [markdown]
r"""
### Exercise · write a step

Write this rule by its definition, without traces. Go through all events in order, pre before post at equal times. At each event only
the partner's *last* spike counts. A post spike sees the pre spike of its own moment, whereas a pre spike does not see the post spike
of its own. `rule.window(dt, w)` is the change by one pair. `check` compares your weight with that of the traces, to twelve digits.
"""

# %%
def nearest_sum(rule, pre, post, w):
    ...


check("nearest pairs", nearest_sum)

# %% tags=["solution"]
def solved_nearest_sum(rule, pre, post, w):
    for now, is_post in sorted([(t, 0) for t in pre] + [(s, 1) for s in post]):
        if is_post and any(t <= now for t in pre):
            w += rule.window(now - max(t for t in pre if t <= now), w)
        if not is_post and any(s < now for s in post):
            w += rule.window(max(s for s in post if s < now) - now, w)
    return w


check("nearest pairs", solved_nearest_sum)

# %% [markdown]
r"""
## Further · Correlation, lag and jitter

*10 minutes.* Section 4 gave $w^*$ up to a mean over $S$, the distance of the two copies of a shared spike. We now derive this mean, so
that a whole matrix can be computed without any spikes.

### Derive: the mean over the jitter

$S$ is normally distributed, with the mean $L$ (the lag) and the standard deviation $s=\sqrt2\,\sigma$, all in ms:
$$\langle e^{-S/\tau};S\ge0\rangle=\int_0^\infty e^{-u/\tau}\,\frac{e^{-(u-L)^2/2s^2}}{\sqrt{2\pi}\,s}\,du.$$
**Step 1, complete the square.** With $M=L-s^2/\tau$:
$$-\frac u\tau-\frac{(u-L)^2}{2s^2}=-\frac{(u-M)^2}{2s^2}-\frac L\tau+\frac{s^2}{2\tau^2}.$$
**Step 2, the remaining integral** is the probability that a normal number of mean $M$ and standard deviation $s$ is positive. This is
$\Phi(M/s)$, with $\Phi$ the distribution function of the standard normal:
$$\langle e^{-S/\tau};S\ge0\rangle=e^{-L/\tau+s^2/2\tau^2}\;\Phi\!\left(\frac Ls-\frac s\tau\right).$$
Depression has the same mean with $-L$ in place of $L$, and with $\tau_-$. For $s\to0$ and $L\gt0$ the mean of potentiation
becomes $e^{-L/\tau_+}$, and that of depression becomes 0.
"""

# %%
rng, tau = np.random.default_rng(67), 17.0
for L, sigma in ((5, 2), (0, 5), (-5, 10)):
    s = np.sqrt(2) * sigma
    S = L + s * rng.standard_normal(400_000)
    drawn = np.mean((S >= 0) * np.exp(-np.maximum(S, 0) / tau))
    closed = np.exp(-L / tau + s**2 / (2 * tau**2)) * NormalDist().cdf(L / s - s / tau)
    print(f"L = {L:+} ms, jitter {sigma:2} ms: mean of 400,000 draws {drawn:.3f}, "
          f"closed form {closed:.3f}")

# %% [markdown]
r"""
With these means the whole path is known, not only its end: $\bar w(t)=w^*+(w_0-w^*)\,e^{-(P+D)t}$. The next cell compares it with
two groups of eight neurons that start at 0.8. In which group of synapses does the weight fall faster?
"""

# %%
rule = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
rng, seconds = np.random.default_rng(68), np.array([0, 10, 20, 50, 100, 200])
trains = [train for _ in range(2)
          for train in correlated_trains(8, 10, 200e3, 0.4, rng, jitter=3)]
history = rule.history(trains, trains, 0.8, 1000 * seconds)
group = np.arange(16) // 8
between = group[:, None] != group
within = ~between & ~np.eye(16, dtype=bool)


def path(c, jitter=3.0):
    s, r = np.sqrt(2) * jitter, 0.01  # ms, spikes per ms
    shared = [np.exp((s / tau)**2 / 2) * NormalDist().cdf(-s / tau) for tau in (17, 34)]
    P = rule.A_plus * (r**2 * 17 + c * r * shared[0])
    D = rule.A_minus * (r**2 * 34 + c * r * shared[1])
    return P / (P + D) + (0.8 - P / (P + D)) * np.exp(-(P + D) * 1000 * seconds)


for name, pairs, c in (("within groups", within, 0.4), ("between groups", between, 0)):
    print(f"{name:14} w at {seconds[1:]} s:",
          np.round(history[1:, pairs].mean(axis=1), 2),
          " theory", np.round(path(c)[1:], 3))

# %% [markdown]
r"""
Correlated synapses meet more pairs. Compare both columns at 10 and at 200 s.

A simulated wave can now be compared with theory, lag by lag: we average $W$ over all synapses with the same lag.
"""

# %%
rule = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
trains = correlated_trains(40, 10, 300e3, 0.3, np.random.default_rng(61), lag=2)
W = rule.learn(trains, trains, 0.5)
steps = np.array([k for k in range(-30, 31) if k])
measured = np.array([np.diag(W, -k).mean() for k in steps])  # post is k neurons further
theory = rule.correlated_fixed_point(10, 0.3, 2.0 * steps)

# %% tags=["folded"]
# Figure: the mean weight against the lag, without and with jitter, and a matrix
for k in (5, -5):
    print(f"lag {2 * k:+} ms: w = {measured[steps == k][0]:.3f}, theory "
          f"{theory[steps == k][0]:.3f}")
print("RMS of measured - theory over all lags below 0.02:",
      np.sqrt(np.mean((measured - theory)**2)) < 0.02)
fig, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 3), layout="constrained")
lags = np.linspace(-60, 60, 601)
left.plot(2 * steps, measured, "o", ms=3.5, color=COLOR["w"], label="simulation")
left.plot(lags, rule.correlated_fixed_point(10, 0.3, lags), "--", color=COLOR["theory"],
          label="theory")
left.axhline(rule.fixed_point(), color=COLOR["ghost"], lw=1)
for jitter, dashes in ((0.5, "-"), (5, "--"), (20, ":")):
    wave = Wave(jitter=jitter).run()
    middle.plot(wave.t, wave.theory, dashes, color=COLOR["w"],
                label=rf"$\sigma = {jitter}$ ms")
wave = Wave(jitter=5).run()
pictures.weight_matrix(right, 40)(wave.W - wave.background)
for ax in (left, middle):
    ax.set(xlabel="lag, post − pre (ms)", xlim=(-60, 60), ylim=(0.1, 0.6))
    ax.legend(fontsize="small")
left.set(ylabel="weight $w$")
show(fig, "Left, the mean weight of a simulated wave against the lag, on the theory: "
     "high at small positive lags, lowest just left of zero. The grey line marks "
     "unrelated neurons. Middle, jitter turns the switch into a slope. Right, the "
     "matrix of a wave with 5 ms of jitter.")

# %% [markdown]
r"""
### Investigate

Here $\tau_+=17$ ms.

1. Set the lag to 0, so that all neurons are synchronous. At which jitter is $w-w^*$ half as large as at a jitter of 1 ms?
2. Bring $\tau_-$ below 17 ms. What happens to the colour?
3. Set the jitter to 0. What has changed?

<details>
<summary>Answers</summary>

1. About 10 ms: at 1 ms of jitter the distance is 0.054, at 10 ms it is 0.027.
2. It changes from bright to dark as $\tau_-$ passes $\tau_+$.
3. Without jitter every shared pair is a tie, and ties potentiate. The matrix becomes bright for every $\tau_-$ (erratum E42).
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a wave in theory
def view(fig):
    left, right = fig.subplots(1, 2, width_ratios=[1, 1.3])
    matrix = pictures.weight_matrix(left, 40, animated=True)
    curve, = right.plot([], [], color=COLOR["w"], animated=True)
    level, = right.plot([], [], color=COLOR["ghost"], animated=True)
    left.set(title="$w - w^*$, dark −0.25 to bright 0.25")
    right.set(xlim=(-80, 80), ylim=(0, 1), xlabel="lag, post − pre (ms)",
              ylabel="weight $w^*$")

    def update(wave, outcome):
        matrix(outcome.W - outcome.background)
        curve.set_data(outcome.t, outcome.theory)
        level.set_data([-80, 80], [outcome.background] * 2)

    return update


Panel(Wave(), view, "correlation", "step", "jitter", "rule.tau_minus")

# %% [markdown]
r"""
## Further · Find the hidden rhythm

*10 minutes.* Twelve neurons fire in a fixed order, each 5 ms after the one before. You are given the weights that they learned, but
someone has shuffled the neurons. Can you read the order from the matrix?
"""

# %%
rule = STDP(A_plus=0.0025, A_minus=0.003, tau_plus=17, tau_minus=34)
rng = np.random.default_rng(30)
shuffled = rng.permutation(12)
ordered = correlated_trains(12, 10, 400e3, 0.5, rng, lag=5, jitter=1)
trains = [ordered[k] for k in shuffled]
W = rule.learn(trains, trains, 0.3)

# %% tags=["folded"]
# Figure: the weight matrix of shuffled neurons
fig, ax = plt.subplots(figsize=(3.4, 3), layout="constrained")
pictures.weight_matrix(ax, 12)(np.where(np.eye(12), np.nan, W - rule.fixed_point()))
show(
    fig,
    "The weight matrix of twelve neurons whose order was shuffled: bright and dark "
    "squares without a pattern that the eye could read.")

# %% [markdown]
r"""
### Exercise · write a step

A neuron that fires early sends strong synapses and receives weak ones. Return the neurons in their firing order, first to last, as
an array of their numbers (from 0) in `W[post, pre]`.
"""

# %%
def firing_order(W):
    ...


check("firing order", firing_order)

# %% tags=["solution"]
def solved_firing_order(W):
    return np.argsort(W.sum(axis=1) - W.sum(axis=0))


check("firing order", solved_firing_order)

# %% [markdown]
r"""
The next cell sorts rows and columns by the order that your function returns. Run it again after you have answered.
"""

# %% tags=["folded"]
# Figure: the same matrix in your order
found = firing_order(W)
found = np.arange(12) if found is None else found
fig, ax = plt.subplots(figsize=(3.4, 3), layout="constrained")
shown = np.where(np.eye(12), np.nan, W - rule.fixed_point())
pictures.weight_matrix(ax, 12)(shown[np.ix_(found, found)])
show(fig, "The weight matrix with its rows and columns in the order of your function, "
     "or as it was before you have answered.")

# %% [markdown]
r"""
## Further · Teach a synapse by hand

*15 minutes.* Now you are the teacher. Tap in the upper row to add a pre spike, in the lower row to add a post spike. Drag a spike of yours to
move it; tap it again to remove it. Three regular pairs are there at the start, and sliders set their number, their interval and their
spike-time difference. The amplitudes are large here, $A_+=0.12$ and $A_-=0.14$, so that each spike shows.

The clock makes time visible: it runs **33 times slower** than in a brain, so that 3 ms pass in 100 ms of yours. The traces
decay and the weight changes as you watch. Tap at the moving line, or press one of the two buttons, and the neuron fires *at this
moment*. Spikes to the right of the line (grey) have not happened yet.
"""

# %%
session = TeachingSession().tap("post", 340).tap("pre", 352)
session = session.tap("pre", 430).tap("post", 441)
print(session.run().sentence())

# %% tags=["folded"]
# Figure: a teaching session at two moments
fig, axes = plt.subplots(2, 2, figsize=(8.6, 3.8), sharex=True, sharey="row",
                         height_ratios=[1.5, 1], layout="constrained")
for column, now in zip(axes.T, (346, 600)):
    so_far = session.but(now=now)
    pictures.teaching_session(*column, room=1.9)(so_far, so_far.run())
    column[0].set(title=f"after {now} ms")
    column[0].set_yticks([0.45, 2.35], ["post, $y$", "pre, $x$"])
axes[1, 1].set(ylabel="")
show(
    fig,
    "A teaching session after 346 and after 600 ms: three regular pairs and four added "
    "spikes. The weight climbs at each disc and drops at each square. Spikes that are "
    "still to come are grey.")

# %% [markdown]
r"""
1. Set the number of pairs to 0, start the clock at 0 and raise the weight with the two buttons alone.
2. Without regular pairs, bring $w$ from 0.5 above 0.7 with as few spikes as you can. Spikes of one neuron need 5 ms between them.
3. Bring $w$ below 0.3.
4. Set eight pairs with $\Delta t=10$ ms, and move the interval from 70 down to 15 ms. Why does the weight rise less and less?

<details>
<summary>Answers</summary>

1. Press *pre spike*, and *post spike* half a second later: then about 15 ms have passed for the synapse.
2. Five spikes are enough. Fire three pre spikes 5 ms apart, a post spike 1 ms after the last of them, and a second post spike
   5 ms later. The pre spikes add up in the trace, and each post spike reads the sum.
3. Exchange the roles: a few post spikes, closely followed by pre spikes.
4. Each post spike comes shortly *before* the pre spike of the next pair. At an interval of 70 ms $w$ ends at 0.708, at 20 ms
   at 0.505, and at 15 ms at 0.451. There the pairs in the wrong order are only 5 ms apart, and they win.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a synapse to teach, with a clock
def view(fig):
    top, bottom = fig.subplots(2, 1, sharex=True, height_ratios=[1.3, 1])
    return pictures.teaching_session(top, bottom, animated=True)


panel = Panel(TeachingSession(), view, "now", "pairs", "interval", "dt")
with_clock(panel, "now", step=3, interval=100)  # 33 times slower
panel

# %% [markdown]
r"""
## Further · A thousand inputs compete

*15 minutes.* So far the weights had no influence on the spikes. Now a thousand synapses *drive* one leaky neuron, and each learns by the
additive rule ($\mu=0$), clipped between 0 and 1. Potentiation has the slightly smaller area, 1 against 1.05. Song, Miller and
Abbott (2000) found that such weights compete. A synapse whose spikes help to fire the neuron is potentiated. Its larger weight
makes the neuron fire more often, and each additional output spike depresses the synapses that did not contribute to it.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("busier inputs")

# %%
outcomes = {rate: Competition(rate=rate).run(150, 1) for rate in (10, 30)}  # 150 s

# %% tags=["folded"]
# Figure: weights and output rates of two competitions
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
bins, seconds = np.linspace(0, 1, 26), np.arange(0, 151, 5)
styles = ("w", "-"), ("vermillion", "--")
for (rate, end), (color, dashes) in zip(outcomes.items(), styles):
    style = dict(color=COLOR[color], ls=dashes, lw=1.8, baseline=None)
    left.stairs(np.histogram(end.w, bins)[0], bins, **style)
    right.stairs(np.histogram(end.spikes / 1000, seconds)[0] / 5, seconds,
                 label=f"inputs at {rate} Hz", **style)
    print(f"inputs at {rate} Hz, after 150 s: mean weight {end.w.mean():.2f}, "
          f"below 0.1 {end.losers():.2f}, above 0.9 {end.winners():.2f}; output "
          f"{end.rate(100):.0f} Hz")
left.set(xlabel="weight $w$", ylabel="synapses", xlim=(0, 1), ylim=(0, 500))
right.set(xlabel="time (s)", ylabel="output rate (Hz)", xlim=(0, 150), yscale="log",
          ylim=(10, 600))
right.legend()
show(
    fig,
    "Left, the weights after 150 s: they gather near 0 and near 1, and with faster "
    "inputs more of them are near 0. Right, the output rate on a logarithmic scale: "
    "with fast inputs it starts near 500 Hz and falls to about 40 Hz, as with slow "
    "inputs.")

# %% [markdown]
r"""
The weights separate into winners near 1 and losers near 0. The rate is *regulated*: inputs that fire three times faster raise the output
only a little. While the neuron fires fast, most pairs are random ones, and for these depression has the larger area. Weights
therefore fall until the rate is low. (Learning is slow. After 400 s the fraction below 0.1 is 0.35 at 10 Hz and 0.74 at 30 Hz. The output rates are then 32 and 41 Hz.)

The panel shows 60 s with a doubled step, $A_+=0.01$. It computes when you release a slider.

1. Move the learning time up from 3 s. How does the distribution of the weights change?
2. Let half of the inputs share spikes, $c=0.02$. Which half wins, and what happens to the output rate?

<details>
<summary>Answers</summary>

1. It starts flat, and two peaks grow at the bounds.
2. The correlated half wins. Its synchronous spikes fire the neuron at 150 Hz and more, which a real neuron could not sustain:
   this model has no refractory period, and correlations can defeat the regulation.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a competition, its weights and its output
def view(fig):
    left, right = fig.subplots(1, 2)
    bins, seconds = np.linspace(0, 1, 26), np.arange(0, 61, 3)
    kinds = [left.stairs(np.zeros(25), bins, baseline=None, ls=dashes, lw=2,
                         color=COLOR[color], label=name, animated=True)
             for name, color, dashes in (("all, or the rest", "w", "-"),
                                         ("correlated half", "purple", "--"))]
    rate = right.stairs(np.ones(20), seconds, baseline=None, color=COLOR["V"], lw=2,
                        animated=True)
    left.set(xlabel="weight $w$", ylabel="synapses", xlim=(0, 1), ylim=(0, 500))
    right.set(xlabel="time (s)", ylabel="output rate (Hz)", xlim=(0, 60), yscale="log",
              ylim=(1, 1000))
    left.legend()

    def update(competition, end):
        for line, chosen in zip(kinds, (~end.correlated, end.correlated)):
            line.set_data(np.histogram(end.w[chosen], bins)[0])
        output = np.histogram(end.spikes / 1000, seconds)[0] / 3
        output = np.maximum(output, 0.1)  # below the axis, which is logarithmic
        rate.set_data(np.where(seconds[1:] <= competition.seconds, output, np.nan))

    return update


Panel(Competition(A_plus=0.01), view, ("rate", 8, 20), ("ratio", 1.04, 1.15),
      ("correlation", 0, 0.02), "seconds", slow=True)

# %% [markdown]
r"""
## Further · Homeostasis

*10 minutes.* In the competition depression had the larger area, and this alone limited the rate. Now let *potentiation* have the
larger area.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("larger potentiation")

# %% [markdown]
r"""
Turrigiano and colleagues (1998) silenced cultured cortical neurons for two days, or made them fire more. After silence the
synapses were *stronger*, after activity *weaker*, each **by about the same factor**. This is called *synaptic scaling*, a kind of
**homeostasis**: it returns the firing rate to a target. In our model each weight is multiplied once a second by
$$1+s\,(1-r_\mathrm{out}/r_\mathrm{target}).$$

Here $r_\mathrm{out}$ is the output rate of that second and $r_\mathrm{target}$ the target rate (both in Hz); $s$ is a small number
without unit. We take from the experiment the single factor for all synapses, and not the speed: in the dish scaling takes hours to days, here
seconds.

First there is no plasticity of pairs: the inputs slow down from 10 to 6.5 Hz, and scaling alone acts. Then half of the inputs
share spikes, and pairs have the larger potentiation, without and with scaling.
"""

# %%
before = 0.48 * np.random.default_rng(1).random(1000)
still = Competition(rate=6.5, g_max=0.03, A_plus=1e-9, scaling=0.05)  # hardly any pairs
after = still.run(40, 2, before)
pairs = Competition(ratio=0.9, correlation=0.02, target=20.0)
ends = {s: pairs.but(scaling=s).run(40, 1) for s in (0.0, 0.1)}
factor = after.w.sum() / before.sum()

# %% tags=["folded"]
# Table: output rates and weights without and with scaling
same = np.ptp(after.w / before) < 1e-4
print(f"scaling alone: output of the last 20 s {after.rate(20):.0f} Hz, target "
      f"{still.target:.0f}; all weights times {factor:.2f}, one factor for all within "
      f"1e-4: {same}; 10/6.5 = {10 / 6.5:.2f}")
for s, end in ends.items():
    print(f"pairs, s = {s}: output of the last 20 s {end.rate(20):.0f} Hz; mean weight "
          f"of the correlated half {end.w[end.correlated].mean():.2f}, of the rest "
          f"{end.w[~end.correlated].mean():.2f}")

# %% tags=["folded"]
# Figure: rates and weights under synaptic scaling
fig, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 3), layout="constrained",
                                          width_ratios=[1, 0.9, 1])
seconds = np.arange(0, 41, 2)


def rates(end):
    return np.histogram(end.spikes / 1000, seconds)[0] / 2, seconds


left.stairs(*rates(after), baseline=None, color=COLOR["V"], lw=1.8)
left.axhline(still.target, color=COLOR["ghost"], lw=1)
middle.plot(before[::10], after.w[::10], "o", ms=3.5, color=COLOR["w"])
middle.plot([0, 0.5], [0, 0.5 * factor], "--", color=COLOR["theory"])
for (s, end), color, dashes in zip(ends.items(), ("vermillion", "V"), ("--", "-")):
    right.stairs(*rates(end), baseline=None, color=COLOR[color], ls=dashes, lw=1.8,
                 label=f"$s$ = {s:g}")
left.set(xlabel="time (s)", ylabel="output rate (Hz)", xlim=(0, 40), ylim=(0, 40))
middle.set(xlabel="weight before", ylabel="weight after", xlim=(0, 0.5), ylim=(0, 0.8))
right.set(xlabel="time (s)", xlim=(0, 40), ylim=(5, 800), yscale="log")
right.legend()
show(
    fig,
    "Left, a silenced neuron returns to its 30 Hz within half a minute. Middle, all "
    "its weights have grown by one factor: a line through zero. Right, on a "
    "logarithmic scale: without scaling the output runs up to 400 Hz, with it it "
    "stays near 24 Hz.")

# %% [markdown]
r"""
Scaling multiplies all weights by the same factor. The learned pattern lies in their ratios, and these do not change; only the total input
changes. Without scaling both halves end at their upper bound, and the difference between them is lost. With scaling the inputs that
share spikes keep the larger weights.

Two remarks on the literature. Van Rossum, Bi and Turrigiano (2000) combined scaling with a pair rule whose steps depend on the weight; that
rule is stable by itself, and scaling adds competition to it. Scaling measured in the dish takes hours. It could not
stop a runaway that takes seconds, like ours on the right, so models need a faster control of the rate (Zenke, Hennequin and
Gerstner 2013).

## Further · Driven by its own input

*10 minutes.* One synapse with soft bounds. Pre and post spikes occur at $r=10$ Hz by themselves. In addition, each pre spike
*causes* a post spike with probability $0.8\,w$, about 5 ms later. Causal pairs potentiate, so more of them are caused. The mean
drift is now
$$r\,r_\mathrm{post}(w)\bigl[A_+\tau_+(1-w)-A_-\tau_-w\bigr]+r\cdot0.8\,w\cdot A_+(1-w)\frac{\tau_+}{\tau_++\tau_s},\qquad
r_\mathrm{post}(w)=10+8w\ \text{Hz}.$$
The first term is that of random pairs. In the second, the response time $s$ is exponentially distributed with the mean
$\tau_s=5$ ms. A post spike caused after $s$ ms meets the trace $e^{-s/\tau_+}$, whose mean is $\tau_+/(\tau_++\tau_s)$.
Without causal spikes the weight ends at 0.455. Where do
you expect it to end now?
"""

# %%
rule = STDP(A_plus=0.004, A_minus=0.0048)
up, down = rule.A_plus * rule.tau_plus, rule.A_minus * rule.tau_minus
r_post = np.poly1d([0.008, 0.01])  # spikes per ms, a polynomial in w
caused = 0.8 * rule.A_plus * rule.tau_plus / (rule.tau_plus + 5) * np.poly1d([-1, 1, 0])
theory = max((r_post * np.poly1d([-up - down, up]) + caused).roots)
times, w = driven_weight(rule, 4000, np.random.default_rng(31))

# %% tags=["folded"]
# Table: the mean weight without and with causal spikes
print(f"read-out only: {rule.fixed_point():.3f}   driven: mean weight "
      f"{w[times > 400e3].mean():.2f}, theory {theory:.4f}")

# %% [markdown]
r"""
## Further · Too early a look

*15 minutes.* How does a matrix of weights look before it has settled? Section 4 gave the drift $P(1-w)-D\,w$. Its solution is
an
exponential approach with the rate $k=P+D$,
$$\bar w(t)=w^*+(w_0-w^*)\,e^{-kt},\qquad w^*=\frac{P}{P+D}.$$
Correlation adds the shared pairs of section 4 to both $P$ and $D$. It can change $w^*$, and it always makes $k$ larger.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("too early a look")

# %% [markdown]
r"""
### Run

Two groups of eight neurons fire at 10 Hz for 200 s. Within a group $c=0.4$, with a jitter of 3 ms, and between the groups the trains
are unrelated. `shared_pairs` is the mean over $S$ in the bracket of section 4.
"""

# %%
from course_utils.models.stdp import shared_pairs

rule = STDP(A_plus=0.005, A_minus=0.006, tau_plus=17, tau_minus=34)
rng = np.random.default_rng(0)
trains = [train for _ in range(2)
          for train in correlated_trains(8, 10, 200e3, 0.4, rng, jitter=3)]
seconds = np.array([2, 5, 10, 20, 35, 50, 75, 100, 150, 200])
W = rule.history(trains, trains, 0.8, 1000.0 * seconds)
group = np.arange(16) // 8
between = group[:, None] != group
within = ~between & ~np.eye(16, dtype=bool)


def mean_weight_after(seconds, c, r=0.01):  # r in spikes per ms
    shared = c * r * np.array([shared_pairs(0.0, rule.tau_plus, 3, tied=1),
                               shared_pairs(0.0, rule.tau_minus, 3, tied=0)])
    areas = r * r * np.array([rule.tau_plus, rule.tau_minus])
    P, D = np.array([rule.A_plus, rule.A_minus]) * (areas + shared)
    w_star = P / (P + D)
    return w_star + (0.8 - w_star) * np.exp(-1000 * (P + D) * seconds)


# %% tags=["folded"]
# Figure: mean weights within and between the groups, and the matrix at two moments
for name, where, c in (("unrelated", between, 0), ("in a group", within, 0.4)):
    print(f"{name:10}", "  ".join(
        f"{t} s {w[where].mean():.3f} (theory {mean_weight_after(t, c):.3f})"
        for t, w in zip(seconds, W) if t in (10, 50, 200)))
fig, axes = plt.subplots(1, 3, figsize=(8.6, 2.9), width_ratios=(1.5, 1, 1),
                         layout="constrained")
t = np.linspace(0, 200, 401)
for name, where, c, mark, color in (("unrelated", between, 0, "o", "sky"),
                                    ("in a group", within, 0.4, "s", "w")):
    axes[0].plot(t, mean_weight_after(t, c), "--", color=COLOR["theory"], lw=1)
    axes[0].plot(seconds, W[:, where].mean(axis=1), mark, ms=5, color=COLOR[color],
                 label=name)
axes[0].set(xlabel="time (s)", ylabel="mean weight", xlim=(0, 200), ylim=(0.25, 0.8))
axes[0].legend()
for ax, k in zip(axes[1:], (2, 9)):
    draw = pictures.weight_matrix(ax, 16, reach=0.1)
    draw(np.where(np.eye(16), np.nan, W[k] - W[k][between].mean()))
    ax.set(title=f"after {seconds[k]} s")
show(
    fig,
    "Left, mean weights against time: both fall from 0.8 on the dashed theory, those "
    "of a group first faster and then to a higher end. Middle, the matrix after 10 s, "
    "the groups darker than the background. Right, after 200 s, the groups brighter.")

# %% [markdown]
r"""
### Exercise · measure

From which time on are the groups brighter than the background? Find it with `mean_weight_after`.
"""

# %%
moment = ...

check("too early a look", moment)

# %% tags=["solution"]
t = np.arange(1, 200)
check("too early a look", t[mean_weight_after(t, 0.4) > mean_weight_after(t, 0)][0])

# %% [markdown]
r"""
Judge a matrix after three relaxation times of the slowest synapses, $3/k$, here about 100 s. The start matters, too: from
0.1 the groups are brighter from the first moment on.

## Further · The same pair again and again

*15 minutes.* A pre spike comes $s$ ms before a post spike, and this pair is repeated every $P$ ms (here a period, not the
potentiation of section 4). Each post spike is then also
$P-s$ ms *before* the next pre spike, and this pair depresses. Which of the two effects is larger depends on the repetition rate.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("again and again")

# %% [markdown]
r"""
### Derive: one cycle

Consider the rule with $\mu=0$, whose steps do not depend on $w$. After many cycles the pre trace at a post spike is the geometric
series $e^{-s/\tau_+}(1+e^{-P/\tau_+}+e^{-2P/\tau_+}+\dots)$. The post trace at a pre spike is the same series with $P-s$ in place
of $s$. So each cycle adds $G$ and takes away $D$:
$$G=A_+\frac{e^{-s/\tau_+}}{1-e^{-P/\tau_+}},\qquad D=A_-\frac{e^{-(P-s)/\tau_-}}{1-e^{-P/\tau_-}}.$$
As $P$ becomes shorter, $e^{-(P-s)/\tau_-}$ grows, so depression grows by a larger factor than potentiation. With the
constants of the next cell it finally overtakes it.
"""

# %%
def gain_and_loss(rule, s, rate):
    P = 1000 / rate  # ms
    gain = rule.A_plus * np.exp(-s / rule.tau_plus) / (1 - np.exp(-P / rule.tau_plus))
    loss = rule.A_minus * np.exp(-(P - s) / rule.tau_minus)
    return gain, loss / (1 - np.exp(-P / rule.tau_minus))


additive = STDP(A_plus=0.01, A_minus=0.006, tau_plus=17, tau_minus=34, mu=0,
                w_min=-9, w_max=9)
repeated = np.array([5, 10, 20, 30, 40, 60])  # Hz
per_cycle = []
for rate in repeated:
    pre = 1000 / rate * np.arange(1, 120)
    _, w = additive.trajectory(pre, pre + 7, 0)
    per_cycle.append(w[-1] - w[-3])  # from one post spike to the next

# %% tags=["folded"]
# Figure: the change of the weight per second against the repetition rate
gain, loss = gain_and_loss(additive, 7, repeated)
print("1000 times the change in a cycle:", "  ".join(
    f"{rate} Hz {1000 * each:.3f}" for rate, each in zip(repeated, per_cycle)))
print("theory, 1000 (G - D):            ", "  ".join(
    f"{rate} Hz {1000 * each:.3f}" for rate, each in zip(repeated, gain - loss)))
fig, ax = plt.subplots(figsize=(8, 2.8), layout="constrained")
rates = np.linspace(2, 70, 300)
ax.plot(rates, rates * np.subtract(*gain_and_loss(additive, 7, rates)), "--",
        color=COLOR["theory"], label="theory")
ax.plot(repeated, repeated * per_cycle, "o", color=COLOR["w"], label="the rule itself")
ax.axhline(0, color="#444444", lw=0.8)
ax.set(xlabel="repetition rate (Hz)", ylabel="change of $w$ per s", xlim=(0, 70))
ax.legend()
show(
    fig,
    "Change of the weight per second against the repetition rate of a pair that is 7 "
    "ms apart. It rises, is largest between 20 and 30 Hz, falls, and is negative above "
    "53 Hz. Points of the rule lie on the theory.")

# %% [markdown]
r"""
### Exercise · measure

Take $s=15$ ms. Above which repetition rate (in Hz) does the same rule weaken the synapse? Find it by trying, with `gain_and_loss`
or with the rule itself.
"""

# %%
turning_point = ...

check("again and again", turning_point)

# %% tags=["solution"]
low, high = 5, 60
while high - low > 0.01:
    middle = (low + high) / 2
    gained, lost = gain_and_loss(additive, 15, middle)
    low, high = (middle, high) if gained > lost else (low, middle)
check("again and again", middle)

# %% [markdown]
r"""
## Further · What a relative change says

*15 minutes.* Experiments report by how many per cent a synapse changed. What does this say about the rule?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a relative change")

# %% [markdown]
r"""
With soft bounds the percentage of potentiation depends on the weight before. Sixty pairs bring $w$ to $1-(1-w_0)(1-A)^{60}$, with $A$
the amplitude times the trace, so the relative change is in proportion to
$(1-w_0)/w_0$. The next cell applies one and the same rule to four synapses.
"""

# %%
rule = STDP(A_plus=0.01, tau_plus=16.8)
pre = 2000.0 * np.arange(60)
reach = 1 - (1 - 0.01 * np.exp(-10 / 16.8))**60
for w0 in (0.2, 0.4, 0.6, 0.8):
    relative = rule.weight_after(pre, pre + 10, w0) / w0 - 1
    print(f"w0 = {w0}: {100 * relative:+6.2f} %   theory "
          f"{100 * reach * (1 - w0) / w0:+6.2f} %")
print(f"+77.7 % would need a weight above 1 from w0 = {1 / 1.777:.4f} on")

# %% [markdown]
r"""
Weak synapses change most, although the rule is the same for all. A relative change by potentiation therefore does not
determine $A_+$. Depression is different: with $w_\mathrm{min}=0$ sixty pairs multiply $w$ by $(1-A)^{60}$, from every $w_0$,
so the change determines $A_-$. For $A_+$ one must know where the synapse was between its bounds.

### Exercise · judge four claims

All synapses have soft bounds from 0 to 1 and the same rule, and in each pair the pre spike comes first.

- *Claim 1*: weak synapses grow by more per cent than strong ones, so they follow a rule of their own.
- *Claim 2*: a synapse grew by 50 % after sixty pairs. This alone determines $A_+$.
- *Claim 3*: a synapse that grew by 120 % was below 0.46 before.
- *Claim 4*: after a great many pairs a synapse no longer changes. Its growth until then determines where it started.
"""

# %%
claims = [..., ..., ..., ...]  # True or False for each

check("per cent", claims)

# %% tags=["solution"]
print(f"+120 % from {1 / 2.2:.3f} would end at the bound")
check("per cent", [False, False, True, True])

# %% [markdown]
r"""
## Further · How a synapse can detect the order

*15 minutes.* Section 1 named the NMDA receptor as the detector of the order. How can one receptor strengthen a synapse in one order and
weaken it in the other?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a blocked receptor")

# %% [markdown]
r"""
### Run: two conditions, one signal

After a pre spike the transmitter is bound to the receptor, and it leaves the receptor slowly. A post spike travels back into the
dendrite and depolarises it, which removes the magnesium ion that blocks the channel. The spike itself lasts about 2 ms; a weaker
after-depolarisation lasts about 25 ms. Calcium flows in as long as both conditions hold, so the next cell multiplies them. Its numbers
are illustrative; they were not fitted to any experiment.
"""

# %%
t = np.linspace(-40, 100, 1401)  # ms from the pre spike
bound = np.where(t >= 0, np.exp(-t / 50), 0)  # transmitter at the receptor


def calcium_inflow(dt, after=0.3):
    since = t - dt  # ms from the post spike
    depolarised = (1 - after) * np.exp(-since / 2) + after * np.exp(-since / 25)
    opened = np.where(since >= 0, depolarised, 0)
    return bound * (0.1 + opened)  # a pre spike alone opens a tenth


for dt in (10, -10, -40):
    print(f"post spike at {dt:+} ms: largest inflow {calcium_inflow(dt).max():.2f}")

# %% tags=["folded"]
# Figure: the calcium inflow of one pair, and its largest value against the order
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained",
                                  sharey=True)
for dt, color, dashes in ((10, "green", "-"), (-10, "vermillion", "--")):
    left.plot(t, calcium_inflow(dt), dashes, color=COLOR[color],
              label=f"post spike at {dt:+} ms")
left.plot(t, 0 * t, ":", color=COLOR["theory"], label="receptor blocked")
orders = np.arange(-40, 61)
right.plot(orders, [calcium_inflow(dt).max() for dt in orders], color=COLOR["V"])
for level, name in ((0.2, "depression"), (0.7, "potentiation")):
    right.axhline(level, color=COLOR["ghost"], lw=0.8)
    right.text(59, level + 0.02, name, ha="right", va="bottom")
left.set(xlabel="time from the pre spike (ms)", ylabel="calcium inflow (arb. units)",
         xlim=(-40, 100), ylim=(-0.05, 1.15))
right.set(xlabel=r"$\Delta t$ (ms)", xlim=(-40, 60))
left.legend()
show(
    fig,
    "Left, calcium inflow against time. With the post spike 10 ms after the pre spike "
    "the inflow is about three times as large as with the post spike 10 ms before it. "
    "Right, the largest inflow against the spike-time difference. Between about -2 and "
    "+23 ms it is in the range of potentiation, next to it on both sides in that of "
    "depression.")

# %% [markdown]
r"""
If the pre spike comes first, the post spike meets much bound transmitter, and the inflow is large. If it comes second, only the
after-depolarisation is left when the transmitter arrives, and the inflow is small. The two grey lines are thresholds: above
the upper one the synapse is potentiated, between them depressed, and below both it does not change. One signal with two
levels is therefore enough: much
calcium leads to potentiation, little calcium to depression. The inflow rises over a few milliseconds before $\Delta t=0$,
because the post spike lasts about 2 ms, whereas the window of section 1 jumps at zero. Bi and Poo (1998) found that both
effects need NMDA receptors.

### Exercise · predict

The levels of the figure decide: above 0.7 the pair potentiates, between 0.2 and 0.7 it depresses, below it changes nothing. What does
each of these experiments do? Write 1 for potentiation, −1 for depression and 0 for no change. Decide first, and then change the first of the
two cells to test your answer.

1. The post spike does not travel back into the dendrite, $\Delta t=+10$ ms.
2. There is no magnesium, so that the channel is never blocked, $\Delta t=-10$ ms.
3. A drug ends the after-depolarisation (`after=0`), $\Delta t=-10$ ms.
4. Two thirds of the calcium are bound before they can act, $\Delta t=+10$ ms.
"""

# %%
changes = [..., ..., ..., ...]

check("one cause removed", changes)

# %% tags=["solution"]
largest = [(bound * 0.1).max(), bound.max(), calcium_inflow(-10, after=0).max(),
           calcium_inflow(10).max() / 3]
check("one cause removed", [0 if x < 0.2 else 1 if x > 0.7 else -1 for x in largest])

# %% [markdown]
r"""
According to the right panel, a pair with $\Delta t=+40$ ms depresses. Models of this kind predict such a second window of depression at
long positive $\Delta t$, which the pair rule of section 1 does not have.

## Further · Frequency: what pairs cannot explain

*15 minutes.* Sjöström, Turrigiano and Nelson (2001) paired spikes in slices of visual cortex at different frequencies, and measured how
the synapse changed. With post spikes 10 ms after pre spikes there was no potentiation at 0.1 Hz, and strong potentiation at 50 Hz.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("faster pairs")

# %% [markdown]
r"""
Pfister and Gerstner (2006) add one trace: $y_2$ also records post spikes, but decays with $\tau_y=114$ ms. A post spike
potentiates by $A_3^+\,x\,y_2$, with $y_2$ read *before* its own jump. Potentiation therefore needs a **triplet** of spikes: pre,
post and an earlier post. Depression remains a matter of pairs, $-A_2^-\,y$. The constants were fitted to these very data, so the *shape*
of the curve is the test: three fitted numbers for ten points. Sixty regular pairs represent the short trains of the experiment, as
in that paper.
"""

# %%
def triplet_change(pre, post, A2_minus=7.1e-3, A3_plus=6.5e-3, tau_plus=16.8,
                   tau_minus=33.7, tau_y=114.0):
    y_2 = trace(post, post, tau_y, side="left")
    y = trace(post, pre, tau_minus, side="left")
    return A3_plus * (trace(pre, post, tau_plus) * y_2).sum() - A2_minus * y.sum()


pairs = STDP(A_plus=6.5e-3, A_minus=7.1e-3, tau_plus=16.8, tau_minus=33.7, mu=0,
             w_min=-5, w_max=5)
frequencies = np.array([0.1, 10, 20, 40, 50])
measured = {  # mean, standard error
    +10: ([-0.04, 0.14, 0.29, 0.53, 0.56], [0.05, 0.10, 0.14, 0.11, 0.26]),
    -10: ([-0.29, -0.41, -0.34, 0.56, 0.75], [0.08, 0.11, 0.10, 0.32, 0.19]),
}
predicted = {}
for dt in measured:
    trains = [(start + max(-dt, 0), start + max(dt, 0))
              for start in 1000 / frequencies[:, None] * np.arange(60)]
    predicted[dt, "triplets"] = [triplet_change(*each) for each in trains]
    predicted[dt, "pairs"] = [pairs.weight_after(*each, 0) for each in trains]

# %% tags=["folded"]
# Figure: measured and predicted change against the frequency of pairing
fig, axes = plt.subplots(1, 2, figsize=(8, 3.1), layout="constrained", sharey=True)
for ax, (dt, (mean, error)) in zip(axes, measured.items()):
    for name, color, dashes in (("triplets", "w", "-"), ("pairs", "vermillion", "--")):
        values = predicted[dt, name]
        ax.plot(frequencies, values, dashes, color=COLOR[color], label=name)
        off = np.max(np.abs(np.subtract(values, mean)) / error)
        print(f"dt = {dt:+} ms, {name:8}:", "  ".join(
            f"{f:g} Hz {v:+.3f}" for f, v in zip(frequencies, values)),
              f"  worst: {off:.1f} standard errors")
    ax.errorbar(frequencies, mean, error, fmt="o", color=COLOR["theory"], capsize=3,
                label="measured")
    ax.axhline(0, color="#444444", lw=0.8)
    ax.set(xlabel="frequency of the pairs (Hz)", title=rf"$\Delta t = {dt:+}$ ms")
axes[0].set(ylabel="relative change of $w$")
axes[0].legend()
show(
    fig,
    "Measured change of a synapse against the frequency of pairing, with standard "
    "errors, for both orders. The triplet rule passes close to all points; the pair "
    "rule falls with frequency where the measurement rises.")

# %% [markdown]
r"""
The pair rule borrows these amplitudes. Its own best amplitudes do not help: their $\chi^2$, the sum of squared deviations in standard
errors, is 76 for 8 degrees of freedom.

Let pre and post be Poisson trains. Then the mean of $x$ is $r_\mathrm{pre}\tau_+$ and that of $y_2$ is $r_\mathrm{post}\tau_y$:
$$\frac{dw}{dt}=r_\mathrm{pre}r_\mathrm{post}\bigl[A_3^+\tau_+\tau_y\,r_\mathrm{post}-A_2^-\tau_-\bigr].$$
The sign depends on the post rate. This has the form of the rule of Bienenstock, Cooper and Munro (BCM), whose threshold in
addition slides with the mean activity. Here it is fixed: the synapse is potentiated above the rate
$A_2^-\tau_-/(A_3^+\tau_+\tau_y)$.
"""

# %% tags=["folded"]
# Table: the threshold with the published constants
print(f"{7.1e-3 * 33.7 / (6.5e-3 * 16.8 * 0.114):.1f} Hz")

# %% [markdown]
r"""
### What else the pair rule leaves out

Windows differ between synapses: some are symmetric, and some are reversed (*anti-Hebbian*). The calcium that enters through NMDA
receptors depends on the membrane potential, so spikes alone do not determine the change. In animals a third factor such as
dopamine often decides whether a change is kept at all, which connects plasticity with reward. Morrison, Diesmann and Gerstner
(2008) review models of all these effects.

## Questions to close

1. Two synapses obey the same rule. The neurons of pair A fire at 5 Hz, those of pair B at 20 Hz, and all spikes are
   independent.
   Which synapse reaches $w^*$ first, and by what factor is it faster?
2. A colleague observes bright bands for synchronous neurons and concludes that $A_+\gt A_-$. What can you conclude from bright
   bands?
3. You reverse the time axis of a recording, so that all spikes run backwards, and train the same synapse again, starting from
   $w=\tfrac12$. With $\tau_+=\tau_-$ and $A_+=A_-$, what do you expect?
4. *(From notebook 04.)* A synapse is far out on a dendrite. The post spike travels back to it with a delay of 5 ms, whereas the
   pre spike acts at once. By how much is the window shifted that an electrode at the soma records?

<details>
<summary>Answers</summary>

1. B, 16 times faster: the rate $k$ contains the product of the two firing rates, whereas $w^*$ does not depend on them.
2. Only that $\tau_-\gt\tau_+$, under this rule and for jittered synchrony. The amplitudes shift the background.
3. On average $w-\tfrac12$ changes its sign, because potentiation and depression exchange their roles.
4. At the synapse the post spike comes 5 ms later than at the soma. A pair with $\Delta t=-3$ ms at the soma arrives as $+2$ ms. The
   change from depression to potentiation is therefore at $-5$ ms in the time of the soma.
</details>

## References

- G. Bi, M. Poo (1998), *Synaptic modifications in cultured hippocampal neurons: dependence on spike timing, synaptic strength, and
  postsynaptic cell type*, J. Neurosci. 18:10464.
  [doi.org/10.1523/JNEUROSCI.18-24-10464.1998](https://doi.org/10.1523/JNEUROSCI.18-24-10464.1998)
- G. Bi, M. Poo (2001), *Synaptic modification by correlated activity: Hebb's postulate revisited*, Annu. Rev. Neurosci. 24:139.
  [doi.org/10.1146/annurev.neuro.24.1.139](https://doi.org/10.1146/annurev.neuro.24.1.139)
- R. Gütig, R. Aharonov, S. Rotter, H. Sompolinsky (2003), *Learning input correlations through nonlinear temporally
  asymmetric Hebbian plasticity*, J. Neurosci. 23:3697.
  [doi.org/10.1523/JNEUROSCI.23-09-03697.2003](https://doi.org/10.1523/JNEUROSCI.23-09-03697.2003)
- D. O. Hebb (1949), *The Organization of Behavior*, Wiley.
- R. Kempter, W. Gerstner, J. L. van Hemmen (1999), *Hebbian learning and spiking neurons*, Phys. Rev. E 59:4498.
  [doi.org/10.1103/PhysRevE.59.4498](https://doi.org/10.1103/PhysRevE.59.4498)
- H. Markram, J. Lübke, M. Frotscher, B. Sakmann (1997), *Regulation of synaptic efficacy by coincidence of postsynaptic APs and
  EPSPs*, Science 275:213. [doi.org/10.1126/science.275.5297.213](https://doi.org/10.1126/science.275.5297.213)
- A. Morrison, M. Diesmann, W. Gerstner (2008), *Phenomenological models of synaptic plasticity based on spike timing*, Biol.
  Cybern. 98:459. [doi.org/10.1007/s00422-008-0233-1](https://doi.org/10.1007/s00422-008-0233-1)
- J.-P. Pfister, W. Gerstner (2006), *Triplets of spikes in a model of spike timing-dependent plasticity*, J. Neurosci.
  26:9673. [doi.org/10.1523/JNEUROSCI.1425-06.2006](https://doi.org/10.1523/JNEUROSCI.1425-06.2006)
- C. J. Shatz (1992), *The developing brain*, Sci. Am. 267(3):60.
- P. J. Sjöström, G. G. Turrigiano, S. B. Nelson (2001), *Rate, timing, and cooperativity jointly determine cortical synaptic
  plasticity*, Neuron 32:1149. [doi.org/10.1016/S0896-6273(01)00542-6](https://doi.org/10.1016/S0896-6273%2801%2900542-6)
- S. Song, K. D. Miller, L. F. Abbott (2000), *Competitive Hebbian learning through spike-timing-dependent synaptic
  plasticity*, Nat. Neurosci. 3:919. [doi.org/10.1038/78829](https://doi.org/10.1038/78829)
- G. G. Turrigiano, K. R. Leslie, N. S. Desai, L. C. Rutherford, S. B. Nelson (1998), *Activity-dependent scaling of quantal
  amplitude in neocortical neurons*, Nature 391:892. [doi.org/10.1038/36103](https://doi.org/10.1038/36103)
- M. C. W. van Rossum, G.-Q. Bi, G. G. Turrigiano (2000), *Stable Hebbian learning from spike timing-dependent plasticity*, J.
  Neurosci. 20:8812. [doi.org/10.1523/JNEUROSCI.20-23-08812.2000](https://doi.org/10.1523/JNEUROSCI.20-23-08812.2000)
- F. Zenke, G. Hennequin, W. Gerstner (2013), *Synaptic plasticity in neural networks needs homeostasis with a fast rate detector*,
  PLoS Comput. Biol. 9:e1003330. [doi.org/10.1371/journal.pcbi.1003330](https://doi.org/10.1371/journal.pcbi.1003330)
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Section 1 with its prediction and panel (15), steps 1 to 5 of section 2 on the board and the cell that tests them
(15), *write a step* (10), the swapped rule (10). Homework: *find the fault*.

**90 minutes.** The same, then the prediction of section 3 and its result, $w^*$ from two areas, with the derivation as reading
(10), the prediction and the derivation of section 4 (10), the panel (15) and the vote (5).

**Misconceptions, and what to answer.** *Hebb's rule is symmetric:* ask which cell fires first in "takes part in firing".
*$A_-\gt A_+$ means net depression:* move $\tau_+$ in the panel; the areas decide. *Soft bounds are always safe:* run the cell with
$A_+=0.5$. *Ties, time steps and pairing are details:* compare 0.4545 with 0.4670 on a grid of 1 ms. *Depression is
forgetting:* it is half of what the matrix learns. *A bright band shows a strong correlation:* the panel makes it dark without
touching a spike.

**To vote on.** "Ten neurons begin to fire synchronously. Do the weights between them rise, fall, remain, or does it depend on
something?" Vote, argue in pairs, vote again, then move $\tau_-$ in the panel.

**Rubric for *choose parameters*** (4 points): equal time constants (1); the reason in words, the relative gain of the two areas
(1); areas in the ratio 3 to 1 (1); the remark that a whole family of rules has both properties (1).
"""

# %% [markdown]
r"""
[← 05 Stochastic neurons](05_stochastic_neurons.ipynb) · [07 Conclusion →](07_conclusion.ipynb)
"""
