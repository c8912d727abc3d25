from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.models import IndexEntry

from portal.demo import content
from portal.demo.load import load_demo
from portal.demo.remove import remove_demo
from portal.demo.scale import load as scale
from portal.demo.scale.generate import YEARS, Generator
from portal.demo.scale.pools import themes
from portal.files.models import PortalImage
from portal.organisations.inn import validate_inn
from portal.organisations.models import Organisation
from portal.vocabularies.enums import Vocabulary
from practices.domain.catalogue import catalogue
from practices.models import PracticeIndexPage, PracticePage
from search.engines.query import search_ids
from tests.demo.conftest import TINY, demonstration

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("db")]
AMOUNT = 300
TODAY = dt.date(2026, 11, 25)


def load():
    yield from load_demo(cover_width=TINY)
    yield from scale.load_scale(AMOUNT, cover_width=TINY)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    with (
        django_db_blocker.unblock(),
        demonstration("scale", load, tmp_path_factory.mktemp("media")) as media,
    ):
        yield media


@pytest.fixture
def scaled(loaded):
    return PracticePage.objects.filter(external_id__startswith="scale-")


def test_the_tree_is_sound_and_all_are_published(scaled):
    assert scaled.published().count() == AMOUNT
    assert Page.find_problems() == ([], [], [], [], [])
    section = PracticeIndexPage.objects.get()
    assert section.numchild == section.get_children().count()
    assert len(set(scaled.values_list("url_path", flat=True))) == AMOUNT


def test_facets_count_what_the_database_counts(scaled):
    known = catalogue()
    for facet, vocabulary in (("area", Vocabulary.AREA), ("age", Vocabulary.AGE), ("kind", Vocabulary.KIND)):
        shown = {value: known.index.of_value(facet, value).bit_count() for value in known.index.values(facet)}
        in_rows: dict[str, set[int]] = {}
        for page in PracticePage.objects.published().prefetch_related("terms"):
            for term in page.terms_of(vocabulary):
                for part in (term, *([term.parent] if term.parent else [])):
                    in_rows.setdefault(part.slug, set()).add(page.pk)
        assert {key: number for key, number in shown.items() if number} == {
            key: len(pks) for key, pks in in_rows.items()
        }


def test_practices_are_found_and_referred_to(scaled):
    page = scaled.order_by("pk").last()
    assert page.pk in search_ids(PracticePage, page.title)
    assert IndexEntry.objects.filter(content_type__model="practicepage").count() == PracticePage.objects.count()
    assert ReferenceIndex.get_references_to(page.organisation).filter(object_id=str(page.pk)).exists()
    written = set(ReferenceIndex.get_references_for_object(page).values_list("to_object_id", "content_path"))
    ReferenceIndex.create_or_update_for_object(PracticePage.objects.get(pk=page.pk))
    assert set(ReferenceIndex.get_references_for_object(page).values_list("to_object_id", "content_path")) == written


def test_texts_are_plausible(scaled):
    for page in scaled[:40]:
        page.full_clean()
        words = [page.summary, page.problem, page.goal, page.replication, *(step.value["text"] for step in page.steps)]
        assert all(words)
        assert page.indicators[0].value["method"]
    titles = set(scaled.values_list("title", flat=True))
    assert len(titles) > AMOUNT * 0.9
    assert len(set(scaled.values_list("problem", flat=True))) > AMOUNT * 0.5


def test_distribution_is_uneven_as_in_life(scaled):
    volgograd = scaled.filter(municipality__slug="volgograd").count()
    assert AMOUNT * 0.15 < volgograd < AMOUNT * 0.5
    assert scaled.values("municipality").distinct().count() >= 20
    levels = [scaled.filter(level=level).count() for level in ("best", "recommended", "presented")]
    assert levels == sorted(levels) and levels[0] > 0
    days = list(scaled.order_by("published_on").values_list("published_on", flat=True))
    assert (days[-1] - days[0]).days > 365 * (YEARS - 1)
    assert PortalImage.objects.filter(title__startswith="Обложка").count() == 120
    for inn in Organisation.objects.filter(slug__startswith="scale-").values_list("inn", flat=True):
        validate_inn(inn)


def test_an_editor_can_change_one(scaled, client, settings):
    from portal.accounts.models import User

    page = scaled.first()
    client.force_login(User.objects.get(email="admin@example.org"), backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.get(f"/admin/pages/{page.pk}/edit/")
    assert answer.status_code == 200
    page.title = "Новое название"
    page.save_revision().publish()
    assert PracticePage.objects.get(pk=page.pk).title == "Новое название"


def test_more_is_added_to_what_is_there_and_deleted_ones_stay_deleted(scaled):
    first = scaled.order_by("external_id").first()
    title_of_second = scaled.order_by("external_id")[1].title
    first.delete()
    list(scale.load_scale(AMOUNT + 50, cover_width=TINY))
    assert scaled.all().count() == AMOUNT + 49
    assert scaled.get(external_id="scale-000001").title == title_of_second
    assert Page.find_problems() == ([], [], [], [], [])
    list(scale.load_scale(AMOUNT, cover_width=TINY))
    assert scaled.all().count() == AMOUNT + 49


def test_a_kill_in_a_batch_leaves_nothing_of_it(scaled, monkeypatch):
    def dying(pages):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), transaction.atomic():
        patch.setattr("portal.demo.scale.insert._index", dying)
        list(scale.load_scale(AMOUNT + 20, cover_width=TINY))
    assert scaled.all().count() == AMOUNT
    list(scale.load_scale(AMOUNT + 20, cover_width=TINY))
    assert scaled.all().count() == AMOUNT + 20
    assert Page.find_problems() == ([], [], [], [], [])


def test_all_of_it_is_removed(scaled):
    list(remove_demo())
    assert not PracticePage.objects.exists()
    assert not Organisation.objects.filter(is_demo=True).exists()
    assert not PageLogEntry.objects.filter(user=None, label__startswith="Обложка").exists()
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.unit
def test_the_same_number_is_always_the_same_practice():
    def make(seed):
        return Generator(themes(), content.read("scale")["groups"], TODAY, seed)

    assert [make(1).practice(n) for n in range(30)] == [make(1).practice(n) for n in range(30)]
    assert make(1).practice(3) != make(2).practice(3)


@pytest.mark.unit
def test_texts_keep_the_limits_of_the_form():
    generator = Generator(themes(), content.read("scale")["groups"], TODAY, 1)
    limits = {
        field.name: field.max_length
        for field in PracticePage._meta.concrete_fields
        if field.max_length and field.name in generator.practice(0).fields
    }
    sizes = []
    for number in range(300):
        item = generator.practice(number)
        assert all(len(str(item.fields[name] or "")) <= limit for name, limit in limits.items())
        assert item.fields["published_on"] <= TODAY
        sizes.append(len(str(item.fields)))
    assert 2_500 < sum(sizes) / len(sizes) < 6_000
