"""The panel itself, with real widgets and no browser."""
import io
import weakref
from typing import ClassVar, NamedTuple

import numpy as np
import pytest
from PIL import Image

from course_utils import FitzHughNagumo
from course_utils.model import Model, Record, parameter
from course_utils.panel import Panel, Touch
from course_utils.plots import projector
from course_utils.sliders import nice_step


class Wave(Model):
    states = {"y": "1"}
    I_ext: float = parameter(0.5, "1", "I", 0, 1, "height")
    rate: float = parameter(2.0, "1/ms", "r", 0.1, 10, "rate", scale="log", domain="positive")
    turns: int = parameter(2, "1", "k", 1, 5, "turns", scale="integer")
    kind: str = parameter("sine", symbol="kind", choices=("sine", "cosine"))


class Pair(Record):
    wave: Wave = Wave()
    shift: float = parameter(0.0, "ms", "s", -1, 1, "shift")


X = np.linspace(0, 1, 200)


def view(fig):
    ax = fig.subplots()
    ax.set(xlim=(0, 1), ylim=(-1, 1))
    line, = ax.plot([], [], animated=True, zorder=10)

    def update(wave):
        if wave.I_ext > 0.9:
            raise ValueError("too high to draw")
        shape = np.sin if wave.kind == "sine" else np.cos
        line.set_data(X, wave.I_ext * shape(wave.turns * wave.rate * X))
        return f"height {wave.I_ext:.2f}"

    return update


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def hand(panel, values=None, touches=(), rest=False):
    """What the browser sends when a hand moves; returns what it is answered."""
    sent, panel.picture.send = [], lambda *answer: sent.append(answer)
    panel._answer(values or {}, touches, rest, n=1, t=0.0)
    del panel.picture.send
    (answer, pictures), = sent
    return answer, pictures


def test_a_slider_moves_the_picture_its_sentence_and_its_alt_text_and_reset_restores_the_bytes(
):
    panel = Panel(Wave(), view, "I_ext", "rate", "turns", "kind")
    start = panel.picture.value
    for name, value in {"I_ext": 0.2, "rate": 7.0, "turns": 5, "kind": "cosine"}.items():
        panel.sliders[name].value = value
        assert panel.picture.value != start, name
        assert panel.sliders[name].description.startswith("●")
        assert getattr(
            panel.model,
            name) == pytest.approx(value) if name != "kind" else panel.model.kind == value
        panel.reset()
        assert panel.picture.value == start and panel.model == Wave(), name
        assert not panel.sliders[name].description.startswith("●")
    panel.sliders["I_ext"].value = 0.25
    assert panel.readout.value == panel.picture.alt == "height 0.25"


def test_the_blitted_picture_equals_a_full_redraw():
    panel = Panel(Wave(), view, "I_ext")
    panel.sliders["I_ext"].value = 0.33
    png = io.BytesIO()
    panel.figure.savefig(png, dpi=panel.figure.dpi)
    full = pixels(png.getvalue())
    shown = pixels(panel.picture.value)
    assert shown.shape == full.shape and np.array_equal(shown, full)


def test_an_error_in_the_view_becomes_the_sentence_and_the_panel_lives_on():
    panel = Panel(Wave(), view, "I_ext")
    panel.sliders["I_ext"].value = 0.95
    assert panel.readout.value == "Not drawn: too high to draw" and panel.record.I_ext == 0.5
    panel.sliders["I_ext"].value = 0.4
    assert panel.readout.value == "height 0.40"


def test_a_ghost_stays_behind_in_grey_and_goes_when_switched_off():
    panel = Panel(Wave(), view, "I_ext")
    panel._keep.value = True
    panel.sliders["I_ext"].value = 0.1
    with_ghost = pixels(panel.picture.value)
    panel._keep.value = False
    without = pixels(panel.picture.value)
    extra = (with_ghost != without).any(axis=-1)
    assert 100 < extra.sum() < 10_000
    grey = (with_ghost[extra] == with_ghost[extra][:, :1]).all(
        axis=-1)  # red = green = blue, but for where lines cross
    assert grey.mean() > 0.9


