"""The whole procedure of a submission as one table, and the one verb that moves it.

A row: what is done, what the button says, from where, to where, who may, whether words are asked for, what must hold,
what else changes, who is told. Terms of the statuses are in `terms`, wording of the letters in reference/letters.yaml.
Statuses and arrows are those of docs/procedure.md, which a test holds to this table.

The experts' stages are laid out: expertise and council have their rows, and nothing leads to them yet. To open them,
the target of `pass_check` becomes EXPERTISE.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core.text import normalise_text
from portal.intake.models.drafts import new_token
from practices import rules
from practices.domain import conditions, effects, telling, terms
from practices.domain.audiences import Audience
from practices.domain.effects import Effect, Step
from practices.domain.errors import TransitionError
from practices.domain.telling import Note
from practices.enums import WITHDRAWABLE, SubmissionStatus
from practices.models import PracticeSubmission, SubmissionRecord

Rule = Callable[[Any, Any], bool]
Condition = Callable[[Any], str]
S = SubmissionStatus
AUTHOR, HEAD, OFFICE, EDITORS, MUNICIPALITY = Audience
WORDS_LENGTH = 2000


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A row of the table. `who` None: the portal alone; `when` tells apart rows of one action and one source."""

    action: str
    label: str
    sources: frozenset[str]
    target: str
    who: Rule | None
    by_portal: bool = False  # the portal may do it too, by a term
    when: Callable[[Any], bool] = lambda _submission: True
    words: str = ""  # what is asked in words; blank: words are not needed
    ready: tuple[Condition, ...] = ()
    effects: tuple[Effect, ...] = ()
    letters: tuple[Note, ...] = ()
    hint: str = ""  # said beside the button
    at_desk: bool = False  # a button of the desk in the admin, not of the cabinet


def _from(*statuses: str) -> frozenset[str]:
    return frozenset(statuses)


def _sends_to_head(user: Any, submission: Any) -> bool:
    return rules.can_send(user, submission) and not rules.can_confirm(user, submission)


def _never_sent(submission: Any) -> bool:
    return submission.sent_at is None


def _returned_from(status: str) -> Callable[[Any], bool]:
    return lambda submission: submission.returned_from == status


SENDING = (conditions.has_open_organisation, conditions.in_time, conditions.is_whole)

