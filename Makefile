# make run    starts everything on this machine        make check  the fast tests, no browser
# make test   all tests                                make screenshots  pictures for the README
# make bench  the budgets, or one: make bench cold     make soak   the long runs, or one: make soak push
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
	@$(PYTHON) .ci/setup.py bench && exec .venv/bin/python -m tests.bench $(NAME)

# `make bench cold` is `make bench NAME=cold`: the words after bench and soak are names, not goals of their own.
ifneq (,$(filter bench soak,$(firstword $(MAKECMDGOALS))))
NAME ?= $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
ifneq (,$(NAME))
.PHONY: $(NAME)
$(NAME):
	@:
endif
endif

soak:
	@$(PYTHON) .ci/setup.py test && exec .venv/bin/python -m tests.soak $(NAME)
