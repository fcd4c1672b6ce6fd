"""Tests today: what is to be done before the night, and what nobody has read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import given


@pytest.fixture
def page(sign_in):
    """The page as somebody sees it: (status, text, how many statements it took)."""

    def of(user):
        client = sign_in(user)
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(reverse("admin:tests_due"))
        return answer.status_code, answer.content.decode(), len(taken.captured_queries)

    return of


def with_tests(clinic, name):
    """Somebody with something of each kind."""
    episode = given.self_referred(clinic, name)
    given.an_order(episode, clinic, at=given.ago(minutes=5), due_at=timezone.now())
    given.measured(episode, clinic, report="unremarkable")
    given.found(given.a_test(episode, clinic), clinic, ketamine=True)
    return given.a_random_test(episode, clinic)


def test_what_is_due_today_and_what_nobody_read_in_as_many_statements_for_many_as_for_one(clinic, page):
    with_tests(clinic, "Maria")
    given.an_order(given.self_referred(clinic, "Later"), clinic)
    status, text, few = page(clinic.nurse)
    due, unread = text.split("Results nobody has read")
    assert status == 200
    assert due.count("Maria") == 2 and "Random test" in due and unread.count("Maria") == 2
    assert "Later" not in text
    for name in ("Jo", "Sam", "Kim"):
        with_tests(clinic, name)
    _, text, many = page(clinic.prescriber)
    assert text.count("Kim") == 4 and many <= few
    assert "Maria" not in page(clinic.nurse_elsewhere)[1]
    assert page(clinic.counselor)[0] == 403
