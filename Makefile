# Everything one does with this site. `make help` lists it.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STATIC_SOURCES := $(shell find static -type f 2>/dev/null)
CATALOGUES := var/.messages
# Beside the files themselves, which are elsewhere where DATA_DIR says so.
STATIC := $(or $(DATA_DIR),var)/.static

export PORT

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run install prepare test test-services search-quality backup restore scale check bench fix editor messages lock licences content upgrade pictures screenshots clean port python

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: port prepare ## Set up what is missing and serve the site on http://127.0.0.1:8000 (PORT=… for another port).
	@exec $(BIN)/python -m gunicorn --config deploy/gunicorn.conf.py erasmus_site.wsgi

install: $(VENV)/.installed .env $(CATALOGUES) $(STATIC) ## Install packages, messages and static files; touch no content.

prepare: install ## Install, migrate and fill, without serving.
	@$(BIN)/python manage.py prepare

test: $(VENV)/.installed-dev .env $(CATALOGUES) ## Run every test; the browser's too where Chromium is found.
	@$(BIN)/python -m pytest --numprocesses 2 $(ARGS)

test-services: $(VENV)/.installed-dev .env $(CATALOGUES) ## Run what asks the database, the cache or the store on PostgreSQL, Redis and S3.
	@$(BIN)/python -m tests.on_services --numprocesses 2 $(ARGS)

search-quality: $(VENV)/.installed-dev .env $(CATALOGUES) ## Tell how many of the teachers' questions find their page first, and among the first three.
	@$(BIN)/python -m tests.pages.search.quality $(ARGS)

backup: $(VENV)/.installed .env ## Back up the running site into BACKUP_DIR.
	@$(BIN)/python manage.py backup

restore: $(VENV)/.installed .env $(CATALOGUES) ## Bring a backup back: make restore FILE=… (ARGS=--replace where there is content).
	@$(BIN)/python manage.py restore "$(FILE)" $(ARGS)

scale: $(VENV)/.installed ## Install what PostgreSQL, Redis and an S3 store need.
	@$(call install,requirements-scale.txt)

check: $(VENV)/.installed-dev .env $(CATALOGUES) ## Lint, format, types, templates, migrations and messages.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@git ls-files -z -- 'templates/*.html' | xargs -0 $(BIN)/djade --check
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/python -W error manage.py check --fail-level WARNING
	@$(BIN)/python -W error manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py messages --check
	@echo "Nothing to mend."

bench: $(VENV)/.installed-dev .env $(CATALOGUES) ## Measure the speed, as ratios within one run (needs wrk and nginx-light).
	@$(BIN)/python benchmarks/bench.py

fix: $(VENV)/.installed-dev ## Mend what can be mended by itself: format, order of imports, templates.
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@git ls-files -z -- 'templates/*.html' | xargs -0 $(BIN)/djade || true

editor: prepare ## Make an account for an editor (asks for name and password).
	@$(BIN)/python manage.py createsuperuser

messages: $(VENV)/.installed .env ## Bring the catalogues in locale/ in line with the source, and compile them.
	@$(BIN)/python manage.py messages --collect

lock: $(VENV)/.installed-dev ## Write the requirements files anew from pyproject.toml.
	@$(BIN)/uv pip compile $(LOCK) --quiet --extra dev pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile $(LOCK) --quiet -c requirements-dev.txt --extra scale pyproject.toml -o requirements-scale.txt
	@$(BIN)/uv pip compile $(LOCK) --quiet -c requirements-dev.txt pyproject.toml -o requirements.txt

licences: $(VENV)/.installed-dev ## Write docs/licences.md anew: every package, its licence and why it is there.
	@$(BIN)/python docs/list_licences.py

upgrade: $(VENV)/.installed-dev ## Lock the newest that pyproject.toml allows, check and test with it, and list what is newer still.
	@$(MAKE) --no-print-directory lock LOCK="$(LOCK) --upgrade"
	@echo "Newer than before:"
	@git --no-pager diff --unified=0 -- 'requirements*.txt' | grep -E '^[-+][a-z].*==' | sort -u -k 1.2 || echo "  nothing"
	@$(MAKE) --no-print-directory licences check test
	@echo "Newer than pyproject.toml allows: raise what you want there, and run this again."
	@$(BIN)/uv pip list --outdated --python $(BIN)/python
	@echo "Newer than .ci/package.json allows:"
	@npm outdated --prefix .ci || true

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

content: $(VENV)/.installed .env ## Write docs/innhold.md anew: every page of the seed with its sources and the day of its review.
	@$(BIN)/python docs/list_content.py

pictures: $(VENV)/.installed-dev ## Draw the originals in programmes/seed/pictures anew from their SVG sources (needs chromium).
	@$(BIN)/python programmes/seed/pictures/draw.py

screenshots: $(VENV)/.installed-dev ## Take the pictures in docs/pictures/ anew of the site that `make run` serves (needs chromium).
	@$(BIN)/python docs/take_pictures.py http://127.0.0.1:$(PORT)

clean: ## Remove what was installed and collected. Content and pictures in var/ stay.
	@rm -rf $(VENV) var/static $(STATIC) $(CATALOGUES) locale/*/LC_MESSAGES/*.mo

# --- What the targets above stand on ---------------------------------------------------------

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install python3 (3.11 or newer)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python is too old: $$($(PYTHON) -V) found, 3.11 or newer needed (make run PYTHON=python3.12)." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing: apt-get install python3-venv" >&2; exit 1; }

port: python
	@$(PYTHON) -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null || \
		{ echo "Port $(PORT) cannot be used: is something else running there? Try: make run PORT=8001" >&2; exit 1; }

$(VENV)/.installed: requirements.txt | python
	@$(call install,requirements.txt)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(call install,requirements-dev.txt)
	@touch $@

define install
echo "Installing the packages of $(1), a minute or two the first time …"; \
{ test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV); } && \
$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) || \
{ test -f $(VENV)/.installed || rm -rf $(VENV); \
  echo "The packages could not be installed; see above. What worked before still does." >&2; exit 1; }
endef

# A secret of its own for each machine; kept, since a new one signs every editor out.
.env: | python
	@umask 077 && $(PYTHON) -c 'import secrets; print(f"SECRET_KEY={secrets.token_urlsafe(50)}")' > $@.new && mv $@.new $@

$(CATALOGUES): $(wildcard locale/*/LC_MESSAGES/*.po) $(VENV)/.installed | .env
	@$(BIN)/python manage.py messages
	@mkdir -p $(@D) && touch $@

# The old files stay: a page that a browser or a cache holds still asks for them by their old names.
$(STATIC): $(STATIC_SOURCES) $(VENV)/.installed | .env
	@echo "Collecting and compressing static files …"
	@$(BIN)/python manage.py collectstatic --no-input -v 0
	@mkdir -p $(@D) && touch $@
