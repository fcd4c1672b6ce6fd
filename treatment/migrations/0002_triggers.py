"""What holds of treatment whatever the code does: triggers, and what `web` may not change."""

from django.db import migrations

from audit.operations import append_only, frozen, kept

# The lock covers what was signed, named column by named column: an error mark, and later a co-signature,
# stay possible. The session the note is about is locked with it.
SESSION_OF_SIGNED_NOTE = """
CREATE FUNCTION session_of_signed_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        IS DISTINCT FROM
       (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
       AND EXISTS (
           SELECT FROM treatment_sessionnote
           WHERE session_id = OLD.id AND signed_at IS NOT NULL AND entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'the note of this session is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_session_with_a_signed_note_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_session_of_signed_note BEFORE UPDATE ON treatment_session
    FOR EACH ROW EXECUTE FUNCTION session_of_signed_note();
"""

# An exclusion constraint cannot look at two tables. Both sides take the bed's lock first, so that of a block and a
# stay that begin at once the second sees the first.
BED_IS_NOT_BLOCKED = """
CREATE FUNCTION bed_is_not_blocked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.entered_in_error_at IS NOT NULL THEN RETURN NEW; END IF;
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedblock
        WHERE bed_id = NEW.bed_id
          AND tstzrange(began_at, coalesce(ended_at, until_at)) && tstzrange(NEW.began_at, NEW.ended_at))
    THEN
        RAISE EXCEPTION 'the bed is blocked' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_blocked_bed_stays_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_blocked_bed_stays_empty AFTER INSERT OR UPDATE OF bed_id, began_at ON treatment_bedstay
    FOR EACH ROW EXECUTE FUNCTION bed_is_not_blocked();
"""

BED_IS_NOT_TAKEN = """
CREATE FUNCTION bed_is_not_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedstay
        WHERE bed_id = NEW.bed_id AND entered_in_error_at IS NULL
          AND tstzrange(began_at, ended_at) && tstzrange(NEW.began_at, coalesce(NEW.ended_at, NEW.until_at)))
    THEN
        RAISE EXCEPTION 'the bed is taken' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_taken_bed_is_not_blocked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_taken_bed_is_not_blocked AFTER INSERT OR UPDATE OF bed_id, began_at, until_at ON treatment_bedblock
    FOR EACH ROW EXECUTE FUNCTION bed_is_not_taken();
"""

# What a group shares stands on the charts of all who came: signed by one of them, it is locked for all.
GROUP_OF_SIGNED_NOTE = """
CREATE FUNCTION group_of_signed_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        IS DISTINCT FROM
       (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
       AND EXISTS (
           SELECT FROM treatment_sessionnote n JOIN treatment_session s ON s.id = n.session_id
           WHERE s.group_id = OLD.id AND n.signed_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'a note of this group was signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_shared_text_that_was_signed_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_group_of_signed_note BEFORE UPDATE ON treatment_groupsession
    FOR EACH ROW EXECUTE FUNCTION group_of_signed_note();
"""

# An exclusion constraint cannot look at two tables. Both sides take the bed's lock first, so that of a hold and a
# stay that begin at once the second sees the first. A hold that was not ended by hand counts until its time is over.
BED_IS_NOT_HELD = """
CREATE FUNCTION bed_is_not_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.entered_in_error_at IS NOT NULL THEN RETURN NEW; END IF;
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedhold
        WHERE bed_id = NEW.bed_id AND patient_id <> NEW.patient_id
          AND ended_at IS NULL AND entered_in_error_at IS NULL
          AND tstzrange(held_at, until_at) && tstzrange(NEW.began_at, NEW.ended_at))
    THEN
        RAISE EXCEPTION 'the bed is held'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_held_bed_waits_for_its_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_held_bed_waits_for_its_person AFTER INSERT OR UPDATE OF bed_id, began_at ON treatment_bedstay
    FOR EACH ROW EXECUTE FUNCTION bed_is_not_held();
"""

HELD_BED_IS_FREE = """
CREATE FUNCTION held_bed_is_free() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedstay
        WHERE bed_id = NEW.bed_id AND entered_in_error_at IS NULL
          AND tstzrange(began_at, ended_at) && tstzrange(NEW.held_at, NEW.until_at))
    THEN
        RAISE EXCEPTION 'the bed is taken' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_held_bed_is_free';
    END IF;
    IF EXISTS (
        SELECT FROM treatment_bedblock
        WHERE bed_id = NEW.bed_id
          AND tstzrange(began_at, coalesce(ended_at, until_at)) && tstzrange(NEW.held_at, NEW.until_at))
    THEN
        RAISE EXCEPTION 'the bed is blocked' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_held_bed_is_usable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_held_bed_is_free AFTER INSERT OR UPDATE OF bed_id, held_at, until_at ON treatment_bedhold
    FOR EACH ROW EXECUTE FUNCTION held_bed_is_free();
"""

