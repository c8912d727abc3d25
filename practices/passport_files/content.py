"""What a passport file says: plain values of one practice, cleaned, and the two text rules both outputs share.

Nothing here knows of Django, typst or Word. The caller (the worker) copies a published page into `Passport`; rights,
consents and what may be shown are settled before. Light enough to be imported anywhere.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

NBSP = "\u00a0"
SHORT_UNIT = 5  # characters

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[ \t]+")
# Cc controls, Cf format (bidi overrides, zero width, soft hyphen), Cs lone surrogates, Co private use, Cn not assigned.
_UNWANTED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BULLET = re.compile(r"[-–•]\s+")  # no em dash: it opens direct speech

D = TypeVar("D")


@dataclass(frozen=True, kw_only=True)
class AuthorLine:
    """Authors who share a post; `names` only with their consent to distribution."""

    post: str = ""
    count: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the description: a title and plain text with «- » lists."""

    title: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One measured value; `before` and `after` in `unit`, None where it was not measured."""

    name: str = ""
    unit: str = ""
    before: float | None = None
    after: float | None = None
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A risk and the measure against it."""

    risk: str = ""
    mitigation: str = ""


@dataclass(frozen=True, kw_only=True)
class Replication:
    """An organisation that repeated the practice and what is known of it."""

    organisation: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """An attachment of the page: how it is called, its type («PDF, 4 страницы») and size in words («1,2 МБ»)."""

    title: str = ""
    type: str = ""
    size: str = ""


@dataclass(frozen=True, kw_only=True)
class Passport:
    """Everything a passport file may show, as words for the reader; what is empty is left out with its heading.

    Dates are words too («11 апреля 2022»): the caller knows the time zone. Texts are plain paragraphs with «- » lists.
    """

    title: str = ""
    number: str = ""
    summary: str = ""
    url: str = ""
    level: str = ""
    level_date: str = ""
    organisation: str = ""
    municipality: str = ""
    authors: tuple[AuthorLine, ...] = ()
    areas: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    group_kinds: tuple[str, ...] = ()
    quality_areas: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    special_needs: tuple[str, ...] = ()
    deficits: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    period: str = ""
    maturity: str = ""
    approbation: str = ""
    cost: str = ""
    launch_time: str = ""
    evidence: str = ""
    problem: str = ""
    goal: str = ""
    tasks: tuple[str, ...] = ()
    audience_text: str = ""
    steps: tuple[Step, ...] = ()
    technologies: str = ""
    staff: str = ""
    material: str = ""
    information: str = ""
    partners: str = ""
    results_summary: str = ""
    indicators: tuple[Indicator, ...] = ()
    negative: str = ""
    risks: tuple[Risk, ...] = ()
    replication: str = ""
    replicated_by: tuple[Replication, ...] = ()
    files: tuple[FileLine, ...] = ()
    licence: str = ""
    published_on: str = ""
    confirmed_on: str = ""
    is_demo: bool = False
    is_incomplete: bool = False
    portal_name: str = ""
    region: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """An unordered list, one plain line an item."""

    items: tuple[str, ...]


TextBlock = Paragraph | Bullets


def clean_text(text: str) -> str:
    """Return `text` in NFC with LF line ends, single blanks and nothing that no reader sees (SAFETY, «Input»).

    Dropped: NUL and other controls, bidi and zero-width marks, soft hyphens, lone surrogates, private and unassigned
    code points.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNWANTED_CATEGORIES)
    lines = (_SPACES.sub(" ", line).strip(" ") for line in unicodedata.normalize("NFC", kept).split("\n"))
    return "\n".join(lines).strip("\n")


def one_line(text: str) -> str:
    """Return `text` with its line breaks turned into blanks, for titles, labels and table cells."""
    return " ".join(text.split("\n"))


def cleaned(value: D) -> D:
    """Return a copy of a dataclass, tuple or string of this module with every text in it through `clean_text`.

    A number that is not finite becomes None, a row without a single word or figure is dropped; other values pass as
    they are.
    """
    if isinstance(value, str):
        return cast("D", clean_text(value))
    if isinstance(value, float) and not math.isfinite(value):
        return cast("D", None)
    if isinstance(value, tuple):
        return cast("D", tuple(item for item in map(cleaned, value) if not _is_blank(item)))
    if is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: cleaned(getattr(value, field.name)) for field in fields(value)}
        return cast("D", replace(value, **changes))
    return value


def _is_blank(value: object) -> bool:
    if is_dataclass(value) and not isinstance(value, type):
        return all(_is_blank(getattr(value, field.name)) for field in fields(value))
    return value is None or value in ("", ()) or (isinstance(value, int) and not value)


def parse_text(text: str) -> tuple[TextBlock, ...]:
    """Split cleaned plain text into paragraphs and lists: every line is a paragraph, neighbouring lines that begin with
    «- » (or «– », «• ») are one list. Nothing else is markup."""
    blocks: list[TextBlock] = []
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        bullet = _BULLET.match(line)
        if bullet:
            items.append(line[bullet.end() :])
            continue
        if items:
            blocks.append(Bullets(tuple(items)))
            items = []
        if line:
            blocks.append(Paragraph(line))
    return tuple(blocks)


def format_number(number: float) -> str:
    """Return `number` as Russians write it: comma, at most two decimals, groups of three from 10 000 on, true minus.

    From a trillion on, where only a slip of the hand leads, the short form 1e+15: it must fit a table.
    """
    if abs(number) >= 1e12:
        return f"{number:.3g}".replace("-", "−")
    rounded = round(number, 2)
    text = f"{rounded:,.2f}" if abs(rounded) >= 10_000 else f"{rounded:.2f}"
    text = text.rstrip("0").rstrip(".").replace(",", NBSP).replace(".", ",")
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def format_measure(number: float | None, unit: str) -> str:
    """Return a number with its unit, a short one kept on its line by a no-break space; «нет данных» for None."""
    if number is None:
        return "нет данных"
    space = NBSP if len(unit) <= SHORT_UNIT else " "
    return f"{format_number(number)}{space}{unit}".rstrip()
