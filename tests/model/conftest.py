"""The house of the model test, once for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.config import Config
from server.core.localdb import Cluster
from tests.model.house import House


@pytest.fixture
def house(cluster: Cluster, settings: Config, database: str, tmp_path: Path) -> Iterator[House]:
    """The real server on an empty database."""
    opened = House(cluster, settings, tmp_path)
    yield opened
    opened.close()
