"""Private addresses of the cabinet; those of single rooms are their own."""

from __future__ import annotations

from django.urls import path

from portal.cabinet.views import consents, session, sessions, tasks

urlpatterns = [
    path("cabinet/", tasks.my_tasks, name="cabinet"),
    path("cabinet/session/", session.session, name="cabinet_session"),
    path("cabinet/sessions/", sessions.my_sessions, name="my_sessions"),
    path("cabinet/sessions/others/end/", sessions.end_others, name="end_other_sessions"),
    path("cabinet/sessions/<int:pk>/end/", sessions.end_one, name="end_session"),
    path("cabinet/consents/", consents.my_consents, name="my_consents"),
    path("cabinet/consents/<int:pk>/", consents.WithdrawConsentView.as_view(), name="withdraw_consent"),
]