def banded(fig):
    ax = fig.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    band = ax.axvspan(0.2, 0.6, color="green", alpha=0.3, animated=True)
    image = ax.imshow(np.eye(2), extent=(0.7, 0.9, 0.2, 0.8), aspect="auto", animated=True)

    def update(wave):
        band.set_visible(wave.I_ext < 0.8)
        image.set_visible(wave.I_ext < 0.8)
        return "a band and an image"

    return update


def test_of_a_band_its_edges_are_kept_for_comparison_and_of_an_image_nothing():
    panel = Panel(Wave(), banded, "I_ext")
    panel.sliders["I_ext"].value = 0.9
    empty = pixels(panel.picture.value)
    panel.reset()
    panel._keep.value = True
    panel.sliders["I_ext"].value = 0.9
    kept = (pixels(panel.picture.value) != empty).any(axis=-1)
    axes = panel.figure.axes[0]

    def inside(x, y):
        across, up = axes.transData.transform((x, y)).astype(int)
        return kept[len(kept) - up - 20:len(kept) - up + 20, across - 20:across + 20].sum()

    assert inside(0.2, 0.5) > 40 and inside(0.6, 0.5) > 40
    assert inside(0.4, 0.5) == inside(0.8, 0.5) == inside(0.7, 0.5) == 0


def seen(still, sketch):
    """The pixels that the browser shows: a sketch over the picture at rest."""
    over = np.asarray(Image.open(io.BytesIO(sketch)).convert("RGBA"))
    return np.where(over[:, :, 3:] > 0, over[:, :, :3], pixels(still)).astype(int)


def test_in_motion_a_sketch_comes_and_at_rest_the_picture_of_a_new_panel():
    panel, other = (Panel(Wave(), view, "I_ext", "rate") for _ in range(2))
    still = panel.picture.value
    for value in (0.2, 0.3, 0.4):
        answer, (sketch, ) = hand(panel, {"I_ext": value})
        assert 0 < answer.pop("cost") < 5000
        assert answer == {"n": 1, "t": 0.0, "alt": f"height {value:.2f}"}
        assert panel.picture.value == still and panel.record.I_ext == value
        assert len(sketch) < len(still)
    assert panel.sliders["I_ext"].value == 0.5  # the browser's is newer, and comes at rest
    answer, sketches = hand(panel, rest=True)
    other.sliders["I_ext"].value = 0.4
    assert sketches == [] and panel.picture.value == other.picture.value
    assert panel.readout.value == panel.picture.alt == answer["alt"] == "height 0.40"
    difference = seen(still, sketch) - pixels(panel.picture.value)
    assert 0 < abs(difference).max() < 24
    panel.sliders["I_ext"].value = 0.4  # as the browser sends it then
    assert panel.picture.value == other.picture.value


def test_where_nothing_changes_a_sketch_is_clear():
    panel = Panel(Wave(), view, "I_ext")
    _, (sketch, ) = hand(panel, {"I_ext": 0.5})
    assert np.array_equal(seen(panel.picture.value, sketch)[1:], pixels(panel.picture.value)[1:])


def test_an_error_in_motion_is_in_the_answer_and_the_slider_goes_back_at_rest():
    panel = Panel(Wave(), view, "I_ext")
    answer, _ = hand(panel, {"I_ext": 0.95})
    assert answer["alt"] == "Not drawn: too high to draw" and panel.record == Wave()
    told = []
    panel.sliders["I_ext"].send_state = told.append
    hand(panel, {"I_ext": 0.95}, rest=True)
    assert panel.readout.value == answer["alt"]
    assert panel.sliders["I_ext"].value == 0.5 and told == ["value"]


