"""Contests: their register, yearly editions, nominations, stages, results."""

from contests.models.page import ContestIndexPage, ContestPage
from contests.models.rows import ContestNomination, ContestResult, ContestStage, TaggedContest
from contests.models.series import ContestSeries

__all__ = [
    "ContestIndexPage",
    "ContestNomination",
    "ContestPage",
    "ContestResult",
    "ContestSeries",
    "ContestStage",
    "TaggedContest",
]
