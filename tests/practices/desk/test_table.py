"""The office's table of submissions: who sees it, what it says, how it is narrowed, taken away and done in bulk."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from practices.domain.checklist import FORMAL_CHECK
from practices.models import PracticeSubmission
from tests.factories.submissions import make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(client, user, name="practice_desk", **query):
    client.force_login(user)
    return client.get(reverse(name), query)


def table(client, user, **query):
    return page(client, user, "practice_desk_results", **query).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("moderator", 200),
        ("admin", 200),
        ("editor", 404),
        ("news_editor", 404),
        ("mouo", 404),
        ("author", 404),
        ("stranger", 404),
    ],
)
def test_the_table_exists_for_the_office_alone(client, people, who, status):
    assert page(client, getattr(people, who)).status_code == status


def test_a_row_says_what_who_and_until_when(client, people, sent, late):
    sent.moderator = people.moderator2
    sent.save()
    body = table(client, people.moderator)
    for words in (sent.number, "Огород на подоконнике", people.ours.short_name, "Формальная проверка", "ещё 5 дней"):
        assert words in body
    assert "просрочено: редакция, с" in body
    assert "moderator2@example.org" in body


def test_drafts_are_a_number_and_nothing_else(client, people):
    make_submission(people.ours, people.author, title="Тайный черновик")
    for who in (people.moderator, people.admin):
        body = page(client, who).content.decode()
        assert "Тайный черновик" not in body
        assert "Ещё 1 черновик организации пишут" in body


@pytest.mark.parametrize("asked", ["огород", "ПОДОКОННИКЕ огород", "пр-2026", "ОГОРОД"])
def test_search_finds_by_number_and_words_whatever_their_case(client, people, sent, late, asked):
    body = table(client, people.moderator, q=asked)
    assert "Огород на подоконнике" in body


def test_search_goes_by_the_organisation_too(client, people, sent, late):
    body = table(client, people.moderator, q=people.theirs.short_name.upper())
    assert "Метеостанция" in body
    assert "Огород" not in body


def test_filters_narrow_the_table(client, people, sent, late):
    assert "Огород" not in table(client, people.moderator, late="true")
    assert "Метеостанция" not in table(client, people.moderator, late="false")
    assert "Метеостанция" not in table(client, people.moderator, organisation=people.ours.pk)
    town = people.theirs.municipality_id
    assert "Огород" not in table(client, people.moderator, organisation__municipality=town)
    assert "Огород" not in table(client, people.moderator, status="rejected")
    assert "Огород" in table(client, people.moderator, moderator="null")
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"
    assert "Огород" not in table(client, people.moderator, sent_at_from=tomorrow)


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_do_not_grow_with_rows(client, people, count, django_assert_max_num_queries):
    now = timezone.now()
    PracticeSubmission.objects.bulk_create(
        PracticeSubmission(
            title=f"Практика {number}",
            organisation=people.ours if number % 2 else people.theirs,
            moderator=people.moderator,
            status="formal_check",
            number=f"ПР-2026-{number}",
            sent_at=now,
            status_since=now,
            due_at=now,
        )
        for number in range(count)
    )
    client.force_login(people.moderator)
    client.get(reverse("practice_desk_results"))
    with django_assert_max_num_queries(9):
        client.get(reverse("practice_desk_results"))


def test_the_file_has_no_contacts_unless_asked_for_and_the_journal_keeps_who_asked(client, people, sent):
    sent.contact_email = "lichnaya@example.org"
    sent.save()

    def cells(**query):
        answer = page(client, people.moderator, export="xlsx", **query)
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        return [cell for row in book.active.iter_rows(values_only=True) for cell in row]

    plain = cells()
    assert sent.number in plain
    assert "lichnaya@example.org" not in plain
    assert not ModelLogEntry.objects.filter(action="practices.export_contacts").exists()
    assert "lichnaya@example.org" in cells(contacts="1")
    assert ModelLogEntry.objects.get(action="practices.export_contacts").user == people.moderator


def bulk(client, user, action, submissions, **data):
    client.force_login(user)
    ids = "&".join(f"id={one.pk}" for one in submissions)
    address = f"/admin/bulk/practices/practicesubmission/{action}/?{ids}&next={reverse('practice_desk')}"
    return client.get(address), (lambda: client.post(address, data, follow=True).content.decode())


def test_only_whole_checks_pass_in_bulk_and_the_refused_are_named(client, people, checked, late):
    asked, press = bulk(client, people.moderator, "pass_check", [checked, late])
    body = asked.content.decode()
    assert "Проверка пройдена: 1 заявка" in body
    assert "Метеостанция" in body
    assert "Не отмечено в формальной проверке" in body
    assert "Принято: 1 заявка." in press()
    checked.refresh_from_db()
    late.refresh_from_db()
    assert (checked.status, late.status) == ("accepted", "formal_check")


def test_submissions_are_taken_over_and_handed_on_in_bulk(client, people, sent, late):
    asked, press = bulk(client, people.moderator, "take_over", [sent, late])
    assert "Взять себе: 2 заявки" in asked.content.decode()
    press()
    assert set(PracticeSubmission.objects.values_list("moderator", flat=True)) == {people.moderator.pk}
    _asked, press = bulk(client, people.moderator, "assign", [sent], moderator=people.moderator2.pk)
    press()
    sent.refresh_from_db()
    assert sent.moderator == people.moderator2


def test_terms_are_extended_in_bulk_with_a_reason(client, people, sent, late):
    day = timezone.localdate() + timedelta(days=40)
    _asked, press = bulk(
        client, people.moderator, "extend_term", [sent, late], day=f"{day:%d.%m.%Y}", reason="Праздники"
    )
    press()
    late.refresh_from_db()
    assert timezone.localdate(late.due_at) == day
    assert late.records.get(action="extend").comment == "Праздники"


def test_one_message_goes_to_several_authors(client, people, sent, late):
    _asked, press = bulk(client, people.moderator, "write", [sent, late], text="Ждём вас на вебинаре.")
    press()
    assert sent.messages.get().text == late.messages.get().text == "Ждём вас на вебинаре."


@pytest.mark.parametrize("who", ["editor", "news_editor", "author"])
def test_nobody_but_the_office_does_anything_in_bulk(client, people, checked, who):
    asked, press = bulk(client, getattr(people, who), "pass_check", [checked])
    assert asked.status_code in {302, 404}
    press()
    checked.refresh_from_db()
    assert checked.status == "formal_check"


def test_the_own_organisation_is_left_alone_in_bulk(client, people, checked):
    people.moderator.memberships.create(organisation=people.ours, role="author")
    asked, _press = bulk(client, people.moderator, "pass_check", [checked])
    assert "вы состоите в её организации" in asked.content.decode()


def test_editors_have_the_list_of_accepted_ones(client, people, checked, late):
    checked.status = "accepted"
    checked.save()
    body = page(client, people.editor, "practice_pages_to_make").content.decode()
    assert "Огород на подоконнике" in body
    assert "Создать страницу" in body
    assert "Метеостанция" not in body
    assert page(client, people.moderator, "practice_pages_to_make").status_code == 404


def test_the_first_screen_counts_what_waits(client, people, checked, late):
    client.force_login(people.moderator)
    body = client.get("/admin/").content.decode()
    assert "Заявки ждут проверки" in body
    assert "Заявки просрочены" in body
    assert f'href="{reverse("practice_desk")}"' in body or "Заявки" in body


def test_a_draft_cannot_be_reached_in_bulk(client, people):
    draft = make_submission(people.ours, people.author, checklist=dict.fromkeys(FORMAL_CHECK, True))
    asked, _press = bulk(client, people.admin, "write", [draft])
    assert "Мини-музей" not in asked.content.decode()
