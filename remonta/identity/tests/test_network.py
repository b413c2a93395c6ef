"""Centres, groups, calendars, settings and counters."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from remonta.identity.commands import (
    CodeTaken,
    HoursUnclear,
    MemberElsewhere,
    UnknownZone,
    ValueUnfit,
    add_member,
    change_centre,
    count_attempt,
    create_calendar,
    create_centre,
    create_group,
    create_region,
    forget_attempts,
    remove_member,
    set_calendar_day,
    set_setting,
)
from remonta.identity.models import Centre, RateCounter
from remonta.identity.queries import (
    calendar_of,
    calendars_for,
    entities_for,
    setting,
    setting_in_each,
    workplaces_for,
)
from remonta.identity.settings_registry import SETTINGS
from remonta.kernel.actor import system
from remonta.kernel.refusals import NotPermitted
from remonta.spine.background import handler_of

WARSAW = ZoneInfo("Europe/Warsaw")
WEEK = {str(day): [["09:00", "17:00"]] for day in range(5)}


def test_only_the_network_makes_centres_and_a_code_is_given_once(cast, writes_nothing):
    asked = {"code": "WAW", "name": "Warszawa", "legal_entity_uid": cast.entity.uid, "timezone": "Europe/Warsaw"}
    with writes_nothing(), pytest.raises(NotPermitted):
        create_centre(cast.hanna, **asked)
    with writes_nothing(), pytest.raises(CodeTaken):
        create_centre(cast.ada, **{**asked, "code": "krk"})
    with writes_nothing(), pytest.raises(UnknownZone):
        create_centre(cast.ada, **{**asked, "timezone": "Europe/Cracow"})
    assert create_centre(cast.ada, **asked).country == "PL"


def test_a_head_changes_the_own_centre_but_not_its_place_in_the_network(cast, writes_nothing):
    change_centre(cast.hanna, cast.krakow.uid, address="ul. Długa 1", code="XXX")
    assert Centre.objects.get(pk=cast.krakow.pk).address == "ul. Długa 1"
    assert Centre.objects.get(pk=cast.krakow.pk).code == "KRK"
    with writes_nothing(), pytest.raises(NotPermitted):
        change_centre(cast.hanna, cast.krakow.uid, kind="partner")
    with writes_nothing(), pytest.raises(Centre.DoesNotExist):
        change_centre(cast.hanna, cast.gdansk.uid, address="elsewhere")


def test_people_see_the_places_they_work_in(cast):
    assert [place.code for place in workplaces_for(cast.hanna)] == ["KRK"]
    assert [place.code for place in workplaces_for(cast.piotr)] == ["POS"]
    assert len(workplaces_for(cast.ada)) == 3
    assert entities_for(cast.hanna).get() == cast.entity
    assert not entities_for(cast.egon).exists()


def test_a_group_has_people_of_its_centre_only(cast, writes_nothing):
    group = create_group(cast.hanna, centre_uid=cast.krakow.uid, name="Phones", lead_uid=cast.accounts["egon"].uid)
    with writes_nothing(), pytest.raises(MemberElsewhere):
        add_member(cast.hanna, group.uid, account_uid=cast.accounts["hugo"].uid)
    add_member(cast.hanna, group.uid, account_uid=cast.accounts["hanna"].uid)
    remove_member(cast.hanna, group.uid, account_uid=cast.accounts["egon"].uid)
    assert [member.account_id for member in group.members.all()] == [cast.accounts["hanna"].pk]
    with writes_nothing(), pytest.raises(NotPermitted):
        add_member(cast.egon, group.uid, account_uid=cast.accounts["egon"].uid)


def test_working_time_knows_holidays_and_the_centres_own_days(cast, django_assert_num_queries):
    calendar = create_calendar(cast.ada, name="Shop", week=WEEK, country="pl")
    change_centre(cast.ada, cast.krakow.uid, calendar=calendar)
    set_calendar_day(cast.hanna, calendar.pk, day=date(2026, 11, 14), hours=[["10:00", "12:00"]])
    centre = Centre.objects.get(pk=cast.krakow.pk)
    with django_assert_num_queries(2):
        working = calendar_of(centre)
    start, end = (datetime(2026, 11, day, tzinfo=WARSAW) for day in (10, 15))
    days = [begins.day for begins, _ends in working.spans(start, end)]
    assert days == [10, 12, 13, 14]  # the 11th is Independence Day, the 14th a working Saturday


def test_a_shared_calendar_is_for_who_manages_all_its_centres(cast, writes_nothing):
    calendar = create_calendar(cast.ada, name="Shops", week=WEEK)
    for centre in (cast.krakow, cast.gdansk):
        change_centre(cast.ada, centre.uid, calendar=calendar)
    assert calendars_for(cast.hanna).get() == calendar
    with writes_nothing(), pytest.raises(NotPermitted):
        set_calendar_day(cast.hanna, calendar.pk, day=date(2026, 12, 24), hours=[])


@pytest.mark.parametrize(
    "hours", [[["18:00", "09:00"]], [["9", "5"]], [["09:00"]], [["09:00", "12:00"], ["11:00", "15:00"]]]
)
def test_hours_that_cannot_be_kept_are_refused(cast, writes_nothing, hours):
    with writes_nothing(), pytest.raises(HoursUnclear):
        create_calendar(cast.ada, name="Odd", week={"0": hours})


def test_the_nearest_layer_of_a_setting_counts(cast, django_assert_num_queries):
    region = create_region(cast.ada, name="South")
    change_centre(cast.ada, cast.krakow.uid, region=region)
    key = "orders.stale_days"
    assert setting(key, cast.krakow) == SETTINGS[key].default
    set_setting(cast.ada, key, 7)
    set_setting(cast.ada, key, 6, region_uid=region.uid)
    assert (setting(key, cast.krakow.pk), setting(key, cast.gdansk), setting(key)) == (6, 7, 7)
    set_setting(cast.hanna, key, 3, centre_uid=cast.krakow.uid)
    with django_assert_num_queries(1):
        assert setting(key, cast.krakow) == 3
    set_setting(cast.hanna, key, None, centre_uid=cast.krakow.uid)
    assert setting(key, cast.krakow) == 6


def test_settings_keep_their_kind_and_their_owner(cast, writes_nothing):
    for wrong in ("7", True, 0, 10_000):
        with writes_nothing(), pytest.raises(ValueUnfit):
            set_setting(cast.ada, "orders.stale_days", wrong)
    for where in ({}, {"centre_uid": cast.gdansk.uid}):
        with writes_nothing(), pytest.raises(NotPermitted):
            set_setting(cast.hanna, "orders.stale_days", 4, **where)


def test_a_setting_of_each_centre_is_read_in_one_statement(cast, django_assert_num_queries):
    region = create_region(cast.ada, name="South")
    change_centre(cast.ada, cast.krakow.uid, region=region)
    set_setting(cast.ada, "orders.stale_days", 7, region_uid=region.uid)
    set_setting(cast.ada, "orders.stale_days", 9, centre_uid=cast.gdansk.uid)
    with django_assert_num_queries(1):
        each = setting_in_each("orders.stale_days")
    assert each == {centre_id: setting("orders.stale_days", centre_id) for centre_id in each}
    assert (each[cast.krakow.pk], each[cast.gdansk.pk]) == (7, 9)


def test_the_scanners_key_comes_with_the_centre(cast, writes_nothing):
    assert {place.scan_prefix for place in workplaces_for(cast.ada)} == {None}
    set_setting(cast.ada, "desk.scan_prefix", "F8")
    set_setting(cast.hanna, "desk.scan_prefix", "~", centre_uid=cast.krakow.uid)
    prefixes = {place.code: place.scan_prefix for place in workplaces_for(cast.ada)}
    assert (prefixes.pop("KRK"), set(prefixes.values())) == ("~", {"F8"})
    for wrong in ("ab", " ", "F13", "ż"):
        with writes_nothing(), pytest.raises(ValueUnfit):
            set_setting(cast.ada, "desk.scan_prefix", wrong)


def test_every_default_admits_itself():
    assert all(known.admits(known.default) for known in SETTINGS.values())


def test_attempts_are_counted_within_their_window(db):
    clock = [datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("UTC"))]
    door = system("door", lambda: clock[0])
    window = timedelta(minutes=5)
    assert [count_attempt(door, "a", window) for _ in range(3)] == [1, 2, 3]
    assert count_attempt(door, "b", window) == 1
    clock[0] += window
    assert count_attempt(door, "a", window) == 1
    clock[0] += window
    assert forget_attempts(door) == 2


def test_counters_that_are_over_are_forgotten_by_the_worker(db):
    count_attempt(system("door", lambda: datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC"))), "old", timedelta(minutes=5))
    count_attempt(system("door", timezone.now), "new", timedelta(minutes=5))
    run = handler_of("identity.forget_attempts").run
    run(SimpleNamespace(actor=system("worker", timezone.now)))
    assert RateCounter.objects.count() == 1
