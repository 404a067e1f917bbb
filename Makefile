# The only door. Every target stands alone: it prepares the machine first (packaging/setup.sh), in seconds when all is ready.

SHELL := /bin/sh
PYTHON := .venv/bin/python
# More words for the target's program: make test ARGS="-k vault", make bench ARGS="search"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check bench oracles

help:
	@echo 'make run     opens the program on a demo office; where there is no display, walks through it and leaves pictures in out/'
	@echo 'make test    runs the tests'
	@echo 'make check   lint, format, types, import contracts, catalogues, rules'
	@echo 'make oracles FORMS=folder   our form engine beside three others, over a folder of public forms (needs node)'
	@echo 'make bench   measures against a floor in the same run; out/bench.txt keeps the figures'

run:
	@sh packaging/setup.sh
	@sh packaging/run.sh

test:
	@sh packaging/setup.sh
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 $(ARGS)

check:
	@sh packaging/setup.sh
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) packaging/catalogues.py check
	@.venv/bin/migrant-office --language en rules check

bench:
	@sh packaging/setup.sh
	@$(PYTHON) -c 'import faker, splink, dedupe; from importlib.metadata import version; version("weasyprint")' \
		2>/dev/null || $(PYTHON) -m pip install -qq --no-input \
		--disable-pip-version-check -c constraints.txt -e '.[bench]'
	@mkdir -p out
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks --out out/bench.txt $(ARGS)

# Not part of test: it wants node, a network for its packages, and forms that are not ours to keep here.
oracles:
	@test -d "$(FORMS)" || { echo 'Say where the forms are: make oracles FORMS=folder'; exit 1; }
	@sh packaging/setup.sh
	@sh tests/oracles/setup.sh
	@$(PYTHON) -m tests.oracles "$(FORMS)" --engines out/oracles $(ARGS)
