"""A branched dendrite against closed forms, the equivalent cylinder and a dense matrix."""
import numpy as np
import pytest

from course_utils import Cable, simulate_cable
from course_utils.models.cable import crank_nicolson
from course_utils.models.tree import Tree

MEMBRANE = {"rho": 100.0, "g_m": 0.05, "c_m": 1.0}


def cable(radius, length, compartments):
    return Cable(length=length, radius=radius, compartments=compartments, **MEMBRANE)


def in_lengths(radius, lengths, compartments):
    """A cable of a length given in its own length constants."""
    scale = cable(radius, 100.0, 3).length_constant
    return cable(radius, lengths * scale, compartments)


DAUGHTER = 2.0 / 2**(2 / 3)  # two of these radii match a stem of 2 µm: 1.259921 µm


def folded(stem, daughters):
    """(input resistance in MΩ, V at the fork and at each tip over V at the start), in closed form:
    each branch folded from its sealed tip.
    """
    def infinite(c):  # conductance of a semi-infinite cable in µS
        return np.pi * c.radius**2 / (1e-2 * c.rho * c.length_constant)

    ends = [d.length / d.length_constant for d in daughters]
    load = sum(infinite(d) * np.tanh(e) for d, e in zip(daughters, ends)) / infinite(stem)
    length = stem.length / stem.length_constant
    conductance = infinite(stem) * (load + np.tanh(length)) / (1 + load * np.tanh(length))
    fork = 1 / (np.cosh(length) + load * np.sinh(length))
    return 1 / conductance, fork, [fork / np.cosh(e) for e in ends]


CASES = {  # stem and daughters, published R_in, V at start, fork and tips for 0.1 nA
    "matched": (in_lengths(2.0, 0.6, 600), [in_lengths(DAUGHTER, 0.5, 500)] * 2,
                140.586730, (14.05867, 9.50120, 8.42584, 8.42584)),
    "unequal lengths": (in_lengths(2.0, 0.6, 600),
                        [in_lengths(DAUGHTER, 0.2, 200), in_lengths(DAUGHTER, 0.8, 800)],
                        143.188130, (14.31881, 9.80958, 9.61661, 7.33463)),
    "unmatched": (cable(2.0, 800.0, 800), [cable(1.5, 500.0, 500), cable(0.6, 700.0, 700)],
                  151.814250, (15.18143, 10.96472, 10.11042, 7.63087)),
}


@pytest.mark.parametrize("name", CASES)
def test_steady_voltages_of_a_fork(name):
    stem, daughters, resistance, voltages = CASES[name]
    R, fork, tips = folded(stem, daughters)
    assert R == pytest.approx(resistance, rel=1e-6)
    np.testing.assert_allclose([0.1 * R, 0.1 * R * fork, *(0.1 * R * tip for tip in tips)],
                               voltages, atol=1e-5)
    tree = Tree(cables=(stem, *daughters), parents=(None, 0, 0))
    V = tree.steady_voltage([(0, 0.0, 0.1)])
    ends = [V[tree.parts[k]][-1] for k in (1, 2)]
    np.testing.assert_allclose([V[0], V[tree.forks[0]], *ends], voltages, rtol=4e-3)


def test_transfer_is_reciprocal_and_attenuation_is_not():
    stem, daughters, _, _ = CASES["unmatched"]
    tree = Tree(cables=(stem, *daughters), parents=(None, 0, 0))
    inwards = tree.steady_voltage([(2, daughters[1].length, 0.1)])
    outwards = tree.steady_voltage([(0, 0.0, 0.1)])
    tip = tree.parts[2].stop - 1
    assert inwards[0] == pytest.approx(outwards[tip], rel=1e-12)
    assert inwards[0] == pytest.approx(7.63087, rel=1e-3)
    assert (inwards[tip], inwards[tree.forks[0]]) == pytest.approx((55.36503, 8.88471), rel=4e-3)
    assert inwards[tip] / inwards[0] == pytest.approx(7.2554, rel=4e-3)
    assert outwards[0] / outwards[tip] == pytest.approx(1.9895, rel=4e-3)


def test_a_matched_tree_is_its_equivalent_cylinder_at_every_time():
    """Rall's conditions: equal ends, 3/2 rule, equal lengths in length constants."""
    stem, twig = in_lengths(2.0, 0.6, 60), in_lengths(DAUGHTER, 0.5, 50)
    tree = Tree(cables=(stem, twig, twig), parents=(None, 0, 0))
    cylinder = in_lengths(2.0, 1.1, 110)
    t = np.arange(0, 30, 0.05)
    current = np.where(t < 2, 0.2, 0.0)
    branched = tree.simulate(t, [(0, 0.0, current)]).V
    plain = simulate_cable(cylinder, t, [(0.0, current)], scheme=crank_nicolson).V
    tips = branched[:, [tree.parts[1].stop - 1, tree.parts[2].stop - 1]]
    np.testing.assert_allclose(branched[:, :60], plain[:, :60], atol=2e-3)
    np.testing.assert_allclose(tips, plain[:, [-1, -1]], atol=2e-3)


