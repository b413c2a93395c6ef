"""The staff pages: every room's routes, in one namespace. Each room of the desk has its own urls.py."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from remonta import desk

app_name = "desk"
ROOMS = [
    room.name for room in iter_modules(desk.__path__) if room.ispkg and find_spec(f"remonta.desk.{room.name}.urls")
]
urlpatterns = [each for room in ROOMS for each in import_module(f"remonta.desk.{room}.urls").urlpatterns]
