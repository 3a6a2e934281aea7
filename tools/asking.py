"""Predictions, warm-ups and exercises as forms of a page. Their words and verdicts come from the
questions of the notebook; the page keeps what was answered in the browser, in the form of
scores.json.
"""
import json
from hashlib import sha256
from html import escape

import numpy as np

from course_utils.questions.check import Exercise, Verdict
from course_utils.questions.predict import CONFIDENCE
from course_utils.questions.recall import AT_ONCE, TOLERANCE, filled
from formulas import typeset
from judging import Form, form_of, tabulated

__all__ = ["as_script", "bake_exercise", "bake_question", "bake_warm_up", "bake_warm_ups",
           "needs_python"]


def as_script(data):
    """Data in a script of a page, whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json">{text}</script>'


def bake_question(question):
    """The HTML of a Question: choices and certainty to commit to, then what it tells."""
    asked = question.prediction
    name = "q" + sha256(question.name.encode()).hexdigest()[:12]
    told = [typeset(question.told(right)).replace('.ipynb"', '.html"') for right in (False, True)]
    data = {"right": asked.right, "told": told if told[0] != told[1] else told[:1]}
    choices = "".join(_radio(name, k, asked.choices[k]) for k in question.order)
    sure = "".join(_radio(name + "s", word, word) for word in CONFIDENCE)
    return (
        f'<form class="baked ask" data-name="{escape(question.name)}">{as_script(data)}'
        f"<fieldset><legend><b>{question.asks}</b> {asked.question}</legend>{choices}</fieldset>"
        f'<fieldset class="sure"><legend>How sure are you?</legend>{sure}</fieldset>'
        '<button type="submit" disabled>Commit</button><div class="verdict" role="status"></div>'
        "</form>")


def _radio(name, value, text):
    return (f'<label class="choice"><input type="radio" name="{name}" value="{escape(str(value))}">'
            f"<span>{escape(text)}</span></label>")


def bake_warm_ups(warm_ups):
    """The HTML of WarmUps, of which the page shows three, others at each visit."""
    forms = "".join(map(bake_warm_up, warm_ups))
    more = '<button type="button" class="others">Other questions</button>'
    return (f'<div class="warm-ups" data-at-once="{AT_ONCE}">{forms}'
            f"{more if len(warm_ups) > AT_ONCE else ''}</div>")


def bake_warm_up(warm_up):
    """The HTML of a WarmUp, with the same numbers at each build; it is judged on the page."""
    asked = filled(warm_up.words, np.random.default_rng(0))
    words = {name: asked[name] for name in ("right", "why", "wrong", "hints")}
    exercise = Exercise(**words, tolerance=TOLERANCE)
    if choices := asked.get("choices"):
        verdicts = [exercise.judge(k) for k in range(len(choices))]
        data = {"parts": [{"label": "Your answer", "options": list(choices)}],
                "table": [[k, 1] for k in range(len(choices))],
                "verdicts": [[each.state, each.text] for each in verdicts]}
    else:
        data = tabulated(exercise, Form(("A number",), lambda values: values[0]), asked["right"])
    title = (f"<p><b>From notebook {asked['of'][:2]}.</b> {escape(asked['question'])}</p>")
    return _judged("warm-up: " + asked["of"] + asked["question"][:40], title, data, choices)


def bake_exercise(name, exercise, code, run):
    """The HTML of an exercise that is judged on the page; None where its answer is code.

    name: as in "06: fixed point". exercise: with its words. code: the stub. run: the RunThrough
    of its notebook.
    """
    short = name.partition(": ")[2]
    if short not in run.answers:
        return None
    form = form_of(code, run.names[short], run.answers[short])
    data = form and tabulated(exercise, form, run.answers[short])
    if not data:
        return None
    if len(data["parts"]) == 1:
        data["parts"][0]["label"] = "Your answer"
    said = f"<p>{escape(exercise.expects)}</p>" if exercise.expects else ""
    return _judged(name, said, data)


def _judged(name, said, data, as_radio=()):
    """The form of an exercise: a field for each part, a button, a place for the verdict."""
    verdicts = [[state, escape(Verdict.MARKS[state]), typeset(escape(text))]
                for state, text in data["verdicts"]]
    key = "x" + sha256(name.encode()).hexdigest()[:12]
    if as_radio:
        fields = "".join(_radio(key, k, text) for k, text in enumerate(as_radio))
        fields = f"<fieldset><legend>Your answer</legend>{fields}</fieldset>"
    else:
        fields = "".join(_field(part, f"{key}-{k}") for k, part in enumerate(data["parts"]))
    parts = [len(part["options"]) if "options" in part else part["cuts"] for part in data["parts"]]
    kept = {"table": data["table"], "verdicts": verdicts, "parts": parts}
    return (f'<form class="baked judge" data-name="{escape(name)}">{as_script(kept)}{said}'
            f'<div class="fields">{fields}</div><button type="submit">Check</button>'
            '<div class="verdict" role="status"></div></form>')


def _field(part, key):
    label = escape(part["label"].replace("_", " "))
    if "options" not in part:
        return (f'<label for="{key}"><span>{label}</span><input id="{key}" type="text" '
                'inputmode="decimal" autocomplete="off" size="9"></label>')
    options = "".join(f'<option value="{k}">{escape(word)}</option>'
                      for k, word in enumerate(part["options"]))
    return (f'<label for="{key}"><span>{label}</span><select id="{key}">'
            f'<option value="">choose</option>{options}</select></label>')


def needs_python(binder):
    """What stands on a page where an answer is code. binder: an address, or "" without one."""
    way = (f'<a href="{escape(binder)}">open this notebook in Binder</a>' if binder else
           "open the notebook, as the course's README says")
    return ('<p class="needs-python">This exercise needs Python, which a page does not have. To '
            f"have your answer checked, {way}.</p>")


