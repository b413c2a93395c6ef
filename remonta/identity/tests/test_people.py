"""Who may change whom, and which rights can be given."""

import pytest

from remonta.identity.commands import (
    BeyondOwnRights,
    EmailTaken,
    LastAdministrator,
    NotOneself,
    change_own_account,
    change_person,
    create_account,
    disable_person,
    enable_person,
    give_role,
    make_sign_in_link,
    make_token,
    revoke_token,
    take_role,
)
from remonta.identity.commands.refusals import WrongScope
from remonta.identity.models import Account, Staff
from remonta.identity.queries import actor_of, actor_of_token, people_for
from remonta.identity.roles import Role
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.spine.models import Event

OF_A_CENTRE = [role for role in Role.values if role not in (Role.ADMINISTRATOR, Role.PARTNER_STAFF)]


def again(cast, name):
    return actor_of(Account.objects.get(pk=cast.accounts[name].pk))


@pytest.mark.parametrize("role", OF_A_CENTRE)
def test_a_head_gives_and_takes_every_role_of_the_own_centre(cast, role):
    egon = cast.accounts["egon"]
    give_role(cast.hanna, egon.uid, role=role, centre_uid=cast.krakow.uid)
    assert Staff.objects.filter(account=egon, role=role, centre=cast.krakow).exists()
    take_role(cast.hanna, egon.uid, role=role, centre_uid=cast.krakow.uid)
    assert not Staff.objects.filter(account=egon, role=role, centre=cast.krakow).exists()


# fmt: off
BEYOND = [
    ("hanna", "egon",  "head",          "gdansk"),   # elsewhere
    ("hanna", "egon",  "administrator", "krakow"),   # more than a head may
    ("hanna", "hanna", "administrator", None),       # oneself
    ("hugo",  "hugo",  "engineer",      "krakow"),
    ("egon",  "egon",  "head",          "krakow"),   # manages nobody
    ("piotr", "piotr", "engineer",      "krakow"),
]
# fmt: on


@pytest.mark.parametrize(("who", "whom", "role", "where"), BEYOND)
def test_nobody_gives_rights_that_they_do_not_hold(cast, writes_nothing, who, whom, role, where):
    centre_uid = getattr(cast, where).uid if where else None
    with writes_nothing(), pytest.raises(BeyondOwnRights):
        give_role(getattr(cast, who), cast.accounts[whom].uid, role=role, centre_uid=centre_uid)


def test_a_head_cannot_take_over_somebody_with_more_rights(cast, writes_nothing):
    ada = cast.accounts["ada"]
    give_role(cast.ada, ada.uid, role="engineer", centre_uid=cast.krakow.uid)
    hanna = again(cast, "hanna")
    for attempt in (
        lambda: change_person(hanna, ada.uid, email="hanna+ada@example.com"),
        lambda: make_sign_in_link(hanna, ada.uid),
        lambda: disable_person(hanna, ada.uid),
    ):
        with writes_nothing(), pytest.raises(BeyondOwnRights):
            attempt()


def test_people_of_other_centres_are_not_there(cast, writes_nothing):
    assert set(people_for(cast.hugo).values_list("name", flat=True)) == {"Hugo"}
    with writes_nothing(), pytest.raises(Missing):
        disable_person(cast.hugo, cast.accounts["egon"].uid)
    with writes_nothing(), pytest.raises(NotPermitted):
        disable_person(cast.egon, cast.accounts["hanna"].uid)


def test_the_last_administrator_stays(cast, founder, writes_nothing):
    ada = cast.accounts["ada"]
    with writes_nothing(), pytest.raises(LastAdministrator):
        take_role(cast.ada, ada.uid, role="administrator")
    with writes_nothing(), pytest.raises(LastAdministrator):
        disable_person(founder, ada.uid)
    give_role(cast.ada, cast.accounts["hanna"].uid, role="administrator")
    take_role(cast.ada, ada.uid, role="administrator")
    assert not again(cast, "ada").rights


def test_nobody_disables_themselves(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotOneself):
        disable_person(cast.hanna, cast.accounts["hanna"].uid)


def test_disabling_ends_sessions_and_keys_and_enabling_does_not_bring_them_back(cast):
    egon = Account.objects.get(pk=cast.accounts["egon"].pk)
    before = egon.get_session_auth_hash()
    _token, secret = make_token(cast.egon, name="scale", scopes=["orders.*"])
    assert actor_of_token(secret).account_id == egon.pk
    disable_person(cast.hanna, egon.uid)
    assert actor_of_token(secret).account_id is None
    enable_person(cast.hanna, egon.uid)
    assert actor_of_token(secret).account_id is None
    assert Account.objects.get(pk=egon.pk).get_session_auth_hash() != before


def test_a_key_has_only_the_rights_its_scopes_name(cast, writes_nothing):
    _token, secret = make_token(cast.hanna, name="sync", scopes=["identity.see_staff"])
    narrowed = actor_of_token(secret)
    assert {right for _place, right in narrowed.rights} == {"identity.see_staff"}
    for wrong in ([], ["nothing.such"], ["spine.see_jobs"]):
        with writes_nothing(), pytest.raises(WrongScope):
            make_token(cast.hanna, name="sync", scopes=wrong)


def test_only_ones_own_key_can_be_revoked(cast):
    token, secret = make_token(cast.egon, name="scale", scopes=["*"])
    with pytest.raises(type(token).DoesNotExist):
        revoke_token(cast.hanna, token.uid)
    revoke_token(cast.egon, token.uid)
    assert actor_of_token(secret).account_id is None


def test_an_address_belongs_to_one_person(cast, writes_nothing):
    with writes_nothing(), pytest.raises(EmailTaken):
        create_account(cast.hanna, email="EGON@example.com", name="E", role="engineer", centre_uid=cast.krakow.uid)
    with writes_nothing(), pytest.raises(EmailTaken):
        change_person(cast.ada, cast.accounts["egon"].uid, email="Hugo@Example.com")


def test_names_and_addresses_stay_out_of_the_timeline(cast):
    change_person(cast.hanna, cast.accounts["egon"].uid, name="Egon Nowak", phone="+48123456789")
    change_own_account(again(cast, "egon"), language="pl", email="ignored@example.com")
    told = str(list(Event.objects.values_list("data", flat=True)))
    assert "Nowak" not in told
    assert "48123456789" not in told
    assert Account.objects.get(pk=cast.accounts["egon"].pk).email == "egon@example.com"
