"""The list of documents as its template shows it, and its exports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from portal.core import faceted
from portal.core.exports import FORMATS, Column, export_response
from portal.core.facet_panel import FacetPanel
from portal.core.listing import address, page_links, plural
from portal.documents.domain import library
from portal.documents.domain.library import Entry
from portal.documents.domain.rows import rows
from portal.documents.enums import FACETS, SECTION_URL, SORTS, STATES
from portal.documents.forms import DocumentListForm
from search.text import sort_key

PER_PAGE = 20
SELECTS = {"issuer": "Все организации", "tag": "Все темы"}

COLUMNS = (
    Column("Название", "title"),
    Column("Вид", "kind_label", key="kind"),
    Column("Номер", "number"),
    Column("Дата", "date", kind="date"),
    Column("Кто издал", "issuer_label", key="issuer"),
    Column("Действует", "is_in_force", key="in_force"),
    Column("Не действует с", "void_since", kind="date"),
    Column("Кратко", "summary"),
    Column("Темы", "tag_labels", key="tags"),
    Column("Файлы", lambda entry: [f"{file.title} ({file.kind})" for file in entry.files], key="files"),
    Column("Адрес", lambda entry: settings.SITE_URL + entry.url, kind="url", key="url"),
)


def document_list(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the list for the request's filters: rows, facets, chips, order, pages, exports."""
    entries = library.library()
    labels = labels_of(entries)
    form = DocumentListForm(request.GET, labels)
    filters, params = form.filters, form.params
    found = library.in_order(faceted.select(entries, filters), form.sort)
    links = page_links(SECTION_URL, params, number=form.cleaned_data["page"], total=len(found), per_page=PER_PAGE)
    panel = FacetPanel(SECTION_URL, FACETS, labels, words_for, SELECTS)
    return {
        "query": filters.query,
        "rows": rows(found[links.start : links.stop]),
        "links": links,
        "total_words": words_for(len(found)),
        "everything": len(entries) if len(entries) != len(found) else 0,
        "facets": list(panel.facets(filters, faceted.counts(entries, FACETS, filters))),
        "filters": list(panel.chips(filters, params)),
        "sorts": [{"value": value, "label": label, "checked": value == form.sort} for value, label in SORTS.items()],
        "kept": [{"name": name, "value": value} for name, value in params if name != "q"],
        "empty": None if found else _empty(panel, form, entries),
        "action_url": SECTION_URL,
        "canonical": settings.SITE_URL
        + address(SECTION_URL, [("page", str(links.number))] if links.number > 1 and not params else []),
        "noindex": bool(params),
        "exports": [
            {"label": fmt.upper(), "url": address(reverse("document_export", args=[fmt]), params)} for fmt in FORMATS
        ],
    }


def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Give the documents of the list's address as a file. Raises Http404 for an unknown format."""
    if fmt not in FORMATS:
        raise Http404
    entries = library.library()
    form = DocumentListForm(request.GET, labels_of(entries))
    found = library.in_order(faceted.select(entries, form.filters), form.sort)
    return export_response(fmt, "Документы", COLUMNS, found)  # type: ignore[arg-type]


def words_for(number: int) -> str:
    """«12 документов»."""
    return f"{number} {plural(number, 'документ', 'документа', 'документов')}"


def labels_of(entries: list[Entry]) -> dict[str, dict[str, str]]:
    """Words for the values in use, by facet: kinds and issuers in alphabetical order, years from the last."""
    kinds = {entry.kind: entry.kind_label for entry in entries}
    issuers = {entry.issuer: entry.issuer_label for entry in entries}
    tags = {slug: name for entry in entries for slug, name in zip(entry.tags, entry.tag_labels, strict=True)}
    return {
        "kind": _sorted(kinds),
        "state": STATES,
        "year": {year: year for year in sorted({str(entry.date.year) for entry in entries}, reverse=True)},
        "issuer": _sorted(issuers),
        "tag": _sorted(tags),
    }


def _sorted(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda item: sort_key(item[1])))


def _empty(panel: FacetPanel, form: DocumentListForm, entries: list[Entry]) -> dict[str, Any]:
    if not form.params:
        return {"title": "Здесь пока нет документов", "text": "Их публикует редакция портала."}
    return panel.nothing_found(
        form.filters, form.params, faceted.relief(entries, form.filters), "Показать все документы"
    )
