"""Journey 12: a person takes the consent back, and what was shown under it is nowhere any more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.core import privacy
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose
from practices.domain.downloads import build_passport
from practices.models import PassportFile
from tests.factories.submissions import make_submission
from tests.practices.publication.conftest import NAME

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def body(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "ignore")


@pytest.fixture
def page(client, way, committed):
    """The published practice with its author named, its files built."""
    with committed():
        way.published()
    build_passport.func(way.page.pk)
    return way.page


def addresses(page):
    """Every address that shows something of the practice."""
    return [
        f"/practices/{page.slug}/",
        f"/practices/{page.slug}/passport.docx",
        f"/practices/{page.slug}/passport.pdf",
        "/practices/",
        "/practices/feed/",
        "/practices/export.csv",
        "/api/v1/practices",
        "/api/v1/search?q=Авторова",
        "/api/v1/suggest?q=Авторова",
        "/search/?q=Авторова",
        "/practices/?q=Авторова",
        f"/organisations/{page.organisation.slug}/",
        "/sitemap-pages.xml",
    ]


def test_the_name_is_gone_from_every_address_that_was_shown_before(client, page, committed):
    assert NAME in body(client.get(f"/practices/{page.slug}/"))
    photo = page.photos[0].value["image"].get_rendition("fill-640x480|format-webp").url
    cover = page.cover.get_rendition("fill-400x250|format-webp").url
    assert client.get(photo).status_code == 200
    old = [row.file.name for row in PassportFile.objects.all()]
    with committed():
        privacy.withdraw_consent(Consent.objects.get(person=NAME, text__purpose=ConsentPurpose.DISTRIBUTION))
    for address in addresses(page):
        answer = client.get(address)
        assert answer.status_code in {200, 202}, address
        assert NAME not in body(answer), address
        assert "Авторова" not in body(answer).replace("q=Авторова", "").replace('value="Авторова"', "").replace(
            "«Авторова»", ""
        ) or address.endswith("Авторова"), address
    assert "автор скрыл имя" in body(client.get(f"/practices/{page.slug}/"))
    assert client.get(photo).status_code == 404  # a person who took it back may be on it
    assert client.get(cover).status_code == 200  # things without people
    storage = PassportFile._meta.get_field("file").storage
    assert not any(storage.exists(name) for name in old)


def test_files_are_built_anew_without_the_name_and_the_page_stays(client, page, committed):
    with committed():
        privacy.withdraw_consent(Consent.objects.get(person=NAME, text__purpose=ConsentPurpose.DISTRIBUTION))
    build_passport.func(page.pk)
    assert PassportFile.objects.filter(page=page).count() == 2
    assert client.get(f"/practices/{page.slug}/passport.pdf").status_code == 200


def test_a_consent_that_did_not_open_the_picture_leaves_pictures_alone(client, page, committed):
    consent = Consent.objects.get(person=NAME, text__purpose=ConsentPurpose.DISTRIBUTION)
    Consent.objects.filter(pk=consent.pk).update(fields=["name"])
    photo = page.photos[0].value["image"].get_rendition("fill-640x480|format-webp").url
    with committed():
        privacy.withdraw_consent(consent)
    assert client.get(photo).status_code == 200


def test_a_page_with_a_hidden_name_may_still_be_published_by_its_editor(page, people, committed):
    with committed():
        privacy.withdraw_consent(Consent.objects.get(person=NAME, text__purpose=ConsentPurpose.DISTRIBUTION))
        draft = page.get_latest_revision_as_object()
        draft.seo_title = "Для поиска"
        draft.save_revision(user=people.editor).publish(user=people.editor)
    page.refresh_from_db()
    assert page.seo_title == "Для поиска"


def test_whoever_closes_the_account_is_offered_the_drafts_first(client, people, committed, media):
    make_submission(people.ours, people.author, title="Мой недописанный черновик", goal="Цель черновика")
    make_submission(people.ours, people.colleague, title="Чужой черновик")
    consent = privacy.give_consent(ConsentPurpose.ACCOUNT, user=people.author, address=None, basis="вход")
    client.force_login(people.author)
    address = reverse("practice_drafts_text")
    withdraw = reverse("withdraw_consent", args=[consent.pk])
    assert address in client.get(withdraw).content.decode()
    answer = client.get(address)
    text = answer.content.decode()
    assert "МОЙ НЕДОПИСАННЫЙ ЧЕРНОВИК" in text
    assert "Цель черновика" in text
    assert "Чужой" not in text
    with committed():
        client.post(withdraw)
    people.author.refresh_from_db()
    assert not people.author.is_active
    assert client.get(address).status_code == 302
