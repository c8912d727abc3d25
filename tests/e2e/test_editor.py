"""What an editor does in a day: writes, shows, mends and takes away; visitors see it at once."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import pytest
from PIL import Image
from wagtail.models import Page

from portal.news.models import NewsIndexPage, NewsPage
from portal.vocabularies.models import Tag
from practices.models import PracticeIndexPage
from tests.factories.practices import FULL, PracticePageFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def picture(tmp_path):
    file = tmp_path / "снимок.jpg"
    image = Image.effect_noise((1200, 800), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    file.write_bytes(buffer.getvalue())
    return file


def act(page, label):
    """Press a button of the footer's menu."""
    page.get_by_role("button", name="Больше действий").click()
    with page.expect_event("load"):  # not a navigation: an autosave changes the address too
        page.get_by_role("button", name=label, exact=True).or_(page.get_by_role("link", name=label, exact=True)).click()


def shown_text(page, address):
    """Return the text of an answer without its tags: found words are marked inside titles."""
    return re.sub(r"<[^>]+>", "", page.request.get(address).text())


def tab(page, name):
    page.get_by_role("tab", name=name).click()


def test_news_with_a_picture_is_written_published_and_taken_away(editor, client, live_server, tmp_path):
    section = NewsIndexPage.objects.get()
    editor.goto(f"/admin/pages/add/news/newspage/{section.pk}/")
    editor.fill("[name=title]", "Открыт семинар о наблюдении за игрой")
    editor.fill("[name=summary]", "Педагоги учатся видеть замысел ребёнка.")
    editor.get_by_role("button", name="Выберите изображение").first.click()
    editor.get_by_role("tab", name="Загрузка").click()
    editor.set_input_files("[name=image-chooser-upload-file]", picture(tmp_path))
    editor.fill("[name=image-chooser-upload-title]", "Игра")
    editor.locator(".modal-body form [type=submit]:visible").click()
    editor.wait_for_selector(".modal", state="detached")
    editor.fill("[name=cover_alt]", "Кубики на ковре")
    act(editor, "Опубликовать")
    news = NewsPage.objects.get(title="Открыт семинар о наблюдении за игрой")
    assert news.live, editor.locator(".messages, .error-message").all_text_contents()
    assert news.slug == "otkryt-seminar-o-nablyudenii-za-igroy"  # the browser's letters are the server's
    assert b"SecretCamera" not in news.cover.file.open().read()

    visitor = editor.context.browser.new_context(base_url=live_server.url).new_page()
    assert visitor.goto(news.url).status == 200
    shown = visitor.locator("main img").first
    assert shown.get_attribute("alt") == "Кубики на ковре"
    address = shown.evaluate("image => image.currentSrc || image.src")
    # Django's live server gives files out by itself, past the portal, so the portal is asked without it.
    file = urlsplit(address).path
    assert client.get(file).status_code == 200
    places = ["/", "/news/", "/news/feed/", "/search/?q=семинар"]
    for place in places:
        assert news.title in shown_text(visitor, place), place

    editor.goto(f"/admin/pages/{news.pk}/unpublish/")
    editor.locator("main form [type=submit]").click()
    editor.wait_for_url(f"**/admin/pages/{section.pk}/")
    assert visitor.request.get(news.url).status == 404
    assert client.get(file).status_code == 404
    for place in places:
        assert news.title not in shown_text(visitor, place), place
    visitor.context.close()


def test_practice_is_edited_previewed_and_published(editor, live_server):
    practice = PracticePageFactory(parent=PracticeIndexPage.objects.get(), title="Степной дневник", **FULL)
    practice.save_revision().publish()
    editor.goto(f"/admin/pages/{practice.pk}/edit/")
    tab(editor, "Содержание")
    editor.locator("[name=problem]").fill("Дети не знают трав, по которым ходят.")
    editor.get_by_role("button", name="Переключить предварительный просмотр").click()
    frame = editor.frame_locator("iframe[title]").first
    frame.get_by_text("Дети не знают трав").first.wait_for()
    visitor = editor.context.browser.new_context(base_url=live_server.url).new_page()
    assert "Дети не знают трав" not in visitor.request.get(practice.url).text()
    act(editor, "Опубликовать")
    assert "Дети не знают трав" in visitor.request.get(practice.url).text()
    visitor.context.close()


def test_renamed_topic_leads_from_its_former_address(editor):
    topic = Tag.objects.create(name="Песок и вода", slug="pesok-i-voda")
    editor.goto(f"/admin/snippets/vocabularies/tag/edit/{topic.pk}/")
    editor.fill("[name=name]", "Игры с песком")
    editor.fill("[name=slug]", "igry-s-peskom")
    editor.locator("footer [type=submit]").first.click()
    editor.wait_for_load_state()
    address = editor.request.get("/practices/topics/pesok-i-voda/").url
    assert address.endswith("/igry-s-peskom/")


def test_one_person_in_two_windows_is_told_before_a_newer_text_is_covered(editor):
    """Wagtail keeps both texts as versions and says before saving that the page has changed under one's hands."""
    news = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Общая новость", summary="Было."))
    news.save_revision().publish()
    first = editor
    second = editor.context.new_page()
    for one in (first, second):
        one.goto(f"/admin/pages/{news.pk}/edit/")
    first.fill("[name=summary]", "Написал первый.")
    first.locator("footer [type=submit]").first.click()
    first.wait_for_load_state()
    second.fill("[name=summary]", "Написал второй.")
    second.locator("[data-w-session-intercept-value=conflict]").wait_for(state="attached")  # it asks every ten seconds
    second.locator("footer [type=submit]").first.click()
    dialog = second.get_by_role("dialog", name="Вы сохранили новую версию в другом окне")
    dialog.wait_for()
    assert dialog.get_by_text("Открыть последнюю версию").count() == 1
    texts = {revision.content["summary"] for revision in Page.objects.get(pk=news.pk).revisions.all()}
    assert texts == {"Было.", "Написал первый."}
    second.close()
