# make run    starts everything on this machine        make check  the fast tests, no browser
# make test   all tests                                make screenshots  pictures for the README
PYTHON ?= python3
export PYTHONUNBUFFERED = 1
.PHONY: run test check bench soak screenshots
.DEFAULT_GOAL := run
MAKEFLAGS += --no-print-directory

run:
	@$(PYTHON) .ci/setup.py run && exec .venv/bin/python -m server.cli run

test:
	@$(PYTHON) .ci/setup.py test && exec .venv/bin/python .ci/check.py all

check:
	@$(PYTHON) .ci/setup.py check && exec .venv/bin/python .ci/check.py fast

screenshots:
	@$(PYTHON) .ci/setup.py test && exec .venv/bin/python -m tests.journeys.screenshots

bench:
	@echo "There is nothing to measure yet: the budgets are measured when the features they name exist."

soak:
	@echo "There is nothing to soak yet: the long kill, sync and fault tests come with the features they try."
