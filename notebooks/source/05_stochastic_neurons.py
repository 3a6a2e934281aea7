# %% [markdown]
r"""
# 05 · Stochastic neuron models

**The question.** The same stimulus never gives the same spike train twice. What is a neuron that fires by chance, and what can a network of such neurons do that one of them can't?

**You will be able to**
- compute the law of the intervals between spikes from the probability to fire;
- simulate a Galves-Löcherbach network, and say why its memory ends at each neuron's own last spike;
- write down the likelihood of a raster, and use it to measure the leak of a neuron from its spikes alone;
- derive the point at which a network begins to chatter, and the point at which chance leaves it.

**Time** 60 minutes; about 90 more under *Further*. **You need** notebook 03 (fixed points, stability) and probability as far as "independent events multiply".

**The thread.** So far each neuron was a differential equation: same current, same voltage, same spikes. The article now turns to chance, and shows a picture of a stochastic network in three dimensions. You will build that network, and find the two places where one knob changes everything.
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from course_utils import COLOR, EdgeOfChatter, GalvesLocherbach, HodgkinHuxley, LayeredNetwork, LoneNeuron, Panel
from course_utils import borel, button, clipped_linear, decode_logistic, decode_windows, escape_rate, extinction_time
from course_utils import fit_exponent, heaviside, interval_law, intervals, label_panels, lag_correlation, logistic, mean_field
from course_utils import plots, population_counts, population_map, probit, sample_avalanches, show, simulate, spike_times
from course_utils import still_active, wrong_links
from course_utils.edge_of_chatter import density
from course_utils.exercises.stochastic_neurons import check, predict

# %%
GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(1.0))

# %% [markdown]
r"""
The table shows the two numbers that every such network has. The rest of the alphabet, used from section 3 on; all of it has no unit:

| symbol | meaning |
|---|---|
| $t=0,1,2,\dots$ | step of time, think of 1 ms |
| $X_i(t)$ | 1 where neuron $i$ fires in step $t$, else 0 |
| $V_i(t)$ | membrane potential of neuron $i$, known *before* $X_i(t)$ is drawn |
| $W_{ij}$ | weight **to** $i$ **from** $j$, `W[post, pre]` |
| $\varphi(V)$ | probability to fire in a step, from 0 to 1 |
"""

# %% [markdown]
r"""
## 1 · Why chance?

<div class="alert alert-warning">

**The article says** deterministic models represent recordings of single neurons pretty well (E3); and neurons sample at random *because* people create new things (E2). **What is right:** the first holds where a current is injected into a cell in a dish. In a living brain the same picture, shown twenty times, gives twenty different spike trains. The second does not follow: whether brains sample is a hypothesis. The chance has sources that one can measure: ion channels open at random, synapses release their vesicles at random, and most inputs of a neuron are not observed. **How we know:** the next cells.

</div>

### Derive

The simplest neuron of chance is a coin. In each step of 1 ms it fires with probability $p$, whatever happened before.

1. An **interval** of $k$ steps means: silent for $k-1$ steps, then a spike. Steps are independent, so probabilities multiply:
$$f_k=(1-p)^{k-1}\,p .$$
   This is the **geometric** law.
2. Its mean: sum over all $k$ the probability to be silent for at least $k$ steps, $k=0,1,2,\dots$ (each such step adds one to the interval). With $q=1-p$,
$$E[k]=\sum_{k=0}^\infty q^k=\frac1{1-q}=\frac1p .$$
3. Its variance is $q/p^2$ (the same trick, once more). The **coefficient of variation**, standard deviation over mean, is
$$\mathrm{CV}=\sqrt{1-p}.$$
   A clock has CV 0. For small $p$ this is close to 1.
4. Count the spikes in a window of $n$ steps: $n$ independent coins, mean $np$, variance $np(1-p)$. Variance over mean is the **Fano factor**:
$$F=1-p .$$

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("coin neuron")

# %% [markdown]
r"""
### Run

Twenty trials with the same stimulus: the Hodgkin-Huxley membrane of notebook 02, and a coin neuron.
"""

