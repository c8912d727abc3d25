"""Covers of the demonstration: enough motifs, no twins side by side, the same bytes for the same request."""

import io
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from portal.demo.covers.draw import (
    CoverRequest,
    area_motifs,
    choose_motifs,
    cover_alt,
    draw_cover,
    draw_news_cover,
    news_cover_alt,
    news_motifs,
    pick_motif,
)
from portal.demo.covers.palette import AREA_TONES, NEWS_TONES, RIVER_MIST
from portal.demo.covers.raster import render_jpeg
from portal.demo.covers.registry import MOTIFS

pytestmark = pytest.mark.unit

AREAS = [
    "sotsialno-kommunikativnoe",
    "poznavatelnoe",
    "rechevoe",
    "khudozhestvenno-esteticheskoe",
    "fizicheskoe",
    None,
]
NEWS_CATEGORIES = [
    "monitoring",
    "konkursy",
    "bank-praktik",
    "metodicheskie-sobytiya",
    "stazhirovki",
    "povyshenie-kvalifikatsii",
]
NAMES = sorted(MOTIFS)
RUSSIAN_ALT = re.compile(r"Рисунок: [а-яё][А-Яа-яё ,:\-]{5,70}")


@pytest.mark.parametrize("area", AREAS)
def test_area_has_six_motifs_of_its_own_suit(area):
    assert len(area_motifs(area)) >= 6


def test_motifs_are_at_least_twenty_four_in_all():
    drawn = {name for area in AREAS for name in area_motifs(area)}
    assert len(drawn) >= 24


def test_news_have_at_least_six_motifs_and_every_category_at_least_two():
    assert len({name for category in NEWS_CATEGORIES for name in news_motifs(category)}) >= 6
    assert all(len(news_motifs(category)) >= 2 for category in NEWS_CATEGORIES)


@pytest.mark.parametrize("name", NAMES)
def test_every_motif_is_a_valid_sheet_in_every_area(name):
    for area in AREAS:
        for seed in range(8):
            svg = draw_cover(area, name, seed=seed)
            root = ElementTree.fromstring(svg)
            assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("1280", "720", "0 0 320 180")
            assert "{" not in svg and "None" not in svg and "nan" not in svg


@pytest.mark.parametrize("area", AREAS)
def test_cover_wears_the_tones_of_its_area(area):
    tones = AREA_TONES[area]
    own = {tones.deep, tones.fill} | ({RIVER_MIST} if area is None else set())
    # Carnations and a letter from the front stay in their own solemn colours on the paper of the area.
    for name in set(area_motifs(area)) - {"memory"}:
        for seed in range(6):
            assert any(tone in draw_cover(area, name, seed=seed) for tone in own), name


@pytest.mark.parametrize("category", NEWS_CATEGORIES)
def test_news_cover_is_a_valid_sheet_in_river_tones(category):
    for seed in range(len(news_motifs(category))):
        svg = draw_news_cover(category, seed)
        ElementTree.fromstring(svg)
        assert NEWS_TONES.deep in svg or NEWS_TONES.fill in svg


def test_cover_is_the_same_for_the_same_request():
    assert draw_cover("rechevoe", topic="логоритмика", seed=5) == draw_cover("rechevoe", topic="логоритмика", seed=5)


def test_cover_does_not_depend_on_the_run():
    code = "from portal.demo.covers.draw import draw_cover; print(draw_cover('rechevoe', seed=7), end='')"
    site = Path(__file__).parents[2] / "site"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=site, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {draw_cover("rechevoe", seed=7).encode()}


def test_three_hundred_covers_are_three_hundred_pictures():
    requests = [CoverRequest(AREAS[k % 6], seed=k) for k in range(300)]
    motifs = choose_motifs(requests)
    sheets = {draw_cover(request.area, name, seed=request.seed) for request, name in zip(requests, motifs, strict=True)}
    assert len(sheets) == 300


