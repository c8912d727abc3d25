"""The whole procedure of a submission as one table.

A row: what is done, what the button says, from where, to where, who may, whether words are asked for, what must hold,
what else changes, who is told. Terms of the statuses are in `terms`, wording of the letters in
reference/letters_procedure.yaml. Statuses and arrows are those of docs/procedure.md, which a test holds to this table;
`transitions.perform` is the one verb that reads it.

The experts' stages are laid out: expertise and council have their rows, and nothing leads to them yet. To open them,
the target of `pass_check` becomes EXPERTISE.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from practices import rules
from practices.domain import conditions, effects
from practices.domain.audiences import Audience
from practices.domain.effects import Effect
from practices.domain.telling import Note
from practices.enums import WITHDRAWABLE, SubmissionStatus

Rule = Callable[[Any, Any], bool]
Condition = Callable[[Any], str]
S = SubmissionStatus
AUTHOR, HEAD, OFFICE, EDITORS, MUNICIPALITY = Audience


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

    @property
    def at_desk(self) -> bool:
        """Whether it is done at a desk in the admin: by the office or by an editor."""
        return self.who in {rules.can_decide, rules.can_edit_page}

    @property
    def in_own_name(self) -> bool:
        """Whether it declares the will of an organisation: an administrator who works as somebody else may not do it."""
        return self.who in {rules.can_confirm, rules.can_speak_for_organisation}


def _from(*statuses: str) -> frozenset[str]:
    return frozenset(statuses)


def sends_to_head(user: Any, submission: Any) -> bool:
    """Tell whether `user` sends it to the head: writes it and is not the head."""
    return rules.can_send(user, submission) and not rules.can_confirm(user, submission)


def _never_sent(submission: Any) -> bool:
    return submission.sent_at is None


def _returned_from(status: str) -> Callable[[Any], bool]:
    return lambda submission: submission.returned_from == status


SENDING = (conditions.has_open_organisation, conditions.in_time, conditions.is_whole)
AGAIN = (conditions.in_time, conditions.is_answered, conditions.is_whole)
RECEIVED = (
    Note(kind="practice_receipt", to=(AUTHOR, HEAD), to_actor=True),
    Note(kind="practice_arrived", to=(OFFICE, MUNICIPALITY)),
)
ACCEPTED = (Note(kind="practice_accepted", to=(AUTHOR, HEAD)), Note(kind="practice_to_edit", to=(EDITORS,)))

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
        letters=RECEIVED,
        hint="Заявка уйдёт в редакцию сразу: вы руководитель организации.",
    ),
    Transition(
        action="send",
        label="Отправить руководителю",
        sources=_from(S.DRAFT),
        target=S.HEAD_CONFIRMATION,
        who=sends_to_head,
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
        letters=RECEIVED,
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
        label="Проверка пройдена",
        sources=_from(S.FORMAL_CHECK),
        target=S.ACCEPTED,
        who=rules.can_decide,
        ready=(conditions.is_checked,),
        letters=ACCEPTED,
    ),
    Transition(
        action="close_expertise",
        label="Закрыть экспертизу",
        sources=_from(S.EXPERTISE),
        target=S.COUNCIL,
        who=rules.can_decide,
    ),
    Transition(
        action="accept",
        label="Принять",
        sources=_from(S.COUNCIL),
        target=S.ACCEPTED,
        who=rules.can_decide,
        letters=ACCEPTED,
    ),
    Transition(
        action="return_for_revision",
        label="Вернуть на доработку",
        sources=_from(S.FORMAL_CHECK, S.COUNCIL),
        target=S.REVISION,
        who=rules.can_decide,
        ready=(conditions.may_return_again,),
        effects=(effects.open_revision,),
        letters=(Note(kind="practice_revision", to=(AUTHOR, HEAD)),),
        hint="Замечания по полям: автор ответит на каждое.",
    ),
    Transition(
        action="reject",
        label="Отклонить",
        sources=_from(S.FORMAL_CHECK, S.COUNCIL),
        target=S.REJECTED,
        who=rules.can_decide,
        words="Причина отказа: её прочтёт автор",
        letters=(Note(kind="practice_rejected", to=(AUTHOR, HEAD)),),
    ),
    # The revision
    Transition(
        action="resend",
        label="Отправить повторно",
        sources=_from(S.REVISION),
        target=S.FORMAL_CHECK,
        who=rules.can_send,
        when=_returned_from(S.FORMAL_CHECK),
        ready=AGAIN,
        effects=(effects.register_again,),
        letters=(Note(kind="practice_resent", to=(OFFICE, HEAD)),),
    ),
    Transition(
        action="resend",
        label="Отправить повторно",
        sources=_from(S.REVISION),
        target=S.EXPERTISE,
        who=rules.can_send,
        when=_returned_from(S.COUNCIL),
        ready=AGAIN,
        effects=(effects.register_again,),
        letters=(Note(kind="practice_resent", to=(OFFICE, HEAD)),),
    ),
    Transition(
        action="close_overdue",
        label="Закрыть: срок вышел",
        sources=_from(S.REVISION),
        target=S.WITHDRAWN,
        who=rules.can_decide,
        words="Что сказать автору",
        ready=(conditions.is_overdue,),
        letters=(Note(kind="practice_closed", to=(AUTHOR, HEAD)),),
    ),
    # The text of the page
    Transition(
        action="send_text",
        label="Отправить автору",
        sources=_from(S.ACCEPTED, S.AUTHOR_APPROVAL),
        target=S.AUTHOR_APPROVAL,
        who=rules.can_edit_page,
        ready=(conditions.has_page,),
        effects=(effects.show_text,),
        letters=(Note(kind="practice_text_shown", to=(AUTHOR, HEAD)),),
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
        label="Опубликовать",
        sources=_from(S.AUTHOR_APPROVAL),
        target=S.PUBLISHED,
        who=rules.can_edit_page,
        by_portal=True,
        ready=(conditions.has_page, conditions.is_agreed, conditions.is_out),
        letters=(Note(kind="practice_published", to=(AUTHOR, HEAD, MUNICIPALITY)),),
    ),
    # Leaving the road
    Transition(
        action="withdraw",
        label="Отозвать заявку",
        sources=WITHDRAWABLE,
        target=S.WITHDRAWN,
        who=rules.can_speak_for_organisation,
        words="Почему отзываете",
        letters=(Note(kind="practice_withdrawn", to=(AUTHOR, HEAD, OFFICE)),),
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
        label="Снять в архив",
        sources=_from(S.PUBLISHED),
        target=S.ARCHIVED,
        who=rules.can_edit_page,
        words="Почему снимаете: причина будет стоять на странице",
        effects=(effects.put_on_shelf,),
        letters=(Note(kind="practice_archived", to=(AUTHOR, HEAD)),),
    ),
    Transition(
        action="restore",
        label="Вернуть в банк",
        sources=_from(S.ARCHIVED),
        target=S.PUBLISHED,
        who=rules.can_edit_page,
        when=lambda submission: not _never_sent(submission),
        effects=(effects.take_off_shelf,),
        letters=(Note(kind="practice_restored", to=(AUTHOR, HEAD)),),
    ),
)
ACTIONS: tuple[str, ...] = tuple(dict.fromkeys(row.action for row in TABLE))
