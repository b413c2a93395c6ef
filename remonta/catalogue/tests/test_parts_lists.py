"""Parts lists: versions, levels, where a part is used, and nothing that is made of itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remonta.catalogue.commands import (
    ContainsItself,
    NothingInList,
    PublishedTooEarly,
    QuantityMissing,
    add_list_line,
    add_part,
    begin_list,
    change_list_line,
    discard_list,
    publish_list,
    remove_list_line,
)
from remonta.catalogue.models import PartsList, PartsListLine
from remonta.catalogue.queries import differences, list_lines, list_on, needed, used_in, versions_of
from remonta.catalogue.workflow import PARTS_LIST, ListClash
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from remonta.spine.verify import verify

DAY = date(2026, 3, 2)


@pytest.fixture
def parts(cast):
    """A small world of parts by number: a door of a frame, two hinges and eight screws each; a hinge has two plates."""
    return {
        number: add_part(cast.hana, number=number, name=f"{number} part")
        for number in ("DOOR", "FRAME", "HINGE", "SCREW", "PLATE", "GLUE")
    }


def listed(cast, of, *lines, since=DAY):
    """A published list: listed(cast, {"part_uid": …}, (part, thousandths, reference), …)."""
    begun = begin_list(cast.hana, **of)
    for part, quantity, *reference in lines:
        add_list_line(cast.hana, begun.uid, part_uid=part.uid, quantity=quantity, reference="".join(reference))
    return publish_list(cast.hana, begun.uid, valid_from=since)


@pytest.fixture
def door(cast, parts):
    hinge = listed(cast, {"part_uid": parts["HINGE"].uid}, (parts["PLATE"], 2000), (parts["SCREW"], 4000, "S1-S4"))
    lines = ((parts["FRAME"], 1000), (parts["HINGE"], 2000, "H1, H2"), (parts["SCREW"], 8000), (parts["GLUE"], 125))
    assert hinge.state == "published"
    return listed(cast, {"part_uid": parts["DOOR"].uid}, *lines)


@pytest.fixture
def kettle(cast, parts, door):
    return listed(cast, {"product_uid": cast.kettle.uid}, (parts["DOOR"], 500), (parts["SCREW"], 1000))


def test_a_list_is_read_level_by_level(cast, parts, door):
    lines = list_lines(cast.emil, door.uid)
    assert [(line.number, line.quantity, line.reference, line.below is not None) for line in lines] == [
        ("FRAME", 1000, "", False),
        ("HINGE", 2000, "H1, H2", True),
        ("SCREW", 8000, "", False),
        ("GLUE", 125, "", False),
    ]
    assert [line.number for line in list_lines(cast.emil, lines[1].below)] == ["PLATE", "SCREW"]


def test_quantities_are_multiplied_over_all_levels_and_summed(cast, kettle):
    found = {one.number: (one.quantity, one.level, one.assembly) for one in needed(cast.emil, kettle.uid)}
    assert found == {
        "DOOR": (Decimal("0.5"), 1, True),
        "SCREW": (Decimal(1 + 4 + 4), 1, False),
        "FRAME": (Decimal("0.5"), 2, False),
        "HINGE": (Decimal(1), 2, True),
        "GLUE": (Decimal("0.0625"), 2, False),
        "PLATE": (Decimal(2), 3, False),
    }


def test_where_a_part_is_used_goes_up_over_all_levels(cast, parts, kettle):
    found = [(one.number or one.name, one.quantity, one.level) for one in used_in(cast.emil, parts["SCREW"].pk)]
    assert found == [("Vela Boil", Decimal(9), 1), ("DOOR", Decimal(16), 1), ("HINGE", Decimal(4), 1)]
    assert [one.level for one in used_in(cast.emil, parts["PLATE"].pk)] == [1, 2, 3]


def test_each_level_is_one_statement_however_long_the_lists(cast, parts, kettle, django_assert_num_queries):
    longer = begin_list(cast.hana, part_uid=parts["HINGE"].uid)
    for place in range(40):
        washer = add_part(cast.hana, number=f"P{place}", name="Washer")
        add_list_line(cast.hana, longer.uid, part_uid=washer.uid, quantity=1000)
    publish_list(cast.hana, longer.uid, valid_from=DAY + timedelta(days=1))
    cast.clock.pass_(days=1)
    with django_assert_num_queries(6):
        assert len(needed(cast.emil, kettle.uid)) == 46
    with django_assert_num_queries(3):
        used_in(cast.emil, parts["PLATE"].pk)


def test_a_list_that_would_contain_itself_is_refused(cast, parts, door, kettle):
    below = begin_list(cast.hana, part_uid=parts["PLATE"].uid)
    for circle, way in (("PLATE", "PLATE → PLATE"), ("DOOR", "PLATE → DOOR → HINGE → PLATE")):
        with pytest.raises(ContainsItself, match=way):
            add_list_line(cast.hana, below.uid, part_uid=parts[circle].uid)
    assert not PartsListLine.objects.filter(parts_list=below).exists()


def test_two_drafts_begun_at_once_cannot_close_a_circle(cast, parts):
    one = begin_list(cast.hana, part_uid=parts["FRAME"].uid)
    other = begin_list(cast.hana, part_uid=parts["GLUE"].uid)
    add_list_line(cast.hana, one.uid, part_uid=parts["GLUE"].uid)
    with pytest.raises(ContainsItself):
        add_list_line(cast.hana, other.uid, part_uid=parts["FRAME"].uid)
    PartsListLine.objects.create(parts_list=other, part=parts["FRAME"], position=1, quantity=1000)
    with pytest.raises(ContainsItself):
        publish_list(cast.hana, one.uid, valid_from=DAY)
    assert sorted(str(flaw.subject) for flaw in verify()) == sorted(
        f"part {parts[name].pk}" for name in ("FRAME", "GLUE")
    )


def test_a_new_version_begins_with_the_lines_of_the_last_and_takes_over_on_its_day(cast, parts, door):
    draft = begin_list(cast.hana, part_uid=parts["DOOR"].uid)
    assert begin_list(cast.hana, part_uid=parts["DOOR"].uid) == draft
    assert draft.version == 2
    glue = draft.lines.get(part=parts["GLUE"])
    remove_list_line(cast.hana, draft.uid, line_id=glue.pk)
    screw = draft.lines.get(part=parts["SCREW"])
    change_list_line(cast.hana, draft.uid, line_id=screw.pk, quantity=6000)
    publish_list(cast.hana, draft.uid, valid_from=DAY + timedelta(days=10))
    assert [one.standing for one in versions_of(cast.emil, part_id=parts["DOOR"].pk)] == ["coming", "in_force"]
    assert list_on(DAY + timedelta(days=9), part_id=parts["DOOR"].pk) == door
    assert list_on(DAY + timedelta(days=10), part_id=parts["DOOR"].pk) == draft
    assert list_on(DAY - timedelta(days=1), part_id=parts["DOOR"].pk) is None
    told = [(one.number, one.change, one.before, one.after) for one in differences(cast.emil, door.uid, draft.uid)]
    assert told == [("GLUE", "removed", 125, 0), ("SCREW", "changed", 8000, 6000)]
    assert list(verify()) == []


def test_what_is_published_stays_as_it_is(cast, parts, door, writes_nothing):
    with writes_nothing():
        for attempt in (
            lambda: add_list_line(cast.hana, door.uid, part_uid=parts["PLATE"].uid),
            lambda: change_list_line(cast.hana, door.uid, line_id=door.lines.first().pk, quantity=1),
            lambda: remove_list_line(cast.hana, door.uid, line_id=door.lines.first().pk),
            lambda: publish_list(cast.hana, door.uid, valid_from=DAY),
            lambda: discard_list(cast.hana, door.uid),
        ):
            with pytest.raises(ListClash):
                attempt()


def test_each_move_starts_only_where_the_table_says(cast, door):
    assert PARTS_LIST.refuses("publish") == ["published", "replaced"]
    assert PARTS_LIST.refuses("replace") == ["draft", "replaced"]


def test_a_version_comes_into_force_after_the_one_before_and_with_something_in_it(cast, parts, door):
    empty = begin_list(cast.hana, part_uid=parts["GLUE"].uid)
    with pytest.raises(NothingInList):
        publish_list(cast.hana, empty.uid, valid_from=DAY)
    again = begin_list(cast.hana, part_uid=parts["DOOR"].uid)
    with pytest.raises(PublishedTooEarly, match="Version 1"):
        publish_list(cast.hana, again.uid, valid_from=DAY)
    with pytest.raises(QuantityMissing):
        add_list_line(cast.hana, again.uid, part_uid=parts["PLATE"].uid, quantity=0)


def test_a_draft_is_thrown_away_and_its_number_is_free(cast, parts, door):
    draft = begin_list(cast.hana, part_uid=parts["DOOR"].uid)
    discard_list(cast.hana, draft.uid)
    assert PartsList.objects.filter(part=parts["DOOR"]).get() == door
    assert begin_list(cast.hana, part_uid=parts["DOOR"].uid).version == 2
    assert Event.objects.filter(name="catalogue.withdrawn").count() == 1


def test_who_may_not_change_the_catalogue_only_reads(cast, parts, door, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        begin_list(cast.rita, part_uid=parts["DOOR"].uid)
    with writes_nothing(), pytest.raises(NotPermitted):
        publish_list(cast.emil, door.uid, valid_from=DAY)
    assert len(list_lines(cast.rita, door.uid)) == len(list_lines(cast.petra, door.uid)) == 4
