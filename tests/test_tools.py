"""The checks themselves can fail, and the stages count what they ran."""

import subprocess
import sys

import polib
import psycopg
import pytest

from tools import bootstrap, check_hosts, check_translations, stages
from tools.postgres import running


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("package-lock.json", '"resolved": "https://example.org/a.tgz"'),
        ("requirements.lock", "--index-url https://example.org/simple"),
        ("notes.md", "see /ho" + "me/somebody/notes"),
    ],
)
def test_a_host_or_a_place_on_a_machine_is_found(tmp_path, monkeypatch, name, line):
    monkeypatch.setattr(check_hosts, "ROOT", tmp_path)
    (tmp_path / name).write_text(f"fine\n{line}\n")
    assert [found.split(": ", 1)[0] for found in check_hosts.findings(tmp_path / name)] == [f"{name}:2"]


def test_what_is_allowed_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(check_hosts, "ROOT", tmp_path)
    (tmp_path / "package-lock.json").write_text('"integrity": "sha512-x"\n')
    assert list(check_hosts.findings(tmp_path / "package-lock.json")) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (polib.POEntry(msgid="Save", msgstr=""), "is not translated"),
        (polib.POEntry(msgid="Save", msgstr="Zapisz", flags=["fuzzy"]), "is only guessed (fuzzy)"),
        (polib.POEntry(msgid="By %(who)s", msgstr="Przez"), "leaves out a value"),
        (
            polib.POEntry(msgid="By %(who)s", msgstr="Przez %(who)s %(x)s"),
            "names something that the English text does not",
        ),
        (
            polib.POEntry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "%(n)s dzień", 1: ""}),
            "is not translated",
        ),
        (
            polib.POEntry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "%(n)s dzień"}),
            "has 1 plural forms, not 2",
        ),
    ],
)
def test_a_bad_translation_is_found(entry, problem):
    assert list(check_translations.problems_of(entry, 2)) == [problem]


def test_a_good_translation_passes():
    plural = polib.POEntry(
        msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "%(n)s dzień", 1: "%(n)s dni"}
    )
    one = polib.POEntry(msgid="By {who}", msgstr="Przez {who}")
    assert [*check_translations.problems_of(plural, 2), *check_translations.problems_of(one, 2)] == []


def test_a_new_text_and_a_missing_language_are_found(tmp_path):
    ours, fresh = tmp_path / "locale", tmp_path / "collected"
    for folder, texts in ((ours, {"Old": "Stary"}), (fresh, {"New": ""})):
        for language in check_translations.LANGUAGES[: 1 if folder == ours else None]:
            book = polib.POFile()
            book.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in texts.items())
            target = folder / language / "LC_MESSAGES"
            target.mkdir(parents=True)
            book.save(str(target / "django.po"))
    found = "\n".join(check_translations.findings(ours, fresh))
    assert "“New” is new" in found
    assert "“Old” is used nowhere" in found
    assert found.count("there is no") == len(check_translations.LANGUAGES) - 1


def test_a_stage_counts_passed_failed_and_skipped_tests(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="2" errors="1" skipped="1"/></testsuites>')
    assert stages.counts(report) == (5, 3, 1)
    assert stages.counts(tmp_path / "none.xml") == (0, 0, 0)


@pytest.mark.parametrize(("code", "verdict"), [(0, "passed"), (3, "failed")])
def test_a_command_stage_passes_or_fails_with_its_command(monkeypatch, tmp_path, code, verdict):
    monkeypatch.setattr(stages, "REPORTS", tmp_path)
    stage = stages.Stage("own", command=("-c", f"raise SystemExit({code})"))
    assert stages.perform(stage, "", 60).verdict == verdict


def test_a_stage_that_hangs_is_stopped_with_all_it_started(tmp_path):
    sleep = "import time; time.sleep(99)"
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', '{sleep}']); {sleep}"
    assert stages.run([sys.executable, "-c", child], {}, 0.5) == 124


def test_lanes_run_every_stage_once_and_tell_them_in_the_order_of_the_plan(monkeypatch, tmp_path):
    monkeypatch.setattr(stages, "REPORTS", tmp_path)
    monkeypatch.setattr(stages, "prepare", lambda url: None)
    monkeypatch.setattr(stages.Stage, "line", lambda stage: [sys.executable, "-c", "raise SystemExit(5)"])
    plan = [stages.Stage(f"stage {number}", "story") for number in range(5)]
    wide = stages.Stage("wide")
    assert [outcome.stage for outcome in stages.perform_all([plan[0], wide, *plan[1:]], 60)] == [
        plan[0],
        wide,
        *plan[1:],
    ]


def test_one_failed_stage_fails_the_run_and_an_absent_one_is_named(capsys):
    fine = stages.Outcome(stages.Stage("fine"), "passed", 1.0, passed=3)
    absent = stages.Outcome(stages.Stage("later"), "absent", 0.1, skipped=1)
    broken = stages.Outcome(stages.Stage("broken"), "failed", 1.0, passed=1, failed=2)
    assert stages.summarise([fine, absent], 1.1) == 0
    assert "absent stages: 1: later" in capsys.readouterr().out
    assert stages.summarise([fine, broken], 2) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "total: 4 passed, 2 failed, 0 skipped"


def test_postgres_starts_speaks_unicode_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    with running() as url, psycopg.connect(url) as connection:
        encoding, collation = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider::text || datcollate "
            "FROM pg_database WHERE datname = 'remonta'"
        ).fetchone()
        assert (encoding, lower(connection, "ŻУК")) == ("UTF8", "żук")
        assert collation != "cC"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def lower(connection, word):
    return connection.execute("SELECT lower(%s)", [word]).fetchone()[0]


def test_bootstrap_says_what_to_do_under_an_old_python(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(sys, "argv", ["bootstrap.py"])
    assert bootstrap.main() == 1
    assert "needs Python 3.11" in capsys.readouterr().err


def test_the_test_command_is_what_continuous_integration_calls():
    top = stages.ROOT
    assert "make test" in (top / ".ci" / "run").read_text()
    dry = subprocess.run(["make", "-n", "-C", str(top), "test"], capture_output=True, text=True, check=True).stdout
    assert "tools.stages test" in dry
