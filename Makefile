# make demo | make test : the two commands of the README. make check : before each commit.
# make docs : the documentation as a site, in build/site.
# make bench : the speed beside other tools, into docs/speed.md; make bench BENCH=--quick takes a minute.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
BENCH_VENV ?= .venv-bench
BENCH_INSTALLED := $(BENCH_VENV)/.installed
PEERS := tests/bench/requirements-peers.txt
BENCH ?=

.PHONY: demo test check format bench docs install clean

demo: install
	$(BIN)/resolver audit seeds --aliases aliases --out audit

test: install
	$(MAKE) --no-print-directory check

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(BENCH_INSTALLED)
	$(BENCH_VENV)/bin/python tests/bench/speed.py --docs docs $(BENCH)

docs: install
	$(BIN)/mkdocs build --strict

install: $(INSTALLED)

$(INSTALLED): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(INSTALLED)

$(BENCH_INSTALLED): pyproject.toml $(PEERS)
	test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable . --requirement $(PEERS)
	touch $(BENCH_INSTALLED)

clean:
	rm -rf $(VENV) $(BENCH_VENV) audit build .mypy_cache .pytest_cache .ruff_cache .hypothesis
