# %% [markdown]
r"""
# 05 · Stochastic neuron models

**The question.** The same stimulus never gives the same spike train twice. What is a neuron that fires by chance, and what can a network of such neurons do that one of them can't?

**You will be able to**
- compute the law of the intervals between spikes from the probability to fire;
- simulate a Galves-Löcherbach network, and say why its memory ends at each neuron's own last spike;
- write down the likelihood of a raster, and use it to measure the leak of a neuron from its spikes alone;
- derive the point at which a network begins to chatter, and the point at which chance leaves it.

**Time.** Core: 60 minutes (sections 1–5). Further: about 135 minutes, in any order.

**You need.** Notebook [03](03_from_biophysics_to_dynamics.ipynb) (fixed points, stability) and probability as far as "independent events multiply".

**The thread.** So far each neuron was a differential equation: same current, same voltage, same spikes. The article now turns to chance, and shows a picture of a stochastic network in three dimensions. You will build that network, and find the two places where one knob changes everything.
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
from course_utils.notebook_05.exercises import check, predict
from course_utils.notebook_05.experiments import CriticalNetwork, density
from course_utils.notebook_05.renewal import SingleNeuron, interval_distribution, intervals

# %%
GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(1.0))

# %% [markdown]
r"""
The table shows the two numbers that every such network has. Mind the first: it is what is *left*, so 0 forgets at once and 1 never leaks. The rest of the alphabet is used from section 3 on; all of it has no unit:

| symbol | meaning |
|---|---|
| $t=0,1,2,\dots$ | step of time, think of 1 ms |
| $X_i(t)$ | 1 where neuron $i$ fires in step $t$, else 0 |
| $V_i(t)$ | membrane potential of neuron $i$, known *before* $X_i(t)$ is drawn |
| $W_{ij}$ | weight **to** $i$ **from** $j$, `W[post, pre]`; $W_{ii}=0$ |
| $\varphi(V)$ | probability to fire in a step, from 0 to 1 |
"""

# %% [markdown]
r"""
## 1 · Why chance?

The article says that deterministic models represent recordings of single neurons pretty well (E3). That holds where a current is injected into a cell in a dish. In a living brain the same picture, shown twenty times, gives twenty different spike trains. The article's reason for chance, that people create new things and so their neurons must sample (E2), does not follow. Chance has sources that one can measure: ion channels open at random, synapses release their vesicles at random, and most inputs of a neuron are not observed.

The simplest neuron of chance is a coin. In each step of 1 ms it fires with probability $p$, whatever happened before.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("coin neuron")

# %% [markdown]
r"""
### Derive

1. An **interval** $K$ of $k$ steps means: silent for $k-1$ steps, then a spike. Steps are independent, so probabilities multiply. With $q=1-p$:
$$P(K=k)=f_k=q^{k-1}\,p .$$
   This is the **geometric** law.
2. Its mean. The interval outlasts $k$ steps if these are silent: $P(K>k)=q^k$. Each step $k+1$ that is reached lengthens it by 1, so
$$E[K]=\sum_{k=0}^\infty P(K>k)=\sum_{k=0}^\infty q^k=\frac1{1-q}=\frac1p .$$
3. Its mean square, in the same way: step $k+1$ lengthens the square by $(k+1)^2-k^2=2k+1$. The series $\sum_kq^k=\frac1{1-q}$, differentiated and multiplied by $q$, gives $\sum_kk\,q^k=\frac q{(1-q)^2}=\frac q{p^2}$. So
$$E[K^2]=\sum_{k=0}^\infty(2k+1)\,q^k=\frac{2q}{p^2}+\frac1p .$$
4. The variance is $E[K^2]-E[K]^2=\dfrac{2q+p-1}{p^2}=\dfrac q{p^2}$, since $p-1=-q$. The **coefficient of variation**, standard deviation over mean, is
$$\mathrm{CV}=\frac{\sqrt q/p}{1/p}=\sqrt{1-p}.$$
   A clock has CV 0. For small $p$ the coin is close to 1.
5. Count the spikes in a window of $n$ steps. One step has the mean $p$ and the variance $p-p^2$; $n$ independent steps have $np$ and $np(1-p)$. Variance over mean is the **Fano factor**:
$$F=1-p .$$

### Run

Twenty trials with the same stimulus: the Hodgkin-Huxley membrane of notebook 02, and a coin neuron.
"""

# %%
t, trials = np.arange(0, 100, 0.02), 20
rest = HodgkinHuxley().rest()
run = simulate(HodgkinHuxley(I_ext=10), t, start=[np.full(trials, x) for x in rest])
coin = np.random.default_rng(3).random((100, trials)) < 0.07
fig, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharey=True, layout="constrained")
axes[0].eventplot(spike_times(t, run.V, 50.0), colors=COLOR["V"], linelengths=0.8,
                  linewidths=1.2)
axes[1].eventplot([np.flatnonzero(x) for x in coin.T], colors=COLOR["V"],
                  linelengths=0.8, linewidths=1.2)
for ax, title in zip(axes,
                     ("Hodgkin-Huxley, 10 µA/cm²", "coin neuron, $p=0.07$ per ms")):
    ax.set(title=title, xlabel="time (ms)", xlim=(0, 100), ylim=(-0.7, 19.7))
axes[0].set(ylabel="trial", yticks=(0, 10, 19))
label_panels(axes)
show(
    fig,
    "The same stimulus, twenty times. Left, a deterministic neuron fires at the same "
    "times in every trial. "
    "Right, a neuron of chance fires differently each time, as neurons in a living "
    "brain do."
)
print("all twenty deterministic trials the same:", bool((run.V == run.V[:, :1]).all()))

# %%
p, windows = 0.05, 4000
spikes = np.random.default_rng(2).random(
    (windows, 1000)) < p  # windows of 1000 steps: one second
counts, gaps = spikes.sum(axis=1), intervals(spikes.ravel())
print(f"spikes in a window: mean {counts.mean():.2f}, variance {counts.var():.1f}")
print(
    f"Fano factor  {counts.var() / counts.mean():.3f}   theory 1 - p       = "
    f"{1 - p:.3f}   (by chance ± 0.02)"
)
print(f"mean interval {gaps.mean():.2f}   theory 1/p         = {1 / p:.2f} steps")
print(
    f"CV           {gaps.std() / gaps.mean():.4f}  theory sqrt(1 - p) = "
    f"{np.sqrt(1 - p):.4f}"
)

# %% [markdown]
r"""
**Beside a measurement.** For single neurons of the monkey's visual cortex Shadlen & Newsome (1998, their table 1) give: intervals about exponential, which is the geometric law for small $p$, and a variance of the count of 1 to 1.5 times its mean. The coin has 0.95. It is a good first guess, and slightly too regular.
"""

# %% [markdown]
r"""
## 2 · From hazard to intervals

A real neuron is no coin: just after a spike it does not fire at once. Let the probability depend on the time since its last spike, and on nothing before that.

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
4. Where does $h_k$ come from? From a potential. After a spike $V=0$. In each later step a share $\mu<1$ of $V$ is left (the **leak factor**) and an input $I$ arrives; what arrives in the step of the spike itself is lost. So
$$V_1=0,\quad V_2=I,\quad V_3=I+\mu I,\quad\dots\quad V_k=I\,(1+\mu+\dots+\mu^{k-2})=I\,\frac{1-\mu^{k-1}}{1-\mu}.$$
5. The neuron fires with probability $h_k=\varphi(V_k)$. A usual choice is the **logistic** function with threshold $\theta$ and slope $s$: $\varphi(V)=\dfrac1{1+e^{-s(V-\theta)}}$.
6. Nothing from before the last spike enters $V_k$. So an interval tells nothing about the next one: they are independent, and all have the law $f_k$. Such a train of spikes is a **renewal process**: at each spike it begins anew. Its mean interval is $E[K]=\sum_{k\ge0}P(K>k)=\sum_{k\ge0}S_k$, as in section 1, and its rate is $1/E[K]$ spikes per step.

### Run
"""

# %%
neuron = SingleNeuron(shape="logistic", threshold=2.0, slope=4.0, leak=0.9, I_ext=0.2)
k = np.arange(1, 41)
sample = neuron.sample(5000, 200)
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
    fig,
    "Left, the probability to fire rises with the time since the last spike, as the "
    "potential climbs. Right, the "
    "histogram of simulated intervals lies on the law that the hazard gives, with a "
    "peak at 16 steps."
)
law = neuron.statistics()
print(
    f"mean interval {law.mean:.2f}, simulated {sample.mean():.2f};   CV {law.cv:.4f}, "
    f"simulated {sample.std() / sample.mean():.4f}"
)
print(f"the most frequent interval: {law.mode} steps")

