"""A customer who asks for it is forgotten in every room; the books stay whole, and no backup brings anything back."""

from argparse import Namespace
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from remonta.billing.commands import Tender, create_cash_desk, invoice_order, take_deposit
from remonta.billing.commands.owing import CreditLeft, MoneyOwed
from remonta.billing.models import Invoice
from remonta.cli.books import put_back, save
from remonta.counter.commands import Given, hand_over
from remonta.customers.commands import (
    CustomerGone,
    KnownElsewhere,
    change_customer,
    erase_customer,
    know_customer,
    merge_customers,
    register_customer,
)
from remonta.customers.models import Customer, Phone
from remonta.documents.models import Document
from remonta.identity.commands import make_link, set_setting
from remonta.identity.queries import link_actor
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import Asked, OrderOpen, RequestOpen, move_work_order, register_request
from remonta.orders.models import WorkOrder
from remonta.quality.commands import make_final_check
from remonta.spine.commands import store
from remonta.spine.models import Attachment, Event, Message, StoredFile
from remonta.spine.queries import find, noted_erasures, verify
from remonta.spine.storage import keeper
from tests.access.rooms.past import Story, _handed_over
from tests.access.world import HOME, World, build
from tests.cast import expected, intake, operation
from tests.till import Till

# Which unit it was, what was agreed and paid, and who delivered our parts: none of it says who the customer is.
STAYS = {"PAST", "IMEI", "batch", "line", "depositref", "transferref", "vendor", "waybill"}

ISSUED = {"billing.Invoice": {"number__isnull": False}, "documents.Document": {"code": "invoice"}}


def everything() -> str:
    """Every text in every column of every table, but for issued invoices, which the law wants kept as they are."""
    texts = (models.CharField, models.TextField, models.JSONField)
    kept = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, texts)]
        if names and model._meta.label != "spine.SearchWord":
            rows = model._default_manager.exclude(**ISSUED.get(model._meta.label, {"pk": None}))
            kept += [str(row) for row in rows.values_list(*names)]
    return "\n".join(kept)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What waits for the commit is done at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.django_db
def test_nothing_said_of_the_customer_is_left_in_any_table(world, committed):
    before = len(world.canaries)
    order = _handed_over(Story(world, HOME))
    said = world.canaries[before:]
    assert {one.name for one in said if one in world.found_in(everything())} > STAYS
    files = list(StoredFile.objects.filter(attachments__thread_id=order.pk).values_list("sha256", flat=True))
    assert files

    with committed():
        erase_customer(world.founder, order.customer.uid)

    left = world.found_in(everything())
    assert {one.name for one in said if one in left} <= STAYS
    assert list(verify()) == []
    assert not StoredFile.objects.filter(sha256__in=files).exists()
    for digest in files:
        with pytest.raises(FileNotFoundError):
            keeper().open(digest)
    assert (
        not Attachment.objects.filter(thread_id=order.pk).exclude(withdrawn_at=None, name="").exclude(name="").exists()
    )
    assert not Message.objects.filter(thread_id=order.pk).exclude(recipient="", body="").exists()
    assert not Document.objects.filter(thread_id=order.pk).exclude(code="invoice").exists()


@pytest.mark.django_db
def test_parcels_and_shipments_of_the_customer_forget_who_sent_and_signed(cast, jan):
    order = WorkOrder.objects.get()
    make = {name: apps.get_model("logistics", name).objects.create for name in LOGISTICS}
    sender = {"sender_name": "Jan Zebrowski", "sender_phone": "+48600100200", "address": "ul. Zebrowa 1"}
    base = {"centre": cast.krakow, "created_at": cast.clock(), "language": "pl"}
    parcel = make["Parcel"](number="P-1", way="in", state="opened", note="Zebrowski said", **sender, **base)
    account = make["CourierAccount"](centre=cast.krakow, name="Van", driver="own")
    party = {"name": "Jan Zebrowski", "phone": "+48600100200"}
    where = {"centre": cast.krakow, "account": account, "asked_at": cast.clock(), "work_order": order}
    shipment = make["Shipment"](number="S-1", receiver=party, sender=party, contents="Zebrowski's", **where)
    about = {"shipment": shipment, "outside_id": "1", "at": cast.clock(), "heard_at": cast.clock()}
    make["ShipmentEvent"](text="left with Zebrowski", **about)
    store(
        cast.rita,
        b"signed: Zebrowski",
        kind="signature",
        name="Zebrowski.txt",
        subject="logistics.shipment",
        subject_id=shipment.pk,
    )

    erase_customer(cast.hana, jan.uid)

    kept = everything()
    assert "Zebrow" not in kept
    assert "+48600100200" not in kept
    assert {parcel.number, shipment.number} <= {hit.title for text in ("P-1", "S-1") for hit in find(cast.ada, text)}


LOGISTICS = ("Parcel", "CourierAccount", "Shipment", "ShipmentEvent")


@pytest.fixture
def jan(cast):
    """Jan, whose repair cost nothing and is over."""
    return over(cast).customer


def over(cast):
    """A repair that was announced and called off."""
    return called_off(cast, expected(cast))


