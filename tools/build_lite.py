"""The course as a JupyterLite site: JupyterLab inside the browser, our package as a wheel.

    python tools/build_lite.py        # writes dist/lite, with an environment of its own in
    .venv-lite

The site fetches Python and its numeric packages from Pyodide's own server when it is opened.
"""
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME, SITE, WHEELS = ROOT / ".venv-lite", ROOT / "dist" / "lite", ROOT / "dist" / "wheels"
NEEDS = ("jupyterlite-core==0.8.*", "jupyterlite-pyodide-kernel==0.8.*", "jupyter-server",
         "build")
INSTALL = "%pip install -q course-utils anywidget ipywidgets"


def run(*command, folder=ROOT):
    """Run a command in a folder; an error stops the build."""
    subprocess.run([str(part) for part in command], cwd=folder, check=True)


def contents(folder):
    """Copy the notebooks, each beginning with the line that brings our package into the
    browser's Python.
    """
    import nbformat

    from normalise import read, text_of

    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        notebook = read(path)
        first = next(k for k, cell in enumerate(notebook.cells) if cell.cell_type == "code")
        notebook.cells.insert(first, nbformat.v4.new_code_cell(INSTALL, id="install"))
        (folder / path.name).write_text(text_of(notebook), encoding="utf-8")
    return folder


def main():
    """Make the environment, the wheel and the site."""
    if not (HOME / "bin" / "jupyter").exists():
        venv.create(HOME, with_pip=True)
        run(HOME / "bin" / "python", "-m", "pip", "install", "-q", *NEEDS)
    for made in (SITE, WHEELS, ROOT / "dist" / "contents"):
        shutil.rmtree(made, ignore_errors=True)
    run(HOME / "bin" / "python", "-m", "build", "--wheel", "--outdir", WHEELS, ROOT)
    wheel, = WHEELS.glob("*.whl")
    run(HOME / "bin" / "jupyter", "lite", "build", "--contents",
        contents(ROOT / "dist" / "contents"), "--output-dir", SITE, "--piplite-wheels", wheel,
        "--no-sourcemaps", "--apps", "lab", folder=ROOT / "dist")
    print(
        f"{SITE.relative_to(ROOT)}: "
        f"{sum(f.stat().st_size for f in SITE.rglob('*') if f.is_file()) / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
