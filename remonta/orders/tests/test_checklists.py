"""What was ticked stays readable, whatever becomes of the checklist."""

from remonta.catalogue.commands import add_checklist_item, remove_checklist_item
from remonta.catalogue.queries import checklist
from remonta.orders.commands import lock_work_order, tick
from remonta.orders.queries import checks_of
from remonta.spine.commands import command
from tests.cast import intake


@command
def ticked(actor, order, results):
    tick(actor, lock_work_order(actor, order.uid), "intake", results, {})


def test_a_line_taken_out_keeps_its_words_where_it_was_ticked(cast):
    line = add_checklist_item(cast.hana, moment="intake", names={"en": "Bell rings"})
    order = intake(cast)
    ticked(cast.rita, order, {str(line.uid): "bad"})
    remove_checklist_item(cast.hana, line.uid)
    assert "Bell rings" not in [one.text for one in checklist(None, "intake")]
    assert [one.text for one in checks_of(order.pk)] == ["Bell rings"]
