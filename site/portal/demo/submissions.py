"""Submissions of the demonstration: the cabinet and the desk of the office with something in every status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.core.privacy import give_consent
from portal.demo import content
from portal.demo.accounts import DOMAIN
from portal.demo.ledger import Ledger
from portal.intake.domain.numbers import take_number
from portal.intake.enums import RemarkAnswer
from portal.intake.models import NumberSeries
from portal.organisations.models import Organisation
from portal.vocabularies.models import Tag
from practices.domain import publication, terms
from practices.domain.checklist import FORMAL_CHECK
from practices.domain.effects import opened_by
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.models import (
    PracticeSubmission,
    SubmissionMessage,
    SubmissionRecord,
    SubmissionRemark,
    SubmissionSnapshot,
)

S = SubmissionStatus
SERIES = "ДЕМО"  # numbers of real submissions go on without gaps
BASIS = "демонстрационная заявка"
INSIDE = frozenset({S.DRAFT, S.HEAD_CONFIRMATION, S.WITHDRAWN})  # these have not reached the office
# The last line of the history by status: what was done, from where, by whom.
_LAST: dict[str, tuple[str, str, str]] = {
    S.HEAD_CONFIRMATION: ("send", S.DRAFT, "owner"),
    S.REVISION: ("return_for_revision", S.FORMAL_CHECK, "moderator"),
    S.ACCEPTED: ("pass_check", S.FORMAL_CHECK, "moderator"),
    S.AUTHOR_APPROVAL: ("send_text", S.ACCEPTED, "editor2"),
    S.REJECTED: ("reject", S.FORMAL_CHECK, "moderator"),
    S.WITHDRAWN: ("withdraw", S.DRAFT, "owner"),
}


def load_submissions(ledger: Ledger) -> Iterator[str]:
    """Make the submissions that were never loaded; yield a line for one whose owner is gone.

    Nothing is sent: letters of a demonstration would go to nobody.
    """
    for row in content.read("submissions"):
        with ledger.unit(f"submission:{row['key']}") as due:
            if due:
                yield from _Maker(row).make()


class _Maker:
    """Makes one submission with its history, as if it had come the way of all."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row = row
        self.status = SubmissionStatus(row["status"])
        self.since = timezone.now() - dt.timedelta(days=row["days"])
        self.people = {user.email.partition("@")[0]: user for user in User.objects.filter(is_demo=True)}

    def make(self) -> Iterator[str]:
        owner = self.people.get(self.row["owner"])
        place = owner.memberships.active().select_related("organisation").first() if owner else None
        if owner is None or place is None:
            yield f"заявка «{self.row['answers']['title']}»: нет учётной записи {self.row['owner']}@{DOMAIN} с организацией"
            return
        submission = self._answered(owner, place.organisation)
        self._note(submission, "start", "", S.DRAFT, owner, days=-20)
        if self.status not in INSIDE:
            self._receive(submission, owner)
        if self.status in _LAST:
            action, source, who = _LAST[self.status]
            actor = owner if who == "owner" else self.people.get(who)
            self._note(submission, action, source, self.status, actor, comment=self.row.get("comment", ""))
        self._talk(submission)
        if self.status == S.AUTHOR_APPROVAL:
            self._page(submission)

    def _answered(self, owner: User, organisation: Organisation) -> PracticeSubmission:
        """The draft with the answers of the row."""
        is_whole = self.status not in {S.DRAFT, S.WITHDRAWN}
        submission = PracticeSubmission(
            organisation=organisation,
            municipality=organisation.municipality,
            city_district=organisation.city_district,
            created_by=owner,
            created_at=self.since - dt.timedelta(days=20),
            changed_by=owner,
            changed_at=self.since - dt.timedelta(hours=1),
            status=S.DRAFT,
            status_since=self.since,
            is_demo=True,
        )
        submission.save()
        answers = {PRACTICE_FORM.by_name[name]: self._value(name, value) for name, value in self.row["answers"].items()}
        columns = set(PRACTICE_FORM.store.write(submission, answers))
        submission.status = self.status
        submission.due_at = terms.due_of(self.status, self.since)
        submission.contact_name, submission.contact_email = "Контактное лицо (демонстрация)", owner.email
        submission.rights = is_whole
        if is_whole:
            submission.consent = give_consent("submission", user=owner, address=None, basis=BASIS)
        submission.save(
            update_fields=sorted(
                columns | {"status", "due_at", "contact_name", "contact_email", "rights", "consent", "title_match"}
            )
        )
        return submission

    def _value(self, name: str, value: Any) -> Any:
        """Topics are kept by their names; rows have keys of their own."""
        if name == "tags":
            names = dict(Tag.objects.filter(slug__in=value).values_list("slug", "name"))
            return [names.get(slug, slug.replace("-", " ")) for slug in value]
        if value and isinstance(value, list) and isinstance(value[0], dict):
            return [{"id": f"{name[:4]}{number}", **row} for number, row in enumerate(value, start=1)]
        return value

    def _receive(self, submission: PracticeSubmission, owner: User) -> None:
        """The office has it: number, copy of the answers, who leads it, marks of the check."""
        row, on_check = self.row, self.status == S.FORMAL_CHECK
        sent_at = self.since if on_check else self.since - dt.timedelta(days=4)
        submission.sent_at, submission.sent_by = sent_at, owner
        submission.number = take_number(SERIES, timezone.localtime(sent_at).year)
        submission.moderator = self.people.get("moderator") if row.get("led") else None
        checked = list(FORMAL_CHECK) if row.get("checked") == "all" else row.get("checked", [])
        submission.checklist = {line: True if line in checked else None for line in FORMAL_CHECK}
        submission.save()
        SubmissionSnapshot.objects.create(
            submission=submission,
            reason="sent",
            version=submission.version,
            answers=PRACTICE_FORM.answers(submission),
            taken_by=owner,
            taken_at=sent_at,
        )
        self._note(
            submission, "send", S.DRAFT, S.FORMAL_CHECK, owner, at=sent_at, details={"number": submission.number}
        )

    def _talk(self, submission: PracticeSubmission) -> None:
        """Messages, remarks and answers."""
        for number, message in enumerate(self.row.get("messages", [])):
            SubmissionMessage.objects.create(
                submission=submission,
                text=message["text"],
                internal=message.get("internal", False),
                written_by=self.people.get(message["by"]),
                written_at=self.since + dt.timedelta(hours=5 + number),
            )
        remarks = self.row.get("remarks", [])
        if not remarks:
            return
        for remark in remarks:
            answer = RemarkAnswer.FIXED if remark.get("answer") else ""
            SubmissionRemark.objects.create(
                submission=submission,
                round=1,
                field=remark["field"],
                text=remark["text"],
                written_by=self.people.get("moderator"),
                written_at=self.since,
                answer=answer,
                answered_by=submission.created_by if answer else None,
                answered_at=timezone.now() - dt.timedelta(days=1) if answer else None,
            )
        submission.open_fields = opened_by([remark["field"] for remark in remarks])
        submission.returned_from, submission.returns = S.FORMAL_CHECK, {S.FORMAL_CHECK: 1}
        submission.save(update_fields=["open_fields", "returned_from", "returns"])

    def _page(self, submission: PracticeSubmission) -> None:
        """The draft page that the author looks at, made by the editor of the bank."""
        editor = self.people.get("editor2")
        if editor is None:
            return
        PracticeSubmission.objects.filter(pk=submission.pk).update(status=S.ACCEPTED)
        page = publication.make_page(submission, actor=editor)
        PracticeSubmission.objects.filter(pk=submission.pk).update(
            status=S.AUTHOR_APPROVAL, shown_revision=page.latest_revision
        )

    def _note(
        self,
        submission: PracticeSubmission,
        action: str,
        source: str,
        target: str,
        actor: User | None,
        *,
        comment: str = "",
        details: dict[str, Any] | None = None,
        at: dt.datetime | None = None,
        days: int = 0,
    ) -> None:
        SubmissionRecord.objects.create(
            submission=submission,
            action=action,
            source=source,
            target=target,
            actor=actor,
            comment=comment,
            details=details or {},
            at=at or self.since + dt.timedelta(days=days),
        )


def remove_submissions() -> Iterator[str]:
    """Remove the submissions of demonstration kindergartens with their files and consents; yield how many went."""
    marked = PracticeSubmission.objects.filter(is_demo=True)
    count = 0
    for submission in marked.select_related("consent").prefetch_related("attachments", "snapshots"):
        files = [row.file for row in submission.attachments.all()]
        files += [row.copy for row in submission.snapshots.all() if row.copy]
        consent = submission.consent
        submission.delete()
        if consent is not None and consent.basis == BASIS:
            consent.delete()
        count += 1
        for file in files:
            file.storage.delete(str(file.name))
    NumberSeries.objects.filter(series=SERIES).delete()
    if count:
        yield f"Удалено: заявки с практиками — {count}"
