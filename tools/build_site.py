"""The course as static pages: no kernel, no network, sliders that move.

    python tools/build_site.py             # writes site/index.html and a page per notebook
    python tools/build_site.py 02 05       # some of the pages

The notebooks' stored outputs are what the pages show; only the panels are run again, to sweep their sliders.
"""
import base64
import io
import shutil
import sys
from html import escape
from importlib.resources import files
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
from nbconvert import HTMLExporter

from baking import bake_panel, bake_question, folder_of
from normalise import read, tags
from panels import SOURCES, widgets_of

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
TEMPLATE = Path(__file__).with_name("site_template")


def pages():
    """[{number, title, question, file}] of all notebooks."""
    found = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        text = "\n".join(cell.source for cell in read(path).cells[:2])
        title = next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
        question = next((line for line in text.splitlines() if line.startswith("**The question")), "")
        found.append({"number": path.stem[:2], "title": title, "file": f"{path.stem}.html",
                      "question": question.replace("**The question.**", "").replace("**The question:**", "").strip()})
    return found


def with_baked_widgets(notebook, source, page):
    """The notebook for the page: panels and questions as HTML, other widgets and the instructor's box left out."""
    baked = {cell: _baked(widget, folder_of(page, cell)) for cell, widget in widgets_of(source)}
    kept = []
    for number, cell in enumerate(notebook.cells):
        if number in baked:
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": baked[number]})] if baked[number] else []
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace(".ipynb)", ".html)")
        if "instructor" not in tags(cell):
            kept.append(cell)
    notebook.cells = kept
    return notebook


def _baked(widget, folder):
    """The HTML that stands for a widget; empty where it makes no sense without a kernel."""
    if type(widget).__name__ == "Panel":
        return bake_panel(widget, folder)
    questions = [part for part in (widget, *getattr(widget, "children", ())) if hasattr(part, "prediction")]
    return "".join(bake_question(question.prediction) for question in questions)


def build_page(source, all_pages):
    """Write the page of one notebook, its frames beside it."""
    page = SITE / f"{source.stem}.html"
    notebook = with_baked_widgets(read(ROOT / "notebooks" / f"{source.stem}.ipynb"), source, page)
    exporter = HTMLExporter(template_name=TEMPLATE.name, extra_template_basedirs=[str(TEMPLATE.parent)],
                            anchor_link_text="")
    resources = {"metadata": {"name": source.stem}, "pages": all_pages, "this_page": page.name}
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    page.write_text(html, encoding="utf-8")


HOME = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0"><link rel="icon" href="data:,">
<title>Does the brain do math, or does math do the brain?</title>
<link rel="stylesheet" href="assets/site.css"><script defer src="assets/tex-svg.js"></script></head>
<body class="course-home"><main>
<h1>Does the brain do math, or does math do the brain?</h1>
<p>Computational neuroscience in eight notebooks. Every equation is derived, every number checked, and every slider on these
pages moves without Python.</p>
<img alt="Map of the course: an arrow leads from each notebook to those that need it." src="data:image/png;base64,{picture}">
<ul class="course-index">{items}</ul></main></body></html>
"""


def build_index(all_pages):
    """Write the first page: the map of the course and its notebooks."""
    from course_utils.drawings import course_map

    fig, ax = plt.subplots(figsize=(10, 5.4))
    course_map(ax)
    png = io.BytesIO()
    fig.savefig(png)
    plt.close(fig)
    items = "".join(f'<li><a href="{page["file"]}"><b>{escape(page["title"])}</b></a><br>{escape(page["question"])}</li>'
                    for page in all_pages)
    picture = base64.b64encode(png.getvalue()).decode()
    (SITE / "index.html").write_text(HOME.format(picture=picture, items=items), encoding="utf-8")


def main(numbers):
    """Build the pages with these numbers, by default all, and the index."""
    if not numbers:
        shutil.rmtree(SITE, ignore_errors=True)
    assets = SITE / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    (assets / "tex-svg.js").write_bytes(files("mathjax").joinpath("static/mathjax/es5/tex-svg.js").read_bytes())
    for name in ("site.css", "sliders.js"):
        shutil.copy(TEMPLATE / name, assets)
    all_pages = pages()
    for source in sorted(SOURCES.glob("[0-9]*.py")):
        if not numbers or source.stem[:2] in numbers:
            build_page(source, all_pages)
            print(f"site/{source.stem}.html", flush=True)
    build_index(all_pages)


if __name__ == "__main__":
    main(sys.argv[1:])