# %% [markdown]
r"""
### Investigate

Change the shape of $\varphi$ (its form, its slope $s$, its threshold $\theta$) and the leak factor $\mu$; the input stays at $I=0.2$. Find three neurons: a clock (CV below 0.05), a coin (CV above 0.85), and one with a CV near 0.5 that hardly ever fires within three steps.
"""

# %%
def interval_report(neuron, sample):
    fired = sample[sample > 0]
    if len(fired) == 0:
        return f"{neuron.shape}: silent for all 120 steps, since the potential stays where the chance to fire is nil."
    if len(fired) < 0.95 * len(sample):
        return (
            f"{neuron.shape}: {len(sample) - len(fired)} of 3000 neurons are still "
            "silent after 120 steps: too many for a mean "
            f"or a CV. The hazard ends at {neuron.hazards(120)[-1]:.2g} per step.")
    return (
        f"{neuron.shape}: mean interval {fired.mean():.1f} steps, the shortest "
        f"{fired.min()}; CV {fired.std() / fired.mean():.3f} "
        f"(a clock has 0, a coin nearly 1).")

# %% tags=["nbval-ignore-output"]
def view(fig):
    grid = fig.add_gridspec(2, 2)
    shape, rises, bars = fig.add_subplot(grid[:, 0]), fig.add_subplot(
        grid[0, 1]), fig.add_subplot(grid[1, 1])
    shape.set(xlabel="$V$", ylabel=r"$\varphi(V)$", xlim=(-0.1, 4.1),
              ylim=(-0.03, 1.03), title="chance to fire; dots: where V passes")
    rises.set(ylabel="hazard $h_k$", xlim=(0, 60), ylim=(-0.03, 1.03), xticklabels=[])
    bars.set(xlabel="steps $k$ since the last spike", ylabel="probability",
             xlim=(0, 60), ylim=(0, 0.5))
    V, k = np.linspace(0, 4, 201), np.arange(1, 121)
    curve, = shape.plot([], [], color=COLOR["vermillion"], animated=True)
    passed, = shape.plot([], [], "o", ms=4, color=COLOR["V"], animated=True)
    hazard, = rises.plot([], [], color=COLOR["vermillion"], animated=True)
    seen, = bars.step([], [], where="mid", color=COLOR["V"], lw=1.2, animated=True,
                      label="3000 intervals")
    law, = bars.plot([], [], "--", color=COLOR["theory"], animated=True,
                     label="law $f_k$")
    bars.legend(loc="upper right")

    def update(neuron):
        h, sample = neuron.hazards(120), neuron.sample(3000, 120)
        curve.set_data(V, neuron.phi(V))
        passed.set_data(neuron.potentials(120), h)
        hazard.set_data(k, h)
        seen.set_data(k, np.bincount(sample, minlength=121)[1:] / 3000)
        law.set_data(k, interval_distribution(h))
        return interval_report(neuron, sample)

    return update


Panel(SingleNeuron(), view, "shape", "slope", "threshold", "leak")

# %% [markdown]
r"""
## 3 · The Galves-Löcherbach network

Now let the input come from other neurons. The article prints two formulas. In today's symbols:
$$P\bigl(X_i(t)=1\mid\text{past}\bigr)=\varphi\bigl(V_i(t)\bigr),\qquad V_i(t)=\sum_j\sum_{s=t_0}^{t}w_{ij}(t-s)\,X(s).$$
The idea is right: chance decides, and the past decides the chance. Three repairs are small. $X(s)$ needs an index, the sender's: $X_j(s)$, with $j\ne i$ (E36). Weight and fading share one symbol; write $W_{ij}\,g(k)$, a weight times a kernel of the delay (E37). And $w_{ij}$ goes from $j$ to $i$ here but from $i$ to $j$ in the article's section on learning; we always write $W_{ij}$ to $i$ from $j$ (E39). Each has its experiment in *Further · Three small repairs*. Two repairs are large: where the sum begins, and where it ends.

### Derive

1. Let $L_i(t)$ be the last step *before* $t$ in which neuron $i$ fired ($-1$ if it never did). Its memory begins anew there; $I_i$ is an input from outside (`I_ext`):
$$V_i(t)=\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\Bigl[\sum_{j\ne i}W_{ij}X_j(s)+I_i\Bigr].$$
   An empty sum is 0. The kernel is $g(k)=\mu^k$: each step keeps the share $\mu$.
2. Suppose $i$ fires in step $t$. Then $L_i(t+1)=t$, the sum runs from $t+1$ to $t$, it is empty: $V_i(t+1)=0$.
3. Suppose $i$ is silent in step $t$. Then $L_i(t+1)=L_i(t)$. Split off the last term, $s=t$, whose factor is $\mu^0=1$; in all others one $\mu$ can be taken out:
$$V_i(t+1)=\mu\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\bigl[\dots\bigr]+\sum_{j\ne i}W_{ij}X_j(t)+I_i=\mu V_i(t)+\sum_{j\ne i}W_{ij}X_j(t)+I_i .$$
4. Both cases in one line, the one to program:
$$\boxed{V_i(t+1)=\bigl(1-X_i(t)\bigr)\Bigl[\mu V_i(t)+\sum_{j\ne i}W_{ij}X_j(t)+I_i\Bigr]}$$
   The whole past has shrunk to one number per neuron.

**Why the reset is the point.** The usual models of chance, Markov chains, look back a fixed number of steps. This one looks back as far as it must and no further: to the neuron's own last spike, which is 3 steps ago for one neuron and 40 for another. Mathematicians call it a *memory of variable length*. For neuron $i$ a spike cuts every tie to what came before; the others, who heard that spike, still carry it. In section 2 it made the intervals independent. What it does for a network, you will see now.
"""

# %%
network = GalvesLocherbach(W=[[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]], phi=logistic(1.0),
                           leak=0.7)
X = network.simulate(60, 4).spikes
fired_before = [[np.flatnonzero(X[:t, i]).max(initial=-1)
                 for i in range(3)]
                for t in range(60)]  # L_i(t)
V_sum = np.array([[
    sum(0.7**(t - 1 - s) * network.W[i] @ X[s]
        for s in range(fired_before[t][i] + 1, t))
    for i in range(3)
]
                  for t in range(60)])
print("the sum and the one-line rule agree:", np.allclose(V_sum, network.potentials(X)))
fig, axes = plt.subplots(3, 1, figsize=(8, 3.4), sharex=True, sharey=True,
                         layout="constrained")
for i, ax in enumerate(axes):
    ax.axhline(0, color=COLOR["ghost"], lw=0.8)
    ax.fill_between(range(60), V_sum[:, i], step="post", color=COLOR["V"], alpha=0.15,
                    lw=0)
    ax.step(range(60), V_sum[:, i], where="post", color=COLOR["V"], lw=1.3)
    ax.vlines(np.flatnonzero(X[:, i]) + 1, 4, 6, color=COLOR["vermillion"],
              lw=1.6)  # where step t ends
    ax.set(ylabel=f"$V_{i + 1}$", xlim=(0, 60), ylim=(-4, 6.2), yticks=(-3, 0, 3))
axes[2].set(xlabel="step $t$")
show(
    fig,
    "Potentials of three neurons that excite and inhibit each other, one above the "
    "other; vermillion bars are their spikes. "
    "At each bar of its own a neuron starts again from 0, whatever it had collected.")

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

**The article says** the sum begins at a fixed $t_0$ (E34), so a neuron never forgets.

**What is right:** it begins after the neuron's own last spike, at $L_i(t)+1$. This reset is the heart of the model: it makes each spike a fresh start. (In the paper of 2013 the sum seems to begin at $L_i$ itself, which keeps the input of the step of the spike; simulations begin one step later. The two are different models: say which.)

**How we know:** the next cell runs all three.

</div>

`next_potential` is the one line of the model that you derived. A subclass replaces it.
"""

# %%
class AsPrinted(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return self.leak * V + arriving + self.I_ext  # no reset


class Kept(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return np.where(
            X, 0.0, self.leak
            * V) + arriving + self.I_ext  # the input of one's own step is kept


for kind, exact in ((AsPrinted, "-> 1, 1"), (Kept, "0.2041, 0.1791"),
                    (GalvesLocherbach, "0.1855, 0.1662")):
    pair = kind(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=1.0)
    rates = pair.simulate(20_000, 1, keep_V=False).spikes[200:].mean(axis=0)
    print(
        f"{kind.__name__:17} firing probabilities {rates[0]:.3f}, {rates[1]:.3f}   "
        f"exact {exact}"
    )

# %% [markdown]
r"""
As printed, both neurons end up firing in every step.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** the sum runs up to $s=t$ (E35).

**What is right:** it ends at $t-1$. Otherwise $V_i(t)$, which decides who fires in step $t$, contains who fires in step $t$.

