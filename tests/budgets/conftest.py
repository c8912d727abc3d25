"""A bank of few and of many practices like the demonstration's, made once for each size."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client, override_settings
from PIL import Image

from contests.models import ContestSeries
from events.models import EventIndexPage
from portal.core import versions
from portal.demo import content
from portal.demo.scale.generate import Generator
from portal.demo.scale.insert import insert_pages
from portal.demo.scale.library import Library
from portal.demo.scale.pools import themes
from portal.documents.models import DocumentIndexPage
from portal.files.models import PortalDocument, PortalImage
from portal.news.models import NewsIndexPage, NewsPage
from portal.organisations.models import Municipality
from portal.roadmap.enums import FactState
from portal.roadmap.models import Fact, PlanItem
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models import CollectionItem, CollectionPage, PracticeIndexPage, PracticePage
from tests.factories.contests import many_contests
from tests.factories.documents import DocumentPageFactory
from tests.factories.events import EventCyclePageFactory, EventPlanPageFactory, insert_events
from tests.factories.news import NewsPageFactory
from tests.factories.organisations import OrganisationFactory

FEW, MANY = 3, 300
NEWS_AT_MOST = 40  # four pages of the list


@dataclass(frozen=True)
class Site:
    """The portal with `size` practices; `addresses` are those of pages of every type."""

    size: int
    addresses: dict[str, str]


@pytest.fixture
def db():
    """Every test here shares its module's database; asked for by this name, pytest-django knows it has to be made."""


def _settings(media):
    from django.conf import settings

    files = {
        "BACKEND": "portal.files.storage.PortalFileStorage",
        "OPTIONS": {"location": str(media), "base_url": "/media/"},
    }
    return override_settings(MEDIA_ROOT=str(media), STORAGES={**settings.STORAGES, "default": files})


def _cover():
    drawn = io.BytesIO()
    Image.new("RGB", (1280, 800), "#3d7ea6").save(drawn, "JPEG")
    return PortalImage.objects.create(title="Обложка", file=ContentFile(drawn.getvalue(), "cover.jpg"))


def _practices(size, organisations, cover):
    section = PracticeIndexPage.objects.get()
    generator, library = Generator(themes(), content.read("scale")["groups"], dt.date(2022, 11, 25), seed=1), Library()
    pages = []
    for number in range(size):
        page = library.page(generator.practice(number))
        page.organisation = organisations[number % len(organisations)]
        page.municipality = page.organisation.municipality
        page.cover, page.cover_alt = cover, "Дети у пруда"
        pages.append(page)
    # Long ones of different words first: a full page of them is what the budget of bytes is about.
    longest = {page.summary: page for page in sorted(pages, key=lambda page: len(page.title) + len(page.summary))}
    for page in list(longest.values())[-20:]:
        page.published_on = dt.date(2022, 11, 26)
    insert_pages(section, pages, [f"praktika-s-dlinnym-nazvaniem-i-adresom-{number:05d}" for number in range(size)])
    return section


def _attach_everything(practice, picture):
    """Give a practice files, photographs and a picture of its own for social networks."""
    document = PortalDocument.objects.create(title="Конспект", file=ContentFile(b"%PDF-1.4", "konspekt.pdf"))
    practice.files = [("file", {"title": "Конспект занятия", "document": document})] * 2
    practice.photos = [("photo", {"image": _cover(), "alt": "Стол у окна", "caption": "Центр песка и воды"})] * 3
    practice.social_image = _cover()
    practice.cover = picture
    practice.save()


def _evidence(number):
    """So many confirmed facts of the approved plan, most of them of one item, proved by the news there are."""
    items = list(PlanItem.objects.filter(plan__slug="2021-2022").order_by("position"))
    pages = list(NewsPage.objects.all())
    Fact.objects.bulk_create(
        Fact(
            item=items[14] if step % 2 else items[step % len(items)],
            source_key=f"budget:{step}",
            page_id=pages[step % len(pages)].pk,
            title=f"Встреча педагогов {step}",
            on=dt.date(2022, 1, 10) + dt.timedelta(days=step % 300),
            state=FactState.CONFIRMED,
        )
        for step in range(number)
    )


def _events(size, cover):
    section = EventIndexPage.objects.get()
    cycle = EventCyclePageFactory(parent=section)
    meetings = insert_events(section, size, cover=cover, cycle=cycle)
    section.refresh_from_db()
    plan = EventPlanPageFactory(parent=section)
    for number, page in enumerate(meetings[:12]):
        plan.rows.create(month=page.first_day, title=page.title, form="вебинар", event=page, sort_order=number)
    for place in Municipality.objects.formations():
        plan.deliveries.create(municipality=place, sent_on=plan.starts_on)
    return meetings, cycle, plan


