"""The page of open data and the page of each set."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateformat import format as date_format

from portal.core.listing import plural
from portal.opendata.domain.passports import FORMATS, LICENCE, LICENCE_URL, TITLES, data_sets, modified

_HIDDEN = {"identifier", "title", "description", "language", "data_csv", "data_json", "data_xlsx", "structure"}


def index(request: HttpRequest) -> HttpResponse:
    """Show the sets with their files, the registry for programs, the API."""
    sets = [
        {
            "title": found.title,
            "description": found.description,
            "url": reverse("opendata_set", args=[found.slug]),
            "fields": f"{len(found.fields)} {plural(len(found.fields), 'поле', 'поля', 'полей')}",
            "files": [{"label": fmt.upper(), "url": found.url(fmt)} for fmt in FORMATS],
        }
        for found in data_sets().values()
    ]
    context = {
        "sets": sets,
        "modified": modified(),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "canonical": settings.SITE_URL + reverse("opendata"),
    }
    return render(request, "opendata/index.html", context)


def data_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the passport of a set: facts, fields with meanings, files. Raises Http404 for an unknown one."""
    found = data_sets().get(slug)
    if found is None:
        raise Http404
    passport = found.passport()
    context = {
        "set": found,
        "facts": [
            {
                "label": TITLES[name],
                "value": _words(name, value),
                "url": value if value.startswith("http") else "",
            }
            for name, value in passport.items()
            if name not in _HIDDEN
        ],
        "files": [{"label": fmt.upper(), "url": found.url(fmt)} for fmt in FORMATS],
        "passports": [{"label": fmt.upper(), "url": reverse("opendata_passport", args=[slug, fmt])} for fmt in META],
        "structures": [{"label": fmt.upper(), "url": reverse("opendata_structure", args=[slug, fmt])} for fmt in META],
        "canonical": settings.SITE_URL + reverse("opendata_set", args=[slug]),
    }
    return render(request, "opendata/data_set.html", context)


def _words(name: str, value: str) -> str:
    """Return a value of the passport as people read it: addresses without the scheme, the day in words."""
    if name == "modified":
        return date_format(dt.date.fromisoformat(value), "j E Y")
    return value.split("://", 1)[-1] if value.startswith("http") else value


META = ("csv", "json")
