"""Colours of the covers: tones of the areas and of news, the colours of the land, one drawing's choice of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SUN = "#f4b740"
SUN_SHADE = "#e9a11f"
DEEP = "#0a3d52"
WHITE = "#ffffff"
PAPER_SHADE = "#dbe7ec"
RIVER = "#0f5c7a"
WATER = "#2d86a8"
RIVER_MIST = "#6fa9bf"
SKY = "#d3e9f0"
SAND = "#e8cf95"
CREAM = "#fdf3df"
MEADOW = "#9cbf45"
LEAF = "#4d7c0f"
LEAF_LIGHT = "#6f9a2a"
STEM = "#3f6a12"
WOOD = "#8a5a2e"
CLAY = "#c2410c"
BERRY = "#be185d"
BLUE = "#1d4ed8"
TEAL = "#0f766e"
SKIN = "#f6d7b0"


@dataclass(frozen=True, slots=True)
class Tones:
    """Three tones of one subject: `deep` carries the main figure, `fill` its second piece, `tint` the paper behind."""

    deep: str
    fill: str
    tint: str


AREA_TONES: dict[str | None, Tones] = {
    "sotsialno-kommunikativnoe": Tones("#c2410c", "#e8693a", "#fde9df"),
    "poznavatelnoe": Tones("#1d4ed8", "#4f7df0", "#e3ebfd"),
    "rechevoe": Tones("#0f766e", "#2fa79c", "#daf1ed"),
    "khudozhestvenno-esteticheskoe": Tones("#be185d", "#e4588f", "#fce4ed"),
    "fizicheskoe": Tones("#4d7c0f", "#86b32d", "#ecf4da"),
    None: Tones("#52616a", "#93a1a8", "#e9edee"),
}
NEWS_TONES = Tones(RIVER, WATER, SKY)

# Solid colours for small details, so that one figure may stand beside another without taking its place.
POPS = (CLAY, BLUE, TEAL, BERRY, SUN)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """Return `first` with a `share` (0–1) of `second` stirred in, as #rrggbb."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def shade(colour: str) -> str:
    """Return the second tone of a piece: the side that is turned away from the light."""
    if colour == SUN:
        return SUN_SHADE
    if colour in (WHITE, CREAM):
        return PAPER_SHADE if colour == WHITE else "#f0dfbb"
    return "#" + "".join(f"{round(channel * 0.83):02x}" for channel in _channels(colour))


@dataclass(slots=True)
class Palette:
    """The colours of one drawing and the dice that vary it; the same key always gives the same drawing."""

    tones: Tones
    key: str
    dice: random.Random = field(init=False)
    pops: list[str] = field(init=False)
    second: str = field(init=False)
    paper: str = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.key)  # noqa: S311 - dice of a drawing, no secret
        own = self.tones.deep
        self.pops = [colour for colour in POPS if colour != own]
        self.dice.shuffle(self.pops)
        tint, fill = self.tones.tint, self.tones.fill
        self.paper = self.dice.choice((tint, tint, mix(tint, fill, 0.14), mix(tint, WHITE, 0.4)))
        # The managerial grey is let to lean to the river: a list of such practices must not look switched off.
        self.second = self.dice.choice((fill, RIVER_MIST)) if own == AREA_TONES[None].deep else fill

    @property
    def deep(self) -> str:
        return self.tones.deep

    @property
    def fill(self) -> str:
        return self.second

    @property
    def tint(self) -> str:
        return self.paper

    @property
    def soft(self) -> str:
        """The quiet tone of large shapes far behind."""
        return mix(self.paper, self.tones.fill, 0.24)

    def pick(self, *options: str) -> str:
        """Return one of the options."""
        return self.dice.choice(options)

    def shift(self, reach: float) -> float:
        """Return a displacement between -reach and +reach, in units of the 320 × 180 sheet."""
        return round(self.dice.uniform(-reach, reach), 1)

    def chance(self, share: float) -> bool:
        """Return True in the given share (0–1) of drawings."""
        return self.dice.random() < share
