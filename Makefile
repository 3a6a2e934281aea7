# The two commands are: make lab (learn) and make test (validate). `make` alone lists all targets.
PYTHON ?= python3
VENV := .venv
WORKERS ?= 2
RUN := OMP_NUM_THREADS=1 $(VENV)/bin/python

# one notebook's share with NB=03, all without
SOURCES = $(if $(NB),notebooks/source/$(NB)_*.py)
NOTEBOOKS = $(if $(NB),notebooks/$(NB)_*.ipynb,notebooks)
# Files go to the workers whole, so that what a file prepares is prepared once.
PYTEST := $(RUN) -m pytest -q -n $(WORKERS) --dist loadfile
# A figure may differ from the stored one by this root mean square, of 0 to 255 (docs/implementation.md).
NBVAL := COURSE_FIGURE_RMS=3 $(PYTEST) --nbval --nbval-current-env --nbval-cell-timeout=120 --nbval-sanitize-with=tests/sanitize.cfg

COMPILE = $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --no-annotate --no-header $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help lab test cells check types notebooks student site lite grader bench referees mutants release lock clean

help:  ## list the targets
	@echo "Computational neuroscience, a course in eight notebooks"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(VENV)/learner  ## open your own copy of the notebooks in JupyterLab; REPLACE=03 takes one anew
	@$(VENV)/bin/python -m course_utils.lab $(if $(REPLACE),--replace $(REPLACE)) -- $(LAB)

test: types  ## validate everything: code, science, panels, exercises, notebooks, a real browser; NB=03 for one
	$(RUN) tools/build_notebooks.py --check $(SOURCES)
	$(PYTEST) -m "not release$(if $(NB), and notebook_$(NB))" tests
	$(MAKE) --no-print-directory cells

cells: $(VENV)/developer  ## run the notebooks once and compare every output with the stored one; NB=03 for one
	$(NBVAL) $(NOTEBOOKS)

check: types  ## the fast part of test; NB=03 for one notebook's
	$(RUN) tools/build_notebooks.py --check $(SOURCES)
	$(PYTEST) -m "not slow and not browser and not release$(if $(NB), and notebook_$(NB))" tests

types: $(VENV)/developer  ## the code's form: ruff and mypy
	$(RUN) -m ruff check .
	$(RUN) -m mypy

notebooks: $(VENV)/developer  ## run notebooks/source/*.py and write the .ipynb files; NB=02 for one
	$(RUN) tools/build_notebooks.py $(SOURCES)

student: $(VENV)/developer  ## the edition without solutions and instructor's boxes, and the instructor's pages
	$(RUN) tools/editions.py

site: $(VENV)/developer  ## the course as static pages whose sliders move without a kernel
	$(RUN) tools/build_site.py

lite: $(VENV)/developer  ## the course as a JupyterLite site (built here, not run: see README)
	$(RUN) tools/build_lite.py

grader: $(VENV)/developer  ## the exercises as nbgrader assignments, with and without solutions
	$(RUN) tools/build_nbgrader.py

bench: $(VENV)/developer  ## every panel's CPU time per step, and the solvers against their peers
	$(RUN) benchmarks/run.py

referees: $(VENV)/developer  ## six quantities in this course, NEURON, Brian 2 and NEST, in one table
	$(RUN) benchmarks/referees.py

mutants: $(VENV)/developer  ## break solvers and models by rule and count what the tests catch
	$(RUN) tools/mutants.py

release: test student site  ## test, and all that a release needs besides
	$(PYTEST) -m release tests
	$(RUN) tools/build_twice.py
	$(RUN) -m pytest -q -m browser tests --all-notebooks
	$(MAKE) mutants

lock: $(VENV)/developer  ## compile the exact versions that make lab and make test install; UPGRADE=--upgrade for the newest
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements.txt pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean:  ## remove the environment and what was made; your notebooks in my_notebooks stay
	rm -rf $(VENV) .venv-lite student_edition instructor_pages nbgrader_course site build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis browser_failures \
		mutants_report *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/learner: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This course needs Python 3.11 or newer, and $(PYTHON) is not that. Try: make PYTHON=python3.12 lab"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing the course's packages into $(VENV) (once; a minute or two) ..."
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/developer: $(VENV)/learner requirements-dev.lock
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	@touch $@
