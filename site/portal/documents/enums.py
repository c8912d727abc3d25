"""Closed lists of the library of documents."""

from __future__ import annotations

SECTION_URL = "/documents/"
IN_FORCE, VOID = "in_force", "void"  # values of the filter `state`
STATES = {IN_FORCE: "Действуют", VOID: "Не действуют"}
FACETS = {"kind": "Вид", "state": "Действие", "year": "Год", "issuer": "Кто издал", "tag": "Тема"}
NEW, OLD, TITLE = "new", "old", "title"
SORTS = {NEW: "сначала новые", OLD: "сначала старые", TITLE: "по названию"}
