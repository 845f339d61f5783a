"""A citizen in Firefox with reminders turned on."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journeys.desk import Desk
from tests.journeys.firefox import Page


@dataclass
class Person:
    """A citizen with reminders turned on, and the counsellor."""

    id: str
    page: Page
    desk: Desk
    endpoint: str