**How we know:** fix the random numbers $U_i$ of one step, so that neuron $i$ fires where $U_i<\varphi(V_i)$, and look for patterns that agree with themselves.

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
With the same random numbers the printed rule allows two different answers in the first network, and none in the second: it is a riddle, not a law. With the sum up to $t-1$ there is exactly one answer, always.
"""

# %% [markdown]
r"""
## 4 · A probability, and the law of a raster

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** $\varphi$ is a non-linear activation function and $V$ the synaptic input (E38).

**What is right:** $\varphi$ is a **probability**. It must lie between 0 and 1, and it must not decrease. $V$ is a membrane potential: it contains the leak and the reset, too. And one sentence is missing, without which the model isn't defined: *given the past, the neurons fire independently of each other within a step.*

**How we know:** an activation function like $e^V$ gives "probabilities" that are none.

</div>
"""

# %%
V = 1.0
p = np.exp(V)
print(f"phi = exp: chance to fire at V = 1 is {p:.2f}, chance to be silent {1 - p:.2f}")
print("what a program makes of it without a word:",
      np.mean(np.random.default_rng(0).random(1000) < p))
try:
    GalvesLocherbach(W=[[0, 2], [2, 0]], phi=np.exp).simulate(10, 1)
except ValueError as error:
    print("the course's model:", error)

# %% [markdown]
r"""
### Derive

1. Let $p_i=\varphi(V_i(t))$. A neuron shows $x_i=1$ with probability $p_i$ and $x_i=0$ with probability $1-p_i$. Both in one formula: $p_i^{x_i}(1-p_i)^{1-x_i}$.
2. Given the past, the neurons are independent: *within* a step none hears another. That is an assumption about the length of the step: no longer than a spike needs to reach the next neuron, and too short for two spikes of one neuron; about 1 ms does. *From step to step* they depend on each other, through $V$. So for a pattern $x=(x_1,\dots,x_N)$
$$P\bigl(X(t)=x\mid\text{past}\bigr)=\prod_{i=1}^N p_i^{x_i}(1-p_i)^{1-x_i}.$$
3. A raster is one pattern after another, each given its past. So these probabilities multiply, too, and their logarithms add up to the **log-likelihood**
$$\ell=\sum_t\sum_i\log\Bigl[p_i(t)^{X_i(t)}\,\bigl(1-p_i(t)\bigr)^{1-X_i(t)}\Bigr].$$
   It says how probable this raster is under this model, in natural units (nat).

### Exercise
"""

# %%
def log_likelihood(X, p):
    """The natural logarithm of the probability of the raster X (steps, N), p (steps, N) being the chances to fire."""
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
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
ax.plot(leaks, ell, color=COLOR["V"])
ax.axvline(0.8, color=COLOR["theory"], ls="--", lw=1)
ax.plot(leaks[ell.argmax()], ell.max(), "o", color=COLOR["vermillion"])
ax.set(xlabel=r"assumed leak factor $\mu$", ylabel=r"log-likelihood $\ell$ (nat)",
       xlim=(0, 0.95))
ax.text(0.79, ell.min(), "truth", ha="right", va="bottom")
show(
    fig,
    "The log-likelihood of a raster of 4000 steps against the leak that one assumes. "
    "Its maximum, the dot, is close to "
    "the true leak of 0.8, the dashed line: the spikes alone tell how leaky the "
    "neurons are."
)
near = leaks[ell > ell.max() - 2]
print(
    f"read off: {leaks[ell.argmax()]:.3f}, true 0.8; within 2 nat of the maximum: "
    f"{near[0]:.3f} to {near[-1]:.3f}"
)

# %% [markdown]
r"""
## 5 · The edge of chatter

Connect all $N$ neurons to all others, each with the weight $W/N$. Take the simplest $\varphi$: $\varphi(V)=\Gamma V$, cut off at 0 and 1, with the **gain** $\Gamma$. Nothing is left of $V$ from step to step: $\mu=0$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("gain three")

# %% [markdown]
r"""
### Derive

1. Let $\rho(t)$ be the share of neurons that fire in step $t$. Every neuron that was silent receives the same: $W\rho(t)$.
2. Those that fired, a share $\rho$, are reset to $V=0$, and $\varphi(0)=0$: they are silent next.
3. The others, a share $1-\rho$, fire with probability $\varphi(W\rho)$. In a very large network shares and probabilities coincide, so
$$\rho(t+1)=\bigl(1-\rho(t)\bigr)\,\varphi\bigl(W\rho(t)\bigr)=\Gamma W\,\rho(t)\,\bigl(1-\rho(t)\bigr)\qquad\text{as long as }\Gamma W\rho\le1 .$$
   This is the **logistic map**, famous for chaos. Only the product $\Gamma W$ counts.
4. **Fixed points**, $\rho(t+1)=\rho(t)$. One is $\rho=0$. Divide by $\rho$ for the other: $1=\Gamma W(1-\rho)$, hence $\rho^*=1-\dfrac1{\Gamma W}$.
5. **Stability.** A small deviation is multiplied by the slope of the map, $\Gamma W(1-2\rho)$. At 0 the slope is $\Gamma W$: silence is stable below $\Gamma W=1$, the **critical point**. There the network changes its state, as water does when it boils: a **phase transition**, here without a jump, since $\rho^*$ grows from 0. At $\rho^*$ it is $2-\Gamma W$, of size below 1 between 1 and 3: stable there, if the formula held.
6. It does not hold that far. At $\rho^*$ the input is $\Gamma W\rho^*=\Gamma W-1$, which reaches 1 at $\Gamma W=2$. From there on $\varphi$ is at its ceiling: *every* silent neuron fires, $\rho(t+1)=1-\rho(t)$. So $\rho$ and $1-\rho$ take turns, whatever $\rho$ is. There is no chaos.

### Run

Three networks of 200 neurons, of which 30 % fire first. Each row of the raster is one neuron; below it stands the share that fires. After a silent step one neuron is woken.
"""

# %%
fig, axes = plt.subplots(2, 3, figsize=(8.6, 3.5), sharex=True, sharey="row",
                         height_ratios=(3, 2), layout="constrained")
for (top, bottom), branching_parameter in zip(axes.T, (0.8, 1.5, 3.0)):
    network = CriticalNetwork(branching_parameter=branching_parameter, N=200)
    run = network.run()
    pictures.raster(top)(density(run.spikes[:80]))
    bottom.plot(run.rate[:80], color=COLOR["V"], lw=1.2, label="200 neurons")
    bottom.plot(network.theory()[:80], "--", color=COLOR["theory"], lw=1,
                label="infinitely many")
    top.set(title=rf"$\Gamma W={branching_parameter}$", yticks=[])
    bottom.set(xlabel="step $t$", xlim=(0, 79), ylim=(0, 0.75))
axes[0, 0].set_ylabel("neurons")
axes[1, 0].set_ylabel(r"share $\rho$")
axes[1, 0].legend(loc="upper right", fontsize=8)
show(
    fig,
    "Rasters of 200 neurons over their rates. At gain times weight 0.8 the activity "
    "dies, and woken neurons start short "
    "avalanches; at 1.5 about a third fires in each step, at random; at 3 two fixed "
    "groups take turns, without chance."
)

# %% [markdown]
r"""
Draw the map, and climb between the curve and the diagonal: this staircase is called a **cobweb**. The points are a network of 2000 neurons, each pair $\rho(t),\rho(t+1)$ one point.
"""

# %%
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3), layout="constrained")
for ax, branching_parameter, start in zip(axes, (0.8, 1.5, 3.0), (0.6, 0.05, 0.3)):
    network = CriticalNetwork(branching_parameter=branching_parameter, start=start)
    rate = network.run().rate
    pictures.cobweb(ax)(network.next_share, start, rate)
    ax.set_title(rf"$\Gamma W={branching_parameter}$")
    print(
        f"gain x weight {branching_parameter}: the last of 160 steps: {rate[-2]:.4f}, "
        f"{rate[-1]:.4f};   "
        "stationary in theory: "
        f"{', '.join(f'{r:.4f}' for r in mean_field(clipped_linear(), branching_parameter))}"
    )
axes[0].legend(loc="upper left", handlelength=1.4, fontsize=8)
label_panels(axes)
show(
    fig,
    "Three cobwebs. Below gain times weight 1 the staircase falls to silence; at 1.5 "
    "it climbs to one third; at 3 "
    "it jumps between 0.63 and 0.37 for ever. The network of 2000 neurons scatters "
    "around the curve of the mean field."
)

