"""Events for tests: published ones below their section, with values of the reference dictionaries."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page

from events.models import EventCyclePage, EventIndexPage, EventPage, EventPlanPage, TaggedEvent
from portal.demo import content
from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
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


def insert_events(section, number, *, cover, cycle):
    """Write `number` published events at once, long words in each, half of them over, several on every day of a month."""
    words = [row["title"] for row in content.read("events")]
    places = list(Municipality.objects.formations())
    kinds, audiences, deficits = (
        list(Term.objects.of(vocabulary))
        for vocabulary in (Vocabulary.EVENT_KIND, Vocabulary.AUDIENCE, Vocabulary.DEFICIT)
    )
    topics = list(Tag.objects.all())
    parent = Page.objects.get(pk=section.pk)
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    kind, locale = ContentType.objects.get_for_model(EventPage), Locale.get_default()
    pages = []
    for place in range(number):
        starts_at = at((place % 60) - 30 if place % 3 else place - number // 2, hour=9 + place % 8)
        page = EventPage(
            title=f"{words[place % len(words)]}: {words[place * 7 % len(words)].lower()}, встреча {place}"[:250],
            slug=f"sobytie-s-dlinnym-nazvaniem-i-adresom-{place:05d}",
            summary=f"{words[place * 3 % len(words)]}. {words[place * 5 % len(words)]} — коротко о встрече {place}."[
                :350
            ],
            kind=kinds[place % len(kinds)],
            format=("ochno", "onlayn", "smeshannyy")[place % 3],
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=2),
            place=f"Детский сад № {400 + place}",
            municipality=places[place % len(places)],
            cycle=cycle if place % 10 == 0 else None,
            number_in_cycle=place // 10 + 1 if place % 10 == 0 else None,
            cover=cover,
            cover_alt="Дети у пруда",
            programme=[("item", {"time": "10:00", "title": words[place % len(words)], "speaker": "методист академии"})],
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
        )
        page.path = Page._get_path(parent.path, parent.depth + 1, step + place + 1)
        page.depth, page.numchild = parent.depth + 1, 0
        page.url_path, page.draft_title = f"{parent.url_path}{page.slug}/", page.title
        page.content_type, page.locale, page.live = kind, locale, True
        pages.append(page)
    base = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    bases = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in base}) for page in pages])
    for page, made in zip(pages, bases, strict=True):
        page.pk = page.id = page.page_ptr_id = made.pk
    # Django refuses bulk_create for a table with a parent; the parent's rows are there already.
    EventPage._base_manager.get_queryset()._batched_insert(pages, EventPage._meta.local_concrete_fields, 100)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    for relation, values in ((EventPage.audiences, audiences), (EventPage.deficits, deficits)):
        relation.through.objects.bulk_create(
            relation.through(eventpage_id=page.pk, term_id=values[order % len(values)].pk)
            for order, page in enumerate(pages)
        )
    TaggedEvent.objects.bulk_create(
        TaggedEvent(content_object_id=page.pk, tag=topics[order % len(topics)]) for order, page in enumerate(pages)
    )
    return pages
