# make demo | make test : the two commands of the README. make check : before each commit.
# make docs : the documentation as a site, in build/site.
# make bench : the speed beside other tools, into docs/speed.md; make bench BENCH=--quick takes three minutes.
# make test LOCK=.ci/requirements.txt : with the locked versions, each by its hash, as CI does it. make lock renews them.
# make sbom, make licences, make audit-dependencies : what it is built from, see SECURITY.md; the last needs the network.
# make native : a wheel compiled by mypyc, the same code and half as fast again, in build/native; it takes some minutes and a C
# compiler. make test-native : the tests with that wheel, in a venv of its own.
# make soak : the long tests, some hours: a million damaged inputs, kills, load, costs, mutants. See SECURITY.md.
# make spark : the tests of the audit by Spark, which is a large download and needs Java 17; `make test` leaves them out.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
CORE := $(VENV)/.installed-core
INSTALLED := $(VENV)/.installed
BENCH_VENV ?= .venv-bench
BENCH_INSTALLED := $(BENCH_VENV)/.installed
PEERS := tests/bench/requirements-peers.txt
SCREENING := $(BENCH_VENV)/nomenklatura
SCREENED := tests/bench/requirements-nomenklatura.txt
NATIVE_VENV ?= .venv-native
NATIVE := build/native
LOCK ?=
TOOLS_VENV ?= .venv-tools
TOOLS := $(TOOLS_VENV)/.installed
PIP := -m pip --quiet --disable-pip-version-check
SPARK_INSTALLED := $(VENV)/.installed-spark
BENCH ?=

.PHONY: demo test check format bench docs native test-native soak lock sbom licences audit-dependencies spark install clean

demo: $(CORE)
	$(BIN)/resolver audit seeds --aliases aliases --out audit

test: install
	$(MAKE) --no-print-directory check

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q --numprocesses auto --dist loadfile

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(BENCH_INSTALLED)
	$(BENCH_VENV)/bin/python tests/bench/speed.py --docs docs $(BENCH)

docs: install
	$(BIN)/mkdocs build --strict

# By way of the source archive: compiled in the checkout, the modules would stay there in front of the sources.
native:
	test -x $(NATIVE_VENV)/bin/python || $(PYTHON) -m venv $(NATIVE_VENV)
	$(NATIVE_VENV)/bin/python $(PIP) install 'build>=1.2'
	rm -rf $(NATIVE)
	HATCH_BUILD_HOOKS_ENABLE=1 $(NATIVE_VENV)/bin/python -m build --outdir $(NATIVE)
	@echo "pip install $$(ls $(NATIVE)/*.whl)"

# Where there are no sources to import instead of the wheel.
test-native: native
	$(NATIVE_VENV)/bin/python $(PIP) install "$$(ls $(NATIVE)/*.whl)[dev]"
	$(NATIVE_VENV)/bin/python $(PIP) install --force-reinstall --no-deps $(NATIVE)/*.whl
	tar --extract --gzip --file $(NATIVE)/*.tar.gz --directory $(NATIVE)
	rm -r $(NATIVE)/resolver-*/resolver
	cd $(NATIVE)/resolver-*/ && $(abspath $(NATIVE_VENV))/bin/pytest -q -m 'not pure_python' tests

soak: install
	$(BIN)/python tests/soak/fuzz.py --runs 1000000
	$(BIN)/python tests/soak/costs.py
	PYTHONPATH=tests $(BIN)/python tests/soak/kills.py --runs 200
	PYTHONPATH=tests $(BIN)/python tests/soak/load.py audit --gigabytes 1
	PYTHONPATH=tests $(BIN)/python tests/soak/load.py service --minutes 20
	$(BIN)/python tests/soak/mutants.py --sample 100

lock: $(TOOLS)
	$(TOOLS_VENV)/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet --output-file .ci/requirements.txt

sbom: install $(TOOLS)
	mkdir -p build
	$(TOOLS_VENV)/bin/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml --mc-type library \
	  --output-reproducible --output-format JSON --output-file build/sbom.cdx.json

licences: install
	mkdir -p build
	$(BIN)/python tests/supply_chain.py > build/licences.md && cp build/licences.md docs/licences.md

audit-dependencies: $(TOOLS)
	$(TOOLS_VENV)/bin/pip-audit --requirement .ci/requirements.txt --require-hashes --disable-pip --strict || \
	  { echo "Not everything could be audited, or something was found. It asks pypi.org: is there a network?" >&2; exit 1; }

spark: install $(SPARK_INSTALLED)
	$(BIN)/pytest -q tests/integrations/test_spark_audit.py

install: $(INSTALLED)

$(CORE): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $(CORE)

$(INSTALLED): pyproject.toml $(LOCK)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
ifdef LOCK
	$(BIN)/python $(PIP) install --require-hashes --only-binary :all: --requirement $(LOCK)
	$(BIN)/python $(PIP) install --no-deps --no-build-isolation --no-index --editable .
else
	$(BIN)/python $(PIP) install --editable '.[dev]'
endif
	touch $(CORE) $(INSTALLED)

$(TOOLS): .ci/tools.txt
	test -x $(TOOLS_VENV)/bin/python || $(PYTHON) -m venv $(TOOLS_VENV)
	$(TOOLS_VENV)/bin/python $(PIP) install --requirement .ci/tools.txt
	touch $(TOOLS)

$(SPARK_INSTALLED): pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[spark]'
	touch $(SPARK_INSTALLED)

# nomenklatura brings dozens of packages, and needs ICU to be built on some machines: a venv of its own, where that works.
$(BENCH_INSTALLED): pyproject.toml $(PEERS) $(SCREENED)
	test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable . --requirement $(PEERS)
	test -x $(SCREENING)/bin/python || $(PYTHON) -m venv $(SCREENING)
	$(SCREENING)/bin/python $(PIP) install --requirement $(SCREENED) || echo "The bench leaves nomenklatura out."
	touch $(BENCH_INSTALLED)

clean:
	rm -rf $(VENV) $(BENCH_VENV) $(NATIVE_VENV) $(TOOLS_VENV) audit build .mypy_cache .pytest_cache .ruff_cache .hypothesis
