"""What is measured, and what it may cost at most (units: «hello» requests, queries, compressed bytes)."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass

KB = 1024
RARE, COMMON = "мультстудия", "адаптация"  # in seven practices and in every eleventh


@dataclass(frozen=True)
class Page:
    """A kind of request and its budgets; `growth` bounds the cost at the largest bank against the smallest."""

    title: str
    path: str
    sqlite: float
    postgresql: float
    sql: int
    bytes: int
    growth: float = 1.2
    way: str = "portal"
    conditional: bool = False


def pages(site: str) -> list[Page]:
    """Return the pages to measure at `site`, a bank that is being served."""
    deep = _first(site, "/practices/?page=50", r'href="(/practices/[a-z0-9-]+-\d{5}/)"')
    news = _first(site, "/news/", r'href="(/news/[a-z0-9-]+/)"')
    municipality = _first(site, "/municipalities/", r'href="(/municipalities/[a-z0-9-]+/)"')
    organisation = _first(site, "/organisations/?q=Волгоград", r'href="(/organisations/[a-z0-9-]+/)"')
    topic = _first(site, "/practices/topics/", r'href="(/practices/topics/[a-z0-9-]+/)"')
    item = _first(site, "/roadmap/2021-2022/", r'href="(/roadmap/2021-2022/\d+/)"')
    event = _first(site, "/events/?when=past", r'href="(/events/[a-z0-9-]+/)"')
    contest = _first(site, "/contests/", r'href="(/contests/[a-z0-9-]+-\d{4}/)"')
    document = _first(site, "/documents/", r'href="(/documents/[a-z0-9-]+/)"')
    page, catalogue = (10, 8 * KB), (9, 10 * KB)
    return [
        Page("главная", "/", 30, 35, *page),
        Page("каталог", "/practices/", 33, 40, *catalogue),
        Page("каталог, два фильтра", "/practices/?area=rechevoe&age=age-5-6", 33, 40, *catalogue),
        Page("каталог, страница 50", "/practices/?page=50", 33, 40, *catalogue),
        Page("каталог, слово", "/practices/?q=дети", 45, 45, *catalogue, growth=3),
        Page("практика", deep, 28, 35, *page),
        Page("тема", topic, 30, 35, *page),
        Page("поиск, слово редкое, впервые", f"/search/?q={RARE}", 45, 45, 9, 8 * KB, growth=1.5, way="first"),
        Page("поиск, слово частое, впервые", f"/search/?q={COMMON}", 45, 45, 9, 8 * KB, growth=3, way="first"),
        Page("поиск, слово частое, снова", f"/search/?q={COMMON}", 45, 45, 9, 8 * KB, growth=1.5),
        Page("дорожная карта", "/roadmap/2021-2022/", 30, 35, *page),
        Page("дорожная карта по месяцам", "/roadmap/2021-2022/?view=months", 30, 35, *page),
        Page("пункт дорожной карты", item, 30, 35, *page),
        Page("события", "/events/", 30, 35, *page),
        Page("календарь", "/events/?view=calendar", 30, 35, *page),
        Page("событие", event, 30, 35, *page),
        Page("конкурсы", "/contests/", 30, 35, *page),
        Page("конкурс", contest, 30, 35, *page),
        Page("победители", "/contests/winners/", 30, 35, *page),
        Page("документы", "/documents/", 30, 35, *page),
        Page("документ", document, 30, 35, *page),
        Page("новости", "/news/", 30, 35, *page),
        Page("новость", news, 30, 35, *page),
        Page("организации", "/organisations/", 30, 35, *page),
        Page("организация", organisation, 30, 35, *page),
        Page("муниципалитет", municipality, 30, 35, *page),
        Page("форма: обратная связь", "/feedback/", 30, 30, 8, 8 * KB),
        Page("форма: вход", "/accounts/login/", 30, 30, 8, 8 * KB),
        Page("из кеша страниц", "/practices/", 2.5, 2.5, 0, 10 * KB, way="cached"),
        Page("ответ 304", "/practices/", 2.5, 2.5, 0, 0, way="cached", conditional=True),
    ]


def _first(site: str, path: str, pattern: str) -> str:
    """Return the first address on a page that fits `pattern`."""
    quoted = urllib.parse.quote(path, safe="/?=&")
    with urllib.request.urlopen(site + quoted, timeout=120) as answer:
        found = re.search(pattern, answer.read().decode())
    assert found, f"{path}: there is no address like {pattern}"
    return found[1]
