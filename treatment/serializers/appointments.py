"""Appointments and series."""

from rest_framework import serializers

from patients.serializers import ERROR, Colleague, Input, Key, Moment, Phone, RowInput

from ..models import Appointment, NoteFormat, Series, Session
from ..models.appointments import CancelReason
from ..models.telehealth import TELEHEALTH, HeldHow
from .shapes import ABOUT

MINUTES = {"min_value": 5, "max_value": 480}


class SeriesSerializer(serializers.ModelSerializer):
    """A session once a week."""

    class Meta:
        model = Series
        fields = [
            *ABOUT,
            "kind",
            "how",
            "place",
            "counselor",
            "first_on",
            "local_time",
            "zone",
            "minutes",
            "until_on",
            "times",
            "planned_at",
            "planned_by",
            *ERROR,
        ]


class AppointmentSerializer(serializers.ModelSerializer):
    """A session that is planned, and what came of it."""

    class Meta:
        model = Appointment
        fields = [
            *ABOUT,
            "series",
            "kind",
            "how",
            "place",
            "starts_at",
            "ends_at",
            "counselor",
            *TELEHEALTH,
            "planned_at",
            "planned_by",
            "begun_at",
            "begun_by",
            "over_at",
            "over_by",
            "state",
            "closed_at",
            "closed_by",
            "cancel_because",
            "cancel_words",
            "log_duty",
            *ERROR,
        ]


class PlanInput(RowInput):
    """Who, when, where."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    starts_at = Moment()
    minutes = serializers.IntegerField(default=50, **MINUTES)
    counselor = Colleague(required=False, allow_null=True, help_text="who holds it; you, when left out")

    class Meta:
        model = Appointment
        fields = ["id", "occurred_at", "kind", "starts_at", "minutes", "counselor", "how", "place"]


class PlanSeriesInput(RowInput):
    """Once a week, on which day, at which hour, until when."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    minutes = serializers.IntegerField(default=50, **MINUTES)
    counselor = Colleague(required=False, allow_null=True, help_text="who holds it; you, when left out")

    class Meta:
        model = Series
        fields = [
            "id",
            "occurred_at",
            "kind",
            "first_on",
            "local_time",
            "minutes",
            "until_on",
            "times",
            "counselor",
            "how",
            "place",
        ]


class ChangeAppointmentInput(Input):
    """What is different."""

    starts_at = Moment(required=False)
    minutes = serializers.IntegerField(required=False, **MINUTES)
    counselor = Colleague(required=False)
    how = serializers.ChoiceField(choices=HeldHow.choices, required=False)
    place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    rest = serializers.BooleanField(default=False, label="And the rest of the series")


class CancelAppointmentInput(Input):
    """Why it will not take place."""

    because = serializers.ChoiceField(choices=CancelReason.choices, label="Why")
    words = serializers.CharField(max_length=500, required=False, allow_blank=True)
    rest = serializers.BooleanField(default=False, label="And the rest of the series")


class BeginInput(RowInput):
    """From afar: where the person is now, and how help would reach them."""

    call_back = Phone(
        required=False, allow_blank=True, help_text="the number to call them back on when the line drops"
    )

    class Meta:
        model = Appointment
        fields = ["occurred_at", *TELEHEALTH]


class LogAppointmentInput(RowInput):
    """Who came; the times are those of its beginning and end, or as planned."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    started_at = Moment(past=True, required=False)
    ended_at = Moment(past=True, required=False)
    call_back = Phone(required=False, allow_blank=True)
    format = serializers.ChoiceField(choices=NoteFormat.choices, required=False, allow_blank=True)
    text = serializers.CharField(
        max_length=40_000, required=False, allow_blank=True, trim_whitespace=False, help_text="a first draft"
    )

    class Meta:
        model = Session
        fields = [
            "id",
            "occurred_at",
            "attendance",
            "attendance_because",
            "attendance_reason",
            "started_at",
            "ended_at",
            *TELEHEALTH,
            "oriented",
            "consented",
            "format",
            "text",
        ]
