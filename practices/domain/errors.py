"""What a verb of the procedure refuses with."""

from __future__ import annotations


class TransitionError(Exception):
    """The submission is not where this can be done, or something is lacking: a sentence for the person who asked."""
