"""Contests for tests: an edition below the section, with stages, nominations and results when asked."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page

from contests.models import (
    ContestIndexPage,
    ContestNomination,
    ContestPage,
    ContestResult,
    ContestSeries,
    ContestStage,
)
from portal.organisations.models import Municipality

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


def many_contests(number: int, series: ContestSeries, begins: dt.date) -> ContestPage:
    """Write `number` published editions at once, each with stages, a nomination and a shown result; return the last."""
    parent = Page.objects.get(pk=ContestIndexPage.objects.get().pk)
    common = {
        "depth": parent.depth + 1,
        "content_type": ContentType.objects.get_for_model(ContestPage),
        "locale": Locale.get_default(),
        "live": True,
        "first_published_at": at(begins),
        "last_published_at": at(begins),
    }
    pages = [
        ContestPage(
            title=f"Конкурс о детстве в степи {index}",
            draft_title=f"Конкурс о детстве в степи {index}",
            summary="Одно-два предложения о том, что ищут и кого зовут участвовать.",
            slug=f"mnogo-{index}",
            url_path=f"{parent.url_path}mnogo-{index}/",
            path=Page._get_path(parent.path, parent.depth + 1, index + 1),
            series=series,
            year=begins.year - index % 30,
            results_are_public=True,
            results_on=begins,
            **common,
        )
        for index in range(number)
    ]
    base = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    made = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in base}) for page in pages])
    for page, row in zip(pages, made, strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
    # Django refuses bulk_create for a table with a parent; the parent's rows are there already.
    ContestPage._base_manager.get_queryset()._batched_insert(
        pages, fields=ContestPage._meta.local_concrete_fields, batch_size=100
    )
    Page.objects.filter(pk=parent.pk).update(numchild=number)
    towns = list(Municipality.objects.formations())
    ContestNomination.objects.bulk_create(
        ContestNomination(page=page, slug="odna", title="Единая номинация") for page in pages
    )
    ContestResult.objects.bulk_create(
        ContestResult(page=page, nomination="odna", municipality=towns[index % len(towns)])
        for index, page in enumerate(pages)
    )
    ContestStage.objects.bulk_create(
        ContestStage(
            page=page,
            slug=slug,
            title=title,
            is_intake=is_intake,
            starts_at=at(begins + dt.timedelta(days=start - index)),
            ends_at=at(begins + dt.timedelta(days=end - index), "23:59:59"),
        )
        for index, page in enumerate(pages)
        for slug, title, start, end, is_intake in STAGES
    )
    return pages[-1]
