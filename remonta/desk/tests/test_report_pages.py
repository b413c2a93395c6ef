"""Figures as pages and files."""

import csv
import io
import re

import pytest

from remonta.counter.commands import Given, hand_over
from remonta.orders.commands import move_work_order
from tests.cast import intake, operation

NAMES = ["stages", "late", "idle", "engineers", "stage-times", "ratings", "outcomes", "categories", "brands", "years"]


def whole(answer):
    return b"".join(answer.streaming_content)


def test_the_overview_has_tiles_and_charts_with_their_tables(cast, sign_in):
    intake(cast)
    page = sign_in("hana").get("/reports/").content.decode()
    assert 'class="tile"' in page
    assert 'data-chart="stack"' in page
    assert '<td class="num" data-value="1">1</td>' in page


@pytest.mark.parametrize("name", NAMES)
def test_every_report_opens_and_can_be_taken_away(cast, sign_in, name):
    intake(cast)
    hana = sign_in("hana")
    assert hana.get(f"/reports/{name}/", {"since": "2020-01-01", "until": "x", "days": "1"}).status_code == 200
    for kind in ("csv", "xlsx"):
        answer = hana.get(f"/reports/{name}/", {"export": kind})
        assert answer["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
        assert whole(answer)
    assert hana.get(f"/reports/{name}/", {"export": "exe"}).status_code == 400


def test_the_chart_of_stage_times_draws_durations_and_leaves_the_counts_in_the_table(cast, sign_in):
    order = intake(cast)
    cast.clock.pass_(hours=2)
    move_work_order(cast.hana, order.uid, "stop_work", operation=operation(cast))
    hand_over(cast.rita, order.uid, given=Given(taken_by="Jan"), operation=operation(cast))
    page = sign_in("hana").get("/reports/stage-times/", {"since": "2020-01-01"}).content.decode()
    heads = re.findall(r"<th scope=\"col\"([^>]*)>([^<]*)</th>", page)
    assert [label for attributes, label in heads if "data-undrawn" not in attributes] == [
        "Median",
        "Nine of ten within",
        "Longest",
    ]
    assert "Times" in dict(map(reversed, heads))


def test_a_file_says_what_the_page_says(cast, sign_in):
    intake(cast)
    answer = sign_in("hana").get("/reports/stages/", {"export": "csv"})
    text = whole(answer).decode("utf-8-sig")
    assert ["taken in", "0", "0", "0", "0", "0", "1"] in list(csv.reader(io.StringIO(text)))


def test_engineers_have_their_own_and_receptionists_none(cast, sign_in):
    assert sign_in("emil").get("/reports/").status_code == 200
    assert sign_in("emil").get("/reports/engineers/").status_code == 200
    assert sign_in("emil").get("/reports/brands/").status_code == 404
    assert sign_in("rita").get("/reports/").status_code == 403
    assert sign_in("hana").get("/reports/nonsense/").status_code == 404
