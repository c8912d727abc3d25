"""The work of the kindergarten and news: growth, figures, papers, meetings, plans, prizes, learning."""

from __future__ import annotations

from portal.demo.covers import palette as c
from portal.demo.covers import shapes as s
from portal.demo.covers.palette import Palette
from portal.demo.covers.registry import motif


@motif(
    "stairs",
    "ступени вверх и флажок наверху",
    areas="nf",
    news="povyshenie-kvalifikatsii",
    words="korporativn samoobraz kvalifik dopolniteln samostoyat rosta",
)
def stairs(p: Palette) -> str:
    colours = [p.fill, p.pick(p.deep, c.SUN), p.deep, p.pick(c.DEEP, p.pops[0])]
    out = s.ground(p, 156)
    for k, colour in enumerate(colours):
        h = 26 + k * 26
        out += s.cut(s.block(44 + k * 58, 158 - h, 58, h, colour, split=0.8))
    climber = p.dice.randrange(3)
    doll = s.cut(s.peg(73 + climber * 58, 132 - climber * 26, 0.8, c.SUN if colours[1] != c.SUN else p.pops[0]))
    return out + doll + s.flag(247, 54, 44, p.pick(c.SUN, c.CLAY))


@motif(
    "chart",
    "столбцы диаграммы, на которых выросли тюльпаны",
    areas="n",
    news="monitoring",
    words="vsoko otsenk kachestv monitor udovletvor pokazat reyting karta",
    mirrors=False,
)
def chart(p: Palette) -> str:
    heights = [30 + p.dice.randrange(3) * 8, 46 + p.dice.randrange(3) * 8, 66 + p.dice.randrange(3) * 8, 84]
    colours = [p.fill, c.SUN, p.deep, p.pick(p.pops[0], c.DEEP)]
    out = s.ground(p, 156)
    for k, (h, colour) in enumerate(zip(heights, colours, strict=True)):
        x = 52 + k * 58
        out += s.tulip(x + 21, 158 - h, p.pick(c.CLAY, c.BERRY), 12 + k * 3, 0.9) + s.cut(
            s.block(x, 158 - h, 42, h, colour)
        )
    return out


@motif(
    "papers",
    "стопка бумаг и часы",
    areas="n",
    words="berezhliv dokument elektron vremya bumag vygoran",
    mirrors=False,
)
def papers(p: Palette) -> str:
    x, y = 216 + p.shift(10), 78 + p.shift(6)
    clock = (
        s.dot(x, y, 52, p.deep)
        + s.dot(x, y, 42, c.WHITE)
        + "".join(s.turn(k * 30, x, y, s.box(x - 1.5, y - 38, 3, 7, c.DEEP)) for k in range(12))
    )
    hour, minute = p.dice.randrange(12) * 30, p.dice.randrange(12) * 30
    hands = (
        s.turn(hour, x, y, s.line(f"M{x} {y}v-20", c.DEEP, 6))
        + s.turn(minute, x, y, s.line(f"M{x} {y}v-30", p.pops[0], 4))
        + s.dot(x, y, 5, c.DEEP)
    )
    pile = ""
    for k in range(6):
        colour = (c.WHITE, p.fill, c.WHITE, c.SUN, c.WHITE, c.CREAM)[k]
        pile += s.cut(s.turn(p.shift(3), 100, 146, s.box(44 + p.shift(5), 142 - k * 15, 112, 14, colour, 2)))
    sprout = s.tulip(100, 66, c.CLAY, 14, 0.85) if p.chance(0.5) else s.cut(s.line("M78 36l14 14 28-28", p.deep, 9))
    return s.ground(p, 154) + pile + sprout + s.cut(clock) + hands


@motif(
    "table",
    "круглый стол, за которым собрались взрослые",
    areas="n",
    news="metodicheskie-sobytiya",
    words="metodicheskaya gorizontaln ppk konsilium psikhologo-ped korporat soveshch pedsov setev",
)
def table(p: Palette) -> str:
    coats = [p.deep, c.SUN, p.fill, *p.pops[:2]]
    p.dice.shuffle(coats)
    hair = ["#6b4a2b", "#3a2a20", "#c98a12", "#9aa5aa", "#8a5a2e"]
    p.dice.shuffle(hair)
    x = p.shift(6)
    back = "".join(
        s.cut(s.peg(bx + x, by, 1.35, coats[k], hair[k]))
        for k, (bx, by) in enumerate(((78, 124), (132, 114), (188, 114), (242, 124)))
    )
    top = f'<ellipse cx="160" cy="132" rx="126" ry="26" fill="{c.mix(p.deep, c.DEEP, 0.4)}"/>' + s.path(
        "M34 132v22q126 40 252 0v-22Z", c.mix(p.deep, c.DEEP, 0.4)
    )
    top += f'<ellipse cx="160" cy="130" rx="126" ry="26" fill="{p.pick(c.CREAM, c.WHITE)}"/>'
    things = s.turn(-10, 110, 130, s.box(92, 124, 34, 15, p.fill, 2)) + s.turn(
        8, 204, 130, s.box(190, 124, 34, 15, c.SUN, 2)
    )
    things += s.box(154, 118, 13, 14, p.deep, 3) + s.tulip(160, 120, c.CLAY, 8, 0.6)
    return back + s.cut(top) + things


