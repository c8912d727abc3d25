"""The page of a practice: what it shows, to whom, and that applicants' text is never markup."""

from __future__ import annotations

import datetime as dt
from html import unescape

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils import WagtailPageTestCase

from portal.core.models import Consent, ConsentText
from portal.vocabularies.enums import Vocabulary
from practices.models import CollectionPage, PracticeAuthor, PracticeIndexPage, PracticePage
from tests.factories.practices import FULL, OrganisationFactory, PracticePageFactory, term

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def shown(client, page):
    response = client.get(f"/practices/{page.slug}/")
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\xa0", " ")


@pytest.fixture
def full(bank):
    owner = OrganisationFactory()
    return PracticePageFactory(
        parent=bank,
        title="Степной дневник",
        organisation=owner,
        municipality=owner.municipality,
        areas=["poznavatelnoe", "rechevoe"],
        ages=["age-5-6", "age-6-7"],
        kinds=["obrazovatelnaya"],
        tags=["Степь"],
        **FULL,
    )


def test_a_whole_passport_is_shown(client, full):
    body = shown(client, full)
    for text in (
        "Познавательное развитие", "5–7 лет", "Лучшая практика, апрель 2022", "34 %", "71 %", "<li>никто не спрашивает</li>",
        "Сформировать интерес", "Выбрать безопасный участок", "Подготовка", "<li>лупы</li>", "Прошло 17 выходов.",
        "Что не получилось", "Подойдёт любой участок", "Два воспитателя", "запасная неделя", "Детский сад «Родничок»",
        "до 10 тысяч рублей", "а не обещание", "С сентября 2020", "Скачать PDF", "/practices/topics/",
    ):  # fmt: skip
        assert text in body, text
    assert "Описание неполное" not in body
    assert "авторский коллектив" in body
    assert 'rel="canonical" href="http://testserver/practices/' in body


def test_a_page_with_nothing_but_a_title_is_shown_and_says_what_is_missing(client, bank):
    body = shown(client, PracticePageFactory(parent=bank, summary=""))
    assert "Описание неполное" in body
    assert "показатели до и после" in body


@pytest.mark.parametrize(
    "field", ["problem", "goal", "results_summary", "replication", "negative", "res_staff", "technologies"]
)
def test_applicants_text_is_escaped_everywhere(client, bank, field):
    evil = '<img src=x onerror=alert(1)> <script>alert("x")</script>'
    page = PracticePageFactory(parent=bank, title=evil, summary=evil, **{field: f"- {evil}\n{evil}"})
    body = client.get(f"/practices/{page.slug}/").content.decode()
    assert "<img src=x" not in body
    assert "<script>alert" not in body


def test_a_name_is_shown_only_while_the_consent_stands(client, full, committed):
    text = ConsentText.objects.filter(purpose="distribution").first() or ConsentText.objects.create(
        purpose="distribution", version=1, title="Согласие", body="<p>Текст</p>"
    )
    consent = Consent.objects.create(text=text, text_digest="0", person="Автор Примерный", fields=["name"])
    PracticeAuthor.objects.create(
        page=full, position=term(Vocabulary.POSITION, "vospitatel"), count=1, name="Автор Примерный", consent=consent
    )
    with committed():
        full.save_revision().publish()
    assert "Автор Примерный" in shown(client, full)
    with committed():
        consent.withdrawn_at = timezone.now()
        consent.save()
    assert "Автор Примерный" not in shown(client, full)
    with committed():
        consent.withdrawn_at, consent.valid_until = None, timezone.localdate() - dt.timedelta(days=1)
        consent.save()
    assert "Автор Примерный" not in shown(client, full)


def test_pages_that_are_not_public_answer_404(client, siblings):
    assert client.get("/practices/stepnoy/").status_code == 200
    draft, _private, _expired, orphan = siblings.hidden
    assert client.get(f"/practices/{draft.slug}/").status_code == 404
    assert client.get(f"/old-bank/{orphan.slug}/").status_code == 404


def test_a_page_takes_few_queries_and_few_bytes(client, full):
    for number in range(8):
        PracticePageFactory(
            parent=full.get_parent(), areas=["poznavatelnoe"], tags=["Степь"], title=f"Похожая {number}"
        )
    address = f"/practices/{full.slug}/?x={'x' * 500}"  # too long for the cache of whole pages
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    assert 0 < len(seen) <= 10
    assert len(brotli.compress(response.content, quality=5)) <= 8 * 1024


def test_a_cached_page_has_no_token_and_answers_304(client, full):
    first = client.get(f"/practices/{full.slug}/")
    assert "csrf" not in first.content.decode()
    assert client.get(f"/practices/{full.slug}/", headers={"If-None-Match": first["ETag"]}).status_code == 304


class TestPageTypes(WagtailPageTestCase):
    """Every page of the bank can be drawn, and stands only where it belongs."""

    def test_pages_are_renderable(self):
        index = PracticeIndexPage.objects.get()
        self.assertPageIsRenderable(index)
        page = PracticePageFactory(parent=index, tags=["Степь"], **FULL)
        self.assertPageIsRenderable(page)
        collection = index.add_child(instance=CollectionPage(title="Подборка", slug="podborka"))
        self.assertPageIsRenderable(collection)

    def test_parents(self):
        self.assertAllowedParentPageTypes(PracticePage, {PracticeIndexPage})
        self.assertAllowedParentPageTypes(CollectionPage, {PracticeIndexPage})
        self.assertAllowedSubpageTypes(PracticeIndexPage, {PracticePage, CollectionPage})
