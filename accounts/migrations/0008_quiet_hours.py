"""Quiet hours cover the night. Those that did not are made as long as they must be, and no longer."""

from datetime import time

from django.db import migrations, models
from django.db.models import F, Q

import audit.operations

FIRST, LAST = time(8), time(21)  # between these a machine may write (domain 7.5)
COVERS_THE_NIGHT = Q(quiet_from__gt=F("quiet_until"), quiet_from__lte=LAST, quiet_until__gte=FIRST)


def nearest(quiet_from, quiet_until):
    """The quiet hours that leave most of what these leave between 8:00 and 21:00, in one piece; or the shortest."""
    over_midnight = quiet_from > quiet_until
    left = [(quiet_until, quiet_from)] if over_midnight else [(quiet_until, time.max), (time.min, quiet_from)]
    if quiet_from == quiet_until:
        left = [(time.min, time.max)]
    pieces = [(max(start, FIRST), min(end, LAST)) for start, end in left]
    pieces = [(start, end) for start, end in pieces if start < end]
    start, end = max(pieces, key=_minutes, default=(FIRST, LAST))
    return end, start


def _minutes(piece):
    start, end = piece
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def narrow(apps, schema_editor):
    """Lengthen what is too short, and say which."""
    for place in apps.get_model("accounts", "Facility").objects.exclude(COVERS_THE_NIGHT).order_by("name"):
        was = f"{place.quiet_from:%H:%M} to {place.quiet_until:%H:%M}"
        place.quiet_from, place.quiet_until = nearest(place.quiet_from, place.quiet_until)
        place.save(update_fields=["quiet_from", "quiet_until"])
        now = f"{place.quiet_from:%H:%M} to {place.quiet_until:%H:%M}"
        print(f"\n  {place.name}: quiet hours were {was}, and are {now} now.", end="")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_emergency_numbers"),
    ]

    together = [
        migrations.AlterField(
            model_name=model,
            name=name,
            field=models.TimeField(default=default, help_text=help_text),
        )
        for model in ("facility", "facilityhistory")
        for name, default, help_text in (
            ("quiet_from", LAST, "the person's local time: 21:00, or earlier"),
            ("quiet_until", FIRST, "the next morning: 08:00, or later"),
        )
    ]
    operations = [
        audit.operations.Together(together),
        migrations.RunPython(narrow, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.CheckConstraint(
                condition=COVERS_THE_NIGHT,
                name="quiet_hours_cover_the_night",
                violation_error_code="quiet_hours_too_short",
                violation_error_message="Nobody is written to before 08:00 or after 21:00: quiet hours begin at "
                "21:00 or earlier, and end the next morning at 08:00 or later.",
            ),
        ),
    ]
