"""The guard over a submission: public words and names of files, not the names that stand under consents."""

from __future__ import annotations

import pytest

from portal.intake.domain.personal_data import Kind
from practices.domain import attachments, guard
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from tests.intake.samples import upload
from tests.practices.attachments.test_author_consents import ANNA

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("private")]


def told(draft):
    return [(one.found.field, one.found.words, one.found.soft) for one in guard.warnings(draft)]


def test_words_that_stay_inside_are_not_looked_at(draft):
    draft.authors, draft.contact_name, draft.contact_email = [ANNA], "Образцова Мария Ивановна", "m@example.org"
    draft.contact_phone, draft.comment = "+7 902 123-45-67", "Звоните Иванову И. И."
    assert told(draft) == []


def test_a_public_word_leads_to_its_field(draft):
    draft.problem = "Занятие вела Иванова М. И."
    [one] = guard.warnings(draft)
    assert one.href == f"/cabinet/practices/{draft.public_id}/solution/#field-problem"
    assert (one.found.kind, one.label) == (Kind.NAME, "Проблема и актуальность")


def test_names_given_to_files_are_read_too(draft, author):
    file = attachments.attach(draft, upload(name="Иванова М. И. конспект.pdf"), actor=author)
    attachments.rename(file, actor=author, title="Игры Миши, 4 года")
    fields = {(field, words) for field, words, _soft in told(PracticeSubmission.objects.get(pk=draft.pk))}
    assert ("attachments", "Иванова М. И.") in fields
    assert len(fields) == 2


def test_the_loud_stand_before_the_quiet(draft):
    draft.problem = "Программа под редакцией Т. С. Сидоровой"
    draft.goal = "Дети Ивановой М. И. играют"
    assert [soft for _field, _words, soft in told(draft)] == [False, True]


def test_a_foreign_link_keeps_from_sending_and_a_name_does_not(draft):
    draft.res_information, draft.problem = "Смотрите https://t.me/sad5", "Занятие вела Иванова М. И."
    lacking = {one.field.name: one.words for one in PRACTICE_FORM.missing(draft)}
    assert "российскую площадку" in lacking["res_information"]
    assert "имя" not in lacking.get("problem", "")


def test_the_check_shows_what_was_found_and_similar_titles(client, author, draft):
    from practices.models import PracticeIndexPage
    from tests.factories.practices import PracticePageFactory

    PracticePageFactory(parent=PracticeIndexPage.objects.get(), title="Мини-музей в чемодане")
    PracticeSubmission.objects.filter(pk=draft.pk).update(problem="Занятие вела Иванова М. И.")
    client.force_login(author)
    text = client.get(f"/cabinet/practices/{draft.public_id}/check/").content.decode()
    assert "«Иванова М. И.» — имя человека" in text
    assert "В банке есть похожие названия" in text
