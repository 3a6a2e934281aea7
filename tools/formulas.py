"""Formulas as MathML, set when a page is built: nothing to load, nothing to stop at with the Tab
key, and a screen reader hears them.
"""
import re
from functools import cache
from html import unescape

import latex2mathml.converter

__all__ = ["mathml", "typeset"]

PIECES = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
SILENT = "pre", "code", "script", "style", "textarea", "math"  # what stands in these stays
FORMULA = re.compile(r"(?<!\\)\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?P<line>[^$]+?)(?<!\\)\$", re.S)
LETTERS = re.compile(r'(?:<mi mathvariant="normal">[^<]</mi>){2,}')
LONG = 30  # characters of TeX in a line, from which on a formula may have to scroll on a phone
LETTER = re.compile(r">([^<])<")
UPRIGHT = re.compile(r"<mi>(&#x000[4-7][0-9A-F];)</mi>")  # so comes one letter of mathrm
ALIGNED = re.compile(r"\\(begin|end)\{aligned\}")  # latex2mathml knows it under another name only
SPACED = re.compile(r"\\\\\[\d+pt\]")  # a line's end with a space; the table has its own spaces


@cache
def mathml(tex, display="inline"):
    """A formula in TeX as MathML, display "inline" or "block"; a word in upright letters is one
    word.
    """
    known = SPACED.sub(r"\\\\", ALIGNED.sub(r"\\\1{align*}", tex))
    made = latex2mathml.converter.convert(known, display=display)
    left = re.search(r"\\[a-zA-Z]+", re.sub(r"<[^>]+>", "", made))
    if left:
        raise ValueError(f"the formula {tex!r} can't be set as MathML: {left[0]} is not known")
    if re.search(r">&(amp;)?<", made):
        raise ValueError(f"the formula {tex!r} can't be set as MathML: an & stands in no table")
    made = LETTERS.sub(lambda word: f'<mi>{"".join(LETTER.findall(word[0]))}</mi>', made)
    made = UPRIGHT.sub(r'<mi mathvariant="normal">\1</mi>', made)
    return made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")


def typeset(html):
    """HTML with its formulas, between dollars, as MathML; code and scripts stay as they are."""
    pieces, silent = PIECES.split(html), []
    for k, piece in enumerate(pieces):
        name = re.match(r"</?([a-zA-Z][\w-]*)", piece)
        if name and name[1].lower() in SILENT and not piece.endswith("/>"):
            if piece.startswith("</"):
                silent = silent[:-1]
            elif not silent or silent[-1] != "script":
                silent = [*silent, name[1].lower()]
        elif not name and not silent and "$" in piece:
            pieces[k] = FORMULA.sub(_set, piece).replace(r"\$", "$")
    return "".join(pieces)


def _set(found):
    """One formula that was found in a text of HTML."""
    if found["block"] is None:
        tex = unescape(found["line"]).strip()
        return f'<span class="long">{mathml(tex)}</span>' if len(tex) > LONG else mathml(tex)
    return f'<span class="formula">{mathml(unescape(found["block"]).strip(), "block")}</span>'
