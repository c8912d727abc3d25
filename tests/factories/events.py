"""Events for tests: published ones below their section, with values of the reference dictionaries."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories
from django.utils import timezone

from events.models import EventCyclePage, EventIndexPage, EventPage, EventPlanPage
from portal.vocabularies.enums import Vocabulary
from tests.factories.practices import term, topic


def at(days, hour=10):
    """The hour of the day `days` from today by the portal's clock."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


class EventPageFactory(wagtail_factories.PageFactory):
    """A published event of two hours in a week; `in_days` moves it; kinds, audiences, deficits and tags by slugs."""

    class Params:
        in_days = 7

    title = factory.Sequence(lambda n: f"Событие номер {n}")
    slug = factory.Sequence(lambda n: f"sobytie-{n}")
    summary = "Педагоги показывают друг другу приёмы."
    starts_at = factory.LazyAttribute(lambda made: at(made.in_days))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + dt.timedelta(hours=2))
    place = "Детский сад № 415"
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = EventPage

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        kind = kwargs.pop("kind", "seminar")
        kwargs["kind"] = term(Vocabulary.EVENT_KIND, kind) if isinstance(kind, str) else kind
        audiences = [term(Vocabulary.AUDIENCE, slug) for slug in kwargs.pop("audiences", [])]
        deficits = [term(Vocabulary.DEFICIT, slug) for slug in kwargs.pop("deficits", [])]
        tags = [topic(tag) if isinstance(tag, str) else tag for tag in kwargs.pop("tags", [])]
        organisers = kwargs.pop("organisers", [])
        page = super()._create_instance(model_class, parent or EventIndexPage.objects.get(), kwargs)
        page.audiences, page.deficits, page.organisers = audiences, deficits, organisers
        page.tags.set(tags)
        page.save()
        return page


class EventCyclePageFactory(wagtail_factories.PageFactory):
    """A published cycle of four meetings."""

    title = factory.Sequence(lambda n: f"Цикл номер {n}")
    slug = factory.Sequence(lambda n: f"tsikl-{n}")
    planned_count = 4

    class Meta:
        model = EventCyclePage


class EventPlanPageFactory(wagtail_factories.PageFactory):
    """A published plan of a year."""

    title = factory.Sequence(lambda n: f"План номер {n}")
    slug = factory.Sequence(lambda n: f"plan-{n}")
    starts_on = dt.date(2022, 1, 1)
    ends_on = dt.date(2022, 12, 31)

    class Meta:
        model = EventPlanPage