# %%
t, trials = np.arange(0, 100, 0.02), 20
rest = HodgkinHuxley().rest()
run = simulate(HodgkinHuxley(I_ext=10), t, start=[np.full(trials, x) for x in rest])
coin = np.random.default_rng(3).random((100, trials)) < 0.07
fig, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharey=True, layout="constrained")
axes[0].eventplot(spike_times(t, run.V, 50.0), colors=COLOR["V"], linelengths=0.8, linewidths=1.2)
axes[1].eventplot([np.flatnonzero(x) for x in coin.T], colors=COLOR["V"], linelengths=0.8, linewidths=1.2)
for ax, title in zip(axes, ("Hodgkin-Huxley, 10 µA/cm²", "coin neuron, $p=0.07$ per ms")):
    ax.set(title=title, xlabel="time (ms)", xlim=(0, 100), ylim=(-0.7, 19.7))
axes[0].set(ylabel="trial", yticks=(0, 10, 19))
label_panels(axes)
show(fig, "The same stimulus, twenty times. Left, a deterministic neuron fires at the same times in every trial. "
          "Right, a neuron of chance fires differently each time, as neurons in a living brain do.")
print("all twenty deterministic trials the same:", bool((run.V == run.V[:, :1]).all()))

# %%
p, windows = 0.05, 2000
spikes = np.random.default_rng(1).random((windows, 1000)) < p         # windows of 1000 steps: one second
counts, gaps = spikes.sum(axis=1), intervals(spikes.ravel())
print(f"spikes in a window: mean {counts.mean():.2f}, variance {counts.var():.1f}")
print(f"Fano factor  {counts.var() / counts.mean():.3f}   theory 1 - p       = {1 - p:.3f}   (within ± 0.03)")
print(f"mean interval {gaps.mean():.2f}   theory 1/p         = {1 / p:.2f} steps")
print(f"CV           {gaps.std() / gaps.mean():.4f}  theory sqrt(1 - p) = {np.sqrt(1 - p):.4f}")

# %% [markdown]
r"""
**Beside a measurement.** For neurons of the monkey's visual cortex Shadlen & Newsome (1998, their table 1) give: intervals about exponential, which is the geometric law for small $p$, and a variance of the count of 1 to 1.5 times its mean. The coin has 0.95. It is a good first guess, and slightly too regular.
"""

# %% [markdown]
r"""
## 2 · From hazard to intervals

A real neuron is no coin: just after a spike it does not fire at once. Let the probability depend on the time since its last spike, and on nothing before that.

### Derive, and fill in

1. The **hazard** $h_k$ is the probability to fire $k$ steps after the last spike, *given* silence until then.
2. To be silent at step $l$ has the probability $1-h_l$, given silence before. So to be silent through the steps $1,\dots,k-1$:
$$S_{k-1}=(1-h_1)(1-h_2)\cdots(1-h_{k-1}),\qquad S_0=1 .$$
3. An interval of $k$ steps: silence through $k-1$ steps, then a spike. **Your step:** write $f_k$ by $h$ and $S$, and turn it into code. `np.cumprod(1 - h)` is the array $S_1,S_2,\dots$
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
4. Where does $h_k$ come from? From a potential. After a spike $V=0$. In each later step a share $\mu$ of $V$ is left (the **leak** factor, from 0 to 1) and an input $I$ arrives; what arrives in the step of the spike itself is lost. So
$$V_1=0,\quad V_2=I,\quad V_3=I+\mu I,\quad\dots\quad V_k=I\,(1+\mu+\dots+\mu^{k-2})=I\,\frac{1-\mu^{k-1}}{1-\mu}.$$
5. The neuron fires with probability $h_k=\varphi(V_k)$. A usual choice is the **logistic** function with threshold $\theta$ and slope $s$: $\varphi(V)=\dfrac1{1+e^{-s(V-\theta)}}$.

### Run
"""

