"""The registry stands in lists, filters and cards, so a change of it changes the public portal."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save, pre_delete

from portal.core import usage, versions
from portal.organisations.models import Municipality, Organisation

for _model in (Municipality, Organisation):
    post_save.connect(versions.bump, sender=_model, dispatch_uid=f"version-save-{_model.__name__}")
    post_delete.connect(versions.bump, sender=_model, dispatch_uid=f"version-delete-{_model.__name__}")
    pre_delete.connect(usage.refuse_if_used, sender=_model, dispatch_uid=f"in-use-{_model.__name__}")
