"""Files of open data: data, passports, structures, the registry of sets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import etag

from portal.core import versions
from portal.core.exports import Column, export_response
from portal.opendata.domain.passports import FORMATS, TITLES, DataSet, data_sets
from portal.opendata.views.pages import META

_PAIR = (Column("Свойство", "property"), Column("Наименование", "label"), Column("Значение", "value"))
_FIELD = (
    Column("Поле", "key", key="name"),
    Column("Наименование", "title"),
    Column("Тип", "kind", key="type"),
    Column("Описание", "meaning", key="description"),
)
_SET = (
    Column("Идентификатор", "identifier"),
    Column("Наименование набора", "title"),
    Column("Описание", "description"),
    Column("Версия структуры", "schema_version"),
    Column("Дата последнего изменения", "modified"),
    Column("Паспорт", "passport", kind="url"),
    *(Column(f"Данные, {fmt.upper()}", f"data_{fmt}", kind="url") for fmt in FORMATS),
)


def _mark(request: HttpRequest, **place: str) -> str:
    """The ETag of a file: the same while nothing is published and the day, which states of rows hang on, lasts."""
    told = f"{versions.current()}:{timezone.localdate()}:{sorted(place.items())}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the answer an ETag and let caches keep it as long as it holds; files stay out of search engines."""

    def wrapped(request: HttpRequest, **place: str) -> HttpResponseBase:
        response = etag(_mark)(view)(request, **place)
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@_public
def data(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """Give the rows of a set as a file. Raises Http404 for an unknown set or format."""
    found = _find(slug, fmt, FORMATS)
    return _file(fmt, found.title, found.source.columns, found.source.rows())


@_public
def passport(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """Give the passport of a set as pairs. Raises Http404 for an unknown set or format."""
    found = _find(slug, fmt, META)
    rows = [{"property": name, "label": TITLES[name], "value": value} for name, value in found.passport().items()]
    return _file(fmt, f"Паспорт. {found.title}", _PAIR, rows)


@_public
def structure(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """Give the fields of a set with their meanings. Raises Http404 for an unknown set or format."""
    found = _find(slug, fmt, META)
    return _file(fmt, f"Структура. {found.title}", _FIELD, found.fields)


@_public
def registry(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Give the list of all sets. Raises Http404 for an unknown format."""
    if fmt not in META:
        raise Http404
    rows = [
        {**found.passport(), "passport": settings.SITE_URL + reverse("opendata_passport", args=[found.slug, "json"])}
        for found in data_sets().values()
    ]
    return _file(fmt, "Реестр наборов открытых данных", _SET, rows)


def _find(slug: str, fmt: str, formats: Iterable[str]) -> DataSet:
    found = data_sets().get(slug)
    if found is None or fmt not in formats:
        raise Http404
    return found


def _file(fmt: str, name: str, columns: Iterable[Column], rows: Iterable[Any]) -> HttpResponseBase:
    return export_response(fmt, name, tuple(columns), rows)  # type: ignore[arg-type]
