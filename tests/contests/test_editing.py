"""What an editor is told about a contest, and what the portal fills in by itself."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from contests.models import ContestIndexPage, ContestPage, ContestSeries
from portal.setup.groups import EDITORS
from tests.factories.contests import ContestPageFactory, at
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STREAMS = ("requirements", "files", "criteria", "body")
EMPTY = ("nominations", "stages", "results", "evidence_links", "comments")


@pytest.fixture
def editor(client):
    client.force_login(make_account("editor@example.org", groups=[EDITORS]))
    return client


def form(series, **values):
    rows = {name: inline_formset(values.pop(name, [])) for name in EMPTY}
    plain = {
        "title": "Конкурс 2027",
        "slug": "vospitatel-goda-2027",
        "summary": "",
        "tags": "",
        "series": series.pk,
        "year": 2027,
    }
    return nested_form_data({**plain, **values, **rows, **{name: streamfield([]) for name in STREAMS}})


def add(client, **values):
    """Send the form of a new contest; return the answer's text, or the page when it was saved."""
    section = ContestIndexPage.objects.get()
    series = values.pop("series", None) or ContestSeries.objects.get(slug="vospitatel-goda")
    address = reverse("wagtailadmin_pages:add", args=["contests", "contestpage", section.pk])
    answer = client.post(address, {**form(series, **values), "action-publish": "1"})
    return ContestPage.objects.get(year=2027) if answer.status_code == 302 else answer.content.decode()


def stage(title="Приём", start="2027-03-01 00:00", end="2027-03-15 23:59", **values):
    return {"title": title, "starts_at": start, "ends_at": end, "mode": "zaochno", **values}


def test_codes_are_made_and_the_last_minute_is_whole(editor):
    page = add(editor, stages=[stage("Приём заявок", is_intake="on")], nominations=[{"title": "Сады городов"}])
    assert page.stages.get().slug == "priem-zayavok"
    assert page.nominations.get().slug == "sady-gorodov"
    assert page.stages.get().ends_at == at(dt.date(2027, 3, 15), "23:59:59")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"stages": [stage("Тур", end="2027-02-01 23:59")]}, "Этап «Тур» заканчивается раньше, чем начинается."),
        ({"stages": [stage(), stage()]}, "Этап «Приём» стоит дважды"),
        ({"nominations": [{"title": "Сады"}, {"title": "Сады"}]}, "Номинация «Сады» стоит дважды"),
        (
            {
                "stages": [
                    stage(end="2027-05-01 23:59", is_intake="on"),
                    stage("Тур", "2027-04-01 00:00", "2027-04-09 23:59"),
                ]
            },
            "Приём заканчивается позже последнего этапа",
        ),
        ({"is_cancelled": "on"}, "Напишите, почему конкурс отменён."),
        ({"results_are_public": "on"}, "Укажите день, с которого результаты видны всем."),
        ({"slug": "winners"}, "Этот адрес занят разделом портала"),
        ({"results": [{"place": "winner"}]}, "Укажите организацию, муниципалитет или должность."),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)
def test_faults_are_told_in_russian_and_nothing_is_saved(editor, values, words):
    assert words in add(editor, **values)
    assert not ContestPage.objects.exists()


def test_result_of_an_unknown_nomination_names_the_known_ones(editor):
    garden = OrganisationFactory()
    result = {"place": "winner", "nomination": "goroda", "organisation": garden.pk}
    told = add(editor, nominations=[{"title": "Сады районов", "slug": "rayony"}], results=[result])
    assert "Такой номинации в этом конкурсе нет. Есть: rayony — Сады районов." in told
    page = add(editor, nominations=[{"title": "Сады городов", "slug": "goroda"}], results=[result])
    assert page.results.get().municipality == garden.municipality


def test_overlapping_stages_are_allowed(editor):
    page = add(editor, stages=[stage("Приём"), stage("Консультации", "2027-03-05 10:00", "2027-03-20 18:00")])
    assert page.stages.count() == 2


def test_address_of_a_page_made_by_a_program_is_of_the_contest_and_the_year():
    page = ContestPage(title="Конкурс", series=ContestSeries.objects.get(slug="vospitatel-goda"), year=2027)
    assert ContestIndexPage.objects.get().add_child(instance=page).slug == "vospitatel-goda-2027"


def test_a_year_of_a_contest_is_held_once():
    page = ContestPageFactory(year=2027)
    with pytest.raises(ValidationError, match="за 2027 год уже есть"):
        ContestPage(title="Ещё раз", slug="esche", series=page.series, year=2027, path="x", depth=3).full_clean()


def test_what_a_contest_proves_is_dated_by_its_results_or_its_end():
    begins = dt.date(2027, 3, 1)
    assert ContestPageFactory(begins=begins).evidence_on() == begins + dt.timedelta(days=40)
    assert ContestPageFactory(begins=begins, results_on=dt.date(2027, 5, 2)).evidence_on() == dt.date(2027, 5, 2)
    assert ContestPageFactory(begins=begins, is_cancelled=True, cancel_reason="Приказ").evidence_on() is None
    assert ContestPageFactory().evidence_on() is None


def test_list_in_the_admin_shows_the_stage_of_now_and_is_filtered_by_state(client):
    with time_machine.travel(at(dt.date(2027, 3, 10), "12:00"), tick=False):
        editor = client
        editor.force_login(make_account("editor@example.org", groups=[EDITORS]))
        ContestPageFactory(title="Открытый конкурс", begins=dt.date(2027, 3, 1))
        ContestPageFactory(title="Прошлый конкурс", begins=dt.date(2026, 3, 1), year=2026)
        text = editor.get("/admin/contests/").content.decode()
        assert "Приём заявок" in text
        assert "11 дней до конца приёма" in text
        found = editor.get("/admin/contests/?state=finished").content.decode()
        assert "Прошлый конкурс" in found
        assert "Открытый конкурс" not in found
        for absurd in ("state=нет", "year=99999999999999999999", "series=x"):
            assert editor.get(f"/admin/contests/?{absurd}").status_code == 200


def test_series_in_use_is_not_deleted_and_says_where_it_is_used(editor):
    page = ContestPageFactory()
    address = reverse("wagtailsnippets_contests_contestseries:delete", args=[page.series_id])
    answer = editor.post(address, follow=True).content.decode()
    assert ContestSeries.objects.filter(pk=page.series_id).exists()
    assert "указано на 1 странице" in answer


def test_preview_shows_prepared_results_and_no_name_without_consent():
    page = ContestPageFactory(
        results_are_public=True,
        results_on=dt.date(2999, 1, 1),
        results=[{"organisation": OrganisationFactory(short_name="Сад «Росянка»"), "name": "Росянкина Вымышлена"}],
    )
    text = page.make_preview_request(preview_mode="").rendered_content
    assert "Сад «Росянка»" in text
    assert "посетители результатов не видят" in text
    assert "Росянкина" not in text