@motif(
    "calendar",
    "календарь с отмеченными днями",
    areas="n",
    news="metodicheskie-sobytiya konkursy",
    words="planir sobytiyn programma plan god grafik dopoln",
    mirrors=False,
)
def calendar(p: Palette) -> str:
    x = 78 + p.shift(16)
    sheet = s.box(x, 34, 164, 124, c.WHITE, 10) + s.path(
        f"M{x} 66V44a10 10 0 0 1 10-10h144a10 10 0 0 1 10 10v22Z", p.deep
    )
    rings = "".join(s.box(x + 34 + k * 42, 22, 9, 24, c.DEEP, 4) for k in range(3))
    marked = p.dice.sample(range(12), 5)
    cells = ""
    for k in range(12):
        cx, cy = x + 28 + (k % 4) * 36, 86 + (k // 4) * 26
        colour = (p.fill, c.SUN, p.pops[0], p.deep, c.SUN)[marked.index(k)] if k in marked else p.tint
        cells += s.box(cx - 12, cy - 9, 24, 19, colour, 4)
    pencil = (
        s.box(-7, -50, 14, 74, c.SUN)
        + s.box(0, -50, 7, 74, c.SUN_SHADE)
        + s.path("M-7 24h14L0 44Z", c.CREAM)
        + s.path("M-3 36h6l-3 8Z", c.DEEP)
        + s.box(-7, -60, 14, 11, c.BERRY)
    )
    return (
        s.cut(sheet)
        + s.cut(rings)
        + cells
        + s.cut(s.turn(22 + p.shift(8), 268, 106, s.place(min(x + 196, 284), 106, 1, pencil)))
    )


@motif(
    "window",
    "экран, на котором светится окно детского сада",
    areas="ns",
    news="monitoring povyshenie-kvalifikatsii",
    words="distantsion rasstoyani tsifrov internet mediablog sotsialnykh interaktiv elektron vebinar",
)
def window(p: Palette) -> str:
    x = 160 + p.shift(16)
    screen = s.box(x - 104, 22, 208, 122, c.DEEP, 12) + s.box(x - 94, 32, 188, 102, c.SKY)
    scene = s.sun(x + 58, 58, 14) + s.path(f"M{x - 94} 134v-26q60-22 100-10t88-8v44Z", c.MEADOW)
    home = (
        s.house(x - 46, 124, 58, 40, p.fill, p.pops[0])
        + s.poplar(x - 70, 124, 52)
        + s.poplar(x + 36, 124, 60, c.LEAF_LIGHT)
    )
    base = s.path(f"M{x - 132} 146h264l-10 14h-244Z", p.deep) + s.box(x - 26, 146, 52, 5, p.fill)
    return s.ground(p, 158) + s.cut(screen) + scene + home + s.cut(base)


@motif(
    "signpost",
    "указатель дорог у холмов",
    areas="n",
    news="stazhirovki",
    words="stazhir puteshest marshrut adres programm preemstven",
    still=False,
)
def signpost(p: Palette) -> str:
    x = 160 + p.shift(26)
    boards = s.path(f"M{x - 10} 42h74l16 14-16 14h-74Z", p.deep) + s.path(f"M{x + 10} 80h-76l-16 14 16 14h76Z", c.SUN)
    boards += s.path(f"M{x - 10} 116h56l13 11-13 11h-56Z", p.fill)
    marks = (
        s.line(f"M{x + 6} 56h40", c.WHITE, 5)
        + s.line(f"M{x - 52} 94h42", c.DEEP, 5)
        + s.line(f"M{x + 4} 127h28", c.WHITE, 4)
    )
    return (
        s.sun(58 + p.shift(20), 50, 26)
        + s.cloud(232 + p.shift(14), 56, 0.85)
        + s.cut(s.hill((122, 100, 116, 98 + p.shift(6)), p.soft))
        + s.poplar(40, 138, 62, c.LEAF_LIGHT)
        + s.poplar(286, 138, 76, c.LEAF)
        + s.cut(s.box(x - 5, 26, 10, 140, c.WOOD))
        + s.cut(boards)
        + marks
        + s.cut(s.hill((152, 144, 156, 146), c.MEADOW))
        + s.tulip(92, 178, c.BERRY, 22, 0.8)
        + s.tulip(238, 180, c.CLAY, 24, 0.8)
    )


@motif("cup", "кубок победителя и звёзды", news="konkursy", words="konkurs pobedit")
def cup(p: Palette) -> str:
    x = 160 + p.shift(20)
    handles = s.line(f"M{x - 40} 44q-38-4-32 26 6 24 40 22M{x + 40} 44q38-4 32 26-6 24-40 22", c.SUN_SHADE, 9)
    bowl = s.path(f"M{x - 46} 28h92v30q-4 44-46 48-42-4-46-48Z", c.SUN) + s.path(
        f"M{x} 28h46v30q-4 44-46 48Z", c.SUN_SHADE
    )
    foot = s.path(f"M{x - 10} 104h20l4 26h-28Z", c.SUN_SHADE) + s.block(x - 36, 128, 72, 28, p.deep)
    stars = "".join(
        s.cut(s.star(sx + p.shift(8), sy + p.shift(8), r, colour))
        for sx, sy, r, colour in (
            (52, 56, 15, p.fill),
            (268, 48, 17, p.deep),
            (74, 116, 10, p.deep),
            (262, 112, 11, p.fill),
        )
    )
    return s.ground(p, 154) + stars + s.cut(handles, bowl, foot) + s.star(x, 60, 19, c.WHITE)


@motif(
    "chest", "открытый сундук с цветными фигурами", news="bank-praktik", areas="n", words="bank kollekts podborka opyt"
)
def chest(p: Palette) -> str:
    x = 160 + p.shift(16)
    figures = [
        s.disc(x - 48, 74, 24, c.CLAY),
        s.wedge(x - 26, 98, 56, 62, c.BLUE),
        s.dome(x + 44, 92, 28, c.TEAL),
        s.star(x + 72, 52, 18, c.SUN),
        s.box(x - 86, 34, 24, 24, c.BERRY),
    ]
    lid = s.path(f"M{x - 92} 92l-10-34q92-40 204 0l-10 34Z", c.mix(p.deep, c.DEEP, 0.45))
    body = (
        s.block(x - 92, 92, 184, 66, p.deep)
        + s.box(x - 92, 92, 184, 12, p.fill)
        + s.box(x - 68, 92, 13, 66, c.SUN)
        + s.box(x + 55, 92, 13, 66, c.SUN)
    )
    return (
        s.ground(p, 154)
        + s.cut(lid)
        + "".join(s.cut(figure) for figure in figures)
        + s.cut(body, s.box(x - 13, 98, 26, 28, c.SUN, 4))
        + s.dot(x, 110, 5, c.DEEP)
    )


@motif("cap", "шапочка выпускника на стопке книг", news="povyshenie-kvalifikatsii", words="kvalifik kurs diplom")
def cap(p: Palette) -> str:
    x = 160 + p.shift(18)
    books = "".join(
        s.cut(s.block(x - w / 2 + p.shift(7), y, w, 22, colour, split=0.85))
        for w, y, colour in ((172, 134, p.deep), (156, 111, c.SUN), (164, 88, p.fill))
    )
    hat = s.path(f"M{x - 48} 58h96v22q-48 20-96 0Z", c.mix(c.DEEP, p.deep, 0.5)) + s.path(
        f"M{x - 92} 54l92-36 92 36-92 36Z", c.DEEP
    )
    hat += (
        s.path(f"M{x} 18l92 36-92 36Z", c.shade(c.DEEP))
        + s.line(f"M{x} 54l66 14v28", c.SUN, 4)
        + s.box(x + 59, 92, 14, 22, c.SUN, 4)
    )
    return s.ground(p, 154) + books + s.cut(hat)


@motif("site", "человек с чемоданом идёт к детскому саду", news="stazhirovki", still=False)
def site(p: Palette) -> str:
    x = 226 + p.shift(10)
    yard = (
        s.house(x - 36, 118, 74, 52, p.deep, p.pick(c.SUN, c.CLAY))
        + s.block(x + 42, 84, 40, 34, p.fill)
        + s.dome(x + 62, 85, 20, p.pops[0])
    )
    bag = (
        s.box(74, 128, 46, 34, c.CLAY, 5)
        + s.box(97, 128, 23, 34, c.shade(c.CLAY), 5)
        + s.line("M88 128v-9h18v9", c.DEEP, 4)
    )
    return (
        s.sun(70 + p.shift(20), 44, 25)
        + s.cut(s.hill((128, 104, 106, 96), p.soft))
        + s.poplar(x - 58, 118, 62)
        + s.cut(yard)
        + s.cut(s.hill((140, 124, 116, 112), c.MEADOW))
        + s.path(f"M40 190q40-40 120-46t{x - 166}-26h16q10 30-60 44t-40 28Z", c.CREAM)
        + s.cut(s.peg(46, 164, 1.1, p.pops[1]), bag)
        + s.tulip(286, 176, c.BERRY, 26, 0.8)
    )
