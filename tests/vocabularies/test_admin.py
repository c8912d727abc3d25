"""Editors find, change, merge and keep what is in use; in Russian, whatever the case they type in."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.accounts.models import User
from portal.home.models import HomePage
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import VOCABULARY_MODELS, Tag, TagAlias, Term
from practices.models import PracticeIndexPage, PracticePage
from tests.factories.vocabularies import TagFactory, TermFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def editor(client):
    user = User.objects.create_user(email="redaktor@example.org", password="long-enough-1")
    user.groups.add(Group.objects.get(name="Редакторы"))
    client.force_login(user)
    return client


def screen(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def names_listed(client, model, **params):
    rows = client.get(screen(model, "list"), params).context["object_list"]
    return [str(row) for row in rows]


@pytest.mark.parametrize("model", [*VOCABULARY_MODELS.values(), Tag])
def test_every_dictionary_has_a_list_and_forms(editor, model):
    assert editor.get(screen(model, "list")).status_code == 200
    assert editor.get(screen(model, "add")).status_code == 200
    assert editor.get(screen(model, "edit", model.objects.first().pk)).status_code == 200


def test_list_costs_the_same_for_one_row_and_many(editor, django_assert_max_num_queries):
    area = VOCABULARY_MODELS[Vocabulary.AREA]
    with django_assert_max_num_queries(25):
        editor.get(screen(area, "list"))
    TermFactory.create_batch(30)
    with django_assert_max_num_queries(25):
        editor.get(screen(area, "list"))


def test_menu_of_dictionaries_is_in_russian(editor):
    page = editor.get(reverse("wagtailadmin_home")).content.decode()
    for label in ("Справочники", "Темы", "Возраст детей", "Затруднения педагогов"):
        assert json.dumps(label).strip('"') in page or label in page


@pytest.mark.parametrize("typed", ["ЁЛОЧНЫЕ", "елочные игр", "игрушки ёл"])
def test_list_is_searched_without_regard_to_case_and_yo(editor, typed):
    TermFactory(title="Ёлочные игрушки")
    assert names_listed(editor, VOCABULARY_MODELS[Vocabulary.AREA], q=typed) == ["Ёлочные игрушки"]


def test_topics_are_found_by_their_synonyms_and_sorted_in_russian(editor):
    for name in ("ящик жук", "ящик ёлка", "ящик еда"):
        TagFactory(name=name)
    TagAlias.objects.create(tag=TagFactory(name="Ветер"), name="ЯЩИК Пандоры", slug="pandora")
    assert names_listed(editor, Tag, q="Ящик", ordering="name_sort") == ["Ветер", "ящик еда", "ящик ёлка", "ящик жук"]


def test_topics_are_filtered_by_group(editor):
    group = TermFactory(vocabulary=Vocabulary.TAG_GROUP)
    TagFactory(name="Та самая", group=group)
    assert names_listed(editor, Tag, group=group.pk) == ["Та самая"]


def test_new_value_gets_its_vocabulary_and_code(editor):
    model = VOCABULARY_MODELS[Vocabulary.AUDIENCE]
    response = editor.post(screen(model, "add"), {"title": "Бабушки и дедушки", "order": "5"})
    assert response.status_code == 302
    made = Term.objects.get(title="Бабушки и дедушки")
    assert (made.vocabulary, made.slug) == ("audiences", "babushki-i-dedushki")


def test_refusal_of_a_name_says_which_one_there_is(editor):
    model = VOCABULARY_MODELS[Vocabulary.AUDIENCE]
    response = editor.post(screen(model, "add"), {"title": "РОДИТЕЛИ (законные представители)", "order": "5"})
    assert "Такое название уже есть: «Родители (законные представители)»." in response.content.decode()


def test_value_in_use_is_kept_and_the_editor_is_told_where_it_is_used(editor):
    group = TermFactory(vocabulary=Vocabulary.TAG_GROUP)
    TagFactory(group=group)
    model = VOCABULARY_MODELS[Vocabulary.TAG_GROUP]
    response = editor.post(screen(model, "delete", group.pk), follow=True)
    assert "нельзя удалить: указано в 1 записи справочников." in response.content.decode()
    assert Term.objects.filter(pk=group.pk).exists()


def test_value_not_in_use_is_deleted(editor):
    term = TermFactory()
    editor.post(screen(VOCABULARY_MODELS[Vocabulary.AREA], "delete", term.pk))
    assert not Term.objects.filter(pk=term.pk).exists()


def rename(client, tag, **changes):
    form = {
        "name": tag.name,
        "slug": tag.slug,
        "intro": "null",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
        **changes,
    }
    return client.post(screen(Tag, "edit", tag.pk), form)


def test_renamed_topic_keeps_its_former_address(editor):
    tag = TagFactory(name="Роботы", slug="roboty")
    assert rename(editor, tag, name="Робототехника малышам", slug="robo").status_code == 302
    tag.refresh_from_db()
    assert tag.slug == "robo"
    assert list(tag.aliases.values_list("name", "slug")) == [("Роботы", "roboty")]


def test_synonym_is_added_in_the_form(editor):
    tag = TagFactory()
    added = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "Новый синоним", "aliases-0-id": ""}
    assert rename(editor, tag, **added).status_code == 302
    assert Tag.objects.named("новый СИНОНИМ") == tag


@pytest.fixture
def used_topic():
    bank = PracticeIndexPage.objects.first() or HomePage.objects.first().add_child(
        instance=PracticeIndexPage(title="Банк", slug="practices")
    )
    tag = TagFactory(name="Лишняя тема")
    for number in range(2):
        page = bank.add_child(
            instance=PracticePage(title=f"П{number}", slug=f"page-of-topic-{number}", live=number == 0)
        )
        page.tags.set([tag])
        page.save()
    return tag


def test_list_counts_published_pages_and_all(editor, used_topic):
    rows = editor.get(screen(Tag, "list"), {"q": "лишняя"}).context["object_list"]
    assert [(row.usage_public, row.usage_all) for row in rows] == [(1, 2)]


def test_used_topic_is_merged_instead_of_deleted(editor, used_topic):
    into = TagFactory(name="Нужная тема")
    refused = editor.post(screen(Tag, "delete", used_topic.pk), follow=True).content.decode()
    merge = screen(Tag, "merge", used_topic.pk)
    assert "указано на 2 страницах (опубликовано: 1)" in refused
    assert merge in refused
    assert editor.get(merge).status_code == 200
    asked = editor.post(merge, {"into": into.pk}).content.decode()
    assert "указана на 2 страницах" in asked
    assert Tag.objects.filter(pk=used_topic.pk).exists()
    assert editor.post(merge, {"into": into.pk, "confirmed": "on"}).status_code == 302
    assert not Tag.objects.filter(pk=used_topic.pk).exists()
    assert into.practice_items.count() == 2


def test_topic_is_not_merged_with_itself_by_the_form(editor, used_topic):
    page = editor.post(screen(Tag, "merge", used_topic.pk), {"into": used_topic.pk, "confirmed": "on"})
    assert "нельзя объединить с ней самой" in page.content.decode()


def test_merge_is_closed_to_those_who_may_not_delete_topics(client, used_topic):
    user = User.objects.create_user(email="moderator@example.org", password="long-enough-1")
    user.groups.add(Group.objects.get(name="Модераторы"))
    client.force_login(user)
    assert client.post(screen(Tag, "merge", used_topic.pk), {"into": TagFactory().pk}).status_code == 302
    assert Tag.objects.filter(pk=used_topic.pk).exists()


@pytest.mark.parametrize("typed", ["РОБО", "робо", "авто"])
def test_typed_topic_is_offered_in_any_case_and_by_synonym(editor, typed):
    tag = TagFactory(name="Роботы-помощники")
    TagAlias.objects.create(tag=tag, name="Автоматика", slug="avtomatika")
    address = reverse("wagtailadmin_tag_model_autocomplete", args=("vocabularies", "tag"))
    assert "Роботы-помощники" in editor.get(address, {"term": typed}).json()


def test_offered_topics_that_begin_so_stand_first(editor):
    for name in ("абв где", "где абв", "абв ёж"):
        TagFactory(name=name)
    address = reverse("wagtailadmin_tag_model_autocomplete", args=("vocabularies", "tag"))
    assert editor.get(address, {"term": "АБВ"}).json() == ["абв где", "абв ёж", "где абв"]


def test_topics_are_not_offered_to_strangers(client):
    address = reverse("wagtailadmin_tag_model_autocomplete", args=("vocabularies", "tag"))
    assert client.get(address, {"term": "а"}).status_code == 302


def test_chooser_finds_by_key(editor):
    TagFactory(name="Ёжик в тумане")
    viewset = Tag.snippet_viewset.chooser_viewset
    page = editor.get(reverse(viewset.get_url_name("choose_results")), {"q": "ЕЖИК"}).content.decode()
    assert "Ёжик в тумане" in page
