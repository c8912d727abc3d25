"""Blocks that editors mix: each is drawn on news and on free pages, described for the blind, from Russian hosts only."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.rich_text import RichText

from portal.core.blocks import VIDEO_HOSTS, BodyBlock, PictureBlock, VideoBlock, video_host
from portal.files.models import PortalDocument, PortalImage
from portal.home.models import ContentPage
from portal.news.models import NewsIndexPage, NewsPage

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def image(db, media):
    stream = io.BytesIO()
    Image.new("RGB", (1000, 700), "teal").save(stream, "JPEG")
    return PortalImage.objects.create(title="Степь", file=ContentFile(stream.getvalue(), "step.jpg"))


@pytest.fixture
def document(db, media):
    return PortalDocument.objects.create(title="Памятка", file=ContentFile(b"%PDF-1.4", "pamyatka.pdf"))


@pytest.fixture
def body(home, image, document):
    """A body with every block."""
    other = home.add_child(instance=ContentPage(title="Копилка", slug="kopilka"))
    text = (
        f'<h2>Заголовок</h2><p><a linktype="page" id="{other.pk}">копилка</a>'
        f'<a linktype="document" id="{document.pk}">памятка</a><a href="https://example.org/">чужая</a></p>'
    )
    picture = {"image": image, "alt": f"Дети в степи {HOSTILE}", "decorative": False, "caption": "Подпись"}
    table = {
        "columns": [{"type": "text", "heading": "Показатель"}, {"type": "number", "heading": "Доля"}],
        "rows": [{"values": ["Прогулки", 34.0]}, {"values": ["Вопросы", 3.5]}, {"values": ["", None]}],
        "caption": "До и после",
    }
    block = BodyBlock()
    return block.to_python(
        block.get_prep_value(
            block.normalize(
                [
                    ("text", RichText(text)),
                    ("picture", picture),
                    ("gallery", {"title": "Снимки", "pictures": [picture, {**picture, "alt": "", "decorative": True}]}),
                    ("table", block.child_blocks["table"].to_python(table)),
                    (
                        "video",
                        {
                            "title": "Фильм",
                            "url": "https://rutube.ru/video/1/",
                            "duration": "6 минут",
                            "poster": image,
                            "file": document,
                            "transcript": RichText("<p>Слова фильма</p>"),
                        },
                    ),
                    ("accordion", {"title": "Вопросы", "parts": [{"title": "Как?", "text": RichText("<p>Так.</p>")}]}),
                    ("files", {"title": "Файлы", "files": [{"title": "Скачать памятку", "document": document}]}),
                    ("quote", {"text": f"Слова {HOSTILE}\n\nещё", "author": "Старший воспитатель"}),
                ]
            )
        )
    )


@pytest.fixture(params=["news", "free page"])
def main(request, client, home, body):
    """The main part of a page with that body."""
    if request.param == "news":
        page = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Новость", slug="novost", body=body))
    else:
        page = home.add_child(instance=ContentPage(title="Страница", slug="stranica", body=body))
    response = client.get(page.get_url())
    assert response.status_code == 200
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.integration
@pytest.mark.django_db
def test_every_block_is_drawn_and_nothing_is_inline(main, document):
    for words in ("Заголовок", "Подпись", "Снимки", "До и после", "Фильм", "Вопросы", "Так.", "Скачать памятку", "ещё"):
        assert words in main
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", main) == []
    assert re.findall(r"<(?:script|style|iframe|embed|object)\b", main) == []
    assert "&lt;script&gt;alert(1)" in main
    # Links of rich text lead to what was chosen.
    assert '<a href="/kopilka/">копилка</a>' in main
    assert f'href="{document.url}"' in main
    assert 'href="https://example.org/"' in main
    # Pictures: words for those who do not see, none for ornaments, loaded when they come into view.
    pictures = re.findall(r"<img[^>]*>", main)
    assert all("alt=" in tag and 'loading="lazy"' in tag and "width=" in tag for tag in pictures)
    assert sum("Дети в степи" in tag for tag in pictures) == 2
    assert sum('alt=""' in tag for tag in pictures) == 2  # the ornament and the poster, whose link is named
    # A table becomes cards on a phone: each cell repeats its heading; numbers as Russians write them.
    cells = re.findall(r'<td data-l="([^"]*)">\s*([^<]*?)\s*</td>', main)
    assert cells == [
        ("Показатель", "Прогулки"),
        ("Доля", "34"),
        ("Показатель", "Вопросы"),
        ("Доля", "3,5"),
        ("Показатель", ""),
        ("Доля", ""),
    ]
    # A film is a link to its host, beside a file and a text.
    assert '<a class="video__frame" href="https://rutube.ru/video/1/"' in main
    assert "Смотреть на RuTube" in main
    assert "Скачать файл, PDF" in main
    assert "Слова фильма" in main


@pytest.mark.integration
@pytest.mark.django_db
def test_a_picture_without_words_is_refused_unless_it_is_an_ornament(image):
    block = PictureBlock()
    bare = {"image": image, "alt": "", "decorative": False, "caption": ""}
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(bare))
    assert "Опишите изображение словами" in str(refused.value.block_errors["alt"])
    assert block.clean(block.normalize({**bare, "decorative": True}))
    assert block.clean(block.normalize({**bare, "alt": "Дети"}))


@pytest.mark.integration
@pytest.mark.django_db
def test_a_cover_of_news_needs_words(image):
    page = NewsPage(title="Новость", slug="novost", cover=image)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "cover_alt" in refused.value.message_dict


@pytest.mark.unit
@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://rutube.ru/video/1/", "RuTube"),
        ("https://www.rutube.ru/video/1/", "RuTube"),
        ("https://m.vk.com/video1", "VK Видео"),
        ("https://disk.yandex.ru/i/1", "Яндекс Диске"),
        ("https://RUTUBE.ru/", "RuTube"),
        ("https://rutube.ru.evil.example/", ""),
        ("https://evilrutube.ru/", ""),
        ("https://evil.example/?rutube.ru", ""),
        ("https://rutube.ru@evil.example/", ""),
        ("https://www.youtube.com/watch?v=1", ""),
        ("javascript:alert(1)", ""),
        ("https://[rutube.ru", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_film_is_known_by_its_whole_name(url, name):
    assert video_host(url) == name


@pytest.mark.unit
@pytest.mark.parametrize("url", ["https://www.youtube.com/watch?v=1", "https://rutube.ru.evil.example/"])
def test_a_film_from_elsewhere_is_refused_with_the_list_of_hosts(url):
    block = VideoBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({"title": "Фильм", "url": url}))
    assert all(host in str(refused.value.block_errors["url"]) for host in VIDEO_HOSTS)
    good = block.normalize({"title": "Фильм", "url": "https://vkvideo.ru/video-1_2"})
    assert block.clean(good)["url"] == "https://vkvideo.ru/video-1_2"