TABLE: tuple[Transition, ...] = (
    # Inside the organisation
    Transition(
        action="send",
        label="Отправить",
        sources=_from(S.DRAFT),
        target=S.FORMAL_CHECK,
        who=rules.can_confirm,
        ready=SENDING,
        effects=(effects.mark_sender, effects.register),
        letters=(
            Note(
                kind="practice_receipt",
                to=(
                    AUTHOR,
                    HEAD,
                ),
                to_actor=True,
            ),
            Note(
                kind="practice_arrived",
                to=(
                    OFFICE,
                    MUNICIPALITY,
                ),
            ),
        ),
        hint="Заявка уйдёт в редакцию сразу: вы руководитель организации.",
    ),
    Transition(
        action="send",
        label="Отправить руководителю",
        sources=_from(S.DRAFT),
        target=S.HEAD_CONFIRMATION,
        who=_sends_to_head,
        ready=(*SENDING, conditions.has_head),
        effects=(effects.mark_sender,),
        letters=(Note(kind="practice_confirm", to=(HEAD,)),),
        hint="Руководитель подтвердит отправку одной кнопкой, после этого заявка получит номер.",
    ),
    Transition(
        action="confirm",
        label="Подтвердить отправку",
        sources=_from(S.HEAD_CONFIRMATION),
        target=S.FORMAL_CHECK,
        who=rules.can_confirm,
        ready=SENDING,
        effects=(effects.register,),
        letters=(
            Note(
                kind="practice_receipt",
                to=(
                    AUTHOR,
                    HEAD,
                ),
                to_actor=True,
            ),
            Note(
                kind="practice_arrived",
                to=(
                    OFFICE,
                    MUNICIPALITY,
                ),
            ),
        ),
        hint="Заявка уйдёт в редакцию и получит номер.",
    ),
    Transition(
        action="return_to_draft",
        label="Вернуть автору",
        sources=_from(S.HEAD_CONFIRMATION),
        target=S.DRAFT,
        who=rules.can_confirm,
        words="Что исправить перед отправкой",
        letters=(Note(kind="practice_unconfirmed", to=(AUTHOR,)),),
    ),
    # The office
    Transition(
        action="pass_check",
        at_desk=True,
        label="Проверка пройдена",
        sources=_from(S.FORMAL_CHECK),
        target=S.ACCEPTED,
        who=rules.can_decide,
        ready=(conditions.is_checked,),
        letters=(
            Note(
                kind="practice_accepted",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
            Note(kind="practice_to_edit", to=(EDITORS,)),
        ),
    ),
    Transition(
        action="close_expertise",
        at_desk=True,
        label="Закрыть экспертизу",
        sources=_from(S.EXPERTISE),
        target=S.COUNCIL,
        who=rules.can_decide,
    ),
    Transition(
        action="accept",
        at_desk=True,
        label="Принять",
        sources=_from(S.COUNCIL),
        target=S.ACCEPTED,
        who=rules.can_decide,
        letters=(
            Note(
                kind="practice_accepted",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
            Note(kind="practice_to_edit", to=(EDITORS,)),
        ),
    ),
    Transition(
        action="return_for_revision",
        at_desk=True,
        label="Вернуть на доработку",
        sources=_from(S.FORMAL_CHECK, S.COUNCIL),
        target=S.REVISION,
        who=rules.can_decide,
        ready=(conditions.may_return_again,),
        effects=(effects.open_revision,),
        letters=(
            Note(
                kind="practice_revision",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
        ),
        hint="Замечания по полям: автор ответит на каждое.",
    ),
    Transition(
        action="reject",
        at_desk=True,
        label="Отклонить",
        sources=_from(S.FORMAL_CHECK, S.COUNCIL),
        target=S.REJECTED,
        who=rules.can_decide,
        words="Причина отказа: её прочтёт автор",
        letters=(
            Note(
                kind="practice_rejected",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
        ),
    ),
    # The revision
    Transition(
        action="resend",
        label="Отправить повторно",
        sources=_from(S.REVISION),
        target=S.FORMAL_CHECK,
        who=rules.can_send,
        when=_returned_from(S.FORMAL_CHECK),
        ready=(conditions.in_time, conditions.is_answered, conditions.is_whole),
        effects=(effects.register_again,),
        letters=(
            Note(
                kind="practice_resent",
                to=(
                    OFFICE,
                    HEAD,
                ),
            ),
        ),
    ),
    Transition(
        action="resend",
        label="Отправить повторно",
        sources=_from(S.REVISION),
        target=S.EXPERTISE,
        who=rules.can_send,
        when=_returned_from(S.COUNCIL),
        ready=(conditions.in_time, conditions.is_answered, conditions.is_whole),
        effects=(effects.register_again,),
        letters=(
            Note(
                kind="practice_resent",
                to=(
                    OFFICE,
                    HEAD,
                ),
            ),
        ),
    ),
    Transition(
        action="close_overdue",
        at_desk=True,
        label="Закрыть: срок вышел",
        sources=_from(S.REVISION),
        target=S.WITHDRAWN,
        who=rules.can_decide,
        words="Что сказать автору",
        ready=(conditions.is_overdue,),
        letters=(
            Note(
                kind="practice_closed",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
        ),
    ),
    # The text of the page
    Transition(
        action="send_text",
        at_desk=True,
        label="Отправить автору",
        sources=_from(S.ACCEPTED, S.AUTHOR_APPROVAL),
        target=S.AUTHOR_APPROVAL,
        who=rules.can_edit_page,
        ready=(conditions.has_page,),
        effects=(effects.show_text,),
        letters=(
            Note(
                kind="practice_text_shown",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
        ),
    ),
    Transition(
        action="object",
        label="Есть замечания",
        sources=_from(S.AUTHOR_APPROVAL),
        target=S.ACCEPTED,
        who=rules.can_speak_for_organisation,
        words="Что изменить в тексте",
        effects=(effects.take_text_back,),
        letters=(Note(kind="practice_text_objected", to=(EDITORS,)),),
    ),
    Transition(
        action="agree",
        label="Согласиться с текстом",
        sources=_from(S.AUTHOR_APPROVAL),
        target=S.AUTHOR_APPROVAL,
        who=rules.can_speak_for_organisation,
        by_portal=True,
        when=lambda submission: submission.agreed_revision_id is None,
        ready=(conditions.is_shown,),
        effects=(effects.fix_agreed,),
        letters=(Note(kind="practice_text_agreed", to=(EDITORS,)),),
    ),
    Transition(
        action="publish",
        at_desk=True,
        label="Опубликовать",
        sources=_from(S.AUTHOR_APPROVAL),
        target=S.PUBLISHED,
        who=rules.can_edit_page,
        by_portal=True,
        ready=(conditions.has_page, conditions.is_agreed, conditions.is_out),
        letters=(
            Note(
                kind="practice_published",
                to=(
                    AUTHOR,
                    HEAD,
                    MUNICIPALITY,
                ),
            ),
        ),
    ),
    # Leaving the road
    Transition(
        action="withdraw",
        label="Отозвать заявку",
        sources=WITHDRAWABLE,
        target=S.WITHDRAWN,
        who=rules.can_speak_for_organisation,
        words="Почему отзываете",
        letters=(
            Note(
                kind="practice_withdrawn",
                to=(
                    AUTHOR,
                    HEAD,
                    OFFICE,
                ),
            ),
        ),
        hint="Вернуть отозванную заявку нельзя, но из неё можно начать новый черновик.",
    ),
    Transition(
        action="archive",
        label="Убрать в архив",
        sources=_from(S.DRAFT),
        target=S.ARCHIVED,
        who=rules.can_speak_for_organisation,
        by_portal=True,
        letters=(Note(kind="practice_draft_archived", to=(AUTHOR,)),),
        hint="Черновик уйдёт из списка; его можно вернуть.",
    ),
    Transition(
        action="restore",
        label="Вернуть в черновики",
        sources=_from(S.ARCHIVED),
        target=S.DRAFT,
        who=rules.can_speak_for_organisation,
        when=_never_sent,
    ),
    Transition(
        action="archive",
        at_desk=True,
        label="Снять в архив",
        sources=_from(S.PUBLISHED),
        target=S.ARCHIVED,
        who=rules.can_edit_page,
        words="Почему снимаете: причина будет стоять на странице",
        effects=(effects.put_on_shelf,),
        letters=(
            Note(
                kind="practice_archived",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
        ),
    ),
    Transition(
        action="restore",
        at_desk=True,
        label="Вернуть в банк",
        sources=_from(S.ARCHIVED),
        target=S.PUBLISHED,
        who=rules.can_edit_page,
        when=lambda submission: not _never_sent(submission),
        effects=(effects.take_off_shelf,),
        letters=(
            Note(
                kind="practice_restored",
                to=(
                    AUTHOR,
                    HEAD,
                ),
            ),
        ),
    ),
)
ACTIONS: tuple[str, ...] = tuple(dict.fromkeys(row.action for row in TABLE))


@dataclass(frozen=True)
class Offer:
    """An action as a button for one person; `refusal` says why it cannot be pressed now."""

    action: str
    label: str
    target: str
    words: str
    hint: str
    at_desk: bool
    refusal: str = ""


def available_actions(submission: Any, user: Any) -> list[Offer]:
    """Return what `user` may do with `submission` in its status, in the order of the table: buttons, form choices and
    the check of a POST read this."""
    return [
        Offer(row.action, row.label, row.target, row.words, row.hint, row.at_desk, _refusal(row, submission))
        for row in TABLE
        if submission.status in row.sources
        and row.when(submission)
        and row.who is not None
        and row.who(user, submission)
    ]


def perform(
    submission: PracticeSubmission,
    action: str,
    *,
    actor: Any,
    comment: str = "",
    token: str | None = None,
    **details: Any,
) -> PracticeSubmission:
    """Move `submission` by `action` in one transaction: lock, check the person, the status and what must hold, change,
    write the history, tell people. Return the submission as it is now.

    `actor` None is the portal itself, by a term. `token` is the one-time token of the form: pressed twice, the action is
    done once and the second press gets the same submission; a token of an older form is refused. Details: `remarks`
    (return_for_revision), `revision` (send_text, publish). Raises PermissionDenied for the wrong person and
    TransitionError, a sentence, for the wrong state, a lack or missing words.
    """
    with transaction.atomic():
        held = locked(submission)
        _check_person(held, action, actor)
        if token is not None and held.records.filter(token=token, action=action).exists():
            return held
        row = _row(held, action, actor)
        words = normalise_text(comment)[:WORDS_LENGTH]
        if row.words and not words:
            raise TransitionError(f"Нужны слова: {row.words[0].lower()}{row.words[1:]}.")
        if token is not None and token != held.send_token:
            raise TransitionError("Эта страница открыта давно, с тех пор заявка изменилась. Откройте её заново.")
        if refusal := _refusal(row, held):
            raise TransitionError(refusal)
        _move(held, row, Step(held, action, held.status, actor, words, timezone.now(), details), token or "")
    return held


def locked(submission: PracticeSubmission) -> PracticeSubmission:
    """Return the row as it is now, locked until the transaction ends."""
    held: PracticeSubmission = (
        PracticeSubmission.objects.select_for_update(of=("self",))
        .select_related("organisation", "consent")
        .get(pk=submission.pk)
    )
    return held


def _check_person(held: Any, action: str, actor: Any) -> None:
    rows = [row for row in TABLE if row.action == action]
    if not rows:
        raise TransitionError("Такого действия нет.")
    if not any(_may(row, actor, held) for row in rows):
        raise PermissionDenied


def _may(row: Transition, actor: Any, held: Any) -> bool:
    if actor is None:
        return row.by_portal or row.who is None
    return row.who is not None and row.who(actor, held)


def _row(held: Any, action: str, actor: Any) -> Transition:
    """Return the row that applies; the status is told in a sentence when there is none."""
    rows = [row for row in TABLE if row.action == action and held.status in row.sources and row.when(held)]
    for row in rows:
        if _may(row, actor, held):
            return row
    if rows:
        raise PermissionDenied
    label = next(row.label for row in TABLE if row.action == action)
    raise TransitionError(f"«{label}» сейчас сделать нельзя: заявка в состоянии «{held.public_status}».")


def _refusal(row: Transition, submission: Any) -> str:
    return next((words for check in row.ready if (words := check(submission))), "")


def _move(held: Any, row: Transition, step: Step, token: str) -> None:
    changed = {"status", "status_since", "due_at", "send_token"}
    for effect in row.effects:
        changed |= set(effect(step))
    held.status, held.status_since = row.target, step.now
    held.due_at = terms.due_of(row.target, step.now)
    held.send_token = new_token()
    held.save(update_fields=sorted(changed))
    SubmissionRecord.objects.create(
        submission=held,
        action=row.action,
        source=step.source,
        target=row.target,
        comment=step.comment,
        details=step.told,
        actor=step.actor,
        at=step.now,
        token=token,
    )
    telling.tell_notes(row.letters, step)
