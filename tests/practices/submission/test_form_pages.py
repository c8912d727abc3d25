"""Steps of the passport as pages without a script: every button saves, nothing typed is lost."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.intake.models import Presence
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LONG = "Длинное название " * 12


@pytest.fixture
def kindergarten(home):
    return OrganisationFactory()


@pytest.fixture
def author(kindergarten):
    return make_member(kindergarten, "author@example.org", first_name="Проба", last_name="Тестова")


@pytest.fixture
def colleague(kindergarten):
    return make_member(kindergarten, "colleague@example.org", first_name="Мария", last_name="Образцова")


@pytest.fixture
def draft(kindergarten, author):
    return make_submission(kindergarten, author)


class Visit:
    """A browser without scripts: opens a step, fills what it shows, presses a button."""

    def __init__(self, user, draft):
        self.client = Client()
        self.client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        self.draft = draft

    def open(self, step, query=""):
        self.step = step
        self.answer = self.client.get(reverse("practice_step", args=[self.draft.public_id, step]) + query)
        assert self.answer.status_code == 200, self.answer
        return self._read()

    def _read(self):
        self.html = self.answer.content.decode()
        self.fields = {}
        form = self.answer.context["form"]
        for bound in form:
            value = bound.value()
            if bound.field.question.type == "rows":
                widget = bound.field.widget.get_context(bound.html_name, value, {})
                for row in widget["rows"]:
                    self.fields |= {cell["name"]: cell["value"] for cell in row["cells"]}
            elif value not in (None, False):
                self.fields[bound.html_name] = value
        for name in ("page", "seen"):
            self.fields[name] = html.unescape(re.search(rf'name="{name}" value="([^"]*)"', self.html)[1])
        self.fields["settled"] = re.findall(r'name="settled" value="([^"]*)"', self.html)
        return self

    def press(self, do="save", **typed):
        self.fields |= typed
        data = {name: value for name, value in self.fields.items() if value is not None}
        path = reverse("practice_step", args=[self.draft.public_id, self.step])
        self.answer = self.client.post(path, {**data, "do": do})
        if self.answer.status_code in (400, 409) and "form" in (self.answer.context or {}):
            self._read()
        return self.answer

    def row(self, field, number, column):
        """The name of the input in the row of this number."""
        names = [name for name in self.fields if name.startswith(f"{field}-") and name.endswith(f"-{column}")]
        return names[number - 1]


@pytest.fixture
def visit(author, draft):
    return Visit(author, draft)


def fresh(draft):
    return PracticeSubmission.objects.get(pk=draft.pk)


class TestSaving:
    def test_every_step_opens_with_help_criterion_and_example(self, visit):
        for step in PRACTICE_FORM.steps[:-1]:
            visit.open(step.key)
            for field in step.fields:
                if field.is_asked:
                    assert f'id="field-{field.name}"' in visit.html
                    assert html.escape(field.help, quote=False) in visit.html or not field.help
        assert "Хороший пример" in visit.open("solution").html
        assert "Критерий: Ясность цели и задач" in visit.html

    def test_further_saves_and_leads_to_the_next_step(self, visit, draft):
        visit.open("about")
        answer = visit.press("next", title="Дневник погоды на подоконнике", kinds=["sredovaya"])
        assert answer.url.endswith("/solution/")
        kept = fresh(draft)
        assert kept.title == "Дневник погоды на подоконнике"
        assert PRACTICE_FORM.answers(kept)["kinds"] == ["sredovaya"]
        assert (kept.version, kept.changed_step) == (1, "about")

    def test_a_step_of_the_list_saves_before_it_opens(self, visit, draft):
        visit.open("about")
        assert visit.press("go:authors", summary="Кратко").url.endswith("/authors/")
        assert fresh(draft).summary == "Кратко"

    def test_a_form_that_comes_back_untouched_changes_nothing(self, visit, draft):
        visit.open("about").press()
        assert fresh(draft).version == 0

    def test_what_was_right_is_kept_and_what_was_not_stays_as_typed(self, visit, draft):
        visit.open("about")
        answer = visit.press("next", title=LONG, summary="Кратко о практике")
        assert answer.url.endswith("/about/")
        kept = fresh(draft)
        assert (kept.summary, kept.title) == ("Кратко о практике", draft.title)
        visit.open("about")
        assert LONG.strip() in visit.html
        assert "Исправьте одно место" in visit.html
        assert "Не больше 140 знаков" in visit.html
        # Pressed again without a change it leads on: one has been told
        assert visit.press("next").url.endswith("/solution/")
        visit.open("about").press(title="Дневник погоды на подоконнике")
        assert fresh(draft).typed == {}
        assert fresh(draft).title == "Дневник погоды на подоконнике"

    def test_a_number_in_words_stays_in_its_cell_and_the_rest_of_the_row_is_kept(self, visit, draft):
        visit.open("results")
        first = {
            visit.row("indicators", 1, name): value
            for name, value in {
                "name": "Вопросы детей",
                "before": "восемнадцать",
                "after": "71,5",
                "method": "запись",
            }.items()
        }
        visit.press("save", **first)
        kept = PRACTICE_FORM.answers(fresh(draft))["indicators"]
        assert [(row["name"], row["before"], row["after"]) for row in kept] == [("Вопросы детей", None, 71.5)]
        visit.open("results")
        assert "восемнадцать" in visit.html
        assert "Показатель 1, «До»: нужно число" in visit.html

    def test_the_way_from_the_check_shows_what_is_missing(self, visit):
        assert "Заполните поле." not in visit.open("about").html
        assert "Заполните поле." in visit.open("about", "?check=1").html


class TestRows:
    def fill(self, visit, draft):
        visit.open("solution")
        visit.press(
            "save",
            **{
                visit.row("tasks", 1, "text"): "Первая задача практики",
                visit.row("tasks", 2, "text"): "Вторая задача практики",
            },
        )
        return [row["id"] for row in PRACTICE_FORM.answers(fresh(draft))["tasks"]]

    def texts(self, draft):
        return [row["text"] for row in PRACTICE_FORM.answers(fresh(draft))["tasks"]]

    def test_empty_rows_are_no_rows(self, visit, draft):
        self.fill(visit, draft)
        assert self.texts(draft) == ["Первая задача практики", "Вторая задача практики"]
        assert PRACTICE_FORM.answers(fresh(draft))["steps"] == []

    def test_a_row_moves_and_goes_by_its_buttons(self, visit, draft):
        first, second = self.fill(visit, draft)
        visit.open("solution").press(f"down:tasks:{first}")
        assert self.texts(draft) == ["Вторая задача практики", "Первая задача практики"]
        visit.open("solution").press(f"up:tasks:{first}")
        assert self.texts(draft) == ["Первая задача практики", "Вторая задача практики"]
        answer = visit.open("solution").press(f"remove:tasks:{second}")
        assert answer.url.endswith("/solution/#rows-tasks")
        assert self.texts(draft) == ["Первая задача практики"]

    def test_adding_saves_what_is_typed_and_shows_an_empty_row(self, visit, draft):
        self.fill(visit, draft)
        visit.open("solution")
        answer = visit.press("add:tasks", goal="Цель, которую дописали")
        assert "add=tasks" in answer.url
        assert fresh(draft).goal == "Цель, которую дописали"
        visit.open("solution", "?add=tasks")
        assert len([name for name in visit.fields if name.startswith("tasks-")]) == 3

    def test_more_rows_than_there_may_be_are_kept_as_typed(self, visit, draft):
        self.fill(visit, draft)
        visit.open("solution")
        visit.press("save", **{f"tasks-n{n}-text": f"Ещё одна задача {n}" for n in range(6)})
        assert len(self.texts(draft)) == 2
        visit.open("solution")
        assert "Не больше 6 строк, сейчас 8." in visit.html
        assert "Ещё одна задача 5" in visit.html


class TestTwoPeople:
    def test_different_fields_are_joined(self, author, colleague, draft):
        one, two = Visit(author, draft), Visit(colleague, draft)
        one.open("about"), two.open("about")
        one.press(title="Название первого автора")
        two.press(summary="Кратко второго автора")
        kept = fresh(draft)
        assert (kept.title, kept.summary, kept.snapshots.count()) == (
            "Название первого автора",
            "Кратко второго автора",
            0,
        )

    def test_the_same_field_is_offered_as_both_versions_and_the_loser_is_kept(self, author, colleague, draft):
        one, two = Visit(author, draft), Visit(colleague, draft)
        one.open("about"), two.open("about")
        two.press(title="Название Марии", summary="Кратко Марии")
        answer = one.press(title="Название первого автора", tags=["своя тема"])
        assert answer.status_code == 409
        assert "Название Марии" in one.html and "Название первого автора" in one.html and "Мария" in one.html
        kept = fresh(draft)
        assert (kept.title, kept.topics) == ("Название Марии", ["своя тема"])
        assert kept.snapshots.get().answers == {"title": "Название первого автора"}

        assert one.press("mine:title").status_code == 302
        assert fresh(draft).title == "Название первого автора"
        assert {"title": "Название Марии"} in [row.answers for row in fresh(draft).snapshots.all()]
        assert fresh(draft).summary == "Кратко Марии"

    def test_the_other_version_can_be_taken(self, author, colleague, draft):
        one, two = Visit(author, draft), Visit(colleague, draft)
        one.open("about"), two.open("about")
        two.press(title="Название Марии")
        one.press(title="Название первого автора")
        one.press("take:title")
        assert fresh(draft).title == "Название Марии"

    def test_both_versions_can_be_joined(self, author, colleague, draft):
        one, two = Visit(author, draft), Visit(colleague, draft)
        one.open("about"), two.open("about")
        two.press(title="Название Марии")
        one.press(title="Название первого автора")
        one.press("save", title="Название Марии и первого автора")
        assert fresh(draft).title == "Название Марии и первого автора"

    def test_who_is_there_is_named(self, visit, colleague, draft):
        Presence.objects.create(draft=f"practice:{draft.public_id}", step="about", user=colleague)
        assert "Сейчас правит: Мария (этот шаг)" in visit.open("about").html
        assert "Сейчас правит: Мария (шаг «О практике»)" in visit.open("files").html


class TestClosed:
    def test_what_was_typed_after_the_sending_stays_on_the_screen(self, visit, draft):
        visit.open("about")
        PracticeSubmission.objects.filter(pk=draft.pk).update(status=SubmissionStatus.FORMAL_CHECK)
        answer = visit.press(title="Название, которое опоздало")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Название, которое опоздало" in page and "менять его нельзя" in page
        assert fresh(draft).title == draft.title

    def test_a_closed_draft_is_read_on_the_page_of_the_check(self, visit, draft):
        PracticeSubmission.objects.filter(pk=draft.pk).update(status=SubmissionStatus.FORMAL_CHECK)
        answer = visit.client.get(reverse("practice_step", args=[draft.public_id, "about"]))
        assert answer.url.endswith("/check/")

    def test_a_field_closed_in_a_revision_cannot_be_changed(self, visit, draft):
        PracticeSubmission.objects.filter(pk=draft.pk).update(status=SubmissionStatus.REVISION, open_fields=["summary"])
        visit.open("about").press(title="Чужое название", summary="Исправлено")
        assert (fresh(draft).title, fresh(draft).summary) == (draft.title, "Исправлено")

    def test_a_stranger_finds_nothing(self, draft):
        stranger = Visit(make_account("stranger@example.org"), draft)
        for step in PRACTICE_FORM.steps:
            assert stranger.client.get(reverse("practice_step", args=[draft.public_id, step.key])).status_code == 404
        address = reverse("practice_step_save", args=[draft.public_id, "about"])
        assert stranger.client.post(address, {"fields": "title", "title": "Чужое"}).status_code == 404
        assert stranger.client.get(address).status_code == 404


class TestAutosave:
    def send(self, visit, names, step="about", accept="application/json", **typed):
        address = reverse("practice_step_save", args=[visit.draft.public_id, step])
        data = {"fields": names, "seen": "{}", "page": "p1", **typed}
        return visit.client.post(address, data, headers={"accept": accept})

    def test_only_what_was_touched_is_written(self, visit, draft):
        answer = self.send(visit, ["summary"], summary="Кратко", title="не тронуто")
        kept = fresh(draft)
        assert (kept.summary, kept.title) == ("Кратко", draft.title)
        said = answer.json()
        assert said["version"] == 1 and re.fullmatch(r"\d\d:\d\d", said["saved_at"])
        assert list(said["seen"]) == ["summary"] and said["errors"] == said["conflicts"] == {}

    def test_words_about_what_was_not_accepted_come_with_the_answer(self, visit, draft):
        said = self.send(visit, ["title"], title=LONG).json()
        assert "Не больше 140 знаков" in said["errors"]["title"]
        assert fresh(draft).typed["title"]["value"] == LONG.strip() or fresh(draft).typed["title"]["value"] == LONG

    def test_an_answer_lost_on_the_way_is_no_foreign_change(self, visit, draft):
        self.send(visit, ["summary"], summary="Раз")
        said = self.send(visit, ["summary"], summary="Раз, два").json()
        assert said["conflicts"] == {} and fresh(draft).summary == "Раз, два"

    def test_another_page_that_has_not_seen_it_gets_both_versions(self, visit, draft):
        self.send(visit, ["summary"], summary="Раз")
        said = self.send(visit, ["summary"], summary="Два", page="p2").json()
        assert "Раз" in said["conflicts"]["summary"] and said["late"] == {"summary": 1}
        assert fresh(draft).summary == "Раз"
        again = self.send(visit, ["summary"], summary="Два", page="p2")
        assert fresh(draft).snapshots.count() == 1, again

    def test_a_closed_draft_answers_409_with_words(self, visit, draft):
        PracticeSubmission.objects.filter(pk=draft.pk).update(status=SubmissionStatus.FORMAL_CHECK)
        answer = self.send(visit, ["summary"], summary="Поздно")
        assert answer.status_code == 409 and "менять его нельзя" in answer.json()["words"]

    def test_after_the_sign_in_ended_a_script_hears_401(self, visit):
        visit.client.logout()
        answer = self.send(visit, ["summary"], summary="Кратко")
        assert answer.status_code == 401 and answer.json()["login"]

    def test_presence_is_noted_told_and_ended(self, visit, colleague, draft):
        Visit(colleague, draft).client.get(reverse("practice_step_save", args=[draft.public_id, "about"]))
        said = visit.client.get(reverse("practice_step_save", args=[draft.public_id, "about"])).json()
        assert said["others"] == "Сейчас правит: Мария (этот шаг)"
        assert said["csrf"] and said["versions"]["title"] == 0
        assert self.send(visit, [], left="1").status_code == 204
        assert not Presence.objects.filter(user__email="author@example.org").exists()

    def test_what_cannot_be_understood_of_seen_counts_as_not_seen(self, visit, draft):
        for seen in ("{", "[]", json.dumps({"summary": 5}), json.dumps({"summary": ["x", "y"]})):
            assert self.send(visit, ["summary"], summary=f"Кратко {seen}", seen=seen).status_code == 200
