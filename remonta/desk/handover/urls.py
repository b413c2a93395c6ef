"""Giving a unit back."""

from django.urls import path

from remonta.desk.handover import views

urlpatterns = [path("orders/<uuid:uid>/hand-over/", views.hand_over_page, name="hand-over")]
