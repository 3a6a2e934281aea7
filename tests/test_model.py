"""Named numbers with units: what a parameter declares, what a record refuses, how copies are
made.
"""
import math

import numpy as np
import pytest

from course_utils.checks import finite_array, whole_number
from course_utils.model import Model, Record, exp, parameter, vtrap
from course_utils.models.hodgkin_huxley import HodgkinHuxley
from course_utils.notebook_02.experiments import ClampExperiment

CELL = HodgkinHuxley()


class Knobs(Record):
    """One of each kind."""

    real: float = parameter(1.0, "mV", "r", -2, 2, "any number")
    positive: float = parameter(2.0, "ms", "p", 0.1, 10, "above 0", domain="positive",
                                scale="log")
    nonnegative: float = parameter(0.0, "mS", "q", 0, 3, "0 or more", domain="nonnegative")
    probability: float = parameter(0.5, "1", "u", 0, 1, "a share", domain="probability")
    count: int = parameter(3, "1", "N", 1, 9, "how many", scale="integer")
    shape: str = parameter("step", "1", "s", doc="a word", choices=("step", "ramp"))


# --- what a value may be
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, value, words",
    [("real", math.nan, "real of Knobs must be a finite number in mV"),
     ("real", math.inf, "nan or an infinite value"),
     ("real", "1.0", "real of Knobs must be a finite number in mV, not '1.0'"),
     ("real", None, "not None"), ("real", True, "not True"),
     ("real", {"a": 1}, "must be a finite number"),
     ("real", [1.0, "x"], "must be a finite number"),
     ("positive", 0.0, "positive of Knobs must be a number above 0 in ms, not 0.0"),
     ("positive", [1.0, -1.0], "above 0 in ms"),
     ("nonnegative", -0.1,
      "nonnegative of Knobs must be a number that is 0 or more in mS, not -0.1"),
     ("probability", 1.01, "probability of Knobs must be a number from 0 to 1, not 1.01"),
     ("probability", -0.01, "from 0 to 1"),
     ("count", 2.5, "count of Knobs must be a whole number, not 2.5"),
     ("shape", "sine", "shape of Knobs must be one of 'step', 'ramp', not 'sine'")])
