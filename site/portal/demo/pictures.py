"""Drawings of the demonstration: which picture stands where, drawn ahead by several threads."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PIL import Image

from portal.demo.covers.draw import CoverRequest, choose_motifs, cover_alt, draw_cover, draw_news_cover, news_cover_alt
from portal.demo.covers.raster import render_jpeg
from portal.demo.storage import store_image
from portal.files.models import PortalImage

COVER_WIDTH = 1280
PHOTO_MOTIF_SHIFT = 5  # photographs of a practice take motifs that its neighbours' covers do not have
PHOTOS = 2
_EVENT_SHIFT = 300  # covers of events differ from those of practices with the same topic


@dataclass(frozen=True)
class Drawing:
    """A picture before it is drawn: stable key, title in the library, words for the blind, the sheet."""

    key: str
    title: str
    alt: str
    svg: str


def practice_drawings(rows: list[dict[str, Any]]) -> dict[str, list[Drawing]]:
    """Return for each key of a practice its cover and photographs; neighbours in the list get different covers."""
    areas = [area_of(row) for row in rows]
    requests = [
        CoverRequest(area, " ".join(row["tags"]), seed)
        for seed, (row, area) in enumerate(zip(rows, areas, strict=True))
    ]
    covers = choose_motifs(requests)
    result = {}
    for seed, (row, area, motif) in enumerate(zip(rows, areas, covers, strict=True)):
        shots = [CoverRequest(area, "", seed * 7 + number + PHOTO_MOTIF_SHIFT) for number in range(PHOTOS + 1)]
        others = [name for name in dict.fromkeys(choose_motifs(shots)) if name != motif][:PHOTOS]
        result[row["key"]] = [
            _drawing(f"practice:{row['key']}:{place}", row["title"], area, name, seed)
            for place, name in zip(
                ("cover", *(f"photo{n}" for n in range(1, PHOTOS + 1))), [motif, *others], strict=True
            )
        ]
    return result


def _drawing(key: str, title: str, area: str | None, motif: str, seed: int) -> Drawing:
    return Drawing(key, title, cover_alt(area, motif), draw_cover(area, motif, seed=seed))


def news_drawings(rows: list[dict[str, Any]]) -> dict[str, Drawing]:
    """Return for each key of a news item its picture; items of one category get different motifs in turn."""
    seen: dict[str, int] = {}
    result = {}
    for row in rows:
        seed = seen[row["category"]] = seen.get(row["category"], -1) + 1
        result[row["key"]] = news_drawing(f"news:{row['key']}:cover", row["title"], row["category"], seed)
    return result


def event_drawings(rows: list[dict[str, Any]]) -> dict[str, list[Drawing]]:
    """Return for each key of an event its cover, and a frame of the film where there is a recording."""
    requests = [
        CoverRequest(row.get("area"), " ".join(row["tags"]), seed + _EVENT_SHIFT) for seed, row in enumerate(rows)
    ]
    covers = choose_motifs(requests)
    result = {}
    for seed, (row, motif) in enumerate(zip(rows, covers, strict=True), start=_EVENT_SHIFT):
        drawings = [_drawing(f"event:{row['key']}:cover", row["title"], row.get("area"), motif, seed)]
        if "recording" in row:
            other = choose_motifs([CoverRequest(row.get("area"), "", seed * 7)])[0]
            drawings.append(_drawing(f"event:{row['key']}:frame", row["title"], row.get("area"), other, seed))
        result[row["key"]] = drawings
    return result


def news_drawing(key: str, title: str, category: str, seed: int) -> Drawing:
    """Return a picture in the colours of a category of news."""
    return Drawing(key, title, news_cover_alt(category, seed), draw_news_cover(category, seed))


def topic_drawing(key: str, title: str, *, area: str, topic: str, seed: int) -> Drawing:
    """Return a picture for a gallery: a motif that answers the topic."""
    motif = choose_motifs([CoverRequest(area, topic, seed)])[0]
    return _drawing(key, title, area, motif, seed)


def area_of(row: dict[str, Any]) -> str | None:
    """Return the first educational area of a practice, None for a managerial one: it gives the colour."""
    areas = row["terms"].get("educational_areas") or []
    return areas[0] if areas else None


def draw(drawings: Iterable[Drawing], *, width: int = COVER_WIDTH) -> Iterator[tuple[Drawing, bytes]]:
    """Yield each drawing with its JPEG, several being drawn at once (typst and Pillow let threads run)."""
    waiting = list(drawings)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        yield from zip(waiting, pool.map(lambda item: render_jpeg(item.svg, width=width), waiting), strict=True)


def store(drawing: Drawing, jpeg: bytes) -> PortalImage:
    """Return the new image row of a drawing."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        size = picture.size
    return store_image(drawing.key, title=drawing.title[:255], alt=drawing.alt, jpeg=jpeg, size=size)
