"""Exercises judged on a page: the verdicts of `check` on every answer that can be given in a
few fields, tabulated when the page is built. There is no second list of answers or hints.

An answer has parts. Each part is a choice, whose options are listed, or a number, whose line is
cut where a verdict changes. So the space of answers falls into cells, and the table holds the
verdict of each. Where random answers show that cells don't do, for example because a *sum* of
two parts decides, the numbers are taken from a grid instead, which is coarser where a verdict
takes a simulation. A list of words is a yes or no for each word, a list of numbers is one number
or none. What is a function, or has too many parts, needs Python.
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
FEW = 5  # parts; where there are more, each must be one of few digits
SECONDS = 45.0  # of CPU time that the verdicts of one exercise may take
SLOW = 0.01  # seconds from which on a verdict is a slow one
COARSE = (180, 100, 60, 40, 30, 24, 20, 16, 13, 11, 9, 8, 7, 6, 5)  # values of a part
SEVERAL = list | tuple | np.ndarray
CALL = re.compile(r"#\s*([A-Z]\w+)\(((?:\w+=\.\.\.(?:,\s*)?)+)\)")
OR_NONE = " (one, or none)"  # ends the label of a list of numbers
NARROW = 1e-6  # half of the piece around a number that a predicate names
FINE, ROUGH = 1e-7, 2e-4  # how exactly a cut is found, relative; where verdicts are slow
WIDE = np.geomspace(1e-3, 1e4, 141).tolist()
PROBES = 200  # random answers that the table and `check` must judge alike


class Form(NamedTuple):
    """How an exercise is answered: the labels of its parts; `build(values)`, which makes the
    answer from a list of one value per part; and `parts(answer)`, the other way round.
    """

    labels: tuple
    build: object
    parts: object = lambda answer: list(_flat(answer))


class Given(NamedTuple):
    """A value that stands in a stub and is no part of the answer."""

    value: object


class Several(NamedTuple):
    """A list of any length in a stub: of the words that are known, or of one number or none."""

    label: str
    words: tuple

    def labels(self):
        """The label of each part: one for each word, or one for the number."""
        return [f"{self.label}: {word}" for word in self.words] or [self.label + OR_NONE]

    def parts(self, answer):
        """The value of each part: whether the word is in the list; the number or "none"."""
        if self.words:
            return [word in answer for word in self.words]
        return [next(iter(answer), "none")]

    def build(self, values):
        """The list that these values mean."""
        if self.words:
            return [word for word, meant in zip(self.words, values) if meant]
        return [value for value in values if value != "none"]


# What the stub asks for


def form_of(code, names, right=None):
    """The Form of the exercise whose stub is `code`, None where the answer is itself code.

    names: what the notebook has imported, so that a stub with `# Model(a=..., b=...)` can be
    asked for the numbers a and b. right: a right answer, which says what a list of any length
    holds.
    """
    tree = _with_comments(code)
    calls = [node for node in ast.walk(tree)
             if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check"]
    if len(calls) != 1 or len(calls[0].args) != 2:
        return None
    if model := CALL.search(code):
        labels = tuple(re.findall(r"(\w+)=", model[2]))
        made = names.get(model[1])
        return made and Form(labels, lambda values: made(**dict(zip(labels, values))),
                             lambda answer: [getattr(answer, label) for label in labels])
    try:
        shape = _shape(calls[0].args[1], _given(tree))
        listed = _known_words(right)
        shape = _with_words(shape, listed)
        labels = tuple(_labels(shape))
    except (KeyError, TypeError):
        return None
    return Form(labels, lambda values: _filled(shape, iter(values)),
                lambda answer: list(_values(shape, answer))) if labels else None


def _with_comments(code):
    """The tree of a stub, in which a list knows as `words` what the comment beside it calls its
    parts, as in `[..., ...]  # V in mV, safety factor`.
    """
    tree, lines = ast.parse(code), code.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple):
            comment = lines[node.end_lineno - 1].partition("#")[2].partition(":")[0]
            words = [re.sub(r"^(?:for|from|and|the) ", "", each.strip())
                     for each in comment.split(",")]
            node.words = words if len(words) == len(node.elts) else None
    return tree


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
    if isinstance(node, ast.Constant):
        return label if node.value is Ellipsis else Given(node.value)
    if isinstance(node, ast.Starred):
        return _shape(node.value, given, label)
    if isinstance(node, ast.List | ast.Tuple):
        if len(node.elts) == 1 and getattr(node.elts[0], "value", "") is Ellipsis:
            return Several(label, ())
        many = len(node.elts) > 1
        parts = []
        for k, part in enumerate(node.elts, 1):
            named = node.words[k - 1] if node.words else f"{label} {k}".strip()
            inner = _shape(part, given, named if many else label)
            parts += inner if isinstance(part, ast.Starred) else [inner]
        return parts if isinstance(node, ast.List) else tuple(parts)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict":
        return {each.arg: _shape(each.value, given, each.arg) for each in node.keywords}
    raise KeyError("code")


def _known_words(right):
    return tuple(sorted({part for part in _flat(right) if isinstance(part, str)}))


def _with_words(shape, words):
    """The shape whose lists of any length know their words; TypeError for a list alone, which
    may be as long as it likes.
    """
    if isinstance(shape, Several):
        raise TypeError("a list of any length")
    if isinstance(shape, list | tuple) and not isinstance(shape, Given):
        parts = [part._replace(words=words) if isinstance(part, Several)
                 else _with_words(part, words) for part in shape]
        return type(shape)(parts)
    return shape


def _inner(shape):
    """The parts of a shape that has some."""
    return shape.values() if isinstance(shape, dict) else shape


def _labels(shape):
    if isinstance(shape, str):
        yield shape
    elif isinstance(shape, Several):
        yield from shape.labels()
    elif not isinstance(shape, Given):
        for part in _inner(shape):
            yield from _labels(part)


def _values(shape, answer):
    """The value of each part of an answer, in the order of the labels."""
    if isinstance(shape, str):
        yield answer.item() if isinstance(answer, np.generic) else answer
    elif isinstance(shape, Several):
        yield from shape.parts(answer)
    elif not isinstance(shape, Given):
        for part, given in zip(_inner(shape), _inner(answer), strict=True):
            yield from _values(part, given)


def _filled(shape, values):
    if isinstance(shape, str):
        return next(values)
    if isinstance(shape, Given):
        return shape.value
    if isinstance(shape, Several):
        return shape.build([next(values) for _ in shape.labels()])
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
    known = [_parts(form, each) for each in (right, *values) if not callable(each)]
    known = [each for each in known if each and len(each) == len(form.labels) and all(
        isinstance(part, Number | str) for part in each)]
    if not known or known[0] != _parts(form, right):
        return None
    marks = sorted({float(part) for each in known for part in each if _is_number(part)}
                   | {float(each) for value in values for each in _constants(value)})
    judge = _Judge(exercise, form, time.process_time() + SECONDS)
    for attempt in _cells, _grid, _coarse_grid:
        try:
            if found := attempt(judge, known, marks):
                return found
        except TimeoutError:
            break
    return None


class _Judge:
    """The verdicts of an exercise on lists of parts, each computed once."""

    def __init__(self, exercise, form, until):
        self.exercise, self.form, self.until = exercise, form, until
        self.kept, self.spent, self.each = {}, 0.0, None

    def __call__(self, *values):
        if values not in self.kept:
            start = time.process_time()
            if start > self.until:
                raise TimeoutError("these verdicts take too long")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what is far off may overflow
                verdict = self.exercise.judge(_built(self.form, values))
            self.kept[values] = verdict.state, verdict.text
            self.spent += time.process_time() - start
        return self.kept[values]

    def seconds(self, known):
        """The CPU time of one verdict, from some answers around the known ones; measured once,
        because a verdict that is kept takes no time.
        """
        if self.each is None:
            self(*known[0])  # what a first call prepares does not count
            self.spent, before = 0.0, len(self.kept)
            for share in 0.3, 0.7, 0.9, 1.02, 1.1, 1.2, 1.5:
                self(*(share * part if _is_number(part) else part for part in known[0]))
            self.each = self.spent / max(1, len(self.kept) - before)
        return self.each

    def affordable(self, known):
        """How many verdicts a table may hold."""
        left = self.until - time.process_time()
        return min(MOST_CELLS, 0.3 * left / max(self.seconds(known), 1e-6))


def _built(form, values):
    """The answer; where its model refuses the numbers, the refusal, which is judged as such."""
    try:
        return form.build(list(values))
    except Exception as error:
        return str(error)


def _parts(form, answer):
    """The parts of an answer; None where it has others than the form asks for."""
    try:
        return form.parts(answer)
    except (AttributeError, TypeError, ValueError):
        return None


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


def _options(known, labels):
    """The choices of every part, None for a number; words of all parts are one alphabet."""
    words = sorted({part for each in known for part in each if isinstance(part, str)} - {"none"})
    if words and all(re.fullmatch(r"0\d", word) for word in words):
        words = [f"0{k}" for k in range(8)]
    count = len(labels)
    given = [part for each in known for part in each]
    if count > FEW and all(_is_number(part) and part in range(4) for part in given):
        for top in max(given) + 1, max(given):  # bits, or a few synapses
            if (top + 1)**count <= MOST_CELLS:
                return [list(range(int(top) + 1))] * count
    listed = []
    for k in range(count):
        first = known[0][k]
        if labels[k].endswith(OR_NONE):
            listed.append(["none", *range(0, 45, 5)])
            continue
        listed.append(words if isinstance(first, str) else
                      [True, False] if isinstance(first, bool) else None)
    return listed


def _cells(judge, known, marks):
    """The table where every part is a choice, or a number cut where the verdict changes."""
    options = _options(known, judge.form.labels)
    free = sum(choices is None for choices in options)
    if free > 1 and judge.seconds(known) > SLOW:
        return None
    lines = [choices or _line(judge, known, marks, k) for k, choices in enumerate(options)]
    sizes = [len(line) if choices else len(line) + 1 for line, choices in zip(lines, options)]
    if np.prod(sizes, dtype=float) > MOST_CELLS:
        return None
    values = [line if choices else _middles(line, marks) for line, choices in zip(lines, options)]
    parts = [_part(label, choices, line)
             for label, choices, line in zip(judge.form.labels, options, lines)]
    found = _with_table(parts, (judge(*each) for each in itertools.product(*values)))
    return found if _agrees(found, judge, known) else None


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
    seconds = judge.seconds(known)
    near = [value * (1 + share) for value in marks for share in (-2e-2, -5e-4, 0, 5e-4, 2e-2)]
    own = float(known[0][k])
    if seconds > SLOW:
        count = int(min(400, max(21, SECONDS / 4 / seconds)))
        points = sorted({*near, *(own * share for share in np.linspace(0.4, 2.2, count))})
    else:
        points = sorted({
            *near, *WIDE, *(-value for value in WIDE[::4]), *map(float, range(-3, 41)),
            *(value / 2 for value in range(-5, 20))})
    exactly = ROUGH if seconds > SLOW else FINE
    cuts = {value * (1 + share) for value in marks for share in (-NARROW, NARROW)} - {0.0}
    for others in known[:4]:
        def verdict(value, others=others):
            return judge(*others[:k], float(value), *others[k + 1:])

        for low, high in itertools.pairwise(points):
            if verdict(low) != verdict(high):
                cuts.add(_halved(verdict, low, high, exactly))
    return sorted(cut for cut in cuts if not any(  # no cut inside the piece of a number
        abs(cut - value) < 0.99 * NARROW * abs(value) for value in marks))


def _halved(verdict, low, high, exactly):
    """A value between two at which the verdict changes."""
    first = verdict(low)
    while high - low > exactly * max(abs(low), abs(high), 1e-3):
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
    options = _options(known, judge.form.labels)
    most = judge.affordable(known) if judge.seconds(known) < SLOW else 0
    for fineness in 10, 5, 3, 2:
        lines = [choices or _round_numbers([float(each[k]) for each in known], fineness)
                 for k, choices in enumerate(options)]
        sizes = [len(line) for line in lines]
        if min(sizes) and np.prod(sizes, dtype=float) <= most:
            found = _offered(judge, lines)
            return found if _agrees(found, judge, known) else None
    return None


def _coarse_grid(judge, known, marks):
    """The table of a grid that is as fine as its verdicts have time for, where one is right."""
    options = _options(known, judge.form.labels)
    most = judge.affordable(known)
    for count in COARSE:
        lines = [choices or _evenly(_alike(judge.form.labels, known, k), count)
                 for k, choices in enumerate(options)]
        if np.prod([len(line) for line in lines], dtype=float) <= most:
            found = _offered(judge, lines)
            return found if any(state == "right" for state, _ in found["verdicts"]) else None
    return None


def _alike(labels, known, k):
    """The known values of part k and of those whose labels differ in the last word alone."""
    def stem(label):
        return label.rpartition(" ")[0] or label

    same = [j for j, label in enumerate(labels) if stem(label) == stem(labels[k])]
    return [float(each[j]) for each in known for j in same if _is_number(each[j])]


def _offered(judge, lines):
    """The table where each part is chosen from the values of a line."""
    parts = [{"label": label, "options": [f"{each:g}" if isinstance(each, float) else str(each)
                                          for each in line]}
             for label, line in zip(judge.form.labels, lines)]
    return _with_table(parts, (judge(*each) for each in itertools.product(*lines)))


def _evenly(values, count):
    """About `count` round numbers from zero past some values, on both sides where one is
    negative.
    """
    largest = max(map(abs, values)) or 1.0
    low, high = (-1.5 * largest if min(values) < 0 else 0.0), 1.6 * largest
    least = (high - low) / count
    step = next(step for step in (digit * 10.0**(power + np.floor(np.log10(least)))
                                  for power in (0, 1) for digit in (1, 2, 5)) if step >= least)
    return [float(f"{step * k:.6g}") for k in range(round(low / step), round(high / step) + 1)]


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
                answer.append(value if word is None or word == "none" else _meant(word, value))
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
    return any(abs(cut - value) <= 2 * ROUGH * max(abs(cut), 1e-3)
               for part, value in zip(data["parts"], answer) for cut in part.get("cuts", ()))


def _meant(word, like):
    """A word of an option as a value of the same kind as another."""
    if isinstance(like, bool | np.bool_):
        return word == "True"
    return word if isinstance(like, str) else float(word)
