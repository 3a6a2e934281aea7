# The two commands are: make lab (learn) and make test (validate). `make` alone lists all targets.
PYTHON ?= python3
VENV := .venv
RUN := OMP_NUM_THREADS=1 $(VENV)/bin/python
NBVAL := $(RUN) -m pytest -q --nbval --nbval-current-env --nbval-cell-timeout=120 --nbval-sanitize-with=tests/sanitize.cfg

COMPILE = $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --no-annotate --no-header $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help lab test check notebooks student site lite bench mutants release lock clean

help:  ## list the targets
	@echo "Computational neuroscience, a course in eight notebooks"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(VENV)/learner  ## open your own copy of the notebooks in JupyterLab
	@$(VENV)/bin/python tools/learner_copy.py
	@COURSE_SCORES="$(CURDIR)/my_notebooks/scores.json" $(VENV)/bin/python -m jupyterlab my_notebooks/00_introduction.ipynb $(LAB)

test: $(VENV)/developer  ## validate everything: code, science, panels, exercises, notebooks, a real browser
	$(RUN) -m ruff check .
	$(RUN) tools/build_notebooks.py --check
	$(RUN) -m pytest -q tests
	$(NBVAL) notebooks

check: $(VENV)/developer  ## the fast part of test
	$(RUN) -m ruff check .
	$(RUN) tools/build_notebooks.py --check
	$(RUN) -m pytest -q -m "not slow and not browser" tests

notebooks: $(VENV)/developer  ## run notebooks/source/*.py and write the .ipynb files; NB=02 for one
	$(RUN) tools/build_notebooks.py $(if $(NB),notebooks/source/$(NB)_*.py)

student: $(VENV)/developer  ## the edition without solutions and instructor's boxes, and the instructor's pages
	$(RUN) tools/editions.py

site: $(VENV)/developer  ## the course as static pages whose sliders move without a kernel
	$(RUN) tools/build_site.py

lite: $(VENV)/developer  ## the course as a JupyterLite site (built here, not run: see README)
	$(RUN) tools/build_lite.py

bench: $(VENV)/developer  ## every panel's CPU time per step, and the solvers against their peers
	$(RUN) benchmarks/run.py

mutants: $(VENV)/developer  ## break solvers and models by rule and count what the tests catch
	$(RUN) tools/mutants.py

release: test student site  ## test, and all that a release needs besides
	$(RUN) tools/build_twice.py
	$(RUN) -m pytest -q -m browser tests --all-notebooks
	$(MAKE) mutants

lock: $(VENV)/developer  ## compile the exact versions that make lab and make test install; UPGRADE=--upgrade for the newest
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements.txt pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean:  ## remove the environment and what was made; your notebooks in my_notebooks stay
	rm -rf $(VENV) student_edition instructor_pages site build dist .pytest_cache .ruff_cache .hypothesis browser_failures \
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
