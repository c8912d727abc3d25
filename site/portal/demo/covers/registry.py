"""The register of motifs: a name, an honest alternative text, the subjects it suits, the topics it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.demo.covers.palette import Palette

Drawer = Callable[[Palette], str]

# One letter per subject in the motif modules; the managerial area has no slug.
AREA_LETTERS: dict[str, str | None] = {
    "s": "sotsialno-kommunikativnoe",
    "p": "poznavatelnoe",
    "r": "rechevoe",
    "h": "khudozhestvenno-esteticheskoe",
    "f": "fizicheskoe",
    "n": None,
}


@dataclass(frozen=True, slots=True)
class Motif:
    """One drawing.

    `words` are beginnings of transliterated topic words, the most telling first; `still` drawings get a backdrop;
    `mirrors` is False where a mirror image would read wrong (letters, clocks, notes).
    """

    name: str
    alt: str
    areas: frozenset[str | None]
    news: tuple[str, ...]
    words: tuple[str, ...]
    still: bool
    mirrors: bool
    draw: Drawer


MOTIFS: dict[str, Motif] = {}


def motif(
    name: str,
    alt: str,
    *,
    areas: str = "",
    news: str = "",
    words: str = "",
    still: bool = True,
    mirrors: bool = True,
) -> Callable[[Drawer], Drawer]:
    """Register the decorated drawer.

    `areas` is a string of AREA_LETTERS, `news` and `words` are separated by spaces.
    Raises ValueError for a name that is taken and KeyError for an unknown letter.
    """

    def register(draw: Drawer) -> Drawer:
        if name in MOTIFS:
            raise ValueError(f"motif {name!r} is drawn twice")
        suited = frozenset(AREA_LETTERS[letter] for letter in areas)
        MOTIFS[name] = Motif(name, alt, suited, tuple(news.split()), tuple(words.split()), still, mirrors, draw)
        return draw

    return register
