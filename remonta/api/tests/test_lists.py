"""Parts lists and replacements by program."""

from remonta.api.tests.conftest import said
from remonta.catalogue.commands import add_part


def test_a_program_writes_and_reads_a_list(cast, program):
    hana, glass = program("hana"), add_part(cast.hana, number="GLASS", name="Glass")
    made = hana.make(f"/parts/{cast.display.uid}/parts-lists", {})
    here = f"/parts-lists/{made['uid']}"
    line = hana.make(f"{here}/lines", {"part_uid": str(glass.uid), "quantity": "0.125", "reference": "G1"})["lines"][0]
    assert (line["quantity"], line["below"]) == ("0.125", None)
    assert hana.ask("PUT", f"{here}/lines/{line['id']}", {"quantity": "0.5"}).status_code == 200
    assert hana.make(f"{here}/publish", {"valid_from": "2026-03-02"})["version"]["valid_from"] == "2026-03-02"
    assert said(hana.post(f"{here}/lines", {"part_uid": str(glass.uid), "quantity": "1"})) == (409, "ListClash")
    whole = hana.make(f"/products/{cast.phone.uid}/parts-lists", {"note": "first"})
    hana.make(f"/parts-lists/{whole['uid']}/lines", {"part_uid": str(cast.display.uid), "quantity": "0.125"})
    needed = hana.read(f"/parts-lists/{whole['uid']}/needed?day=2026-03-02")
    assert [(one["number"], one["quantity"], one["level"]) for one in needed] == [
        ("DSP-1", "0.125", 1),
        ("GLASS", "0.0625", 2),
    ]
    assert [one["number"] for one in hana.read(f"/parts/{glass.uid}/used-in?day=2026-03-02")] == ["DSP-1"]
    again = hana.make(f"/parts/{cast.display.uid}/parts-lists", {})
    dropped = again["lines"][0]["id"]
    assert hana.ask("DELETE", f"/parts-lists/{again['uid']}/lines/{dropped}").status_code == 200
    told = hana.read(f"/parts-lists/{again['uid']}/differences?before={made['uid']}")
    assert [(one["number"], one["change"]) for one in told] == [("GLASS", "removed")]
    assert hana.ask("DELETE", f"/parts-lists/{again['uid']}").status_code == 204
    assert len(hana.read(f"/parts/{cast.display.uid}/parts-lists")) == 1
    assert len(hana.read(f"/products/{cast.phone.uid}/parts-lists")) == 1


def test_a_program_says_what_takes_the_place_of_what(cast, program):
    hana, new = program("hana"), add_part(cast.hana, number="DSP-2", name="Brighter")
    here = f"/parts/{cast.display.uid}"
    seen = hana.make(f"{here}/replacements", {"new_uid": str(new.uid), "supersedes": True})
    assert [(one["number"], one["newer"], one["supersedes"]) for one in seen] == [("DSP-2", True, True)]
    assert said(hana.post(f"{here}/replacements", {"new_uid": str(cast.display.uid)})) == (409, "ReplacesItself")
    hana.make(f"/products/{cast.phone.uid}/parts", {"part_uid": str(cast.display.uid)})
    assert [one["name"] for one in hana.read(f"{here}/models")] == ["One"]
    assert hana.ask("DELETE", f"/replacements/{seen[0]['uid']}").status_code == 204
    assert hana.read(f"{here}/replacements") == []
    assert said(program("rita").post(f"{here}/replacements", {"new_uid": str(new.uid)}))[0] == 403