def test_at_rest_the_sliders_of_python_follow_the_hand_without_another_drawing(monkeypatch):
    panel, drawn = Panel(Wave(), view, "I_ext", "rate"), []
    monkeypatch.setattr(panel, "_paint", lambda sentence: drawn.append(panel.record))
    for rest in (False, True):
        hand(panel, {"I_ext": 0.4}, rest=rest)
    assert panel.sliders["I_ext"].value == panel.record.I_ext == 0.4
    assert drawn == [Wave(I_ext=0.4)]
    hand(panel, {"I_ext": 0.2}, rest=True)  # what was lost in motion comes at rest
    assert panel.sliders["I_ext"].value == 0.2 and drawn[-1] == Wave(I_ext=0.2)
    panel.reset()
    assert panel.sliders["I_ext"].value == 0.5


@pytest.mark.parametrize("where", ["_settle", "_publish"])
def test_an_interrupt_anywhere_leaves_a_panel_that_answers(monkeypatch, where):
    panel, other = (Panel(Wave(), view, "I_ext") for _ in range(2))
    method, sent, left = getattr(panel, where), [], [1]

    def once():
        if left:
            left.pop()
            raise KeyboardInterrupt
        return method()

    monkeypatch.setattr(panel, where, once)
    monkeypatch.setattr(panel.picture, "send", lambda *answer: sent.append(answer))
    asked = {"values": {"I_ext": 0.4}, "touches": [], "rest": True, "n": 1, "t": 0.0}
    panel._asked(panel.picture, asked, [])
    assert panel.sliders["I_ext"].value == panel.record.I_ext
    other.sliders["I_ext"].value = panel.record.I_ext
    assert len(sent) == 1 and not left and panel.picture.value == other.picture.value
    panel.sliders["I_ext"].value = other.sliders["I_ext"].value = 0.3
    assert panel.picture.value == other.picture.value


def test_a_picture_that_was_interrupted_on_its_way_is_sent_again(monkeypatch):
    panel, left, sent = Panel(Wave(), view, "I_ext"), [1], []
    start, send = panel.picture.value, panel.picture.send_state

    def once(key=None):
        if left and key == "value":
            left.pop()
            raise KeyboardInterrupt
        sent.append((key, panel.picture.value))
        return send(key)

    monkeypatch.setattr(panel.picture, "send_state", once)
    monkeypatch.setattr(panel.picture, "_should_send_property", lambda *_: True)
    panel.sliders["I_ext"].value = 0.3
    assert not left and panel.record == Wave() and panel.sliders["I_ext"].value == 0.5
    assert panel.readout.value.startswith("Not drawn: interrupted")
    assert panel.picture.value == start == [png for name, png in sent if name == "value"][-1]


def test_a_view_that_is_interrupted_says_so_and_lives_on():
    def interrupted(fig):
        update = view(fig)

        def draw(wave):
            if wave.turns == 5:
                raise KeyboardInterrupt
            return update(wave)

        return draw

    panel = Panel(Wave(), interrupted, "turns")
    panel.sliders["turns"].value = 5
    assert panel.readout.value == "Not drawn: interrupted; move a slider again"
    assert panel.record == Wave() and panel.sliders["turns"].value == 2
    panel.sliders["turns"].value = 3
    assert panel.readout.value == "height 0.50"


def test_an_interrupt_also_holds_for_what_the_hand_asks_at_rest():
    drawn = []

    def interrupted(fig):
        update = view(fig)

        def draw(wave):
            drawn.append(wave.turns)
            if drawn == [2, 5]:
                raise KeyboardInterrupt
            return update(wave)

        return draw

    panel = Panel(Wave(), interrupted, "turns")
    hand(panel, {"turns": 5})
    answer, _ = hand(panel, {"turns": 5}, rest=True)
    assert answer["alt"] == panel.readout.value == "Not drawn: interrupted; move a slider again"
    assert drawn == [2, 5] and panel.record == Wave() and panel.sliders["turns"].value == 2
    hand(panel, {"turns": 5})
    assert drawn == [2, 5, 5] and panel.record.turns == 5


class Draggable(Wave):
    ONE_WAY: ClassVar = ("both",)

    def touched(self, touch):
        return self if touch.axes.get_label() == "still" else self.but(rate=5.0)


def two_axes(fig):
    for name, ax in zip(("still", "both"), fig.subplots(1, 2)):
        ax.set_label(name)
        ax.plot([], [], animated=True)
    return lambda wave: "two axes"


