"""What tests of the road stand on: who handles parcels in each centre."""

import pytest
from django.apps import apps

from remonta.identity.queries import actor_of


@pytest.fixture
def road(cast):
    """The cast with Lena and Greg, logisticians of Kraków and Gdańsk."""
    for name, place in (("lena", "krakow"), ("greg", "gdansk")):
        account = apps.get_model("identity", "Account").objects.create(
            email=f"{name}@example.com", name=name.title(), sort_name=name
        )
        centre = getattr(cast, place)
        apps.get_model("identity", "Staff").objects.create(account=account, centre=centre, role="logistician")
        setattr(cast, name, actor_of(account, cast.clock))
    return cast
