"""The way a page is agreed on: whoever publishes in its section decides, except its sender."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import (
    GroupApprovalTask,
    ModelLogEntry,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from portal.desk.models import PublisherApprovalTask
from portal.setup.groups import EDITORS

NAME, STEP = "Согласование", "Проверка редактором раздела"
FORMER_STEP = "Проверка редактором"  # before groups of sections: every page was for one group to decide on


def setup() -> Iterator[str]:
    """Make the workflow where there is none, and renew one that stands as an earlier version of the portal made it.

    One that people have touched in any way stays theirs.
    """
    workflow = Workflow.objects.filter(name=NAME).first()
    if workflow is None:
        _make()
        yield "порядок согласования страниц"
    elif former := _former_step(workflow):
        _renew(workflow, former)
        yield "порядок согласования страниц: решает тот, кто публикует раздел"


def _make() -> None:
    workflow = Workflow.objects.create(name=NAME, active=True)
    task = PublisherApprovalTask.objects.create(name=STEP, active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=_home())


def _home() -> Model:
    return Site.objects.select_related("root_page").get(is_default_site=True).root_page


def _former_step(workflow: Workflow) -> GroupApprovalTask | None:
    """Return the one step of a workflow that is letter for letter what the earlier version made, else None."""
    steps = list(workflow.workflow_tasks.select_related("task"))
    if len(steps) != 1 or not isinstance(task := steps[0].task.specific, GroupApprovalTask):
        return None
    places = list(workflow.workflow_pages.values_list("page", flat=True))
    as_made = (
        workflow.active
        and task.active
        and task.name == FORMER_STEP
        and list(task.groups.all()) == list(Group.objects.filter(name=EDITORS))
        and places == [_home().pk]
        and not workflow.workflow_content_types.exists()
        and not task.workflow_tasks.exclude(workflow=workflow).exists()
        and not _is_edited(workflow, Workflow)
        and not _is_edited(task, GroupApprovalTask, Task)
    )
    return task if as_made else None


def _is_edited(thing: Model, *kinds: type[Model]) -> bool:
    """Tell whether somebody has saved it in the admin; what the portal makes by itself leaves no entry."""
    types = ContentType.objects.get_for_models(*kinds).values()
    return ModelLogEntry.objects.filter(content_type__in=types, object_id=str(thing.pk)).exists()


def _renew(workflow: Workflow, former: GroupApprovalTask) -> None:
    """Put the new step in place of the former; pages under way go on in it, decisions of the past keep theirs."""
    task = PublisherApprovalTask.objects.create(name=STEP, active=True)
    workflow.workflow_tasks.update(task=task)
    under_way = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    TaskState.objects.filter(task=former, workflow_state__status__in=under_way).update(task=task)
    former.deactivate()
