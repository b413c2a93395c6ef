"""What quality tells."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FinalCheckMade(Fact):
    """A repair went through the quality gate, or back to the bench."""

    name = "quality.final_check_made"
    says = gettext_noop("Final check made")
    work_order_id: int
    check_id: int
    passed: bool


@dataclass(frozen=True, kw_only=True)
class WorkRated(Fact):
    """The customer has given a score of 1 to 5; the words are in the rating."""

    name = "quality.work_rated"
    says = gettext_noop("Customer’s rating: %(score)s of 5")
    work_order_id: int
    rating_id: int
    score: int
