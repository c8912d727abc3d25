"""A moderator's day: the table, the check of one submission, a return by field, then passing; two of them at once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from practices.domain.checklist import FORMAL_CHECK
from practices.domain.transitions import perform
from practices.models import PracticeSubmission
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_editor_journey import faults
from tests.factories.people import make_account
from tests.factories.submissions import make_submission
from tests.factories.whole import make_whole
from tests.practices.submission.conftest import make_people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sent(live_server, media):
    """Two submissions at the office, one of them late, and a second account of the office."""
    people = make_people()
    make_account("kanc@example.org", PASSWORD, groups=["Модераторы"], first_name="Проба", last_name="Тестова")
    draft = make_whole(people.ours, people.author)
    draft.problem = f"{draft.problem} Позвоните Ивановой Анне, 8 902 123-45-67."
    draft.save(update_fields=["problem"])
    perform(draft, "send", actor=people.head)
    late = timezone.now() - timezone.timedelta(days=3)
    make_submission(people.theirs, people.other, status="formal_check", title="Метеостанция", due_at=late)
    return PracticeSubmission.objects.get(pk=draft.pk)


def test_a_day_at_the_desk(page, sign_in, sent):
    sign_in("kanc@example.org")
    page.goto("/admin/reports/site-history/")
    stock = faults(page)
    page.goto("/admin/")
    stock |= faults(page)

    # what waits is counted, and a late one is told in words
    page.get_by_role("link", name="Заявки ждут проверки").first.click()
    page.get_by_text("просрочено: редакция").wait_for()
    assert faults(page) <= stock
    for width in (820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    # both are taken over at once
    for box in page.locator("[data-bulk-action-checkbox]").all():
        box.check()
    page.get_by_role("link", name="Взять выбранные заявки себе").click()
    page.get_by_role("button", name="Взять себе: 2 заявки").wait_for()
    assert faults(page) <= stock
    page.get_by_role("button", name="Взять себе: 2 заявки").click()
    page.get_by_text("Ведёте вы: 2 заявки.").wait_for()

    # one submission: what may tell of people, the marks of the check
    page.get_by_role("link", name=sent.title).click()
    page.get_by_role("heading", name="Похоже на сведения о людях").wait_for()
    assert faults(page) <= stock
    for width in (820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    group = page.get_by_role("group", name="Паспорт заполнен")
    group.get_by_label("да").check()
    page.get_by_role("button", name="Сохранить отметки").click()
    page.get_by_text("Отметки сохранены.").wait_for()
    assert PracticeSubmission.objects.get(pk=sent.pk).checklist["complete"] is True

    # back to the author with two remarks, by keyboard
    page.get_by_role("link", name="Вернуть на доработку").press("Enter")
    page.get_by_role("button", name="Ещё замечание").wait_for()
    assert faults(page) <= stock
    page.locator("[name=form-0-field]").select_option("problem")
    page.fill("[name=form-0-text]", "Уберите имя и телефон.")
    page.get_by_role("button", name="Ещё замечание").press("Enter")
    page.locator("[name=form-3-field]").select_option("goal")
    page.fill("[name=form-3-text]", "Назовите, что изменится.")
    page.get_by_role("button", name="Вернуть на доработку").press("Enter")
    page.get_by_text("Заявка у автора").wait_for()
    returned = PracticeSubmission.objects.get(pk=sent.pk)
    assert returned.status == "revision"
    assert set(returned.remarks.values_list("field", flat=True)) == {"problem", "goal"}


def test_the_later_of_two_gets_a_sentence(person, sent):
    PracticeSubmission.objects.filter(pk=sent.pk).update(checklist=dict.fromkeys(FORMAL_CHECK, True))
    make_account("kanc2@example.org", PASSWORD, groups=["Модераторы"])
    first, second = person("kanc@example.org"), person("kanc2@example.org")
    for page in (first, second):
        page.goto(f"/admin/practices/submissions/{sent.public_id}/")
    first.get_by_role("button", name="Проверка пройдена").click()
    first.get_by_text("Практика принята.").wait_for()
    second.get_by_text("Отклонить", exact=True).first.click()
    second.get_by_label("Причина отказа: её прочтёт автор").fill("Это отчёт.")
    second.locator("#reject [type=submit]").click()
    second.get_by_text("сейчас сделать нельзя").wait_for()
    assert PracticeSubmission.objects.get(pk=sent.pk).status == "accepted"
