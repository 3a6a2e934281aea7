"""What the Journal of Open Source Education asks for and files can give, row by row."""
import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


PAPER = text("docs/paper/paper.md")
HEADER = yaml.safe_load(PAPER.split("---")[1])
SECTIONS = re.findall(r"^# (.+)$", PAPER, re.M)
ENTRIES = dict(re.findall(r"@\w+\{(\w+),(.*?)\n\}", text("docs/paper/paper.bib"), re.S))
CITATION = yaml.safe_load(text("CITATION.cff"))
ARCHIVE = json.loads(text(".zenodo.json"))

ADOPTION, CONTRIBUTING = text("docs/adoption.md"), text("CONTRIBUTING.md")

ROWS = {  # what the journal's checklist asks for: whether it is there
    "a licence for code and one for content":
        "BSD 3-Clause" in text("LICENSE") and "CC BY 4.0" in text("LICENSE"),
    "one version everywhere": CITATION["version"] == ARCHIVE["version"],
    "authors named once": [a["name"] for a in HEADER["authors"]]
    == [a["name"] for a in CITATION["authors"]] == [a["name"] for a in ARCHIVE["creators"]],
    "a statement of need": "Statement of need" in SECTIONS,
    "installation": "make lab" in text("README.md"),
    "how to use and adopt it, in 4, 8 and 14 weeks": all(
        f"## {weeks} weeks" in ADOPTION for weeks in ("Four", "Eight", "Fourteen")),
    "how to contribute": "How to add something" in CONTRIBUTING,
    "how to report a mistake": "## Report a mistake" in CONTRIBUTING,
    "how to get support": "## Questions and support" in ADOPTION,
    "a code of conduct": "respect" in text("CODE_OF_CONDUCT.md"),
    "a changelog with this version": f"## {CITATION['version']}" in text("CHANGELOG.md"),
    "marks that are called formative": "formative" in ADOPTION and "nbgrader" in ADOPTION,
    "what the owner fills in": "## To fill in before you publish" in ADOPTION,
    "automated tests": "make test" in text(".github/workflows/test.yml")
        or ".ci/run" in text(".github/workflows/test.yml"),
    "learning objectives": "Learning objectives" in SECTIONS,
    "content and instructional design": "Content and instructional design" in SECTIONS,
    "experience of use": "Experience of use" in SECTIONS,
    "the story of the module": "How it came about" in SECTIONS,
    "a summary and references": SECTIONS[0] == "Summary" and SECTIONS[-1] == "References",
    "tags, date and a bibliography": bool(HEADER["tags"] and HEADER["date"])
        and (ROOT / "docs" / "paper" / HEADER["bibliography"]).exists(),
    "an archive": ARCHIVE["upload_type"] == "lesson" and ARCHIVE["license"] == CITATION["license"],
    "an environment for the cloud": "python" in json.loads(
        text(".devcontainer/devcontainer.json"))["image"],
}


@pytest.mark.parametrize("row", ROWS)
def test_it_is_there(row):
    assert ROWS[row], row


def test_every_citation_has_its_entry_and_every_entry_its_doi():
    cited = set(re.findall(r"@(\w+)", PAPER.split("---")[2]))
    assert cited == set(ENTRIES)
    for name, entry in ENTRIES.items():
        assert re.search(r"doi = \{10\.\d{4,}/\S+\}", entry), f"{name} has no DOI"


def test_the_paper_is_short():
    """The journal asks for a short paper; the course itself is the long one."""
    assert 500 < len(PAPER.split("---")[2].split()) < 1500


PLACES = {  # what the owner fills in: the one file where it stands, and what stands there now
    "the names of the authors": ("CITATION.cff", "The course authors"),
    "the address of the repository": ("CONTRIBUTING.md", "ORG/REPO"),
    "the DOI of the archive": ("CITATION.cff", "zenodo.NUMBER"),
}


@pytest.mark.parametrize("what", PLACES)
def test_what_the_owner_fills_in_has_one_place_and_is_listed(what):
    file, blank = PLACES[what]
    listed = ADOPTION.partition("## To fill in before you publish")[2]
    assert f"`{file}`" in listed
    if blank not in text(file):
        pytest.skip(f"{what} are filled in")
