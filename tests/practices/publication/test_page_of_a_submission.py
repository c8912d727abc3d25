"""«Создать страницу»: fields copied once, files that may be shown, nothing public before publication."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse

from portal.files.models import PortalDocument, PortalImage
from portal.organisations.models import Membership
from portal.roadmap.models import Fact
from practices.domain import agreed_text, publication
from practices.domain.errors import TransitionError
from practices.enums import SubmissionStatus
from practices.models import PracticePage, SubmissionFile
from tests.factories.roadmap import make_item, make_test_plan
from tests.practices.publication.conftest import NAME, add_file, jpeg, make_accepted

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_everything_the_author_wrote_is_on_the_page_word_for_word(way, accepted):
    way.make()
    latest = way.page.get_latest_revision_as_object()
    assert agreed_text.text_of(latest) == agreed_text.text_of(accepted)
    assert agreed_text.is_authors_own(accepted, latest)
    assert not way.page.live


def test_authors_come_with_their_consents_and_topics_of_the_dictionary(way, accepted):
    page = way.make()
    (author,) = page.authors.all()
    assert (author.position.slug, author.name, author.public_name) == ("vospitatel", NAME, NAME)
    assert [tag.name for tag in page.get_latest_revision_as_object().tags.all()] == ["Наблюдение"]
    assert publication.proposed_topics(accepted) == ["Новая тема"]


def test_files_are_copied_and_the_signed_sheet_stays_private(way, accepted):
    latest = way.make().get_latest_revision_as_object()
    assert latest.cover_alt == "Подоконник с приборами"
    assert [row.value["alt"] for row in latest.photos] == ["Дети у окна"]
    assert [row.value["title"] for row in latest.files] == ["Дневник погоды"]
    assert PortalDocument.objects.count() == 1
    assert PortalImage.objects.count() == 2
    assert SubmissionFile.objects.count() == 4
    assert latest.cover.file.storage.exists(latest.cover.file.name)


def test_pictures_of_children_without_the_statement_are_not_copied(people, media, bank, way):
    submission = make_accepted(people, photos_children=True)
    page = publication.make_page(submission, actor=people.editor)
    assert len(page.get_latest_revision_as_object().photos) == 0


def test_asked_twice_the_same_page_is_opened(way, accepted, people):
    first = way.make()
    stale = type(accepted).objects.get(pk=accepted.pk)
    stale.page = None
    assert publication.make_page(stale, actor=people.editor).pk == first.pk
    assert PracticePage.objects.count() == 1
    assert PortalImage.objects.count() == 2


def test_a_file_that_cannot_be_read_leaves_neither_page_nor_files(way, accepted, people):
    row = add_file(accepted, "photo", "lost.jpg", jpeg(), alt="Нет файла")
    row.file.storage.delete(row.file.name)
    with pytest.raises(FileNotFoundError):
        way.make()
    assert PracticePage.objects.count() == 0
    assert PortalImage.objects.count() == 0
    assert not [name for folder in _folders("originals") for name in default_storage.listdir(folder)[1]]


def _folders(root):
    if not default_storage.exists(root):
        return []
    return [f"{root}/{name}" for name in default_storage.listdir(root)[0]]


@pytest.mark.parametrize("who", ["author", "head", "moderator", "news_editor", "stranger", "mouo"])
def test_only_editors_of_the_bank_make_pages(people, accepted, who):
    with pytest.raises(PermissionDenied):
        publication.make_page(accepted, actor=getattr(people, who))


def test_an_editor_of_the_own_organisation_does_not(people, accepted):
    Membership.objects.create(user=people.editor, organisation=people.ours, role="author")
    with pytest.raises(PermissionDenied):
        publication.make_page(accepted, actor=people.editor)


def test_a_page_is_made_of_an_accepted_submission_alone(people, accepted):
    type(accepted).objects.filter(pk=accepted.pk).update(status=SubmissionStatus.FORMAL_CHECK)
    with pytest.raises(TransitionError, match="принятой"):
        publication.make_page(accepted, actor=people.editor)


def test_the_button_makes_the_page_and_opens_it_and_the_editor_sees_proposed_topics(client, people, accepted, way):
    client.force_login(people.editor)
    address = reverse("practice_make_page", args=[accepted.public_id])
    answer = client.post(address)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[way.page.pk])
    assert client.post(address).url == answer.url
    html = client.get(answer.url).content.decode()
    assert "Новая тема" in html
    assert accepted.number in html


def test_a_stranger_meets_nothing_at_the_button(client, people, accepted):
    client.force_login(people.news_editor)
    assert client.post(reverse("practice_make_page", args=[accepted.public_id])).status_code == 404


def test_nothing_of_an_unpublished_page_is_public(client, way, accepted, committed):
    with committed():
        page = way.make()
    latest = page.get_latest_revision_as_object()
    cover = latest.cover.get_rendition("fill-400x250|format-webp")
    document = PortalDocument.objects.get()
    closed = [
        page.url,
        f"/practices/{page.slug}/passport.pdf",
        f"/practices/{page.slug}/passport.docx",
        f"/practices/{page.slug}/badge.svg",
        cover.url,
        document.url,
        latest.photos[0].value["image"].get_rendition("fill-400x250").url,
    ]
    assert {address: client.get(address).status_code for address in closed} == dict.fromkeys(closed, 404)
    for address in ("/practices/", "/practices/feed/", "/api/v1/practices", "/search/?q=погоды", "/sitemap-pages.xml"):
        assert page.slug not in client.get(address).content.decode(), address


def test_the_page_proves_item_eleven_of_the_running_plan_once_it_is_published(way, committed):
    today = dt.date.today()
    plan = make_test_plan(starts_on=today - dt.timedelta(days=30), ends_on=today + dt.timedelta(days=30))
    item = make_item(plan, 11, starts_on=today, ends_on=today)
    make_item(plan, 12)
    with committed():
        way.agreed()
    assert not Fact.objects.exists()
    with committed():
        way.publish()
    (fact,) = Fact.objects.all()
    assert (fact.item_id, fact.state, fact.page_id) == (item.pk, "proposed", way.page.pk)
