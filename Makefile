# Everything a newcomer needs: Python 3.11 or later with its venv module, and make.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
ARGS ?=
MAKEFLAGS += --no-print-directory
V := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
export PIP_DISABLE_PIP_VERSION_CHECK := 1

##@ Use
run: $(RUN)  ## Start the whole system with a small demo clinic; Ctrl-C stops it, the data stays
	@exec $(V)/python -m local.run $(ARGS)

demo: $(RUN)  ## Walk new people down every road of the running system, over HTTP
	@exec $(V)/python -m local.demo $(ARGS)

reset: $(RUN)  ## Remove the data of `make run`; the next start begins anew
	@exec $(V)/python -m local.reset

##@ Change
test: $(DEV)  ## Run the tests on throw-away servers; ARGS="-k name" is passed to pytest
	@exec $(V)/python -m local.scratch $(V)/python -m pytest -n logical --maxschedchunk 30 $(ARGS)

test-all: test  ## Run the tests, the slow ones, demo-kill, chaos, rehearse and the day's share of fuzz
	@$(V)/python -m local.scratch $(V)/python -m pytest -m slow -n logical --maxschedchunk 1 || [ $$? -eq 5 ]  # 5: there are none
	@$(MAKE) demo-kill
	@$(MAKE) chaos
	@$(MAKE) rehearse
	@$(MAKE) fuzz ARGS="--share today/15 --minutes 4"

demo-kill: $(DEV)  ## Kill each part of the system in the middle of the demo; the road must still end
	@exec $(V)/python -m local.demo_kill $(ARGS)

chaos: $(DEV)  ## Break every part while 20,000 check-ins fall due; nobody may be lost or written to twice
	@exec $(V)/python -m local.chaos $(ARGS)

screenshots: $(DEV)  ## Look at the demo clinic in Chromium and write docs/screenshots anew
	@exec $(V)/python -m local.screenshots

bench: $(RUN)  ## Measure, as ratios against something bare; ARGS="--people 10000" for a quick look, "--engine" for the clock
	@exec $(V)/python -m bench.run $(ARGS)

fuzz: $(DEV)  ## Send every operation of the API what it should and should not take; ARGS="--examples 20 --only beds"
	@exec $(V)/python -m local.fuzz $(ARGS)

rehearse: $(DEV)  ## Run what docker-compose.yml runs, as plain processes; kill one of each; nothing may be lost
	@exec $(V)/python -m local.rehearse $(ARGS)

lint: $(DEV)  ## Check style, format and that no migration is missing
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(V)/python -m local.scratch $(V)/python manage.py makemigrations --check --dry-run

format: $(DEV)  ## Fix what the linter can fix, and format
	$(V)/ruff check --fix .
	$(V)/ruff format .

lock: $(DEV)  ## Write the requirements files anew from pyproject.toml; ARGS=--upgrade takes newer versions
	$(LOCK) --output-file requirements.txt $(ARGS)
	$(LOCK) --output-file requirements-local.txt --extra local --constraint requirements.txt $(ARGS)
	$(LOCK) --output-file requirements-dev.txt --extra local --extra dev --constraint requirements-local.txt $(ARGS)

LOCK := $(V)/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock'

clean:  ## Remove the virtual environment and caches; the data of `make run` stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## List these targets
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*##/ {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# The stamps: what a target needs is installed again only when its lock has changed.
.venv/bin/python:
	@PYTHON='$(PYTHON)' local/make-venv

$(RUN): .venv/bin/python requirements-local.txt
	@echo "Installing what the system needs (the first time this takes a minute or two) ..."
	@$(V)/python -m pip install --quiet --require-hashes --requirement requirements-local.txt
	@touch $@

$(DEV): .venv/bin/python requirements-dev.txt
	@echo "Installing what the tests need (the first time this takes a minute or two) ..."
	@$(V)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@ $(RUN)

.PHONY: run demo reset test test-all demo-kill chaos rehearse screenshots bench fuzz lint format lock clean help
