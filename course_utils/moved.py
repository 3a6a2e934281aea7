"""Names and modules of the first edition, still given for one release with a FutureWarning that
says where they are now.

So a learner's own copy of an older notebook runs. `moved.toml` has the list.
"""
import importlib.abc
import importlib.util
import sys
import tomllib
import warnings
from functools import cache, partial
from importlib import import_module
from pathlib import Path

__all__ = ["found", "listed"]

PACKAGE = __package__
OLD_PACKAGES = ("exercises", "experiments", "pictures")


@cache
def listed(section):
    """{old: new} of a section of the list: "names" or "modules"."""
    return tomllib.loads(
        Path(__file__).with_name("moved.toml").read_text(encoding="utf-8"))[section]


def found(name):
    """What the package called `name` in its first edition; AttributeError where there was none."""
    if name not in listed("names"):
        raise AttributeError(
            f"course_utils has no name {name!r}; dir(course_utils) lists what there is")
    module, _, new = listed("names")[name].rpartition(".")
    tell(f"{PACKAGE}.{name}", f"from {PACKAGE}.{module} import {new}", 4)
    return getattr(import_module(f"{PACKAGE}.{module}"), new)


def tell(old, new, level):
    """Warn the caller this number of calls up that something has moved."""
    warnings.warn(f"{old} has moved: write `{new}`", FutureWarning, stacklevel=level)


class OldModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules by the names that they had in the first edition."""

    def find_spec(self, fullname, path=None, target=None):
        """A spec for a module that has moved; None for all others."""
        old = fullname.removeprefix(PACKAGE + ".")
        if old == fullname or old not in (*OLD_PACKAGES, *listed("modules")):
            return None
        return importlib.util.spec_from_loader(fullname, self, is_package=old in OLD_PACKAGES)

    def exec_module(self, module):
        """Let a module answer for the one that has moved."""
        old = module.__name__.removeprefix(PACKAGE + ".")
        if old not in OLD_PACKAGES:
            new = f"{PACKAGE}.{listed('modules')[old]}"
            tell(module.__name__, f"import {new}", 3)
            module.__getattr__ = partial(named_now, new)


def named_now(module, name):
    """A name of a module that has moved, which may have moved out of it or changed, too."""
    if not name.startswith("__") and not hasattr(import_module(module), name):
        return found(name)
    return getattr(import_module(module), name)


sys.meta_path.append(OldModules())