def test_the_browser_is_told_which_axes_can_be_grabbed_and_where_a_drag_keeps_its_direction():
    (left, low, right, high, one_way), = Panel(Draggable(), two_axes, "I_ext").picture.grabs
    assert 0.5 < left < right <= 1 and 0 < low < high <= 1 and one_way
    assert Panel(Wave(), two_axes, "I_ext").picture.grabs == []


def test_the_projector_makes_panels_and_figures_larger_until_it_is_switched_off():
    try:
        projector()
        large = Panel(Wave(), view, "I_ext")
    finally:
        projector(1)
    small = Panel(Wave(), view, "I_ext")
    assert pixels(large.picture.value).shape[1] == 1.5 * pixels(small.picture.value).shape[1]
    assert "course-projector" in large._dom_classes
    assert "course-projector" not in small._dom_classes


def test_limits_that_update_changed_are_drawn_anew():
    def zooming(fig):
        ax = fig.subplots()
        line, = ax.plot([], [], animated=True, zorder=10)

        def update(wave):
            ax.set(xlim=(0, 1), ylim=(0, 1 + 9 * (wave.I_ext > 0.6)))
            line.set_data([0, 1], [0, wave.I_ext])
            return "drawn"

        return update

    panel = Panel(Wave(), zooming, "I_ext")
    panel.sliders["I_ext"].value = 0.7
    png = io.BytesIO()
    panel.figure.savefig(png, dpi=panel.figure.dpi)
    assert np.array_equal(pixels(panel.picture.value), pixels(png.getvalue()))


def test_the_pointer_changes_the_record_and_the_sliders_follow():
    seen = []

    def grab(wave, touch):
        seen.append(touch)
        return wave.but(I_ext=float(np.clip(touch.y, 0, 0.8)))

    panel = Panel(Wave(), view, "I_ext", grab=grab)
    axes = panel.figure.axes[0]
    panel.touch(axes, 0.5, 0.3)
    assert panel.sliders["I_ext"].value == pytest.approx(
        0.3) and panel.readout.value == "height 0.30"
    x, y = axes.transData.transform((0.25, 0.6)) / panel.figure.bbox.size
    hand(panel, touches=[["down", float(x), float(y)]])
    assert isinstance(seen[-1], Touch) and seen[-1].kind == "down"
    assert (seen[-1].x, seen[-1].y) == pytest.approx(
        (0.25, 0.6)) and panel.record.I_ext == pytest.approx(0.6)
    count = len(seen)
    hand(panel, touches=[["down", 0.001, 0.001]])  # beside the axes: nothing
    assert len(seen) == count


def test_a_dotted_slider_reaches_into_a_record_and_a_zoom_sets_the_range():
    def pair_view(fig):
        update = view(fig)
        return lambda pair: update(pair.wave.but(I_ext=pair.wave.I_ext / 2)
                                   ) + f", shift {pair.shift:g}"

    panel = Panel(Pair(), pair_view, ("wave.I_ext", 0, 0.5), "shift")
    assert panel.sliders["wave.I_ext"].max == 0.5
    panel.sliders["wave.I_ext"].value = 0.4
    assert panel.record.wave.I_ext == 0.4 and panel.readout.value == "height 0.20, shift 0"
    with pytest.raises(AttributeError, match="panel.record"):
        panel.model  # noqa: B018


def test_a_slow_view_is_drawn_on_release():
    assert Panel(Wave(), view, "I_ext").sliders["I_ext"].continuous_update
    assert not Panel(Wave(), view, "I_ext", slow=True).sliders["I_ext"].continuous_update


class Throws(NamedTuple):
    heads: int

    def sentence(self):
        return f"{self.heads} heads"


