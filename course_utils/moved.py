"""Names and modules of the first edition, still given for one release with a FutureWarning that
says where they are now.

So a learner's own copy of an older notebook runs. `moved.toml` has the list.
"""
import importlib.abc
import importlib.util
import sys
import tomllib
import warnings
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

__all__ = ["found"]

PACKAGE = __package__
OLD_PACKAGES = ("exercises", "experiments", "pictures")


@cache
def listed(section):
    """{old: new} of a section of the list: "names" or "modules"."""
    return tomllib.loads(
        Path(__file__).with_name("moved.toml").read_text(encoding="utf-8"))[section]


def found(name):
    """The thing that the package called `name` in its first edition; AttributeError where there
    was none.
    """
    if name not in listed("names"):
        raise AttributeError(
            f"course_utils has no name {name!r}; dir(course_utils) lists what there is")
    module, _, new = listed("names")[name].rpartition(".")
    tell(f"{PACKAGE}.{name}", f"`from {PACKAGE}.{module} import {new}`")
    return getattr(import_module(f"{PACKAGE}.{module}"), new)


def tell(old, new):
    """Warn that something has moved."""
    warnings.warn(f"{old} has moved: write {new}", FutureWarning, stacklevel=3)


class OldModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules by the names that they had in the first edition."""
    def find_spec(self, fullname, path=None, target=None):
        """A spec for a module that has moved; None for all others."""
        inside = fullname.removeprefix(PACKAGE + ".")
        if inside == fullname or inside not in (*OLD_PACKAGES, *listed("modules")):
            return None
        return importlib.util.spec_from_loader(fullname, self, is_package=inside
                                               in OLD_PACKAGES)

    def create_module(self, spec):
        """A module that answers for the one that has moved."""
        inside = spec.name.removeprefix(PACKAGE + ".")
        module = ModuleType(spec.name)
        if inside not in OLD_PACKAGES:
            new = f"{PACKAGE}.{listed('modules')[inside]}"
            tell(spec.name, f"`import {new}`")
            module.__getattr__ = lambda name: getattr(import_module(new), name)
        return module

    def exec_module(self, module):
        """Nothing: the module asks its successor for each name."""


if not any(isinstance(finder, OldModules) for finder in sys.meta_path):
    sys.meta_path.append(OldModules())
