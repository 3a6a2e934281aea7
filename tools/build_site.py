"""The course as static pages: no kernel, no network, controls that move, answers that are judged.

    python tools/build_site.py             # writes site/index.html and a page per notebook
    python tools/build_site.py 02 05       # some of the pages

The notebooks' stored outputs are what the pages show; only panels, questions and exercises are
run again, to sweep the controls and to tabulate the verdicts.
"""
import base64
import hashlib
import importlib
import io
import json
import os
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from html import escape, unescape
from itertools import groupby
from pathlib import Path

import jinja2
import matplotlib.pyplot as plt
import nbformat
from matplotlib.patches import FancyBboxPatch
from nbconvert import HTMLExporter
from PIL import Image

from asking import bake_exercise, bake_question, bake_warm_ups, needs_python
from baking import bake_panel, folder_of
from build_notebooks import REPORT
from course_utils.questions.texts import with_texts
from formulas import typeset
from normalise import FOLDED, HIDDEN, read, tags
from panels import SOURCES, run_through

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
TEMPLATE = Path(__file__).with_name("site_template")
PICTURE = re.compile(
    r'class="frame" (?=[^>]*src="(?P<file>[^"]+)")(?=[^>]*alt="(?P<alt>[^"]*)")')
CHECKED = re.compile(r"""\bcheck\(["'](?P<name>[^"']+)["']""")
WORDS = r"(?:`[^`\n]*`|[^.!?\n<>|$`]|\n(?=[A-Za-z`(*])|\.\w)*"
KERNEL = (r"`[\w.]+\?\?`|Shift \+ Enter|the kernel\*|the cell again|\brun it\b|"
          r"by trying, with the cell above")
IN_KERNEL = re.compile(rf"(?<![^\s(>])({WORDS}(?:{KERNEL}){WORDS}[.!?])")
PLAIN = re.compile(  # pieces of code that the style sheet leaves as they are
    r'<span class="(?:n|o|p|w|n[dn]|nb|bp|fm|vm|nv|py|ne|kt|go|gp|err|linenos)">([^<]*)</span>')
NO_HEAD = re.compile(r"<th\b([^>]*)>\s*</th>")  # an empty corner of a table heads nothing
FORMULA_HEAD = re.compile(
    r"(<th\b[^>]*>\s*<math)([^>]*>)((?:(?!</math>).)*)(</math>\s*</th>)", re.S)
MARKUP = re.compile(r"<(?!/?m[a-z]+\b)[^>]+>")  # but formulas
ALERT = re.compile(r'(<div class="alert alert-warning") style="[^"]*"')