class Coin(Record):
    """An experiment in the grammar of the course: run, touched, BUTTONS."""

    throws: int = parameter(10, "1", "n", 1, 20, "throws", scale="integer")
    seed: int = parameter(1, "1", "s", 0, 9, "chance", scale="integer")
    BUTTONS: ClassVar[dict] = {"one more": "throw once more"}

    def run(self):
        runs.append(self)
        return Throws(int(np.random.default_rng(self.seed).integers(0, 2, self.throws).sum()))

    def touched(self, touch):
        touches.append(touch)
        return self.but(throws=self.throws + 1 if touch.kind == "one more" else round(touch.x))


runs, touches = [], []


def heads(fig):
    ax = fig.subplots()
    ax.set(xlim=(0, 20), ylim=(0, 20))
    dot, = ax.plot([], [], "o", animated=True)

    def update(coin, result):
        dot.set_data([coin.throws], [result.heads])
        return "as many as can be" if result.heads == coin.throws else None

    return update


def test_a_panel_finds_what_an_experiment_brings_and_runs_it_once_a_picture():
    runs.clear()
    panel = Panel(Coin(), heads, "throws", "seed")
    assert len(runs) == 1 and panel.readout.value == f"{Coin().run().heads} heads"
    panel.sliders["throws"].value = 4
    assert runs[-1] == panel.record == Coin(throws=4) and len(runs) == 3
    panel.touch(panel.figure.axes[0], 7.2, 1.0, "down")
    assert panel.record.throws == panel.sliders["throws"].value == 7
    one_more, = (each for row in panel.children[3:] for each in row.children
                 if each.description == "one more")
    assert one_more.tooltip == "throw once more"
    one_more.click()
    assert panel.record.throws == panel.sliders["throws"].value == 8
    assert touches[-1][:2] == ("one more", None) and np.isnan(touches[-1][2:]).all()
    while panel.record.run().heads != panel.record.throws:
        panel.sliders["throws"].value = 1
        panel.sliders["seed"].value += 1
    assert panel.readout.value == "as many as can be"


def test_after_an_error_the_sliders_show_the_record_that_is_on_screen():
    panel = Panel(Wave(), view, "I_ext", "turns")
    picture = panel.picture.value
    panel.sliders["I_ext"].value = 0.95
    assert panel.readout.value == panel.picture.alt == "Not drawn: too high to draw"
    assert panel.sliders["I_ext"].value == panel.record.I_ext == 0.5
    assert panel.picture.value == picture and panel.sliders["I_ext"].continuous_update
    panel.sliders["turns"].value = 3
    assert panel.readout.value == "height 0.50" and panel.record == Wave(turns=3)


def still(fig):
    line, = fig.subplots().plot([], [])
    return lambda wave: line.set_data([0, 1], [0, wave.I_ext])


def forgot_return(fig):
    fig.subplots().plot([], [], animated=True)


def test_an_error_in_what_the_pointer_does_is_told_and_changes_nothing():
    panel = Panel(Wave(), view, "I_ext", grab=lambda wave, touch: wave.but(I_ext="high"))
    panel.touch(panel.figure.axes[0], 0.5, 0.5)
    assert "I_ext of Wave must be" in panel.readout.value and panel.record == Wave()


def test_the_layout_is_made_for_what_moves_where_it_belongs():
    def far_at_first(fig):
        ax = fig.subplots()
        word = ax.text(0, 50, "here", animated=True)

        def update(wave):
            ax.set(ylim=(0, 100))
            word.set_position((0, 100 * wave.I_ext))

        return update

    axes = Panel(Wave(), far_at_first, "I_ext").figure.axes[0]
    assert axes.get_position().width > 0.8 and axes.get_position().height > 0.8


def counts(fig):
    line, = fig.subplots().plot([], [], animated=True)
    return lambda wave: line.set_data([0, 1], [0, wave.I_ext]) or 3


def test_a_sentence_that_is_a_number_is_told_as_text():
    assert Panel(Wave(), counts, "I_ext").readout.value == "3"


@pytest.mark.parametrize("slider", [("I_ext", 1, 0), ("I_ext", 0.5, 0.5), ("I_ext", np.nan, 1),
                                    ("I_ext", 0, np.inf)])
def test_a_slider_needs_a_range_that_grows(slider):
    with pytest.raises(ValueError, match=r"slider for I_ext of Wave .* range that grows"):
        Panel(Wave(), view, slider)


