# Kønformation. Each target does all of its own set-up; a second call costs nothing.
#
#   make site    build the magazine into site/
#   make serve   preview it on this machine, with live reload
#   make test    every test, the browser's too
#   make check   format, lint, types
#   make look     take the tests' pictures of the pages anew, for a reviewer to look at
#   make bench   a build beside those of other generators, into bench/RESULTS.md (needs the network, node),
#                and pages as Lighthouse judges them, into bench/LIGHTHOUSE.md (that alone: make lighthouse)
#   make profile time and memory of a build by stage: the real content, and 1,000 made-up articles
#   make features what each feature adds to a build, into bench/FEATURE_COSTS.md (needs the network once)
#   make draw    draw the pictures in docs/images/ anew from the figures
#   make schema  write data/tal.schema.json and the tables of REDAKTION.md anew
#   make lock    write the locks anew (developers only; needs the network)
#   make clean   remove everything that the targets above have made
#
# PYTHON=… chooses the interpreter, ARGS=… is handed on (make test ARGS="-k dates").

PYTHON ?= python3
ARGS ?=
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := site
.PHONY: site serve test check look bench lighthouse profile features draw schema lock clean browser setup setup-dev

# Notices of the host's and the theme's end of life are for us, not for editors (decisions/0001).
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
# Text is UTF-8 here whatever the machine's locale is.
export PYTHONUTF8 := 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := $(PIP) install --quiet --require-hashes --only-binary=:all:
# Our own package comes from the sources beside us, with a build backend that the lock has installed.
OURSELVES := $(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .

# A virtual environment knows its own address. In a copied or moved folder it would go on building
# with the sources of the old one; without its interpreter it builds nothing. Both are made anew.
ifneq ($(wildcard $(VENV)/.made-for),)
ifneq ($(shell cat $(VENV)/.made-for),$(CURDIR))
STALE := yes
else ifneq ($(shell $(BIN)/python -c 'print("runs")' 2>/dev/null),runs)
STALE := yes
endif
endif
ifeq ($(STALE),yes)
.PHONY: $(VENV)/.made-for
endif

site: setup
	@$(BIN)/mkdocs build $(ARGS)

serve: setup
	@$(BIN)/mkdocs serve $(ARGS)

test: setup-dev browser
	@$(BIN)/python -m pytest $(ARGS)

check: setup-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

look: setup-dev browser
	@PYTHONPATH=hooks:tests $(BIN)/python tests/look.py

bench: setup-dev lighthouse
	@MAGASIN_SEQUENCES=$${MAGASIN_SEQUENCES:-150} $(BIN)/python -m pytest -q tests/test_incremental.py -k after_any_edits
	@$(BIN)/python bench/compare.py $(ARGS)

lighthouse: setup-dev browser
	@command -v npm >/dev/null || { echo "npm is missing. On Debian: apt-get install nodejs npm" >&2; exit 1; }
	@$(BIN)/python bench/lighthouse.py

profile: setup
	@$(BIN)/python bench/measure.py $(ARGS)

features: setup
	@$(BIN)/python bench/features.py $(ARGS)

draw: setup
	@$(BIN)/python tools/tegn.py

schema: setup
	@$(BIN)/python -m magazine.schema

setup: $(VENV)/.site
setup-dev: $(VENV)/.dev

$(VENV)/.made-for:
	@$(if $(STALE),rm -rf $(VENV))
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) is missing. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed; $(PYTHON) is older. Choose one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing python3-venv, which Debian keeps apart from Python"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null; \
	  else \
	    echo "Python's venv is missing. On Debian: sudo apt-get install python3-venv" >&2; exit 1; \
	  fi; }
	@$(PYTHON) -m venv $(VENV)
	@echo "$(CURDIR)" > $@

$(VENV)/.site: locks/site.txt pyproject.toml | $(VENV)/.made-for
	@echo "Installing what the magazine is built with …"
	@$(LOCKED) -r locks/site.txt
	@$(OURSELVES)
	@touch $@

$(VENV)/.dev: locks/dev.txt $(VENV)/.site | $(VENV)/.made-for
	@echo "Installing what it is tested with …"
	@$(LOCKED) -r locks/dev.txt
	@touch $@

# Debian's Chromium where we may install it, Playwright's own elsewhere. tests/conftest.py looks in that order.
browser: setup-dev
	@[ -x /usr/bin/chromium ] || [ -e $(VENV)/.browser ] || { \
	  echo "Installing a browser for the tests …"; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; \
	  else \
	    $(BIN)/playwright install chromium; \
	  fi; \
	  touch $(VENV)/.browser; }

# Universal: one lock for every system and for every Python from 3.11 on. No address of a registry goes
# into it; where packages come from is the machine's business, what they are is the hashes'.
COMPILE := pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: setup
	@command -v uv >/dev/null || [ -x $(BIN)/uv ] || $(PIP) install --quiet uv
	@UV=$$(command -v uv || echo $(BIN)/uv); \
	  $$UV $(COMPILE) $(ARGS) --group build --output-file locks/site.txt; \
	  $$UV $(COMPILE) $(ARGS) --group build --group dev --constraints locks/site.txt --output-file locks/dev.txt

clean:
	@rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
