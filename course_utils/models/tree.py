"""A branched dendrite: passive cables that begin where another one ends.

At a fork V is continuous and the axial currents add up to 0. `Tree.solver` eliminates the
branches from their tips to the stem. Rall, Handbook of
Physiology, The Nervous System 1:39 (1977), 10.1002/cphy.cp010103. Units are those of
`cable`.
"""

import numpy as np

from ..model import Record
from ..solve import Run, checked_times
from .cable import Cable, crank_nicolson, injected, steady_voltage

__all__ = ["Tree"]


class Tree(Record):
    """Cables joined to a tree, with sealed tips.

    cables: a tuple of `Cable`, the stem first. parents: for each cable the number of the
    one at whose right end it begins, an earlier one; None for the stem. V holds the
    compartments of all cables in their order, `tree.parts[k]` being the slice of cable k,
    and then one value a fork.

    >>> stem, twig = Cable(length=800.0, compartments=40), Cable(length=500.0, compartments=25)
    >>> tree = Tree(cables=(stem, twig, twig), parents=(None, 0, 0))
    >>> V = tree.steady_voltage([(0, 0.0, 0.1)])  # 0.1 nA into the beginning of the stem
    >>> bool(np.isclose(V[tree.parts[1]][-1], V[tree.parts[2]][-1]))
    True
    """

    states = {"V": "mV"}
    time_unit = "ms"

    cables: tuple
    parents: tuple
    steady_voltage = steady_voltage  # under injections [(cable, x in µm, nA), ...]

    def __post_init__(self):
        super().__post_init__()
        if not self.cables or not all(isinstance(cable, Cable) for cable in self.cables):
            raise TypeError(
                f"cables must be a tuple of Cables, the stem first, not {self.cables!r}")
        if any(np.ndim(cable.radius) or "killed" in cable.end_pair for cable in self.cables):
            raise ValueError("cables of a Tree must have one radius each and sealed ends: a fork "
                             "opens an end by itself")
        right = len(self.parents) == len(self.cables) and self.parents[0] is None and all(
            isinstance(p, int) and 0 <= p < k for k, p in enumerate(self.parents) if k)
        if not right:
            raise ValueError("parents must name an earlier cable for each cable, as in "
                             f"(None, 0, 0) for a stem with two daughters, not {self.parents!r}")

    @property
    def parts(self):
        """The slice of V of each cable."""
        ends = np.cumsum([cable.compartments for cable in self.cables])
        return [slice(int(end) - cable.compartments, int(end))
                for cable, end in zip(self.cables, ends)]

    @property
    def forks(self):
        """{number of a cable that has daughters: the place of its fork in V}."""
        first = self.parts[-1].stop
        return {cable: first + k for k, cable in enumerate(sorted({*self.parents} - {None}))}

    @property
    def compartments(self):
        """The number of values in V."""
        return self.parts[-1].stop + len(self.forks)

    @property
    def capacitance(self):
        """The capacitance at each value of V in nF; a fork has none."""
        each = [cable.capacitance for cable in self.cables]
        return np.concatenate([*each, np.zeros(len(self.forks))])

    def joints(self):
        """[(compartment, the fork at which it ends, MΩ between the two), ...]."""
        begin = [(part.start, self.forks[parent], cable.half_resistance[0])
                 for part, parent, cable in zip(self.parts, self.parents, self.cables)
                 if parent is not None]
        return begin + [(self.parts[k].stop - 1, fork, self.cables[k].half_resistance[-1])
                        for k, fork in self.forks.items()]

    def conductance(self):
        """The matrix G of C dV/dt = I - G V in µS, sparse: those of the cables, coupled at the
        forks.

        Derived in notebook 04, section 1.
        """
        from scipy import sparse

        each = [sparse.diags_array([side, diagonal, side], offsets=[-1, 0, 1])
                for diagonal, side in (cable.conductance() for cable in self.cables)]
        forks = sparse.csc_array((len(self.forks), len(self.forks)))
        G = sparse.block_diag([*each, forks], format="lil")
        for place, fork, resistance in self.joints():
            for here, there in ((place, fork), (fork, place)):
                G[here, here] += 1 / resistance
                G[here, there] -= 1 / resistance
        return G

    def solver(self, extra=0.0):
        """A function of the source in nA that solves (extra + G) V = source for V; extra: a
        conductance to ground in µS, one number or one per value of V.

        The order by least neighbours eliminates a tree from its tips to the stem, which adds no
        entry to the matrix. Hines, Int. J. Biomed. Comput. 15:69 (1984).
        """
        from scipy import sparse

        extra = sparse.diags_array(np.broadcast_to(extra, self.compartments))
        return sparse.linalg.splu((self.conductance() + extra).tocsc(), permc_spec="MMD_AT_PLUS_A",
                                  options={"SymmetricMode": True}).solve

    def compartments_at(self, k, x):
        """The places in V that hold the place x in µm of cable k: one, or the two that meet."""
        if k not in range(len(self.cables)):
            raise ValueError(f"injections name cable {k!r}, but there are cables 0 to "
                             f"{len(self.cables) - 1}")
        return [self.parts[k].start + place for place in self.cables[k].compartments_at(x)]

    def simulate(self, t, injections):
        """The `Run` from rest through the times t (T,) in ms: V (T, compartments), by
        Crank-Nicolson.

        injections: list of (cable, x, current), x in µm from that cable's left end,
        current in nA, one number or (T,), held from t[k] to t[k+1].
        """
        t = checked_times(t)
        rest = np.zeros(self.compartments)
        V = crank_nicolson(self, t, *injected(self, t, injections), rest)
        return Run(self, t, {"V": V})
