"""Verify proves the timeline and names every line that breaks it."""

from datetime import UTC, datetime

import pytest

from remonta.kernel.ids import uuid7
from remonta.spine import proofs, verify
from remonta.spine.models import Event, Job
from remonta.spine.verify import Flaw, proves

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def only_the_timeline(monkeypatch):
    monkeypatch.setattr(verify, "gather", lambda: None)
    own = {name: proof for name, proof in verify.PROOFS.items() if proof.__module__ == proofs.__name__}
    monkeypatch.setattr(verify, "PROOFS", own)
    monkeypatch.setattr(proofs, "PIECE", 3)


def line(subject_id, seq, start="", end="ready", subject="spine.job"):
    values = {"name": "X", "version": 1, "data": {}, "actor": "system:test", "occurred_at": NOW}
    Event.objects.create(subject=subject, subject_id=subject_id, seq=seq, from_state=start, to_state=end, **values)


def job(state="ready", **values):
    return Job.objects.create(uid=uuid7(), name="x", run_at=NOW, created_at=NOW, state=state, **values)


def flaws():
    return [str(flaw) for flaw in verify.verify()]


@pytest.mark.django_db
def test_a_sound_timeline_has_no_flaw():
    for _number in range(10):
        one = job("done")
        line(one.pk, 1)
        line(one.pk, 2, "ready", "running")
        line(one.pk, 3, "running", "done")
    line(1, 1, subject="nobody.knows", end="")
    line(10**12, 1, subject="nobody.knows", end="")
    seen = []
    assert [*verify.verify(lambda name, done: seen.append((name, done)))] == []
    assert len(seen) > 4
    assert flaws() == []


@pytest.mark.django_db
def test_each_broken_rule_is_named():
    gap, torn, wrong, silent, late = (job() for _number in range(5))
    line(gap.pk, 1)
    line(gap.pk, 3, "ready", "ready")
    line(torn.pk, 1)
    line(torn.pk, 2, "running", "ready")
    line(wrong.pk, 1, end="done")
    line(late.pk, 2, end="ready")
    assert flaws() == [
        f"timeline: spine.job {wrong.pk}: its state is “ready”, but its timeline ends in “done”",
        f"timeline: spine.job {silent.pk}: its state is “ready”, but its timeline ends in “–”",
        f"timeline: spine.job {gap.pk}: line 3 follows line 1",
        f"timeline: spine.job {torn.pk}: line 2 starts in “running”, but the one before ended in “ready”",
        f"timeline: spine.job {late.pk}: line 2 follows line 0",
    ]


@pytest.mark.django_db
def test_what_changes_quietly_is_only_asked_for_its_lines(monkeypatch):
    monkeypatch.setattr(proofs, "QUIET", {"spine.job"})
    line(job().pk, 1, end="done")
    assert flaws() == []


def test_a_room_s_proof_is_heard():
    @proves("money adds up")
    def add_up():
        yield 5
        yield Flaw("money", "7 too much", "entry 1")

    assert flaws_of_rooms() == ["money: entry 1: 7 too much"]


def flaws_of_rooms():
    return [str(flaw) for flaw in verify.PROOFS["money adds up"]() if isinstance(flaw, Flaw)]
