"""The notation of the course and the list of its models, collected from what the models declare."""
from ..tables import Table

__all__ = ["glossary", "notation"]

MEANINGS = {  # of state variables
    "V": "membrane potential, from rest",
    "m": "activation of sodium channels",
    "h": "inactivation of sodium channels",
    "n": "activation of potassium channels",
    "v": "fast variable, in the place of the voltage",
    "w": "recovery variable",
}


def notation(*records):
    """The Table of all symbols that the records declare, each once: symbol, name in the code,
    unit, meaning, model.

    records: Models or other Records, classes or examples. Where two give one name another
    symbol, unit or meaning, the table has both rows.
    """
    seen = {}
    for kind in map(_kind, records):
        rows = [(f"${name}$", name, unit, MEANINGS.get(name, "state variable"))
                for name, unit in _states(kind).items()]
        rows += [(f"${p.symbol}$", name, p.unit, p.doc) for name, p in kind.parameters().items()]
        for symbol, name, unit, doc in rows:
            row = symbol, name, "" if unit == "1" else unit, doc
            seen.setdefault(row, []).append(kind.__name__)
    ordered = sorted(seen.items(), key=lambda item: (item[0][1].lower(), item[0]))
    return Table("Notation, as the models declare it",
                 ("symbol", "in the code", "unit", "meaning", "where"),
                 [(*row, ", ".join(users)) for row, users in ordered])


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
    return " ".join((kind.__doc__ or "").strip().split("\n\n")[0].split()).replace("`", "")


def _time(kind):
    """The unit of a class's time, where it declares one."""
    unit = getattr(kind, "time_unit", "")
    return {"1": "no unit"}.get(unit, unit) if isinstance(unit, str) else ""
