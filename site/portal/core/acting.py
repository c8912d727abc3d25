"""Whether this request comes from an administrator who works as somebody else; `portal.accounts.acting` says so.

Kept per request and apart from the account itself, for verbs that know no request must refuse too: what a person
declares in their own name nobody declares for them.
"""

from __future__ import annotations

from contextvars import ContextVar

from django.core.exceptions import PermissionDenied

_on: ContextVar[bool] = ContextVar("acting", default=False)


def switch(on: bool) -> None:
    """Say whether the request that is being answered is made in somebody else's name."""
    _on.set(on)


def refuse() -> None:
    """Raise PermissionDenied when the request is made in somebody else's name."""
    if _on.get():
        raise PermissionDenied("нельзя от имени другого человека")
