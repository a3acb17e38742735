# Two commands are enough: `make run` and `make test`. Both make .venv when needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
LOCK := packaging/lock/requirements.txt
READY := $(VENV)/.ready-$(shell cat $(LOCK) pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)

# The clinic's sets for training and for data-bound tests, where they lie beside the checkout.
ifneq ($(wildcard ../shared/data),)
export MEDAPP_DATA ?= $(abspath ../shared/data)
endif
export PYTHONHASHSEED ?= 0

.PHONY: help run test test-core lint proof bench models index lock screens translations wheel package clean system-packages

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 16

system-packages:
	@sh packaging/linux/install-system-packages

$(READY): | system-packages
	@sh packaging/make-venv $(VENV) $(LOCK)
	@rm -f $(VENV)/.ready-*; touch $@

index: $(READY)  ## write models/INDEX.toml
	@$(PY) -m medapp.assess.index models

run: $(READY) index  ## open the program on a demo clinic (draws its pages to PNG where there is no display)
	@sh packaging/run $(PY)

test: $(READY) index  ## every test that belongs to each commit
	$(PY) -m pytest -n 2 --dist loadgroup --max-worker-restart 0 tests

test-core: $(READY) index  ## the core's tests with Qt made absent
	MEDAPP_WITHOUT_QT=1 $(PY) -m pytest -n 2 -p no:pytest-qt tests --ignore tests/ui

lint: $(READY)  ## ruff, mypy, import-linter
	$(VENV)/bin/ruff check medapp ui tests packaging
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

proof: $(READY) index  ## the long proofs: every page in every look, 100,000 random actions, 200 switches
	MEDAPP_PROOF=full $(PY) -m pytest -q -n 2 --dist loadgroup -o faulthandler_timeout=0 tests/ui/test_proof_*.py

bench: $(READY) index  ## the measured bounds, as ratios; writes docs/performance.md
	$(PY) -m tests.benchmarks

models: $(READY)  ## train every bundled model again from the data
	$(PY) -m medapp.training
	$(PY) -m medapp.assess.index models
	$(PY) -m medapp.training.overview

screens: $(READY) index  ## every page, both themes, both languages, to docs/screens
	QT_QPA_PLATFORM=offscreen $(PY) -m ui.screens docs/screens

translations: $(READY)  ## extract, merge and compile the catalogues
	$(PY) packaging/i18n.py update

wheel: $(READY) index  ## a wheel in dist/, its selftest passed in a fresh virtual environment
	@sh packaging/wheel $(PY) $(LOCK)

package: $(READY) index  ## the standalone program in dist/medapp/, its selftest passed without this environment
	@sh packaging/package $(PY)

lock: $(READY)  ## pin every dependency anew, without addresses
	@sh packaging/lock/compile $(PY)

clean:  ## remove what was built (not .venv)
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
