"""An installation that keeps the workflow of an earlier version: renewed where untouched, left alone where edited."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Site, Workflow, WorkflowPage, WorkflowTask

from portal.desk.models import PublisherApprovalTask
from portal.news.models import NewsIndexPage
from portal.setup import agreement
from portal.setup.groups import EDITORS, MODERATORS
from tests.factories.news import NewsPageFactory
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def stock(db):
    """The workflow as the first version of the portal made it."""
    Workflow.objects.all().delete()
    PublisherApprovalTask.objects.all().delete()
    workflow = Workflow.objects.create(name="Согласование", active=True)
    task = GroupApprovalTask.objects.create(name="Проверка редактором", active=True)
    task.groups.add(Group.objects.get(name=EDITORS))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Site.objects.get(is_default_site=True).root_page)
    return workflow, task


def steps(workflow):
    return [step.task.specific for step in workflow.workflow_tasks.all()]


def test_untouched_workflow_is_renewed_once(stock):
    workflow, former = stock
    assert list(agreement.setup()) == ["порядок согласования страниц: решает тот, кто публикует раздел"]
    (step,) = steps(workflow)
    assert isinstance(step, PublisherApprovalTask)
    former.refresh_from_db()
    assert not former.active
    assert list(agreement.setup()) == []
    assert Workflow.objects.count() == 1


def _rename_workflow(workflow, task):
    Workflow.objects.filter(pk=workflow.pk).update(active=False)


def _rename_step(workflow, task):
    GroupApprovalTask.objects.filter(pk=task.pk).update(name="Проверка методистом")


def _other_group(workflow, task):
    task.groups.add(Group.objects.get(name=MODERATORS))


def _second_step(workflow, task):
    other = GroupApprovalTask.objects.create(name="Проверка директором", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=other, sort_order=1)


def _other_place(workflow, task):
    WorkflowPage.objects.filter(workflow=workflow).update(page=NewsIndexPage.objects.get())


def _saved_as_it_was(workflow, task):
    log(task, "wagtail.edit")


def _used_elsewhere(workflow, task):
    WorkflowTask.objects.create(workflow=Workflow.objects.create(name="Другое", active=True), task=task, sort_order=0)


@pytest.mark.parametrize(
    "touch",
    [
        _rename_workflow,
        _rename_step,
        _other_group,
        _second_step,
        _other_place,
        _saved_as_it_was,
        _used_elsewhere,
    ],
)
def test_workflow_that_people_touched_stays_theirs(stock, touch):
    workflow, task = stock
    touch(workflow, task)
    before = steps(workflow)
    assert list(agreement.setup()) == []
    assert steps(workflow) == before
    task.refresh_from_db()
    assert task.active


@pytest.mark.parametrize("is_returned", [False, True])
def test_page_under_way_is_decided_on_once_by_the_new_step(stock, is_returned):
    workflow, _former = stock
    author = make_account("author@example.org")
    head = make_account("head@example.org", groups=[EDITORS])
    page = NewsPageFactory(parent=NewsIndexPage.objects.get(), live=False)
    page.save_revision(user=author)
    state = workflow.start(page, author)
    if is_returned:
        state.current_task_state.reject(user=head, comment="Уточните")
    list(agreement.setup())
    state.refresh_from_db()
    if is_returned:
        page.save_revision(user=author)
        state.resume(user=author)
        state.refresh_from_db()
    (name, _words, _asks) = state.current_task_state.task.specific.get_actions(page, head)[1]
    assert name == "approve"
    state.current_task_state.approve(user=head)
    state.refresh_from_db()
    assert state.status == "approved"
    page.refresh_from_db()
    assert page.live
