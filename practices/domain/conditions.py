"""What must hold before a submission moves: each condition returns a sentence that says what is lacking, or nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from portal.core.listing import plural
from portal.intake.domain import windows
from portal.organisations.enums import MemberRole
from practices.domain.agreed_text import changed_since
from practices.domain.checklist import unchecked_lines
from practices.enums import MOST_RETURNS, SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.rules import closed_words

_NAMED = 3  # of what is missing; the page «Проверка» has the whole list


def in_time(submission: Any) -> str:
    """The window of the intake is open, or the term of the revision is not over."""
    return closed_words(submission)


def is_whole(submission: Any) -> str:
    """Nothing that the form asks for is missing, the consent to processing included."""
    prefetch_related_objects([submission], "attachments")  # read once, not for each field that is files
    missing = PRACTICE_FORM.missing(submission)
    if missing:
        names = list(dict.fromkeys(f"«{one.field.label}»" for one in missing))
        more = len(names) - _NAMED
        rest = f" и ещё {more} {plural(more, 'поле', 'поля', 'полей')}" if more > 0 else ""
        return f"Заполнено не всё: {', '.join(names[:_NAMED])}{rest}. Откройте «Проверку»: там всё списком."
    if submission.consent is None or not submission.consent.is_active:
        return "Согласие на обработку персональных данных отозвано или не дано: дайте его на шаге «Согласия»."
    return ""


def has_open_organisation(submission: Any) -> str:
    """The organisation works and is one of the registry."""
    if submission.organisation is None:
        return "У заявки нет организации."
    if submission.organisation.closed_on is not None:
        return "Организация закрыта: заявку от неё отправить нельзя."
    return ""


def has_head(submission: Any) -> str:
    """Somebody can let it out of the organisation."""
    heads = submission.organisation.memberships.active().filter(role=MemberRole.HEAD, user__is_active=True)
    if heads.exists():
        return ""
    people = reverse("cabinet")
    return windows.whom_to_ask(
        f"Отправку подтверждает руководитель, а у организации на портале его нет. Пригласите руководителя в кабинете "
        f"({people}); если это не получается"
    )


def is_answered(submission: Any) -> str:
    """Every remark of the round has its answer."""
    waiting = sum(not remark.answer for remark in remarks_of_round(submission))
    if not waiting:
        return ""
    noun = plural(waiting, "замечание", "замечания", "замечаний")
    return f"Осталось ответить на {waiting} {noun}: отметьте «исправлено» или напишите, почему не согласны."


def remarks_of_round(submission: Any) -> list[Any]:
    """Return the remarks of the revision that goes on, or of the last one; read once for the object."""
    remarks = list(submission.remarks.all())
    last = max((remark.round for remark in remarks), default=0)
    return [remark for remark in remarks if remark.round == last]


def is_checked(submission: Any) -> str:
    """Every line of the formal check is ticked."""
    lines = unchecked_lines(submission.checklist)
    return f"Не отмечено в формальной проверке: {'; '.join(lines)}." if lines else ""


def may_return_again(submission: Any) -> str:
    """The stage has not returned it as often as it may."""
    if submission.returns.get(submission.status, 0) < MOST_RETURNS:
        return ""
    stage = SubmissionStatus(submission.status).label.lower()
    return f"Стадия «{stage}» уже вернула заявку {MOST_RETURNS} раза: больше нельзя. Примите решение."


def is_overdue(submission: Any) -> str:
    """The term of the stage is over."""
    if windows.term_is_over(submission.due_at):
        return ""
    return f"Срок ещё не вышел: {windows.at_words(submission.due_at)}." if submission.due_at else "Срока у заявки нет."


def has_page(submission: Any) -> str:
    """The editor has made a page of it."""
    return "" if submission.page_id else "Сначала создайте страницу из заявки."


def is_agreed(submission: Any) -> str:
    """The author has agreed to the text that was shown."""
    return "" if submission.agreed_revision_id else "Автор ещё не согласовал текст."


def is_out(submission: Any) -> str:
    """The page says to everybody what the author agreed to: publishing is the page's own verb (see `gate`)."""
    page, agreed = submission.page, submission.agreed_revision
    if page is not None and agreed is not None and page.live and not changed_since(agreed.as_object(), page):
        return ""
    return "Опубликуйте страницу: кнопка «Опубликовать» в редакторе или на экране «Путь практики»."


def is_shown(submission: Any) -> str:
    """There is a text to agree to."""
    return "" if submission.shown_revision_id else "Текст ещё не отправлен автору."
