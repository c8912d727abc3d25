"""Together: families, circles, feelings, support; people are wooden peg dolls."""

from __future__ import annotations

from collections.abc import Callable

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif

# The last one is grey: for grandparents only.
HAIR = ("#6b4a2b", "#3a2a20", "#c98a12", "#8a5a2e", "#9aa5aa")


@motif(
    "family",
    "деревянные фигурки: семья",
    areas="srn",
    words="vzaimodeystvie ottsov semey semi papa pokolen roditel udovletvor raznovozr",
)
def family(p: Palette) -> str:
    coats = [p.deep, p.fill, c.SUN, p.pops[0]]
    p.dice.shuffle(coats)
    x = 92 + p.shift(10)
    dolls = s.cut(s.peg(x, 156, 1.75, coats[0], p.pick(*HAIR))) + s.cut(
        s.peg(x + 66, 156, 1.55, coats[1], p.pick(*HAIR))
    )
    small = s.cut(s.peg(x + 120, 156, 1.05, coats[2], p.pick(*HAIR[:4])))
    if p.chance(0.6):
        small += s.cut(s.peg(x + 160, 156, 0.8, coats[3], p.pick(*HAIR[:4])))
    return (
        s.ground(p, 152) + s.cut(s.heart(x + 138, 52 + p.shift(6), 17, p.pick(p.deep, c.BERRY, c.SUN))) + dolls + small
    )


@motif(
    "circle",
    "дети сидят кругом на ковре",
    areas="srn",
    words="utrenn klubn sotsializ krug rasskazyv",
    still=False,
)
def circle(p: Palette) -> str:
    coats = [p.deep, c.SUN, p.fill, *p.pops[:2], c.DEEP]
    p.dice.shuffle(coats)
    back = ((104, 92), (160, 82), (216, 92))
    front = ((84, 140), (236, 140))
    rug = f'<ellipse cx="160" cy="124" rx="136" ry="48" fill="{p.soft}"/>'
    rug += f'<ellipse cx="160" cy="124" rx="106" ry="35" fill="{c.WHITE}"/>'
    rug += f'<ellipse cx="160" cy="124" rx="64" ry="20" fill="{p.pick(c.SUN, p.fill)}"/>'
    dolls = "".join(s.cut(s.peg(x + p.shift(4), y, 1, coats[k], p.pick(*HAIR[:4]))) for k, (x, y) in enumerate(back))
    near = "".join(
        s.cut(s.peg(x + p.shift(4), y + 16, 1.15, coats[k + 3], p.pick(*HAIR[:4]))) for k, (x, y) in enumerate(front)
    )
    toy = s.cut(s.wedge(146, 132, 28, 26, p.deep)) if p.chance(0.5) else s.cut(s.disc(160, 120, 13, p.deep))
    return s.cut(rug) + dolls + toy + near


@motif("pair", "два улыбающихся круга, большой и маленький", areas="sr", words="emotsionaln intellekt drug igrov")
def pair(p: Palette) -> str:
    x, y = 126 + p.shift(10), 92 + p.shift(5)
    small = p.pick(c.SUN, p.fill, c.WHITE)
    face = s.dot(x - 20, y - 14, 5, c.WHITE) + s.dot(x + 16, y - 14, 5, c.WHITE)
    face += s.line(f"M{x - 22} {y + 6}q20 22 40 0", c.WHITE, 6)
    sx, sy = x + 84, y + 30
    tiny = (
        s.dot(sx - 10, sy - 8, 4, c.DEEP)
        + s.dot(sx + 10, sy - 8, 4, c.DEEP)
        + s.line(f"M{sx - 11} {sy + 6}q11 10 22 0", c.DEEP, 5)
    )
    top = s.cut(s.heart(sx + 14, y - 46, 14, p.deep)) if p.chance(0.5) else s.cut(s.star(sx + 18, y - 44, 15, c.SUN))
    return s.cut(s.disc(x, y, 62, p.deep)) + face + s.cut(s.disc(sx, sy, 37, small)) + tiny + top


