"""What the source must never hold, each with the reason; an exception is a line here, with its reason too."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("site/portal", "practices", "contests", "events", "search")

# Where HTML is declared safe on purpose. Words of applicants pass through none of them unescaped.
SAFE_PYTHON = {
    "practices/domain/cards.py": "our own rendered template, kept as text",
    "practices/views/catalogue.py": "our own rendered template, kept as text",
    "search/engines/query.py": "escapes every piece itself and adds <mark> alone; its tests feed it markup",
    "site/portal/core/templatetags/portal_assets.py": "constants of our own static files",
    "site/portal/core/templatetags/portal_navigation.py": "two constants",
}
SAFE_TEMPLATES = {
    "components/forms/field.html": "help texts of our own forms: Django's password rules are a list",
    "core/consent_wording.html": "the office's wording of a consent, typed in Draftail",
    "practices/practice_index_page.html": "an editor's introduction, typed in Draftail",
    "directory/topic.html": "an editor's introduction, typed in Draftail",
    "events/components/take_part.html": "an editor's words, typed in Draftail",
    "events/event_cycle_page.html": "an editor's introduction, typed in Draftail",
    "events/event_plan_page.html": "an editor's introduction, typed in Draftail",
    "practices/collection_page.html": "an editor's introduction, typed in Draftail",
}
# Addresses that name a format and are never asked for.
NAMESPACES = ("http://www.w3.org/", "https://www.w3.org/")


def sources():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates():
    """Templates of the public site; screens of the admin follow Wagtail's own rules."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg"} and not {"admin", "wagtailadmin"} & set(path.parts):
            yield path


def static_files():
    for path in sorted((ROOT / "site/portal/core/static").rglob("*")):
        if path.suffix in {".css", ".js", ".svg", ".html"}:
            yield path


def lines_with(pattern, paths):
    """«path:line: text» of every line that matches."""
    expression = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if expression.search(line)
    ]


def files_with(pattern, paths, base=ROOT):
    expression = re.compile(pattern)
    return {path.relative_to(base).as_posix() for path in paths if expression.search(path.read_text(encoding="utf-8"))}


def test_the_walk_sees_the_source():
    assert len(list(sources())) > 100
    assert len(list(templates())) > 80
    assert len(list(static_files())) > 10


def test_russian_names_are_never_compared_by_lookups_that_know_ascii_alone():
    """SQLite's icontains and its like find nothing in Cyrillic of another case: match keys are compared instead."""
    lookups = r"__(icontains|iexact|istartswith|iendswith|iregex)\b"
    assert lines_with(lookups, sources()) == []
    assert lines_with(r"lookup_expr\s*=\s*[\"']i(contains|exact|startswith|endswith|regex)", sources()) == []


def test_screens_of_the_admin_search_by_keys():
    """A Russian field in `search_fields` of a screen would be searched by icontains; e-mails are ASCII."""
    latin = {"email", "to", "person_key"}
    found = {}
    for path in sources():
        if "viewset" not in path.name:
            continue
        for names in re.findall(r"^    search_fields = \[([^\]]*)\]", path.read_text(encoding="utf-8"), re.M):
            fields = set(re.findall(r"[\"']([^\"']+)[\"']", names))
            keys = {name for name in fields if name.endswith(("_match", "_key"))}
            if fields - keys - latin:
                found[path.relative_to(ROOT).as_posix()] = fields - keys - latin
    assert found == {}


def test_html_is_declared_safe_only_where_it_was_thought_of():
    pattern = r"\bmark_safe\(|\bSafeString\(|\bSafeData\b|__html__|autoescape off"
    assert files_with(pattern, sources()) == set(SAFE_PYTHON)
    declared = files_with(r"\|\s*(safe|safeseq|richtext)\b|autoescape off", templates(), ROOT / "templates")
    assert declared == set(SAFE_TEMPLATES)


def test_words_of_applicants_are_plain_text_in_every_template():
    passport = [path for path in templates() if {"practices", "directory"} & set(path.parts)]
    rich = r"\{\{[^}]*\|\s*(safe|richtext)\b[^}]*\}\}"
    assert {re.search(r"\{\{\s*(\S+?)\|", line)[1] for line in lines_with(rich, passport)} == {
        "page.intro",
        "topic.intro",
    }


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("style attribute", r"<[^>]*\sstyle\s*="),
        ("style element", r"<style\b"),
        ("handler", r"<[^>]*\son[a-z]+\s*="),
        ("address that is a script", r"(href|src|action)\s*=\s*[\"']?\s*(javascript|data):"),
        ("inline script", r"<script(?![^>]*\bsrc=)[^>]*>"),
    ],
)
def test_public_pages_hold_nothing_that_the_content_policy_forbids(what, pattern):
    assert lines_with(pattern, templates()) == []


def test_pages_ask_no_other_host():
    resource = r"(src|srcset|href|action|poster|data-src)\s*=\s*[\"']?(https?:)?//[^\"' >]+"
    linked = [line for line in lines_with(resource, templates()) if "<a " not in line]
    assert linked == []

    foreign = [
        line
        for line in lines_with(r"https?://|url\(\s*[\"']?//|@import", static_files())
        if not all(match.group().startswith(NAMESPACES) for match in re.finditer(r"https?://\S+", line))
    ]
    assert foreign == []


def test_forms_and_tables_name_their_fields():
    """`__all__` hands a new field to whoever fills the form."""
    assert lines_with(r"(fields|exclude)\s*=\s*[\"']__all__[\"']", sources()) == []


def test_no_request_parameters_are_poured_into_the_database():
    assert lines_with(r"\*\*\s*request\.(GET|POST)|\.(filter|get|exclude)\(\*\*request", sources()) == []


def test_letters_never_run_words_of_people_as_a_template():
    paths = [path for path in sources() if path.name.startswith("letter")]
    assert paths
    assert lines_with(r"\.format\(|\bTemplate\(", paths) == []
