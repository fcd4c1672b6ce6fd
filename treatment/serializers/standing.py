"""Where a person stands, in a few words a phone can show."""

from rest_framework import serializers

from patients.models import Stage


class StandingEpisode(serializers.Serializer):
    """The thread they are on."""

    id = serializers.UUIDField(source="episode__id")
    stage = serializers.ChoiceField(choices=Stage.choices, source="episode__stage")
    facility = serializers.UUIDField(source="episode__facility_id")


class StandingPlacement(serializers.Serializer):
    """Where they are in treatment."""

    id = serializers.UUIDField()
    program = serializers.CharField(source="program__name")
    began_at = serializers.DateTimeField()
    day = serializers.IntegerField(help_text="of the stay, counted from 1")


class StandingBed(serializers.Serializer):
    """The bed that is theirs."""

    id = serializers.UUIDField(help_text="of the stay", source="stay__id")
    unit = serializers.CharField(source="stay__bed__unit__name")
    label = serializers.CharField(source="stay__bed__label")
    held_until_at = serializers.DateTimeField(allow_null=True, source="stay__held_until_at")


class StandingDuty(serializers.Serializer):
    """What is owed to them first."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="ladder__name")
    due_at = serializers.DateTimeField()
    late = serializers.BooleanField()


class StandingSerializer(serializers.Serializer):
    """Who this is, where they stand, what comes next."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    number = serializers.IntegerField()
    preferred_name = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)
    episode = StandingEpisode(allow_null=True)
    placement = StandingPlacement(allow_null=True)
    bed = StandingBed(allow_null=True)
    next_duty = StandingDuty(allow_null=True)
