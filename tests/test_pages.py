"""The words of the static pages, made without running their panels: each term of the glossary is
found where the glossary says, and links within the course lead somewhere.
"""
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools import build_site
from tools.normalise import read

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """{file: HTML} of all pages."""
    patch = pytest.MonkeyPatch()
    patch.setattr(build_site, "SITE", tmp_path_factory.mktemp("site"))
    listed, made = build_site.pages(), {}
    for path in NOTEBOOKS:
        notebook = read(path)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = build_site.for_page(cell.source)
        name = f"{path.stem}.html"
        made[name] = build_site.page_text(notebook, listed, name)
    patch.undo()
    return made


def words(html):
    """The text of HTML in small letters, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).lower()


def test_each_term_of_the_glossary_is_found_on_the_page_it_names(pages):
    first = next(iter(pages))
    glossary = re.search(r"<h2[^>]*>[^<]*Glossary.*?</table>", pages[first], re.S)[0]
    rows = re.findall(r"<td>\s*<strong>(.*?)</strong>.*?href=\"([^\"#]*)#", glossary, re.S)
    assert len(rows) > 50
    texts = {name: words(html.replace(glossary, "")) for name, html in pages.items()}
    missing = [term for term, page in rows
               if not re.search(loosely(words(term)), texts[page or first])]
    assert not missing


def loosely(term):
    """A pattern that finds a term with a hyphen for a space, or the other way round."""
    return re.sub(r"(?:\\ |\\-|-| )", "[- ]", re.escape(term.strip()))


def test_links_within_the_course_lead_to_their_sections(pages):
    anchors = {name: {unquote(unescape(each)) for each in re.findall(r'\bid="([^"]+)"', html)}
               for name, html in pages.items()}
    broken = []
    for name, html in pages.items():
        for page, anchor in re.findall(r'href="(\d\d_\w+\.html|)#([^"]+)"', html):
            if unquote(unescape(anchor)) not in anchors[page or name]:
                broken.append(f"{name}: {page}#{unquote(anchor)}")
    assert not broken
