"""What people use: asked about every time, and what is owed because of it."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role
from patients import actions as patients
from patients.codes import BENZODIAZEPINES, OPIOIDS, SEDATIVES, CoUse, Route, Substance
from patients.models import SubstanceUse, UseScreening
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused
from treatment.actions import uses
from treatment.actions.medication_facts import from_use
from treatment.models import HarmReductionOffer, Medication, MedicationOffer, WithdrawalReview
from treatment.models.uses import asks_for_withdrawal_review, before_the_night, primary

KETAMINE, ALCOHOL, GHB, HEROIN, TRAMADOL = "2004", "0201", "2003", "0501", "0709"


@pytest.fixture
def jo(clinic):
    """Somebody in intake."""
    return given.self_referred(clinic)


def now_known(patient):
    return set(patient.substance_uses.current().values_list("substance", "frequency"))


def test_what_was_said_last_about_a_substance_is_what_is_known(clinic, jo):
    given.using(jo.patient, clinic, KETAMINE, at=given.ago(days=9))
    given.using(jo.patient, clinic, ALCOHOL, frequency="2", at=given.ago(days=9))
    later = given.using(jo.patient, clinic, KETAMINE, frequency="3", at=given.ago(days=1))
    assert now_known(jo.patient) == {(KETAMINE, "3"), (ALCOHOL, "2")}
    patients.mark_error(later, reason="wrong person", by=clinic.nurse)
    assert now_known(jo.patient) == {(KETAMINE, "5"), (ALCOHOL, "2")}


def test_a_rank_is_held_by_one_substance_and_moves_to_what_was_said_last(clinic, jo):
    ranks = jo.patient.substance_uses.current().exclude(rank="").values_list("substance", "rank")
    given.using(jo.patient, clinic, KETAMINE, rank="1")
    given.using(jo.patient, clinic, KETAMINE, frequency="3")  # nothing said about the rank: it stays
    assert set(ranks.all()) == {(KETAMINE, "1")}
    given.using(jo.patient, clinic, ALCOHOL, rank="1", frequency="2")
    assert set(ranks.all()) == {(ALCOHOL, "1")}
    with refused("rank_taken"):
        rows = [{"substance": code, "rank": "2", "source": "person"} for code in (KETAMINE, GHB)]
        uses.record_uses(jo.patient, rows, facility=clinic.here, by=clinic.nurse)
    with forbidden("one_substance_per_rank"):
        SubstanceUse.objects.update(rank="1")


def test_days_ages_and_doses_stay_within_what_can_be(clinic, jo):
    given.using(jo.patient, clinic)
    for wrong in ({"days_used": 31}, {"age_first_used": 121}, {"usual_dose_mg": 0}, {"dose_was_mg": Decimal(-5)}):
        with forbidden("use_is_counted_in_what_can_be"):
            SubstanceUse.objects.update(**wrong)


def test_everything_is_asked_about_and_a_yes_is_written_down(clinic, jo):
    details = {"opioids": {"substance": TRAMADOL, "frequency": "2", "used_for": "bladder pain"}}
    screening = given.screened(jo.patient, clinic, ketamine="yes", opioids="yes", ghb="declined", details=details)
    assert (screening.ghb, screening.alcohol, screening.setting) == ("declined", "no", "alone")
    told = {use.substance: use for use in jo.patient.substance_uses.all()}
    assert set(told) == {KETAMINE, TRAMADOL}
    assert (told[TRAMADOL].used_for, told[TRAMADOL].setting) == ("bladder pain", "alone")
    assert (told[KETAMINE].route, told[KETAMINE].frequency) == ("97", "97")
    # What nobody asked is no “no”: the database itself takes nothing else.
    with forbidden("every_substance_was_asked_about"):
        UseScreening.objects.update(ghb="")


def test_a_screening_with_a_gap_is_refused_with_what_is_missing(clinic, jo):
    def asked(**changes):
        co_use = {question: {"answer": "no"} for question in CoUse.values} | changes
        co_use = {key: answer for key, answer in co_use.items() if answer is not None}
        uses.screen_use(jo.patient, facility=clinic.here, co_use=co_use, source="person", by=clinic.nurse)

    with pytest.raises(ValidationError) as caught:
        asked(ghb=None, mdma=None)
    assert (code_of(caught.value), caught.value.messages) == ("not_asked", ["GHB: not asked", "MDMA: not asked"])
    with refused("answer_contradicts"):
        asked(alcohol={"answer": "no", "amount": "six beers"})
    with refused("not_of_this_kind"):
        asked(alcohol={"answer": "yes", "substance": HEROIN})
    with refused("unknown_question"):
        asked(coffee={"answer": "yes"})


def test_screening_over_the_api_answers_with_what_was_answered(clinic, jo, api):
    co_use = {question: {"answer": "no"} for question in CoUse.values}
    co_use["alcohol"] = {"answer": "yes", "frequency": "5", "days_used": 30}
    body = {"facility": clinic.here.pk, "setting": "party", "co_use": co_use}
    client = api(clinic.counselor)
    answer = client.post(f"/api/v1/patients/{jo.patient_id}/screen-use/", body, format="json")
    assert (answer.status_code, answer.json()["alcohol"], answer.json()["ketamine"]) == (201, "yes", "no")
    shown = client.get(f"/api/v1/substance-uses/?patient={jo.patient_id}&current=true").json()["results"]
    assert [(use["substance"], use["days_used"], use["setting"]) for use in shown] == [(ALCOHOL, 30, "party")]
    assert shown[0]["notes"] == [
        "Not to be stopped suddenly: a prescriber reviews withdrawal before the first night."
    ]
    body["co_use"] = {"alcohol": {"answer": "yes", "days_used": 31}}
    wrong = client.post(f"/api/v1/patients/{jo.patient_id}/screen-use/", body, format="json")
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["co_use.alcohol.days_used"])


def test_everything_at_once_asks_a_bounded_number_of_statements(clinic, jo, django_assert_max_num_queries):
    details = {question: {"frequency": "5", "route": "4"} for question in CoUse.values}
    with django_assert_max_num_queries(25 + 12):  # and the savepoints of the actions inside
        given.screened(jo.patient, clinic, details=details, **dict.fromkeys(CoUse.values, "yes"))
    assert jo.patient.substance_uses.count() == len(CoUse)


def test_the_list_has_every_detailed_code_of_teds():
    """State submission codes (domain 3.1): by the first two digits, the last two of each."""
    numbers = {
        "02": "01", "03": "01 02", "04": "01", "05": "01", "06": "01", "07": "01 02 03 04 05 06 07 08 09 10",
        "08": "01", "09": "01 02", "10": "01", "11": "01 03 09", "12": "01 02",
        "13": "01 02 03 04 05 06 07 08 09 10", "14": "01 03", "15": "01 02 03 09", "16": "01 02 03 04",
        "17": "01 02 03 04 05", "18": "01 09", "20": "01 02 03 04", "99": "96 97",
    }  # fmt: skip
    assert sorted(Substance.values) == sorted(kind + one for kind, ones in numbers.items() for one in ones.split())


def test_sedatives_are_all_of_their_three_kinds_in_teds():
    """Tranquilizers, barbiturates, other sedatives and hypnotics; benzodiazepines are a kind of their own."""
    assert {code for code in Substance.values if code[:2] in {"14", "15", "16"}} == SEDATIVES
    assert {code for code in Substance.values if code[:2] == "13"} == BENZODIAZEPINES


def test_every_opioid_on_the_list_is_one_to_the_rules_about_naltrexone(clinic, jo):
    catalog = Medication.objects.catalog()
    for code in OPIOIDS:
        given.using(jo.patient, clinic, code)
    taken = list(from_use(jo.patient, timezone.now(), catalog))
    assert len(taken) == len(OPIOIDS) and all(one.drug.is_opioid() for one in taken)


# Ketamine, and only ketamine.


def test_rules_about_ketamine_fire_for_ketamine_alone(clinic, jo):
    """Domain 10: a person with alcohol as primary substance sees no ketamine prompt."""
    for code in Substance.values:
        use = SubstanceUse(substance=code, frequency="5", usual_dose_mg=100, route="1")
        said = " ".join(use.notes()) + use.dose_in_words(70)
        assert ("taper" in said, "anesthetic" in said) == (code == KETAMINE, code == KETAMINE), code
        # That no taper is needed is said of ketamine only, and never of what is dangerous to stop.
        dangerous = code in {ALCOHOL, GHB} | BENZODIAZEPINES | SEDATIVES | OPIOIDS
        assert use.needs_withdrawal_review() == dangerous, code


def test_alcohol_owes_nothing_that_ketamine_would_and_ketamine_nothing_that_alcohol_would(clinic):
    drinks, takes = given.self_referred(clinic, "Al"), given.self_referred(clinic, "Kay")
    given.using(drinks.patient, clinic, ALCOHOL, route="1", rank="1")
    given.using(takes.patient, clinic, KETAMINE, route="1", rank="1")
    assert owed(drinks) == ["intake", "withdrawal_review"]
    assert owed(takes) == ["intake"]


def test_a_dose_by_weight_is_a_number_only_when_both_are_known():
    use = SubstanceUse(substance=KETAMINE, usual_dose_mg=Decimal("150.0"))
    assert (use.dose_per_kg(Decimal("72.5")), use.dose_per_kg(None)) == (Decimal("2.07"), None)
    assert use.dose_in_words(75) == "2.00 mg/kg, purity and route unknown; the anesthetic dose is 1–2 mg/kg"
    assert SubstanceUse(substance=KETAMINE).dose_in_words(75) == ""


def test_the_dose_by_weight_is_shown_with_what_is_not_known_about_it(clinic, jo, api):
    use = given.using(jo.patient, clinic, KETAMINE, usual_dose_mg=150)
    path = f"/api/v1/substance-uses/{use.pk}/"
    assert api(clinic.nurse).get(path).json()["dose_by_weight"] == ""
    patients.record_weight(jo.patient, weight_kg=75, by=clinic.nurse)
    assert "2.00 mg/kg, purity and route unknown" in api(clinic.nurse).get(path).json()["dose_by_weight"]


def test_no_rule_reads_the_dose_by_weight(clinic):
    """Domain 10: purity is unknown, so the figure is shown and never decides."""
    readers = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("patients", "duties", "messaging", "treatment", "aftercare", "config")
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
        if "dose_per_kg" in path.read_text() or "dose_in_words" in path.read_text()
    }
    shows = {"patients/serializers/uses.py", "patients/admin/uses.py"}
    assert readers - shows == {"patients/models/uses.py"}
    found = []
    for dose in (1, 90_000):
        episode = given.self_referred(clinic, f"Dose {dose}")
        use = given.using(episode.patient, clinic, KETAMINE, route="3", usual_dose_mg=dose, dose_was_mg=1)
        found.append((owed(episode), use.notes()))
    assert found[0] == found[1]


# What is owed.


def test_a_riskier_route_owes_an_offer_of_harm_reduction_once(clinic, jo):
    given.using(jo.patient, clinic, KETAMINE, route="1")
    assert owed(jo) == ["intake"]
    given.using(jo.patient, clinic, KETAMINE, route="3")
    given.using(jo.patient, clinic, "0401", route="2", frequency="2")
    assert owed(jo) == ["harm_reduction", "intake"]
    assert not duty(jo, "harm_reduction").keeps_thread
    risky = {route for route in Route.values if SubstanceUse(route=route).has_riskier_route()}
    assert risky == {Route.SMOKED, Route.INHALED, Route.INJECTED}


def test_a_handover_owes_what_its_substances_ask_for(clinic):
    told = [{"substance": KETAMINE, "route": "3", "source": "person"}, {"substance": ALCOHOL, "source": "person"}]
    episode = given.handovers.receive(
        facility=clinic.here, source="hospital", consciousness="alert", breathing="normal", substances=told,
        by=clinic.nurse,
    ).episode  # fmt: skip
    assert {"harm_reduction", "withdrawal_review", "talk"} <= set(owed(episode))


def test_use_told_when_no_thread_is_open_owes_nothing(clinic):
    patient = given.closed(clinic).patient
    given.using(patient, clinic, HEROIN, route="4")
    assert not patient.duties.open().exists()


def offered(offer, clinic, **fields):
    return uses.offer_harm_reduction(
        offer, **{"offered": ["naloxone"], "response": "accepted", "by": clinic.nurse, **fields}
    )


def test_an_offer_of_harm_reduction_ends_what_was_owed(clinic):
    offer = given.owed_for_use(clinic, HarmReductionOffer, substance=KETAMINE)
    at = timezone.now()
    done = offered(offer, clinic, offered=["naloxone", "safer_route"], at=at)
    assert (done.offered, done.offered_at, done.offered_by) == (["naloxone", "safer_route"], at, clinic.nurse)
    assert fresh(offer.duty).outcome == "resolved"
    with refused("done_already"):
        offered(offer, clinic)
    with forbidden("harm_reduction_offered_says_what"):
        HarmReductionOffer.objects.update(offered=[])
    with forbidden("harm_reduction_has_who"):
        HarmReductionOffer.objects.update(offered_by=None)


def test_whoever_says_later_is_asked_again(clinic):
    offer = given.owed_for_use(clinic, HarmReductionOffer, substance=KETAMINE)
    at = timezone.now()
    with refused("not_later"):
        offered(offer, clinic, ask_again_at=at)
    with refused("offer_empty"):
        offered(offer, clinic, offered=[])
    offered(offer, clinic, response="later", at=at)
    assert duty(offer.episode, "harm_reduction").due_at == at + timedelta(days=7)
    again = HarmReductionOffer.objects.planned().get()
    assert again.pk != offer.pk
    with forbidden("one_harm_reduction_offer_at_a_time"):
        HarmReductionOffer.objects.update(offered_at=None, offered_by=None, offered=[], response="")


def test_an_offer_whose_duty_was_ended_by_hand_is_owed_again_on_the_same_row(clinic):
    offer = given.owed_for_use(clinic, HarmReductionOffer, substance=KETAMINE)
    given.duties.excuse(offer.duty, reason="asleep", by=clinic.supervisor)
    given.using(offer.patient, clinic, KETAMINE, route="4")
    assert fresh(offer).duty == duty(offer.episode, "harm_reduction") != offer.duty


def test_opioids_first_are_offered_medication_and_others_are_not(clinic):
    """Domain 10: opioid-primary gets an offer of medication for opioid use disorder or a referral."""
    first, second = given.self_referred(clinic, "Hal"), given.self_referred(clinic, "Kim")
    given.using(first.patient, clinic, KETAMINE, route="1", rank="2")
    given.using(first.patient, clinic, HEROIN, route="1", rank="1")
    given.using(second.patient, clinic, KETAMINE, route="1", rank="1")
    given.using(second.patient, clinic, TRAMADOL, route="1", frequency="2", rank="2")
    assert owed(first) == ["intake", "moud_offer", "withdrawal_review"]
    assert owed(second) == ["intake"]
    row = SubstanceUse(substance=TRAMADOL)
    assert primary([row]) is row and primary([row, SubstanceUse(substance=KETAMINE)]) is None


def test_medication_is_offered_once_an_episode(clinic):
    offer = given.owed_for_use(clinic, MedicationOffer)
    with refused("referred_nowhere"):
        uses.offer_medication(offer, response="referred", by=clinic.prescriber)
    done = uses.offer_medication(offer, response="declined", by=clinic.prescriber)
    assert (done.response, fresh(offer.duty).outcome) == ("declined", "resolved")
    given.using(offer.patient, clinic, "0706")
    assert "moud_offer" not in owed(offer.episode)
    with forbidden("a_medication_offered_has_a_response"):
        MedicationOffer.objects.update(response="")
    with forbidden("a_medication_offer_has_who"):
        MedicationOffer.objects.update(offered_by=None)
    with forbidden("a_referral_says_where_to"):
        MedicationOffer.objects.update(response="referred")
    with forbidden("one_medication_offer_at_a_time"):
        MedicationOffer.objects.update(offered_at=None, offered_by=None, response="")
        MedicationOffer.objects.create(
            patient=offer.patient,
            facility=clinic.here,
            episode=offer.episode,
            duty=given.a_call_owed(offer.episode, clinic),
        )


@pytest.mark.parametrize(
    ("substance", "fields", "owes"),
    [
        (ALCOHOL, {"frequency": "5"}, True),
        (GHB, {"frequency": "97"}, True),
        ("1306", {"frequency": "3", "days_used": 29}, True),
        (TRAMADOL, {"frequency": "5"}, True),
        ("1501", {"frequency": "5"}, True),
        ("1401", {"frequency": "97"}, True),
        ("1604", {"frequency": "5"}, True),
        ("1509", {"frequency": "4"}, False),
        ("1801", {"frequency": "5"}, False),
        (ALCOHOL, {"frequency": "4"}, False),
        ("0302", {"frequency": "5"}, False),
        (KETAMINE, {"frequency": "5"}, False),
    ],
)
def test_daily_or_unknown_use_of_what_is_dangerous_to_stop_asks_for_a_review(substance, fields, owes):
    assert bool(asks_for_withdrawal_review([SubstanceUse(substance=substance, **fields)])) == owes


def test_a_barbiturate_owes_a_prescriber_a_look_before_the_night(clinic, jo):
    given.using(jo.patient, clinic, "1509", frequency="5")
    review = duty(jo, "withdrawal_review")
    assert (review.owner_role, review.due_at) == ("prescriber", before_the_night(clinic.here, review.opened_at))
    assert WithdrawalReview.objects.planned().get(episode=jo).substances == ["1509"]


def test_withdrawal_is_reviewed_before_the_night_where_the_person_is(clinic, jo):
    eastern = ZoneInfo("America/New_York")

    def due(*local):
        return before_the_night(clinic.here, datetime(*local, tzinfo=eastern))

    ten = datetime(2026, 11, 1, 22, tzinfo=eastern)  # the day the clocks go back
    assert due(2026, 11, 1, 0, 30) == datetime(2026, 11, 1, 0, 30, tzinfo=eastern)  # it is night already
    assert due(2026, 11, 1, 9) == due(2026, 11, 1, 21, 59) == ten
    assert due(2026, 11, 1, 23) == datetime(2026, 11, 1, 23, tzinfo=eastern)
    clinic.here.night_from = "20:30"
    clinic.here.save()
    clinic.here.refresh_from_db()
    assert due(2026, 11, 2, 9) == datetime(2026, 11, 2, 20, 30, tzinfo=eastern)
    at = timezone.now()
    given.using(jo.patient, clinic, ALCOHOL, at=at)
    review = duty(jo, "withdrawal_review")
    assert (review.due_at, review.owner_role) == (before_the_night(clinic.here, at), Role.PRESCRIBER)


def reviewed(review, clinic, **fields):
    fields = {"taper": True, "plan": "Diazepam, CIWA-Ar every four hours.", "by": clinic.prescriber, **fields}
    return uses.record_withdrawal_review(review, **fields)


def test_a_review_names_everything_said_so_far_and_ends_what_was_owed(clinic, jo):
    given.using(jo.patient, clinic, ALCOHOL)
    given.using(jo.patient, clinic, "1306")
    review = WithdrawalReview.objects.planned().get(episode=jo)
    assert review.substances == [ALCOHOL, "1306"]
    with refused("plan_missing"):
        reviewed(review, clinic, plan="")
    with refused("scale_missing"):
        reviewed(review, clinic, score=9)
    done = reviewed(review, clinic, scale="ciwa_ar", score=9)
    assert (done.reviewed_by, done.taper, done.score) == (clinic.prescriber, True, 9)
    assert (fresh(review.duty).outcome, owed(jo)) == ("resolved", ["intake"])
    with refused("done_already"):
        reviewed(review, clinic)
    for constraint, wrong in (
        ("a_withdrawal_review_has_who", {"reviewed_by": None}),
        ("a_withdrawal_review_has_a_plan", {"taper": None}),
        ("a_withdrawal_score_names_its_scale", {"scale": ""}),
    ):
        with forbidden(constraint):
            WithdrawalReview.objects.update(**wrong)


def test_what_was_reviewed_is_reviewed_again_only_when_it_went_on_or_something_new_is_said(clinic, jo):
    at = given.ago(days=6)
    given.using(jo.patient, clinic, ALCOHOL, at=at)
    reviewed(WithdrawalReview.objects.planned().get(episode=jo), clinic, at=at)
    given.using(jo.patient, clinic, ALCOHOL, at=at + timedelta(hours=20))  # told again, at the screening
    given.using(jo.patient, clinic, ALCOHOL, last_used_at=at - timedelta(hours=5), at=given.ago(days=1))
    assert owed(jo) == ["intake"]
    given.using(jo.patient, clinic, GHB, at=given.ago(hours=20))
    reviewed(WithdrawalReview.objects.planned().get(episode=jo), clinic, at=given.ago(hours=19))
    given.using(jo.patient, clinic, ALCOHOL, last_used_at=given.ago(hours=3))
    assert WithdrawalReview.objects.planned().get(episode=jo).substances == [ALCOHOL]
    with forbidden("one_withdrawal_review_at_a_time"):
        WithdrawalReview.objects.update(reviewed_at=None, reviewed_by=None, plan="", taper=None)


def test_two_at_once_owe_one_review(committed_clinic, run_both):
    episode = given.self_referred(committed_clinic)

    def say(substance):
        return lambda: given.using(episode.patient, committed_clinic, substance)

    results = run_both(say(ALCOHOL), say(GHB))
    assert [result.error for result in results] == [None, None]
    assert WithdrawalReview.objects.get().substances == [ALCOHOL, GHB]
    assert owed(episode).count("withdrawal_review") == 1


def test_only_a_prescriber_reviews_withdrawal(clinic, api):
    review = given.owed_for_use(clinic, WithdrawalReview)
    address = f"/api/v1/withdrawal-reviews/{review.pk}/record-withdrawal-review/"
    body = {"taper": False, "plan": "Watch."}
    assert api(clinic.nurse).post(address, body, format="json").status_code == 403
    assert api(clinic.nurse_elsewhere).post(address, body, format="json").status_code == 403
    assert api(clinic.prescriber).post(address, body, format="json").json()["taper"] is False
