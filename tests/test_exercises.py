"""All exercises of all notebooks: a blank, a right answer, every misconception, a constant; and
the machinery.
"""
import importlib

import numpy as np
import pytest

from course_utils import FitzHughNagumo
from course_utils.questions import predict, texts
from course_utils.questions.check import Exercise, teacher
from course_utils.questions.predict import Prediction, Question
from course_utils.questions.texts import predictions, with_texts

MODULES = {
    f"{k:02d}": importlib.import_module(f"course_utils.notebook_{k:02d}.exercises")
    for k in range(8)
}


ASKED = {notebook: (with_texts(notebook, module.EXERCISES), predictions(notebook))
         for notebook, module in MODULES.items()}
EXERCISES, PREDICTIONS = (
    [pytest.param(MODULES[notebook], name, each, id=f"{notebook}: {name}")
     for notebook, both in ASKED.items() for name, each in both[kind].items()]
    for kind in (0, 1))

ONE_RIGHT = [
    each for each in EXERCISES
    if each.values[2].inputs or not callable(each.values[2].right)
]  # elsewhere the notebook's solution is tried


def stub(*_):
    ...


@pytest.mark.parametrize("module, name, exercise", EXERCISES)
def test_a_blank_is_not_answered(module, name, exercise):
    for blank in (..., None, "", stub if exercise.inputs else [1, ...]):
        assert module.check(name, blank).state == "blank"


@pytest.mark.parametrize("module, name, exercise", ONE_RIGHT)
def test_the_right_answer_is_right_and_says_why(module, name, exercise):
    verdict = module.check(name, exercise.right)
    assert verdict.state == "right" and verdict.text == exercise.why and len(exercise.why) > 20


@pytest.mark.parametrize("module, name, exercise", EXERCISES)
def test_each_misconception_gets_its_own_hint(module, name, exercise):
    assert exercise.wrong, "an exercise without a known misconception"
    for key, wrong in exercise.wrong.items():
        if callable(wrong) and not exercise.inputs:
            continue  # a predicate: the module's own tests give examples
        verdict = module.check(name, wrong)
        assert verdict.state == "hint" and verdict.text == exercise.hints[key]


@pytest.mark.parametrize("module, name, exercise", EXERCISES)
def test_a_constant_and_nonsense_are_not_right_and_nothing_raises(module, name, exercise):
    for answer in (lambda *_: 1.0, lambda *_: 1 / 0, lambda: 1, "nonsense", object(), [], {},
                   np.nan, {"a": 1}):
        assert module.check(name, answer).state != "right"
    if exercise.inputs:
        first = exercise.right(*exercise.inputs(np.random.default_rng(7)))
        assert module.check(name, lambda *_: first).state != "right"


@pytest.mark.parametrize("module, name, exercise", EXERCISES)
def test_no_hint_holds_the_answer(module, name, exercise):
    if isinstance(exercise.right, int | float) and not isinstance(exercise.right, bool):
        told = {f"{exercise.right:.{digits}g}" for digits in (3, 4)}
        for hint in [*exercise.hints.values(), exercise.expects]:
            assert not told & set(hint.replace(",", " ").split()), hint


@pytest.mark.parametrize("module, name, prediction", PREDICTIONS)
def test_a_prediction_reveals_only_after_the_commit(module, name, prediction):
    assert len(prediction.choices) >= 2 and 0 <= prediction.right < len(prediction.choices)
    question = module.predict(name)
    assert question.answer.value == "" and question.commit.disabled
    wrong = (prediction.right + 1) % len(prediction.choices)
    question.choice.index = question.order.index(wrong)
    assert question.answer.value == ""
    question.sure.index = 0
    question.commit.click()
    assert prediction.because in question.answer.value and question.choice.disabled


def places():
    """{notebook: [(place of the right choice, number of choices), ...]}, the pre-test's too."""
    asked = {notebook: [(f"{notebook}: {name}", each) for name, each in both[1].items()]
             for notebook, both in ASKED.items()}
    asked["00"] += [(f"00: pre-test, {name}", each)
                    for name, each in MODULES["00"].PRETEST.items()]
    return {notebook: [(each.shown(name).index(each.right), len(each.choices))
                       for name, each in questions]
            for notebook, questions in asked.items()}


