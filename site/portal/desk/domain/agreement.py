"""Letters of the agreement of pages: who is asked, who learns of the decision and in whose words.

Wagtail sends its own from inside the request, without the words of the reviewer; they are switched off in
`portal.desk.receivers`, and these go through the outbox, each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from portal.core import letters

NO_WORDS = "Замечаний нет."
NO_WORDS_OF_AUTHOR = "Пояснений нет."
WORDS_FIELD = "words_for_reviewers"
_words_of_author: ContextVar[str] = ContextVar("words_of_author", default="")


@contextmanager
def words_of_author(text: str) -> Iterator[None]:
    """Say `text` to those who are asked to agree within the block; Wagtail's own verbs have no place for it."""
    token = _words_of_author.set(text.strip())
    try:
        yield
    finally:
        _words_of_author.reset(token)


def ask_reviewers(state: TaskState, *, author: Any) -> None:
    """Write to those who decide on this step, except the author."""
    page = _page(state.workflow_state)
    if page is None:
        return
    task, words = state.task.specific, _words_of_author.get()
    if words:
        TaskState.objects.filter(pk=state.pk).update(comment=words)  # the decision puts its own in their place
    context = {
        **about(page),
        "author": _name(author),
        "words": words or NO_WORDS_OF_AUTHOR,
        "link": edit_link(page),
    }
    for person in reviewers(page):
        if person != author and task.get_actions(page, person):
            letters.queue_letter(
                "page_submitted", person.email, context, dedupe_key=f"submitted:{state.pk}:{person.pk}"
            )


def tell_returned(workflow_state: WorkflowState, *, reviewer: Any) -> None:
    """Write to the person who sent the page what the reviewer wants changed."""
    page, person = _page(workflow_state), workflow_state.requested_by
    if page is None or not is_reached(person, reviewer):
        return
    state = last_decision(workflow_state)
    words = state.comment if state and state.comment else NO_WORDS
    context = {**about(page), "reviewer": _name(reviewer), "words": words, "link": edit_link(page)}
    key = f"returned:{state.pk if state else workflow_state.pk}:{person.pk}"
    letters.queue_letter("page_returned", person.email, context, dedupe_key=key)


def tell_approved(workflow_state: WorkflowState, *, reviewer: Any) -> None:
    """Write to the person who sent the page that it is approved, with all the words said on the way."""
    page, person = _page(workflow_state), workflow_state.requested_by
    if page is None or not is_reached(person, reviewer):
        return
    said = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED).exclude(comment="").order_by("pk")
    words = "\n\n".join(state.comment for state in said) or NO_WORDS
    state = "Она опубликована." if page.live else "Она будет опубликована в назначенное время."
    link = page.full_url if page.live and page.full_url else edit_link(page)
    context = {**about(page), "reviewer": _name(reviewer), "words": words, "state": state, "link": link}
    key = f"approved:{workflow_state.pk}:{person.pk}"
    letters.queue_letter("page_approved", person.email, context, dedupe_key=key)


def tell_comments(people: Iterable[Any], notification: str, context: dict[str, Any]) -> bool:
    """Queue the letters of comments in the margins; stands in for Wagtail's `send_notification` in the editor."""
    page: Page = context["page"]
    said = [comment.text for comment in context["new_comments"]]
    said += [f"Решено: {comment.text}" for comment in context["resolved_comments"]]
    for thread in context["replied_comments"]:
        said += [f"{thread['comment'].text}\n— {reply.text}" for reply in thread["replies"]]
    values = {
        "page": page.get_admin_display_title(),
        "author": _name(context["editor"]),
        "words": "\n\n".join(said),
        "link": edit_link(page),
    }
    for person in people:
        if person.is_active and person.email:
            letters.queue_letter("page_comment", person.email, values)
    return True


def last_decision(workflow_state: WorkflowState) -> TaskState | None:
    """Return the latest step that somebody decided on."""
    decided = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
    found: TaskState | None = (
        workflow_state.task_states.filter(status__in=decided).select_related("finished_by").order_by("-pk").first()
    )
    return found


def words_of_return(page: Page) -> tuple[str, TaskState] | None:
    """Return who returned `page` and the step with the words, while the page waits for the author's changes."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    decision = last_decision(state)
    return (_name(decision.finished_by), decision) if decision and decision.comment else None


def words_of_request(page: Page, user: Any) -> tuple[str, str] | None:
    """Return who asks `user` to agree on `page` and in what words, while the page waits and words were said."""
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS or not state.comment:
        return None
    if not state.task.specific.get_actions(page, user):
        return None
    return _name(state.workflow_state.requested_by), state.comment


def reviewers(page: Page) -> Iterable[Any]:
    """Return those who may publish `page` and can be written to."""
    policy = policy_registry.get_by_type(Page)
    people = policy.users_with_permission_for_instance(
        "publish", page, include_superusers=settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS
    )
    return people.filter(is_active=True).exclude(email="")


def is_reached(person: Any, actor: Any) -> bool:
    """Tell whether a letter to `person` has sense: it reaches somebody else than who acted."""
    return bool(person and person.is_active and person.email and person != actor)


def _page(workflow_state: WorkflowState) -> Page | None:
    item = workflow_state.content_object
    return Page.objects.get(pk=item.pk).specific if isinstance(item, Page) else None


def about(page: Page) -> dict[str, str]:
    """Return the names of the page and of its section for a letter."""
    title = " ".join((page.draft_title or page.title).split())  # a line break would be a header of the letter
    return {"page": title, "section": page.get_parent().title}


def _name(person: Any) -> str:
    return str(get_user_display_name(person)) if person else "Портал"


def edit_link(page: Page) -> str:
    """Return the full address of the page in the editor."""
    return settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
