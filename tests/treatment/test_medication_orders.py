import pytest

from tests import given
from tests.then import owed


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic, at=given.ago(days=20))


def test_smoke(clinic, episode):
    order = given.medicated(episode, clinic)
    print(order.findings, list(order.doses.all()), owed(episode))
