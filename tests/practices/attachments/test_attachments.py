"""Files of a submission: who adds them, how many, what stays when something breaks."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone

from portal.core.archives import MEGABYTE
from portal.files import antivirus
from portal.files.storage import PortalFileStorage
from portal.intake.enums import AttachmentPurpose, CollaboratorRole, ScanState
from portal.intake.models.attachments import private_storage
from practices.domain import attachments, file_inspection
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission, SubmissionCollaborator, SubmissionFile
from tests.factories.submissions import make_account, make_submission
from tests.files.test_scans import pdf_with_text, scanned_pdf
from tests.intake.samples import PDF, picture, upload

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("private")]


def stored():
    storage = private_storage()
    return sorted(storage.listdir("intake")[1]) if storage.exists("intake") else []


def names(draft, purpose="file"):
    return [file.name for file in draft.attachments.filter(purpose=purpose)]


def test_a_file_lies_under_a_random_name_outside_the_web(draft, author):
    file = attachments.attach(draft, upload(), actor=author)
    assert (file.name, file.size, file.media_type, file.added_by) == ("План.pdf", len(PDF), "application/pdf", author)
    assert "План" not in file.file.name
    assert file.file.read() == PDF
    record = draft.records.get(action="attach")
    assert (record.actor, record.details["file"]) == (author, "План.pdf")


@pytest.mark.parametrize("who", ["stranger", "viewer", "moderator"])
def test_who_does_not_write_adds_removes_and_names_nothing(draft, author, who):
    file = attachments.attach(draft, upload(), actor=author)
    person = {
        "stranger": lambda: make_account("stranger@example.org"),
        "viewer": lambda: make_account("viewer@example.org"),
        "moderator": lambda: make_account("moderator@example.org", groups=["Модераторы"]),
    }[who]()
    if who == "viewer":
        SubmissionCollaborator.objects.create(
            submission=draft, email=person.email, user=person, role=CollaboratorRole.VIEW
        )
    for act in (
        lambda: attachments.attach(draft, upload(name="Ещё.pdf"), actor=person),
        lambda: attachments.remove(file, actor=person),
        lambda: attachments.rename(file, actor=person, title="Моё"),
        lambda: attachments.arrange(draft, [file.public_id], actor=person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert names(draft) == ["План.pdf"]


@pytest.mark.parametrize("status", [status for status in SubmissionStatus if status not in {"draft", "revision"}])
def test_files_of_what_has_been_sent_stand(draft, author, status):
    file = attachments.attach(draft, upload(), actor=author)
    PracticeSubmission.objects.filter(pk=draft.pk).update(status=status)
    draft.refresh_from_db()
    with pytest.raises(PermissionDenied):
        attachments.remove(file, actor=author)


def test_a_stale_page_cannot_change_what_was_sent_meanwhile(draft, author):
    PracticeSubmission.objects.filter(pk=draft.pk).update(status=SubmissionStatus.FORMAL_CHECK)
    with pytest.raises(PermissionDenied):
        attachments.attach(draft, upload(), actor=author)
    assert stored() == []


def test_in_a_revision_only_named_fields_are_open(draft, author):
    PracticeSubmission.objects.filter(pk=draft.pk).update(
        status=SubmissionStatus.REVISION, open_fields=["goal"], due_at=timezone.now() + timezone.timedelta(days=5)
    )
    draft.refresh_from_db()
    with pytest.raises(ValidationError) as caught:
        attachments.attach(draft, upload(), actor=author)
    assert caught.value.code == "closed"
    PracticeSubmission.objects.filter(pk=draft.pk).update(open_fields=["attachments"])
    draft.refresh_from_db()
    assert attachments.attach(draft, upload(), actor=author)


def test_the_same_file_sent_again_after_a_lost_answer_is_one_file(draft, author):
    first = attachments.attach(draft, upload(), actor=author)
    assert attachments.attach(draft, upload(), actor=author) == first
    assert len(stored()) == 1


def test_a_new_cover_takes_the_place_of_the_old_after_the_commit(draft, author, django_capture_on_commit_callbacks):
    attachments.attach(draft, upload(picture(), "Полка.jpg"), actor=author, purpose=AttachmentPurpose.COVER)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.attach(draft, upload(picture("PNG"), "Окно.png"), actor=author, purpose=AttachmentPurpose.COVER)
    assert names(draft, "cover") == ["Окно.png"]
    assert len(stored()) == 1


def test_an_eleventh_file_is_refused_and_the_ten_stay(draft, author):
    for number in range(10):
        attachments.attach(draft, upload(PDF + b" " * number, f"{number}.pdf"), actor=author)
    with pytest.raises(ValidationError) as caught:
        attachments.attach(draft, upload(PDF + b" " * 99, "11.pdf"), actor=author)
    assert caught.value.messages[0].startswith("„11.pdf“: здесь уже 10 файлов")
    assert len(names(draft)) == len(stored()) == 10


def test_the_quota_counts_all_submissions_of_the_organisation(draft, author, settings):
    other = make_submission(draft.organisation, author)
    attachments.attach(other, upload(PDF[:9] + b"%" * MEGABYTE + PDF[9:], "1.pdf"), actor=author)
    settings.ORGANISATION_QUOTA = MEGABYTE + 2 * len(PDF) - 1
    with pytest.raises(ValidationError) as caught:
        attachments.attach(draft, upload(), actor=author)
    assert caught.value.code == "quota"
    assert len(stored()) == 1


def test_a_full_disk_is_told_and_leaves_no_half_file(draft, author, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PortalFileStorage, "_save", full)
    with pytest.raises(ValidationError) as caught:
        attachments.attach(draft, upload(), actor=author)
    assert "кончилось место" in caught.value.messages[0]
    assert not draft.attachments.exists()
    assert stored() == []


def test_when_the_row_cannot_be_written_the_file_is_not_kept(draft, author, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(attachments, "_write_down", fail)
    with pytest.raises(RuntimeError):
        attachments.attach(draft, upload(), actor=author)
    assert not draft.attachments.exists()
    assert stored() == []


def test_a_removed_file_leaves_the_disk_with_the_commit(draft, author, django_capture_on_commit_callbacks):
    file = attachments.attach(draft, upload(), actor=author)
    with django_capture_on_commit_callbacks() as waiting:
        attachments.remove(file, actor=author)
    assert len(stored()) == 1
    for callback in waiting:
        callback()
    assert stored() == []
    attachments.remove(file, actor=author)  # a second press finds nothing to do


def test_files_are_named_for_colleagues_and_put_in_order(draft, author):
    one, two, three = (attachments.attach(draft, upload(PDF + b" " * n, f"{n}.pdf"), actor=author) for n in range(3))
    attachments.rename(one, actor=author, title="Картотека\u202e игр", kind="kartoteka")
    one.refresh_from_db()
    assert (one.title, one.kind) == ("Картотека игр", "kartoteka")
    attachments.arrange(draft, [three.public_id, one.public_id], actor=author)
    assert names(draft) == ["2.pdf", "0.pdf", "1.pdf"]
    attachments.move(two, -1, actor=author)
    assert names(draft) == ["2.pdf", "1.pdf", "0.pdf"]
    attachments.move(three, -1, actor=author)  # the first stays the first
    assert names(draft) == ["2.pdf", "1.pdf", "0.pdf"]


def test_a_signed_sheet_is_for_the_team_and_the_office_alone(draft, author):
    sheet = attachments.attach(draft, upload(), actor=author, purpose=AttachmentPurpose.CONSENT)
    PracticeSubmission.objects.filter(pk=draft.pk).update(
        status=SubmissionStatus.ACCEPTED, sent_at=timezone.now(), number="ПР-2026-900"
    )
    sent = PracticeSubmission.objects.select_related("organisation").get(pk=draft.pk)
    moderator = make_account("moderator@example.org", groups=["Модераторы"])
    editor = make_account("editor@example.org", groups=["Редакторы банка практик"])
    assert attachments.file_or_404(author, sent, sheet.public_id) == sheet
    assert attachments.file_or_404(moderator, sent, sheet.public_id) == sheet
    with pytest.raises(Http404):
        attachments.file_or_404(editor, sent, sheet.public_id)


def test_the_worker_tells_scans_from_texts(draft, author):
    text = attachments.attach(draft, upload(pdf_with_text(), "Текст.pdf"), actor=author)
    scan = attachments.attach(draft, upload(scanned_pdf(), "Скан.pdf"), actor=author)
    photo = attachments.attach(draft, upload(picture(), "Снимок.jpg"), actor=author)
    assert file_inspection.inspect_files() == 2
    assert [SubmissionFile.objects.get(pk=file.pk).has_text for file in (text, scan, photo)] == [True, False, None]
    assert file_inspection.inspect_files() == 0


@pytest.fixture
def antivirus_on(settings, monkeypatch):
    settings.CLAMD_URL = "tcp://clamd.example:3310"

    def find(file):
        return "Eicar" if b"EICAR" in file.read() else ""

    monkeypatch.setattr(antivirus, "find_virus", find)


def test_an_infected_file_is_closed_and_its_people_are_told_once(draft, author, antivirus_on, mailoutbox):
    bad = attachments.attach(draft, upload(PDF + b"EICAR", "Плохой.pdf"), actor=author)
    good = attachments.attach(draft, upload(), actor=author)
    file_inspection.inspect_files()
    file_inspection.inspect_files()
    states = {file.name: file.scan for file in draft.attachments.all()}
    assert states == {bad.name: ScanState.INFECTED, good.name: ScanState.CLEAN}
    notices = author.notices.filter(kind="file_infected")
    assert [notice.title for notice in notices] == ["Файл «Плохой.pdf» закрыт: в нём вирус"]


def test_an_antivirus_that_is_away_leaves_the_file_unchecked_and_is_asked_again(draft, author, settings, monkeypatch):
    settings.CLAMD_URL = "tcp://clamd.example:3310"
    attachments.attach(draft, upload(), actor=author)

    def away(file):
        raise antivirus.AntivirusAway

    monkeypatch.setattr(antivirus, "find_virus", away)
    file_inspection.inspect_files()
    assert draft.attachments.get().scan == ScanState.UNCHECKED
    monkeypatch.setattr(antivirus, "find_virus", lambda file: "")
    file_inspection.inspect_files()
    assert draft.attachments.get().scan == ScanState.CLEAN


def test_files_of_deleted_drafts_go_at_night_and_those_in_use_stay(draft, author, monkeypatch):
    kept = attachments.attach(draft, upload(), actor=author)
    other = make_submission(draft.organisation, author)
    attachments.attach(other, upload(PDF + b" ", "Старый.pdf"), actor=author)
    other.delete()
    assert len(stored()) == 2
    assert file_inspection.sweep_files() == 0  # a file is written before its row: young ones are left alone
    monkeypatch.setattr("portal.intake.domain.leftovers.YOUNGEST", timezone.timedelta(seconds=-5))
    assert file_inspection.sweep_files() == 1
    assert stored() == [kept.file.name.rpartition("/")[2]]
