"""The course as an image installs it: with the tree moved away, all of it is still there.

A hub mounts a volume over the home in which the tree stood, so an installation in place would
be lost.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_architecture import MODULES

ROOT = Path(__file__).parent.parent
IMPORT_ALL = """
import importlib, warnings
import course_utils
warnings.simplefilter("error")
for name in {names}:
    importlib.import_module("course_utils." + name)
from course_utils import *
run = simulate(FitzHughNagumo(), [0.0, 0.1, 0.2])
print(course_utils.__file__, course_utils.__version__, Panel.__name__, len(run.t))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder into which the package was installed from a tree that is no more."""
    home = tmp_path_factory.mktemp("image")
    tree, site = home / "tree", home / "site"
    shutil.copytree(ROOT / "course_utils", tree / "course_utils",
                    ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
                    "--no-build-isolation", "--target", site, tree], check=True)
    shutil.rmtree(tree)
    return site


@pytest.mark.slow
def test_everything_works_where_the_tree_was_moved_away(installed, tmp_path):
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL.format(names=sorted(MODULES))],
                          cwd=tmp_path, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(installed)})
    assert done.returncode == 0, done.stderr
    where, *said = done.stdout.split()
    assert Path(where).is_relative_to(installed) and said == ["2.0.0", "Panel", "3"]


@pytest.mark.slow
def test_data_and_scripts_are_installed_too(installed):
    package = ROOT / "course_utils"
    wanted = {path.relative_to(package) for suffix in ("toml", "js", "css", "mplstyle", "md")
              for path in package.rglob(f"*.{suffix}")}
    missing = [str(path) for path in wanted if not (installed / "course_utils" / path).exists()]
    assert not missing, missing


def test_images_install_the_package_itself():
    script = (ROOT / "postBuild").read_text(encoding="utf-8")
    assert "pip install --no-deps ." in script and "editable" not in script.split("\n", 3)[3]
