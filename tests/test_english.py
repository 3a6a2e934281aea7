"""The course's English keeps to its limits, notebook by notebook: see tools/english.py."""
from collections import Counter

import pytest

from tools import english

WHAT_IN_10_000 = 25  # so often may "what" stand for a noun: about twice the use of other courses
# objections that are wrong, as (kind, words of the sentence); at most twenty
FINE = [("packed", "phi must not decrease, but phi(")]
CAUGHT = {
    "words": [
        "No line parts these labels.", "The gate runs to its goal.", "14 neurons of chance fire.",
        "it stands below", "how slow w is beside v", "A real neuron is no coin.",
        "one lane for each value", "which chance is met", "after so many whole seconds"],
    "long": ["word " * 31 + "."],
    "packed": ["We get a: b; c (d)."],
    "inverted": ["So do two times four bits add up.", "Given are two trains of spikes."],
    "what": ["What arrives then is lost."],
    "telegram": ["It fires. It stops. It rests."],
    "pointers": ["The sign is wrong (E30).", "other values are given under Further."],
}
CLEAN = [
    "A line separates the two classes.", "The steady-state value is 3 mV.",
    "It is easy to tell the two apart.", "There is no spike.", "the standard deviation",
    "The input that arrives in this step is lost, because the neuron resets.",
    "What does the neuron do?", "The printed sign is reversed (erratum E30).",
    "(errata E5, E6 and E23)", "Neher et al. (1997) found it. See e.g. Koch's book."]


def objected(text):
    """The kinds of the objections to a text."""
    return [kind for _, paragraph in english.paragraphs(text)
            for check in (english.of_words, english.of_shape, english.of_pointers)
            for kind, _, _ in check(paragraph)]


@pytest.mark.parametrize("kind, text", [(k, text) for k, every in CAUGHT.items()
                                        for text in every])
def test_each_check_objects_to_what_it_is_for(kind, text):
    assert kind in objected(text)


@pytest.mark.parametrize("text", CLEAN)
def test_good_sentences_are_left_alone(text):
    assert objected(text) == []


def test_code_mathematics_and_addresses_are_not_read():
    assert objected("Take `lane` of $goal$ and [it](https://lane.org/goal).") == []


def test_texts_of_every_kind_are_read(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('"""A lane."""\nsay = f"The goal {1} stands there, and that is all."\n'
                      'x: float = parameter(1, "", "x", 0, 1, "how big it is")\n',
                      encoding="utf-8")
    data = tmp_path / "questions.toml"
    data.write_text('[predictions."a"]\nchoices = ["no", "What arrives in the next is lost."]\n',
                    encoding="utf-8")
    assert [each.kind for each in english.objections(module)] == ["labels", *["words"] * 3]
    assert [each.kind for each in english.objections(data)] == ["what"]
    assert english.objections(data)[0].line == 2


@pytest.mark.parametrize("name", english.groups())
def test_the_english_keeps_to_its_limits(name, keep):
    paths = english.groups()[name]
    found = [each for path in paths for each in english.objections(path)
             if not any(each.kind == kind and part in each.found for kind, part in FINE)]
    counts = Counter(each.kind for each in found)
    read = sum(len(english.words(passage.text)) for path in paths
               for passage in english.passages_of(path) if passage.prose)
    nouns = counts.pop("what", 0) / read * 10_000
    keep(f"'what' for a noun in 10,000 words of {name}", round(nouns, 1), WHAT_IN_10_000)
    keep(f"objections to the English of {name}", counts.total(), 0,
         "; ".join(str(each) for each in found if each.kind != "what")[:2000])


def test_few_objections_are_overruled():
    every = [each for paths in english.groups().values() for path in paths
             for each in english.objections(path)]
    assert len(FINE) <= 20
    for kind, part in FINE:
        assert any(each.kind == kind and part in each.found for each in every), part
