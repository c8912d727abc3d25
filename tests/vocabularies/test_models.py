"""Names of values and topics: unique whatever the spelling, refused with a sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portal.core import usage
from portal.core.matching import matching
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, TagAlias, Term
from tests.factories.organisations import OrganisationFactory
from tests.factories.vocabularies import TagFactory, TermFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_same_name_in_another_spelling_is_refused_with_a_sentence():
    TermFactory(title="Ёлочные игрушки")
    other = Term(vocabulary=Vocabulary.AREA, title="елочные  ИГРУШКИ")
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert refused.value.message_dict["title"][0] == "Такое название уже есть: «Ёлочные игрушки»."


def test_same_name_is_refused_by_the_database_too():
    TagFactory(name="Ёлочка")
    with pytest.raises(IntegrityError), transaction.atomic():
        TagFactory(name="«елочка»")


def test_same_title_may_stand_in_two_vocabularies_and_under_two_parents():
    first, second = TermFactory(), TermFactory()
    for kwargs in ({"parent": first}, {"parent": second}, {"vocabulary": Vocabulary.AUDIENCE}):
        term = TermFactory.build(title="Условия", **{"vocabulary": Vocabulary.AREA, **kwargs})
        term.full_clean()
        term.save()


def test_name_without_letters_is_refused():
    with pytest.raises(ValidationError):
        Tag(name="«—»").full_clean()


def test_values_stand_on_two_levels_at_most():
    child = TermFactory(parent=TermFactory())
    with pytest.raises(ValidationError):
        TermFactory.build(parent=child).full_clean()
    top = child.parent
    top.parent = TermFactory()
    with pytest.raises(ValidationError):
        top.full_clean()


def test_blank_code_is_made_from_the_title():
    term = Term(vocabulary=Vocabulary.AREA, title="Юный щёголь")
    term.full_clean()
    assert term.slug
    assert term.slug.isascii()


@pytest.mark.parametrize("typed", ["ЕЛОЧКА", "ёлочка", "елочк", "«Ёлочка»"])
def test_search_by_key_finds_any_spelling(typed):
    tag = TagFactory(name="Елочка")
    assert list(Tag.objects.filter(matching(typed, "name_match"))) == [tag]


def test_search_of_signs_alone_sets_no_condition():
    TagFactory()
    assert Tag.objects.filter(matching("% _ ' \"", "name_match")).count() == Tag.objects.count()


def test_typed_topic_is_found_by_any_name_before_a_new_one_is_made():
    tag = TagFactory(name="Робототехника и роботы")
    TagAlias.objects.create(tag=tag, name="Роботы в саду", slug="roboty-v-sadu")
    for typed in ("робототехника  и РОБОТЫ", "роботы в саду", "Роботы в саду"):
        assert Tag.objects.get_or_create(name=typed) == (tag, False)
    made, is_new = Tag.objects.get_or_create(name="Ночное небо")
    assert is_new
    assert made.slug == "nochnoe-nebo"


def test_codes_of_new_topics_do_not_meet_former_addresses():
    TagAlias.objects.create(tag=TagFactory(), name="", slug="nochnoe-nebo")
    made, _ = Tag.objects.get_or_create(name="Ночное небо")
    assert made.slug == "nochnoe-nebo-2"


def test_topic_cannot_take_the_name_of_a_synonym():
    TagAlias.objects.create(tag=TagFactory(), name="Роботы", slug="roboty")
    with pytest.raises(ValidationError) as refused:
        Tag(name="роботы").full_clean()
    assert "name" in refused.value.message_dict


def test_used_value_is_not_deleted_and_says_where_it_is_used():
    kind = TermFactory(vocabulary=Vocabulary.ORGANISATION_KIND, title="Кочующий сад")
    OrganisationFactory(kind=kind)
    with pytest.raises(ProtectedError) as refused:
        usage.refuse_if_used(Term, kind)
    assert refused.value.args[0] == "«Кочующий сад» нельзя удалить: указано в 1 записи справочников."
    for rows in (kind, Term.objects.filter(pk=kind.pk)):
        with pytest.raises(ProtectedError):
            rows.delete()


def test_group_of_topics_is_not_deleted_from_under_its_topics():
    """The key would be emptied silently, so the refusal is the portal's own."""
    group = TermFactory(vocabulary=Vocabulary.TAG_GROUP)
    TagFactory(group=group)
    with pytest.raises(ProtectedError):
        group.delete()


def test_unused_topic_is_deleted_with_its_synonyms():
    tag = TagFactory()
    TagAlias.objects.create(tag=tag, name="Синоним", slug="sinonim")
    tag.delete()
    assert not TagAlias.objects.filter(slug="sinonim").exists()
