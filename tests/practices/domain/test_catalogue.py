"""The catalogue in memory: who is in it, under which values, and when it is renewed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from practices.domain import queries
from practices.domain.catalogue import RECOGNISED, catalogue
from practices.domain.listing import select
from practices.models import PracticePage
from tests.factories.practices import OrganisationFactory, PracticePageFactory, term

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def listed(**choices):
    found = catalogue()
    selection = select(found, query="", choices=choices, sort="new")
    return selection.ids(0, 100)


def test_only_public_practices_are_listed_and_counted(siblings):
    assert listed() == [siblings.shown.pk]
    assert queries.counts("area") == {"poznavatelnoe": 1}
    assert queries.counts("tag") == {siblings.shown.tags.get().slug: 1}
    assert [topic.count for topic in queries.topics()] == [1]
    assert queries.newest(10) == [siblings.shown.pk]


def test_an_expiring_practice_leaves_the_list_at_its_moment_without_a_signal(bank):
    soon = timezone.now() + dt.timedelta(minutes=5)
    page = PracticePageFactory(parent=bank, expire_at=soon)
    assert listed() == [page.pk]
    with time_machine.travel(soon + dt.timedelta(seconds=1), tick=False):
        assert listed() == []


def test_recognition_that_ran_out_counts_as_presented(bank):
    today = timezone.localdate()
    page = PracticePageFactory(parent=bank, level="best", level_until=today)
    assert queries.counts("level") == {"best": 1}
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        assert queries.counts("level") == {"presented": 1}
    assert page.current_level == "best"


def test_values_join_inside_a_facet_and_narrow_between_facets(bank):
    steppe = PracticePageFactory(parent=bank, areas=["poznavatelnoe"], ages=["age-5-6"])
    speech = PracticePageFactory(parent=bank, areas=["rechevoe"], ages=["age-5-6"])
    PracticePageFactory(parent=bank, areas=["rechevoe"], ages=["age-3-4"])
    assert set(listed(area=["poznavatelnoe", "rechevoe"], age=["age-5-6"])) == {steppe.pk, speech.pk}
    counts = select(catalogue(), query="", choices={"age": ["age-5-6"]}, sort="new").counts()
    assert counts["area"] == {"poznavatelnoe": 1, "rechevoe": 1}
    assert counts["age"]["age-3-4"] == 1


def test_a_part_counts_for_the_whole_and_an_indicator_for_its_quality_area(bank):
    page = PracticePageFactory(
        parent=bank,
        ages=["age-2-3"],
        terms=[term(Vocabulary.QUALITY_AREA, "p-1-1")],
    )
    assert listed(age=["age-1-3"]) == [page.pk]
    assert listed(age=["age-2-3"]) == [page.pk]
    assert listed(quality_area=["orientiry"]) == [page.pk]


def test_a_practice_is_found_by_its_municipality_and_by_the_district_of_the_city(bank):
    district = Municipality.objects.exclude(parent=None).first()
    owner = OrganisationFactory(municipality=district.parent, city_district=district)
    page = PracticePageFactory(parent=bank, organisation=owner, municipality=district.parent)
    assert listed(municipality=[district.slug]) == [page.pk]
    assert listed(municipality=[district.parent.slug]) == [page.pk]
    assert queries.of_organisation(owner.pk) == [page.pk]


def test_orders_new_first_and_recognised_first(bank):
    old_best = PracticePageFactory(
        parent=bank, published_on=dt.date(2020, 1, 1), level="best", level_on=dt.date(2020, 1, 1)
    )
    recommended = PracticePageFactory(parent=bank, published_on=dt.date(2021, 1, 1), level="recommended")
    new_best = PracticePageFactory(
        parent=bank, published_on=dt.date(2022, 1, 1), level="best", level_on=dt.date(2022, 1, 1)
    )
    undated = PracticePageFactory(parent=bank, published_on=None)
    assert listed() == [new_best.pk, recommended.pk, old_best.pk, undated.pk]
    selection = select(catalogue(), query="", choices={}, sort=RECOGNISED)
    assert selection.ids(0, 10) == [new_best.pk, old_best.pk, recommended.pk, undated.pk]


def test_publishing_unpublishing_and_renaming_renew_the_catalogue(bank, committed):
    page = PracticePageFactory(parent=bank, tags=["Степь"])
    slug = page.tags.get().slug
    assert listed() == [page.pk]
    with committed():
        page.unpublish()
    assert listed() == []
    with committed():
        page.save_revision().publish()
    assert listed() == [page.pk]
    with committed():
        tag = page.tags.get()
        tag.name = "Степь весной"
        tag.save()
    assert catalogue().options["tag"][slug].label == "Степь весной"


def test_news_do_not_rebuild_the_catalogue_but_an_unpublished_section_does(bank, home, committed):
    from portal.news.models import NewsIndexPage, NewsPage

    PracticePageFactory(parent=bank)
    before = catalogue()
    news = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Новость", slug="novost"))
    with committed():
        news.save_revision().publish()
    assert catalogue() is before
    with committed():
        bank.unpublish()
    assert listed() == []


def test_the_catalogue_takes_the_same_queries_for_one_and_three_practices(bank, django_assert_num_queries):
    def build():  # dictionaries are known to every page
        from practices.domain import catalogue as module

        with django_assert_num_queries(2):
            module._build()

    PracticePageFactory(parent=bank, areas=["rechevoe"], tags=["Игра"])
    catalogue()
    build()
    for _ in range(2):
        PracticePageFactory(parent=bank, areas=["rechevoe"], tags=["Игра"])
    build()


def test_similar_practices_share_rare_words_first(bank):
    page = PracticePageFactory(parent=bank, areas=["poznavatelnoe"], tags=["Степь"])
    same_area = [PracticePageFactory(parent=bank, areas=["poznavatelnoe"]) for _ in range(3)]
    same_topic = PracticePageFactory(parent=bank, areas=["rechevoe"], tags=["Степь"])
    found = queries.similar(page.pk)
    assert found[0] == same_topic.pk
    assert set(found[1:]) <= {other.pk for other in same_area}
    assert page.pk not in found


def test_similar_practices_are_public_ones(siblings, bank):
    twin = PracticePageFactory(parent=bank, areas=["poznavatelnoe"], tags=["Степь"])
    assert queries.similar(siblings.shown.pk) == [twin.pk]
    assert queries.similar(siblings.hidden[0].pk) == []


def test_the_day_in_the_bank_is_set_by_the_first_publication_and_stays(bank, committed):
    page = PracticePageFactory(parent=bank, published_on=None, live=False, first_published_at=None)
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), tick=False), committed():
        page.save_revision().publish()
    assert PracticePage.objects.get(pk=page.pk).published_on == dt.date(2026, 3, 1)
    with time_machine.travel(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC), tick=False), committed():
        page = PracticePage.objects.get(pk=page.pk)
        page.title = "Новое название"
        page.save_revision().publish()
    assert PracticePage.objects.get(pk=page.pk).published_on == dt.date(2026, 3, 1)


def test_scheduled_publication_sets_the_day_too(bank, committed):
    from django.core.management import call_command

    page = PracticePageFactory(parent=bank, published_on=None, live=False, first_published_at=None)
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    with committed():
        page.save_revision().publish()
    assert PracticePage.objects.get(pk=page.pk).published_on is None
    with time_machine.travel(timezone.now() + dt.timedelta(days=3), tick=False), committed():
        call_command("publish_scheduled")
        day = timezone.localdate()
    assert PracticePage.objects.get(pk=page.pk).published_on == day
