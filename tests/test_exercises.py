"""All exercises of all notebooks: a blank, a right answer, every misconception, a constant; and
the machinery.
"""
import importlib
import json

import numpy as np
import pytest

from course_utils.questions import texts
from course_utils.questions.check import Exercise, teacher
from course_utils.questions.predict import Prediction, Question, load_scores, save_score
from course_utils.questions.texts import predictions, with_texts

MODULES = {
    f"{k:02d}": importlib.import_module(f"course_utils.notebook_{k:02d}.exercises")
    for k in range(8)
}


def with_words(notebook, module):
    """(exercises, predictions) of a notebook; those of some still stand in the code."""
    if hasattr(module, "PREDICTIONS"):
        return module.EXERCISES, module.PREDICTIONS
    return with_texts(notebook, module.EXERCISES), predictions(notebook)


ASKED = {notebook: with_words(notebook, module) for notebook, module in MODULES.items()}
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
        assert verdict.state == "hint" and verdict.text == exercise.hints.get(key, key)


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
        for hint in [*(exercise.hints.values() or exercise.wrong), exercise.expects]:
            assert not told & set(hint.replace(",", " ").split()), hint


@pytest.mark.parametrize("module, name, prediction", PREDICTIONS)
def test_a_prediction_reveals_only_after_the_commit(module, name, prediction):
    assert len(prediction.choices) >= 2 and 0 <= prediction.right < len(prediction.choices)
    question = module.predict(name)
    assert question.answer.value == "" and question.commit.disabled
    question.choice.index = (prediction.right + 1) % len(prediction.choices)
    assert question.answer.value == ""
    question.sure.index = 0
    question.commit.click()
    assert prediction.because in question.answer.value and question.choice.disabled


SPEED = Exercise(right=lambda x, t: x / t, inputs=lambda rng: tuple(rng.uniform(1, 2, 2)),
                 why="a length over a time",
                 wrong={"upside down: look at the unit": lambda x, t: t / x})


def test_the_machinery_tells_the_states_apart():
    check, predict = teacher(
        "99", {"speed": SPEED, "count": Exercise(right=14, why="", wrong={})}, {})
    assert check("speed", stub).state == "blank"
    assert check("speed", lambda x, t: t / x).text == "upside down: look at the unit"
    assert check("speed", lambda x, t: x / t * 1.0001).state == "right"
    assert check("speed", lambda x, t: x / t * 1.01).state == "wrong"
    assert "x = 1.63, t = 1.9 your function returns 0.865" in check(
        "speed", lambda x, t: x / t * 1.01).text
    assert check("speed", lambda x, t: undefined_name).state == "error"  # noqa: F821
    assert check("speed", 3.0).text.startswith("A function is wanted")
    assert check("count", 14).state == "right" and check("count", 13).state == "wrong"
    ragged = check("count", [[1.0], [1.0, 2.0]])
    assert ragged.state == "error" and "rows of equal length" in ragged.text
    assert "there are: speed, count" in check(
        "spead", 1).text and "no question" in predict("x").text.lower()


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


def test_scores_are_kept_once_and_a_bad_file_is_harmless(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_SCORES", raising=False)
    save_score("a", {"chosen": 0, "right": True, "sure": "certain"})
    assert load_scores() == {}
    file = tmp_path / "scores.json"
    monkeypatch.setenv("COURSE_SCORES", str(file))
    for content in (None, "", "{corrupt", "[1, 2]", '{"a": 3}'):
        if content is not None:
            file.write_text(content, encoding="utf-8")
        assert load_scores() == {}
    question = Question("02: threshold", Prediction("which?", ("x", "y"), 1, "since y"))
    question.choice.index = 1
    question.sure.index = 0
    question.commit.click()
    assert load_scores()["02: threshold"] == {"chosen": 1, "right": True, "sure": "a guess"}
    save_score("02: threshold", {"chosen": 0, "right": False, "sure": "certain"})
    assert json.loads(file.read_text(encoding="utf-8"))["02: threshold"]["right"]
    monkeypatch.setenv("COURSE_SCORES", str(tmp_path / "no folder" / "scores.json"))
    save_score("a", {"chosen": 0, "right": True, "sure": "certain"})
    assert load_scores() == {}


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
    ('hints."upside down"', 'hints."downside up"', "hints of exercise \"speed\".*'downside up'"),
    ('hints."upside down" = "Look at the unit."', "", "has no 'upside down'"),
    ('[exercises."speed"]', '[exercises."sped"]', "'sped'.* there are speed"),
    ('why = "a length over a time"', "", "has no 'why'"),
    ("right = 1", "rihgt = 1", "'rihgt'.* there are question, choices, right, because"),
    ("right = 1", "", "has no 'right'"),
])
def test_words_and_code_name_the_same_things(written, old, new, said):
    written(GOOD.replace(old, new))
    with pytest.raises(ValueError, match=said):
        teacher("98", UPSIDE_DOWN)