# A plan is signed as a whole: while anybody's signature stands on it, none of its lines is written, moved or added.
# The plan is locked first, so that a line that is written while somebody signs waits, and is refused.
LINE_OF_A_DRAFT = """
CREATE FUNCTION line_of_a_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM treatment_treatmentplan
        WHERE id = NEW.plan_id AND staff_signed_at IS NULL AND person_answered_at IS NULL
        FOR NO KEY UPDATE;
    IF NOT FOUND OR (TG_OP = 'UPDATE' AND OLD.plan_id IS DISTINCT FROM NEW.plan_id) THEN
        RAISE EXCEPTION 'a signed plan never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_plan_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_line_of_a_draft BEFORE INSERT OR UPDATE ON treatment_goal
    FOR EACH ROW EXECUTE FUNCTION line_of_a_draft();
CREATE TRIGGER a_line_of_a_draft BEFORE INSERT OR UPDATE ON treatment_intervention
    FOR EACH ROW EXECUTE FUNCTION line_of_a_draft();
CREATE TRIGGER a_line_of_a_draft BEFORE INSERT OR UPDATE ON treatment_objective
    FOR EACH ROW EXECUTE FUNCTION line_of_a_draft();
CREATE TRIGGER a_line_of_a_draft BEFORE INSERT OR UPDATE ON treatment_problem
    FOR EACH ROW EXECUTE FUNCTION line_of_a_draft();
"""

# What was worked on is locked with the note; and a note is not signed before it is said.
WORKED_ON_OF_A_DRAFT = """
CREATE FUNCTION worked_on_of_a_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    signed boolean;
BEGIN
    SELECT bool_or(signed_at IS NOT NULL AND entered_in_error_at IS NULL) INTO signed FROM (
        SELECT signed_at, entered_in_error_at FROM treatment_sessionnote
        WHERE session_id IN (NEW.session_id, OLD.session_id) FOR NO KEY UPDATE) AS locked;
    IF signed THEN
        RAISE EXCEPTION 'the note of this session is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_worked_on_is_locked_with_the_note';
    END IF;
    IF NEW.objective_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM treatment_objective o JOIN treatment_session s ON s.episode_id = o.episode_id
        WHERE o.id = NEW.objective_id AND s.id = NEW.session_id)
    THEN
        RAISE EXCEPTION 'an objective of somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_rating_is_of_the_persons_own_plan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_worked_on_of_a_draft BEFORE INSERT OR UPDATE ON treatment_sessionobjective
    FOR EACH ROW EXECUTE FUNCTION worked_on_of_a_draft();
"""

NOTE_SAYS_WHAT_WAS_WORKED_ON = """
CREATE FUNCTION note_says_what_was_worked_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR OLD.signed_at IS NULL) AND NOT EXISTS (
        SELECT FROM treatment_sessionobjective WHERE session_id = NEW.session_id AND removed_at IS NULL)
    THEN
        RAISE EXCEPTION 'nothing says what was worked on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_note_says_what_was_worked_on';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_says_what_was_worked_on AFTER INSERT OR UPDATE OF signed_at ON treatment_sessionnote
    FOR EACH ROW WHEN (NEW.signed_at IS NOT NULL) EXECUTE FUNCTION note_says_what_was_worked_on();
"""

# A late entry is what its place calls one when it is logged, and stays one; nobody writes this column by hand.
SESSION_LATE_ENTRY = """
CREATE FUNCTION session_late_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.ended_at = OLD.ended_at AND NEW.logged_at = OLD.logged_at THEN
        NEW.late_entry := OLD.late_entry;
    ELSE
        NEW.late_entry := NEW.logged_at - NEW.ended_at
            > (SELECT logged_within FROM accounts_facility WHERE id = NEW.facility_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_session_late_entry BEFORE INSERT OR UPDATE ON treatment_session
    FOR EACH ROW EXECUTE FUNCTION session_late_entry();
"""

# Signed is not one row but all that is read together. Who was in a group, and who was not, is read with each of its
# notes: from the first signature on nobody joins or leaves it, and only who has a draft of their own is corrected.
ATTENDANCE_OF_SIGNED_GROUP = """
CREATE FUNCTION attendance_of_signed_group() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
            IS NOT DISTINCT FROM
           (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id AND EXISTS (
            SELECT FROM treatment_sessionnote
            WHERE session_id = OLD.id AND signed_at IS NULL AND entered_in_error_at IS NULL)
        THEN RETURN NEW; END IF;
    END IF;
    IF EXISTS (
        SELECT FROM treatment_sessionnote n JOIN treatment_session s ON s.id = n.session_id
        WHERE s.group_id IN (NEW.group_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.group_id END)
          AND n.signed_at IS NOT NULL AND n.entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'a note of this group is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_attendance_that_was_signed_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aa_attendance_of_new_group BEFORE INSERT ON treatment_session
    FOR EACH ROW WHEN (NEW.group_id IS NOT NULL) EXECUTE FUNCTION attendance_of_signed_group();
CREATE TRIGGER aa_attendance_of_signed_group BEFORE UPDATE ON treatment_session
    FOR EACH ROW WHEN (OLD.group_id IS NOT NULL OR NEW.group_id IS NOT NULL)
    EXECUTE FUNCTION attendance_of_signed_group();
"""

