"""Texts for people: true to their sources, plain, in two languages, and known who was given which."""

import json
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import given
from tests.then import forbidden, refused
from treatment.actions import education
from treatment.models import EducationText
from treatment.reference import TEXTS, load, publish_text

SHIPPED = [json.loads(path.read_text()) for path in sorted(TEXTS.glob("*.json"))]


@pytest.fixture
def person(clinic):
    return given.self_referred(clinic).patient


def lines(said):
    """Every line a person reads."""
    for section in said["sections"]:
        yield section["heading"]
        yield from section.get("says", [])
        yield from section.get("points", [])


def counted(said, vowels):
    """(sentences, words, syllables), counted roughly: a group of vowels is a syllable."""
    sentences = words = syllables = 0
    for line in lines(said):
        sentences += len(re.findall(r"[.!?:](?:\s|$)", line)) or 1
        found = re.findall(r"[^\W\d_]+", line.lower())
        words += len(found)
        syllables += sum(len(re.findall(f"[{vowels}]+", word)) or 1 for word in found)
    return sentences, words, syllables


@pytest.mark.parametrize("text", SHIPPED, ids=lambda text: text["slug"])
def test_each_text_says_the_same_in_both_languages_at_grade_six_with_its_sources(text):
    english, spanish = text["languages"]["en"], text["languages"]["es"]
    shape = [[len(part.get(kind, [])) for kind in ("says", "points")] for part in english["sections"]]
    assert shape == [[len(part.get(kind, [])) for kind in ("says", "points")] for part in spanish["sections"]]
    assert {*re.findall(r"\b\d{3,}\b", str(english))} <= {*re.findall(r"\b\d{3,}\b", str(spanish))}
    sentences, words, syllables = counted(english, "aeiouy")
    assert 0.39 * words / sentences + 11.8 * syllables / words - 15.59 <= 6  # Flesch-Kincaid grade
    sentences, words, syllables = counted(spanish, "aeiouáéíóúü")
    assert 206.835 - 62.3 * syllables / words - words / sentences >= 65  # Szigriszt: quite easy
    assert text["sources"] and date.fromisoformat(text["reviewed_on"]) <= timezone.localdate()


def test_loading_again_adds_nothing_and_what_is_published_never_changes(clinic):
    before = EducationText.objects.count()
    load()
    assert EducationText.objects.count() == before == 2 * len(SHIPPED)
    with forbidden("an_education_text_never_changes"):
        EducationText.objects.filter(slug="bladder").update(title="Anything")


def test_a_new_edition_replaces_the_one_before_in_its_own_languages(clinic, person, api):
    old = given.a_text()
    earlier = education.give_education(person, facility=clinic.here, text=old, how="paper", by=clinic.nurse)
    entry = next(text for text in SHIPPED if text["slug"] == "bladder")
    publish_text({**entry, "edition": 2, "languages": {"en": entry["languages"]["en"]}})
    assert (given.a_text().edition, given.a_text(language="es").edition) == (2, 1)
    with refused("edition_superseded"):
        education.give_education(person, facility=clinic.here, text=old, how="paper", by=clinic.nurse)
    earlier.refresh_from_db()
    assert (earlier.text, earlier.episode) == (old, person.episodes.get())
    found = api(clinic.nurse).get("/api/v1/education-texts/?slug=bladder&current=true").json()["results"]
    assert {(text["language"], text["edition"]) for text in found} == {("en", 2), ("es", 1)}


def test_the_timeline_says_what_was_given(clinic, person, api):
    given.a_text_given(person, clinic, how="talked", said_back="stop, and see a doctor")
    found = api(clinic.nurse).get(f"/api/v1/patients/{person.pk}/timeline/?kinds=education").json()["results"]
    expected = "Was given “Ketamine and your bladder”, english, read and talked through together"
    assert [entry["words"] for entry in found] == [expected]


def outdated():
    """A text that should have been checked again by now, in every zone."""
    due = timezone.localdate() - timedelta(days=2)
    dates = {"reviewed_on": str(due - timedelta(days=365)), "review_due_on": str(due)}
    publish_text({**SHIPPED[0], "edition": 9, **dates})
    return EducationText.objects.get(slug=SHIPPED[0]["slug"], language="en", edition=9)


def test_staff_see_that_a_text_is_past_its_review(clinic, person, client, api):
    old = outdated()
    assert api(clinic.nurse).get(f"/api/v1/education-texts/{old.pk}/").json()["past_review"] is True
    client.force_login(clinic.nurse)
    page = client.get(reverse("admin:treatment_educationtext_change", args=[old.pk])).content.decode()
    assert "This text should have been checked again by" in page
    form = client.get(reverse("admin:patients_patient_do", args=[person.pk, "give-education"])).content.decode()
    assert form.count("past review since") == 2  # in English and in Spanish
    fresh = given.a_text("crisis-and-help", "es")
    page = client.get(reverse("admin:treatment_educationtext_change", args=[fresh.pk])).content.decode()
    assert "checked again" not in page and "¿Se fue? ¿Usó?" in page and "Open the sheet" in page


def test_the_sheet_says_who_gave_it_to_nobody(clinic, person, client):
    text = given.a_text("what-ketamine-does", "es")
    given.a_text_given(person, clinic)
    sheet = reverse("admin:treatment_educationtext_print", args=[text.pk])
    assert client.get(sheet).status_code == 302
    client.force_login(clinic.nurse)
    page = client.get(sheet).content.decode()
    assert f"Revisado el {text.reviewed_on}" in page
    assert 'lang="es"' in page and "Qué hace la ketamina" in page and "color: #000" in page
    assert not [name for name in ("Harbor House", "Jo", "Nurse", "Throughline") if name in page]
    client.force_login(clinic.outsider)
    assert client.get(sheet).status_code in (403, 404)
