"""How allauth meets the portal."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class PortalAccountAdapter(DefaultAccountAdapter):
    """Sign-up, confirmation and reset in the portal's words and by its outbox."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return request.client_address  # type: ignore[attr-defined, no-any-return]
