"""Renaming and merging lose no link and no page."""

from itertools import count

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.core import versions
from portal.home.models import HomePage
from portal.news.models import NewsIndexPage
from portal.vocabularies.domain.tags import keep_former_names, merge_tags, resolve_topic
from portal.vocabularies.models import Tag, TagAlias
from practices.models import PracticeIndexPage, PracticePage
from tests.factories.news import NewsPageFactory
from tests.factories.vocabularies import TagFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def admin():
    return User.objects.create_superuser(email="admin@example.org", password="long-enough-1")


@pytest.fixture
def bank():
    return PracticeIndexPage.objects.first() or HomePage.objects.first().add_child(
        instance=PracticeIndexPage(title="Банк практик", slug="practices")
    )


@pytest.fixture
def news():
    return NewsIndexPage.objects.first() or HomePage.objects.first().add_child(
        instance=NewsIndexPage(title="Новости", slug="news")
    )


numbers = count(1)


def practice(bank):
    number = next(numbers)
    return bank.add_child(instance=PracticePage(title=f"Практика {number}", slug=f"practice-to-merge-{number}"))


def tagged(page, *tags):
    page.tags.set(list(tags))
    page.save()
    return page


def topics(page):
    return {tag.name for tag in page.specific_class.objects.get(pk=page.pk).tags.all()}


def test_former_address_leads_to_the_renamed_topic():
    tag = TagFactory(name="Роботы", slug="roboty")
    tag.name, tag.slug = "Робототехника в саду", "robototekhnika-v-sadu"
    tag.save()
    keep_former_names(tag, former_name="Роботы", former_slug="roboty")
    assert resolve_topic("roboty") == (tag, True)
    assert resolve_topic("robototekhnika-v-sadu") == (tag, False)
    assert Tag.objects.named("роботы") == tag


def test_topic_renamed_back_keeps_one_name():
    tag = TagFactory(name="Роботы", slug="roboty")
    for name, slug, was in (
        ("Роботика", "robotika", ("Роботы", "roboty")),
        ("Роботы", "roboty", ("Роботика", "robotika")),
    ):
        tag.name, tag.slug = name, slug
        tag.save()
        keep_former_names(tag, former_name=was[0], former_slug=was[1])
    assert resolve_topic("roboty") == (tag, False)
    assert resolve_topic("robotika") == (tag, True)
    assert list(tag.aliases.values_list("name", "slug")) == [("Роботика", "robotika")]


def test_new_spelling_of_the_name_makes_no_synonym():
    tag = TagFactory(name="роботы", slug="roboty")
    tag.name = "Роботы"
    tag.save()
    keep_former_names(tag, former_name="роботы", former_slug="roboty")
    assert not tag.aliases.exists()


def test_unknown_topic_is_not_found():
    with pytest.raises(Tag.DoesNotExist):
        resolve_topic("net-takoy")


def test_merge_moves_pages_of_every_kind_without_doubles(admin, bank, news):
    source, into = TagFactory(name="Лего", slug="lego-2"), TagFactory(name="Конструктор")
    only, both = practice(bank), practice(bank)
    item = NewsPageFactory(parent=news)
    tagged(only, source)
    tagged(both, source, into)
    tagged(item, source)
    TagAlias.objects.create(tag=source, name="Кубики", slug="kubiki")
    source.intro = "<p>О кубиках</p>"
    source.save()
    assert merge_tags(source, into, actor=admin) == 2
    assert (topics(only), topics(both), topics(item)) == ({"Конструктор"}, {"Конструктор"}, {"Конструктор"})
    assert not Tag.objects.filter(name="Лего").exists()
    assert resolve_topic("lego-2") == resolve_topic("kubiki") == (into, True)
    assert Tag.objects.named("лего") == into
    into.refresh_from_db()
    assert into.intro == "<p>О кубиках</p>"
    assert ModelLogEntry.objects.for_instance(into).get().data["source"] == "Лего"


def test_introduction_of_the_topic_that_stays_is_kept(admin):
    source, into = TagFactory(intro="<p>первое</p>"), TagFactory(intro="<p>второе</p>")
    merge_tags(source, into, actor=admin)
    into.refresh_from_db()
    assert into.intro == "<p>второе</p>"


def test_draft_made_before_the_merge_is_published_with_the_topic(admin, bank):
    source, into, other = TagFactory(), TagFactory(), TagFactory()
    page = practice(bank)
    page.tags.set([source, other])
    draft = page.save_revision()
    page.tags.set([source, into])
    doubled = page.save_revision()
    merge_tags(source, into, actor=admin)
    draft.refresh_from_db()
    draft.publish()
    assert topics(page) == {into.name, other.name}
    doubled.refresh_from_db()
    doubled.publish()
    assert topics(page) == {into.name}


def test_merge_bumps_the_version_of_everything_published(admin, django_capture_on_commit_callbacks):
    before = versions.current()
    with django_capture_on_commit_callbacks(execute=True):
        merge_tags(TagFactory(), TagFactory(), actor=admin)
    assert versions.current() != before


def test_topic_is_not_merged_with_itself(admin):
    tag = TagFactory()
    with pytest.raises(ValidationError):
        merge_tags(tag, tag, actor=admin)


def test_topic_merged_meanwhile_is_refused_with_a_sentence(admin):
    source, into = TagFactory(), TagFactory()
    stale = Tag.objects.get(pk=source.pk)
    merge_tags(source, into, actor=admin)
    with pytest.raises(ValidationError):
        merge_tags(stale, into, actor=admin)


def test_only_those_who_manage_topics_merge_them():
    stranger = User.objects.create_user(email="someone@example.org", password="long-enough-1")
    source, into = TagFactory(), TagFactory()
    with pytest.raises(PermissionDenied):
        merge_tags(source, into, actor=stranger)
    assert Tag.objects.filter(pk=source.pk).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.frozensets(st.integers(0, 3), max_size=4), min_size=1, max_size=4))
def test_no_page_loses_a_topic_in_a_merge(admin, bank, chosen):
    """Whatever topics the pages have: the merged one is replaced, every other one stays, none stands twice."""
    tags = [TagFactory() for _ in range(4)]
    source, into = tags[0], tags[1]
    pages = [practice(bank) for _ in chosen]
    for page, picked in zip(pages, chosen, strict=True):
        tagged(page, *(tags[number] for number in picked))
    merge_tags(source, into, actor=admin)
    for page, picked in zip(pages, chosen, strict=True):
        expected = sorted({tags[number].pk if number else into.pk for number in picked})
        found = PracticePage.objects.get(pk=page.pk).tagged_items.values_list("tag_id", flat=True)
        assert sorted(found) == expected
