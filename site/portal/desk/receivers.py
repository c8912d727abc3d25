"""Signals of Wagtail's workflow and of the schedule; one line each, the rules are in `portal.desk.domain`."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.admin import signal_handlers
from wagtail.admin.views.pages import edit
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from portal.core.publishing import PublicationRefused, scheduled_publication_refused
from portal.desk.domain import agreement, refusals
from portal.desk.publishing import PublishThroughPage

# Wagtail's own letters go out from inside the request and say nothing of the reviewer's words. Each of its
# notifiers asks `can_handle` first.
for _notifier in (
    signal_handlers.task_submission_email_notifier,
    signal_handlers.workflow_submission_email_notifier,
    signal_handlers.workflow_approval_email_notifier,
    signal_handlers.workflow_rejection_email_notifier,
):
    _notifier.can_handle = lambda *args, **kwargs: False
edit.send_notification = agreement.tell_comments
edit.PublishPageRevisionAction = PublishThroughPage  # the editor would pass the page's own `publish()` by


@receiver(task_submitted)
def step_waits(sender: type, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    agreement.ask_reviewers(instance, author=user)


@receiver(workflow_rejected)
def page_returned(sender: type, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    agreement.tell_returned(instance, reviewer=user)


@receiver(workflow_approved)
def page_approved(sender: type, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    agreement.tell_approved(instance, reviewer=user)


@receiver(scheduled_publication_refused)
def appointment_refused(sender: type, revision: Revision, refused: PublicationRefused, **kwargs: Any) -> None:
    refusals.keep_refusal(revision, refused)