# A signed counseling note is sealed anew only under another key; and only its author lets somebody read it.
COUNSELING_NOTE_SEALED_ANEW = """
CREATE FUNCTION counseling_note_sealed_anew() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.sealed = OLD.sealed) <> (NEW.key_id = OLD.key_id) OR NEW.key_id = '' THEN
        RAISE EXCEPTION 'a signed note never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_counseling_note_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_counseling_note_sealed_anew BEFORE UPDATE ON treatment_counselingnote
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION counseling_note_sealed_anew();
"""

COUNSELING_GRANT_BY_ITS_AUTHOR = """
CREATE FUNCTION counseling_grant_by_its_author() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatment_counselingnote
        WHERE id = NEW.note_id AND written_by_id = NEW.granted_by_id AND patient_id = NEW.patient_id)
    THEN
        RAISE EXCEPTION 'only its author lets others read'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_its_author_lets_others_read';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_counseling_grant_by_its_author BEFORE INSERT ON treatment_counselinggrant
    FOR EACH ROW EXECUTE FUNCTION counseling_grant_by_its_author();
"""

# The steps of MedicationOrder.NEXT; a test asks the trigger about every pair.
MEDICATION_ORDER_STEPS = """
CREATE FUNCTION medication_order_steps() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'active' THEN
            RAISE EXCEPTION 'an order begins as active, not as %', NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_takes_its_steps';
        END IF;
    ELSIF NEW.state IS DISTINCT FROM OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('active', 'held'), ('active', 'stopped'), ('active', 'completed'), ('held', 'active'), ('held', 'stopped')
    ) THEN
        RAISE EXCEPTION 'from % to % is no step', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_takes_its_steps';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER medication_order_steps BEFORE INSERT OR UPDATE ON treatment_medicationorder
    FOR EACH ROW EXECUTE FUNCTION medication_order_steps();
"""

# The system never labels a positive: whoever reads it is a nurse or a prescriber, at whichever place.
A_CLINICIAN_READS = """
CREATE FUNCTION a_clinician_reads() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_membership
        WHERE user_id = NEW.read_by_id AND role IN ('nurse', 'prescriber') AND ended_at IS NULL)
    THEN
        RAISE EXCEPTION 'a positive is read by a clinician'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_clinician_reads_a_positive';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clinician_reads BEFORE INSERT ON treatment_toxreading
    FOR EACH ROW EXECUTE FUNCTION a_clinician_reads();
"""

# Nobody loses their place over a result that may be wrong, that nobody has read, or that is somebody else's.
TEST_IS_A_GROUND = """
CREATE FUNCTION test_is_a_ground() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatment_toxtest
        WHERE id = NEW.test_id AND episode_id = NEW.episode_id AND method IN ('lcms', 'gcms')
            AND resulted_at IS NOT NULL AND entered_in_error_at IS NULL
            AND (read_duty_id IS NULL OR read_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'a presumptive result is no ground'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_presumptive_result_is_no_ground';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_test_is_a_ground BEFORE INSERT OR UPDATE OF test_id ON treatment_dischargeproposal
    FOR EACH ROW WHEN (NEW.test_id IS NOT NULL) EXECUTE FUNCTION test_is_a_ground();
"""

# A round is written down when it was made; by whose clock, nobody chooses.
ROUND_BY_OUR_CLOCK = """
CREATE FUNCTION round_by_our_clock() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.entered_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER a_round_by_our_clock BEFORE INSERT ON treatment_roundentry
    FOR EACH ROW EXECUTE FUNCTION round_by_our_clock();
"""

EVENT_NEVER_CHANGES = """
CREATE FUNCTION event_never_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'this is only ever added to' USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;
CREATE TRIGGER an_incident_entry_never_changes BEFORE UPDATE OR DELETE ON treatment_incidententry
    FOR EACH ROW EXECUTE FUNCTION event_never_changes('an_incident_entry_never_changes');
CREATE TRIGGER a_round_never_changes BEFORE UPDATE OR DELETE ON treatment_roundentry
    FOR EACH ROW EXECUTE FUNCTION event_never_changes('a_round_never_changes');
CREATE TRIGGER a_strike_never_changes BEFORE UPDATE OR DELETE ON treatment_roundstrike
    FOR EACH ROW EXECUTE FUNCTION event_never_changes('a_strike_never_changes');
"""

# The steps of Incident.NEXT.
INCIDENT_STEPS = """
CREATE FUNCTION incident_steps() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('reported', 'review'), ('review', 'signed')) THEN
        RAISE EXCEPTION 'no step from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_incident_goes_step_by_step';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_incident_steps BEFORE UPDATE ON treatment_incident
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION incident_steps();
"""

