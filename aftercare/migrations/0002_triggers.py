"""What holds of aftercare whatever the code does: triggers, and what `web` may not change."""

from django.db import migrations

from audit.operations import append_only, frozen, kept


class Migration(migrations.Migration):
    replaces = [
        ("aftercare", "0001_initial"),
        ("aftercare", "0002_rules"),
        ("aftercare", "0003_check_ins_that_adapt"),
        ("aftercare", "0004_the_way_in"),
        ("aftercare", "0005_calls"),
        ("aftercare", "0006_answers_entered_in_error"),
        ("aftercare", "0007_fewer_indexes"),
    ]
    dependencies = [
        ("aftercare", "0001_tables"),
        ("accounts", "0002_triggers"),
        ("patients", "0002_triggers"),
        ("duties", "0002_triggers"),
        ("treatment", "0002_triggers"),
    ]
    operations = [
        kept(
            "aftercare_aftercareplan",
            "aftercare_answer",
            "aftercare_answerdraft",
            "aftercare_checkin",
            "aftercare_checkinlink",
            "aftercare_deathreport",
            "aftercare_pause",
            "aftercare_safeword",
            "aftercare_schedule",
        ),
        append_only("aftercare_callattempt", "aftercare_tiering"),
        append_only(
            "aftercare_aftercareplanhistory",
            "aftercare_answerhistory",
            "aftercare_checkinhistory",
            "aftercare_checkinlinkhistory",
            "aftercare_deathreporthistory",
            "aftercare_pausehistory",
            "aftercare_safewordhistory",
            by_trigger=True,
        ),
        frozen(
            "aftercare_schedule",
            when="OLD.published_at IS NOT NULL",
            name="a_schedule_never_changes",
            message="a published schedule never changes",
        ),
        frozen(
            "aftercare_answer",
            when="TRUE",
            name="an_answer_never_changes",
            message="an answer never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
    ]
