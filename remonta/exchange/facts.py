"""What exchange tells: the life of an import."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ImportFact(Fact):
    """Everything said about an import names it and its centre."""

    import_id: int
    centre_id: int


class ImportMade(ImportFact):
    """A file was uploaded."""

    name = "exchange.import_made"
    says = gettext_noop("File uploaded")


class ImportMapped(ImportFact):
    """Somebody said anew which column is what."""

    name = "exchange.import_mapped"
    says = gettext_noop("Columns mapped")


@dataclass(frozen=True, kw_only=True)
class ImportAccount(ImportFact):
    """How many rows were read, and what became (or, in a dry run, would become) of them."""

    read: int
    created: int
    updated: int
    skipped: int


class ImportChecked(ImportAccount):
    """A dry run read the whole file and wrote nothing of it."""

    name = "exchange.import_checked"
    says = gettext_noop("Dry run: %(read)s rows, %(created)s new, %(updated)s changed, %(skipped)s skipped")


class ImportStarted(ImportFact):
    """Rows are being brought in, from the first or from where it had stopped."""

    name = "exchange.import_started"
    says = gettext_noop("Import started")


class ImportStopped(ImportFact):
    """It stands still until somebody lets it go on."""

    name = "exchange.import_stopped"
    says = gettext_noop("Import stopped")


class ImportFinished(ImportAccount):
    """Every row is dealt with: read = created + updated + skipped."""

    name = "exchange.import_finished"
    says = gettext_noop("Import done: %(read)s rows, %(created)s new, %(updated)s changed, %(skipped)s skipped")


class UndoStarted(ImportFact):
    """What it brought in is being withdrawn."""

    name = "exchange.undo_started"
    says = gettext_noop("Undo started")


@dataclass(frozen=True, kw_only=True)
class ImportUndone(ImportFact):
    """What nobody had touched is withdrawn; `kept` rows stay, because people have worked on them."""

    name = "exchange.import_undone"
    says = gettext_noop("Import undone: %(withdrawn)s withdrawn, %(kept)s kept")
    withdrawn: int
    kept: int
