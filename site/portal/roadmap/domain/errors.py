"""What a verb of the roadmap answers when it cannot be done."""

from __future__ import annotations


class RoadmapError(Exception):
    """A verb does not fit the state of what it is asked of; the text is a sentence for the person who asked."""