def called_off(cast, order):
    return move_work_order(cast.wanda, order.uid, "cancel", reason="elsewhere", operation=operation(cast))


@pytest.mark.django_db
def test_search_lists_and_forms_know_the_customer_no_more(cast, jan, committed):
    assert find(cast.rita, "Kowalski")
    assert find(cast.rita, "600100200")

    with committed():
        erase_customer(cast.hana, jan.uid)

    for text in ("Kowalski", "600100200", "Jan"):
        assert find(cast.ada, text) == ()
    with pytest.raises(CustomerGone):
        change_customer(cast.rita, jan.uid, name="Jan again")
    jan.refresh_from_db()
    assert (jan.name, jan.email, jan.note) == (f"#{jan.pk}", "", "")
    assert jan.erased_at == cast.clock()
    assert noted_erasures()[0].uid == jan.uid


@pytest.mark.django_db
def test_erasing_twice_is_erasing_once(cast, jan, writes_nothing):
    erase_customer(cast.hana, jan.uid)
    with writes_nothing():
        erase_customer(cast.hana, jan.uid)


@pytest.mark.django_db
def test_duplicates_are_forgotten_with_the_customer(cast, jan, committed):
    double = register_customer(cast.rita, name="J. Kowalski", phones=["601999888"], centre_id=cast.krakow.pk)
    merge_customers(cast.hana, double.uid, into_uid=jan.uid)

    with committed():
        erase_customer(cast.hana, jan.uid)

    assert "Kowalski" not in everything()
    assert not Phone.objects.exists()
    assert {one.uid for one in noted_erasures()} == {jan.uid, double.uid}


@pytest.mark.django_db
def test_while_a_repair_is_open_nothing_is_erased(cast, writes_nothing):
    order = intake(cast)
    with writes_nothing(), pytest.raises(OrderOpen, match=order.number):
        erase_customer(cast.hana, order.customer.uid)


@pytest.mark.django_db
def test_while_a_request_waits_for_an_answer_nothing_is_erased(cast, jan, writes_nothing):
    """Also one of nobody known, who left the same number."""
    asked = Asked(contact_name="Jan", contact_phone="+48600100200", fault="again")
    request = register_request(cast.rita, cast.krakow.uid, asked=asked, operation=operation(cast))
    with writes_nothing(), pytest.raises(RequestOpen, match=request.number):
        erase_customer(cast.hana, jan.uid)


@pytest.mark.django_db
def test_while_the_customer_has_money_with_us_nothing_is_erased(cast, writes_nothing):
    """A deposit of a cancelled repair has become the customer's credit."""
    order = expected(cast)
    desk = create_cash_desk(cast.hana, cast.krakow.uid, name="Counter 1")
    tender = Tender(method="transfer", amount=5000, reference="T-1", desk_uid=desk.uid)
    take_deposit(cast.cora, order.uid, tender=tender, operation=operation(cast))
    called_off(cast, order)
    with writes_nothing(), pytest.raises(CreditLeft, match=r"50\.00"):
        erase_customer(cast.hana, order.customer.uid)


@pytest.mark.django_db
def test_while_the_customer_owes_money_nothing_is_erased(cast, writes_nothing):
    """A unit that left unpaid, where the centre's rule allows it."""
    set_setting(cast.hana, "billing.pay_before_hand_over", False, centre_uid=cast.krakow.uid)
    order = Till(cast).order("100.00")
    move_work_order(cast.emil, order.uid, "finish_repair", operation=operation(cast))
    make_final_check(cast.quinn, order.uid, passed=True, operation=operation(cast))
    hand_over(cast.rita, order.uid, given=Given(taken_by="Jan"), operation=operation(cast))
    with writes_nothing(), pytest.raises(MoneyOwed, match=rf"100\.00.*{order.number}"):
        erase_customer(cast.hana, order.customer.uid)


@pytest.mark.django_db
def test_issued_invoices_stay_as_they_were_and_who_erased_stands_in_the_timeline(cast):
    till = Till(cast)
    order = till.order("100.00")
    till.pay(order, 10000, method="transfer", reference="T-1")
    invoice = invoice_order(cast.hana, order.uid, operation=operation(cast))
    move_work_order(cast.emil, order.uid, "finish_repair", operation=operation(cast))
    make_final_check(cast.quinn, order.uid, passed=True, operation=operation(cast))
    hand_over(cast.rita, order.uid, given=Given(taken_by="Jan"), operation=operation(cast))

    erase_customer(cast.hana, order.customer.uid)

    assert Invoice.objects.get().contents == invoice.contents
    assert "Kowalski" in str(invoice.contents)
    told = Event.objects.get(name="customers.erased")
    assert (told.subject_id, told.account_id) == (order.customer_id, cast.hana.account_id)
    assert list(verify()) == []


@pytest.mark.django_db
def test_links_the_customer_had_open_nothing_any_more(cast, jan):
    order = WorkOrder.objects.get()
    _link, token = make_link(cast.rita, "order", "orders.workorder", order.pk, cast.clock() + timedelta(days=9))
    assert link_actor(token, "order", cast.clock)
    erase_customer(cast.hana, jan.uid)
    assert link_actor(token, "order", cast.clock) is None