def tell_tales(found):
    """What a learner could read off the place of the right choice: a list of sentences."""
    told, every = [], [place for each in found.values() for place in each]
    for k in range(3):
        share = sum(place == k for place, _ in every) / sum(1 / n for _, n in every if n > k)
        if not 0.8 < share < 1.2:
            told.append(f"place {k} is right {share:.2f} times as often as by chance")
        told += [f"place {k} is right more than every second time in notebook {notebook}"
                 for notebook, each in found.items()
                 if len(each) > 3 and sum(place == k for place, _ in each) > len(each) / 2 + 0.5]
    return told


def test_the_right_choice_can_not_be_told_by_its_place(monkeypatch):
    if told := tell_tales(places()):
        for salt in map(str, range(500)):
            monkeypatch.setattr(predict, "SALT", salt)
            if not tell_tales(places()):
                break
        pytest.fail("; ".join(told) + f'; in questions/predict.py take SALT = "{salt}"')


def test_a_place_that_is_right_too_often_is_found():
    assert tell_tales({"00": [(0, 3), (1, 3), (2, 3)] * 2}) == []
    assert len(tell_tales({"00": [(0, 3)] * 4})) == 4


def test_choices_have_an_order_that_stays_and_neither_comes_last():
    def told(choices, order="hash", name="a name"):
        return Question(name, Prediction("?", choices, 0, "", order)).choice.options

    four = ("a", "b", "none of them", "c")
    assert told(four) == told(four) and set(told(four)) == set(four)
    assert {told(four, name=str(k))[3] for k in range(20)} == {"none of them"}
    assert len({told(four, name=str(k)) for k in range(40)}) == 6
    scale = ("1", "2", "3", "none")
    assert {told(scale, "scale", str(k)) for k in range(20)} == {scale, ("3", "2", "1", "none")}
    assert told(four, "written") == four


SPEED = Exercise(right=lambda x, t: x / t, inputs=lambda rng: tuple(rng.uniform(1, 2, 2)),
                 why="a length over a time",
                 wrong={"upside down: look at the unit": lambda x, t: t / x})


def test_the_machinery_tells_the_states_apart(written):
    written(GOOD.replace("Look at the unit.", "upside down: look at the unit").replace(
        'expects = "Return a speed."', 'expects = ""') + """
[exercises."count"]
expects = ""
why = ""
""")
    check, predict = teacher("98", UPSIDE_DOWN | {"count": Exercise(right=14)})
    assert check("speed", stub).state == "blank"
    assert check("speed", lambda x, t: t / x).text == "upside down: look at the unit"
    assert check("speed", lambda x, t: x / t * 1.0001).state == "right"
    assert check("speed", lambda x, t: x / t * 1.01).state == "wrong"
    assert "x = 1.63, t = 1.9 your function returns 0.865" in check(
        "speed", lambda x, t: x / t * 1.01).text
    assert check("speed", lambda x, t: undefined_name).state == "error"  # noqa: F821
    assert check("speed", 3.0).text.startswith("A function is wanted")
    assert check("speed").state == "blank"
    for slip in ([1], np.arange(3), None, stub):
        assert "there are: speed, count" in check(slip, 1).text
        assert predict(slip).state == "blank"
    assert check("count", 14).state == "right" and check("count", 13).state == "wrong"
    ragged = check("count", [[1.0], [1.0, 2.0]])
    assert ragged.text.startswith("A number is wanted, you gave a list of 2.")
    assert "there are: speed, count" in check(
        "spead", 1).text and "no question" in predict("x").text.lower()


RIGHTS = {"number": 14.0, "two": [1.0, 2.0], "word": "anode break", "truth": True,
          "truths": [True, False, True, True], "words": ["02", "05"], "model": FitzHughNagumo()}


