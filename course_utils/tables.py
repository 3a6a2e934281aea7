"""Tables of text for the notebooks."""
from html import escape

__all__ = ["LEFT", "Table"]

LEFT = "text-align:left;vertical-align:top"


class Table:
    """Rows of text under a caption and a head; a notebook shows it as an HTML table.

    caption: text. head: column titles. rows: one sequence per row, as long as the head.
    Dollars around TeX stay TeX.

    >>> Table("Two models", ("model", "states"), [("FitzHughNagumo", 2), ("HodgkinHuxley", 4)])
    Two models
    model | states
    FitzHughNagumo | 2
    HodgkinHuxley | 4
    """
    def __init__(self, caption, head, rows):
        self.caption, self.head = caption, tuple(head)
        self.rows = [tuple(map(str, row)) for row in rows]
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(
                f"each row of {caption!r} must have {len(self.head)} entries, one per column")

    def __repr__(self):
        return "\n".join([self.caption, *map(" | ".join, (self.head, *self.rows))])

    def _repr_html_(self):
        return (f'<table><caption style="text-align:left"><b>{escape(self.caption)}</b></caption>'
                f"{_row(self.head, 'th')}{''.join(map(_row, self.rows))}</table>")


def _row(entries, tag="td"):
    cells = "".join(f'<{tag} style="{LEFT}">{escape(entry)}</{tag}>' for entry in entries)
    return f"<tr>{cells}</tr>"
