"""Fast forms: chosen by exact type, declined with NotImplemented, switched off in one line."""
import inspect

from course_utils import fast, registry
from course_utils.registry import fast_form, has_fast_form


class Doubler:
    @has_fast_form
    def times_two(self, x):
        """Twice x."""
        return "plain", 2 * x


class OtherDoubler(Doubler):
    pass


def enter(monkeypatch):
    monkeypatch.setattr(registry, "FAST_FORMS", {})

    @fast_form(Doubler.times_two, Doubler)
    def times_two(doubler, x):
        return NotImplemented if x < 0 else ("fast", x + x)


def test_a_fast_form_serves_its_exact_type_alone(monkeypatch):
    assert Doubler().times_two(3) == ("plain", 6)
    enter(monkeypatch)
    assert Doubler().times_two(3) == Doubler().times_two(x=3) == ("fast", 6)
    assert OtherDoubler().times_two(3) == ("plain", 6)


def test_a_fast_form_may_decline(monkeypatch):
    enter(monkeypatch)
    assert Doubler().times_two(-3) == ("plain", -6)


def test_one_line_switches_all_of_them_off(monkeypatch):
    enter(monkeypatch)
    with fast.off():
        assert Doubler().times_two(3) == ("plain", 6)
    assert Doubler().times_two(3) == ("fast", 6)


def test_the_source_that_is_shown_is_the_plain_one():
    assert "2 * x" in inspect.getsource(Doubler.times_two)
    assert Doubler.times_two.__doc__ == "Twice x."
