"""What a procedure tells the machinery of forms: its form, its drafts, their addresses, its verb of saving."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from django.http import HttpRequest

from portal.intake.domain.saving import Change, Saved
from portal.intake.forms.spec import FormSpec, Step


class Room(Protocol):
    """One procedure."""

    spec: FormSpec
    criteria: Mapping[str, str]  # code → words, for the hints beside the fields
    parts: Mapping[str, str]  # key of a step → template of what is answered there beside the form

    def find(self, user: Any, public_id: str) -> Any:
        """Return the draft at an address. Raises Http404 for whoever may not read it."""

    def may_write(self, user: Any, draft: Any) -> bool:
        """Tell whether `user` writes this draft at all, now or in another status."""

    def closed_words(self, draft: Any) -> str:
        """Return why the draft cannot be changed now, blank while it can."""

    def closed_fields(self, draft: Any) -> Collection[str]:
        """Return the names of fields that cannot be changed while others can."""

    def save(self, draft: Any, changes: Iterable[Change], *, request: HttpRequest, step: str, page: str) -> Saved:
        """Write changes by the verb of the procedure. Raises PermissionDenied when it is no longer possible."""

    def part_context(self, step: Step, draft: Any, lacking: Mapping[str, str]) -> Mapping[str, Any]:
        """Return what the part of a step needs; `lacking` are the words said about fields of the step."""

    def presence_name(self, draft: Any) -> str:
        """Return under which name people are present at the draft."""

    def address(self, draft: Any, step: Step) -> str:
        """Return the address of a step."""

    def saving_address(self, draft: Any, step: Step) -> str:
        """Return where a script saves a step."""

    def home(self, draft: Any) -> tuple[str, str]:
        """Return the address and the name of the page above the form."""
