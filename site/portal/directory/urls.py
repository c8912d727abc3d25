"""Public pages of the registry: the same for everybody; they stand above the page tree."""

from __future__ import annotations

from django.urls import path

from portal.core.pagecache import public_page
from portal.directory.views import municipalities, organisations, topics

urlpatterns = [
    path("practices/topics/", public_page(topics.topic_index), name="topics"),
    path("practices/topics/<slug:slug>/", public_page(topics.topic), name="topic"),
    path("organisations/", public_page(organisations.organisation_list), name="organisations"),
    path("organisations/export.<slug:fmt>", organisations.export, name="organisation_export"),
    path("organisations/<slug:slug>/", public_page(organisations.organisation), name="organisation"),
    path("municipalities/", public_page(municipalities.municipality_list), name="municipalities"),
    path("municipalities/<slug:slug>/", public_page(municipalities.municipality), name="municipality"),
]