# %%
neuron = LoneNeuron(shape="logistic", threshold=2.0, slope=4.0, leak=0.9, I_ext=0.2)
k = np.arange(1, 41)
sample = neuron.sample(5000, 200)
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.9), layout="constrained")
left.plot(k, neuron.hazards(40), "o-", ms=3, color=COLOR["vermillion"])
left.set(xlabel="steps $k$ since the last spike", ylabel="hazard $h_k$", ylim=(0, 0.55))
right.hist(sample, np.arange(0.5, 41), density=True, color=COLOR["V"], alpha=0.5, label="5000 intervals")
right.plot(k, interval_law(neuron.hazards(40)), "--", color=COLOR["theory"], label="$f_k$")
right.set(xlabel="interval $k$ (steps)", ylabel="probability", xlim=(0, 40))
right.legend()
label_panels((left, right))
show(fig, "Left, the probability to fire rises with the time since the last spike, as the potential climbs. Right, the "
          "histogram of simulated intervals lies on the law that the hazard gives, with a peak at 16 steps.")
law = neuron.statistics()
print(f"mean interval {law.mean:.2f}, simulated {sample.mean():.2f};   CV {law.cv:.4f}, simulated {sample.std() / sample.mean():.4f}")
print(f"the most frequent interval: {law.mode} steps")

# %% [markdown]
r"""
### Investigate

Change the form of $\varphi$, its slope, the leak and the input. Find three neurons: a clock, a coin, and one that is more irregular than a clock but has no short intervals.
"""

# %% tags=["nbval-ignore-output"]
def view(fig):
    shape, bars = fig.subplots(1, 2)
    shape.set(xlabel="$V$", ylabel=r"$\varphi(V)$", xlim=(-0.1, 4.1), ylim=(-0.03, 1.03), title="chance to fire, and where V passes")
    bars.set(xlabel="interval $k$ (steps)", ylabel="probability", xlim=(0, 60), ylim=(0, 0.3), title="intervals: 3000 seen, and their law")
    V, k = np.linspace(0, 4, 201), np.arange(1, 121)
    curve, = shape.plot([], [], color=COLOR["vermillion"], animated=True)
    passed, = shape.plot([], [], "o", ms=4, color=COLOR["V"], animated=True)
    seen, = bars.step([], [], where="mid", color=COLOR["V"], lw=1.2, animated=True)
    law, = bars.plot([], [], "--", color=COLOR["theory"], animated=True)
    hazard, = bars.plot([], [], ":", color=COLOR["vermillion"], animated=True)
    bars.text(59, 0.285, "dotted: hazard", ha="right", va="top", color=COLOR["vermillion"])

    def update(neuron):
        h, sample = neuron.hazards(120), neuron.sample(3000, 120)
        curve.set_data(V, neuron.phi(V))
        passed.set_data(neuron.potentials(120), h)
        seen.set_data(k, np.bincount(sample, minlength=121)[1:] / 3000)
        law.set_data(k, interval_law(h))
        hazard.set_data(k, h)
        fired = sample[sample > 0]
        if len(fired) < 30:
            return f"{3000 - len(fired)} of 3000 neurons are silent for all 120 steps: the potential stays where chance is nil."
        return (f"{neuron.shape}: mean interval {fired.mean():.1f} steps, CV {fired.std() / fired.mean():.3f} "
                f"(a clock 0, a coin near 1); {3000 - len(fired)} of 3000 still silent after 120 steps.")
    return update

Panel(LoneNeuron(), view, "shape", "slope", "leak", "I_ext")

