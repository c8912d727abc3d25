"""Roles × states × actions: the table of the procedure, and the same over HTTP."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices.domain.errors import TransitionError
from practices.domain.procedure import ACTIONS
from practices.domain.transitions import available_actions, perform
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission
from practices.rules import can_write_submission
from tests.factories.submissions import make_submission
from tests.factories.whole import make_whole

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WRITERS, MEMBERS = {"author", "colleague"}, {"author", "colleague", "head"}
OFFICE, EDITORS = {"moderator", "moderator2", "admin"}, {"editor", "admin"}
# What DESIGN §10 lets whom do where, told a second time: status → action → people.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "draft": {"send": MEMBERS, "withdraw": MEMBERS, "archive": MEMBERS},
    "head_confirmation": {"confirm": {"head"}, "return_to_draft": {"head"}, "withdraw": MEMBERS},
    "formal_check": {"pass_check": OFFICE, "return_for_revision": OFFICE, "reject": OFFICE, "withdraw": MEMBERS},
    "expertise": {"close_expertise": OFFICE, "withdraw": MEMBERS},
    "revision": {"resend": MEMBERS, "close_overdue": OFFICE, "withdraw": MEMBERS},
    "council": {"accept": OFFICE, "return_for_revision": OFFICE, "reject": OFFICE, "withdraw": MEMBERS},
    "accepted": {"send_text": EDITORS, "withdraw": MEMBERS},
    "author_approval": {
        "send_text": EDITORS,
        "object": MEMBERS,
        "agree": MEMBERS,
        "publish": EDITORS,
        "withdraw": MEMBERS,
    },
    "published": {"archive": EDITORS},
    "rejected": {},
    "withdrawn": {},
    "archived": {"restore": EDITORS},
}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves no trace."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def roles(people):
    return {name: user for name, user in vars(people).items() if hasattr(user, "is_active")}


def in_status(people, status):
    fields = {"returned_from": "formal_check", "returns": {"formal_check": 1}} if status == "revision" else {}
    return make_submission(people.ours, people.author, status=status, **fields)


def test_the_matrix_speaks_of_every_status():
    assert set(EXPECTED) == set(SubmissionStatus)
    assert {action for row in EXPECTED.values() for action in row} <= set(ACTIONS)


@pytest.mark.parametrize("status", list(SubmissionStatus))
def test_each_person_is_offered_exactly_what_the_procedure_gives(people, status):
    submission = in_status(people, status)
    for name, user in roles(people).items():
        fresh = PracticeSubmission.objects.get(pk=submission.pk)
        offered = {offer.action for offer in available_actions(fresh, user)}
        assert offered == {action for action, allowed in EXPECTED[status].items() if name in allowed}, name


@pytest.mark.parametrize("status", list(SubmissionStatus))
def test_whatever_is_not_offered_is_refused_by_the_verb_and_changes_nothing(people, status):
    submission = in_status(people, status)
    violations = []
    for name, user in roles(people).items():
        for action in ACTIONS:
            if name in EXPECTED[status].get(action, set()):
                continue
            with undone():
                try:
                    perform(submission, action, actor=user, comment="Так", remarks=[{"text": "Так"}])
                except (PermissionDenied, TransitionError):
                    continue
                violations.append((name, action))
    assert violations == []
    assert PracticeSubmission.objects.get(pk=submission.pk).status == status
    assert not submission.records.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_the_portal_itself_does_only_what_a_term_gives_it(people, action):
    by_portal = {("draft", "archive"), ("author_approval", "agree"), ("author_approval", "publish")}
    for status in SubmissionStatus:
        submission = in_status(people, status)
        with undone():
            try:
                perform(submission, action, actor=None, comment="Так", remarks=[{"text": "Так"}])
                done = True
            except PermissionDenied:
                done = False
            except TransitionError:
                done = None  # allowed in another state, or something is lacking
        if done is True:
            assert (status, action) in by_portal
        if (status, action) == ("draft", "archive"):
            assert done is True


# ---- over HTTP -------------------------------------------------------------------------------------------------------

ROWS = list(csv.DictReader((Path(__file__).parent / "authz_matrix.csv").open(encoding="utf-8")))
COLUMNS = {
    "anon": "",
    "appl_a": "author",
    "colleague_a": "colleague",
    "head": "head",
    "appl_b": "other",
    "expert_off": "stranger",
    "editor_s1": "editor",
    "editor_s2": "news_editor",
    "mouo_m1": "mouo",
    "mouo_m2": "mouo2",
    "moderator": "moderator",
    "owner": "owner",
    "admin": "admin",
    "disabled": "disabled",
}
STATUS = {
    "practice_draft": "draft",
    "practice_submitted": "formal_check",
    "practice_returned": "revision",
    "practice_rejected": "rejected",
    "practice_waiting": "head_confirmation",
}


def made(people, kind):
    """A submission of the kind, whole, with a remark where one is answered."""
    status = STATUS[kind]
    fields = {"status_since": timezone.now() - timedelta(days=40)}
    if status == "revision":
        fields |= {"returned_from": "formal_check", "returns": {"formal_check": 1}}
    submission = make_whole(people.ours, people.author, status=status, **fields)
    submission.snapshots.create(reason="sent", version=1, answers={})
    if status == "revision":
        submission.remarks.create(round=1, field="goal", text="Уточните")
    submission.messages.create(text="Слово автору", written_by=people.moderator)
    return submission


def ask(client, submission, action):
    """Do the action over HTTP; return the response."""
    here = reverse("practice_submission", args=[submission.public_id])
    if action == "desk":
        return client.get(reverse("practice_desk_submission", args=[submission.public_id]))
    if action == "note":
        note = {"action": "note", "note-text": "Служебное"}
        return client.post(reverse("practice_desk_submission", args=[submission.public_id]), note)
    reading = {"view": "", "thread": "", "receipt": "receipt.pdf"}
    if action in reading:
        return client.get(here + reading[action])
    remark = submission.remarks.first()
    own = {
        "delete": ("delete/", {}),
        "again": ("again/", {}),
        "message": ("messages/", {"text": "Здравствуйте"}),
        "answer": ("remarks/", {f"answer-{remark.pk}": "fixed"} if remark else {}),
    }
    verb = {"submit": "send", "return": "return_for_revision"}.get(action, action)
    moving = (f"do/{verb}/", {"token": submission.send_token, "comment": "Так решили"})
    tail, data = own.get(action, moving)
    return client.post(here + tail, data)


def verdict(response, action):
    """A: done; D: refused (not there, forbidden, or in words); L: asked to sign in."""
    if response.status_code == 401 or (response.status_code == 302 and "/accounts/login/" in response["Location"]):
        return "L"
    if action == "note" and response.status_code == 302:  # the admin sends away whom it refuses
        return "A" if "/practices/submissions/" in response["Location"] else "D"
    if action == "thread":
        return "A" if "Слово автору" in response.content.decode() else "D"
    if action == "return":  # without remarks the verb refuses in words whom it lets in
        return "A" if "хотя бы одно замечание" in response.content.decode() else "D"
    return "A" if response.status_code in {200, 202, 302} else "D"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['object']}-{row['action']}")
def test_access_over_http_is_what_the_matrix_says(people, media, row):
    from tests.factories.people import make_account

    people.owner = make_account("owner@example.org", groups=["Ответственные за план"])
    submission = made(people, row["object"])
    found, wanted = {}, {}
    for column, name in COLUMNS.items():
        user = getattr(people, name) if name else None
        wanted[column] = row[column]
        if row["action"] == "write":
            fresh = PracticeSubmission.objects.get(pk=submission.pk)
            found[column] = "L" if row[column] == "L" else "DA"[can_write_submission(user, fresh)]
            continue
        with undone():
            client = Client()
            if user is not None:
                client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            found[column] = verdict(ask(client, submission, row["action"]), row["action"])
    assert found == wanted


def test_who_may_not_see_it_cannot_tell_it_from_a_made_up_address(people, client):
    submission = make_whole(people.ours, people.author)
    client.force_login(people.other, backend=settings.AUTHENTICATION_BACKENDS[0])
    here = reverse("practice_submission", args=[submission.public_id])
    nowhere = reverse("practice_submission", args=["0" * 16])
    for tail in ("", "receipt/", "receipt.pdf", "versions/1/", "delete/", "do/send/"):
        real, made_up = client.get(here + tail), client.get(nowhere + tail)
        assert (real.status_code, made_up.status_code) == (404, 404), tail
        assert submission.title not in real.content.decode()


def test_posting_a_status_or_a_moderator_changes_nothing(people, client):
    submission = make_submission(people.ours, people.author, status="formal_check")
    client.force_login(people.author, backend=settings.AUTHENTICATION_BACKENDS[0])
    here = reverse("practice_submission", args=[submission.public_id])
    data = {"status": "published", "moderator": people.author.pk, "internal": "on", "text": "Здравствуйте"}
    client.post(f"{here}messages/", data)
    fresh = PracticeSubmission.objects.get(pk=submission.pk)
    assert (fresh.status, fresh.moderator) == ("formal_check", None)
    assert fresh.messages.get().internal is False
