"""Shapes are named in the API's document; two of one name would pass for each other."""

from collections import defaultdict

from pydantic import BaseModel

from remonta.api import main


def kinds_of(base):
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_no_two_shapes_share_a_name():
    assert main.api
    places = defaultdict(set)
    for kind in kinds_of(BaseModel):
        if kind.__module__.startswith("remonta.api"):
            places[kind.__name__].add(kind.__module__)
    assert len(places) > 100
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
