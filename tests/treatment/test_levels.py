"""Levels of care: who needs which, by whose word, and when that is looked at again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from duties import actions as duties
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import level_assessments as levels
from treatment.actions import level_data, placements
from treatment.models import Checklist, Credential, LevelMapping, LevelOfCareAssessment, LevelStandard, Program
from treatment.models.levels import INTENSITY, LEVELS, Direction, direction

DAY = timedelta(days=1)


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic, at=given.ago(days=2))


def rated(*ratings):
    """(dimension, subdimension, token) each."""
    return [{"dimension": one, "subdimension": sub, "token": token} for one, sub, token in ratings]


# The data that is shipped.


def test_every_level_has_an_intensity_and_a_standard_and_every_credential_says_who_signs_alone(db):
    assert {edition: set(levels_of) for edition, levels_of in INTENSITY.items()} == {
        edition: set(levels_of.values) for edition, levels_of in LEVELS.items()
    }
    shipped = set(LevelStandard.objects.filter(for_minors=False).values_list("asam_edition", "level"))
    assert shipped == {(edition, level) for edition, levels_of in LEVELS.items() for level in levels_of.values}
    items = Checklist.objects.current("level-assessors").items
    assert {item["code"]: item["text"] for item in items} == dict(Credential.choices)


@pytest.mark.parametrize(
    ("edition", "level", "days", "hours_from", "hours_below"),
    [
        ("4", "4", 1, None, None), ("4", "3.7", 7, 20, None), ("4", "3.5", 14, 20, None), ("4", "3.1", 14, 9, 20),
        ("4", "2.1", 30, 9, 20), ("4", "2.5", 30, 20, None), ("4", "1.5", 90, None, 9), ("3", "2.1", 30, 9, 20),
        ("3", "1", 90, None, 9), ("3", "3.1", 14, 5, None),
    ],
)  # fmt: skip
def test_what_levels_ask_for(clinic, edition, level, days, hours_from, hours_below):
    found = LevelStandard.objects.best(clinic.here, edition, level)
    assert (found.review_after, found.hours_from, found.hours_below) == (days * DAY, hours_from, hours_below)


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        (("4", "3.5"), ("4", "2.1"), "down"), (("4", "1.5"), ("4", "2.1"), "up"), (("4", ""), ("4", "2.1"), "down"),
        (("3", "3.3"), ("4", "3.5"), "sideways"), (("3", "1"), ("4", "1.5"), "sideways"),
        (("3", "2-WM"), ("3", "3.7-WM"), "up"),
    ],
)  # fmt: skip
def test_where_a_move_leads(here, there, way):
    left, begun = (
        Program(asam_edition=edition, level_of_care=level, setting=setting)
        for (edition, level), setting in ((here, "residential"), (there, "outpatient"))
    )
    assert direction(left, begun) == Direction(way)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"level": "2.6"}, "a_standard_is_of_a_level"),
        ({"level": "2.5"}, "one_standard_per_level_and_place"),
        ({"hours_from": 20, "hours_below": 9}, "a_band_of_hours_has_an_order"),
        ({"review_after": 91 * DAY}, "a_level_is_reviewed_within_90_days"),
    ],
)  # fmt: skip
def test_a_standard_that_cannot_be_is_refused(db, change, constraint):
    with forbidden(constraint):
        LevelStandard.objects.filter(asam_edition="4", level="2.1").update(**change)


# Assessing and signing.


def test_it_is_drafted_signed_and_owed_again_by_its_level(clinic, episode):
    at = given.ago(hours=3)
    draft = given.level_assessed(
        episode, clinic, kind="continued_stay", level="3.5", at=at, signed=False,
        needs={"bladder": "yes", "home": "no"}, ratings=rated(("1", "", "2A"), ("4", "", "C")),
    )  # fmt: skip
    assert (draft.sign_duty.owner, draft.sign_duty.due_at) == (clinic.counselor, at + DAY)
    with forbidden("a_level_assessment_is_signed"):
        duties.resolve(draft.sign_duty, by=clinic.counselor)
    draft = levels.amend_level(draft, needs={"home": "yes"}, barriers="Two children.", by=clinic.counselor)
    assert (draft.needs, [one["token"] for one in draft.ratings]) == ({"bladder": "yes", "home": "yes"}, ["2A", "C"])
    signed = levels.sign_level(draft, by=clinic.counselor, at=at)
    review = duty(episode, "level_review")
    assert (signed.review_duty, review.due_at, review.owner) == (review, at + 14 * DAY, clinic.counselor)
    assert (signed.signs_alone, signed.cosign_duty, fresh(draft.sign_duty).outcome) == (True, None, "resolved")


def test_the_next_one_ends_what_was_owed_and_the_last_one_owes_nothing(clinic, episode):
    first = given.level_assessed(episode, clinic, kind="admission", level="3.5")
    second = given.level_assessed(episode, clinic, kind="continued_stay", level="3.5")
    assert (fresh(first.review_duty).outcome, owed(episode).count("level_review")) == ("resolved", 1)
    last = given.level_assessed(episode, clinic, kind="discharge", level="3.5")
    assert (last.review_duty, fresh(second.review_duty).outcome) == (None, "resolved")
    assert "level_review" not in owed(episode)


def test_it_is_owed_when_the_assessor_says_but_never_after_90_days(clinic, episode):
    draft = given.level_assessed(episode, clinic, kind="admission", level="3.5", signed=False)
    with refused("review_too_rare"):
        levels.sign_level(draft, next_review_at=timezone.now() + 91 * DAY, by=clinic.counselor)
    soon = timezone.now() + 3 * DAY
    assert levels.sign_level(draft, next_review_at=soon, by=clinic.counselor).review_duty.due_at == soon


def test_a_place_sets_its_own_standard_beside_the_default(clinic, episode):
    LevelStandard.objects.create(
        facility=clinic.here, asam_edition="4", level="3.5", review_after=5 * DAY, source="payer"
    )
    signed = given.level_assessed(episode, clinic, kind="admission", level="3.5")
    assert signed.review_duty.due_at - signed.signed_at == 5 * DAY


def test_the_level_placed_at_is_the_programs_unless_said(clinic, episode):
    draft = levels.assess_level(episode, kind="admission", credential="nurse", by=clinic.nurse)
    assert (draft.placed, draft.edition, draft.indicated) == ("3.5", "4", "")
    with refused("level_missing"):
        levels.sign_level(draft, by=clinic.nurse)


def test_where_somebody_in_a_program_is_placed_is_said_before_signing(clinic, episode):
    with refused("level_missing"):
        given.level_assessed(episode, clinic, kind="continued_stay", level="2.1", placed="")
    with refused("variance_unexplained"):
        given.level_assessed(episode, clinic, kind="continued_stay", level="2.1", placed="3.5")
    assert given.level_assessed(episode, clinic, kind="discharge", level="2.1", placed="").signed_at


def test_another_level_than_indicated_has_a_reason_in_a_code_and_in_words(clinic, episode):
    kept = {"kind": "admission", "level": "3.5", "placed": "2.1"}
    with refused("variance_unexplained"):
        given.level_assessed(episode, clinic, **kept)
    with refused("justification_missing"):
        given.level_assessed(episode, clinic, variance_reason="no_bed", **kept)
    signed = given.level_assessed(episode, clinic, variance_reason="no_bed", justification="No bed.", **kept)
    assert signed.next_review_due_at - signed.signed_at == 30 * DAY  # of the level placed at
    draft = given.level_assessed(episode, clinic, kind="screen", level="3.5", signed=False)
    for change, constraint in (
        ({"placed": "2.1"}, "another_level_than_indicated_has_a_reason"),
        ({"variance_reason": "legal"}, "another_level_than_indicated_is_explained"),
        ({"authorized": "3.3"}, "the_level_authorized_is_of_its_edition"),
        ({"modifiers": ["XYZ"]}, "a_level_modifier_is_known"),
        ({"signed_at": timezone.now(), "signed_by": clinic.counselor, "signs_alone": False},
         "an_assessor_who_does_not_sign_alone_is_cosigned"),
    ):  # fmt: skip
        with forbidden(constraint):
            LevelOfCareAssessment.objects.filter(pk=draft.pk).update(**change)


def test_what_is_signed_never_changes_but_for_a_second_signature(clinic, episode):
    signed = given.level_assessed(episode, clinic, kind="admission", level="3.5", credential="in_training")
    rows = LevelOfCareAssessment.objects.filter(pk=signed.pk)
    for change in (
        {"indicated": "3.7"},
        {"barriers": "x"},
        {"signed_at": None, "signed_by": None, "signs_alone": None},
    ):
        with forbidden("a_signed_level_assessment_never_changes"):
            rows.update(**change)
    with refused("level_assessment_signed"):
        levels.amend_level(signed, barriers="x", by=clinic.counselor)
    with forbidden("a_level_cosignature_is_somebody_elses"):
        rows.update(cosigned_at=timezone.now(), cosigned_by=clinic.counselor, cosigner_credential="physician")


def test_who_does_not_sign_alone_is_cosigned_by_somebody_who_does(clinic, episode):
    signed = given.level_assessed(episode, clinic, kind="admission", level="3.5", credential="in_training")
    second = duty(episode, "cosign_level")
    assert (signed.cosign_duty, second.owner_role) == (second, "supervisor")
    with forbidden("a_level_assessment_is_cosigned"):
        duties.resolve(second, by=clinic.supervisor)
    with refused("cosigner_unlicensed"):
        levels.cosign_level(signed, credential="peer", by=clinic.supervisor)
    with refused("second_signature_same"):
        levels.cosign_level(signed, credential="physician", by=clinic.counselor)
    done = levels.cosign_level(signed, credential="psychologist", by=clinic.supervisor)
    assert (done.cosigned_by, fresh(second).outcome) == (clinic.supervisor, "resolved")
    with refused("cosigned_already"):
        levels.cosign_level(done, credential="psychologist", by=clinic.prescriber)
    alone = given.level_assessed(episode, clinic, kind="continued_stay", level="3.5")
    with refused("cosignature_not_owed"):
        levels.cosign_level(alone, credential="psychologist", by=clinic.supervisor)


def test_only_the_assessor_writes_and_signs_and_one_draft_of_a_kind_at_a_time(clinic, episode):
    draft = given.level_assessed(episode, clinic, kind="admission", level="3.5", signed=False)
    with refused("not_the_author"):
        levels.amend_level(draft, barriers="x", by=clinic.nurse)
    with refused("not_the_author"):
        levels.sign_level(draft, by=clinic.supervisor)
    with refused("not_signed"):
        levels.cosign_level(draft, credential="psychologist", by=clinic.supervisor)
    with refused("level_assessment_begun"):
        given.level_assessed(episode, clinic, kind="admission", level="3.5", by=clinic.nurse)


def test_a_mistake_is_owed_to_nobody_and_what_it_replaced_is_owed_again(clinic, episode):
    first = given.level_assessed(episode, clinic, kind="admission", level="3.5", at=given.ago(days=1))
    wrong = given.level_assessed(episode, clinic, kind="continued_stay", level="3.5", credential="peer")
    levels.mark_error(wrong, reason="wrong person", by=clinic.counselor)
    assert {fresh(wrong.review_duty).outcome, fresh(wrong.cosign_duty).outcome} == {"canceled"}
    again = duty(episode, "level_review")
    assert (fresh(first).review_duty, again.due_at) == (again, first.next_review_due_at)
    with refused("error_marked"):
        levels.sign_level(wrong, by=clinic.counselor)


def test_leaving_treatment_ends_what_was_owed(clinic, episode):
    given.level_assessed(episode, clinic, kind="admission", level="3.5")
    given.leave(episode, clinic)
    assert "level_review" not in owed(episode)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ratings": rated(("6", "", "1"))}, "dimension_not_rated"),
        ({"ratings": rated(("1", "", "1"), ("1", "", "2"))}, "rated_twice"),
        ({"ratings": [{"dimension": "1", "token": "1", "min_level": "3.3"}]}, "level_unknown"),
        ({"needs": {"nothing": "yes"}}, "not_on_checklist"),
        ({"recommended": "3.3"}, "level_unknown"),
    ],
)
def test_what_cannot_be_is_refused(clinic, episode, fields, code):
    with refused(code):
        given.level_assessed(episode, clinic, kind="screen", **fields)


def test_the_third_edition_has_its_own_levels_and_rates_all_six(clinic, episode):
    draft = given.level_assessed(
        episode, clinic, kind="screen", edition="3", level="3.3", ratings=rated(("6", "", "4")), signed=False
    )
    assert draft.label_of("indicated") == "3.3 High-intensity residential, population-specific"


# A mapping that a licensed site loads.


def test_with_a_mapping_the_level_comes_from_the_ratings(clinic, episode):
    mapping = given.a_mapping(clinic)
    both = rated(("1", "a", "MM"), ("5", "", "R"))
    draft = levels.assess_level(
        episode, kind="screen", credential="nurse", placed="3.7", ratings=both, by=clinic.nurse
    )
    assert (draft.mapping, draft.indicated, [one["min_level"] for one in draft.ratings]) == (
        mapping, "3.7", ["2.7", "3.1"],
    )  # fmt: skip
    draft = levels.amend_level(draft, placed="", ratings=rated(("1", "a", "M")), recommended="2.1", by=clinic.nurse)
    assert draft.indicated == "1.7"
    with refused("ratings_missing"):
        levels.sign_level(draft, by=clinic.nurse)
    with refused("token_unknown"):
        levels.amend_level(draft, ratings=rated(("1", "a", "Z")), by=clinic.nurse)
    with refused("dimension_not_rated"):
        levels.amend_level(draft, ratings=rated(("2", "", "M")), by=clinic.nurse)
    with refused("indicated_by_mapping"):
        levels.amend_level(draft, indicated="2.1", by=clinic.nurse)


@pytest.mark.parametrize("license", [{"licensed_until": given.ago(days=2).date()}, {"asam_edition": "3"}])
def test_a_mapping_without_a_license_for_the_day_decides_nothing(clinic, episode, license):
    if "asam_edition" in license:
        license["content"] = {"dimensions": [{"dimension": "1", "tokens": {"4": "4"}}]}
    given.a_mapping(clinic, **license)
    draft = given.level_assessed(episode, clinic, kind="screen", level="3.5", signed=False)
    assert (draft.mapping, draft.indicated) == (None, "3.5")


def test_a_mapping_is_replaced_or_withdrawn_and_never_changed(clinic):
    first, second = given.a_mapping(clinic), given.a_mapping(clinic, name="Newer")
    today = timezone.now().date()
    assert (first.number, second.number) == (1, 2)
    assert LevelMapping.objects.in_force(clinic.here, "4", today) == second
    level_data.withdraw_mapping(second, reason="license ended", by=clinic.admin)
    assert LevelMapping.objects.in_force(clinic.here, "4", today) == first
    with refused("mapping_withdrawn"):
        level_data.withdraw_mapping(second, reason="again", by=clinic.admin)
    with forbidden("a_level_mapping_never_changes"):
        LevelMapping.objects.update(content={})
    with refused("license_missing"):
        given.a_mapping(clinic, license_reference="")


def of(**changes):
    return {"dimensions": [{"dimension": "1", "tokens": {"0": ""}, **changes}]}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "mapping_malformed"), ({"text": "…"}, "mapping_malformed"), ({"dimensions": []}, "mapping_empty"),
        ({"dimensions": [1]}, "mapping_malformed"), (of(dimension=1), "mapping_malformed"),
        (of(dimension="6"), "dimension_not_rated"), (of(tokens=["0"]), "mapping_malformed"),
        (of(tokens={" ": ""}), "token_malformed"), (of(tokens={"0": "3.3"}), "level_unknown"),
        (of(tokens={"0": 3}), "level_unknown"), ({"dimensions": [*of()["dimensions"] * 2]}, "dimension_twice"),
        ({**of(), "rules": [{"all": [], "level": "3.7"}]}, "rule_malformed"),
        ({**of(), "rules": [{"all": [["9"]], "level": "3.7"}]}, "level_unknown"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_is_refused_by_a_clear_code(clinic, content, code):
    with refused(code):
        given.a_mapping(clinic, content=content)


def test_all_that_is_wrong_with_a_mapping_is_said_in_one_go(clinic):
    with pytest.raises(ValidationError) as caught:
        given.a_mapping(clinic, content=of(dimension="6", tokens={"0": "x", "1": "y"}))
    assert len(caught.value.messages) == 3


def test_over_http_a_mapping_is_loaded_and_a_level_assessed(clinic, episode, api):
    license = {"license_holder": "Harbor House", "license_reference": "117", "licensed_on": "2026-01-01"}
    asked = {"facility": str(clinic.here.pk), "asam_edition": "4", "name": "Ours", **license}
    wrong = api(clinic.admin).post("/api/v1/level-mappings/", {**asked, "content": {"dimensions": []}}, "json").json()
    assert (wrong["code"], wrong["gaps"]) == ("mapping_empty", ["The mapping rates nothing."])
    content = {"dimensions": [{"dimension": "4", "subdimension": "a", "tokens": {"C": "3.5"}}]}
    made = api(clinic.admin).post("/api/v1/level-mappings/", {**asked, "content": content}, "json").json()
    assert made["content"]["dimensions"][0]["tokens"] == {"C": "3.5"}
    client = api(clinic.counselor)
    said = {
        "kind": "continued_stay", "credential": "in_training", "recommended": "3.5", "modifiers": ["COE"],
        "ratings": [{"dimension": "4", "subdimension": "a", "token": "C", "evidence": "Daily use until admission."}],
        "needs": {"use": "yes"}, "preferences": "Wants to stay.",
    }  # fmt: skip
    draft = client.post(f"/api/v1/episodes/{episode.pk}/assess-level/", said, "json").json()
    assert (draft["indicated"], draft["mapping"], draft["placed"]) == ("3.5", made["id"], "3.5")
    address = f"/api/v1/level-assessments/{draft['id']}"
    signed = client.post(f"{address}/sign/", {}, "json").json()
    assert signed["signs_alone"] is False and signed["next_review_due_at"]
    again = api(clinic.supervisor).post(f"{address}/cosign/", {"credential": "psychologist"}, "json").json()
    assert again["cosigned_by"] == str(clinic.supervisor.pk)
    told = client.get(f"/api/v1/patients/{episode.patient_id}/timeline/?kinds=assessments").json()["results"]
    assert [entry["words"] for entry in told] == [
        "Level of care co-signed",
        "Level of care assessed: continued stay, 3.5 indicated, 3.5 recommended, 3.5 placed",
    ]
    assert api(clinic.nurse_elsewhere).get(f"{address}/").status_code == 404


# Owed by an admission.


@pytest.fixture
def admitted(clinic):
    """Admitted to a program that wants the level assessed within two days."""
    Program.objects.filter(pk=clinic.residential.pk).update(level_due=2 * DAY)
    clinic.residential.refresh_from_db()
    return lambda **fields: given.in_bed(clinic, **fields)


def test_an_admission_owes_the_first_assessment_which_ends_it(clinic, admitted):
    at = given.ago(hours=1)
    episode = admitted(at=at)
    owes = duty(episode, "level_assessment")
    assert (owes.owner, owes.due_at, owes.level_to_assess.episode) == (clinic.counselor, at + 2 * DAY, episode)
    signed = given.level_assessed(episode, clinic, kind="admission", level="3.5")
    assert fresh(owes).outcome == "resolved"
    levels.mark_error(signed, reason="another person", by=clinic.counselor)
    again = duty(episode, "level_assessment")
    assert again != owes and again.level_to_assess.episode == episode
    given.leave(episode, clinic)
    assert fresh(again).outcome == "canceled"


def test_where_a_look_at_the_level_is_owed_already_the_admission_owes_no_other(clinic, admitted):
    episode = given.taken_in(clinic)
    given.level_assessed(episode, clinic, kind="admission", level="3.5")
    placements.admit(
        episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse, counselor=clinic.counselor
    )
    assert owed(episode).count("level_review") == 1 and "level_assessment" not in owed(episode)
