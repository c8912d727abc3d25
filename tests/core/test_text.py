import pytest

from portal.core.text import normalise_text, single_line, strip_control_characters

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "bad", ["\x00", "\x0b", "\x1f", "\x85", "\u200b", "\ufeff", "\u202e", "\u2066", "\u00ad", "\ud800"]
)
def test_invisible_characters_are_stripped(bad):
    assert strip_control_characters(f"детский{bad} сад") == "детский сад"


def test_tabs_line_ends_and_emoji_stay():
    assert strip_control_characters("а\tб\nв 🙂") == "а\tб\nв 🙂"


def test_text_is_composed_trimmed_and_has_plain_spaces_and_line_ends():
    assert normalise_text("\u00a0Мои\u0306 сад\u00a0№\u202f5\r\nвторая\rтретья \n") == "Мой сад № 5\nвторая\nтретья"


def test_a_hidden_character_does_not_keep_letters_from_composing():
    assert normalise_text("и\u200b\u0306") == "й"


def test_single_line_folds_white_space():
    assert single_line(" Детский \n\n сад\t№ 5 ") == "Детский сад № 5"
