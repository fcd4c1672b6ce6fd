"""What is measured, what cannot wait, and the checks that ketamine asks for and nothing else does."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Role
from aftercare.actions.closings import close
from duties import actions as duties
from patients import actions as patients
from patients.models import CloseReason
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import bladder, investigations, urology
from treatment.models import BodyCheck, Investigation, UrologyReferral
from treatment.models.uses import before_the_night


@pytest.fixture
def jo(clinic):
    """Somebody in intake, who used ketamine daily until six weeks ago."""
    episode = given.self_referred(clinic)
    given.using(episode.patient, clinic, frequency="5", last_used_at=given.ago(weeks=6))
    return episode


@pytest.fixture
def sober(clinic):
    """Somebody for whom it is alcohol, and never was ketamine."""
    episode = given.self_referred(clinic, "Al")
    given.using(episode.patient, clinic, "0201", frequency="2", rank="1")
    return episode


def kinds(episode):
    """What is to be done, by kind."""
    return sorted(episode.investigations.open().values_list("kind", flat=True))


def log(episode, clinic, **said):
    return bladder.log_bladder(episode, by=clinic.nurse, **said)


def creatinine(episode, clinic, amount, unit="µmol/L", at=None):
    made = given.an_order(episode, clinic, "renal", at=at)
    told = {"creatinine": {"value": Decimal(amount), "unit": unit}}
    return investigations.record(made, values=told, by=clinic.nurse, at=at)


def test_what_is_ordered_is_owed_until_it_is_done_and_read(clinic, jo):
    made = given.an_order(jo, clinic, "ecg")
    with refused("investigation_open"):
        duties.resolve(made.duty, by=clinic.nurse)
    with refused("nothing_to_read"):
        investigations.read(made, words="fine", by=clinic.prescriber)
    done = investigations.record(made, values={"qtc": {"value": Decimal(470)}}, by=clinic.nurse)
    assert (done.in_short(), done.standing(), owed(jo)) == ("QTc 470 ms", "To be read", ["intake", "results_reading"])
    assert done.read_duty.owner_role == Role.PRESCRIBER
    second = given.measured(jo, clinic, "ck", ck=90)
    assert second.read_duty == done.read_duty, "one reading for all that is unread"
    with refused("reading_open"):
        duties.resolve(done.read_duty, by=clinic.prescriber)
    investigations.read(done, words="Watch it.", by=clinic.prescriber)
    assert "results_reading" in owed(jo)
    investigations.read(second, words="As expected.", by=clinic.prescriber)
    assert owed(jo) == ["intake"]
    with refused("read_already"):
        investigations.read(second, words="Again.", by=clinic.prescriber)
    with forbidden("a_result_never_changes"):
        Investigation.objects.filter(pk=done.pk).update(report="none")


def test_what_is_not_done_says_why(clinic, jo):
    made = given.an_order(jo, clinic)
    investigations.not_done(made, reason="declined", by=clinic.nurse)
    assert (fresh(made).standing(), owed(jo)) == ("Not done: declined", ["intake"])
    with refused("done_already"):
        investigations.record(made, report="none", by=clinic.nurse)
    with forbidden("not_doing_it_has_a_reason"):
        Investigation.objects.update(not_done_because="")


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("liver", {}, "nothing_reported"),
        ("liver", {"luck": {"value": 1}}, "unknown_measure"),
        ("renal", {"creatinine": {"value": 1, "unit": "ng/mL"}}, "unit_unknown"),
        ("renal", {"creatinine": {"value": 1}}, "unit_unknown"),  # µmol/L or mg/dL: nobody guesses
        ("liver", {"alt": {"unit": "U/L"}}, "value_missing"),
        ("liver", {"alt": {"value": 1, "low": 9, "high": 3}}, "reference_crossed"),
        ("urinalysis", {"nitrite": {"value": 1}}, "value_missing"),
    ],
)
def test_a_result_that_cannot_be_is_refused(clinic, jo, kind, values, code):
    made = given.an_order(jo, clinic, kind)
    with refused(code):
        investigations.record(made, values=values, by=clinic.nurse)


def test_an_order_says_what_and_is_due_later(clinic, jo):
    with refused("what_missing"):
        given.an_order(jo, clinic, "other")
    with refused("due_before_order"):
        given.an_order(jo, clinic, due_at=given.ago(hours=1))


# What cannot wait.


@pytest.mark.parametrize(
    ("before", "now", "unit", "risen"),
    [(80, 106, "µmol/L", True), (80, 105, "µmol/L", True), (80, 103, "µmol/L", False), (60, 78, "µmol/L", True),
     (60, 77, "µmol/L", False), (200, 226, "µmol/L", True), (200, 225, "µmol/L", False),
     (80, "1.20", "mg/dL", True), (80, "1.15", "mg/dL", False)],
)  # fmt: skip
def test_creatinine_up_by_26_or_by_30_percent_is_looked_at_today(clinic, jo, before, now, unit, risen):
    creatinine(jo, clinic, before, at=given.ago(days=20))
    creatinine(jo, clinic, 300, at=given.ago(days=10))  # the baseline is the first, whatever came between
    done = creatinine(jo, clinic, now, unit)
    assert done.red_flags == (["creatinine has risen"] if risen else [])
    if risen:
        owes = done.read_duty
        assert (owes.ladder.slug, owes.owner_role) == ("medical_review", Role.PRESCRIBER)
        assert owes.due_at == before_the_night(clinic.here, done.done_at) and "creatinine has risen" in owes.note


def test_the_same_rise_in_somebody_without_ketamine_is_read_like_any_other(clinic, sober):
    creatinine(sober, clinic, 80, at=given.ago(days=9))
    assert creatinine(sober, clinic, 160).red_flags == []
    assert set(owed(sober)) == {"intake", "results_reading"}


def test_pregnancy_and_a_blocked_tract_cannot_wait(clinic, jo):
    assert given.measured(jo, clinic, "pregnancy", pregnancy=True).red_flags == ["pregnancy"]
    retained = given.measured(jo, clinic, "post_void_residual", residual=600, retention=True)
    assert retained.read_duty.ladder.slug == "medical_review_now" and retained.read_duty.due_at == retained.done_at
    given.measured(jo, clinic, "renal_ultrasound", report="Right side.", hydronephrosis=True)
    assert jo.urology_referrals.open().get().because == "blocked"


def test_pregnancy_is_flagged_once_in_the_log_of_somebody_who_uses_ketamine(clinic, jo, sober):
    for episode in (jo, sober):
        patients.record_pregnancy(episode.patient, pregnant="yes", breastfeeding="no", by=clinic.nurse)
    flagged = [log(episode, clinic, voids=6).red_flags for episode in (jo, jo, sober)]
    assert flagged == [["pregnancy"], [], []]


# Liver and bile ducts.


def test_raised_bile_values_ask_for_an_ultrasound_and_for_the_liver_again_once(clinic, jo, sober):
    given.measured(jo, clinic, "liver", alt=300)
    assert kinds(jo) == []
    given.measured(jo, clinic, "liver", ggt=400)
    assert kinds(jo) == ["biliary_ultrasound", "liver"]
    given.measured(jo, clinic, "liver", alp=400)
    assert kinds(jo) == ["biliary_ultrasound", "liver"]
    given.measured(sober, clinic, "liver", ggt=400, alp=400)
    assert kinds(sober) == []


def test_cramps_ask_for_the_liver_and_say_what_to_warn_of(clinic, jo, sober):
    entry = log(jo, clinic, cramps=True)
    assert kinds(jo) == ["biliary_ultrasound", "liver"]
    assert "warn against both" in entry.advice() and not log(jo, clinic, voids=4).advice()
    log(sober, clinic, cramps=True)
    assert kinds(sober) == []


# Checks, one set at a time.


def done(check, clinic, at=None):
    """Everything of a set is done."""
    for one in check.investigations.open():
        investigations.record(one, report="nothing new", by=clinic.nurse, at=at)


def test_checks_are_owed_at_0_4_12_26_and_52_weeks_one_set_at_a_time(clinic):
    began = given.ago(days=400)
    episode = given.in_bed(clinic, at=began)
    check, seen = given.checks(episode, clinic, at=began), []
    while check:
        assert owed(episode).count("body_check") == 1
        seen.append((check.name, (check.duty.due_at - began).days // 7, kinds(episode)))
        with refused("check_open"):
            duties.resolve(check.duty, by=clinic.nurse)
        done(check, clinic, at=check.duty.due_at)
        assert fresh(check.duty).outcome == "resolved"
        check = episode.body_checks.open().first()
    three = ["liver", "renal", "urinalysis"]
    assert seen == [
        ("Baseline", 0, three), ("Week 4", 4, three), ("Week 12", 12, three), ("Week 26", 26, three),
        ("Week 52", 52, three),
    ]  # fmt: skip
    assert "body_check" not in owed(episode) and investigations.plan_checks() == 0


def test_they_are_owed_whichever_came_first_and_never_without_ketamine(clinic, jo, sober):
    treated = given.in_outpatient(clinic, "Kim")
    assert investigations.plan_checks() == 0  # nobody in treatment uses it; Jo is in intake
    given.using(treated.patient, clinic, "0201")
    assert investigations.plan_checks() == 0
    given.using(treated.patient, clinic, "2004")
    assert (investigations.plan_checks(), investigations.plan_checks()) == (1, 0)
    assert BodyCheck.objects.get().episode == treated
    assert not sober.body_checks.exists() and "body_check" not in owed(sober)


def test_imaging_only_with_symptoms_and_added_when_they_come(clinic):
    episode = given.in_bed(clinic)
    given.checks(episode, clinic)
    log(episode, clinic, voids=7, nocturia=1, urgency=2, pain=0)
    assert kinds(episode) == ["liver", "renal", "urinalysis"]
    for _ in range(2):
        log(episode, clinic, voids=14, pain=6)
        assert kinds(episode) == [
            "liver", "post_void_residual", "renal", "renal_ultrasound", "urinalysis", "urine_culture",
        ]  # fmt: skip
    done(episode.body_checks.open().get(), clinic)
    assert "renal_ultrasound" in kinds(episode), "symptoms told lately count for the next set"


def test_what_is_declined_does_not_stop_the_checks_and_stopping_them_says_why(clinic):
    episode = given.in_bed(clinic)
    check = given.checks(episode, clinic)
    for one in check.investigations.all():
        investigations.not_done(one, reason="declined", by=clinic.nurse)
    following = episode.body_checks.open().get()
    assert (fresh(check).ended_at is not None, following.name) == (True, "Week 4")
    investigations.stop_checks(following, reason="followed by their own doctor", by=clinic.prescriber)
    assert "body_check" not in owed(episode) and kinds(episode) == [] and investigations.plan_checks() == 0
    with refused("check_ended"):
        investigations.stop_checks(following, reason="again", by=clinic.prescriber)
    with forbidden("one_body_check_at_a_time"):
        BodyCheck.objects.filter(episode=episode).update(ended_at=None, ended_by=None, stop_reason="")


def test_a_result_written_down_by_mistake_is_owed_nothing(clinic):
    episode = given.in_bed(clinic)
    check = given.checks(episode, clinic)
    wrong = check.investigations.get(kind="liver")
    investigations.record(wrong, report="somebody else's", by=clinic.nurse)
    investigations.mark_error(wrong, reason="somebody else's", by=clinic.nurse)
    assert "results_reading" not in owed(episode)
    for kind in ("renal", "urinalysis"):
        investigations.mark_error(check.investigations.get(kind=kind), reason="mistake", by=clinic.nurse)
    assert episode.body_checks.open().get().name == "Week 4"


def test_the_newest_values_are_one_statement(clinic, jo, django_assert_max_num_queries):
    given.measured(jo, clinic, "liver", at=given.ago(days=9), alt=40, ggt=20)
    newest = given.measured(jo, clinic, "liver", at=given.ago(days=2), alt=90)
    creatinine(jo, clinic, 88, at=given.ago(days=1))
    wrong = given.measured(jo, clinic, "liver", alt=900)
    investigations.mark_error(wrong, reason="another person", by=clinic.nurse)
    jo.patient.survivor()
    with django_assert_max_num_queries(1):
        told = Investigation.objects.latest_values(jo.patient, ["alt", "ggt", "creatinine", "qtc"])
    assert {code: one["value"] for code, one in told.items()} == {"alt": "90", "ggt": "20", "creatinine": "88"}
    assert told["alt"]["at"] == newest.done_at and Investigation.objects.latest(jo.patient, "liver") == newest


# Urology.


def test_infections_are_excluded_first_or_it_is_said_why_not(clinic, jo):
    for said in ({"uti_excluded": None, "sti_excluded": True}, {"uti_excluded": True, "sti_excluded": False}):
        with refused("infection_not_excluded"):
            given.referred(jo, clinic, **said)
    made = given.referred(jo, clinic, uti_excluded=None, sti_excluded=None, not_excluded_because="cannot pass urine")
    assert made.standing() == "Made, to be sent"
    with forbidden("infections_are_excluded_first"):
        UrologyReferral.objects.update(not_excluded_because="")


def test_the_clock_of_a_referral_runs_through_each_step_until_the_person_was_seen(clinic, jo):
    at = given.ago(days=30)
    made = given.referred(jo, clinic, at=at)
    assert made.duty.due_at - at == timedelta(days=3)
    with refused("out_of_order"):
        urology.set_appointment(made, appointment_at=given.ago(), by=clinic.nurse)
    sent = urology.send(made, sent_to="City Urology", by=clinic.nurse, at=at + timedelta(days=1))
    assert fresh(sent.duty).due_at - at == timedelta(days=15)
    meant = urology.set_appointment(
        sent, appointment_at=at + timedelta(days=20), by=clinic.nurse, at=at + timedelta(days=2)
    )
    assert fresh(meant.duty).due_at - at == timedelta(days=22)
    with refused("referral_open"):
        duties.resolve(meant.duty, by=clinic.nurse)
    seen = urology.record_visit(meant, outcome="Inflamed; again in three months.", by=clinic.nurse)
    assert (seen.standing(), fresh(seen.duty).outcome, owed(jo)) == ("Seen", "resolved", ["intake"])
    with refused("referral_ended"):
        urology.close_referral(seen, reason="again", by=clinic.nurse)
    with forbidden("a_referral_that_ended_never_changes"):
        UrologyReferral.objects.update(outcome="fine")


def test_no_referral_closes_without_a_word(clinic, jo):
    made = given.referred(jo, clinic)
    with refused("referred_already"):
        given.referred(jo, clinic)
    with refused("reason_missing"):
        urology.close_referral(made, reason="", by=clinic.nurse)
    urology.close_referral(made, reason="does not wish it", by=clinic.nurse)
    assert (fresh(made).standing(), fresh(made.duty).outcome) == ("Closed, not seen", "canceled")
    again = given.referred(jo, clinic)
    close(jo, reason=CloseReason.WITHDREW, by=clinic.supervisor)
    assert fresh(again).not_seen_because.startswith("episode closed")


def test_symptoms_four_weeks_after_stopping_are_owed_a_referral(clinic, jo, sober):
    log(jo, clinic, voids=6)
    assert "urology_referral" not in owed(jo)
    log(jo, clinic, pain=5)
    planned = jo.urology_referrals.get()
    assert (planned.because, planned.urgent, planned.standing()) == ("symptoms", False, "To be made")
    log(jo, clinic, pain=7)
    assert owed(jo).count("urology_referral") == 1
    log(sober, clinic, pain=7, voids=20)
    assert owed(sober) == ["intake"]


@pytest.mark.parametrize("last", [{"last_used_at": given.ago(days=20)}, {}])
def test_symptoms_while_it_is_used_or_nobody_knows_are_not(clinic, last):
    episode = given.self_referred(clinic)
    given.using(episode.patient, clinic, frequency="5", **last)
    log(episode, clinic, pain=7)
    assert owed(episode) == ["intake"]


def test_blood_without_an_infection_is_urgent_and_makes_an_open_referral_so(clinic, jo):
    log(jo, clinic, pain=5)
    log(jo, clinic, visible_blood=True)
    given.measured(jo, clinic, "urinalysis", leukocytes=True, nitrite=False)
    assert jo.urology_referrals.get().urgent is False
    given.measured(jo, clinic, "urine_culture", growth=False)
    referral = jo.urology_referrals.get()
    assert (referral.because, referral.urgent, referral.duty.ladder.slug) == ("blood", True, "urology_urgent")
    assert "urology_referral" not in owed(jo) and duty(jo, "urology_urgent") == referral.duty
