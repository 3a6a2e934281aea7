"""Exercises judged on a page: the verdicts of `check` on every answer that can be given in a
few fields, tabulated when the page is built. There is no second list of answers or hints.

An answer has parts. Each part is a choice, whose options are listed, or a number, whose line is
cut where a verdict changes. So the space of answers falls into cells, and the table holds the
verdict of each. Where random answers show that cells don't do, for example because a *sum* of
two parts decides, the numbers are taken from a grid instead. What is a function, or has too many
parts, needs Python.
"""
import ast
import itertools
import re
import time
import warnings
from bisect import bisect_left
from numbers import Number
from typing import NamedTuple

import numpy as np

__all__ = ["Form", "form_of", "looked_up", "tabulated"]

MOST_CELLS = 40_000
SECONDS = 20.0  # of CPU time that the verdicts of one exercise may take
SEVERAL = list | tuple | np.ndarray
CALL = re.compile(r"#\s*([A-Z]\w+)\(((?:\w+=\.\.\.(?:,\s*)?)+)\)")
NARROW = 1e-6  # half of the piece around a number that a predicate names
WIDE = np.geomspace(1e-3, 1e4, 141).tolist()
PROBES = 200  # random answers that the table and `check` must judge alike


class Form(NamedTuple):
    """How an exercise is answered: the labels of its parts, and `build(values)`, which makes
    the answer from a list of one value per part.
    """

    labels: tuple
    build: object


# What the stub asks for


def form_of(code, names):
    """The Form of the exercise whose stub is `code`, None where the answer is itself code.

    names: what the notebook has imported, so that a stub with `# Model(a=..., b=...)` can be
    asked for the numbers a and b.
    """
    tree = ast.parse(code)
    if any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree)):
        return None
    calls = [node for node in ast.walk(tree)
             if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check"]
    if len(calls) != 1 or len(calls[0].args) != 2:
        return None
    if model := CALL.search(code):
        labels = tuple(re.findall(r"(\w+)=", model[2]))
        made = names.get(model[1])
        return made and Form(labels, lambda values: made(**dict(zip(labels, values))))
    try:
        shape = _shape(calls[0].args[1], _given(tree))
    except KeyError:
        return None
    labels = tuple(_labels(shape))
    return Form(labels, lambda values: _filled(shape, iter(values))) if labels else None


def _given(tree):
    """{name: node} of the names that a stub assigns."""
    given = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = zip(target.elts, value.elts) if isinstance(
                target, ast.Tuple) and isinstance(value, ast.Tuple) else [(target, value)]
            given |= {each.id: part for each, part in pairs if isinstance(each, ast.Name)}
    return given


def _shape(node, given, label=""):
    """The answer with a label (a text) in the place of each dots; KeyError for other code."""
    if isinstance(node, ast.Name):
        return _shape(given[node.id], given, node.id)
    if isinstance(node, ast.Constant) and node.value is Ellipsis:
        return label
    if isinstance(node, ast.Starred):
        return _shape(node.value, given, label)
    if isinstance(node, ast.List | ast.Tuple):
        if len(node.elts) == 1 and isinstance(node.elts[0], ast.Constant):
            raise KeyError("a list of any length")
        many = len(node.elts) > 1
        parts = []
        for k, part in enumerate(node.elts, 1):
            inner = _shape(part, given, f"{label} {k}".strip() if many else label)
            parts += inner if isinstance(part, ast.Starred) else [inner]
        return parts if isinstance(node, ast.List) else tuple(parts)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict":
        return {each.arg: _shape(each.value, given, each.arg) for each in node.keywords}
    raise KeyError("code")


def _labels(shape):
    if isinstance(shape, str):
        yield shape
    else:
        for part in shape.values() if isinstance(shape, dict) else shape:
            yield from _labels(part)


def _filled(shape, values):
    if isinstance(shape, str):
        return next(values)
    if isinstance(shape, dict):
        return {name: _filled(part, values) for name, part in shape.items()}
    return type(shape)(_filled(part, values) for part in shape)


# What is answered


def tabulated(exercise, form, right):
    """The verdicts as data for the page, {"parts", "table", "verdicts"}; None where they can't
    be tabulated, because too much or something other than numbers and words is asked for.

    right: a right answer, by which the space of answers is cut.
    """
    values = [exercise.right, *exercise.wrong.values()]
    known = [_parts(form, right), *(list(_flat(each)) for each in values if not callable(each))]
    known = [each for each in known if each and len(each) == len(form.labels)]
    if not known or not all(isinstance(part, Number | str) for each in known for part in each):
        return None
    marks = sorted({float(part) for each in known for part in each if _is_number(part)}
                   | {float(each) for value in values for each in _constants(value)})
    for attempt in _cells, _grid:
        judge = _Judge(exercise, form, time.process_time() + SECONDS)
        try:
            found = attempt(judge, known, marks)
            if found and _agrees(found, judge, known):
                return found
        except TimeoutError:
            pass
    return None


class _Judge:
    """The verdicts of an exercise on lists of parts, each computed once."""

    def __init__(self, exercise, form, until):
        self.exercise, self.form, self.until = exercise, form, until
        self.kept = {}

    def __call__(self, *values):
        if values not in self.kept:
            if time.process_time() > self.until:
                raise TimeoutError("these verdicts take too long")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what is far off may overflow
                verdict = self.exercise.judge(_built(self.form, values))
            self.kept[values] = verdict.state, verdict.text
        return self.kept[values]


def _built(form, values):
    """The answer; where its model refuses the numbers, the refusal, which is judged as such."""
    try:
        return form.build(list(values))
    except Exception as error:
        return str(error)


def _parts(form, answer):
    """The parts of an answer, where it is a record those that the form asks for."""
    if not isinstance(answer, Number | str | dict | SEVERAL):
        return [getattr(answer, label, answer) for label in form.labels]
    return list(_flat(answer))


def _flat(answer):
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, SEVERAL):
        for part in answer:
            yield from _flat(part)
    else:
        yield answer.item() if isinstance(answer, np.generic) else answer


