"""A form declared in code or loaded from JSON: answers, what is missing, states of steps."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from portal.intake.enums import FieldType, Reader, StepState
from portal.intake.forms.conditions import ConditionError, fields_of, holds
from portal.intake.forms.loading import spec_from_json
from portal.intake.forms.spec import FormError

pytestmark = pytest.mark.unit

CONTEST = {
    "key": "contest-entry",
    "version": 3,
    "title": "Анкета участника",
    "steps": [
        {
            "key": "who",
            "title": "Участник",
            "minutes": 5,
            "fields": [
                {"name": "motto", "label": "Девиз", "type": "text", "required": True, "at_least": 5, "at_most": 20},
                {
                    "name": "nomination",
                    "label": "Номинация",
                    "type": "select",
                    "required": True,
                    "options": [["teacher", "Воспитатель"], ["team", "Команда"]],
                },
                {
                    "name": "members",
                    "label": "Состав команды",
                    "type": "rows",
                    "required_when": {"field": "nomination", "is": "team"},
                    "at_least": 2,
                    "at_most": 3,
                    "row_label": "человек",
                    "columns": [
                        {"name": "post", "label": "Должность"},
                        {"name": "years", "label": "Стаж", "type": "number"},
                    ],
                },
                {"name": "phone", "label": "Телефон", "type": "phone", "visible_to": ["author", "moderator"]},
            ],
        },
        {"key": "check", "title": "Проверка"},
    ],
}


def draft(**answers):
    return SimpleNamespace(answers=answers, typed={})


@pytest.fixture
def contest():
    return spec_from_json(CONTEST)


def words(spec, entry):
    return [(one.step.key, one.field.name, one.words) for one in spec.missing(entry)]


class TestConditions:
    @pytest.mark.parametrize(
        ("rule", "answers", "expected"),
        [
            ({"field": "audiences", "has": "deti"}, {"audiences": ["deti", "roditeli"]}, True),
            ({"field": "audiences", "has": "deti"}, {}, False),
            ({"field": "place", "is": "volgograd"}, {"place": {"value": "volgograd", "label": "г. Волгоград"}}, True),
            ({"field": "kinds", "only": ["a", "b"]}, {"kinds": ["a"]}, True),
            ({"not": {"field": "kinds", "only": ["a", "b"]}}, {"kinds": ["a", "c"]}, True),
            ({"field": "cover", "filled": True}, {"cover": [{"id": "1"}]}, True),
            ({"field": "cover", "filled": False}, {"cover": []}, True),
            ({"all": [{"field": "x", "is": 1}, {"field": "y", "is": 2}]}, {"x": 1, "y": 3}, False),
            ({"any": [{"field": "x", "is": 1}, {"field": "y", "is": 2}]}, {"x": 1, "y": 3}, True),
        ],
    )
    def test_a_condition_holds(self, rule, answers, expected):
        assert holds(rule, answers) is expected

    @pytest.mark.parametrize("rule", [{}, {"field": "x"}, {"field": "x", "is": 1, "has": 2}, {"field": 1, "is": 2}])
    def test_a_condition_of_another_shape_is_refused(self, rule):
        with pytest.raises(ConditionError):
            holds(rule, {})

    def test_a_condition_names_its_fields(self):
        assert fields_of({"all": [{"field": "x", "is": 1}, {"not": {"field": "y", "is": 2}}]}) == {"x", "y"}


class TestLoading:
    def test_rows_of_json_become_the_same_form(self, contest):
        assert [step.key for step in contest.steps] == ["who", "check"]
        assert [column.name for column in contest.by_name["members"].columns] == ["post", "years"]
        assert contest.by_name["nomination"].choices[1].label == "Команда"

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"type": "slider"}, "неизвестный тип"),
            ({"colour": "red"}, "непонятные свойства"),
            ({"required_when": {"field": "nobody", "is": 1}}, "неизвестное"),
            ({"required_when": {"whenever": 1}}, "Непонятное условие"),
            ({"name": "motto"}, "дважды"),
        ],
    )
    def test_what_contradicts_itself_is_refused_in_words(self, change, words):
        broken = {**CONTEST["steps"][0]["fields"][3], **change}
        steps = [{"key": "who", "title": "Участник", "fields": [*CONTEST["steps"][0]["fields"][:3], broken]}]
        with pytest.raises(FormError, match=words):
            spec_from_json({**CONTEST, "steps": steps})

    def test_a_form_without_steps_is_refused(self):
        with pytest.raises(FormError, match="steps"):
            spec_from_json({"key": "x", "version": 1, "title": "Х"})


class TestMissing:
    def test_an_empty_form_lacks_what_is_required(self, contest):
        assert words(contest, draft()) == [
            ("who", "motto", "Заполните поле."),
            ("who", "nomination", "Выберите значение."),
        ]

    def test_a_condition_asks_for_more(self, contest):
        entry = draft(motto="Играем", nomination="team", members=[{"id": "1", "post": "Воспитатель", "years": 0}])
        assert words(contest, entry) == [("who", "members", "Нужно не меньше 2 строк, сейчас 1.")]

    def test_a_cell_is_named_with_its_row(self, contest):
        rows = [{"id": "1", "post": "Воспитатель", "years": 3}, {"id": "2", "post": "", "years": None}]
        entry = draft(motto="Играем", nomination="team", members=rows)
        assert words(contest, entry) == [("who", "members", "Человек 2, «Должность»: заполните.")]

    def test_short_and_long_texts_say_how_much(self, contest):
        entry = draft(motto="Да", nomination="teacher")
        assert words(contest, entry) == [("who", "motto", "Нужно не меньше 5 знаков, сейчас 2.")]
        entry = draft(motto="Да" * 11, nomination="teacher")
        assert words(contest, entry) == [("who", "motto", "Не больше 20 знаков, сейчас 22.")]

    def test_what_was_typed_and_not_accepted_stays_missing(self, contest):
        entry = draft(motto="Играем", nomination="teacher")
        entry.typed = {"motto": {"value": "х" * 30, "words": "Не больше 20 знаков, сейчас 30."}}
        assert words(contest, entry) == [("who", "motto", "Не больше 20 знаков, сейчас 30.")]


class TestStates:
    def test_a_step_is_new_begun_ready(self, contest):
        assert contest.step_states(draft()) == {"who": StepState.NEW, "check": StepState.NEW}
        assert contest.step_states(draft(motto="Да"))["who"] == StepState.BEGUN
        whole = draft(motto="Играем", nomination="teacher")
        assert contest.step_states(whole) == {"who": StepState.READY, "check": StepState.READY}


def test_contacts_are_kept_from_those_who_read_for_marks(contest):
    entry = draft(phone="+7 900 000-00-00", motto="Играем")
    assert "phone" not in contest.answers(entry, reader=Reader.EXPERT)
    assert contest.answers(entry, reader=Reader.MODERATOR)["phone"] == "+7 900 000-00-00"


def test_every_type_of_field_has_a_blank_answer():
    types = [{"name": kind, "label": kind, "type": kind} for kind in FieldType.values]
    spec = spec_from_json(
        {"key": "x", "version": 1, "title": "Х", "steps": [{"key": "a", "title": "А", "fields": types}]}
    )
    answers = spec.answers(draft())
    assert (
        answers["text"] == "" and answers["rows"] == [] and answers["checkbox"] is False and answers["number"] is None
    )
    assert spec.missing(draft()) == []
