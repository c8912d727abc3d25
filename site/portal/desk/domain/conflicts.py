"""A page that somebody else saved while it was being written: what differs, and how both texts are kept.

Wagtail refuses a stale autosave but lets a stale manual save overwrite silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page, PageSubscription, Revision

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Difference:
    """One field that differs: both values as shown to people, and whose is taken unless the person says otherwise."""

    name: str
    label: str
    mine: SafeString
    theirs: SafeString
    taken: str  # MINE or THEIRS
    by_both: bool  # both wrote it, or it is unknown who did


@dataclass(frozen=True)
class Version:
    """The saved version that the person has not seen."""

    revision: Revision
    page: Page


def newer_version(page: Page, sent: QueryDict) -> Version | None:
    """Return the latest version of `page` when the form `sent` was filled over another one, else None."""
    latest = Page.objects.get(pk=page.pk).get_latest_revision()
    if latest is None or not _is_stale(latest, sent):
        return None
    return Version(latest, latest.as_object())


def _is_stale(latest: Revision, sent: QueryDict) -> bool:
    if own_autosave := sent.get("overwrite_revision_id"):
        return own_autosave != str(latest.pk)
    loaded = sent.get("loaded_revision_id")
    if not loaded:
        return False
    # An autosave rewrites its version in place and moves its time.
    return loaded != str(latest.pk) or sent.get("loaded_revision_created_at", "") != latest.created_at.isoformat()


def written(page: Page, sent: QueryDict, *, user: Any) -> tuple[Page, bool]:
    """Return the page as the form `sent` has it, not saved, and whether the form is valid as a draft."""
    fresh = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    form = fresh.get_edit_handler().get_form_class()(
        sent,
        instance=fresh,
        subscription=PageSubscription(page_id=page.pk, user=user),
        parent_page=fresh.get_parent(),
        for_user=user,
    )
    form.defer_required_fields()
    valid = form.is_valid()
    if valid:
        fresh = form.save(commit=False)
    return fresh, valid


def differences(mine: Page, theirs: Page, *, base: Page | None) -> list[Difference]:
    """Return the fields in which two versions differ; `base` is the version that both began from, if it is known."""
    found = []
    for compare in _comparisons(theirs):
        between = compare(theirs, mine)
        if not between.has_changed():
            continue
        mine_changed = base is None or compare(base, mine).has_changed()
        theirs_changed = base is None or compare(base, theirs).has_changed()
        found.append(
            Difference(
                name=_name(between),
                label=between.field_label(),
                mine=_shown(compare(mine, mine)),
                theirs=_shown(compare(theirs, theirs)),
                taken=MINE if mine_changed else THEIRS,
                by_both=mine_changed and theirs_changed,
            )
        )
    return found


def beginning(page: Page, sent: QueryDict) -> Page | None:
    """Return the version over which the form `sent` was filled, unless an autosave has rewritten it since."""
    number = sent.get("loaded_revision_id", "")
    revision = page.revisions.filter(pk=number).first() if number.isdecimal() else None
    if revision is None or revision.created_at.isoformat() != sent.get("loaded_revision_created_at"):
        return None
    as_page: Page = revision.as_object()
    return as_page


@transaction.atomic
def merge(mine: Page, theirs: Page, *, take_theirs: Iterable[str], user: Any) -> Revision:
    """Save `mine` with the named fields of `theirs` as the latest version; both stay in the history."""
    _save(mine, user=user)  # as it was written, so that no word of it is lost
    wanted = set(take_theirs)
    for compare in _comparisons(theirs):
        name = _name(compare(theirs, theirs))
        if name in wanted:
            _take(mine, theirs, name)
    return _save(mine, user=user)


@transaction.atomic
def leave_theirs(mine: Page, theirs: Version, *, user: Any) -> Revision:
    """Keep what is saved as the latest version; `mine` goes into the history below it."""
    draft_row = None if mine.live else theirs.page
    mine.save_revision(user=user, log_action=True, clean=False)
    revision: Revision = theirs.page.save_revision(
        user=user, log_action=True, clean=False, previous_revision=theirs.revision
    )
    if draft_row is not None:
        draft_row.save(clean=False)
    return revision


def _save(page: Page, *, user: Any) -> Revision:
    if not page.live:
        page.save(clean=False)
    revision: Revision = page.save_revision(user=user, log_action=True, clean=False)
    return revision


def _take(target: Page, source: Page, name: str) -> None:
    field = target._meta.get_field(name)
    if field.one_to_many or field.many_to_many or not hasattr(field, "attname"):
        getattr(target, name).set(list(getattr(source, name).all()))
    else:
        setattr(target, field.attname, getattr(source, field.attname))
        if field.is_relation:
            setattr(target, name, getattr(source, name))


def _comparisons(page: Page) -> list[Callable[[Page, Page], Any]]:
    handler = page.get_edit_handler()
    comparisons: list[Callable[[Page, Page], Any]] = handler.get_bound_panel(
        instance=page, request=None, form=None
    ).get_comparison()
    return comparisons


def _name(comparison: Any) -> str:
    field = comparison.field
    return str(field.get_accessor_name() if comparison.is_child_relation else field.name)


def _shown(comparison: Any) -> SafeString:
    """The whole value as it is shown to people: of rows, each with its filled fields."""
    if not comparison.is_child_relation:
        shown: SafeString = comparison.htmldiff()
        return shown
    rows = (
        format_html_join(
            "; ", "{}: {}", ((one.field_label(), one.htmldiff()) for one in child.get_field_comparisons() if one.val_b)
        )
        for child in comparison.get_child_comparisons()
    )
    return format_html_join("", "<p>{}</p>", ((row,) for row in rows))
