"""Files of a draft over HTTP: given to those who read it, never shown in place, refused by a sentence."""

from __future__ import annotations

import json
import uuid

import pytest
from django.utils import timezone

from portal.intake.enums import ScanState
from practices.domain import attachments
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission, SubmissionFile
from tests.factories.people import make_account
from tests.factories.practices import OrganisationFactory
from tests.factories.submissions import make_member
from tests.intake.domain.test_uploads import HOSTILE
from tests.intake.samples import PDF, picture, upload

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("private")]
JSON = {"Accept": "application/json"}


def address(draft, rest):
    return f"/cabinet/practices/{draft.public_id}/files/{rest}"


@pytest.fixture
def file(draft, author):
    return attachments.attach(draft, upload(name="План на год.pdf"), actor=author)


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def test_a_file_is_saved_and_never_shown_in_place(signed_in, draft, file):
    response = signed_in.get(address(draft, f"{file.public_id}/"))
    assert response.getvalue() == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_a_preview_is_small_and_guarded_too(signed_in, draft, author):
    photo = attachments.attach(draft, upload(picture(), "Снимок.jpg"), actor=author, purpose="photo")
    response = signed_in.get(address(draft, f"{photo.public_id}/?preview"))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert len(response.content) < photo.size
    assert signed_in.get(address(draft, f"{uuid.uuid4()}/?preview")).status_code == 404


@pytest.mark.parametrize("who", ["anonymous", "teacher", "foreign", "moderator", "editor", "former"])
def test_a_file_of_a_draft_is_nobody_elses(client, draft, file, author, who):
    if who == "former":
        author.memberships.update(ended_at=timezone.now())
        person = author
    else:
        person = {
            "anonymous": lambda: None,
            "teacher": lambda: make_account("teacher@example.org"),
            "foreign": lambda: make_member(OrganisationFactory(), "foreign@example.org", head=True),
            "moderator": lambda: make_account("moderator@example.org", groups=["Модераторы"]),
            "editor": lambda: make_account("editor@example.org", groups=["Редакторы банка практик"]),
        }[who]()
    if person is not None:
        client.force_login(person)
    outside = 302 if person is None else 404
    assert client.get(address(draft, f"{file.public_id}/")).status_code == outside
    for rest in ("add/", f"{file.public_id}/remove/", f"{file.public_id}/rename/", f"{file.public_id}/move/up/"):
        assert client.post(address(draft, rest), {"purpose": "file"}).status_code == (401 if person is None else 404)
        assert client.post(address(draft, rest), headers=JSON).status_code == (401 if person is None else 404)
    assert SubmissionFile.objects.filter(pk=file.pk).exists()


def test_after_sending_the_office_reads_and_changes_nothing(client, draft, file):
    PracticeSubmission.objects.filter(pk=draft.pk).update(
        status=SubmissionStatus.FORMAL_CHECK, sent_at=timezone.now(), number="ПР-2026-901"
    )
    client.force_login(make_account("moderator@example.org", groups=["Модераторы"]))
    assert client.get(address(draft, f"{file.public_id}/")).status_code == 200
    assert client.post(address(draft, f"{file.public_id}/remove/"), headers=JSON).status_code == 403
    assert client.post(address(draft, f"{file.public_id}/remove/")).status_code == 403


def test_a_file_is_not_found_through_another_submission(signed_in, draft, file, author):
    other = PracticeSubmission.objects.create(organisation=draft.organisation, created_by=author)
    assert signed_in.get(address(other, f"{file.public_id}/")).status_code == 404
    assert signed_in.post(address(other, f"{file.public_id}/remove/")).status_code == 404


def test_no_public_address_knows_the_file(client, admin_client, signed_in, draft, file):
    name = file.file.name
    for path in (f"/media/{name}", f"/media/private/{name}", f"/files/{file.pk}/{file.name}", f"/private/{name}"):
        for visitor in (client, admin_client, signed_in):
            assert visitor.get(path).status_code == 404
    assert "media" not in str(file.file.storage.location)


