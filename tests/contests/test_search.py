"""Contests in the search: by every name of theirs, and two that sound alike stay two."""

from __future__ import annotations

import pytest

from contests.models import ContestSeries
from tests.factories.contests import ContestPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def edition(slug, title):
    page = ContestPageFactory(series=ContestSeries.objects.get(slug=slug), title=title, year=2022)
    page.save_revision().publish()
    return page


@pytest.fixture
def alike():
    return edition("vospitatel-goda", "Имя победителя"), edition("vospitateli-rossii", "Семь номинаций")


def found(client, query):
    rows = client.get("/search/", {"q": query, "type": "contests"}).context["rows"]
    return [str(row["title"]).replace("<mark>", "").replace("</mark>", "") for row in rows]


def test_contest_is_found_by_its_names_though_its_title_has_none_of_them(client, alike):
    assert found(client, "воспитатели россии")[0] == "Семь номинаций"
    assert found(client, "воспитатель года")[0] == "Имя победителя"
    assert found(client, "ДОО года") == []


def test_a_new_name_in_the_register_is_searched_at_once(client, alike, django_capture_on_commit_callbacks):
    series = ContestSeries.objects.get(slug="vospitatel-goda")
    series.aliases = "Хрустальная росянка"
    with django_capture_on_commit_callbacks(execute=True):
        series.save()
    assert found(client, "росянка") == ["Имя победителя"]
