"""The trash: a deleted page leaves the site with everything below it and can come back as it was.

The page is not removed: it is unpublished (evidence, lists and files learn of it as of any unpublishing) and moved
below the trash, which belongs to no site. Its versions, files, topics and links stay with it; its address is free.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry
from wagtail.signals import page_published

from portal.core.slugs import free_slug
from portal.desk.models import TrashedPage, TrashPage

TRASHED, RESTORED = "portal.trash", "portal.restore"


class TrashError(Exception):
    """The action is impossible now; the text says why, for the person who asked."""


def root() -> TrashPage:
    """Return the branch of the trash, made at the first use."""
    found = TrashPage.objects.first()
    if found is None:
        found = Page.get_first_root_node().add_child(
            instance=TrashPage(title="Корзина", slug="korzina", live=False, show_in_menus=False)
        )
    return found


def outside(pages: Any) -> Any:
    """Return `pages` without the trash and what lies in it."""
    path = TrashPage.objects.values_list("path", flat=True).first()
    return pages.exclude(path__startswith=path) if path else pages


def is_trashed(page: Page) -> bool:
    """Tell whether `page` lies in the trash, by itself or with a page above it."""
    path = TrashPage.objects.values_list("path", flat=True).first()
    return bool(path) and page.path.startswith(path)


def visible_to(user: Any) -> QuerySet[TrashedPage]:
    """Entries that `user` may see: what stood in a part of the tree where they write, and what they deleted."""
    entries = TrashedPage.objects.select_related("page__content_type", "parent", "deleted_by")
    if user.is_superuser:
        return entries
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"add", "change"})
    return entries.filter(Q(parent__in=own.order_by()) | Q(deleted_by=user))


@transaction.atomic
def throw_away(page: Page, *, user: Any) -> TrashedPage:
    """Move `page` and everything below it to the trash, unpublished; agreement under way is cancelled.

    Raises PermissionDenied when `user` may not delete it, TrashError when it lies there already.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if not page.permissions_for_user(user).can_delete():
        raise PermissionDenied
    if is_trashed(page):
        raise TrashError(f"Страница «{page.title}» уже в корзине.")
    branch = list(page.get_descendants(inclusive=True).specific())
    entry = TrashedPage(
        page=page,
        parent=page.get_parent(),
        slug=page.slug,
        deleted_by=user,
        published=[_published(one) for one in branch if one.live],
        appointed=_appointed(branch),
    )
    for one in branch:
        if one.workflow_in_progress:
            one.current_workflow_state.cancel(user=user)
        if one.live:
            one.unpublish(user=user)
        one.revisions.update(approved_go_live_at=None)
    _place(page, root(), f"trash-{page.pk}", user)
    entry.save()
    log(instance=page.specific, action=TRASHED, user=user, data={"pages": len(branch), "parent": str(entry.parent)})
    return entry


@transaction.atomic
def restore(entry: TrashedPage, *, user: Any, parent: Page | None = None) -> Page:
    """Bring a page back to its place, or below `parent`, and publish again what was published; return the page.

    What was published comes back published only where `user` may publish. A taken address gets a number. Raises
    PermissionDenied, or TrashError when the place is gone or takes no page of this type.
    """
    entry = TrashedPage.objects.select_for_update().select_related("page").get(pk=entry.pk)
    place = parent or entry.parent
    if place is None or is_trashed(place):
        raise TrashError("Раздела, где стояла страница, больше нет. Выберите, куда её вернуть.")
    page = entry.page
    kind = page.specific_class
    if kind is None or not kind.can_exist_under(place):
        raise TrashError(f"Раздел «{place.title}» не принимает такие страницы. Выберите другое место.")
    rights = place.permissions_for_user(user)
    if not (user.is_superuser or "add" in rights.permissions):
        raise PermissionDenied
    siblings = place.get_children()
    slug = free_slug(entry.slug, lambda text: siblings.filter(slug=text).exists(), max_length=255)
    _place(page, place, slug, user)
    log(instance=page.specific, action=RESTORED, user=user, data={"parent": place.title})
    if rights.can_publish_subpage():
        for state in entry.published:
            _publish_again(state, user)
        for appointment in entry.appointed:
            _appoint_again(appointment)
    entry.delete()
    return Page.objects.get(pk=page.pk).specific


@transaction.atomic
def delete_forever(entry: TrashedPage, *, user: Any) -> None:
    """Delete a page of the trash with everything below it; raises PermissionDenied for all but administrators."""
    if not user.is_superuser:
        raise PermissionDenied
    DeletePageAction(entry.page, user=user).execute(skip_permission_checks=True)


@transaction.atomic
def empty(*, user: Any, up_to: datetime | None = None) -> int:
    """Delete forever all that is in the trash (put there by `up_to`); return how many pages, those below included."""
    if not user.is_superuser:
        raise PermissionDenied
    entries = TrashedPage.objects.select_related("page")
    if up_to is not None:
        entries = entries.filter(deleted_at__lte=up_to)
    count = 0
    for entry in entries:
        count += entry.page.numchild and entry.page.get_descendant_count()
        count += 1
        delete_forever(entry, user=user)
    return count


def pages_in(entries: QuerySet[TrashedPage]) -> int:
    """How many pages lie in `entries`, those below them included."""
    paths = list(entries.values_list("page__path", flat=True))
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return Page.objects.filter(below).count()


def _published(page: Page) -> dict[str, Any]:
    return {"page": page.pk, "live_revision": page.live_revision_id, "changed": page.has_unpublished_changes}


def _appointed(branch: list[Page]) -> list[dict[str, Any]]:
    waiting = [revision for page in branch for revision in page.revisions.exclude(approved_go_live_at=None)]
    return [{"revision": one.pk, "at": one.approved_go_live_at.isoformat()} for one in waiting]


def _place(page: Page, parent: Page, slug: str, user: Any) -> None:
    """Move `page` below `parent` under the address `slug`, which is free there."""
    if page.slug != slug:
        # Past save(): the address of a page on its way is nobody's link, so no redirect is made of it.
        Page.objects.filter(pk=page.pk).update(slug=slug)
        _rename_in_draft(page, slug)
    page = Page.objects.get(pk=page.pk)
    MovePageAction(page, parent, pos="last-child", user=user).execute(skip_permission_checks=True)
    page.refresh_from_db()


def _rename_in_draft(page: Page, slug: str) -> None:
    """Give the latest version the same address: it is what the editor opens."""
    revision = Revision.objects.filter(pk=page.latest_revision_id).first()
    if revision is not None:
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


def _publish_again(state: dict[str, Any], user: Any) -> None:
    """Show a page again with the very content that was shown, whatever drafts it has."""
    page = Page.objects.filter(pk=state["page"]).first()
    if page is None:
        return
    page = page.specific
    revision = page.revisions.filter(pk=state["live_revision"]).first()
    page.live, page.expired = True, False
    page.has_unpublished_changes, page.live_revision = state["changed"], revision
    page.save(clean=False)
    log(instance=page, action="wagtail.publish", user=user, revision=revision)
    page_published.send(sender=type(page), instance=page, revision=revision)


def _appoint_again(appointment: dict[str, Any]) -> None:
    moment = datetime.fromisoformat(appointment["at"])
    if moment > timezone.now():
        Revision.objects.filter(pk=appointment["revision"]).update(approved_go_live_at=moment)