# %% [markdown]
r"""
## 3 · The Galves-Löcherbach network

Now let the input come from other neurons. The article prints two formulas. In today's symbols:
$$P\bigl(X_i(t)=1\mid\text{past}\bigr)=\varphi\bigl(V_i(t)\bigr),\qquad V_i(t)=\sum_j\sum_{s=t_0}^{t}w_{ij}(t-s)\,X(s).$$
The idea is right: chance decides, and the past decides the chance. Three repairs are small. $X(s)$ needs an index, the sender's: $X_j(s)$, with $j\ne i$ (E36). Weight and fading share one symbol; write $W_{ij}\,g(k)$, a weight times a kernel of the delay (E37). And $w_{ij}$ goes from $j$ to $i$ here but from $i$ to $j$ in the article's section on learning; we always write $W_{ij}$ to $i$ from $j$ (E39). Two repairs are large: where the sum begins, and where it ends.

### Derive

1. Let $L_i(t)$ be the last step *before* $t$ in which neuron $i$ fired. Its memory begins anew there:
$$V_i(t)=\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\Bigl[\sum_{j\ne i}W_{ij}X_j(s)+I_i\Bigr].$$
   An empty sum is 0. The kernel is $g(k)=\mu^k$: each step keeps the share $\mu$.
2. Suppose $i$ fires in step $t$. Then $L_i(t+1)=t$, the sum runs from $t+1$ to $t$, it is empty: $V_i(t+1)=0$.
3. Suppose $i$ is silent in step $t$. Then $L_i(t+1)=L_i(t)$. Split off the last term, $s=t$, whose factor is $\mu^0=1$; in all others one $\mu$ can be taken out:
$$V_i(t+1)=\mu\sum_{s=L_i(t)+1}^{t-1}\mu^{\,t-1-s}\bigl[\dots\bigr]+\sum_jW_{ij}X_j(t)+I_i=\mu V_i(t)+\sum_jW_{ij}X_j(t)+I_i .$$
4. Both cases in one line, the one to program:
$$\boxed{V_i(t+1)=\bigl(1-X_i(t)\bigr)\Bigl[\mu V_i(t)+\sum_jW_{ij}X_j(t)+I_i\Bigr]}$$
   The whole past has shrunk to one number per neuron.
"""

# %%
network = GalvesLocherbach(W=[[0, 1.5, -2], [2, 0, 0.5], [1, 1, 0]], phi=logistic(1.0), leak=0.7)
X = network.simulate(60, 4).spikes
fired_before = [[np.flatnonzero(X[:t, i]).max(initial=-1) for i in range(3)] for t in range(60)]     # L_i(t)
V_sum = np.array([[sum(0.7 ** (t - 1 - s) * network.W[i] @ X[s] for s in range(fired_before[t][i] + 1, t))
                   for i in range(3)] for t in range(60)])
print(f"largest difference between the sum and the one-line rule: {np.abs(V_sum - network.potentials(X)).max():.0e}")
fig, ax = plt.subplots(figsize=(8, 2.6), layout="constrained")
for i, (color, style) in enumerate(((COLOR["V"], "-"), (COLOR["vermillion"], "--"), (COLOR["green"], "-."))):
    ax.step(range(60), V_sum[:, i], style, where="post", color=color, lw=1.3, label=f"$V_{i + 1}$")
    ax.plot(np.flatnonzero(X[:, i]), np.full(X[:, i].sum(), 5.2 + 0.5 * i), "|", ms=9, color=color)
ax.set(xlabel="step $t$", ylabel="$V_i(t)$; spikes above", xlim=(0, 60))
ax.legend(ncols=3, loc="lower right")
show(fig, "Potentials of three neurons that excite and inhibit each other; the ticks above are their spikes. After each "
          "spike of its own a neuron starts again from 0, whatever it had collected.")

# %% [markdown]
r"""
<div class="alert alert-warning">

**The article says** the sum begins at a fixed $t_0$ (E34), so a neuron never forgets. **What is right:** it begins after the neuron's own last spike, at $L_i(t)+1$. This reset is the heart of the model: it makes each spike a fresh start. (In the paper of 2013 the sum seems to begin at $L_i$ itself, which keeps the input of the step of the spike; simulations begin one step later. The two are different models: say which.) **How we know:** the next cells run all three.

</div>

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("without reset")

# %% [markdown]
r"""
`next_potential` is the one line of the model that you derived. A subclass replaces it.
"""

# %%
class AsPrinted(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return self.leak * V + arriving + self.I_ext                    # no reset

class Kept(GalvesLocherbach):
    def next_potential(self, V, X, arriving):
        return np.where(X, 0.0, self.leak * V) + arriving + self.I_ext  # the input of one's own step is kept

for kind, exact in ((AsPrinted, "-> 1, 1"), (Kept, "0.2041, 0.1791"), (GalvesLocherbach, "0.1855, 0.1662")):
    pair = kind(W=[[0, 1], [0.5, 0]], phi=logistic(2.0), leak=1.0)
    rates = pair.simulate(20_000, 1, keep_V=False).spikes[200:].mean(axis=0)
    print(f"{kind.__name__:17} firing probabilities {rates[0]:.3f}, {rates[1]:.3f}   exact {exact}")

# %% [markdown]
r"""
As printed, both neurons end up firing in every step.

