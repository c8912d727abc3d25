"""ИНН, the taxpayer's number of an organisation or a person."""

from __future__ import annotations

from django.core.exceptions import ValidationError

_WEIGHTS: dict[int, list[tuple[int, ...]]] = {
    10: [(2, 4, 10, 3, 5, 9, 4, 6, 8)],
    12: [(7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)],
}


def validate_inn(value: str) -> None:
    """Raise ValidationError unless `value` is an ИНН of 10 or 12 digits with right control digits.

    The control digit is the weighted sum of the digits before it modulo 11 modulo 10 (order of МНС России
    of 03.03.2004 № БГ-3-09/178, annex 2).
    """
    if not value.isascii() or not value.isdigit() or len(value) not in _WEIGHTS:
        raise ValidationError("ИНН организации состоит из 10 цифр, предпринимателя — из 12.", code="inn_length")
    if not value.strip("0"):
        raise ValidationError("ИНН не может состоять из одних нулей.", code="inn_zeros")
    digits = [int(char) for char in value]
    for weights in _WEIGHTS[len(value)]:
        position = len(weights)
        if sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10 != digits[position]:
            raise ValidationError("Контрольная цифра ИНН не сходится: проверьте, нет ли опечатки.", code="inn_checksum")
