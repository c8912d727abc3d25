"""The way of an uploaded table: checked, looked at by a person, confirmed or given up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.permissions import policy_registry

from portal.core.text import single_line
from portal.organisations.domain.tasks import check_table, write_table
from portal.organisations.models import ImportStatus, Organisation, OrganisationImport

KEPT_FOR = dt.timedelta(days=1)


def may_import(user: Any) -> bool:
    """Tell whether `user` may load organisations: who may add and change them one by one."""
    policy = policy_registry.get_by_type(Organisation)
    return policy.user_has_permission(user, "add") and policy.user_has_permission(user, "change")


def receive(name: str, content: bytes, *, actor: Any) -> OrganisationImport:
    """Keep an uploaded table and have it checked; forgotten ones are given up. Raises PermissionDenied."""
    if not may_import(actor):
        raise PermissionDenied
    with transaction.atomic():
        OrganisationImport.objects.filter(touched_at__lt=timezone.now() - KEPT_FOR).exclude(
            status=ImportStatus.DONE
        ).delete()
        job = OrganisationImport.objects.create(name=single_line(name)[:200], content=content, uploaded_by=actor)
        transaction.on_commit(lambda: check_table.enqueue(job.pk))
    return job


def confirm(job: OrganisationImport, *, actor: Any) -> bool:
    """Have a checked table loaded; a second click does nothing and returns False. Raises PermissionDenied."""
    if not may_import(actor):
        raise PermissionDenied
    with transaction.atomic():
        moved = OrganisationImport.objects.filter(pk=job.pk, status=ImportStatus.CHECKED).update(
            status=ImportStatus.WRITING, uploaded_by=actor, touched_at=timezone.now()
        )
        if moved:
            transaction.on_commit(lambda: write_table.enqueue(job.pk))
    return bool(moved)


def restart(job: OrganisationImport, *, actor: Any) -> None:
    """Start work anew that was cut off in the middle (nothing of it was written). Raises PermissionDenied."""
    if not may_import(actor):
        raise PermissionDenied
    if not job.is_stale:
        return
    OrganisationImport.objects.filter(pk=job.pk).update(touched_at=timezone.now(), rows_read=0)
    run = write_table if job.status == ImportStatus.WRITING else check_table
    run.enqueue(job.pk)


def give_up(job: OrganisationImport, *, actor: Any) -> None:
    """Forget a table that was not loaded, its bytes with it. Raises PermissionDenied."""
    if not may_import(actor):
        raise PermissionDenied
    OrganisationImport.objects.filter(
        pk=job.pk, status__in=[ImportStatus.CHECKING, ImportStatus.CHECKED, ImportStatus.REFUSED]
    ).delete()