<div class="alert alert-warning">

**The article says** the sum runs up to $s=t$ (E35). **What is right:** it ends at $t-1$. Otherwise $V_i(t)$, which decides who fires in step $t$, contains who fires in step $t$. **How we know:** fix the random numbers $U_i$ of one step, so that neuron $i$ fires where $U_i<\varphi(V_i)$, and look for patterns that agree with themselves.

</div>
"""

# %%
def consistent(W, U=(0.3, 0.3), phi=logistic(2.0)):
    """The patterns X of one step that give themselves back when V contains W X."""
    patterns = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    return [tuple(x.tolist()) for x in patterns if np.array_equal(U < phi(np.array(W) @ x), x)]

print("two that excite each other:      ", consistent([[0, 4], [4, 0]]))
print("one excites, the other inhibits: ", consistent([[0, -4], [4, 0]], U=(0.1, 0.3)))

# %% [markdown]
r"""
With the same random numbers the printed rule allows two different answers in the first network, and none in the second: it is a riddle, no law. With the sum up to $t-1$ there is exactly one answer, always.
"""

# %% [markdown]
r"""
## 4 · A probability, and the law of a raster

<div class="alert alert-warning">

**The article says** $\varphi$ is a non-linear activation function and $V$ the synaptic input (E38). **What is right:** $\varphi$ is a **probability**. It must lie between 0 and 1, and it must not decrease. $V$ is a membrane potential: it contains the leak and the reset, too. And one sentence is missing, without which the model isn't defined: *given the past, the neurons fire independently of each other within a step.* **How we know:** an activation function like $e^V$, which can be found in public code, gives "probabilities" that are none.

</div>
"""

# %%
V = 1.0
p = np.exp(V)
print(f"phi = exp: chance to fire at V = 1 is {p:.2f}, chance to be silent {1 - p:.2f}")
print("what a program makes of it without a word:", np.mean(np.random.default_rng(0).random(1000) < p))
try:
    GalvesLocherbach(W=[[0, 2], [2, 0]], phi=np.exp).simulate(10, 1)
except ValueError as error:
    print("the course's model:", error)

# %% [markdown]
r"""
### Derive

1. Let $p_i=\varphi(V_i(t))$. A neuron shows $x_i=1$ with probability $p_i$ and $x_i=0$ with probability $1-p_i$. Both in one formula: $p_i^{x_i}(1-p_i)^{1-x_i}$.
2. Given the past, the neurons are independent. So for a pattern $x=(x_1,\dots,x_N)$
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
truth = GalvesLocherbach(W=[[0, 2], [1, 0]], phi=logistic(1.0), leak=0.5)
X = truth.simulate(3000, 11, keep_V=False).spikes
leaks = np.linspace(0, 0.95, 39)
ell = np.array([truth.but(leak=leak).log_likelihood(X) for leak in leaks])
fig, ax = plt.subplots(figsize=(8, 2.7), layout="constrained")
ax.plot(leaks, ell, color=COLOR["V"])
ax.axvline(0.5, color=COLOR["theory"], ls="--", lw=1)
ax.plot(leaks[ell.argmax()], ell.max(), "o", color=COLOR["vermillion"])
ax.set(xlabel=r"assumed leak factor $\mu$", ylabel=r"log-likelihood $\ell$ (nat)", xlim=(0, 0.95))
ax.annotate("truth", (0.5, ell.min() + 5), (0.52, ell.min() + 5))
show(fig, "The log-likelihood of a raster of 3000 steps against the leak that one assumes. Its maximum, the dot, is close to "
          "the true leak of 0.5, the dashed line: the spikes alone tell how leaky the neurons are.")
