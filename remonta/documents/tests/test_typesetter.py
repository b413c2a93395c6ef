"""The press: what people may write in a template can neither harm nor hold up the server."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from remonta.documents import typesetter
from remonta.documents.confinement import Confinement
from remonta.documents.typesetter import PRESSES, PressBroken, TemplateBroken, TemplateTooSlow, Typesetter

HELLO = '#set text(font: "Noto Sans")\n#let d = json("data.json")\nHello #d.name'
ENDLESS = "#for a in range(9999) { for b in range(9999) { let c = calc.pow(a, 2) } }"
GREEDY = "#{ let s = (1,); for i in range(40) { s = s + s } }"


def test_a_template_and_its_data_become_a_pdf(press):
    assert press.render(HELLO, {"name": "Zażółć 维"}).startswith(b"%PDF-")


def test_the_same_input_gives_the_same_bytes(press):
    first = press.render(HELLO, {"name": "a"}, made_at=1_770_000_000)
    other = Typesetter()
    try:
        assert other.render(HELLO, {"name": "a"}, made_at=1_770_000_000) == first
    finally:
        other.close()
    assert press.render(HELLO, {"name": "b"}, made_at=1_770_000_000) != first


def test_the_press_has_no_network_on_this_machine(press):
    assert press.confinement() in Confinement
    if os.uname().sysname == "Linux":
        assert press.confinement().has_no_network


def test_an_error_names_its_line_and_reason(press):
    with pytest.raises(TemplateBroken, match=r"line 3: unknown variable: nope"):
        press.render("Hello\n\n#nope()", {})


def test_an_error_does_not_end_the_press(press):
    press.render(HELLO, {"name": "a"})
    before = _pids(press)
    with pytest.raises(TemplateBroken):
        press.render("#nope()", {})
    press.render(HELLO, {"name": "a"})
    assert _pids(press) == before


def test_a_missing_font_is_an_error(press):
    with pytest.raises(TemplateBroken, match=r"line 1: unknown font family: papyrus"):
        press.render('#set text(font: "Papyrus")\nHello', {})


@pytest.mark.parametrize("place", ["/etc/passwd", "../../etc/passwd", "/proc/self/environ", "/"])
def test_no_file_of_the_machine_can_be_read(press, place):
    with pytest.raises(TemplateBroken) as refusal:
        press.render(f'#read("{place}")', {})
    assert "root:" not in str(refusal.value)


def test_no_package_is_fetched_from_the_network(press):
    with pytest.raises(TemplateBroken, match=r"failed to download package$"):
        press.render('#import "@preview/tiaoma:0.3.0": *', {})


def test_a_template_that_never_ends_is_stopped_and_the_next_one_is_served(press, monkeypatch):
    monkeypatch.setattr(typesetter, "SECONDS", 0.5)
    press.render(HELLO, {"name": "a"})
    before, began = _pids(press), time.monotonic()
    with pytest.raises(TemplateTooSlow):
        press.render(ENDLESS, {})
    assert 0.4 < time.monotonic() - began < 3
    assert press.render(HELLO, {"name": "a"}).startswith(b"%PDF-")
    assert not before & _pids(press)


def test_a_press_ends_itself_when_nobody_stops_it(press):
    """The server may be killed while a template runs: then nobody counts its seconds."""
    head = {"format": "pdf", "made_at": 0, "ppi": None, "seconds": 0.2, "names": ["main.typ"]}
    with press._press() as child:
        began = time.monotonic()
        with pytest.raises(TemplateTooSlow):
            child.compile(head, {"main.typ": ENDLESS.encode()})
    assert time.monotonic() - began < 2
    assert child.process.returncode in (-signal.SIGALRM, -signal.SIGKILL)


def test_a_template_gets_no_more_than_its_memory(press):
    with pytest.raises(TemplateTooSlow):
        press.render(GREEDY, {})
    assert press.render(HELLO, {"name": "a"}).startswith(b"%PDF-")


def test_a_killed_press_is_replaced(press):
    press.render(HELLO, {"name": "a"})
    [pid] = _pids(press)
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.05)
    assert press.render(HELLO, {"name": "a"}).startswith(b"%PDF-")
    assert pid not in _pids(press)


def test_many_threads_share_few_presses(press):
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda at: press.render(HELLO, {"name": f"guest {at % 4}"}), range(40)))
    assert len(set(pages)) == 4
    assert 1 <= len(_pids(press)) <= PRESSES


def test_a_worn_press_is_changed_for_a_new_one(press, monkeypatch):
    monkeypatch.setattr(typesetter, "SHEETS", 1)
    press.render(HELLO, {"name": "a"})
    first = _pids(press)
    press.render(HELLO, {"name": "a"})
    assert not first & _pids(press)


def test_closing_leaves_no_process(press):
    press.render(HELLO, {"name": "a"})
    [pid] = _pids(press)
    press.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_missing_fonts_are_the_installations_fault(settings, tmp_path):
    settings.REMONTA_FONTS = tmp_path
    with pytest.raises(PressBroken, match="unknown font family: noto sans"):
        Typesetter().render(HELLO, {"name": "a"})


def test_a_photograph_can_be_a_logo(press):
    kept = BytesIO()
    Image.new("RGB", (30, 10), "red").save(kept, "PNG")
    source = '#set page(width: 60pt, height: 20pt, margin: 0pt)\n#image("logo.svg", width: 60pt)'
    [page] = press.pictures(source, {}, assets={"logo.svg": kept.getvalue()}, ppi=72)
    assert Image.open(BytesIO(page)).convert("RGB").getpixel((30, 10)) == (255, 0, 0)


def _pids(press):
    return {child.process.pid for child in list(press._idle.queue) if child}
