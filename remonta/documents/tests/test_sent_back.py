"""The note that goes along with goods to their supplier."""

from remonta.documents.commands import print_supplier_return
from remonta.documents.queries import documents_for, pdf_of
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Place
from remonta.supply.commands import add_return_line, add_supplier, begin_return
from tests.cast import operation as new


def test_the_note_says_what_goes_back_and_why_without_costs(cast):
    supplier = add_supplier(cast.ada, name="Ersatzteile GmbH", currency="EUR", language="en", our_number="4711")
    place = Place.objects.get(centre=cast.krakow, code="A-01-01")
    move_part(cast.stan, cast.display.pk, 3000, network_place("supplier"), place, reason="received")
    made = begin_return(cast.stan, cast.krakow.uid, supplier_uid=supplier.uid, note="As agreed", operation=new(cast))
    said = {"part_uid": cast.display.uid, "quantity": 2000, "reason": "wrong", "note": "other colour"}
    add_return_line(cast.stan, made.uid, **said, operation=new(cast))
    document = print_supplier_return(cast.stan, made.uid)
    line = document.data["lines"][0]
    assert (line["number"], line["reason"], line["quantity"]) == ("DSP-1", "wrong part", "2")
    assert line["name"] == "Display (other colour)"
    assert ["Our customer number", "4711"] in document.data["facts"]
    assert pdf_of(cast.stan, document.uid).startswith(b"%PDF")
    assert documents_for(cast.stan).filter(pk=document.pk).exists()
