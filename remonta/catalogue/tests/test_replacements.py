"""Which part takes the place of which, and how whoever looks for the old number is led to the new one."""

import pytest

from remonta.catalogue.commands import (
    ReplacesItself,
    SupersededAlready,
    SupersededInACircle,
    add_part,
    drop_replacement,
    fit_part,
    replace_part,
)
from remonta.catalogue.models import Replacement
from remonta.catalogue.queries import find_part, interchangeable, models_fitted, offers, stand_ins, successors
from remonta.kernel.refusals import NotPermitted
from remonta.spine.queries import recognise


@pytest.fixture
def new(cast):
    return add_part(cast.hana, number="DSP-2", name="Display, brighter")


def test_a_superseded_number_leads_to_its_successor(cast, new):
    newest = add_part(cast.hana, number="DSP-3", name="Display, brightest")
    replace_part(cast.hana, cast.display.uid, new_uid=new.uid, supersedes=True)
    replace_part(cast.hana, new.uid, new_uid=newest.uid, supersedes=True)
    assert successors([cast.display.pk, new.pk, newest.pk]) == {cast.display.pk: newest, new.pk: newest}
    assert recognise(cast.stan, "DSP-1").label == "DSP-1 Display, superseded by DSP-3"
    assert recognise(cast.stan, "DSP-3").label == "DSP-3 Display, brightest"


def test_a_search_for_the_old_number_offers_the_new_one_first(cast):
    old = add_part(cast.hana, number="AX-100", name="Fan")
    new = add_part(cast.hana, number="ZZ-900", name="Blower")
    assert find_part(cast.emil, "AX-100") == (old,)
    replace_part(cast.hana, old.uid, new_uid=new.uid, supersedes=True)
    assert find_part(cast.emil, "AX-100") == (new, old)
    assert find_part(cast.emil, "AX-100", limit=1) == (new,)
    assert find_part(cast.emil, "AX-100", led=False) == (old,)


def test_a_substitute_is_shown_with_both_but_leads_nowhere(cast, new):
    replace_part(cast.hana, cast.display.uid, new_uid=new.uid, both_ways=True, note="Other bezel")
    seen = stand_ins(cast.emil, new.pk)
    assert [(one.number, one.newer, one.supersedes, one.both_ways, one.note) for one in seen] == [
        ("DSP-1", False, False, True, "Other bezel")
    ]
    assert successors([cast.display.pk]) == {}
    assert interchangeable(new.pk) == interchangeable(cast.display.pk) == {cast.display.pk, new.pk}


def test_whoever_asks_for_a_part_sees_what_else_can_be_used(cast, new):
    better = add_part(cast.hana, number="DSP-8", name="Display of another maker")
    replace_part(cast.hana, cast.display.uid, new_uid=new.uid, supersedes=True)
    replace_part(cast.hana, new.uid, new_uid=better.uid)
    seen = [(one.part.number, one.superseded_by, one.instead_of) for one in offers([cast.display])]
    assert seen == [("DSP-2", "", ""), ("DSP-1", "DSP-2", ""), ("DSP-8", "", "DSP-2")]
    assert [one.part.number for one in offers([better])] == ["DSP-8"]


def test_one_way_means_that_the_old_one_does_not_do_for_the_new(cast, new):
    replace_part(cast.hana, cast.display.uid, new_uid=new.uid, supersedes=True)
    assert interchangeable(new.pk) == {cast.display.pk, new.pk}
    assert interchangeable(cast.display.pk) == {cast.display.pk}


def test_saying_it_again_changes_it_and_dropping_it_twice_is_once(cast, new):
    replace_part(cast.hana, cast.display.uid, new_uid=new.uid)
    row = replace_part(cast.hana, cast.display.uid, new_uid=new.uid, supersedes=True)
    assert Replacement.objects.get().supersedes
    drop_replacement(cast.hana, row.uid)
    drop_replacement(cast.hana, row.uid)
    assert stand_ins(cast.emil, new.pk) == ()


def test_succession_has_one_end_and_goes_in_no_circle(cast, new, writes_nothing):
    other = add_part(cast.hana, number="DSP-9", name="Display of another maker")
    replace_part(cast.hana, cast.display.uid, new_uid=new.uid, supersedes=True)
    with writes_nothing(), pytest.raises(ReplacesItself):
        replace_part(cast.hana, new.uid, new_uid=new.uid)
    with writes_nothing(), pytest.raises(SupersededAlready, match="DSP-2"):
        replace_part(cast.hana, cast.display.uid, new_uid=other.uid, supersedes=True)
    replace_part(cast.hana, new.uid, new_uid=other.uid, supersedes=True)
    with writes_nothing(), pytest.raises(SupersededInACircle):
        replace_part(cast.hana, other.uid, new_uid=cast.display.uid, supersedes=True)
    with writes_nothing(), pytest.raises(NotPermitted):
        replace_part(cast.rita, other.uid, new_uid=cast.display.uid)


def test_a_part_says_which_models_it_fits(cast):
    fit_part(cast.hana, cast.display.uid, product_uid=cast.phone.uid)
    assert models_fitted(cast.emil, cast.display.pk) == (cast.phone,)
