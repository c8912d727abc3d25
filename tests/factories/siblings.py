"""Pages of every type with every kind of neighbour that no visitor may see."""

from __future__ import annotations

import datetime as dt
import itertools

from django.utils import timezone
from wagtail.models import PageViewRestriction

from contests.models import ContestIndexPage
from events.models import EventIndexPage
from portal.documents.models import DocumentIndexPage
from portal.home.models import ContentPage, HomePage
from portal.news.models import NewsIndexPage
from portal.roadmap.models import RoadmapIndexPage, RoadmapPage
from practices.models import PracticeIndexPage
from tests.factories.contests import ContestPageFactory
from tests.factories.documents import DocumentPageFactory
from tests.factories.events import EventPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.practices import CollectionPageFactory, PracticePageFactory

_numbers = itertools.count(1)


def free_page(parent, title, **values):
    """A free page below `parent`, public unless told otherwise."""
    values.setdefault("slug", f"stranica-{next(_numbers)}")
    return parent.add_child(instance=ContentPage(title=title, **values))


def plan_page(parent, title, **values):
    """A plan without rows below `parent`, public unless told otherwise."""
    values.setdefault("slug", f"plan-{next(_numbers)}")
    year = {"starts_on": dt.date(2022, 1, 1), "ends_on": dt.date(2022, 12, 31)}
    return parent.add_child(instance=RoadmapPage(title=title, **year, **values))


def shelves():
    """Where pages of each type of the search stand and how one is made: {type: (parent, maker)}."""
    bank = PracticeIndexPage.objects.get()
    return {
        "practices": (bank, PracticePageFactory),
        "collections": (bank, CollectionPageFactory),
        "contests": (ContestIndexPage.objects.get(), ContestPageFactory),
        "documents": (DocumentIndexPage.objects.get(), DocumentPageFactory),
        "events": (EventIndexPage.objects.get(), EventPageFactory),
        "news": (NewsIndexPage.objects.get(), NewsPageFactory),
        "roadmap": (RoadmapIndexPage.objects.get(), plan_page),
        "pages": (HomePage.objects.get(), free_page),
    }


def make_siblings():
    """Make a public page of each type, and a draft, a private, an expired one and one below an unpublished parent.

    Return the public ones: {type: page}; «росянка» stands in every title.
    """
    public = {}
    closed = free_page(HomePage.objects.get(), "Закрытый раздел", slug="closed", live=False)
    for name, (parent, make) in shelves().items():
        public[name] = make(parent=parent, title=f"Росянка {name}", slug=f"rosyanka-{name}", summary="Растёт в степи.")
        make(parent=parent, title=f"Росянка черновик {name}", live=False)
        make(parent=parent, title=f"Росянка прошлая {name}", expire_at=timezone.now() - dt.timedelta(minutes=1))
        private = make(parent=parent, title=f"Росянка закрытая {name}")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        make(parent=closed, title=f"Росянка сирота {name}")
    return public
