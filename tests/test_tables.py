"""Tables of text, and the notation of the course collected from the models."""
import pytest

from course_utils.models.cable import Axon, Cable
from course_utils.models.fitzhugh_nagumo import FitzHughNagumo
from course_utils.models.galves_locherbach import GalvesLocherbach
from course_utils.models.hodgkin_huxley import (
    HodgkinHuxley,
    ReducedHodgkinHuxley,
    TrimmedHodgkinHuxley,
)
from course_utils.models.stdp import STDP
from course_utils.notebook_00.membranes import IntegrateAndFire, PassiveMembrane
from course_utils.notebook_00.notation import glossary, notation
from course_utils.tables import Table

MODELS = (PassiveMembrane, IntegrateAndFire, HodgkinHuxley, TrimmedHodgkinHuxley,
          ReducedHodgkinHuxley, FitzHughNagumo, Cable, Axon, GalvesLocherbach, STDP)


def test_a_table_shows_its_rows_in_text_and_in_html():
    table = Table("Costs < gains", ("model", "cost"), [("HH", 100), ("FHN & co", 1)])
    assert repr(table).splitlines() == [
        "Costs < gains", "model | cost", "HH | 100", "FHN & co | 1"
    ]
    html = table._repr_html_()
    assert "Costs &lt; gains" in html and "FHN &amp; co" in html and html.count(
        "<tr>") == 3 and html.count("<td") == 4


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="each row of 'x' must have 2 entries"):
        Table("x", ("a", "b"), [(1, 2), (1,)])


def test_the_notation_holds_every_parameter_and_state_once():
    rows = notation(*MODELS).rows
    for model in MODELS:
        for name, declared in model.parameters().items():
            found = [
                row for row in rows if row[1] == name and model.__name__ in row[4].split(", ")
            ]
            assert len(found) == 1, (model, name)
            assert found[0][0] == f"${declared.symbol}$" and found[0][3] == declared.doc
    assert len(set(rows)) == len(rows)
    assert [row for row in rows if row[1] == "V"][0][:3] == ("$V$", "V", "mV")


def test_two_meanings_of_one_letter_stand_in_two_rows():
    rows = [row for row in notation(FitzHughNagumo, Cable).rows if row[0] == "$a$"]
    assert {row[1] for row in rows} == {"a", "radius"}


def test_the_notation_does_not_depend_on_the_order_asked_for():
    first, last = notation(*MODELS).rows, notation(*MODELS[::-1]).rows
    assert [row[:4] for row in first] == [row[:4] for row in last]


def test_the_glossary_says_of_each_model_what_it_is_and_its_states():
    rows = {row[0]: row for row in glossary(*MODELS).rows}
    assert rows["HodgkinHuxley"][2:] == ("V (mV), m, h, n",
                                         "ms") and rows["FitzHughNagumo"][3] == "no unit"
    assert rows["Axon"][2] == "" and all(
        len(row[1]) > 20 and "property" not in str(row) for row in rows.values())


def test_an_example_counts_as_its_class():
    assert repr(glossary(FitzHughNagumo(I_ext=1.0))) == repr(glossary(FitzHughNagumo))
