"""Where a submission is, what is next, by what date and whom to ask: one wording for the list, the page and letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.core import moments
from portal.core.listing import plural
from portal.intake.domain import windows
from practices.enums import MOST_RETURNS, PUBLIC_LABELS, SubmissionStatus
from practices.form_spec import PRACTICE_FORM

S = SubmissionStatus
# How a status looks: done, run, wait, late or plain (components/status.html).
LOOKS: dict[str, str] = {
    S.HEAD_CONFIRMATION: "wait",
    S.FORMAL_CHECK: "run",
    S.EXPERTISE: "run",
    S.REVISION: "late",
    S.COUNCIL: "run",
    S.ACCEPTED: "run",
    S.AUTHOR_APPROVAL: "late",
    S.PUBLISHED: "done",
}


@dataclass(frozen=True)
class Stage:
    """A stage of the road: `state` is done, run or blank; `note` says when, or until when."""

    title: str
    state: str = ""
    note: str = ""


# The road as authors see it: a stage and the statuses that mean it goes on. A revision stands where it was returned from.
_ROAD: Sequence[tuple[str, frozenset[str], str]] = (
    ("Черновик", frozenset({S.DRAFT}), "восемь шагов"),
    ("Подтверждение руководителя", frozenset({S.HEAD_CONFIRMATION}), "одна кнопка"),
    ("Проверка", frozenset({S.FORMAL_CHECK, S.EXPERTISE, S.COUNCIL, S.REVISION}), "всё ли на месте"),
    ("Страница и согласование", frozenset({S.ACCEPTED, S.AUTHOR_APPROVAL}), "правка редактора"),
    ("Публикация", frozenset({S.PUBLISHED}), "после вашего согласия"),
)


def road(submission: Any, records: Iterable[Any]) -> list[Stage]:
    """Return the stages of the road with their days, from the history; one that left the road stops where it left."""
    reached = _last_reached(submission, list(records))
    left = {one.target: one.at for one in sorted(records, key=lambda one: one.at) if one.source != one.target}
    left.setdefault(S.DRAFT, submission.created_at)
    stages = []
    for number, (title, statuses, plain) in enumerate(_ROAD):
        begun = max((left[status] for status in statuses if status in left), default=None)
        if number < reached or (number == reached and submission.status == S.PUBLISHED):
            stages.append(Stage(title, "done", day_words(begun) if begun else ""))
        elif number == reached and submission.status in statuses:
            note = f"до {moments.day(timezone.localdate(submission.due_at))}" if submission.due_at else plain
            stages.append(Stage(title, "run", note))
        else:
            stages.append(Stage(title, "", plain))
    return stages


def _last_reached(submission: Any, records: list[Any]) -> int:
    places = {status: number for number, (_title, statuses, _plain) in enumerate(_ROAD) for status in statuses}
    if submission.status in places:
        return places[submission.status]
    return max((places[line.source] for line in records if line.source in places), default=0)


def day_words(moment: dt.datetime) -> str:
    """Return «сегодня», «вчера» or «20 мая 2026»."""
    day, today = timezone.localdate(moment), timezone.localdate()
    if day == today:
        return "сегодня"
    return "вчера" if (today - day).days == 1 else moments.day(day)


def saved_words(submission: Any) -> str:
    """Return «Черновик, сохранён сегодня в 14:32, шаг 3»: what a list says of a draft without reading its answers."""
    steps = [step.key for step in PRACTICE_FORM.steps]
    at = f"сохранён {day_words(submission.changed_at)} в {moments.hour(submission.changed_at)}"
    if submission.changed_step not in steps:
        return f"Черновик, {at}"
    return f"Черновик, {at}, шаг {steps.index(submission.changed_step) + 1}"


def next_words(submission: Any) -> str:
    """Return in one sentence what is next, whose turn it is and until when; asks the database for nothing."""
    until = moments.deadline(submission.due_at) if submission.due_at else "без срока"
    if submission.status == S.REVISION:
        if windows.term_is_over(submission.due_at):
            return f"Срок исправлений вышел {until}: обратитесь в редакцию"
        number = submission.returns.get(submission.returned_from, 1)
        return f"Ваш ответ на замечания до {until}, круг {number} из {MOST_RETURNS}"
    if submission.status == S.AUTHOR_APPROVAL and submission.agreed_revision_id:
        return "Вы согласовали текст, редактор публикует его"
    if submission.status == S.DRAFT:
        return saved_words(submission)
    return _NEXT[submission.status].format(until=until)


_NEXT: dict[str, str] = {
    S.HEAD_CONFIRMATION: "Руководитель подтверждает отправку до {until}",
    S.FORMAL_CHECK: "Редакция проверяет, всё ли на месте, до {until}. Делать ничего не нужно",
    S.EXPERTISE: "Эксперты читают заявку. Делать ничего не нужно",
    S.COUNCIL: "Решает совет. Делать ничего не нужно",
    S.ACCEPTED: "Редактор готовит страницу до {until}. Делать ничего не нужно",
    S.AUTHOR_APPROVAL: "Посмотрите правку редактора и согласитесь или напишите замечания до {until}",
    S.PUBLISHED: "Практика в банке",
    S.REJECTED: "Решение принято, причина — на странице заявки",
    S.WITHDRAWN: "Заявка закрыта",
    S.ARCHIVED: "В архиве",
}


@dataclass(frozen=True)
class Line:
    """A line of the history in plain words."""

    at: dt.datetime
    words: str
    who: str
    comment: str


_DONE: dict[str, str] = {
    "start": "Черновик начат",
    "send": "Отправлена",
    "confirm": "Руководитель подтвердил отправку",
    "return_to_draft": "Руководитель вернул автору",
    "pass_check": "Проверка пройдена, практика принята",
    "close_expertise": "Экспертиза закончена",
    "accept": "Практика принята советом",
    "return_for_revision": "Возвращена с замечаниями",
    "reject": "Не принята",
    "resend": "Отправлена повторно",
    "answer_remark": "Ответ на замечание",
    "close_overdue": "Закрыта: срок исправлений вышел",
    "extend": "Срок продлён",
    "extend_intake": "Приём продлён для организации",
    "send_text": "Текст страницы отправлен автору",
    "object": "У автора замечания к тексту",
    "agree": "Текст согласован",
    "publish": "Опубликована",
    "withdraw": "Отозвана",
    "archive": "Убрана в архив",
    "restore": "Возвращена из архива",
    "assign": "Назначен модератор",
    "checklist": "Отметки формальной проверки",
    "invite_colleague": "Приглашён коллега",
    "colleague_came": "Коллега принял приглашение",
    "end_colleague": "Доступ коллеги закрыт",
}
# The office's own: neither authors nor the municipality read it.
_INSIDE = frozenset({"assign", "checklist"})


Names = frozenset[int] | None
EVERYBODY: frozenset[int] = frozenset({0})  # no account has this number


def history(records: Iterable[Any], *, names: Names, inside: bool = False) -> list[Line]:
    """Return the history in plain words, the latest first.

    `names` are the accounts whose names the reader may see, the others are «редакция»; EVERYBODY: all names; None: no
    names and no comments at all (the municipality). `inside` adds the lines of the office alone.
    """
    return [
        Line(one.at, _line_words(one), _who(one, names), one.comment if names is not None else "")
        for one in records
        if inside or one.action not in _INSIDE
    ]


def _line_words(record: Any) -> str:
    words = _DONE.get(record.action, "Изменена")
    if record.action == "send" and record.target == S.HEAD_CONFIRMATION:
        return "Отправлена руководителю на подтверждение"
    if record.details.get("number"):
        return f"{words}, номер {record.details['number']}"
    if record.action == "extend" and record.details.get("now"):
        return f"{words} до {moments.deadline(dt.datetime.fromisoformat(record.details['now']))}"
    return words


def _who(record: Any, names: Names) -> str:
    if record.actor is None and names is not None:
        return "портал, по сроку"
    return name_of(record.actor, names)


def name_of(user: Any, names: Names) -> str:
    """Return how a reader who may see `names` reads who it was; see `history`."""
    if names is None:
        return ""
    if user is None or (names is not EVERYBODY and user.pk not in names):
        return "редакция портала"
    return user.get_full_name() or user.email


def left_words(moment: dt.datetime | None) -> str:
    """Return «Осталось 6 дней.», «Срок сегодня.» or «Срок прошёл.»; blank without a term."""
    if moment is None:
        return ""
    now = timezone.now()
    days = moments.days_until(moment, now)
    if moment < now:
        return "Срок прошёл."
    return f"Осталось {moments.days_in_words(days)}." if days else "Срок сегодня."


def remarks_words(count: int) -> str:
    """Return «Ответить на 4 замечания»."""
    return f"Ответить на {count} {plural(count, 'замечание', 'замечания', 'замечаний')}"


def status_label(submission: Any) -> str:
    """Return the status in the words of people outside the office."""
    return PUBLIC_LABELS[submission.status]
