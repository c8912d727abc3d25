"""From topic words to motifs: tags are given by slug or by Russian title, so both are read in Latin letters."""

from __future__ import annotations

import re
from functools import cache

from portal.demo.covers.registry import MOTIFS

# The scheme of the slugs in the vocabularies.
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(r"\b" + re.escape(word))


@cache
def topic_motifs(topic: str) -> tuple[str, ...]:
    """Return names of motifs that answer the topic, best first; empty if none does.

    The earliest topic decides; for one topic the motif that names it among its first words goes ahead.
    """
    # A title with hyphens for spaces looks like its slug, so one set of words reads both.
    text = "-".join(topic.lower().translate(_LATIN).split())
    hits = []
    for name, motif in MOTIFS.items():
        found = (
            (match.start(), rank) for rank, word in enumerate(motif.words) if (match := _pattern(word).search(text))
        )
        best = min(found, default=None)
        if best is not None:
            hits.append((*best, name))
    return tuple(name for _, _, name in sorted(hits))
