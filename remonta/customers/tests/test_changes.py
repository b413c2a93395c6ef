"""Changing customers, and relating, flagging and merging them."""

import pytest

from remonta.customers.commands import (
    MergedIntoItself,
    SameCustomer,
    UnknownFlag,
    add_address,
    add_phone,
    change_customer,
    flag_customer,
    know_customer,
    merge_customers,
    part_customers,
    register_customer,
    relate_customers,
    remove_phone,
)
from remonta.customers.models import Customer
from remonta.customers.queries import customer_card, customers_for, family_of, find_by_phone
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event, SearchEntry


@pytest.fixture
def anna(cast):
    return register_customer(cast.rita, name="Anna Nowak", phones=["601234567"], centre_id=cast.krakow.pk)


@pytest.fixture
def double(cast):
    return register_customer(cast.petra, name="A. Nowak", phones=["+48501000111"], centre_id=cast.wroclaw.pk)


def facts_of(customer):
    rows = Event.objects.filter(subject="customers.customer", subject_id=customer.pk)
    return list(rows.order_by("seq").values_list("name", flat=True))


def test_a_change_says_which_fields_and_is_found_by_the_new_name(cast, anna):
    change_customer(cast.rita, anna.uid, name="Anna Kowalska", email="A@B.pl", note="")
    event = Event.objects.filter(subject_id=anna.pk).latest("seq")
    assert set(event.data["fields"]) == {"name", "sort_name", "email"}
    assert "kowalska" in SearchEntry.objects.get(kind="customer", subject_id=anna.pk).text
    change_customer(cast.rita, anna.uid, name="Anna Kowalska")
    assert Event.objects.filter(subject_id=anna.pk).latest("seq") == event


def test_a_partner_cannot_even_find_a_foreign_customer(cast, anna, writes_nothing):
    with writes_nothing(), pytest.raises(Customer.DoesNotExist):
        change_customer(cast.petra, anna.uid, name="Mine")


def test_who_only_reads_changes_nothing(cast, anna, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        change_customer(cast.emil, anna.uid, name="Emil’s")


def test_numbers_come_in_the_order_they_are_to_be_called(cast, anna):
    add_phone(cast.rita, anna.uid, phone="602000000", label="work")
    add_phone(cast.rita, anna.uid, phone="603000000", first=True)
    card = customer_card(cast.rita, anna.uid)
    assert [phone.number[-9:] for phone in card.phones] == ["603000000", "601234567", "602000000"]
    remove_phone(cast.rita, anna.uid, phone_id=card.phones[1].id)
    assert find_by_phone(cast.rita, "601234567", "PL") == ()


def test_an_address_is_read_as_one_line(cast, anna):
    add_address(cast.rita, anna.uid, lines="Długa 1", city="Kraków", postcode="31-146", country="pl", label="home")
    assert customer_card(cast.rita, anna.uid).addresses[0].text == "Długa 1, 31-146 Kraków, PL"


def test_relations_are_read_from_both_sides(cast, anna):
    firm = register_customer(cast.rita, name="Nowak sp. z o.o.", kind="company", centre_id=cast.krakow.pk)
    relate_customers(cast.rita, anna.uid, other_uid=firm.uid, kind="member")
    relate_customers(cast.rita, anna.uid, other_uid=firm.uid, kind="member")
    assert [line.label for line in customer_card(cast.rita, anna.uid).related] == ["works for"]
    assert [line.label for line in customer_card(cast.rita, firm.uid).related] == ["employs"]
    part_customers(cast.rita, firm.uid, other_uid=anna.uid, kind="member")
    assert customer_card(cast.rita, anna.uid).related == ()
    with pytest.raises(SameCustomer):
        relate_customers(cast.rita, anna.uid, other_uid=anna.uid, kind="household")


def test_a_warning_is_set_once_and_taken_off(cast, anna):
    for _again in range(2):
        flag_customer(cast.rita, anna.uid, flag="prepay")
    assert customer_card(cast.rita, anna.uid).flags[0][0] == "prepay"
    flag_customer(cast.rita, anna.uid, flag="prepay", on=False)
    assert facts_of(anna) == ["customers.registered", "customers.flagged", "customers.flagged"]
    with pytest.raises(UnknownFlag):
        flag_customer(cast.rita, anna.uid, flag="ugly")


def test_knowing_twice_is_knowing_once(cast, anna, django_assert_num_queries):
    know_customer(cast.rita, anna.pk, cast.wroclaw.pk)
    assert set(customers_for(cast.petra)) == {anna}
    assert SearchEntry.objects.filter(kind="customer", subject_id=anna.pk, centre_id=cast.wroclaw.pk).exists()
    with django_assert_num_queries(3):  # with the savepoint of the test's own transaction
        know_customer(cast.rita, anna.pk, cast.wroclaw.pk)
    assert facts_of(anna) == ["customers.registered", "customers.known"]


def test_merged_customers_are_found_as_one(cast, anna, double):
    kept = merge_customers(cast.hana, double.uid, into_uid=anna.uid)
    assert kept == anna
    assert find_by_phone(cast.rita, "+48501000111") == (anna,)
    assert set(customers_for(cast.petra)) == {anna}
    assert family_of(anna.pk) == [anna.pk, double.pk]
    assert not SearchEntry.objects.filter(kind="customer", subject_id=double.pk).exists()
    third = register_customer(cast.rita, name="Nowak A.", centre_id=cast.krakow.pk)
    merge_customers(cast.hana, anna.uid, into_uid=third.uid)
    assert set(family_of(third.pk)) == {third.pk, anna.pk, double.pk}
    assert list(customers_for(cast.rita)) == [third]


def test_merging_asks_the_right_and_two_customers(cast, anna, double, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        merge_customers(cast.rita, double.uid, into_uid=anna.uid)
    with writes_nothing(), pytest.raises(MergedIntoItself):
        merge_customers(cast.hana, anna.uid, into_uid=anna.uid)
