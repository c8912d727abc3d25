"""Private addresses of people and their organisations, in the cabinet."""

from __future__ import annotations

from django.urls import path

from portal.organisations.views import invitations, mine, municipality, people

urlpatterns = [
    path("cabinet/organisations/", mine.my_organisations, name="my_organisations"),
    path("cabinet/joining/", mine.find_organisation, name="find_organisation"),
    path("cabinet/joining/new/", mine.ask_for_new, name="new_organisation"),
    path("cabinet/joining/<slug:slug>/ask/", mine.ask, name="ask_organisation"),
    path("cabinet/joining/requests/<int:pk>/take-back/", mine.take_back, name="take_back_request"),
    path("cabinet/invitations/mine/<int:pk>/", invitations.own_invitation, name="own_invitation"),
    path("cabinet/invitations/<str:secret>/", invitations.invitation, name="invitation"),
    path("cabinet/municipalities/<slug:slug>/", municipality.municipality_people, name="municipality_people"),
    path("cabinet/organisations/<slug:slug>/", people.organisation_people, name="organisation_people"),
    path("cabinet/organisations/<slug:slug>/invite/", people.invite, name="invite"),
    path("cabinet/organisations/<slug:slug>/invitations/<int:pk>/", people.change_invitation, name="change_invitation"),
    path("cabinet/organisations/<slug:slug>/requests/<int:pk>/", people.join_request, name="join_request"),
    path("cabinet/organisations/<slug:slug>/people/<int:pk>/", people.member, name="organisation_member"),
]