@pytest.fixture(scope="module", params=[FEW, MANY])
def site(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """The portal with few and with many of everything; the rows go away with the module."""
    size = request.param
    with _settings(tmp_path_factory.mktemp("media")), django_db_blocker.unblock(), transaction.atomic():
        places = list(Municipality.objects.formations())[:size]
        kind = Term.objects.filter(vocabulary=Vocabulary.ORGANISATION_KIND).first()
        organisations = [
            OrganisationFactory(municipality=places[number % len(places)], kind=kind) for number in range(size)
        ]
        section = _practices(size, organisations, cover := _cover())
        practice = PracticePage.objects.order_by("-published_on", "-pk").first()
        _attach_everything(practice, cover)
        collection = section.add_child(instance=CollectionPage(title="К осени", slug="k-oseni", summary="Подборка."))
        for number, page in enumerate(PracticePage.objects.order_by("pk")[:12]):
            CollectionItem.objects.create(page=collection, practice=page, note="Просто повторить.", sort_order=number)
        news = NewsPageFactory.create_batch(
            min(size, NEWS_AT_MOST), parent=NewsIndexPage.objects.get(), cover=cover, cover_alt="Дети у пруда"
        )
        meetings, cycle, plan = _events(size, cover)
        contest = many_contests(size, ContestSeries.objects.first(), dt.date(2022, 3, 1))
        papers = DocumentPageFactory.create_batch(size, parent=DocumentIndexPage.objects.get())
        tag = practice.tagged_items.first().tag
        _evidence(1_000 if size == MANY else size)
        yield Site(
            size,
            {
                "home": "/",
                "catalogue": "/practices/",
                "practice": f"/practices/{practice.slug}/",
                "topics": "/practices/topics/",
                "topic": f"/practices/topics/{tag.slug}/",
                "collections": "/practices/collections/",
                "collection": f"/practices/{collection.slug}/",
                "levels": "/practices/levels/",
                "news": "/news/",
                "news item": f"/news/{news[-1].slug}/",
                "roadmap": "/roadmap/",
                "plan": "/roadmap/2021-2022/",
                "plan by months": "/roadmap/2021-2022/?view=months",
                "plan by responsible": "/roadmap/2021-2022/?view=responsible",
                "plan by status": "/roadmap/2021-2022/?view=status",
                "plan filtered": "/roadmap/2021-2022/?quarter=2022-1&responsible=vgapo&section=monitoring",
                "item": "/roadmap/2021-2022/15/",
                "events": "/events/",
                "archive of events": "/events/?when=past",
                "calendar": "/events/?view=calendar",
                "event": f"/events/{meetings[0].slug}/",
                "cycle": f"/events/{cycle.slug}/",
                "plan of events": f"/events/{plan.slug}/",
                "calendar file": "/events/calendar.ics",
                "contests": "/contests/",
                "contest": f"/contests/{contest.slug}/",
                "winners": "/contests/winners/",
                "winners filtered": "/contests/winners/?year=2022&q=детстве",
                "calendar of a contest": f"/contests/{contest.slug}/calendar.ics",
                "documents": "/documents/",
                "documents filtered": "/documents/?year=2022&state=in_force&q=положение&sort=title",
                "document": f"/documents/{papers[-1].slug}/",
                "open data": "/opendata/",
                "open data set": "/opendata/documents/",
                "organisations": "/organisations/",
                "organisation": f"/organisations/{organisations[0].slug}/",
                "municipalities": "/municipalities/",
                "municipality": f"/municipalities/{places[0].slug}/",
                "search": "/search/?q=дети",
                "empty search": "/search/",
                "free page": "/privacy/",
                "site map": "/sitemap/",
                "consent": "/consents/",
                "login": "/accounts/login/",
                "signup": "/accounts/signup/",
                "reset": "/accounts/password/reset/",
                "feedback": "/feedback/",
            },
        )
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        for version in versions.Version.known:
            version.renew()


@pytest.fixture
def count_queries():
    """Context manager: the list it gives holds the statements executed inside."""

    @contextmanager
    def count():
        seen = []

        def note(execute, sql, *args):
            seen.append(sql)
            return execute(sql, *args)

        with connection.execute_wrapper(note):
            yield seen

    return count


@pytest.fixture
def visit(db, site, django_db_blocker):
    """A visitor whose pages are not kept: GET of an address."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(PAGE_CACHE=False):
        ContentType.objects.clear_cache()
        client = Client()

        def get(address, **headers):
            response = client.get(address, headers=headers)
            assert response.status_code == 200, address
            return response

        yield get
        transaction.set_rollback(True)


@pytest.fixture
def reader(db, site, django_db_blocker):
    """A visitor of the portal as it is served, pages kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Client()
        transaction.set_rollback(True)
