"""The quality gate on the order page."""

from django.urls import path

from remonta.desk.quality import views

urlpatterns = [path("orders/<uuid:uid>/check/", views.check, name="order-check")]
