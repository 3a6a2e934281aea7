# %% [markdown]
r"""
# 05 · Stochastic neuron models

**The question.** The same stimulus never causes the same spike train twice. How do we describe a neuron that fires at random, and what can a network of such neurons do that a single one cannot?

**You will be able to**
- *derive* the distribution of interspike intervals from the probability to fire;
- *write* one step of a Galves-Löcherbach network, whose memory ends at the last spike of each neuron;
- *find the fault* in such a step from the statistics of its spikes alone;
- *read* from a curve of likelihoods which leak factor is plausible;
- *measure* at which weight a network begins to sustain its activity, and *predict* how activity changes from layer to layer.

**Time.** Core: two sittings of 70 minutes (sections 1 to 3; sections 4 to 6). Each optional section takes 5 to 40 minutes.

**You need** fixed points and their stability ([notebook 03](03_from_biophysics_to_dynamics.ipynb)), and probability as far as
"independent events multiply", mean and variance, and the geometric series $1+q+q^2+\dots=\frac1{1-q}$. Some of the optional sections use
standard errors.

**The article.** This course retells and corrects the article *Does the brain do math, or does math do the brain?* Numbers such as *erratum E34* refer to the [list of its errors](07_conclusion.ipynb#4-·-The-ledger-of-errata) in notebook 07. So far each neuron was a differential equation: the same current caused the same voltage and the same spikes. The article now turns to randomness, and shows a picture of a stochastic network in three dimensions. You will build such networks, and find two values at which a single parameter changes everything.
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
from course_utils.notebook_05.experiments import (
    CriticalNetwork,
    LayeredNetwork,
    density,
)
from course_utils.notebook_05.one_step import (
    EXACT,
    THREE,
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
The table shows the two numbers that every network of this notebook has. Note how the **leak factor** $\mu$ is defined: it is the fraction of $V$ that *remains* after one step. With $\mu=0$ a neuron forgets its input after one step; with $\mu=1$ nothing leaks. The other symbols return from section 2 on, and none of them has a unit:

| symbol | meaning |
|---|---|
| $t=0,1,2,\dots$ | number of the time step; a step lasts about 1 ms |
| $X_i(t)$ | 1 if neuron $i$ fires in step $t$, otherwise 0 |
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

Why should a neuron be described as random at all? The article says that deterministic models represent recordings of single neurons pretty well ([erratum E3](07_conclusion.ipynb#4-·-The-ledger-of-errata)). This holds if a current is injected into a cell in a dish. In a living brain, however, a picture that is shown twenty times causes twenty different **spike trains**, that is, sequences of spike times.

The article gives a reason for randomness that does not follow. It says that people create new things, so that their neurons must sample ([erratum E2](07_conclusion.ipynb#4-·-The-ledger-of-errata)). There are better reasons, which can be measured. Ion channels open at random, synapses release their vesicles at random, and most inputs of a neuron are not observed.

The simplest **stochastic neuron**, that is, a neuron whose spikes are random, is a **Bernoulli neuron**. In each step of 1 ms it fires with probability $p$, independently of the past, as if a biased coin were tossed.

### Run

We present the same stimulus twenty times, to the Hodgkin-Huxley membrane of notebook 02 and to a Bernoulli neuron. The number 3 in `default_rng(3)` is a **random seed**: the same seed gives the same random numbers, so that you see the same picture as everybody else.
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

# %% [markdown]
r"""
### Derive: its intervals

How long are the **interspike intervals** (ISIs) of a Bernoulli neuron, that is, the times between successive spikes?

1. An interval of $k$ steps consists of $k-1$ silent steps and then a spike. Steps are independent, so their probabilities multiply. With $q=1-p$,
$$f_k=P(K=k)=q^{k-1}\,p .$$
   This is the **geometric distribution**. The shortest interval is the most frequent one.
2. The interval lasts longer than $k$ steps if these steps are silent, which has the probability $P(K>k)=q^k$. Each step that is reached lengthens the interval by 1, and step $k+1$ is reached with the probability $P(K\gt k)$. The mean is therefore
$$E[K]=\sum_{k=0}^\infty P(K>k)=\sum_{k=0}^\infty q^k=\frac1{1-q}=\frac1p .$$

With $p=0.05$ per ms the mean interval is 20 ms, a rate of 50 Hz. If the steps are made ever shorter at the same rate, the train becomes a **Poisson process**. In each short time $du$ a spike then occurs with probability $\text{rate}\times du$, independently of all others. Notebook 06 uses such trains. The optional section [Counts, memory and regularity](#Further-·-Counts,-memory-and-regularity) derives how much the number of spikes varies from second to second, and compares it with cells of the visual cortex.

## 2 · From hazard to intervals

A real neuron is not a Bernoulli neuron: just after a spike it is **refractory** and rarely fires again. Which intervals result if the probability to fire depends on the time since the last spike?

### Derive: with a step for you

1. The **hazard** $h_k$ is the probability to fire $k$ steps after the last spike, *given* that the neuron was silent until then.
2. Given silence before, the neuron is silent at step $l$ with probability $1-h_l$. It is therefore silent through the steps $1,\dots,k-1$ with probability
$$S_{k-1}=(1-h_1)(1-h_2)\cdots(1-h_{k-1}),\qquad S_0=1 .$$
3. An interval of $k$ steps means silence through $k-1$ steps, then a spike. This step is yours.

### Exercise · derive

Write $f_k$ with $h$ and $S$, and turn it into code. `np.cumprod(1 - h)` is the array $S_1,S_2,\dots$
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
The hazard comes from a potential.

4. Just after a spike $V=0$, and the input that arrives in the step of the spike is lost. In each later step the fraction $\mu<1$ of $V$ remains, and a constant input $I$ is added:
$$V_1=0,\quad V_2=I,\quad V_3=I+\mu I,\quad\dots\quad V_k=I\,(1+\mu+\dots+\mu^{k-2})=I\,\frac{1-\mu^{k-1}}{1-\mu}.$$
5. The neuron fires with probability $h_k=\varphi(V_k)$. A usual choice for $\varphi$ is the **logistic** function of the table above.
6. Nothing from before the last spike enters $V_k$. The intervals are therefore independent of each other, and all have the distribution $f_k$. Such a spike train is called a **renewal process**, because it begins anew at each spike.

### Run

The next cell simulates such a neuron. It prints the mean interval and the **coefficient of variation** (CV), the standard
deviation of the intervals divided by their mean. The CV is 0 for a regular train and close to 1 for a Bernoulli neuron that
fires rarely.
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
    fig, "Left, the hazard rises with the time since the last spike, because the "
    "potential rises. Right, the histogram of simulated intervals follows the "
    "distribution that the hazard gives, with a peak at 16 steps.")

# %% [markdown]
r"""
The train of this neuron is neither regular nor as irregular as that of a Bernoulli neuron.

**A recorded neuron.** The next figure shows a receptor cell in the ear of a locust. The cell was stimulated by a tone of changing loudness. Like our neuron it is refractory: after a spike it never fired again within 3 ms. The optional section [A recorded neuron](#Further-·-A-recorded-neuron) fits stochastic neurons to this cell and judges them.
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
k = np.arange(1, 41)
right.bar(k, seen, color=COLOR["V"], alpha=0.5, label="receptor cell")
right.plot(k, p * (1 - p)**(k - 1), "--", color=COLOR["theory"],
           label="Bernoulli neuron")
right.set(xlabel="interval $k$ (ms)", ylabel="probability", xlim=(0, 40))
right.legend()
label_panels((left, right))
show(
    fig, "Left, 300 ms of the sound (orange), and above it the spikes of the cell, "
    "which follow the loud moments by a few milliseconds. Right, its intervals: none "
    "is shorter than 3 ms, and 5 to 15 ms are more frequent than in a Bernoulli "
    "neuron of the same rate.")

# %% [markdown]
r"""
## 3 · The Galves-Löcherbach network

