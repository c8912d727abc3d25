"""What a region writes about itself: names, the operator of the portal, contacts (149-ФЗ art. 10 part 2)."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="site", order=100)
class PortalSettings(BaseGenericSetting):
    """Names and contacts shown in the header, the footer, letters and files."""

    portal_name = models.CharField("название портала", max_length=120, default="Качество дошкольного образования")
    region_name = models.CharField("регион", max_length=120, default="Волгоградская область")
    region_genitive = models.CharField(
        "регион в родительном падеже", max_length=120, default="Волгоградской области", help_text="«детских садов …»"
    )
    operator_name = models.CharField("владелец портала, полное наименование", max_length=300, blank=True)
    operator_address = models.CharField("адрес", max_length=300, blank=True)
    operator_email = models.EmailField("электронная почта для обращений", blank=True)
    operator_phone = models.CharField("телефон", max_length=60, blank=True)
    operator_inn = models.CharField("ИНН", max_length=12, blank=True)
    operator_ogrn = models.CharField("ОГРН", max_length=15, blank=True)
    founder_name = models.CharField("учредитель", max_length=300, blank=True)
    founder_url = models.URLField("сайт учредителя", blank=True)
    appeals_url = models.URLField(
        "официальная форма обращений граждан", blank=True, help_text="Обращения по 59-ФЗ принимаются там."
    )
    age_mark = models.CharField("знак возраста", max_length=3, blank=True, help_text="Например, 0+. Можно не ставить.")
    demo_notice = models.CharField(
        "пометка о демонстрационных данных",
        max_length=200,
        blank=True,
        help_text="Полоса над страницами. Ставит и убирает загрузчик демонстрации.",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("portal_name"), FieldPanel("region_name"), FieldPanel("region_genitive")], heading="Названия"
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "operator_name",
                    "operator_address",
                    "operator_email",
                    "operator_phone",
                    "operator_inn",
                    "operator_ogrn",
                    "founder_name",
                    "founder_url",
                    "appeals_url",
                )
            ],
            heading="Владелец портала",
        ),
        MultiFieldPanel([FieldPanel("age_mark"), FieldPanel("demo_notice")], heading="Пометки"),
    ]

    class Meta:
        verbose_name = "сведения о портале"
        verbose_name_plural = "сведения о портале"
