# Heeldrop from a clean clone: `make chat` to talk to it, `make test` to check it.
# ARGS is handed on, as in: make test ARGS='tests/coaching -x'

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CODE := bot adapters tests
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup chat test check bench media format lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## Fill .venv with what Heeldrop needs
	@:

chat: setup ## Talk to Heeldrop in this terminal
	@$(BIN)/heeldrop chat $(ARGS)

test: setup check ## Run every check and every test (ARGS goes to pytest)
	@$(BIN)/python -m pytest -q $(ARGS)

# Runs one check quietly. What it printed is shown only when it fails.
define quietly
	@printf '  %-13s' '$(1)'; \
	if said=$$($(2) 2>&1); then echo ok; \
	else echo 'needs a look'; printf '%s\n' "$$said"; exit 1; fi
endef

# Every path through the content is walked by the tests, and by `heeldrop check` without --quick.
check: setup ## Check style, types, layers and content
	$(call quietly,style,$(BIN)/ruff check $(CODE))
	$(call quietly,format,$(BIN)/ruff format --check $(CODE))
	$(call quietly,types,$(BIN)/mypy)
	$(call quietly,layers,$(BIN)/lint-imports)
	$(call quietly,content,$(BIN)/heeldrop check --quick)

bench: setup ## Measure the speeds and print them as a table
	@$(BIN)/python -m tests.bench $(ARGS)

# The same poses give the same bytes, so only what has changed shows up as changed.
media: setup ## Draw the exercise pictures again (ARGS names some, as in ARGS=hops)
	@$(BIN)/python -m bot.pictures $(ARGS)

format: setup ## Put the code into its one format
	@$(BIN)/ruff check --quiet --fix $(CODE) || true
	@$(BIN)/ruff format --quiet $(CODE)

# The lock holds versions and hashes only. Where they are fetched from is each machine's choice.
# `make lock ARGS=--upgrade` takes the newest versions; without it, pins stay while they can.
lock: ## Write requirements.lock again from pyproject.toml
	@$(call find_python) \
	room=$$(mktemp -d); trap 'rm -rf "$$room"' EXIT; \
	"$$python" -m venv "$$room/venv" && "$$room/venv/bin/pip" install -qq uv && \
	if [ -f requirements.lock ]; then cp requirements.lock "$$room/lock"; fi && \
	"$$room/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --extra dev $(ARGS) \
		--output-file "$$room/lock" pyproject.toml && \
	{ echo '# Every package Heeldrop is run, built and tested with. Written by: make lock'; \
		grep -v '^#' "$$room/lock"; } > requirements.lock && \
	echo 'requirements.lock is written.'

clean: ## Remove caches and builds (your data and .venv stay)
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@rm -rf .import_linter_cache .coverage htmlcov
	@find $(CODE) -type d -name __pycache__ -prune -exec rm -rf {} +

# Sets $python to the first Python here that is new enough, or says what to do.
define find_python
for python in "$${PYTHON:-python3}" python3.13 python3.12 python3.11 none; do \
	if [ "$$python" = none ]; then \
		echo 'Heeldrop needs Python 3.11 or newer, and found none here.' >&2; \
		echo 'Install one, or name it: make setup PYTHON=path/to/python3' >&2; exit 1; fi; \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then break; fi; \
done;
endef

$(READY): requirements.lock pyproject.toml
	@$(call find_python) \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		rm -rf $(VENV); \
		"$$python" -m venv $(VENV) || { rm -rf $(VENV); \
			echo 'Python could not make .venv. On Debian or Ubuntu, install python3-venv.' >&2; \
			exit 1; }; \
	fi
	@echo 'Filling .venv. The first time takes a minute or two.'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
		--require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
		--no-deps --no-build-isolation -e .
	@touch $@
