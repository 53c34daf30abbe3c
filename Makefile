# The commands of the house. `make help` lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
PREPARE := $(PYTHON) scripts/prepare.py
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help venv up down reset doctor test test-fast lint fix messages lock bench screenshots

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

up: ## Start the whole portal with demo data; Ctrl-C stops it
	@$(PREPARE) run
	@exec $(MANAGE) up

down: ## Stop the portal and its embedded servers
	@test -x $(RUN) && $(MANAGE) down || echo "Nothing is installed, so nothing runs."

reset: down ## Stop, then forget the demo's data, mail and papers
	@test -x $(RUN) && $(MANAGE) reset || true

venv: ## Make the virtual environment with the tools of development, and bring the front-end files
	@$(PREPARE) dev

doctor: ## Say what is missing or misconfigured
	@$(MANAGE) doctor

lint: ## Style, formatting, import contracts, types, templates
	@echo "▸ ruff" && $(RUN) -m ruff check -q . && $(RUN) -m ruff format -q --check .
	@echo "▸ import contracts" && said=$$(.venv/bin/lint-imports 2>&1) || { echo "$$said"; exit 1; }
	@echo "▸ types" && $(RUN) -m mypy
	@echo "▸ templates" && $(RUN) -m djlint --quiet --lint templates

fix: ## Repair what can be repaired by machine
	@echo "▸ ruff" && $(RUN) -m ruff check -q --fix . ; $(RUN) -m ruff format .

messages: ## Bring the translation catalogues up to date
	@$(MANAGE) messages

test: venv ## All that CI runs
	@$(MAKE) --no-print-directory lint
	@echo "▸ messages" && $(MANAGE) messages --check
	@echo "▸ migrations" && DJANGO_SETTINGS_MODULE=sme_portal.settings.test $(MANAGE) makemigrations --check --dry-run >/dev/null
	@echo "▸ tests" && $(RUN) -m pytest -n 2 --dist loadgroup

UNITS := $(filter-out tests/architecture tests/browser tests/journeys tests/ops tests/pages tests/security tests/factories,$(patsubst %/__init__.py,%,$(wildcard tests/*/__init__.py)))

test-fast: ## The unit tests: no browser, no journeys, nothing slow
	@$(RUN) -m pytest -n 3 -q -m "not browser and not slow" $(UNITS)

bench: ## Measure pages and searches on 1k, 100k and 1M cases in a scratch database
	@$(MANAGE) bench

screenshots: ## Keep pictures of the pages in var/screenshots
	@SCREENSHOTS=1 $(RUN) -m pytest -q -m browser tests/browser

lock: ## Lock the packages anew
	@set -e; for name in requirements requirements-dev requirements-node requirements-uv; do \
	  constraint=$$(test $$name = requirements-dev && echo "-c requirements.txt" || true); \
	  echo "▸ $$name.txt"; .venv/bin/uv pip compile -q --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-header --no-emit-package pandas --no-emit-package numpy --no-emit-package pytz \
	    $$constraint -o $$name.txt $$name.in; done
	@npm install --package-lock-only
