"""What waits for a person who writes pages: lists behind the lines of the first screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

STALE_MONTHS = 12


def returned(user: Any) -> QuerySet[Page]:
    """Pages that were returned to `user` with words and wait for changes."""
    return outside(user).filter(pk__in=_in_workflow(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES))


def drafts(user: Any) -> QuerySet[Page]:
    """Pages whose latest version `user` wrote and nobody has published or sent to agreement yet."""
    sent = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    mine = outside(user).filter(has_unpublished_changes=True, latest_revision__user=user, expired=False)
    return mine.exclude(pk__in=_in_workflow(status__in=sent)).exclude(_appointed())


def appointed(user: Any) -> QuerySet[Page]:
    """Pages of the sections of `user` that will be published or taken down at an appointed time."""
    return outside(user).filter(Q(_appointed()) | Q(live=True, expire_at__gt=timezone.now()))


def stale(user: Any) -> QuerySet[Page]:
    """Published pages of `user` that nobody has published anew for a year."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
    return pages.filter(live=True, last_published_at__date__lte=stale_since())


def stale_since() -> date:
    """The day on which a page last published counts as stale."""
    return timezone.localdate() - timedelta(days=round(STALE_MONTHS * 30.44))


def outside(user: Any) -> QuerySet[Page]:
    """Pages of the sections in which `user` writes; policies leave the trash out."""
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"add", "change", "publish"})


def _appointed() -> Exists:
    return Exists(
        Revision.objects.page_revisions()
        .filter(approved_go_live_at__isnull=False)
        .annotate(page_id=Cast("object_id", IntegerField()))
        .filter(page_id=OuterRef("pk"))
    )


def _in_workflow(**states: Any) -> QuerySet:
    """Ids of pages whose agreement is in one of `states`."""
    found = WorkflowState.objects.filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    return found.filter(**states).annotate(page_id=Cast("object_id", IntegerField())).values("page_id")
