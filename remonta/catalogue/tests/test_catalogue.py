"""The catalogue: what is in it, what it costs, and what a fault most likely needs."""

from datetime import date
from decimal import Decimal

import pytest

from remonta.catalogue.commands import (
    AlreadyThere,
    PriceOutOfRange,
    TextMissing,
    add_category,
    add_checklist_item,
    add_fault_code,
    add_known_fault,
    add_part,
    add_product,
    add_service,
    archive_part,
    archive_product,
    change_category,
    change_part,
    fit_part,
    remove_checklist_item,
    set_price,
)
from remonta.catalogue.models import Brand, Price
from remonta.catalogue.queries import (
    categories,
    checklist,
    fault_codes,
    find_part,
    find_product,
    likely_works,
    parts_for,
    price_lists_for,
    price_of,
    prices_for,
    product_card,
    products_for,
)
from remonta.identity.queries import actor_of
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event

DAY = date(2026, 3, 2)


@pytest.fixture
def price(cast):
    """price(part or work, "12.50") from DAY on, for the Polish entity."""

    def make(thing, amount, since=DAY, **more):
        of = {"part_uid" if hasattr(thing, "number") else "service_uid": thing.uid}
        return set_price(cast.hana, legal_entity_id=cast.entity.pk, amount=Decimal(amount), since=since, **of, **more)

    return make


@pytest.fixture
def phones(cast):
    return cast.phone.category


@pytest.fixture
def vela(cast, phones):
    return add_product(cast.hana, category_id=phones.pk, brand="vela", name="Nova Łuk 5", code="VN-5")


@pytest.fixture
def battery(cast):
    return add_part(cast.hana, number="BAT-5/A", name="Battery")


def test_a_brand_is_one_however_it_is_written(cast, phones, vela):
    assert vela.brand.name == "Vela"
    assert Brand.objects.filter(name__iexact="vela").count() == 1


@pytest.mark.parametrize("text", ["nova vela", "Luk", "VELA NÓVA 5", "vn5", "VN-5"])
def test_a_model_is_found_by_words_in_any_order(cast, vela, text):
    assert find_product(cast.rita, text) == (vela,)
    assert find_product(cast.rita, "nova xyz") == ()


def test_an_archived_model_is_not_offered_but_still_read(cast, vela):
    archive_product(cast.hana, vela.uid)
    assert find_product(cast.rita, "nova") == ()
    assert vela in products_for(cast.rita)
    archive_product(cast.hana, vela.uid, restore=True)
    assert find_product(cast.rita, "nova") == (vela,)


def test_nothing_stands_twice_in_the_catalogue(cast, phones, vela, battery, writes_nothing):
    with writes_nothing(), pytest.raises(AlreadyThere, match="Nova Łuk 5"):
        add_product(cast.hana, category_id=phones.pk, brand="VELA", name="nova łuk 5".title())
    with writes_nothing(), pytest.raises(AlreadyThere):
        add_part(cast.hana, number="bat-5/a", name="Other")
    with writes_nothing(), pytest.raises(TextMissing):
        add_part(cast.hana, number="X", name=" ")


def test_who_may_not_change_the_catalogue_leaves_it_as_it_is(cast, phones, writes_nothing):
    for actor in (cast.rita, cast.petra, actor_of(None)):
        with writes_nothing(), pytest.raises(NotPermitted):
            add_product(actor, category_id=phones.pk, name="Mine")
    assert not parts_for(actor_of(None)).exists()


@pytest.mark.parametrize("text", ["BAT-5/A", "bat5a", "battery", "5901234123457"])
def test_a_part_is_found_by_number_gtin_or_name(cast, battery, text):
    change_part(cast.hana, battery.uid, number="BAT-5/A", name="Battery", gtin="5901234123457")
    add_part(cast.hana, number="BAT-50", name="Other pack")
    assert find_part(cast.stan, text)[0] == battery
    archive_part(cast.hana, battery.uid)
    assert battery not in find_part(cast.stan, text)


def test_the_newest_price_whose_day_has_come_counts(cast, battery, price):
    price(battery, "100", date(2026, 1, 1), cost=Decimal("61.5"))
    price(battery, "120")
    price(battery, "150", date(2026, 4, 1))
    found = price_of(cast.entity.pk, part_ids=[battery.pk], day=DAY)
    assert found["part", battery.pk].amount == 120
    assert found["part", battery.pk].cost == Decimal("61.5")
    assert price_of(cast.entity.pk, part_ids=[battery.pk], day=date(2025, 1, 1)) == {}
    shown = [prices_for(one, cast.entity.pk, part_ids=[battery.pk], day=DAY) for one in (cast.rita, cast.hana)]
    assert [prices["part", battery.pk].cost for prices in shown] == [None, Decimal("61.5")]


def test_many_prices_are_read_in_one_statement(cast, battery, django_assert_num_queries):
    other = add_part(cast.hana, number="B", name="B")
    work = add_service(cast.hana, code="W", names={"en": "Work"})
    for part in (battery, other):
        set_price(cast.hana, legal_entity_id=cast.entity.pk, part_uid=part.uid, amount=Decimal(5), since=DAY)
    set_price(cast.hana, legal_entity_id=cast.entity.pk, service_uid=work.uid, amount=Decimal("0.000001"), since=DAY)
    with django_assert_num_queries(1):
        found = price_of(cast.entity.pk, part_ids=[battery.pk, other.pk], service_ids=[work.pk], day=DAY)
    assert len(found) == 3


