# `make` lists what there is. PORT=, HOST=, PYTHON=, ONLY= and ARGS= may be given:
#   make run PORT=9000
#   make test ONLY=sqlite ARGS="-k precursor"
#   make mutants ARGS="materials.analysis.uplift*"
#   make bench ARGS="--sizes 1e3 --databases sqlite"

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ONLY ?=
ARGS ?=

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock"
STATIC_SOURCES := $(shell find */static -type f)
# What is stored but computed may come out otherwise after a change of these.
DERIVING := $(shell find api asei_db literature precursors materials -name "*.py")

export HOST PORT

APT_INSTALL := if [ "$$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi; \
	$$sudo apt-get update -qq </dev/null && DEBIAN_FRONTEND=noninteractive \
	$$sudo apt-get install -qq -y --no-install-recommends </dev/null

# RDKit's wheel draws with libraries of the system that a bare machine lacks.
DRAWING := $(BIN)/python -c 'from rdkit.Chem.Draw import rdMolDraw2D' 2>/dev/null || { \
	echo "Installing the libraries that structures are drawn with"; \
	$(APT_INSTALL) libx11-6 libxext6 libxrender1 libexpat1 >/dev/null; } || \
	echo "They could not be installed: precursors show formulas, no drawings." >&2

.PHONY: help
help:
	@echo "make run      install, load the literature and serve on http://$(HOST):$(PORT)/"
	@echo "make curator  add a person who may edit in the admin"
	@echo "make test     run all tests on SQLite and on PostgreSQL"
	@echo "make check    run the linters, the deployment checks and all tests"
	@echo "make openapi  write the API's examples and its schema anew"
	@echo "make bench    measure how fast the site is at each size, for hours"
	@echo "make mutants  change the code where ARGS says, and list what no test notices"
	@echo "make format   format Python and templates"
	@echo "make lock     pin the newest versions that pyproject.toml allows"
	@echo "make clean    remove .venv and caches; the data in var/ stay"

.PHONY: run
run: .venv/installed var/static.stamp
	@echo "Preparing the database"
	@$(BIN)/python manage.py migrate --verbosity 0 --skip-checks
	@$(BIN)/python manage.py load_literature --if-empty --skip-checks
	@$(MAKE) --no-print-directory var/derived.stamp
	@exec $(BIN)/python -m gunicorn

.PHONY: curator
curator: .venv/installed
	@$(BIN)/python manage.py migrate --verbosity 0 --skip-checks
	@$(BIN)/python manage.py createsuperuser

.PHONY: test
test: .venv/installed-dev chromium
	@$(BIN)/python -m tests.run $(if $(ONLY),--only $(ONLY)) -- $(ARGS)

.PHONY: check
check: lint api-check test

# Slower tools than tests, which judge the API from outside: a linter of its schema,
# requests made up from it, and a client generated from it.
.PHONY: api-check
api-check: .venv/installed-dev .venv/node_modules/installed
	node .venv/node_modules/@stoplight/spectral-cli/dist/index.js lint \
		--ruleset .spectral.yaml --fail-severity warn api/openapi.yaml
	$(BIN)/python -m tests.run --only sqlite -- -q tests/api/check_schema.py \
		tests/api/check_client.py

.PHONY: openapi
openapi: .venv/installed-dev
	WRITE_EXAMPLES=1 $(BIN)/python -m tests.run --only sqlite -- -q \
		tests/api/test_schema.py -k examples_are_what
	DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py spectacular \
		--file api/openapi.yaml --validate --fail-on-warn

.PHONY: lint
lint: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint --quiet --check --lint templates
	$(BIN)/lint-imports
	$(BIN)/mypy
	DATABASE_URL=sqlite://:memory: DEBUG=false HTTPS=true \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check

# Slow: thousands of changes, each with the tests that reach it. In what mutmut left,
# files that it does not change would be stale. `.venv/bin/mutmut show NAME` prints a
# survivor.
.PHONY: mutants
mutants: .venv/installed-dev
	@rm -rf mutants
	-DATABASE_URL=sqlite://:memory: nice $(BIN)/mutmut run $(ARGS)
	$(BIN)/mutmut results

# Compares with Datasette where that is installed: .venv/bin/python -m pip install .[bench]
.PHONY: bench
bench: .venv/installed-dev var/static.stamp
	$(BIN)/python -m tests.bench $(ARGS)

.PHONY: format
format: .venv/installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	-$(BIN)/djlint --quiet --reformat templates

.PHONY: lock
lock: .venv/installed-dev
	$(LOCK) --upgrade pyproject.toml --output-file requirements.txt
	$(LOCK) --upgrade pyproject.toml --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt

.PHONY: clean
clean:
	rm -rf .venv mutants .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	rm -rf var/static var/*.stamp
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Files made by the rules above

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "ASEI DB needs Python 3.11 or newer; $(PYTHON) is missing or older." \
			"Name another one: make PYTHON=python3.12 run" >&2; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
		echo "Python cannot make a virtual environment;" \
			"on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/installed: requirements.txt .venv/bin/python
	@echo "Installing the locked dependencies"
	@$(PIP_INSTALL) --requirement requirements.txt
	@$(DRAWING)
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/bin/python
	@echo "Installing the locked development dependencies"
	@$(PIP_INSTALL) --requirement requirements-dev.txt
	@$(DRAWING)
	@touch .venv/installed $@

# Spectral, locked by hash; it is started with `node`, so that none of its own and of its
# dependencies' install scripts run.
.venv/node_modules/installed: tests/api/spectral/package-lock.json .venv/bin/python
	@command -v npm >/dev/null || { \
		echo "Installing Node.js for the linter of the API's schema"; \
		$(APT_INSTALL) nodejs npm >/dev/null || { \
		echo "The linter of the API's schema needs Node.js, and it could not be" \
			"installed. Install it yourself, then run 'make check' again." >&2; exit 1; }; }
	@echo "Installing the locked linter of the API's schema"
	@cp tests/api/spectral/package.json tests/api/spectral/package-lock.json .venv
	@npm ci --prefix .venv --ignore-scripts --no-audit --no-fund --silent
	@touch $@

var/static.stamp: .venv/installed asei_db/settings.py asei_db/fonts.py $(STATIC_SOURCES)
	@echo "Collecting static files"
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@

var/derived.stamp: requirements.txt $(DERIVING)
	@$(BIN)/python manage.py derive --skip-checks
	@touch $@

.PHONY: chromium
chromium:
	@$(BIN)/python -m tests.chromium >/dev/null || { \
		echo "Installing Chromium for the browser tests"; \
		$(APT_INSTALL) chromium || { \
		echo "The browser tests need Chromium, and it could not be installed." \
			"Install it yourself, then run 'make test' again." >&2; exit 1; }; }
