"""Loading an instrument: by whose leave, what a file must hold, and how what is in it is scored."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import given
from tests.then import duty, forbidden, owed, refused
from treatment.actions import assessments, instruments
from treatment.actions.instrument_files import read
from treatment.models import Instrument, InstrumentPermission

TODAY = timezone.localdate


def item(code, **more):
    return {"code": code, "text": f"{code}?", "choices": "yn", **more}


def score(**more):
    return {"code": "t", "name": "T", "items": ["1"], "bands": [{"from": 0, "says": "any"}], **more}


def a_small_one(**changes):
    """One question with yes or no, and one score."""
    return {**given.SCREEN, "items": [item("1")], "scores": [score()], **changes}


# In the shape of what sites load, in words of our own.
REVERSED = a_small_one(  # ten times yes or no, one of them the other way round
    slug="ten",
    items=[item(f"{n}") for n in range(1, 11)],
    scores=[score(
        items=[f"{n}" for n in range(1, 11)], reversed=["3"],
        bands=[{"from": begins, "says": says} for begins, says in
               ((0, "None"), (1, "Low"), (3, "Moderate"), (6, "Substantial"), (9, "Severe"))],
    )],
)  # fmt: skip
TWO_SCORES = a_small_one(  # four symptoms to 5 and four problems to 4; a change of five matters
    slug="two",
    choices={},
    items=[{"code": f"s{n}", "text": "?", "between": [0, 5]} for n in range(4)]
    + [{"code": f"p{n}", "text": "?", "between": [0, 4]} for n in range(4)],
    scores=[
        score(
            code="s",
            items=["s0", "s1", "s2", "s3"],
            fall={"by": 5, "says": "better"},
            rise={"by": 5, "says": "worse"},
        ),
        score(code="p", items=["p0", "p1", "p2", "p3"]),
    ],
)
FROM_ONE = a_small_one(  # items that begin at 1
    slug="from-one",
    choices={},
    items=[{"code": f"{n}", "text": "?", "between": [1, 3]} for n in range(21)],
    scores=[score(items=[f"{n}" for n in range(21)], may_miss=2, bands=[{"from": 21, "says": "any"}])],
)


@pytest.mark.parametrize(
    ("yes", "says"),
    [(0, "None"), (1, "Low"), (2, "Low"), (3, "Moderate"), (5, "Moderate"), (6, "Substantial"), (8, "Substantial"),
     (9, "Severe"), (10, "Severe")],
)  # fmt: skip
def test_an_item_the_other_way_round_counts_the_other_way_round(clinic, yes, says):
    ten = given.loaded(clinic, REVERSED)
    points = [int(n < yes) for n in range(10)]  # of items 1 to 10; of the third, yes is none
    answers = {f"{n}": (1 - point if n == 3 else point) for n, point in enumerate(points, 1)}
    found = ten.score(answers).scores["t"]
    assert (found["score"], found["says"]) == (yes, says)


def test_two_scores_in_one_have_their_own_ranges_and_say_when_they_moved(clinic):
    two = given.loaded(clinic, TWO_SCORES)
    highest = {entry["code"]: entry["between"][1] for entry in two.items}
    assert [one["score"] for one in two.score(highest).scores.values()] == [20, 16]
    moved = {"s0": 5, "s1": 5, "s2": 0, "s3": 0}
    found = [two.score(moved, before={"s": before}) for before in (14, 15)]
    assert [one.scores["s"].get("moved") for one in found] == [None, "15 to 10: better"]
    assert found[1].severity == ""
    assert [two.highest(rule) for rule in two.scores] == [20, 16]


def test_a_score_may_begin_above_nothing_and_say_how_many_items_it_may_miss(clinic):
    ours = given.loaded(clinic, FROM_ONE)
    whole = {f"{n}": 3 for n in range(21)}
    assert (ours.lowest(ours.scores[0]), ours.score(whole).scores["t"]["score"]) == (21, 63)
    two, three = (ours.score(dict(list(whole.items())[missed:])) for missed in (2, 3))
    assert (two.scores["t"]["score"], two.scores["t"]["prorated"], two.missing) == (63, True, [])
    assert (three.scores["t"]["says"], len(three.missing)) == ("Incomplete", 3)


# What was not answered counts as the worst (domain 5.2).


@pytest.mark.parametrize(
    ("answers", "says", "severity"),
    [
        ({"1": 0, "2": 0, "6": 0}, "None", ""),
        ({"1": 1, "2": 0, "6": 0}, "Low", ""),
        ({"1": 0, "2": 1, "3": 0, "4": 0, "5": 0, "6": 0}, "Low", ""),
        ({"1": 0, "2": 1, "3": 1, "4": 0, "5": 0, "6": 0}, "Moderate", "red"),
        ({"1": 0, "2": 0, "6": 1, "6b": 0}, "Moderate", "red"),
        ({"1": 0, "2": 1, "3": 0, "4": 1, "5": 0, "6": 0}, "High", "critical"),
        ({"1": 0, "2": 1, "3": 0, "4": 0, "5": 1, "6": 0}, "High", "critical"),
        ({"1": 0, "2": 0, "6": 1, "6b": 1}, "High", "critical"),
        ({"1": 0, "2": 1}, "High", "critical"),
        ({"1": 0, "2": 1, "3": 0, "4": 0, "6": 0}, "High", "critical"),
        ({"1": 0, "2": 1, "3": 0, "4": 0, "5": 0}, "High", "critical"),
        ({"1": 0, "2": 0, "6": 1}, "High", "critical"),
        ({"1": 0}, "High", "critical"),
    ],
)
def test_a_screen_with_triage_fails_safe(clinic, answers, says, severity):
    scored = given.loaded(clinic).score(answers)
    assert (scored.scores["level"]["says"], scored.severity) == (says, severity)


def test_leaving_a_question_out_never_makes_it_less(clinic):
    screen, rank = given.loaded(clinic), ["", "red", "critical"]
    codes = [entry["code"] for entry in screen.items]
    for number in range(2 ** len(codes)):
        answers = {code: number >> place & 1 for place, code in enumerate(codes)}
        whole = rank.index(screen.score(answers).severity)
        need_not = {"3", "4", "5"} if not answers["2"] else set()
        need_not |= {"6b"} if not answers["6"] else set()
        for code in set(codes) - need_not:
            less = {key: value for key, value in answers.items() if key != code}
            assert rank.index(screen.score(less).severity) >= whole


def test_critical_answers_are_owed_somebody_now_before_the_answer_returns(clinic):
    given.loaded(clinic)
    episode = given.self_referred(clinic)
    screen = Instrument.objects.current().get(slug="screen")
    begun = assessments.begin_assessment(episode, instrument=screen, by=clinic.nurse)
    answered = assessments.answer(begun, answers={"1": 0, "2": 1}, how="asked", by=clinic.nurse)
    now = duty(episode, "safety_now")
    assert (now.ladder.critical, now.due_at, answered.duty) == (True, answered.answered_at, now)
    assert answered.missing == ["3", "4", "5", "6", "6b"] and answered.what_now().startswith("Stay with the person")
    given.asked(episode, clinic)
    assert "safety_now" not in owed(episode)


# By whose leave.


def test_it_is_used_until_the_day_its_permission_ends_and_again_once_there_is_another(clinic):
    then = given.ago(days=10)
    loaded = given.loaded(clinic, valid_until=(then + timedelta(days=5)).date(), at=then)
    episode = given.self_referred(clinic, at=given.ago(days=12))
    assert assessments.begin_assessment(episode, instrument=loaded, by=clinic.nurse, at=then + timedelta(days=5))
    with refused("permission_expired"):
        assessments.begin_assessment(episode, instrument=loaded, by=clinic.nurse)
    permission = {"given_by": "The publisher", "reference": "contract 7", "given_on": TODAY()}
    instruments.record_permission(loaded, **permission, by=clinic.supervisor)
    assert assessments.begin_assessment(episode, instrument=loaded, by=clinic.nurse)
    instruments.record_permission(loaded, **permission, valid_until=TODAY(), by=clinic.supervisor)
    with forbidden("a_permission_says_who_gave_it"):
        InstrumentPermission.objects.create(
            instrument=loaded, recorded_at=then, recorded_by=clinic.admin, **{**permission, "reference": ""}
        )
    with refused("no_permission_needed"):
        instruments.record_permission(Instrument.objects.get(slug="bam"), **permission, by=clinic.admin)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"given_on": 1}, "permission_not_begun"),
        ({"valid_until": -1}, "permission_reversed"),
        ({"given_on": -9, "valid_until": -1}, "permission_expired"),
    ],
)
def test_a_permission_has_been_given_and_has_not_ended(clinic, changes, code):
    days = {"given_on": 0, **changes}
    said = {name: TODAY() + timedelta(days=number) for name, number in days.items()}
    with refused(code):
        instruments.load_instrument(given.a_file(), given_by="X", reference="Y", **said, by=clinic.admin)


def test_a_newer_edition_takes_its_place_and_what_was_loaded_never_changes(clinic):
    first, episode = given.loaded(clinic), given.self_referred(clinic)
    with refused("edition_not_newer"):
        given.loaded(clinic)
    second = given.loaded(clinic, edition=3)
    assert list(Instrument.objects.current().filter(slug="screen")) == [second]
    with refused("edition_superseded"):
        assessments.begin_assessment(episode, instrument=first, by=clinic.nurse)
    with forbidden("an_instrument_never_changes"):
        Instrument.objects.filter(pk=first.pk).update(loaded_by=clinic.nurse)
    with refused("shipped_with_the_system"):
        given.loaded(clinic, slug="phq-9", edition=9)


# What a file must hold. Each refusal says where.

BROKEN = [
    ({"surprise": 1}, "key_unknown", ""),
    ({"items": []}, "shape_wrong", "items"),
    ({"name": "x" * 61}, "text_too_long", "name"),
    ({"slug": "Ours"}, "code_malformed", "slug"),
    ({"edition": "1"}, "shape_wrong", "edition"),
    ({"edition": True}, "shape_wrong", "edition"),
    ({"loinc": "PHQ"}, "loinc_malformed", "loinc"),
    ({"kept_as": "criteria"}, "key_unknown", ""),
    ({"choices": {"yn": [*given.YES_NO, {"value": 1, "says": "Also"}]}}, "choice_twice", "choices.yn[2].value"),
    ({"choices": {"yn": []}}, "shape_wrong", "choices.yn"),
    ({"items": [item("1"), item("1")]}, "code_twice", "items[1].code"),
    ({"items": [item("A B")]}, "code_malformed", "items[0].code"),
    ({"items": [item("1", choices="often")]}, "choices_unknown", "items[0].choices"),
    ({"items": [item("1", between=[0, 9])]}, "answers_unclear", "items[0]"),
    ({"items": [{"code": "1", "text": "?", "between": [9, 0]}]}, "scale_reversed", "items[0].between"),
    ({"items": [item("1", blank=5)]}, "blank_impossible", "items[0].blank"),
    ({"items": [item("1", asked_if={"item": "0", "is": 1})]}, "gate_unknown", "items[0].asked_if.item"),
    ({"items": [item("1"), item("2", asked_if={"item": "1", "is": 7})]}, "gate_impossible", "items[1].asked_if"),
    ({"items": [item("1"), item("2", asked_if={"item": "1"})]}, "gate_unclear", "items[1].asked_if"),
    ({"items": [item("1", safety={"severity": "red", "says": "x"})]}, "safety_unclear", "items[0].safety"),
    (
        {"items": [item("1", safety={"severity": "blue", "says": "x", "from": 1})]},
        "severity_unknown", "items[0].safety.severity",
    ),
    ({"scores": [score(items=["1", "2"])]}, "item_unknown", "scores[0].items[1]"),
    ({"scores": [score(items=["1", "1"])]}, "item_twice", "scores[0].items[1]"),
    ({"scores": [score(), score()]}, "code_twice", "scores[1].code"),
    ({"scores": [score(how="guess")]}, "how_unknown", "scores[0].how"),
    ({"scores": [score(reversed=["9"])]}, "item_unknown", "scores[0].reversed[0]"),
    ({"scores": [score(weights={"1": -1})]}, "number_out_of_range", "scores[0].weights.1"),
    ({"scores": [score(may_miss=1)]}, "number_out_of_range", "scores[0].may_miss"),
    ({"scores": [score(bands_for={"any": [{"from": 0, "says": "x"}]})]}, "sex_unknown", "scores[0].bands_for"),
    ({"scores": [score(bands=[{"from": 1, "says": "x"}])]}, "bands_have_a_hole", "scores[0].bands[0].from"),
    ({"scores": [score(bands=[{"from": 0, "says": "x"}] * 2)]}, "bands_overlap", "scores[0].bands[1].from"),
    (
        {"scores": [score(bands=[{"from": 0, "says": "x"}, {"from": 2, "says": "y"}])]},
        "band_beyond", "scores[0].bands[1].from",
    ),
    ({"scores": [score(bands=[{"from": 0}])]}, "key_missing", "scores[0].bands[0]"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "where"), BROKEN)
def test_a_mistake_in_a_file_is_named_by_a_code_and_where_it_stands(changes, code, where):
    with pytest.raises(ValidationError) as caught:
        read(given.a_file(a_small_one(**changes)))
    assert (caught.value.code, caught.value.message.startswith(f"{where}: " if where else "There")) == (code, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff", "file_not_json"),
        (b"{", "file_not_json"),
        (b'{"edition": NaN}', "file_not_json"),
        (b"[" * 100_000, "file_not_json"),
        (b"[]", "shape_wrong"),
        (b'{"slug": "a", "slug": "b"}', "key_twice"),
        (b" " * 200_001, "file_too_large"),
    ],
)
def test_what_is_no_such_file_is_refused(clinic, content, code):
    with refused(code):
        instruments.load_instrument(content, given_by="X", reference="Y", given_on=TODAY(), by=clinic.admin)


def test_over_http_whoever_runs_the_place_loads_a_file_and_everybody_sees_it(clinic, api):
    def send(user, content, **also):
        file = SimpleUploadedFile("screen.json", content)
        said = {"file": file, "given_by": "The publisher", "reference": "letter", "given_on": f"{TODAY()}", **also}
        return api(user).post("/api/v1/instruments/", said, format="multipart")

    wrong = send(clinic.supervisor, given.a_file(a_small_one(slug="X")))
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["detail"][:5]) == (409, "code_malformed", "slug:")
    for odd in ("a\x00b", "a\ud800b"):
        kept = send(clinic.supervisor, given.a_file(name=odd)).json()
        assert (kept["code"], kept["detail"]) == ("shape_wrong", "name: A character here cannot be kept.")
    assert send(clinic.counselor, given.a_file()).status_code == 403
    loaded = send(clinic.supervisor, given.a_file(), valid_until=f"{TODAY()}").json()
    listed = api(clinic.nurse_elsewhere).get("/api/v1/instruments/?usable=true&slug=screen").json()["results"]
    assert [one["id"] for one in listed] == [loaded["id"]] and loaded["loaded_by"] == str(clinic.supervisor.pk)
    permissions = (
        api(clinic.nurse).get(f"/api/v1/instrument-permissions/?instrument={loaded['id']}").json()["results"]
    )
    assert [(one["given_by"], one["valid_until"]) for one in permissions] == [("The publisher", f"{TODAY()}")]
