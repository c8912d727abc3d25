"""Weight of pages, of style sheets and scripts; what a page asks for before its pictures, and of whom."""

from __future__ import annotations

import gzip
import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

import brotli
import pytest

from portal.core.static_storage import BUNDLES, BundledStaticFilesStorage
from tests.collected import collect

pytestmark = pytest.mark.integration

KB = 1024
PAGE, CATALOGUE = 8 * KB, 10 * KB
PLAIN, WITH_HTMX = 20 * KB, 32 * KB
REQUESTS = 4
FORMS = {"login", "signup", "reset", "feedback"}
LOADED = {"img": "src", "source": "srcset", "iframe": "src", "video": "src", "audio": "src", "use": "href"}


class Markup(HTMLParser):
    """What a page carries inside itself against the policy, and what it loads."""

    def __init__(self, text):
        super().__init__()
        self.inline, self.before_pictures, self.loaded = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag == "script" and "src" in given:
            self.before_pictures.append(given["src"])
        if tag == "link" and {"stylesheet", "preload", "modulepreload"} & set(given.get("rel", "").split()):
            self.before_pictures.append(given["href"])
        if tag == "link" and "icon" in given.get("rel", ""):
            self.loaded.append(given["href"])
        if tag in LOADED and LOADED[tag] in given:
            self.loaded += [part.split()[0] for part in given[LOADED[tag]].split(", ")]


@pytest.fixture(scope="module")
def bundles(tmp_path_factory):
    """The folder of static files as production has it."""
    return collect(tmp_path_factory.mktemp("static"))


@pytest.fixture
def production_static(bundles, monkeypatch):
    """Pages name the joined and hashed files."""
    from django.contrib.staticfiles import storage

    joined = BundledStaticFilesStorage(location=str(bundles), base_url="/static/")
    monkeypatch.setattr(storage.staticfiles_storage, "_wrapped", joined)


def test_pages_are_light(site, visit):
    heavy = {}
    for name, address in site.addresses.items():
        response = visit(address)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue  # a file for a calendar is as long as what it tells
        body = response.content
        weight = max(len(brotli.compress(body, quality=5)), len(gzip.compress(body, 6)))
        if weight > (CATALOGUE if name == "catalogue" else PAGE):
            heavy[name] = weight
    assert heavy == {}


def test_a_full_page_of_the_catalogue_is_light_with_every_facet(site, visit):
    response = visit("/practices/")
    body = response.content.decode()
    if site.size >= 20:
        assert body.count("<article") == 20
        assert body.count('class="facet"') == 10
    assert len(visit("/practices/", **{"Accept-Encoding": "br"}).content) <= CATALOGUE


@pytest.mark.parametrize("query", ["?all=deficit", "?all=need", "?all=need&all=deficit", "?page=2"])
def test_a_full_page_of_the_catalogue_is_light_with_a_dictionary_shown_whole(site, visit, query):
    assert len(visit(f"/practices/{query}", **{"Accept-Encoding": "br"}).content) <= CATALOGUE


def test_style_sheets_and_scripts_are_light(bundles):
    paths = json.loads((bundles / "staticfiles.json").read_text())["paths"]
    weight = {name: len((bundles / f"{paths[name]}.br").read_bytes()) for name in BUNDLES}
    plain = weight["css/portal.css"] + weight["js/portal.js"]
    assert plain <= PLAIN
    assert plain + weight["js/portal-catalogue.js"] <= WITH_HTMX


def test_nothing_is_inline_nothing_foreign_and_few_requests_come_before_pictures(site, visit, production_static):
    for name, address in site.addresses.items():
        response = visit(address)
        markup = Markup(response.content.decode())
        assert markup.inline == [], name
        assert 1 + len(markup.before_pictures) <= REQUESTS, (name, markup.before_pictures)
        foreign = [url for url in [*markup.before_pictures, *markup.loaded] if urlsplit(url).netloc]
        assert foreign == [], name
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, name
        assert "script-src 'self';" in f"{policy};", name
        assert "style-src 'self';" in f"{policy};", name


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_page_that_has_not_changed_is_not_sent_again(site, reader, encoding):
    for name, address in site.addresses.items():
        if name in FORMS:
            continue
        sent = reader.get(address, headers={"Accept-Encoding": encoding})
        assert sent.headers.get("Content-Encoding", "identity") == encoding, name
        again = reader.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": sent.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), name
