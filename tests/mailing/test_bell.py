"""The bell of the cabinet: own notices only, opened and read, at a constant price; and the settings of letters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core import notify
from portal.core.models import LetterChoice, Notice
from portal.core.models.notices import LetterWay
from portal.mailing.domain import bell
from portal.mailing.forms import LetterWaysForm
from tests.factories.people import make_account
from tests.mailing.conftest import COURSE, TERMS

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
LIST = "/cabinet/notices/"


def tell(user, title="Практика возвращена", href="/practices/", **kwargs):
    return notify.tell(user, "test_step", {"what": "практика"}, href=href, title=title, **kwargs)


def many(user, number):
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(user=user, kind="test_step", title=f"№ {i}", href="/", created_at=now - timedelta(minutes=i))
        for i in range(number)
    )


def test_list_shows_own_notices_newest_first_and_nobody_elses(come, person):
    tell(make_account("other@example.org"), title="Чужое")
    tell(person, title="Первое")
    tell(person, title="Второе <b>")
    page = come(person).get(LIST).content.decode()
    assert page.index("Второе &lt;b&gt;") < page.index("Первое")
    assert "Чужое" not in page
    assert "Непрочитанных: <b>2</b>" in page


def test_opening_leads_to_the_thing_and_marks_it_read(come, person):
    notice = tell(person, href="/practices/?level=region")
    answer = come(person).get(f"{LIST}{notice.pk}/")
    assert (answer.status_code, answer.url) == (302, "/practices/?level=region")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_notice_of_another_person_is_not_found_and_stays_unread(come, person):
    foreign = tell(make_account("other@example.org"))
    own = come(person)
    assert own.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert own.post(f"{LIST}{foreign.pk}/read/").status_code == 404
    own.post(f"{LIST}read/", {"newest": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_one_is_marked_read_by_its_button(come, person):
    first, second = tell(person), tell(person)
    come(person).post(f"{LIST}{first.pk}/read/")
    assert list(Notice.objects.unread()) == [second]


def test_what_came_after_the_page_was_shown_stays_unread(come, person):
    seen, later = tell(person), tell(person)
    come(person).post(f"{LIST}read/", {"newest": seen.pk})
    assert list(Notice.objects.unread()) == [later]


def test_stranger_is_asked_to_sign_in(client, db):
    for path in (LIST, f"{LIST}1/", f"{LIST}letters/"):
        assert client.get(path).url.startswith("/accounts/login/")
    assert client.post(f"{LIST}read/").status_code == 401


def test_empty_bell_says_what_will_come(come, person):
    assert "Уведомлений пока нет" in come(person).get(LIST).content.decode()


def test_menu_of_the_header_counts_the_unread(come, person):
    tell(person)
    bell.read_one(tell(person))
    page = come(person).get("/accounts/menu/").content.decode()
    assert '<a href="/cabinet/notices/">Уведомления <span class="badge">1</span></a>' in page


def test_section_stands_in_the_menu_of_the_cabinet(come, person):
    page = come(person).get(LIST).content.decode()
    assert '<a href="/cabinet/notices/" aria-current="page">Уведомления' in page


@pytest.mark.parametrize("number", [1, 45])
def test_price_of_the_list_does_not_grow_with_it(come, person, number, django_assert_num_queries):
    many(person, number)
    own = come(person)
    own.get(LIST)
    with django_assert_num_queries(8):  # session, account, two counts, rows, three of the cabinet's menu
        page = own.get(LIST)
    assert page.content.decode().count('class="task"') == min(number, 20)


def test_second_page_and_nonsense_numbers_are_answered(come, person):
    many(person, 45)
    own = come(person)
    assert "№ 21" in own.get(f"{LIST}?page=2").content.decode()
    for page in ("0", "999", "x", "²", "-1", "9" * 40):
        assert own.get(LIST, {"page": page}).status_code == 200


def test_settings_name_the_groups_and_keep_what_was_chosen(come, person):
    own = come(person)
    page = own.get(f"{LIST}letters/").content.decode()
    assert COURSE in page
    assert TERMS in page
    form = LetterWaysForm(chosen={})
    names = {name: group for name, (group, _kinds) in zip(form.fields, form.groups, strict=True)}
    ways = {name: LetterWay.WEEKLY if group == COURSE else LetterWay.EACH for name, group in names.items()}
    assert own.post(f"{LIST}letters/", ways).url == f"{LIST}letters/"
    assert list(LetterChoice.objects.values_list("user", "group", "way")) == [(person.pk, COURSE, "weekly")]


def test_groups_of_the_office_are_offered_to_the_office_alone(come, person):
    office = make_account("office@example.org", groups=["Модераторы"])
    assert "Засчитанное снято с публикации" in come(office).get(f"{LIST}letters/").content.decode()
    assert "Засчитанное снято с публикации" not in come(person).get(f"{LIST}letters/").content.decode()


def test_what_cannot_wait_for_a_digest_is_not_offered_so():
    form = LetterWaysForm(chosen={})
    ways = {field.label: [way for way, _words in field.choices] for field in form.fields.values()}
    assert ways["Сообщения портала"] == ["each", "never"]
    assert ways[COURSE] == ["each", "daily", "weekly", "never"]


def test_way_that_does_not_exist_is_refused_in_words(come, person):
    page = come(person).post(f"{LIST}letters/", {"group_0": "hourly"})
    assert page.status_code == 200
    assert not LetterChoice.objects.exists()


def test_notices_of_long_ago_are_pruned_and_fresh_ones_kept(person):
    fresh, old = tell(person), tell(person)
    Notice.objects.filter(pk=old.pk).update(read_at=timezone.now() - timedelta(days=200))
    assert bell.prune() == 1
    assert list(Notice.objects.all()) == [fresh]
