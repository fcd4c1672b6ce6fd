"""Checklists, instruments, standards of levels, plan templates and texts for people, as data."""

import json
from datetime import date
from pathlib import Path

from duties.reference import duration

from .models import Checklist, EducationText, Instrument, LevelStandard, Medication, PlanTemplate

DATA = Path(__file__).parent / "data"
SHIPPED = DATA / "checklists.json"
TEXTS = DATA / "education"
INSTRUMENTS = DATA / "instruments"
MEDICATIONS = DATA / "medications"
LEVELS = DATA / "levels.json"
PLANS = DATA / "plans"


def load():
    """Publish each edition that is not there yet."""
    for entry in json.loads(SHIPPED.read_text()):
        Checklist.objects.get_or_create(
            slug=entry["slug"],
            edition=entry["edition"],
            defaults={
                "name": entry["name"],
                "items": entry["items"],
                "source": entry["source"],
                "valid_for": duration(entry["valid_for"]) if "valid_for" in entry else None,
            },
        )
    for entry in json.loads(LEVELS.read_text()):
        key = {name: entry[name] for name in ("asam_edition", "level", "for_minors")}
        says = {name: entry[name] for name in ("hours_from", "hours_below", "source")}
        says["review_after"] = duration(entry["review_after"])
        LevelStandard.objects.get_or_create(facility=None, **key, defaults=says)
    for path in sorted(INSTRUMENTS.glob("*.json")):
        publish_instrument(json.loads(path.read_text()))
    for path in sorted(MEDICATIONS.glob("*.json")):
        publish_medications(json.loads(path.read_text()))
    for path in sorted(PLANS.glob("*.json")):
        publish_plan_template(json.loads(path.read_text()))
    for path in sorted(TEXTS.glob("*.json")):
        publish_text(json.loads(path.read_text()))


def publish_instrument(entry):
    """Publish an edition of an instrument; one that is there already is left alone."""
    key = {name: entry[name] for name in ("slug", "edition")}
    return Instrument.objects.get_or_create(**key, defaults=entry)[0]


def publish_medications(entries):
    """Publish the editions of these medications that are not there yet, in one statement."""
    known = set(Medication.objects.values_list("slug", "edition"))
    new = [entry for entry in entries if (entry["slug"], entry["edition"]) not in known]
    Medication.objects.bulk_create([Medication(**entry) for entry in new], ignore_conflicts=True)


def publish_plan_template(entry):
    """Publish an edition of a template; one that is there already is left alone."""
    key = {name: entry[name] for name in ("slug", "edition")}
    dates = {name: date.fromisoformat(entry[name]) for name in ("reviewed_on", "review_due_on")}
    return PlanTemplate.objects.get_or_create(**key, defaults={**entry, **dates})[0]


def publish_text(entry):
    """Publish an edition of a text, in each of its languages; one that is there already is left alone."""
    dates = {name: date.fromisoformat(entry[name]) for name in ("reviewed_on", "review_due_on")}
    for language, said in entry["languages"].items():
        EducationText.objects.get_or_create(
            slug=entry["slug"],
            language=language,
            edition=entry["edition"],
            defaults={**said, "sources": entry["sources"], **dates},
        )
