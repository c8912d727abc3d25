"""The criteria of expertise as anyone may read them: titles, weights, what the ends of the scale look like."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from practices.form_spec import CRITERIA

_FILE = Path(__file__).parent.parent / "reference" / "criteria.yaml"


@dataclass(frozen=True)
class Criterion:
    """One criterion: `weight` of a hundred, words for three points and for none."""

    title: str
    weight: int
    whole: str
    none: str


@functools.cache
def criteria() -> tuple[Criterion, ...]:
    """Return all criteria in their order; their weights make a hundred."""
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(Criterion(title, **rows[code]) for code, title in CRITERIA.items())
