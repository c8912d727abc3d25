"""A link shows a draft for seven days to whoever has it, and nothing else."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.desk.domain import previews, trash
from portal.desk.models import PreviewLink
from portal.files.models import PortalImage
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import EDITORS
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def editor():
    return make_account("editor@example.org", groups=[EDITORS])


@pytest.fixture
def news():
    page = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Опубликованный заголовок", summary="Было."))
    page.save_revision().publish()
    page.title = "Заголовок черновика"
    page.save_revision()
    return page


def address(link):
    return reverse("preview", args=[previews.token(link)])


def test_link_shows_the_draft_to_a_stranger_and_nobody_keeps_it(client, editor, news):
    answer = client.get(address(previews.share(news, user=editor)))
    assert answer.status_code == 200
    assert "Заголовок черновика" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in answer
    assert "Заголовок черновика" not in client.get(news.url).content.decode()
    assert "Заголовок черновика" not in client.get("/news/").content.decode()


def test_link_shows_the_latest_text_and_an_unpublished_page_too(client, editor, news):
    link = previews.share(news, user=editor)
    news.unpublish()
    news.title = "Самый новый заголовок"
    news.save_revision()
    assert "Самый новый заголовок" in client.get(address(link)).content.decode()


def test_link_ends_after_seven_days(client, editor, news):
    with time_machine.travel(timezone.now() - dt.timedelta(days=7, seconds=1), tick=False):
        link = previews.share(news, user=editor)
        text = address(link)
        assert client.get(text).status_code == 200
    assert client.get(text).status_code == 404


def test_forged_foreign_and_revoked_links_are_404(client, editor, news):
    other = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Чужая", live=False))
    link = previews.share(news, user=editor)
    good = address(link)
    tokens = [
        "x",
        previews.token(link)[:-1],
        signing.dumps([link.pk, other.pk], salt=previews.SALT),
        signing.dumps([link.pk, news.pk], salt="other"),
        signing.dumps("text", salt=previews.SALT),
    ]
    for token in tokens:
        assert client.get(reverse("preview", args=[token])).status_code == 404, token
    assert client.get(good).status_code == 200
    previews.revoke(link, user=editor)
    assert client.get(good).status_code == 404


def test_link_to_a_page_in_the_trash_is_404(client, editor, news):
    link = previews.share(news, user=editor)
    trash.throw_away(news, user=editor)
    assert client.get(address(link)).status_code == 404


def test_picture_of_the_draft_opens_with_the_link_alone(client, editor, news, media):
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(buffer, "JPEG")
    image = PortalImage.objects.create(title="Снимок", file=SimpleUploadedFile("a.jpg", buffer.getvalue()))
    other = PortalImage.objects.create(title="Чужой", file=SimpleUploadedFile("b.jpg", buffer.getvalue()))
    news.cover, news.cover_alt = image, "Росток"
    news.save_revision()
    shown, hidden = (one.get_rendition("width-100").url for one in (image, other))
    assert client.get(shown).status_code == 404
    link = previews.share(news, user=editor)
    client.get(address(link))
    answer = client.get(shown)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert client.get(hidden).status_code == 404
    previews.revoke(link, user=editor)
    assert client.get(shown).status_code == 404


def test_editor_makes_and_revokes_links_in_the_admin_and_a_teacher_does_not(client, editor, news):
    screen = reverse("preview_links", args=[news.pk])
    client.force_login(editor)
    assert (
        "Ссылка для просмотра (7 дней)"
        in client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    )
    client.post(screen)
    link = PreviewLink.objects.get()
    assert previews.token(link)[:20] in client.get(screen).content.decode()
    assert link.created_by == editor
    client.force_login(make_account("teacher@example.org"))
    assert client.post(screen).status_code == 404
    assert client.post(reverse("preview_revoke", args=[link.pk])).status_code == 404
    client.force_login(editor)
    client.post(reverse("preview_revoke", args=[link.pk]))
    assert list(PreviewLink.objects.in_force()) == []
