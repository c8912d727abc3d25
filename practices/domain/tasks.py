"""What waits for a person in the bank: lines of «Мои задачи»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from portal.core.cabinet import Todo
from portal.organisations.rules import standing
from practices.domain.status import remarks_words, saved_words
from practices.domain.telling import subject_of
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission
from practices.rules import is_bank_editor, is_office

S = SubmissionStatus
_MOST_DRAFTS = 3


def own_tasks(user: Any) -> Iterator[Todo]:
    """Yield what the person does for the own submissions: confirm, answer, look at the text, go on with a draft."""
    unanswered = Count("remarks", filter=Q(remarks__answer=""))
    waiting = (
        PracticeSubmission.objects.of_team(user)
        .filter(status__in=[S.DRAFT, S.HEAD_CONFIRMATION, S.REVISION, S.AUTHOR_APPROVAL])
        .annotate(unanswered=unanswered)
        .order_by("due_at", "-changed_at")
    )
    drafts = 0
    for submission in waiting:
        if submission.status == S.DRAFT:
            drafts += submission.changed_by_id == user.pk
            if submission.changed_by_id != user.pk or drafts > _MOST_DRAFTS:
                continue
        if title := _own_title(user, submission):
            about = saved_words(submission) if submission.status == S.DRAFT else ""
            subject = f"{subject_of(submission)}. {about}" if about else subject_of(submission)
            yield Todo(title, address_of(submission), subject=subject, due=submission.due_at)


def _own_title(user: Any, submission: Any) -> str:
    if submission.status == S.DRAFT:
        return "Продолжить черновик"
    if submission.status == S.HEAD_CONFIRMATION:
        return "Подтвердить отправку" if submission.organisation_id in standing(user).headed else ""
    if submission.status == S.REVISION:
        return remarks_words(submission.unanswered) if submission.unanswered else "Отправить исправленную заявку"
    return "" if submission.agreed_revision_id else "Посмотреть правку редактора"


def desk_tasks(user: Any) -> Iterator[Todo]:
    """Yield what waits for the office and for editors of the bank, the nearest term first."""
    mine = Q(pk=None)
    if is_office(user):
        mine |= Q(status=S.FORMAL_CHECK) & (Q(moderator=user) | Q(moderator=None))
    if is_bank_editor(user):
        mine |= Q(status=S.ACCEPTED) | Q(status=S.AUTHOR_APPROVAL, agreed_revision__isnull=False)
    if mine == Q(pk=None):
        return
    own = standing(user).organisations
    for submission in PracticeSubmission.objects.filter(mine).exclude(organisation__in=own).order_by("due_at")[:50]:
        title = _DESK[submission.status]
        href = reverse("practice_desk_submission", args=[submission.public_id])
        yield Todo(title, href, subject=subject_of(submission), due=submission.due_at)


_DESK: dict[str, str] = {
    S.FORMAL_CHECK: "Формальная проверка",
    S.ACCEPTED: "Подготовить страницу практики",
    S.AUTHOR_APPROVAL: "Опубликовать согласованный текст",
}


def address_of(submission: Any) -> str:
    """Return the address of the submission's page in the cabinet."""
    return reverse("practice_submission", args=[submission.public_id])


def has_business(user: Any) -> bool:
    """Tell whether the section «Практики» of the cabinet is for `user`: of an organisation or of a municipality, or
    invited to a submission."""
    place = standing(user)
    if place.organisations or place.municipalities:
        return True
    return PracticeSubmission.objects.of_team(user).exists()
