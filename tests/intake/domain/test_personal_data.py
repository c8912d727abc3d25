"""The guard of personal data: it hears what tells of a person and keeps silent about what every description says."""

from __future__ import annotations

import time

import pytest

from portal.intake.domain.personal_data import Kind, find_personal

pytestmark = pytest.mark.unit


def heard(text):
    return [(found.kind, found.words) for found in find_personal({"problem": text}) if not found.soft]


def quiet(text):
    return [(found.kind, found.words) for found in find_personal({"problem": text}) if found.soft]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Занятие провела Иванова М. И. в марте.", "Иванова М. И."),
        ("Занятие провела М.И. Иванова в марте.", "М.И. Иванова"),
        ("Иванов Иван Иванович придумал игру", "Иванов Иван Иванович"),
        ("Нам помогла Марья Ивановна", "Марья Ивановна"),
        ("беседовали с Петровым Иваном Ильичом", "Петровым Иваном Ильичом"),
        ("Автор: Семёнова Ольга", "Семёнова Ольга"),
        ("Мастер-класс Марины Кузнецовой понравился всем", "Марины Кузнецовой"),
        ("Ведёт Салтыкова-Щедрина А. Б.", "Салтыкова-Щедрина А. Б."),
    ],
)
def test_names_of_people_are_heard(text, words):
    assert heard(text) == [(Kind.NAME, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Работаем по методике Л. С. Выготского и Д. Б. Эльконина.",
        "Опираемся на Выготского Л. С. и Смирнову Е. О.",
        "Читали К. И. Чуковского, А. Барто, С. Маршака.",
        "Змей Горыныч и Василиса Микулишна пришли в гости.",
        "Детский сад имени Ю. А. Гагарина на улице В. И. Петрова.",
        "Слушали музыку П. И. Чайковского.",
        "Иван Царевич и Илья Муромец помогают детям.",
        "В г. Волжский, ул. Мира, 5, МДОУ «Детский сад № 8».",
    ],
)
def test_known_people_tales_and_addresses_are_no_names(text):
    assert find_personal({"problem": text}) == []


def test_a_cited_author_whom_nobody_knows_is_named_quietly():
    text = "Программа под редакцией Т. С. Сидоровой"
    assert heard(text) == []
    assert quiet(text) == [(Kind.NAME, "Т. С. Сидоровой")]


def test_a_teacher_with_a_famous_surname_but_other_initials_is_heard():
    assert heard("Занятие вела Смирнова А. А.") == [(Kind.NAME, "Смирнова А. А.")]


@pytest.mark.parametrize(
    "phone",
    ["+7 902 123-45-67", "8(8442)12-34-56", "89021234567", "+7 (84457) 3-12-45", "тел. 3-12-45", "8-902-123-45-67"],
)
def test_telephones_are_heard(phone):
    assert [kind for kind, _words in heard(f"Звоните {phone} вечером")] == [Kind.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "ИНН 3435012345",
        "ISBN 978-5-09-012345-6",
        "В 2021-2022 году 48 детей, 17 выходов, 3-12 рублей",
        "8 групп по 25 детей",
    ],
)
def test_other_numbers_are_no_telephones(text):
    assert heard(text) == []


def test_mailboxes_are_heard():
    assert heard("Пишите на sad5@example.org") == [(Kind.EMAIL, "sad5@example.org")]


@pytest.mark.parametrize(
    "text",
    [
        "Ребёнок Миша с РАС, 4 года, группа 5.",
        "У Миши РАС, он посещает сад второй год",
        "Артём, 5 лет, рассказал о своей семье",
        "Мальчик 5 лет из группы «Солнышко» заикается",
        "Девочка с сахарным диабетом, 6 лет",
        "Ребёнку 4 года, поставлен диагноз",
        "В группе два ребёнка с РАС",
        "Варе 3 года, ходит в группу № 2",
    ],
)
def test_one_child_told_by_signs_is_heard(text):
    assert [kind for kind, _words in heard(text)] == [Kind.CHILD]


@pytest.mark.parametrize(
    "text",
    [
        "Практика для детей с РАС, ДЦП и ЗПР 5–7 лет.",
        "Дети 4 лет строят дом, воспитанники группы «Солнышко» помогают.",
        "Маша и медведь: сказка для детей 3–4 лет.",
        "За 2 года проведено 17 выходов, 48 воспитанников трёх групп.",
        "Каждый ребёнок старшей группы выбирает роль.",
        "Группы компенсирующей направленности для детей с ТНР",
        "Через 2 года после начала Даша стала самостоятельнее",
    ],
)
def test_children_in_general_are_not_heard(text):
    assert find_personal({"problem": text}) == []


def test_a_word_of_health_alone_is_said_quietly_and_beside_a_child_aloud():
    assert quiet("Педагог не ставит диагноз и не лечит") == [(Kind.HEALTH, "диагноз")]
    assert heard("Учитываем диагноз каждого в возрасте 5 лет") == [(Kind.HEALTH, "диагноз")]


def test_signs_of_two_sentences_are_not_one_child():
    assert heard("Миша принёс яблоко. Практика идёт 4 года. Дети с РАС участвуют.") == []


def test_the_place_is_told_by_field_and_row():
    answers = {
        "title": "Игры",
        "steps": [{"title": "Начало", "text": "Собрались"}, {"title": "Игра", "text": "Вела Ким О. О."}],
    }
    [found] = find_personal(answers)
    assert (found.field, found.row, found.words) == ("steps", 2, "Ким О. О.")
    assert "Авторы" in found.kind.cure


def test_the_same_words_in_a_field_are_named_once():
    assert len(find_personal({"goal": "Иванова М. И. и снова Иванова М. И.", "problem": "Иванова М. И."})) == 2


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/sad5",
        "youtu.be/abc",
        "www.instagram.com/sad",
        "https://docs.google.com/forms/d/1",
        "http://m.facebook.com/x",
    ],
)
def test_links_to_foreign_services_are_refused(link):
    [found] = find_personal({"res_information": f"Смотрите {link}"})
    assert (found.kind, found.refused) == (Kind.LINK, True)


@pytest.mark.parametrize(
    "link", ["https://rutube.ru/video/1/", "vk.com/video1", "https://sad5.example.org/x.com/", "xx.com", "v.5.com.ru"]
)
def test_other_links_are_let_through(link):
    assert [found for found in find_personal({"res_information": link}) if found.refused] == []


@pytest.mark.parametrize("text", ["а" * 100_000, "1" * 100_000, "a." * 50_000 + "@", "Абв-" * 25_000, "А. " * 30_000])
def test_a_hundred_thousand_letters_are_read_at_once(text):
    began = time.process_time()
    find_personal({"problem": text})
    assert time.process_time() - began < 5  # without the limit of a run: half a minute


def test_odd_values_are_no_trouble():
    assert find_personal({"a": None, "b": 5, "c": [None, {"d": True}], "e": {"f": "г"}, "g": "я" * 100_000}) == []
