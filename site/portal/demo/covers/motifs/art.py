"""Art: songs, shadows, paints, film, ornament, clay, accordion, matryoshka."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


@motif(
    "song",
    "цветные ленты мелодии и ноты",
    areas="hr",
    words="muzyk tants ritmik pesn logoritm",
    still=False,
    mirrors=False,
)
def song(p: Palette) -> str:
    start = p.shift(10)
    ribbons = "".join(
        s.line(f"M-20 {y + start}q46-{bend} 92 0t92 0 92 0 92 0", colour, 13)
        for y, colour, bend in ((54, p.fill, 30), (92, p.pick(c.SUN, c.WHITE), 30), (130, p.deep, 30))
    )
    x = 80 + p.shift(14)
    double = s.disc(x, 132, 19, c.DEEP) + s.disc(x + 62, 124, 19, c.DEEP)
    double += s.path(f"M{x + 9} 132V42l72-10v92h-10V52l-52 7v73Z", c.DEEP)
    nx, ny = 232 + p.shift(12), 100 + p.shift(10)
    single = s.disc(nx, ny, 20, p.pops[0]) + s.path(f"M{nx + 10} {ny}v-72q4 18 24 22v14q-10-2-14-6v42Z", p.pops[0])
    return ribbons + s.cut(double) + s.cut(single)


@motif(
    "shadows",
    "театр теней: занавес и силуэты на экране",
    areas="hr",
    words="teni tene teatr spektakl skazk",
    still=False,
)
def shadows(p: Palette) -> str:
    screen = s.box(52, 22, 216, 130, c.CREAM) + s.dot(160 + p.shift(30), 84, 52, "#fbe3a6")
    hare = s.path(
        "M0 0q-26-2-26-24 0-18 20-22-10-32 0-38 10 4 10 36 4-32 14-34 8 8-4 40 14 8 12 24-4 18-26 18Z", c.DEEP
    )
    bird = s.path("M-46-10q26-24 40 2 6-34 40-36-10 22-18 34 10 0 16 6-10 2-16 10-30 18-62-16Z", c.DEEP)
    cat = s.path("M-22 0q-8-34 12-48l-3-26 13 9h12l13-9-1 26q18 16 10 48Z", c.DEEP) + s.line(
        "M28-6q22-6 10-34", c.DEEP, 7
    )
    figures = [hare, bird, cat]
    p.dice.shuffle(figures)
    left = s.place(112 + p.shift(6), 138, 0.95, figures[0]) + s.place(206 + p.shift(6), 130, 0.95, figures[1])
    curtain = s.path("M-6-6h92q-6 100-56 130-6 40-36 66Z", p.deep) + s.path(
        "M-6-6h44q-2 110-32 196h-12Z", c.shade(p.deep)
    )
    other = s.path("M326-6h-92q6 100 56 130 6 40 36 66Z", p.deep) + s.path(
        "M326-6h-44q2 110 32 196h12Z", c.shade(p.deep)
    )
    frill = s.path(
        "M-6-6h332v26q-20 22-42 0-20 22-41 0-20 22-41 0-21 22-42 0-20 22-41 0-21 22-41 0-21 22-42 0-21 22-42 0Z", p.fill
    )
    floor = s.cut(s.box(-6, 156, 332, 40, c.WOOD))
    return s.cut(screen) + left + floor + s.cut(curtain) + s.cut(other) + s.cut(frill)


@motif(
    "paints",
    "палитра, кисти и мазки краски",
    areas="h",
    words="izobrazit risova netraditsion tvorch khudozh kraski",
)
def paints(p: Palette) -> str:
    colours = [p.deep, c.SUN, p.fill, *p.pops[:2]]
    p.dice.shuffle(colours)
    board = s.path("M38 96q0-64 84-66 96 0 96 62 0 26-30 24-26-2-28 14-2 28-42 26-80-4-80-60Z", c.WOOD)
    board = board.replace(c.WOOD, "#d9a766")
    wells = "".join(
        s.disc(x, y, 15, colour)
        for (x, y), colour in zip(((72, 82), (106, 56), (150, 56), (184, 82), (84, 122)), colours, strict=True)
    )
    brush = ""
    for x, tilt, colour in ((238, 14 + p.shift(4), colours[0]), (276, 4 + p.shift(5), colours[1])):
        tool = s.box(x - 4, 66, 8, 96, c.DEEP, 4) + s.box(x - 6, 54, 12, 18, "#b9c6cc")
        tool += s.path(f"M{x - 8} 54q-4-20 8-36 12 16 8 36Z", colour)
        brush += s.cut(s.turn(tilt, x, 100, tool))
    return s.ground(p, 158) + s.cut(board) + wells + brush


@motif(
    "film",
    "мультстудия: камера и кадры плёнки",
    areas="hn",
    words="mult mediablog video tsifrovye-tekh kino virtualn",
)
def film(p: Palette) -> str:
    strip = s.turn(
        -7,
        160,
        40,
        s.box(-20, 14, 360, 46, c.DEEP),
        *(s.box(-12 + k * 20, 18, 9, 6, c.WHITE) + s.box(-12 + k * 20, 50, 9, 6, c.WHITE) for k in range(18)),
    )
    x = 94 + p.shift(20)
    legs = s.line(f"M{x + 44} 140l-30 40M{x + 44} 140l30 40M{x + 44} 140v40", c.DEEP, 6)
    reels = (
        s.disc(x + 22, 68, 25, c.SUN)
        + s.disc(x + 68, 64, 29, p.fill)
        + s.dot(x + 22, 68, 8, c.DEEP)
        + s.dot(x + 68, 64, 9, c.DEEP)
    )
    body = s.block(x - 4, 92, 98, 50, p.deep) + s.path(f"M{x + 94} 108l34-18v54l-34-18Z", c.DEEP)
    lens = s.dot(x + 24, 117, 13, c.WHITE) + s.dot(x + 24, 117, 6, p.pops[0]) + s.box(x + 50, 108, 30, 18, p.fill, 3)
    clap_x = 250
    slate = s.box(clap_x - 22, 122, 60, 40, c.WHITE, 4) + s.turn(
        -12,
        clap_x - 22,
        120,
        s.box(clap_x - 22, 106, 60, 13, c.DEEP),
        *(s.path(f"M{clap_x - 16 + k * 16} 106h7l-5 13h-7Z", c.WHITE) for k in range(4)),
    )
    return (
        s.cut(strip)
        + s.cut(legs)
        + s.cut(reels)
        + s.cut(body)
        + lens
        + s.cut(slate, s.star(clap_x + 8, 142, 14, p.deep))
    )


@motif(
    "shawl",
    "узорный пуховый платок",
    areas="h",
    words="platok nitoch promysl narodn kazach mnogonats rukodel",
    still=False,
    mirrors=False,
)
def shawl(p: Palette) -> str:
    x = 160 + p.shift(8)
    fringe = "".join(s.line(f"M{x + k * 12} {160 - abs(k) * 10.2:.1f}v12", c.WHITE, 3) for k in range(-12, 13))
    cloth = s.path(f"M{x - 142} 22h284L{x} 164Z", p.deep)
    border = s.path(f"M{x - 116} 34h232L{x} 149Z", p.fill) + s.path(f"M{x - 96} 42h192L{x} 136Z", p.deep)
    flower = "".join(
        s.turn(k * 45, x, 76, s.path(f"M{x} 76q-9-16 0-28 9 12 0 28Z", c.WHITE if k % 2 else c.SUN)) for k in range(8)
    )
    petals = s.dot(x, 76, 7, p.pops[0])
    small = "".join(
        s.turn(45, sx, sy, s.box(sx - 6, sy - 6, 12, 12, colour))
        for sx, sy, colour in (
            (x - 62, 56, c.SUN),
            (x + 62, 56, c.SUN),
            (x, 116, c.SUN),
            (x - 38, 56, c.WHITE),
            (x + 38, 56, c.WHITE),
            (x - 24, 98, c.WHITE),
            (x + 24, 98, c.WHITE),
        )
    )
    edge = "".join(s.dot(x - 126 + k * 18, 28, 3, c.WHITE) for k in range(15))
    behind = s.box(0, 0, 320, 180, p.tint) + (
        s.dot(x, 180, 150, p.soft) if p.chance(0.5) else s.hill((120, 60, 112, 70), p.soft)
    )
    return behind + s.cut(fringe, cloth) + border + flower + petals + small + edge


@motif(
    "jug",
    "расписной кувшин с цветами",
    areas="hn",
    words="glin lepk promysl mnogonats narodn muzey",
)
def jug(p: Palette) -> str:
    x = 150 + p.shift(30)
    flowers = s.tulip(x - 30, 84, p.pops[0], 34) + s.tulip(x, 82, c.SUN, 44) + s.tulip(x + 30, 84, p.pops[1], 32)
    handle = s.line(f"M{x + 30} 84q46 8 12 52", p.fill, 9)
    body = f"M{x - 30} 68h60l-8 18q34 16 30 48-6 28-28 28h-48q-22 0-28-28-4-32 30-48Z"
    right = f"M{x} 68h30l-8 18q34 16 30 48-6 28-28 28H{x}Z"
    belt = s.path(f"M{x - 51} 118h102q2 10 0 20H{x - 51}q-2-10 0-20Z", c.WHITE)
    zigzag = s.line(f"M{x - 46} 134l12-12 12 12 12-12 12 12 12-12 12 12 12-12 8 12", p.deep, 4)
    rim = s.box(x - 34, 62, 68, 10, p.fill, 4)
    side = (
        s.cut(s.disc(x - 96, 140, 20, c.CLAY)) + s.cut(s.disc(x - 66, 148, 13, c.SUN))
        if p.chance(0.5)
        else s.cut(s.melon(x - 92, 136, 26))
    )
    return (
        s.ground(p, 156)
        + s.cut(flowers)
        + side
        + s.cut(handle, s.path(body, p.deep), s.path(right, c.shade(p.deep)), rim)
        + belt
        + zigzag
    )


@motif(
    "accordion",
    "гармонь с яркими мехами",
    areas="hf",
    words="garmon kazach muzyk narodn",
    mirrors=False,
)
def accordion(p: Palette) -> str:
    folds = ""
    for k in range(7):
        x = 108 + k * 15
        folds += s.path(
            f"M{x} {44 + (k % 2) * 5}l15 {5 if k % 2 == 0 else -5}v{92 if k % 2 == 0 else 102}l-15 5Z",
            c.SUN if k % 2 == 0 else p.fill,
        )
    left = s.block(54, 38, 54, 112, p.deep, split=0.75) + "".join(
        s.dot(72 + (k % 2) * 16, 58 + k * 12, 5.5, c.WHITE) for k in range(7)
    )
    right = s.block(213, 38, 54, 112, p.deep, split=0.25)
    right += "".join(s.dot(246, 56 + k * 19, 6, c.WHITE) for k in range(5))
    strap = s.line("M54 60q-26 34 0 70", c.DEEP, 7)
    tilt = p.shift(5)
    notes = s.cut(s.disc(40, 34, 9, p.pops[0]), s.path("M45 34V6h14v7h-9v21Z", p.pops[0])) if p.chance(0.6) else ""
    return s.ground(p, 158) + s.turn(tilt, 160, 94, s.cut(strap, folds) + s.cut(left) + s.cut(right)) + notes


@motif(
    "matryoshka",
    "три матрёшки",
    areas="hs",
    words="raznovozr igrush mnogonats narodn pokolen etiket",
)
def matryoshka(p: Palette) -> str:
    def doll(x: float, size: float, coat: str, scarf: str) -> str:
        body = s.path("M-34 0q-14-34 8-56h52q22 22 8 56Z", coat) + s.path("M0 0v-56h26q22 22 8 56Z", c.shade(coat))
        head = (
            s.dot(0, -72, 29, scarf)
            + s.dot(0, -70, 19, c.SKIN)
            + s.path("M-19-72q4-18 19-18t19 18q-10-9-19-9t-19 9Z", c.WOOD)
        )
        face = s.dot(-7, -68, 2.2, c.DEEP) + s.dot(7, -68, 2.2, c.DEEP) + s.line("M-4-60q4 4 8 0", c.BERRY, 2.4)
        apron = '<ellipse cx="0" cy="-22" rx="20" ry="20" fill="#ffffff"/>' + s.dot(0, -22, 6, c.SUN)
        apron += "".join(s.turn(k * 72, 0, -22, s.dot(0, -32, 5, scarf)) for k in range(5))
        return s.cut(s.place(x, 158, size, body, head, face, apron, s.path("M-9-44h18l-9 8Z", scarf)))

    coats = [p.deep, p.fill, c.SUN]
    scarves = [p.pops[0], p.pops[1], p.deep]
    p.dice.shuffle(coats)
    x = 92 + p.shift(8)
    return (
        s.ground(p, 152)
        + doll(x, 1.32, coats[0], scarves[0])
        + doll(x + 84, 1.02, coats[1], scarves[1])
        + doll(x + 148, 0.74, coats[2], scarves[2] if coats[2] != p.deep else c.SUN)
    )
