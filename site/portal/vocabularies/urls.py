"""Addresses of the dictionaries that stand above the admin's own ones."""

from __future__ import annotations

from django.urls import path

from portal.vocabularies.views.topics import offer_topics

urlpatterns = [
    # Wagtail's own answer looks names up by istartswith, which on SQLite does not know Cyrillic of another case.
    path("admin/tag-autocomplete/vocabularies/tag/", offer_topics),
]
