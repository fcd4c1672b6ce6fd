"""Tests for substances, and random ones."""

from django.contrib import admin
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS
from patients.admin.people import EpisodeAdmin
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.words import NOTHING, at, due

from ..models import RandomSchedule, RandomTest, ToxReading, ToxTest
from ..models.analytes import ANALYTES
from ..models.tox_context import context
from .words import PEOPLE, unset

LEADS_TO["collect-test"] = lambda test: test
LEADS_TO["send-to-confirm"] = lambda test: test
EpisodeAdmin.does |= {"random_test": "collect-test"}


def asked_for(test):
    """The substances of a panel, one line each."""
    return [(code, ANALYTES[code].name if code in ANALYTES else code) for code in test.panel]


KEYS["results"] = asked_for


def _day(number):
    return f"{number} day{'' if number == 1 else 's'}"


def beside(test):
    """The context of a test, as people read it: [(label, value)]."""
    found = context(test)
    lines = [
        ("Found", ", ".join(_said(one) for one in found.now)),
        ("Last use of ketamine", f"{_day(found.days_since_last_use)} before, as told")
        if found.days_since_last_use is not None
        else ("Last use of ketamine", "not known" if found.frequency else ""),
        ("How often", _often(found)),
        ("Creatinine of the sample", f"{found.creatinine} mg/dL" if found.creatinine is not None else "not measured"),
        ("Sample", found.validity),
        ("Method", f"{found.method}{', presumptive' if found.presumptive else ', confirms'}"),
        ("Prescribed ketamine", "; ".join(found.prescribed_ketamine)),
        ("Given by ambulance or hospital", "; ".join(found.drugs_given) or "nothing that is known"),
        (
            "Earlier",
            "; ".join(f"{one.collected_at:%b} {one.collected_at.day}: {_said(one)}" for one in found.earlier),
        ),
        ("Hint", " ".join(found.hints)),
        ("Note", " ".join(found.notes)),
    ]
    return [(label, value) for label, value in lines if value]


def _often(found):
    days = f"{found.days_used} of the last 30 days" if found.days_used is not None else ""
    return ", ".join(filter(None, [found.frequency, days]))


def _said(one):
    amount = f" {one.value.normalize():f} {one.unit}" if one.value is not None else ""
    ratio = f" ({one.per_creatinine} ng/mg creatinine)" if one.per_creatinine is not None else ""
    return f"{one.analyte} {'positive' if one.detected else 'not detected'}{amount}{ratio}"


@admin.register(ToxTest)
class ToxTestAdmin(RecordAdmin):
    """What was collected and found, with what a clinician should know beside it."""

    list_display = ["patient", "collected", "why", "method", "says", "where_it_stands"]
    list_select_related = ["patient", "read_by"]
    list_filter = [
        yes_no("to be read", "unread", "Not read by a clinician yet", "Others", lambda rows: rows.unread()),
        unset("resulted_at", "No results yet", "With results"),
        "why",
        "method",
    ]
    search_fields = [*PEOPLE, "lab_reference"]
    on_page = ["episode__patient", "read_duty__ladder", "contact_duty__ladder", "results_duty__ladder"]
    below = ["readings", "confirmations"]
    reviews = {"read": ("says", "context"), "record-contact": ("says",), "send-to-confirm": ("says",)}
    collected = at("collected_at", "Collected")

    def get_queryset(self, request):
        """With what was found."""
        return super().get_queryset(request).prefetch_related("results")

    def get_fields(self, request, obj=None):
        """What it says first, and what stands beside it last."""
        names = super().get_fields(request, obj)
        return ["says", "where_it_stands", *names, *(["context"] if obj and obj.resulted_at else [])]

    @admin.display(description="Found")
    def says(self, row):
        """Positive or not detected, presumptive or not."""
        return row.found() or NOTHING

    @admin.display(description="Reading")
    def where_it_stands(self, row):
        """Never what it means."""
        return row.standing()

    @admin.display(description="Beside it")
    def context(self, row):
        """What a clinician should know while reading."""
        return format_html_join("", "<div>{}: {}</div>", beside(row))

    def alarms(self, request, row):
        """Somebody to be spoken with, and what a presumptive result does not do."""
        if row.entered_in_error_at:
            return []
        said = [("Speak with the person today: nothing explains what was found.", "", "")]
        return said if row.contact_duty_id and row.contacted_at is None else []

    def next_verb(self, row):
        """Results, then speaking with the person, then reading."""
        if row.resulted_at is None:
            return "record-results"
        if row.contact_duty_id and row.contacted_at is None:
            return "record-contact"
        return "read" if row.read_duty_id and row.read_at is None else ""


@admin.register(ToxReading)
class ToxReadingAdmin(RecordAdmin):
    """How clinicians read positives."""

    list_display = ["patient", "reading", "words", "when", "read_by"]
    list_select_related = ["patient", "read_by"]
    list_filter = ["reading"]
    search_fields = PEOPLE
    on_page = ["test__patient"]
    when = at("read_at", "Read")


@admin.register(RandomSchedule)
class RandomScheduleAdmin(RecordAdmin):
    """By which rule people are tested. The next day is on no page."""

    list_display = ["patient", "rule", "window", "standing", "began"]
    list_select_related = ["patient"]
    list_filter = [unset("ended_at", "Not ended", "Ended"), unset("paused_at", "Not paused", "Paused")]
    search_fields = PEOPLE
    on_page = ["episode__patient"]
    below = ["tests"]
    began = at("began_at", "Began")

    @admin.display(description="How often")
    def rule(self, row):
        """In words."""
        return str(row)

    @admin.display(description="Between")
    def window(self, row):
        """On the wall clock of the place."""
        return f"{row.window_from:%H:%M} and {row.window_until:%H:%M}"

    def next_verb(self, row):
        """Going on, where it is paused."""
        return "resume" if row.paused_at else ""


@admin.register(RandomTest)
class RandomTestAdmin(RecordAdmin):
    """Tests that chance wants today, and what came of earlier ones."""

    list_display = ["patient", "on", "due", "outcome", "reason"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = [unset("closed_at", "Owed today", "Others"), "outcome"]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder", "schedule", "test"]

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)
