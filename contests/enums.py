"""Closed sets of the contests that are code, not content."""

from __future__ import annotations

from django.db import models

SECTION_URL = "/contests/"  # fixed by the design: the section's slug is locked
RESERVED_SLUGS = {"winners"}  # addresses of the section itself


class ContestObject(models.TextChoices):
    """Who is judged."""

    PERSON = "person", "педагог"
    ORGANISATION = "organisation", "организация"
    TEAM = "team", "коллектив"
    PERSON_OR_TEAM = "person_or_team", "педагог или коллектив"


class ContestLevel(models.TextChoices):
    """How far a contest reaches."""

    MUNICIPAL = "municipal", "муниципальный"
    REGIONAL = "regional", "региональный"
    REGIONAL_STAGE = "regional_stage_of_all_russian", "региональный этап всероссийского конкурса"
    ALL_RUSSIAN = "all_russian", "всероссийский"


class StageMode(models.TextChoices):
    """Whether participants come or send."""

    BY_CORRESPONDENCE = "zaochno", "заочно"
    IN_PERSON = "ochno", "очно"


class ContestState(models.TextChoices):
    """Where a contest stands; follows from its stages and the clock, never stored."""

    OPEN = "open", "идёт приём"
    ANNOUNCED = "announced", "объявлен"
    RUNNING = "running", "идёт"
    FINISHED = "finished", "завершён"
    CANCELLED = "cancelled", "отменён"


class Place(models.TextChoices):
    """What a participant was awarded, best first."""

    WINNER = "winner", "победитель"
    PRIZE = "prize", "призёр"
    LAUREATE = "laureate", "лауреат"
    PARTICIPANT = "participant", "участник"
