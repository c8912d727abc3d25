"""Which symbols the serif built into typst can print.

PDF/UA-1 (ISO 14289-1, 7.21.8) forbids missing glyphs, so for one emoji typst would refuse the whole file.
"""

from __future__ import annotations

import re

REPLACEMENT = "□"

# Likenesses for symbols that people do use and Libertinus Serif lacks.
_LIKENESSES = str.maketrans(
    {"₽": "руб.", "✓": "✔", "✅": "✔", "☑": "✔", "☐": "□", "❌": "✘", "▪": "■", "➡": "→", "⭐": "★", "❤": "♥"}
)

# Runs of Libertinus Serif as shipped in typst 0.15, probed symbol by symbol; a test prints every one of them.
PRINTABLE_RANGES: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00AC),
    (0x00AE, 0x02E4),  # Latin
    (0x02EA, 0x036F),  # with combining marks
    (0x0391, 0x03A1),
    (0x03A3, 0x03CE),  # Greek
    (0x03FD, 0x0477),
    (0x048C, 0x04C4),
    (0x04C8, 0x04F9),  # Cyrillic
    (0x1E00, 0x1F15),
    (0x2000, 0x200A),
    (0x2010, 0x2027),  # dashes, quotes
    (0x202F, 0x2037),
    (0x2039, 0x203E),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2153, 0x2184),  # fractions, Roman numerals
    (0x2190, 0x219B),
    (0x2200, 0x220D),
    (0x220F, 0x222E),
    (0x2248, 0x2249),
    (0x2260, 0x2262),
    (0x2264, 0x2265),
    (0x2460, 0x2487),
    (0x24B6, 0x24FF),  # circled and bracketed
    (0x25A0, 0x25A1),
    (0x25B2, 0x25B3),
    (0x25B6, 0x25B7),
    (0x25BC, 0x25BD),
    (0x25C6, 0x25C7),
    (0x25CB, 0x25CC),
    (0x25CE, 0x25D7),
    (0x2605, 0x2605),
    (0x2639, 0x263C),
    (0x2665, 0x2666),
    (0x266D, 0x266F),
    (0x2714, 0x2714),
    (0x2718, 0x2718),
    (0x2776, 0x277F),
)

_UNPRINTABLE = re.compile("[^" + "".join(f"{chr(low)}-{chr(high)}" for low, high in PRINTABLE_RANGES) + "]+")


def printable(text: str) -> str:
    """Return `text` with likenesses for a few common symbols and «□» for every run of others that the font lacks."""
    return _UNPRINTABLE.sub(REPLACEMENT, text.translate(_LIKENESSES))
