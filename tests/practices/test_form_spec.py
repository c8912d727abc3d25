"""The passport as a form: its 51 fields, what it reads of a submission, what keeps it from being sent."""

from __future__ import annotations

import pytest

from portal.intake.enums import Reader, StepState
from portal.vocabularies.models import Term
from practices.form_spec import CRITERIA, PRACTICE_FORM
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIMITS = {
    "title": (20, 140),
    "summary": (60, 350),
    "kinds": (1, 2),
    "deficits": (1, 3),
    "tags": (2, 5),
    "problem": (150, 1500),
    "goal": (60, 400),
    "tasks": (2, 6),
    "steps": (3, 8),
    "indicators": (2, 6),
    "risks": (1, 5),
    "replication": (100, 1200),
    "authors": (1, 6),
    "attachments": (0, 10),
    "cover_alt": (10, 160),
    "comment": (0, 1000),
}


@pytest.fixture
def submission(home):
    kindergarten = OrganisationFactory()
    return make_submission(kindergarten, make_member(kindergarten, "author@example.org"))


def save(submission, **answers):
    values = {PRACTICE_FORM.by_name[name]: value for name, value in answers.items()}
    columns = PRACTICE_FORM.store.write(submission, values)
    PracticeSubmission.objects.filter(pk=submission.pk).update(**columns)
    return PracticeSubmission.objects.get(pk=submission.pk)


def test_the_passport_has_fifty_one_fields_and_photos_in_eight_steps():
    own = [field for field in PRACTICE_FORM.fields if not field.part_of]
    assert len(own) == 52
    assert [step.title for step in PRACTICE_FORM.steps] == [
        "О практике",
        "Проблема и решение",
        "Результаты",
        "Как повторить",
        "Файлы и фото",
        "Авторы",
        "Согласия",
        "Проверка",
    ]
    assert sum(bool(field.required_when) for field in own) == 8
    assert {
        name: (field.at_least, field.at_most) for name, field in PRACTICE_FORM.by_name.items() if name in LIMITS
    } == (LIMITS)


def test_every_question_in_free_words_shows_a_good_example_within_its_limits():
    for field in PRACTICE_FORM.fields:
        assert field.criterion in {"", *CRITERIA}
        if field.type == "textarea" and field.name != "comment":
            assert field.at_least <= len(field.example) <= field.at_most, field.name


def test_columns_terms_and_rows_come_back_as_they_were_answered(submission):
    answers = {
        "title": "Дневник погоды на подоконнике",
        "kinds": ["obrazovatelnaya", "sredovaya"],
        "maturity": "vnedrena",
        "tags": ["наблюдение", "природа края"],
        "period_start": "2024-09",
        "period_end": "",
        "tasks": [{"id": "a1", "text": "Придумать вместе с детьми знаки"}],
        "steps": [{"id": "b1", "title": "Запись", "text": "После завтрака"}, {"id": "b2", "title": "Спор", "text": ""}],
        "indicators": [
            {"id": "c1", "name": "Вопросы", "unit": "в неделю", "before": 18, "after": 71.5, "method": "запись"}
        ],
        "authors": [{"id": "d1", "position": "vospitatel", "count": 2, "name": "", "email": ""}],
        "rights": True,
        "city_district": "volgograd-sovetskiy",
    }
    kept = PRACTICE_FORM.answers(save(submission, **answers))
    assert {name: kept[name] for name in answers} == answers


def test_a_term_that_the_form_does_not_offer_stays(submission):
    indicator = Term.objects.filter(vocabulary="quality_areas").exclude(parent=None).first()
    submission.terms.add(indicator)
    submission.save()
    submission = save(submission, quality_areas=["protsess"])
    assert {term.slug for term in submission.terms.all()} == {indicator.slug, "protsess"}


def test_what_else_is_kept_with_an_author_stays(submission):
    submission.authors = [{"id": "d1", "position": "vospitatel", "count": 1, "fields": ["name"]}]
    submission.save()
    row = {"id": "d1", "position": "metodist", "count": 1, "name": "Тестова Проба", "email": ""}
    assert save(submission, authors=[row]).authors == [{**row, "fields": ["name"]}]


def test_a_draft_with_a_title_alone_has_begun_and_lacks_the_rest(submission):
    states = PRACTICE_FORM.step_states(submission)
    assert states["about"] == StepState.BEGUN
    assert states["solution"] == states["check"] == StepState.NEW
    lacking = {one.field.name for one in PRACTICE_FORM.missing(submission)}
    assert {"summary", "kinds", "problem", "steps", "rights", "consent_pd", "contact_name"} <= lacking
    assert not {"title", "organisation", "technologies", "cover_alt", "photo_consents", "consent_spread"} & lacking


def test_what_stands_in_a_new_draft_does_not_make_a_step_begun(submission):
    submission.title = ""
    PRACTICE_FORM.prefill(submission)
    assert PRACTICE_FORM.answers(submission)["special_needs"] == ["net"]
    assert PRACTICE_FORM.step_states(submission)["about"] == StepState.NEW


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"period_start": "2999-01"}, "period_start", "ещё не наступило"),
        ({"period_start": "2024-09", "period_end": "2024-01"}, "period_end", "раньше начала"),
        ({"video_url": "https://video.example.com/1"}, "video_url", "RuTube"),
        ({"photos_children": True}, "photo_consents", "отметка"),
        ({"audiences": ["deti"]}, "ages", "Отметьте"),
        ({"kinds": ["upravlencheskaya", "sredovaya"]}, "educational_areas", "Отметьте"),
        ({"maturity": "tirazhirovana"}, "replicated_by", "строки"),
        (
            {"authors": [{"id": "d", "position": "metodist", "count": 1, "name": "Тестова Проба"}]},
            "consent_spread",
            "соглас",
        ),
        (
            {
                "maturity": "vnedrena",
                "indicators": [
                    {"id": str(n), "name": "Доля", "unit": "%", "before": 1, "after": None, "method": "опрос"}
                    for n in (1, 2)
                ],
            },
            "indicators",
            "у двух показателей",
        ),
    ],
)
def test_what_keeps_a_passport_from_being_sent_is_said_in_words(submission, answers, field, words):
    said = {one.field.name: one.words for one in PRACTICE_FORM.missing(save(submission, **answers))}
    assert words in said[field]


def test_contacts_are_seen_by_the_office_alone(submission):
    assert "contact_email" in PRACTICE_FORM.answers(submission, reader=Reader.MODERATOR)
    for reader in (Reader.EXPERT, Reader.PUBLIC):
        hidden = {"contact_name", "contact_email", "contact_phone", "comment"}
        assert not hidden & set(PRACTICE_FORM.answers(submission, reader=reader))
