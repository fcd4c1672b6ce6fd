"""The wait list, and offers."""

from rest_framework import serializers

from patients.serializers import ERROR, Colleague, Day, Input, Moment, Seen

from ..models import Offer, Program, WaitListEntry
from ..models.waiting import MOST, LeftBecause
from .shapes import ABOUT, BedInput, TravelsInput


class WaitListEntrySerializer(serializers.ModelSerializer):
    """Somebody who waits, or waited."""

    days_waiting = serializers.SerializerMethodField(help_text="whole days, until admission or until now")

    class Meta:
        model = WaitListEntry
        fields = [
            *ABOUT,
            "program",
            "duty",
            "place_duty",
            "since_at",
            "since_by",
            "days_waiting",
            "raised",
            "raised_at",
            "raised_by",
            "raised_reason",
            "left_at",
            "left_by",
            "left_because",
            "left_note",
            *ERROR,
        ]

    def get_days_waiting(self, entry) -> int:
        """Days."""
        return entry.days_waiting()


class InLineSerializer(WaitListEntrySerializer):
    """Somebody in line: with their priority, and what raises it."""

    preferred_name = serializers.CharField(source="patient.preferred_name")
    priority = serializers.IntegerField()
    reasons = serializers.SerializerMethodField()

    class Meta(WaitListEntrySerializer.Meta):
        fields = ["priority", "reasons", "preferred_name", *WaitListEntrySerializer.Meta.fields]

    def get_reasons(self, entry) -> list[str]:
        """In words."""
        return entry.reasons()


class OfferSerializer(serializers.ModelSerializer):
    """A place kept for somebody."""

    class Meta:
        model = Offer
        fields = [
            *ABOUT,
            "entry",
            "program",
            "bed",
            "bed_override",
            "duty",
            "offered_at",
            "offered_by",
            "until_at",
            "ended_at",
            "ended_by",
            "outcome",
            "note",
            *ERROR,
        ]


class WaitInput(Input):
    """For which program, and since when."""

    program = Seen(queryset=Program.objects.all())
    since_at = Moment(past=True, required=False, help_text="when they asked; now, when left out")


class WaitingContactInput(Input):
    """What came of the call."""

    reached = serializers.BooleanField()
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)
    next_contact_at = Moment(required=False, help_text="within a week")


class RaiseInput(Input):
    """By how much, and why."""

    raised = serializers.IntegerField(min_value=0, max_value=MOST, help_text="0 takes it back")
    reason = serializers.CharField(max_length=500)


class LeaveListInput(Input):
    """Why the person waits no more."""

    because = serializers.ChoiceField(
        choices=[
            choice for choice in LeftBecause.choices if choice[0] not in (LeftBecause.ADMITTED, LeftBecause.CLOSED)
        ]
    )
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class OfferInput(BedInput):
    """Which bed, where it is known already, and how long it is kept."""

    until_at = Moment(required=False, help_text="two days from now, when left out")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class AcceptInput(TravelsInput):
    """Into which bed, when it is not the one offered; and what travels, for somebody in another program."""

    counselor = Colleague(required=False, allow_null=True, help_text="who owes the treatment plan")
    expected_end_on = Day(required=False, allow_null=True)


class NoteInput(Input):
    """A word about it."""

    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
