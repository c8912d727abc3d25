"""«Моя дорожная карта»: what an owner, an administrator and a stranger see and do."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.roadmap.domain import facts
from portal.roadmap.domain.progress import item_progress
from portal.roadmap.enums import FactState
from portal.roadmap.models import Fact, PlanItem, RoadmapPage
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def at_the_end_of_march():
    with time_machine.travel(dt.datetime(2022, 3, 22, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def owner(db):
    return make_account("vladelec@example.org")


@pytest.fixture
def plan(owner):
    return make_test_plan(owner_user=owner, slug="opyt-2022")


@pytest.fixture
def item(plan):
    return make_item(
        plan,
        number_text="15.",
        planned=3,
        unit="мероприятия",
        recurrence="quarter",
        starts_on=dt.date(2022, 1, 1),
        ends_on=dt.date(2022, 12, 31),
        period_text="1 раз в квартал",
    )


@pytest.fixture
def enter(client):
    def enter(user):
        client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        return client

    return enter


def shown(response):
    return response.content.decode()


def test_the_owner_sees_what_keeps_quiet_in_plain_words(enter, owner, item):
    page = shown(enter(owner).get(reverse("my_roadmap")))
    assert "0 из 3, квартал кончается через 9 дней" in page
    assert "my-roadmap" in shown(enter(owner).get("/admin/"))


def test_two_are_counted_and_one_is_refused_with_a_reason(enter, owner, item):
    for day in (1, 2, 3):
        prove([item], date=dt.date(2022, 3, day))
    first, second, third = Fact.objects.order_by("on")
    client = enter(owner)
    assert "Ждут вашего решения: 3" in shown(client.get(reverse("my_roadmap")))
    decide = reverse("my_roadmap_decide")
    asked = client.post(decide, {"fact": [first.pk, second.pk], "action": "confirm"})
    assert "Засчитать 2 факта?" in shown(asked)
    assert item_progress(item).confirmed == 0
    client.post(decide, {"fact": [first.pk, second.pk], "action": "confirm", "sure": "1"})
    assert item_progress(item).confirmed == 2
    refused = client.post(decide, {"fact": [third.pk], "action": "refuse", "sure": "1", "note": ""})
    assert "w-field--error" in shown(refused)
    client.post(decide, {"fact": [third.pk], "action": "refuse", "sure": "1", "note": "Повтор."})
    third.refresh_from_db()
    assert (third.state, third.decision_note, third.decided_by) == (FactState.REFUSED, "Повтор.", owner)


def test_the_item_shows_its_due_lines_and_every_action_works(enter, owner, item):
    client, url = enter(owner), reverse("my_roadmap_item", args=[item.pk])
    page = shown(client.get(url))
    for words in ("1 раз в квартал", "I квартал 2022", "IV квартал 2022", "Перенести сроки", "Добавить обновление"):
        assert words in page
    update = {"action": "update", "update-title": "Показ", "update-on": "2022-03-21", "update-amount": "1"}
    client.post(url, {**update, "update-key": "a"})
    assert item_progress(item).confirmed == 1
    dates = {"dates-starts_on": "2022-02-01", "dates-ends_on": "2022-12-31", "dates-reason": "Карантин"}
    answer = client.post(url, {"action": "dates", **dates, "dates-order_number": ""})
    assert "Карантин" in shown(answer)
    assert "исправьте отмеченное" in shown(answer)
    order = {"dates-order_number": "7", "dates-order_date": "2022-03-01"}
    assert client.post(url, {"action": "dates", **dates, **order}).status_code == 302
    status = {"action": "status", "status-status": "running", "status-reason": "Решение комитета"}
    assert client.post(url, status).status_code == 302
    quantity = {"action": "quantity", "quantity-planned": "4", "quantity-unit": "шт.", "quantity-reason": "Приказ"}
    assert client.post(url, quantity).status_code == 302
    page = shown(client.get(url))
    for words in (
        "было 01.01.2022 – 31.12.2022, стало 01.02.2022 – 31.12.2022",
        "приказ № 7",
        "Решение комитета",
        "4 шт.",
    ):
        assert words in page
    fact = Fact.objects.get()
    assert client.post(url, {"action": "withdraw", "fact": fact.pk, "reason": "Ошибка"}).status_code == 302
    assert item_progress(item).confirmed == 0


def test_several_items_move_together_after_a_question_with_their_number(enter, owner, plan, item):
    other = make_item(plan)
    client, url = enter(owner), reverse("my_roadmap_bulk")
    chosen = {"item": [item.pk, other.pk], "action": "dates"}
    assert "Перенести сроки 2 пунктов" in shown(client.post(url, chosen))
    order = {"months": "1", "reason": "Карантин", "order_number": "7", "order_date": "2022-03-01"}
    client.post(url, {**chosen, **order, "sure": "1"})
    assert set(PlanItem.objects.filter(plan=plan).values_list("starts_on", flat=True)) == {
        dt.date(2022, 2, 1), dt.date(2022, 4, 1),
    }  # fmt: skip


def test_the_owner_of_an_item_acts_on_it_alone(enter, plan, item):
    person = make_account("punkt@example.org")
    mine = make_item(plan, responsible_user=person)
    prove([item, mine])
    client = enter(person)
    assert "Ждут вашего решения: 1" in shown(client.get(reverse("my_roadmap")))
    assert client.get(reverse("my_roadmap_item", args=[mine.pk])).status_code == 200
    assert client.get(reverse("my_roadmap_item", args=[item.pk])).status_code == 404
    foreign = Fact.objects.get(item=item)
    answer = client.post(reverse("my_roadmap_decide"), {"fact": foreign.pk, "action": "confirm", "sure": "1"})
    assert answer.status_code == 404


@pytest.mark.parametrize("groups", [[], ["Редакторы"], ["Модераторы"]])
def test_for_others_the_screens_do_not_exist(enter, plan, item, groups):
    client = enter(make_account("chuzhoy@example.org", groups=groups))
    for name, args in [
        ("my_roadmap", []), ("my_roadmap_item", [item.pk]), ("roadmap_plans", []), ("roadmap_item_edit", [item.pk]),
        ("roadmap_plan_copy", [plan.pk]), ("roadmap_item_add", [plan.pk]), ("roadmap_item_delete", [item.pk]),
    ]:  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 404
    assert client.post(reverse("my_roadmap_decide"), {"action": "confirm"}).status_code == 404
    assert client.post(reverse("my_roadmap_bulk"), {"action": "dates"}).status_code == 404


def test_an_owner_does_not_arrange_plans(enter, owner, plan, item):
    client = enter(owner)
    for name, pk in [("roadmap_item_edit", item.pk), ("roadmap_plan_copy", plan.pk), ("roadmap_item_add", plan.pk)]:
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_an_administrator_makes_the_plan_of_a_new_year_and_shows_it(admin_client, plan, item):
    plan.save_revision().publish()
    data = {"title": "2023", "slug": "opyt-2023", "shift_months": "12"}
    assert admin_client.post(reverse("roadmap_plan_copy", args=[plan.pk]), data).status_code == 302
    copy = RoadmapPage.objects.get(slug="opyt-2023")
    assert copy.items.get().ends_on == dt.date(2023, 12, 31)
    again = admin_client.post(reverse("roadmap_plan_copy", args=[plan.pk]), data)
    assert "уже есть" in shown(again)
    admin_client.post(reverse("roadmap_plans"), {"plan": copy.pk})
    assert copy.get_parent().specific.featured_id == copy.pk
    assert "открыт на портале" in shown(admin_client.get(reverse("roadmap_plans")))


def test_an_administrator_rewrites_adds_and_deletes_items(admin_client, plan, item):
    edit = reverse("roadmap_item_edit", args=[item.pk])
    assert admin_client.get(edit).status_code == 200
    data = {
        "number_text": "15.", "period_text": "1 раз в квартал ", "title_text": "Первая строка\r\nвторая", "note": "",
        "result_text": "", "responsible_text": "", "section": item.section_id, "position": "1", "recurrence": "quarter",
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert admin_client.post(edit, data).status_code == 302
    item.refresh_from_db()
    assert (item.title_text, item.period_text) == ("Первая строка\nвторая", "1 раз в квартал ")
    new = {**data, "title_text": "Новый", "recurrence": "", "starts_on": "2022-05-01", "ends_on": "2022-05-31"}
    add = reverse("roadmap_item_add", args=[plan.pk])
    assert admin_client.get(add).status_code == 200
    assert admin_client.post(add, new).status_code == 302
    made = plan.items.get(title_text="Новый")
    assert made.position == 1
    delete = reverse("roadmap_item_delete", args=[made.pk])
    assert admin_client.get(delete).status_code == 200
    admin_client.post(delete)
    assert not plan.items.filter(pk=made.pk).exists()


@pytest.mark.parametrize("rows", [3, 23])
def test_the_desk_costs_the_same_whatever_its_size(enter, owner, plan, rows, django_assert_max_num_queries):
    items = [make_item(plan, planned=5) for _ in range(rows)]
    for item in items[:3]:
        facts.record_fact(item, source_key="x:1", title="Факт", on=dt.date(2022, 3, 2))
    client = enter(owner)
    client.get(reverse("my_roadmap"))
    with django_assert_max_num_queries(26):
        client.get(reverse("my_roadmap"))


@pytest.mark.parametrize("links", [1, 5])
def test_the_list_of_items_in_a_page_form_is_read_once(admin_client, plan, links):
    items = [make_item(plan) for _ in range(links)]
    page = prove(items)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first = shown(admin_client.get(url))
    assert first.count(f"{items[0].label} · ") >= links
    with CaptureQueriesContext(connection) as queries:
        admin_client.get(url)
    assert sum('FROM "roadmap_planitem"' in query["sql"] for query in queries) <= 1