def _is_number(value):
    return isinstance(value, Number) and not isinstance(value, bool)


def _constants(function):
    """The numbers that stand in the code of a predicate, and in what it is made of."""
    code = getattr(function, "__code__", None)
    if code:
        inner = [each.cell_contents for each in function.__closure__ or ()]
        yield from (each for each in _flat([*code.co_consts, *inner]) if _is_number(each))


def _options(known, count):
    """The choices of every part, None for a number; words of all parts are one alphabet."""
    words = sorted({part for each in known for part in each if isinstance(part, str)})
    if words and all(re.fullmatch(r"0\d", word) for word in words):
        words = [f"0{k}" for k in range(8)]
    listed = []
    for k in range(count):
        first = known[0][k]
        listed.append(words if isinstance(first, str) else
                      [True, False] if isinstance(first, bool) else None)
    return listed


def _cells(judge, known, marks):
    """The table where every part is a choice, or a number cut where the verdict changes."""
    options = _options(known, len(judge.form.labels))
    lines = [choices or _line(judge, known, marks, k) for k, choices in enumerate(options)]
    sizes = [len(line) if choices else len(line) + 1 for line, choices in zip(lines, options)]
    if np.prod(sizes, dtype=float) > MOST_CELLS:
        return None
    values = [line if choices else _middles(line, marks) for line, choices in zip(lines, options)]
    parts = [_part(label, choices, line)
             for label, choices, line in zip(judge.form.labels, options, lines)]
    return _with_table(parts, (judge(*each) for each in itertools.product(*values)))


def _part(label, choices, cuts):
    """What the page is told of a part: its options or its cuts."""
    return {"label": label, "options": [str(each) for each in choices]} if choices else {
        "label": label, "cuts": [float(f"{cut:.9g}") for cut in cuts]}


def _with_table(parts, verdicts):
    """The page's data: the table as [[verdict, how often], ...], the last part running fastest.
    """
    listed, runs = [], []
    for verdict in verdicts:
        if verdict not in listed:
            listed.append(verdict)
        number = listed.index(verdict)
        if runs and runs[-1][0] == number:
            runs[-1][1] += 1
        else:
            runs.append([number, 1])
    return {"parts": parts, "table": runs, "verdicts": listed}


def _line(judge, known, marks, k):
    """The values of part k at which a verdict changes, the other parts as in known answers; and
    those around every number that a predicate names, which may want it exactly.
    """
    start = time.process_time()
    judge(*known[0])
    slow = time.process_time() - start > 0.02
    near = [value * (1 + share) for value in marks for share in (-2e-2, -5e-4, 0, 5e-4, 2e-2)]
    own = float(known[0][k])
    points = sorted({*near, *(own * share for share in np.linspace(0.5, 1.5, 21))} if slow else {
        *near, *WIDE, *(-value for value in WIDE[::4]), *map(float, range(-3, 41)),
        *(value / 2 for value in range(-5, 20))})
    cuts = {value * (1 + share) for value in marks for share in (-NARROW, NARROW)} - {0.0}
    for others in known[:4]:
        def verdict(value, others=others):
            return judge(*others[:k], float(value), *others[k + 1:])

        for low, high in itertools.pairwise(points):
            if verdict(low) != verdict(high):
                cuts.add(_halved(verdict, low, high))
    return sorted(cut for cut in cuts if not any(  # no cut inside the piece of a number
        abs(cut - value) < 0.99 * NARROW * abs(value) for value in marks))


