"""The steps «Файлы и фото», «Авторы» and «Согласия»: a button of a part loses no typed word, and «Дальше» takes the files."""

from __future__ import annotations

import html
import re

import pytest

from practices.domain import attachments, author_consents, own_consents
from practices.domain.author_consents import AuthorState
from practices.models import PracticeSubmission
from tests.intake.samples import PDF, picture, upload
from tests.practices.attachments.test_author_consents import ANNA, state

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("private")]


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def fresh(draft):
    return PracticeSubmission.objects.select_related("consent").get(pk=draft.pk)


def step(client, draft, key):
    """The page of a step and what its form sends untouched."""
    page = client.get(f"/cabinet/practices/{draft.public_id}/{key}/")
    assert page.status_code == 200
    text = page.content.decode()
    sent = {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1])
        for name in ("step_key", "page", "seen")
    }
    form = page.context["form"]
    for bound in form:
        if bound.field.question.type == "rows":
            for row in bound.field.widget.get_context(bound.html_name, bound.value(), {})["rows"]:
                sent |= {cell["name"]: cell["value"] or "" for cell in row["cells"]}
        elif bound.value() not in (None, False):
            sent[bound.html_name] = bound.value()
    return text, sent


def test_limits_stand_before_the_picker(signed_in, draft):
    text, _sent = step(signed_in, draft, "files")
    assert text.index("до 20 МБ каждый, не больше 10") < text.index('id="upload-file"')
    assert "от 1200 точек в ширину, до 8 МБ" in text
    assert 'enctype="multipart/form-data"' in text


def test_a_refused_file_costs_neither_the_text_nor_the_other_files(signed_in, draft):
    _text, sent = step(signed_in, draft, "files")
    sent |= {"purpose": "file", "video_url": "https://rutube.ru/video/1/"}
    sent["upload-file"] = [upload(b"MZ\x90\x00", "План.pdf"), upload(name="Второй.pdf")]
    answer = signed_in.post(f"/cabinet/practices/{draft.public_id}/files/add/", sent)
    assert answer.status_code == 302
    kept = fresh(draft)
    assert kept.video_url == "https://rutube.ru/video/1/"
    assert [file.name for file in kept.attachments.all()] == ["Второй.pdf"]
    text, _sent = step(signed_in, draft, "files")
    assert "внутри не PDF, а программа Windows" in text
    assert "Второй.pdf" in text


def test_further_takes_the_chosen_files_and_the_names(signed_in, draft, author):
    cover = attachments.attach(draft, upload(picture(), "Полка.jpg"), actor=author, purpose="cover")
    _text, sent = step(signed_in, draft, "files")
    sent |= {"do": "next", "upload-photo": [upload(picture(), "Снимок.jpg")]}
    sent[f"file-{cover.public_id}-alt"] = "Полка с мотками пряжи"
    answer = signed_in.post(f"/cabinet/practices/{draft.public_id}/files/", sent)
    assert answer.headers["Location"].endswith("/authors/")
    assert fresh(draft).attachments.filter(purpose="photo").count() == 1
    cover.refresh_from_db()
    assert cover.alt == "Полка с мотками пряжи"


def test_further_stays_where_a_file_was_refused(signed_in, draft):
    _text, sent = step(signed_in, draft, "files")
    sent |= {"do": "next", "upload-file": [upload(b"x", "План.pages")]}
    answer = signed_in.post(f"/cabinet/practices/{draft.public_id}/files/", sent)
    assert answer.headers["Location"].endswith("/files/")


def test_removing_a_file_keeps_what_was_typed(signed_in, draft, author):
    file = attachments.attach(draft, upload(), actor=author)
    _text, sent = step(signed_in, draft, "files")
    sent["video_url"] = "https://rutube.ru/video/2/"
    signed_in.post(f"/cabinet/practices/{draft.public_id}/files/{file.public_id}/remove/", sent)
    kept = fresh(draft)
    assert (kept.video_url, kept.attachments.count()) == ("https://rutube.ru/video/2/", 0)


