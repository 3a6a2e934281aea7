"""The course as a JupyterLite site: JupyterLab inside the browser, our package as a wheel.

    python tools/build_lite.py        # writes dist/lite, with an environment of its own in
    .venv-lite

The environment is pinned by requirements-lite.lock. The site carries every package that is pure
Python, in the versions of requirements.lock, and installs nothing unpinned when a page is opened.
Python itself and the numeric packages come from Pyodide's own server, unless their folder is
named by PYODIDE_FOLDER; dist/lite/carried.json says which are carried.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME, SITE, WHEELS = ROOT / ".venv-lite", ROOT / "dist" / "lite", ROOT / "dist" / "wheels"
PURE = ("anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal", "typing-extensions",
        "widgetsnbextension")
NUMERIC = ("numpy", "scipy", "matplotlib", "pillow")
FRONT = ("anywidget", "ipywidgets", "jupyterlab-widgets")  # what shows widgets in the lab


def run(*command, folder=ROOT):
    """Run a command in a folder; an error stops the build."""
    subprocess.run([str(part) for part in command], cwd=folder, check=True)


def pins(names):
    """["name==version"] of packages as requirements.lock has them, for the newest Python."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.+-]+)", text, re.M):
        found[name.lower()] = version  # the line for the newest Python stands last
    return [f"{name}=={found[name]}" for name in names]


def install_line(version):
    """The line that brings our package into the browser's Python, every version named."""
    wanted = " ".join([f"course-utils=={version}", *pins(PURE)])
    return f"%pip install -q {wanted}"


def contents(folder, version):
    """Copy the notebooks without outputs, each beginning with the line that installs."""
    import nbformat

    from normalise import read, text_of

    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        notebook = read(path)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        first = next(k for k, cell in enumerate(notebook.cells) if cell.cell_type == "code")
        notebook.cells.insert(first, nbformat.v4.new_code_cell(install_line(version), id="install"))
        (folder / path.name).write_text(text_of(notebook), encoding="utf-8")
    return folder


def wheels():
    """Build our wheel and fetch the pure ones; returns their paths."""
    run(HOME / "bin" / "python", "-m", "build", "--wheel", "--no-isolation", "--outdir", WHEELS,
        ROOT)
    run(HOME / "bin" / "python", "-m", "pip", "download", "-q", "--no-deps", "--dest", WHEELS,
        "--only-binary=:all:", "--platform", "any", "--implementation", "py", "--abi", "none",
        "--python-version", "3.13", *pins(PURE))
    return sorted(WHEELS.glob("*.whl"))


def what_is_carried(made, pyodide):
    """Write carried.json: which packages stand in the site, and which come from elsewhere."""
    carried = {"carried": [path.name for path in made],
               "from Pyodide's server": [] if pyodide else ["Python", *NUMERIC]}
    (SITE / "carried.json").write_text(json.dumps(carried, indent=1) + "\n", encoding="utf-8")
    return carried


def main():
    """Make the environment, the wheels and the site."""
    if not (HOME / "bin" / "jupyter").exists():
        venv.create(HOME, with_pip=True)
        run(HOME / "bin" / "python", "-m", "pip", "install", "-q", "-r", "requirements-lite.lock",
            *pins(FRONT))
    for made in (SITE, WHEELS, ROOT / "dist" / "contents"):
        shutil.rmtree(made, ignore_errors=True)
    made = wheels()
    version = next(path.name for path in made if path.name.startswith("course_utils")).split("-")[1]
    pyodide = os.environ.get("PYODIDE_FOLDER", "")
    run(HOME / "bin" / "jupyter", "lite", "build", "--contents",
        contents(ROOT / "dist" / "contents", version), "--output-dir", SITE,
        *(part for path in made for part in ("--piplite-wheels", path)),
        *(("--pyodide", pyodide) if pyodide else ()),
        "--no-sourcemaps", "--apps", "lab", folder=ROOT / "dist")
    carried = what_is_carried(made, pyodide)
    size = sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file()) / 1e6
    print(f"{SITE.relative_to(ROOT)}: {size:.0f} MB, {len(made)} packages carried")
    if missing := carried["from Pyodide's server"]:
        print(f"Not carried: {', '.join(missing)}. They are fetched from Pyodide's own server when "
              "a notebook is opened, so that site needs the network.")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
