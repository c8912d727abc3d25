"""The land: steppe, Volga, garden, path, watermelon, starling house."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


@motif(
    "steppe",
    "степь, солнце и тюльпаны",
    areas="pn",
    words="step priroda ekologicheskoe kraeved polyn travy",
    still=False,
)
def steppe(p: Palette) -> str:
    x = 232 + p.shift(34)
    tulips = "".join(
        s.tulip(x0 + p.shift(8), 186, p.pick(c.CLAY, c.BERRY, c.SUN), 34 + p.shift(9))
        for x0 in (206, 240, 274)[: 2 + p.chance(0.6)]
    )
    tufts = s.grass(58 + p.shift(18), 186, 98 + p.shift(10), c.LEAF) + s.grass(136 + p.shift(8), 186, 66, p.deep)
    sky = s.birds(92 + p.shift(24), 44 + p.shift(10)) if p.chance(0.7) else s.cloud(96 + p.shift(30), 62)
    return (
        s.sun(x, 62 + p.shift(8), 36 + p.shift(4))
        + sky
        + s.cut(s.hill((122 + p.shift(8), 92, 112, 98 + p.shift(10)), c.SAND))
        + s.cut(s.hill((150, 128 + p.shift(6), 146, 132 + p.shift(8)), p.pick(p.fill, c.MEADOW)))
        + tufts
        + tulips
    )


@motif(
    "volga",
    "река, лодка под парусом и тополя на берегу",
    areas="prn",
    words="reka volg don priroda-kr bezopasnost-u",
    still=False,
)
def volga(p: Palette) -> str:
    x = 90 + p.shift(46)
    trees = "".join(
        s.poplar(x0 + p.shift(5), 104, h + p.shift(8), colour)
        for x0, h, colour in ((214, 54, c.LEAF_LIGHT), (236, 76, c.LEAF), (262, 60, c.LEAF_LIGHT), (284, 44, c.LEAF))
    )
    return (
        s.sun(70 + p.shift(26), 48 + p.shift(6), 28 + p.shift(3))
        + s.cut(s.hill((118, 96, 98, 92 + p.shift(6)), p.pick(c.SAND, p.soft)))
        + trees
        + s.cut(s.hill((130, 124, 104, 100), c.MEADOW))
        + s.cut(s.waves(128, c.WATER, p.shift(40)))
        + s.cut(s.boat(x, 118, 0.78, p.pick(p.deep, p.fill, p.deep)))
        + s.cut(s.waves(148, c.RIVER, p.shift(40), 10))
        + s.cut(s.waves(168, c.DEEP, p.shift(40), 8))
    )


@motif(
    "garden",
    "грядка с морковью, помидорами и лейка",
    areas="pn",
    words="ogorod mini-ferm trudovoe urozha gryadk posad gorchi",
    still=False,
)
def garden(p: Palette) -> str:
    def carrot(x: float) -> str:
        top = s.grass(x, 122, 30, c.LEAF_LIGHT)
        return (
            top + s.path(f"M{x - 11} 122q11-8 22 0l-11 44Z", c.CLAY) + s.path(f"M{x} 118q8 0 11 4l-11 44Z", "#a33407")
        )

    def tomato(x: float, h: float) -> str:
        leaves = "".join(
            s.path(f"M{x} {s.num(124 - h * up)}q{4 * side} -20 {24 * side} -16q{-2 * side} 14 {-24 * side} 16Z", colour)
            for up, side, colour in (
                (0.2, -1, c.LEAF),
                (0.45, 1, c.LEAF_LIGHT),
                (0.75, -1, c.LEAF_LIGHT),
                (0.9, 1, c.LEAF),
            )
        )
        fruits = "".join(
            s.disc(x + dx, 124 - h * up, 9.5, "#d2353c") for dx, up in ((-13, 0.42), (14, 0.7), (-9, 1.0), (11, 0.24))
        )
        return s.line(f"M{x} 124v{-h}", c.STEM, 4) + leaves + fruits

    can = s.cut(
        s.line("M254 74q26-14 28 20-4 20-22 22", p.deep, 6),
        s.path("M206 62l-30-22 8-10 40 34Z", p.fill),
        s.block(206, 66, 54, 56, p.deep),
        s.dome(233, 66, 27, p.fill),
    )
    drops = "".join(s.dot(x, y, 3, c.WATER) for x, y in ((166, 48), (158, 62), (171, 64), (150, 78), (164, 80)))
    return (
        s.sun(52 + p.shift(14), 42 + p.shift(6), 24)
        + s.cut(s.path("M-6 190V124q166-14 332 0v66Z", c.WOOD))
        + s.path("M-6 150q166-14 332 0v5q-166-14-332 0Z", "#74492a")
        + carrot(44 + p.shift(6))
        + tomato(98 + p.shift(5), 66 + p.shift(6))
        + carrot(146 + p.shift(6))
        + drops
        + can
    )


@motif(
    "trail",
    "тропа между деревьями и указатель",
    areas="pfn",
    words="ekologicheskaya-trop ekologicheskaya trop iom marshrut individualn kvest",
    still=False,
)
def trail(p: Palette) -> str:
    sign_x = 214 + p.shift(10)
    sign = s.cut(
        s.box(sign_x, 66, 7, 74, c.WOOD),
        s.path(f"M{sign_x - 28} 70h56l14 11-14 11h-56Z", p.deep),
        s.path(f"M{sign_x + 32} 98h-48l-13 10 13 10h48Z", c.SUN),
    )
    return (
        s.sun(150 + p.shift(50), 46, 24)
        + s.cut(s.hill((112, 84, 104, 92 + p.shift(8)), p.soft))
        + s.poplar(40, 124, 84 + p.shift(8))
        + s.poplar(68, 122, 60, c.LEAF_LIGHT)
        + s.bush(282, 124, 19 + p.shift(3), p.fill)
        + s.cut(s.hill((128, 112, 124, 112), c.MEADOW))
        + s.cut(s.path("M92 190q40-26 62-42t-14-30h16q44 16 30 38t-24 34Z", c.CREAM))
        + sign
        + s.tulip(48 + p.shift(10), 176, p.pick(c.CLAY, c.BERRY), 26, 0.8)
        + s.tulip(274 + p.shift(10), 178, p.pick(c.BERRY, c.SUN), 24, 0.8)
    )


@motif("melon", "полосатый арбуз и красный ломоть", areas="hfp", words="arbuz bakhch pitani bykov ovoshch")
def melon(p: Palette) -> str:
    flesh = c.CLAY if p.deep in (c.LEAF, c.BLUE, c.TEAL) else p.deep
    x = 106 + p.shift(14)
    return (
        s.cut(s.path(f"M-6 190V{s.num(150 + p.shift(4))}Q160 148 326 {s.num(152 + p.shift(4))}V190Z", p.fill))
        + s.cut(s.melon(x, 98, 56 + p.shift(3)))
        + s.cut(s.turn(-16 + p.shift(8), 222, 110, s.melon_slice(222 + p.shift(6), 86, 64, flesh)))
    )


@motif(
    "starling",
    "скворечник и птица на ветке",
    areas="sprn",
    words="adaptats volont ptits skvor rannyaya-pom pomoshch zabot konsultats",
)
def starling(p: Palette) -> str:
    x = 160 + p.shift(26)
    leaves = "".join(
        s.path(f"M{lx} {ly}q14-16 30-6-10 16-30 6Z", colour)
        for lx, ly, colour in ((26, 146, c.LEAF), (62, 140, c.LEAF_LIGHT), (254, 142, c.LEAF), (288, 150, c.LEAF_LIGHT))
    )
    roof = s.path(f"M{x - 62} 76l62-52 62 52-9 11-53-44-53 44Z", c.DEEP)
    bird = s.place(
        x + 72,
        124,
        1,
        s.disc(0, 0, 19, p.pick(c.SUN, c.WHITE)),
        s.dot(12, -17, 12, c.DEEP) + s.dot(15, -19, 2.4, c.WHITE) + s.path("M22-20l15 5-15 5Z", c.CLAY),
        s.path("M-14 2q-18 2-24 18 20 2 30-8Z", c.DEEP),
    )
    return (
        s.line("M-8 158q120-22 336-8", c.WOOD, 10)
        + leaves
        + s.cut(s.path(f"M{x - 46} 148V76l46-38 46 38v72Z", p.fill), s.path(f"M{x} 38l46 38v72h-46Z", p.deep), roof)
        + s.dot(x, 92, 19, c.DEEP)
        + s.line(f"M{x} 126v12", c.DEEP, 5)
        + s.cut(bird)
    )
