"""Every field of the passport fed with what people and robots send: shown as text or refused in words."""

from __future__ import annotations

import html

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.core.text import normalise_text
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7 }} {% now 'Y' %} \"'&"
HOSTILE = {
    "markup": MARKUP,
    "controls": "до\x01после\x1b[31m\x7f\u0085",
    "right to left": "до\u202eпосле\u2066\u200b\ufeff",
    "long": "й" * 100_000,
}
INVISIBLE = ["\x01", "\x1b", "\x7f", "\u0085", "\u202e", "\u2066", "\u200b", "\ufeff"]
STEPS = [step for step in PRACTICE_FORM.steps if step.fields]


@pytest.fixture
def draft(home):
    kindergarten = OrganisationFactory()
    return make_submission(kindergarten, make_member(kindergarten, "author@example.org"))


@pytest.fixture
def browser_of_author(draft):
    client = Client()
    client.force_login(draft.created_by, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def posted(field, text):
    if field.type == "rows":
        return {f"{field.name}-x1-{column.name}": text for column in field.columns}
    return {field.name: text}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_field_takes_it_as_text_or_refuses_in_words(draft, browser_of_author, step, kind):
    fields = [field for field in step.fields if field.is_asked]
    address = reverse("practice_step", args=[draft.public_id, step.key])
    sent = {name: value for field in fields for name, value in posted(field, HOSTILE[kind]).items()}
    answer = browser_of_author.post(address, {**sent, "do": "save", "seen": "{}", "page": "p"})
    assert answer.status_code in {302, 400}, answer
    page = answer if answer.status_code == 400 else browser_of_author.get(address)
    shown = page.content.decode()
    assert "<script>alert(1)" not in shown and "<img src=x" not in shown
    kept = PracticeSubmission.objects.get(pk=draft.pk)
    answers = PRACTICE_FORM.answers(kept)
    for field in fields:
        answer_kept = str(answers[field.name])
        assert not [sign for sign in INVISIBLE if sign in answer_kept], field.name
        assert len(answer_kept) < 20_000, field.name
        said = page.context["form"].errors.get(field.name)
        if kind == "long" and field.type != "checkbox":
            assert said, field.name
        if kind == "markup" and not said and field.type in {"text", "textarea"}:
            assert answers[field.name] == normalise_text(MARKUP), field.name
    if kind == "markup" and any(field.type in {"text", "textarea"} for field in fields):
        assert html.escape(normalise_text(MARKUP)) in shown
    check = browser_of_author.get(reverse("practice_step", args=[draft.public_id, "check"])).content.decode()
    assert "<script>alert(1)" not in check and "<img src=x" not in check


def test_nul_is_refused_in_words_wherever_it_stands(draft, browser_of_author):
    address = reverse("practice_step", args=[draft.public_id, "about"])
    answer = browser_of_author.post(address, "title=%00&do=save", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400 and "<h1" in answer.content.decode()


def test_a_multipart_form_with_nul_loses_the_sign_alone(draft, browser_of_author):
    address = reverse("practice_step", args=[draft.public_id, "about"])
    answer = browser_of_author.post(address, {"title": "до\x00после названия", "do": "save", "seen": "{}", "page": "p"})
    assert answer.status_code == 302
    assert PracticeSubmission.objects.get(pk=draft.pk).title == "допосле названия"


def test_thousands_of_rows_are_not_read(draft, browser_of_author):
    address = reverse("practice_step", args=[draft.public_id, "solution"])
    rows = {f"tasks-r{n}-text": "Задача практики номер" for n in range(800)}
    answer = browser_of_author.post(address, {**rows, "do": "save", "seen": "{}", "page": "p"})
    assert answer.status_code == 302
    assert "Не больше 6 строк" in PracticeSubmission.objects.get(pk=draft.pk).typed["tasks"]["words"]
