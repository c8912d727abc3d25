"""The kinds of letters that the portal sends: default wording and placeholders of each.

An app registers its kinds in `AppConfig.ready`; the wording in force is a LetterTemplate row that people edit, and
the default from here when there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# Known to every letter, see `letters.queue_letter`.
COMMON = {
    "portal_name": "название портала",
    "region_name": "регион",
    "site": "адрес портала",
    "operator_email": "почта владельца портала",
}


@dataclass(frozen=True)
class LetterKind:
    """What a letter is for, how it reads until somebody edits it, and what can be put into it."""

    kind: str
    title: str
    subject: str
    body: str
    placeholders: Mapping[str, str] = field(default_factory=dict)  # name → what it is, in Russian
    samples: Mapping[str, str] = field(default_factory=dict)  # name → value for the preview
    required: tuple[str, ...] = ()  # without these the letter has no sense: the link it is sent for
    group: str = ""  # what people call such letters when they choose which to get; none: it cannot be chosen
    in_digest: bool = True  # its notices may wait for a digest; letters without a line of the bell may not
    staff: bool = False  # told to those who work in the admin: nobody else is asked how to get it
    necessary: bool = False  # comes whatever the person chose: without it a term or a right would be lost

    @property
    def can_be_left_out(self) -> bool:
        """Whether a person may unsubscribe from it or have it in a digest."""
        return bool(self.group) and not self.necessary

    def problem(self, text: str, *, whole: bool) -> str:
        """Return what is wrong with an edited text, as a sentence, or an empty string.

        `whole` is true for the body, which must hold the required placeholders.
        """
        used = set(PLACEHOLDER.findall(text))
        unknown = sorted(used - set(self.placeholders) - set(COMMON))
        if unknown:
            return "Нет такой подстановки: " + ", ".join(f"{{{name}}}" for name in unknown) + "."
        lost = sorted(set(self.required) - used) if whole else []
        if lost:
            return "Без этого письмо не имеет смысла: " + ", ".join(f"{{{name}}}" for name in lost) + "."
        return ""


_kinds: dict[str, LetterKind] = {}


def register_kind(kind: LetterKind) -> None:
    """Make `kind` known; raises ValueError for a name that is taken or a wording with unknown placeholders."""
    if kind.kind in _kinds and _kinds[kind.kind] != kind:
        raise ValueError(f"letter kind {kind.kind} is registered twice")
    if problem := kind.problem(kind.subject, whole=False) or kind.problem(kind.body, whole=True):
        raise ValueError(f"{kind.kind}: {problem}")
    _kinds[kind.kind] = kind


def register_kinds_from(path: Path) -> None:
    """Register every kind of a YAML file: kind → title, subject, body, placeholders (name → [meaning, sample]),
    group, necessary, staff and in_digest of LetterKind.
    """
    for name, spec in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        placeholders = spec.get("placeholders") or {}
        register_kind(
            LetterKind(
                kind=name,
                title=spec["title"],
                subject=spec["subject"],
                body=spec["body"].strip() + "\n",
                placeholders={key: meaning for key, (meaning, _sample) in placeholders.items()},
                samples={key: str(sample) for key, (_meaning, sample) in placeholders.items()},
                required=tuple(spec.get("required") or ()),
                group=spec.get("group", ""),
                necessary=bool(spec.get("necessary", False)),
                in_digest=bool(spec.get("in_digest", True)),
                staff=bool(spec.get("staff", False)),
            )
        )


def find(kind: str) -> LetterKind | None:
    """Return the registered kind of that name."""
    return _kinds.get(kind)


def all_kinds() -> list[LetterKind]:
    """Return every registered kind in the order of titles."""
    return sorted(_kinds.values(), key=lambda kind: kind.title)


def optional_groups() -> dict[str, list[LetterKind]]:
    """Return the groups that a person may leave, by title, each with its kinds in the order of titles."""
    groups: dict[str, list[LetterKind]] = {}
    for kind in all_kinds():
        if kind.can_be_left_out:
            groups.setdefault(kind.group, []).append(kind)
    return dict(sorted(groups.items()))


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with known {placeholders} replaced, once: a value that looks like a placeholder stays as typed."""
    return PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group(0)), text)
