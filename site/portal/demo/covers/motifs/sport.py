"""Movement and health: balls, hoops, water, tents, wheels, kites, apples, medals, footprints."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


def beach_ball(x: float, y: float, r: float, first: str, second: str) -> str:
    """A ball of three lobes around x, y."""
    lobes = s.path(f"M{x} {y - r}a{r} {r} 0 0 1 0 {2 * r} {r * 1.5} {r * 1.5} 0 0 0 0-{2 * r}Z", second)
    return (
        s.dot(x, y, r, first)
        + lobes
        + s.path(f"M{x} {y - r}a{r} {r} 0 0 0 0 {2 * r} {r * 1.5} {r * 1.5} 0 0 1 0-{2 * r}Z", c.WHITE)
    )


@motif("ball", "мяч скачет через ворота", areas="f", words="podvizhn zabav myach dvigat kazach", still=False)
def ball(p: Palette) -> str:
    x = 252 + p.shift(16)
    hop = s.line(f"M20 146Q78 -4 146 132Q182 44 {x - 40} 122", p.deep, 7, "1 15")
    gate = (
        s.box(44, 88, 12, 72, c.DEEP)
        + s.box(104, 88, 12, 72, c.DEEP)
        + s.box(44, 84, 72, 13, p.pick(c.DEEP, c.CLAY, p.deep))
    )
    return (
        (s.sun(60 + p.shift(20), 38, 20) if p.chance(0.5) else s.cloud(200, 50))
        + hop
        + s.cut(s.hill((150, 138, 142, 146 + p.shift(6)), p.fill))
        + s.cut(s.turn(20 + p.shift(20), x, 112, beach_ball(x, 112, 36, p.pick(c.CLAY, c.BLUE, c.BERRY), c.SUN)))
        + s.cut(gate)
    )


@motif("hoops", "обручи, кегли и мяч", areas="f", words="sport zaryadk podvizhn gto razmink")
def hoops(p: Palette) -> str:
    def ring(x: float, y: float, r: float, colour: str) -> str:
        return f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{colour}" stroke-width="10"/>'

    def skittle(x: float, y: float, colour: str) -> str:
        body = s.path("M-9-58q-8-22 9-22t9 22q-3 10 4 22 12 24-2 36h-22q-14-12-2-36 7-12 4-22Z", c.WHITE)
        body += s.path("M0-80q17 0 9 22-3 10 4 22 12 24-2 36H0Z", c.PAPER_SHADE) + s.box(-9, -56, 18, 8, colour)
        return s.cut(s.place(x, y, 1, body))

    hoop = s.cut(ring(96 + p.shift(8), 92, 60, p.deep)) + s.cut(
        ring(146 + p.shift(8), 104, 46, p.pick(c.SUN, p.pops[0]))
    )
    return (
        hoop
        + s.ground(p, 152)
        + skittle(216 + p.shift(5), 152, c.CLAY)
        + skittle(250, 156, p.pops[0])
        + skittle(284 + p.shift(4), 152, p.deep)
        + s.cut(beach_ball(178 + p.shift(8), 140, 22, p.pops[1], c.SUN))
    )


@motif(
    "swim",
    "спасательный круг на волнах",
    areas="f",
    words="bezopasnost-u plavan basseyn zakal",
    still=False,
)
def swim(p: Palette) -> str:
    x = 108 + p.shift(16)
    ring = s.dot(x, 104, 54, c.WHITE)
    ring += "".join(
        s.turn(k * 90 + 20, x, 104, s.path(f"M{x - 16} 52a54 54 0 0 1 32 0l-9 33a22 22 0 0 0-14 0Z", c.CLAY))
        for k in range(4)
    )
    hole = s.dot(x, 104, 23, c.mix(c.WATER, c.WHITE, 0.35))
    duck = s.path("M0 0h62q10-22 4-34-8 14-24 10-4-32-22-32-18 2-18 20l-14 4 16 8Q-4-16 0 0Z", c.SUN)
    duck += (
        s.dot(17, -38, 3, c.DEEP)
        + s.path("M2-38l-18 4 16 7Z", c.CLAY)
        + s.path("M22-14q18 2 30-8-4 20-24 16Z", c.SUN_SHADE)
    )
    friend = (
        s.place(210 + p.shift(12), 132, 1.05, duck) if p.chance(0.6) else s.boat(194 + p.shift(14), 112, 0.8, p.deep)
    )
    return (
        s.sun(276, 40, 24)
        + s.cloud(176 + p.shift(24), 52, 0.8)
        + s.cut(s.hill((104 + p.shift(6), 88, 96, 86 + p.shift(6)), p.fill))
        + s.cut(s.waves(112, c.mix(c.WATER, c.WHITE, 0.35), p.shift(40)))
        + s.cut(ring, hole)
        + s.cut(friend)
        + s.cut(s.waves(134, c.WATER, p.shift(40)))
        + s.cut(s.waves(156, c.RIVER, p.shift(40), 10))
    )


@motif("tent", "палатка в степи и тополя", areas="fp", words="turizm pokhod lager progulk zozh", still=False)
def tent(p: Palette) -> str:
    x = 140 + p.shift(24)
    canvas = s.path(f"M{x} 60L{x - 76} 150h152Z", p.deep) + s.path(f"M{x} 60l76 90h22L{x + 30} 62Z", c.shade(p.deep))
    door = s.path(f"M{x} 92l-26 58h52Z", c.DEEP) + s.path(f"M{x} 92l-26 58h-14Z", p.fill)
    fire = s.path("M0 0q-18-14-4-34 4 8 6 8 2-12 8-18 2 14 10 22 8 14-4 22Z", c.SUN) + s.path(
        "M2 0q-8-8 2-20 10 12 6 20Z", c.CLAY
    )
    logs = s.line("M-14 4l34-6M-12-2l32 8", c.WOOD, 5)
    return (
        s.sun(60 + p.shift(20), 46 + p.shift(6), 26)
        + s.cut(s.hill((112, 86, 100, 84 + p.shift(8)), p.soft))
        + s.poplar(262, 128, 88 + p.shift(8))
        + s.poplar(288, 128, 64, c.LEAF_LIGHT)
        + s.poplar(36, 136, 60, c.LEAF_LIGHT)
        + s.cut(s.hill((132, 124, 128, 122), p.fill))
        + s.cut(canvas)
        + door
        + s.flag(x, 62, 26, c.SUN)
        + s.cut(s.hill((154, 152, 158, 148), c.MEADOW))
        + s.cut(s.place(254 + p.shift(10), 164, 1, logs, fire))
    )


@motif("bicycle", "велосипед на дорожке", areas="fs", words="velosiped progulk transport sport", still=False)
def bicycle(p: Palette) -> str:
    x = 100 + p.shift(10)

    def wheel(cx: float) -> str:
        spokes = s.line(
            f"M{cx - 34} 122h68M{cx} 88v68M{cx - 24} 98l48 48M{cx + 24} 98l-48 48", c.mix(c.DEEP, p.tint, 0.55), 2
        )
        return (
            f'<circle cx="{cx}" cy="122" r="36" fill="none" stroke="{c.DEEP}" stroke-width="9"/>'
            + spokes
            + s.dot(cx, 122, 6, c.SUN)
        )

    frame = s.line(f"M{x} 122l34-50h60l-38 50Z", p.deep, 8) + s.line(
        f"M{x + 56} 122l-28-62M{x + 118} 122L{x + 88} 50", p.deep, 8
    )
    bars = s.line(f"M{x + 88} 50h18q12 0 10 12", c.DEEP, 7) + s.path(f"M{x + 10} 52h38q0 12-16 12h-14Z", c.DEEP)
    basket = s.block(x + 100, 62, 38, 28, c.SUN) if p.chance(0.5) else s.flag(x + 2, 118, 78, p.pops[0])
    return (
        s.sun(264 + p.shift(20), 38, 22)
        + s.cut(s.hill((130, 96, 112, 98 + p.shift(8)), p.soft))
        + s.bush(42, 140, 18, p.fill)
        + s.poplar(288, 146, 80)
        + s.cut(s.hill((158, 154, 156, 152), p.fill))
        + s.cut(wheel(x), wheel(x + 118), frame, bars, basket)
        + s.line("M10 174h300", c.WHITE, 3, "14 16")
    )


@motif(
    "kite",
    "ребёнок запускает воздушного змея",
    areas="fsp",
    words="veter progulk detskaya-init initsiativ samostoyat sobytiy",
    still=False,
)
def kite(p: Palette) -> str:
    x, y = 196 + p.shift(24), 64 + p.shift(5)
    hand = 62 + p.shift(8)
    sail = s.path(f"M{x} {y - 50}l38 42-38 62-38-62Z", p.deep) + s.path(f"M{x} {y - 50}l38 42H{x}Z", c.SUN)
    sail += s.path(f"M{x} {y - 8}h38L{x} {y + 54}Z", p.fill)
    tail = s.line(f"M{x} {y + 54}q9 12 0 22t4 20 8 8", c.DEEP, 3)
    bows = "".join(
        s.path(f"M{bx} {by}l-11-7v14ZM{bx} {by}l11-7v14Z", colour)
        for bx, by, colour in ((x + 3, y + 68, p.pops[0]), (x - 1, y + 84, c.SUN), (x + 6, y + 99, p.pops[1]))
    )
    thread = s.line(f"M{hand + 14} 132Q{hand + 70} 120 {x - 2} {y}", c.DEEP, 2)
    return (
        s.cloud(34 + p.shift(14), 60, 0.95)
        + s.cloud(262 + p.shift(8), 40, 0.7)
        + s.cut(s.hill((132, 112, 120, 96 + p.shift(8)), p.soft))
        + s.cut(s.hill((150, 144, 166, 150), p.pick(p.fill, c.MEADOW)))
        + thread
        + s.turn(16, x, y, tail + bows)
        + s.cut(s.turn(16, x, y, sail))
        + s.cut(s.peg(hand, 162, 1.0, p.pops[2]) + s.line(f"M{hand + 8} 142l9-11", p.pops[2], 6))
        + s.tulip(236, 180, c.CLAY, 20, 0.8)
        + s.tulip(286, 178, c.BERRY, 24, 0.8)
    )


@motif("fruit", "миска с яблоками и грушей", areas="f", words="pitani zozh zdorov vitamin fruk kultura-pit")
def fruit(p: Palette) -> str:
    def apple(x: float, y: float, r: float, colour: str) -> str:
        stem = s.line(f"M{x} {y - r + 2}q1-9 7-12", c.WOOD, 4) + s.path(
            f"M{x + 4} {y - r - 4}q10-14 24-6-8 14-24 6Z", c.LEAF
        )
        return s.cut(stem, s.disc(x, y, r, colour))

    x = 160 + p.shift(20)
    pear = s.path(f"M{x} 18q15 2 15 24 4 16 16 28 8 34-31 36-39-2-31-36 12-12 16-28 0-22 15-24Z", c.SUN)
    pear += s.path(f"M{x} 18q15 2 15 24 4 16 16 28 8 34-31 36Z", c.SUN_SHADE) + s.line(f"M{x} 20q0-10 6-14", c.WOOD, 4)
    bowl = s.path(f"M{x - 96} 96h192q-6 62-62 64h-68q-56-2-62-64Z", p.deep) + s.path(
        f"M{x} 96h96q-6 62-62 64H{x}Z", c.shade(p.deep)
    )
    dots = "".join(s.dot(x - 60 + k * 30, 118, 7, (c.WHITE, p.fill)[k % 2]) for k in range(5))
    return (
        s.ground(p, 154)
        + s.cut(s.turn(p.shift(8), x, 90, pear))
        + apple(x - 50, 78, 30, p.pick(c.CLAY, c.BERRY, "#d2353c"))
        + apple(x + 52, 80, 28, p.pick(c.CLAY, c.MEADOW, "#d2353c"))
        + s.cut(bowl)
        + dots
    )


@motif(
    "podium",
    "три фигурки на пьедестале и гирлянда флажков",
    areas="fn",
    news="konkursy",
    words="gto sorevnov sport konkurs medal attest",
)
def podium(p: Palette) -> str:
    x = 160 + p.shift(12)
    bunting = s.line("M-6 10q166 30 332 0", c.DEEP, 3) + "".join(
        s.path(f"M{bx} {by}h22l-11 19Z", colour)
        for bx, by, colour in (
            (24, 15, p.deep),
            (72, 21, c.SUN),
            (120, 24, p.fill),
            (176, 24, p.pops[0]),
            (224, 21, c.SUN),
            (272, 15, p.deep),
        )
    )
    steps = (
        s.cut(s.block(x - 100, 122, 66, 50, p.fill))
        + s.cut(s.block(x + 34, 132, 66, 40, c.SUN))
        + s.cut(s.block(x - 34, 100, 68, 72, p.deep))
    )
    coats = p.pops[1:4]
    winners = (
        s.cut(s.peg(x - 67, 122, 0.8, coats[0]))
        + s.cut(s.peg(x + 67, 132, 0.8, coats[1]))
        + s.cut(s.peg(x, 100, 0.86, coats[2]))
    )
    medal = s.line(f"M{x - 7} 75l7 8 7-8", c.WHITE, 2.4) + s.disc(x, 87, 6, c.SUN if coats[2] != c.SUN else c.WHITE)
    return (
        s.cut(bunting)
        + s.ground(p, 164)
        + winners
        + steps
        + medal
        + s.star(x - 67, 146, 14, c.WHITE)
        + s.star(x + 67, 152, 11, c.WHITE)
    )


@motif(
    "steps_path",
    "следы босых ног на цветных ковриках",
    areas="f",
    words="sensorn dostupn zdorovyesber zdoroviesb massazh taktil zakal",
)
def steps_path(p: Palette) -> str:
    def foot(x: float, y: float, tilt: float, colour: str) -> str:
        sole = s.path("M-13-6q0-20 14-20 15 0 12 24-2 12-5 18 3 22-9 22-13 0-10-20-2-12-2-24Z", colour)
        toes = "".join(
            s.dot(tx, ty, r, colour) for tx, ty, r in ((-11, -32, 5.5), (-2, -36, 4.4), (6, -35, 4), (12, -31, 3.6))
        )
        return s.turn(tilt, x, y, s.place(x, y, 0.74, sole, toes))

    colours = [p.deep, c.SUN, p.fill, p.pops[0]]
    p.dice.shuffle(colours)
    out = ""
    for k, (x, height) in enumerate(((50, 118), (124, 74), (196, 112), (270, 68))):
        y = height + p.shift(8)
        mat = s.box(x - 38, y - 38, 76, 76, colours[k], 14)
        ink = c.DEEP if colours[k] == c.SUN else c.WHITE
        out += s.cut(s.turn(p.shift(9), x, y, mat, foot(x - 15, y + 6, -6, ink), mirrored(x, foot(x - 15, y, -6, ink))))
    return out


def mirrored(x: float, drawing: str) -> str:
    """Reflect a drawing in the vertical line through x."""
    return f'<g transform="translate({s.num(2 * x)} 0) scale(-1 1)">{drawing}</g>'
