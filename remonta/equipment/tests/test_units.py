"""The product archive: one card for each device, whoever meets it."""

import pytest

from remonta.catalogue.models import Category
from remonta.customers.commands import register_customer
from remonta.equipment.commands import (
    LinkedToItself,
    SerialLooksWrong,
    SerialTaken,
    UnitMergedIntoItself,
    change_owner,
    change_unit,
    deactivate_unit,
    know_unit,
    link_units,
    merge_units,
    reactivate_unit,
    register_unit,
)
from remonta.equipment.models import Unit
from remonta.equipment.queries import find_units, unit_card, unit_family, units_for, units_of
from remonta.equipment.workflow import UnitClash
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event, SearchEntry


@pytest.fixture
def anna(cast):
    return register_customer(cast.rita, name="Anna", centre_id=cast.krakow.pk)


@pytest.fixture
def register(cast):
    """register(serial, by="rita", at="krakow", …) is the unit."""

    def make(serial="", by="rita", at="krakow", **more):
        more.setdefault("product_id", cast.phone.pk)
        return register_unit(getattr(cast, by), serial=serial, centre_id=getattr(cast, at).pk, **more)

    return make


def test_the_same_serial_of_a_model_is_the_same_unit_however_it_is_written(cast, register, anna):
    first = register("ab-12 34")
    assert register("AB1234", owner_id=anna.pk) == first
    assert Unit.objects.get(pk=first.pk).owner_id == anna.pk
    assert register("AB1234", product_id=cast.kettle.pk) != first
    assert Unit.objects.count() == 2


def test_without_a_serial_each_unit_gets_a_tag_of_ours(register):
    assert [register().tag, register().tag] == ["U000001", "U000002"]


def test_registering_takes_few_statements(register, django_assert_max_num_queries):
    register("WARM-UP")
    with django_assert_max_num_queries(12):
        register("SN-77")


def test_a_mistyped_imei_is_refused_unless_somebody_insists(cast, register, writes_nothing):
    Category.objects.filter(code="phone").update(serial_is_imei=True)
    with writes_nothing(), pytest.raises(SerialLooksWrong, match="check digit is wrong"):
        register("490154203237519")
    assert register("490154203237518").serial == "490154203237518"
    assert register("490154203237519", accept_odd_serial=True).serial == "490154203237519"
    assert register("A1B2C3D4E5").serial_normal == "A1B2C3D4E5"


def test_a_partner_meets_a_known_unit_and_sees_it_from_then_on(cast, register):
    unit = register("SN-1")
    assert not units_for(cast.petra).exists()
    assert register("SN-1", by="petra", at="wroclaw") == unit
    assert set(units_for(cast.petra)) == {unit}
    places = SearchEntry.objects.filter(kind="unit", subject_id=unit.pk).values_list("centre_id", flat=True)
    assert set(places) == {0, cast.wroclaw.pk}
    names = Event.objects.filter(subject="equipment.unit", subject_id=unit.pk).values_list("name", flat=True)
    assert list(names.order_by("seq")) == ["equipment.registered", "equipment.known"]


def test_who_may_not_register_leaves_nothing(cast, register, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        register("SN-1", by="cora")
    with writes_nothing(), pytest.raises(NotPermitted):
        register("SN-1", by="petra", at="krakow")


@pytest.mark.parametrize("text", ["SN-100", "sn 100", "sn1", "U000001"])
def test_a_unit_is_found_by_serial_its_beginning_or_tag(cast, register, text):
    tagged, serial = register(), register("SN-100")
    assert find_units(cast.emil, text) == ((tagged,) if text.startswith("U") else (serial,))
    assert find_units(cast.petra, text) == ()
    assert find_units(cast.emil, "s") == find_units(cast.emil, "ZZ") == ()


def test_a_card_hides_an_owner_the_reader_may_not_see(cast, register, anna):
    unit = register("SN-1", owner_id=anna.pk)
    know_unit(cast.rita, unit.pk, cast.wroclaw.pk)
    assert unit_card(cast.rita, unit.uid).owner == "Anna"
    assert (unit_card(cast.petra, unit.uid).owner, unit_card(cast.petra, unit.uid).owner_uid) == ("", None)


def test_a_unit_changes_hands(cast, register, anna):
    unit = register("SN-1", owner_id=anna.pk)
    bea = register_customer(cast.rita, name="Bea", centre_id=cast.krakow.pk)
    change_owner(cast.rita, unit.uid, owner_uid=bea.uid)
    assert units_of(cast.rita, [bea.pk]) == (unit,)
    event = Event.objects.filter(subject="equipment.unit", subject_id=unit.pk).latest("seq")
    assert (event.data["owner_id"], event.data["former_id"]) == (bea.pk, anna.pk)


def test_a_corrected_serial_must_not_be_another_units(cast, register, writes_nothing):
    unit, _other = register("SN-1"), register("SN-2")
    with writes_nothing(), pytest.raises(SerialTaken):
        change_unit(cast.rita, unit.uid, serial="sn 2")
    assert change_unit(cast.rita, unit.uid, serial="SN-3").serial_normal == "SN3"
    assert change_unit(cast.rita, unit.uid, serial="").tag == "U000001"


def test_links_are_read_from_both_sides(cast, register):
    old, new = register("SN-1"), register("SN-2")
    for _again in range(2):
        link_units(cast.rita, old.uid, other_uid=new.uid, kind="replaced_by")
    assert [(link.label, link.number) for link in unit_card(cast.rita, old.uid).links] == [("replaced by", "SN-2")]
    assert [(link.label, link.number) for link in unit_card(cast.rita, new.uid).links] == [("replaces", "SN-1")]
    with pytest.raises(LinkedToItself):
        link_units(cast.rita, old.uid, other_uid=old.uid, kind="part_of")


def test_a_unit_leaves_service_and_comes_back(cast, register, writes_nothing):
    unit = register("SN-1")
    with writes_nothing(), pytest.raises(NotPermitted):
        deactivate_unit(cast.rita, unit.uid)
    assert deactivate_unit(cast.hana, unit.uid, reason="scrapped").state == "deactivated"
    with writes_nothing(), pytest.raises(UnitClash, match="deactivated"):
        deactivate_unit(cast.hana, unit.uid)
    assert reactivate_unit(cast.hana, unit.uid).state == "active"


def test_merged_units_are_found_as_one(cast, register, anna, writes_nothing):
    tagged, serial = register(owner_id=anna.pk), register("SN-1", by="petra", at="wroclaw")
    with writes_nothing(), pytest.raises(UnitMergedIntoItself):
        merge_units(cast.hana, tagged.uid, into_uid=tagged.uid)
    kept = merge_units(cast.hana, serial.uid, into_uid=tagged.uid)
    assert (kept, kept.serial_normal, kept.owner_id) == (tagged, "SN1", anna.pk)
    assert set(units_for(cast.petra)) == {tagged}
    assert unit_family(tagged.pk) == [tagged.pk, serial.pk]
    assert register("SN-1") == tagged
    assert not SearchEntry.objects.filter(kind="unit", subject_id=serial.pk).exists()