def test_photos_ask_whether_children_are_seen(signed_in, draft, author):
    text, _sent = step(signed_in, draft, "files")
    assert re.search(r"data-photo-guard hidden", text)
    attachments.attach(draft, upload(picture(), "Снимок.jpg"), actor=author, purpose="photo")
    text, _sent = step(signed_in, draft, "files")
    assert "Можно ли узнать ребёнка" in text
    assert not re.search(r"data-photo-guard hidden", text)


def test_a_scan_without_text_and_a_virus_are_said_beside_the_file(signed_in, draft, author):
    scan = attachments.attach(draft, upload(), actor=author)
    bad = attachments.attach(draft, upload(PDF + b" ", "Плохой.pdf"), actor=author)
    type(scan).objects.filter(pk=scan.pk).update(has_text=False)
    type(bad).objects.filter(pk=bad.pk).update(scan="infected")
    text, _sent = step(signed_in, draft, "files")
    assert "не проверен на вирусы" in text
    assert "В файле нет текста" in text
    assert "В файле вирус" in text
    assert f'href="/cabinet/practices/{draft.public_id}/files/{bad.public_id}/"' not in text


def test_a_name_typed_a_moment_ago_is_saved_before_its_owner_is_asked(signed_in, draft):
    PracticeSubmission.objects.filter(pk=draft.pk).update(authors=[ANNA])
    _text, sent = step(signed_in, draft, "authors")
    sent["contact_name"] = "Образцова Мария"
    answer = signed_in.post(f"/cabinet/practices/{draft.public_id}/authors/a1/ask/", sent)
    assert answer.headers["Location"].endswith("/authors/#author-a1")
    assert state(draft) is AuthorState.ASKED
    assert fresh(draft).contact_name == "Образцова Мария"


def test_the_states_of_consents_are_read_on_both_steps(signed_in, draft, author):
    PracticeSubmission.objects.filter(pk=draft.pk).update(authors=[ANNA])
    for key in ("authors", "consents"):
        text, _sent = step(signed_in, draft, key)
        assert "не спрошен" in text
    author_consents.ask(fresh(draft), "a1", actor=author)
    text, _sent = step(signed_in, draft, "consents")
    assert "письмо отправлено, ждём ответа" in text


def test_the_own_consent_is_an_unticked_box_and_is_given_by_saving(signed_in, draft, author):
    text, sent = step(signed_in, draft, "consents")
    box = re.search(r'<input[^>]*name="consent_pd"[^>]*>', text)[0]
    assert "checked" not in box
    assert re.search(r'href="/consents/submission/1/"[^>]*target="_blank"', text)
    signed_in.post(f"/cabinet/practices/{draft.public_id}/consents/", {**sent, "do": "save"})
    assert not own_consents.has_consent(fresh(draft))
    signed_in.post(f"/cabinet/practices/{draft.public_id}/consents/", {**sent, "do": "save", "consent_pd": "1"})
    assert own_consents.has_consent(fresh(draft))
    text, sent = step(signed_in, draft, "consents")
    assert "согласие дано" in text
    signed_in.post(f"/cabinet/practices/{draft.public_id}/consents/withdraw/", sent)
    assert not own_consents.has_consent(fresh(draft))


@pytest.mark.parametrize("count", [1, 9])
def test_the_step_of_files_costs_the_same_for_one_and_for_nine(
    signed_in, draft, author, count, django_assert_max_num_queries
):
    for number in range(count):
        attachments.attach(draft, upload(PDF + b" " * number, f"{number}.pdf"), actor=author)
    step(signed_in, draft, "files")
    with django_assert_max_num_queries(14):
        step(signed_in, draft, "files")


@pytest.mark.parametrize("count", [1, 6])
def test_the_step_of_authors_costs_the_same_for_one_and_for_six(signed_in, draft, count, django_assert_max_num_queries):
    rows = [{**ANNA, "id": f"a{number}", "name": f"Примерова Анна {number}"} for number in range(count)]
    PracticeSubmission.objects.filter(pk=draft.pk).update(authors=rows)
    step(signed_in, draft, "authors")
    with django_assert_max_num_queries(14):
        step(signed_in, draft, "authors")
