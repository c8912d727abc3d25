#!/bin/sh
# Every check of the code that needs no test run; stops at the first that fails.
set -eu
step() { echo "== $*"; "$@"; }
step ruff check .
step ruff format --check .
step djlint --lint --quiet templates
PYTHONPATH=.:site step lint-imports
step mypy
step python manage.py makemigrations --check --dry-run