@pytest.mark.parametrize("name, answer", [
    *(("number", each) for each in (
        14, np.array(14.0), [14.0], (14,), np.array([14.0]), np.array([[14]]), "14", " 14.0 ",
        np.float32(14), np.int64(14), np.array("14"), 14 + 0j)),
    *(("two", each) for each in ((1, 2), np.array([1, 2]), ["1", "2"],
                                 [np.array(1.0), np.float64(2)])),
    ("word", " Anode Break "), ("word", ["anode break"]), ("word", np.array("anode break")),
    ("truth", np.bool_(True)), ("truth", np.array(True)), ("truth", [True]),
    ("truths", np.array([True, False, True, True])), ("truths", [1, 0, 1, 1]),
    ("words", ("02", "05")), ("words", np.array(["02", "05"])), ("words", [["02"], "05"]),
    ("model", FitzHughNagumo())])
def test_a_right_answer_in_another_form_is_right(name, answer):
    assert Exercise(right=RIGHTS[name], why="so").judge(answer).state == "right"


@pytest.mark.parametrize("name, answer, said", [
    ("number", [14, 14], "A number is wanted, you gave a list of 2."),
    ("number", "14 mV", "A number is wanted, you gave a text."),
    ("number", "3,2", "A number is wanted, you gave a text."),
    ("number", 14 + 1j, "A number is wanted, you gave a complex number."),
    ("number", np.array([14 + 1j]), "A number is wanted, you gave an array of shape (1,)."),
    ("number", np.ma.masked_array(14.0, mask=True), "you gave an array with masked values."),
    ("number", b"14", "you gave a bytes."), ("number", 10**400, "you gave a number."),
    ("number", np.datetime64(14, "D"), "A number is wanted, you gave a datetime64."),
    ("number", {14}, "A number is wanted, you gave a set."),
    ("number", lambda: 14, "A number is wanted, you gave a function."),
    ("two", [1, 2, 3], "2 numbers are wanted, you gave a list of 3."),
    ("two", [[1], [2]], "2 numbers are wanted, you gave a list of 2."),
    ("two", 1, "2 numbers are wanted, you gave a number."),
    ("word", 3, "A text is wanted, you gave a number."),
    ("truth", "True", "True or false is wanted, you gave a text."),
    ("truth", 1, "True or false is wanted, you gave a number."),
    ("truth", [], "True or false is wanted, you gave a list of 0."),
    ("truths", [True, False], "4 truth values are wanted, you gave a list of 2."),
    ("truths", "TFTT", "4 truth values are wanted, you gave a text."),
    ("words", "02", "2 entries are wanted, you gave a text."),
    ("model", FitzHughNagumo,
     "FitzHughNagumo(...) with brackets, is wanted, you gave the class itself.")])
def test_an_answer_in_a_form_that_can_not_be_meant_is_told_so(name, answer, said):
    verdict = Exercise(right=RIGHTS[name]).judge(answer)
    assert verdict.state == "wrong" and said in verdict.text


def prints(x, t):
    print(x / t)


def still_has_dots(x, t):
    speed = ...
    return speed * x / t


def dots_deleted(x, t):
    return


def ends_python(x, t):
    raise SystemExit


def test_functions_that_give_nothing_back_are_told_why(capsys):
    assert "end it with `return`" in SPEED.judge(prints).text
    assert SPEED.judge(prints).state == "wrong" and capsys.readouterr().out == ""
    for unanswered in (stub, still_has_dots, dots_deleted, lambda *_: ..., lambda *_: None):
        assert SPEED.judge(unanswered).state == "blank"
    assert SPEED.judge(ends_python).state == "error"
    assert "you gave a number" in SPEED.judge(3.0).text
    assert "A number is wanted, you gave a text." in SPEED.judge(lambda x, t: "fast").text
    assert SPEED.judge(lambda x, t: [x / t]).state == "right"


