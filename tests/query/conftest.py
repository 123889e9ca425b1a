from __future__ import annotations

import pytest
from tests.query.world import World


@pytest.fixture
def world():
    """An empty store, and ways to fill it."""
    world = World()
    yield world
    world.connection.close()
