# make demo | make test : the two commands of the README. make check : before each commit.
# make docs : the documentation as a site, in build/site.
# make bench : the speed beside other tools, into docs/speed.md; make bench BENCH=--quick takes a minute.
# make spark : the tests of the audit by Spark, which is a large download and needs Java 17; `make test` leaves them out.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
CORE := $(VENV)/.installed-core
INSTALLED := $(VENV)/.installed
BENCH_VENV ?= .venv-bench
BENCH_INSTALLED := $(BENCH_VENV)/.installed
PEERS := tests/bench/requirements-peers.txt
SPARK_INSTALLED := $(VENV)/.installed-spark
BENCH ?=

.PHONY: demo test check format bench docs spark install clean

demo: $(CORE)
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

spark: install $(SPARK_INSTALLED)
	$(BIN)/pytest -q tests/integrations/test_spark_audit.py

install: $(INSTALLED)

$(CORE): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $(CORE)

$(INSTALLED): $(CORE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(INSTALLED)

$(SPARK_INSTALLED): pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[spark]'
	touch $(SPARK_INSTALLED)

$(BENCH_INSTALLED): pyproject.toml $(PEERS)
	test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable . --requirement $(PEERS)
	touch $(BENCH_INSTALLED)

clean:
	rm -rf $(VENV) $(BENCH_VENV) audit build .mypy_cache .pytest_cache .ruff_cache .hypothesis
