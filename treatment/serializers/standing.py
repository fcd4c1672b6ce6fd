"""Where a person stands, in a few words a phone can show."""

from rest_framework import serializers

from patients.models import Stage


class StandingEpisode(serializers.Serializer):
    """The thread they are on."""

    id = serializers.UUIDField()
    stage = serializers.ChoiceField(choices=Stage.choices)
    facility = serializers.UUIDField(source="facility_id")


class StandingPlacement(serializers.Serializer):
    """Where they are in treatment."""

    id = serializers.UUIDField()
    program = serializers.CharField(source="program.name")
    began_at = serializers.DateTimeField()
    day = serializers.IntegerField(source="day_now", help_text="of the stay, counted from 1")


class StandingBed(serializers.Serializer):
    """The bed that is theirs."""

    id = serializers.UUIDField(help_text="of the stay")
    unit = serializers.CharField(source="bed.unit.name")
    label = serializers.CharField(source="bed.label")
    held_until_at = serializers.DateTimeField(allow_null=True)


class StandingDuty(serializers.Serializer):
    """What is owed to them first."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="ladder.name")
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