def test_an_infected_file_is_closed_to_everybody(signed_in, draft, file):
    SubmissionFile.objects.update(scan=ScanState.INFECTED)
    response = signed_in.get(address(draft, f"{file.public_id}/"))
    assert response.status_code == 403
    assert "вредоносную" in response.content.decode()


def test_a_script_adds_a_file_and_gets_its_row(signed_in, draft):
    response = signed_in.post(address(draft, "add/"), {"purpose": "file", "upload-file": upload()}, headers=JSON)
    assert response.status_code == 201
    answer = response.json()
    assert "План.pdf" in answer["row"]
    assert draft.attachments.get().name == "План.pdf"


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_upload_is_answered_by_a_sentence_and_not_kept(signed_in, draft, case):
    content, name, _code = HOSTILE[case]
    sent = {"purpose": "file", "upload-file": upload(content, name)}
    response = signed_in.post(address(draft, "add/"), sent, headers=JSON)
    assert response.status_code == 400
    assert response.json()["error"].startswith(f"„{name}“: ")
    assert not draft.attachments.exists()


def test_without_a_script_several_files_are_taken_and_the_refused_is_named(signed_in, draft):
    sent = {"purpose": "file", "upload-file": [upload(), upload(b"x", "План.pages"), upload(picture(), "Схема.jpg")]}
    response = signed_in.post(address(draft, "add/"), sent)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/cabinet/practices/{draft.public_id}/files/#field-attachments"
    assert [file.name for file in draft.attachments.all()] == ["План.pdf", "Схема.jpg"]
    told = [str(message) for message in response.wsgi_request._messages]
    assert "„План.pages“: такой тип не принимаем. Сохраните как PDF или DOCX." in told


def test_nothing_chosen_and_an_unknown_place_are_told(signed_in, draft):
    assert "не выбран" in signed_in.post(address(draft, "add/"), {"purpose": "file"}, headers=JSON).json()["error"]
    for purpose in ("", "consent", "avatar"):
        assert signed_in.post(address(draft, "add/"), {"purpose": purpose}, headers=JSON).status_code == 400


def test_names_are_kept_by_a_script_and_shown_as_text(signed_in, draft, file):
    typed = {f"file-{file.public_id}-title": "<b>Картотека</b>", f"file-{file.public_id}-kind": "kartoteka"}
    assert signed_in.post(address(draft, f"{file.public_id}/rename/"), typed, headers=JSON).status_code == 200
    file.refresh_from_db()
    assert (file.title, file.kind) == ("<b>Картотека</b>", "kartoteka")


def test_a_file_moves_and_goes(signed_in, draft, file, author):
    second = attachments.attach(draft, upload(PDF + b" ", "Второй.pdf"), actor=author)
    signed_in.post(address(draft, f"{second.public_id}/move/up/"))
    assert [row.name for row in draft.attachments.all()] == ["Второй.pdf", "План на год.pdf"]
    assert signed_in.post(address(draft, f"{second.public_id}/move/sideways/")).status_code == 404
    assert signed_in.get(address(draft, f"{second.public_id}/remove/")).status_code == 405
    assert json.loads(signed_in.post(address(draft, f"{second.public_id}/remove/"), headers=JSON).content)["said"]
    assert draft.attachments.count() == 1


def test_giving_a_file_costs_few_queries_whatever_the_draft_holds(
    signed_in, draft, file, author, django_assert_max_num_queries
):
    for number in range(5):
        attachments.attach(draft, upload(PDF + b"%" * number, f"{number}.pdf"), actor=author)
    signed_in.get(address(draft, f"{file.public_id}/"))  # the first request of a session writes it down
    with django_assert_max_num_queries(6):
        signed_in.get(address(draft, f"{file.public_id}/"))
