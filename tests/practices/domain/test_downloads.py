"""Passport files: built after publication, given out while the practice is public, gone when it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.core import ticks
from portal.core.models import Consent, ConsentText
from portal.vocabularies.enums import Vocabulary
from practices.domain import downloads
from practices.models import PassportFile, PracticeAuthor, PracticePage
from tests.factories.practices import FULL, PracticePageFactory, term

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def stored(media):
    return sorted(path.suffix for path in media.rglob("passports/*"))


@pytest.fixture
def practice(bank, media, committed):
    with committed():
        page = PracticePageFactory(parent=bank, slug="stepnoy", live=False, **FULL)
        page.save_revision().publish()
    return PracticePage.objects.get(pk=page.pk)


def get(client, kind="pdf"):
    return client.get(f"/practices/stepnoy/passport.{kind}")


def test_publication_builds_both_files(client, practice, media):
    assert stored(media) == [".docx", ".pdf"]
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = get(client, kind)
        assert response.status_code == 200
        assert b"".join(response.streaming_content).startswith(start)
        assert "attachment" in response["Content-Disposition"]


def test_the_stored_file_has_no_address_of_its_own(client, practice):
    name = PassportFile.objects.get(kind="pdf").file.name
    assert client.get(f"/media/{name}").status_code == 404


def test_an_unpublished_practice_gives_no_file_and_leaves_none_behind(client, practice, media, committed):
    with committed():
        practice.unpublish()
    assert get(client).status_code == 404
    assert stored(media) == []
    with committed():
        PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    assert get(client).status_code == 200


def test_a_deleted_practice_leaves_no_file_behind(client, practice, media, committed):
    with committed():
        practice.delete()
    assert stored(media) == []


def test_files_of_hidden_practices_are_not_given(client, siblings):
    for page in siblings.hidden:
        assert client.get(f"/practices/{page.slug}/passport.pdf").status_code == 404


def test_a_missing_file_is_promised_and_ordered(client, practice, committed):
    PassportFile.objects.all().delete()
    with committed():
        response = get(client)
    assert (response.status_code, response["Retry-After"]) == (202, "10")
    assert "готовится" in response.content.decode()
    assert get(client).status_code == 200


def test_a_moved_portal_builds_its_files_anew(client, practice, committed, settings):
    before = set(PassportFile.objects.values_list("file", flat=True))
    settings.SITE_URL = "https://portal.example.org"
    with committed():
        assert get(client).status_code == 202
    assert get(client).status_code == 200
    assert not before & set(PassportFile.objects.values_list("file", flat=True))


def test_a_crowd_asking_for_a_missing_file_orders_it_once(client, practice, monkeypatch):
    PassportFile.objects.all().delete()
    orders = []
    monkeypatch.setattr(downloads, "order", orders.append)
    for _ in range(5):
        assert get(client).status_code == 202
    assert orders == [practice.pk]


def test_an_unchanged_passport_is_not_built_again(practice, committed):
    before = set(PassportFile.objects.values_list("pk", "file"))
    assert len(before) == 2
    with committed():
        PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    assert set(PassportFile.objects.values_list("pk", "file")) == before
    with committed():
        page = PracticePage.objects.get(pk=practice.pk)
        page.goal = "Другая цель."
        page.save_revision().publish()
    assert not before & set(PassportFile.objects.values_list("pk", "file"))


def test_a_withdrawn_consent_takes_the_name_out_of_the_files(practice, committed):
    text = ConsentText.objects.filter(purpose="distribution").first() or ConsentText.objects.create(
        purpose="distribution", version=1, title="Согласие", body="<p>Текст</p>"
    )
    consent = Consent.objects.create(text=text, text_digest="0", person="Автор Примерный", fields=["name"])
    PracticeAuthor.objects.create(
        page=practice, position=term(Vocabulary.POSITION, "vospitatel"), name="Автор Примерный", consent=consent
    )
    with committed():
        PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    named = set(PassportFile.objects.values_list("digest", flat=True))
    with committed():
        consent.withdrawn_at = timezone.now()
        consent.save()
    assert not named & set(PassportFile.objects.values_list("digest", flat=True))
    assert PassportFile.objects.count() == 2


def test_a_consent_that_ran_out_is_noticed_by_the_nightly_duty(client, practice, committed):
    text = ConsentText.objects.filter(purpose="distribution").first() or ConsentText.objects.create(
        purpose="distribution", version=1, title="Согласие", body="<p>Текст</p>"
    )
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    consent = Consent.objects.create(text=text, text_digest="0", person="Автор Примерный", fields=["name"])
    PracticeAuthor.objects.create(
        page=practice, position=term(Vocabulary.POSITION, "vospitatel"), name="Автор Примерный", consent=consent
    )
    with committed():
        PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    named = set(PassportFile.objects.values_list("digest", flat=True))
    Consent.objects.filter(pk=consent.pk).update(valid_until=yesterday)
    PassportFile.objects.update(made_at=timezone.now() - dt.timedelta(days=3))
    assert get(client).status_code == 202  # before the duty: nobody reads the name past midnight
    assert "practices.domain.downloads.renew_after_expired_consents" in {tick.name for tick in ticks.registered()}
    with committed():
        assert downloads.renew_after_expired_consents() == 1
    assert not named & set(PassportFile.objects.values_list("digest", flat=True))
