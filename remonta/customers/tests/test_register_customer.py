"""Registering customers: who they are, how they are reached, and who sees them."""

import pytest

from remonta.customers.commands import NameMissing, register_customer
from remonta.customers.models import KnownCustomer, Phone
from remonta.customers.queries import PhoneUnclear, customer_card, customers_for, find_by_phone, find_customers
from remonta.identity.queries import actor_of
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event, SearchEntry


def test_a_new_customer_is_kept_with_numbers_in_one_form_and_can_be_found(cast):
    anna = register_customer(
        cast.rita, name=" Anna  Łącka ", phones=["601 234 567", "+48601234567", ""], centre_id=cast.krakow.pk
    )
    card = customer_card(cast.rita, anna.uid)
    assert [phone.number for phone in card.phones] == ["+48601234567"]
    assert (card.language, anna.sort_name) == ("pl", "anna lacka")
    assert KnownCustomer.objects.filter(customer=anna, centre=cast.krakow).exists()
    event = Event.objects.get(subject="customers.customer", subject_id=anna.pk)
    assert (event.name, event.seq) == ("customers.registered", 1)
    assert "Anna" not in str(event.data)
    entry = SearchEntry.objects.get(kind="customer", subject_id=anna.pk)
    assert entry.centre_id == 0
    assert "lacka" in entry.text
    assert entry.phones.get().reversed_digits == "76543210684"


def test_registering_takes_few_statements(cast, django_assert_max_num_queries):
    register_customer(cast.rita, name="Warm up", phones=["601234560"], centre_id=cast.krakow.pk)
    with django_assert_max_num_queries(12):
        register_customer(cast.rita, name="Anna", phones=["601234567"], centre_id=cast.krakow.pk)


def test_a_number_that_cannot_be_called_is_refused_in_words(cast, writes_nothing):
    with writes_nothing(), pytest.raises(PhoneUnclear, match="“12” is not a number"):
        register_customer(cast.rita, name="Anna", phones=["12"], centre_id=cast.krakow.pk)


def test_a_customer_needs_a_name(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NameMissing):
        register_customer(cast.rita, name="  ", centre_id=cast.krakow.pk)


def test_who_may_not_write_registers_nobody(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        register_customer(cast.emil, name="Anna", centre_id=cast.krakow.pk)
    with writes_nothing(), pytest.raises(NotPermitted):
        register_customer(cast.petra, name="Anna", centre_id=cast.krakow.pk)


def test_partners_see_only_whom_they_know(cast):
    ours = register_customer(cast.rita, name="Ours", phones=["601234567"], centre_id=cast.krakow.pk)
    theirs = register_customer(cast.petra, name="Theirs", phones=["71 123 45 67"], centre_id=cast.wroclaw.pk)
    assert set(customers_for(cast.rita)) == {ours, theirs}
    assert set(customers_for(cast.petra)) == {theirs}
    assert not customers_for(actor_of(None)).exists()
    assert find_by_phone(cast.petra, "601234567", "PL") == ()
    assert set(
        SearchEntry.objects.filter(kind="customer", subject_id=theirs.pk).values_list("centre_id", flat=True)
    ) == {
        0,
        cast.wroclaw.pk,
    }
    assert Phone.objects.get(customer=theirs).number == "+48711234567"


@pytest.mark.parametrize("text", ["601234567", "601 234 567", "+48 601-234-567", "4567", "0601234567", "48601234567"])
def test_a_customer_is_found_by_any_writing_of_the_number(cast, text):
    anna = register_customer(cast.rita, name="Anna", phones=["601234567"], centre_id=cast.krakow.pk)
    register_customer(cast.rita, name="Bea", phones=["601234568"], centre_id=cast.krakow.pk)
    assert find_by_phone(cast.rita, text, "PL") == (anna,)


@pytest.mark.parametrize("text", ["", "567", "Anna", "9999"])
def test_too_little_or_another_number_finds_nobody(cast, text):
    register_customer(cast.rita, name="Anna", phones=["601234567"], centre_id=cast.krakow.pk)
    assert find_by_phone(cast.rita, text, "PL") == ()


@pytest.mark.parametrize("text", ["lacka", "Łącka Anna", "Lancka", "anna@example.com", "601 234 567"])
def test_a_customer_is_chosen_by_whatever_is_known(cast, text):
    anna = register_customer(
        cast.rita, name="Anna Łącka", phones=["601234567"], email="anna@example.com", centre_id=cast.krakow.pk
    )
    register_customer(cast.rita, name="Beata Zając", centre_id=cast.krakow.pk)
    assert find_customers(cast.rita, text, "PL") == (anna,)
    assert find_customers(cast.petra, text, "PL") == ()
    assert find_customers(cast.rita, " a ") == ()
