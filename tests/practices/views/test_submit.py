"""«Подать практику»: what anyone may know before beginning, and the blank form."""

from __future__ import annotations

import datetime as dt
import gzip
import io

import docx
import pytest
import time_machine
from django.utils import timezone

from portal.core.models import PortalSettings
from portal.intake.models import IntakeWindow
from practices.domain import blank_form, changes
from practices.domain.criteria import criteria
from practices.form_spec import PRACTICE_FORM
from tests.factories.practices import FULL, PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ADDRESS, BLANK = "/practices/submit/", "/practices/submit/form.docx"


def shown(client):
    return client.get(ADDRESS).content.decode()


def test_weights_of_the_criteria_make_a_hundred():
    assert sum(row.weight for row in criteria()) == 100
    assert len(criteria()) == 10


def test_everybody_reads_conditions_criteria_terms_and_whom_to_call(client):
    details = PortalSettings.load()
    details.operator_phone, details.operator_email = "+7 (8442) 00-00-00", "office@example.org"
    details.save()
    html = shown(client)
    for row in criteria():
        assert row.title in html
    for words in (
        "Приём круглый год",
        "около 40 минут",
        "30 дней",
        "10 рабочих дней",
        "tel:+78442000000",
        "office@example.org",
    ):
        assert words in html
    assert "/cabinet/practices/new/" in html


def test_the_best_practice_of_the_bank_is_the_example(client, bank):
    PracticePageFactory(parent=bank, title="Обычная практика", level="presented")
    PracticePageFactory(parent=bank, title="Лучший пример", **FULL)
    html = shown(client)
    assert "Лучший пример" in html
    assert "Обычная практика" not in html


def test_an_intake_with_an_end_names_it_and_a_closed_one_says_so(client, committed):
    now = timezone.now()
    window = IntakeWindow.objects.create(
        procedure="practices", title="Осень", opens_at=now - dt.timedelta(days=1), closes_at=now + dt.timedelta(days=3)
    )
    assert "Приём до" in shown(client)
    window.closes_at = now - dt.timedelta(hours=1)
    with committed():
        window.save()
    html = shown(client)
    assert "Приём закрыт" in html
    assert "/cabinet/practices/new/" not in html


def test_a_window_that_closes_by_itself_renews_the_kept_page(client, clocked_cache, committed):
    now = timezone.now()
    IntakeWindow.objects.create(
        procedure="practices",
        title="Осень",
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(minutes=2),
    )
    changes.turn_windows()
    assert "Приём до" in shown(client)
    with time_machine.travel(now + dt.timedelta(minutes=5)):
        with committed():
            changes.turn_windows()
        assert "Приём закрыт" in shown(client)


def test_page_is_kept_and_fits_the_budget(client, bank, django_assert_max_num_queries):
    for _number in range(3):
        PracticePageFactory(parent=bank, **FULL)
    with django_assert_max_num_queries(10):
        response = client.get(ADDRESS)
    assert len(gzip.compress(response.content, 6)) <= 8 * 1024
    assert "csrfmiddlewaretoken" not in response.content.decode()
    with django_assert_max_num_queries(0):
        assert client.get(ADDRESS).status_code == 200


def test_blank_form_is_built_by_the_worker_and_has_every_question(client, media, committed):
    with committed():
        waiting = client.get(BLANK)
    assert waiting.status_code in {200, 202}
    blank_form.build_blank.func()
    answer = client.get(BLANK)
    document = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
    headings = [part.text for part in document.paragraphs if part.style.name == "Heading 3"]
    asked = [one.label for step in PRACTICE_FORM.steps for one in step.fields]
    assert headings == asked
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_new_wording_of_the_form_drops_the_old_file(client, media, monkeypatch):
    blank_form.build_blank.func()
    old = blank_form.stored_name()
    monkeypatch.setattr(blank_form, "LAYOUT", 2)
    assert blank_form.stored_name() != old
    blank_form.build_blank.func()
    assert not blank_form.default_storage.exists(old)
