"""Processes die at random instants while people work: nothing is lost, nothing is done twice."""

import json
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from remonta.billing.simulated_terminal import SimulatedTerminal
from tests.crash.driver import Driver
from tests.crash.killer import Killer
from tests.crash.lives import Life
from tests.crash.receivers import Letters, receivers
from tests.live import Product, product
from tools.sizes import CRASH_KILLS, REPORTS, report

pytestmark = pytest.mark.crash
SEED = int(os.environ.get("REMONTA_CRASH_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
PEOPLE = 3
PATIENCE = 180.0
LATER = ("notices.handed_over",)


@dataclass
class Outcome:
    """What people did, what is saved, what arrived outside."""

    driver: Driver
    lives: list[Life]
    saved: dict[str, Any]
    letters: Letters
    charges: dict[str, int]
    killed: Counter[str]
    flaws: str

    def by_order(self, what: str, column: str) -> dict[str, Counter[str]]:
        """Rows of a kind, counted by a column, order by order."""
        found: dict[str, Counter[str]] = {}
        for row in self.saved[what]:
            found.setdefault(row["work_order__uid"], Counter())[str(row[column])] += 1
        return found

    def of_thread(self, what: str) -> dict[str, list[dict[str, Any]]]:
        uids = {row["pk"]: row["uid"] for row in self.saved["orders"]}
        found: dict[str, list[dict[str, Any]]] = {uid: [] for uid in uids.values()}
        for row in self.saved[what]:
            if row["thread_id"]:
                found[uids[row["thread_id"]]].append(row)
        return found


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    print(f"crash: seed {SEED} (REMONTA_CRASH_SEED)")
    home = tmp_path_factory.mktemp("crash")
    with (
        receivers(SEED) as (letters, ways),
        SimulatedTerminal() as terminal,
        product(home, REMONTA_API_RATE="1000000", **ways) as made,
    ):
        return _suffer(made, letters, terminal)


def _suffer(made: Product, letters: Letters, terminal: SimulatedTerminal) -> Outcome:
    known = {**made.known, **_asked(made, "tests.crash.prepare", made.known["centre"], terminal.url)}
    made.start("web", "worker")
    driver = Driver(made.url, known["people"], random.Random(f"{SEED}:lines"))
    over = Event()
    killer = Killer(made, letters, CRASH_KILLS, random.Random(SEED), over)
    try:
        with ThreadPoolExecutor(PEOPLE + 1) as threads:
            dying = threads.submit(killer.run)
            working = [threads.submit(_work, driver, known, over, number) for number in range(PEOPLE)]
            dying.result()
            lives = [life for one in working for life in one.result()]
        saved = _calm(made, driver, letters)
    finally:
        over.set()
        driver.close()
    proof = made.cli("verify")
    said = proof.stdout + proof.stderr
    return Outcome(driver, lives, saved, letters, terminal.charges, killer.killed, said)


def _work(driver: Driver, known: dict[str, Any], over: Event, number: int) -> list[Life]:
    """Repair after repair until the killing is over; the last one is brought to its end."""
    chance, lives = random.Random(f"{SEED}:{number}"), []
    try:
        while not over.is_set():
            lives.append(Life(driver, known, f"SN-{number}-{len(lives)}", chance).live())
    finally:
        over.set()
    return lives


def _calm(made: Product, driver: Driver, letters: Letters) -> dict[str, Any]:
    """Waits until all that is due is done. A person settles what is unclear, by what the mail server has received."""
    until, least = time.monotonic() + PATIENCE, None
    while time.monotonic() < until:
        for row in driver.read("head", "/messages?state=unclear&limit=100")["items"]:
            said = {"arrived": letters.mails[row["uid"]] > 0}
            driver.make("head", f"/messages/{row['uid']}/settle", said)
        saved = _asked(made, "tests.crash.counts")
        left = len(_under_way(saved))
        if not left:
            return saved
        if least is None or left < least:  # two hundred kills leave many letters behind: it goes on as long as it goes
            until, least = time.monotonic() + PATIENCE, left
        time.sleep(1)
    raise AssertionError(f"nothing more done in {PATIENCE} s: {_under_way(saved)[:5]}")


def _under_way(saved: dict[str, Any]) -> list[dict[str, Any]]:
    messages = [row for row in saved["messages"] if row["state"] in ("waiting", "sending", "unclear")]
    jobs = [row for row in saved["jobs"] if row["state"] in ("ready", "running")]
    return [row for row in messages if row["purpose"] not in LATER] + jobs


def _asked(made: Product, module: str, *words: str) -> dict[str, Any]:
    done = made.module(module, *words)
    assert done.returncode == 0, done.stderr[-4000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_as_many_were_killed_as_wanted_while_people_worked(outcome: Outcome) -> None:
    again = [intent for intent in outcome.driver.intents if intent.tries > 1]
    made_at = {row["uid"]: row["made_at"] for row in outcome.saved["operations"]}
    unheard = [one for one in again if made_at[str(one.operation)] < one.last_try_at]
    settled = sum(intent.path.endswith("/settle") for intent in outcome.driver.intents)
    texts = outcome.letters.texts
    line = (
        f"crash {'postgres' if os.environ.get('DATABASE_URL', '').startswith('postgres') else 'sqlite'}: seed {SEED}, "
        f"killed {outcome.killed['web']} × web, {outcome.killed['worker']} × worker; {len(outcome.lives)} repairs, "
        f"{len(outcome.driver.intents)} operations, {len(again)} said again, {len(unheard)} of them done already; "
        f"{len(texts)} SMS, {texts.total() - len(texts)} repeats recognised; {len(outcome.letters.mails)} mails, "
        f"{settled} settled by a person; "
        f"{outcome.flaws.strip().splitlines()[-1]}"
    )
    kept = Path(REPORTS) / "crash.txt"
    report("crash", (kept.read_text() if kept.exists() else "") + line)
    print(line)
    assert outcome.killed.total() == CRASH_KILLS
    assert unheard


def test_the_books_are_whole(outcome: Outcome) -> None:
    assert outcome.flaws.startswith("0 flaws"), outcome.flaws


def test_every_intent_has_one_effect(outcome: Outcome) -> None:
    done = Counter(row["uid"] for row in outcome.saved["operations"])
    meant = {str(intent.operation) for intent in outcome.driver.intents}
    assert {uid for uid in meant if done[uid] != 1} == set()


def test_every_order_is_there_once(outcome: Outcome) -> None:
    saved = {row["uid"]: (row["number"], row["unit__serial"], row["state"]) for row in outcome.saved["orders"]}
    assert saved == {life.order: (life.number, life.serial, "closed") for life in outcome.lives}
    assert len(outcome.saved["requests"]) == len(outcome.lives)
    names = Counter(row["name"] for row in outcome.saved["customers"])
    assert names == Counter(f"Customer {life.serial}" for life in outcome.lives)
    numbers = sorted(row["number"] for row in outcome.saved["orders"])
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, len(numbers) + 1))


def test_every_note_and_quote_is_there_once(outcome: Outcome) -> None:
    assert outcome.by_order("notes", "text") == {life.order: Counter(life.notes) for life in outcome.lives}
    assert outcome.by_order("quotes", "uid") == {life.order: Counter([life.quote]) for life in outcome.lives}


def test_every_payment_is_there_once_and_no_card_is_charged_twice(outcome: Outcome) -> None:
    expected = {(uid, life.order, state) for life in outcome.lives for uid, state in life.payments.items()}
    saved = [(row["uid"], row["work_order__uid"], row["state"]) for row in outcome.saved["payments"]]
    assert Counter(saved) == Counter(expected)
    by_card = [row for row in outcome.saved["payments"] if row["method"] == "card" and row["state"] == "paid"]
    assert outcome.charges == {row["uid"]: 1 for row in by_card}


def test_invoices_are_numbered_without_a_gap_one_an_order(outcome: Outcome) -> None:
    saved = outcome.saved["invoices"]
    assert sorted(row["place"] for row in saved) == list(range(1, len(saved) + 1))
    assert Counter(row["work_order__uid"] for row in saved) == Counter(life.order for life in outcome.lives)


def test_every_part_and_unit_moved_once(outcome: Outcome) -> None:
    moves = outcome.of_thread("moves")
    for life in outcome.lives:
        assert Counter(row["reason"] for row in moves[life.order]) == life.moves, life.number
    received = {uid for life in outcome.lives for uid in life.deliveries}
    assert received <= {row["uid"] for row in outcome.saved["receipts"]}
    assert len(outcome.saved["receipts"]) == len(received) + 1


def test_every_message_is_written_once_and_arrives(outcome: Outcome) -> None:
    written = outcome.of_thread("messages")
    for life in outcome.lives:
        rows = written[life.order]
        codes = Counter(f"{row['purpose'].removeprefix('notices.')}:{row['channel']}" for row in rows)
        assert codes == life.messages, life.number
        assert {row["state"] for row in rows if row["purpose"] not in LATER} == {"sent"}, life.number


def test_no_message_reaches_anybody_twice(outcome: Outcome) -> None:
    sent = [row for row in outcome.saved["messages"] if row["state"] == "sent"]
    letters = outcome.letters
    assert set(letters.texts) == {row["uid"] for row in sent if row["channel"] == "sms"}
    assert letters.mails == Counter(row["uid"] for row in sent if row["channel"] == "email")
    assert {uid: said for uid, said in letters.said.items() if len(said) > 1} == {}


def test_no_background_work_is_left_or_given_up(outcome: Outcome) -> None:
    assert [row for row in outcome.saved["jobs"] if row["state"] != "done"] == []
