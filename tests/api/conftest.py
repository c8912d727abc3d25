"""The bank and its hidden siblings, as in the tests of practices."""

from __future__ import annotations

from tests.practices.conftest import bank, committed, siblings

__all__ = ["bank", "committed", "siblings"]