def test_a_refusal_names_the_parameter_the_value_what_is_allowed_and_the_unit(
        name, value, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Knobs(**{name: value})


def test_an_unknown_name_is_told_what_there_is():
    with pytest.raises(TypeError,
                       match="HodgkinHuxley has no parameter g_Ca; it has I_ext, C_m, g_Na"):
        HodgkinHuxley(g_Ca=1)
    with pytest.raises(TypeError,
                       match=r"takes its parameters by name, as in Knobs\(real=...\)"):
        Knobs(1.0)
    with pytest.raises(AttributeError, match="Knobs has no parameter wrong; it has real"):
        Knobs().get("wrong")
    with pytest.raises(ValueError, match="Knobs has no parameter wrong; it has real"):
        Knobs().declared("wrong")


def test_the_range_of_a_slider_refuses_nothing():
    assert Knobs(real=100.0).real == 100.0 and Knobs(positive=1e-9).positive == 1e-9
    assert CELL.but(I_ext=1000.0, g_Na=0.0).g_Na == 0.0


def test_values_are_kept_as_plain_numbers_or_as_arrays_that_cannot_change():
    knobs = Knobs(real=np.float32(0.5), count=np.int64(4), positive=[1, 2])
    assert type(knobs.real) is float and type(
        knobs.count) is int and knobs.positive.dtype == float
    with pytest.raises(ValueError, match="read-only"):
        knobs.positive[0] = 5.0
    given = np.array([1.0, 2.0])
    kept = Knobs(real=given)
    given[0] = 9.0
    assert kept.real[0] == 1.0
    with pytest.raises(AttributeError):
        knobs.real = 2.0


def test_a_declaration_that_makes_no_sense_is_refused():
    with pytest.raises(
            ValueError,
            match="no domain 'negative'; there are real, positive, nonnegative, probability"):
        parameter(1.0, domain="negative")
    with pytest.raises(ValueError, match="no scale 'cubic'; there are linear, log, integer"):
        parameter(1.0, scale="cubic")


# --- copies, equality, names
# ------------------------------------------------------------------------------------------


def test_a_changed_copy_leaves_the_original():
    other = CELL.but(I_ext=3.0, g_K=20)
    assert (other.I_ext, other.g_K, CELL.I_ext,
            CELL.g_K) == (3.0, 20.0, 10.0, 36.0) and type(other) is HodgkinHuxley
    with pytest.raises(ValueError, match="g_K of HodgkinHuxley"):
        CELL.but(g_K=-3)


def test_a_dotted_name_reaches_into_a_record_inside():
    bench = ClampExperiment().but(**{"cell.g_Na": 60.0, "cell.g_K": 10.0, "V_command": 20.0})
    assert (bench.cell.g_Na, bench.cell.g_K, bench.V_command) == (60.0, 10.0, 20.0)
    assert ClampExperiment().cell.g_Na == 120.0 and bench.get("cell.g_Na") == 60.0
    assert bench.declared("cell.g_Na").unit == "mS/cm²"


def test_dots_may_go_two_records_deep():
    class Rack(Record):
        bench: ClampExperiment = ClampExperiment()

    deep = Rack().but(**{"bench.cell.g_Na": 60.0})
    assert deep.bench.cell.g_Na == deep.get(
        "bench.cell.g_Na") == 60.0 and deep.bench.V_command == Rack().bench.V_command
    assert deep.declared("bench.cell.g_Na").unit == "mS/cm²"


def test_records_with_the_same_values_are_equal():
    assert HodgkinHuxley() == HodgkinHuxley() and hash(HodgkinHuxley()) == hash(HodgkinHuxley())
    assert HodgkinHuxley(I_ext=[1, 2]) == HodgkinHuxley(I_ext=[1, 2]) != HodgkinHuxley(
        I_ext=[1, 3])
    assert Knobs() != HodgkinHuxley() and Knobs() != Knobs(shape="ramp")
    assert len({Knobs(), Knobs(), Knobs(real=0.0)}) == 2


def test_labels_and_the_table_come_from_the_declaration():
    assert CELL.declared("I_ext").label() == r"$I_\mathrm{ext}$ (µA/cm²)" and Knobs().declared(
        "count").label() == "$N$"
    assert HodgkinHuxley.axis_label("V") == "$V$ (mV)" and HodgkinHuxley.axis_label(
        "m") == "$m$"
    html = CELL.but(g_K=[1, 2])._repr_html_()
    for part in (">g_Na<", "120", "mS/cm²", "maximal sodium conductance",
                 r"$\bar g_\mathrm{Na}$", "array (2,)"):
        assert part in html
    assert list(Knobs.parameters()) == [
        "real", "positive", "nonnegative", "probability", "count", "shape"
    ]


def test_a_subclass_inherits_and_may_redeclare():
    class Hot(HodgkinHuxley):
        temperature: float = parameter(18.5, "°C", "T", 0, 35, "temperature")

    assert Hot().temperature == 18.5 and Hot().g_Na == 120.0 and list(Hot.parameters()) == list(
        HodgkinHuxley.parameters())


def test_a_model_without_a_field_says_so():
    class Blank(Model):
        states = {"x": "1"}

    with pytest.raises(NotImplementedError, match="Blank has no vector field yet"):
        Blank().rhs((1.0,), 0.0)


# --- the small functions
# ------------------------------------------------------------------------------------------


def test_exp_serves_floats_and_arrays():
    assert exp(1.0) == math.e and type(exp(1.0)) is float and exp(np.array(
        [0.0, 1.0])) == pytest.approx([1, math.e])


@pytest.mark.parametrize("u", [-40.0, -1.0, -1e-6, -1e-12, 1e-12, 1e-6, 1.0, 40.0, 300.0])
def test_vtrap_keeps_its_digits(u):
    series = 1 - u / 2 + u * u / 12
    wanted = series if abs(u) < 1e-3 else u / (math.exp(u) - 1)
    assert vtrap(u) == pytest.approx(wanted, rel=1e-12)
    assert vtrap(np.array([u]))[0] == pytest.approx(vtrap(u), rel=1e-14, abs=0)
    assert vtrap(0.0) == 1.0 and (vtrap(np.zeros((2, 2))) == 1).all()


def test_finite_arrays_and_whole_numbers_are_refused_by_name():
    assert finite_array("x", [1, 2]).dtype == float and whole_number("N", np.int32(4)) == 4
    with pytest.raises(ValueError, match="x must be finite numbers, but it holds nan"):
        finite_array("x", [1.0, math.nan])
    with pytest.raises(TypeError, match="x must be finite numbers, not 'abc'"):
        finite_array("x", "abc")
    for value in (1.5, True, "2"):
        with pytest.raises(TypeError, match="N must be a whole number from 0 to 1000000"):
            whole_number("N", value)
    with pytest.raises(ValueError, match="N must be a whole number from 1 to .*, not 0"):
        whole_number("N", 0, low=1)


@pytest.mark.parametrize("temperature", [-273.15, -300, 100.0, 293.15, [6.3, 300]])
def test_a_temperature_that_no_axon_survives_is_refused(temperature):
    with pytest.raises(ValueError, match="temperature of HodgkinHuxley must be a temperature "
                       "between -273.15 and 100 in °C"):
        HodgkinHuxley(temperature=temperature)
    assert HodgkinHuxley(temperature=-1.0).temperature == -1.0


def test_a_class_says_which_of_its_parameters_may_be_arrays():
    class Fixed(Knobs):
        may_vary = ("positive",)

    assert list(Fixed(positive=np.ones(3)).sweeps()) == ["positive"] and not Fixed().sweeps()
    with pytest.raises(
            ValueError,
            match=r"nonnegative of Fixed must be one number, but has shape \(3,\).*fixed.but"):
        Fixed(nonnegative=np.ones(3))
