# make site   sets up, then makes site/ and packets/ for the sample cohort
# make check  sets up, then runs what a developer runs all day: make lint and the fast tests
# make lint   sets up, then runs the linter, the formatter, the types and the contract of imports
# make test   sets up, then runs every test, the browser's included
# make setup  makes .venv with everything that the tests need
# make fuzz   sets up, then attacks the program and writes texts by chance, for ROUNDS rounds (tests/test_attacks.py)
# make bench  sets up, then measures speed against floors and peers (docs/benchmarks.md)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site setup lint check test fuzz bench lock licenses clean

site: $(VENV)/site.stamp
	$(BIN)/curriculum build --packets

setup: $(VENV)/test.stamp

lint: $(VENV)/test.stamp
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache

check: lint
	$(BIN)/python -m pytest -n auto -q -m "not site and not browser and not command and not slow"

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n auto

ROUNDS ?= 100

fuzz: $(VENV)/test.stamp
	$(BIN)/python -m pytest tests/test_attacks.py tests/test_no_word_lost.py --fuzz $(ROUNDS) -s

bench: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check weasyprint psutil
	PYTHONPATH=tests $(BIN)/python -m bench $(PARTS)

$(VENV)/site.stamp: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

# The locks name versions and hashes and no index, so that they hold wherever packages come from. What is locked stays as
# it is where the bounds allow it; `make lock UPGRADE=--upgrade` takes what is new. Then list licenses: make licenses
# uv makes them, because pip cannot lock for every system at once. Where there is none, it is installed into .venv.
COMPILE = PATH="$(CURDIR)/$(BIN):$$PATH" uv pip compile pyproject.toml $(VENV)/build.in --universal --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --python-version 3.11 --quiet $(UPGRADE)

lock:
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	command -v uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	echo 'setuptools>=78' > $(VENV)/build.in
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra test -o requirements-test.lock

licenses: $(VENV)/test.stamp
	$(BIN)/python tests/licenses.py

clean:
	rm -rf site packets
