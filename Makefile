# Two commands do it all: `make site` and `make test`. Each sets up what it needs on a fresh machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AUDITS := audits/node_modules
# A file's tests stay together, since they share what they look at; the order is that of tests/conftest.py.
PYTEST := $(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
WORKFLOWS := $(wildcard .github/workflows/*.yml) digestgen/site/project/digest.yml
LOCKS := requirements/site.txt requirements/dev.txt

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve edition test quick nightly audit lint check release bench golden words lock setup setup-dev clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: setup ## seeds/ → docs/ → site/
	$(BIN)/digestgen site $(if $(CI),--clean)

serve: setup ## preview on http://127.0.0.1:8000/ with a review page, renewed with every edited seed
	$(BIN)/digestgen serve

edition: setup ## what is new, as a mail in edition/; SINCE=2026-11-15 for what is new since that edition
	$(BIN)/digestgen edition $(if $(SINCE),--since "$(SINCE)")

test: setup-dev ## the tests, those in a real browser too where Chromium is installed
	$(PYTEST)

quick: setup-dev ## format, lint, types, and the tests of the modules that changed, in half a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not long" $$($(BIN)/python tests/changed.py)

nightly: setup-dev ## histories, faults and properties at length; too slow for every change
	DIGESTGEN_FAULTS=1000 $(PYTEST) -m "not e2e" --hypothesis-profile nightly

audit: setup-dev $(AUDITS)/.is-set-up ## Lighthouse, axe and HTML checkers on the built site; wants Node, Java and Chromium
	$(PYTEST) -rs audits

lint: setup-dev ## format, lint, types, workflows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet --persona pedantic $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --check-metaschema digestgen/publish/digest.schema.json

check: lint site audit test ## everything that must hold before a change lands

release: setup-dev ## commit, tag and build a release, after all checks; VERSION=1.2.3, pushes nothing
	@test -n "$(VERSION)" || { echo "make release needs VERSION=1.2.3" >&2; exit 2; }
	$(BIN)/python tests/release.py "$(VERSION)"

bench: setup-dev ## the benchmarks; BENCH_DATA=folder of labelled data
	@test -n "$(BENCH_DATA)" || { echo "make bench needs BENCH_DATA=/path/to/labelled/data" >&2; exit 2; }
	$(BIN)/python -m benchmarks "$(BENCH_DATA)"

golden: setup-dev ## rewrite the golden cases under tests/cases/ from what the code does now
	$(BIN)/pytest tests/test_golden.py --rewrite-golden

words: setup-dev ## bring the catalogues of the site's words up to date; LANGUAGE=it starts another
	$(BIN)/python tests/site_words.py $(LANGUAGE)

lock: setup-dev ## pin the newest dependencies that pyproject.toml allows, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-header --group install pyproject.toml --output-file requirements/site.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-header --group install --group dev --extra dask --constraint requirements/site.txt \
		pyproject.toml --output-file requirements/dev.txt

setup: $(VENV)/.site-is-set-up ## the tools for the site, in .venv

setup-dev: $(VENV)/.dev-is-set-up ## and those for tests, lint and benchmarks

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "digestgen needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "python3 lacks venv; on Debian: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.site-is-set-up: requirements/site.txt pyproject.toml | $(VENV)/.python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/site.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-is-set-up: requirements/dev.txt $(VENV)/.site-is-set-up
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

# Without Node this comes to nothing, and the audits say so. No package may run a script on being installed.
$(AUDITS)/.is-set-up: audits/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: audits that need Node are skipped" >&2; exit 0; }; \
		set -e; cd audits; npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; touch node_modules/.is-set-up

clean: ## remove the generated pages and the site; the seeds and everything hand-written stay
	@test ! -x $(BIN)/digestgen || $(BIN)/digestgen clean
	rm -rf site

distclean: clean ## and the tools and caches
	rm -rf $(VENV) $(AUDITS) dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache digestgen.egg-info
