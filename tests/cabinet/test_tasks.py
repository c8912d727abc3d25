"""The first page of the cabinet: what, for what, by when; who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core import cabinet

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def expected(monkeypatch):
    """What rooms expect of everybody, in place of what they really do."""
    tasks = []
    monkeypatch.setattr(cabinet, "_sources", {"test": lambda user: tasks})
    return tasks


def test_cabinet_asks_to_sign_in_and_leads_back(client, db):
    assert client.get("/cabinet/").url == "/accounts/login/?next=/cabinet/"


def test_cabinet_is_private_and_kept_by_no_cache(come, person):
    answer = come(person).get("/cabinet/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_task_says_what_for_what_and_by_when(come, person, expected):
    due = timezone.now() + timedelta(days=6)
    expected.append(cabinet.Todo("Ответить на замечания", "/cabinet/x/", "«Сенсорный маршрут»", due, count=4))
    page = come(person).get("/cabinet/").content.decode()
    assert "Ответить на замечания: 4" in page
    assert "«Сенсорный маршрут»" in page
    assert "по волгоградскому времени" in page
    assert "Осталось 6 дней." in page


def test_task_past_its_term_says_so(come, person, expected):
    expected.append(cabinet.Todo("Ответить", "/cabinet/x/", due=timezone.now() - timedelta(hours=1)))
    assert "Срок прошёл." in come(person).get("/cabinet/").content.decode()


def test_nearest_term_stands_first_and_tasks_without_one_last(come, person, expected):
    now = timezone.now()
    expected += [
        cabinet.Todo("Без срока", "/cabinet/c/"),
        cabinet.Todo("Через неделю", "/cabinet/b/", due=now + timedelta(days=7)),
        cabinet.Todo("Завтра", "/cabinet/a/", due=now + timedelta(days=1)),
    ]
    page = come(person).get("/cabinet/").content.decode()
    assert page.index("Завтра") < page.index("Через неделю") < page.index("Без срока")


def test_nobody_waits_and_the_page_says_what_comes_here(come, person, expected):
    assert "Сейчас от вас ничего не ждут" in come(person).get("/cabinet/").content.decode()


def test_menu_marks_the_open_section_and_hides_what_is_no_business_of_the_person(come, person, monkeypatch):
    sections = {
        "tasks": cabinet.Section("tasks", "Мои задачи", "cabinet", lambda user: True, order=0),
        "secret": cabinet.Section("secret", "Чужой раздел", "cabinet", lambda user: False),
    }
    monkeypatch.setattr(cabinet, "_sections", sections)
    page = come(person).get("/cabinet/").content.decode()
    assert '<a href="/cabinet/" aria-current="page">Мои задачи' in page
    assert "Чужой раздел" not in page