def test_without_a_fork_it_is_the_cable():
    alone = cable(2.0, 900.0, 30)
    t = np.arange(0, 20, 0.1)
    tree = Tree(cables=(alone,), parents=(None,))
    plain = simulate_cable(alone, t, [(300.0, 0.1)], scheme=crank_nicolson).V
    np.testing.assert_allclose(tree.simulate(t, [(0, 300.0, 0.1)]).V, plain, atol=1e-12)


def test_current_leaves_through_the_leak_alone():
    """The rows of G sum to the leak: what flows along the tree flows from place to place."""
    twigs = [cable(radius, 300.0, 10) for radius in (2.0, 1.5, 0.6, 0.8, 1.1)]
    tree = Tree(cables=tuple(twigs), parents=(None, 0, 0, 0, 2))
    G = tree.conductance().toarray()
    leak = np.concatenate([1e-5 * twig.g_m * twig.area for twig in twigs])
    np.testing.assert_allclose(G.sum(axis=1), [*leak, 0.0, 0.0], atol=1e-15)
    assert np.array_equal(G, G.T) and (np.linalg.eigvalsh(G) > 0).all()


def test_elimination_in_hines_order_is_exact_and_fills_nothing():
    """Against a dense matrix, on random trees; the factors hold as many entries as the matrix."""
    rng = np.random.default_rng(1)
    for _ in range(4):
        parents = (None, *(int(rng.integers(k)) for k in range(1, 30)))
        tree = Tree(cables=tuple(cable(1.0, 300.0, int(rng.integers(3, 12))) for _ in parents),
                    parents=parents)
        G, source = tree.conductance().tocsc(), rng.normal(size=tree.compartments)
        solve = tree.solver()
        np.testing.assert_allclose(solve(source), np.linalg.solve(G.toarray(), source), rtol=1e-9)
        factors = solve.__self__
        assert factors.L.nnz + factors.U.nnz - tree.compartments == G.nnz


def test_rallpack_2():
    """Ten levels, 1023 branches of one compartment or more, against the closed form of the
    equivalent cylinder; the limits are those of Brian 2's own suite.
    """
    levels = [Cable(length=32.0 / 2**(k / 3), radius=8.0 / 2**(2 * k / 3), rho=100.0, g_m=1 / 40,
                    c_m=1.0, compartments=3) for k in range(10)]
    cables, parents = [levels[0]], [None]
    for k in range(1, 10):
        last = range(len(cables) - 2**(k - 1), len(cables))
        parents += [p for p in last for _ in range(2)]
        cables += [levels[k]] * 2**k
    tree = Tree(cables=tuple(cables), parents=tuple(parents))
    cylinder = Cable(length=320.0, radius=8.0, rho=100.0, g_m=1 / 40, c_m=1.0, compartments=30)
    t = np.arange(0, 50, 0.5)
    V = tree.simulate(t, [(0, 0.0, 0.1)]).V
    right = simulate_cable(cylinder, t, [(0.0, 0.1)]).V
    for found, true in ((V[:, 0], right[:, 0]), (V[:, tree.parts[-1].stop - 1], right[:, -1])):
        error = np.abs(found - true) / np.ptp(true)
        assert np.sqrt(np.mean(error**2)) < 2.5e-3 and error.max() < 5e-3
    tips = V[-1, [part.stop - 1 for part in tree.parts[-512:]]]
    assert np.ptp(tips) < 1e-12


@pytest.mark.parametrize("change, message", [
    ({"cables": ()}, "cables must be a tuple of Cables"),
    ({"cables": ("stem",)}, "cables must be a tuple of Cables"),
    ({"parents": (None, 1)}, "parents must name an earlier cable"),
    ({"parents": (0, 0)}, "parents must name an earlier cable"),
    ({"cables": (Cable(ends="killed"), Cable())}, "sealed ends"),
])
def test_a_tree_that_cannot_be(change, message):
    good = {"cables": (Cable(), Cable()), "parents": (None, 0)}
    assert Tree(**good).compartments == 401
    with pytest.raises((TypeError, ValueError), match=message):
        Tree(**good | change)


def test_a_place_that_is_not_there():
    tree = Tree(cables=(Cable(), Cable()), parents=(None, 0))
    for injection, message in (((2, 0.0, 0.1), "cable 2"), ((1, 3000.0, 0.1), "2000 µm")):
        with pytest.raises(ValueError, match=message):
            tree.steady_voltage([injection])