def test_a_sweep_can_not_be_moved_by_a_slider():
    with pytest.raises(ValueError, match="slider for I_ext of Wave needs one number"):
        Panel(Wave(I_ext=np.array([0.1, 0.2])), lambda fig: counts(fig), "I_ext")


@pytest.mark.parametrize("bad, said", [(still, "animated=True"),
                                       (forgot_return, "forgot_return must return the function")])
def test_a_view_that_cannot_move_is_told_so(bad, said):
    with pytest.raises((ValueError, TypeError), match=said):
        Panel(Wave(), bad, "I_ext")


@pytest.mark.parametrize(
    "sliders, said",
    [(("I_ext", "rate", "turns", "kind", "I_ext", "rate", "kind"), "6 sliders at most"),
     (("current",), "Wave has no parameter current; it has I_ext, rate, turns, kind")])
def test_a_panel_that_cannot_be_made_says_why(sliders, said):
    with pytest.raises(ValueError, match=said):
        Panel(Wave(), view, *sliders)


@pytest.mark.parametrize("span", [0.003, 0.07, 1, 3.5, 165, 40_000])
def test_a_nice_step_is_one_two_or_five_times_a_power_of_ten(span):
    step = nice_step(span)
    assert f"{step:e}"[0] in "125" and 100 - 1e-9 <= span / step <= 250 + 1e-9


@pytest.mark.parametrize("low, high, home", [(0, 35, 6.3), (-0.2, 1.8, 0.5), (0, 160, 10),
                                             (0.005, 0.6, 0.08), (-5, 5, 3.81)])
def test_the_start_lies_on_the_sliders_grid(low, high, home):
    parts = (home - low) / nice_step(high - low, home - low)
    assert parts == pytest.approx(round(parts), abs=1e-6)


class Kernel:
    """What a panel asks of IPython: which cell runs, and in which run."""

    def __init__(self, cell, run):
        self.kernel = self
        self.parent = {"metadata": {"cellId": cell} if cell else {}, "header": {"msg_id": run}}

    def get_parent(self):
        return self.parent


def test_a_panel_whose_cell_runs_again_is_closed_and_its_memory_freed(monkeypatch):
    def made(cell, run):
        monkeypatch.setattr("IPython.get_ipython", lambda: Kernel(cell, run))
        return Panel(Wave(), view, "I_ext", "kind")

    first, second, other, nowhere = made("a", 1), made("a", 1), made("b", 2), made(None, 3)
    figure = weakref.ref(first.figure)
    assert all(each.comm for each in (first, second, other, nowhere))
    parts = [first.picture, first.sliders["I_ext"], first.sliders["I_ext"].style, first.layout]
    again = made("a", 4)
    assert first.comm is second.comm is None and again.comm and other.comm and nowhere.comm
    assert all(part.comm is None for part in parts) and again.sliders["I_ext"].comm
    del first, parts, again
    made("a", 5)
    assert figure() is None


def test_where_no_widget_shows_a_panel_says_what_to_do():
    assert repr(Panel(Wave(), view, "I_ext")) == "(interactive panel: run this cell)"


def test_a_kept_picture_has_outlines_and_no_words():
    def view(fig):
        axes = fig.subplots()
        axes.axis("off")
        word = axes.text(0.1, 0.2, "1234", fontsize=40, animated=True)
        area = axes.axhspan(0.5, 0.9, color="C0", animated=True)

        def update(model):
            word.set_visible(update.worded)
            area.set_visible(update.filled)
            return ""
        update.worded, update.filled = True, False
        view.update = update
        return update

    panel = Panel(FitzHughNagumo(), view, "I_ext")
    assert not panel._outlines().any()
    view.update.worded, view.update.filled = False, True
    panel.sliders["I_ext"].value = 0.3
    kept, drawn = panel._outlines(), (panel._drawn != panel._plain).any(axis=2)
    assert 0 < kept.sum() < drawn.sum() / 5 and not (kept & ~drawn).any()
