"""Schedules."""

from rest_framework import serializers

from ..models import Schedule


class ScheduleSerializer(serializers.ModelSerializer):
    """When check-ins fall due."""

    class Meta:
        model = Schedule
        fields = ["id", "version", "slug", "edition", "facility", "name", "steps", "local_time", "source"]
