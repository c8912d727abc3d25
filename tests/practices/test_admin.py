"""Editing a practice in the admin: one field for each vocabulary, drafts, comparing, reverting."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.vocabularies.enums import Vocabulary
from practices.models import PracticePage
from tests.factories.practices import OrganisationFactory, PracticePageFactory, term

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STREAMS = ("tasks", "steps", "indicators", "risks", "replicated_by", "files", "photos")


def filled(page, **changes):
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "tags": "",
        "level": page.level,
        "authors": inline_formset([]),
        "evidence_links": inline_formset([]),
        **{name: streamfield([]) for name in STREAMS},
        "terms_maturity": term(Vocabulary.MATURITY, "ustoychivaya").pk,
    }
    several = {name: changes.pop(name) for name in list(changes) if isinstance(changes[name], list)}
    several.setdefault("terms_kind", [term(Vocabulary.KIND, "obrazovatelnaya").pk])
    return {**nested_form_data({**data, **changes}), **several}


def slugs(page):
    return {chosen.slug for chosen in page.terms.all()}


@pytest.fixture
def practice(bank):
    page = PracticePageFactory(parent=bank, areas=["rechevoe"], kinds=["obrazovatelnaya"], published_on=None)
    page.save_revision().publish()
    return PracticePage.objects.get(pk=page.pk)


def edit(client, page, **data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def test_the_form_has_a_field_for_each_vocabulary_with_what_is_chosen(admin_client, practice):
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[practice.pk])).context["form"]
    assert form["terms_area"].value() == [str(term(Vocabulary.AREA, "rechevoe").pk)]
    assert form["terms_maturity"].value() == ""
    assert "terms" not in form.fields


def test_a_draft_leaves_the_published_terms_alone_and_publication_brings_them(admin_client, practice, committed):
    area = term(Vocabulary.AREA, "fizicheskoe").pk
    assert edit(admin_client, practice, **filled(practice, terms_area=[area])).status_code == 302
    assert slugs(PracticePage.objects.get(pk=practice.pk)) == {"rechevoe", "obrazovatelnaya"}
    draft = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    assert slugs(draft) == {"fizicheskoe", "obrazovatelnaya", "ustoychivaya"}
    with committed():
        edit(admin_client, practice, **filled(practice, terms_area=[area]), **{"action-publish": "1"})
    assert slugs(PracticePage.objects.get(pk=practice.pk)) == {"fizicheskoe", "obrazovatelnaya", "ustoychivaya"}


def test_revisions_are_compared_by_vocabulary_and_can_be_restored(admin_client, practice):
    first = practice.latest_revision_id
    area = term(Vocabulary.AREA, "fizicheskoe")
    edit(admin_client, practice, **filled(practice, title="Другое название", terms_area=[area.pk]))
    address = reverse("wagtailadmin_pages:revisions_compare", args=[practice.pk, first, "latest"])
    body = admin_client.get(address).content.decode()
    assert "Образовательные области" in body
    assert f'<span class="addition">{area.title}</span>' in body
    address = reverse("wagtailadmin_pages:revisions_revert", args=[practice.pk, first])
    form = admin_client.get(address).context["form"]
    assert form["terms_area"].value() == [str(term(Vocabulary.AREA, "rechevoe").pk)]


def test_an_imported_practice_with_long_and_missing_parts_can_be_edited_and_republished(admin_client, bank, committed):
    page = PracticePageFactory(parent=bank, summary="с" * 900, problem="п" * 4000, external_id="old-5")
    with committed():
        response = edit(
            admin_client, page, **filled(page, problem=page.problem, external_id="old-5"), **{"action-publish": "1"}
        )
    assert response.status_code == 302
    page = PracticePage.objects.get(pk=page.pk)
    assert (len(page.summary), len(page.problem), page.live) == (900, 4000, True)


def test_reserved_addresses_are_refused(admin_client, practice):
    response = edit(admin_client, practice, **filled(practice, slug="topics"))
    assert "Этот адрес занят" in response.content.decode()


def test_the_list_names_organisation_level_and_filters(admin_client, bank):
    owner = OrganisationFactory(short_name="Детский сад «Родничок»")
    PracticePageFactory(parent=bank, title="Первая", organisation=owner, municipality=owner.municipality, level="best")
    PracticePageFactory(parent=bank, title="Вторая")
    body = admin_client.get(reverse("practices_listing:index")).content.decode()
    assert {"Первая", "Вторая", "Детский сад «Родничок»", "лучшая"} <= {
        word for word in ("Первая", "Вторая", "Детский сад «Родничок»", "лучшая") if word in body
    }
    body = admin_client.get(reverse("practices_listing:index_results"), {"level": "best"}).content.decode()
    assert "Первая" in body
    assert "Вторая" not in body


def test_a_plain_relation_on_a_page_is_a_fault_of_the_program(monkeypatch):
    from django.db import models

    from practices import checks

    assert checks.pages_hold_only_parental_relations() == []
    field = models.ManyToManyField(PracticePage)
    field.name = "friends"
    monkeypatch.setattr(PracticePage._meta, "local_many_to_many", [*PracticePage._meta.local_many_to_many, field])
    assert [fault.id for fault in checks.pages_hold_only_parental_relations()] == ["practices.E001"]