@pytest.mark.parametrize("topic", ["", "шахматы и логические игры", "muzykalnoe-vospitanie narodnaya-kultura"])
@pytest.mark.parametrize("areas", [AREAS, ["fizicheskoe"], [None]])
def test_neighbours_in_a_list_differ(topic, areas):
    motifs = choose_motifs([CoverRequest(areas[k % len(areas)], topic, k) for k in range(120)])
    assert len(motifs) == 120
    for distance in (1, 2, 3):
        assert all(first != second for first, second in zip(motifs, motifs[distance:], strict=False))


def test_list_without_topics_keeps_to_motifs_of_the_area():
    requests = [CoverRequest(AREAS[k % 6], seed=k * 7) for k in range(90)]
    assert all(name in area_motifs(r.area) for r, name in zip(requests, choose_motifs(requests), strict=True))


def test_choice_of_an_empty_list_is_empty():
    assert choose_motifs([]) == []


@pytest.mark.parametrize(
    ("topic", "motif"),
    [
        ("shakhmaty", "chess"),
        ("шахматы и логические игры", "chess"),
        ("ogorod", "garden"),
        ("огород и мини-ферма", "garden"),
        ("teatralizovannaya-deyatelnost, teni", "shadows"),
        ("безопасность на дороге", "road"),
        ("безопасность у воды", "swim"),
        ("finansovaya-gramotnost", "savings"),
        ("ВЗАИМОДЕЙСТВИЕ С СЕМЬЁЙ", "family"),
        ("наставничество", "lighthouse"),
        ("песочная терапия", "sandbox"),
        ("плавание", "swim"),
    ],
)
def test_topic_decides_the_motif(topic, motif):
    assert all(pick_motif(area, topic=topic, seed=seed) == motif for area in AREAS for seed in range(3))


def test_first_topic_goes_before_later_ones():
    assert pick_motif(None, topic="шахматы, огород") == "chess"
    assert pick_motif(None, topic="огород, шахматы") == "garden"


def test_topic_that_nobody_drew_leaves_the_choice_to_the_seed():
    picked = {pick_motif("fizicheskoe", topic="ыъъъ", seed=seed) for seed in range(200)}
    assert picked == set(area_motifs("fizicheskoe"))


@pytest.mark.parametrize("name", NAMES)
def test_alternative_text_is_russian_and_short(name):
    assert RUSSIAN_ALT.fullmatch(cover_alt(None, name))


def test_alternative_texts_of_motifs_differ():
    assert len({cover_alt(None, name) for name in NAMES}) == len(NAMES)


def test_alternative_text_of_news_tells_what_is_drawn():
    assert news_cover_alt("konkursy", 1) in {cover_alt(None, name) for name in news_motifs("konkursy")}


@pytest.mark.parametrize("call", [draw_cover, area_motifs, draw_news_cover, news_motifs])
def test_unknown_subject_is_refused(call):
    with pytest.raises(KeyError):
        call("net-takoy-oblasti")


@pytest.mark.parametrize(("width", "size"), [(1280, (1280, 720)), (640, (640, 360))])
def test_jpeg_has_the_asked_size_and_no_metadata(width, size):
    data = render_jpeg(draw_cover("poznavatelnoe", "steppe", seed=1), width=width)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", size, "RGB")
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(picture.info)


def test_jpeg_is_the_same_for_the_same_sheet():
    svg = draw_cover("fizicheskoe", "tent", seed=2)
    assert render_jpeg(svg) == render_jpeg(svg)


def test_jpeg_shows_the_colour_of_the_area():
    data = render_jpeg(draw_cover("khudozhestvenno-esteticheskoe", "suitcase", seed=2), width=320)
    with Image.open(io.BytesIO(data)) as picture:
        red, green, blue = picture.getpixel((160, 136))
    assert abs(red - 0xBE) < 40 and green < 60 and abs(blue - 0x5D) < 40


def test_jpeg_of_no_width_is_refused():
    with pytest.raises(ValueError, match="positive"):
        render_jpeg(draw_cover(None), width=0)


def test_drawing_does_not_load_the_typesetter():
    code = "import sys, portal.demo.covers.draw; sys.exit('typst' in sys.modules or 'PIL' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2] / "site", check=True)
