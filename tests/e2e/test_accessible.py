"""Every public page and state: no fault that axe knows, nothing wider than the screen, no error in the console."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.utils import timezone

from events.models import EventIndexPage, EventPractice
from portal.documents.models import DocumentIndexPage
from portal.home.models import ContentPage, HomePage
from portal.news.models import NewsIndexPage
from portal.organisations.models import Municipality
from practices.models import CollectionPage, PracticeIndexPage
from tests.factories.contests import ContestPageFactory
from tests.factories.documents import DocumentPageFactory, attach, document_kind
from tests.factories.events import EventCyclePageFactory, EventPageFactory, EventPlanPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.practices import FULL, OrganisationFactory, PracticePageFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (390, 1440)
LINK = '<p>Читайте <a href="/news/">новости</a> и смотрите таблицу.</p><h2>Как это было</h2><p>Просто.</p>'

TOUR = {"title": "Заочный тур", "note": "", "tests": [{"title": "Эссе", "items": [{"title": "Новизна", "max": 10}]}]}


@pytest.fixture
def full(live_server, media):
    """A site with every kind of page filled in."""
    town = Municipality.objects.formations().first()
    owner = OrganisationFactory(short_name="Детский сад «Родничок»", municipality=town)
    bank, news = PracticeIndexPage.objects.get(), NewsIndexPage.objects.get()
    practices = [
        PracticePageFactory(
            parent=bank,
            title=f"Степной дневник {number}",
            organisation=owner,
            municipality=town,
            areas=["poznavatelnoe"],
            ages=["age-5-6"],
            tags=["Природа края"],
            **FULL,
        )
        for number in range(3)
    ]
    collection = bank.add_child(instance=CollectionPage(title="С чего начать", summary="Три простые."))
    for practice in practices:
        collection.items.create(practice=practice, note="Проще всего повторить.")
    item = NewsPageFactory(parent=news, title="Открыт семинар", body=[("text", LINK)])
    blocks = [
        ("text", LINK),
        ("quote", {"text": "Дети спрашивают сами.", "author": "воспитатель"}),
        ("accordion", {"title": "Вопросы", "parts": [{"title": "Как начать?", "text": "<p>С прогулки.</p>"}]}),
        ("video", {"title": "Прогулка", "url": "https://rutube.ru/video/1/", "duration": "6 минут"}),
    ]
    free = HomePage.objects.get().add_child(instance=ContentPage(title="О методике", summary="Кратко.", body=blocks))
    cycle = EventCyclePageFactory(parent=EventIndexPage.objects.get(), intro="<p>Один приём.</p>")
    shared = {"kind": "vebinar", "audiences": ["pedagogi"], "tags": ["Природа края"], "host": owner, "cycle": cycle}
    told = [("item", {"time": "9:30", "title": "Обход участка", "speaker": "воспитатели площадки"})]
    meeting = EventPageFactory(
        in_days=0, number_in_cycle=2, programme=told, contact_email="events@example.org", **shared
    )
    film = {"title": "Запись", "url": "https://rutube.ru/video/1/", "duration": "час", "transcript": "<p>Текст.</p>"}
    past = EventPageFactory(in_days=-9, number_in_cycle=1, outcome="Удалось.", recording=[("video", film)], **shared)
    cancelled = EventPageFactory(in_days=4, state="cancelled", state_reason="Площадка на ремонте.", **shared)
    EventPractice.objects.create(page=meeting, practice=practices[0])
    plan = EventPlanPageFactory(parent=EventIndexPage.objects.get())
    plan.rows.create(month=plan.starts_on, title="Вебинар", event=meeting)
    plan.deliveries.create(municipality=town, sent_on=plan.starts_on)
    today = timezone.localdate()
    contest = ContestPageFactory(
        title="Лучший сад года",
        begins=today - dt.timedelta(days=5),
        nominations=[("goroda", "Сады городов")],
        contact_email="konkurs@example.org",
        criteria=[("tour", TOUR)],
        requirements=[("requirement", {"title": "Заявка", "required": True, "limit": "до 2 страниц"})],
        who="Детские сады области.",
    )
    ContestPageFactory(
        title="Лучший сад прошлого года",
        slug="konkurs-goda-zavershen",
        begins=today - dt.timedelta(days=90),
        results_are_public=True,
        results_on=today,
        results=[{"organisation": owner, "municipality": town, "practice": practices[0]}],
    )
    for page in (*practices, meeting, past, cancelled, cycle, plan, collection, item, free):
        page.save_revision().publish()
    library = DocumentIndexPage.objects.get()
    void = DocumentPageFactory(parent=library, date=dt.date(2021, 9, 1), void_since=dt.date(2022, 2, 1))
    paper = DocumentPageFactory(parent=library, kind=document_kind("pismo"), date=dt.date(2021, 12, 1), replaces=void)
    attach(paper, label="Приложение")
    return {
        "главная": "/",
        "конкурсы": "/contests/",
        "конкурс": contest.url,
        "завершённый конкурс": "/contests/konkurs-goda-zavershen/",
        "победители": "/contests/winners/",
        "каталог": "/practices/",
        "каталог с отбором": "/practices/?area=poznavatelnoe&age=age-5-6",
        "пустой каталог": "/practices/?q=абракадабра",
        "практика": practices[0].url,
        "темы": "/practices/topics/",
        "тема": f"/practices/topics/{practices[0].tags.first().slug}/",
        "подборки": "/practices/collections/",
        "подборка": collection.url,
        "уровни признания": "/practices/levels/",
        "новости": "/news/",
        "новость": item.url,
        "страница с блоками": free.url,
        "документы": "/documents/",
        "документы впустую": "/documents/?year=2022&kind=pismo",
        "документ": f"/documents/{paper.slug}/",
        "документ не действует": f"/documents/{void.slug}/",
        "открытые данные": "/opendata/",
        "набор данных": "/opendata/documents/",
        "дорожная карта": "/roadmap/",
        "карта по месяцам": "/roadmap/2021-2022/?view=months",
        "карта по ответственным": "/roadmap/2021-2022/?view=responsible",
        "карта по статусу с отбором": "/roadmap/2021-2022/?view=status&quarter=2022-1",
        "пункт карты": "/roadmap/2021-2022/15/",
        "события": "/events/",
        "архив событий": "/events/?when=past",
        "события впустую": "/events/?kind=vebinar&audience=mouo",
        "календарь": "/events/?view=calendar",
        "событие": meeting.url,
        "прошедшее событие": past.url,
        "отменённое событие": cancelled.url,
        "цикл событий": cycle.url,
        "план событий": plan.url,
        "организации": "/organisations/",
        "организация": f"/organisations/{owner.slug}/",
        "муниципалитеты": "/municipalities/",
        "муниципалитет": f"/municipalities/{town.slug}/",
        "поиск": "/search/?q=степной",
        "поиск впустую": "/search/?q=абракадабра",
        "обращение": "/feedback/",
        "регистрация": "/accounts/signup/",
        "вход": "/accounts/login/",
        "сброс пароля": "/accounts/password/reset/",
        "карта сайта": "/sitemap/",
        "нет страницы": "/net-takoy/",
    }


def faults(page, name):
    """Return what is wrong with the opened page."""
    found = []
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    for violation in answer.response["violations"]:
        found.append(
            (name, violation["id"], [(node["target"], node["failureSummary"]) for node in violation["nodes"]][:3])
        )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append((name, "шире экрана", wide))
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_every_public_page_is_accessible_and_fits(full, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")  # colours are measured when they have settled
    heard, found = [], []
    page.on("console", lambda message: heard.append((page.url, message.text)) if message.type == "error" else None)
    for name, address in full.items():
        heard.clear()
        status = page.goto(address).status
        assert status == (404 if name == "нет страницы" else 200), (name, address, status)
        found += faults(page, name)
        found += [(name, line) for line in heard if "404" not in line[1]]
    for name in ("обращение", "регистрация", "вход"):
        page.goto(full[name])
        page.locator("main form").first.evaluate("form => { form.noValidate = true }")
        page.locator("main form").first.locator("[type=submit]").first.click()
        page.wait_for_load_state()
        found += faults(page, f"{name} с ошибками")
    page.route(
        "**/svoi-oshibki/", lambda route: route.fulfill(body=render_to_string("500.html", {"event_id": "1a2b3c4d"}))
    )
    page.goto("/svoi-oshibki/")
    found += faults(page, "ошибка сервера")
    assert found == []


def test_text_twice_as_large_needs_no_sideways_scroll(full, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    found = []
    for name, address in full.items():
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append((name, wide))
    assert found == []


def test_keyboard_reaches_the_content_the_menu_and_the_filters(full, page):
    page.goto("/practices/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert skip.startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")

    page.locator("input[name=area][value=poznavatelnoe]").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/practices/?area=poznavatelnoe")

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    button = page.locator("header [aria-expanded]:visible, header summary:visible").first
    button.focus()
    page.keyboard.press("Enter")
    page.locator("header nav a:visible, nav a:visible").first.wait_for()


def test_without_scripts_menu_filters_and_forms_work(full, browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="ru-RU"
    )
    page = context.new_page()
    page.goto("/")
    assert page.locator('a[href="/practices/"]').count() > 0
    page.goto("/practices/")
    page.locator("main form").first.locator("[type=submit]").first.wait_for(state="attached")
    assert page.goto("/practices/?area=poznavatelnoe").status == 200
    page.goto("/search/?q=степной")
    assert "Степной дневник" in page.locator("main").inner_text()
    page.goto("/feedback/")
    page.locator("main form [type=submit]").first.click()
    assert page.locator("main form").count() == 1
    context.close()
