from __future__ import annotations

from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "portal.mailing"
    verbose_name = "Уведомления и рассылки"
