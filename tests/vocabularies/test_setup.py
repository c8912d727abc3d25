"""The reference data come in once and never undo what editors did."""

import pytest

from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import VOCABULARY_MODELS, ReferenceEntry, Tag, Term
from portal.vocabularies.setup import setup

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_every_vocabulary_has_values_and_a_screen():
    filled = set(Term.objects.values_list("vocabulary", flat=True))
    assert filled == {str(vocabulary) for vocabulary in Vocabulary} == set(VOCABULARY_MODELS)


def test_second_setup_changes_nothing():
    before = list(Term.objects.order_by("pk").values()), list(Tag.objects.order_by("pk").values())
    assert list(setup()) == []
    assert (list(Term.objects.order_by("pk").values()), list(Tag.objects.order_by("pk").values())) == before


def test_setup_keeps_renamed_and_deleted_values():
    Term.objects.filter(slug="rechevoe").update(title="Речь", slug="rech-detey")
    Term.objects.filter(slug="kartoteka").delete()
    Tag.objects.filter(slug="shakhmaty").delete()
    assert list(setup()) == []
    assert not Term.objects.filter(slug__in=["rechevoe", "kartoteka"]).exists()
    assert not Tag.objects.filter(slug="shakhmaty").exists()


def test_setup_adds_what_a_later_release_brings():
    Term.objects.filter(slug="kartoteka").delete()
    ReferenceEntry.objects.filter(kind="document_kinds", slug="kartoteka").delete()
    assert list(setup()) == ["Виды документов: 1"]
    assert Term.objects.filter(slug="kartoteka").exists()


def test_setup_does_not_double_a_value_that_editors_made_first():
    Term.objects.filter(slug="kartoteka").update(slug="kartoteki")
    ReferenceEntry.objects.filter(kind="document_kinds", slug="kartoteka").delete()
    assert list(setup()) == []


def test_each_area_has_a_figure_of_its_own():
    assert [area.data["figure"] for area in terms(Vocabulary.AREA)] == ["skr", "pr", "rr", "her", "fr"]


def test_short_titles_fit_cards():
    labels = {term.slug: term.label for vocabulary in Vocabulary for term in terms(vocabulary)}
    assert labels["age-5-6"] == "5–6 лет"
    assert labels["sotsialno-kommunikativnoe"] == "Социально-коммуникативное"


def test_indicators_stand_after_their_area_and_deficits_in_their_groups():
    quality = terms(Vocabulary.QUALITY_AREA)
    assert [(term.slug, term.parent_slug) for term in quality[:4]] == [
        ("orientiry", ""),
        ("p-1-1", "orientiry"),
        ("p-1-2", "orientiry"),
        ("programma", ""),
    ]
    groups = {term.slug for term in terms(Vocabulary.DEFICIT_GROUP)}
    assert {term.parent_slug for term in terms(Vocabulary.DEFICIT)} == groups
