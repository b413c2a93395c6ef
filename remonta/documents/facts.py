"""What documents tells the rooms above."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Fact):
    """A form was drawn for the first time with this very content; `code` and `paper` say which."""

    name = "documents.document_issued"
    document_id: int
    code: str
    paper: str
    work_order_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Fact):
    """A form looks different from now on, in the whole network, a legal entity or a centre."""

    name = "documents.template_saved"
    template_id: int
    code: str
    template_version: int


@dataclass(frozen=True, kw_only=True)
class TemplateRetired(Fact):
    """The form looks again as it was delivered."""

    name = "documents.template_retired"
    template_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class ClaimGathered(Fact):
    """The evidence of a claim lies with its batch in one archive."""

    name = "documents.claim_gathered"
    says = gettext_noop("Evidence gathered for the claim: %(number)s")
    batch_id: int
    centre_id: int
    number: str
    attachment_id: int
