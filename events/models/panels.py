"""How editors see an event: tabs in the order of its life."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
)

from portal.roadmap.panels import evidence_panel

_LATER = (
    "<p>Записи на событие через портал пока нет. Напишите, как принять участие сегодня: документ, почта, ссылка "
    "или телефон. Страница покажет это вместо кнопки.</p>"
)
_COPY = (
    "<p>Похожее событие удобно сделать копией: «Действия → Копировать», затем поменять даты. "
    "Время вводится по часам портала.</p>"
)


def event_handler(promote: list[Panel], settings: list[Panel]) -> TabbedInterface:
    """Return the tabs of an event: announcement, participants, programme, after it."""
    about: list[Panel] = [
        FieldPanel("title"),
        FieldPanel("summary"),
        HelpPanel(content=_COPY),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("format")]),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("hours"),
            ],
            heading="Что и когда",
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("municipality"), FieldPanel("host")]),
            ],
            heading="Где",
        ),
        MultiFieldPanel(
            [FieldPanel("state"), FieldPanel("state_reason"), FieldPanel("moved_from")],
            heading="Отмена и перенос",
            help_text="У перенесённого поменяйте начало и окончание на новые. Нет новой даты — отмените и объясните. "
            "Страница останется, в календарях участников событие изменится само.",
        ),
        FieldRowPanel(
            [PageChooserPanel("cycle", "events.EventCyclePage"), FieldPanel("number_in_cycle")], heading="Цикл"
        ),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading="Обложка"),
        FieldPanel("body"),
    ]
    people: list[Panel] = [
        HelpPanel(content=_LATER),
        MultiFieldPanel(
            [
                FieldPanel("how_to_take_part"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("contact_url"),
                FieldRowPanel([FieldPanel("apply_by"), FieldPanel("capacity")]),
            ],
            heading="Как принять участие",
        ),
        FieldPanel("organisers", widget=CheckboxSelectMultiple),
        FieldPanel("audiences", widget=CheckboxSelectMultiple),
        FieldPanel("deficits", widget=CheckboxSelectMultiple),
        FieldPanel("tags", help_text="До пяти тем: по ним событие находят и подписываются на календарь."),
    ]
    programme: list[Panel] = [
        FieldPanel("programme"),
        InlinePanel(
            "practices",
            heading="Практики",
            label="практика",
            help_text="Практики ведущих и те, которые показывают на событии.",
        ),
    ]
    after: list[Panel] = [
        evidence_panel(),
        MultiFieldPanel([FieldPanel("participants"), FieldPanel("outcome")], heading="Итог"),
        FieldPanel(
            "recording", help_text="Ссылка на российскую площадку, кадр и текст для тех, кто не может смотреть."
        ),
        FieldPanel("materials"),
    ]
    return TabbedInterface(
        [
            ObjectList(about, heading="О событии"),
            ObjectList(people, heading="Участникам"),
            ObjectList(programme, heading="Программа"),
            ObjectList(after, heading="Итоги и дорожная карта"),
            ObjectList(promote, heading="Продвижение"),
            ObjectList(settings, heading="Настройки"),
        ]
    )
