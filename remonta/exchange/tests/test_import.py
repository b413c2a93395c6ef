"""Repairs of the past: every row accounted, nothing twice, nothing lost by a kill, undone without a trace in reads."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from remonta.exchange.commands import (
    AnotherRuns,
    Runner,
    check_import,
    keep_check,
    make_import,
    map_import,
    start_import,
    stop_import,
)
from remonta.exchange.models import Import
from remonta.exchange.queries import import_page, import_rows_for, imports_for
from remonta.exchange.tests.conftest import LINES, drained, file_of, finished, undone
from remonta.exchange.workflow import ImportClash
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import write_note
from remonta.orders.models import Request
from remonta.orders.queries import requests_for, work_orders_for
from remonta.spine.models import Event
from remonta.spine.storage import FolderKeeper
from remonta.spine.verify import verify

ACCOUNT = {"double": 1, "date": 1, "outcome": 1, "key": 1, "cells": 1, "empty": 1}


def history(who):
    return work_orders_for(who).exclude(imported="").order_by("pk")


def test_every_row_is_accounted_for(cast, bring):
    run = bring()
    assert (run.rows_read, run.created, run.updated, run.skipped) == (10, 4, 0, 6)
    assert run.reasons == ACCOUNT
    assert run.rows.count() == len(LINES)
    assert run.rows.get(row=2).values["brand"] == "Vela "
    account = import_page(cast.hana, run.uid).account
    assert account.whole
    assert sum(many for _words, many in account.reasons) == account.skipped


def test_a_repair_of_the_past_is_closed_and_has_an_outcome(cast, bring):
    bring()
    first, second, third, _ = history(cast.hana)
    assert (first.state, first.outcome, first.fault) == ("closed", "fixed", "Does not boil")
    assert (first.customer_id, first.unit_id) == (None, None)
    assert first.created_at == first.closed_at == datetime(2019, 1, 10, 11, tzinfo=UTC)
    assert first.product.category == cast.kettle.category
    assert second.product.category.names == {"en": "Lamp"}
    assert second.request.device == "Vela "
    assert third.fault == "=1+1"
    assert list(verify()) == []


def test_history_is_no_request_anybody_deals_with(cast, bring):
    bring()
    assert Request.objects.count() == 4
    assert not requests_for(cast.hana).exists()


def test_the_same_file_again_adds_nothing(cast, bring):
    bring()
    again = bring()
    assert (again.created, again.updated, again.skipped) == (0, 0, 10)
    assert again.reasons == ACCOUNT | {"here": 4}
    assert history(cast.hana).count() == 4


def test_a_changed_row_is_an_update_and_undoing_it_restores_what_was(cast, bring):
    bring()
    changed = bring(file_of("a1,Kettle,Vela,End of life,2019-01-11,Beyond repair", LINES[1]))
    assert (changed.created, changed.updated, changed.skipped) == (0, 1, 1)
    assert history(cast.hana)[0].outcome == "end_of_life"
    undone(cast.hana, changed.uid)
    first = history(cast.hana)[0]
    assert (first.outcome, first.fault, first.created_at.day) == ("fixed", "Does not boil", 10)
    assert list(verify()) == []


def test_another_centre_has_its_own_numbers(cast, bring):
    bring()
    assert bring(by="ada", at="gdansk").created == 4


def test_after_a_kill_it_goes_on_behind_what_is_committed(cast):
    run = make_import(cast.hana, cast.krakow.uid, content=file_of(*LINES), name="old.csv")
    begun(cast, run)
    with transaction.atomic():
        Runner(cast.hana, run.pk, size=3).piece()
    with suppress(KeyboardInterrupt), transaction.atomic():
        Runner(cast.hana, run.pk, size=3).piece()
        raise KeyboardInterrupt
    assert Import.objects.get().cursor == 3
    done = finished(cast.hana, run.pk)
    assert (done.rows_read, done.created, done.reasons) == (10, 4, ACCOUNT)


def test_two_runners_of_one_import_repeat_nothing(cast):
    run = make_import(cast.hana, cast.krakow.uid, content=file_of(*LINES), name="old.csv")
    begun(cast, run)
    runners = [Runner(cast.hana, run.pk, size=2) for _ in range(2)]
    for turn in range(8):
        with transaction.atomic():
            run = runners[turn % 2].piece()
    assert (run.state, run.created, run.rows.count()) == ("done", 4, 10)


def test_it_stops_and_goes_on(cast):
    run = make_import(cast.hana, cast.krakow.uid, content=file_of(*LINES), name="old.csv")
    begun(cast, run)
    with transaction.atomic():
        runner = Runner(cast.hana, run.pk, size=2)
        runner.piece()
    stop_import(cast.hana, run.uid)
    with transaction.atomic():
        assert runner.piece().state == "stopped"
    assert run.rows.count() == 2
    start_import(cast.hana, run.uid, here=True)
    assert finished(cast.hana, run.pk).created == 4


def test_one_import_at_a_time_in_a_centre(cast):
    runs = [make_import(cast.hana, cast.krakow.uid, content=file_of(*LINES), name="old.csv") for _ in range(2)]
    begun(cast, runs[0])
    with pytest.raises(AnotherRuns):
        begun(cast, runs[1])
    with pytest.raises(ImportClash):
        start_import(cast.hana, runs[0].uid, here=True)


def test_undone_repairs_are_absent_from_every_read(cast, bring):
    run = bring()
    numbers = list(history(cast.hana).values_list("number", flat=True))
    undone(cast.hana, run.uid)
    assert not history(cast.hana).exists()
    assert not work_orders_for(cast.ada).filter(number__in=numbers).exists()
    assert set(run.rows.filter(outcome="created").values_list("fate", flat=True)) == {"withdrawn"}
    assert Event.objects.filter(name="orders.past_order_withdrawn").count() == 4
    assert list(verify()) == []
    assert bring().created == 4


def test_what_people_have_worked_on_is_kept_and_listed(cast, bring, operation):
    run = bring()
    touched = history(cast.hana)[1]
    write_note(cast.hana, touched.uid, text="The owner called about it.", kind="note", operation=operation())
    undone(cast.hana, run.uid)
    assert list(history(cast.hana)) == [touched]
    page = import_page(cast.hana, run.uid)
    assert (page.withdrawn, page.kept) == (3, 1)
    assert import_rows_for(cast.hana).get(fate="kept").subject_id == touched.pk
    again = bring(file_of("a2,Lamp,Vela,Fixed,2021-01-01,Other"))
    assert (again.updated, again.reasons) == (0, {"touched": 1})
    assert list(verify()) == []


def test_only_who_may_import_sees_and_makes_imports(cast, bring, writes_nothing):
    run = bring()
    for who in (cast.rita, cast.emil, cast.petra, cast.gosia):
        assert not imports_for(who).exists()
        assert not import_rows_for(who).exists()
        with writes_nothing(), pytest.raises(Import.DoesNotExist):
            undone(who, run.uid)
        with writes_nothing(), pytest.raises(NotPermitted):
            make_import(who, cast.krakow.uid, content=file_of(*LINES), name="old.csv")
    with writes_nothing(), pytest.raises(NotPermitted):
        make_import(cast.hana, cast.gdansk.uid, content=file_of(*LINES), name="old.csv")


def test_a_mapping_can_be_changed_until_it_runs(cast, bring):
    run = make_import(cast.hana, cast.krakow.uid, content=file_of(*LINES), name="old.csv")
    mapping = run.mapping | {"outcomes": run.mapping["outcomes"] | {"Melted": "end_of_life"}}
    map_import(cast.hana, run.uid, mapping=mapping)
    begun(cast, run)
    assert finished(cast.hana, run.pk).created == 5
    with pytest.raises(ImportClash):
        map_import(cast.hana, run.uid, mapping=mapping)


def test_a_file_that_breaks_off_stops_and_says_why(cast, settings, tmp_path):
    settings.HOME = tmp_path
    whole = gzip.compress(file_of(*LINES, *(f"b{at},Lamp,,Fixed,2020-01-01,{uuid4()}" for at in range(20_000))))
    run = make_import(cast.hana, cast.krakow.uid, content=whole, name="old.csv.gz")
    begun(cast, run)
    place = FolderKeeper(tmp_path / "files").path(run.sha256)
    place.write_bytes(whole[: len(whole) // 2])
    stopped = finished(cast.hana, run.pk, size=1000)
    assert stopped.state == "stopped"
    assert "cannot be read" in stopped.trouble
    assert stopped.rows_read == stopped.rows.count() >= 1000


def begun(cast, run):
    keep_check(cast.hana, run.pk, found=drained(check_import(cast.hana, run.pk)))
    return start_import(cast.hana, run.uid, here=True)
