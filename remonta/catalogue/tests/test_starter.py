"""The starter catalogue: complete in four languages, loaded once, left alone the second time."""

from decimal import Decimal

import pytest
from django.conf import settings

from remonta.catalogue.commands import load_starter_catalogue
from remonta.catalogue.commands.starter import rows_of
from remonta.catalogue.models import Category, Price, Product, Service
from remonta.catalogue.queries import checklist, find_part, find_product, likely_works
from remonta.kernel.refusals import NotPermitted

FILES = ("categories", "products", "services", "parts", "codes", "checklists", "faults")


def texts_in(value):
    """Every dictionary of texts, however deep."""
    if isinstance(value, list):
        return [found for one in value for found in texts_in(one)]
    if isinstance(value, dict):
        return [value] if "en" in value else [found for one in value.values() for found in texts_in(one)]
    return []


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_in_every_language(name):
    languages = {code for code, _name in settings.LANGUAGES}
    for texts in texts_in(rows_of(name)):
        assert set(texts) == languages
        assert all(text.strip() for text in texts.values())


def test_it_is_loaded_once_and_found(cast):
    assert load_starter_catalogue(cast.ada, cast.entity.pk) > 200
    assert load_starter_catalogue(cast.ada, cast.entity.pk) == 0
    [model] = find_product(cast.rita, "fjell mini")
    assert find_part(cast.stan, "BAT-NF12M")[0].name == "Battery Fjell 12 Mini"
    found = likely_works(cast.rita, "разбит экран", legal_entity_id=cast.entity.pk, product_id=model.pk)
    assert (found[0].code, found[0].amount) == ("PH-DSP", Decimal(195))
    assert len(checklist(model.category_id, "final")) >= 6


def test_a_trade_gets_only_its_own(cast):
    load_starter_catalogue(cast.ada, cast.entity.pk, "machinery")
    assert {"tool", "mower"} <= set(Category.objects.values_list("code", flat=True))
    assert not Category.objects.filter(code="washer").exists()
    assert Product.objects.filter(code="TDR18").exists()
    assert Service.objects.filter(code="DIAG").exists()


def test_who_may_not_change_the_catalogue_loads_nothing(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        load_starter_catalogue(cast.rita, cast.entity.pk)
    assert not Price.objects.exists()
