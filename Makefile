# `make demo` and `make test` do all the set-up on a machine with Python 3.11 and make. Both can be run again.

# The tests run side by side, in as many processes as there are cores.
PYTEST ?= --numprocesses=auto --maxprocesses=8 --dist=loadgroup
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: help demo test build lint screenshots clean

help:
	@echo "make demo   set up, build the notebooks, grade a sample class of twenty, show what was wrong with each"
	@echo "make test   set up, then check style and types and run all tests"
	@echo "make build  set up, then build every assignment: source/ to release/"
	@echo "make screenshots  set up, then take the documentation's pictures in a browser: docs/images/"
	@echo "make clean  remove what these made, but for release/"

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if v == (3, 11) else "This needs Python 3.11; " + sys.executable + " is %d.%d. Name another one with: make PYTHON=/path/to/python3.11" % v)'
	@echo "== Creating $(VENV) and installing the packages in requirements.txt (some minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(INSTALLED)

build: $(INSTALLED)
	@echo "== Building the assignments: module to notebook to release, proved in the sandbox"
	@$(BIN)/python -m autograder build

demo: build
	@echo "== Grading a sample class through nbgrader and the sandbox"
	@$(BIN)/python -m demo.sample_class

lint: $(INSTALLED)
	@echo "== Style (ruff) and types (mypy --strict)"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

test: lint
	@echo "== Tests, with coverage of the package"
	@$(BIN)/coverage erase
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(PYTEST)

screenshots: $(INSTALLED)
	@echo "== The tests in a browser, with pictures into docs/images"
	@SCREENSHOTS=docs/images $(BIN)/python -m pytest tests/browser

clean:
	rm -rf $(VENV) demo/course .autograder .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
