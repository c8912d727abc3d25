"""Pieces of cut paper on a 320 × 180 sheet: each function returns SVG elements. Right halves are a tone darker."""

from __future__ import annotations

import math

from portal.demo.covers import palette as c
from portal.demo.covers.palette import Palette, shade


def num(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def cut(*pieces: str) -> str:
    """Join pieces into one sheet of paper that throws the hard shadow of the house style."""
    return f'<g filter="url(#cut)">{"".join(pieces)}</g>'


def turn(angle: float, x: float, y: float, *pieces: str) -> str:
    """Rotate pieces by `angle` degrees around a point."""
    return f'<g transform="rotate({num(angle)} {num(x)} {num(y)})">{"".join(pieces)}</g>'


def place(x: float, y: float, scale: float, *pieces: str) -> str:
    """Move pieces drawn around 0,0 to a point and scale them."""
    return f'<g transform="translate({num(x)} {num(y)}) scale({scale:.3g})">{"".join(pieces)}</g>'


def path(d: str, colour: str) -> str:
    """A filled path."""
    return f'<path fill="{colour}" d="{d}"/>'


def line(d: str, colour: str, width: float = 5, dash: str = "") -> str:
    """A stroke with round ends; `dash` is a dash pattern such as "2 14"."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="{num(width)}" stroke-linecap="round" '
        f'stroke-linejoin="round"{dashes} d="{d}"/>'
    )


def dot(x: float, y: float, r: float, colour: str) -> str:
    """A flat circle."""
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{colour}"/>'


def disc(x: float, y: float, r: float, colour: str) -> str:
    """A circle of two tones."""
    return dot(x, y, r, colour) + path(f"M{num(x)} {num(y - r)}a{num(r)} {num(r)} 0 0 1 0 {num(2 * r)}Z", shade(colour))


def box(x: float, y: float, w: float, h: float, colour: str, r: float = 0) -> str:
    """A flat rectangle."""
    corner = f' rx="{num(r)}"' if r else ""
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{corner} fill="{colour}"/>'


def block(x: float, y: float, w: float, h: float, colour: str, *, split: float = 0.5) -> str:
    """A rectangle of two tones; `split` is the share of the light side."""
    return box(x, y, w, h, colour) + box(x + w * split, y, w * (1 - split), h, shade(colour))


def wedge(x: float, y: float, w: float, h: float, colour: str) -> str:
    """A triangle of two tones standing on y, its left corner at x."""
    top = f"{num(x + w / 2)} {num(y - h)}"
    return path(f"M{num(x)} {num(y)} {top}l{num(w / 2)} {num(h)}Z", colour) + path(
        f"M{top}l{num(w / 2)} {num(h)}h{num(-w / 2)}Z", shade(colour)
    )


def dome(x: float, y: float, r: float, colour: str) -> str:
    """A half-circle of two tones standing on y, centre at x."""
    return path(f"M{num(x - r)} {num(y)}a{num(r)} {num(r)} 0 0 1 {num(2 * r)} 0Z", colour) + path(
        f"M{num(x)} {num(y - r)}a{num(r)} {num(r)} 0 0 1 {num(r)} {num(r)}h{num(-r)}Z", shade(colour)
    )


def arch(x: float, y: float, w: float, h: float, colour: str) -> str:
    """A door or window with a round top, its left lower corner at x, y."""
    r = w / 2
    return path(f"M{num(x)} {num(y)}v{num(-(h - r))}a{num(r)} {num(r)} 0 0 1 {num(w)} 0v{num(h - r)}Z", colour)


def star(x: float, y: float, r: float, colour: str) -> str:
    """A five-pointed star of two tones."""
    points = [
        (x + radius * math.sin(step * math.pi / 5), y - radius * math.cos(step * math.pi / 5))
        for step, radius in ((k, r if k % 2 == 0 else r * 0.46) for k in range(10))
    ]
    whole = "M" + "L".join(f"{num(px)} {num(py)}" for px, py in points) + "Z"
    right = "M" + "L".join(f"{num(px)} {num(py)}" for px, py in points[:6]) + "Z"
    return path(whole, colour) + path(right, shade(colour))


def heart(x: float, y: float, s: float, colour: str) -> str:
    """A heart of two tones around x, y; `s` is half of its width."""
    left = f"M{num(x)} {num(y + s)}q{num(-s * 1.1)} {num(-s * 0.8)} {num(-s)} {num(-s * 1.35)}"
    left += f"a{num(s / 2)} {num(s / 2)} 0 0 1 {num(s)} 0"
    right = f"M{num(x)} {num(y + s)}q{num(s * 1.1)} {num(-s * 0.8)} {num(s)} {num(-s * 1.35)}"
    right += f"a{num(s / 2)} {num(s / 2)} 0 0 0 {num(-s)} 0"
    return path(left + "Z", colour) + path(right + "Z", shade(colour))


def sun(x: float, y: float, r: float) -> str:
    """The sun of the house style."""
    return disc(x, y, r, c.SUN)


def cloud(x: float, y: float, s: float = 1) -> str:
    """A white cloud with its lower left end at x, y, 64 units wide at scale 1."""
    return cut(place(x, y, s, path("M8 0a13 13 0 0 1 2-26 17 17 0 0 1 32-3 13 13 0 0 1 14 29Z", c.WHITE)))


def birds(x: float, y: float, colour: str = c.DEEP) -> str:
    """Two birds far away."""
    return line(f"M{num(x)} {num(y)}q9-10 17 0 8-10 17 0M{num(x + 44)} {num(y + 15)}q7-7 12 0 6-7 12 0", colour, 3.6)


def flag(x: float, y: float, h: float, colour: str) -> str:
    """A pennant on a pole that stands at x, y."""
    return line(f"M{num(x)} {num(y)}v{num(-h)}", c.DEEP, 3) + path(
        f"M{num(x + 1)} {num(y - h)}h26l-7 8 7 8h-26Z", colour
    )


def grass(x: float, y: float, h: float, colour: str, *, blades: int = 5) -> str:
    """A tuft of feather grass growing from x, y."""
    out = ""
    for k in range(blades):
        lean = k - (blades - 1) / 2
        length, tip = h * (1 - 0.09 * abs(lean)), lean * 13
        out += path(
            f"M{num(x + lean * 3)} {num(y)}q{num(tip * 0.15)} {num(-length * 0.6)} {num(tip)} {num(-length)}"
            f"q{num(-abs(tip) * 0.1 - 2)} {num(length * 0.5)} {num(5 - tip)} {num(length)}Z",
            colour,
        )
    return out


def poplar(x: float, y: float, h: float, colour: str = c.LEAF) -> str:
    """A poplar that stands at x, y."""
    w = h * 0.2
    right = f"M{num(x)} {num(y - h)}c{num(w)} {num(h * 0.28)} {num(w)} {num(h * 0.6)} 0 {num(h * 0.9)}"
    left = f"c{num(-w)} {num(-h * 0.3)} {num(-w)} {num(-h * 0.62)} 0 {num(-h * 0.9)}Z"
    return box(x - 2, y - h * 0.18, 4, h * 0.18, c.WOOD) + path(right + left, colour) + path(right + "Z", shade(colour))


def bush(x: float, y: float, r: float, colour: str) -> str:
    """A round tree on a short trunk that stands at x, y."""
    return box(x - 2.5, y - r * 1.2, 5, r * 1.2, c.WOOD) + disc(x, y - r * 1.7, r, colour)


def tulip(x: float, y: float, colour: str, h: float = 40, s: float = 1) -> str:
    """A steppe tulip that grows from x, y; `h` is the stem, in its own units."""
    head = f"M-13 {num(-h - 20)}l6.500 8 6.500-12 6.500 12 6.500-8v15a13 13 0 0 1-26 0Z"
    side = f"M0 {num(-h - 24)}l6.500 12 6.500-8v15a13 13 0 0 1-13 13Z"
    leaf = path("M0-3q-4-18-17-22 1 20 17 22Z", c.LEAF) + path("M0-3q4-14 13-18 0 16-13 18Z", c.LEAF_LIGHT)
    return place(x, y, s, line(f"M0 0v{num(-h)}", c.STEM, 4), leaf, path(head, colour), path(side, shade(colour)))


def boat(x: float, y: float, s: float = 1, sail: str = c.WHITE) -> str:
    """A paper boat with the left end of its deck at x, y, 120 units wide at scale 1."""
    return place(
        x,
        y,
        s,
        path("M60-56v56H20Z", sail) + path("M60-56v56h40Z", shade(sail)),
        path("M0 0h120l-24 34H24Z", c.WHITE) + path("M60 0h60l-24 34H60Z", c.PAPER_SHADE),
    )


def waves(y: float, colour: str, shift: float = 0, height: float = 12) -> str:
    """A strip of water from y to the bottom of the sheet; `shift` (up to ±60) moves the crests."""
    return path(f"M{num(shift - 80)} 190V{num(y)}q20 {num(-height)} 40 0t40 0" + "t40 0" * 10 + "V190Z", colour)


def hill(points: tuple[float, float, float, float], colour: str) -> str:
    """A smooth line of land through four heights (left edge to right edge) down to the bottom of the sheet."""
    a, b, d, e = (num(value) for value in points)
    return path(f"M-6 190V{a}C70 {b} 100 {b} 160 {num((points[1] + points[2]) / 2)}S270 {d} 326 {e}V190Z", colour)


def ground(p: Palette, y: float = 150) -> str:
    """The edge on which a still life stands: table, meadow or sand, as the dice fall."""
    colour = p.pick(p.fill, c.DEEP, c.SUN, p.fill)
    if p.chance(0.5):
        return cut(box(-6, y, 332, 40, colour))
    rise = p.shift(3)
    return cut(path(f"M-6 190V{num(y + rise)}Q160 {num(y - 5)} 326 {num(y - rise)}V190Z", colour))


def house(x: float, y: float, w: float, h: float, wall: str, roof: str) -> str:
    """A house with a gable that stands at x, y; `h` is the wall."""
    door = arch(x + w * 0.36, y, w * 0.28, h * 0.56, c.DEEP)
    return block(x, y - h, w, h, wall) + wedge(x - w * 0.1, y - h + 1, w * 1.2, w * 0.5, roof) + door


def peg(x: float, y: float, s: float, coat: str, hair: str = c.WOOD, *, smile: bool = True) -> str:
    """A wooden peg doll that stands at x, y, 30 units wide and 62 high at scale 1."""
    body = path("M-15 0v-20a15 15 0 0 1 30 0V0Z", coat) + path("M0 0v-35a15 15 0 0 1 15 15V0Z", shade(coat))
    face = dot(0, -46, 13, c.SKIN) + path("M-13-46a13 13 0 0 1 26 0q-6-6-13-6t-13 6Z", hair)
    if smile:
        face += dot(-4.5, -45, 1.6, c.DEEP) + dot(4.5, -45, 1.6, c.DEEP) + line("M-4-40q4 4 8 0", c.DEEP, 1.8)
    return place(x, y, s, body, face)


def melon(x: float, y: float, r: float) -> str:
    """A whole striped watermelon around x, y."""
    stripes = "".join(line(f"M0-38q{bend} 38 0 76", c.LEAF_LIGHT, 4.5) for bend in (-62, -30, 0, 30, 62))
    return place(x, y, r / 40, dot(0, 0, 40, "#3d640b"), stripes, line("M0-39q2-9 10-10", c.STEM, 4))


def melon_slice(x: float, y: float, r: float, flesh: str) -> str:
    """Half a slice of watermelon hanging from y, centre at x."""

    def half(size: float) -> str:
        return f"M{num(x - size)} {num(y)}a{num(size)} {num(size)} 0 0 0 {num(2 * size)} 0Z"

    seeds = "".join(
        path(f"M{num(x + dx * r)} {num(y + dy * r)}q4 6 0 11-4-5 0-11Z", c.DEEP)
        for dx, dy in ((-0.5, 0.14), (-0.17, 0.12), (0.17, 0.12), (0.5, 0.14), (-0.33, 0.42), (0, 0.42), (0.33, 0.42))
    )
    return path(half(r), c.LEAF) + path(half(r * 0.88), "#ecf4da") + path(half(r * 0.8), flesh) + seeds
