"""Contests for tests: an edition below the section, with stages, nominations and results when asked."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories
from django.utils import timezone

from contests.models import (
    ContestIndexPage,
    ContestNomination,
    ContestPage,
    ContestResult,
    ContestSeries,
    ContestStage,
)

STAGES = (
    ("priem", "Приём заявок", 0, 20, True),
    ("tur", "Заочный тур", 21, 30, False),
    ("itogi", "Итоги", 31, 40, False),
)


def at(day: dt.date, clock: str = "00:00:00") -> dt.datetime:
    """An instant by the portal's clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(clock)))


class ContestSeriesFactory(factory.django.DjangoModelFactory):
    title = factory.LazyAttribute(lambda series: f"Областной {series.short_title}")
    short_title = factory.Sequence(lambda n: f"Конкурс номер {n}")
    slug = factory.Sequence(lambda n: f"konkurs-{n}")
    contest_object = "organisation"

    class Meta:
        model = ContestSeries


class ContestPageFactory(wagtail_factories.PageFactory):
    """A published edition. `begins` is the first day of its stages (None: no stages), `nominations` and `results` are rows."""

    title = factory.Sequence(lambda n: f"Конкурс {n}")
    slug = factory.Sequence(lambda n: f"konkurs-goda-{n}")
    series = factory.SubFactory(ContestSeriesFactory)
    year = 2022
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = ContestPage

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        begins = kwargs.pop("begins", None)
        nominations, results = kwargs.pop("nominations", []), kwargs.pop("results", [])
        tags = kwargs.pop("tags", [])
        page = super()._create_instance(model_class, parent or ContestIndexPage.objects.get(), kwargs)
        if begins is not None:
            for slug, title, start, end, is_intake in STAGES:
                page.stages.add(
                    ContestStage(
                        slug=slug,
                        title=title,
                        is_intake=is_intake,
                        starts_at=at(begins + dt.timedelta(days=start)),
                        ends_at=at(begins + dt.timedelta(days=end), "23:59:59"),
                    )
                )
        for slug, title in nominations:
            page.nominations.add(ContestNomination(slug=slug, title=title))
        for values in results:
            page.results.add(ContestResult(**values))
        if tags:
            page.tags.set(tags)
        page.save()
        return page
