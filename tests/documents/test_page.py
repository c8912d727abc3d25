"""The page of a document: its requisites, files, force, and the documents before and after it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from portal.documents.models import DocumentIndexPage, DocumentPage
from tests.factories.documents import DocumentPageFactory, attach

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def section():
    return DocumentIndexPage.objects.get()


@pytest.fixture
def old(section):
    return DocumentPageFactory(parent=section, title="Прежнее положение", date=dt.date(2021, 1, 1))


def new_document(section, old, **values):
    values = {"title": "Новое положение", "number": "5", "date": dt.date(2022, 2, 1), "replaces": old, **values}
    page = DocumentPageFactory.build(parent=None, live=False, **values)
    page.slug = "novoe-polozhenie"
    return section.add_child(instance=page)


def shown(client, page):
    return client.get(f"/documents/{page.slug}/")


def test_page_shows_requisites_files_and_topics(client, section, media):
    page = DocumentPageFactory(parent=section, number="12-о", date=dt.date(2022, 3, 3))
    attach(page, label="Приложение 1", data=b"x" * 2048)
    attach(page, name="skan.pdf", scan_only=True)
    body = shown(client, page).content.decode()
    assert "№ 12-о от 3 марта 2022" in body
    assert "Приложение 1" in body
    assert "PDF, 2,0\xa0КБ" in body
    assert "скан без текста" in body


def test_files_of_a_public_document_are_open_and_those_of_a_draft_are_not(client, section, media):
    public, draft = DocumentPageFactory(parent=section), DocumentPageFactory(parent=section)
    opened, closed = attach(public), attach(draft, name="chernovik.pdf")
    draft.unpublish()
    assert client.get(opened.url).status_code == 200
    assert client.get(closed.url).status_code == 404


def test_publishing_a_replacement_makes_the_old_one_void(client, section, old):
    page = new_document(section, old)
    assert DocumentPage.objects.get(pk=old.pk).is_in_force
    page.save_revision().publish()
    old.refresh_from_db()
    assert old.void_since == dt.date(2022, 2, 1)
    assert old.void_reason == "Заменён: Новое положение, № 5 от 1 февраля 2022"
    body = shown(client, old).content.decode()
    assert "Не действует с 1 февраля 2022" in body
    assert 'Вместо него: <a href="/documents/novoe-polozhenie/">Новое положение</a>' in body
    assert "Прежнее положение" in shown(client, page).content.decode()


def test_draft_of_the_old_document_keeps_its_words_and_stays_void(section, old):
    old.title = "Прежнее положение, правка"
    old.save_revision()
    new_document(section, old).save_revision().publish()
    old.refresh_from_db()
    assert (old.title, old.is_in_force) == ("Прежнее положение", False)
    old.get_latest_revision().publish()
    old.refresh_from_db()
    assert (old.title, old.is_in_force) == ("Прежнее положение, правка", False)


def test_a_date_given_by_hand_and_an_editor_who_says_no_are_respected(section, old):
    kept = DocumentPageFactory(parent=section, date=dt.date(2020, 1, 1), void_since=dt.date(2020, 6, 1))
    page = new_document(section, old, voids_replaced=False)
    page.save_revision().publish()
    page.replaces, page.voids_replaced = kept, True
    page.save_revision().publish()
    old.refresh_from_db()
    kept.refresh_from_db()
    assert old.is_in_force
    assert kept.void_since == dt.date(2020, 6, 1)


def test_an_unpublished_successor_is_not_named(client, section, old):
    page = new_document(section, old)
    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()
    body = shown(client, old).content.decode()
    assert "Не действует" in body
    assert "Вместо него" not in body


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"issuer_name": ""}, "issuer"),
        ({"date": dt.date(2023, 1, 1), "void_since": dt.date(2022, 1, 1)}, "void_since"),
        ({"date": dt.date(2020, 1, 1)}, "replaces"),
    ],
)
def test_faulty_document_is_refused_in_words(section, old, values, field):
    with pytest.raises(ValidationError) as refused:
        new_document(section, old, **values).full_clean()
    assert field in refused.value.error_dict


def test_documents_do_not_replace_each_other_in_a_circle(section, old):
    page = new_document(section, old, date=old.date)
    old.replaces = page
    with pytest.raises(ValidationError, match="круг"):
        old.full_clean()


def test_document_proves_items_on_its_own_date(section, old):
    assert old.evidence_on() == dt.date(2021, 1, 1)


def test_editor_finds_documents_by_force_and_scan(admin_client, section, old, media):
    scanned = DocumentPageFactory(
        parent=section, title="Скан", void_since=dt.date(2022, 12, 31), date=dt.date(2022, 1, 1)
    )
    attach(scanned, scan_only=True)
    listing = "/admin/official-documents/"
    for query, there, absent in (
        ("state=in_force", old, scanned),
        ("state=void", scanned, old),
        ("scan=scan", scanned, old),
    ):
        body = admin_client.get(f"{listing}?{query}").content.decode()
        assert there.title in body
        assert f"/admin/pages/{absent.pk}/edit/" not in body
