"""Which themes somebody has been to: the phone works out the same from the same examples."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.courses.coverage import covered
from server.courses.models import Presence

EXAMPLES = json.loads((Path(__file__).parent / "course_coverage.json").read_text())["coverage"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["name"] for example in EXAMPLES])
def test_the_examples_hold_here_as_on_the_phone(example: dict[str, Any]) -> None:
    been = [(theme, Presence(presence)) for theme, presence in example["been"]]

    assert covered(example["themes"], been) == example["covered"]
