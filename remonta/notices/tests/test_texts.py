"""The texts: every language has all of them, places are checked, the nearest words count."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from remonta.kernel.refusals import NotPermitted
from remonta.notices.commands import PlaceUnknown, TextEmpty, TextOfNothing, restore_text, save_text
from remonta.notices.filling import filled, places_in
from remonta.notices.models import CustomerText
from remonta.notices.queries import OCCASIONS, PLACES, starter_of, text_for
from remonta.notices.quiet import after_quiet_hours
from remonta.notices.starter import STARTER

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_language_has_every_text_and_only_known_places(language):
    assert STARTER[language].keys() == OCCASIONS.keys()
    for text in STARTER[language].values():
        named = places_in(text.sms) | places_in(text.body) | places_in(text.title)
        assert named <= PLACES.keys()
        assert "{link}" in text.sms
        assert "{link}" in text.body
        assert "{number}" in text.title


def test_the_places_of_an_occasion_are_the_same_in_every_language():
    for code in OCCASIONS:
        named = {language: places_in(texts[code].body) for language, texts in STARTER.items()}
        assert set(map(frozenset, named.values())) == {frozenset(named["en"])}


def test_words_in_brackets_vanish_with_what_they_need():
    assert filled("Ready.[ Costs {total}.][ Owed {owed}.] [sic]", {"total": "5", "owed": ""}) == "Ready. Costs 5. [sic]"


def test_what_a_value_says_is_never_read_as_a_place():
    assert filled("{text} {number}", {"text": "{number} [x {owed}]", "number": "7"}) == "{number} [x {owed}] 7"


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("12:00", "12:00"),
        ("21:00", "08:00"),
        ("23:59", "08:00"),
        ("03:00", "08:00"),
        ("07:59", "08:00"),
        ("08:00", "08:00"),
    ],
)
def test_quiet_hours_run_over_midnight_in_the_centres_zone(at, leaves):
    when = datetime.fromisoformat(f"2026-03-02T{at}").replace(tzinfo=WARSAW)
    moved = after_quiet_hours(when.astimezone(UTC), WARSAW, "21:00", "08:00").astimezone(WARSAW)
    assert f"{moved:%H:%M}" == leaves
    assert moved.date().day == (3 if at.startswith("2") else 2)


def test_hours_that_say_nothing_are_never_quiet():
    at = datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert after_quiet_hours(at, WARSAW, "", "08:00") == after_quiet_hours(at, WARSAW, "9", "09:00") == at


def test_own_words_count_before_the_networks_before_the_delivered(cast):
    same = {"code": "ready", "channel": "sms", "language": "pl"}
    delivered = starter_of("ready", "sms", "pl").body
    assert text_for(*same.values(), cast.krakow.pk).body == delivered
    save_text(cast.ada, **same, body="Sieć {link}")
    save_text(cast.hana, **same, body="Kraków {link}", centre_uid=cast.krakow.uid)
    assert text_for(*same.values(), cast.krakow.pk).body == "Kraków {link}"
    assert text_for(*same.values(), cast.gdansk.pk).body == "Sieć {link}"
    restore_text(cast.hana, **same, centre_uid=cast.krakow.uid)
    assert text_for(*same.values(), cast.krakow.pk).body == "Sieć {link}"
    save_text(cast.hana, **same, body="Kraków again", centre_uid=cast.krakow.uid)


@pytest.mark.parametrize(
    ("refusal", "change"),
    [
        (PlaceUnknown, {"body": "Dear {name}, {link}"}),
        (TextEmpty, {"body": "  "}),
        (TextOfNothing, {"code": "birthday"}),
        (TextOfNothing, {"language": "xx"}),
    ],
)
def test_texts_that_could_not_be_sent_are_refused(cast, writes_nothing, refusal, change):
    said = {"code": "ready", "channel": "sms", "language": "pl", "body": "Tekst", **change}
    with writes_nothing(), pytest.raises(refusal):
        save_text(cast.hana, **said, centre_uid=cast.krakow.uid)


@pytest.mark.parametrize(
    ("who", "where"), [("rita", "krakow"), ("hana", "gdansk"), ("hana", None), ("petra", "wroclaw")]
)
def test_texts_of_others_stay_as_they_are(cast, writes_nothing, who, where):
    centre_uid = getattr(cast, where).uid if where else None
    with writes_nothing(), pytest.raises(NotPermitted):
        save_text(getattr(cast, who), code="ready", channel="sms", language="pl", body="Tekst", centre_uid=centre_uid)
    assert not CustomerText.objects.exists()
