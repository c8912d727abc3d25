"""What the registry expects of a person, for «Мои задачи»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from portal.core.cabinet import Todo
from portal.organisations import rules
from portal.organisations.domain.invitations import for_user
from portal.organisations.domain.requests import to_decide

LISTED = 20  # more stand behind one line


def requests_to_decide(user: Any) -> Iterator[Todo]:
    """Requests that a head or a coordinator decides, each with its term; nothing is asked for anybody else."""
    own = rules.standing(user)
    if not own.headed and not own.municipalities:
        return
    for request in to_decide(user)[:LISTED]:
        yield Todo(
            title="Решить запрос на участие",
            href=reverse("join_request", args=[request.organisation.slug, request.pk]),
            subject=f"{request.user}, {request.organisation}",
            due=request.due_at,
        )


def invitations_to_answer(user: Any) -> Iterator[Todo]:
    """Invitations to the person's own mailboxes."""
    for invitation in for_user(user)[:LISTED]:
        yield Todo(
            title="Ответить на приглашение",
            href=reverse("own_invitation", args=[invitation.pk]),
            subject=str(invitation.organisation),
            due=invitation.expires_at,
        )
