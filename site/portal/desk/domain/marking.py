"""Marks over many pages at once: a topic, an item of the roadmap. Each page is changed as its editor would do it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from portal.core.publishing import PublicationRefused
from portal.roadmap.models import EvidenceLink, PlanItem
from portal.vocabularies.models import Tag


def takes_topics(page: Page) -> bool:
    """Tell whether pages of this kind have topics."""
    return hasattr(page.specific_class, "tags")


def takes_evidence(page: Page) -> bool:
    """Tell whether the editor of pages of this kind offers items of the roadmap."""
    kind = page.specific_class
    return kind is not None and _has_evidence_panel(kind.get_edit_handler())


def add_topic(page: Page, tag: Tag, *, user: Any) -> bool:
    """Give `page` the topic; return whether it had none. Raises PermissionDenied."""

    def mark(draft: Page) -> bool:
        if tag in draft.tags.all():
            return False
        draft.tags.add(tag)
        return True

    return _mark(page, mark, user=user)


def add_evidence(page: Page, item: PlanItem, *, user: Any) -> bool:
    """Say that `page` proves `item`, for the owner to confirm; return whether it did not say so before."""

    def mark(draft: Page) -> bool:
        if any(link.item_id == item.pk for link in draft.evidence_links.all()):
            return False
        draft.evidence_links.add(EvidenceLink(item=item))
        return True

    return _mark(page, mark, user=user)


@transaction.atomic
def _mark(page: Page, mark: Callable[[Page], bool], *, user: Any) -> bool:
    """Change the latest version; publish it when the page is published and nothing unseen waits in its draft."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    rights = page.permissions_for_user(user)
    if not rights.can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    publish = page.live and not page.has_unpublished_changes and rights.can_publish()
    if not mark(draft):
        return False
    revision = draft.save_revision(user=user, log_action=True, clean=False)
    if publish:
        with (
            suppress(PublicationRefused),
            transaction.atomic(),
        ):  # then the mark waits in the draft, as where an unseen change waits
            revision.publish(user=user)
    return True


def _has_evidence_panel(panel: Any) -> bool:
    if getattr(panel, "relation_name", "") == "evidence_links":
        return True
    return any(_has_evidence_panel(child) for child in getattr(panel, "children", ()))
