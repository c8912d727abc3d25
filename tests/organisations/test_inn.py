"""ИНН is taken only with right control digits."""

import pytest
from django.core.exceptions import ValidationError

from portal.organisations.inn import validate_inn
from tests.factories.organisations import valid_inn

pytestmark = pytest.mark.unit


# Published examples of the check: an organisation of the state and a made-up person.
@pytest.mark.parametrize("inn", ["7707083893", "7830002293", "500100732259"])
def test_right_number_is_taken(inn):
    validate_inn(inn)


@pytest.mark.parametrize(
    ("inn", "code"),
    [
        ("7707083894", "inn_checksum"),
        ("7707083839", "inn_checksum"),
        ("500100732258", "inn_checksum"),
        ("770708389", "inn_length"),
        ("77070838933", "inn_length"),
        ("77O7083893", "inn_length"),
        ("٧٧٠٧٠٨٣٨٩٣", "inn_length"),
        ("0000000000", "inn_zeros"),
        ("", "inn_length"),
    ],
)
def test_wrong_number_is_refused_with_its_reason(inn, code):
    with pytest.raises(ValidationError) as refused:
        validate_inn(inn)
    assert refused.value.code == code


def test_every_misprint_of_one_digit_is_noticed():
    inn = valid_inn(1)
    for place in range(10):
        for digit in "0123456789":
            misprint = inn[:place] + digit + inn[place + 1 :]
            if misprint != inn:
                with pytest.raises(ValidationError):
                    validate_inn(misprint)
