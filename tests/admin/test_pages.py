"""Every noun is listed, found and opened by those who may, and by nobody else."""

import pytest
from django.contrib import admin
from django.urls import reverse

from audit.models import AccessEvent
from patients.models import Patient

from .conftest import address, listing, pages

NOUNS = [pytest.param(model, id=model._meta.label) for model, _ in pages()]
ABOUT_PEOPLE = [
    pytest.param(model, id=model._meta.label)
    for model, _ in pages()
    if model is Patient or any(field.name == "patient" for field in model._meta.fields)
]


def reader(clinic, page):
    """Somebody who may open every row of a noun."""
    for role in ("supervisor", "privacy", "admin"):
        if role in page.reads.allowed_roles:
            return getattr(clinic, role)
    raise AssertionError(page)


@pytest.mark.parametrize("model", NOUNS)
def test_a_noun_is_listed_and_opened(model, road, sign_in):
    page = admin.site._registry[model]
    user = reader(road.clinic, page)
    client = sign_in(user)
    if model is AccessEvent:
        client.get(address(road.patient))
    answer = client.get(listing(model))
    assert answer.status_code == 200
    rows = list(answer.context["cl"].result_list)
    assert rows, "the road leaves a row of every noun"
    for row in rows[:2]:
        assert client.get(address(row)).status_code == 200
    assert client.get(listing(model), {"q": "Maria"}).status_code == 200
