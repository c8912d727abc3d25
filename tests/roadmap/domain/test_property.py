"""Whatever is published, hidden, moved, deleted and decided in whatever order, план/факт is what a plain count gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from portal.core import scheduling
from portal.home.models import HomePage
from portal.roadmap.domain import changes, facts, reconcile
from portal.roadmap.domain.desk import desk
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.progress import item_progress, plan_progress
from portal.roadmap.domain.reading import plan_view
from portal.roadmap.models import EvidenceLink, Fact
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

START = dt.datetime(2022, 3, 10, 9, tzinfo=dt.UTC)
PAGES, ITEMS = range(3), range(2)
pages, items = st.sampled_from([0, 0, 1, 1, 2]), st.sampled_from(ITEMS)
amounts = st.dictionaries(items, st.integers(1, 3))
STEPS = st.one_of(
    st.tuples(st.just("publish"), pages, amounts, st.sampled_from([-3, 0, 0, 1])),
    st.tuples(st.just("draft"), pages, amounts),
    st.tuples(st.just("schedule"), pages, amounts),
    st.tuples(st.just("expire"), pages),
    st.tuples(st.just("unpublish"), pages),
    st.tuples(st.just("move"), pages, st.booleans()),
    st.tuples(st.just("delete"), pages),
    st.tuples(st.just("restrict"), st.sampled_from([*PAGES, "folder"])),
    st.tuples(st.just("free"), st.sampled_from([*PAGES, "folder"])),
    st.tuples(st.just("hide_folder")),
    st.tuples(st.just("show_folder")),
    st.tuples(st.just("confirm"), pages, items),
    st.tuples(st.just("confirm"), pages, items),
    st.tuples(st.just("refuse"), pages, items),
    st.tuples(st.just("override"), items, st.sampled_from(["done", "not_started", "running", "cancelled", ""])),
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 24, 24 * 40])),
    st.tuples(st.just("work")),
)


@dataclass
class Kept:
    """What the world knows of one page, in plain words."""

    live: bool = False
    deleted: bool = False
    restricted: bool = False
    in_folder: bool = False
    expires: dt.datetime | None = None
    links: dict = field(default_factory=dict)
    on: dt.date | None = None
    due: tuple | None = None  # (moment, links) of a scheduled publication


class World:
    """The portal and beside it a plain record of what was done to it."""

    def __init__(self, clock, user, capture):
        self.clock, self.user, self.capture = clock, user, capture
        self.plan = make_test_plan(owner_user=user)
        self.items = [make_item(self.plan, planned=3), make_item(self.plan)]
        self.folder = free_page(HomePage.objects.get(), "Папка")
        self.section = prove([], publish=False).get_parent()
        self.rows = [prove([], parent=self.section, publish=False, slug=f"svojstvo-{n}") for n in PAGES]
        self.kept = [Kept() for _ in PAGES]
        self.folder_live, self.folder_restricted = True, False
        self.decided = {}  # (page, item) → [state, amount]
        self.overrides = {}

    def public(self, number):
        kept = self.kept[number]
        hidden = kept.in_folder and (not self.folder_live or self.folder_restricted)
        current = kept.expires is None or kept.expires > timezone.now()
        return kept.live and current and not kept.deleted and not kept.restricted and not hidden

    def settle(self):
        """Public pages propose; another amount, or a confirmed day moved ahead, is proposed anew."""
        for number in PAGES:
            if not self.public(number):
                continue
            for item, amount in self.kept[number].links.items():
                known = self.decided.setdefault((number, item), ["proposed", amount])
                ahead = known[0] == "confirmed" and self.kept[number].on > timezone.localdate()
                if known[1] != amount or ahead:
                    known[:] = ["proposed", amount]

    def counted(self, item):
        return sum(
            self.kept[number].links[item]
            for number in PAGES
            if self.public(number)
            and item in self.kept[number].links
            and self.decided[number, item][0] == "confirmed"
            and self.kept[number].on <= timezone.localdate()
        )

    def page(self, number):
        return Page.objects.get(pk=self.rows[number].pk).specific

    def revise(self, number, links, **values):
        page = self.page(number).get_latest_revision_as_object()
        page.evidence_links.set([EvidenceLink(item=self.items[item], amount=amount) for item, amount in links.items()])
        for name, value in values.items():
            setattr(page, name, value)
        return page.save_revision()

    def do(self, name, *args):
        if args and isinstance(args[0], int) and name not in ("override", "wait") and self.kept[args[0]].deleted:
            return
        with self.capture(execute=True):
            getattr(self, name)(*args)
        self.settle()

    def publish(self, number, links, days):
        kept, on = self.kept[number], timezone.localdate() + dt.timedelta(days=days)
        self.revise(number, links, date=on, go_live_at=None, expire_at=None).publish()
        kept.live, kept.links, kept.on, kept.expires, kept.due = True, dict(links), on, None, None

    def draft(self, number, links):
        self.revise(number, links, go_live_at=None)

    def schedule(self, number, links):
        kept = self.kept[number]
        moment, on = timezone.now() + dt.timedelta(hours=2), timezone.localdate()
        self.revise(number, links, date=on, go_live_at=moment, expire_at=None).publish()
        kept.due = (moment, dict(links), on)

    def expire(self, number):
        kept, moment = self.kept[number], timezone.now() + dt.timedelta(hours=1)
        if kept.live and kept.due is None:
            self.revise(number, kept.links, date=kept.on, go_live_at=None, expire_at=moment).publish()
            kept.expires = moment

    def unpublish(self, number):
        if self.kept[number].live:
            self.page(number).unpublish()
            self.kept[number].live, self.kept[number].due = False, None

    def move(self, number, into_folder):
        target = self.folder if into_folder else self.section
        if self.kept[number].in_folder != into_folder:
            self.page(number).move(Page.objects.get(pk=target.pk), pos="last-child")
            self.kept[number].in_folder = into_folder

    def delete(self, number):
        self.page(number).delete()
        self.kept[number].deleted = True

    def restrict(self, what):
        page = self.folder if what == "folder" else self.rows[what]
        PageViewRestriction.objects.get_or_create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)
        self._mark_restricted(what, True)

    def free(self, what):
        page = self.folder if what == "folder" else self.rows[what]
        for restriction in PageViewRestriction.objects.filter(page_id=page.pk):
            restriction.delete()
        self._mark_restricted(what, False)

    def _mark_restricted(self, what, value):
        if what == "folder":
            self.folder_restricted = value
        else:
            self.kept[what].restricted = value

    def hide_folder(self):
        if self.folder_live:
            Page.objects.get(pk=self.folder.pk).specific.unpublish()
        self.folder_live = False

    def show_folder(self):
        Page.objects.get(pk=self.folder.pk).specific.save_revision().publish()
        self.folder_live = True

    def _decide(self, number, item, state, decide):
        fact = Fact.objects.filter(item=self.items[item], source_key=facts.page_key(self.rows[number].pk)).first()
        known = self.decided.get((number, item))
        assert (fact is None) == (known is None)
        if fact is None:
            return
        stands = self.public(number) and item in self.kept[number].links
        may = state == "refused" or (stands and self.kept[number].on <= timezone.localdate())
        try:
            decide(fact)
        except RoadmapError:
            assert not may or known[0] == state
        else:
            assert may or known[0] == state
            known[0] = state

    def confirm(self, number, item):
        self._decide(number, item, "confirmed", lambda fact: facts.confirm(fact, actor=self.user))

    def refuse(self, number, item):
        self._decide(number, item, "refused", lambda fact: facts.refuse(fact, actor=self.user, note="Не то."))

    def override(self, item, status):
        if status:
            changes.override_status(self.items[item], actor=self.user, status=status, reason="Так решено.")
        else:
            changes.clear_override(self.items[item], actor=self.user)
        self.overrides[item] = status

    def wait(self, hours):
        self.clock.shift(dt.timedelta(hours=hours))

    def work(self):
        scheduling.publish_scheduled()
        reconcile.reconcile()
        for kept in self.kept:
            if kept.live and kept.expires is not None and kept.expires < timezone.now():
                kept.live = False
            if kept.due and kept.due[0] < timezone.now() and not kept.deleted:
                kept.live, kept.links, kept.on, kept.expires = True, kept.due[1], kept.due[2], None
                kept.due = None

    def expected(self, number):
        """Return (confirmed, per cent, status) by the words of the rule."""
        item, today = self.items[number], timezone.localdate()
        confirmed = self.counted(number)
        wanted = item.planned or 1
        status = "not_started"
        if confirmed >= wanted:
            status = "done"
        elif today > item.ends_on:
            status = "overdue"
        elif today >= item.starts_on or confirmed:
            status = "running"
        percent = 100 if status == "done" else (int(100 * confirmed / wanted) if item.planned else 0)
        override = self.overrides.get(number)
        if override:
            fixed = {"done": 100, "not_started": 0, "cancelled": None}
            status, percent = override, fixed.get(override, min(percent, 99))
        return confirmed, percent, status

    def check(self):
        progress = plan_progress(self.plan)
        shown = {row.item.pk: row.progress for _, _, rows in desk(self.plan, self.user).sections for row in rows}
        told = {view.pk: view for view in plan_view(self.plan).items}
        percents = []
        for number in ITEMS:
            item = self.items[number]
            found = progress.items[item.pk]
            assert (found.confirmed, found.percent, str(found.status)) == self.expected(number)
            item.refresh_from_db()
            assert shown[item.pk] == item_progress(item) == found
            view = told[item.pk]
            assert (view.confirmed, view.percent, view.status) == (found.confirmed, found.percent, found.public_status)
            percents += [found.percent] if found.percent is not None else []
        assert progress.percent == (sum(percents) // len(percents) if percents else None)
        assert progress.sections == {self.items[0].section_id: progress.percent}


# Every story begins with something that counts: what follows has facts to lose.
OPENING = (
    ("publish", 0, {0: 1, 1: 1}, -3),
    ("move", 1, True),
    ("publish", 1, {0: 1}, 0),
    ("confirm", 0, 0),
    ("confirm", 0, 1),
    ("confirm", 1, 0),
)


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=10))
def test_progress_is_what_a_plain_count_gives(django_capture_on_commit_callbacks, steps):
    cache.clear()
    with time_machine.travel(START, tick=False) as clock, transaction.atomic():
        with django_capture_on_commit_callbacks(execute=True):
            world = World(clock, make_account("vladelec@example.org"), django_capture_on_commit_callbacks)
        for name, *args in OPENING:
            world.do(name, *args)
        world.check()
        for name, *args in steps:
            world.do(name, *args)
            world.check()
        transaction.set_rollback(True)