def pages():
    """[{number, name, title, question, file}] of all notebooks."""
    found = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        text = "\n".join(cell.source for cell in read(path).cells[:2])
        title = next(
            line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
        question = re.search(r"\*\*The question[.:]?\*\*[.:]?\s*(.+?)\n\n", text + "\n\n", re.S)
        found.append({
            "number": path.stem[:2], "name": title.split(
                "·", 1)[-1].strip(), "title": title, "file": f"{path.stem}.html",
            "question": " ".join(question[1].split()) if question else ""
        })
    return found


def binder(stem):
    """The address that opens a notebook in Binder, "" as long as CONTRIBUTING.md, the one place
    for it, does not name the course's own repository.
    """
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(r"https://github\.com/([\w.-]+/[\w.-]+)/issues", text)
    return (f"https://mybinder.org/v2/gh/{found[1]}/HEAD?urlpath=lab/tree/notebooks/{stem}.ipynb"
            if found and found[1] != "ORG/REPO" else "")


# A page


def with_baked_widgets(notebook, source, page):
    """The notebook for the page: panels, questions and exercises as HTML, other widgets as a
    word, the instructor's box left out; what answers a prediction above it waits for a click.
    """
    run = run_through(source)
    widgets, exercises = dict(run.widgets), exercises_of(source.stem[:2])
    next(cell for cell in notebook.cells
         if cell.cell_type == "code").metadata["folded"] = "What this notebook imports"
    for number, cell in enumerate(notebook.cells):
        checked = CHECKED.search(cell.source) if cell.cell_type == "code" else None
        if number in widgets:
            html = _baked(widgets[number], folder_of(page, number))
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": html})]
            is_panel = type(widgets[number]).__name__ == "Panel"
            cell.metadata.update({"folded": "The code of this panel"}
                                 if is_panel else {"transient": {"remove_source": True}})
        elif checked and HIDDEN not in tags(cell):
            _ask(cell, checked["name"], exercises, run, source.stem)
        if cell.cell_type == "markdown":
            cell.source = for_page(cell.source)
        if FOLDED in tags(cell):
            drawn = cell.source.splitlines()[0].removeprefix("# ")
            cell.metadata.setdefault("folded", f"The code of this {drawn.lower()}")
            if cell.metadata.get("jupyter", {}).get("outputs_hidden"):
                cell.metadata["waits"] = f"{drawn} (commit to your prediction, then open)"
    notebook.cells = [cell for cell in notebook.cells if "instructor" not in tags(cell)]
    return notebook


def exercises_of(number):
    """{name: Exercise} of a notebook with their words; empty where it has none."""
    try:
        module = importlib.import_module(f"course_utils.notebook_{number}.exercises")
    except ModuleNotFoundError:
        return {}
    return with_texts(number, module.EXERCISES)


def _ask(cell, name, exercises, run, stem):
    """Let a stub be answered on the page, or say that it needs Python."""
    exercise = exercises.get(name)
    html = exercise and bake_exercise(f"{stem[:2]}: {name}", exercise, cell.source, run)
    if html:
        cell.metadata["folded"] = "The cell of the notebook"
    kept = [] if html else [output for output in cell.outputs if "text/html" not in
                            output.get("data", {}) or "Not answered" not in str(output)]
    cell.outputs = [*kept, nbformat.v4.new_output("display_data", {
        "text/html": html or needs_python(binder(stem))})]


def for_page(text):
    """Markdown of a notebook for a page: links lead to pages, boxes take the page's colours, and
    sentences that only a kernel makes true are marked.
    """
    text = text.replace(".ipynb)", ".html)").replace(".ipynb#", ".html#")
    text = ALERT.sub(r"\1", text.replace(REPORT, ""))  # the report's link leads nowhere from here
    parts = re.split(r"(^```.*?^```)", text, flags=re.M | re.S)
    return "".join(part if part.startswith("```") else IN_KERNEL.sub(
        r'<span class="needs-kernel">\1</span>', part) for part in parts)


def _baked(widget, folder):
    """The HTML that stands for a widget."""
    if type(widget).__name__ == "Panel":
        return bake_panel(widget, folder)
    if warm_ups := [part for part in getattr(widget, "children", ()) if hasattr(part, "asked")]:
        return bake_warm_ups(warm_ups)
    if questions := [
            part for part in (widget, *getattr(widget, "children", ()))
            if hasattr(part, "prediction")
    ]:
        return "".join(bake_question(question) for question in questions)
    label = getattr(getattr(widget, "press", None), "description", "a widget")
    return ('<p class="course-missing">What stands here needs Python: in the notebook it is a '
            f'button, “{escape(label)}”.</p>')


def build_page(source, all_pages):
    """Write the page of one notebook, its frames beside it; returns its name."""
    page = SITE / f"{source.stem}.html"
    for before in SITE.glob(f"{source.stem}_*"):  # pictures of an earlier build
        shutil.rmtree(before)
    try:
        notebook = with_baked_widgets(read(ROOT / "notebooks" / f"{source.stem}.ipynb"), source,
                                      page)
    except Exception as error:
        error.add_note(f"while its panels were made from {source.name}")
        raise
    page.write_text(page_text(notebook, all_pages, page.name), encoding="utf-8")
    return page.name


def page_text(notebook, all_pages, name):
    """The HTML of a notebook's page, called `name`, among `all_pages`."""
    exporter = HTMLExporter(template_name=TEMPLATE.name, extra_template_basedirs=[
        str(TEMPLATE.parent)
    ], anchor_link_text="", exclude_input_prompt=True, exclude_output_prompt=True)
    files = [page["file"] for page in all_pages]
    at = files.index(name) if name in files else None
    around = {
        "before": all_pages[at - 1] if at else None,
        "after": all_pages[at + 1] if at is not None and at + 1 < len(files) else None
    }
    stem = Path(name).stem
    html, _ = exporter.from_notebook_node(notebook, resources={
        "metadata": {"name": all_pages[at]["title"] if at is not None else name},
        "pages": all_pages, "this_page": name, "binder": binder(stem), "lite": lite(stem),
        "figure": lambda output: figure(output, stem), **around})
    html = typeset(NO_HEAD.sub(r"<td\1></td>", PLAIN.sub(r"\1", html)))
    html = FORMULA_HEAD.sub(_named_head, html)
    listed = contents(html)
    short = listed.replace('class="course-toc" aria-label="Sections of this page"',
                           'aria-label="Sections of this page, short"')
    return html.replace("<!-- contents -->", listed).replace("<!-- short contents -->", short)


def _named_head(found):
    """A head of a table that is a formula alone, with its letters as its name."""
    start, rest, formula, end = found.groups()
    letters = re.sub(r"<[^>]+>", "", formula).strip()
    return f'{start} aria-label="{escape(unescape(letters))}"{rest}{formula}{end}'


def lite(stem):
    """{address, missing} of a notebook in the JupyterLite site beside the pages; `missing` names
    what that site does not carry. None where `make lite` was not run.
    """
    listed = ROOT / "dist" / "lite" / "carried.json"
    if not listed.exists():
        return None
    missing = json.loads(listed.read_text(encoding="utf-8"))["from Pyodide's server"]
    return {"address": f"lite/lab/index.html?path={stem}.ipynb", "missing": ", ".join(missing)}


def figure(output, stem):
    """The HTML of a figure, which is written to a file beside the page and loaded when seen."""
    data = base64.b64decode(output.data["image/png"])
    name = f"{stem}_figures/{hashlib.sha256(data).hexdigest()[:16]}.png"
    (SITE / name).parent.mkdir(parents=True, exist_ok=True)
    (SITE / name).write_bytes(data)
    wide, high = Image.open(io.BytesIO(data)).size
    alt = escape(output.metadata.get("image/png", {}).get("alt", ""))
    return (f'<a class="figure" href="{name}" title="Open the full picture"><img src="{name}" '
            f'width="{wide}" height="{high}" loading="lazy" alt="{alt}"></a>')


def contents(html):
    """The list of a page's sections as HTML, those under Further apart."""
    found = [(anchor, MARKUP.sub("", heading).replace("¶", "").strip())
             for anchor, heading in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', html, re.S)]
    lists = []
    for further, group in groupby(found, lambda each: each[1].startswith("Further")):
        items = "".join(f'<li><a href="#{anchor}">{words.removeprefix("Further · ")}</a></li>'
                        for anchor, words in group)
        lists.append(f"{'<p>Further</p>' if further else ''}<ol>{items}</ol>")
    return f'<nav class="course-toc" aria-label="Sections of this page">{"".join(lists)}</nav>'


# The first page


def build_index(all_pages):
    """Write the first page: the map of the course, and its notebooks with what each is
    remembered by.
    """
    for page in all_pages:
        page["picture"] = _picture_of(SITE / page["file"])
    template = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(
        (TEMPLATE / "home.html.j2").read_text(encoding="utf-8"))
    (SITE / "index.html").write_text(
        template.render(pages=all_pages, links=draw_map(all_pages)), encoding="utf-8")


def _picture_of(page):
    """{file, alt} of the panel that a page is remembered by: its second one (the core has two),
    or its only one.
    """
    found = list(PICTURE.finditer(page.read_text(encoding="utf-8"))) if page.exists() else []
    return {name: unescape(text)
            for name, text in found[:2][-1].groupdict().items()} if found else None


def draw_map(all_pages):
    """Draw the map into assets/map.svg; returns [{file, title, left, top, width, height}],
    where its boxes are, in percent.
    """
    from course_utils.notebook_00.pictures import course_map

    with plt.rc_context({"svg.hashsalt": "course"}):
        fig, ax = plt.subplots(figsize=(10, 5.4))
        course_map(ax)
        fig.savefig(SITE / "assets" / "map.svg", metadata={"Date": None})
    boxes = [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]
    numbers = [
        words.get_text()[:2] for words in ax.texts if re.match(r"\d\d ", words.get_text())
    ]
    links = []
    for number, box in zip(numbers, boxes, strict=True):
        (left,
         bottom), (right,
                   top) = fig.transFigure.inverted().transform(box.get_window_extent()) * 100
        links += [{
            **page, "left": f"{left:.2f}", "top": f"{100 - top:.2f}",
            "width": f"{right - left:.2f}", "height": f"{top - bottom:.2f}"
        } for page in all_pages if page["number"] == number]
    plt.close(fig)
    return links


def main(numbers):
    """Build the pages with these numbers, by default all, and the index."""
    if not numbers:
        shutil.rmtree(SITE, ignore_errors=True)
    assets = SITE / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for name in ("site.css", "panels.js", "page.js"):
        shutil.copy(TEMPLATE / name, assets)
    if (ROOT / "dist" / "lite" / "carried.json").exists():
        shutil.copytree(ROOT / "dist" / "lite", SITE / "lite", dirs_exist_ok=True)
    all_pages = pages()
    chosen = [
        source for source in sorted(SOURCES.glob("[0-9]*.py"))
        if not numbers or source.stem[:2] in numbers
    ]
    for name in _each(chosen, all_pages):
        print(f"site/{name}", flush=True)
    build_index(all_pages)


def _each(chosen, all_pages):
    """The names of the pages, as they get ready: one process per core where there are several.
    """
    if len(chosen) < 2:
        return map(build_page, chosen, [all_pages] * len(chosen))
    with ProcessPoolExecutor(min(len(chosen), os.cpu_count() or 1)) as pool:
        return list(pool.map(build_page, chosen, [all_pages] * len(chosen)))


if __name__ == "__main__":
    main(sys.argv[1:])
