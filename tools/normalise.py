"""The normal form of a course notebook: two executions of the same source give the same bytes.

What varies between two runs of deterministic cells is taken out (random cell ids, time stamps,
patch versions, widget state and the random ids of widget views); what a reader needs stays
(sources, tags, outputs, alt texts, counts).
"""
import hashlib
import re

import nbformat

__all__ = [
    "FOLDED", "HIDDEN", "WIDGET_VIEW", "asked_above", "normalise", "read", "tags", "text_of"
]

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_LINE = "(interactive panel: run this cell)"
HIDDEN = "solution"  # the tag of solutions
FOLDED = "folded"  # the tag of cells of which JupyterLab shows the first line alone


def tags(cell):
    """The tags of a cell, a sorted list."""
    return sorted(cell.metadata.get("tags", []))


def normalise(notebook):
    """A copy of a notebook (nbformat 4) in normal form."""
    normal = nbformat.v4.new_notebook(nbformat_minor=5)
    if "kernelspec" in notebook.metadata:
        normal.metadata["kernelspec"] = notebook.metadata["kernelspec"]
    count, seen, asked = 0, {}, False
    for cell in notebook.cells:
        count += cell.cell_type == "code" and cell.get("execution_count") is not None
        asked = asked_above(cell, asked)
        normal.cells.append(_normal_cell(cell, count, seen, asked))
    return nbformat.from_dict(normal)


def asked_above(cell, before):
    """Whether a prediction stands above this cell in its section; `before`: whether one does
    for the cell before.
    """
    if cell.cell_type == "markdown":
        return before and not re.search(r"^## ", cell.source, re.M)
    return before or "predict(" in cell.source


def _normal_cell(cell, count, seen, asked):
    """One cell with its content's id, the tags and, for code, its count and outputs.

    A folded cell shows its first line; where it answers a prediction that was `asked` above,
    its stored output waits, too, until it is run.
    """
    kept = {
        "cell_type": cell.cell_type, "id": _cell_id(cell, seen), "metadata": {},
        "source": cell.source
    }
    if tags(cell):
        kept["metadata"]["tags"] = tags(cell)
    if cell.cell_type == "code":
        if FOLDED in tags(cell):
            hidden = ("outputs_hidden", "source_hidden") if asked else ("source_hidden",)
            kept["metadata"]["jupyter"] = dict.fromkeys(hidden, True)
        kept["execution_count"] = count if cell.get("execution_count") is not None else None
        kept["outputs"] = [_normal_output(output, count) for output in _merged(cell.outputs)]
    return nbformat.from_dict(kept)


def _cell_id(cell, seen):
    """An id made from the cell's type and source; `seen` counts cells that are equal."""
    digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _merged(outputs):
    """The outputs, with neighbouring pieces of the same stream as one: where a stream is cut
    depends on timing.
    """
    merged = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            merged[-1] = {**last, "text": last["text"] + output["text"]}
        else:
            merged.append(output)
    return merged


def _normal_output(output, count):
    """One output; a widget's view, whose ids are random, becomes a line of text."""
    kept = dict(output)
    if "execution_count" in kept:
        kept["execution_count"] = count
    if WIDGET_VIEW in kept.get("data", {}):
        kept["data"], kept["metadata"] = {"text/plain": WIDGET_LINE}, {}
    kept.pop("transient", None)
    return kept


def text_of(notebook):
    """The text of the .ipynb file."""
    return nbformat.writes(notebook, nbformat.NO_CONVERT).rstrip("\n") + "\n"


def read(path):
    """The notebook in an .ipynb file, as nbformat 4."""
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
