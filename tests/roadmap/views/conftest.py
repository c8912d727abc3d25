"""A plan of the year 2022 that the tests of pages and files read."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.roadmap.models import ItemResponsible, Party, PlanSection
from tests.factories.roadmap import make_item, make_test_plan

TODAY = "2022-05-24 12:00:00+03:00"


@pytest.fixture(autouse=True)
def in_may(time_machine):
    """The plan is half done."""
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def party(db):
    return Party.objects.get(slug="vgapo")


@pytest.fixture
def plan(db, party):
    """Three items in two sections: one of March, one of spring and summer with a quantity, one of each quarter."""
    plan = make_test_plan(slug="plan-2022", title="План 2022")
    second = PlanSection.objects.create(plan=plan, order=2, heading="2. Второй", title="Второй", slug="vtoroy")
    first = make_item(plan, title_text="Собрать вопросы")
    third = make_item(
        plan, 3, section=second, title_text="Встречи", period_text="1 раз в квартал", recurrence="quarter",
        planned=3, unit="встречи", starts_on=dt.date(2022, 1, 1), ends_on=dt.date(2022, 12, 31), note="Четыре и три.",
    )  # fmt: skip
    between = make_item(
        plan, 2, title_text="Провести смотр", planned=4, unit="смотры", period_text="Апрель-сентябрь 2022",
        starts_on=dt.date(2022, 4, 1), ends_on=dt.date(2022, 9, 30),
    )  # fmt: skip
    third.depends_on.add(first)
    ItemResponsible.objects.create(item=first, party=party)
    ItemResponsible.objects.create(item=between, party=Party.objects.get(slug="crso"))
    return plan


@pytest.fixture
def items(plan):
    return {item.position: item for item in plan.items.all()}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Context manager: what is done inside is committed, so that what was kept before is asked for no more."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
