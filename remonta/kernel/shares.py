"""Sharing an amount out so that its shares come to the whole, to the last minor unit."""

from collections.abc import Sequence


def shared(amount: int, weights: Sequence[int]) -> list[int]:
    """Minor units of an amount by weight: each share is within one unit of its exact part, and they sum up to it.

    What rounding leaves goes to the largest remainders, the first of equal ones. Without weights all bear alike.
    """
    if not weights:
        return []
    if not any(weights):
        weights = [1] * len(weights)
    whole, sign = sum(weights), -1 if amount < 0 else 1
    shares = [abs(amount) * weight // whole for weight in weights]
    remainders = [abs(amount) * weight % whole for weight in weights]
    left = abs(amount) - sum(shares)
    for place in sorted(range(len(weights)), key=lambda one: (-remainders[one], one))[:left]:
        shares[place] += 1
    return [sign * share for share in shares]
