"""Keeping things findable."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from remonta.kernel.texts import chinese_pairs, normal, serial_normal
from remonta.spine.models import SearchEntry, SearchPhone, SearchWord

KEPT = ("uid", "title", "hint", "text", "exact", "open")
LONGEST_WORD = 40


def index_entry(
    kind: str,
    subject_id: int,
    *,
    uid: UUID,
    centre_id: int = 0,
    title: str,
    hint: str = "",
    words: Iterable[str] = (),
    phones: Sequence[str] = (),
    exact: str = "",
    names: Iterable[str] = (),
    open: bool = True,
) -> None:
    """Makes a thing findable at a centre (0: in the whole network), or brings its entry up to date.

    `words` are texts and serials, `names` are people's, forgiving typing mistakes; `exact` is its number. One statement
    for the entry, two for phones, one for names.
    """
    known = [*names]
    entry = SearchEntry(
        kind=kind,
        subject_id=subject_id,
        uid=uid,
        centre_id=centre_id,
        title=title[:200],
        hint=hint[:300],
        text=_text([*words, *known, exact]),
        exact=serial_normal(exact)[:80],
        open=open,
    )
    [kept] = SearchEntry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["kind", "subject_id", "centre_id"], update_fields=KEPT
    )
    _phones(kept, phones)
    _words(known)


def forget_entry(kind: str, subject_id: int) -> None:
    """The thing is no longer found, at any centre."""
    SearchEntry.objects.filter(kind=kind, subject_id=subject_id).delete()


def _text(texts: Iterable[str]) -> str:
    """Every word in its normal form between blanks, serials also without their dress, Chinese also in pairs."""
    found: dict[str, None] = {}
    for text in texts:
        plain = normal(text)
        for word in (*plain.split(), *chinese_pairs(plain), normal(serial_normal(text))):
            found.setdefault(word)
    return f" {' '.join(word for word in found if word)} "


def _phones(entry: SearchEntry, phones: Sequence[str]) -> None:
    digits = {"".join(char for char in phone if char.isdigit())[::-1][:20] for phone in phones} - {""}
    if entry.pk is None or not digits:
        return
    SearchPhone.objects.filter(entry=entry).delete()
    SearchPhone.objects.bulk_create(SearchPhone(entry=entry, reversed_digits=tail) for tail in sorted(digits))


def _words(names: Iterable[str]) -> None:
    words = {word[:LONGEST_WORD] for name in names for word in normal(name).split() if len(word) > 2}
    rows = [SearchWord(word=word, variant=variant) for word in sorted(words) for variant in variants(word)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def variants(word: str) -> list[str]:
    """The word, and the word with each one letter left out."""
    return sorted({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})
