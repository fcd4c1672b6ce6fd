from django.db import migrations

from audit.operations import append_only, frozen, kept

TABLES = [
    "aftercare_aftercareplan",
    "aftercare_checkin",
    "aftercare_answer",
    "aftercare_deathreport",
]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0001_initial"), ("duties", "0002_rules"), ("treatment", "0002_rules")]

    operations = [
        kept(*TABLES, "aftercare_schedule"),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        frozen(
            "aftercare_schedule",
            when="TRUE",
            name="a_schedule_never_changes",
            message="a schedule never changes",
        ),
        frozen(
            "aftercare_answer",
            when="TRUE",
            name="an_answer_never_changes",
            message="an answer never changes",
            except_columns=ERROR,
        ),
    ]
