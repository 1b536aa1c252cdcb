# Each target makes what it needs in .venv, on a machine that has only Python 3.11 or later and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# A shell in which this is set would have every module compiled anew in every process.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test browser-test client-test lint docs golden oracle mutants bench profile wheel-check neovim-test editor-test clean

help:
	@echo "make demo         lint a faulty contract and show what is found"
	@echo "make test         run all tests"
	@echo "make client-test  test with programs from npm that read what nda-lint writes"
	@echo "make browser-test open HTML reports in Chromium and use them; installs it where that is possible"
	@echo "make lint         check style, types and the direction of imports"
	@echo "make docs         write the pages of docs/ anew that are made from schema, names and rules"
	@echo "make golden       write the expected findings of the corpus anew; review them with git diff"
	@echo "make oracle       compare what norms mean with a solver: make oracle N=100000, SEED=, JOBS="
	@echo "make mutants      break every clean contract in every way, and see that each break is found"
	@echo "make bench        measure, and write benchmarks/RESULTS.md; make bench ARGS=--quick in a minute"
	@echo "make profile      show which imports and which lines take the most time and memory"
	@echo "make wheel-check  build the wheel, install it into an empty environment and use it"
	@echo "make editor-test  mark and lay out contracts in Vim and Emacs, which apt installs where it can"
	@echo "make neovim-test  open, type, mend and save a contract in Neovim, which apt installs where it can"
	@echo "make clean        remove what was built"

demo: $(VENV)/installed
	@echo '$$ nda-lint $(DEMO)'
	@$(BIN)/nda-lint check --exit-zero $(DEMO)

test: $(VENV)/ready
	$(BIN)/python -m pytest $(ARGS)

# Programs that no other test needs, in the environment of the checkout.
client-test: $(VENV)/ready
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/npm @microsoft/sarif-multitool-linux || echo "npm is not here or cannot install; these tests are skipped"
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest tests/clients $(ARGS)

# Debian's Chromium, with fonts for both languages; whoever may not install it skips these tests.
BROWSER := command -v chromium || command -v chromium-browser || command -v google-chrome
BROWSER_PACKAGES := chromium fonts-noto-core fonts-noto-cjk

browser-test: $(VENV)/ready
	@{ $(BROWSER); } >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(BROWSER_PACKAGES); } >/dev/null 2>&1 || true
	@if { $(BROWSER); } >/dev/null; then $(BIN)/python -m pytest tests/browser/report.py $(ARGS); \
	else echo "browser-test: skipped, there is no Chromium here and it cannot be installed"; fi

lint: $(VENV)/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/ready
	$(BIN)/python -m nda_lint.docs
	@git status --short docs 2>/dev/null || true

golden: $(VENV)/ready
	$(BIN)/python -m pytest -q --update-goldens
	@git status --short corpus tests 2>/dev/null || true

# N pairs of norms; SEED= that of an earlier run, JOBS= processes.
oracle: $(VENV)/ready
	@$(BIN)/python tests/oracle $(or $(N),10000) $(if $(SEED),--seed $(SEED)) $(if $(JOBS),--jobs $(JOBS))

mutants: $(VENV)/ready
	@$(BIN)/python tests/mutants $(ARGS)

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks.run $(ARGS)

profile: $(VENV)/ready
	$(BIN)/python -m benchmarks.profile $(ARGS)

wheel-check: $(VENV)/ready
	$(BIN)/python .ci/wheel_check.py

# As root on Debian, apt installs Neovim; elsewhere it is for whoever wants the test to have it.
neovim-test: $(VENV)/ready
	@command -v nvim >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get -qq update && apt-get -qq install --yes --no-install-recommends neovim; } >/dev/null 2>&1 || true
	@if command -v nvim >/dev/null; then $(BIN)/python -m pytest -q tests/editors/test_neovim.py $(ARGS); \
	  else echo "skipped: Neovim is not here and cannot be installed"; fi

editor-test: $(VENV)/ready
	@{ command -v emacs && test -e /usr/share/vim-ale; } >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get \
	  && apt-get -qq update && apt-get -qq install --yes --no-install-recommends vim vim-ale emacs-nox; } >/dev/null 2>&1 || true
	$(BIN)/python -m pytest -q tests/editors/test_without_server.py $(ARGS)

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .nda_lint_cache
	rm -rf .coverage benchmarks/.work nda_lint/tables.bin
	find nda_lint tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# A contract with one mistake of each sort, so that a screen shows what findings look like.
DEMO ?= corpus/faulty/demo.en.nda

# --- environments -----------------------------------------------------------------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("nda-lint needs Python 3.11 or later; name one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# The tool alone, from this checkout.
$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --editable .
	@touch $@

# With all that tests and checks need. Groups are read here because pip knows them only since 25.1.
$(VENV)/ready: $(VENV)/installed
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' > $(VENV)/dev.txt
	$(BIN)/pip install --quiet --requirement $(VENV)/dev.txt
	@touch $@
