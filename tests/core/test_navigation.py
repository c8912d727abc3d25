"""The header: the menu marks one section, the account is a plain link until it is known who reads."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

pytestmark = pytest.mark.unit

MENU = [
    {"title": "Практики", "url": "/practices/", "current_prefix": "/practices/"},
    {"title": "Темы", "url": "/practices/topics/", "current_prefix": "/practices/topics/"},
    {"title": "Новости", "url": "/news/", "current_prefix": "/news/"},
]


def header(path, **portal):
    settings = SimpleNamespace(portal_name="Портал", region_name="Область", demo_notice="", **portal)
    return render_to_string("components/header.html", {"portal": settings, "portal_menu": MENU, "path": path})


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/practices/", [("/practices/", "page")]),
        ("/practices/stepnoy-dnevnik/", [("/practices/", "true")]),
        ("/practices/topics/", [("/practices/topics/", "page")]),
        ("/practices/topics/igra/", [("/practices/topics/", "true")]),
        ("/search/", []),
        ("", []),
    ],
)
def test_menu_marks_the_nearest_section_only(path, marked):
    assert re.findall(r'href="([^"]+)" aria-current="([^"]+)"', header(path)) == marked


def test_account_is_a_plain_link_that_a_private_request_may_replace():
    assert re.search(r'data-account-menu="/accounts/menu/"><a href="/accounts/login/">', header("/"))


def test_values_of_settings_are_escaped():
    page = render_to_string(
        "components/header.html",
        {
            "portal": SimpleNamespace(portal_name="<b>", region_name="&", demo_notice="<i>"),
            "portal_menu": [],
            "path": "/",
        },
    )
    assert "&lt;b&gt;" in page
    assert "&lt;i&gt;" in page
