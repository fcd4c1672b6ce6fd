"""The rules about medication, at every edge: plain values in, findings out, no database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as generated
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from treatment.medication_safety import (
    LIMITS,
    Catalog,
    Check,
    Drug,
    Facts,
    KnownAllergy,
    Level,
    Proposed,
    Taken,
    check,
)
from treatment.medication_safety.naltrexone import days_of, liver_due_after

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NALTREXONE = Drug("Naltrexone", frozenset({"naltrexone"}), frozenset({"naltrexone"}))
XR = Drug("Vivitrol", frozenset({"naltrexone"}), frozenset({"naltrexone", "naltrexone_xr"}))
TRAMADOL = Drug("Tramadol", frozenset({"tramadol"}), frozenset({"opioid"}))
METHADONE = Drug("Methadone", frozenset({"methadone"}), frozenset({"opioid", "methadone"}))
BUPRENORPHINE = Drug("Suboxone", frozenset({"buprenorphine", "naloxone"}), frozenset({"opioid", "buprenorphine"}))
LAMOTRIGINE = Drug("Lamotrigine", frozenset({"lamotrigine"}), frozenset({"aromatic_anticonvulsant"}))
VALPROATE = Drug("Valproate", frozenset({"valproate"}), frozenset({"valproate"}))
KETAMINE = Drug("Ketamine", frozenset({"ketamine"}), frozenset({"ketamine"}))
NAMED = frozenset(LIMITS["naltrexone"]["named_analytes"])


def a_screen(*, found=False, analytes=NAMED, ago=DAY):
    return Check("opioid_test", NOW - ago, found, frozenset(analytes))


ASKED = (
    Check("monitoring", NOW - DAY, False),
    Check("outside_history", NOW - DAY, False),
    a_screen(),
    Check("liver", NOW - DAY, value=Decimal(1)),
)


def took(drug, ago=None, **more):
    """Something last taken so long ago; nobody knows when, where no time is said."""
    return Taken(drug, "told", NOW - 30 * DAY, last_at=None if ago is None else NOW - ago, **more)


def found(drug, *taken, checks=ASKED, dose=25, every=None, at=NOW, **facts):
    """{code: finding} about ordering this now."""
    order = Proposed(drug, at, dose_mg=dose and Decimal(str(dose)), daily_mg=dose and Decimal(str(dose)), every=every)
    facts = Facts(at=NOW, taken=tuple(taken), checks=tuple(checks), **facts)
    return {one.code: one for one in check(facts, order)}


def blocks(*args, **kwargs):
    """{code: overridable?} of what blocks."""
    return {one.code: one.overridable for one in found(*args, **kwargs).values() if one.level == Level.BLOCK}


def codes(*args, **kwargs):
    return set(found(*args, **kwargs))


def test_after_everything_was_asked_nothing_is_in_the_way():
    assert codes(NALTREXONE) == set()


@pytest.mark.parametrize(
    ("drug", "ago", "code", "level"),
    [
        (TRAMADOL, 6 * DAY + 23 * HOUR, "naltrexone_too_soon", "block"),
        (TRAMADOL, 7 * DAY, "naltrexone_soon", "warn"),
        (TRAMADOL, 9 * DAY + 23 * HOUR, "naltrexone_soon", "warn"),
        (TRAMADOL, 10 * DAY, None, None),
        (METHADONE, 13 * DAY + 23 * HOUR, "naltrexone_after_long_acting", "block"),
        (METHADONE, 14 * DAY, None, None),
        (BUPRENORPHINE, 13 * DAY + 23 * HOUR, "naltrexone_after_long_acting", "block"),
        (BUPRENORPHINE, 14 * DAY, None, None),
        (XR, 100 * DAY, None, None),
    ],
)
def test_days_without_opioids_at_every_edge(drug, ago, code, level):
    told = found(NALTREXONE, took(drug, ago))
    assert {one.code: str(one.level) for one in told.values()} == ({code: level} if code else {})
    if level == "block":
        assert told[code].overridable


@hypothesis_settings(max_examples=300, deadline=None)
@generated(minutes=st.integers(0, 40 * 24 * 60), long_acting=st.booleans(), xr=st.booleans())
def test_the_longer_without_opioids_the_less_is_in_the_way(minutes, long_acting, xr):
    gap = timedelta(minutes=minutes)
    told = found(XR if xr else NALTREXONE, took(METHADONE if long_acting else TRAMADOL, gap), dose=380 if xr else 25)
    wanted = {"naltrexone_after_long_acting", "naltrexone_too_soon", "naltrexone_soon"} & set(told)
    if long_acting:
        assert wanted == ({"naltrexone_after_long_acting"} if gap < 14 * DAY else set())
    else:
        assert wanted == (
            {"naltrexone_too_soon"} if gap < 7 * DAY else {"naltrexone_soon"} if gap < 10 * DAY else set()
        )


def test_what_goes_on_is_never_overridden():
    for drug in (TRAMADOL, METHADONE):
        assert blocks(NALTREXONE, took(drug, 20 * DAY, current=True)) == {"naltrexone_opioid_now": False}


def test_the_last_of_several_opioids_counts():
    assert blocks(NALTREXONE, took(TRAMADOL, 30 * DAY), took(TRAMADOL, DAY)) == {"naltrexone_too_soon": True}


def test_when_nobody_knows_when_only_a_challenge_helps():
    assert blocks(NALTREXONE, took(TRAMADOL)) == {"naltrexone_opioid_when_unknown": True}
    passed = (*ASKED, Check("naloxone_challenge", NOW - HOUR, False))
    assert codes(NALTREXONE, took(TRAMADOL), checks=passed) == {"naltrexone_opioid_when"}
    before_it_was_said = (*ASKED, Check("naloxone_challenge", NOW - 31 * DAY, False))
    assert "naltrexone_opioid_when_unknown" in codes(NALTREXONE, took(TRAMADOL), checks=before_it_was_said)


def test_a_failed_challenge_holds_until_one_is_passed():
    failed, passed = Check("naloxone_challenge", NOW - DAY, True), Check("naloxone_challenge", NOW - HOUR, False)
    assert blocks(NALTREXONE, checks=(*ASKED, failed)) == {"naltrexone_challenge_failed": False}
    assert blocks(NALTREXONE, checks=(*ASKED, failed, passed)) == {}
    again = passed._replace(at=NOW - 2 * DAY)
    assert blocks(NALTREXONE, checks=(*ASKED, failed, again)) == {"naltrexone_challenge_failed": False}


def test_a_positive_test_is_lifted_only_by_a_later_one_that_names_each():
    positive = a_screen(found=True, analytes={"tramadol"}, ago=2 * HOUR)
    assert blocks(NALTREXONE, checks=(*ASKED, positive)) == {"naltrexone_opioid_positive": False}
    plain = a_screen(analytes={"codeine", "morphine"}, ago=HOUR)
    assert "naltrexone_opioid_positive" in blocks(NALTREXONE, checks=(*ASKED, positive, plain))
    assert blocks(NALTREXONE, checks=(*ASKED, positive, a_screen(ago=HOUR))) == {}
    opiates = a_screen(found=True, analytes={"opiates"}, ago=2 * HOUR)
    assert "naltrexone_opioid_positive" in blocks(NALTREXONE, checks=(*ASKED, opiates, a_screen(ago=HOUR)))
    both = a_screen(analytes={*NAMED, "opiates"}, ago=HOUR)
    assert blocks(NALTREXONE, checks=(*ASKED, opiates, both)) == {}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_test_that_misses_one_name_is_not_enough(name):
    without = [one for one in ASKED if one.kind != "opioid_test"]
    told = found(NALTREXONE, checks=(*without, a_screen(analytes=NAMED - {name})))
    assert told["naltrexone_test_missing"].overridable and name in told["naltrexone_test_missing"].sentence
    both = (*without, a_screen(analytes=NAMED - {name}), a_screen(analytes={name}))
    assert codes(NALTREXONE, checks=both) == set()


def test_what_was_asked_too_long_ago_is_asked_again():
    old = tuple(one._replace(at=NOW - 8 * DAY) for one in ASKED)
    assert blocks(NALTREXONE, checks=old) == {
        "naltrexone_test_missing": True,
        "naltrexone_monitoring_missing": True,
        "naltrexone_history_missing": True,
    }
    week = tuple(one._replace(at=NOW - 7 * DAY) for one in ASKED)
    assert blocks(NALTREXONE, checks=week) == {}


def test_whoever_is_on_it_is_not_asked_again_but_a_new_opioid_counts():
    on_it = took(NALTREXONE, DAY, current=True, since=NOW - 10 * DAY)
    liver = (Check("liver", NOW - 20 * DAY, value=Decimal(1)),)
    assert codes(NALTREXONE, on_it, took(TRAMADOL, 5 * DAY), checks=liver, dose=50) == set()
    assert "naltrexone_too_soon" in codes(NALTREXONE, on_it, took(TRAMADOL, HOUR), checks=liver, dose=50)
    gone = took(NALTREXONE, 3 * DAY, since=NOW - 10 * DAY)
    assert "naltrexone_test_dose_first" in codes(NALTREXONE, gone, checks=ASKED, dose=50)


@pytest.mark.parametrize(
    ("drug", "left", "code"),
    [
        (NALTREXONE, 71 * HOUR, "naltrexone_surgery"),
        (NALTREXONE, 72 * HOUR, None),
        (XR, 23 * DAY, "naltrexone_surgery"),
        (XR, 24 * DAY, "naltrexone_surgery_near"),
        (XR, 29 * DAY, "naltrexone_surgery_near"),
        (XR, 30 * DAY, None),
    ],
)
def test_an_operation_that_is_near(drug, left, code):
    planned = Check("surgery", NOW - DAY, planned_at=NOW + left)
    told = codes(drug, checks=(*ASKED, planned), dose=380 if drug is XR else 25)
    assert {one for one in told if "surgery" in one} == ({code} if code else set())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3", None),
        ("3.01", "naltrexone_liver_raised"),
        ("5", "naltrexone_liver_raised"),
        ("5.1", "naltrexone_liver_high"),
    ],
)
def test_the_liver(value, code):
    checks = (*ASKED[:3], Check("liver", NOW - DAY, value=Decimal(value)))
    assert codes(NALTREXONE, checks=checks) == ({code} if code else set())
    assert codes(NALTREXONE, checks=ASKED[:3]) == {"naltrexone_liver_baseline"}


@pytest.mark.parametrize("code", ["B16.9", "K72.00"])
def test_acute_hepatitis_and_liver_failure_are_never_overridden(code):
    assert blocks(NALTREXONE, conditions=((code, "liver"),)) == {"naltrexone_liver_acute": False}
    assert blocks(NALTREXONE, conditions=(("", "Acute hepatitis after ketamine"),)) == {
        "naltrexone_liver_acute": False
    }


def test_liver_values_are_due_after_one_three_and_six_months_then_yearly():
    began, due = NOW, []
    for _ in range(5):
        due.append(liver_due_after(began, due[-1] if due else began))
    assert due == [began + days_of(months) for months in (1, 3, 6, 18, 30)]
    on_it = took(NALTREXONE, DAY, current=True, since=NOW - days_of(3) - DAY)
    after_one = (Check("liver", NOW - days_of(2)),)
    assert "naltrexone_liver_due" in codes(NALTREXONE, on_it, checks=after_one, dose=50)
    assert "naltrexone_liver_due" not in codes(NALTREXONE, on_it, checks=(Check("liver", NOW - HOUR),), dose=50)


def test_what_is_watched():
    told = codes(
        NALTREXONE,
        conditions=(("N18.5", "Kidney disease"), ("F11.20", "Opioid dependence")),
        pregnant=True,
        suicidal=True,
    )
    assert told == {"naltrexone_kidney", "naltrexone_pregnancy", "naltrexone_mood", "naltrexone_dependence"}
    assert blocks(NALTREXONE, conditions=(("F11.23", "x"),)) == {"naltrexone_withdrawal": True}


def test_the_first_dose_is_small_and_the_injection_comes_with_a_talk():
    assert blocks(NALTREXONE, dose=50) == {"naltrexone_test_dose_first": True}
    assert blocks(NALTREXONE, dose=None) == {"naltrexone_dose_unread": True}
    assert codes(XR, dose=380, every=28 * DAY) == {"naltrexone_never_tried", "naltrexone_reversal"}
    assert {"naltrexone_dose_unusual", "naltrexone_too_often"} <= codes(XR, dose=300, every=27 * DAY)


def test_hypersensitivity_is_never_overridden():
    allergy = (KnownAllergy("naltrexone", NALTREXONE),)
    assert blocks(NALTREXONE, allergies=allergy) == {"allergy": False}
    assert blocks(XR, allergies=allergy, dose=380) == {"allergy": False}


# The reverse.


@pytest.mark.parametrize(
    ("drug", "ago", "wanted"),
    [
        (NALTREXONE, 71 * HOUR, {"opioid_after_naltrexone", "opioid_tolerance_low"}),
        (NALTREXONE, 72 * HOUR, {"opioid_tolerance_low"}),
        (XR, 23 * DAY + 23 * HOUR, {"opioid_after_naltrexone", "opioid_tolerance_low"}),
        (XR, 24 * DAY, {"opioid_soon_after_naltrexone", "opioid_tolerance_low"}),
        (XR, 30 * DAY, {"opioid_tolerance_low"}),
        (NALTREXONE, 90 * DAY, set()),
    ],
)
def test_an_opioid_after_naltrexone_at_every_edge(drug, ago, wanted):
    for opioid in (TRAMADOL, METHADONE, BUPRENORPHINE):
        assert codes(opioid, took(drug, ago), dose=50) == wanted


def test_an_opioid_on_naltrexone_is_never_overridden():
    for drug in (NALTREXONE, XR):
        assert blocks(TRAMADOL, took(drug, current=True), dose=50) == {"opioid_on_naltrexone": False}
    assert codes(Drug("Ibuprofen", frozenset({"ibuprofen"}), frozenset({"nsaid"})), took(XR, current=True)) == set()


# Lamotrigine.


@pytest.mark.parametrize(
    ("day", "alone", "with_valproate"),
    [(0, 25, "12.5"), (13, 25, "12.5"), (14, 50, 25), (28, 100, 50), (35, 200, 100)],
)
def test_lamotrigine_rises_slowly_and_half_beside_valproate(day, alone, with_valproate):
    on_it = [took(LAMOTRIGINE, HOUR, current=True, since=NOW - day * DAY)] if day else []
    valproate = took(VALPROATE, HOUR, current=True)
    for beside, most in (([], alone), ([valproate], with_valproate)):
        most = Decimal(str(most))
        assert codes(LAMOTRIGINE, *on_it, *beside, dose=most) == {"lamotrigine_rash_watch"}
        assert blocks(LAMOTRIGINE, *on_it, *beside, dose=most + 1) == {"lamotrigine_too_fast": True}


@pytest.mark.parametrize(("hours", "restarts"), [(125, False), (126, True)])
def test_after_more_than_five_half_lives_it_is_begun_anew(hours, restarts):
    stopped = took(LAMOTRIGINE, hours * HOUR, since=NOW - 200 * DAY)
    assert blocks(LAMOTRIGINE, stopped, dose=200) == ({"lamotrigine_restart": True} if restarts else {})


def test_a_rash_and_a_dose_that_cannot_be_read():
    assert "lamotrigine_rash" in blocks(LAMOTRIGINE, took(LAMOTRIGINE, DAY, rash=True), dose=25)
    assert blocks(LAMOTRIGINE, dose=None) == {"lamotrigine_dose_unread": True}
    assert codes(VALPROATE, took(LAMOTRIGINE, DAY, current=True)) == {"valproate_on_lamotrigine"}


# Ketamine, allergies, and what is ordered twice.


def test_ketamine_that_is_ordered():
    told = blocks(
        KETAMINE, conditions=(("F20.0", "Schizophrenia"),), pregnant=True, breastfeeding=True, pressure=(160, 90)
    )
    assert told == dict.fromkeys(
        ["ketamine_schizophrenia", "ketamine_pregnancy", "ketamine_breastfeeding", "ketamine_blood_pressure"], True
    )
    assert codes(KETAMINE, pressure=(159, 99)) == set()
    assert blocks(KETAMINE, pressure=(120, 100)) == {"ketamine_blood_pressure": True}
    assert codes(KETAMINE, uses_ketamine=True) == {"ketamine_pressure_unknown", "ketamine_use"}


def test_an_allergy_blocks_by_ingredient_by_name_and_by_kind():
    codeine = Drug("Codeine", frozenset({"codeine"}), frozenset({"opioid"}))
    mix = Drug("Tylenol 3", frozenset({"acetaminophen", "codeine"}), frozenset({"opioid"}))
    assert blocks(mix, allergies=(KnownAllergy("codeine", codeine),)) == {"allergy": False}
    assert blocks(TRAMADOL, allergies=(KnownAllergy("codeine", codeine),)) == {"allergy_to_its_kind": True}
    assert blocks(TRAMADOL, allergies=(KnownAllergy("codeine", codeine, severe=True),)) == {
        "allergy_to_its_kind": False
    }
    assert blocks(TRAMADOL, allergies=(KnownAllergy("opioids", Drug("opioids")),)) == {"allergy_to_its_kind": True}
    unknown = Drug("Zorbium 20 mg")
    assert blocks(unknown, allergies=(KnownAllergy("zorbium", Drug("zorbium")),)) == {"allergy": False}
    assert codes(unknown, allergies=(KnownAllergy("peanuts", Drug("peanuts")),)) == set()


def test_what_is_ordered_twice_warns():
    ours = took(TRAMADOL, DAY, current=True, key="a")
    assert codes(TRAMADOL, ours) == {"ordered_already"}
    assert codes(METHADONE, ours) == {"same_kind_ordered"}
    assert codes(TRAMADOL, ours._replace(key=None)) == set()


def test_names_are_read_the_longest_first():
    catalog = Catalog(
        {
            "naltrexone": (NALTREXONE, ["Naltrexone", "Revia"]),
            "naltrexone-xr": (XR, ["Naltrexone, monthly injection", "naltrexone XR", "Vivitrol"]),
            "tramadol": (TRAMADOL, ["Tramadol", "Ultram"]),
        },
        {"naltrexone": 1, "naltrexone-xr": 2, "tramadol": 3},
    )
    assert (catalog.entry("naltrexone 50 mg"), catalog.entry("naltrexone XR 380"), catalog.entry("REVIA")) == (
        1,
        2,
        1,
    )
    assert catalog.read("ultram 50mg prn").is_opioid() and not catalog.read("notramadolhere").is_opioid()
    assert catalog.entry("tramadol and naltrexone") is None
    assert catalog.read("tramadol and naltrexone").ingredients == {"tramadol", "naltrexone"}
    assert catalog.read("something new") == Drug("something new")
