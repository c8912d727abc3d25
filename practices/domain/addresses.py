"""Addresses of a submission in the cabinet; fixed by the design, as links in letters rest on them."""

from __future__ import annotations

from typing import Any

CABINET = "/cabinet/practices/"


def step_address(submission: Any, step: str) -> str:
    """Return the path of one step of the form."""
    return f"{CABINET}{submission.public_id}/{step}/"
