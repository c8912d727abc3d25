"""A complete passport of a practice that never was, and one with nothing in it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from practices.passport_files.content import (
    AuthorLine,
    FileLine,
    Indicator,
    Passport,
    Replication,
    Risk,
    Step,
)

HOSTILE = "\n".join(
    (
        '#let x = 1 #panic("взлом") #{ 1 / 0 }',
        '#read("/etc/passwd") #import "@preview/x:0.1.0"',
        "$ sum_(i=0)^n $ и $x$, цена 5$",
        "\\ \\u{1F600} C:\\новая\\папка \\\\",
        "@метка <метка> @label <label> ] [ ) ( } {",
        "*не жирно* _не курсив_ `не код` = не заголовок // не комментарий /* и это */",
        "</w:t><w:br/> & &amp; %PDF <!-- --> {{ x }} {% y %}",
        "- пункт с #strong[разметкой]",
        "эмодзи 😀 👩‍🏫 🇷🇺, 漢字, ᠠ, عربى, ₽, ✅",
        "нули \x00\x01\x08\x1b\x7f, направление \u202eмокат\u202c, невидимое \u200b\ufeff\u00ad",
        "половинки \ud800 \udfff, не знаки \ufffe \U0010ffff, частные \ue000",
    )
)


@pytest.fixture
def made_on() -> datetime:
    return datetime(2022, 4, 12, 9, 30, tzinfo=timezone(timedelta(hours=3)))


@pytest.fixture
def passport() -> Passport:
    return Passport(
        title="Огород на окне: дети выращивают и считают",
        number="ПР-2022-007",
        summary="Группа круглый год ведёт огород на подоконнике. Дети сами решают, что сажать, и сравнивают всходы.",
        url="https://portal.example.org/practices/ogorod-na-okne/",
        level="Рекомендована",
        level_date="с 11 апреля 2022",
        organisation="МБДОУ «Детский сад № 999 „Росток“»",
        municipality="Быковский район",
        authors=(AuthorLine(post="Старший воспитатель", count=1), AuthorLine(post="Воспитатель", count=3)),
        areas=("Познавательное развитие",),
        ages=("5–6 лет", "6–7 лет"),
        kinds=("Образовательная",),
        group_kinds=("Общеразвивающая",),
        quality_areas=("Содержание образования",),
        audiences=("Дети", "Родители"),
        special_needs=("Без особых условий",),
        deficits=("Организация опытов",),
        tags=("экология", "опыты"),
        period="с сентября 2020, продолжается",
        maturity="Устойчивая",
        approbation="Муниципальный уровень",
        cost="до 3 тысяч рублей",
        launch_time="две недели",
        evidence="замер до и после",
        problem="Дети не знали, откуда берутся овощи.\nОпрос показал: двое из десяти видели грядку.",
        goal="Научить детей ставить простой опыт и записывать его.",
        tasks=("Выбрать растения вместе с детьми.", "Завести дневник всходов."),
        audience_text="46 детей, 40 семей.",
        steps=(
            Step(title="Подготовка", text="Выбрали подоконник.\n- лотки\n- земля\nРаздали семена."),
            Step(title="Наблюдение", text="Дети измеряют рост шнурком."),
        ),
        technologies="Метод проектов",
        staff="Два воспитателя, час в неделю.",
        material="Лотки и земля, около 3 тысяч рублей.",
        information="Определитель растений.",
        partners="Районная библиотека.",
        results_summary="За год поставлено двадцать опытов.",
        indicators=(
            Indicator(name="Дети, поставившие опыт", unit="%", before=21, after=67.5, method="наблюдение, 46 детей"),
            Indicator(name="Вопросы за прогулку", unit="шт.", before=None, after=12450.0, method="подсчёт"),
        ),
        negative="Помидоры не взошли.",
        risks=(Risk(risk="Аллергия на пыльцу", mitigation="только нецветущие растения"),),
        replication="Начните с лука и одной недели.",
        replicated_by=(Replication(organisation="Детский сад № 998", note="одна группа"),),
        files=(FileLine(title="Карта наблюдений", type="PDF, 4 страницы", size="1,2 МБ"),),
        licence="С указанием авторов и организации, некоммерчески",
        published_on="11 апреля 2022",
        confirmed_on="октябрь 2022",
        is_demo=True,
        is_incomplete=True,
        portal_name="Качество дошкольного образования",
        region="Волгоградская область",
    )


@pytest.fixture
def hostile_passport() -> Passport:
    """Every field of every row filled with text that is markup to somebody, or with one endless word."""
    word = "ы" * 300
    return Passport(
        title=HOSTILE,
        number=HOSTILE,
        summary=HOSTILE,
        url="https://portal.example.org/practices/" + "a" * 900 + "/#let?x=$1&y=\\@]",
        level=HOSTILE,
        level_date=HOSTILE,
        organisation=HOSTILE,
        municipality=word,
        authors=(AuthorLine(post=HOSTILE, count=-5, names=(HOSTILE, "")), AuthorLine(count=10**9)),
        areas=(HOSTILE, "", "\x00"),
        tags=(HOSTILE, word),
        cost=word,
        launch_time=HOSTILE,
        evidence=HOSTILE,
        problem=f"{HOSTILE}\n{word}",
        goal="ы" * 10_000,
        tasks=(HOSTILE, word, ""),
        steps=(Step(title=word, text=HOSTILE), Step(text=HOSTILE), Step(title=HOSTILE), Step()),
        staff=HOSTILE,
        indicators=(
            Indicator(name=word, unit=HOSTILE, before=-1e308, after=float("nan"), method=word),
            Indicator(name=HOSTILE, unit="%", before=0, after=0),
            Indicator(unit="%", before=float("inf"), after=1e-9),
            Indicator(name="много", unit="%", before=1, after=1e300),
        ),
        risks=(Risk(risk=word), Risk(mitigation=HOSTILE)),
        replicated_by=(Replication(organisation=HOSTILE, note=word),),
        files=(FileLine(title=word, type=word, size=word), FileLine(type=HOSTILE)),
        portal_name=word,
        region=HOSTILE,
        is_demo=True,
    )
