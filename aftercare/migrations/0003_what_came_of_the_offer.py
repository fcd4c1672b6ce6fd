"""A red call ends with what came of offering a new look at the level of care (domain 7.3)."""

from django.db import migrations, models

from audit.operations import Together

# At the end of the transaction: an answer ends the calls owed because it was missing before it is written itself.
# Those end with it, by the same person at the same time; whatever else is said to have been done, is not.
RED_CALL_IS_ANSWERED = """
CREATE FUNCTION red_call_is_answered() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM duties_ladder WHERE id = NEW.ladder_id AND slug = 'red_call')
        AND NOT EXISTS (
            SELECT FROM aftercare_callattempt
            WHERE duty_id = NEW.id AND outcome = 'reached' AND reassessment <> ''
        )
        AND NOT EXISTS (
            SELECT FROM aftercare_checkin missed
                JOIN aftercare_checkin later ON later.plan_id = missed.plan_id AND later.number >= missed.number
                JOIN aftercare_answer answer ON answer.check_in_id = later.id
            WHERE missed.duty_id = NEW.because_of_id AND answer.entered_in_error_at IS NULL
                AND answer.answered_at = NEW.closed_at AND answer.answered_by_id = NEW.closed_by_id
        )
    THEN
        RAISE EXCEPTION 'nobody said what came of offering a new look at the level of care'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_red_call_says_what_came_of_the_offer';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER red_call_is_answered AFTER UPDATE OF closed_at, outcome ON duties_duty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved' AND NEW.keeps_thread)
    EXECUTE FUNCTION red_call_is_answered();
"""


def how_an_answer_came():
    """With letters."""
    return models.CharField(
        choices=[
            ("call", "By phone"),
            ("in_person", "In person"),
            ("message", "By message"),
            ("link", "By link"),
            ("sms", "By text"),
            ("letter", "By letter"),
        ],
        max_length=20,
    )


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0002_triggers"), ("duties", "0004_rows_about_their_duty")]

    operations = [
        Together(
            [
                migrations.AlterField(model_name="answer", name="how", field=how_an_answer_came()),
                migrations.AlterField(model_name="answerhistory", name="how", field=how_an_answer_came()),
                migrations.AddField(
                    model_name="callattempt",
                    name="way",
                    field=models.CharField(
                        choices=[
                            ("called", "We called"),
                            ("phoned", "They phoned us"),
                            ("came_by", "They came by"),
                            ("letter", "By letter"),
                        ],
                        db_default="called",
                        max_length=10,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("way", "called"),
                            models.Q(("outcome__in", ["no_answer", "voicemail", "wrong_number"]), _negated=True),
                            _connector="OR",
                        ),
                        name="whoever_got_in_touch_was_there",
                        violation_error_code="they_were_there",
                        violation_error_message="Whoever got in touch of their own accord was there: say what came of it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "letter"), _negated=True), ("duty", None), _connector="OR"
                        ),
                        name="a_letter_ends_no_call",
                        violation_error_code="letter_is_no_call",
                        violation_error_message="A letter is no call: write down with the plan that the person got in touch.",
                    ),
                ),
                migrations.AddField(
                    model_name="callattempt",
                    name="reassessment",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Offered, and accepted"),
                            ("declined", "Offered, and declined"),
                            ("under_way", "Being assessed or placed already"),
                            ("not_offered", "Not offered, for the reason in the note"),
                        ],
                        db_default="",
                        help_text="of the level of care: what came of it",
                        max_length=20,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reassessment", ""),
                            models.Q(("outcome", "reached"), ("supporter", None)),
                            _connector="OR",
                        ),
                        name="a_new_look_is_offered_to_whoever_was_reached",
                        violation_error_code="not_reached",
                        violation_error_message="Only to somebody who was reached could a new look at the level be offered.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reassessment", "not_offered"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_new_look_that_was_not_offered_has_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say in the note why a new look at the level of care was not offered.",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(RED_CALL_IS_ANSWERED, "DROP FUNCTION red_call_is_answered CASCADE"),
    ]
