from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "portal.subscriptions"
    verbose_name = "Подписки"

    def ready(self) -> None:
        from portal.core import audiences  # noqa: PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (as above)
        from portal.subscriptions import duties, privacy, receivers  # noqa: F401, PLC0415 (as above)
        from portal.subscriptions.audience import subscribers  # noqa: PLC0415 (as above)

        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
        audiences.register("subscribers", "Подписчики без учётной записи", subscribers)
