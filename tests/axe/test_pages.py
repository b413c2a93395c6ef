"""Every page in a real browser: for people who do not see it, on narrow screens, by keyboard, in every language."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe.conftest import Stage
from tools.sizes import AXE, report

pytestmark = pytest.mark.axe
LANGUAGES, THEMES, WIDTHS = ("en", "ru", "pl", "zh-hans"), ("light", "dark"), (360, 768, 1440)
LOOKS = [*product(LANGUAGES, THEMES)]
ANSWERS = {
    "account_reauthenticate": 403,
    "mfa_deactivate_totp": 404,
    "mfa_download_recovery_codes": 404,
    "mfa_edit_webauthn": 404,
    "mfa_reauthenticate": 403,
    "mfa_reauthenticate_webauthn": 403,
    "mfa_remove_webauthn": 404,
    "mfa_view_recovery_codes": 404,
    "desk:shipment-label": 404,
    "portal:request-sent": 404,
}
"""Pages that answer something else than 200 to our samples; what they say is looked at all the same."""
TOKEN = "a" * 32
MOST_STEPS = 4
BRIEF = "() => axe.run({resultTypes: ['violations']}).then(found => found.violations.map(one => one.id + ': ' + "
BRIEF += "one.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + ' – ' + node.failureSummary).join(' | ')))"
TOO_WIDE = "() => { const top = document.scrollingElement; return top.scrollWidth - top.clientWidth }"
START = "() => { document.body.tabIndex = -1; document.body.focus(); scrollTo(0, 0) }"
FOCUSED = """() => {
  const at = document.activeElement, shown = getComputedStyle(at), box = at.getBoundingClientRect();
  const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const ringed = (style) => outlined(style) || style.boxShadow !== "none";
  const ring = ringed(shown) || at.parentElement && ringed(getComputedStyle(at.parentElement));
  const skip = at.matches("a.skip");
  return { skip, page: at === document.body, seen: ring && box.width > 0 && box.height > 0,
           html: at.outerHTML.slice(0, 120) };
}"""


@cache
def axe() -> str:
    return (Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text()


def test_every_page_has_something_to_be_shown_with(stage: Stage) -> None:
    assert stage.bare == []


def test_pages_answer(stage: Stage) -> None:
    assert {page["route"]: page["answer"] for page in stage.pages if page["answer"] != 200} == ANSWERS


@pytest.mark.parametrize(("language", "theme"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_pages_are_for_everybody(stage: Stage, browser: Browser, language: str, theme: str) -> None:
    complaints: list[str] = []
    looked = 0
    for session, pages in pages_by_person(stage, language, theme):
        with browser.new_context(reduced_motion="reduce") as context:
            context.add_init_script(axe())
            dress(context, stage, session, language, theme)
            page = context.new_page()
            for path, width in pages:
                complaints += [f"{path} {width}: {said}" for said in look(page, f"{stage.live.url}{path}", width)]
                looked += 1
    report("axe", f"{len(stage.pages)} pages, {AXE}, the last look at {looked}")
    assert not complaints, "\n".join(complaints)


def pages_by_person(stage: Stage, language: str, theme: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """This look's share: of all combinations, every 24 pages see each; or all pages in all widths."""
    found = defaultdict(list)
    for at, page in enumerate(stage.pages):
        widths = WIDTHS if AXE == "full" else WIDTHS[at // len(LOOKS) % len(WIDTHS) :][:1]
        if AXE == "full" or LOOKS[at % len(LOOKS)] == (language, theme):
            found[page["session"]] += [(page["path"], width) for width in widths]
    yield from found.items()


def dress(context: BrowserContext, stage: Stage, session: str, language: str, theme: str) -> None:
    """Language and theme as people choose them: a cookie for strangers, kept with the account for others."""
    cookies = {"sessionid": session, "csrftoken": TOKEN, "language": language, "theme": theme}
    context.add_cookies([{"name": name, "value": value, "url": stage.live.url} for name, value in cookies.items()])
    if not session:
        return
    said = context.request.post(
        f"{stage.live.url}/preferences/",
        form={"language": language, "theme": theme},
        headers={"X-CSRFToken": TOKEN, "X-Requested-With": "fetch", "Origin": stage.live.url},
    )
    assert said.status == 204, said.status


def look(page: Page, address: str, width: int) -> Iterator[str]:
    """What is wrong with a page at this width, and with its width on the narrowest phone."""
    errors: list[str] = []

    def hear(line: Any) -> None:
        if line.type == "error" and "the server responded with a status of 40" not in line.text:
            errors.append(line.text)

    def fail(error: Any) -> None:
        errors.append(str(error))

    page.on("console", hear)
    page.on("pageerror", fail)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address, wait_until="load")
    yield from page.evaluate(BRIEF)
    yield from by_keyboard(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 740})
    wider = page.evaluate(TOO_WIDE)
    if wider > 0:
        yield f"{wider} px wider than a phone"
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", fail)
    yield from errors


def by_keyboard(page: Page) -> Iterator[str]:
    """The first stop is the way past the menu; every stop is seen."""
    page.evaluate(START)
    for step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if step == 0 and not focus["skip"]:
            yield f"Tab goes first to {focus['html']}"
        if focus["page"]:
            return
        if not focus["seen"]:
            yield f"the focus is not seen on {focus['html']}"
