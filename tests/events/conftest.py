"""Events that every visitor may see beside events that nobody may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.models import EventIndexPage
from tests.factories.events import EventCyclePageFactory, EventPageFactory
from tests.factories.siblings import free_page

HIDDEN = "Скрытое"


@pytest.fixture
def section(home):
    return EventIndexPage.objects.get()


@pytest.fixture
def cycle(section):
    return EventCyclePageFactory(parent=section, title="Круги обмена", slug="krugi")


@pytest.fixture
def siblings(home, section):
    """A coming and a past public event; drafts, private, expired and orphaned ones with the same values."""
    same = {"audiences": ["pedagogi"], "tags": ["Игра"], "kind": "vebinar"}
    hidden = {**same, "title": HIDDEN, "summary": HIDDEN}
    coming = EventPageFactory(title="Открытое завтра", in_days=1, **same)
    past = EventPageFactory(title="Открытое вчера", in_days=-1, **same)
    for days in (2, -2):
        EventPageFactory(in_days=days, live=False, **hidden)
        EventPageFactory(in_days=days, expire_at=timezone.now() - dt.timedelta(minutes=1), **hidden)
        private = EventPageFactory(in_days=days, **hidden)
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    closed = free_page(home, "Закрытый раздел", live=False)
    EventPageFactory(parent=closed, in_days=3, **hidden)
    return coming, past
