# %% [markdown]
r"""
# 05 · Stochastic neuron models

**The question.** The same stimulus never gives the same spike train twice. What is a neuron that fires at random, and what can a network of such neurons do that one of them can't?

**You will be able to**
- compute the distribution of interspike intervals from the probability to fire;
- write one step of a Galves-Löcherbach network, and say why its memory ends at each neuron's own last spike;
- find a fault in such a step from the statistics of its spikes alone;
- write down the likelihood of a raster, and read off a curve of likelihoods which leak is most probable;
- derive the point at which a network begins to sustain its activity, and the point beyond which its activity is deterministic.

**Time.** Core: two sittings of 65 minutes (sections 1–3, then 4 and 5). Further: about 180 minutes, in any order.

**You need.** Notebook [03](03_from_biophysics_to_dynamics.ipynb) (fixed points, stability); probability as far as "independent events multiply", the mean and the variance of a random number, and the geometric series $1+q+q^2+\dots=\frac1{1-q}$ with its derivative. Some of the optional sections use standard errors.

**The thread.** So far each neuron was a differential equation: same current, same voltage, same spikes. The article now turns to randomness, and shows a picture of a stochastic network in three dimensions. You will build such a network, and find the two values at which one parameter changes everything. Numbers such as *E34* refer to the list of the article's errors, the ledger in notebook [07](07_conclusion.ipynb).
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import (
    COLOR,
    GalvesLocherbach,
    HodgkinHuxley,
    Panel,
    clipped_linear,
    label_panels,
    logistic,
    mean_field,
    show,
    simulate,
    spike_times,
)
from course_utils.notebook_05 import pictures
from course_utils.notebook_05.exercises import check, predict, recall
from course_utils.notebook_05.experiments import CriticalNetwork, density
from course_utils.notebook_05.one_step import (
    THREE,
    exact_statistics,
    joint_probabilities,
    measured,
)
from course_utils.notebook_05.recorded import raster, recorded_sound, recorded_spikes
from course_utils.notebook_05.renewal import (
    SingleNeuron,
    interval_distribution,
    intervals,
    law_statistics,
)

# %%
GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(threshold=1.0))

# %% [markdown]
r"""
The table shows the two numbers that every such network has. Note how the **leak factor** $\mu$ is defined: it is the fraction of $V$ that *remains* after one step. With $\mu=0$ a neuron forgets its input after one step; with $\mu=1$ nothing leaks. The other symbols are used from section 3 on, and none of them has a unit:

| symbol | meaning |
|---|---|
| $t=0,1,2,\dots$ | step of time, think of 1 ms |
| $X_i(t)$ | 1 where neuron $i$ fires in step $t$, else 0 |
| $V_i(t)$ | membrane potential of neuron $i$, known *before* $X_i(t)$ is drawn |
| $W_{ij}$ | weight **to** $i$ **from** $j$, `W[post, pre]`; $W_{ii}=0$ |
| $\varphi(V)$ | probability to fire in a step, from 0 to 1; `logistic(threshold, slope=1)` is $1/(1+e^{-s(V-\theta)})$ with threshold $\theta$ and slope $s$ |
"""

# %% [markdown]
r"""
## Warm-up

Three questions on earlier notebooks. Run the cell again for other numbers.
"""

# %% tags=["nbval-ignore-output"]
recall()

# %% [markdown]
r"""
## 1 · Why randomness?

The article says that deterministic models represent recordings of single neurons pretty well (E3). That holds where a current is injected into a cell in a dish. In a living brain the same picture, shown twenty times, gives twenty different spike trains. The article's reason for randomness, that people create new things and so their neurons must sample (E2), does not follow. Randomness has sources that one can measure: ion channels open at random, synapses release their vesicles at random, and most inputs of a neuron are not observed.

The simplest **stochastic neuron** is a **Bernoulli neuron**: in each step of 1 ms it fires with probability $p$, independently of the past, as if a biased coin were tossed.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("coin neuron")

# %% [markdown]
r"""
### Derive

1. An **interval** $K$ of $k$ steps means: silent for $k-1$ steps, then a spike. Steps are independent, so probabilities multiply. With $q=1-p$:
$$P(K=k)=f_k=q^{k-1}\,p .$$
   This is the **geometric distribution**.
2. Its mean. The interval outlasts $k$ steps if these are silent: $P(K>k)=q^k$. Each step $k+1$ that is reached lengthens it by 1, so
$$E[K]=\sum_{k=0}^\infty P(K>k)=\sum_{k=0}^\infty q^k=\frac1{1-q}=\frac1p .$$
3. Its mean square, in the same way: step $k+1$ lengthens the square by $(k+1)^2-k^2=2k+1$. The series $\sum_kq^k=\frac1{1-q}$, differentiated and multiplied by $q$, gives $\sum_kk\,q^k=\frac q{(1-q)^2}=\frac q{p^2}$. So
$$E[K^2]=\sum_{k=0}^\infty(2k+1)\,q^k=\frac{2q}{p^2}+\frac1p .$$
4. The variance is $E[K^2]-E[K]^2=\dfrac{2q+p-1}{p^2}=\dfrac q{p^2}$, since $p-1=-q$. The **coefficient of variation**, standard deviation over mean, is
$$\mathrm{CV}=\frac{\sqrt q/p}{1/p}=\sqrt{1-p}.$$
   A perfectly regular train has CV 0; for small $p$ the CV of the Bernoulli neuron is close to 1.
5. Count the spikes in a window of $n$ steps. One step has the mean $p$ and the variance $p-p^2$; $n$ independent steps have $np$ and $np(1-p)$. Variance over mean is the **Fano factor**:
$$F=1-p .$$

### Run

Twenty trials with the same stimulus: the Hodgkin-Huxley membrane of notebook 02, and a Bernoulli neuron.
"""

# %%
t, trials = np.arange(0, 100, 0.02), 20
rest = HodgkinHuxley().rest()
run = simulate(HodgkinHuxley(I_ext=10), t, start=[np.full(trials, x) for x in rest])
bernoulli = np.random.default_rng(3).random((100, trials)) < 0.07
print("all twenty deterministic trials the same:", bool((run.V == run.V[:, :1]).all()))

# %% tags=["folded"]
# Figure: twenty trials of a deterministic and of a stochastic neuron
fig, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharey=True, layout="constrained")
look = {"colors": COLOR["V"], "linelengths": 0.8, "linewidths": 1.2}
axes[0].eventplot(spike_times(t, run.V, 50.0), **look)
axes[1].eventplot([np.flatnonzero(x) for x in bernoulli.T], **look)
titles = ("Hodgkin-Huxley, 10 µA/cm²", "Bernoulli neuron, $p=0.07$ per ms")
for ax, title in zip(axes, titles):
    ax.set(title=title, xlabel="time (ms)", xlim=(0, 100), ylim=(-0.7, 19.7))
axes[0].set(ylabel="trial", yticks=(0, 10, 19))
label_panels(axes)
show(
    fig, "The same stimulus, twenty times. Left, a deterministic neuron fires at the "
    "same times in every trial. Right, a stochastic neuron fires differently each "
    "time, as neurons in a living brain do.")

# %%
p, windows = 0.05, 4000  # windows of 1000 steps: one second
spikes = np.random.default_rng(2).random((windows, 1000)) < p
counts, gaps = spikes.sum(axis=1), intervals(spikes.ravel())

# %% tags=["folded"]
# Table: counts and intervals of the Bernoulli neuron, measured and in theory
print(f"spikes in a window: mean {counts.mean():.2f}, variance {counts.var():.1f}")
print(f"Fano factor  {counts.var() / counts.mean():.3f}   theory 1 - p       = "
      f"{1 - p:.3f}   (standard error 0.02)")
print(f"mean interval {gaps.mean():.2f}   theory 1/p         = {1 / p:.2f} steps")
print(f"CV           {gaps.std() / gaps.mean():.4f}  theory sqrt(1 - p) = "
      f"{np.sqrt(1 - p):.4f}")

# %% [markdown]
r"""
**Beside a measurement.** For single neurons of the monkey's visual cortex Shadlen & Newsome (1998, their table 1) give: intervals about exponential, which is the geometric distribution for small $p$, and a variance of the count of 1 to 1.5 times its mean. The Bernoulli neuron has 0.95. It is a good first guess, and slightly too regular.
"""

# %% [markdown]
r"""
## 2 · From hazard to intervals

A real neuron is not a Bernoulli neuron: just after a spike it is **refractory** and rarely fires again. Let the probability depend on the time since its last spike, and on nothing before that.

### Derive, and fill in

1. The **hazard** $h_k$ is the probability to fire $k$ steps after the last spike, *given* silence until then.
2. To be silent at step $l$ has the probability $1-h_l$, given silence before. So to be silent through the steps $1,\dots,k-1$:
$$S_{k-1}=(1-h_1)(1-h_2)\cdots(1-h_{k-1}),\qquad S_0=1 .$$
3. An interval of $k$ steps: silence through $k-1$ steps, then a spike. **Your step:** write $f_k$ with $h$ and $S$, and turn it into code. `np.cumprod(1 - h)` is the array $S_1,S_2,\dots$
"""

# %%
def interval_probabilities(h):
    """f (K,) from the hazards h (K,), h[0] being the hazard one step after a spike."""
    ...


check("interval law", interval_probabilities)

# %% tags=["solution"]
def solved_interval_probabilities(h):
    silent_before = np.concatenate([[1.0], np.cumprod(1 - h)[:-1]])
    return h * silent_before


check("interval law", solved_interval_probabilities)

# %% [markdown]
r"""
4. Where does $h_k$ come from? From a potential. After a spike $V=0$. In each later step a fraction $\mu<1$ of $V$ is kept (the leak factor) and an input $I$ arrives; what arrives in the step of the spike itself is lost. So
$$V_1=0,\quad V_2=I,\quad V_3=I+\mu I,\quad\dots\quad V_k=I\,(1+\mu+\dots+\mu^{k-2})=I\,\frac{1-\mu^{k-1}}{1-\mu}.$$
5. The neuron fires with probability $h_k=\varphi(V_k)$. A usual choice is the **logistic** function with threshold $\theta$ and slope $s$: $\varphi(V)=\dfrac1{1+e^{-s(V-\theta)}}$.
6. Nothing from before the last spike enters $V_k$. So an interval says nothing about the next one: the intervals are independent, and all have the distribution $f_k$. Such a train of spikes is a **renewal process**: at each spike it begins anew. Its mean interval is $E[K]=\sum_{k\ge0}P(K>k)=\sum_{k\ge0}S_k$, as in section 1, and its rate is $1/E[K]$ spikes per step.

### Run
"""

# %%
neuron = SingleNeuron(shape="logistic", threshold=2.0, slope=4.0, leak=0.9, I_ext=0.2)
k = np.arange(1, 41)
sample = neuron.sample(5000, 200)
exact = neuron.statistics()
print(f"mean interval {exact.mean:.2f}, simulated {sample.mean():.2f};   CV "
      f"{exact.cv:.4f}, simulated {sample.std() / sample.mean():.4f}")
print(f"the most frequent interval: {exact.mode} steps")

# %% tags=["folded"]
# Figure: the hazard, and the distribution of intervals that it gives
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.9), layout="constrained")
left.plot(k, neuron.hazards(40), "o-", ms=3, color=COLOR["vermillion"])
left.set(xlabel="steps $k$ since the last spike", ylabel="hazard $h_k$", ylim=(0, 0.55))
right.hist(sample, np.arange(0.5, 41), density=True, color=COLOR["V"], alpha=0.5,
           label="5000 intervals")
right.plot(k, interval_distribution(neuron.hazards(40)), "--", color=COLOR["theory"],
           label="$f_k$")
right.set(xlabel="interval $k$ (steps)", ylabel="probability", xlim=(0, 40))
right.legend()
label_panels((left, right))
show(
    fig, "Left, the probability to fire rises with the time since the last spike, as "
    "the potential climbs. Right, the histogram of simulated intervals follows the "
    "distribution that the hazard gives, with a peak at 16 steps.")

# %% [markdown]
r"""
A recorded neuron is refractory in the same sense. The next figure shows the receptor cell of a locust's ear, which heard a sound of changing loudness: after a spike it never fired again within 3 ms, and intervals between 5 and 10 ms are more frequent than in a Bernoulli neuron with the same rate. *Further · A recorded neuron* fits stochastic neurons to this cell.
"""

# %%
times, level = recorded_spikes(), 6 * recorded_sound()  # ms; dB from the mean level
seen = np.bincount(intervals(raster(times)), minlength=41)[1:41] / (len(times) - 1)
p = len(times) / 10_000  # spikes per step of 1 ms

