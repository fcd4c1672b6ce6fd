"""Where a person stands, in one request."""

import pytest
from django.urls import reverse

from tests import given


@pytest.fixture
def standing(api):
    """`standing(user, episode)`: the answer."""

    def standing(user, episode):
        return api(user).get(reverse("patients-standing", args=[episode.patient_id]))

    return standing


def test_it_says_who_where_and_what_comes_next(clinic, standing, django_assert_max_num_queries):
    episode = given.in_bed(clinic, at=given.ago(days=3))
    with django_assert_max_num_queries(8):
        said = standing(clinic.nurse, episode).json()
    assert (said["preferred_name"], said["episode"]["stage"]) == ("Maria", "treatment")
    assert (said["placement"]["program"], said["placement"]["day"]) == (clinic.residential.name, 4)
    assert said["bed"]["label"] == clinic.beds[0].label
    assert said["next_duty"]["name"] and isinstance(said["next_duty"]["late"], bool)


def test_somebody_outside_treatment_has_a_thread_and_no_bed(clinic, standing):
    said = standing(clinic.nurse, given.self_referred(clinic)).json()
    assert said["episode"]["stage"] and said["placement"] is None and said["bed"] is None
    assert said["next_duty"]["id"]


def test_others_learn_nothing(clinic, standing):
    episode = given.in_bed(clinic)
    assert standing(clinic.nurse_elsewhere, episode).status_code == 404
    assert standing(clinic.outsider, episode).status_code in {403, 404}