# %% [markdown]
r"""
### Investigate

The panel runs 160 steps of up to 2000 neurons on **frozen noise**: the same random number decides the same neuron in the same step, wherever the sliders are. What changes is due to you, not to chance. Two sliders are new: the leak factor $\mu$, and a threshold $V_T$, with $\varphi(V)=\Gamma(V-V_T)$ cut off at 0 and 1.

1. Move $\Gamma W$ slowly from 0 through 1. Where do lone flashes become clouds that don't die?
2. On through 2, to 3. Where does the noise disappear?
3. Raise $V_T$, then lower $\Gamma W$. The activity ends with a jump. From what value?
4. Raise $\mu$: the edge moves to $\Gamma W=1-\mu$.
"""

# %%
def told(network, run):
    where = f"ΓW = {network.branching_parameter:.2f}" + (
        f" (edge at {1 - network.leak:.2f}): " if network.threshold == 0 else ": ")
    if run.avalanches.size:
        return where + (
            f"silent {run.avalanches.size} times and woken each time; the largest "
            "avalanche that followed has "
            f"{run.avalanches.max()} spike{'s' if run.avalanches.max() > 1 else ''}.")
    even, odd = run.rate[-20::2].mean(), run.rate[-19::2].mean()
    if abs(even - odd) > 0.05:
        return where + f"flicker, {max(even, odd):.3f} and {min(even, odd):.3f} take turns."
    return where + f"chatter, {run.rate[-50:].mean():.3f} ± {run.rate[-50:].std():.3f} fire in each step."

# %% tags=["nbval-ignore-output"]
def view(fig):
    grid = fig.add_gridspec(2, 2, width_ratios=(2, 1))
    left, rate, right = fig.add_subplot(grid[0, 0]), fig.add_subplot(
        grid[1, 0]), fig.add_subplot(grid[:, 1])
    left.set(xlim=(0, 160), ylim=(0, 1), xticks=[], yticks=[], ylabel="neurons")
    rate.set_yscale("function",
                    functions=(lambda y: np.sqrt(np.maximum(y, 0)), np.square))
    rate.set(xlim=(0, 160), ylim=(0, 1.05), xlabel="step", ylabel=r"share $\rho$",
             yticks=[0, 0.01, 0.1, 0.37, 0.63])
    expected, = rate.plot([], [], "--", color=COLOR["theory"], lw=1, animated=True,
                          zorder=1)
    seen, = rate.plot([], [], color=COLOR["V"], lw=1.2, animated=True, zorder=2)
    who, web = pictures.raster(left, animated=True), pictures.cobweb(
        right, animated=True)
    right.set(xlim=(0, 0.95), ylim=(0, 0.95))
    right.legend(loc="upper left", fontsize=8, handlelength=1.4)
    rate.text(159, 1.02, "square-root axis; dashed: infinitely many neurons",
              ha="right", va="top", fontsize=8)

    def update(network):
        run = network.run()
        who(density(run.spikes))
        seen.set_data(range(160), run.rate)
        expected.set_data(range(160), network.theory())
        web(network.next_share, network.start, run.rate)
        return told(network, run)

    return update


Panel(CriticalNetwork(branching_parameter=1.0), view, "branching_parameter", "leak",
      "threshold", "N")

# %% [markdown]
r"""
### Exercise
"""

# %%
def stable_rate(branching_parameter):
    """The stable share of firing neurons, for gain times weight between 0 and 2 (no leak, no threshold)."""
    ...


check("stationary rate", stable_rate)

# %% tags=["solution"]
def solved_stable_rate(branching_parameter):
    return max(0.0, 1 - 1 / branching_parameter)


check("stationary rate", solved_stable_rate)

# %% [markdown]
r"""
### Modify

Square the probability: $\varphi(V)=\operatorname{clip}(\Gamma V,0,1)^2$. Now a weak input is nearly ignored. At which $\Gamma W$ does activity first become possible, and which share fires there? `mean_field(phi, w)` returns *all* stationary shares. Change `w` until a new one appears.
"""

# %%
def squared(V):
    return np.clip(V, 0, 1)**2


w = 1.2
print("stationary shares:", mean_field(squared, w))
check("another phi", [..., ...])

# %% tags=["solution"]
for weight in (1.9, 1.99, 2.01, 2.1):
    print(weight, mean_field(lambda V: np.clip(V, 0, 1)**2, weight).round(3))

check("another phi", [2.0, 0.5])

# %% [markdown]
r"""
## What you saw

1. Chance is measured, not assumed: a coin neuron has Fano factor $1-p$ and CV $\sqrt{1-p}$, close to those of cortex.
2. The hazard decides the intervals: $f_k=h_k(1-h_1)\cdots(1-h_{k-1})$.
3. In the Galves-Löcherbach model the past is one number per neuron, and it ends at the neuron's own last spike. Without that reset the rates run to 1.
4. $\varphi$ is a probability, and neurons are independent within a step; so a raster has a likelihood, from which one can read what one can't see.
5. One knob, three worlds: silence below $\Gamma W=1$, chatter of $1-1/(\Gamma W)$ above, and from 2 on a flicker without chance.
"""

# %% [markdown]
r"""
## Further · The article's picture, from our own simulation

*10 minutes.* The article closes its section with a picture of activity in three dimensions: layers, neurons, time. Here is one that you can compute. 4000 neurons in four layers, each with 800 excitatory and 200 inhibitory ones on a ring; a neuron hears its neighbours, and those above it in the layer before (`LayeredNetwork??`). 180 steps, logistic $\varphi$, $\mu=0.9$.
"""

# %%
from course_utils.notebook_05.experiments import LayeredNetwork

network = LayeredNetwork()
fig, ax = plt.subplots(figsize=(8, 4.2), layout="constrained")
pictures.layers(ax)(network)
show(
    fig,
    "A 3-D picture of activity, layers by neurons by time, from our own simulation: "
    "each dot is a spike, "
    "blue of an excitatory, vermillion (along one edge) of an inhibitory neuron. "
    "Chance starts waves that run around the "
    "ring and down from layer to layer, growing sharper on their way.")
spikes = network.run()
print("spikes in layers 1 to 4:", *np.bincount(spikes.layer))

# %% [markdown]
r"""
Turn it: drag in the picture, or use the sliders. From the front ($\alpha=0$) and a little above you have four rasters; from above ($\beta=90°$) the layers lie on one another. Weaken the inhibition and the waves become a storm. Cut the links between the layers, and only the first one keeps its pace.
"""

# %% tags=["nbval-ignore-output"]
def view(fig):
    draw = pictures.layers(fig.subplots(), animated=True)

    def update(network):
        draw(network)
        count = np.bincount(network.run().layer, minlength=4)
        return (
            f"Seen from {network.azimuth:.0f}° to the side and "
            f"{network.elevation:.0f}° above. Spikes in layers 1 to 4: "
            f"{', '.join(map(str, count))}.")

    return update


def grab(network, touch):
    return network.drag(touch.x, touch.y, lift=touch.kind == "up")


Panel(LayeredNetwork(), view, "azimuth", "elevation", "down", "inhibition", grab=grab)

# %% [markdown]
r"""
## Further · Three small repairs

*10 minutes.* They look like slips of the pen. Each of them decides what the network does.

<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** $V_i$ sums $X(s)$, without an index (E36). Read it as neuron $i$'s own spikes, or as those of the whole network.

**What is right:** the $j$-th sender's, $X_j(s)$, with $j\ne i$.

**How we know:** three readings, three networks. With its own spikes alone a neuron hears nobody. With the sum over all, only the row sums of $W$ are left: nobody could ever find out who is connected to whom.

</div>
"""

# %%
W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
total = W.sum(axis=1, keepdims=True) * (1 - np.eye(3)
                                        )  # each spike of anyone counts the same
for reading, weights in (("own spikes", 0 * W), ("everybody's", total), ("the sender's",
                                                                         W)):
    rates = GalvesLocherbach(W=weights, phi=logistic(1.0)).rates()
    print(
        f"X(s) = {reading:13} exact rates {rates[0]:.4f}, {rates[1]:.4f}, "
        f"{rates[2]:.4f}"
    )

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** $w_{ij}(t-s)$: a weight and its fading in one symbol (E37).

**What is right:** two factors, $W_{ij}\,g(t-1-s)$. The shortest delay is one step, so $g(0)$ belongs to $s=t-1$, and $g(0)=1$ says which part of the product is the weight. Only $g(k)=\mu^k$ needs no more than one number per neuron.

**How we know:** doubled weights with half a kernel give the same $V$. And from $V(t)$ and $X(t)$ the next $V$ is foretold by one fixed rule if $g$ fades by a factor per step, but not if it rises first, as the current of a synapse does.

</div>
"""

# %%
W = np.array([[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]])
X = GalvesLocherbach(W=W, phi=logistic(1.0), leak=0.7).simulate(400, 4,
                                                                keep_V=False).spikes


def potential(W, g):
    "V of neuron 1 (400,), from the sum over its memory."
    last = [np.flatnonzero(X[:t, 0]).max(initial=-1) for t in range(400)]
    return np.array([
        sum(g(t - 1 - s) * W[0] @ X[s]
            for s in range(last[t] + 1, t))
        for t in range(400)
    ])


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
    print(
        f"{g.__name__} kernel: the best rule from V and X to the next V errs by up to "
        f"{round(error, 9):.2g}"
    )

# %% [markdown]
r"""
<div class="alert alert-warning" style="color: #222222; background-color: #ffe8c4">

