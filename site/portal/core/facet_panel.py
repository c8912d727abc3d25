"""A list with facets as values for its templates: groups of ticks, chips of what is chosen, words of an empty list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.faceted import WORDS, Filters
from portal.core.listing import Params, address, plural, without

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FacetPanel:
    """How the facets of one list are called and shown.

    `titles` names facets, `labels` their values in order, `selects` the facets shown as one choice of a long list
    with the words of its first line, `words` says a number of rows («12 организаций»).
    """

    path: str
    titles: Mapping[str, str]
    labels: Labels
    words: Callable[[int], str]
    selects: Mapping[str, str] = field(default_factory=dict)

    def facets(self, filters: Filters, counts: Mapping[str, Counter[str]]) -> Iterator[dict[str, Any]]:
        """Yield values of `components/facet.html` for each facet that has something to choose."""
        for name, title in self.titles.items():
            chosen = filters.chosen(name)
            single = name in self.selects
            options = [
                {
                    "value": value,
                    "label": label,
                    "count": counts[name][value],
                    "checked": value in (chosen[-1:] if single else chosen),
                }
                for value, label in self.labels[name].items()
                if counts[name][value] or value in chosen
            ]
            if options:
                yield {
                    "name": name,
                    "title": title,
                    "options": options,
                    "kind": "select" if single else "",
                    "any": self.selects.get(name, ""),
                    "chosen": len(chosen),
                    "hidden": chosen[:-1] if single else (),
                }

    def chips(self, filters: Filters, params: Params) -> Iterator[dict[str, str]]:
        """Yield {label, url} of each thing asked; the address is the list without it."""
        if filters.query:
            yield {"label": f"«{filters.query}»", "url": address(self.path, without(params, WORDS))}
        for name in self.titles:
            for value in filters.chosen(name):
                yield {"label": self._label(name, value), "url": address(self.path, without(params, name, value))}

    def nothing_found(
        self, filters: Filters, params: Params, relief: tuple[str, int] | None, everything: str
    ) -> dict[str, Any]:
        """Return values of `components/empty.html`: which filter empties the list, and what is without it.

        `relief` comes from `faceted.relief`, `everything` are the words of the button that shows all.
        """
        if relief is None:
            return {
                "title": "Ничего не нашлось",
                "text": "Проверьте написание или снимите все фильтры.",
                "action": {"label": everything, "url": self.path},
            }
        name, number = relief
        if name == WORDS:
            what, label = f"запрос «{filters.query}»", f"«{filters.query}»"
        else:
            label = ", ".join(self._label(name, value) for value in filters.chosen(name))
            what = f"фильтр «{self.titles[name]}: {label}»"
        return {
            "title": "Ничего не нашлось",
            "text": f"Список опустошает {what}. Без него {plural(number, 'найдётся', 'найдутся', 'найдётся')} "
            f"{self.words(number)}.",
            "filters": [{"label": label, "url": address(self.path, without(params, name))}],
        }

    def _label(self, name: str, value: str) -> str:
        return self.labels[name][value].lstrip("– ")
