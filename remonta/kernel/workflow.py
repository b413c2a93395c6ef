"""Workflows as tables: each move with where it starts, where it lands, and who may make it on whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused

ANY, OWN = False, True


class HoldLike(Protocol):
    """A reason that blocks moves; `str()` of it is the sentence for the person."""

    blocks: Sequence[str]


@dataclass(frozen=True)
class Move:
    """One row of a workflow's table. With `own`, only the person the subject is given to may make it."""

    name: str
    label: object
    starts: tuple[str, ...]
    lands: str
    permission: str
    own: bool = ANY


class Workflow:
    """The only code that changes `state`. Refuses with the room's own sentences."""

    def __init__(self, states: Any, *moves: Move, clash: type[Refused], held: type[Refused] = Refused) -> None:
        self.states, self.clash, self.held = states, clash, held
        self.moves = {move.name: move for move in moves}
        assert len(self.moves) == len(moves), "two moves share a name"

    def apply(self, name: str, subject: Any, actor: Actor, holds: Iterable[HoldLike] = ()) -> Move:
        """Make the move or raise; never quietly do nothing."""
        move = self.moves[name]
        if not self.permits(move, subject, actor):
            raise NotPermitted
        if subject.state not in move.starts:
            raise self.clash(state=self.states(subject.state).label)
        if reasons := [str(hold) for hold in holds if name in hold.blocks]:
            raise self.held(reasons=" · ".join(reasons))
        subject.state = move.lands
        return move

    def open_to(self, actor: Actor, subject: Any, holds: Iterable[HoldLike] = ()) -> tuple[Move, ...]:
        """The buttons this actor sees now: the same table, the same questions."""
        blocked = {name for hold in holds for name in hold.blocks}
        return tuple(move for move in self.from_here(actor, subject) if move.name not in blocked)

    def from_here(self, actor: Actor, subject: Any) -> tuple[Move, ...]:
        """Every move of this actor that starts here, held or not."""
        moves = (move for move in self.moves.values() if subject.state in move.starts)
        return tuple(move for move in moves if self.permits(move, subject, actor))

    def refuses(self, name: str) -> list[Any]:
        """Every state the move does not start from: the cases a test walks."""
        return [state for state in self.states if state not in self.moves[name].starts]

    def permits(self, move: Move, subject: Any, actor: Actor) -> bool:
        return actor.may(move.permission, subject) and (not move.own or subject.given_to == actor.account_id)