@motif(
    "umbrella",
    "зонт, под которым стоят две фигурки",
    areas="sn",
    words="psikhologicheskaya povedeni trudnoe zashchit obzh",
)
def umbrella(p: Palette) -> str:
    x = 160 + p.shift(24)
    canopy = s.path(
        f"M{x - 96} 96a96 76 0 0 1 192 0q-16-14-32 0-16-14-32 0-16-14-32 0-16-14-32 0-16-14-32 0-16-14-32 0Z", p.deep
    )
    side = s.path(f"M{x} 20a48 76 0 0 1 32 76q-16-14-32 0-16-14-32 0a48 76 0 0 1 32-76Z", p.fill)
    rain = "".join(
        s.line(f"M{rx + p.shift(5)} {ry}l-4 12", c.WATER, 4)
        for rx, ry in ((24, 40), (44, 76), (26, 116), (296, 46), (284, 84), (300, 120))
    )
    handle = s.line(f"M{x} 90v58q0 12 11 12t11-12", c.DEEP, 5)
    dolls = s.peg(x - 36, 162, 0.92, c.SUN, p.pick(*HAIR[:4])) + s.peg(x + 50, 162, 0.78, p.pops[0], p.pick(*HAIR[:4]))
    return s.ground(p, 158) + rain + s.cut(dolls) + handle + s.cut(canopy, side, s.line(f"M{x} 20v-7", c.DEEP, 5))


@motif(
    "puzzle",
    "четыре детали, которые складываются вместе",
    areas="spn",
    words="inklyuz ppk konsilium sensornaya-integr komand",
    mirrors=False,
)
def puzzle(p: Palette) -> str:
    colours = [p.deep, p.fill, c.SUN, p.pick(c.DEEP, c.WHITE)]
    p.dice.shuffle(colours)
    away = 10 + p.shift(4)
    a = s.path("M92 24h64v22a13 13 0 1 0 0 22v22h-22a13 13 0 1 1-22 0H92Z", colours[0])
    b = s.path("M160 24h64v66h-22a13 13 0 1 0-22 0h-20V68a13 13 0 1 1 0-22Z", colours[1])
    d = s.path("M92 94h20a13 13 0 1 0 22 0h22v20a13 13 0 1 1 0 22v22H92Z", colours[2])
    e = s.path("M160 94h20a13 13 0 1 1 22 0h22v64h-64v-22a13 13 0 1 0 0-22Z", colours[3])
    last = s.place(away, away * 0.6, 1, s.turn(6, 200, 120, e))
    return s.place(p.shift(20), 0, 1, s.cut(a), s.cut(b), s.cut(d), s.cut(last))


@motif(
    "cards",
    "карточки с цветными фигурами",
    areas="srp",
    words="alternativn kartink mnemo kartoch kommunikats raspis rannyaya-pom pomoshch etiket kultura-pov vizual",
)
def cards(p: Palette) -> str:
    figures: list[Callable[[float], str]] = [
        lambda x: s.dot(x, 92, 18, c.SUN),
        lambda x: s.path(f"M{s.num(x)} 70l21 38h-42Z", p.deep),
        lambda x: s.path(f"M{s.num(x - 19)} 108V92a19 19 0 0 1 38 0v16Z", p.pops[0]),
        lambda x: s.box(x - 16, 76, 32, 32, p.fill),
        lambda x: s.star(x, 92, 21, p.pops[1]),
        lambda x: s.heart(x, 92, 18, p.deep),
    ]
    p.dice.shuffle(figures)
    out = ""
    for figure, x, y, tilt in zip(figures, (62, 128, 194, 260), (92, 86, 88, 94), (-7, -2, 3, 8), strict=False):
        sheet = s.box(x - 31, 48, 62, 88, c.WHITE, 8) + figure(x)
        out += s.cut(s.place(0, y - 90 + p.shift(7), 1, s.turn(tilt + p.shift(4), x, 90, sheet)))
    return s.cut(s.line("M-8 30q168 34 336 0", p.deep, 5)) + out if p.chance(0.4) else out


@motif(
    "savings",
    "три копилки-банки с монетами",
    areas="sp",
    words="finans kopil gorchi yarmark den-g ekonomi",
)
def savings(p: Palette) -> str:
    out = s.ground(p, 146)
    colours = [p.deep, p.fill, p.pops[0]]
    p.dice.shuffle(colours)
    for k, (x, colour) in enumerate(zip((50, 128, 206), colours, strict=True)):
        jar = s.path(
            f"M{x} 66a10 10 0 0 1 10-10h44a10 10 0 0 1 10 10v70a12 12 0 0 1-12 12H{x + 12}a12 12 0 0 1-12-12Z", colour
        )
        side = s.path(f"M{x + 32} 56h22a10 10 0 0 1 10 10v70a12 12 0 0 1-12 12H{x + 32}Z", c.shade(colour))
        label = s.dot(x + 32, 102, 17, c.WHITE)
        mark = (s.heart(x + 32, 103, 9, colour), s.star(x + 32, 102, 11, colour), s.dot(x + 32, 102, 7, colour))[k]
        coin = s.disc(x + 32 + p.shift(8), 30 + p.shift(6), 11, c.SUN)
        out += s.cut(coin) + s.cut(jar, side, s.box(x + 3, 44, 58, 14, c.DEEP, 3)) + label + mark
    return out
