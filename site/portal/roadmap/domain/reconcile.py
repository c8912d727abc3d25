"""Keeps facts true to the page tree: what hides, moves or frees a page changes the facts of all pages below it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.core import publicity, versions
from portal.core.models import Milestone
from portal.core.together import references
from portal.roadmap.domain import facts
from portal.roadmap.enums import FactState
from portal.roadmap.models import EvidenceLink, Fact

_DAY = "roadmap-day"


def page_changed(page: Page) -> None:
    """Follow the publication, unpublication or move of a page: its own facts and those of the pages below it."""
    facts.sync_page(page)
    follow_tree(page.path)


def page_deleted(page: Page) -> None:
    """Withdraw what a page proved when it is gone; its facts stay in the history of the items.

    Not before: Wagtail says of a page being deleted that it was unpublished while its row still says «live».
    """
    facts.withdraw(Fact.objects.filter(source_key=facts.page_key(page.pk)))


def restriction_changed(restriction: PageViewRestriction) -> None:
    """Follow a restriction put on a page or taken off it; one that goes with its page leaves nothing to follow."""
    path = Page.objects.filter(pk=restriction.page_id).values_list("path", flat=True).first()
    if path:
        follow_tree(path)


def follow_tree(path: str = "") -> None:
    """Make the facts of all pages at or below `path` true to what is public now; cheap when nothing differs."""
    below = Q(page__path__startswith=path)
    own_source = Q(source_key=Concat(Value("page:"), Cast("page_id", CharField())))
    standing = Fact.objects.filter(below, own_source, is_withdrawn=False)
    public = publicity.public_condition("page__", fresh=True)
    linked = EvidenceLink.objects.filter(page=OuterRef("page"), item=OuterRef("item"))
    with transaction.atomic():
        facts.withdraw(standing.exclude(pk__in=Fact.objects.filter(below, public).values("pk")))
        facts.withdraw(standing.filter(~Exists(linked)))
    kept = Fact.objects.filter(page=OuterRef("page"), item=OuterRef("item"), is_withdrawn=False)
    missing = EvidenceLink.objects.filter(below, public, ~Exists(kept.filter(amount=OuterRef("amount"))))
    pages = Page.objects.filter(pk__in=missing.filter(page__alias_of=None).values("page_id"))
    for page in pages.specific():
        if hasattr(page, "evidence_on") and page.evidence_on():
            facts.sync_page(page)


def reconcile() -> None:
    """Catch up with everything that no signal tells of: pages whose time ran out, days that have come, a killed process.

    A duty of every minute, idempotent.
    """
    follow_tree()
    confirm_by_themselves()
    _show_what_is_due()
    _turn_the_day()


def confirm_by_themselves() -> int:
    """Confirm the facts whose day has come in plans that confirm by themselves; return how many."""
    now = timezone.now()
    due = Fact.objects.filter(
        item__plan__confirms_by_itself=True,
        state=FactState.PROPOSED,
        is_withdrawn=False,
        on__lte=timezone.localdate(now),
    )
    with transaction.atomic():
        facts.lock_items(due.values_list("item_id", flat=True))
        count = Fact.objects.filter(pk__in=due.values("pk")).update(state=FactState.CONFIRMED, decided_at=now)
        if count:
            versions.bump()
    return count


# Every kept page asks when the next of them comes.
_showings = references.add("showings", lambda: (Fact.objects.filter(shown_from__gt=timezone.now()), ("shown_from",)))


def next_moment() -> dt.datetime:
    """Return when plans change by themselves: the hour of showing of an update, and the turn of the day."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    now = timezone.now()
    return min([midnight, *(moment for (moment,) in _showings() if moment > now)])


def _show_what_is_due() -> None:
    """An hour of showing that has passed says nothing more; the pages that waited for it are built anew."""
    if Fact.objects.filter(shown_from__lte=timezone.now()).update(shown_from=None):
        versions.bump()


def _turn_the_day() -> None:
    """Statuses follow dates: what was built yesterday is built anew."""
    today = timezone.localdate().isoformat()
    if not Milestone.is_reached(_DAY, today):
        Milestone.reach(_DAY, today)
        versions.bump()
