"""Formulas as MathML: all of the course, with their words in one piece, and nothing else."""
import re
from pathlib import Path

import pytest

from tools.formulas import mathml, typeset
from tools.normalise import read

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def test_upright_words_are_one_word_and_a_block_says_so():
    assert "<mi>ext</mi>" in mathml(r"I_\mathrm{ext}")
    one = mathml(r"g_\mathrm{K}")
    assert '<mi mathvariant="normal">&#x0004B;</mi>' in one and "<mi>g</mi>" in one
    assert 'display="block"' in mathml("x", "block") and "xmlns" not in mathml("x")


def test_an_unknown_command_is_refused():
    with pytest.raises(ValueError, match="nosuchthing"):
        mathml(r"\nosuchthing x")


def test_aligned_lines_are_the_rows_of_a_table():
    made = mathml(r"\begin{aligned} a &= b && [1]\\[4pt] c &= d && [2] \end{aligned}", "block")
    assert made.count("<mtr>") == 2 and "&" not in re.sub(r"&#x\w+;", "", made)
    assert "4" not in re.sub(r"<[^>]+>", "", re.sub(r"&#x\w+;", "", made))


def test_an_ampersand_outside_a_table_is_refused():
    with pytest.raises(ValueError, match="no table"):
        mathml(r"\begin{gathered} a &= b \end{gathered}")


@pytest.mark.parametrize("html", [
    "<pre>a $b$ c</pre>", "<code>$x$</code>", '<script>let a = "$x$";</script>',
    '<p title="$x$">costs 5 dollars</p>', "<p>one $ alone</p>"])
def test_code_attributes_and_single_dollars_stay(html):
    assert typeset(html) == html


def test_formulas_in_text_are_set():
    html = typeset("<p>If $a&lt;b$ then $$\\frac{1}{2}$$ and <code>$</code> $c$.</p>")
    assert html.count("<math") == 3 and "$" not in html.replace("<code>$</code>", "")
    assert "&#x0003C;" in html or "&lt;" in html


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_formula_of_a_notebook_is_known(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"```.*?```|`[^`\n]*`", "", cell.source, flags=re.S)
            assert r"\frac" not in re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", text, flags=re.S)
            typeset(text.replace("<", "&lt;"))
