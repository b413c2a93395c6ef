"""The lock of the press, tried from inside by native code's means rather than Typst's."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from remonta.documents.confinement import Confinement

PACKAGES = str(Path(__file__).parents[3])
INSIDE = """
import json, os, socket, sys, threading
from remonta.documents import confinement as lock
parts = {"full": 3, "filtered": 1, "separated": 2}[sys.argv[2]]
lock.limit()
separated = lock.separate() if parts & 2 else False
if not parts & 1:
    lock._filter_calls = lambda: False
state = lock.lock_in(separated, sys.argv[1])
def tried(act):
    try:
        act()
    except Exception as refusal:
        return type(refusal).__name__
    return "done"
def dial():
    with socket.socket() as end:
        end.settimeout(1)
        end.connect(("127.0.0.1", 9))
def thread():
    began = threading.Thread(target=print, args=("",), kwargs={"file": sys.stderr})
    began.start()
    began.join()
acts = {
    "read": lambda: open("/etc/passwd").read(),
    "write": lambda: open("/kept", "w").write("x"),
    "dial": dial,
    "fork": os.fork,
    "execute": lambda: os.execv("/bin/true", ["true"]),
    "signal": lambda: os.kill(os.getppid(), 0),
    "thread": thread,
}
print(json.dumps([state, {name: tried(acts[name]) for name in sys.argv[3].split(",")}]))
"""


def inside(parts, *acts):
    with tempfile.TemporaryDirectory() as root:
        asked = (sys.executable, "-c", INSIDE, root, parts, ",".join(acts))
        ran = subprocess.run(
            asked, env={"PYTHONPATH": PACKAGES}, capture_output=True, text=True, timeout=20, check=True
        )
    state, results = json.loads(ran.stdout)
    return Confinement(state), results


def test_the_filter_alone_refuses_files_network_and_processes():
    state, results = inside("filtered", "read", "write", "dial", "fork", "execute", "signal", "thread")
    if state is not Confinement.FILTERED:
        pytest.skip("this system has no filter of system calls")
    assert results.pop("thread") == "done"
    assert set(results.values()) == {"PermissionError"}


def test_namespaces_alone_have_no_files_and_no_network():
    state, results = inside("separated", "read", "dial")
    if state is not Confinement.SEPARATED:
        pytest.skip("this system gives no namespaces")
    assert results == {"read": "FileNotFoundError", "dial": "OSError"}


def test_both_together_are_full():
    state, _results = inside("full", "read")
    assert state.has_no_network or sys.platform != "linux"
