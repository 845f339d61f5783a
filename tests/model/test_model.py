"""Two phones, a counsellor, and a line on which anything may happen: no word is lost and none comes twice."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import REPOSITORY
from tests.model.child import ChildPhone
from tests.model.hardships import KINDS, Story
from tests.model.house import House
from tests.model.ledger import Ledger
from tests.model.reference import ReferencePhone
from tests.model.wire import Wire

STORIES = int(os.environ.get("MODEL_STORIES", "200"))
STEPS = int(os.environ.get("MODEL_STEPS", "30"))
SEED = os.environ.get("MODEL_SEED")  # tells the same stories again
SHRINK = bool(os.environ.get("MODEL_SHRINK"))  # minutes of work that only somebody at the screen wants
PWA = REPOSITORY / "pwa"


def reference() -> Any:
    """The client in Python that says what a client has to do."""
    return ReferencePhone


def typescript() -> Any:
    """The client that runs on people's phones, under Node."""
    subprocess.run(["npm", "run", "--silent", "build:client"], cwd=PWA, check=True)

    def start(wire: Wire) -> ChildPhone:
        return ChildPhone(["node", "build-out/client.mjs"], wire, folder=PWA)

    return start


class Told(Story):
    """A story that is counted, so that whoever waits for thousands of them sees how far it is."""

    begun = 0

    def __init__(self) -> None:
        super().__init__()
        kind = type(self)
        kind.begun += 1
        if STORIES > 200 and kind.begun % (STORIES // 20) == 0:
            print(f"  … {kind.begun} of {STORIES} stories", flush=True)


@pytest.fixture(params=[reference, typescript], ids=lambda make: make.__name__)
def machine(house: House, request: pytest.FixtureRequest) -> Iterator[type[Story]]:
    """The state machine at this house, with phones of one make."""
    Ledger.erased_for_good.clear()
    make = staticmethod(request.param())
    kind = type(
        "SyncHere", (Told,), {"house": house, "make_phone": make, "phones_at_hand": [], "counted": Counter()}
    )
    yield kind
    for wire, phone in kind.phones_at_hand:
        phone.close()
        wire.close()


def test_no_text_is_lost_and_all_phones_agree_in_the_end(machine: type[Story], superuser: Any) -> None:
    began = time.monotonic()

    run_state_machine_as_test(
        machine if SEED is None else seed(int(SEED))(machine),
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=STORIES <= 200,
            database=None,
            phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if SHRINK else [])],
            report_multiple_bugs=False,
        ),
    )

    print(f"{STORIES} × {STEPS} steps in {time.monotonic() - began:.0f} s: {machine.counted}")
    assert erased_words_left(superuser) == []
    if STORIES >= 200:
        never = {kind for kind in KINDS if not machine.counted[kind]}
        assert never == set(), "A run that was never in this trouble proves nothing about it."


def erased_words_left(superuser: Any) -> list[str]:
    """Texts that were erased for good and still stand somewhere in the database in the clear."""
    names = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    whole = "\n".join(
        str(superuser.execute(f"SELECT string_agg(t::text, ' ') FROM {name} t").fetchone()[0])
        for (name,) in names
    )
    return sorted(words for words in Ledger.erased_for_good if words in whole)
