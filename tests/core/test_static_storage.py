"""Static bundles: one style sheet and one script for visitors, one file per component for developers."""

import json
import re

import brotli
import pytest
from django.template import Context, Template
from django.test import override_settings

from portal.core.static_storage import BUNDLES, BundledStaticFilesStorage, BundleError, join_css, join_js
from tests.collected import collect

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The static folder as collectstatic leaves it, for the files of the portal and of htmx only."""
    root = tmp_path_factory.mktemp("static")
    return collect(root)


def hashed(collected, name):
    manifest = json.loads((collected / "staticfiles.json").read_text())
    return collected / manifest["paths"][name]


@pytest.mark.parametrize("bundle", BUNDLES)
def test_bundle_is_hashed_and_precompressed(collected, bundle):
    file = hashed(collected, bundle)
    assert re.search(r"\.[0-9a-f]{12}\.(css|js)$", file.name)
    assert file.with_name(file.name + ".gz").exists()
    assert brotli.decompress(file.with_name(file.name + ".br").read_bytes()) == file.read_bytes()


def test_style_bundle_keeps_the_declared_order(collected):
    text = hashed(collected, "css/portal.css").read_text()
    assert text.startswith("@layer tokens, base, layout, components, utilities, vision, print;")
    marks = [".skip {", ".btn {", ".card {", ".site-footer {", ".vi {", "@media print"]
    places = [text.index(mark) for mark in marks[:-1]] + [text.rindex(marks[-1])]  # rooms print in their own way too
    assert places == sorted(places)


def test_relative_addresses_lead_to_hashed_pictures(collected):
    text = hashed(collected, "css/portal.css").read_text()
    (address,) = set(re.findall(r'url\("([^"]+)"\)', text))
    assert re.fullmatch(r"\.\./img/down\.[0-9a-f]{12}\.svg", address)
    assert (collected / "css" / address).resolve().exists()


def test_budget_of_bytes(collected):
    size = {name: len(brotli.compress(hashed(collected, name).read_bytes())) for name in BUNDLES}
    assert size["css/portal.css"] + size["js/portal.js"] <= 20 * 1024
    plain = size["css/portal.css"] + size["js/portal.js"]
    private = {name: number for name, number in size.items() if "cabinet" in name or "intake" in name}
    assert sum(size.values()) - sum(private.values()) <= 32 * 1024
    assert plain + sum(private.values()) <= 32 * 1024  # a step of a form, which loads no htmx


def test_own_scripts_stay_small(collected):
    lines = {
        bundle: [len((collected / name).read_text().splitlines()) for name in names if name.startswith("js/")]
        for bundle, names in BUNDLES.items()
        if bundle.startswith("js/")
    }
    assert max(max(own, default=0) for own in lines.values()) <= 150
    private = {"js/portal-cabinet.js", "js/portal-intake.js"}
    assert sum(sum(own) for bundle, own in lines.items() if bundle not in private) <= 300


def test_styles_need_no_newer_browser_than_chrome_109(collected):
    text = hashed(collected, "css/portal.css").read_text()
    for newer in ("light-dark(", "color-mix(", "popover", "@starting-style", "subgrid", "::details-content"):
        assert newer not in text


def test_second_collection_replaces_a_bundle_that_changed(tmp_path):
    storage = BundledStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    names = {name for sources in BUNDLES.values() for name in sources}
    for text in ("a{color:red}", "a{color:blue}"):
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        storage.write_bundles({name: (storage, name) for name in names})
    assert "red" not in (tmp_path / "css/portal.css").read_text()


def test_missing_source_is_named(tmp_path):
    storage = BundledStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    with pytest.raises(BundleError, match=r"css/tokens\.css"):
        list(storage.post_process({}))


def test_joining_css_drops_comments_but_not_strings():
    joined = join_css({"css/a.css": '/* no */ a::before { content: "/* yes */  two" }'}, "css/all.css")
    assert joined == 'a::before { content: "/* yes */  two" }\n'


def test_joining_css_moves_addresses_to_the_folder_of_the_bundle():
    joined = join_css({"app/deep/a.css": "a{background:url(pic.svg)} b{background:url('data:x')}"}, "css/all.css")
    assert 'url("../app/deep/pic.svg")' in joined
    assert "url('data:x')" in joined


def test_joining_scripts_separates_them_and_keeps_licences():
    joined = join_js({"a.js": "// why\n(() => {})()", "b.min.js": "// licence\nvar b"})
    assert joined == "(() => {})();\n// licence\nvar b;\n"


def render(source):
    return Template("{% load portal_assets %}" + source).render(Context())


def test_tags_ask_for_one_file_where_bundles_are_joined(collected, monkeypatch):
    storage = BundledStaticFilesStorage(location=str(collected), base_url="/static/")
    monkeypatch.setattr("portal.core.templatetags.portal_assets.staticfiles_storage", storage)
    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage", storage)
    page = render('{% styles %}{% scripts "portal" %}{% scripts "catalogue" %}')
    assert len(re.findall(r'href="/static/css/portal\.[0-9a-f]{12}\.css"', page)) == 1
    assert len(re.findall(r'src="/static/js/portal\.[0-9a-f]{12}\.js"', page)) == 1
    assert page.count("<script") == 2


def test_tags_name_every_source_while_debugging():
    with override_settings(DEBUG=True):
        page = render("{% styles %}")
    assert page.count("<link") == len(BUNDLES["css/portal.css"])


def test_early_script_blocks_painting_and_catalogue_is_deferred():
    assert " defer" not in render('{% scripts "portal" %}')
    assert " defer" in render('{% scripts "catalogue" %}')


def test_icon_is_decoration_from_the_sprite():
    assert re.fullmatch(
        r'<svg class="i" aria-hidden="true"><use href="/static/img/sprite[^"]*\.svg#i-search"/></svg>',
        render('{% icon "search" %}'),
    )
