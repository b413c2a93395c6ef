"""Parts lists and replacements at the desk: begun, filled, published, compared; refusals keep what was typed."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from remonta.catalogue.commands import add_list_line, add_part, begin_list, publish_list
from remonta.catalogue.models import PartsList, Replacement
from tests.cast import intake


def shown(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.fixture(autouse=True)
def words(cast):
    """What the display and the phone are found by."""
    for row, text in ((cast.display, "dsp-1 dsp1 display"), (cast.phone, "vela one")):
        row.words = text
        row.save()


@pytest.fixture
def screen(cast):
    """The display is put together from a glass and two screws."""
    made = {number: add_part(cast.hana, number=number, name=number.title()) for number in ("GLASS", "SCREW")}
    begun = begin_list(cast.hana, part_uid=cast.display.uid)
    add_list_line(cast.hana, begun.uid, part_uid=made["GLASS"].uid)
    add_list_line(cast.hana, begun.uid, part_uid=made["SCREW"].uid, quantity=2000, reference="S1, S2")
    return publish_list(cast.hana, begun.uid, valid_from=date(2026, 3, 1))


def test_a_list_is_begun_filled_published_and_read(cast, sign_in, screen):
    hana = sign_in("hana")
    here = hana.post(f"/catalogue/models/{cast.phone.uid}/list/")["Location"]
    assert "Nothing in it yet" in shown(hana.get(here))
    assert "DSP-1" in shown(hana.get(here, {"part": "dsp"}))
    wrong = hana.post(f"{here}lines/", {"part": cast.display.uid, "quantity": "none", "reference": "U7"})
    assert wrong.status_code == 422
    assert 'value="U7"' in wrong.content.decode()
    right = hana.post(f"{here}lines/", {"part": cast.display.uid, "quantity": "1,5", "optional": "on"})
    assert right.status_code == 303
    draft = PartsList.objects.get(product=cast.phone)
    line = draft.lines.get()
    assert (line.quantity, line.optional) == (1500, True)
    assert 'value="1.5"' in shown(hana.get(f"{here}lines/{line.pk}/"))
    assert hana.post(f"{here}lines/{line.pk}/", {"quantity": "1"}).status_code == 303
    assert hana.post(f"{here}publish/", {"valid_from": "2026-03-02"}).status_code == 303
    page = shown(hana.get(here))
    assert f"/catalogue/lists/{screen.uid}/below/" in page
    assert "S1, S2" not in page
    assert "S1, S2" in shown(hana.get(f"/catalogue/lists/{screen.uid}/below/"))
    assert "Version 1" in shown(hana.get(f"/catalogue/models/{cast.phone.uid}/"))


def test_a_circle_is_refused_at_the_form(cast, sign_in, screen):
    hana = sign_in("hana")
    glass = screen.lines.get(position=1).part
    here = hana.post(f"/catalogue/parts/{glass.uid}/list/")["Location"]
    answer = hana.post(f"{here}lines/", {"part": cast.display.uid, "quantity": "1"})
    assert answer.status_code == 422
    assert "would contain itself: GLASS → DSP-1 → GLASS" in answer.content.decode()


def test_quantities_and_uses_go_out_as_files(cast, sign_in, screen):
    rita = sign_in("rita")
    here = f"/catalogue/lists/{screen.uid}/quantities/"
    assert "SCREW" in shown(rita.get(here))
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(rita.get(here, {"export": "xlsx"}).streaming_content)))
    assert [row[1:4] for row in sheet.get_sheet_by_index(0).to_python()[1:]] == [
        ["GLASS", "Glass", 1.0],
        ["SCREW", "Screw", 2.0],
    ]
    screw = screen.lines.get(position=2).part
    assert "DSP-1" in shown(rita.get(f"/catalogue/parts/{screw.uid}/used/"))
    told = b"".join(rita.get(f"/catalogue/parts/{screw.uid}/used/", {"export": "csv"}).streaming_content)
    assert "1,DSP-1,Display,1,2" in told.decode("utf-8-sig")
    assert "no parts list" in shown(rita.get(f"/catalogue/parts/{cast.display.uid}/used/"))


def test_versions_stand_side_by_side_and_a_draft_is_thrown_away(cast, sign_in, screen):
    hana = sign_in("hana")
    old = f"/catalogue/lists/{screen.uid}/compare/"
    assert "only this version" in shown(hana.get(old))
    here = hana.post(f"/catalogue/parts/{cast.display.uid}/list/")["Location"]
    line = PartsList.objects.get(state="draft").lines.get(position=2)
    assert "alike" in shown(hana.get(f"{here}compare/"))
    assert hana.post(f"{here}lines/{line.pk}/", {"drop": "1"}).status_code == 303
    assert "removed" in shown(hana.get(f"{here}compare/"))
    assert "removed" in shown(hana.get(f"{here}compare/", {"with": str(screen.uid)}))
    assert hana.get(f"{here}compare/", {"with": "nonsense"}).status_code == 400
    assert hana.post(f"{here}discard/")["Location"] == f"/catalogue/parts/{cast.display.uid}/"
    assert PartsList.objects.get() == screen


def test_a_part_says_what_takes_its_place_and_where_it_fits(cast, sign_in):
    hana = sign_in("hana")
    new, here = add_part(cast.hana, number="DSP-2", name="Brighter"), f"/catalogue/parts/{cast.display.uid}/"
    assert "DSP-2" in shown(hana.get(f"{here}replacements/", {"q": "brighter"}))
    assert hana.post(f"{here}replacements/", {"new": new.uid, "supersedes": "on"}).status_code == 303
    assert "Use instead" in shown(hana.get(here))
    assert "supersedes" in shown(hana.get(f"/catalogue/parts/{new.uid}/"))
    round_ = hana.post(f"/catalogue/parts/{new.uid}/replacements/", {"new": cast.display.uid, "supersedes": "on"})
    assert round_.status_code == 422
    assert "Only one of the two can be the newer one" in round_.content.decode()
    assert hana.post(f"/catalogue/replacements/{Replacement.objects.get().uid}/drop/").status_code == 303
    assert "Use instead" not in shown(hana.get(here))
    assert "Vela One" in shown(hana.get(here, {"model": "one"}))
    assert hana.post(f"{here}models/", {"model": cast.phone.uid}).status_code == 303
    assert list(cast.display.fits.values_list("product_id", flat=True)) == [cast.phone.pk]
    hana.post(f"{here}models/", {"model": cast.phone.uid, "drop": "1"})
    assert not cast.display.fits.exists()


def test_an_engineer_sees_the_successor_where_a_part_is_asked_for(cast, sign_in):
    order = intake(cast)
    new = add_part(cast.hana, number="ZZ-2", name="Brighter")
    Replacement.objects.create(old=cast.display, new=new, supersedes=True)
    page = shown(sign_in("emil").get(f"/orders/{order.uid}/parts/find/", {"q": "DSP-1"}))
    assert page.index("ZZ-2") < page.index("DSP-1")
    assert "superseded by ZZ-2" in page


def test_readers_change_nothing(cast, sign_in, screen, writes_nothing):
    rita = sign_in("rita")
    assert "New version" not in shown(rita.get(f"/catalogue/lists/{screen.uid}/"))
    with writes_nothing():
        assert rita.post(f"/catalogue/parts/{cast.display.uid}/list/").status_code == 403
        assert rita.post(f"/catalogue/lists/{screen.uid}/publish/", {"valid_from": "2026-03-03"}).status_code == 403
