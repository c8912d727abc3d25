"""Speech and books: talk, letters, tales, shelves, letters by post, the singing bird."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


@motif(
    "talk",
    "два облачка разговора с фигурами внутри",
    areas="rsn",
    words="razvitie-rech razvitie rasskazyv svyazn dialog razgovor triz kommunikat gorizontal",
)
def talk(p: Palette) -> str:
    second = p.pick(c.SUN, p.fill, c.WHITE)
    inner = c.WHITE if second != c.WHITE else p.fill
    left = s.path("M40 98a58 56 0 1 1 58 52H40Z", p.deep) + s.path("M98 42a58 54 0 0 1 0 108Z", c.shade(p.deep))
    right = s.path("M284 96a52 50 0 1 0-52 50h52Z", second)
    a = (s.path("m96 66 30 50H66Z", c.WHITE), s.star(97, 96, 32, c.WHITE), s.heart(97, 98, 26, c.WHITE))[
        p.dice.randrange(3)
    ]
    b = (s.dot(232, 96, 22, inner), s.box(212, 76, 40, 40, inner), s.arch(210, 116, 44, 42, inner))[p.dice.randrange(3)]
    return s.place(p.shift(6), p.shift(4), 1, s.cut(left) + a) + s.place(p.shift(6), p.shift(8), 1, s.cut(right) + b)


@motif(
    "book",
    "раскрытая книга с объёмной картинкой",
    areas="rhpn",
    news="bank-praktik",
    words="chteni knig bukkross skazk metodich programma",
)
def book(p: Palette) -> str:
    left = s.path("M160 166Q100 138 28 148V88q72-12 132 22Z", c.WHITE)
    right = s.path("M160 166q60-28 132-18V88q-72-12-132 22Z", c.PAPER_SHADE)
    cover = s.path("M160 176Q98 150 18 160V96h284v64q-80-10-142 16Z", p.deep)
    text = "".join(s.line(f"M{46} {y}q46-4 92 16", p.soft, 4) for y in (106, 122, 138))
    text += "".join(s.line(f"M{182} {y + 16}q46-20 92-16", p.soft, 4) for y in (106, 122, 138))
    kind = p.dice.randrange(3)
    if kind == 0:
        scene = s.tulip(118, 112, c.CLAY, 40) + s.tulip(160, 122, c.BERRY, 58) + s.tulip(202, 112, c.SUN, 40)
    elif kind == 1:
        scene = s.house(126, 116, 60, 44, p.fill, c.SUN) + s.poplar(106, 112, 72) + s.poplar(210, 112, 84)
    else:
        scene = s.boat(112, 84, 0.8, p.fill) + s.path(
            "M92 112q17-10 34 0t34 0 34 0 34 0v8q-34 6-68 8-34-2-68-8Z", c.WATER
        )
    return (
        s.cut(cover)
        + s.cut(left, right)
        + text
        + s.cut(scene)
        + (s.sun(60, 42, 18) if p.chance(0.5) else s.birds(228, 34))
    )


LETTER_STROKES = {
    "А": "M-14 20L0-20l14 40M-8 7h16",
    "О": "M0-20a15 20 0 1 1 0 40 15 20 0 1 1 0-40Z",
    "У": "M-14-20L1 6M15-20L-2 14q-4 8-12 6",
    "М": "M-16 20v-40L0 8l16-28v40",
    "И": "M-13-20v40l26-40v40",
    "Д": "M-10 12q8-10 8-32H10v32M-17 20v-8h34v8",
}


@motif(
    "letters",
    "кубики с буквами",
    areas="r",
    words="obuchenie-gram obuchenie bukv gramot govoryashch predshkol logoped zvuk azbuk",
    mirrors=False,
)
def letters(p: Palette) -> str:
    names = list(LETTER_STROKES)
    p.dice.shuffle(names)
    colours = [p.deep, c.SUN, p.fill, p.pops[0]]
    p.dice.shuffle(colours)
    x = p.shift(10)
    cubes = ((52, 92, 60, -3), (128, 92, 60, 2), (204, 92, 60, 0), (96 + p.dice.choice((0, 72)), 28, 60, 5))
    out = s.ground(p, 150)
    for (left, top, size, tilt), name, colour in zip(cubes, names, colours, strict=False):
        ink = c.DEEP if colour in (c.SUN, c.WHITE) else c.WHITE
        glyph = s.place(left + x + size / 2, top + size / 2, 0.95, s.line(LETTER_STROKES[name], ink, 8))
        out += s.cut(
            s.turn(tilt, left + x + 30, top + 60, s.block(left + x, top, size, size, colour, split=0.86) + glyph)
        )
    return out


@motif(
    "castle",
    "сказочный терем под месяцем",
    areas="rhs",
    words="skazk korol terem",
    still=False,
)
def castle(p: Palette) -> str:
    x = 160 + p.shift(18)
    sky = s.box(-6, -6, 332, 200, c.mix(p.tint, p.deep, 0.16)) if p.chance(0.5) else ""
    moon = s.path("M44 18a30 30 0 1 0 28 44 25 25 0 0 1-28-44Z", c.SUN)
    stars = "".join(
        s.star(sx + p.shift(10), sy, r, c.SUN) for sx, sy, r in ((112, 30, 6), (242, 28, 8), (286, 60, 6), (30, 96, 5))
    )
    side = s.block(x - 78, 92, 42, 62, p.fill) + s.wedge(x - 86, 93, 58, 44, p.pops[0])
    other = s.block(x + 36, 92, 42, 62, p.fill) + s.wedge(x + 28, 93, 58, 44, p.pops[0])
    onion = s.path(f"M{x} 8q4 14 20 22 20 18-2 36h-36q-22-18-2-36 16-8 20-22Z", c.SUN)
    onion += s.path(f"M{x} 8q4 14 20 22 20 18-2 36h-18Z", c.SUN_SHADE)
    main = s.block(x - 36, 64, 72, 90, p.deep)
    windows = (
        s.arch(x - 66, 130, 18, 26, c.CREAM)
        + s.arch(x + 48, 130, 18, 26, c.CREAM)
        + s.arch(x - 12, 104, 24, 30, c.CREAM)
    )
    return (
        sky
        + moon
        + stars
        + s.cut(s.hill((140, 122, 132, 116), p.soft))
        + s.cut(side, other)
        + s.cut(main, onion)
        + windows
        + s.arch(x - 14, 154, 28, 38, c.DEEP)
        + s.poplar(34, 156, 58, c.LEAF)
        + s.poplar(290, 156, 68, c.LEAF_LIGHT)
        + s.cut(s.hill((156, 148, 150, 154), c.MEADOW))
    )


@motif(
    "shelf",
    "полка с книгами",
    areas="rn",
    news="bank-praktik povyshenie-kvalifikatsii",
    words="bukkross bibliot chteni lepbuk metodicheskaya portfolio attest",
)
def shelf(p: Palette) -> str:
    colours = [p.deep, p.fill, c.SUN, c.DEEP, *p.pops[:2], c.WHITE]
    p.dice.shuffle(colours)
    out, x = "", 40.0
    for k in range(6):
        w, h = 19 + p.dice.randrange(4) * 4, 76 + p.dice.randrange(5) * 8
        if x + w > 212:
            break
        spine = s.block(x, 144 - h, w, h, colours[k], split=0.75) + s.box(
            x, 144 - h + 12, w, 6, c.mix(colours[k], c.WHITE if colours[k] != c.WHITE else p.fill, 0.55)
        )
        out += s.cut(spine)
        x += w + 3
    out += s.cut(s.turn(-17, x + 6, 144, s.block(x + 8, 62, 22, 82, colours[-1], split=0.75)))
    right = (
        s.cut(s.path("M252 112h34l-5 32h-24Z", p.deep))
        + s.tulip(262, 113, c.CLAY, 26, 0.85)
        + s.tulip(278, 113, c.BERRY, 34, 0.85)
    )
    return (
        out
        + right
        + s.cut(s.box(20, 144, 280, 13, c.WOOD))
        + s.box(48, 157, 9, 20, c.WOOD)
        + s.box(263, 157, 9, 20, c.WOOD)
    )


@motif(
    "envelope",
    "письмо в конверте",
    areas="rn",
    news="metodicheskie-sobytiya",
    words="roditelskoe distantsion prosveshchen mediablog gruppa imidzh otkrytost pismo",
)
def envelope(p: Palette) -> str:
    x = 70 + p.shift(14)
    paper = s.box(x + 18, 22, 144, 96, c.WHITE, 6)
    rows = "".join(s.line(f"M{x + 70} {y}h{w}", p.soft, 5) for y, w in ((46, 74), (62, 74), (78, 52)))
    mark = (s.heart(x + 46, 60, 16, p.pops[0]), s.sun(x + 46, 58, 16), s.wedge(x + 28, 76, 34, 32, p.pops[0]))[
        p.dice.randrange(3)
    ]
    back = s.path(f"M{x} 78l90-50 90 50v76H{x}Z", c.shade(p.deep))
    front = s.path(f"M{x} 78l90 56 90-56v76a8 8 0 0 1-8 8H{x + 8}a8 8 0 0 1-8-8Z", p.deep)
    fold = s.path(f"M{x + 2} 158l76-38q12-8 24 0l76 38q-2 4-6 4H{x + 8}q-4 0-6-4Z", p.fill)
    return s.cut(back) + s.cut(s.turn(p.shift(3), x + 90, 70, paper, rows, mark)) + s.cut(front, fold)


@motif(
    "songbird",
    "птица на ветке поёт",
    areas="rh",
    words="logoritm logoped pesn yazych zvuk ptits golos pet",
    mirrors=False,
)
def songbird(p: Palette) -> str:
    x, y = 128 + p.shift(14), 92 + p.shift(4)
    tail = s.path(f"M{x - 40} {y + 12}l-58 18 10 18 58-10Z", c.DEEP)
    body = s.path(f"M{x - 52} {y + 18}q6-54 56-58 46 0 46 44-4 44-54 44-40 0-48-30Z", p.deep)
    belly = s.path(f"M{x + 50} {y + 4}q-4 44-54 44-20 0-32-8 60 0 68-54 14 2 18 18Z", p.fill)
    wing = s.path(f"M{x - 34} {y + 8}q24-22 52-4-8 32-38 28-12-6-14-24Z", p.pick(c.SUN, c.WHITE, p.fill))
    head = s.dot(x + 26, y - 16, 5, c.WHITE) + s.dot(x + 27, y - 16, 2.5, c.DEEP)
    beak = s.path(f"M{x + 46} {y - 16}l28-12-16 16 16 10Z", c.SUN)
    notes = ""
    for k, (nx, height) in enumerate(((226, 58), (262, 48), (280, 98))):
        colour = (p.pops[0], p.deep, c.SUN)[k]
        ny = height + p.shift(5)
        notes += s.cut(s.disc(nx, ny, 10, colour), s.path(f"M{nx + 6} {ny}v-34h16v8h-10v26Z", colour))
    legs = s.line(f"M{x - 8} {y + 46}v14M{x + 8} {y + 44}v14", c.DEEP, 4)
    return (
        s.line("M-8 162q140-24 240-6 50 8 100-10", c.WOOD, 10)
        + s.path("M224 152q14-20 34-14-8 20-34 14ZM40 156q-4-22-24-24 2 22 24 24Z", c.LEAF)
        + legs
        + s.cut(tail, body, belly, beak)
        + s.cut(wing)
        + head
        + notes
    )