**The article says** $w_{ij}$ leads to $i$ from $j$ here, and from $i$ to $j$ in its section on learning (E39).

**What is right:** one order for all: $W_{ij}$ to $i$ from $j$, `W[post, pre]`.

**How we know:** take a matrix that isn't symmetric, and transpose it. Another neuron is driven, and a raster tells which order made it.

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
A fair comparison keeps the mean interval: for each leak, choose the input that gives 16 steps on average.
"""

# %%
from scipy.optimize import brentq

from course_utils.models.populations import waiting_time

leaks = np.linspace(0, 0.95, 20)
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
for slope, style in ((2.0, ":"), (4.0, "-"), (8.0, "--")):
    neurons = [SingleNeuron(slope=slope, leak=leak) for leak in leaks]
    inputs = [
        brentq(lambda I, n=n: 16 / waiting_time(n.phi, I, n.leak) - 1, 0.01, 3)
        for n in neurons
    ]
    cv = [n.but(I_ext=I).statistics().cv for n, I in zip(neurons, inputs)]
    ax.plot(leaks, cv, style, color=COLOR["V"], label=f"slope {slope:g}")
    print(
        f"slope {slope:g}: CV from {cv[0]:.3f} at mu = 0 to {cv[-1]:.3f} at mu = 0.95")
ax.set(xlabel=r"leak factor $\mu$", ylabel="CV of the intervals", ylim=(0, 1))
ax.legend()
show(
    fig,
    "The coefficient of variation of the intervals against the leak factor, at a mean "
    "interval of 16 steps. A neuron that "
    "forgets at once is nearly a coin; one that integrates for longer, with a steep "
    "probability, becomes a clock."
)

# %% [markdown]
r"""
## Further · Five forms of φ, and the length of a step

*10 minutes.* Any function that does not decrease and stays in $[0,1]$ will do. Five are in use:

| name | $\varphi(V)$ | where it comes from |
|---|---|---|
| clipped linear | $\Gamma(V-V_T)$, cut at 0 and 1 | simplest to calculate with |
| logistic | $1/(1+e^{-s(V-\theta)})$ | statistics: logistic regression |
| probit | normal distribution function of $s(V-\theta)$ | Gaussian noise on a threshold |
| escape rate | $1-e^{-\lambda(V)\Delta}$, $\lambda=e^{s(V-\theta)}$ | at least one event of a Poisson process in a step of length $\Delta$ |
| Heaviside | 1 from $\theta$ on | no chance left: a threshold unit (notebook 01) with a reset |

Only the escape rate survives a change of the step: $\lambda$ is a rate per time, and silence through two steps of 0.5 ms is as probable as through one of 1 ms: $e^{-\lambda/2}e^{-\lambda/2}=e^{-\lambda}$. A fixed probability *per step* doubles the rate when the step is halved.
"""

# %%
from course_utils.notebook_05.firing_functions import escape_rate, heaviside, probit
from course_utils.models.populations import waiting_time

V = np.linspace(-1, 3, 401)
forms = {
    "logistic": logistic(1, 3), "probit": probit(1, 2), "escape rate": escape_rate(
        1, 3), "clipped linear": clipped_linear(0.5, 1), "Heaviside": heaviside(1.0)
}
fig, ax = plt.subplots(figsize=(8, 2.8), layout="constrained")
for (name, phi), style in zip(forms.items(), ("-", "--", "-.", ":", "-")):
    ax.plot(V, phi(V), style, label=name, lw=1.0 if name == "Heaviside" else 1.8)
ax.set(xlabel="$V$", ylabel=r"$\varphi(V)$", xlim=(-1, 3))
ax.legend()
show(
    fig,
    "Five forms of the probability to fire against the potential, all rising from 0 to "
    "1 around V = 1: logistic, probit, "
    "escape rate, clipped linear, and the Heaviside step that leaves nothing to chance."
)
for step in (1.0, 0.5, 0.1):
    print(
        f"step {step:3} ms, V = 0: logistic {logistic(1, 3)(0.0) / step * 1000:5.1f} "
        "Hz, "
        f"escape rate {escape_rate(1, 3, step)(0.0) / step * 1000:5.1f} Hz")

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

*20 minutes.* With $\mu=0$ the next pattern depends on the present pattern alone. $N$ neurons have $2^N$ patterns, so the network is a **Markov chain**: a table $P$ with one row per present pattern and one column per next pattern. It can be written down, and its law computed exactly.

1. In pattern $x$ neuron $i$ is at $V_i=(1-x_i)\sum_jW_{ij}x_j$, so it fires next with $p_i(x)=\varphi(V_i)$.
2. Given $x$ the neurons draw independently. So the entry is the product of section 4:
$$P_{xy}=\prod_{i=1}^N p_i(x)^{y_i}\,\bigl(1-p_i(x)\bigr)^{1-y_i}.$$
3. Each row sums to 1: adding $y_1=1$ and $y_1=0$ turns the first factor into $p_1+(1-p_1)=1$, then the second, and so on.

For two neurons, in the order 00, 01, 10, 11 (neuron 1 first): fill in the row of 01, in which neuron 2 has just fired. $\varphi(V)=1/(1+e^{-(V-\theta)})$.
"""

# %%
def row_of_01(W12, W21, theta):
    """The probabilities of 00, 01, 10, 11 in the next step, as an array (4,)."""
    ...


check("row of the chain", row_of_01)

# %% tags=["solution"]
def solved_row_of_01(W12, W21, theta):
    p1 = 1 / (1 + np.exp(-(W12 - theta)))  # neuron 1 was silent and receives W12
    p2 = 1 / (1 + np.exp(theta))  # neuron 2 fired: it is at 0
    return np.array([(1 - p1) * (1 - p2), (1 - p1) * p2, p1 * (1 - p2), p1 * p2])


check("row of the chain", solved_row_of_01)

# %% [markdown]
r"""
4. A logistic $\varphi$ is never 0 nor 1, so every entry of $P$ is positive: each pattern can follow each. Such a chain forgets its start (Perron's theorem): pattern $x$ appears with a **stationary** probability $\pi_x$, the only solution of $\pi=\pi P$ with $\sum_x\pi_x=1$. The second largest eigenvalue of $P$, in size, is the share of the start that is left after each step.
5. To compute $\pi$, let $E$ be the identity matrix. The equations $\pi(E-P)=0$ are one too few, since each row of $E-P$ sums to 0. Let $J$ be the matrix of ones. Then $\pi J=(1,\dots,1)$ says that $\pi$ sums to 1. Add it:
$$\pi\,(E-P+J)=(1,1,\dots,1).$$
   Nothing is lost by adding: sum all columns, and $\sum_x\pi_x=1$ comes back, hence $\pi(E-P)=0$, too. It is a linear system with one solution: the exact law, without any simulation (`GalvesLocherbach.stationary??`).

And the **entropy rate** $-\sum_x\pi_x\sum_yP_{xy}\log_2P_{xy}$ says how many bits per step can't be foretold by anyone.
"""

# %%
pair = GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(1.0))
X = pair.simulate(20_000, 1, keep_V=False).spikes
P, pi = pair.transition_matrix(), pair.stationary()
seen = np.bincount(X @ [2, 1], minlength=4) / len(X)
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8), layout="constrained")
names = ["00", "01", "10", "11"]
image = left.imshow(P, cmap="Blues", vmin=0, vmax=0.6)
for (i, j), p in np.ndenumerate(P):
    left.text(j, i, f"{p:.2f}", ha="center", va="center",
              color="white" if p > 0.35 else "black")
left.set(xticks=range(4), xticklabels=names, yticks=range(4), yticklabels=names,
         xlabel="next pattern", ylabel="pattern")
right.bar(names, pi, color=COLOR["V"], alpha=0.5, label=r"exact $\pi$")
right.plot(names, seen, "o", color=COLOR["vermillion"], label="20 000 steps")
right.set(ylabel="probability")
right.legend()
show(
    fig,
    "Left, the table of a network of two neurons: each row gives the probabilities of "
    "the next pattern. Right, how often "
    "each pattern appears, exactly and in a simulation of 20 000 steps; the two agree.")
print("rates:       ",
      *pair.rates().round(6), "  eigenvalues:",
      *np.sort(np.linalg.eigvals(P).real)[::-1].round(4) + 0.0)
print(
    f"entropy rate: {pair.entropy_rate():.6f} bit per step, of 2 that two fair coins "
    "would give"
)

