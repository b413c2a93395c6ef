"""The counter: finding who comes, taking in."""

from django.urls import path

from remonta.desk.intake import views

urlpatterns = [
    path("intake/", views.intake, name="intake"),
    path("intake/customer/", views.customer, name="intake-customer"),
    path("intake/unit/", views.unit, name="intake-unit"),
    path("intake/beside/", views.beside, name="intake-beside"),
    path("intake/draft/<uuid:uid>/", views.draft, name="intake-draft"),
    path("intake/expected/<uuid:uid>/", views.expected, name="intake-expected"),
]
