"""The town and the village: houses, crane, bridge, road, neighbours, lighthouse, keepsakes."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


@motif(
    "city",
    "дома, башня и строительный кран",
    areas="sp",
    words="rannyaya-prof proforient profess gorod stroi konstruirov master-grad",
    still=False,
)
def city(p: Palette) -> str:
    crane_x = 262 + p.shift(8)
    crane = s.line(
        f"M{crane_x} 160V34M{crane_x + 40} 40H{crane_x - 74}M{crane_x} 30l-64 10M{crane_x - 60} 40v12", c.DEEP, 5
    )
    load = s.box(crane_x - 71, 50, 22, 15, c.SUN)
    windows = "".join(s.box(x, y, 13, 15, c.WHITE) for x in (106, 128) for y in (52, 78, 104))
    return (
        s.sun(40 + p.shift(14), 40 + p.shift(6), 22)
        + s.cut(crane, load)
        + s.cut(s.house(28, 160, 60, 56 + p.shift(8), p.fill, p.pick(c.SUN, c.DEEP)))
        + s.cut(s.block(94, 36, 58, 124, p.deep))
        + windows
        + s.cut(
            s.block(164, 112, 62, 48, p.pops[0]), s.dome(195, 113, 31, p.pops[1]), s.arch(182, 160, 26, 34, c.WHITE)
        )
        + s.cut(s.box(-6, 158, 332, 40, c.DEEP))
        + s.line("M6 170h308", c.WHITE, 3, "16 18")
    )


@motif(
    "bridge",
    "мост с арками, поезд и река",
    areas="pn",
    words="stem inzhener preemstvenn most puteshestv virtualnye-muz",
    still=False,
)
def bridge(p: Palette) -> str:
    x = 60 + p.shift(34)
    cars = s.box(x, 50, 46, 30, p.pops[0]) + s.box(x + 32, 36, 14, 14, c.DEEP) + s.box(x + 8, 58, 12, 10, c.WHITE)
    for k in (1, 2)[: 1 + p.chance(0.6)]:
        cars += s.box(x + 4 - 46 * k, 58, 38, 22, (c.SUN, p.pops[1])[k - 1])
    wheels = "".join(s.dot(x + dx, 81, 7, c.DEEP) for dx in (10, 36, -10, -32))
    return (
        s.sun(242 + p.shift(30), 40, 24)
        + s.cut(s.hill((128, 112, 110, 104 + p.shift(6)), p.soft))
        + s.cut(cars, wheels)
        + s.cut(
            s.path(
                "M-6 86H326V168H296" + "v-14a40 44 0 0 0-80 0v14h-18" * 2 + "v-14a40 44 0 0 0-80 0v14H-6Z",
                p.deep,
            ),
            s.box(-6, 86, 332, 7, p.fill),
        )
        + s.cut(s.waves(156, c.WATER, p.shift(40), 10))
        + s.cut(s.waves(170, c.RIVER, p.shift(40), 8))
    )


@motif(
    "road",
    "пешеходный переход, светофор и дом",
    areas="sp",
    words="pdd doro svetofor osnovy-bezopasn obzh pozhar bezopasnost",
    still=False,
)
def road(p: Palette) -> str:
    stripes = "".join(
        s.path(f"M{138 - k * 8} {116 + k * 17}h{72 + k * 16}l4 10h-{80 + k * 16}Z", c.WHITE) for k in range(4)
    )
    light_x = 252 + p.shift(8)
    light = s.box(light_x + 11, 90, 8, 62, c.DEEP) + s.box(light_x, 34, 30, 74, c.DEEP, 8)
    lamps = "".join(s.dot(light_x + 15, y, 8.5, colour) for y, colour in ((48, "#e5484d"), (71, c.SUN), (94, c.MEADOW)))
    return (
        s.cloud(110 + p.shift(40), 54 + p.shift(8), 0.9)
        + s.cut(s.hill((116, 98, 102, 92), c.MEADOW))
        + s.cut(s.house(30 + p.shift(6), 118, 68, 48, p.deep, c.SUN))
        + s.bush(124 + p.shift(4), 112, 13, c.LEAF)
        + s.cut(s.path("M96 190l44-82h72l44 82Z", c.DEEP))
        + stripes
        + s.cut(light)
        + lamps
    )


@motif(
    "neighbours",
    "домики на холмах, соединённые дорожкой",
    areas="sn",
    words="setevoe malokomplekt gorizontaln khutor sel distantsion derevn",
    still=False,
)
def neighbours(p: Palette) -> str:
    roofs = [c.SUN, c.DEEP, p.pops[0]]
    p.dice.shuffle(roofs)
    near, far = p.shift(6), p.shift(5)
    return (
        s.sun(160 + p.shift(60), 38, 22)
        + s.cut(s.hill((102, 78, 100, 86), p.soft))
        + s.cut(s.house(58 + far, 92, 36, 28, c.CREAM, roofs[0]))
        + s.cut(s.house(232 - far, 94, 40, 30, p.fill, roofs[1]))
        + s.poplar(112 + far, 98, 50)
        + s.cut(s.hill((124, 108, 120, 104), c.MEADOW))
        + s.line("M70 98q30 44 84 34t96-36M154 132q10 22-10 50", c.WHITE, 5, "1 12")
        + s.cut(s.house(132 + near, 152, 56, 42, p.deep, roofs[2]))
        + s.cut(s.hill((160, 158, 168, 142), p.fill))
        + s.bush(34, 164, 15, c.LEAF)
        + s.poplar(284, 160, 62 + p.shift(8), c.LEAF)
    )


@motif(
    "lighthouse",
    "маяк на берегу Волги",
    areas="nsr",
    words="nastavn mayak tyutor vygoran professionaln psikholog",
    still=False,
)
def lighthouse(p: Palette) -> str:
    x = 196 + p.shift(22)
    tower = s.path(f"M{x - 26} 152l9-92h34l9 92Z", c.WHITE) + s.path(f"M{x} 60h17l9 92h-26Z", c.PAPER_SHADE)
    bands = s.path(f"M{x - 19.5} 84h39l2 22h-43Z", p.deep) + s.path(f"M{x - 23.500} 126h47l2 22h-51Z", p.deep)
    head = s.box(x - 13, 38, 26, 22, c.SUN) + s.box(x - 23, 58, 46, 6, c.DEEP) + s.dome(x, 38, 16, p.fill)
    beam = f'<g opacity=".55">{s.path(f"M{x - 12} 49l-230-34v62Z", c.SUN)}</g>'
    return (
        beam
        + s.cut(s.hill((150, 140, 128, 112 + p.shift(6)), c.SAND))
        + s.cut(tower, bands, head)
        + s.cut(s.waves(146, c.WATER, p.shift(40)))
        + s.cut(s.boat(52 + p.shift(22), 140, 0.6, p.pick(c.WHITE, c.SUN, p.fill)))
        + s.cut(s.waves(164, c.RIVER, p.shift(40), 9))
    )


@motif(
    "suitcase",
    "старый чемодан с наклейками",
    areas="srp",
    news="stazhirovki",
    words="chemodan muzey pokolen stalingrad eksponat",
)
def suitcase(p: Palette) -> str:
    x = 62 + p.shift(12)
    stickers = (
        s.turn(-8, x + 38, 88, s.box(x + 20, 78, 34, 22, c.WHITE), s.wedge(x + 28, 97, 18, 14, p.pops[0]))
        + s.dot(x + 160, 86, 15, c.WHITE)
        + s.star(x + 160, 86, 11, p.pops[1])
        + s.box(x + 140, 132, 40, 17, c.CREAM, 3)
        + s.line(f"M{x + 147} 140h26", p.deep, 3)
    )
    return (
        s.ground(p, 156)
        + s.cut(s.path(f"M{x + 66} 58V44a12 12 0 0 1 12-12h44a12 12 0 0 1 12 12v14h-12V45h-44v13Z", c.DEEP))
        + s.cut(s.box(x, 54, 200, 108, p.deep, 14), s.box(x, 104, 200, 12, p.fill))
        + s.box(x + 26, 54, 9, 108, c.mix(p.deep, c.DEEP, 0.35))
        + s.box(x + 165, 54, 9, 108, c.mix(p.deep, c.DEEP, 0.35))
        + s.cut(s.block(x + 88, 98, 24, 26, c.SUN))
        + stickers
    )


@motif(
    "memory",
    "две гвоздики и письмо, сложенное треугольником",
    areas="s",
    words="stalingrad patriotich pamyat pobed voyn dukhovno",
    still=False,
)
def memory(p: Palette) -> str:
    red, dark = "#b4232c", "#8f1a22"

    def carnation(tilt: float, length: float) -> str:
        bloom = s.path("M-22-14l6 5 5-10 6 8 5-11 5 11 6-8 5 10 6-5q-1 24-22 28-21-4-22-28Z", red)
        side = s.path("M0-22l5 11 6-8 5 10 6-5q-1 24-22 28Z", dark)
        stem = s.line(f"M0 20v{length - 14}", c.STEM, 4.5) + s.path("M0 70q16-14 22-34-22 6-22 34Z", c.LEAF)
        cup_ = s.path("M-8 10h16l-4 18h-8Z", c.LEAF)
        return s.turn(tilt, 104, 160, s.place(104, 160 - length, 1, stem, cup_, bloom, side))

    letter = s.path("M166 138l76-86 76 86Z", c.CREAM) + s.path("M166 138l76-36 76 36Z", "#f0dfbb")
    letter += s.line("M166 138l76-36 76 36", "#dcc797", 2) + s.line("M226 88h30M220 96h26", "#b9a36f", 2.5)
    stamp = s.dot(242, 126, 8, red) + s.star(242, 126, 5, c.CREAM)
    x = p.shift(8)
    return (
        s.box(0, 0, 320, 180, p.tint)
        + s.dot(150 + p.shift(40), 92, 84 + p.shift(8), p.soft)
        + s.cut(s.box(-6, 138, 332, 50, c.DEEP))
        + s.place(x - 24, 4, 1, s.cut(s.turn(-5 + p.shift(3), 242, 110, letter, stamp)))
        + s.place(
            x - 6, 0, 1, s.cut(carnation(-17 + p.shift(2), 96)) + s.cut(carnation(9 + p.shift(2), 108 + p.shift(5)))
        )
    )
