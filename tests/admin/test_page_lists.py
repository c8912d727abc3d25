"""Lists of pages in the admin ask the same number of questions whatever their length."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contests.models import ContestIndexPage
from events.models import EventIndexPage
from portal.documents.models import DocumentIndexPage
from portal.news.models import NewsIndexPage
from portal.roadmap.models import EvidenceLink, PlanItem
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models import PracticeIndexPage
from tests.factories.contests import ContestPageFactory
from tests.factories.documents import DocumentPageFactory
from tests.factories.events import EventPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def make_news():
    category = Term.objects.of(Vocabulary.NEWS_CATEGORY).first()
    return NewsPageFactory(parent=NewsIndexPage.objects.get(), category=category)


LISTS = {
    "contests": lambda: ContestPageFactory(parent=ContestIndexPage.objects.get()),
    "events": lambda: EventPageFactory(parent=EventIndexPage.objects.get()),
    "official-documents": lambda: DocumentPageFactory(parent=DocumentIndexPage.objects.get()),
    "news": make_news,
    "practices": lambda: PracticePageFactory(
        parent=PracticeIndexPage.objects.get(), organisation=OrganisationFactory()
    ),
}


def counted(client, name):
    client.get(f"/admin/{name}/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/admin/{name}/").status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_asks_no_more(admin_client, name):
    def make():
        page = LISTS[name]()
        page.evidence_links.add(EvidenceLink(item=PlanItem.objects.order_by("position").first()))
        page.save()

    make()
    one = counted(admin_client, name)
    for _number in range(3):
        make()
    assert counted(admin_client, name) == one <= 30
