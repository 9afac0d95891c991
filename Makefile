# make serve    set up, build the graph where there is none, serve it on http://$(HOST):$(PORT)
# make test     set up, then every check and every test, on every processor; WORKERS=0 for one after the other
# make build    rebuild the graph and data/release
# make lint     ruff and mypy alone
# make lock     write the lock files anew from pyproject.toml
# make bench-extract  what the extraction reaches beside what it should; gold and corpus lie in ../shared
# make bench    this service beside the oxigraph server, rdflib-endpoint and a constant answer; SIZE=1000000 for a larger world
# make bench-questions  how long each question of queries/competency takes on the release, in a process and through the service
# make bench-export  how long a graph of SIZE triples takes to be exported, beside the bare serialiser, and in how much memory
# make confidence  write data/confidence anew from what each rule reads on gold
# make reference  write data/reference/states.tsv, capitals.tsv and the links of data/mappings anew from the libraries they come from

HOST = 127.0.0.1
PORT = 8000
SIZE = 100000
WORKERS = logical
VENV = .venv
BIN = $(VENV)/bin
FITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
# Looked for where it is needed, and then once.
PYTHON = $(eval PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c '$(FITS)' >/dev/null 2>&1 && echo $$p && break; done))$(PYTHON)
INSTALL = -m pip --disable-pip-version-check install --quiet --require-hashes
PIP = $(BIN)/python $(INSTALL)

.PHONY: serve test build lint lock reference bench bench-extract bench-export bench-questions confidence setup

serve: $(VENV)/.ready
	$(BIN)/csto-graph serve --host $(HOST) --port $(PORT)

build: $(VENV)/.ready
	$(BIN)/csto-graph build

test: lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

lint: setup
	$(BIN)/ruff check
	$(BIN)/mypy

setup: $(VENV)/.ready-to-test
	@$(MAKE) --no-print-directory $(VENV)/.sssom

reference: setup
	$(BIN)/python -m csto_graph.link.territories
	$(BIN)/python -m csto_graph.link.capitals
	$(BIN)/python -m csto_graph.link.library_links

bench: setup
	$(BIN)/python -m benchmarks.service --size $(SIZE)

bench-extract: setup
	$(BIN)/python -m benchmarks.extraction

bench-questions: setup build
	$(BIN)/python -m benchmarks.questions

bench-export: setup
	$(BIN)/python -m benchmarks.exports --size $(SIZE)

confidence: setup
	$(BIN)/python -m benchmarks.confidence

lock: setup
	PATH="$(BIN):$$PATH" .ci/lock

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "csto-graph needs Python 3.11, 3.12, 3.13 or 3.14 on the path: install one, then run make again." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment: on Debian, apt install python3-venv, then run make again." >&2; exit 2; }

# What builds wheels comes first and pinned, so that --no-build-isolation fetches nothing unpinned afterwards.
$(VENV)/.ready: requirements-build.txt requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing csto-graph into $(VENV): about a minute, once."
	@$(PIP) -r requirements-build.txt
	@$(PIP) --no-build-isolation -r requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# The tool that checks files of links, in a virtual environment of its own: it brings sixty packages.
$(VENV)/.sssom: requirements-build.txt requirements-sssom.txt | $(VENV)/bin/python
	@rm -rf $(VENV)/sssom && $(BIN)/python -m venv $(VENV)/sssom
	@$(VENV)/sssom/bin/python $(INSTALL) -r requirements-build.txt
	@$(VENV)/sssom/bin/python $(INSTALL) --no-compile --no-build-isolation -r requirements-sssom.txt
	@touch $@

$(VENV)/.ready-to-test: $(VENV)/.ready requirements-dev.txt $(wildcard requirements-reference.txt)
	@$(PIP) --no-build-isolation -r requirements-dev.txt
	@test ! -f requirements-reference.txt || $(PIP) --no-deps -r requirements-reference.txt
	@touch $@
