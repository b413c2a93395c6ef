"""Proving what must always be true. Each room declares its proofs in proofs.py; what breaks a rule is named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from remonta.spine.declared import gather


@dataclass(frozen=True)
class Flaw:
    """Something that must not be: in which book, a sentence that says what is wrong, and with what."""

    book: str
    sentence: str
    subject: str

    def __str__(self) -> str:
        return f"{self.book}: {self.subject}: {self.sentence}"


Proof = Callable[[], Iterator[Flaw | int]]
Progress = Callable[[str, int], None]
PROOFS: dict[str, Proof] = {}
QUIET: set[str] = set()


def proves(name: str) -> Callable[[Proof], Proof]:
    """Declares a proof: a generator of flaws that reads in pieces; it may yield how many lines it has looked at."""

    def declare(proof: Proof) -> Proof:
        assert name not in PROOFS or PROOFS[name].__module__ == proof.__module__, f"two proofs are called {name}"
        PROOFS[name] = proof
        return proof

    return declare


def verify(progress: Progress = lambda _name, _lines: None) -> Iterator[Flaw]:
    """Every flaw that every room's proofs find; nothing when all is well. Writes nothing and holds no lock."""
    gather()
    for name, proof in sorted(PROOFS.items()):
        progress(name, 0)
        for found in proof():
            if isinstance(found, Flaw):
                yield found
            else:
                progress(name, found)


def changes_quietly(subject: str) -> None:
    """Declares that the `state` of a kind of subject changes without lines in the timeline, as a message's does."""
    QUIET.add(subject)
