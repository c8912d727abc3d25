"""Verbs that change items: history, reasons, all or none, who may."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from portal.core.models import Letter
from portal.roadmap.domain import arranging, changes, facts, overdue, updates
from portal.roadmap.domain.copying import copy_plan
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.featuring import feature_plan
from portal.roadmap.domain.progress import item_progress
from portal.roadmap.enums import ItemStatus
from portal.roadmap.models import Fact, Party, PlanChange, PlanSection
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ORDER = {"reason": "Карантин", "order_number": "12", "order_date": dt.date(2022, 3, 1)}
JUNE = {"starts_on": dt.date(2022, 6, 1), "ends_on": dt.date(2022, 6, 30)}


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel(dt.datetime(2022, 3, 15, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def people(db):
    return {
        "owner": make_account("vladelec@example.org"),
        "responsible": make_account("punkt@example.org"),
        "admin": make_account("admin@example.org", is_superuser=True),
        "stranger": make_account("chuzhoy@example.org"),
        "editor": make_account("redaktor@example.org", groups=["Редакторы"]),
    }


@pytest.fixture
def plan(people):
    return make_test_plan(owner_user=people["owner"])


@pytest.fixture
def item(plan, people):
    return make_item(plan, planned=3, responsible_user=people["responsible"])


def _fact(item):
    prove([item])
    return Fact.objects.get()


def _update(item, people):
    return updates.add_update(item, actor=people["owner"], title="Было", on=dt.date(2022, 3, 14))


VERBS = {
    "confirm": lambda item, actor, people: facts.confirm(_fact(item), actor=actor),
    "refuse": lambda item, actor, people: facts.refuse(_fact(item), actor=actor, note="Не то."),
    "move_dates": lambda item, actor, people: changes.move_dates(item, actor=actor, **JUNE, **ORDER),
    "shift_dates": lambda item, actor, people: changes.shift_dates(item, actor=actor, months=1, **ORDER),
    "override": lambda item, actor, people: changes.override_status(item, actor=actor, status="done", reason="Да."),
    "clear": lambda item, actor, people: changes.clear_override(item, actor=actor),
    "planned": lambda item, actor, people: changes.set_planned(item, actor=actor, planned=4, unit="", reason="Да."),
    "add_update": lambda item, actor, people: updates.add_update(
        item, actor=actor, title="Было", on=dt.date(2022, 3, 14)
    ),
    "withdraw_update": lambda item, actor, people: updates.withdraw_update(
        _update(item, people), actor=actor, reason="Ошибка."
    ),
    "wording": lambda item, actor, people: arranging.edit_wording(item, actor=actor, words={"title_text": "Иначе"}),
    "parties": lambda item, actor, people: arranging.set_responsibles(item, actor=actor, responsibles=[]),
    "account": lambda item, actor, people: arranging.name_responsible_user(item, actor=actor, user=None),
    "arrange": lambda item, actor, people: arranging.arrange_item(
        item, actor=actor, section=item.section, position=1, recurrence="", depends_on=[]
    ),
    "add_item": lambda item, actor, people: arranging.add_item(
        item.plan, actor=actor, section=item.section, words={"title_text": "Новый"}, position=1, **JUNE
    ),
    "remove": lambda item, actor, people: arranging.remove_item(item, actor=actor),
    "copy": lambda item, actor, people: copy_plan(item.plan, title="2023", slug="p-2023", shift_months=12, actor=actor),
    "feature": lambda item, actor, people: feature_plan(item.plan, actor=actor),
}
OWN = {
    "confirm", "refuse", "move_dates", "shift_dates", "override", "clear", "planned", "add_update", "withdraw_update",
}  # fmt: skip


@pytest.mark.parametrize("role", ["owner", "responsible", "admin", "stranger", "editor"])
def test_roles_and_verbs(item, people, role):
    """One matrix: who answers for the item runs it, administrators arrange plans too, the others do nothing."""
    from django.db import transaction

    allowed = {"admin": set(VERBS), "owner": OWN, "responsible": OWN}.get(role, set())
    done = set()
    for name, verb in VERBS.items():
        with transaction.atomic():
            try:
                verb(item, people[role], people)
            except PermissionDenied:
                pass
            else:
                done.add(name)
            transaction.set_rollback(True)
    assert done == allowed


def test_a_moved_term_leaves_what_was_and_what_is_with_the_order(item, people):
    changes.move_dates(item, actor=people["owner"], **JUNE, **ORDER)
    change = PlanChange.objects.get()
    assert change.before == {"starts_on": "2022-03-01", "ends_on": "2022-03-31"}
    assert change.after == {"starts_on": "2022-06-01", "ends_on": "2022-06-30"}
    assert (change.reason, change.order_number, change.order_date) == ("Карантин", "12", dt.date(2022, 3, 1))
    item.refresh_from_db()
    assert item.period_text == "Март 2022"


@pytest.mark.parametrize("missing", ["reason", "order_number", "order_date"])
def test_a_term_is_not_moved_without_a_reason_and_an_order(item, people, missing):
    with pytest.raises(RoadmapError):
        changes.move_dates(
            item, actor=people["owner"], **JUNE, **{**ORDER, missing: None if "date" in missing else " "}
        )
    assert not PlanChange.objects.exists()


def test_several_items_change_all_or_none_with_the_name_of_the_one_that_failed(plan, people, item):
    other = make_item(plan)
    move = partial(changes.shift_dates, actor=people["owner"], months=1, **ORDER)
    assert changes.change_together([item, other], move) == 2
    other.refresh_from_db()
    assert (other.starts_on, other.ends_on) == (dt.date(2022, 4, 1), dt.date(2022, 4, 30))
    other.delete()
    other.pk = 999_999
    with pytest.raises(RoadmapError, match="Пункт 2"):
        changes.change_together([item, other], move)
    item.refresh_from_db()
    assert item.starts_on == dt.date(2022, 4, 1)


def test_statuses_that_follow_from_dates_are_not_set_by_hand(item, people):
    for status in (ItemStatus.OVERDUE, ItemStatus.UNKNOWN, "что-то"):
        with pytest.raises(RoadmapError):
            changes.override_status(item, actor=people["owner"], status=status, reason="Да.")
    with pytest.raises(RoadmapError):
        changes.override_status(item, actor=people["owner"], status="done", reason=" ")


def test_an_update_by_hand_counts_at_once_and_once_however_often_it_is_sent(item, people):
    for _ in range(2):
        updates.add_update(item, actor=people["owner"], title="Показ", on=dt.date(2022, 3, 14), amount=2, key="token")
    assert (Fact.objects.count(), item_progress(item).confirmed) == (1, 2)
    updates.withdraw_update(Fact.objects.get(), actor=people["owner"], reason="Ошибка.")
    assert item_progress(item).confirmed == 0


def test_an_update_to_be_shown_later_counts_from_then(item, people):
    moment = dt.datetime(2022, 3, 16, 9, tzinfo=dt.UTC)
    updates.add_update(item, actor=people["owner"], title="Показ", on=dt.date(2022, 3, 14), amount=1, shown_from=moment)
    assert item_progress(item).confirmed == 0
    with time_machine.travel(moment):
        assert item_progress(item).confirmed == 1


def test_who_is_late_is_warned_once_and_anew_after_the_term_was_moved(item, plan, people):
    with time_machine.travel(dt.datetime(2022, 4, 1, 9)):
        assert overdue.warn_overdue() == 1
        assert overdue.warn_overdue() == 0
        item.refresh_from_db()
        assert item_progress(item).public_status == ItemStatus.RUNNING
    with time_machine.travel(dt.datetime(2022, 4, 4, 9)):
        assert item_progress(item).public_status == ItemStatus.OVERDUE
    assert Letter.objects.get(kind="roadmap_overdue").to == people["responsible"].email
    with time_machine.travel(dt.datetime(2022, 4, 5, 9)):
        changes.move_dates(
            item, actor=people["owner"], starts_on=dt.date(2022, 3, 1), ends_on=dt.date(2022, 4, 30), **ORDER
        )
        overdue.warn_overdue()
    with time_machine.travel(dt.datetime(2022, 5, 1, 9)):
        assert overdue.warn_overdue() == 1


def test_where_nobody_is_named_the_moderators_are_warned(people):
    make_item(make_test_plan())
    moderator = make_account("kancelyariya@example.org", groups=["Модераторы"])
    with time_machine.travel(dt.datetime(2022, 4, 1, 9)):
        overdue.warn_overdue()
    assert Letter.objects.get(kind="roadmap_overdue").to == moderator.email


def test_an_item_goes_to_its_place_and_the_others_move_on(plan, people, item):
    second, third = make_item(plan), make_item(plan)
    other = PlanSection.objects.create(plan=plan, order=2, heading="II", title="Два", slug="dva")
    arranging.arrange_item(
        third, actor=people["admin"], section=other, position=1, recurrence="quarter", depends_on=[item]
    )
    assert list(plan.items.order_by("position").values_list("pk", flat=True)) == [third.pk, item.pk, second.pk]
    assert list(third.depends_on.all()) == [item]


def test_an_item_with_facts_is_not_deleted(item, people):
    prove([item])
    with pytest.raises(RoadmapError, match="снят"):
        arranging.remove_item(item, actor=people["admin"])


def test_a_copy_keeps_the_work_and_forgets_what_was_done(plan, people, item):
    party = Party.objects.create(slug="opyt", short_name="Опытная сторона")
    arranging.set_responsibles(item, actor=people["admin"], responsibles=[(party, None)])
    other = make_item(
        plan, period_text="Январь-декабрь 2022", starts_on=dt.date(2022, 1, 31), ends_on=dt.date(2022, 12, 31)
    )
    other.depends_on.set([item])
    changes.override_status(item, actor=people["owner"], status="done", reason="Да.")
    prove([item])
    copy = copy_plan(plan, title="2027", slug="opyt-2027", shift_months=57, actor=people["admin"])
    first, second = copy.items.order_by("position")
    assert (first.period_text, first.starts_on, first.ends_on) == (
        "Декабрь 2026", dt.date(2026, 12, 1), dt.date(2026, 12, 31),
    )  # fmt: skip
    assert second.period_text == "Октябрь 2026 – сентябрь 2027"
    assert list(second.depends_on.all()) == [first]
    assert [row.party for row in first.responsible.all()] == [party]
    assert (first.status_override, first.facts.count(), first.changes.count()) == ("", 0, 0)
    assert (first.responsible_user, copy.owner_user) == (people["responsible"], people["owner"])
    assert (copy.is_archived, copy.confirms_by_itself, copy.live) == (False, False, True)


def test_named_people_enter_the_admin_and_leave_it(plan, people, item):
    from portal.roadmap.domain.owners import OWNERS

    def members():
        return {user for user in people.values() if user.groups.filter(name=OWNERS).exists()}

    assert members() == {people["owner"], people["responsible"]}
    arranging.name_responsible_user(item, actor=people["admin"], user=None)
    plan.owner_user = people["stranger"]
    plan.save_revision().publish()
    assert members() == {people["stranger"]}
    assert people["stranger"].has_perm("wagtailadmin.access_admin")
