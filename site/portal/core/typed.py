"""What a person typed into a form that could not be taken: kept to be sent again, never lost (JOURNEYS 0.1).

Nothing is stored on the server: the text goes back in the page that explains, and comes again by its button.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

Fields = list[tuple[str, str]]
_SALT = "portal.typed"
_NEVER_SENT_BACK = {"code", "csrfmiddlewaretoken"}


def typed_fields(request: HttpRequest) -> Fields:
    """Return the names and values of the posted form, in order; passwords, codes and tokens are left out."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEVER_SENT_BACK and "password" not in name
        for value in values
    ]


def pack(request: HttpRequest) -> str:
    """Return the posted form as a signed string to carry through signing in: nobody else can make one."""
    form = {"action": request.get_full_path(), "fields": typed_fields(request), "had_files": bool(request.FILES)}
    return signing.dumps(form, salt=_SALT, compress=True)


def unpack(packed: str) -> dict[str, object] | None:
    """Return `action`, `fields` and `had_files` of a packed form; None when the string is not ours."""
    try:
        form: dict[str, object] = signing.loads(packed, salt=_SALT)
    except signing.BadSignature:
        return None
    return form if url_has_allowed_host_and_scheme(str(form["action"]), None) else None


def was_sent_by_us(request: HttpRequest) -> bool:
    """Tell whether the browser says that a page of the portal sent the form: another site's words are not repeated."""
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    parts = urlsplit(source)
    return f"{parts.scheme}://{parts.netloc}" in own