# What a duty stands for is done by its own verb, which fills a column of the row: refusal, table, duty, column.
ANSWERED = [
    ("a_bladder_sign_is_reviewed", "bladderentry", "duty_id", "reviewed_at"),
    ("a_body_check_is_made_or_stopped", "bodycheck", "duty_id", "ended_at"),
    ("a_discrepancy_is_settled", "medicationcount", "duty_id", "settled_at"),
    ("a_grave_incident_is_taken_up", "incident", "page_duty_id", "review_began_at"),
    ("a_level_assessment_is_cosigned", "levelofcareassessment", "cosign_duty_id", "cosigned_at"),
    ("a_level_assessment_is_signed", "levelofcareassessment", "sign_duty_id", "signed_at"),
    ("a_notice_is_given", "intake", "notice_duty_id", "notice_given_at"),
    ("a_positive_is_read_by_a_clinician", "toxtest", "read_duty_id", "read_at"),
    ("a_random_test_is_collected_or_said_not_to_be", "randomtest", "duty_id", "closed_at"),
    ("a_referral_ends_when_the_person_was_seen", "urologyreferral", "duty_id", "ended_at"),
    ("a_suicide_screen_is_settled", "suicidescreen", "duty_id", "settled_at"),
    ("a_test_has_its_results", "toxtest", "results_duty_id", "resulted_at"),
    ("a_verbal_order_is_acknowledged", "medicationorder", "acknowledge_duty_id", "acknowledged_at"),
    ("a_warning_is_answered", "emergencywarning", "duty_id", "answered_at"),
    ("an_action_is_done", "incidentaction", "duty_id", "done_at"),
    ("an_assessment_is_settled", "assessment", "duty_id", "settled_at"),
    ("an_incident_is_signed_off", "incident", "review_duty_id", "signed_at"),
    ("an_investigation_is_done_or_not", "investigation", "duty_id", "done_at"),
    ("an_outside_report_is_settled", "incidentreport", "duty_id", "done_at"),
    ("an_unexpected_positive_is_spoken_about", "toxtest", "contact_duty_id", "contacted_at"),
    ("results_are_read_by_a_clinician", "investigation", "read_duty_id", "read_at"),
]
ASKED = "".join(
    f"""
            UNION ALL SELECT '{refusal}'::text FROM treatment_{table}
            WHERE {duty} = NEW.id AND {column} IS NULL AND entered_in_error_at IS NULL"""
    for refusal, table, duty, column in ANSWERED
)

# Asked once, and only when a duty ends: the clock moves thousands a second. A batch that looks made up is looked at
# even when what is owed is canceled: that alone is asked then.
DUTY_IS_ANSWERED_FOR = f"""
CREATE FUNCTION duty_is_answered_for() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    waiting text;
BEGIN
    IF NEW.outcome = 'resolved' THEN
        SELECT name INTO waiting FROM (
            SELECT 'a_batch_is_looked_at'::text FROM treatment_roundbatch
            WHERE duty_id = NEW.id AND looked_at IS NULL{ASKED}
            UNION ALL SELECT 'rounds_go_on'::text FROM treatment_roundorder
            WHERE duty_id = NEW.id AND entered_in_error_at IS NULL
            UNION ALL SELECT 'rounds_go_on'::text FROM treatment_roundorder
            WHERE review_duty_id = NEW.id AND entered_in_error_at IS NULL
            UNION ALL SELECT 'a_scheduled_assessment_is_asked'::text FROM treatment_scheduledassessment
            WHERE duty_id = NEW.id) AS unanswered (name) LIMIT 1;
    ELSE
        SELECT 'a_batch_is_looked_at'::text INTO waiting FROM treatment_roundbatch
        WHERE duty_id = NEW.id AND looked_at IS NULL LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'what this duty stands for has no answer yet'
            USING ERRCODE = 'check_violation', CONSTRAINT = waiting;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_is_answered AFTER UPDATE OF closed_at, outcome ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION duty_is_answered_for();
"""

# Each line hangs on a line of the same plan.
SAME_PLAN = """
ALTER TABLE treatment_problem ADD CONSTRAINT treatment_problem_of_plan UNIQUE (id, plan_id);
ALTER TABLE treatment_goal ADD CONSTRAINT treatment_goal_of_plan UNIQUE (id, plan_id);
ALTER TABLE treatment_objective ADD CONSTRAINT treatment_objective_of_plan UNIQUE (id, plan_id);
ALTER TABLE treatment_intervention ADD CONSTRAINT treatment_intervention_of_plan UNIQUE (id, plan_id);
ALTER TABLE treatment_goal ADD CONSTRAINT a_goal_is_of_the_plan_of_its_problem
    FOREIGN KEY (problem_id, plan_id) REFERENCES treatment_problem (id, plan_id);
ALTER TABLE treatment_objective ADD CONSTRAINT an_objective_is_of_the_plan_of_its_goal
    FOREIGN KEY (goal_id, plan_id) REFERENCES treatment_goal (id, plan_id);
ALTER TABLE treatment_intervention ADD CONSTRAINT an_intervention_is_of_the_plan_of_its_objective
    FOREIGN KEY (objective_id, plan_id) REFERENCES treatment_objective (id, plan_id);
"""


