"""Publishing and unpublishing at the appointed minute.

Wagtail's `publish_scheduled` stops at the first page that fails; here one failing page does not hold up the rest. A
page that refuses (`core.publishing`) loses its appointment: it is told once and not tried every minute.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from portal.core.publishing import PublicationRefused, scheduled_publication_refused

logger = logging.getLogger("portal.worker")
LATE = timedelta(minutes=5)


class SchedulingError(Exception):
    """Some of what was appointed could not be published or taken down; the log names each with an event number."""


def publish_scheduled() -> int:
    """Take down what has expired and publish what is due; return how many objects changed.

    Each object is its own transaction. A late one is logged with its delay. Raises SchedulingError at the end when
    any of them failed; they are tried again at the next call.
    """
    done = failed = 0
    for label, due_at, change in (*_expired(), *_due()):
        try:
            with transaction.atomic():
                change()
        except Exception:
            failed += 1
            logger.exception("event %s: scheduled change of %s failed", secrets.token_hex(4), label)
            continue
        done += 1
        delay = timezone.now() - due_at
        if delay > LATE:
            logger.warning("scheduled change of %s came %d minutes late", label, delay.total_seconds() // 60)
    if failed:
        raise SchedulingError(f"{failed} scheduled changes failed, {done} are done")
    return done


Change = tuple[str, datetime, Callable[[], object]]


def _expired() -> Iterator[Change]:
    models = [Page, *(m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page))]
    now = timezone.now()
    for model in models:
        for found in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            yield (
                f"{model._meta.label} {found.pk}",
                found.expire_at,
                partial(found.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"),
            )


def _due() -> Iterator[Change]:
    for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"):
        yield (
            f"revision {revision.pk}",
            revision.approved_go_live_at,
            partial(_publish, revision),
        )


def _publish(revision: Revision) -> None:
    """Publish what was appointed; when it refuses, the appointment ends and whoever listens is told."""
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except PublicationRefused as refused:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        scheduled_publication_refused.send(sender=Revision, revision=revision, refused=refused)
        logger.warning("revision %s is not published: %s", revision.pk, refused)