by_hand = np.array([[int(c) for c in row] for row in ("0110010001", "1010000110")]).T
print(f"read off: {leaks[ell.argmax()]:.3f}, true 0.5")
print(f"ten steps by hand: {truth.log_likelihood(by_hand):.4f} nat, reference -12.4995")

# %% [markdown]
r"""
## 5 · The edge of chatter

Connect all $N$ neurons to all others, each with the weight $W/N$. Take the simplest $\varphi$: $\varphi(V)=\Gamma V$, cut off at 0 and 1, with the **gain** $\Gamma$. No leak memory: $\mu=0$.

### Derive

1. Let $\rho(t)$ be the share of neurons that fire in step $t$. Every neuron that was silent receives the same: $W\rho(t)$.
2. Those that fired, a share $\rho$, are reset to $V=0$, and $\varphi(0)=0$: they are silent next.
3. The others, a share $1-\rho$, fire with probability $\varphi(W\rho)$. In a very large network shares and probabilities coincide, so
$$\rho(t+1)=\bigl(1-\rho(t)\bigr)\,\varphi\bigl(W\rho(t)\bigr)=\Gamma W\,\rho(t)\,\bigl(1-\rho(t)\bigr)\qquad\text{as long as }\Gamma W\rho\le1 .$$
   This is the **logistic map**, famous for chaos. Only the product $\Gamma W$ counts.
4. **Fixed points**, $\rho(t+1)=\rho(t)$. One is $\rho=0$. Divide by $\rho$ for the other: $1=\Gamma W(1-\rho)$, hence $\rho^*=1-\dfrac1{\Gamma W}$.
5. **Stability.** A small deviation is multiplied by the slope of the map, $\Gamma W(1-2\rho)$. At 0 the slope is $\Gamma W$: silence is stable below $\Gamma W=1$. At $\rho^*$ it is $2-\Gamma W$: stable between 1 and 3, if the formula held.
6. It does not hold that far. At $\rho^*$ the input is $\Gamma W\rho^*=\Gamma W-1$, which reaches 1 at $\Gamma W=2$. From there on $\varphi$ is at its ceiling: *every* silent neuron fires, $\rho(t+1)=1-\rho(t)$. So $\rho$ and $1-\rho$ take turns. There will be no chaos.

### Predict
"""

# %% tags=["nbval-ignore-output"]
predict("gain three")

# %% [markdown]
r"""
### Run

Draw the map, and climb between the curve and the diagonal: this staircase is called a **cobweb**. The points are a network of 2000 neurons, each pair $\rho(t),\rho(t+1)$ one point.
"""

# %%
fig, axes = plt.subplots(1, 3, figsize=(8.6, 3), layout="constrained")
for ax, gain_weight in zip(axes, (0.8, 1.5, 3.0)):
    network = EdgeOfChatter(gain_weight=gain_weight)
    rate = network.run().rate
    plots.cobweb(ax)(network.next_share, 0.3, rate)
    ax.set_title(rf"$\Gamma W={gain_weight}$")
    print(f"gain x weight {gain_weight}: the last steps of 200: {rate[-2]:.4f}, {rate[-1]:.4f};   "
          f"stationary in theory: {', '.join(f'{r:.4f}' for r in mean_field(clipped_linear(), gain_weight))}")
axes[0].legend(loc="upper left", handlelength=1.4, fontsize=8)
label_panels(axes)
show(fig, "Three cobwebs. Below gain times weight 1 the staircase falls to silence; at 1.5 it ends at one third; at 3 it "
          "jumps between 0.63 and 0.37 for ever. The network of 2000 neurons scatters around the curve of the mean field.")