def test_an_answer_in_parts_is_judged_part_by_part():
    three = Exercise(right=(1, "b", 3.0), wrong={"turned": (3, "b", 1.0)})
    assert three.judge((1, "c", 3)).text == "Part by part: 1 ✓, 2 ✗, 3 ✓."
    assert three.judge((1, "b", [1, 2])).text.endswith("1 ✓, 2 ✓, 3 ✗.")
    assert three.judge((3, "b", 1)).text == "turned"
    assert three.judge((1, ..., 4)).text.endswith("1 ✓, 2 ○, 3 ✗.")
    assert "Part" not in three.judge((..., ..., ...)).text + three.judge(3).text
    pair = Exercise(right=lambda x: (x, x**2), inputs=lambda rng: (rng.random(),))
    assert "1 ✓, 2 ✗." in pair.judge(lambda x: (x, 2 * x)).text
    assert pair.judge(lambda x: (x, ...)).state == "blank"


def test_an_answer_may_work_in_place_and_only_short_cases_are_told():
    def of_length(n):
        return Exercise(right=lambda v: v + 1, inputs=lambda rng: (rng.random(n),), why="")

    def in_place(v):
        v += 1
        return v

    short, long = of_length(3), of_length(9)
    assert short.judge(in_place).state == long.judge(in_place).state == "right"
    assert "v = (" in short.judge(lambda v: v + 2).text and "by hand" not in long.judge(
        lambda v: v + 2).text


GOOD = '''
[predictions."to the top"]
question = """
How far
is it?"""
choices = ["near", "far"]
right = 1
because = "It is far."

[exercises."speed"]
expects = "Return a speed."
why = "a length over a time"
hints."upside down" = "Look at the unit."
'''
UPSIDE_DOWN = {"speed": Exercise(right=SPEED.right, inputs=SPEED.inputs,
                                 wrong={"upside down": lambda x, t: t / x})}


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A function that writes the words of a notebook 98."""
    def write(words):
        texts.texts.cache_clear()
        (tmp_path / "notebook_98").mkdir(exist_ok=True)
        (tmp_path / "notebook_98" / "questions.toml").write_text(words, encoding="utf-8")

    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    yield write
    texts.texts.cache_clear()


def test_the_words_of_questions_are_data(written):
    written(GOOD)
    check, predict = teacher("98", UPSIDE_DOWN)
    assert check("speed", stub).text == "Return a speed."
    assert check("speed", lambda x, t: t / x).text == "Look at the unit."
    assert check("speed", SPEED.right).text == "a length over a time"
    question = predict("to the top")
    assert question.name == "98: to the top" and question.prediction.right == 1
    assert question.prediction.question == "How far is it?"


@pytest.mark.parametrize("old, new, said", [
    ('hints."upside down"', 'hints."downside up"',
     "hints of exercise \"speed\".*'downside up', 'upside down'"),
    ('hints."upside down" = "Look at the unit."', "", "differ in 'upside down'"),
    ('[exercises."speed"]', '[exercises."sped"]', "'sped', 'speed'; there are speed"),
    ('why = "a length over a time"', "", "differ in 'why'"),
    ("right = 1", "rihgt = 1", "'rihgt'.* there are question, choices, right, because"),
    ("right = 1", "", "differ in 'right'"),
])
def test_words_and_code_name_the_same_things(written, old, new, said):
    written(GOOD.replace(old, new))
    with pytest.raises(ValueError, match=said):
        teacher("98", UPSIDE_DOWN)


def test_an_answer_that_a_predicate_judges_is_not_judged_part_by_part():
    exercise = Exercise(right=lambda pair: pair[0] == pair[1], expects="Give two equal numbers.")
    assert exercise.judge((1, 2)).text == "Give two equal numbers."
    named = Exercise(right=lambda numbers: numbers["a"] == 1, expects="Give a and b.")
    assert named.judge({"a": ..., "b": 2}).state == "blank"


def test_an_answer_of_another_form_is_told_its_form_and_meets_no_hint():
    from course_utils.notebook_05.exercises import check
    for given in (2, [2]):
        verdict = check("another phi", given)
        assert verdict.state == "wrong" and verdict.text.startswith("2 numbers are wanted")
