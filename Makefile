# On Record: set up, serve, test. `make` alone lists what there is.
#
# PyTorch is pinned to one release; on Linux its default build brings gigabytes of CUDA. To install the CPU build, name
# the index of PyTorch's CPU wheels in PIP_EXTRA_INDEX_URL before the first `make`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := .ci/constraints.txt
STAMP := $(VENV)/.installed
TEST_POSTGRES ?= postgresql+psycopg://postgres@127.0.0.1:5432/test
PYTEST := $(BIN)/python -m pytest --numprocesses=2 --dist=loadgroup

.DEFAULT_GOAL := help
.PHONY: help setup serve test test-sqlite test-postgresql lint constraints audit clean

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 26

setup: $(STAMP)  ## virtual environment and pinned dependencies, commands in .venv/bin

$(STAMP): pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) .ci/check_python.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[test,train]'
	@touch $@

serve: setup  ## migrate the database and serve on http://127.0.0.1:8000
	$(BIN)/onrecord serve

test: test-sqlite test-postgresql  ## the whole suite, on SQLite and then on PostgreSQL

test-sqlite: setup
	@.ci/ensure-chromium
	$(PYTEST)

test-postgresql: setup test-sqlite
	@.ci/ensure-brokers
	@if .ci/ensure-postgresql "$(TEST_POSTGRES)"; then \
		echo "The same suite on PostgreSQL:"; \
		$(PYTEST) --database="$(TEST_POSTGRES)"; \
	elif [ -n "$$CI" ]; then exit 1; fi

lint: setup  ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

constraints:  ## pin every dependency anew, transitive ones too, from what pyproject.toml asks
	.ci/pin-dependencies $(CONSTRAINTS)

audit:  ## ask PyPI whether a pinned dependency is known to be unsafe; fails where it cannot be asked
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv "$$tools" \
	&& "$$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit \
	&& "$$tools/bin/pip-audit" --requirement $(CONSTRAINTS) --no-deps --disable-pip --strict

clean:  ## remove the virtual environment and caches; the data stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis *.egg-info
