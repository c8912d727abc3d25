"""Private addresses of the cabinet; those of single rooms are their own."""

from __future__ import annotations

from django.urls import path

from portal.cabinet.views import session, tasks

urlpatterns = [
    path("cabinet/", tasks.my_tasks, name="cabinet"),
    path("cabinet/session/", session.session, name="cabinet_session"),
]