# %% [markdown]
r"""
**Which model made this raster?** The likelihood answers. Ten steps, four suspects; the most probable one wins. Ten steps are few: a lead of 1 nat over two coins is no proof.
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
    print(
        f"{kind.__name__:17}{kind(W=[[0, 2], [1, 0]], phi=logistic(1.0), leak=0.5).log_likelihood(X):9.4f} "
        "nat"
    )
print(f"two coins        {(X * np.log(p) + (1 - X) * np.log(1 - p)).sum():9.4f} nat")

# %% [markdown]
r"""
How far does the exact chain go? The table has $4^N$ entries: 12 neurons take 134 MB, 20 neurons would take more memory than any computer at hand has. Try it: the error says how much.

## Further · Leak, threshold, and two states from one network

*20 minutes.*

**With leak.** Near silence $\rho$ is small, and so is every $V$. A neuron that fired long ago has collected $W\rho\,(1+\mu+\mu^2+\dots)=W\rho/(1-\mu)$, and few have fired recently. So $\rho(t+1)\approx\Gamma W\rho/(1-\mu)$: the edge lies at $\Gamma W=1-\mu$. A neuron with a long memory needs less to be woken.

**With a threshold.** Let $\varphi(V)=\operatorname{clip}(\Gamma(V-V_T),0,1)$, and write $w=\Gamma W$, $v=\Gamma V_T$. A stationary share obeys $\rho=(1-\rho)(w\rho-v)$, that is,
$$w\rho^2-(w-v-1)\rho+v=0 .$$
Two solutions appear together where the discriminant is 0: $w-v-1=2\sqrt{wv}$, or $(\sqrt w-\sqrt v)^2=1$. So activity begins at
$$w=(1+\sqrt v)^2,\qquad\rho=\sqrt{\frac vw}=\frac{\sqrt v}{1+\sqrt v}:$$
not from 0 but with a jump, and silence stays stable. In the panel, at $V_T=0.1$, this happens at 1.7325 with $\rho=0.2403$.

**With a smooth $\varphi$.** Let $\varphi$ be logistic with slope 4 around 1. Now $\varphi(0)=0.018$: those that fired can fire again, and silence is no longer stationary. A stationary share obeys
$$\rho=(1-\rho)\,\varphi(W\rho)+\rho\,\varphi(0).$$
It can't be solved for $\rho$. But call the input $u=W\rho$, solve for $\rho$, and put it into $W=u/\rho$:
$$\rho=\frac{\varphi(u)}{1+\varphi(u)-\varphi(0)},\qquad W(u)=\frac{u\,\bigl(1+\varphi(u)-\varphi(0)\bigr)}{\varphi(u)}.$$
Each input $u$ belongs to one weight. But $W(u)$ rises, falls, and rises again, so one weight can have *three* inputs, hence three shares. It turns at two **folds**. A share is stable where the slope of the map, $(1-\rho)\,W\varphi'(u)-\varphi(u)+\varphi(0)$, is of size below 1; at a fold it is 1. So the network is **bistable** in between: a quiet one stays quiet, and a busy one busy.

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
        f"W = 4: share {rho:.6f}, slope of the map "
        f"{(1 - rho) * 4.0 * 4 * p * (1 - p) - p + phi(0.0):6.3f}"
    )

# %%
phi = logistic(1.0, 4.0)
W = np.linspace(1, 6, 126)
branches = [(w, rho) for w in W for rho in mean_field(phi, w)]
up, down = [], []
for path, ws, rho in ((up, W, 0.0), (down, W[::-1], 0.5)):
    for w in ws:
        for _ in range(160):
            rho = population_map(rho, phi, w)
        path.append(rho)
fig, ax = plt.subplots(figsize=(8, 2.9), layout="constrained")
ax.plot(*np.transpose(branches), ".", ms=2.5, color=COLOR["ghost"],
        label="all stationary rates")
ax.plot(W, up, "-", color=COLOR["V"], label="$W$ raised slowly")
ax.plot(W[::-1], down, "--", color=COLOR["vermillion"], label="$W$ lowered slowly")
ax.set(xlabel="weight $W$", ylabel=r"$\rho$", xlim=(1, 6), ylim=(0, 0.6))
ax.legend()
show(
    fig,
    "Stationary rate against weight for a logistic probability. Between two folds "
    "there are three rates, the middle one "
    "unstable. Raised slowly, the weight makes the rate jump up late; lowered slowly, "
    "it makes it fall late: hysteresis."
)

# %% [markdown]
r"""
No neuron of this network remembers more than one step. The network remembers for ever whether it was woken.

## Further · Finite networks, and how long they live

*10 minutes.* The mean field is exact for infinitely many neurons. A finite network differs in two ways: it fluctuates, like $1/\sqrt N$; and sooner or later, by chance, no neuron fires, and then none ever will.

**How much it fluctuates.** Let $\rho^*$ be stable, with the slope $\lambda=2-\Gamma W$, and let each silent neuron fire with $q=\Gamma W\rho^*=\Gamma W-1$. In each step the map multiplies a deviation by $\lambda$, its variance $\sigma^2$ by $\lambda^2$; and $(1-\rho^*)N$ independent coins add $(1-\rho^*)\,q(1-q)/N$ to the variance of the share. In balance $\sigma^2=\lambda^2\sigma^2+(1-\rho^*)\,q(1-q)/N$, so
$$\sigma\sqrt N=\sqrt{\frac{(1-\rho^*)\,q\,(1-q)}{1-\lambda^2}}=0.471\quad\text{at }\Gamma W=1.5 .$$

**How long it lives.** Without leak all that counts is how many neurons fire, $k$. Each of the $N-k$ others fires next with probability $\Gamma Wk/N$, so the next $k$ is binomial: a chain with $N+1$ states, whose mean time to extinction is the solution of a linear system (`extinction_time??`).
"""

# %%
from course_utils.notebook_05.avalanches import extinction_time, population_counts

gains = np.linspace(0.5, 2, 31)
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.1), layout="constrained")
for N, color, mark in ((100, COLOR["vermillion"], "v"), (1000, COLOR["green"], "s"),
                       (100_000, COLOR["V"], "o")):
    counts = population_counts(N, gains, round(0.3 * N), 1500, 1)[500:]
    left.plot(gains,
              counts.mean(axis=0) / N, mark, ms=3.5, color=color,
              label=f"$N=10^{len(str(N)) - 1}$")
    share = population_counts(N, np.full(200, 1.5), round(0.3 * N), 1500,
                              2)[500:] / N  # 200 networks
    print(
        f"N = {N:6}: share at 1.5 {share.mean():.2f} (mean field 0.333), deviation x "
        f"sqrt(N) {share.std() * N ** 0.5:.2f} (0.471)"
    )
left.plot(gains, np.maximum(0, 1 - 1 / gains), "--", color=COLOR["theory"], lw=1.2,
          label="mean field")
left.set(xlabel=r"$\Gamma W$", ylabel=r"mean share $\rho$")
left.legend()
sizes = np.array([5, 10, 15, 20, 30, 40, 50, 60, 80])
for gain, style in ((0.9, ":"), (1.0, "-."), (1.2, "--"), (1.5, "-")):
    right.semilogy(sizes, [extinction_time(int(N), gain) for N in sizes], style,
                   color=COLOR["V"], label=rf"$\Gamma W={gain}$")
right.set(xlabel="number of neurons $N$", ylabel="mean steps to extinction")
right.legend()
label_panels((left, right))
show(
    fig,
    "Left, the mean share of firing neurons against gain times weight: small networks "
    "fall silent above the critical "
    "point, large ones follow the mean field. Right, the mean life of a network "
    "against its size: at 1.5 it grows "
    "exponentially, below 1 hardly at all.")
for N in (20, 40, 80):
    print(
        f"N = {N}: mean life at gain x weight 1.5: {extinction_time(N, 1.5):.4g} "
        f"steps; at 0.9: {extinction_time(N, 0.9):.4g}"
    )