We now let the input come from other neurons. The article prints two formulas, here in today's symbols:
$$P\bigl(X_i(t)=1\mid\text{past}\bigr)=\varphi\bigl(V_i(t)\bigr),\qquad V_i(t)=\sum_j\sum_{s=t_0}^{t}w_{ij}(t-s)\,X(s).$$
The idea is right: each spike is random, and the past determines its probability. Where the sum over $s$ begins is tested here, and where it ends in section 4. Smaller details follow in [Three small repairs](#Further-·-Three-small-repairs).

### Derive: from a sum to one line of code

1. Let $L_i(t)$ be the last step *before* $t$ in which neuron $i$ fired ($-1$ if it never fired). The memory of the neuron begins in the step after it, $L_i(t)+1$. With the input $I_i$ from outside (`I_ext`),
$$V_i(t)=\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\Bigl[\sum_{j\ne i}W_{ij}X_j(s)+I_i\Bigr].$$
   Each step keeps the fraction $\mu$, and a sum without terms is 0.
2. Suppose that $i$ fires in step $t$. Then $L_i(t+1)=t$, the sum contains no term, and $V_i(t+1)=0$.
3. Suppose that $i$ is silent in step $t$. Then $L_i(t+1)=L_i(t)$. The last term of the sum, $s=t$, has the factor $\mu^0=1$. All other terms contain one factor $\mu$ more than in $V_i(t)$. Hence $V_i(t+1)=\mu V_i(t)+\sum_{j\ne i}W_{ij}X_j(t)+I_i$.
4. Both cases fit into one line, which is the line to program:
$$\boxed{V_i(t+1)=\bigl(1-X_i(t)\bigr)\Bigl[\mu V_i(t)+\sum_{j\ne i}W_{ij}X_j(t)+I_i\Bigr]}$$

In words: one number for each neuron, its potential, contains all of the past that matters.

**Why the reset is essential.** Each neuron looks back to its own last spike, which is 3 steps ago for one neuron and 40 steps
for another. If $\mu>0$, no fixed number of past steps of the raster is therefore enough to know the probabilities of the next
step. The raster is not a **Markov chain** of fixed order, it has a *memory of variable length*. (With $\mu=0$ the last step is
enough.) A spike of neuron $i$ deletes the input that neuron $i$ has collected.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("input kept")

# %% [markdown]
r"""
### Exercise · write a step

Write one step of the network in code. `rng.random(3)` draws three random numbers between 0 and 1, `phi(V)` returns the three probabilities, and `W @ X` the three sums $\sum_jW_{ij}X_j$. A faulty step rarely stops with an error, but its statistics are wrong. `measured` runs your step 20,000 times with three neurons and counts six things:

- statistics 1 to 3: the rates of the three neurons;
- statistic 4: how often neuron 1 fires twice in a row;
- statistic 5: how often neurons 1 and 2 fire in the same step;
- statistic 6: how often neuron 1 fires one step after neuron 2.

`EXACT` holds the six probabilities of a right step. The optional section [The exact chain of a small
network](#Further-·-The-exact-chain-of-a-small-network) computes them without any simulation.
"""

# %%
W, phi, mu, I = THREE.W, THREE.phi, THREE.leak, THREE.I_ext
print(f"phi = {phi}, mu = {mu}, I = {I}, W =\n{W}")


def step(V, rng):
    """X, who fires in this step (3,), and V of the next step (3,), as `return X, V`."""
    ...


print("exact:", *(f"{p:.3f}" for p in EXACT))
check("one step", measured(step))

# %% tags=["solution"]
def solved_step(V, rng):
    X = rng.random(3) < phi(V)  # all three draw, from the old V
    return X, np.where(X, 0.0, mu * V + W @ X + I)


check("one step", measured(solved_step))

# %% [markdown]
r"""
### Exercise · find the fault

A colleague wrote the following step. Its three rates are right. Which line is faulty, and which two of the six statistics reveal the fault?
"""

# %%
def colleague(V, rng):
    p = phi(V)  # line 1
    fires = rng.random(3) < p  # line 2
    V = np.where(fires, 0.0, mu * V + W @ fires + I)  # line 3
    X = rng.random(3) < p  # line 4
    return X, V


print("colleague:", *(f"{p:.3f}" for p in measured(colleague)))
print("exact:    ", *(f"{p:.3f}" for p in EXACT))

# %%
fault = [..., ..., ...]  # line, first statistic, second statistic

check("faulty step", fault)

# %% tags=["solution"]
# the spikes that act (fires) are not the spikes that are recorded (X)
check("faulty step", [4, 4, 6])

# %% [markdown]
r"""
<details>
<summary>After your attempts: the six statistics of seven classic faults</summary>

| fault | 1, 2, 3: rates | 4: 1 twice in a row | 5: 1 and 2 in one step | 6: 1 after 2 |
|---|---|---|---|---|
| no fault | 0.365, 0.390, 0.263 | 0.061 | 0.102 | 0.230 |
| the term $\mu V$ is missing | 0.327, 0.345, 0.258 | 0.055 | 0.081 | 0.206 |
| the input $I$ is missing | 0.283, 0.299, 0.181 | 0.048 | 0.066 | 0.161 |
| a loop over the neurons uses entries of $X$ that are not drawn yet | 0.257, 0.303, 0.258 | 0.043 | 0.074 | 0.076 |
| a spike acts at once on the neurons that have not drawn yet | 0.291, 0.365, 0.256 | 0.049 | 0.138 | 0.138 |
| the reset comes first and the input is added afterwards | 0.494, 0.512, 0.240 | 0.191 | 0.202 | 0.377 |
| $W$ is transposed | 0.224, 0.401, 0.351 | 0.038 | 0.070 | 0.122 |
| the spikes are drawn twice: one draw acts, the other is recorded | 0.365, 0.390, 0.263 | 0.112 | 0.102 | 0.170 |

</details>

### Run: three neurons, and a check of the derivation
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
    fig, "Potentials of three neurons that excite and inhibit each other; vermillion "
    "bars are their spikes, drawn at the end of the step. At each of its own spikes a "
    "neuron starts again from 0, whatever it had received.")

# %% [markdown]
r"""
### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("without reset")

# %% [markdown]
r"""
### Run: without the reset

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that the sum begins at a fixed time $t_0$ ([erratum
E34](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that the memory of a neuron then has no end of its
own, so that only a leak can make it forget. **Correct is** a sum that begins after the last spike of the neuron itself, at
$L_i(t)+1$; this reset bounds the memory for every $\mu$, and it makes neurons refractory. **You can check it:** the next
cells run a pair of neurons without the reset and with it, for several leak factors, and print the firing probabilities.

</div>

A sum that begins at $L_i(t)$ is a different model, `Kept`: a neuron then keeps the input that arrives in the step of its own spike. State which of the two models you use. The method `next_potential` is the line that you derived, and a subclass replaces it.
"""

# %%
class AsPrinted(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return self.leak * V + arriving + self.I_ext  # no reset


class Kept(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        left = np.where(X, 0.0, self.leak * V)
        return left + arriving + self.I_ext  # the input of one's own step is kept


def rates(kind, leak):  # of a pair of neurons; 100 copies of it run at once
    pairs = np.kron(np.eye(100), [[0, 1], [0.5, 0]])
    network = kind(W=pairs, phi=logistic(2.0), leak=leak)
    spikes = network.simulate(1000, 1, keep_V=False).spikes[200:]
    return spikes.reshape(-1, 2).mean(axis=0)


# %% tags=["folded"]
# Table: firing probabilities of the pair, for each model and several leak factors
for kind, exact in ((AsPrinted, "-> 1, 1"), (Kept, "0.2041, 0.1791"),
                    (GalvesLocherbach, "0.1855, 0.1662")):
    first, second = rates(kind, 1.0)
    print(f"leak factor 1.0, {kind.__name__:17} {first:.3f}, {second:.3f}   "
          f"exact {exact}")
print()
for leak in (0.0, 0.5, 0.9):
    pairs = [", ".join(f"{rate:.3f}" for rate in rates(kind, leak))
             for kind in (AsPrinted, GalvesLocherbach)]
    print(f"leak factor {leak}: as printed {pairs[0]}, with reset {pairs[1]}")

# %% [markdown]
r"""
If nothing leaks, both neurons of the printed model end up firing in every step, and at $\mu=0.9$ in nearly every step. With a
strong leak (a small $\mu$) the reset changes the rates little. For every $\mu$, however, the reset ends the memory at the last
spike.

**End of the first sitting.** You have a stochastic network in one line of code, and six statistics that reveal whether a program is right.
"""

# %% [markdown]
r"""
## 4 · Within one step

Two statements of the article concern a single step: the end of the sum, and the nature of $\varphi$.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that the sum ends at $s=t$ ([erratum E35](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is circular: $V_i(t)$ decides who fires in step $t$, and it would contain who fires in step $t$. **Correct is** a sum that ends at $t-1$. **You can check it:** neuron $i$ fires if a random number $U_i$ is below $\varphi(V_i)$. For fixed $U_i$ the next cell lists all spike patterns that reproduce themselves, and there should be exactly one.

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
With the same random numbers the printed rule allows two different patterns in the first network, and none in the second. It therefore does not define the next step. If the sum ends at $t-1$, there is always exactly one pattern.

Machine learning has functions that resemble $\varphi$. Is $\varphi$ one of them?

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article states** that $\varphi$ is a non-linear activation function and that $V$ is the synaptic input ([erratum E38](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that an activation function may take any value, and that nothing states how the spikes of one step depend on each other. **Correct is** that $\varphi$ is a **probability**, that $V$ is a potential with leak and reset, and that *given the past, the neurons fire independently within a step*. **You can check it:** the next cell takes the rectifier $\max(0,V)$, a common activation function, for $\varphi$ and prints the probability to be silent, which must not be negative.

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
Independence within a step is an assumption about the length of the step. The step must not be longer than a spike needs to reach the next neuron, and it must be shorter than the refractory period. About 1 ms meets both conditions. From step to step, however, the neurons depend on each other through $V$. We also take $\varphi$ as nondecreasing, because theorems assume this and because depolarisation should excite.

### Derive: the likelihood of a raster

How probable is a given raster under a given model? The answer allows us to measure quantities that were not recorded.

1. Let $p_i=\varphi(V_i(t))$. A neuron has $x_i=1$ with probability $p_i$ and $x_i=0$ with probability $1-p_i$. Both cases fit into one formula, $p_i^{x_i}(1-p_i)^{1-x_i}$.
2. Given the past, the neurons fire independently within a step, so their probabilities multiply. A pattern $x=(x_1,\dots,x_N)$ has the probability
$$P\bigl(X(t)=x\mid\text{past}\bigr)=\prod_{i=1}^N p_i^{x_i}(1-p_i)^{1-x_i}.$$
3. A raster is a sequence of patterns, each given its past. Therefore the probabilities of the steps multiply as well. Their logarithms add up to the **log-likelihood**
$$\ell=\sum_t\sum_i\log\Bigl[p_i(t)^{X_i(t)}\,\bigl(1-p_i(t)\bigr)^{1-X_i(t)}\Bigr].$$
   It is the logarithm of the probability of this raster under this model, in natural units (nat).

### Run

We are given a raster of two neurons and their weights, but not their leak factor. The next cell computes the log-likelihood for many $\mu$. The best estimate is the $\mu$ under which the raster is most probable (**maximum likelihood**). A value $d$ nat below the maximum makes the raster $e^d$ times less probable. As a rule of thumb, values within 2 nat are plausible.
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
    "line. If the weights are known, the spikes show how leaky the neurons are.")

# %% [markdown]
r"""
### Exercise · read

A colleague claims that $\mu=0.5$. By how many nat is the log-likelihood at 0.5 below its maximum? Read it from the figure, or from the arrays `leaks` and `ell`. Is it plausible that the colleague is right?
"""

# %%
check("half the leak", ...)

# %% tags=["solution"]
check("half the leak", ell.max() - np.interp(0.5, leaks, ell))

# %% [markdown]
r"""
## 5 · The critical network

At which weight does a network keep itself active? We connect all $N$ neurons to all others, each with the weight $W/N$. The simplest $\varphi$ is $\varphi(V)=\Gamma V$, limited to the range from 0 to 1, where $\Gamma$ is called the **gain**. We take $\mu=0$, so that nothing of $V$ remains in the next step.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("gain three")

# %% [markdown]
r"""
### Derive: the mean field

Let $\rho(t)$ be the fraction of the neurons that fire in step $t$. We will express $\rho(t+1)$ by $\rho(t)$.

1. A neuron that fires in step $t$ is reset to $V=0$. Because $\varphi(0)=0$, it is silent in step $t+1$. Only the fraction $1-\rho(t)$ of the neurons can fire then.
2. All of these neurons receive the same input, a weight of $W/N$ from each of $N\rho(t)$ spikes. With $\mu=0$ this input is all they have, so $V=W\rho(t)$.
3. Each of them fires with probability $\varphi(W\rho)$. In a very large network the fraction that fires is equal to this probability, hence
$$\rho(t+1)=\bigl(1-\rho(t)\bigr)\,\varphi\bigl(W\rho(t)\bigr)=\Gamma W\,\rho(t)\,\bigl(1-\rho(t)\bigr)\qquad\text{as long as }\Gamma W\rho\le1 .$$
   This is the **logistic map**, which is known for its chaotic solutions. Only the product $\Gamma W$ enters. It is called the **branching parameter**, because a single spike in a silent network causes $\Gamma W$ spikes on average.
4. *Fixed points.* A stationary fraction obeys $\rho(t+1)=\rho(t)$, and $\rho=0$ is one solution. If $\rho>0$, we may divide by $\rho$ and obtain $1=\Gamma W(1-\rho)$. The second solution is therefore $\rho^*=1-\dfrac1{\Gamma W}$.
5. *Stability.* Each step multiplies a small deviation by the slope of the map, $\Gamma W(1-2\rho)$. A fixed point of a map is therefore stable if its slope lies between $-1$ and 1. At $\rho=0$ the slope is $\Gamma W$. Silence is therefore stable below the **critical point** $\Gamma W=1$ and unstable above it, where $\rho^*$ grows continuously from 0. Physicists call this a continuous **phase transition**, as in iron that loses its magnetisation when it is heated. At $\rho^*$ the slope is $2-\Gamma W$, so $\rho^*$ is stable from 1 to 3, if the formula is valid that far.
6. *The limit of* $\varphi$. The formula is valid only to $\Gamma W=2$: there the probability $\varphi(W\rho^*)=\Gamma
   W\rho^*=\Gamma W-1$ reaches 1. Above 2, a small $\rho$ grows, so any $0<\rho<1$ enters the range from $1/(\Gamma W)$ to
   $1-1/(\Gamma W)$. In this range *every* silent neuron fires, so $\rho(t+1)=1-\rho(t)$. The values $\rho$ and $1-\rho$
   alternate, and the chaos of the logistic map does not occur. (A start with $\rho=1$ is followed by silence.)

In words: below a branching parameter of 1 all activity dies out, between 1 and 2 the fraction $1-1/(\Gamma W)$ fires in each step, and above 2 two groups fire alternately.

### Run

Three networks of 200 neurons start with 30 % of the neurons firing. After a silent step one neuron is **restarted**, that is,
made to fire. The spikes from a restart to the next silent step are called an **avalanche**.
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
    fig, "Rasters of 200 neurons (one row each), and below them the fraction that "
    "fires. At 0.8 the activity dies out, and restarted neurons start short "
    "avalanches. At 1.5 about a third fires in each step, at random. At 3 two fixed "
    "groups fire alternately.")

# %% [markdown]
r"""
The next figure shows the map itself. A staircase between the curve and the diagonal follows the fraction from step to step; it is called a **cobweb**. Each point is a pair $\rho(t),\rho(t+1)$ of a network of 2000 neurons.
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
    "indefinitely. The points of the network scatter around the mean field.")

# %% [markdown]
r"""
### Investigate

The panel runs 160 steps of up to 2000 neurons with **frozen noise**: the same random number decides the same neuron in the same step, wherever the sliders are. Every change that you see is therefore due to your parameters. Two sliders are new. The leak factor is $\mu$, and with a threshold $V_T$ the probability is $\varphi(V)=\Gamma(V-V_T)$, limited to 0 and 1. (The panel takes $\Gamma=1$ and varies $W$. Click a slider and use the arrow keys for small steps.)

1. Move $\Gamma W$ slowly from 0 through 1 and 2 to 3. Where does the activity begin to sustain itself, and where does the noise disappear?
2. Set $\Gamma W$ to 3, raise $V_T$ to 0.1, and then lower $\Gamma W$. The activity ends with a jump. From which fraction?
3. Set $V_T$ back to 0 and raise $\mu$. Where is the critical point now?

<details>
<summary>Answers</summary>

1. From 1 on the activity grows until it sustains itself; a few avalanches just below 1 last long, too. From 2 on the noise disappears: the fraction alternates between two values that do not change.
2. It ends near $\Gamma W=1.73$, from a fraction of about 0.28. (Infinitely many neurons would reach 0.24 there, but a finite network fluctuates and ends a little earlier.)
3. At $\Gamma W=1-\mu$. A neuron that keeps its potential for longer collects more input before it fires.
</details>
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
    right.legend(loc="lower left", bbox_to_anchor=(0, 1), fontsize=8)
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
### Exercise · measure

Square the probability: $\varphi(V)=\operatorname{clip}(\Gamma V,0,1)^2$, where *clip* means limited to the range from 0 to 1.
A weak input now has almost no effect. At which $\Gamma W$ does activity first become possible, and which fraction of the
neurons fires there? `mean_field(phi, w)` returns *all* stationary fractions. Here `w` is $\Gamma W$. Raise it until a second
solution appears, then lower it towards the onset in ever smaller steps. Give $\Gamma W$ and the fraction that the new
solutions approach, both to one decimal.
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
## 6 · The picture of the article, from our own simulation

How does activity travel through a network with layers? The article closes its section with a picture of activity in three dimensions: layers, neurons and time. The picture was made at NeuroMat, and the [Wikipedia page on the model](https://en.wikipedia.org/wiki/Galves–Löcherbach_model) shows it with a caption. It names 4000 neurons in four layers, one excitatory and one inhibitory population in each layer, and 180 time steps. It does not say how the neurons are connected.

We simulate a network of the same size; its wiring is the choice of this course (`LayeredNetwork??`). Each layer is a ring of 800 excitatory and 200 inhibitory neurons, and each neuron receives from its neighbours on the ring. Connections between layers lead one way, from each layer to the next. Layer 1 receives more input from outside than the others.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("sharpest layer")

# %% [markdown]
r"""
### Run

To give the density of the waves a number, we count the spikes in small patches of 25 neighbouring excitatory neurons and 4 steps. The variance of these counts divided by their mean would be at most 1 if all spikes were independent and spread evenly. It is large if spikes form dense waves with gaps between them. (It also grows if the same waves contain more spikes.)
"""

# %%
activity = LayeredNetwork().run()
when, layer, place = LayeredNetwork().spikes()  # of each spike
print("spikes in layers 1 to 4:  ", *activity.counts)
for k in range(4):
    here = (layer == k) & (place < 800)
    patches = np.histogram2d(when[here], place[here],
                             [np.arange(0, 181, 4), np.arange(0, 801, 25)])[0]
    print(f"layer {k + 1}: variance over mean of the counts in a patch "
          f"{patches.var() / patches.mean():.1f}")

# %% tags=["folded"]
# Figure: the spikes of four layers in a box
fig, ax = plt.subplots(figsize=(8, 4.2), layout="constrained")
pictures.layers(ax)(activity)
show(
    fig, "A 3-D picture of four layers by 1000 neurons by 180 steps: each dot is a "
    "spike, blue of an excitatory, vermillion (along one edge) of an inhibitory "
    "neuron. Random spikes start waves that spread around the ring and from layer to "
    "layer, and become denser on their way.")

# %% [markdown]
r"""
### Investigate: turn it

Drag in the picture to turn the box, or use the sliders.

1. From which side do you see four separate rasters? From which side do the layers cover each other?
2. Set the feedforward weight to 0. Which layers stay active, and why? Then set it back and weaken the inhibition.

<details>
<summary>Answers</summary>

1. From the front (azimuth $\alpha=0$) and a little above you see four rasters, with time to the right. From above (elevation
   $\beta=90°$) the layers cover each other.
2. Without feedforward weight only layer 1 keeps its activity, because the others receive too little input from outside. With half of the inhibition all four layers fire much more, layer 4 six times as much, and the gaps between the waves fill up.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the spikes of four layers, from any side
def view(fig):
    draw = pictures.layers(fig.subplots(), animated=True)
    return lambda network, activity: draw(activity)


Panel(LayeredNetwork(), view, "azimuth", "elevation", "down", "inhibition")

# %% [markdown]
r"""
## What you saw

1. A Bernoulli neuron fires independently of its past, and its intervals have a geometric distribution with the mean $1/p$.
2. The hazard determines the intervals: $f_k=h_k(1-h_1)\cdots(1-h_{k-1})$. A recorded cell is refractory in this sense.
3. In the Galves-Löcherbach model the past of each neuron is one number, and it ends at the last spike of the neuron itself.
   Without this reset, and with nearly no leak, two neurons that excite each other fire in nearly every step.
4. The function $\varphi$ is a probability, and neurons fire independently within a step. A raster therefore has a likelihood, which shows how plausible a leak factor is.
5. The branching parameter $\Gamma W$ decides between three regimes. Below 1 all activity dies out. Between 1 and 2 a fraction $1-1/(\Gamma W)$ of the neurons fires in each step. Above 2 two groups fire alternately, without any randomness.
"""

# %% [markdown]
r"""
## Further · A recorded neuron

*40 minutes.* Do the neurons of this notebook describe a real one? The data are 929 spikes of a receptor cell in the ear of a locust, recorded for 10 s at 30 °C by A. Rokem (Rokem et al. 2006, data set ia-1 of crcns.org). They come from the package nitime 0.12.1, whose BSD licence is included with the files in `course_utils/notebook_05/data`. The cell was stimulated by a tone whose level changed at random. Note that **the sound was presented once and never repeats**. There are therefore no trials, and every statement about repeatability needs another argument.

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
    DrivenNeuron,
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
The **Fano factor** is the variance of the counts in windows of one length, divided by their mean. In short windows the count
varies far less than that of a Bernoulli neuron, because the cell is refractory. In windows of one second its variance is more
than twice its mean. A colleague concludes: "On this scale the cell is noisier than a coin."

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

Four neurons compete:

- a coin, that is, a Bernoulli neuron;
- the *renewal neuron* of section 2, with a constant input;
- a *driven* Galves-Löcherbach neuron. It receives the level $x(t)$ of the sound, in units of its standard deviation, with a delay of 5 ms, and its $\varphi$ is logistic with slope 1:
$$V(t+1)=\bigl(1-X(t)\bigr)\bigl[\mu V(t)+I+w\,x(t-5)\bigr];$$
- the same neuron with a threshold that drifts upwards in time, as $\theta+c\ln(1+t/300\,\text{ms})$.

The parameters maximise the likelihood of the even seconds (section 4). The score is the gain in log-likelihood over the coin on the odd seconds, in bits per spike.

A second test is **time rescaling**. Suppose that the model is right. In continuous time, the sum of the hazard over an
interval is then exponentially distributed, whatever the sound did. In steps of 1 ms a spike has no exact time within its
step, so the test spreads it over that step (Haslinger and colleagues 2010). The quantity $u=1-e^{-\text{summed hazard}}$ is
therefore distributed evenly between 0 and 1. The test measures $D$, the largest distance between the distribution function of
$u$ and the diagonal. Even if the driven neuron were right, $D$ would exceed about 0.047 in one of twenty recordings of this
length.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("time rescaling")

# %%
odd = odd_seconds()
start = DrivenNeuron(leak=0.5, I_ext=5.0, weight=0.0, threshold=11.0)
renewal = fitted(start, X, sound, ~odd)
start = start.but(I_ext=8.0, weight=1.2, threshold=18.0)
driven = fitted(start, X, sound, ~odd, "weight")
drifts = fitted(driven.but(drift=0.3), X, sound, ~odd, "weight", "drift")
models = {"renewal neuron": renewal, "driven": driven, "drifting threshold": drifts}
firing = {"coin": np.full(10_000, X[~odd].mean())} | {
    name: neuron.probability(X, sound) for name, neuron in models.items()}
spread = {name: rescaled(p, X, odd) for name, p in firing.items()}
for name, p in firing.items():
    u, F = spread[name]
    print(f"{name:18} {bits_per_spike(p, X, odd):6.3f} bits per spike, "
          f"D = {np.abs(F - u).max():.3f}")
print(f"driven neuron: leak factor {driven.leak:.3f}, weight {driven.weight:.2f}")

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
    "model; the renewal neuron and the driven neuron are still outside; the neuron "
    "with a drifting threshold comes close to the band.")

# %% [markdown]
r"""
The driven neuron gains three times as much as the renewal neuron, so the intervals alone explain only a part of the spikes. Nevertheless its $D$ shows that it is not right. The rate of the cell falls from 127 to 78 spikes in a second, although the statistics of the sound do not change. A neuron that forgets everything at each spike cannot slow down over seconds, whereas a drifting threshold describes this. However, ten seconds of one cell do not show whether it drifts with time, with the sound or with its own spikes.

### Exercise · judge four claims

The figure shows $F-u$, the distribution function of the rescaled intervals minus the diagonal. Which claims are right? Try what you doubt: `rescaled(p, X, odd)` and `bits_per_spike(p, X, odd)` take any array `p` of probabilities, for example `0.8 * firing["driven"]`.

- *Claim 1*: a neuron whose $D$ is below 0.047 is the right model of this cell.
- *Claim 2*: if all probabilities of a model are lowered, its curve moves up.
- *Claim 3*: the curve of the coin begins below zero, because the cell has no intervals as short as many of a coin.
- *Claim 4*: of two models, the one with more bits per spike has the smaller $D$.
"""

# %%
claims = [..., ..., ..., ...]  # True or False for each

check("inside the band", claims)

# %% tags=["solution"]
weaker = 0.8 * firing["drifting threshold"]  # moved up, many bits, and a large D
u, F = rescaled(weaker, X, odd)
print(f"{bits_per_spike(weaker, X, odd):.3f} bits per spike, from "
      f"{(F - u).min():+.3f} to {(F - u).max():+.3f}")
check("inside the band", [False, True, True, False])

# %% [markdown]
r"""
### Investigate

1. Move the delay by 1 ms in either direction. How much of the score is lost?
2. Move the delay back and increase the slope of $\varphi$. Where does the score become negative?

<details>
<summary>Answers</summary>

1. At 4 ms 1.00 of the 1.74 bits per spike is left, at 6 ms 1.15. One must know precisely when the sound arrives.
2. Near 3: a steep $\varphi$ calls some recorded spikes nearly impossible.
</details>
"""

# %% tags=["folded", "nbval-ignore-output"]
# Panel: the firing probability of the driven neuron, with the recorded spikes
def view(fig):
    ax, below = fig.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    below.plot(np.arange(3000, 3300), sound[3000:3300], color=COLOR["stimulus"], lw=1)
    below.set(xlabel="time (ms)", ylabel="sound\n(SD)")
    spikes = times[(times > 3000) & (times < 3300)]
    ax.vlines(spikes, 1.03, 1.13, color=COLOR["V"], lw=1.3, label="recorded spikes")
    curve, = ax.plot([], [], color=COLOR["vermillion"], lw=1.2, animated=True,
                     label="firing probability")
    ax.set(ylabel=r"$\varphi(V)$", xlim=(3000, 3300), ylim=(0, 1.3))
    ax.legend(loc="upper right", ncols=2, fontsize=8)

    def update(neuron, result):
        curve.set_data(np.arange(3000, 3300), result.p[3000:3300])

    return update


Panel(DrivenNeuron(), view, "delay", "leak", "weight", "slope")

# %% [markdown]
r"""
### Exercise · measure

Multiply the slope of the fitted neuron by 0.5, 0.75, 1, 1.25, 1.5, 2 and 4, and leave its other parameters as they are. Which
of these slopes has the best score on the odd seconds? Which is the smallest of them that is worse than the coin?
(`driven.but(slope=2.0).run().bits` is one score.)
"""

# %%
check("sharper", [..., ...])

# %% tags=["solution"]
for slope in (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0):
    print(f"slope {slope:4}: {driven.but(slope=slope).run().bits:6.3f} bits per spike")

check("sharper", [1.25, 4.0])

# %% [markdown]
r"""
### What would come again?

The article says that deterministic models represent recordings of single neurons pretty well (erratum E3). How much of this recording would occur again under the same sound? Without trials, three experiments give three partial answers. In each of them a spike counts as *met* if there is a spike in the same or in a neighbouring millisecond.

1. **Near repeats.** For each spike, look for the other moment, at least 50 ms away, whose sound 4 to 12 ms before was most alike. Did the cell fire there, too?
2. **No randomness.** The fitted neuron with a hard threshold, set such that it has as many spikes as the cell in the even seconds.
3. **One random trial** of the fitted neuron.
"""

# %%
fired, near = np.flatnonzero(X), nearby(X)
hard = driven.but(slope=1e9, threshold=17.476).simulate(sound, 1, 1)[:, 0]
trials = driven.simulate(sound, 40, 1)
met = {
    "near repeats": near[most_alike(fired, sound)].mean(),
    "no randomness, odd seconds": nearby(hard)[X[:, 0] & odd].mean(),
    "one random trial": np.mean([nearby(trial)[fired].mean() for trial in trials.T]),
}
for name, fraction in met.items():
    print(f"{name:27} {fraction:.2f} of the spikes are met")
print(f"steps with a spike nearby   {near.mean():.2f}")
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
    fig, "300 ms of second 3, an odd one. Above, the recorded spikes. Below them the "
    "neuron with a hard threshold, which meets most of these spikes but adds false "
    "ones. Then ten random trials of the stochastic neuron, which agree at the loud "
    "moments and differ elsewhere.")

# %% [markdown]
r"""
A deterministic neuron with one variable meets 71 % of spikes that were not used for its fit. A train that ignores the sound
would meet 28 % of them, the fraction of steps with a spike nearby. This is a considerable success. However, about a third of
its own spikes are false, and its likelihood is zero, because it calls some recorded spikes impossible. Only a model that
gives probabilities is wrong by a finite amount, and the score in bits measures this amount.

For this cell the claim of the article is therefore a question of degree, which one can test. A random trial of the fitted
model meets 56 % of the spikes. The rest is called random, but it contains everything that the model leaves out, for
example the slow adaptation. A receptor cell that is driven by sound is neither a neuron of the cortex nor a typical cell in a
dish. Moreover, one cell can show that a model is *not* sufficient, but it cannot show how a class of neurons works.

## Further · Three small repairs

*10 minutes.* Three details of the printed formulas look like slips of the pen, but each of them changes the network.

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

**The article states** one symbol $w_{ij}(t-s)$ for a weight and its decay in time ([erratum
E37](07_conclusion.ipynb#4-·-The-ledger-of-errata)). **The problem** is that nothing says which part of the product is the
weight. **Correct is** two factors, a weight and a **kernel** $g$ of the delay: $W_{ij}\,g(t-1-s)$. The shortest delay is one
step, so $g(0)$ belongs to $s=t-1$, and $g(0)=1$ fixes the weight. Only $g(k)=\mu^k$ needs no more than one number per neuron.
**You can check it:** doubled weights with half a kernel give the same $V$. If $g$ decreases by a constant factor in each
step, $V(t+1)$ can be computed from $V(t)$ and $X(t)$ alone. If $g$ first rises and then falls, as a synaptic current does,
earlier spikes are needed as well.

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
## Further · Counts, memory and regularity

*25 minutes.* How much does the number of spikes vary from second to second, and which property of a neuron makes its train regular?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("coin neuron")

# %% [markdown]
r"""
### Derive

1. Count the spikes of a Bernoulli neuron in a window of $n$ steps. One step has the mean $p$ and the variance $p-p^2$. The steps are independent, so $n$ steps have the mean $np$ and the variance $np(1-p)$. The variance divided by the mean is called the **Fano factor**, here $F=1-p$.
2. The mean square of an interval is computed like the mean in section 1. If step $k+1$ is reached, the square grows by $(k+1)^2-k^2=2k+1$. The series $\sum_kq^k=\frac1{1-q}$, differentiated and multiplied by $q$, gives $\sum_kk\,q^k=\frac q{(1-q)^2}=\frac q{p^2}$. Hence
$$E[K^2]=\sum_{k=0}^\infty(2k+1)\,q^k=\frac{2q}{p^2}+\frac1p .$$
3. The variance is $E[K^2]-E[K]^2=\dfrac{2q+p-1}{p^2}=\dfrac q{p^2}$, because $p-1=-q$. The coefficient of variation is therefore
$$\mathrm{CV}=\frac{\sqrt q/p}{1/p}=\sqrt{1-p}.$$

### Run
"""

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
**Comparison with a measurement.** For single neurons in the visual cortex of monkeys, Shadlen & Newsome (1998, their table 1) report two facts. The intervals are about exponential, which is the geometric distribution for small $p$. The variance of the count is 1 to 1.5 times its mean, whereas the Bernoulli neuron has 0.95. The Bernoulli neuron is therefore a good first guess, but slightly too regular.

### Predict

How does memory change the regularity?
"""

# %% tags=["nbval-ignore-output"]
predict("memory and clockwork")

# %% [markdown]
r"""
A fair comparison keeps the mean interval constant. For each leak factor the next cell therefore chooses the input that gives 16 steps on average.
"""

# %%
from scipy.optimize import brentq

from course_utils.models.populations import waiting_time

leaks = np.linspace(0, 0.95, 12)


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
### Investigate

Change the form of $\varphi$, its slope $s$, its threshold $\theta$ and the leak factor $\mu$; the input remains $I=0.2$. Click a slider and use the arrow keys for small steps.

1. Find a very regular neuron, with a CV below 0.05.
2. Find a neuron that is nearly a Bernoulli neuron, with a CV above 0.85.

<details>
<summary>Answers</summary>

1. A steep $\varphi$ with a long memory, for example a logistic $\varphi$ with slope 20, threshold 3 and $\mu=0.95$.
2. A neuron without memory, $\mu=0$, that fires rarely, for example a logistic $\varphi$ with slope 4 and threshold 1.
</details>
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
    bars.legend(loc="upper right", fontsize=8, borderpad=0)

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
### A dead time and a coin

The simplest refractory neuron is silent for $r$ steps after a spike and then fires with probability $p$ in each step.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("a fixed delay")

# %% [markdown]
r"""
The law of its intervals is the geometric distribution, shifted by $r$: $P(K=k)=p(1-p)^{k-r-1}$ for $k>r$. A fixed delay adds $r$ to the mean interval, but it adds nothing to the variance. Therefore the mean is $r+\frac1p$, the variance is still $\frac{1-p}{p^2}$, and $\mathrm{CV}=\frac{\sqrt{1-p}}{1+rp}$. For a renewal process the Fano factor of long windows equals $\mathrm{CV}^2$. The next cell compares these formulas with the distribution $f_k$ and with a simulation.
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
### Exercise · choose

A neuron of this kind has a mean interval of 9.0 steps with a standard deviation of 3.46 steps. Which dead time $r$ and which probability $p$ does it have?
"""

# %%
check("dead time", [..., ...])  # r, p

# %% tags=["solution"]
choices = np.arange(0.01, 1, 0.01)  # the dead time does not change the variance
best = choices[np.abs(np.sqrt(1 - choices) / choices - 3.46).argmin()]
check("dead time", [9.0 - 1 / best, best])

# %% [markdown]
r"""
## Further · Five forms of φ, and the length of a step

*10 minutes.* Which functions can serve as $\varphi$, and does the length of a step matter? Any nondecreasing function with values in $[0,1]$ is possible. Five are in use:

| name | $\varphi(V)$ | where it comes from |
|---|---|---|
| clipped linear | $\Gamma(V-V_T)$, cut at 0 and 1 | simplest to calculate with |
| logistic | $1/(1+e^{-s(V-\theta)})$ | statistics: logistic regression |
| probit | normal distribution function of $s(V-\theta)$ | Gaussian noise on a threshold |
| escape rate | $1-e^{-\lambda(V)\Delta}$, $\lambda=e^{s(V-\theta)}$ | at least one event of a Poisson process in a step of length $\Delta$ |
| Heaviside | 1 from $\theta$ on | no randomness left: a threshold unit (notebook 01) with a reset |

Only the escape rate is independent of the length of the step, because $\lambda$ is a rate per time. (The printed rates still
differ slightly, because a step holds at most one spike.) Silence through two steps of 0.5 ms is as probable as silence
through one step of 1 ms, since $e^{-\lambda/2}e^{-\lambda/2}=e^{-\lambda}$. In contrast, a fixed probability *per step*
doubles the rate if the step is halved.
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
    fig, "Five forms of the firing probability against the potential. All rise from 0 "
    "to 1 around V = 1. Only the Heaviside step leaves no randomness.")

# %% [markdown]
r"""
**The same neuron in continuous time.** Let the step $\Delta$ shrink, with $\mu=e^{-\Delta/\tau}$ and the input
$I=V_\infty(1-\mu)$, which drives $V$ towards $V_\infty$. The recursion becomes $\tau\,dV/dt=V_\infty-V$ with a reset: the
leaky integrate-and-fire neuron of notebook 00,
whose threshold has become soft. The mean interval converges to $\int_0^\infty e^{-\int_0^t\lambda(V(s))\,ds}\,dt$, the
integral of the probability to be still silent. It replaces the sum of $P(K>k)$ in section 1.
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

*20 minutes.* Can the rates of a small network be computed without any simulation? With $\mu=0$ the next pattern depends only on the present pattern. The $N$ neurons have $2^N$ patterns, so the network is a **Markov chain**. It is described by a table $P$ with one row for each present pattern and one column for each next pattern.

1. In pattern $x$ neuron $i$ is at $V_i=(1-x_i)\sum_jW_{ij}x_j$, so it fires next with $p_i(x)=\varphi(V_i)$.
2. Given $x$ the neurons fire independently. The entry is therefore a product:
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
**With a leak** a potential also contains older spikes, so one pattern is not enough. The last $k$ patterns are a chain of $2^{Nk}$ states. What is older than $k$ steps is forgotten, and it matters only to neurons that have been silent ever since. The error therefore shrinks by more than the factor $\mu$ with each further pattern. The next cell applies this to the three neurons of section 3.
"""

# %%
def six_statistics(network, k):
    """From the chain of the last k patterns of three neurons, the oldest one first."""
    past = np.indices((2,) * (3 * k)).reshape(3 * k, -1).T
    V = np.zeros(3)
    for X in np.split(past, k, axis=1):
        V = network.next_potential(V, X, X @ network.W.T)
    p = network.probability(V)
    P = np.where(X[:8], p[:, None], 1 - p[:, None]).prod(axis=2)
    pi = np.full(8**k, 8.0**-k)
    for _ in range(60):  # forget the oldest pattern and append the next
        pi = (pi[:, None] * P).reshape(8, -1, 8).sum(axis=0).ravel()
    same, later = X.T * pi @ X, (X.T * pi @ p).T
    return [*same.diagonal(), later[0, 0], same[0, 1], later[0, 1]]


for k in range(1, 6):
    print(f"last {k}:", *(f"{p:.4f}" for p in six_statistics(THREE, k)))
print("EXACT: ", *(f"{p:.4f}" for p in EXACT))

# %% [markdown]
r"""
### Exercise · write

Write the log-likelihood of section 4 in code.
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
How large may the network be? The table has $4^N$ entries, so that 12 neurons need 134 MB. For 20 neurons no computer at hand has enough memory; try it, and the error states how much is needed.

## Further · Leak, threshold, and two states from one network

*20 minutes.* How do a leak, a threshold and a smooth $\varphi$ change the critical point of section 5?

**With leak.** Near silence $\rho$ is small, and few neurons have fired recently. A neuron whose last spike is long ago has collected $V=W\rho\,(1+\mu+\mu^2+\dots)=W\rho/(1-\mu)$. Hence $\rho(t+1)\approx\Gamma W\rho/(1-\mu)$, and the critical point is at $\Gamma W=1-\mu$. A neuron with a long memory needs less input to become active.

**With a threshold.** Let $\varphi(V)=\operatorname{clip}(\Gamma(V-V_T),0,1)$, and write $w=\Gamma W$, $v=\Gamma V_T$. A stationary fraction obeys $\rho=(1-\rho)(w\rho-v)$, that is,
$$w\rho^2-(w+v-1)\rho+v=0 .$$
Two solutions appear together where the discriminant is 0: $w+v-1=2\sqrt{wv}$, or $(\sqrt w-\sqrt v)^2=1$. So activity begins at
$$w=(1+\sqrt v)^2,\qquad\rho=\sqrt{\frac vw}=\frac{\sqrt v}{1+\sqrt v}:$$
not from 0 but with a jump, and silence stays stable. In the panel, at $V_T=0.1$, this happens at 1.7325 with $\rho=0.2403$.

**With a smooth $\varphi$.** Let $\varphi$ be logistic with slope 4 around 1. Now $\varphi(0)=0.018$: those that fired can fire again, and silence is no longer stationary. A stationary fraction obeys
$$\rho=(1-\rho)\,\varphi(W\rho)+\rho\,\varphi(0).$$
This equation cannot be solved for $\rho$. However, we may call the input $u=W\rho$, solve for $\rho$, and insert it into $W=u/\rho$:
$$\rho=\frac{\varphi(u)}{1+\varphi(u)-\varphi(0)},\qquad W(u)=\frac{u\,\bigl(1+\varphi(u)-\varphi(0)\bigr)}{\varphi(u)}.$$
Each input $u$ belongs to one weight. However, $W(u)$ rises, falls, and rises again, so one weight can have *three* inputs and therefore three fractions. It turns at two **folds** (saddle-node bifurcations, notebook 03). A fraction is stable where the slope of the map, $(1-\rho)\,W\varphi'(u)-\varphi(u)+\varphi(0)$, is of size below 1; at a fold it is 1. Between the folds the network is therefore **bistable**: both a quiet and an active state are stable.

### Exercise · measure

For which $W$ does the network have *three* stationary rates? Give both ends of the range, the folds, to 0.01. `len(mean_field(logistic(1.0, 4.0), W))` counts them.
"""

# %%
check("two folds", [..., ...])

# %% tags=["solution"]
weights = np.append(np.arange(2.8, 3, 0.01), np.arange(5.35, 5.55, 0.01))
three = [w for w in weights if len(mean_field(logistic(1.0, 4.0), w)) == 3]
check("two folds", [three[0], three[-1]])

# %%
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
W = np.linspace(1, 6, 51)
branches = [(w, rho) for w in W for rho in mean_field(phi, w)]


def followed(weights, rho):  # the fraction after 160 steps at each weight in turn
    path = []
    for w in weights:
        for _ in range(160):
            rho = (1 - rho) * phi(w * rho) + rho * phi(0.0)
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

## Further · Finite networks, and how long they are active

*10 minutes.* The mean field is exact for infinitely many neurons. How does a finite network differ? First, its activity
fluctuates, in proportion to $1/\sqrt N$. Second, below $\Gamma W=2$ a silent step comes sooner or later, and then the network
stays silent.

**How much it fluctuates.** Let $\rho^*$ be stable, with the slope $\lambda=2-\Gamma W$, and let each silent neuron fire with $q=\Gamma W\rho^*=\Gamma W-1$. In each step the map multiplies a deviation by $\lambda$, its variance $\sigma^2$ by $\lambda^2$; and $(1-\rho^*)N$ independent draws add $(1-\rho^*)\,q(1-q)/N$ to the variance of the fraction. In balance $\sigma^2=\lambda^2\sigma^2+(1-\rho^*)\,q(1-q)/N$, so
$$\sigma\sqrt N=\sqrt{\frac{(1-\rho^*)\,q\,(1-q)}{1-\lambda^2}}=0.471\quad\text{at }\Gamma W=1.5 .$$

**How long it is active.** With $\mu=0$ only the number $k$ of active neurons matters. Each of the $N-k$ others fires in the
next step with probability $\Gamma Wk/N$, so the next $k$ has a binomial distribution. The network is therefore a Markov chain
with $N+1$ states. Its mean time to extinction, from a start with a third of the neurons active, is the solution of a linear
system (`extinction_time??`).
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
    print(f"N = {N}: mean time to extinction at a branching parameter of 1.5: "
          f"{extinction_time(N, 1.5):.4g} steps; at 0.9: {extinction_time(N, 0.9):.4g}")

# %% tags=["folded"]
# Figure: the mean fraction against the branching parameter, and the time to extinction
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
    "field. Right, the mean time to extinction against the size: at 1.5 it grows "
    "exponentially, below 1 only slowly.")

# %% [markdown]
r"""
## Further · Avalanches

*25 minutes.* Make one neuron fire in a silent network, and count the spikes until the network is silent again. Their number is the **size** $S$ of an avalanche; the number $D$ of steps with spikes is its **duration**. Take $\mu=0$, and let $m=\Gamma W$.

### Derive

1. In a large network one spike makes each of $N$ others fire with probability $m/N$. The number of its **offspring** is Poisson with mean $m$. Offspring have offspring: a **branching process**.
2. Mean size: one spike, then on average $m$, then $m^2$, and so on. For $m<1$ the sum is $1+m+m^2+\dots=\frac1{1-m}$.
3. **Duration.** Let $q_t$ be the probability that all is over after $t$ steps with spikes. It is over if the avalanche of each of the $n$ first offspring is over one step earlier: $q_{t+1}=\sum_n\frac{e^{-m}m^n}{n!}q_t^n=e^{m(q_t-1)}$, $q_0=0$. At $m=1$ write $s_t=1-q_t=P(D>t)$. Then $s_{t+1}=1-e^{-s_t}=s_t-\frac{s_t^2}2+\frac{s_t^3}6-\dots$, and the reciprocal is
$$\frac1{s_{t+1}}=\frac1{s_t}+\frac12+\frac{s_t}{12}+\dots$$
   The term $\frac12$, added up, gives $\frac1{s_t}\approx\frac t2$. Put $s_t\approx\frac2t$ into the next term: it adds up to $\frac16\ln t$. So
$$\frac1{P(D>t)}\approx\frac t2+\frac16\ln t+\text{const},\qquad P(D>t)\approx\frac2t,\qquad P(D=t)\approx\frac2{t^2}:$$
   exponent 2, and a logarithm that becomes small compared with $t$ only slowly.
4. **Size.** Go through the spikes of the avalanche one by one. Let $\xi_k$ be the number of offspring of the $k$-th spike; the $\xi_k$ are independent and Poisson distributed with mean $m$. After $j$ spikes, $1+\sum_{k\le j}(\xi_k-1)$ spikes remain to be visited: we started with one, and each visit removes one spike and adds $\xi_k$. The avalanche has size $n$ if this number reaches 0 for the first time at $j=n$. The $n$ numbers $\xi_k-1$ then sum to $-1$. Write them on a ring, and begin to read at any of the $n$ places. Exactly *one* of the $n$ readings reaches $-1$ only at the end, namely the one that begins after the place where the sum was first lowest. All $n$ readings are equally probable, so
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
    "follow the Borel distribution over four decades, with a tail of slope -3/2. In a "
    "network of 1000 neurons the tail is cut off. Right, the probability to last "
    "longer than t; the dashed line is the theory of step 3.")

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
    "point. That of the sizes is 3/2 from 30 spikes on; that of the durations creeps "
    "up to 2, and is still below it after hundreds of steps.")

# %% [markdown]
r"""
**Caution: the exponent of the durations converges slowly.** The fits of the durations miss 2, and the reason is neither statistical error nor the fit: with infinitely many avalanches they would give 1.88 and 1.94 all the same. It is the logarithm of step 3. The sizes have no such term; theirs is within 0.002 of $\frac32$ from the thirtieth spike on. So a measured 1.9, from avalanches of at most a few hundred steps, says nothing against an exponent of 2. And a network of a thousand neurons, whose tail is cut off, can't say much at all.

**Comparison with a measurement.** Klaus, Yu & Plenz (2011) fitted the sizes of avalanches in cortex, in dishes and in awake monkeys, by maximum likelihood too, and found a slope close to -1.5. Note that their size is the number of electrodes with a deflection of the local field potential, not a number of spikes. The slope agrees with a critical branching process. It does not prove one: other mechanisms make such tails as well, and an electrode records from few of the neurons.

## Further · Two neurons that share an input

*12 minutes.* Neuron C excites the neurons A and B, which are not connected with each other. Are the spikes of A and B correlated?

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("shared input")

# %% [markdown]
r"""
The exact chain of the three neurons gives the correlations without any simulation (see [The exact chain of a small
network](#Further-·-The-exact-chain-of-a-small-network)). The second to last line uses only the steps that follow a spike of
C. The last line uses only those that follow a step in which no neuron fired.
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
Given the whole past, the neurons fire independently within a step (section 4). All correlation within a step therefore comes
from the past that A and B share, and it vanishes if this past is given. It is not sufficient to know the past of C alone,
because A or B may just have fired and been reset. The correlation one step apart is negative. If A fired, C probably fired
one step earlier and was reset, so it is less likely to excite B next. B, too, fires more often than usual in the step of A's
spike, and is then reset.

### Exercise · predict

Now C excites A with the weight 3, but inhibits B with the weight −2. Which signs do the following four correlations have?
Write 1, −1 or 0 for each. Decide first. Then change the two weights in the cell above, and also print `later[1, 2]` for the
third correlation.

1. A and B in the same step.
2. B one step after A.
3. A one step after B.
4. A and B in the same step, given that all three neurons were silent before.
"""

# %%
signs = [..., ..., ..., ...]

check("opposite effects", signs)

# %% tags=["solution"]
opposite = GalvesLocherbach(W=[[0, 0, 0], [3, 0, 0], [-2, 0, 0]], phi=logistic(1.2),
                            I_ext=[1, 0, 0])
same, later = (joint - np.outer(opposite.rates(), opposite.rates())
               for joint in joint_probabilities(opposite))
found = [int(np.sign(c)) for c in (same[1, 2], later[2, 1], later[1, 2])]
check("opposite effects", [*found, 0])

# %% [markdown]
r"""
## Further · Who is connected to whom?

*20 minutes.* A network has five neurons and seven of the twenty possible synapses. Can you find the synapses if only the raster is recorded?

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
    "the correlations of spikes one step apart: strong at the synapses, faint "
    "elsewhere but not always 0. Right, the weights decoded from the raster, close to "
    "the truth.")

# %% [markdown]
r"""
The middle matrix is the naive estimate. Without a synapse, the statistical error alone gives about $\pm0.01$, and a larger value looks like a weak synapse. The right matrix uses the likelihood, that is, it chooses the weights under which the raster is most probable. For a logistic $\varphi$ this is **logistic regression** of $X_i(t)$ on all $X_j(t-1)$, in the steps in which neuron $i$ was not reset, $X_i(t-1)=0$. A connection counts as found where the estimate is 3.3 standard errors from 0.

A longer recording does not solve the problem. The network of five neurons is small enough to compute the correlations *exactly*.
The figure below shows every pair of neurons that a recording of 100,000 steps would report as connected. These are the pairs
whose exact correlation differs from 0 by at least 3.3 standard errors.
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
    "true seven connections. Middle, the connections that exact correlations suggest: "
    "the seven and, dotted, false ones. Right, the connections decoded from 10,000 "
    "steps.")

# %% [markdown]
r"""
How long must a recording be? We compare with a second method, in the spirit of Duarte et al. (2019), which makes no assumption about $\varphi$. It counts how often $i$ fires with and without a spike of $j$, in windows in which all other neurons did the same.
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
    "window method, which assumes no model, needs more than ten times as many. Right, "
    "the error of the decoded weights falls about as one over the square root of the "
    "length, and faster at first, where the recordings are short.")

# %% [markdown]
r"""
## Further · Ten thousand neurons

*5 minutes.* How fast can a large network be simulated? Three ideas help. *First,* the event $U<\varphi(V)$ is the same as $\varphi^{-1}(U)<V$. All random numbers can therefore be turned into thresholds at once, and a step needs one comparison for each neuron. *Second,* few neurons fire in a step, so only their columns of $W$ are added. *Third,* as long as no $\varphi(V)$ exceeds $\frac1{16}$, a $U$ above $\frac1{16}$ causes no spike. In a large quiet network only the smaller $U$ are drawn, and the gaps between them are geometric, as in section 1. (All three ideas are in `course_utils/fast/galves_locherbach.py`; a test compares their raster with that of the plain loop.) The same seed gives the same raster on the same machine with the same versions. On another machine a sum may be rounded differently, and a single changed spike then changes all that follow.
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

1. You double the length of a step from 1 to 2 ms and keep $p=0.05$ per step. What happens to the rate in Hz? What should you do instead?
2. A colleague fits $\mu$ by maximum likelihood and finds $\mu=1$. The neurons fire in nearly every step. Why is this estimate uncertain?
3. At $\Gamma W=3$ you change the random seed, `CriticalNetwork(branching_parameter=3, seed=...)`. What changes in the panel's picture, and what doesn't?
4. (From notebook 03.) A FitzHugh-Nagumo neuron at $I=0.5$ follows a limit cycle. The network at $\Gamma W=3$ alternates, too. What happens in each case after a small disturbance?

<details>
<summary>Answers</summary>

1. It is halved, because half as many draws are made per second. A probability belongs to a step, but a rate does not. Keep the rate and compute $p=1-e^{-\text{rate}\times\text{step}}$.
2. In a neuron that fires in nearly every step, $V$ is 0 or contains the input of one step, whatever $\mu$ is. The likelihood then hardly depends on $\mu$, and noise decides where its maximum is.
3. The members of the larger group change, and slightly their number (0.63 ± 0.01), because the first steps are random. The alternation does not change, because nothing is random from the third step on.
4. The limit cycle attracts: the disturbance decays, and only the phase remains shifted. The alternation is marginal: $\rho$ and $1-\rho$ alternate for *every* $\rho$ in the range, so a disturbance remains indefinitely.

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

**50 minutes.** Section 1 (10, start with the picture of the twenty trials), section 3 with the box on the reset (15), section 5 with the panel on the projector (20), the picture of section 6 (5). The exercises become homework. **90 minutes.** The whole core without the exercises *derive* and *find the fault*; *A recorded neuron*, *Avalanches* or *Who is connected to whom?* as homework.

**Misconceptions, and what to answer.** *Noise is an error that better equipment would remove:* the channels themselves open at random. *A
rate is a probability:* halve the step, and the probability of a spike in a step halves, whereas the rate stays. *$\varphi$ is an activation as in machine
learning:* it returns a probability, and the output is drawn from it. *The mean field is exact for a small network:* run 50 neurons at
$\Gamma W=1.1$. *A straight line on double-logarithmic axes is a power law:* ask over how many decades. *Correlation is connection:* a shared input
correlates neurons that are not connected.

**Vote.** At $\Gamma W=1.1$ a network of 50 neurons is always silent after a while. Is the theory wrong? *(No: for
$1<\Gamma W<2$ any finite network falls silent, after a time exponential in $N$.)*

**Rubric for "another phi".** 1 point: finds the onset at 2 by trying weights. 2: also gives the fraction 0.5 and states that it appears by a jump. 3: explains why: a stationary $\rho>0$ needs $1=w^2\rho(1-\rho)\le w^2/4$. 4: finds that silence stays stable for all weights, and concludes that the network remembers whether it was activated.
"""

# %% [markdown]
r"""
[← 04 Cable theory](04_cable_theory.ipynb) · [06 Learning: spike-timing-dependent plasticity →](06_learning_stdp.ipynb)
"""
