"""Files and authors of a draft in a real browser: several at once, a refused one, cancel, names, order, consents."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail

from practices.domain import attachments, author_consents
from practices.domain.author_consents import AuthorState
from practices.models import PracticeSubmission
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_accessible import RULES
from tests.factories.practices import OrganisationFactory
from tests.factories.submissions import make_member, make_submission
from tests.intake.samples import PDF, picture, upload
from tests.practices.attachments.conftest import private as private
from tests.practices.attachments.test_author_consents import ANNA

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("private")]

SHOTS = os.environ.get("SHOTS")  # a folder for pictures of the pages, for people to look at


@pytest.fixture
def author(live_server):
    return make_member(
        OrganisationFactory(short_name="Детский сад № 5"), "author@example.org", password=PASSWORD, first_name="Мария"
    )


@pytest.fixture
def draft(author):
    return make_submission(author.memberships.get().organisation, author, authors=[ANNA, {**ANNA, "id": "a2"}])


def looked_at(page, name):
    """No fault that axe knows, nothing wider than a telephone; a picture where one is wanted."""
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width}"
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
    page.set_viewport_size({"width": 390, "height": 900})


def files(draft, purpose="file"):
    return [file.name for file in PracticeSubmission.objects.get(pk=draft.pk).attachments.filter(purpose=purpose)]


def sent(name, content=PDF, kind="application/pdf"):
    return {"name": name, "mimeType": kind, "buffer": content}


def test_files_are_added_several_at_once_named_and_put_in_order(page, sign_in, author, draft):
    sign_in("author@example.org")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"/cabinet/practices/{draft.public_id}/files/")
    looked_at(page, "files-empty")
    place = page.locator("#field-attachments")
    place.locator("input[type=file]").set_input_files(
        [
            sent("Картотека узоров пухового платка.pdf"),
            sent("План.pages"),
            sent("Под видом.pdf", b"MZ\x90\x00" + b"\0" * 60),
        ]
    )
    place.get_by_text("„План.pages“: такой тип не принимаем. Сохраните как PDF или DOCX.").first.wait_for()
    place.get_by_text("внутри не PDF, а программа Windows").first.wait_for()
    place.get_by_role("link", name="Картотека узоров пухового платка.pdf").wait_for()
    assert files(draft) == ["Картотека узоров пухового платка.pdf"]
    looked_at(page, "files-refused")

    for name in ("План.pages", "Под видом.pdf"):
        place.get_by_role("button", name=f"Убрать: {name}").click()
    place.locator("input[type=file]").set_input_files([sent("Сценарий.pdf", PDF + b" ")])
    place.get_by_role("link", name="Сценарий.pdf").wait_for()
    place.get_by_role("button", name="Выше: Сценарий.pdf").click()
    place.locator("[data-files-said]", has_text="стоит выше").wait_for()
    assert files(draft) == ["Сценарий.pdf", "Картотека узоров пухового платка.pdf"]
    place.locator("input[name$=title]").first.fill("Сценарий посиделок")
    place.locator("input[name$=title]").first.press("Tab")
    place.locator("[data-files-said]", has_text="сохранено").wait_for()

    page.on("dialog", lambda dialog: dialog.accept())
    place.get_by_role("button", name="Удалить: Сценарий.pdf").press("Enter")
    place.locator("[data-files-said]", has_text="удалён").wait_for()
    assert files(draft) == ["Картотека узоров пухового платка.pdf"]

    photos = page.locator("#field-photos")
    photos.locator("input[type=file]").set_input_files([sent("IMG_1.HEIC", picture("HEIF"), "image/heic")])
    photos.get_by_role("link", name="IMG_1.jpg").wait_for()
    assert page.get_by_text("Можно ли узнать ребёнка хотя бы на одном снимке?").is_visible()
    cover = page.locator("#field-cover")
    cover.locator("input[type=file]").set_input_files([sent("Полка.jpg", picture(), "image/jpeg")])
    cover.get_by_role("link", name="Полка.jpg").wait_for()
    cover.locator("input[type=file]").set_input_files([sent("Окно.png", picture("PNG"), "image/png")])
    cover.get_by_role("link", name="Окно.png").wait_for()
    assert files(draft, "cover") == ["Окно.png"]
    looked_at(page, "files-full")


def test_a_lost_line_is_told_and_the_file_goes_by_the_second_press(page, sign_in, author, draft):
    sign_in("author@example.org")
    page.goto(f"/cabinet/practices/{draft.public_id}/files/")
    page.route("**/files/add/", lambda route: route.abort())
    place = page.locator("#field-attachments")
    place.locator("input[type=file]").set_input_files([sent("План.pdf")])
    place.get_by_text("Пропала связь. Файл не потерян").first.wait_for()
    page.unroute("**/files/add/")
    place.get_by_role("button", name="Повторить: План.pdf").click()
    place.get_by_role("link", name="План.pdf").wait_for()
    assert files(draft) == ["План.pdf"]


def test_without_a_script_the_same_buttons_work_and_no_word_is_lost(browser, live_server, author, draft):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "author@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.goto(f"/cabinet/practices/{draft.public_id}/files/")
    page.fill("[name=video_url]", "https://rutube.ru/video/1/")
    page.set_input_files("#upload-file", [sent("План.pdf"), sent("Смета.pages")])
    page.locator("#field-attachments").get_by_role("button", name="Загрузить").click()
    page.get_by_text("„Смета.pages“: такой тип не принимаем").wait_for()
    assert page.input_value("[name=video_url]") == "https://rutube.ru/video/1/"
    assert files(draft) == ["План.pdf"]
    page.get_by_role("button", name="Удалить: План.pdf").click()
    assert files(draft) == []
    context.close()


def test_authors_are_asked_and_answer_on_a_page_of_their_own(page, person, sign_in, author, draft):
    sign_in("author@example.org")
    attachments.attach(draft, upload(), actor=author, purpose="consent")
    page.goto(f"/cabinet/practices/{draft.public_id}/authors/")
    looked_at(page, "authors")
    page.locator("#author-a1").get_by_role("button", name="Спросить письмом").click()
    page.locator("#author-a1").get_by_text("письмо отправлено, ждём ответа").wait_for()
    assert state_of(draft) is AuthorState.ASKED

    visitor = person()
    author_consents.ask(draft, "a1", actor=author)
    visitor.goto(re.search(r"/practices/author-consent/[\w-]+/", mail.outbox[-1].body)[0])
    looked_at(visitor, "author-consent")
    visitor.get_by_role("button", name="Согласиться на отмеченное").click()
    visitor.get_by_text("Отметьте, что можно открыть").first.wait_for()
    visitor.get_by_label("фамилия и имя").check()
    visitor.get_by_role("button", name="Согласиться на отмеченное").click()
    visitor.get_by_text("Открыто: фамилия и имя.").wait_for()
    looked_at(visitor, "author-consent-given")
    assert state_of(draft) is AuthorState.GIVEN

    page.goto(f"/cabinet/practices/{draft.public_id}/consents/")
    looked_at(page, "consents")


def state_of(draft):
    lines = author_consents.author_lines(PracticeSubmission.objects.get(pk=draft.pk))
    return next(line.state for line in lines if line.id == "a1")