# %% [markdown]
r"""
## Further · Avalanches

*25 minutes.* Wake one neuron in a silent network, and count the spikes until all is silent again: the **size** $S$ of an avalanche, and the number $D$ of steps with spikes, its **duration**. Take $\mu=0$, and let $m=\Gamma W$.

### Derive

1. In a large network one spike makes each of $N$ others fire with probability $m/N$. The number of its **successors** is Poisson with mean $m$. Successors have successors: a **branching process**.
2. Mean size: one spike, then on average $m$, then $m^2$, ... Sum it yourself in the exercise below.
3. **Duration.** Let $q_t$ be the probability that all is over after $t$ steps with spikes. It is over if each of the $n$ first successors' own avalanches is over one step earlier: $q_{t+1}=\sum_n\frac{e^{-m}m^n}{n!}q_t^n=e^{m(q_t-1)}$, $q_0=0$. At $m=1$ write $s_t=1-q_t=P(D>t)$. Then $s_{t+1}=1-e^{-s_t}=s_t-\frac{s_t^2}2+\frac{s_t^3}6-\dots$, and the reciprocal is
$$\frac1{s_{t+1}}=\frac1{s_t}+\frac12+\frac{s_t}{12}+\dots$$
   The term $\frac12$, added up, gives $\frac1{s_t}\approx\frac t2$. Put $s_t\approx\frac2t$ into the next term: it adds up to $\frac16\ln t$. So
$$\frac1{P(D>t)}\approx\frac t2+\frac16\ln t+\text{const},\qquad P(D>t)\approx\frac2t,\qquad P(D=t)\approx\frac2{t^2}:$$
   exponent 2, and a logarithm that is slow to become small beside $t$.
4. **Size.** Ask the spikes one after the other for the number of their successors: $\xi_1,\xi_2,\dots$, each Poisson with mean $m$. Still to be asked after $j$ answers: $1+\sum_{k\le j}(\xi_k-1)$. The size is $n$ if this reaches 0 at $j=n$ for the first time. So the $n$ numbers $\xi_k-1$ sum to $-1$. Write them on a ring, and begin to read anywhere: of the $n$ ways exactly *one* reaches $-1$ only at the end (the one that begins after the place where the sum was first lowest). All $n$ are equally probable, so
$$P(S=n)=\frac1n\,P(\xi_1+\dots+\xi_n=n-1)=\frac1n\,e^{-nm}\frac{(nm)^{n-1}}{(n-1)!}=e^{-nm}\frac{(nm)^{n-1}}{n!},$$
   for a sum of $n$ Poisson numbers is Poisson with mean $nm$. This is **Borel's law**.
5. At $m=1$ it is $e^{-n}n^{n-1}/n!$. Stirling's formula $n!\approx\sqrt{2\pi n}\,n^ne^{-n}$ gives the tail, $P(S=n)\approx n^{-3/2}/\sqrt{2\pi}$: exponent $\frac32$.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("critical size")

# %%
def mean_size(m):
    """The mean number of spikes in an avalanche, for m = gain times weight below 1."""
    ...


check("mean avalanche", mean_size)

# %% tags=["solution"]
def solved_mean_size(m):
    return 1 / (1 - m)


check("mean avalanche", solved_mean_size)

# %%
from course_utils.notebook_05.avalanches import (
    borel,
    duration_survival,
    escape_probability,
    sample_avalanches,
)

big, small = sample_avalanches(100_000, 100_000, 1.0, 1), sample_avalanches(
    100_000, 1000, 1.0, 2)
edges = np.unique(np.round(np.geomspace(1, 1e5, 36)).astype(int))
centres = np.sqrt(edges[:-1] * (edges[1:] - 1))
n = np.unique(np.geomspace(1, 3e4, 200).round())
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.1), layout="constrained")
for drawn, color, mark, name in ((big, COLOR["V"], "o", "$N=10^5$"),
                                 (small, COLOR["vermillion"], "v", "$N=10^3$")):
    share = np.histogram(drawn.sizes, edges)[0] / np.diff(edges) / 1e5
    left.loglog(centres[share > 0], share[share > 0], mark, ms=3.5, color=color,
                label=name)
    alive = [(drawn.durations > t).mean() for t in range(1, 400, 6)]
    right.loglog(range(1, 400, 6), np.where(np.array(alive) > 0, alive, np.nan), mark,
                 ms=3.5, color=color, label=name)
left.loglog(n, borel(n), "--", color=COLOR["theory"], lw=1.2, label="Borel")
right.loglog(np.arange(1, 400),
             duration_survival(399)[1:], "--", color=COLOR["theory"], lw=1.2,
             label="theory")
left.set(xlabel="size $S$", ylabel="probability")
right.set(xlabel="steps $t$", ylabel="$P(D>t)$", ylim=(1e-4, 1))
left.legend()
label_panels((left, right))
show(
    fig,
    "Avalanches at the critical point. Left, sizes of 100 000 avalanches lie on "
    "Borel's law over four decades, with a "
    "tail of slope -3/2; in a network of 1000 neurons the tail is cut off. Right, the "
    "probability to last longer than t."
)

# %% [markdown]
r"""
**How steep is the tail?** Never fit a line to a double-logarithmic histogram: its points are not equally sure, and the largest ones decide. Let $x_1,\dots,x_K$ be the sizes between two stated ends, and ask for the exponent $a$ under which they are most probable (**maximum likelihood**): the one that makes $-a\sum_k\ln x_k-K\ln\sum_{x=\text{low}}^{\text{high}}x^{-a}$ largest. `exponent_of` does the same for an exact law, as if you had infinitely many avalanches.
"""

# %%
from course_utils.notebook_05.avalanches import exponent_of, fit_exponent

laws = {
    "size": borel(np.arange(1, 100_001)),
    "duration": -np.diff(duration_survival(100_000))
}
for name, values, low, high in (("size", big.sizes, 30, 3162), ("duration",
                                                                big.durations, 10, 316),
                                ("duration", big.durations, 30, 316)):
    fit, exact = fit_exponent(values, low, high), exponent_of(laws[name], low, high)
    print(
        f"{name:8} from {low} to {high:4}: exponent {fit.exponent:.1f}, with "
        f"infinitely many avalanches {exact:.3f}; "
        f"within three standard errors: {abs(fit.exponent - exact) < 3 * fit.error}")
print(
    "duration from 1000 to 100 000, infinitely many: "
    f"{exponent_of(laws['duration'], 1000, 100_000):.3f}"
)
n = np.unique(np.geomspace(2, 50_000, 60).astype(int))
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
for (name, law), limit, style, color in zip(laws.items(), (1.5, 2.0), ("-", "--"),
                                            (COLOR["V"], COLOR["vermillion"])):
    ax.semilogx(n, -np.log2(law[2 * n - 1] / law[n - 1]), style, color=color,
                label=name)
    ax.axhline(limit, color=COLOR["theory"], ls=":", lw=1)
ax.set(xlabel="size, or duration in steps: from $n$ to $2n$", ylabel="local exponent",
       yticks=(1.5, 2))
ax.legend(loc="center right")
show(
    fig,
    "The exponent between n and 2n of the exact laws at the critical point. That of "
    "the sizes is 3/2 from ten spikes on; "
    "that of the durations creeps up to 2, and is still below it after hundreds of "
    "steps."
)
print(
    f"P(S = 1, 2, 3): {', '.join(f'{(big.sizes == k).mean():.4f}' for k in (1, 2, 3))}"
    f"   Borel {', '.join(f'{p:.4f}' for p in borel([1, 2, 3]))}")
below = sample_avalanches(20_000, 100_000, 0.9, 4).sizes
print(f"mean size at 0.9: {below.mean():.2f}   theory 10 (within 3 %)")
above = sample_avalanches(5_000, 100_000, 1.1, 5, longest=300)
print(
    f"at 1.1 still alive after 300 steps: {(above.durations == 300).mean():.3f}   "
    f"theory, for ever: {escape_probability(1.1):.3f}"
)

# %% [markdown]
r"""
**Said aloud: durations converge slowly.** The fits of the durations miss 2, and neither chance nor the fit is to blame: with infinitely many avalanches they would give 1.88 and 1.94 all the same. It is the logarithm of step 3. The sizes have no such term; theirs is within 0.002 of $\frac32$ from the thirtieth spike on. So a measured 1.9, from avalanches of at most a few hundred steps, says nothing against an exponent of 2. And a network of a thousand neurons, whose tail is cut off, can't say much at all.

**Beside a measurement.** Klaus, Yu & Plenz (2011) fitted the sizes of avalanches in cortex, in dishes and in awake monkeys, by maximum likelihood too, and found a slope close to -1.5. That agrees with a critical branching process. It does not prove one: other mechanisms make such tails as well, and an electrode sees few of the neurons.

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
fig, axes = plt.subplots(1, 3, figsize=(8.4, 3.3), layout="constrained")
for ax, matrix, scale, title in zip(
        axes, (W, lag_correlation(X) * (1 - np.eye(5)), found.W), (2, 0.35, 2),
    ("truth $W$", "correlation, one step apart", "decoded $W$")):
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
    fig,
    "Three matrices, to by from. Left, the true weights of five neurons. Middle, the "
    "correlations of spikes one step apart: "
    "strong at the synapses, faint but not nil elsewhere. Right, the weights decoded "
    "from the raster, close to the truth."
)
print(
    "largest error of a decoded weight after 10 000 steps: "
    f"{np.abs(found.W - W).max():.2f}"
)

