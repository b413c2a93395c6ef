"""What the rooms declare for the ground floor: jobs, search kinds, file scopes, proofs. Gathered when first needed."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

DECLARING = ("policies", "queries", "proofs", "jobs", "scans", "search")


@cache
def gather() -> None:
    """Imports every room's declaring modules, once in a process."""
    for room in apps.get_app_configs():
        for name in DECLARING:
            if room.name.startswith("remonta.") and module_has_submodule(room.module, name):
                import_module(f"{room.name}.{name}")
