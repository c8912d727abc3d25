"""Covers of practices and news: which motif, in which colours, and the finished SVG sheet."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from portal.demo.covers import motifs as _motifs  # noqa: F401 - importing registers every motif
from portal.demo.covers import shapes as s
from portal.demo.covers.backdrop import backdrop
from portal.demo.covers.palette import AREA_TONES, NEWS_TONES, Palette, Tones
from portal.demo.covers.registry import MOTIFS, Motif
from portal.demo.covers.topics import topic_motifs

WIDTH, HEIGHT = 1280, 720
# Cards stand in up to three columns: the left neighbour is 1 back, the one above 2 or 3 back.
APART = 3

_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 320 180">'
    '<defs><filter id="cut" x="-10%" y="-10%" width="120%" height="130%" color-interpolation-filters="sRGB">'
    '<feDropShadow dx="0" dy="3" stdDeviation="0" flood-color="#0a3d52" flood-opacity=".16"/></filter></defs>'
)


@dataclass(frozen=True, slots=True)
class CoverRequest:
    """What a list knows of one practice: slug of its first educational area (None = managerial), topic words, seed."""

    area: str | None
    topic: str = ""
    seed: int = 0


@cache
def area_motifs(area: str | None) -> tuple[str, ...]:
    """Return the names of motifs that suit an educational area. Raises KeyError for an unknown area."""
    _tones(area)
    return tuple(name for name, motif in MOTIFS.items() if area in motif.areas)


@cache
def news_motifs(category: str) -> tuple[str, ...]:
    """Return the names of motifs for a news category. Raises KeyError for an unknown category."""
    names = tuple(name for name, motif in MOTIFS.items() if category in motif.news)
    if not names:
        raise KeyError(category)
    return names


def pick_motif(area: str | None, *, topic: str = "", seed: int = 0) -> str:
    """Return the motif of a single cover: the first topic that has one decides, otherwise the seed."""
    return _candidates(CoverRequest(area, topic, seed))[0]


def choose_motifs(practices: Sequence[CoverRequest]) -> list[str]:
    """Return one motif per practice so that none repeats within the next three of the list.

    Topic motifs come first; among motifs that suit equally the one used least so far wins.
    """
    chosen: list[str] = []
    recent: deque[str] = deque(maxlen=APART)
    used: Counter[str] = Counter()
    for practice in practices:
        # A theme shared by half the list must not paint half the list: after its share it gives way.
        fair = 2 + len(chosen) // 20
        topical = [name for name in topic_motifs(practice.topic) if name not in recent and used[name] < fair]
        others = [name for name in _shuffled(practice) if name not in recent]
        name = min(topical[:3] or others, key=lambda candidate: used[candidate])
        chosen.append(name)
        recent.append(name)
        used[name] += 1
    return chosen


def draw_cover(area: str | None, motif: str | None = None, *, topic: str = "", seed: int = 0) -> str:
    """Return a cover as SVG text, 1280 × 720; the same arguments give the same text.

    `area` is the slug of an educational area, None for a managerial practice; without `motif` the topic words
    (slugs or titles of tags) choose it. Raises KeyError for an unknown area or motif.
    """
    tones = _tones(area)
    name = motif if motif is not None else pick_motif(area, topic=topic, seed=seed)
    return _sheet(MOTIFS[name], tones, f"{area}/{name}/{seed}")


def draw_news_cover(category: str, seed: int = 0) -> str:
    """Return the picture of a news item as SVG text, 1280 × 720. Raises KeyError for an unknown category."""
    name = pick_news_motif(category, seed)
    return _sheet(MOTIFS[name], NEWS_TONES, f"news/{name}/{seed}")


def pick_news_motif(category: str, seed: int = 0) -> str:
    """Return the motif that `draw_news_cover` draws for a category and seed."""
    names = news_motifs(category)
    return names[seed % len(names)]


def cover_alt(area: str | None, motif: str) -> str:
    """Return the alternative text of a cover. Raises KeyError for an unknown area or motif."""
    _tones(area)
    return f"Рисунок: {MOTIFS[motif].alt}"


def news_cover_alt(category: str, seed: int = 0) -> str:
    """Return the alternative text of a news picture."""
    return f"Рисунок: {MOTIFS[pick_news_motif(category, seed)].alt}"


def _tones(area: str | None) -> Tones:
    return AREA_TONES[area]


def _shuffled(practice: CoverRequest) -> list[str]:
    names = list(area_motifs(practice.area))
    Palette(_tones(practice.area), f"order/{practice.area}/{practice.seed}").dice.shuffle(names)
    return names


def _candidates(practice: CoverRequest) -> list[str]:
    return [*topic_motifs(practice.topic), *_shuffled(practice)]


def _sheet(motif: Motif, tones: Tones, key: str) -> str:
    palette = Palette(tones, key)
    behind = backdrop(palette) if motif.still else s.box(0, 0, 320, 180, palette.tint)
    drawing = motif.draw(palette)
    if motif.mirrors and palette.chance(0.4):
        drawing = f'<g transform="translate(320 0) scale(-1 1)">{drawing}</g>'
    return f"{_HEAD}{behind}{drawing}</svg>"
