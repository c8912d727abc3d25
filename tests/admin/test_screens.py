"""Every screen of the admin that needs no row: it opens, and speaks Russian."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Names of products, formats and keys; the rest in Latin letters is a missing translation.
ALLOWED = {
    *("wagtail", "cms", "javascript", "rutube", "lego", "stem"),
    *("pdf", "docx", "xlsx", "pptx", "odt", "csv", "tsv", "jpg", "jpeg", "png", "webp", "heic", "html", "json", "xml"),
    *("ctrl", "alt", "shift", "esc", "enter", "url", "http", "https", "testserver"),
}
# Answers to scripts, parts of other screens, doors to sign-in.
NOT_SCREENS = re.compile(
    r"sprite|jsi18n|api/|logout|login|password_reset|dismissibles|userbar|editing-sessions|multiple|chooser|choose-"
    r"|choose/|upload|preview|results|bulk/|process|\.\*|generate_url|locale|external-link|email-link|phone-link|anchor-link"
    r"|failwhale|page-types-usage"
)
HIDDEN_TAGS = {"script", "style", "template", "svg", "noscript", "code", "title"}
VOID = {"br", "hr", "img", "input", "link", "meta", "col", "path", "use", "area", "base", "source", "wbr"}


class Words(HTMLParser):
    """Latin words of what is shown: texts of elements, names and hints of fields."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[str] = []
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        unseen = tag in HIDDEN_TAGS or "hidden" in values  # words for readers of screens are words too
        if (self.hidden or unseen) and tag not in VOID:
            self.hidden.append(tag)
        if not self.hidden:
            for name in ("placeholder", "title", "alt", "aria-label"):
                self._note(values.get(name) or "")
            if tag == "input" and values.get("type") == "submit":
                self._note(values.get("value") or "")

    def handle_endtag(self, tag):
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data):
        if not self.hidden:
            self._note(data)

    def _note(self, text):
        text = re.sub(r"\S+@\S+|https?://\S+|\{\w+\}|[\w-]+\.[a-z]{2,5}\b|/[\w/-]+", " ", text)
        self.found |= {word for word in re.findall(r"[A-Za-z]{3,}", text) if word.lower() not in ALLOWED}


def addresses(patterns, prefix=""):
    for entry in patterns:
        route = prefix + str(entry.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and "<" not in route and "(" not in route:
            yield "/" + route


def screens():
    found = dict.fromkeys(path for path in addresses(get_resolver().url_patterns) if path.startswith("/admin/"))
    return [path for path in found if not NOT_SCREENS.search(path.removeprefix("/admin/"))]


def test_there_are_screens_to_walk():
    assert {"/admin/", "/admin/users/", "/admin/snippets/core/letter/", "/admin/practices/"} <= set(screens())


def test_every_screen_opens_and_has_no_english_word(admin_client):
    broken, english = {}, {}
    for path in screens():
        answer = admin_client.get(path)
        if answer.status_code not in {200, 302}:
            broken[path] = answer.status_code
        elif answer.status_code == 200 and "html" in answer["Content-Type"]:
            words = Words()
            words.feed(answer.content.decode())
            if words.found:
                english[path] = words.found
    assert (broken, english) == ({}, {})


def test_answer_of_a_list_asked_with_nonsense_is_not_an_error(admin_client):
    for path in ("/admin/practices/", "/admin/news/", "/admin/snippets/home/feedbackmessage/"):
        for query in ("p=9999", "ordering=nonsense", "q=%22", "is_answered=maybe", "level=x&municipality=x&tags=x"):
            assert admin_client.get(f"{path}?{query}").status_code in {200, 404}, (path, query)
