"""The life of a parts list. Read the table top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class ListState(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    REPLACED = "replaced", _("replaced")


class ListClash(Refused):
    text = _("This version is “%(state)s” and stays as it is. Begin a new version to change the list.")


DRAFT, PUBLISHED, REPLACED = ListState

# fmt: off
PARTS_LIST = Workflow(
    ListState,
    #    move        label          starts from   lands in    permission
    Move("change",   _("Change"),   (DRAFT,),     DRAFT,      "catalogue.write"),
    Move("discard",  _("Discard"),  (DRAFT,),     DRAFT,      "catalogue.write"),
    Move("publish",  _("Publish"),  (DRAFT,),     PUBLISHED,  "catalogue.write"),
    Move("replace",  _("Replace"),  (PUBLISHED,), REPLACED,   "catalogue.write"),
    Move("reopen",   _("Reopen"),   (REPLACED,),  PUBLISHED,  "catalogue.write"),
    clash=ListClash,
)
# fmt: on