# %% tags=["folded"]
# Figure: a sound, the spikes of a receptor cell, and its intervals
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8), layout="constrained",
                                  width_ratios=(3, 2))
left.plot(np.arange(3000, 3300), level[3000:3300], color=COLOR["stimulus"], lw=1.2)
left.eventplot([times[(times > 3000) & (times < 3300)]], lineoffsets=19, linelengths=5,
               colors=COLOR["V"], linewidths=1.2)
left.set(xlabel="time (ms)", ylabel="level of the sound (dB)", xlim=(3000, 3300),
         ylim=(-19, 23))
right.bar(k, seen, color=COLOR["V"], alpha=0.5, label="receptor cell")
right.plot(k, p * (1 - p)**(k - 1), "--", color=COLOR["theory"],
           label="Bernoulli neuron")
right.set(xlabel="interval $k$ (ms)", ylabel="probability", xlim=(0, 40))
right.legend()
label_panels((left, right))
show(
    fig, "Left, 300 ms of the sound that a receptor cell heard, and above it the "
    "spikes of the cell, which follow the loud moments by a few milliseconds. Right, "
    "its intervals: there are none below 3 ms, and those of 5 to 10 ms are more "
    "frequent than in a Bernoulli neuron of the same rate.")

# %% [markdown]
r"""
### Investigate

Change the shape of $\varphi$ (its form, its slope $s$, its threshold $\theta$) and the leak factor $\mu$; the input stays at $I=0.2$. Find three neurons: a very regular one (CV below 0.05), one that is nearly a Bernoulli neuron (CV above 0.85), and one with a CV near 0.5 that hardly ever fires within three steps. (A slider that was clicked moves in small steps with the arrow keys.)

"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the firing probability, the hazard and the intervals of one neuron
def view(fig):
    grid = fig.add_gridspec(2, 2)
    shape, rises, bars = (fig.add_subplot(grid[place]) for place in (
        np.s_[:, 0], np.s_[0, 1], np.s_[1, 1]))
    shape.set(xlabel="$V$", ylabel=r"$\varphi(V)$", xlim=(-0.1, 4.1),
              ylim=(-0.03, 1.03), title="firing probability; dots: where V passes")
    rises.set(ylabel="hazard $h_k$", xlim=(0, 60), ylim=(-0.03, 1.03), xticklabels=[])
    bars.set(xlabel="steps $k$ since the last spike", ylabel="probability",
             xlim=(0, 60), ylim=(0, 0.5))
    V, k = np.linspace(0, 4, 201), np.arange(1, 121)
    curve, = shape.plot([], [], color=COLOR["vermillion"], animated=True)
    passed, = shape.plot([], [], "o", ms=4, color=COLOR["V"], animated=True)
    hazard, = rises.plot([], [], color=COLOR["vermillion"], animated=True)
    seen, = bars.step([], [], where="mid", color=COLOR["V"], lw=1.2, animated=True,
                      label="3000 intervals")
    exact, = bars.plot([], [], "--", color=COLOR["theory"], animated=True,
                       label="distribution $f_k$")
    bars.legend(loc="upper right")

    def update(neuron, result):
        curve.set_data(V, neuron.phi(V))
        passed.set_data(result.V, result.h)
        hazard.set_data(k, result.h)
        seen.set_data(k, np.bincount(result.sample, minlength=121)[1:] / 3000)
        exact.set_data(k, result.f)

    return update


Panel(SingleNeuron(), view, "shape", "slope", "threshold", "leak")

# %% [markdown]
r"""
## 3 · The Galves-Löcherbach network

Now let the input come from other neurons. The article prints two formulas. In today's symbols:
$$P\bigl(X_i(t)=1\mid\text{past}\bigr)=\varphi\bigl(V_i(t)\bigr),\qquad V_i(t)=\sum_j\sum_{s=t_0}^{t}w_{ij}(t-s)\,X(s).$$
The idea is right: each spike is random, and the past determines its probability. Three repairs are small. $X(s)$ needs an index, the sender's: $X_j(s)$, with $j\ne i$ (E36). One symbol stands for both the weight and its decay in time; write $W_{ij}\,g(k)$, a weight times a kernel of the delay (E37). And $w_{ij}$ goes from $j$ to $i$ here but from $i$ to $j$ in the article's section on learning; we always write $W_{ij}$ to $i$ from $j$ (E39). Each has its experiment in *Further · Three small repairs*. Two repairs are large: where the sum begins, and where it ends.

### Derive

1. Let $L_i(t)$ be the last step *before* $t$ in which neuron $i$ fired ($-1$ if it never did). Its memory begins anew there; $I_i$ is an input from outside (`I_ext`):
$$V_i(t)=\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\Bigl[\sum_{j\ne i}W_{ij}X_j(s)+I_i\Bigr].$$
   An empty sum is 0. The kernel is $g(k)=\mu^k$: each step keeps the fraction $\mu$. (The model of Galves and Löcherbach is more general: each neuron has its own $\varphi_i$ and its own kernel, and $\varphi_i$ may also depend on the time since the last spike.)
2. Suppose $i$ fires in step $t$. Then $L_i(t+1)=t$, the sum runs from $t+1$ to $t$, it is empty: $V_i(t+1)=0$.
3. Suppose $i$ is silent in step $t$. Then $L_i(t+1)=L_i(t)$. Split off the last term, $s=t$, whose factor is $\mu^0=1$; in all others one $\mu$ can be taken out:
$$V_i(t+1)=\mu\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\bigl[\dots\bigr]+\sum_{j\ne i}W_{ij}X_j(t)+I_i=\mu V_i(t)+\sum_{j\ne i}W_{ij}X_j(t)+I_i .$$
4. Both cases in one line, the one to program:
$$\boxed{V_i(t+1)=\bigl(1-X_i(t)\bigr)\Bigl[\mu V_i(t)+\sum_{j\ne i}W_{ij}X_j(t)+I_i\Bigr]}$$
   All that the past has to say is in the potentials, one number per neuron.

**Why the reset is the point.** A Markov chain of fixed order looks back a fixed number of steps. The spikes of this model don't form such a chain: each neuron looks back to its own last spike, which is 3 steps ago for one neuron and 40 for another. Mathematicians call this a *memory of variable length*. (The *potentials* are a Markov chain, because with a geometric kernel the potentials of this step determine the probabilities of the next. The raster alone is not.) When neuron $i$ fires, its own potential forgets all earlier input. The neurons that received this spike keep it in their potentials. In section 2 the reset made the interspike intervals independent. The next experiment shows its effect in a network.

"""

# %% [markdown]
r"""
### Exercise · write a step

Write one step of the network in code. A faulty step rarely stops with an error, but its spikes have the wrong statistics. Therefore `measured` runs your step 20,000 times with three neurons and counts six things: the rates of the three neurons, how often neuron 1 fires twice in a row, how often neurons 1 and 2 fire in the same step, and how often neuron 1 fires one step after neuron 2. For comparison, `exact_statistics` computes the six probabilities without any simulation.
"""

# %%
W, phi, mu, I = THREE.W, THREE.phi, THREE.leak, THREE.I_ext


def step(V, rng):
    """X, who fires in this step (3,), and V of the next step (3,), as `return X, V`."""
    ...


print("exact:", *(f"{p:.3f}" for p in exact_statistics(THREE)))
check("one step", measured(step))

# %% tags=["solution"]
def solved_step(V, rng):
    X = rng.random(3) < phi(V)  # all three draw, from the old V
    return X, np.where(X, 0.0, mu * V + W @ X + I)


check("one step", measured(solved_step))

# %% [markdown]
r"""
<details>
<summary>After your attempt: what four classic faults do</summary>

| fault | rates of 1, 2, 3 | 1 twice in a row | 1 and 2 in one step | 1 after 2 |
|---|---|---|---|---|
| none | 0.343, 0.363, 0.269 | 0.079 | 0.103 | 0.210 |
| a loop overwrites `X[i]` while others still need the old value | 0.301, 0.319, 0.235 | 0.070 | 0.104 | 0.163 |
| the same loop, from neuron 3 to neuron 1 | 0.303, 0.322, 0.230 | 0.070 | 0.162 | 0.081 |
| the reset comes first and the input is added afterwards | 0.413, 0.437, 0.268 | 0.146 | 0.150 | 0.312 |
| the spikes are drawn twice: one draw acts, the other is recorded | 0.343, 0.363, 0.269 | 0.101 | 0.103 | 0.146 |

The last fault has perfect rates, so only a statistic of two steps finds it.

