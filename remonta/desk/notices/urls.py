"""The bell, and the texts customers are written."""

from django.urls import path

from remonta.desk.notices import texts, views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/count/", views.count, name="notice-count"),
    path("notices/read/", views.read, name="notices-read"),
    path("notices/<uuid:uid>/open/", views.open_notice, name="notice-open"),
    path("notices/texts/", texts.texts, name="customer-texts"),
    path("notices/texts/<slug:code>/", texts.text, name="customer-text"),
]
