"""Walks a served portal as a stranger: `python deploy/smoke.py http://127.0.0.1:8000`. The standard library alone.

Asks the addresses that others rely on, and checks statuses, words, ETag with 304, and that no page asks another host.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

PRACTICE = re.compile(r'href="(/practices/(?!topics/|feed/|collections/)[a-z0-9-]+/)"')
# Only what a browser fetches by itself: links to other sites are fine.
FETCHED = re.compile(
    r"""<(?:img|script|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|srcset|data|poster)=["']([^"']+)"""
    r"""|<link\b(?=[^>]*rel=["'](?:stylesheet|icon|preload|manifest))[^>]*href=["']([^"']+)"""
)


@dataclass
class Answer:
    """What an address answered."""

    status: int
    headers: dict[str, str]
    text: str


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    """Shows redirects instead of following them."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


OPENER = urllib.request.build_opener(KeepRedirect)


def ask(url: str, headers: dict[str, str] | None = None) -> Answer:
    """Ask an address once, without following redirects."""
    request = urllib.request.Request(url, headers=headers or {})  # noqa: S310 (an address given on the command line)
    try:
        with OPENER.open(request, timeout=30) as answer:
            return Answer(answer.status, _lower(answer.headers), answer.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        return Answer(error.code, _lower(error.headers), error.read().decode("utf-8", "replace"))


def _lower(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]


class Walk:
    """One walk over the portal; `problems` are sentences."""

    def __init__(self, site: str) -> None:
        self.site = site.rstrip("/")
        self.host = urlsplit(site).netloc
        self.problems: list[str] = []

    def check(self, path: str, *words: str, status: int = 200, cached: bool = False) -> Answer:
        """Ask `path`, compare the status, look for the words, and for requests to other hosts."""
        answer = ask(self.site + path)
        found = f"{path}: {answer.status}"
        if answer.status != status:
            self.problems.append(f"{found}, ожидалось {status}")
        self.problems += [f"{path}: нет слов «{word}»" for word in words if word not in answer.text]
        if "text/html" in answer.headers.get("content-type", ""):
            self._check_hosts(path, answer.text)
        if cached and answer.status == 200:
            self._check_etag(path, answer)
        print(found, flush=True)
        return answer

    def _check_hosts(self, path: str, text: str) -> None:
        for match in FETCHED.finditer(text):
            for part in (match[1] or match[2]).split(","):
                url = urljoin(self.site + path, part.split()[0]) if part.split() else self.site
                if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc != self.host:
                    self.problems.append(f"{path}: запрос к чужому узлу {url}")

    def _check_etag(self, path: str, answer: Answer) -> None:
        etag = answer.headers.get("etag")
        if not etag:
            self.problems.append(f"{path}: нет ETag")
        elif ask(self.site + path, {"If-None-Match": etag}).status != 304:
            self.problems.append(f"{path}: на известный ETag не 304")


def walk(site: str) -> list[str]:
    """Walk over the portal at `site`; return what is wrong, as sentences."""
    path = Walk(site)
    path.check("/", "практик", cached=True)
    catalogue = path.check("/practices/", "практик", cached=True)
    practice = PRACTICE.search(catalogue.text)
    if practice:
        path.check(practice[1], "<h1", cached=True)
    else:
        path.problems.append("/practices/: нет ни одной ссылки на практику")
    path.check("/news/", "овост", cached=True)
    path.check("/organisations/", cached=True)
    path.check("/municipalities/", cached=True)
    path.check("/search/?q=" + quote("адаптация"), "адаптац")
    path.check("/search/?q=" + quote('"'))
    path.check("/accounts/login/", "csrfmiddlewaretoken")
    path.check("/accounts/signup/", "csrfmiddlewaretoken")
    admin = path.check("/admin/", status=302)
    if "/accounts/login/" not in admin.headers.get("location", ""):
        path.problems.append("/admin/: ведёт не на общий вход")
    api = path.check("/api/v1/practices")
    if api.status == 200 and not json.loads(api.text).get("count"):
        path.problems.append("/api/v1/practices: count пуст")
    path.check("/sitemap.xml", "<sitemap")
    path.check("/robots.txt", "Sitemap")
    health = path.check("/healthz")
    if health.status == 200 and json.loads(health.text)["status"] != "ok":
        path.problems.append(f"/healthz: {health.text}")
    path.check("/net-takoj-stranitsy/", status=404)
    return path.problems


def main() -> int:
    """Print what is wrong; 1 when anything is."""
    problems = walk(sys.argv[1])
    for problem in problems:
        print(f"НЕ ТАК {problem}")
    print("Обход портала: " + (f"замечаний {len(problems)}" if problems else "всё на месте"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