</details>
"""

# %%
network = GalvesLocherbach(W=[[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]], phi=logistic(1.0),
                           leak=0.7)
X = network.simulate(60, 4).spikes


def summed(i, t):  # V_i(t) by the sum of step 1
    L = np.flatnonzero(X[:t, i]).max(initial=-1)
    return sum(0.7**(t - 1 - s) * network.W[i] @ X[s] for s in range(L + 1, t))


V_sum = np.array([[summed(i, t) for i in range(3)] for t in range(60)])
print("the sum and the one-line rule agree:", np.allclose(V_sum, network.potentials(X)))

# %% tags=["folded"]
# Figure: the potentials and the spikes of three neurons
fig, axes = plt.subplots(3, 1, figsize=(8, 3.4), sharex=True, sharey=True,
                         layout="constrained")
for i, ax in enumerate(axes):
    t, V = np.arange(61), np.append(V_sum[:, i], V_sum[-1, i])
    ax.axhline(0, color=COLOR["ghost"], lw=0.8)
    ax.fill_between(t, V, step="post", color=COLOR["V"], alpha=0.15, lw=0)
    ax.step(t, V, where="post", color=COLOR["V"], lw=1.3)
    ends = np.flatnonzero(X[:, i]) + 1  # where the step of the spike ends
    ax.vlines(ends, 4, 6, color=COLOR["vermillion"], lw=1.6)
    ax.set(ylabel=f"$V_{i + 1}$", xlim=(0, 60), ylim=(-4, 6.2), yticks=(-3, 0, 3))
axes[2].set(xlabel="step $t$")
show(
    fig, "Potentials of three neurons that excite and inhibit each other, one above "
    "the other; vermillion bars are their spikes. At each bar of its own a neuron "
    "starts again from 0, whatever it had collected.")

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("without reset")

# %% [markdown]
r"""
### Run

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that the sum begins at a fixed time $t_0$ ([erratum E34](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that a neuron's memory then has no end of its own, so that only the kernel can make it forget. **Correct is** a sum that begins after the neuron's own last spike, at $L_i(t)+1$. This reset bounds the memory for every $\mu$, makes the intervals of a single neuron independent and makes neurons refractory. (A sum that begins at $L_i(t)$ itself keeps the input that arrives in the step of the neuron's own spike. The two are different models, so state which one you use.) **You can check it:** the next cell runs all three, first with $\mu=1$, where nothing leaks, and then without a reset for weaker memories.

</div>

`next_potential` is the one line of the model that you derived. A subclass replaces it.
"""

# %%
class AsPrinted(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return self.leak * V + arriving + self.I_ext  # no reset


class Kept(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        left = np.where(X, 0.0, self.leak * V)
        return left + arriving + self.I_ext  # the input of one's own step is kept


def rates(kind, leak):
    pair = kind(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=leak)
    return pair.simulate(20_000, 1, keep_V=False).spikes[200:].mean(axis=0)


# %% tags=["folded"]
# Table: firing probabilities of the pair, for each model and several leak factors
for kind, exact in ((AsPrinted, "-> 1, 1"), (Kept, "0.2041, 0.1791"),
                    (GalvesLocherbach, "0.1855, 0.1662")):
    first, second = rates(kind, 1.0)
    print(f"{kind.__name__:17} firing probabilities {first:.3f}, {second:.3f}   "
          f"exact {exact}")
print()
for leak in (0.0, 0.5, 0.9):
    pairs = [", ".join(f"{rate:.2f}" for rate in rates(kind, leak))
             for kind in (AsPrinted, GalvesLocherbach)]
    print(f"leak factor {leak}: as printed {pairs[0]}, with reset {pairs[1]}")

# %% [markdown]
r"""

If nothing leaks, or nearly nothing, both neurons of the printed model end up firing in every step. With a strong leak the reset changes the rates little: at $\mu=0$ it changes nothing that one could see here. What it does for every $\mu$ is to end the memory at the last spike.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that the sum runs up to $s=t$ ([erratum E35](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that $V_i(t)$, which decides who fires in step $t$, then contains who fires in step $t$. **Correct is** a sum that ends at $t-1$. **You can check it:** fix the random numbers $U_i$ of one step, so that neuron $i$ fires where $U_i<\varphi(V_i)$, and look for spike patterns that reproduce themselves when their own input is included.

</div>
"""

# %%
def consistent(W, U=(0.3, 0.3)):
    """The patterns X of one step that give themselves back when V contains W X."""
    phi = logistic(2.0)
    patterns = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    return [
        tuple(x.tolist())
        for x in patterns
        if np.array_equal(U < phi(np.array(W) @ x), x)
    ]


print("two that excite each other:      ", consistent([[0, 4], [4, 0]]))
print("one excites, the other inhibits: ", consistent([[0, -4], [4, 0]], U=(0.1, 0.3)))

# %% [markdown]
r"""
With the same random numbers the printed rule allows two different patterns in the first network, and none in the second. It therefore does not define the next step. With the sum up to $t-1$ there is always exactly one pattern.

**End of the first sitting.**
"""

# %% [markdown]
r"""
## 4 · A probability, and the likelihood of a raster

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that $\varphi$ is a non-linear activation function and $V$ the synaptic input ([erratum E38](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that an activation function may take any value, and that the model is not defined without one more sentence: *given the past, the neurons fire independently of each other within a step.* **Correct is** that $\varphi$ is a **probability**, between 0 and 1, and that $V$ is a membrane potential, which contains the leak and the reset, too. We also take $\varphi$ as nondecreasing, because theorems assume this and because depolarisation should excite. **You can check it:** the rectifier (ReLU) $\max(0,V)$, a common activation function, gives "probabilities" above 1, and tanh even gives negative ones.

</div>
"""

# %%
def relu(V):
    return np.maximum(0, V)


V = 1.5
p = relu(V)
print(f"phi = ReLU: the probability to fire at V = 1.5 would be {p:.2f}, that to be "
      f"silent {1 - p:.2f}")
fires = np.random.default_rng(0).random(1000) < p
print(f"a simulator without a check fires in a fraction {fires.mean()} of the steps")
try:
    GalvesLocherbach(W=[[0, 2], [2, 0]], phi=relu).simulate(10, 1, start=1.5)
except ValueError as error:
    print("the course's model:", error)

# %% [markdown]
r"""
### Derive

1. Let $p_i=\varphi(V_i(t))$. A neuron shows $x_i=1$ with probability $p_i$ and $x_i=0$ with probability $1-p_i$. Both in one formula: $p_i^{x_i}(1-p_i)^{1-x_i}$.
2. Given the past, the neurons are independent: *within* a step no neuron receives another's spike. That is an assumption about the length of the step: no longer than a spike needs to reach the next neuron, and shorter than a neuron's refractory period; about 1 ms meets both conditions. *From step to step* they depend on each other, through $V$. So for a pattern $x=(x_1,\dots,x_N)$
$$P\bigl(X(t)=x\mid\text{past}\bigr)=\prod_{i=1}^N p_i^{x_i}(1-p_i)^{1-x_i}.$$
3. A raster is one pattern after another, each given its past. So these probabilities multiply, too, and their logarithms add up to the **log-likelihood**
$$\ell=\sum_t\sum_i\log\Bigl[p_i(t)^{X_i(t)}\,\bigl(1-p_i(t)\bigr)^{1-X_i(t)}\Bigr].$$
   It says how probable this raster is under this model, in natural units (nat).

### Exercise
"""

# %%
def log_likelihood(X, p):
    """The natural logarithm of the probability of the raster X (steps, N).

    p (steps, N): the probabilities to fire.
    """
    ...


check("likelihood", log_likelihood)

# %% tags=["solution"]
def solved_log_likelihood(X, p):
    return np.where(X, np.log(p), np.log(1 - p)).sum()


check("likelihood", solved_log_likelihood)

# %% [markdown]
r"""
### Run

What is it good for? You get a raster of two neurons and know their weights, but not how leaky they are. Try all $\mu$, and take the one under which the raster is most probable.
"""

# %%
truth = GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(2.0), leak=0.8)
X = truth.simulate(4000, 2, keep_V=False).spikes
leaks = np.linspace(0, 0.95, 39)
ell = np.array([truth.but(leak=leak).log_likelihood(X) for leak in leaks])
near = leaks[ell > ell.max() - 2]
print(f"read off: {leaks[ell.argmax()]:.3f}, true 0.8; within 2 nat of the maximum: "
      f"{near[0]:.3f} to {near[-1]:.3f}")

# %% tags=["folded"]
# Figure: the log-likelihood against the assumed leak factor
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
ax.plot(leaks, ell, color=COLOR["V"])
ax.axvline(0.8, color=COLOR["theory"], ls="--", lw=1)
ax.plot(leaks[ell.argmax()], ell.max(), "o", color=COLOR["vermillion"])
ax.set(xlabel=r"assumed leak factor $\mu$", ylabel=r"log-likelihood $\ell$ (nat)",
       xlim=(0, 0.95))
ax.text(0.79, ell.min(), "truth", ha="right", va="bottom")
show(
    fig, "The log-likelihood of a raster of 4000 steps against the leak factor that "
    "one assumes. Its maximum, the dot, is close to the true value of 0.8, the dashed "
    "line: the spikes alone show how leaky the neurons are.")

# %% [markdown]
r"""
## 5 · The critical network

Connect all $N$ neurons to all others, each with the weight $W/N$. Take the simplest $\varphi$: $\varphi(V)=\Gamma V$, cut off at 0 and 1, with the **gain** $\Gamma$. Nothing is kept of $V$ from step to step: $\mu=0$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("gain three")

# %% [markdown]
r"""
### Derive

We derive the fraction $\rho(t+1)$ of neurons that fire in a step from the fraction $\rho(t)$ that fired in the step before.

1. Every neuron that was silent in step $t$ has the same potential in the next step, $V=W\rho(t)$. Because $\mu=0$, nothing remains of earlier input.
2. The neurons that fired, a fraction $\rho$, are reset to $V=0$. Because $\varphi(0)=0$, they are silent in the next step.
3. The remaining fraction, $1-\rho$, fires with probability $\varphi(W\rho)$. In a very large network the fraction that fires equals this probability, so
$$\rho(t+1)=\bigl(1-\rho(t)\bigr)\,\varphi\bigl(W\rho(t)\bigr)=\Gamma W\,\rho(t)\,\bigl(1-\rho(t)\bigr)\qquad\text{as long as }\Gamma W\rho\le1 .$$
   This is the **logistic map**, which is famous for its chaotic solutions. The parameters $\Gamma$ and $W$ enter only through their product, the **branching parameter** $\Gamma W$: in a silent network one spike causes $\Gamma W$ spikes on average.
4. *Fixed points* satisfy $\rho(t+1)=\rho(t)$. One of them is $\rho=0$. To find the other, divide by $\rho$: $1=\Gamma W(1-\rho)$, hence $\rho^*=1-\dfrac1{\Gamma W}$.
5. *Stability.* In each step a small deviation is multiplied by the slope of the map, $\Gamma W(1-2\rho)$. At $\rho=0$ this slope is $\Gamma W$, so silence is stable for $\Gamma W<1$. The value $\Gamma W=1$ is the **critical point**. Above it $\rho^*$ grows continuously from 0, just as the magnetisation of iron does below its Curie temperature; this is a continuous **phase transition**. At $\rho^*$ the slope is $2-\Gamma W$. Its size is below 1 for $\Gamma W$ between 1 and 3, so $\rho^*$ would be stable up to 3 if the formula held that far.
6. *The ceiling of* $\varphi$. The formula does not hold that far. At $\rho^*$ the input to $\varphi$ is $\Gamma W\rho^*=\Gamma W-1$, which reaches 1 at $\Gamma W=2$. For $\Gamma W>2$ every start with $0<\rho<1$ reaches the range $1/(\Gamma W)\le\rho\le1-1/(\Gamma W)$. In this range *every* silent neuron fires, so $\rho(t+1)=1-\rho(t)$: the values $\rho$ and $1-\rho$ alternate, and there is no chaos. (A start with $\rho=1$ is followed by silence.)

### Run

Three networks of 200 neurons, of which 30 % fire first. Each row of the raster is one neuron; below it is the fraction that fires. After a silent step one neuron is **restarted**, that is, made to fire.
"""

# %%
gains = (0.8, 1.5, 3.0)
runs = [CriticalNetwork(branching_parameter=gain, N=200).run() for gain in gains]

# %% tags=["folded"]
# Figure: the three rasters, and below them the fraction that fires
fig, axes = plt.subplots(2, 3, figsize=(8.6, 3.5), sharex=True, sharey="row",
                         height_ratios=(3, 2), layout="constrained")
for (top, bottom), run in zip(axes.T, runs):
    pictures.raster(top)(density(run.spikes[:80]))
    bottom.plot(run.rate[:80], color=COLOR["V"], lw=1.2, label="200 neurons")
    bottom.plot(run.expected[:80], "--", color=COLOR["theory"], lw=1,
                label="infinitely many")
    top.set(title=rf"$\Gamma W={run.branching_parameter}$", yticks=[])
    bottom.set(xlabel="step $t$", xlim=(0, 79), ylim=(0, 0.75))
axes[0, 0].set_ylabel("neurons")
axes[1, 0].set_ylabel(r"fraction $\rho$")
axes[1, 0].legend(loc="upper right", fontsize=8)
show(
    fig, "Rasters of 200 neurons over their rates. At a branching parameter of 0.8 the "
    "activity dies, and restarted neurons start short avalanches; at 1.5 about a third "
    "fires in each step, at random; at 3 two fixed groups fire alternately, without "
    "randomness.")

# %% [markdown]
r"""
Draw the map, and climb between the curve and the diagonal: this staircase is called a **cobweb**. The points are a network of 2000 neurons, each pair $\rho(t),\rho(t+1)$ one point.
"""

# %%
networks = [CriticalNetwork(branching_parameter=gain, start=start)
            for gain, start in zip(gains, (0.6, 0.05, 0.3))]
runs = [network.run() for network in networks]

# %% tags=["folded"]
# Figure: three cobwebs with the networks' points
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3), layout="constrained")
for ax, network, run in zip(axes, networks, runs):
    pictures.cobweb(ax)(run)
    ax.set_title(rf"$\Gamma W={run.branching_parameter}$")
    stationary = ", ".join(f"{rho:.4f}" for rho in network.stationary())
    print(f"branching parameter {run.branching_parameter}: the last of 160 steps: "
          f"{run.rate[-2]:.4f}, {run.rate[-1]:.4f};   "
          f"stationary in theory: {stationary}")
axes[0].legend(loc="upper left", handlelength=1.4, fontsize=8)
label_panels(axes)
show(
    fig, "Three cobwebs. Below a branching parameter of 1 the staircase falls to "
    "silence; at 1.5 it climbs to one third; at 3 it alternates between 0.63 and 0.37 "
    "indefinitely. The network of 2000 neurons scatters around the curve of the mean "
    "field.")

# %% [markdown]
r"""
### Investigate

The panel runs 160 steps of up to 2000 neurons on **frozen noise**: the same random number decides the same neuron in the same step, wherever the sliders are. What changes is therefore due to your parameters, not to the random numbers. Two sliders are new: the leak factor $\mu$, and a threshold $V_T$, with $\varphi(V)=\Gamma(V-V_T)$ cut off at 0 and 1 (the panel takes $\Gamma=1$, so that $W$ alone is varied). Click a slider and use the arrow keys for small steps.

1. Move $\Gamma W$ slowly from 0 through 1. At which $\Gamma W$ does a single spike start activity that does not die out?
2. On through 2, to 3. Where does the noise disappear?
3. At $\Gamma W=3$ raise $V_T$, then lower $\Gamma W$. The activity ends with a jump. From what value?
4. Raise $\mu$: the edge moves to $\Gamma W=1-\mu$.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: a network on frozen noise, its fraction of active neurons and its cobweb
def view(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(2, 1))
    left, rate, right = (fig.add_subplot(grid[place]) for place in (
        np.s_[0, 0], np.s_[1, 0], np.s_[:, 1]))
    left.set(xlim=(0, 160), ylim=(0, 1), xticks=[], yticks=[], ylabel="neurons")
    rate.set_yscale("function",
                    functions=(lambda y: np.sqrt(np.maximum(y, 0)), np.square))
    rate.set(xlim=(0, 160), ylim=(0, 1.05), xlabel="step", ylabel=r"fraction $\rho$",
             yticks=[0, 0.01, 0.1, 0.37, 0.63])
    expected, = rate.plot([], [], "--", color=COLOR["theory"], lw=1, animated=True)
    seen, = rate.plot([], [], color=COLOR["V"], lw=1.2, animated=True)
    who = pictures.raster(left, animated=True)
    web = pictures.cobweb(right, animated=True)
    right.set(xlim=(0, 0.95), ylim=(0, 0.95))
    right.legend(loc="upper left", fontsize=8, handlelength=1.4)
    rate.text(159, 1.02, "square-root axis; dashed: infinitely many neurons",
              ha="right", va="top", fontsize=8)

    def update(network, result):
        who(density(result.spikes))
        seen.set_data(range(160), result.rate)
        expected.set_data(range(160), result.expected)
        web(result)

    return update


Panel(CriticalNetwork(branching_parameter=1.0), view, "branching_parameter", "leak",
      "threshold", "N")

# %% [markdown]
r"""
### Modify

Square the probability: $\varphi(V)=\operatorname{clip}(\Gamma V,0,1)^2$. Now a weak input is nearly ignored. At which $\Gamma W$ does activity first become possible, and which fraction of the neurons fires there? `mean_field(phi, w)` returns *all* stationary fractions. Change `w` until a new one appears. Can you also derive the two numbers?
"""

# %%
def squared(V):
    return np.clip(V, 0, 1)**2


w = 1.2
print("stationary fractions:", mean_field(squared, w))
check("another phi", [..., ...])

# %% tags=["solution"]
for weight in (1.9, 1.99, 2.01, 2.1):
    print(weight, mean_field(lambda V: np.clip(V, 0, 1)**2, weight).round(3))

check("another phi", [2.0, 0.5])

# %% [markdown]
r"""
## What you saw

1. Randomness is measured, not assumed: a Bernoulli neuron has Fano factor $1-p$ and CV $\sqrt{1-p}$, close to those of cortex.
2. The hazard determines the intervals: $f_k=h_k(1-h_1)\cdots(1-h_{k-1})$.
3. In the Galves-Löcherbach model each neuron's past is one number, and it ends at the neuron's own last spike. Without that reset, and with nearly no leak, the firing probabilities approach 1.
4. $\varphi$ is a probability, and neurons are independent within a step; so a raster has a likelihood. Maximising it gives estimates of quantities that were not recorded, such as the leak factor.
5. The branching parameter $\Gamma W$ decides between three regimes. Below 1 all activity dies out. Between 1 and 2 a fraction $1-1/(\Gamma W)$ of the neurons fires in each step. Above 2 two groups of neurons fire alternately, and randomness no longer plays a part.
"""

# %% [markdown]
r"""
## Further · The article's picture, from our own simulation

*10 minutes.* The article closes its section with a picture of activity in three dimensions: layers, neurons, time. It was made at NeuroMat, and the [Wikipedia page on the model](https://en.wikipedia.org/wiki/Galves–Löcherbach_model) shows it with a caption: 4000 neurons in four layers, each layer with one excitatory and one inhibitory population, over 180 time steps. The caption does not state how the neurons are connected. The picture below comes from a network of the same size that you can compute. Its wiring is this course's own choice: each layer has 800 excitatory and 200 inhibitory neurons on a ring, a neuron receives from its neighbours on the ring, and connections between layers lead one way, from each layer to the next (`LayeredNetwork??`). The firing probability $\varphi$ is logistic, and $\mu=0.9$.

Before you run it: in which layer will the waves be sharpest, and why?

"""

# %%
from course_utils.notebook_05.experiments import LayeredNetwork

activity = LayeredNetwork().run()
print("spikes in layers 1 to 4:", *activity.counts)

# %% tags=["folded"]
# Figure: the spikes of four layers in a box
fig, ax = plt.subplots(figsize=(8, 4.2), layout="constrained")
pictures.layers(ax)(activity)
show(
    fig, "A 3-D picture of activity, four layers by 1000 neurons by 180 steps, from "
    "our own simulation: each dot is a spike, blue of an excitatory, vermillion (along "
    "one edge) of an inhibitory neuron. Random spikes start waves that run around the "
    "ring and down from layer to layer, growing sharper on their way.")

# %% [markdown]
r"""
The waves are sharpest in the last layer: each layer fires where many of its neighbours above have just fired together, so scattered spikes are lost and common ones are strengthened. Turn the box: drag in the picture, or use the sliders. From the front ($\alpha=0$) and a little above you see four rasters; from above ($\beta=90°$) the layers lie on one another. Weaken the inhibition, and all four layers fire much more. Set the feedforward weight to 0, and only the first layer keeps its activity.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the spikes of four layers, from any side
def view(fig):
    draw = pictures.layers(fig.subplots(), animated=True)
    return lambda network, activity: draw(activity)


Panel(LayeredNetwork(), view, "azimuth", "elevation", "down", "inhibition")

# %% [markdown]
r"""
## Further · A recorded neuron

*35 minutes.* Do the neurons of this notebook describe a real one? The data are 929 spikes of a receptor cell in the ear of a locust, recorded for 10 s at 30 °C by A. Rokem (Rokem et al. 2006, data set ia-1 of crcns.org). They come from the package nitime 0.12.1, whose BSD licence travels with the files in `course_utils/notebook_05/data`. The cell heard a tone whose level changed at random. Note that **the sound was presented once and never repeats**, so there are no trials, and every statement about repeatability needs another argument.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a second of a cell")

# %% [markdown]
r"""
### Describe
"""

# %%
from course_utils.notebook_05.recorded import (
    HearingNeuron,
    bits_per_spike,
    fitted,
    most_alike,
    nearby,
    odd_seconds,
    rescaled,
)

times, sound = recorded_spikes(), recorded_sound()
X = raster(times)


def fano(times, window):
    counts = np.histogram(times, np.arange(0, 10_001, window))[0]
    return counts.var(ddof=1) / counts.mean()


gaps = np.diff(times)
print(f"{len(times)} spikes; intervals: shortest {gaps.min():.1f} ms, mean "
      f"{gaps.mean():.2f} ms, CV {gaps.std() / gaps.mean():.3f}")
for window in (50, 1000):
    print(f"Fano factor in windows of {window:4} ms: {fano(times, window):.3f}")
print("spikes in each second:", *X.reshape(10, 1000).sum(axis=1))

# %% [markdown]
r"""
In short windows the count varies far less than that of a Bernoulli neuron, because the cell is refractory. In windows of one second it varies more than twice as much as its mean. A colleague concludes: "On this scale the cell is noisier than a coin."

### Exercise · judge a claim

Test the claim with a train that has the same intervals in random order. Give the Fano factor of such trains in windows of one second, as the mean over 100 shuffles. (`rng.permutation(gaps)` shuffles, `np.cumsum` adds up, and `fano` is defined above.) Then decide whether the colleague is right.
"""

# %%
shuffled_fano = ...
check("shuffled intervals", shuffled_fano)

# %% tags=["solution"]
rng = np.random.default_rng(1)
trains = [times[0] + np.append(0, np.cumsum(rng.permutation(gaps))) for _ in range(100)]
solved_fano = np.mean([fano(train, 1000) for train in trains])
check("shuffled intervals", solved_fano)

# %% [markdown]
r"""
### Fit on even seconds, judge on odd ones

Four neurons compete. The first is a coin, that is, a Bernoulli neuron. The second is the *renewal neuron* of section 2, with a constant input. The third is a Galves-Löcherbach neuron that *hears*. The level $x(t)$, in units of its standard deviation, arrives 5 ms later, the neuron keeps its reset, and $\varphi$ is logistic with slope 1:
$$V(t+1)=\bigl(1-X(t)\bigr)\bigl[\mu V(t)+I+w\,x(t-5)\bigr].$$
In the fourth, its threshold may also drift upwards in time, as $\theta+c\ln(1+t/300\,\text{ms})$. The parameters maximise the likelihood of the even seconds. The score is the gain in log-likelihood over the coin on the odd seconds, in bits per spike.

A second test is **time rescaling**. Under a right model, the summed hazard of each interval is exponentially distributed, whatever the sound did. Therefore one minus its exponential is spread evenly between 0 and 1. $D$ is the largest distance between its distribution function and the diagonal. Even the right model exceeds $D=0.047$ in one of twenty recordings of this length.
"""

# %%
odd = odd_seconds()
start = HearingNeuron(leak=0.5, I_ext=5.0, weight=0.0, threshold=11.0)
renewal = fitted(start, X, sound, ~odd)
start = start.but(I_ext=8.0, weight=1.2, threshold=18.0)
hears = fitted(start, X, sound, ~odd, "weight")
drifts = fitted(hears.but(drift=0.3), X, sound, ~odd, "weight", "drift")
models = {"renewal neuron": renewal, "it hears": hears, "threshold drifts": drifts}
firing = {"coin": np.full(10_000, X[~odd].mean())} | {
    name: neuron.probability(X, sound) for name, neuron in models.items()}
spread = {name: rescaled(p, X, odd) for name, p in firing.items()}
for name, p in firing.items():
    u, F = spread[name]
    print(f"{name:17} {bits_per_spike(p, X, odd):6.3f} bits per spike, "
          f"D = {np.abs(F - u).max():.3f}")
print(f"it hears: leak factor {hears.leak:.3f}, weight {hears.weight:.2f}")

# %% tags=["folded"]
# Figure: time rescaling of the four neurons
fig, ax = plt.subplots(figsize=(8, 3), layout="constrained")
ax.axhspan(-0.047, 0.047, color=COLOR["ghost"], alpha=0.3, lw=0,
           label="right model, 95 %")
looks = (("vermillion", ":"), ("green", "--"), ("V", "-"), ("purple", "-."))
for (name, (u, F)), (color, style) in zip(spread.items(), looks):
    ax.plot(u, F - u, style, color=COLOR[color], label=name)
ax.axhline(0, color=COLOR["theory"], lw=0.8)
ax.set(xlabel="rescaled interval $u$", ylabel="distribution function minus $u$",
       xlim=(0, 1))
ax.legend(loc="lower right")
show(
    fig, "Time rescaling on the odd seconds: the distance of each distribution "
    "function from the diagonal. The coin is far outside the grey band of a right "
    "model; the renewal neuron and the neuron that hears are still outside; the neuron "
    "with a drifting threshold comes close to the band.")

# %% [markdown]
r"""
The neuron that hears gains three times as much as the renewal neuron, so the intervals alone explain only a part of the spikes. Nevertheless its $D$ shows that it is not right. The rate falls from 127 to 78 spikes in a second although the sound does not change its statistics, and a neuron that forgets everything at each spike cannot slow down over seconds. A drifting threshold describes this. Whether the cell drifts with time, with the sound or with its own spikes, ten seconds of one cell cannot tell.

### Investigate

Move the delay first: the score shows how exactly one must know when the sound arrives. Then sharpen $\varphi$ with the slope.
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the firing probability of a neuron that hears, with the recorded spikes
def view(fig):
    ax = fig.subplots()
    spikes = times[(times > 3000) & (times < 3300)]
    ax.vlines(spikes, 1.03, 1.13, color=COLOR["V"], lw=1.3, label="recorded spikes")
    curve, = ax.plot([], [], color=COLOR["vermillion"], lw=1.2, animated=True,
                     label="firing probability")
    ax.set(xlabel="time (ms)", ylabel=r"$\varphi(V)$", xlim=(3000, 3300), ylim=(0, 1.3))
    ax.legend(loc="upper right", ncols=2, fontsize=8)

    def update(neuron, result):
        curve.set_data(np.arange(3000, 3300), result.p[3000:3300])

    return update


Panel(HearingNeuron(), view, "delay", "leak", "weight", "slope")

# %% [markdown]
r"""
### Exercise · measure

Multiply the slope of the fitted neuron by 0.5, 0.75, 1, 1.25, 1.5, 2 and 4, and leave its other parameters as they are. Which of these slopes has the best score on the odd seconds? Which is the smallest slope with which the neuron is worse than the coin? (`hears.but(slope=2.0).run().bits` is one score.)
"""

# %%
check("sharper", [..., ...])

# %% tags=["solution"]
for slope in (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0):
    print(f"slope {slope:4}: {hears.but(slope=slope).run().bits:6.3f} bits per spike")

check("sharper", [1.25, 4.0])

# %% [markdown]
r"""
### What would come again?

The article says that deterministic models represent recordings of single neurons pretty well (erratum E3). How much of this recording would come again under the same sound? Without trials, three experiments give three partial answers. In each of them a spike counts as *met* if there is a spike in the same or in a neighbouring millisecond.

1. **Near repeats.** For each spike, look for the other moment, at least 50 ms away, whose sound 4 to 12 ms before was most alike. Did the cell fire there, too?
2. **No randomness.** The fitted neuron with a hard threshold, set such that it has as many spikes as the cell in the even seconds.
3. **One random trial** of the fitted neuron.
"""

# %%
fired, near = np.flatnonzero(X), nearby(X)
hard = hears.but(slope=1e9, threshold=17.476).simulate(sound, 1, 1)[:, 0]
trials = hears.simulate(sound, 40, 1)
met = {
    "near repeats": near[most_alike(fired, sound)].mean(),
    "no randomness, odd seconds": nearby(hard)[X[:, 0] & odd].mean(),
    "one random trial": np.mean([nearby(trial)[fired].mean() for trial in trials.T]),
}
for name, fraction in met.items():
    print(f"{name:27} {fraction:.2f} of the spikes are met")
print(f"by chance                   {near.mean():.2f}")
print(f"false spikes without randomness: {1 - near[hard & odd].mean():.2f} of them")

# %% tags=["folded"]
# Figure: the recording, the neuron without randomness, and random trials
fig, ax = plt.subplots(figsize=(8, 3), layout="constrained")
rows = [X[:, 0], hard, *trials[:, :10].T]
colors = [COLOR["V"], COLOR["theory"], *[COLOR["vermillion"]] * 10]
ax.eventplot([np.flatnonzero(row[3000:3300]) + 3000 for row in rows], linelengths=0.8,
             linewidths=1.2, colors=colors, lineoffsets=[12, 10.5, *range(9, -1, -1)])
ax.set(xlabel="time (ms)", xlim=(3000, 3300), yticks=(12, 10.5, 4.5),
       yticklabels=("recorded", "hard threshold", "ten random trials"))
show(
    fig, "300 ms of an odd second. Above, the recorded spikes; below them the same "
    "neuron model with a hard threshold, which meets most of them but adds false ones; "
    "below, ten random trials of the fitted stochastic neuron, which agree at the loud "
    "moments and differ elsewhere.")

# %% [markdown]
r"""
A deterministic neuron with one variable meets 70 % of spikes that it has never seen, whereas 29 % would be met by luck. That is a good part. However, about a third of its own spikes are false, and its likelihood is zero: it calls some recorded spikes impossible. A model must give probabilities if it is to be wrong by a finite amount, and this is what the score in bits measures.

What one may say about this cell: the claim of the article is a graded claim that one can test, and about half of what decides on a spike is the sound. The other half is called random in the fit, but it contains everything that the model does not know, for example the slow adaptation. A receptor cell that is driven by sound is neither a neuron of the cortex nor a typical cell in a dish. And one cell can show that a model is *not* enough, but it cannot show how a class of neurons works.

## Further · Three small repairs

*10 minutes.* They look like slips of the pen. Each of them decides what the network does.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that $V_i$ sums $X(s)$, without an index ([erratum E36](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that one can read this as neuron $i$'s own spikes or as those of the whole network. **Correct is** $X_j(s)$, the spikes of the sender $j$, with $j\ne i$. **You can check it:** the three readings give three networks. With its own spikes alone a neuron receives nothing from the others. With the sum over all, only the row sums of $W$ are left, so nobody could ever find out who is connected to whom.

</div>
"""

# %%
W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
# each spike of anyone counts the same
total = W.sum(axis=1, keepdims=True) * (1 - np.eye(3))
readings = {"own spikes": 0 * W, "everybody's": total, "the sender's": W}
for reading, weights in readings.items():
    rates = GalvesLocherbach(W=weights, phi=logistic(1.0)).rates()
    print(f"X(s) = {reading:13} exact rates {rates[0]:.4f}, {rates[1]:.4f}, "
          f"{rates[2]:.4f}")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** one symbol $w_{ij}(t-s)$ for a weight and its decay in time ([erratum E37](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that nothing says which part of the product is the weight. **Correct is** two factors, $W_{ij}\,g(t-1-s)$. The shortest delay is one step, so $g(0)$ belongs to $s=t-1$, and $g(0)=1$ fixes the weight. Only $g(k)=\mu^k$ needs no more than one number per neuron. **You can check it:** doubled weights with half a kernel give the same $V$. If $g$ decreases by a constant factor in each step, $V(t+1)$ can be computed from $V(t)$ and $X(t)$ alone. If $g$ first rises and then falls, as a synaptic current does, earlier spikes are needed as well.

</div>
"""

# %%
W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
network = GalvesLocherbach(W=W, phi=logistic(1.0), leak=0.7)
X = network.simulate(400, 4, keep_V=False).spikes
last = [np.flatnonzero(X[:t, 0]).max(initial=-1) for t in range(400)]


def potential(W, g):  # V of neuron 1 (400,), from the sum over its memory
    return np.array([sum(g(t - 1 - s) * W[0] @ X[s] for s in range(last[t] + 1, t))
                     for t in range(400)])


def fading(k):
    return 0.7**k


def rising(k):
    return (k + 1) * 0.7**k


same = np.allclose(potential(2 * W, lambda k: fading(k) / 2), potential(W, fading))
print("doubled weights, half a kernel: the same V:", same)
silent = ~X[:-1, 0]
for g in (fading, rising):
    V = potential(W, g)
    known = np.column_stack([V[:-1], X[:-1, 1:]])[silent]
    rule = np.linalg.lstsq(known, V[1:][silent], rcond=None)[0]
    error = np.abs(known @ rule - V[1:][silent]).max()
    print(f"{g.__name__} kernel: the best rule from V and X to the next V errs by up "
          f"to {round(error, 9):.2g}")

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that $w_{ij}$ leads to $i$ from $j$ here, and from $i$ to $j$ in its section on learning ([erratum E39](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the two orders describe different networks. **Correct is** one order for all: $W_{ij}$ to $i$ from $j$, `W[post, pre]`. **You can check it:** take a matrix that is not symmetric, and transpose it. Another neuron is driven, and the likelihood of a raster shows which order made it.

</div>
"""

# %%
right = GalvesLocherbach(W=[[0, 4], [0, 0]], phi=logistic(2.0))  # to 1 from 2
turned = right.but(W=np.transpose(right.W))  # to 2 from 1
for name, network in (("W", right), ("W transposed", turned)):
    print(f"{name:13} exact rates {network.rates()[0]:.4f}, {network.rates()[1]:.4f}")
X = right.simulate(2000, 1, keep_V=False).spikes
print(
    "a raster of W is more probable under W, by "
    f"{right.log_likelihood(X) - turned.log_likelihood(X):.0f} nat"
)

# %% [markdown]
r"""
## Further · Memory and regularity

*5 minutes.*

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("memory and clockwork")

# %% [markdown]
r"""
A fair comparison keeps the mean interval: for each leak factor, choose the input that gives 16 steps on average.
"""

# %%
from scipy.optimize import brentq

from course_utils.models.populations import waiting_time

leaks = np.linspace(0, 0.95, 20)


def fitting_input(neuron):  # the input that makes the mean interval 16 steps
    return brentq(lambda I: 16 / waiting_time(neuron.phi, I, neuron.leak) - 1, 0.01, 3)


def cv(slope, leak):
    neuron = SingleNeuron(slope=slope, leak=leak)
    return neuron.but(I_ext=fitting_input(neuron)).statistics().cv


cvs = {slope: [cv(slope, leak) for leak in leaks] for slope in (2.0, 4.0, 8.0)}

# %% tags=["folded"]
# Figure: the CV of the intervals against the leak factor
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
for (slope, values), style in zip(cvs.items(), (":", "-", "--")):
    ax.plot(leaks, values, style, color=COLOR["V"], label=f"slope {slope:g}")
    print(f"slope {slope:g}: CV from {values[0]:.3f} at mu = 0 to {values[-1]:.3f} at "
          "mu = 0.95")
ax.set(xlabel=r"leak factor $\mu$", ylabel="CV of the intervals", ylim=(0, 1))
ax.legend()
show(
    fig, "The coefficient of variation of the intervals against the leak factor, at a "
    "mean interval of 16 steps. A neuron that forgets at once is nearly a Bernoulli "
    "neuron; one that integrates for longer, with a steep firing probability, fires "
    "regularly.")

# %% [markdown]
r"""
**A dead time and a coin.** The simplest refractory neuron is silent for $r$ steps after a spike and then fires with probability $p$ in each step. A fixed delay adds $r$ to the mean interval, but it adds nothing to the variance. Therefore the mean is $r+\frac1p$, the variance stays $\frac{1-p}{p^2}$, and $\mathrm{CV}=\frac{\sqrt{1-p}}{1+rp}$. For a renewal process the Fano factor of long windows equals $\mathrm{CV}^2$. The next cell compares these formulas with the distribution $f_k$ and with a simulation.
"""

# %%
p, rng = 0.2, np.random.default_rng(1)
print("  r   mean   CV       theory   Fano (200 steps)   CV squared")
for r in (0, 1, 3, 9):
    hazard = np.append(np.zeros(r), np.full(200, p))
    law = law_statistics(interval_distribution(hazard))
    times = np.cumsum(r + rng.geometric(p, 400_000))
    counts = np.bincount(times // 200)[:-1]
    print(f"{r:3}   {law.mean:4.0f}   {law.cv:.4f}   {np.sqrt(1 - p) / (1 + r * p):.4f}"
          f"   {counts.var() / counts.mean():.3f}              {law.cv**2:.3f}")

# %% [markdown]
r"""
## Further · Five forms of φ, and the length of a step

*10 minutes.* Any nondecreasing function with values in $[0,1]$ will do. Five are in use:

| name | $\varphi(V)$ | where it comes from |
|---|---|---|
| clipped linear | $\Gamma(V-V_T)$, cut at 0 and 1 | simplest to calculate with |
| logistic | $1/(1+e^{-s(V-\theta)})$ | statistics: logistic regression |
| probit | normal distribution function of $s(V-\theta)$ | Gaussian noise on a threshold |
| escape rate | $1-e^{-\lambda(V)\Delta}$, $\lambda=e^{s(V-\theta)}$ | at least one event of a Poisson process in a step of length $\Delta$ |
| Heaviside | 1 from $\theta$ on | no randomness left: a threshold unit (notebook 01) with a reset |

Only the escape rate survives a change of the step: $\lambda$ is a rate per time, and silence through two steps of 0.5 ms is as probable as through one of 1 ms: $e^{-\lambda/2}e^{-\lambda/2}=e^{-\lambda}$. A fixed probability *per step* doubles the rate when the step is halved.
"""

# %%
from course_utils.models.populations import waiting_time
from course_utils.notebook_05.firing_functions import escape_rate, heaviside, probit

V = np.linspace(-1, 3, 401)
forms = {"logistic": logistic(1, 3), "probit": probit(1, 2),
         "escape rate": escape_rate(1, 3), "clipped linear": clipped_linear(0.5, 1),
         "Heaviside": heaviside(1.0)}
for step in (1.0, 0.5, 0.1):
    fixed = logistic(1, 3)(0.0) / step * 1000
    rate = escape_rate(1, 3, step)(0.0) / step * 1000
    print(f"step {step:3} ms, V = 0: logistic {fixed:5.1f} Hz, "
          f"escape rate {rate:5.1f} Hz")

# %% tags=["folded"]
# Figure: five forms of the firing probability
fig, ax = plt.subplots(figsize=(8, 2.8), layout="constrained")
for (name, phi), style in zip(forms.items(), ("-", "--", "-.", ":", "-")):
    ax.plot(V, phi(V), style, label=name, lw=1.0 if name == "Heaviside" else 1.8)
ax.set(xlabel="$V$", ylabel=r"$\varphi(V)$", xlim=(-1, 3))
ax.legend()
show(
    fig, "Five forms of the firing probability against the potential, all rising from "
    "0 to 1 around V = 1: logistic, probit, escape rate, clipped linear, and the "
    "Heaviside step, which leaves no randomness.")

# %% [markdown]
r"""
**The same neuron in continuous time.** Let the step $\Delta$ shrink, with $\mu=e^{-\Delta/\tau}$ and an input that ends at $V_\infty$. The recursion becomes $\tau\,dV/dt=V_\infty-V$ with a reset: the leaky integrate-and-fire neuron of notebook 00, whose threshold has become soft. The mean interval converges to $\int_0^\infty e^{-\int_0^t\lambda(V(s))\,ds}\,dt$, the mean of the probabilities to be still silent.
"""

# %%
tau, V_inf, s, theta = 10.0, 2.5, 6.0, 2.0  # ms; the rest has no unit
t = np.linspace(0, 200, 400_001)
rate = np.exp(s * (V_inf * (1 - np.exp(-t / tau)) - theta))
still = np.exp(
    -np.concatenate([[0], np.cumsum((rate[1:] + rate[:-1]) / 2 * np.diff(t))]))
for step in (1.0, 0.1, 0.01):
    leak = np.exp(-step / tau)
    mean = waiting_time(escape_rate(theta, s, step), V_inf * (1 - leak), leak) * step
    print(f"step {step:4} ms: mean interval {mean:.3f} ms")
print(f"integrate and fire with a soft threshold: {np.trapezoid(still, t):.3f} ms")

# %% [markdown]
r"""
## Further · The exact chain of a small network

*20 minutes.* With $\mu=0$ the next pattern depends on the present pattern alone. $N$ neurons have $2^N$ patterns, so the network is a **Markov chain**: a table $P$ with one row per present pattern and one column per next pattern. It can be written down, and its stationary distribution computed exactly.

1. In pattern $x$ neuron $i$ is at $V_i=(1-x_i)\sum_jW_{ij}x_j$, so it fires next with $p_i(x)=\varphi(V_i)$.
2. Given $x$ the neurons draw independently. So the entry is the product of section 4:
$$P_{xy}=\prod_{i=1}^N p_i(x)^{y_i}\,\bigl(1-p_i(x)\bigr)^{1-y_i}.$$
3. Each row sums to 1: adding $y_1=1$ and $y_1=0$ turns the first factor into $p_1+(1-p_1)=1$, then the second, and so on. For example, take two neurons and the patterns 00, 01, 10, 11 (neuron 1 first). After 01 neuron 2 has just fired, so it is at $V=0$, whereas neuron 1 has received $W_{12}$. With $p_1=\varphi(W_{12})$ and $p_2=\varphi(0)$ the row of 01 is $(1-p_1)(1-p_2),\;(1-p_1)p_2,\;p_1(1-p_2),\;p_1p_2$.
4. A logistic $\varphi$ is never 0 nor 1, so every entry of $P$ is positive: each pattern can follow each. Such a chain forgets its start (Perron's theorem): pattern $x$ appears with a **stationary** probability $\pi_x$, the only solution of $\pi=\pi P$ with $\sum_x\pi_x=1$. The second largest eigenvalue of $P$, in size, is the factor by which the influence of the start shrinks in each step.
5. To compute $\pi$, let $E$ be the identity matrix. The equations $\pi(E-P)=0$ are one too few, since each row of $E-P$ sums to 0. Let $J$ be the matrix of ones. Then $\pi J=(1,\dots,1)$ says that $\pi$ sums to 1. Add it:
$$\pi\,(E-P+J)=(1,1,\dots,1).$$
   Nothing is lost by adding: sum all columns, and $\sum_x\pi_x=1$ comes back, hence $\pi(E-P)=0$, too. It is a linear system with one solution: the exact distribution, without any simulation (`GalvesLocherbach.stationary??`).

And the **entropy rate** $-\sum_x\pi_x\sum_yP_{xy}\log_2P_{xy}$ is the number of bits per step that nobody can predict.
"""

# %%
pair = GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(1.0))
X = pair.simulate(20_000, 1, keep_V=False).spikes
P, pi = pair.transition_matrix(), pair.stationary()
seen = np.bincount(X @ [2, 1], minlength=4) / len(X)
eigenvalues = np.sort(np.linalg.eigvals(P).real)[::-1].round(4) + 0.0
print("rates:       ", *pair.rates().round(6), "  eigenvalues:", *eigenvalues)
print(f"entropy rate: {pair.entropy_rate():.6f} bit per step, of 2 that two fair coins "
      "would give")

# %% tags=["folded"]
# Figure: the transition matrix, and how often each pattern appears
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8), layout="constrained")
names = ["00", "01", "10", "11"]
image = left.imshow(P, cmap="Blues", vmin=0, vmax=0.6)
for (i, j), p in np.ndenumerate(P):
    left.text(j, i, f"{p:.2f}", ha="center", va="center",
              color="white" if p > 0.35 else "black")
left.set(xticks=range(4), xticklabels=names, yticks=range(4), yticklabels=names,
         xlabel="next pattern", ylabel="pattern")
right.bar(names, pi, color=COLOR["V"], alpha=0.5, label=r"exact $\pi$")
right.plot(names, seen, "o", color=COLOR["vermillion"], label="20,000 steps")
right.set(ylabel="probability")
right.legend()
show(
    fig, "Left, the table of a network of two neurons: each row gives the "
    "probabilities of the next pattern. Right, how often each pattern appears, exactly "
    "and in a simulation of 20,000 steps; the two agree.")

# %% [markdown]
r"""
**Which model made this raster?** The likelihood answers. Ten steps, four candidates; compare how probable each makes the raster. Ten steps are few: a lead of 1 nat over two independent coins is not a proof.
"""

# %%
class Kept(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return np.where(X, 0.0, self.leak * V) + arriving + self.I_ext


class NoReset(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return self.leak * V + arriving + self.I_ext


X = np.array([[int(c) for c in row] for row in ("0110010001", "1010000110")]).T
p = X.mean(axis=0)
for kind in (GalvesLocherbach, Kept, NoReset):
    model = kind(W=[[0, 2], [1, 0]], phi=logistic(1.0), leak=0.5)
    print(f"{kind.__name__:17}{model.log_likelihood(X):9.4f} nat")
coins = (X * np.log(p) + (1 - X) * np.log(1 - p)).sum()
print(f"two coins        {coins:9.4f} nat")

# %% [markdown]
r"""
How far does the exact chain go? The table has $4^N$ entries: 12 neurons take 134 MB, 20 neurons would take more memory than any computer at hand has. Try it: the error says how much.

## Further · Leak, threshold, and two states from one network

*20 minutes.*

**With leak.** Near silence $\rho$ is small, and so is every $V$. A neuron that fired long ago has collected $W\rho\,(1+\mu+\mu^2+\dots)=W\rho/(1-\mu)$, and few have fired recently. So $\rho(t+1)\approx\Gamma W\rho/(1-\mu)$: the edge is at $\Gamma W=1-\mu$. A neuron with a long memory needs less input to become active.

**With a threshold.** Let $\varphi(V)=\operatorname{clip}(\Gamma(V-V_T),0,1)$, and write $w=\Gamma W$, $v=\Gamma V_T$. A stationary fraction obeys $\rho=(1-\rho)(w\rho-v)$, that is,
$$w\rho^2-(w-v-1)\rho+v=0 .$$
Two solutions appear together where the discriminant is 0: $w-v-1=2\sqrt{wv}$, or $(\sqrt w-\sqrt v)^2=1$. So activity begins at
$$w=(1+\sqrt v)^2,\qquad\rho=\sqrt{\frac vw}=\frac{\sqrt v}{1+\sqrt v}:$$
not from 0 but with a jump, and silence stays stable. In the panel, at $V_T=0.1$, this happens at 1.7325 with $\rho=0.2403$.

**With a smooth $\varphi$.** Let $\varphi$ be logistic with slope 4 around 1. Now $\varphi(0)=0.018$: those that fired can fire again, and silence is no longer stationary. A stationary fraction obeys
$$\rho=(1-\rho)\,\varphi(W\rho)+\rho\,\varphi(0).$$
It can't be solved for $\rho$. But call the input $u=W\rho$, solve for $\rho$, and put it into $W=u/\rho$:
$$\rho=\frac{\varphi(u)}{1+\varphi(u)-\varphi(0)},\qquad W(u)=\frac{u\,\bigl(1+\varphi(u)-\varphi(0)\bigr)}{\varphi(u)}.$$
Each input $u$ belongs to one weight. But $W(u)$ rises, falls, and rises again, so one weight can have *three* inputs, hence three fractions. It turns at two **folds**. A fraction is stable where the slope of the map, $(1-\rho)\,W\varphi'(u)-\varphi(u)+\varphi(0)$, is of size below 1; at a fold it is 1. So the network is **bistable** in between: a quiet one stays quiet, and a busy one busy.

**Exercise.** For which $W$ does the network have *three* stationary rates? Give both ends of the range, the folds, to 0.01. `len(mean_field(logistic(1.0, 4.0), W))` counts them.
"""

# %%
check("two folds", [..., ...])

# %% tags=["solution"]
weights = np.arange(1, 6, 0.01)
three = [w for w in weights if len(mean_field(logistic(1.0, 4.0), w)) == 3]
check("two folds", [three[0], three[-1]])

# %%
from course_utils.models.populations import population_map

for w in (1.7324, 1.7326):
    print(f"threshold 0.1, weight {w}:", mean_field(clipped_linear(0.1), w).round(4))
print("leak 0.9, weight 1.2 times critical:",
      mean_field(clipped_linear(), 0.12, 0.9).round(5))
phi = logistic(1.0, 4.0)
u = np.linspace(0.05, 3, 60_000)
weight = u * (1 + phi(u) - phi(0)) / phi(u)
turns = np.flatnonzero(np.diff(np.sign(np.diff(weight)))) + 1
print("folds, where W(u) turns:", *weight[turns][::-1].round(4))
for rho in mean_field(phi, 4.0):
    p = phi(4.0 * rho)
    print(
        f"W = 4: fraction {rho:.6f}, slope of the map "
        f"{(1 - rho) * 4.0 * 4 * p * (1 - p) - p + phi(0.0):6.3f}"
    )

# %%
phi = logistic(1.0, 4.0)
W = np.linspace(1, 6, 126)
branches = [(w, rho) for w in W for rho in mean_field(phi, w)]


def followed(weights, rho):  # the fraction after 160 steps at each weight in turn
    path = []
    for w in weights:
        for _ in range(160):
            rho = population_map(rho, phi, w)
        path.append(rho)
    return path


up, down = followed(W, 0.0), followed(W[::-1], 0.5)

# %% tags=["folded"]
# Figure: the stationary fractions, and the fraction while the weight changes slowly
fig, ax = plt.subplots(figsize=(8, 2.9), layout="constrained")
ax.plot(*np.transpose(branches), ".", ms=2.5, color=COLOR["ghost"],
        label="all stationary fractions")
ax.plot(W, up, "-", color=COLOR["V"], label="$W$ raised slowly")
ax.plot(W[::-1], down, "--", color=COLOR["vermillion"], label="$W$ lowered slowly")
ax.set(xlabel="weight $W$", ylabel=r"$\rho$", xlim=(1, 6), ylim=(0, 0.6))
ax.legend()
show(
    fig, "Stationary fraction against weight for a logistic probability. Between two "
    "folds there are three fractions, the middle one unstable. Raised slowly, the "
    "weight makes the fraction jump up late; lowered slowly, it makes it fall late: "
    "hysteresis.")

# %% [markdown]
r"""
No neuron of this network remembers more than one step. The network, however, remembers indefinitely whether it was activated.

## Further · Finite networks, and how long they live

*10 minutes.* The mean field is exact for infinitely many neurons. A finite network differs in two ways: it fluctuates, like $1/\sqrt N$; and sooner or later it happens that no neuron fires, and then none ever will.

**How much it fluctuates.** Let $\rho^*$ be stable, with the slope $\lambda=2-\Gamma W$, and let each silent neuron fire with $q=\Gamma W\rho^*=\Gamma W-1$. In each step the map multiplies a deviation by $\lambda$, its variance $\sigma^2$ by $\lambda^2$; and $(1-\rho^*)N$ independent draws add $(1-\rho^*)\,q(1-q)/N$ to the variance of the fraction. In balance $\sigma^2=\lambda^2\sigma^2+(1-\rho^*)\,q(1-q)/N$, so
$$\sigma\sqrt N=\sqrt{\frac{(1-\rho^*)\,q\,(1-q)}{1-\lambda^2}}=0.471\quad\text{at }\Gamma W=1.5 .$$

**How long it lives.** Without leak all that counts is how many neurons fire, $k$. Each of the $N-k$ others fires next with probability $\Gamma Wk/N$, so the next $k$ is binomial: a chain with $N+1$ states, whose mean time to extinction is the solution of a linear system (`extinction_time??`).
"""

# %%
from course_utils.notebook_05.avalanches import extinction_time, population_counts

gains = np.linspace(0.5, 2, 31)
means = {}
for N in (100, 1000, 100_000):
    start = round(0.3 * N)
    means[N] = population_counts(N, gains, start, 1500, 1)[500:].mean(axis=0) / N
    many = population_counts(N, np.full(200, 1.5), start, 1500, 2)[500:] / N  # networks
    print(f"N = {N:6}: fraction at 1.5 {many.mean():.2f} (mean field 0.333), "
          f"deviation x sqrt(N) {many.std() * N**0.5:.2f} (0.471)")
for N in (20, 40, 80):
    print(f"N = {N}: mean life at a branching parameter of 1.5: "
          f"{extinction_time(N, 1.5):.4g} steps; at 0.9: {extinction_time(N, 0.9):.4g}")

# %% tags=["folded"]
# Figure: the mean fraction against the branching parameter, and the mean life
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.1), layout="constrained")
looks = ((COLOR["vermillion"], "v"), (COLOR["green"], "s"), (COLOR["V"], "o"))
for (N, mean), (color, mark) in zip(means.items(), looks):
    left.plot(gains, mean, mark, ms=3.5, color=color, label=f"$N=10^{len(str(N)) - 1}$")
left.plot(gains, np.maximum(0, 1 - 1 / gains), "--", color=COLOR["theory"], lw=1.2,
          label="mean field")
left.set(xlabel=r"$\Gamma W$", ylabel=r"mean fraction $\rho$")
left.legend()
sizes = np.array([5, 10, 15, 20, 30, 40, 50, 60, 80])
for gain, style in ((0.9, ":"), (1.0, "-."), (1.2, "--"), (1.5, "-")):
    right.semilogy(sizes, [extinction_time(int(N), gain) for N in sizes], style,
                   color=COLOR["V"], label=rf"$\Gamma W={gain}$")
right.set(xlabel="number of neurons $N$", ylabel="mean steps to extinction")
right.legend()
label_panels((left, right))
show(
    fig, "Left, the mean fraction of active neurons against the branching parameter: "
    "small networks fall silent above the critical point, large ones follow the mean "
    "field. Right, the mean life of a network against its size: at 1.5 it grows "
    "exponentially, below 1 hardly at all.")

# %% [markdown]
r"""
## Further · Avalanches

*25 minutes.* Make one neuron fire in a silent network, and count the spikes until all is silent again: the **size** $S$ of an avalanche, and the number $D$ of steps with spikes, its **duration**. Take $\mu=0$, and let $m=\Gamma W$.

### Derive

1. In a large network one spike makes each of $N$ others fire with probability $m/N$. The number of its **offspring** is Poisson with mean $m$. Offspring have offspring: a **branching process**.
2. Mean size: one spike, then on average $m$, then $m^2$, and so on. For $m<1$ the sum is $1+m+m^2+\dots=\frac1{1-m}$.
3. **Duration.** Let $q_t$ be the probability that all is over after $t$ steps with spikes. It is over if the avalanche of each of the $n$ first offspring is over one step earlier: $q_{t+1}=\sum_n\frac{e^{-m}m^n}{n!}q_t^n=e^{m(q_t-1)}$, $q_0=0$. At $m=1$ write $s_t=1-q_t=P(D>t)$. Then $s_{t+1}=1-e^{-s_t}=s_t-\frac{s_t^2}2+\frac{s_t^3}6-\dots$, and the reciprocal is
$$\frac1{s_{t+1}}=\frac1{s_t}+\frac12+\frac{s_t}{12}+\dots$$
   The term $\frac12$, added up, gives $\frac1{s_t}\approx\frac t2$. Put $s_t\approx\frac2t$ into the next term: it adds up to $\frac16\ln t$. So
$$\frac1{P(D>t)}\approx\frac t2+\frac16\ln t+\text{const},\qquad P(D>t)\approx\frac2t,\qquad P(D=t)\approx\frac2{t^2}:$$
   exponent 2, and a logarithm that is slow to become small beside $t$.
4. **Size.** Go through the spikes of the avalanche one by one. Let $\xi_k$ be the number of offspring of the $k$-th spike; the $\xi_k$ are independent and Poisson distributed with mean $m$. After $j$ spikes, $1+\sum_{k\le j}(\xi_k-1)$ spikes remain to be visited: we started with one, and each visit removes one spike and adds $\xi_k$. The avalanche has size $n$ if this number reaches 0 for the first time at $j=n$. So the $n$ numbers $\xi_k-1$ sum to $-1$. Write them on a ring, and begin to read anywhere: of the $n$ ways exactly *one* reaches $-1$ only at the end (the one that begins after the place where the sum was first lowest). All $n$ are equally probable, so
$$P(S=n)=\frac1n\,P(\xi_1+\dots+\xi_n=n-1)=\frac1n\,e^{-nm}\frac{(nm)^{n-1}}{(n-1)!}=e^{-nm}\frac{(nm)^{n-1}}{n!},$$
   for a sum of $n$ Poisson numbers is Poisson with mean $nm$. This is the **Borel distribution**.
5. At $m=1$ it is $e^{-n}n^{n-1}/n!$. Stirling's formula $n!\approx\sqrt{2\pi n}\,n^ne^{-n}$ gives the tail, $P(S=n)\approx n^{-3/2}/\sqrt{2\pi}$: exponent $\frac32$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("critical size")

# %%
from course_utils.notebook_05.avalanches import (
    borel,
    duration_survival,
    escape_probability,
    sample_avalanches,
)

big = sample_avalanches(100_000, 100_000, 1.0, 1)
small = sample_avalanches(100_000, 1000, 1.0, 2)

# %% tags=["folded"]
# Figure: sizes and durations of avalanches at the critical point
edges = np.unique(np.round(np.geomspace(1, 1e5, 36)).astype(int))
centres = np.sqrt(edges[:-1] * (edges[1:] - 1))
n, t = np.unique(np.geomspace(1, 3e4, 200).round()), np.arange(1, 400, 6)
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.1), layout="constrained")
for drawn, color, mark, name in ((big, COLOR["V"], "o", "$N=10^5$"),
                                 (small, COLOR["vermillion"], "v", "$N=10^3$")):
    look = {"ms": 3.5, "color": color, "label": name}
    p = np.histogram(drawn.sizes, edges)[0] / np.diff(edges) / 1e5
    left.loglog(centres[p > 0], p[p > 0], mark, **look)
    active = (drawn.durations > t[:, None]).mean(axis=1)
    right.loglog(t[active > 0], active[active > 0], mark, **look)
left.loglog(n, borel(n), "--", color=COLOR["theory"], lw=1.2, label="Borel")
right.loglog(np.arange(1, 400), duration_survival(399)[1:], "--", color=COLOR["theory"],
             lw=1.2, label="theory")
left.set(xlabel="size $S$", ylabel="probability")
right.set(xlabel="steps $t$", ylabel="$P(D>t)$", ylim=(1e-4, 1))
left.legend()
label_panels((left, right))
show(
    fig, "Avalanches at the critical point. Left, the sizes of 100,000 avalanches "
    "follow the Borel distribution over four decades, with a tail of slope -3/2; in a "
    "network of 1000 neurons the tail is cut off. Right, the probability to last "
    "longer than t.")

# %% [markdown]
r"""
**How steep is the tail?** Never fit a line to a double-logarithmic histogram: its points are not equally sure, and the largest ones decide. Let $x_1,\dots,x_K$ be the sizes between two stated ends, and ask for the exponent $a$ under which they are most probable (**maximum likelihood**): the one that makes $-a\sum_k\ln x_k-K\ln\sum_{x=\text{low}}^{\text{high}}x^{-a}$ largest. `exponent_of` does the same for an exact distribution, as if you had infinitely many avalanches.
"""

# %%
from course_utils.notebook_05.avalanches import exponent_of, fit_exponent

exact = {"size": borel(np.arange(1, 100_001)),
         "duration": -np.diff(duration_survival(100_000))}
for name, values, low, high in (("size", big.sizes, 30, 3162),
                                ("duration", big.durations, 10, 316),
                                ("duration", big.durations, 30, 316)):
    fit, limit = fit_exponent(values, low, high), exponent_of(exact[name], low, high)
    print(f"{name:8} from {low} to {high:4}: exponent {fit.exponent:.1f}, with "
          f"infinitely many avalanches {limit:.3f}; within three standard errors: "
          f"{abs(fit.exponent - limit) < 3 * fit.error}")
print("duration from 1000 to 100,000, infinitely many: "
      f"{exponent_of(exact['duration'], 1000, 100_000):.3f}")
seen = ", ".join(f"{(big.sizes == k).mean():.4f}" for k in (1, 2, 3))
known = ", ".join(f"{p:.4f}" for p in borel([1, 2, 3]))
print(f"P(S = 1, 2, 3): {seen}   Borel {known}")
below = sample_avalanches(20_000, 100_000, 0.9, 4).sizes
print(f"mean size at 0.9: {below.mean():.2f}   theory 10 (within 3 %)")
above = sample_avalanches(5_000, 100_000, 1.1, 5, longest=300)
print(f"at 1.1 still active after 300 steps: {(above.durations == 300).mean():.3f}   "
      f"theory, indefinitely: {escape_probability(1.1):.3f}")

# %% tags=["folded"]
# Figure: the local exponent of the exact distributions
n = np.unique(np.geomspace(2, 50_000, 60).astype(int))
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
looks = ((1.5, "-", COLOR["V"]), (2.0, "--", COLOR["vermillion"]))
for (name, p), (limit, style, color) in zip(exact.items(), looks):
    local = -np.log2(p[2 * n - 1] / p[n - 1])
    ax.semilogx(n, local, style, color=color, label=name)
    ax.axhline(limit, color=COLOR["theory"], ls=":", lw=1)
ax.set(xlabel="size, or duration in steps: from $n$ to $2n$", ylabel="local exponent",
       yticks=(1.5, 2))
ax.legend(loc="center right")
show(
    fig, "The exponent between n and 2n of the exact distributions at the critical "
    "point. That of the sizes is 3/2 from ten spikes on; that of the durations creeps "
    "up to 2, and is still below it after hundreds of steps.")

# %% [markdown]
r"""
**Caution: the exponent of the durations converges slowly.** The fits of the durations miss 2, and the reason is neither statistical error nor the fit: with infinitely many avalanches they would give 1.88 and 1.94 all the same. It is the logarithm of step 3. The sizes have no such term; theirs is within 0.002 of $\frac32$ from the thirtieth spike on. So a measured 1.9, from avalanches of at most a few hundred steps, says nothing against an exponent of 2. And a network of a thousand neurons, whose tail is cut off, can't say much at all.

**Beside a measurement.** Klaus, Yu & Plenz (2011) fitted the sizes of avalanches in cortex, in dishes and in awake monkeys, by maximum likelihood too, and found a slope close to -1.5. Note that their size is the number of electrodes with a deflection of the local field potential, not a number of spikes. The slope agrees with a critical branching process. It does not prove one: other mechanisms make such tails as well, and an electrode records from few of the neurons.

## Further · Two neurons that share an input

*8 minutes.* Neuron C excites neurons A and B. A and B are not connected with each other.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("shared input")

# %% [markdown]
r"""
The chain of three neurons gives the correlations exactly. The last two lines are conditional: they use only those steps before which C fired, or before which none of the three neurons fired.
"""

# %%
shared = GalvesLocherbach(W=[[0, 0, 0], [2.5, 0, 0], [2.5, 0, 0]], phi=logistic(1.2),
                          I_ext=[1, 0, 0])  # C, A, B
rate = shared.rates()
deviation = np.sqrt(rate * (1 - rate))
same, later = ((joint - np.outer(rate, rate)) / np.outer(deviation, deviation)
               for joint in joint_probabilities(shared))
print(f"A and B in the same step:  {same[1, 2]:+.4f}")
print(f"B one step after A:        {later[2, 1]:+.4f}")
print(f"A one step after C:        {later[1, 0]:+.4f}")
states, pi = shared.states(), shared.stationary()
p = shared.transition_matrix() @ states  # to fire next, after each of the 8 patterns
for name, past in (("C fired before", states[:, 0] == 1),
                   ("all silent before", states.sum(axis=1) == 0)):
    weight = pi[past] / pi[past].sum()
    C, A, B = weight @ p[past]
    both = weight @ (p[past, 1] * p[past, 2])
    r = (both - A * B) / np.sqrt(A * (1 - A) * B * (1 - B))
    print(f"A and B in the same step, given {name}: {abs(r):.4f}")

# %% [markdown]
r"""
Given the whole past, the neurons draw independently (section 4). Therefore all correlation within a step comes from the past that A and B share, and it vanishes when this past is given. To know C alone is not enough, because A or B may just have fired and be reset. The correlation one step apart is negative: if A fired, C probably fired one step earlier. Then C is less likely to fire in the step of A's spike, and B is less likely to be excited in the next one.

## Further · Who is connected to whom?

*20 minutes.* Five neurons, seven synapses out of twenty possible ones, and all you get is the raster.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("correlation")

# %%
from course_utils.notebook_05.decoding import (
    decode_logistic,
    decode_windows,
    lag_correlation,
    wrong_links,
)

W = np.zeros((5, 5))
for post, pre, weight in ((1, 2, 2), (1, 5, -2), (2, 1, 2), (3, 2, 2), (3, 4, 2),
                          (4, 3, -2), (5, 4, 2)):
    W[post - 1, pre - 1] = weight
hidden = GalvesLocherbach(W=W, phi=logistic(1.5))
X = hidden.simulate(10_000, 1, keep_V=False).spikes
found = decode_logistic(X)
print("largest error of a decoded weight after 10,000 steps: "
      f"{np.abs(found.W - W).max():.2f}")

# %% tags=["folded"]
# Figure: true weights, correlations, decoded weights
fig, axes = plt.subplots(1, 3, figsize=(8.4, 3.3), layout="constrained")
correlation = lag_correlation(X) * (1 - np.eye(5))
matrices = {"truth $W$": (W, 2), "correlation, one step apart": (correlation, 0.35),
            "decoded $W$": (found.W, 2)}
for ax, (title, (matrix, scale)) in zip(axes, matrices.items()):
    ax.imshow(matrix, cmap="RdBu_r", vmin=-scale, vmax=scale)
    for (i, j), value in np.ndenumerate(matrix):
        if i != j:
            ink = "white" if abs(value) > scale / 2 else "black"
            ax.text(j, i, f"{value:.2f}".replace("-0.00", "0.00"), ha="center",
                    va="center", fontsize=8, color=ink)
    ax.set(title=title, xticks=range(5), yticks=range(5), xticklabels=range(1, 6),
           yticklabels=range(1, 6), xlabel="from")
axes[0].set_ylabel("to")
show(
    fig, "Three matrices, to by from. Left, the true weights of five neurons. Middle, "
    "the correlations of spikes one step apart: strong at the synapses, faint but not "
    "0 elsewhere. Right, the weights decoded from the raster, close to the truth.")

# %% [markdown]
r"""
The middle matrix is what a naive reader sees: where there is no synapse, statistical error alone gives about $\pm0.01$, and more than that looks like a weak synapse. The right one uses the likelihood of section 4: choose the weights that make the raster most probable. For a logistic $\varphi$ this is **logistic regression** of $X_i(t)$ on all $X_j(t-1)$, in the steps in which neuron $i$ was not reset, $X_i(t-1)=0$. A connection counts as found where the estimate is 3.3 standard errors from 0.

A longer recording does not solve the problem. The chain of five neurons is small enough to compute the correlations *exactly*. The figure below shows every pair of neurons that a recording of 100,000 steps would report as connected. These are the pairs whose exact correlation differs from 0 by at least 3.3 standard errors.
"""

# %%
rate = hidden.rates()
covariance = joint_probabilities(hidden)[1] - np.outer(rate, rate)  # one step apart
exact = covariance / np.sqrt(np.outer(rate * (1 - rate), rate * (1 - rate)))
seen = np.where(np.abs(exact) > 3.3 / np.sqrt(100_000), exact, 0) * (1 - np.eye(5))
decoded = np.where(np.abs(found.z) > 3.3, found.W, 0)
print(f"exact correlation of 2 with 3 one step before: {exact[1, 2]:+.4f}, of 1 with "
      f"3: {exact[0, 2]:+.4f}; no synapse in either case")

# %% tags=["folded"]
# Figure: the true, the correlated and the decoded connections
fig, axes = plt.subplots(1, 3, figsize=(8.4, 3.2), layout="constrained")
graphs = {"truth": W, "correlated": seen, "decoded": decoded}
for ax, (name, matrix) in zip(axes, graphs.items()):
    pictures.graph(ax, matrix, W)
    wrong = f": {wrong_links(matrix != 0, W)} wrong of 20" if matrix is not W else ""
    ax.set_title(name + wrong, loc="center")
show(
    fig, "Three graphs of five neurons; arrows excite, flat ends inhibit. Left, the "
    "true seven connections. Middle, what exact correlations show: the seven, and "
    "false ones, dotted. Right, the connections decoded from 10,000 steps, next to the "
    "truth.")

# %% [markdown]
r"""
How long must a recording be? A second method, for comparison, knows nothing of $\varphi$: it compares how often $i$ fires with and without $j$, in windows in which all others did the same (in the spirit of Duarte et al. 2019).
"""

# %%
steps = np.array([1000, 2000, 5000, 10_000, 20_000])
recordings = [hidden.simulate(20_000, seed, keep_V=False).spikes for seed in range(4)]


def mean_of(measure):  # over the four recordings, for each length
    return [np.mean([measure(X[:T]) for X in recordings]) for T in steps]


wrong = mean_of(lambda X: wrong_links(np.abs(decode_logistic(X).z) > 3.3, W))
error = mean_of(lambda X: np.abs(decode_logistic(X).W - W).max())
windows = mean_of(lambda X: wrong_links(decode_windows(X), W))

# %% tags=["folded"]
# Figure: errors of both methods against the length of the recording
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 2.8), layout="constrained")
left.semilogx(steps, windows, "s--", color=COLOR["vermillion"],
              label="windows, no model")
left.semilogx(steps, wrong, "o-", color=COLOR["V"], label="logistic regression")
left.set(xlabel="length of the recording (steps)", ylabel="wrong connections of 20")
left.legend()
right.loglog(steps, error, "o-", color=COLOR["V"], label="largest error of a weight")
right.loglog(steps, 0.155 * np.sqrt(1e4 / steps), "--", color=COLOR["theory"],
             label=r"0.155 $\sqrt{10^4/T}$")
right.set(xlabel="length of the recording $T$ (steps)", ylabel=r"$\max|\hat W-W|$",
          yticks=(0.1, 0.2, 0.5), yticklabels=(0.1, 0.2, 0.5))
right.minorticks_off()
right.legend()
label_panels((left, right))
show(
    fig, "Errors against the length of the recording, mean of four. Left, wrong "
    "connections: logistic regression makes hardly any from a thousand steps on; the "
    "window method, which knows no model, needs more than ten times as many. Right, "
    "the error of the decoded weights falls about as one over the square root of the "
    "length, and faster at first, where the recordings are short.")

# %% [markdown]
r"""
## Further · Ten thousand neurons

*5 minutes.* How long does a network take? Three ideas make it fast. *First,* drawing $U<\varphi(V)$ is the same event as $\varphi^{-1}(U)<V$: so all random numbers can be turned into thresholds at once, and a step needs one comparison per neuron. *Second,* few neurons fire, so add only their columns of $W$. *Third,* as long as no $\varphi(V)$ exceeds $\frac1{16}$, a $U$ above $\frac1{16}$ makes nobody fire. So in a large quiet network only the $U$ below are drawn, each at its place: the gaps between such places are geometric, as in section 1. (All three are in `course_utils/fast/galves_locherbach.py`; a test compares their raster with that of the plain loop.) The same seed gives the same raster on the same machine with the same versions. On another machine a sum may be rounded differently, and a single changed spike then changes all that follow.
"""

# %% tags=["nbval-ignore-output"]
from course_utils import button


def large_and_sparse(N=10_000, links=100, steps=1000):
    from time import process_time

    from scipy.sparse import csc_array
    rng = np.random.default_rng(1)
    pre = np.repeat(np.arange(N), links)
    post = (pre + rng.integers(1, N, N * links)) % N
    weight = np.where(pre < 0.8 * N, 0.05, -0.2)
    W = csc_array((weight, (post, pre)), (N, N))
    network = GalvesLocherbach(W=W, phi=logistic(4.0, 1.25), leak=0.9, I_ext=0.1)
    begin = process_time()
    spikes = network.simulate(steps, 2, keep_V=False).spikes
    return (
        f"{N} neurons with {N * links} synapses, {steps} steps: "
        f"{process_time() - begin:.2f} s of CPU time, "
        f"{spikes.sum()} spikes, {spikes.mean():.4f} per neuron and step.")


button("Run 10 000 neurons for 1000 steps", large_and_sparse)

# %% [markdown]
r"""
## Questions to close

1. You double the length of a step from 1 to 2 ms and leave $p=0.05$ per step as it is. What happens to the rate in Hz? What should you do instead?
2. A colleague fits $\mu$ by likelihood and finds the maximum at $\mu=1$. Her neurons fire in nearly every step. Why is her estimate worth little?
3. At $\Gamma W=3$ you change the random seed, `CriticalNetwork(branching_parameter=3, seed=...)`. What changes in the panel's picture, and what doesn't?
4. (From notebook 03.) A FitzHugh-Nagumo neuron at $I=0.5$ follows a limit cycle. The network at $\Gamma W=3$ alternates, too. What happens in each case after a small disturbance?

<details>
<summary>Answers</summary>

1. It halves: half as many draws are made per second. A probability belongs to a step; a rate doesn't. Keep the rate and compute $p=1-e^{-\text{rate}\times\text{step}}$.
2. A neuron that fires in nearly every step has no time to remember: $V$ is 0 or one step old, whatever $\mu$ is. The likelihood hardly depends on $\mu$ then, and noise decides where its maximum is.
3. Which neurons belong to the larger group changes, and slightly how many (0.63 ± 0.01), because the first steps are random. That they alternate doesn't change: from the third step on nothing is random.
4. The limit cycle attracts: the disturbance dies out, only the phase stays shifted. The two-cycle is marginal: $\rho$ and $1-\rho$ alternate for *every* $\rho$ near there, so a disturbance stays indefinitely, unchanged.

</details>
"""

# %% [markdown]
r"""
## References

- Galves & Löcherbach 2013, *J. Stat. Phys.* 151:896, [10.1007/s10955-013-0733-9](https://doi.org/10.1007/s10955-013-0733-9): the model.
- Brochini et al. 2016, *Sci. Rep.* 6:35831, [10.1038/srep35831](https://doi.org/10.1038/srep35831): phase transitions and avalanches; the form simulated here.
- De Masi, Galves, Löcherbach & Presutti 2015, *J. Stat. Phys.* 158:866, [10.1007/s10955-014-1145-1](https://doi.org/10.1007/s10955-014-1145-1): the limit of many neurons.
- Duarte, Galves, Löcherbach & Ost 2019, *Bernoulli* 25:771, [10.3150/17-BEJ1006](https://doi.org/10.3150/17-BEJ1006): who is connected to whom.
- Rokem, Watzl, Gollisch, Stemmler, Herz & Samengo 2006, *J. Neurophysiol.* 95:2541, [10.1152/jn.00891.2005](https://doi.org/10.1152/jn.00891.2005): the recorded neuron.
- Haslinger, Pipa & Brown 2010, *Neural Comput.* 22:2477, [10.1162/NECO_a_00015](https://doi.org/10.1162/NECO_a_00015): time rescaling in steps.
- Shadlen & Newsome 1998, *J. Neurosci.* 18:3870, [10.1523/JNEUROSCI.18-10-03870.1998](https://doi.org/10.1523/JNEUROSCI.18-10-03870.1998): the variable discharge of cortical neurons.
- Klaus, Yu & Plenz 2011, *PLoS ONE* 6:e19779, [10.1371/journal.pone.0019779](https://doi.org/10.1371/journal.pone.0019779): avalanche sizes in cortex by maximum likelihood.
- The [tutorial of NESTML on the Galves-Löcherbach model](https://github.com/nest/nestml/blob/master/doc/tutorials/gl_model/gl_model_tutorial.ipynb) builds such neurons for the simulator NEST.
- Wikipedia, [Galves–Löcherbach model](https://en.wikipedia.org/wiki/Galves–Löcherbach_model): the picture in three dimensions.
- Clauset, Shalizi & Newman 2009, *SIAM Rev.* 51:661, [10.1137/070710111](https://doi.org/10.1137/070710111): how to fit a power law.
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Section 1 (10, start with the picture of the twenty trials), section 3 with both errata (15), section 5 with the panel on the projector (20), close (5). Sections 2 and 4 as homework. **90 minutes.** The whole core without the exercises of sections 2 and 4; avalanches or *Who is connected to whom?* as homework.

**Misconceptions.** Noise is an error that better equipment would remove. A rate is a probability (it depends on the step). $\varphi$ is an activation as in machine learning. The mean field is exact for a small network. A straight line on double-logarithmic axes is a power law. Correlation is connection.

**A question to vote on.** At $\Gamma W=1.1$ a network of 50 neurons is always silent after a while. Does theory err? *(No: every finite network dies in the end. How long that takes grows exponentially with $N$.)*

**Rubric for the Modify task.** 1 point: finds the onset at 2 by trying weights. 2: also gives the share 0.5 and says that it appears by a jump. 3: explains why: a stationary $\rho>0$ needs $1=w^2\rho(1-\rho)\le w^2/4$. 4: finds that silence stays stable for all weights, and concludes that the network remembers whether it was activated.
"""

# %% [markdown]
r"""
[← 04 Cable theory](04_cable_theory.ipynb) · [06 Learning: spike-timing-dependent plasticity →](06_learning_stdp.ipynb)
"""