# %% [markdown]
r"""
### Investigate

The panel runs 200 steps of up to 2000 neurons on **frozen noise**: the same random number decides the same neuron in the same step, wherever the sliders are. What changes is due to you, not to chance. After a silent step one neuron is woken, so that you see the avalanches of a quiet network.

1. $\Gamma W$ slowly from 0 through 1. Where do the flashes become clouds?
2. On through 2, to 3. Where does the noise disappear?
3. Raise $V_T$, then lower $\Gamma W$. The activity ends with a jump. From what value?
4. Raise $\mu$: the edge moves to $\Gamma W=1-\mu$.
"""

# %% tags=["nbval-ignore-output"]
def view(fig):
    left, right = fig.subplots(1, 2, width_ratios=(2, 1))
    rate = left.inset_axes((0, -0.62, 1, 0.52))
    left.set(xlim=(0, 200), ylim=(0, 1), xticks=[], yticks=[], ylabel="neurons")
    left.set_position((0.07, 0.5, 0.55, 0.46))
    rate.set(xlim=(0, 200), ylim=(0, 0.9), xlabel="step", ylabel=r"share $\rho$ that fires")
    rate.set_yscale("function", functions=(np.sqrt, np.square))
    rate.set_yticks([0, 0.01, 0.1, 0.37, 0.63])
    seen, = rate.plot([], [], color=COLOR["V"], lw=1, animated=True)
    expected, = rate.plot([], [], "--", color=COLOR["theory"], lw=1, animated=True)
    who, web = plots.raster(left, animated=True), plots.cobweb(right, animated=True)
    rate.text(198, 0.8, "square-root axis; dashed: infinitely many neurons", ha="right", va="top", fontsize=8)

    def update(network):
        run = network.run()
        who(density(run.spikes))
        seen.set_data(range(200), run.rate)
        expected.set_data(range(200), network.theory())
        web(network.next_share, network.start, run.rate)
        return told(network, run)
    return update

def told(network, run):
    where = (f"ΓW = {network.gain_weight:.2f} at edge 1 - μ = {1 - network.leak:.2f}: " if network.threshold == 0
             else f"ΓW = {network.gain_weight:.2f}, threshold {network.threshold:.2f}: ")
    if run.woken.any():
        return where + f"the network fell silent {run.woken.sum()} times and was woken each time."
    even, odd = run.rate[-20::2].mean(), run.rate[-19::2].mean()
    if abs(even - odd) > 0.05:
        return where + f"flicker, {max(even, odd):.3f} and {min(even, odd):.3f} take turns."
    return where + f"chatter, {run.rate[-50:].mean():.3f} ± {run.rate[-50:].std():.3f} fire in each step."

Panel(EdgeOfChatter(gain_weight=1.0), view, "gain_weight", "leak", "threshold", "N")

# %% [markdown]
r"""
### Exercise
"""

# %%
def stable_rate(gain_weight):
    """The stable share of firing neurons, for gain times weight between 0 and 2 (no leak, no threshold)."""
    ...

check("stationary rate", stable_rate)

# %% tags=["solution"]
def solved_stable_rate(gain_weight):
    return max(0.0, 1 - 1 / gain_weight)

check("stationary rate", solved_stable_rate)

# %% [markdown]
r"""
### Modify

Square the probability: $\varphi(V)=\operatorname{clip}(\Gamma V,0,1)^2$. Now a weak input is nearly ignored. At which $\Gamma W$ does activity first become possible, and which share fires there? `mean_field(phi, w)` returns *all* stationary shares. Change `w` until a new one appears.
"""

# %%
def squared(V):
    return np.clip(V, 0, 1) ** 2

w = 1.2
print("stationary shares:", mean_field(squared, w))
check("another phi", [..., ...])

# %% tags=["solution"]
for weight in (1.9, 1.99, 2.01, 2.1):
    print(weight, mean_field(lambda V: np.clip(V, 0, 1) ** 2, weight).round(3))

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
## Questions to close

1. You double the length of a step from 1 to 2 ms and leave $p=0.05$ per step as it is. What happens to the rate in Hz? What should you do instead?
2. A colleague fits $\mu$ by likelihood and finds the maximum at $\mu=1$. Her neurons fire in nearly every step. Why is her estimate worth little?
3. In the panel, at $\Gamma W=3$, you change the seed. What changes, and what doesn't?
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
