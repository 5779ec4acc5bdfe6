# Two commands do everything: `make site` and `make test`. Each sets up .venv by itself, once: `make site` with what a build
# needs, the others below with what the tests need over it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
# Where this is set, as in many images, each of the many processes here would compile all of the package and the tests anew.
unexport PYTHONDONTWRITEBYTECODE
READY := .venv/.ready
TESTS := .venv/.ready-for-tests
# The first Python of 3.11 or newer; name another with `make site PYTHON=/path/to/python3`.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help site serve check test test-fast test-all mutants lint bench lock schemas pictures clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

site: $(READY) ## check and build everything into build/site/
	@$(BIN)/samspill build

serve: $(READY) ## build, show the site on this computer, rebuild what changes
	@$(BIN)/samspill serve

check: $(READY) ## find problems in the content
	@$(BIN)/samspill check

PYTEST := $(BIN)/python -m pytest -n 2

test: $(TESTS) lint ## run every kind of test on a sample of the course, in a real browser too
	@$(BIN)/python tests/chromium.py
	@$(PYTEST)

test-fast: $(TESTS) ## run the tests that need no browser and no built site
	@$(PYTEST) --fast

test-all: $(TESTS) lint ## run every test on every page and handout
	@$(BIN)/python tests/chromium.py
	@$(PYTEST) --all

mutants: $(TESTS) ## put 200 random faults into the package by SEED=1, and name those that the fast tests do not notice
	@$(BIN)/python tests/mutants.py --seed $(or $(SEED),1) --count $(or $(COUNT),200)

lint: $(TESTS)
	@$(BIN)/ruff check tools tests
	@$(BIN)/mypy

bench: $(TESTS) ## measure the build beside plain MkDocs
	@$(BIN)/python tools/bench.py

schemas: $(READY) ## write schemas/ from the model
	@$(BIN)/samspill schemas

pictures: $(TESTS) ## take the pictures of the README
	@$(BIN)/python tools/pictures.py

COMPILE = $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--python-version 3.11 pyproject.toml

# First all together, so that what both have is of one version; then what a build needs, and the tests' without that.
lock: $(TESTS) ## pin every dependency anew
	@$(COMPILE) --upgrade --all-extras -o tests/requirements.lock
	@$(COMPILE) --upgrade --extra checkout -c tests/requirements.lock -o requirements.lock
	@$(COMPILE) --all-extras -o tests/requirements.lock $$(grep -Fxf requirements.lock tests/requirements.lock | \
		sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p')

clean: ## remove what was built, and .venv
	rm -rf build .venv

# .venv/.ready says in which folder and with which Python it was made. In a checkout that was moved or copied .venv would run the
# other folder's code, and a Python that was upgraded away leaves it dead: then it is made anew.
MADE = $(CURDIR), $$($(BIN)/python -V 2>/dev/null | cut -d. -f1,2)
SAME := $(shell test -f $(READY) && test "$$(cat $(READY))" = "$(MADE)" && echo same)
ifneq ($(SAME),same)
.PHONY: $(READY)
endif
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or run make PYTHON=/path/to/python3" >&2; exit 1; }
	@# One that was never finished, or is of an earlier version, names its folder elsewhere.
	@test "$(SAME)" = same || { test ! -s $(READY) && grep -qsF "$(CURDIR)/.venv" $(BIN)/activate; } || rm -rf .venv
	@$(BIN)/python -c "" 2>/dev/null || { rm -rf .venv; $(PYTHON) -m venv .venv; } || { rm -rf .venv; \
		echo "cannot make .venv: install Python's venv module (on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@echo "Installing the pinned packages into .venv (once)"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@echo "$(MADE)" > $(READY)

$(TESTS): $(READY) tests/requirements.lock
	@echo "Installing what the tests need into .venv (once)"
	@$(INSTALL) --require-hashes -r requirements.lock -r tests/requirements.lock
	@touch $(TESTS)
