"""A draft of a kindergarten, its author, and an empty private storage."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages

from practices.models import SubmissionFile
from tests.factories.practices import OrganisationFactory
from tests.factories.submissions import make_member, make_submission


@pytest.fixture
def private(tmp_path, settings, monkeypatch):
    """An empty place for private files, gone after the test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "portal.files.storage.PortalFileStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }
    monkeypatch.setattr(SubmissionFile._meta.get_field("file"), "storage", storages["private"])
    return tmp_path / "private"


@pytest.fixture
def kindergarten(home):
    return OrganisationFactory()


@pytest.fixture
def author(kindergarten):
    return make_member(kindergarten, "author@example.org", first_name="Мария", last_name="Образцова")


@pytest.fixture
def draft(kindergarten, author):
    return make_submission(kindergarten, author)
