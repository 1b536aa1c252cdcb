"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the expected outputs anew, in the tests that compare with files; review with git diff",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--update-goldens``, run only the tests that have something to write."""
    if config.getoption("--update-goldens"):
        items[:] = [item for item in items if "update_goldens" in getattr(item, "fixturenames", ())]


@pytest.fixture(scope="session")
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether to write the expected output instead of comparing with it."""
    return bool(request.config.getoption("--update-goldens"))
