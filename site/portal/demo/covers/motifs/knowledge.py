"""Finding out: blocks, chess, experiments, robots, numbers, the magnifier."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


@motif(
    "blocks",
    "постройка из цветных кубиков",
    areas="psn",
    words="dary bloki dyenesh lego fryobel konstruir montessor rpps razvivayushchaya transformiruem",
)
def blocks(p: Palette) -> str:
    colours = [p.deep, c.SUN, p.fill, *p.pops[:2]]
    p.dice.shuffle(colours)
    x = 66 + p.shift(16)
    middle = s.block(x + 66, 88, 62, 62, colours[1])
    middle += s.dot(x + 97, 119, 15, c.WHITE) if p.chance(0.5) else s.arch(x + 82, 150, 30, 42, c.DEEP)
    top = s.cut(s.wedge(x + 18, 88, 92, 62, colours[3]))
    return (
        s.ground(p, 150)
        + s.cut(s.block(x, 88, 62, 62, colours[0]))
        + s.cut(middle)
        + s.cut(s.block(x + 132, 102, 52, 48, colours[2]))
        + top
        + s.cut(s.dome(x + 158, 102, 26, colours[4]))
        + (s.flag(x + 158, 76, 40, p.deep) if p.chance(0.6) else s.cut(s.disc(x + 158, 62, 14, p.deep)))
    )


@motif("chess", "шахматные фигуры на доске", areas="p", words="shakhmat logichesk matemat funktsional")
def chess(p: Palette) -> str:
    board = "".join(
        s.box(-4 + k * 41, 148 + row * 16, 41, 16, c.WHITE if (k + row) % 2 else p.deep)
        for row in (0, 1)
        for k in range(8)
    )
    foot = s.path("M-30 0h60l-5-15h-50Z", "{c}")

    def piece(x: float, colour: str, body: str) -> str:
        light = (foot + body).replace("{c}", colour).replace("{s}", c.shade(colour))
        return s.cut(s.place(x, 152, 1, light))

    rook = s.path("M-20-14l4-52h-9v-26h12v10h8v-10h10v10h8v-10h12v26h-9l4 52Z", "{c}")
    rook += s.path("M0-14v-68h5v-10h0v10h8v-10h12v26h-9l4 52Z", "{s}")
    knight = s.path("M-20-14q-2-30 16-44-18 8-28 16l-8-12q12-26 34-40l4-12 8 12q26 14 22 46-2 18-6 34Z", "{c}")
    knight += s.path("M2-106l8 12q26 14 18 80H6q18-50-4-92Z", "{s}") + s.dot(-4, -76, 4, c.WHITE)
    pawn = s.path("M-18-14q12-16 10-34h16q-2 18 10 34Z", "{c}") + s.dot(0, -60, 17, "{c}")
    pawn += s.path("M0-77a17 17 0 0 1 0 34v0h8q-2 18 10 29H0Z", "{s}")
    first, second = (p.deep, c.SUN) if p.chance(0.5) else (p.fill, c.DEEP)
    return (
        s.cut(board)
        + piece(76 + p.shift(6), first, rook)
        + piece(168 + p.shift(6), second, knight)
        + piece(252 + p.shift(6), p.pick(first, p.pops[0]), pawn)
    )


@motif(
    "flasks",
    "колбы с цветной водой и пузырьки",
    areas="p",
    words="eksperiment laborator opyty triz issled",
)
def flasks(p: Palette) -> str:
    def flask(x: float, colour: str, level: float) -> str:
        glass = s.path(f"M{x - 12} 44h24v36l34 58a11 11 0 0 1-10 16h-72a11 11 0 0 1-10-16l34-58Z", c.WHITE)
        water = s.path(
            f"M{x - 12 - level * 34} {80 + 58 * level}h{24 + level * 68}l{(1 - level) * 34} {58 * (1 - level)}"
            f"a11 11 0 0 1-10 16h-72a11 11 0 0 1-10-16Z",
            colour,
        )
        return (
            s.cut(glass, water, s.box(x - 17, 38, 34, 10, c.DEEP, 4))
            + s.dot(x - 8, 132, 5, c.WHITE)
            + s.dot(x + 10, 140, 4, c.WHITE)
        )

    tube = s.box(232, 52, 30, 102, c.WHITE, 15) + s.path("M232 96h30v43a15 15 0 0 1-30 0Z", p.pops[0])
    bubbles = "".join(
        s.dot(x + p.shift(6), y + p.shift(5), r, colour)
        for x, y, r, colour in ((98, 24, 6, c.SUN), (112, 10, 4, p.fill), (186, 22, 7, p.pops[0]), (174, 8, 4, c.SUN))
    )
    a, b = (p.deep, c.SUN) if p.chance(0.5) else (c.SUN, p.deep)
    return (
        s.ground(p, 150)
        + s.cut(flask(94, a, 0.3 + p.dice.random() * 0.4))
        + s.cut(flask(180, b, 0.2 + p.dice.random() * 0.4))
        + s.cut(tube, s.box(228, 46, 38, 9, c.DEEP, 4))
        + bubbles
    )


@motif(
    "robot",
    "игрушечный робот",
    areas="pn",
    words="robot algoritm qr interaktivn tsifrovye stem",
    mirrors=False,
)
def robot(p: Palette) -> str:
    x = 160 + p.shift(34)
    body = s.block(x - 42, 88, 84, 56, p.deep) + s.box(x - 24, 100, 48, 24, c.WHITE, 5)
    body += s.dot(x - 12, 112, 6, p.pops[0]) + s.dot(x + 2, 112, 6, c.SUN) + s.dot(x + 15, 112, 5, p.fill)
    head = s.block(x - 32, 36, 64, 46, p.fill) + s.dot(x - 14, 56, 9, c.WHITE) + s.dot(x + 14, 56, 9, c.WHITE)
    head += s.dot(x - 13, 57, 4, c.DEEP) + s.dot(x + 15, 57, 4, c.DEEP) + s.line(f"M{x - 10} 73h20", c.WHITE, 4)
    antenna = s.line(f"M{x} 36v-14", c.DEEP, 4) + s.dot(x, 18, 8, c.SUN)
    raised = p.chance(0.5)
    arms = s.line(f"M{x - 44} 96l-26 {-26 if raised else 22}", c.DEEP, 8) + s.line(f"M{x + 44} 96l26 22", c.DEEP, 8)
    arms += s.disc(x - 72, 68 if raised else 120, 10, c.SUN) + s.disc(x + 72, 120, 10, c.SUN)
    legs = s.box(x - 28, 142, 18, 18, c.DEEP) + s.box(x + 10, 142, 18, 18, c.DEEP)
    cubes = s.cut(s.block(x - 132, 124, 34, 34, p.pops[0])) + s.cut(s.wedge(x + 96, 158, 42, 38, p.pops[1]))
    return s.ground(p, 156) + cubes + s.cut(arms, legs) + s.cut(antenna, head, s.box(x - 12, 80, 24, 10, c.DEEP), body)


@motif(
    "magnifier",
    "лупа над божьей коровкой и листом",
    areas="prn",
    news="monitoring",
    words="nablyuden issledovat diagnost proekt analiz odaryon",
)
def magnifier(p: Palette) -> str:
    x, y = 142 + p.shift(14), 82 + p.shift(4)
    leaf = s.path("M24 168q20-92 142-112 64 96-46 118-56 8-96-6Z", c.LEAF) + s.path(
        "M24 168q60-60 142-112 64 96-46 118-56 8-96-6Z", c.LEAF_LIGHT
    )
    glass = s.dot(x, y, 58, p.deep) + s.dot(x, y, 47, c.WHITE)
    bug = s.dot(x, y - 17, 13, c.DEEP) + s.dot(x, y + 5, 25, "#d2353c")
    bug += s.path(f"M{x} {y - 20}a25 25 0 0 1 0 50Z", "#ad242b") + s.line(f"M{x} {y - 18}v46", c.DEEP, 3)
    bug += "".join(s.dot(x + dx, y + dy, 4.5, c.DEEP) for dx, dy in ((-12, -2), (12, -2), (-9, 14), (9, 14)))
    bug += s.line(f"M{x - 6} {y - 28}l-7-8M{x + 6} {y - 28}l7-8", c.DEEP, 3)
    handle = s.line(f"M{x + 50} {y + 44}l54 48", c.DEEP, 17)
    return (
        s.cut(leaf)
        + s.cut(handle, s.line(f"M{x + 45} {y + 39}l10 9", c.SUN, 15), glass)
        + s.turn(18 + p.shift(30), x, y, bug)
    )


@motif(
    "abacus",
    "деревянные счёты с цветными косточками",
    areas="p",
    words="matematik schyot kyuizener funktsionaln predshkol gotovnost shkol",
)
def abacus(p: Palette) -> str:
    frame = s.path("M52 20h216v136H52ZM66 34v108h188V34Z", c.WOOD).replace("<path", '<path fill-rule="evenodd"', 1)
    rows = ""
    for k, y in enumerate((54, 88, 122)):
        colour = (p.deep, c.SUN, p.pops[0])[k]
        left = p.dice.randint(1, 5)
        rows += s.line(f"M68 {y}h184", c.DEEP, 3)
        for bead in range(6):
            x = 80 + bead * 20 if bead < left else 240 - (5 - bead) * 20
            rows += s.disc(x, y, 12.5, colour)
    return s.ground(p, 152) + s.cut(frame) + s.cut(rows)


@motif(
    "rocket",
    "ракета среди звёзд",
    areas="pn",
    words="kosmos odaryonn mechta proektn detskaya-init initsiativ",
    still=False,
)
def rocket(p: Palette) -> str:
    stars = "".join(
        s.star(x + p.shift(10), y + p.shift(8), r, c.SUN)
        for x, y, r in ((50, 42, 12), (92, 112, 8), (262, 120, 11), (214, 34, 8), (34, 128, 7))
    )
    planet = s.disc(268, 48, 24, p.pops[0]) + s.line("M236 58q36 8 64-24", c.WHITE, 5)
    body = s.path("M0-70q28 26 26 74l-6 26h-40l-6-26q-2-48 26-74Z", c.WHITE) + s.path(
        "M0-70q28 26 26 74l-6 26H0Z", c.PAPER_SHADE
    )
    nose = s.path("M0-70q14 13 21 34h-42q7-21 21-34Z", p.deep) + s.dot(0, -12, 12, p.deep) + s.dot(0, -12, 7, c.SKY)
    fins = s.path("M-25 0l-20 26v20l26-16ZM25 0l20 26v20L19 30Z", p.fill)
    fire = s.path("M-14 34h28L0 76Z", c.SUN) + s.path("M-7 34H7L0 58Z", c.CLAY)
    return (
        s.dot(60 + p.shift(20), 176, 84, p.soft)
        + stars
        + s.cut(planet)
        + s.cut(s.turn(24 + p.shift(10), 154, 92, s.place(154, 92, 1, fire, fins, body, nose)))
        + s.cut(s.hill((152, 164, 160, 148), p.deep))
    )


@motif(
    "sandbox",
    "песочный замок, ведёрко и совок",
    areas="pshf",
    words="pesochn pesk sreda-uchast sreda-na uchastk igrov adapt",
    still=False,
)
def sandbox(p: Palette) -> str:
    x = 118 + p.shift(14)
    towers = (
        s.block(x - 52, 84, 34, 66, c.SAND) + s.block(x + 18, 84, 34, 66, c.SAND) + s.block(x - 22, 62, 44, 88, c.SAND)
    )
    teeth = "".join(
        s.box(x + dx, y, 9, 9, c.SAND)
        for dx, y in ((-52, 76), (-27, 76), (18, 76), (43, 76), (-22, 54), (13, 54), (-4.5, 54))
    )
    gate = (
        s.arch(x - 11, 150, 22, 34, c.WOOD) + s.arch(x - 40, 118, 11, 18, c.WOOD) + s.arch(x + 29, 118, 11, 18, c.WOOD)
    )
    bucket = (
        s.path("M-30-50h60l-8 56h-44Z", p.deep)
        + s.path("M0-50h30l-8 56H0Z", c.shade(p.deep))
        + s.box(-33, -56, 66, 10, p.fill, 4)
    )
    bail = s.line("M-28-56q28-34 56 0", c.DEEP, 4)
    spade = (
        s.line("M0 0v-52", c.WOOD, 6)
        + s.line("M-9-54h18", c.WOOD, 6)
        + s.path("M-13-4h26v16q0 16-13 20-13-4-13-20Z", p.pops[0])
    )
    return (
        s.sun(52 + p.shift(16), 42 + p.shift(6), 24)
        + s.cloud(196 + p.shift(26), 48 + p.shift(6), 0.9)
        + s.cut(s.hill((116, 92, 110, 96 + p.shift(8)), p.soft))
        + s.cut(towers, teeth)
        + gate
        + s.flag(x, 56, 26, p.pick(p.deep, p.pops[1]))
        + s.cut(s.turn(16 + p.shift(8), 278, 130, s.place(278, 122, 1, spade)))
        + s.cut(s.hill((146, 142, 152, 140 + p.shift(4)), "#dcbd7c"))
        + s.cut(s.place(218 + p.shift(8), 160, 0.95, bail, bucket, s.star(0, -20, 12, c.WHITE)))
    )
