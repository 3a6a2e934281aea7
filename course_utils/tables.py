"""Tables of text for the notebooks, and the notation of the course collected from what the
models declare.
"""
from html import escape

__all__ = ["Table", "glossary", "notation"]


class Table:
    """Rows of text under a caption and a head; a notebook shows it as an HTML table.

    caption: text. head: column titles. rows: one sequence per row, as long as the head. Dollars
    around TeX stay TeX.
    """
    def __init__(self, caption, head, rows):
        self.caption, self.head, self.rows = caption, tuple(head), [
            tuple(map(str, row)) for row in rows
        ]
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(
                f"each row of {caption!r} must have {len(self.head)} entries, one per column")

    def __repr__(self):
        return "\n".join(
            [self.caption, " | ".join(self.head), *(" | ".join(row) for row in self.rows)])

    def _repr_html_(self):
        left = "text-align:left;vertical-align:top"
        head = "".join(f'<th style="{left}">{escape(title)}</th>' for title in self.head)
        rows = "".join("<tr>" + "".join(f'<td style="{left}">{escape(entry)}</td>'
                                        for entry in row) + "</tr>"
                       for row in self.rows)
        return f'<table><caption style="text-align:left"><b>{escape(self.caption)}</b></caption><tr>{head}</tr>{rows}</table>'


def notation(*records):
    """The Table of all symbols that the records declare, each once: symbol, name in the code,
    unit, meaning, where.

    records: Models or other Records, classes or examples. Where two give one name another
    symbol, unit or meaning, both rows stand.
    """
    seen = {}
    for kind in map(_kind, records):
        states = {
            name: (f"${name}$", unit, "state variable")
            for name, unit in _states(kind).items()
        }
        declared = {
            name: (f"${p.symbol}$", p.unit, p.doc)
            for name, p in kind.parameters().items()
        }
        for name, (symbol, unit, doc) in (states | declared).items():
            seen.setdefault((symbol, name, "" if unit == "1" else unit, doc), []).append(
                kind.__name__)
    ordered = sorted(seen.items(), key=lambda item: (item[0][1].lower(), item[0]))
    return Table("Notation, as the models declare it",
                 ("symbol", "in the code", "unit", "meaning", "where"),
                 [(symbol, name, unit, doc, ", ".join(users))
                  for (symbol, name, unit, doc), users in ordered])


def glossary(*records):
    """The Table of the models themselves: name, what it is (its own first sentence), its states
    with units, time unit.
    """
    def states(kind):
        return ", ".join(name + (f" ({unit})" if unit != "1" else "")
                         for name, unit in _states(kind).items())

    return Table("The models, in their own words", ("model", "what it is", "states", "time in"),
                 [(kind.__name__, _first_sentence(kind), states(kind), _time(kind))
                  for kind in map(_kind, records)])


def _kind(record):
    return record if isinstance(record, type) else type(record)


def _states(kind):
    """{name: unit} of a class that declares its states; what only an example can know is left
    out.
    """
    states = getattr(kind, "states", {})
    return states if isinstance(states, dict) else {}


def _first_sentence(kind):
    return " ".join((kind.__doc__ or "").strip().split("\n\n")[0].split())


def _time(kind):
    """The unit of a class's time, where it declares one."""
    unit = getattr(kind, "time_unit", "")
    return {"1": "no unit"}.get(unit, unit) if isinstance(unit, str) else ""
