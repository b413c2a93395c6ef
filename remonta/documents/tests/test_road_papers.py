"""Return note and pro forma of a batch, and the write-off act: what they say, and in whose language."""

import pytest
from django.apps import apps

from remonta.documents.commands import NotDeclared, NothingChosen, print_batch, print_write_off
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.logistics.commands import (
    BatchAsked,
    CurrencyUnclear,
    Declared,
    HsCodeUnclear,
    OriginUnclear,
    begin_batch,
    declare_batch,
    pack_unit,
)
from remonta.logistics.models import BatchLine
from remonta.logistics.queries import customs_lines
from remonta.stock.commands import scrap_part
from remonta.stock.models import Place
from remonta.supply.commands import Delivered, receive_goods
from tests.cast import intake


@pytest.fixture
def batch(cast, operation):
    """A unit packed for the partner, whose centre reads Russian."""
    apps.get_model("identity", "Centre").objects.filter(pk=cast.wroclaw.pk).update(language="ru")
    order = intake(cast)
    apps.get_model("orders", "WorkOrder").objects.filter(pk=order.pk).update(solution="New board")
    asked = BatchAsked(to_centre_uid=cast.wroclaw.uid, purpose="back")
    made = begin_batch(cast.stan, cast.krakow.uid, asked=asked, operation=operation())
    pack_unit(cast.stan, made.uid, unit_uid=order.unit.uid, operation=operation())
    return made


def declared(cast, batch, currency="EUR", **said):
    line = BatchLine.objects.get(batch=batch)
    values = {"value": 12050, "hs_code": "8517.13", "origin": "cn", "weight": 400, **said}
    lines = [Declared(line_uid=line.uid, **values)]
    return declare_batch(cast.stan, batch.uid, currency=currency, lines=lines)


def test_a_return_note_says_what_was_done_in_the_receivers_language(cast, batch):
    paper = print_batch(cast.stan, batch.uid, code="return_note")
    assert (paper.language, paper.data["lines"][0]["task"]) == ("ru", "New board")
    assert print_batch(cast.stan, batch.uid, code="return_note", language="zh-hans").language == "zh-hans"
    assert print_batch(cast.stan, batch.uid, code="waybill").language == "pl"


def test_a_pro_forma_has_value_code_origin_and_weight_of_each_line(cast, batch):
    with pytest.raises(NotDeclared):
        print_batch(cast.stan, batch.uid, code="pro_forma")
    declared(cast, batch)
    paper = print_batch(cast.stan, batch.uid, code="pro_forma", language="en")
    [line] = paper.data["lines"]
    assert (line["hs_code"], line["origin"], line["weight"]) == ("8517.13", "CN", "0.4 kg")
    assert "120.50" in line["value"]
    assert "120.50" in line["amount"]
    assert "120.50" in paper.data["totals"][-1][1]


def test_the_same_goods_have_their_code_and_origin_the_next_time(cast, batch, operation):
    declared(cast, batch)
    order = intake(cast, serial="SN-2")
    asked = BatchAsked(to_name="Maker")
    other = begin_batch(cast.stan, cast.krakow.uid, asked=asked, operation=operation())
    pack_unit(cast.stan, other.uid, unit_uid=order.unit.uid, operation=operation())
    [line] = customs_lines(cast.stan, other)
    assert (line.hs_code, line.origin, line.value) == ("8517.13", "CN", None)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"hs_code": "85A"}, HsCodeUnclear), ({"origin": "China"}, OriginUnclear), ({"currency": "€"}, CurrencyUnclear)],
)
def test_what_customs_cannot_read_is_refused(wrong, refusal, cast, batch, writes_nothing):
    with writes_nothing(), pytest.raises(refusal):
        declared(cast, batch, **wrong)


def test_a_line_of_another_batch_is_not_there(cast, batch, writes_nothing):
    with writes_nothing(), pytest.raises(Missing):
        declare_batch(cast.stan, batch.uid, currency="EUR", lines=[Declared(line_uid=batch.uid)])


def test_who_does_not_handle_batches_declares_nothing(cast, batch, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        declare_batch(cast.emil, batch.uid, currency="EUR", lines=[])


def test_a_write_off_act_lists_what_was_thrown_away_in_one_centre(cast, operation, writes_nothing):
    moves = []
    for centre, by in ((cast.krakow, cast.stan), (cast.wroclaw, cast.petra)):
        place = Place.objects.get(centre=centre, code="A-01-01")
        line = Delivered(part_uid=cast.display.uid, place_uid=place.uid, quantity=2000)
        receive_goods(by, centre.uid, supplier="Depot", lines=[line], operation=operation())
        said = {"quantity": 1000, "source_uid": place.uid}
        moves.append(scrap_part(by, cast.display.pk, **said, operation=operation()))
    paper = print_write_off(cast.stan, [moves[0].uid])
    assert [(line["number"], line["quantity"], line["cause"]) for line in paper.data["lines"]] == [
        ("DSP-1", "1", "inny powód")
    ]
    assert paper.language == "pl"
    with writes_nothing(), pytest.raises(NothingChosen):
        print_write_off(cast.stan, [move.uid for move in moves])
