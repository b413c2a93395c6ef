"""The staff pages: every room's routes, in one namespace. Each room of the desk has its own urls.py."""

from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import include, path

from remonta import desk

app_name = "desk"
ROOMS = [
    room.name for room in iter_modules(desk.__path__) if room.ispkg and find_spec(f"remonta.desk.{room.name}.urls")
]
urlpatterns = [path("", include(f"remonta.desk.{room}.urls")) for room in ROOMS]
