"""What all faces share. Each route has its row in web/access."""

from django.urls import path

from remonta.web import views

app_name = "web"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("centre/", views.choose_centre, name="centre"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