class Migration(migrations.Migration):
    replaces = [
        ("treatment", "0001_initial"),
        ("treatment", "0002_rules"),
        ("treatment", "0003_complete_programs"),
        ("treatment", "0004_waiting_and_leaving"),
        ("treatment", "0005_what_use_asks_for"),
        ("treatment", "0006_legal_grounds_and_worries"),
        ("treatment", "0007_arrival"),
        ("treatment", "0008_texts_for_people"),
        ("treatment", "0009_safety"),
        ("treatment", "0010_groups_blocks_and_addenda"),
        ("treatment", "0011_ketamine_medication_and_private_screens"),
        ("treatment", "0012_bed_restrictions"),
        ("treatment", "0013_instruments_and_assessments"),
        ("treatment", "0014_beds_and_leave"),
        ("treatment", "0015_levels_of_care"),
        ("treatment", "0016_instruments_by_schedule"),
        ("treatment", "0017_treatment_plans"),
        ("treatment", "0018_sessions_in_full"),
        ("treatment", "0019_medication_orders"),
        ("treatment", "0020_tests_and_bodies"),
        ("treatment", "0021_rounds_and_incidents"),
        ("treatment", "0022_medication_errors_and_first_levels"),
        ("treatment", "0023_when_a_duty_ends"),
        ("treatment", "0024_sessions_of_a_day"),
        ("treatment", "0025_asked_after_discharge"),
        ("treatment", "0026_shared_texts_that_were_signed"),
        ("treatment", "0027_notes_by_author"),
        ("treatment", "0028_a_rating_asks_once"),
        ("treatment", "0029_what_is_ordered_says_how_much_and_how_often"),
        ("treatment", "0030_every_code_of_a_substance"),
        ("treatment", "0031_results_that_came_along"),
        ("treatment", "0032_a_use_not_in_the_catalog"),
        ("treatment", "0033_duties_end_by_one_question"),
    ]
    dependencies = [
        ("treatment", "0001_tables"),
        ("accounts", "0002_triggers"),
        ("patients", "0002_triggers"),
        ("duties", "0002_triggers"),
    ]
    operations = [
        kept(
            "treatment_absence",
            "treatment_addendum",
            "treatment_administration",
            "treatment_analyteresult",
            "treatment_appointment",
            "treatment_assaultreader",
            "treatment_assaultscreen",
            "treatment_assessment",
            "treatment_assessmentschedule",
            "treatment_bed",
            "treatment_bedblock",
            "treatment_bedhold",
            "treatment_bedrestriction",
            "treatment_bedstay",
            "treatment_bladderentry",
            "treatment_bodycheck",
            "treatment_checklist",
            "treatment_clearance",
            "treatment_conversation",
            "treatment_counselinggrant",
            "treatment_counselingnote",
            "treatment_departure",
            "treatment_discharge",
            "treatment_dischargeproposal",
            "treatment_dose",
            "treatment_druggiven",
            "treatment_educationgiven",
            "treatment_educationtext",
            "treatment_emergencywarning",
            "treatment_goal",
            "treatment_groupsession",
            "treatment_handover",
            "treatment_harmreductionoffer",
            "treatment_incident",
            "treatment_incidentaction",
            "treatment_incidentperson",
            "treatment_incidentreport",
            "treatment_instrument",
            "treatment_instrumentpermission",
            "treatment_intake",
            "treatment_intervention",
            "treatment_investigation",
            "treatment_legalstatus",
            "treatment_levelmapping",
            "treatment_levelofcareassessment",
            "treatment_levelstandard",
            "treatment_medication",
            "treatment_medicationcheck",
            "treatment_medicationcount",
            "treatment_medicationoffer",
            "treatment_medicationorder",
            "treatment_medicationstatement",
            "treatment_moodreview",
            "treatment_objective",
            "treatment_observation",
            "treatment_observationorder",
            "treatment_offer",
            "treatment_placement",
            "treatment_planreview",
            "treatment_plantemplate",
            "treatment_prescribedketamine",
            "treatment_prescribercontact",
            "treatment_problem",
            "treatment_program",
            "treatment_randomdraw",
            "treatment_randomschedule",
            "treatment_randomtest",
            "treatment_reconciliation",
            "treatment_roundbatch",
            "treatment_roundorder",
            "treatment_scheduledassessment",
            "treatment_series",
            "treatment_session",
            "treatment_sessionnote",
            "treatment_sessionobjective",
            "treatment_step",
            "treatment_suicidescreen",
            "treatment_toxreading",
            "treatment_toxtest",
            "treatment_transfer",
            "treatment_treatmentplan",
            "treatment_unit",
            "treatment_urologyreferral",
            "treatment_waitlistentry",
            "treatment_withdrawalreview",
            "treatment_worry",
        ),
        append_only(
            "treatment_analyteresult",
            "treatment_incidententry",
            "treatment_instrumentpermission",
            "treatment_roundentry",
            "treatment_roundstrike",
            "treatment_toxreading",
        ),
        append_only(
            "treatment_absencehistory",
            "treatment_addendumhistory",
            "treatment_administrationhistory",
            "treatment_appointmenthistory",
            "treatment_assaultreaderhistory",
            "treatment_assaultscreenhistory",
            "treatment_assessmenthistory",
            "treatment_bedblockhistory",
            "treatment_bedhistory",
            "treatment_bedholdhistory",
            "treatment_bedrestrictionhistory",
            "treatment_bedstayhistory",
            "treatment_bladderentryhistory",
            "treatment_bodycheckhistory",
            "treatment_clearancehistory",
            "treatment_conversationhistory",
            "treatment_counselinggranthistory",
            "treatment_counselingnotehistory",
            "treatment_departurehistory",
            "treatment_dischargehistory",
            "treatment_dischargeproposalhistory",
            "treatment_druggivenhistory",
            "treatment_educationgivenhistory",
            "treatment_emergencywarninghistory",
            "treatment_goalhistory",
            "treatment_groupsessionhistory",
            "treatment_handoverhistory",
            "treatment_harmreductionofferhistory",
            "treatment_incidentactionhistory",
            "treatment_incidenthistory",
            "treatment_incidentpersonhistory",
            "treatment_incidentreporthistory",
            "treatment_intakehistory",
            "treatment_interventionhistory",
            "treatment_investigationhistory",
            "treatment_legalstatushistory",
            "treatment_levelofcareassessmenthistory",
            "treatment_levelstandardhistory",
            "treatment_medicationcheckhistory",
            "treatment_medicationcounthistory",
            "treatment_medicationofferhistory",
            "treatment_medicationorderhistory",
            "treatment_medicationstatementhistory",
            "treatment_moodreviewhistory",
            "treatment_objectivehistory",
            "treatment_observationhistory",
            "treatment_observationorderhistory",
            "treatment_offerhistory",
            "treatment_placementhistory",
            "treatment_planreviewhistory",
            "treatment_prescribedketaminehistory",
            "treatment_prescribercontacthistory",
            "treatment_problemhistory",
            "treatment_programhistory",
            "treatment_randomschedulehistory",
            "treatment_randomtesthistory",
            "treatment_reconciliationhistory",
            "treatment_roundbatchhistory",
            "treatment_roundorderhistory",
            "treatment_scheduledassessmenthistory",
            "treatment_serieshistory",
            "treatment_sessionhistory",
            "treatment_sessionnotehistory",
            "treatment_sessionobjectivehistory",
            "treatment_stephistory",
            "treatment_suicidescreenhistory",
            "treatment_toxtesthistory",
            "treatment_transferhistory",
            "treatment_treatmentplanhistory",
            "treatment_unithistory",
            "treatment_urologyreferralhistory",
            "treatment_waitlistentryhistory",
            "treatment_withdrawalreviewhistory",
            "treatment_worryhistory",
            by_trigger=True,
        ),
        frozen(
            "treatment_treatmentplan",
            when="OLD.in_force_at IS NOT NULL AND OLD.ended_at IS NULL",
            name="a_plan_in_force_never_changes",
            message="a plan in force never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "ended_at",
                "ended_by_id",
                "ended_because",
            ],
        ),
        frozen(
            "treatment_counselingnote",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_counseling_note_never_changes",
            message="a signed note never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "key_id",
                "sealed",
            ],
        ),
        frozen(
            "treatment_plantemplate",
            when="TRUE",
            name="a_plan_template_never_changes",
            message="a plan template never changes",
        ),
        frozen(
            "treatment_randomtest",
            when="OLD.closed_at IS NOT NULL",
            name="the_outcome_of_a_random_test_never_changes",
            message="an outcome never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_administration",
            when="OLD.witnessed_at IS NOT NULL",
            name="what_was_witnessed_never_changes",
            message="what was witnessed never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_incident",
            when="OLD.signed_at IS NULL",
            name="a_report_never_changes",
            message="what was reported never changes",
            except_columns=[
                "state",
                "review_began_at",
                "review_began_by_id",
                "conclusion",
                "factors",
                "severity",
                "signed_at",
                "signed_by_id",
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
            ],
        ),
        frozen(
            "treatment_counselinggrant",
            when="TRUE",
            name="a_grant_never_changes",
            message="a grant never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "revoked_at",
                "revoked_by_id",
            ],
        ),
        frozen(
            "treatment_treatmentplan",
            when="OLD.ended_at IS NOT NULL",
            name="a_plan_that_is_over_never_changes",
            message="a plan that is over never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_assessment",
            when="OLD.answered_at IS NOT NULL",
            name="an_answered_assessment_never_changes",
            message="answers never change",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "settled_at",
                "settled_by_id",
                "settled_reason",
            ],
        ),
        frozen(
            "treatment_administration",
            when="OLD.witnessed_at IS NULL",
            name="an_administration_never_changes",
            message="an administration never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "witnessed_at",
                "witnessed_by_id",
            ],
        ),
        frozen(
            "treatment_dose",
            when="TRUE",
            name="a_dose_stays_where_it_is_due",
            message="a dose keeps its order and its time",
            except_columns=["closed_at", "closed_because"],
        ),
        frozen(
            "treatment_counselingnote",
            when="TRUE",
            name="a_counseling_note_stays_where_it_is",
            message="a counseling note stays where it is",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "key_id",
                "sealed",
                "signed_at",
                "signed_by_id",
            ],
        ),
        frozen(
            "treatment_medication", when="TRUE", name="a_medication_never_changes", message="editions never change"
        ),
        # The lock covers what was signed. What was said or given later, and an error mark, stay possible.
        frozen(
            "treatment_discharge",
            when="OLD.summary_signed_at IS NOT NULL",
            name="a_signed_summary_never_changes",
            message="a signed summary never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "checklist_answers",
                "information_offered",
                "rest_duty_id",
            ],
        ),
        frozen(
            "treatment_levelofcareassessment",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_level_assessment_never_changes",
            message="a signed assessment never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "cosigned_at",
                "cosigned_by_id",
                "cosigner_credential",
                "review_duty_id",
                "next_review_due_at",
            ],
        ),
        frozen(
            "treatment_incident",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_incident_never_changes",
            message="a signed incident never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_toxtest",
            when="OLD.resulted_at IS NOT NULL",
            name="a_test_with_results_never_changes",
            message="results never change",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "read_at",
                "read_by_id",
                "contacted_at",
                "contacted_by_id",
                "contact_in_words",
            ],
        ),
        frozen(
            "treatment_urologyreferral",
            when="OLD.ended_at IS NOT NULL",
            name="a_referral_that_ended_never_changes",
            message="a referral that ended never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_checklist", when="TRUE", name="a_checklist_never_changes", message="a checklist never changes"
        ),
        frozen(
            "treatment_levelmapping",
            when="TRUE",
            name="a_level_mapping_never_changes",
            message="a mapping never changes",
            except_columns=["withdrawn_at", "withdrawn_by_id", "withdrawn_reason"],
        ),
        frozen(
            "treatment_planreview",
            when="TRUE",
            name="a_plan_review_never_changes",
            message="a plan review never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_instrument",
            when="TRUE",
            name="an_instrument_never_changes",
            message="an instrument never changes",
        ),
        frozen(
            "treatment_druggiven",
            when="TRUE",
            name="a_drug_given_never_changes",
            message="what was told never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_bladderentry",
            when="TRUE",
            name="a_bladder_entry_never_changes",
            message="an entry never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "reviewed_at",
                "reviewed_by_id",
                "finding",
            ],
        ),
        frozen(
            "treatment_investigation",
            when="OLD.done_at IS NOT NULL",
            name="a_result_never_changes",
            message="results never change",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "read_at",
                "read_by_id",
                "reading",
            ],
        ),
        frozen(
            "treatment_assessmentschedule",
            when="TRUE",
            name="a_schedule_of_assessments_never_changes",
            message="a schedule never changes",
            except_columns=["ended_at", "ended_by_id"],
        ),
        frozen(
            "treatment_educationtext",
            when="TRUE",
            name="an_education_text_never_changes",
            message="a text for people never changes",
        ),
        frozen(
            "treatment_suicidescreen",
            when="TRUE",
            name="a_suicide_screen_never_changes",
            message="answers never change",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "settled_at",
                "settled_by_id",
                "settled",
                "safety_plan",
                "settled_reason",
            ],
        ),
        frozen(
            "treatment_medicationcheck",
            when="TRUE",
            name="a_check_never_changes",
            message="a check never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_assessment",
            when="OLD.declined_at IS NOT NULL",
            name="a_declined_assessment_never_changes",
            message="what was declined stays so",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_medicationorder",
            when="TRUE",
            name="what_is_ordered_never_changes",
            message="what was ordered never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "state",
                "held_at",
                "held_by_id",
                "held_reason",
                "ended_at",
                "ended_by_id",
                "ended_because",
                "end_reason",
                "acknowledged_at",
                "acknowledged_by_id",
                "told_at_start",
                "told_at_stop",
                "counsel_duty_id",
                "monitoring_duty_id",
                "laid_out_until",
                "findings",
                "override_reason",
                "overridden_by_id",
            ],
        ),
        frozen(
            "treatment_incidentperson",
            when="TRUE",
            name="what_stands_in_a_chart_stays",
            message="what stands in a chart stays",
            except_columns=[
                "supporter_id",
                "supporter_told_at",
                "supporter_told_by_id",
                "supporter_told",
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
            ],
        ),
        frozen(
            "treatment_sessionnote",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_note_never_changes",
            message="a signed note never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "addendum_duty_id",
                "cosign_duty_id",
                "cosigned_at",
                "cosigned_by_id",
                "returned_at",
                "returned_by_id",
                "returned_comment",
            ],
        ),
        frozen(
            "treatment_sessionnote",
            when="OLD.cosigned_at IS NOT NULL",
            name="a_cosigned_note_never_changes",
            message="a co-signed note never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_addendum",
            when="TRUE",
            name="an_addendum_never_changes",
            message="an addendum never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_step",
            when="TRUE",
            name="a_step_never_changes",
            message="a move never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_observation",
            when="TRUE",
            name="an_observation_never_changes",
            message="an observation never changes",
            except_columns=["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"],
        ),
        frozen(
            "treatment_treatmentplan",
            when="OLD.staff_signed_at IS NOT NULL OR OLD.person_answered_at IS NOT NULL",
            name="a_signed_plan_never_changes",
            message="a signed plan never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "ended_at",
                "ended_by_id",
                "ended_because",
                "staff_signed_at",
                "staff_signed_by_id",
                "person_answer",
                "person_answer_words",
                "copy_offered",
                "person_answered_at",
                "person_answered_by_id",
                "next_review_at",
                "in_force_at",
                "in_force_by_id",
            ],
        ),
        frozen(
            "treatment_medicationcount",
            when="OLD.confirmed_at IS NOT NULL",
            name="a_count_never_changes",
            message="a count never changes",
            except_columns=[
                "entered_in_error_at",
                "entered_in_error_by_id",
                "entered_in_error_reason",
                "settled_at",
                "settled_by_id",
                "settled_reason",
            ],
        ),
        migrations.RunSQL(SESSION_OF_SIGNED_NOTE, "DROP FUNCTION session_of_signed_note CASCADE"),
        migrations.RunSQL(BED_IS_NOT_BLOCKED, "DROP FUNCTION bed_is_not_blocked CASCADE"),
        migrations.RunSQL(BED_IS_NOT_TAKEN, "DROP FUNCTION bed_is_not_taken CASCADE"),
        migrations.RunSQL(GROUP_OF_SIGNED_NOTE, "DROP FUNCTION group_of_signed_note CASCADE"),
        migrations.RunSQL(BED_IS_NOT_HELD, "DROP FUNCTION bed_is_not_held CASCADE"),
        migrations.RunSQL(HELD_BED_IS_FREE, "DROP FUNCTION held_bed_is_free CASCADE"),
        migrations.RunSQL(LINE_OF_A_DRAFT, "DROP FUNCTION line_of_a_draft CASCADE"),
        migrations.RunSQL(WORKED_ON_OF_A_DRAFT, "DROP FUNCTION worked_on_of_a_draft CASCADE"),
        migrations.RunSQL(NOTE_SAYS_WHAT_WAS_WORKED_ON, "DROP FUNCTION note_says_what_was_worked_on CASCADE"),
        migrations.RunSQL(SESSION_LATE_ENTRY, "DROP FUNCTION session_late_entry CASCADE"),
        migrations.RunSQL(ATTENDANCE_OF_SIGNED_GROUP, "DROP FUNCTION attendance_of_signed_group CASCADE"),
        migrations.RunSQL(COUNSELING_NOTE_SEALED_ANEW, "DROP FUNCTION counseling_note_sealed_anew CASCADE"),
        migrations.RunSQL(COUNSELING_GRANT_BY_ITS_AUTHOR, "DROP FUNCTION counseling_grant_by_its_author CASCADE"),
        migrations.RunSQL(MEDICATION_ORDER_STEPS, "DROP FUNCTION medication_order_steps CASCADE"),
        migrations.RunSQL(A_CLINICIAN_READS, "DROP FUNCTION a_clinician_reads CASCADE"),
        migrations.RunSQL(TEST_IS_A_GROUND, "DROP FUNCTION test_is_a_ground CASCADE"),
        migrations.RunSQL(ROUND_BY_OUR_CLOCK, "DROP FUNCTION round_by_our_clock CASCADE"),
        migrations.RunSQL(EVENT_NEVER_CHANGES, "DROP FUNCTION event_never_changes CASCADE"),
        migrations.RunSQL(INCIDENT_STEPS, "DROP FUNCTION incident_steps CASCADE"),
        migrations.RunSQL(DUTY_IS_ANSWERED_FOR, "DROP FUNCTION duty_is_answered_for CASCADE"),
        migrations.RunSQL(SAME_PLAN, migrations.RunSQL.noop),
    ]
