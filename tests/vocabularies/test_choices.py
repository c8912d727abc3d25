"""Values of the dictionaries are read once and follow every change."""

import pytest

from portal.core.publicity import is_public
from portal.core.sites import default_site
from portal.vocabularies.choices import tags, terms
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import EducationalArea, Term
from tests.factories.vocabularies import TagFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_one_query_reads_all_vocabularies(django_assert_num_queries):
    is_public(default_site().root_page)  # what tells the public from the hidden is known to every page
    with django_assert_num_queries(1):
        assert len(terms(Vocabulary.AREA)) == 5
    with django_assert_num_queries(0):
        assert len(terms(Vocabulary.AGE)) == 8
        first = terms(Vocabulary.AREA)[0]
        assert (first.slug, first.title) == ("sotsialno-kommunikativnoe", "Социально-коммуникативное развитие")


def test_change_through_a_dictionary_screen_is_seen_at_once(django_capture_on_commit_callbacks):
    terms(Vocabulary.AREA)
    with django_capture_on_commit_callbacks(execute=True):
        area = EducationalArea.objects.get(slug="rechevoe")
        area.short_title = "Речь"
        area.save()
    assert "Речь" in [term.label for term in terms(Vocabulary.AREA)]
    with django_capture_on_commit_callbacks(execute=True):
        Term.objects.get(slug="kartoteka").delete()
    assert "kartoteka" not in [term.slug for term in terms(Vocabulary.DOCUMENT_KIND)]


def test_topics_stand_in_russian_order(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("жук", "ёлка", "еда", "ежевика"):
            TagFactory(name=f"яяя {name}")
    names = [tag.name for tag in tags() if tag.name.startswith("яяя")]
    assert names == ["яяя еда", "яяя ежевика", "яяя ёлка", "яяя жук"]


def test_value_made_through_a_proxy_belongs_to_its_vocabulary():
    made = EducationalArea.objects.create(title="Шестая область", slug="shestaya")
    assert Term.objects.get(pk=made.pk).vocabulary == Vocabulary.AREA
    assert set(EducationalArea.objects.values_list("vocabulary", flat=True)) == {"educational_areas"}
