"""Lists keep their address, their pages and their grammar."""

import pytest

from portal.core.listing import address, page_links, plural, without

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "практика"),
        (2, "практики"),
        (5, "практик"),
        (11, "практик"),
        (12, "практик"),
        (21, "практика"),
        (0, "практик"),
    ],
)
def test_noun_agrees_with_its_number(number, word):
    assert plural(number, "практика", "практики", "практик") == word


def test_page_addresses_keep_filters_and_drop_the_first_number():
    links = page_links("/news/", [("tag", "игра"), ("page", "3")], number=2, total=50, per_page=10)
    assert [page["url"] for page in links.pages][:2] == [
        address("/news/", [("tag", "игра")]),
        address("/news/", [("tag", "игра"), ("page", "2")]),
    ]
    assert links.range == "11–20 из 50"


def test_page_beyond_the_end_is_the_last_one():
    links = page_links("/news/", [], number=999, total=50, per_page=10)
    assert (links.number, links.next_url, links.start, links.stop) == (5, "", 40, 50)


def test_long_list_has_gaps_but_no_gap_of_one_page():
    labels = [page["label"] for page in page_links("/", [], number=4, total=200, per_page=10).pages]
    assert labels == ["1", "2", "3", "4", "5", "…", "20"]


def test_short_list_has_no_pages():
    assert page_links("/", [], number=1, total=10, per_page=10).pages == []


def test_taking_one_value_off_keeps_the_others():
    assert without([("tag", "a"), ("tag", "b"), ("q", "x"), ("page", "2")], "tag", "a") == [("tag", "b"), ("q", "x")]
