"""Instruments: what answers come to, at every edge, and what cannot wait."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patients.models import CriteriaAssessment, CriteriaSet
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import assessments, bladder
from treatment.actions.instrument_files import check
from treatment.models import Assessment, Instrument
from treatment.models.trends import trend
from treatment.reference import INSTRUMENTS, publish_instrument

PHQ, GAD = [f"{n}" for n in range(1, 10)], [f"{n}" for n in range(1, 8)]


def instrument(slug):
    return Instrument.objects.current().get(slug=slug)


def total(items, wanted):
    """Answers from 0 to 3 that add up to what is wanted."""
    answers = {}
    for left, code in zip(range(len(items), 0, -1), items, strict=True):
        answers[code] = min(3, -(-(wanted - sum(answers.values())) // left))
    assert sum(answers.values()) == wanted
    return answers


def told(slug, answers, score="total"):
    found = instrument(slug).score(answers).scores[score]
    return found["score"], found["says"], found["severity"]


# Published bands: PHQ-9 5/10/15/20, GAD-7 5/10/15, AUDIT-C 3 and 4, PC-PTSD-5 3 and 4;
# BAM flags use from 1, risk from 12, protective up to 12.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("score", "says", "severity"),
    [
        (0, "Minimal", ""), (4, "Minimal", ""), (5, "Mild", ""), (9, "Mild", ""), (10, "Moderate", ""),
        (14, "Moderate", ""), (15, "Moderately severe", ""), (19, "Moderately severe", ""),
        (20, "Severe", "red"), (27, "Severe", "red"),
    ],
)  # fmt: skip
def test_phq_9_at_every_edge(score, says, severity):
    assert told("phq-9", total(PHQ, score)) == (score, says, severity)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("score", "says"),
    [(0, "Minimal"), (4, "Minimal"), (5, "Mild"), (9, "Mild"), (10, "Moderate"), (14, "Moderate"), (15, "Severe"),
     (21, "Severe")],
)  # fmt: skip
def test_gad_7_at_every_edge(score, says):
    assert told("gad-7", total(GAD, score)) == (score, says, "")


def audit_c(score):
    """Answers to AUDIT-C that add up to this."""
    return {"1": min(4, max(1, score)), "2": max(0, min(4, score - 4)), "3": max(0, score - 8)} if score else {"1": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sex", "score", "says"),
    [
        ("male", 3, "Not positive"), ("male", 4, "Positive"), ("male", 12, "Positive"),
        ("female", 2, "Not positive"), ("female", 3, "Positive"),
        ("unknown", 2, "Not positive"), ("unknown", 3, "Positive for women"), ("x", 4, "Positive"),
    ],
)  # fmt: skip
def test_audit_c_is_read_by_the_cut_off_of_the_person_s_sex(sex, score, says):
    found = instrument("audit-c").score(audit_c(score), sex=sex).scores["total"]
    assert (found["score"], found["says"]) == (score, says)
    assert found.get("sex") == (sex if sex in ("male", "female") else None)


@pytest.mark.django_db
def test_whoever_never_drinks_is_asked_nothing_more_and_a_british_site_has_its_own_cut_off():
    assert told("audit-c", {"1": 0})[:2] == (0, "Not positive")
    assert [told("audit-c-uk", audit_c(n))[1] for n in (0, 4, 5, 12)] == ["Not positive"] * 2 + ["Positive"] * 2


@pytest.mark.django_db
def test_after_no_trauma_nothing_more_is_asked_and_after_one_everything_is():
    assert told("pc-ptsd-5", {"trauma": 0})[:2] == (0, "Not positive")
    assert told("pc-ptsd-5", {"trauma": 1, "1": 1})[:2] == (None, "Incomplete")
    edges = [dict.fromkeys(map(str, range(1, 6)), 0) | dict.fromkeys(map(str, range(1, n + 1)), 1) for n in (2, 3, 4)]
    assert [told("pc-ptsd-5", {"trauma": 1, **said})[1] for said in edges] == [
        "Not positive", "Positive for women, or where nothing may be missed", "Positive",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_subscales_of_the_bam_have_their_own_flags():
    nothing = {"4": 0, "5": 0, "6": 0, **dict.fromkeys(["1", "2", "3", "8", "11", "15"], 0)}
    nothing |= dict.fromkeys(["9", "10", "12", "13", "14", "16"], 4)
    scored = instrument("bam").score(nothing)
    assert [one["score"] for one in scored.scores.values()] == [0, 0, 24] and scored.severity == ""
    assert told("bam", {**nothing, "6": 1}, "use") == (1, "Use: look at what", "amber")
    risk = {**nothing, "1": 4, "2": 4, "3": 3}
    assert told("bam", risk, "risk")[::2] == (11, "") and told("bam", {**risk, "8": 1}, "risk")[::2] == (12, "amber")
    guarded = {**nothing, "9": 0, "10": 0, "12": 1}
    assert told("bam", guarded, "protective")[::2] == (13, "")
    assert told("bam", {**guarded, "12": 0}, "protective")[::2] == (12, "amber")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "calm", "sign"),
    [("2", 3, 4), ("7e", 0, 1), ("7k", 0, 1), ("9", 2, 1), ("10", 1, 0), ("11", 2, 3)],
)
def test_an_item_of_the_bam_may_be_a_sign_by_itself(code, calm, sign):
    quiet = dict.fromkeys((item["code"] for item in instrument("bam").items), 0)
    quiet |= dict.fromkeys(["9", "10", "12", "13", "14", "16"], 4)
    assert instrument("bam").score({**quiet, code: calm}).flags == []
    assert instrument("bam").score({**quiet, code: sign}).severity == "amber"


@pytest.mark.parametrize("code", ["7e", "7k"])
def test_use_that_is_told_after_discharge_is_owed_a_clinician_before_the_answer_returns(clinic, code):
    staying = given.in_bed(clinic)
    assert given.assessed(staying, clinic, slug="bam", **{f"q{code}": 1}).severity == "amber"
    given.leave(staying, clinic)
    told = given.assessed(fresh(staying), clinic, slug="bam", **{f"q{code}": 1})
    assert (told.severity, duty(staying, "answers_review")) == ("red", told.duty)


@pytest.mark.django_db
def test_risk_that_rose_by_four_is_a_sign_though_it_is_not_high():
    answers = {"1": 4, "2": 1, "3": 0, "8": 0, "11": 0, "15": 0}
    scored = [instrument("bam").score(answers, before={"risk": before}).flags for before in (2, 1, None)]
    assert scored == [[], ["risk 1 to 5: higher risk than the last time"], []]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sex", "score", "says"), [("male", 3, "Positive where nothing may be missed"), ("female", 3, "Positive"),
                               ("male", 4, "Positive"), ("female", 2, "Not positive")],
)  # fmt: skip
def test_trauma_is_read_by_sex(sex, score, says):
    answers = {"trauma": 1} | {f"{n}": int(n <= score) for n in range(1, 6)}
    assert instrument("pc-ptsd-5").score(answers, sex=sex).scores["total"]["says"] == says


@pytest.mark.django_db
def test_ten_criteria_are_counted_as_the_noun_itself_counts_them():
    asked = instrument("dsm-5-ketamine")
    codes = [item["code"] for item in asked.items]
    for met in range(11):
        found = asked.score({code: int(n < met) for n, code in enumerate(codes)}).scores["met"]
        severity = CriteriaAssessment(met=codes[:met]).severity()
        assert (found["score"], found["says"].lower()) == (met, severity or "none")
    assert set(codes) == {item["code"] for item in CriteriaSet.objects.current("ketamine").items}


@pytest.mark.django_db
def test_craving_is_a_number_that_is_high_from_sixty():
    assert told("craving", {"now": 59}, "now") == (59, "Below the flag", "")
    assert told("craving", {"now": 60}, "now") == (60, "High", "amber")
    assert told("craving", {"now": 60}, "worst") == (None, "Incomplete", "")


@pytest.mark.django_db
def test_a_score_is_open_while_an_answer_is_missing_and_hides_no_danger():
    scored = instrument("phq-9").score({"9": 1})
    assert (scored.scores["total"]["score"], len(scored.missing), scored.severity) == (None, 8, "red")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "score", "answers", "severity"),
    [
        ("phq-9", "total", dict.fromkeys(PHQ[:7], 3), "red"),  # 21 already
        ("phq-9", "total", dict.fromkeys(PHQ[:6], 3), ""),  # 18: two or nine more
        ("bam", "risk", {"1": 4, "2": 4, "3": 4}, "amber"),
        ("bam", "risk", {"1": 4, "2": 4, "3": 3}, ""),
        ("bam", "protective", {"9": 0, "10": 0, "12": 0}, "amber"),  # 12 at most
        ("bam", "protective", {"9": 0, "10": 0, "12": 1}, ""),
    ],
)
def test_an_open_score_calls_for_what_it_calls_for_whatever_was_not_answered(slug, score, answers, severity):
    scored = instrument(slug).score(answers)
    found = scored.scores[score]
    assert (found["score"], found["says"], found["severity"]) == (None, "Incomplete", severity)
    assert any("whatever was not answered" in flag for flag in scored.flags) == bool(severity)


def test_a_severe_score_that_is_not_whole_is_owed_a_clinician_before_the_answer_returns(clinic, episode):
    begun = assessments.begin_assessment(episode, instrument=instrument("phq-9"), by=clinic.nurse)
    told = assessments.answer(begun, answers=dict.fromkeys(PHQ[:8], 3), how="self", by=clinic.nurse)
    assert (told.severity, told.missing, told.duty) == ("red", ["9"], duty(episode, "safety_review"))
    assert told.duty.note == "PHQ-9: total: severe, whatever was not answered"


def test_a_score_that_may_miss_items_is_prorated():
    rule = {"code": "t", "name": "T", "items": ["1", "2", "3"], "may_miss": 1, "bands": [{"from": 0, "says": "any"}]}
    ours = Instrument(name="X", choices={}, items=[{"code": c, "between": [0, 3]} for c in "123"], scores=[rule])
    found = ours.score({"1": 1, "2": 2}).scores["t"]
    assert (found["score"], found["prorated"]) == (5, True)  # 4.5, up
    assert ours.score({"1": 1}).scores["t"]["score"] is None


@pytest.mark.django_db
def test_every_shipped_instrument_is_as_strict_as_a_loaded_one_and_can_be_scored_in_full():
    for path in INSTRUMENTS.glob("*.json"):
        entry = json.loads(path.read_text())
        entry.pop("kept_as", None)
        check(entry)
    for one in Instrument.objects.current():
        highest = {item["code"]: max(value for value, _ in one.may_be_answered(item)) for item in one.items}
        one.require_answers(highest)
        scored = one.score(highest)
        assert not scored.missing and one.license and one.source
        for rule in one.scores:
            assert scored.scores[rule["code"]]["score"] == one.highest(rule)


@pytest.mark.django_db
def test_items_have_the_codes_that_others_know_them_by():
    def codes(slug):
        return [item.get("loinc", "") for item in instrument(slug).items]

    assert codes("phq-9") == [
        "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8", "69722-7",
    ]  # fmt: skip
    assert codes("audit-c") == ["68518-0", "68519-8", "68520-6"] and all(codes("gad-7"))
    assert [instrument(slug).loinc for slug in ("phq-9", "gad-7", "audit-c")] == ["44249-1", "69737-5", "72109-2"]
    totals = [instrument(slug).scores[0]["loinc"] for slug in ("phq-9", "gad-7", "audit-c")]
    assert totals == ["44261-6", "70274-6", "75626-2"]


# With a person.


@pytest.fixture
def episode(clinic):
    return given.self_referred(clinic, "Maria")


def test_a_thought_of_death_is_owed_a_clinician_the_same_day(clinic, episode):
    assessment = given.assessed(episode, clinic, q1=1, q9=1)
    assert (assessment.severity, assessment.scores["total"]["score"]) == ("red", 2)
    review = duty(episode, "safety_review")
    assert (review, review.note) == (
        assessment.duty, "PHQ-9: thoughts of being better off dead or of hurting themselves",
    )  # fmt: skip
    assert assessment.what_now().startswith("Ask about suicide now")
    with forbidden("an_assessment_is_settled"):
        given.duties.resolve(review, by=clinic.prescriber)
    settled = assessments.settle(assessment, reason="no plan, safe at her sister's", by=clinic.prescriber)
    assert (settled.what_now(), fresh(review).outcome) == ("", "resolved")
    with refused("settled_already"):
        assessments.settle(settled, reason="again", by=clinic.prescriber)


def test_asking_about_suicide_settles_what_a_questionnaire_called_for(clinic, episode):
    assessment = given.assessed(episode, clinic, q9=3)
    given.asked(episode, clinic)
    assert fresh(assessment).settled_reason == "asked about suicide in words"
    assert "safety_review" not in owed(episode)


def test_declining_to_be_asked_settles_nothing(clinic, episode):
    assessment = given.assessed(episode, clinic, q9=3)
    given.safety.screen_suicide(episode, declined=True, by=clinic.nurse)
    assert fresh(assessment).settled_at is None and "safety_review" in owed(episode)


def test_whoever_was_asked_in_the_same_contact_is_not_owed_it_twice(clinic, episode):
    given.asked(episode, clinic, at=given.ago(minutes=10))
    assert given.assessed(episode, clinic, q9=1).settled_at
    assert "safety_review" not in owed(episode)


def test_a_screen_of_this_morning_is_another_contact(clinic, episode):
    given.asked(episode, clinic, at=given.ago(hours=3))
    assert given.assessed(episode, clinic, q9=1).duty.is_open()


def test_amber_is_shown_and_owed_to_nobody(clinic, episode):
    before = owed(episode)
    assessment = given.assessed(episode, clinic, slug="craving", qnow=80, qworst=90)
    assert (assessment.severity, assessment.flags) == (
        "amber",
        ["right now 80: high", "worst in seven days 90: high"],
    )
    assert owed(episode) == before


def test_a_clinician_who_is_present_says_what_they_found_as_the_answers_are_written_down(clinic, episode):
    phq, before = instrument("phq-9"), owed(episode)
    begun = [assessments.begin_assessment(episode, instrument=phq, by=clinic.intake) for _ in range(2)]
    said = {"answers": {"9": 2}, "how": "asked", "settled_reason": "no plan; called her sister"}
    with refused("not_a_clinician"):
        assessments.answer(begun[0], **said, by=clinic.intake)
    settled = assessments.answer(begun[0], **said, by=clinic.counselor)
    assert (settled.settled_by, settled.duty, settled.what_now()) == (clinic.counselor, None, "")
    assert owed(episode) == before
    with refused("nothing_to_settle"):
        assessments.answer(begun[1], **{**said, "answers": {"9": 0}}, by=clinic.counselor)


def test_what_is_not_about_suicide_is_not_answered_by_asking_about_it(clinic, episode):
    given.asked(episode, clinic, at=given.ago(minutes=5))
    red = {"code": "t", "name": "T", "items": ["1"], "bands": [{"from": 0, "says": "a"}]}
    red["bands"].append({"from": 1, "says": "Bad", "severity": "red"})
    given.loaded(clinic, slug="pain", scores=[red], items=[{"code": "1", "text": "?", "choices": "yn"}])
    assessment = given.assessed(episode, clinic, slug="pain", q1=1)
    assert duty(episode, "answers_review") == assessment.duty and not assessment.about_suicide
    given.asked(episode, clinic)
    assert fresh(assessment).settled_at is None
    assert assessment.what_now() == "A clinician looks at the person today."


def test_declining_is_written_down_with_its_reason_and_ends_it(clinic, episode):
    begun = assessments.begin_assessment(episode, instrument=instrument("phq-9"), by=clinic.nurse)
    declined = assessments.decline(begun, reason="too tired", by=clinic.nurse)
    assert str(declined).endswith("declined") and Assessment.objects.to_answer().count() == 0
    with refused("declined_already"):
        assessments.answer(declined, answers={"1": 1}, how="asked", by=clinic.nurse)
    with forbidden("a_declined_assessment_never_changes"):
        Assessment.objects.filter(pk=declined.pk).update(declined_reason="")
    begun = assessments.begin_assessment(episode, instrument=instrument("phq-9"), by=clinic.nurse)
    with forbidden("what_was_declined_was_not_answered"):
        Assessment.objects.filter(pk=begun.pk).update(declined_at=timezone.now(), declined_by=clinic.nurse)


@pytest.mark.parametrize("slug", ["bladder-log", "dsm-5-ketamine"])
def test_what_has_a_noun_of_its_own_is_written_down_there(clinic, episode, slug):
    with refused("answered_elsewhere"):
        assessments.begin_assessment(episode, instrument=instrument(slug), by=clinic.nurse)


@pytest.mark.parametrize(
    ("answers", "code"), [({"10": 1}, "unknown_item"), ({"1": 4}, "answer_out_of_range"), ({}, "nothing_answered")]
)
def test_answers_that_cannot_be_are_refused(clinic, episode, answers, code):
    begun = assessments.begin_assessment(episode, instrument=instrument("phq-9"), by=clinic.nurse)
    with refused(code):
        assessments.answer(begun, answers=answers, how="asked", by=clinic.nurse)


def test_answers_never_change_and_are_given_once(clinic, episode):
    assessment = given.assessed(episode, clinic, q1=1)
    with refused("answered_already"):
        assessments.answer(assessment, answers={"1": 2}, how="asked", by=clinic.nurse)
    for change in ({"answers": {"1": 3}}, {"scores": {}}, {"severity": "red"}, {"answered_at": timezone.now()}):
        with forbidden("an_answered_assessment_never_changes"):
            Assessment.objects.filter(pk=assessment.pk).update(**change)
    with forbidden("an_instrument_never_changes"):
        Instrument.objects.update(name="X")


def test_what_was_marked_as_an_error_is_owed_to_nobody(clinic, episode):
    assessment = given.assessed(episode, clinic, q9=1)
    assessments.mark_error(assessment, reason="wrong person", by=clinic.nurse)
    assert fresh(assessment.duty).outcome == "canceled"
    with refused("nothing_to_settle"):
        assessments.settle(assessment, reason="x", by=clinic.nurse)


def test_a_new_edition_replaces_the_old_for_whoever_is_asked_next(clinic, episode):
    old = instrument("craving")
    newer = {name: getattr(old, name) for name in ("slug", "name", "about", "license", "source", "items", "scores")}
    publish_instrument({**newer, "edition": 2})
    with refused("edition_superseded"):
        assessments.begin_assessment(episode, instrument=old, by=clinic.nurse)
    assert assessments.begin_assessment(episode, instrument=instrument("craving"), by=clinic.nurse)


def test_over_http_it_is_begun_answered_and_read_as_a_trend(clinic, episode, api):
    client = api(clinic.counselor)
    phq = client.get("/api/v1/instruments/?slug=phq-9&current=true").json()["results"][0]
    begun = client.post(f"/api/v1/episodes/{episode.pk}/begin-assessment/", {"instrument": phq["id"]}).json()
    address = f"/api/v1/assessments/{begun['id']}/answer/"
    assert client.post(address, {"how": "self", "answers": {"1": 7}}, "json").json()["code"] == "answer_out_of_range"
    answers = {item["code"]: 2 for item in phq["items"]} | {"9": 0}
    said = client.post(address, {"how": "self", "answers": answers}, "json").json()
    assert (said["scores"]["total"]["score"], said["scores"]["total"]["says"]) == (16, "Moderately severe")
    trend = client.get(f"/api/v1/assessments/?patient={episode.patient_id}&instrument__slug=phq-9").json()["results"]
    assert [one["scores"]["total"]["score"] for one in trend] == [16]
    assert api(clinic.nurse_elsewhere).get(f"/api/v1/assessments/{begun['id']}/").status_code == 404


@pytest.mark.parametrize("slug", ["phq-9", "bladder-log", "dsm-5-ketamine"])
def test_a_trend_is_numbers_with_their_bands_wherever_the_answers_are_kept(clinic, episode, api, slug):
    at = [given.ago(hours=hours) for hours in (2, 1)]
    given.assessed(episode, clinic, at=at[0], **{f"q{n}": 2 for n in range(1, 6)})
    given.assessed(episode, clinic, at=at[1], q1=1)
    for moment, voids in zip(at, (14, 9), strict=True):
        bladder.log_bladder(episode, voids=voids, by=clinic.nurse, at=moment)
    given.criteria_met(episode.patient, clinic, "craving", "harm", "time", "roles", at=at[0])
    given.criteria_met(episode.patient, clinic, "craving", at=at[1])
    given.criteria_met(episode.patient, clinic, "craving", of="alcohol")
    wrong = given.assessed(episode, clinic, q1=3)
    assessments.mark_error(wrong, reason="somebody else", by=clinic.nurse)
    found = api(clinic.counselor).get(f"/api/v1/patients/{episode.patient_id}/trends/?instrument={slug}").json()
    points = [(point["value"], point["band"]) for point in found["scores"][0]["points"]]
    assert (
        points
        == {
            "phq-9": [(10, "Moderate"), (1, "Minimal")],
            "bladder-log": [(14, "times"), (9, "times")],
            "dsm-5-ketamine": [(4, "Moderate"), (1, "None")],
        }[slug]
    )
    with CaptureQueriesContext(connection) as taken:
        trend(episode.patient, instrument(slug))
    assert len(taken) == 2  # the instrument, and its numbers
    unknown = api(clinic.counselor).get(f"/api/v1/patients/{episode.patient_id}/trends/?instrument=x")
    assert unknown.json()["code"] == "instrument_unknown"
