"""Queries of a page: the same number for few rows and for many, none from the page cache."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from wagtail.models import Page

from portal.core.publicity import public

pytestmark = pytest.mark.integration

# What a page costs when what several pages share is kept (the frame, facets, cards) and the page itself is not.
QUERIES = {
    "home": 0,
    "catalogue": 0,
    "practice": 1,
    "topics": 0,
    "topic": 1,
    "collections": 1,
    "collection": 3,
    "levels": 0,
    "news": 0,
    "news item": 3,
    "events": 0,
    "archive of events": 0,
    "calendar": 0,
    "event": 1,
    "cycle": 1,
    "plan of events": 3,
    "calendar file": 0,
    "roadmap": 1,
    "plan": 1,
    "plan by months": 1,
    "plan by responsible": 1,
    "plan by status": 1,
    "plan filtered": 1,
    "item": 4,
    "contests": 0,
    "contest": 1,
    "winners": 0,
    "winners filtered": 0,
    "calendar of a contest": 2,
    "documents": 0,
    "documents filtered": 0,
    "document": 3,
    "open data": 0,
    "open data set": 0,
    "organisations": 0,
    "organisation": 2,
    "municipalities": 0,
    "municipality": 1,
    "search": 2,
    "empty search": 0,
    "free page": 3,
    "site map": 1,
    "consent": 1,
    "login": 0,
    "signup": 2,
    "reset": 0,
    "feedback": 0,
}
CATALOGUES = [
    "?area=rechevoe",
    "?area=rechevoe&age=age-5-6&kind=obrazovatelnaya&municipality=volgograd&level=best&need=net&audience=deti",
    "?page=3",
    "?q=дети",
    "?q=дети&area=rechevoe&sort=recognised&page=2",
    "?sort=recognised",
    "?all=deficit&deficit=d-igra&tag=igra",
    "?area=unknown&page=100000",
]
UNKEPT_CATALOGUE, COLD = 9, 20
FORMS = {"login", "signup", "reset", "feedback"}
PAGE, FORM = 10, 8


def test_queries_do_not_depend_on_the_size_of_the_bank(site, visit, count_queries):
    counted = {}
    for name, address in site.addresses.items():
        visit(address)
        with count_queries() as queries:
            visit(address)
        counted[name] = len(queries)
    assert counted == QUERIES


def test_every_page_is_within_its_budget():
    over = {name: number for name, number in QUERIES.items() if number > (FORM if name in FORMS else PAGE)}
    assert over == {}


@pytest.mark.parametrize("query", CATALOGUES)
def test_catalogue_asks_little_whatever_is_asked_of_it(site, visit, count_queries, query):
    visit("/practices/")
    address = f"/practices/{query}"
    with count_queries() as first:
        visit(address)
    with count_queries() as again:
        visit(address)
    # Of what was not asked for before the cards are read, and the search index.
    assert len(first) <= UNKEPT_CATALOGUE + (4 if "q=" in query else 0)
    assert len(again) == QUERIES["catalogue"]


def one_of_each_type():
    """The address of one public page of every type that the site has."""
    return {page.specific_class.__name__: page.url for page in public(Page.objects.filter(depth__gt=1)).specific()}


def test_the_first_visitor_after_everything_kept_is_lost_costs_little(site, reader, count_queries):
    over = {}
    for name, address in {**site.addresses, **one_of_each_type()}.items():
        reader.get(address)  # pictures are made once for all times
        cache.clear()
        with count_queries() as queries:
            assert reader.get(address).status_code == 200, name
        if len(queries) > COLD:
            over[name] = len(queries)
    assert over == {}


def test_a_kept_page_asks_nothing(site, reader, count_queries):
    for name, address in site.addresses.items():
        if name in FORMS:
            continue
        assert reader.get(address).status_code == 200
        with count_queries() as queries:
            reader.get(address)
        assert queries == [], name
