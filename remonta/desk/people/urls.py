"""People, network, settings."""

from django.urls import path

from remonta.desk.people import account

urlpatterns = [
    path("me/", account.my_account, name="my-account"),
]