@pytest.mark.django_db
def test_photos_of_others_with_the_same_content_stay(cast, jan):
    order, other = WorkOrder.objects.get(), intake(cast, name="Ola", phone="+48600999111", serial="SN-9")
    for one in (order, other):
        about = {"subject": "orders.workorder", "subject_id": one.pk, "thread_id": one.pk}
        store(cast.rita, b"the same", kind="document", name="a.txt", **about)
    digest = StoredFile.objects.get(attachments__thread_id=other.pk).sha256

    erase_customer(cast.hana, jan.uid)

    assert StoredFile.objects.filter(sha256=digest).exists()
    with keeper().open(digest) as file:
        assert file.read() == b"the same"


@pytest.mark.django_db
def test_a_partner_erases_only_whom_nobody_else_deals_with(cast, writes_nothing):
    boss = actor_with(cast, "petra", "customers.see", "customers.erase", at=cast.wroclaw.pk)
    theirs = register_customer(cast.petra, name="Ida", centre_id=cast.wroclaw.pk)
    know_customer(cast.rita, theirs.pk, cast.krakow.pk)
    with writes_nothing(), pytest.raises(KnownElsewhere):
        erase_customer(boss, theirs.uid)
    own = register_customer(cast.petra, name="Udo", centre_id=cast.wroclaw.pk)
    assert erase_customer(boss, own.uid).erased_at


def actor_with(cast, name, *permissions, at):
    known = getattr(cast, name)
    return replace(known, rights=known.rights | {(at, permission) for permission in permissions})


@pytest.mark.django_db
def test_the_page_says_what_goes_and_asks_to_be_sure(cast, jan, sign_in):
    hana, page = sign_in("hana"), f"/customers/{jan.uid}/erase/"
    assert page in hana.get(f"/customers/{jan.uid}/").content.decode()
    assert page not in sign_in("rita").get(f"/customers/{jan.uid}/").content.decode()
    assert sign_in("rita").get(page).status_code == 403
    assert "Jan Kowalski" in hana.get(page).content.decode()
    assert hana.post(page, {}).status_code == 422
    assert not Customer.objects.get(pk=jan.pk).erased_at
    assert hana.post(page, {"sure": "on"}).status_code == 303
    card = hana.get(f"/customers/{jan.uid}/").content.decode()
    assert "personal data was erased" in card
    assert page not in card
    assert f"#{jan.pk}" not in hana.get("/customers/").content.decode()


@pytest.mark.django_db
def test_the_page_says_why_not_yet(cast, sign_in):
    order = intake(cast)
    answer = sign_in("hana").post(f"/customers/{order.customer.uid}/erase/", {"sure": "on"})
    assert answer.status_code == 422
    assert f"Order {order.number} is still open" in answer.content.decode()


@pytest.fixture
def sign_in(cast):
    def make(name):
        client = Client()
        account = apps.get_model("identity", "Account").objects.get(email=f"{name}@example.com")
        client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.mark.django_db(transaction=True)
def test_an_older_backup_does_not_bring_anybody_back(cast, jan, home, tmp_path):
    """Not even into an order that was open when the backup was made."""
    archive, open_order = tmp_path / "old.tar", intake(cast, name="Ola Nowak", phone="+48600999111", serial="SN-9")
    assert save(Namespace(archive=archive)) == 0
    called_off_again = open_order.customer
    move_work_order(cast.wanda, open_order.uid, "stop_work", reason="elsewhere", operation=operation(cast))
    hand_over(cast.rita, open_order.uid, given=Given(taken_by="Ola"), operation=operation(cast))
    for customer in (jan, called_off_again):
        erase_customer(cast.hana, customer.uid)

    assert put_back(Namespace(archive=archive, force=True, erasures=None)) == 0

    kept = everything()
    assert "Kowalski" not in kept
    assert "Nowak" not in kept
    assert apps.get_model("orders", "WorkOrder").objects.get(pk=open_order.pk).state == "taken_in"


@pytest.mark.django_db(transaction=True)
def test_the_list_of_a_lost_installation_can_be_given_along(cast, jan, home, tmp_path):
    archive, elsewhere = tmp_path / "old.tar", tmp_path / "kept.jsonl"
    assert save(Namespace(archive=archive)) == 0
    erase_customer(cast.hana, jan.uid)
    (home / "erasures.jsonl").rename(elsewhere)
    Customer.objects.update(erased_at=None)  # the other installation never knew

    assert put_back(Namespace(archive=archive, force=True, erasures=elsewhere)) == 0

    assert "Kowalski" not in everything()
    assert {one.uid for one in noted_erasures()} == {jan.uid}
    assert put_back(Namespace(archive=archive, force=True, erasures=tmp_path / "missing")) == 1


@pytest.mark.django_db
def test_who_may_not_or_only_here_erases_nothing(cast, jan, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        erase_customer(cast.rita, jan.uid)
    with writes_nothing(), pytest.raises(Customer.DoesNotExist):
        erase_customer(cast.petra, jan.uid)
