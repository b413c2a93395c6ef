"""How long the books are proved: as many rule executions as asked for, in lives of some fifty, each life undone."""

from collections.abc import Callable
from typing import Any, ClassVar

import hypothesis
import pytest
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

STEPS_A_LIFE = 50


class Life(RuleBasedStateMachine):
    """One life of a book: starts from the stage that was set, is judged at its end, and leaves nothing behind."""

    done: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        try:
            assert self.flaws() == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def flaws(self) -> list[Any]:
        """What the proofs find at the end of a life."""
        raise NotImplementedError

    def act(self, refusal: type[Exception] | None, run: Callable[[], Any]) -> Any:
        """Runs a command; it must refuse exactly as the model says. None when it refused."""
        type(self).done += 1
        if refusal is None:
            return run()
        with pytest.raises(refusal), transaction.atomic():
            run()
        return None


def live(life: type[Life], steps: int) -> None:
    """Lives until so many rules have been executed."""
    life.done = 0
    while life.done < steps:
        run_state_machine_as_test(
            life,
            settings=hypothesis.settings(
                max_examples=max((steps - life.done) // STEPS_A_LIFE, 1),
                stateful_step_count=STEPS_A_LIFE,
                deadline=None,
                database=None,
                suppress_health_check=list(hypothesis.HealthCheck),
            ),
        )
