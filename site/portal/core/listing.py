"""What every list of the portal shares: addresses that keep the filters, links to its pages, words for a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

Params = Sequence[tuple[str, str]]


def address(path: str, params: Iterable[tuple[str, str]]) -> str:
    """Return `path` with `params` as its query; without an empty question mark."""
    query = urlencode([(name, value) for name, value in params if value != ""])
    return f"{path}?{query}" if query else path


def without(params: Params, name: str, value: str | None = None) -> list[tuple[str, str]]:
    """Return `params` without `name` (only the pair with `value` when given) and without the page number."""
    return [
        (key, item) for key, item in params if key != "page" and not (key == name and (value is None or item == value))
    ]


@dataclass(frozen=True)
class PageLinks:
    """The pages of a list around the current one, for `components/pagination.html`."""

    number: int
    pages: list[Mapping[str, str | bool]]
    next_url: str
    previous_url: str
    range: str
    start: int
    stop: int


def page_links(path: str, params: Params, *, number: int, total: int, per_page: int) -> PageLinks:
    """Return links to the pages of a list of `total` rows; a number beyond the end means the last page.

    `params` are the query pairs to keep; the first page has no page number in its address.
    """
    last = max(1, -(-total // per_page))
    number = min(max(1, number), last)
    kept = without(params, "page")

    def url(page: int) -> str:
        return address(path, [*kept, ("page", str(page))] if page > 1 else kept)

    shown = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    pages: list[Mapping[str, str | bool]] = []
    for previous, page in zip([0, *shown], shown, strict=False):
        if page - previous == 2:
            pages.append({"label": str(page - 1), "url": url(page - 1), "current": False})
        elif page - previous > 2:
            pages.append({"label": "…", "url": "", "current": False})
        pages.append({"label": str(page), "url": url(page), "current": page == number})
    start, stop = (number - 1) * per_page, min(number * per_page, total)
    return PageLinks(
        number=number,
        pages=pages if last > 1 else [],
        next_url=url(number + 1) if number < last else "",
        previous_url=url(number - 1) if number > 1 else "",
        range=f"{start + 1}–{stop} из {total}" if last > 1 else "",
        start=start,
        stop=stop,
    )


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the form of a Russian noun after `number`: 1 практика, 2 практики, 5 практик."""
    if number % 100 in range(11, 15):
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(number % 10, many)
