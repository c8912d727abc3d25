# The portal's commands. Needed: Python ≥ 3.11, git, make. Everything else goes into .venv and var/.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; exit; }; done; echo python3)
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) deploy/environment.py
# One more than there are cores: a journey in a browser waits for it.
TEST_PROCESSES ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)))
COVERAGE_FLOOR ?= 90
COVERAGE ?= --cov --cov-report=term --cov-fail-under=$(COVERAGE_FLOOR)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --no-annotate

.PHONY: help run test lint bench audit lock clean

help:
	@echo "make run    — портал с демонстрационным наполнением на http://127.0.0.1:8000 (HOST, PORT)"
	@echo "make test   — проверки кода и все тесты"
	@echo "make lint   — только проверки кода"
	@echo "make bench  — замеры скорости"
	@echo "make audit  — уязвимости зависимостей"
	@echo "make lock   — зафиксировать версии зависимостей"
	@echo "make clean  — удалить .venv и кеши; данные в var/ остаются"

run:
	@$(ENVIRONMENT) base
	@FOLLOW_PARENT=1 exec $(BIN)/python deploy/start.py

lint:
	@$(ENVIRONMENT) test
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh deploy/lint.sh

test: lint
	$(BIN)/pytest -n $(TEST_PROCESSES) $(COVERAGE) $(ARGS)

bench:
	@$(ENVIRONMENT) test
	$(BIN)/python -m tests.bench $(ARGS)

# Apart from the tests: an audit that could audit nothing must fail, and it needs the network.
audit:
	@$(ENVIRONMENT) base
	@$(BIN)/python deploy/audit.py

lock:
	@$(ENVIRONMENT) base
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(LOCK) requirements/base.in -o requirements/base.txt
	$(LOCK) -c requirements/base.txt requirements/test.in -o requirements/test.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
