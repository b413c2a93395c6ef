"""The life of an import. Read the table top to bottom."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class ImportState(TextChoices):
    DRAFT = "draft", _("mapping")
    CHECKED = "checked", _("dry run done")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class ImportClash(Refused):
    text = _("The import is “%(state)s”; this step does not start there.")


DRAFT, CHECKED, RUNNING, STOPPED, DONE, UNDOING, UNDONE = ImportState
UNDER_WAY = (RUNNING, UNDOING)

PRICES = "prices"


class ByKind(Workflow):
    """Who may only read price lists steers those."""

    def permits(self, move: Move, subject: Any, actor: Actor) -> bool:
        lists = subject.kind == PRICES and actor.may("exchange.import_prices", subject)
        return lists or super().permits(move, subject, actor)


# fmt: off
IMPORT = ByKind(
    ImportState,
    #    move         label              starts from               lands in  permission
    Move("map",       _("Map"),          (DRAFT, CHECKED),         DRAFT,    "exchange.import"),
    Move("check",     _("Dry run"),      (DRAFT, CHECKED),         CHECKED,  "exchange.import"),
    Move("start",     _("Import"),       (CHECKED, STOPPED),       RUNNING,  "exchange.import"),
    Move("stop",      _("Stop"),         (RUNNING,),               STOPPED,  "exchange.import"),
    Move("finish",    _("Finish"),       (RUNNING,),               DONE,     "exchange.import"),
    Move("undo",      _("Undo"),         (STOPPED, DONE),          UNDOING,  "exchange.import"),
    Move("end_undo",  _("End undoing"),  (UNDOING,),               UNDONE,   "exchange.import"),
    clash=ImportClash,
)
# fmt: on
