"""Which works a described fault most likely needs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from remonta.catalogue.models import Category, KnownFault, Product, Service
from remonta.catalogue.queries.goods import services_for
from remonta.catalogue.queries.prices import SERVICE, price_of
from remonta.kernel.actor import Actor
from remonta.kernel.texts import normal, said

WORD = re.compile(r"[^\W_]+")
STEM = 5
SAID, KNOWN, MODEL, CATEGORY = 10, 6, 3, 1


@dataclass(frozen=True)
class LikelyWork:
    """A work with its usual price (major units, None when unpriced) and duration; `score` only orders."""

    service_id: int
    uid: UUID
    code: str
    name: str
    minutes: int
    amount: Decimal | None
    score: int


def likely_works(
    actor: Actor,
    fault: str,
    *,
    legal_entity_id: int | None,
    product_id: int | None = None,
    category_id: int | None = None,
    day: date | None = None,
    limit: int = 5,
) -> tuple[LikelyWork, ...]:
    """Works ranked by what is said of the fault, what is known of the model, and what fits it. Four statements.

    Without any word that matches, only works of the very model or category are offered.
    """
    if product_id and not category_id:
        category_id = Product.objects.filter(pk=product_id).values_list("category_id", flat=True).first()
    above = Category.objects.filter(pk=category_id or 0).values("parent_id")
    fits = Q(product=None) | Q(product_id=product_id)
    kind = Q(category=None) | Q(category_id=category_id) | Q(category_id__in=above)
    services = list(services_for(actor).filter(fits, kind, archived_at=None).order_by("code"))
    known = _known_to_help(product_id, fault)
    scored = [(score_of(service, fault, known), service) for service in services]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].minutes, pair[1].code))[
        :limit
    ]
    ids = [service.pk for _, service in best]
    when = day or actor.now().date()
    prices = price_of(legal_entity_id, service_ids=ids, day=when) if legal_entity_id and ids else {}
    return tuple(
        LikelyWork(
            service.pk,
            service.uid,
            service.code,
            said(service.names, actor.language),
            service.minutes,
            prices[SERVICE, service.pk].amount if (SERVICE, service.pk) in prices else None,
            score,
        )
        for score, service in best
    )


def score_of(service: Service, fault: str, known: frozenset[int] = frozenset()) -> int:
    """How well a work answers the words of the fault, and how closely it belongs to the device."""
    hits = matches(service.keywords.split(","), fault)
    near = (MODEL if service.product_id else 0) + (CATEGORY if service.category_id else 0)
    return SAID * hits + (KNOWN if service.pk in known else 0) + near


def matches(keywords: Iterable[str], text: str) -> int:
    """How many of the keywords the text speaks of: whole phrases in Chinese, else words by their beginnings."""
    plain = normal(text)
    words = WORD.findall(plain)
    return sum(1 for keyword in map(normal, keywords) if keyword and _speaks_of(keyword, plain, words))


def _speaks_of(keyword: str, plain: str, words: list[str]) -> bool:
    if keyword > "\u2e80":
        return keyword in plain
    return all(any(_alike(part, word) for word in words) for part in WORD.findall(keyword))


def _alike(part: str, word: str) -> bool:
    """Endings bend: words of five letters or more are alike when all but their last two or three are."""
    if len(part) < STEM:
        return part == word
    stem = part[: max(STEM - 1, len(part) - 2)]
    return word.startswith(stem)


def _known_to_help(product_id: int | None, fault: str) -> frozenset[int]:
    if product_id is None:
        return frozenset()
    rows = KnownFault.objects.filter(product_id=product_id).exclude(service=None).values_list("service_id", "symptoms")
    return frozenset(service for service, symptoms in rows if service and matches(_words_of(symptoms.values()), fault))


def _words_of(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in WORD.findall(normal(text)) if len(word) >= STEM or word > "\u2e80"]
