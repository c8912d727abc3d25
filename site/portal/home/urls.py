"""Addresses of the home room beside its pages."""

from __future__ import annotations

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from portal.core.pagecache import public_page
from portal.home import views
from portal.home.sitemaps import SITEMAPS

urlpatterns = [
    path("feedback/", views.FeedbackView.as_view(), name="feedback"),
    path("feedback/sent/", public_page(views.feedback_sent), name="feedback_sent"),
    path("sitemap/", public_page(views.site_map), name="site_map"),
    path("robots.txt", public_page(views.robots), name="robots"),
    path("sitemap.xml", public_page(views.sitemap_index), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sitemap-<section>.xml", public_page(sitemap), {"sitemaps": SITEMAPS}, name="sitemap_part"),
]
