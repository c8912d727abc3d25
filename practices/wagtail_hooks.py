"""Screens of the bank in the admin."""

from __future__ import annotations

from wagtail import hooks

from practices.listings import PracticeListing


@hooks.register("register_admin_viewset")
def practice_listing() -> PracticeListing:
    return PracticeListing("practice_listing")
