"""What lies behind a still life: quiet large shapes in the tint of the area."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette


def backdrop(p: Palette) -> str:
    """Return the paper of the sheet with one large quiet shape on it, chosen by the dice."""
    shapes = (_plain, _disc, _hills, _rainbow, _rays, _dots, _sunrise)
    return s.box(0, 0, 320, 180, p.tint) + p.dice.choice(shapes)(p)


def _plain(p: Palette) -> str:
    return ""


def _disc(p: Palette) -> str:
    return s.dot(160 + p.shift(70), 92 + p.shift(16), 88 + p.shift(10), p.soft)


def _hills(p: Palette) -> str:
    return s.hill((110 + p.shift(20), 84, 104, 78 + p.shift(20)), p.soft)


def _rainbow(p: Palette) -> str:
    x = 160 + p.shift(60)
    arcs = ((150, p.soft), (122, c.mix(p.tint, c.WHITE, 0.6)), (94, p.soft), (66, p.tint))
    return "".join(s.dot(x, 176, r, colour) for r, colour in arcs)


def _rays(p: Palette) -> str:
    x = 160 + p.shift(60)
    return "".join(s.turn(k * 30 + 8, x, 180, s.path(f"M{s.num(x)} 180l-26-330h52Z", p.soft)) for k in range(-4, 5))


def _dots(p: Palette) -> str:
    return "".join(
        s.dot(x + (20 if row % 2 else 0), 18 + row * 30, 4.5, p.soft) for row in range(6) for x in range(0, 330, 40)
    )


def _sunrise(p: Palette) -> str:
    x = p.dice.choice((48, 272)) + p.shift(14)
    return s.sun(x, 40 + p.shift(6), 22 + p.shift(3))