def test_setting_a_price_again_on_a_day_corrects_it(cast, battery):
    for amount in ("10", "12"):
        set_price(cast.hana, legal_entity_id=cast.entity.pk, part_uid=battery.uid, amount=Decimal(amount), since=DAY)
    assert Price.objects.get(part=battery).amount == 12
    said = Event.objects.filter(subject="catalogue.part", subject_id=battery.pk, name="catalogue.price_set")
    assert [event.data["amount"] for event in said.order_by("seq")] == ["10", "12"]


def test_prices_have_bounds_and_keepers(cast, battery, writes_nothing):
    ask = {"legal_entity_id": cast.entity.pk, "part_uid": battery.uid}
    for wrong in ("-1", "0.0000001", "1e12"):
        with writes_nothing(), pytest.raises(PriceOutOfRange):
            set_price(cast.hana, amount=Decimal(wrong), **ask)
    with writes_nothing(), pytest.raises(NotPermitted):
        set_price(cast.rita, amount=Decimal(1), **ask)
    assert [one.currency for one in price_lists_for(cast.rita)] == ["PLN"]


def test_a_category_carries_what_intake_asks(cast):
    more = {"accessories": [{"en": "Charger", "pl": "Ładowarka"}], "looks": [{"en": "Scratched"}]}
    made = add_category(cast.hana, code="laptop", names={"en": "Laptop", "pl": "Laptop"}, asks_passcode=True, **more)
    change_category(
        cast.hana, made.uid, names={"en": "Laptop", "ru": "Ноутбук"}, asks_passcode=True, serial_is_imei=False, **more
    )
    [device] = [one for one in categories("pl") if one.code == "laptop"]
    assert (device.accessories, device.looks, device.asks_passcode) == (("Ładowarka",), ("Scratched",), True)
    assert {one.name for one in categories("ru")} >= {"Ноутбук", "Phone"}


def test_a_checklist_has_the_lines_of_all_devices_and_of_its_own(cast, phones):
    add_checklist_item(cast.hana, moment="final", names={"en": "Clean", "ru": "Чисто"}, required=True)
    own = add_checklist_item(cast.hana, moment="final", names={"en": "Calls"}, category_id=phones.pk)
    add_checklist_item(cast.hana, moment="final", names={"en": "Boils"}, category_id=cast.kettle.category_id)
    add_checklist_item(cast.hana, moment="intake", names={"en": "Wakes"})
    assert [line.text for line in checklist(phones.pk, "final", "ru")] == ["Чисто", "Calls"]
    for _again in range(2):
        remove_checklist_item(cast.hana, own.uid)
    assert [line.text for line in checklist(phones.pk, "final")] == ["Clean"]


def test_fault_codes_are_by_kind_and_category(cast, phones):
    add_fault_code(cast.hana, kind="symptom", code="s10", names={"en": "Dead"})
    add_fault_code(cast.hana, kind="symptom", code="S20", names={"en": "No signal"}, category_id=phones.pk)
    add_fault_code(cast.hana, kind="repair", code="S10", names={"en": "Replaced"})
    assert [code.code for code in fault_codes("symptom", phones.pk)] == ["S10", "S20"]
    assert [code.code for code in fault_codes("symptom", cast.kettle.category_id)] == ["S10"]
    with pytest.raises(AlreadyThere):
        add_fault_code(cast.hana, kind="symptom", code="S10", names={"en": "Dead"})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("the screen is cracked", "SCREEN"),
        ("Разбит экран", "SCREEN"),
        ("pęknięty ekran", "SCREEN"),
        ("屏幕碎了", "SCREEN"),
        ("battery drains fast", "BATTERY"),
        ("быстро разряжается батарея", "BATTERY"),
    ],
)
def test_the_likely_work_follows_from_what_is_said(cast, vela, phones, price, said, code):
    words = {"SCREEN": "screen, display, экран, ekran, 屏幕", "BATTERY": "battery, батарея, bateria"}
    for name, keywords in words.items():
        of = {"category_id": phones.pk, "minutes": 45}
        price(add_service(cast.hana, code=name, names={"en": name}, keywords=keywords, **of), "200")
    kettles = cast.kettle.category_id
    add_service(cast.hana, code="BOIL", names={"en": "Boil"}, keywords=words["SCREEN"], category_id=kettles)
    found = likely_works(cast.rita, said, legal_entity_id=cast.entity.pk, product_id=vela.pk)
    assert (found[0].code, found[0].amount, found[0].minutes) == (code, 200, 45)
    assert "BOIL" not in {one.code for one in found}


def test_a_known_fault_points_to_its_work(cast, vela, phones):
    plain = add_service(cast.hana, code="A", names={"en": "Cleaning"}, category_id=phones.pk)
    known = add_service(cast.hana, code="Z", names={"en": "Port"}, category_id=phones.pk)
    says = {"symptoms": {"en": "Charging stops when moved"}, "remedy": {"en": "New port"}}
    add_known_fault(cast.hana, vela.uid, service_uid=known.uid, **says)
    found = likely_works(cast.rita, "charging stops", legal_entity_id=None, product_id=vela.pk)
    assert [one.code for one in found] == ["Z", "A"]
    assert (plain.code, found[0].amount) == ("A", None)


def test_a_model_knows_its_faults_and_parts(cast, vela, battery):
    fit_part(cast.hana, battery.uid, product_uid=vela.uid)
    fit_part(cast.hana, battery.uid, product_uid=vela.uid)
    add_known_fault(cast.hana, vela.uid, symptoms={"en": "Dead"}, remedy={"en": "Board"})
    card = product_card(cast.emil, vela.uid)
    assert (card.full_name, card.parts, card.faults[0].remedy) == ("Vela Nova Łuk 5", (battery,), "Board")
    fit_part(cast.hana, battery.uid, product_uid=vela.uid, fits=False)
    assert product_card(cast.emil, vela.uid).parts == ()
