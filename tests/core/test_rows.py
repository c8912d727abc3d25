from __future__ import annotations

import pytest

from portal.news.models import NewsIndexPage, NewsPage
from portal.roadmap.models import EvidenceLink, PlanItem
from tests.factories.contests import ContestPageFactory
from tests.factories.news import NewsPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def linked():
    """A news item that proves two items, and those items."""
    items = list(PlanItem.objects.order_by("position")[:2])
    news = NewsPageFactory(parent=NewsIndexPage.objects.get())
    for amount, item in enumerate(items, start=1):
        news.evidence_links.add(EvidenceLink(item=item, amount=amount))
    news.save()
    return news, items


def test_two_rows_of_a_page_swap_what_stands_once(linked):
    news, (first, second) = linked
    edited = NewsPage.objects.get(pk=news.pk)
    one, other = edited.evidence_links.all()
    one.item, other.item = second, first
    edited.evidence_links = [one, other]
    edited.save()
    stored = set(EvidenceLink.objects.filter(page=news).values_list("pk", "item_id", "amount"))
    assert stored == {(one.pk, second.pk, 1), (other.pk, first.pk, 2)}


def test_rows_of_other_pages_are_left_alone(linked):
    _news, items = linked
    other = NewsPageFactory(parent=NewsIndexPage.objects.get())
    other.evidence_links.add(EvidenceLink(item=items[0]))
    other.save()
    assert EvidenceLink.objects.filter(item=items[0]).count() == 2


def test_codes_of_a_contest_swap_and_their_rows_stay(db):
    contest = ContestPageFactory(nominations=[("goroda", "Сады городов"), ("rayony", "Сады районов")])
    one, other = contest.nominations.order_by("pk")
    one.slug, other.slug = "rayony", "goroda"
    contest.nominations = [one, other]
    contest.save()
    stored = dict(contest.nominations.values_list("pk", "slug"))
    assert stored == {one.pk: "rayony", other.pk: "goroda"}
