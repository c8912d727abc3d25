"""The guard of personal data: what in a text that everybody will read may tell of a living person.

It warns and never blocks: the author and the moderator decide. Rules of the bank: names, telephones, mailboxes, words
of health, and a child told by a name, an age and a group together (152-ФЗ art. 5, 10; rules.md, line 12).
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.intake.domain.hosts import foreign_addresses
from portal.intake.domain.person_words import words

_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC = (
    r"[А-ЯЁ][а-яё]+(?:(?:ович|евич|ьич)(?:а|у|ем|е)?|(?:овн|евн|иничн|ичн)(?:а|ы|е|у|ой|ою))(?!\w)"
    r"|(?:Иль|Кузьм|Фом|Лук|Никит|Савв)ич(?:а|у|ом|ем|е)?(?!\w)"
)
_INITIALS_FIRST = re.compile(rf"(?<![\w.])([А-ЯЁ])\.\s?(?:([А-ЯЁ])\.\s?)?({_SURNAME})(?!\w)")
_SURNAME_FIRST = re.compile(rf"(?<!\w)({_SURNAME})\s+([А-ЯЁ])\.\s?([А-ЯЁ])\.")
_WITH_PATRONYMIC = re.compile(
    rf"(?<!\w)(?:({_SURNAME})\s+)?({_SURNAME})\s+(?P<patronymic>{_PATRONYMIC})(?:\s+({_SURNAME}))?"
)
_FAMILY_END = r"(?:ов|ев|ёв|ин|ын|ск|цк|енко|чук|швили|дзе|ян)(?:а|у|ым|е|ой|ий|ого|ому|им|ая|ую)?"
_PHONE = re.compile(
    r"(?<![\d-])(?:\+7|8)[\s(-]*\d{3,5}[\s)-]*\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?![\d-])"
    r"|(?:тел(?:ефон)?\.?|моб\.?|сот\.?)\s*:?\s*(?:\(\d{3,5}\)\s*)?\d[\d\s-]{3,12}\d",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_AGE = re.compile(
    r"(?<![\d–—,.-])(?<!за )(?<!на )(?<!от )(?<!до )(?<!через )(?<!около )(?<!старше )(?<!младше )(?<!из )(?<!последние )"
    r"\b[1-8](?:[,.]\d)?\s(?:год|года|лет)\b(?!\s(?:назад|работы|спустя|подряд|обучения))",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"групп[аеуы]\w*\s+(?:№\s*\d+|«[^»]{2,40}»)|групп[аеуы]\s+\d+\b|\b\d+\s+групп[аеуы]\b", re.IGNORECASE
)
_ONE_CHILD = re.compile(
    r"(?<!\w)(?:мальчик|девочк|реб[её]н(?:ок|к)|воспитанни(?:к|ц)|дошкольни(?:к|ц))[а-я]*", re.IGNORECASE
)
_MANY = re.compile(r"(?:ов|ками|ках|цы|цами|цах|ки|кам|цам|ам|ей)$|детей", re.IGNORECASE)
_FEW_CHILDREN = re.compile(
    r"(?<!\w)(?:у\s+)?(?:одн(?:ого|ому|им)|один|дв(?:а|е|ое|их|оих|ум|умя|ух)|1|2)\s+(?:реб\w+|дет\w+|воспитан\w+|мальчик\w*|девоч\w+)"
    r"(?:\s+\w+){0,2}\s+с\s+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[а-яё0-9»)])[.!?…;]+\s+|\n+")
# No name, number or host is longer. The patterns begin anew at every letter of a run: 100,000 of them cost half a minute.
_LONG_RUN = re.compile(r"(\S{200})\S+")
_CONTEXT = 60  # characters before a name that tell whether a source is cited


class Kind(enum.Enum):
    """What was found, in the words of the warning."""

    NAME = "имя человека"
    PHONE = "номер телефона"
    EMAIL = "адрес почты"
    HEALTH = "слова о здоровье"
    CHILD = "сведения об одном ребёнке"
    LINK = "ссылка на иностранный сервис"

    @property
    def cure(self) -> str:
        """What the author is to do."""
        return _CURES[self]


_CURES = {
    Kind.NAME: "Уберите имя: авторов называет шаг «Авторы», с их согласия. Имя автора методики можно оставить.",
    Kind.PHONE: "Уберите номер: его видит только модератор, в поле «Телефон».",
    Kind.EMAIL: "Уберите адрес: читатели напишут вам кнопкой «Написать автору».",
    Kind.HEALTH: "Не называйте диагнозов: напишите, какие условия нужны детям.",
    Kind.CHILD: "По имени, возрасту и группе ребёнка можно узнать. Оставьте одно из трёх и без имени.",
    Kind.LINK: "Замените ссылкой на российскую площадку или приложите файл.",
}


@dataclass(frozen=True)
class Found:
    """A place in a text that may tell of a person: the name of the field, the words and what they are."""

    field: str
    words: str
    kind: Kind
    row: int | None = None  # number of the row from 1 where the field is a table
    soft: bool = False  # probably a reference to a source: said quietly

    @property
    def refused(self) -> bool:
        """Whether it must be mended before sending; the rest is a warning."""
        return self.kind is Kind.LINK


def find_personal(texts: Mapping[str, Any]) -> list[Found]:
    """Return what `texts` (name of a field → plain value, rows as lists) may tell of people, in the order of fields.

    The same words in one field are named once.
    """
    return _walk(texts, _in_text)


def find_foreign_links(texts: Mapping[str, Any]) -> list[Found]:
    """Return only the links to foreign networks and services: what keeps an application from being sent."""
    return _walk(texts, lambda text: (found for _start, _end, found in _links(text)))


def _walk(texts: Mapping[str, Any], look: Callable[[str], Iterable[Found]]) -> list[Found]:
    found: dict[tuple[str, str, Kind], Found] = {}
    for name, value in texts.items():
        for row, text in _strings(value):
            for item in look(_LONG_RUN.sub(r"\1", text)):
                found.setdefault((name, item.words, item.kind), replace(item, field=name, row=row))
    return list(found.values())


def _strings(value: Any, row: int | None = None) -> Iterator[tuple[int | None, str]]:
    if isinstance(value, str):
        yield row, value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part, row)
    elif isinstance(value, Iterable):
        for number, part in enumerate(value, start=1):
            yield from _strings(part, row or number)


def _in_text(text: str) -> Iterator[Found]:
    rest = text
    for look in (_links, _mailboxes, _phones, _names):
        for start, end, found in look(rest):
            yield found
            rest = rest[:start] + "\x00" * (end - start) + rest[end:]  # what is named once is not named again
    yield from _health_and_children(text)


Place = tuple[int, int, Found]


def _links(text: str) -> list[Place]:
    return [(at.start(), at.end(), Found("", at.group(), Kind.LINK)) for at in foreign_addresses(text)]


def _mailboxes(text: str) -> list[Place]:
    return [(at.start(), at.end(), Found("", at.group(), Kind.EMAIL)) for at in _MAILBOX.finditer(text)]


def _phones(text: str) -> list[Place]:
    return [(at.start(), at.end(), Found("", at.group(), Kind.PHONE)) for at in _PHONE.finditer(text)]


def _names(text: str) -> list[Place]:
    places: list[Place] = []
    taken: list[tuple[int, int]] = []
    for pattern, judge in (
        (_WITH_PATRONYMIC, _judge_patronymic),
        (_INITIALS_FIRST, _judge_initials_first),
        (_SURNAME_FIRST, _judge_surname_first),
        (_first_and_family(), _judge_two_words),
    ):
        for at in pattern.finditer(text):
            start, end = at.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            verdict = judge(at)
            taken.append((start, end))
            if verdict:
                before = text[max(0, start - _CONTEXT) : start]
                if words().places.search(before):
                    continue
                soft = verdict == "soft" or bool(words().cites.search(_same_sentence(before)))
                places.append((start, end, Found("", at.group().strip(), Kind.NAME, soft=soft)))
    return sorted(places, key=lambda place: place[0])


def _first_and_family() -> re.Pattern[str]:
    name, family = f"(?:{words().given})", rf"[А-ЯЁ][а-яё]+{_FAMILY_END}"
    return re.compile(rf"(?<!\w)(?:(?:{name})\s+(?P<after>{family})|(?P<before>{family})\s+(?:{name}))(?!\w)")


Verdict = str  # "", "soft" or "hard"


def _judge_patronymic(at: re.Match[str]) -> Verdict:
    names = [name for name in at.groups() if name]
    if words().is_character(*names):
        return ""
    return "" if any(words().is_known(name) for name in (at.group(1), at.group(4)) if name) else "hard"


def _judge_initials_first(at: re.Match[str]) -> Verdict:
    first, second, surname = at.groups()
    if words().is_known(surname, first + (second or "")):
        return ""
    return "hard" if second else "soft"


def _judge_surname_first(at: re.Match[str]) -> Verdict:
    surname, first, second = at.groups()
    return "" if words().is_known(surname, first + second) else "hard"


def _judge_two_words(at: re.Match[str]) -> Verdict:
    family = at.group("after") or at.group("before")
    return "" if words().is_known(family) or words().is_character(family) else "hard"


def _same_sentence(before: str) -> str:
    return _SENTENCE.split(before)[-1]


def _health_and_children(text: str) -> Iterator[Found]:
    for sentence in _SENTENCE.split(text):
        yield from _in_sentence(sentence.strip())


def _in_sentence(sentence: str) -> Iterator[Found]:
    list_ = words()
    health = list_.alone.search(sentence) or list_.together.search(sentence)
    name = re.search(rf"(?<!\w)(?:{list_.given})(?!\w)", sentence)
    child = _first(_ONE_CHILD, sentence, lambda at: not _MANY.search(at.group()))
    age, group = _AGE.search(sentence), _GROUP.search(sentence)
    told = sum(map(bool, (age, group, health)))
    if (name and told) or (child and told >= 2):
        signs = [part.group() for part in (name or child, age, group, health) if part]
        yield Found("", ", ".join(signs), Kind.CHILD)
    elif few := _FEW_CHILDREN.search(sentence):
        if health and health.start() >= few.end() - 1:
            yield Found("", sentence[few.start() : health.end()].strip(), Kind.CHILD)
    elif alone := list_.alone.search(sentence):
        yield Found("", alone.group(), Kind.HEALTH, soft=not (child or age or group))


def _first(pattern: re.Pattern[str], text: str, fits: Callable[[re.Match[str]], bool]) -> re.Match[str] | None:
    return next((at for at in pattern.finditer(text) if fits(at)), None)
