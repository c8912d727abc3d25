"""Generates plausible practices in any number: the same seed and number always give the same practice."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.demo.scale.pools import Theme, sentences
from practices.enums import RecognitionLevel

YEARS = 6
WEEKS_BY_MONTH = (3, 6, 12, 14, 9, 3, 1, 2, 7, 13, 12, 6)  # practices come after the autumn and the spring
AGES = {"age-2-3": 10, "age-3-4": 16, "age-4-5": 22, "age-5-6": 30, "age-6-7": 28, "age-1-2": 3, "age-0-1": 1}
GROUP_KINDS = {"obshcherazvivayushchaya": 62, "kombinirovannaya": 14, "kompensiruyushchaya": 12, "raznovozrastnaya": 12}
NEEDS = {"net": 70, "tnr": 9, "zpr": 6, "ras": 4, "rannyaya-pomoshch": 3, "chbd": 3, "bilingvy": 2, "odaryonnye": 3}
MATURITY = {"aprobatsiya": 22, "vnedrena": 45, "ustoychivaya": 26, "tirazhirovana": 7}
APPROBATION = {"doo": 40, "munitsipalnyy": 38, "regionalnyy": 18, "mezhregionalnyy": 4}
LICENCES = {"attribution-noncommercial": 70, "attribution": 22, "read-only": 8}
LEVELS = {RecognitionLevel.BEST: 8, RecognitionLevel.RECOMMENDED: 27, RecognitionLevel.PRESENTED: 65}
POSITIONS = {"vospitatel": 50, "starshiy-vospitatel": 20, "uchitel-logoped": 8, "muzykalnyy-rukovoditel": 8,
             "pedagog-psikholog": 7, "instruktor-fk": 5, "metodist": 2}  # fmt: skip
STREAMS = {"tasks": "task", "steps": "step", "indicators": "indicator", "risks": "risk"}


@dataclass(frozen=True)
class Generated:
    """One practice in plain values: `fields` of the page, the rest by code or by place in a list."""

    number: int
    key: uuid.UUID
    fields: dict[str, Any]
    terms: tuple[tuple[str, str], ...]  # vocabulary, code
    tags: tuple[str, ...]
    area: str | None
    position: str
    authors: int
    organisation: float  # 0 … 1: place in the list of organisations, the busy ones first
    image: float  # 0 … 1: place among the shared pictures of the area


class Generator:
    """Makes practices of the pools; `today` is the newest possible date."""

    def __init__(self, pools: Sequence[Theme], groups: Sequence[str], today: dt.date, seed: int) -> None:
        self.pools, self.groups, self.today, self.seed = pools, groups, today, seed

    def practice(self, number: int) -> Generated:
        """Return the `number`-th practice."""
        dice = random.Random(f"{self.seed}/{number}")  # noqa: S311 - dice of invented texts, no secret
        theme = dice.choices(self.pools, [5, 5, 5, 3, 3, 3])[0]
        level = _weighted(dice, LEVELS)
        published = self._day(dice)
        fields = {
            **self._names(dice, theme),
            **_texts(dice, theme),
            **{
                name: _stream(dice, kind, rows)
                for (name, kind), rows in zip(STREAMS.items(), _rows(dice, theme), strict=True)
            },
            "level": level,
            "level_on": published,
            "level_until": _until(dice, level, published),
            "published_on": published,
            "period_start": (published - dt.timedelta(days=dice.randrange(200, 1100))).replace(day=1),
            "cost": dice.choices((None, 0, 1, 2, 3), (10, 30, 40, 15, 5))[0],
            "launch_time": dice.choices((None, 1, 2, 3), (10, 50, 30, 10))[0],
            "evidence": dice.choices((None, 0, 1, 2, 3), (5, 10, 55, 22, 8))[0],
        }
        return Generated(
            number=number,
            key=uuid.UUID(int=dice.getrandbits(128), version=4),
            fields=fields,
            terms=tuple(dict.fromkeys(_terms(dice, theme))),
            tags=tuple(dict.fromkeys(dice.sample(theme.tags, dice.randint(2, 5)))),
            area=theme.areas[0] if theme.areas else None,
            position=_weighted(dice, POSITIONS),
            authors=dice.choices((1, 2, 3, 4), (45, 30, 18, 7))[0],
            organisation=dice.random() ** 1.6,
            image=dice.random(),
        )

    def _day(self, dice: random.Random) -> dt.date:
        months = [self.today.replace(day=1)]
        while len(months) < YEARS * 12:
            months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
        month = dice.choices(months, [WEEKS_BY_MONTH[month.month - 1] for month in months])[0]
        return min(month + dt.timedelta(days=dice.randrange(28)), self.today)

    def _names(self, dice: random.Random, theme: Theme) -> dict[str, str]:
        name, frame = dice.choice(theme.names), dice.choice(theme.frames)
        title = f"{name}: {frame}"
        if theme.areas and dice.random() < 0.7:
            title = f"{title} {dice.choice(self.groups)}"
        goals = [goal for text in theme.texts("goal") for goal in sentences(text)]
        summary = f"{frame[:1].upper()}{frame[1:]}. {dice.choice(goals)}"
        return {"title": title, "summary": summary[:350].rstrip()}


def _texts(dice: random.Random, theme: Theme) -> dict[str, str]:
    own = dice.choice(theme.rows)
    problem = _mixed(dice, theme.texts("problem"))
    return {
        "problem": problem,
        "goal": dice.choice(theme.texts("goal")),
        "audience_text": f"{dice.randint(14, 120)} воспитанников, {dice.randint(8, 90)} семей, "
        f"{dice.randint(2, 14)} педагогов.",
        "technologies": dice.choice(theme.texts("technologies")),
        "res_staff": dice.choice(theme.texts("res_staff")),
        "res_material": dice.choice(theme.texts("res_material")),
        "res_information": own["res_information"],
        "partners": own["partners"],
        "results_summary": dice.choice(theme.texts("results_summary")),
        "replication": _mixed(dice, theme.texts("replication")),
    }


def _mixed(dice: random.Random, texts: list[str]) -> str:
    """Most sentences of one text, then some of another: no two practices read the same, none reads at random."""
    first, second = (list(sentences(text)) for text in dice.sample(texts, 2))
    chosen = [*_in_order(dice, first, len(first) - 1), *_in_order(dice, second, dice.randint(1, 2))]
    return " ".join(dict.fromkeys(chosen))


def _in_order(dice: random.Random, items: list[str], amount: int) -> list[str]:
    places = dice.sample(range(len(items)), max(1, min(len(items), amount)))
    return [items[place] for place in sorted(places)]


def _rows(dice: random.Random, theme: Theme) -> list[list[Any]]:
    indicators = []
    for row in _some(dice, theme.items("indicators"), 2, 4):
        low = round(dice.uniform(0.6, 1.2) * row["before"], 1)
        high = round(dice.uniform(0.8, 1.15) * row["after"], 1)
        if row["unit"] == "%":
            low, high = min(low, 97.0), min(high, 98.0)
        indicators.append({**row, "before": low, "after": high})
    return [
        _some(dice, theme.items("tasks"), 3, 5),
        _some(dice, theme.items("steps"), 4, 6),
        indicators,
        _some(dice, theme.items("risks"), 1, 3),
    ]


def _some(dice: random.Random, items: list[Any], least: int, most: int) -> list[Any]:
    return dice.sample(items, min(len(items), dice.randint(least, most)))


def _stream(dice: random.Random, kind: str, rows: list[Any]) -> list[dict[str, Any]]:
    """Raw value of a StreamField."""
    return [{"type": kind, "value": row, "id": str(uuid.UUID(int=dice.getrandbits(128), version=4))} for row in rows]


def _terms(dice: random.Random, theme: Theme) -> list[tuple[str, str]]:
    first, *more = dice.sample(list(AGES), 2, counts=list(AGES.values()))
    ages = [first, *(more if dice.random() < 0.6 else [])] if theme.areas else []
    areas = theme.areas[: dice.randint(1, 2)]
    chosen: dict[str, list[str]] = {
        "educational_areas": areas,
        "age_groups": ages,
        "practice_kinds": theme.kinds[: dice.randint(1, 2)],
        "quality_areas": [dice.choice(theme.slugs("quality_areas")) for _ in range(dice.randint(1, 2))],
        "group_kinds": [_weighted(dice, GROUP_KINDS)] if theme.areas else [],
        "special_needs": [_weighted(dice, NEEDS)],
        "audiences": [dice.choice(theme.slugs("audiences")) for _ in range(dice.randint(1, 3))],
        "deficits": [dice.choice(theme.slugs("deficits")) for _ in range(dice.randint(0, 2))],
        "practice_maturity": [_weighted(dice, MATURITY)],
        "approbation_levels": [_weighted(dice, APPROBATION)],
        "licences": [_weighted(dice, LICENCES)],
    }
    return [(vocabulary, slug) for vocabulary, slugs in chosen.items() for slug in slugs]


def _until(dice: random.Random, level: RecognitionLevel, given: dt.date) -> dt.date | None:
    """Every fourth recognition has an end, three years on."""
    if level is RecognitionLevel.PRESENTED or dice.random() > 0.25:
        return None
    return given + dt.timedelta(days=3 * 365)


def _weighted(dice: random.Random, weights: dict[Any, int]) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]