# %% [markdown]
r"""
The middle picture is what a naive reader sees: where there is no synapse, chance alone gives about $\pm0.01$, and more than that looks like a weak one. The right one uses the likelihood of section 4: choose the weights that make the raster most probable. For a logistic $\varphi$ this is **logistic regression** of $X_i(t)$ on all $X_j(t-1)$, in the steps in which $i$ was free to listen, $X_i(t-1)=0$. A link counts as found where the estimate is 3.3 standard errors from 0.

A longer recording does not help the naive reader. The chain of five neurons is small enough to compute the correlations *exactly*; below, all those are drawn as links that 100 000 steps would tell from 0, with the same 3.3 standard errors.
"""

# %%
pi, states, rate = hidden.stationary(), hidden.states(), hidden.rates()
p = hidden.probability(hidden.next_potential(0.0, states, (W @ states.T).T))  # (32, 5)
covariance = np.einsum("x,xi,xj->ij", pi, p, states) - np.outer(rate, rate)
exact = covariance / np.sqrt(np.outer(rate * (1 - rate), rate * (1 - rate)))
seen = np.where(np.abs(exact) > 3.3 / np.sqrt(100_000), exact, 0) * (1 - np.eye(5))
decoded = np.where(np.abs(found.z) > 3.3, found.W, 0)
fig, axes = plt.subplots(1, 3, figsize=(8.4, 3.2), layout="constrained")
for ax, links, title in zip(axes, (W, seen, decoded),
                            ("truth", "correlated", "decoded")):
    pictures.graph(ax)(links, W)
    ax.set_title(
        title if links is W else f"{title}: {wrong_links(links != 0, W)} wrong of 20",
        loc="center")
show(
    fig,
    "Three graphs of five neurons; arrows excite, flat ends inhibit. Left, the true "
    "seven links. Middle, what exact "
    "correlations show: the seven, and false ones, dotted. Right, the links decoded "
    "from 10 000 steps, next to the truth."
)
print(
    f"exact correlation of 2 with 3 one step before: {exact[1, 2]:+.4f}, of 1 with 3: "
    f"{exact[0, 2]:+.4f}; no synapse in either case"
)

# %% [markdown]
r"""
How long must a recording be? A second method, for comparison, knows nothing of $\varphi$: it compares how often $i$ fires with and without $j$, in windows in which all others did the same (in the spirit of Duarte et al. 2019).
"""

# %%
steps = (1000, 2000, 5000, 10_000, 20_000)
recordings = [hidden.simulate(20_000, seed, keep_V=False).spikes for seed in range(4)]
regression = [[decode_logistic(X[:T]) for X in recordings] for T in steps]
wrong = [
    np.mean([wrong_links(np.abs(found.z) > 3.3, W)
             for found in row])
    for row in regression
]
error = [np.mean([np.abs(found.W - W).max() for found in row]) for row in regression]
windows = [
    np.mean([wrong_links(decode_windows(X[:T]), W) for X in recordings]) for T in steps
]
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 2.8), layout="constrained")
left.semilogx(steps, windows, "s--", color=COLOR["vermillion"],
              label="windows, no model")
left.semilogx(steps, wrong, "o-", color=COLOR["V"], label="logistic regression")
left.set(xlabel="length of the recording (steps)", ylabel="wrong links of 20")
left.legend()
right.loglog(steps, error, "o-", color=COLOR["V"], label="largest error of a weight")
right.loglog(steps, 0.155 * np.sqrt(1e4 / np.array(steps)), "--", color=COLOR["theory"],
             label=r"0.155 $\sqrt{10^4/T}$")
right.set(xlabel="length of the recording $T$ (steps)", ylabel=r"$\max|\hat W-W|$",
          yticks=(0.1, 0.2, 0.5), yticklabels=(0.1, 0.2, 0.5))
right.minorticks_off()
right.legend()
label_panels((left, right))
show(
    fig,
    "Errors against the length of the recording, mean of four. Left, wrong links: "
    "logistic regression makes hardly any from "
    "a thousand steps on; the window method, which knows no model, needs more than ten "
    "times as many. Right, the error "
    "of the decoded weights falls as one over the square root of the length.")

# %% [markdown]
r"""
## Further · Ten thousand neurons

*5 minutes.* How long does a network take? Three ideas make it fast. *First,* drawing $U<\varphi(V)$ is the same event as $\varphi^{-1}(U)<V$: so all random numbers can be turned into thresholds at once, and a step needs one comparison per neuron. *Second,* few neurons fire, so add only their columns of $W$. *Third,* as long as no $\varphi(V)$ exceeds $\frac1{16}$, a $U$ above $\frac1{16}$ makes nobody fire. So in a large quiet network only the $U$ below are drawn, each at its place: the gaps between such places are geometric, as in section 1. (All three stand in `course_utils/galves_locherbach.py`.) The same seed gives the same raster on every machine.
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
    network = GalvesLocherbach(W=csc_array((weight, (post, pre)), (N, N)), phi=logistic(
        4.0, 1.25), leak=0.9, I_ext=0.1)
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
3. At $\Gamma W=3$ you change the seed, `CriticalNetwork(branching_parameter=3, seed=...)`. What changes in the panel's picture, and what doesn't?
4. (From notebook 03.) A FitzHugh-Nagumo neuron at $I=0.5$ goes round a limit cycle. The network at $\Gamma W=3$ alternates, too. What happens in each case after a small disturbance?

<details>
<summary>Answers</summary>

1. It halves: half as many coins are tossed per second. A probability belongs to a step; a rate doesn't. Keep the rate and compute $p=1-e^{-\text{rate}\times\text{step}}$.
2. A neuron that fires in every step has no time to remember: $V$ is 0 or one step old, whatever $\mu$ is. The likelihood is flat there, and the maximum is decided by noise.
3. Which neurons belong to the larger group changes, and slightly how many (0.63 ± 0.01), because the first steps are random. That they take turns doesn't change: from the third step on no chance is left.
4. The limit cycle attracts: the disturbance dies out, only the phase stays shifted. The two-cycle is marginal: $\rho$ and $1-\rho$ take turns for *every* $\rho$ near there, so a disturbance stays for ever, unchanged.

</details>
"""

# %% [markdown]
r"""
## References

- Galves & Löcherbach 2013, *J. Stat. Phys.* 151:896, [10.1007/s10955-013-0733-9](https://doi.org/10.1007/s10955-013-0733-9): the model.
- Brochini et al. 2016, *Sci. Rep.* 6:35831, [10.1038/srep35831](https://doi.org/10.1038/srep35831): phase transitions and avalanches; the form simulated here.
- De Masi, Galves, Löcherbach & Presutti 2015, *J. Stat. Phys.* 158:866, [10.1007/s10955-014-1145-1](https://doi.org/10.1007/s10955-014-1145-1): the limit of many neurons.
- Duarte, Galves, Löcherbach & Ost 2019, *Bernoulli* 25:771, [10.3150/17-BEJ1006](https://doi.org/10.3150/17-BEJ1006): who is connected to whom.
- Shadlen & Newsome 1998, *J. Neurosci.* 18:3870, [10.1523/JNEUROSCI.18-10-03870.1998](https://doi.org/10.1523/JNEUROSCI.18-10-03870.1998): the variable discharge of cortical neurons.
- Klaus, Yu & Plenz 2011, *PLoS ONE* 6:e19779, [10.1371/journal.pone.0019779](https://doi.org/10.1371/journal.pone.0019779): avalanche sizes in cortex by maximum likelihood.
- Clauset, Shalizi & Newman 2009, *SIAM Rev.* 51:661, [10.1137/070710111](https://doi.org/10.1137/070710111): how to fit a power law.
"""

# %% [markdown] tags=["instructor"]
r"""
## For instructors

**50 minutes.** Section 1 (10, start with the picture of the twenty trials), section 3 with both errata (15), section 5 with the panel on the projector (20), close (5). Sections 2 and 4 as homework. **90 minutes.** The whole core, then avalanches or the decoding of links.

**Misconceptions.** Noise is an error that better equipment would remove. A rate is a probability (it depends on the step). $\varphi$ is an activation as in machine learning. The mean field is exact for a small network. A straight line on double-logarithmic axes is a power law. Correlation is connection.

**A question to vote on.** At $\Gamma W=1.1$ a network of 50 neurons is always silent after a while. Does theory err? *(No: every finite network dies in the end. How long that takes grows exponentially with $N$.)*

**Rubric for the Modify task.** 1 point: finds the onset at 2 by trying weights. 2: also gives the share 0.5 and says that it appears by a jump. 3: explains why, the ceiling of $\varphi$ and $1-\rho=\rho$. 4: finds that silence stays stable for all weights, and concludes that the network remembers whether it was woken.
"""

# %% [markdown]
r"""
[← 04 Cable theory](04_cable_theory.ipynb) · [06 Learning: spike-timing-dependent plasticity →](06_learning_stdp.ipynb)
"""
