"""Practices for tests: published ones below the bank's section, with values of the reference dictionaries."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories
from django.utils import timezone

from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
from practices.models import CollectionPage, PracticeIndexPage, PracticePage


def term(vocabulary: str, slug: str) -> Term:
    return Term.objects.get(vocabulary=vocabulary, slug=slug)


def topic(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name)[0]


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A kindergarten of the first municipality."""

    name = factory.Sequence(lambda n: f"МДОУ «Детский сад № {n}»")
    short_name = factory.Sequence(lambda n: f"Детский сад № {n}")
    slug = factory.Sequence(lambda n: f"ds-{n}")
    municipality = factory.LazyFunction(lambda: Municipality.objects.formations().first())

    class Meta:
        model = Organisation


class PracticePageFactory(wagtail_factories.PageFactory):
    """A published practice; `areas`, `ages`, `kinds`, `terms` and `tags` take slugs or objects."""

    title = factory.Sequence(lambda n: f"Практика номер {n}")
    slug = factory.Sequence(lambda n: f"praktika-{n}")
    summary = "Дети наблюдают и спрашивают."
    published_on = factory.Sequence(lambda n: dt.date(2022, 1, 1) + dt.timedelta(days=n))
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = PracticePage

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        chosen = kwargs.pop("terms", [])
        for name, vocabulary in (("areas", Vocabulary.AREA), ("ages", Vocabulary.AGE), ("kinds", Vocabulary.KIND)):
            chosen = [*chosen, *(term(vocabulary, slug) for slug in kwargs.pop(name, []))]
        tags = [topic(tag) if isinstance(tag, str) else tag for tag in kwargs.pop("tags", [])]
        page = super()._create_instance(model_class, parent or PracticeIndexPage.objects.get(), kwargs)
        if chosen:
            page.terms = chosen
        if tags:
            page.tags.set(tags)
        page.save()
        return page


class CollectionPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Подборка {n}")
    slug = factory.Sequence(lambda n: f"podborka-{n}")

    class Meta:
        model = CollectionPage


FULL = {
    "problem": "Дети видят степь из окна машины.\n- никто не ходит пешком\n- никто не спрашивает",
    "goal": "Сформировать интерес к природе края.",
    "tasks": [("task", "Выбрать безопасный участок степи.")],
    "audience_text": "48 детей двух групп.",
    "period_start": dt.date(2020, 9, 1),
    "steps": [("step", {"title": "Подготовка", "text": "Выбрали площадку.\n- лупы\n- рулетка"})],
    "res_staff": "Два воспитателя.",
    "res_material": "Около 3 тысяч рублей.",
    "results_summary": "Прошло 17 выходов.",
    "indicators": [
        ("indicator", {"name": "Доля времени прогулки", "unit": "%", "before": 34, "after": 71, "method": "46 детей"})
    ],
    "negative": "Зимой выходов было мало.",
    "risks": [("risk", {"risk": "Погода", "mitigation": "запасная неделя"})],
    "replication": "Подойдёт любой участок.",
    "replicated_by": [("organisation", {"organisation": "Детский сад «Родничок»", "note": "с 2021 года"})],
    "cost": 1,
    "launch_time": 1,
    "evidence": 2,
    "level": "best",
    "level_on": dt.date(2022, 4, 11),
}
