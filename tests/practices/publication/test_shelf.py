"""After publication: the archive shelf, the permission of the organisation, the yearly confirmation."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Letter
from practices.domain import shelf, updating
from practices.domain.errors import TransitionError
from practices.domain.transitions import perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage, PracticeStanding
from tests.factories.practices import FULL, PracticePageFactory
from tests.factories.submissions import make_member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LISTS = ("/practices/", "/practices/feed/", "/api/v1/practices", "/search/?q=дневник", "/sitemap-pages.xml")


@pytest.fixture
def practice(bank, people, media):
    return PracticePageFactory(
        parent=bank,
        title="Степной дневник",
        slug="stepnoy-dnevnik",
        organisation=people.ours,
        published_on=timezone.localdate() - dt.timedelta(days=700),
        **FULL,
    )


def listed_in(client, page):
    return [address for address in LISTS if page.slug in client.get(address).content.decode()]


def read(client, page):
    return client.get(f"/practices/{page.slug}/")


def test_an_archived_practice_leaves_lists_and_stands_with_the_reason_and_a_link_forward(
    client, people, practice, bank, committed
):
    newer = PracticePageFactory(parent=bank, title="Новая версия дневника", slug="novaya")
    assert "/practices/" in listed_in(client, practice)
    with committed():
        shelf.archive(practice, actor=people.editor, reason="Устарела методика.", successor=newer)
    assert listed_in(client, practice) == []
    answer = read(client, practice)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "В архиве: заменена практикой" in html
    assert 'href="/practices/novaya/"' in html
    assert "Устарела методика." in html
    assert "Дети видят степь" in html
    with committed():
        shelf.restore(practice, actor=people.editor)
    assert "/practices/" in listed_in(client, practice)
    assert "В архиве" not in read(client, practice).content.decode()


def test_archive_and_return_of_a_practice_from_a_submission_go_by_the_table(people, way, committed):
    with committed():
        page = way.published()
    shelf.archive(page, actor=people.editor, reason="Заменена.")
    assert way.submission.status == SubmissionStatus.ARCHIVED
    assert PracticeStanding.objects.get().archive_reason == "Заменена."
    perform(way.submission, "restore", actor=people.editor)
    assert PracticeStanding.objects.get().archived_on is None
    assert way.submission.status == SubmissionStatus.PUBLISHED


def test_the_shelf_needs_a_reason_and_an_editor_of_the_bank(people, practice):
    with pytest.raises(TransitionError, match="Напишите"):
        shelf.archive(practice, actor=people.editor, reason="  ")
    with pytest.raises(TransitionError, match="сама себя"):
        shelf.archive(practice, actor=people.editor, reason="Так", successor=practice)
    for who in (people.moderator, people.author, people.news_editor):
        for verb in (shelf.withdraw_permission, shelf.permit_again, shelf.restore):
            with pytest.raises(PermissionDenied):
                verb(practice, actor=who)


def test_without_permission_a_notice_alone_stands_at_the_address(client, people, way, committed):
    with committed():
        page = way.published()
    latest = way.page
    cover = latest.cover.get_rendition("fill-400x250|format-webp").url
    document = latest.files[0].value["document"].url
    files = [cover, document, f"/practices/{page.slug}/badge.svg"]
    assert {client.get(address).status_code for address in files} == {200}
    with committed():
        shelf.withdraw_permission(page, actor=people.editor)
    answer = read(client, page)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "отозвала разрешение на публикацию" in html
    assert 'content="noindex, follow"' in html
    for words in (page.title, page.goal, page.organisation.name):
        assert words not in html
    closed = [*files, f"/practices/{page.slug}/passport.pdf", f"/practices/{page.slug}/passport.docx"]
    assert {client.get(address).status_code for address in closed} == {404}
    assert listed_in(client, page) == []
    with committed():
        shelf.permit_again(page, actor=people.editor)
    assert page.title in read(client, page).content.decode()


def test_the_organisation_is_asked_once_a_year_and_its_answer_is_on_the_page(client, people, practice, committed):
    with committed():
        assert shelf.ask_for_confirmation() == 1
        assert shelf.ask_for_confirmation() == 0
    (letter,) = Letter.objects.filter(kind="practice_still_done")
    assert letter.to == people.head.email
    address = reverse("practice_confirm", args=[practice.pk])
    assert address in letter.body
    client.force_login(people.head)
    assert client.get(address).status_code == 200
    with committed():
        client.post(address)
    month = timezone.localdate().strftime("%Y")
    assert (
        f"Подтверждена: ноябрь {month}" in read(client, practice).content.decode()
        or "Подтверждена:" in read(client, practice).content.decode()
    )
    client.force_login(people.other)
    assert client.post(address).status_code == 404


def test_without_an_answer_the_page_says_that_it_may_be_out_of_date(client, people, practice, committed):
    shelf.ask_for_confirmation()
    assert "Сведения могли устареть" not in read(client, practice).content.decode()
    with committed():
        PracticeStanding.objects.update(asked_on=timezone.localdate() - dt.timedelta(days=31))
        practice.save_revision().publish()
    assert "Сведения могли устареть" in read(client, practice).content.decode()
    assert "/practices/" in listed_in(client, practice)


def test_practices_without_people_on_the_portal_and_young_ones_are_not_asked_about(bank, people):
    PracticePageFactory(parent=bank, organisation=people.ours, published_on=timezone.localdate())
    PracticePageFactory(parent=bank, published_on=dt.date(2020, 1, 1))
    assert shelf.ask_for_confirmation() == 0


def test_an_update_is_a_confirmation(way, people):
    page = way.published()
    assert PracticeStanding.objects.get(page=page).confirmed_on == timezone.localdate()
    assert updating.start_update(page, actor=people.author).updates_id == page.pk


def test_the_desk_of_a_practice_archives_and_brings_back(client, people, practice, committed):
    client.force_login(people.editor)
    address = reverse("practice_way", args=[practice.pk])
    assert "не из заявки" in client.get(address).content.decode()
    refused = client.post(address, {"act": "archive", "reason": ""})
    assert refused.status_code == 200
    with committed():
        client.post(address, {"act": "archive", "reason": "Устарела."})
    assert PracticeStanding.objects.get().archive_reason == "Устарела."
    with committed():
        client.post(address, {"act": "restore"})
    assert PracticePage.objects.listed().count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_asking_costs_the_same_for_few_and_many_heads(people, practice, django_assert_max_num_queries, number):
    for one in range(number):
        make_member(people.theirs, f"head{one}@example.org", head=True)
    shelf.ask_for_confirmation()
    with django_assert_max_num_queries(2):
        assert shelf.ask_for_confirmation() == 0