def _halved(verdict, low, high):
    """A value between two at which the verdict changes."""
    first = verdict(low)
    while high - low > 1e-7 * max(abs(low), abs(high), 1e-3):
        middle = (low + high) / 2
        low, high = (middle, high) if verdict(middle) == first else (low, middle)
    return high


def _middles(cuts, marks):
    """A value inside each piece of a line that is cut: a number that a predicate names, where one
    lies there.
    """
    if not cuts:
        return [1.0]
    inner = [next((mark for mark in marks if a < mark < b), (a + b) / 2)
             for a, b in itertools.pairwise(cuts)]
    return [cuts[0] - max(1.0, abs(cuts[0])), *inner, cuts[-1] + max(1.0, abs(cuts[-1]))]


def _grid(judge, known, marks):
    """The table where each number is taken from a grid of round numbers. The grid holds the
    known answers, but does not single them out.
    """
    labels = judge.form.labels
    options = _options(known, len(labels))
    for fineness in 10, 5, 3, 2:
        lines = [choices or _round_numbers([float(each[k]) for each in known], fineness)
                 for k, choices in enumerate(options)]
        sizes = [len(line) for line in lines]
        if min(sizes) and np.prod(sizes, dtype=float) <= MOST_CELLS:
            break
    else:
        return None
    parts = [{"label": label, "options": [str(each) if choices else f"{each:g}" for each in line]}
             for label, line, choices in zip(labels, lines, options)]
    return _with_table(parts, (judge(*each) for each in itertools.product(*lines)))


def _round_numbers(values, fineness):
    """A grid that holds some values and reaches past them, on both sides where one is negative;
    empty where they are no round numbers.
    """
    largest = max(map(abs, values)) or 1.0
    for power in range(2, -4, -1):
        for digit in 5, 2, 1:
            step = digit * 10.0**(power + round(np.log10(largest)))
            on = all(abs(value / step - round(value / step)) < 1e-6 for value in values)
            if step <= largest / fineness * 1.001 and on:
                ends = (-2, 2) if min(values) < 0 else (0, 1.7)
                low, high = (round(end * largest / step) for end in ends)
                return [float(f"{step * k:.6g}") for k in range(low, high + 1)]
    return []


# What the page looks up, here in Python so that it can be tested


def looked_up(data, answer):
    """(state, text) of an answer, a list of parts, as the page finds it; a value that a part
    does not offer is a KeyError.
    """
    cell = 0
    for part, value in zip(data["parts"], answer):
        if "options" in part:
            word = f"{value:g}" if isinstance(value, float) else str(value)
            if word not in part["options"]:
                raise KeyError(f"{word} is not offered for {part['label']}")
            cell = cell * len(part["options"]) + part["options"].index(word)
        else:
            cell = cell * (len(part["cuts"]) + 1) + bisect_left(part["cuts"], value)
    for number, count in data["table"]:
        if cell < count:
            return data["verdicts"][number]
        cell -= count
    raise IndexError("the table is too short")


def _agrees(data, judge, known):
    """Whether the page judges known and random answers as `check` does."""
    rng = np.random.default_rng(3)
    for k in range(PROBES):
        base = known[k % len(known)]
        answer = []
        for part, value in zip(data["parts"], base):
            if "options" in part:
                word = str(rng.choice(part["options"])) if k >= len(known) else None
                answer.append(value if word is None else _meant(word, value))
            elif k < len(known) or rng.random() < 0.3:
                answer.append(float(value))
            else:
                answer.append(float(value) * rng.choice((0.5, 0.9, 0.99, 1.01, 1.1, 2, -1))
                              + rng.choice((0, 0, 1, -1, 0.1)))
        try:
            if looked_up(data, answer) != judge(*answer) and not _at_a_cut(data, answer):
                return False
        except KeyError:
            pass
    return True


def _at_a_cut(data, answer):
    """Whether a number lies so close to a cut that rounding decides."""
    return any(abs(cut - value) <= 1e-6 * max(abs(cut), 1e-3)
               for part, value in zip(data["parts"], answer) for cut in part.get("cuts", ()))


def _meant(word, like):
    """A word of an option as a value of the same kind as another."""
    if isinstance(like, bool | np.bool_):
        return word == "True"
    return word if isinstance(like, str) else float(word)
