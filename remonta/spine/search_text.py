"""What a thing is found by, as one normal text; and what a person typed, as pieces of such a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remonta.kernel.texts import chinese_pairs, normal

SHORTEST_PIECE, SHORTEST_TAIL, LONGEST_TAIL = 3, 4, 9
SHORTEST_FORGIVEN, LONGEST_WORD = 4, 40
MOST_TERMS = 6
DIALLED = set("0123456789+-()./ ")
# Words of three letters nobody writes, by which the index narrows down to open things and to a centre's. They only save
# work: what is open, and whose it is, the columns decide.
OPEN_MARK, CENTRE_MARK = "zqx", "q"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def text_of(texts: Iterable[str], exact: str, *, open: bool, centre_id: int) -> str:
    """Marks and words between blanks. Numbers written in groups also stand as one word, Chinese also as pairs."""
    found = dict.fromkeys(_marks(open, centre_id))
    for text in texts:
        found |= dict.fromkeys(words_of(text))
        found |= dict.fromkeys(chinese_pairs(normal(text)))
        found |= dict.fromkeys(_as_one(text))
    found |= dict.fromkeys([*words_of(exact), *words_of(exact.replace(" ", ""))])
    return f" {' '.join(found)} "


def words_of(text: str) -> Iterator[str]:
    """Words in normal form, of letters and digits only: `KRK-000123` is one word, `krk000123`."""
    for word in normal(text).split():
        if bare := "".join(char for char in word if char.isalnum()):
            yield bare


def variants(word: str) -> set[str]:
    """The word, and the word with each one letter left out: what it has in common with its mistyped forms."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def centre_mark(centre_id: int) -> str:
    """One trigram; every 1,296th centre shares it."""
    high, low = divmod(centre_id % len(DIGITS) ** 2, len(DIGITS))
    return f"{CENTRE_MARK}{DIGITS[high]}{DIGITS[low]}"


@dataclass(frozen=True)
class Asked:
    """What a person typed: the whole as a number, the end of a phone number, pieces to be found, names to forgive."""

    number: str
    tail: str
    pieces: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        """Nothing in it is long enough for the text index: only numbers that begin like that can answer."""
        return not self.pieces


def asked(typed: str) -> Asked:
    """Terms under three characters are looked for as beginnings of words, or only as a number: they never scan."""
    terms = list(words_of(typed))[:MOST_TERMS]
    digits = "".join(char for char in typed if char.isdigit())
    dialled = set(typed) <= DIALLED and len(digits) >= SHORTEST_TAIL
    return Asked(
        number="".join(terms).upper()[:80],
        tail=digits[-LONGEST_TAIL:][::-1] if dialled else "",
        pieces=_pieces(typed, terms, dialled),
        names=tuple(term for term in terms if len(term) >= SHORTEST_FORGIVEN and term.isalpha()),
    )


def _pieces(typed: str, terms: list[str], dialled: bool) -> tuple[str, ...]:
    """A number typed in groups is one piece; else each word is, short ones as the beginning of a word."""
    if dialled:
        return ("".join(terms),)
    return tuple(term if len(term) >= SHORTEST_PIECE else f" {term}" for term in terms if len(term) > 1)


def _marks(open: bool, centre_id: int) -> list[str]:
    return [*([OPEN_MARK] if open else []), *([centre_mark(centre_id)] if centre_id else [])]


def _as_one(text: str) -> list[str]:
    groups = normal(text).split()
    grouped = len(groups) > 1 and all(any(char.isdigit() for char in group) for group in groups)
    return list(words_of("".join(groups))) if grouped else []
