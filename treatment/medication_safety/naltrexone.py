"""Naltrexone and opioids, in both directions."""

from datetime import timedelta
from decimal import Decimal

from .facts import block, warn
from .limits import LIMITS, days, hours

OURS = LIMITS["naltrexone"]
GATE = "safety gate before naltrexone: label, and our defaults for intervals"
LABEL = "naltrexone label"
LONG_ACTING = {"methadone", "buprenorphine"}
MONTH = 30.4


def is_xr(drug):
    """The injection that lasts a month?"""
    return "naltrexone_xr" in drug.classes


def _still_holds(one, at, *, warns=False):
    """Was the last dose so recent that receptors are blocked, or (with `warns`) may be?"""
    if one.last_at is None:
        return False
    if not is_xr(one.drug):
        return at - one.last_at < hours("naltrexone", "blocks_opioids_hours")
    return at - one.last_at < days("naltrexone", "xr_warns_days" if warns else "xr_blocks_opioids_days")


def on_it(facts, at):
    """The newest dose of naltrexone whose effect still holds, or None: then the gate was passed before."""
    held = [one for one in facts.of("naltrexone") if _still_holds(one, at, warns=True)]
    return max(held, key=lambda one: one.last_at, default=None)


def gate(facts, order):
    """Everything asked before naltrexone (domain 6.6, 11)."""
    if "naltrexone" not in order.drug.ingredients:
        return
    going_on = on_it(facts, order.at)
    yield from _opioids(facts, order, going_on)
    yield from _challenge_and_tests(facts, going_on)
    yield from _surgery(facts, order)
    yield from _liver(facts, order)
    yield from _cautions(facts)
    yield from _dose(facts, order, going_on)


def _opioids(facts, order, going_on):
    """Opioid-free for 7 to 10 days, 14 after methadone or buprenorphine; what goes on is never overridden."""
    now = [one for one in facts.opioids() if one.current and one.key not in order.replaces]
    if now:
        names = ", ".join(f"{one.drug.name} ({one.where})" for one in now)
        yield block(
            "naltrexone_opioid_now",
            f"Opioids go on: {names}. Naltrexone would bring on withdrawal; stop them first.",
            LABEL,
            overridable=False,
        )
    before = [one for one in facts.opioids() if one not in now]
    told = set()
    newest_first = sorted(before, key=lambda one: one.last_at or one.noted_at, reverse=True)
    for one in newest_first:
        if going_on and (one.last_at or one.noted_at) < going_on.last_at:
            continue
        found = _interval(facts, one, order.at)
        if found and found.code not in told:
            told.add(found.code)
            yield found
    if facts.has("opioid_withdrawal"):
        yield block("naltrexone_withdrawal", "Opioid withdrawal is on record.", LABEL, overridable=True)
    elif known := facts.has("opioid_dependence"):
        yield warn(
            "naltrexone_dependence", f"On record: {known}. Be sure of the days without; a challenge tells.", LABEL
        )


def _interval(facts, one, at):
    """Too soon after this opioid?"""
    named = f"{one.drug.name} ({one.where})"
    if one.last_at is None:
        challenge = facts.last("naloxone_challenge")
        if challenge and challenge.found is False and challenge.at > one.noted_at:
            return warn("naltrexone_opioid_when", f"Nobody knows when {named} was last taken.", GATE)
        return block(
            "naltrexone_opioid_when_unknown",
            f"Nobody knows when {named} was last taken. Ask, or do a naloxone challenge.",
            GATE,
            overridable=True,
        )
    gap = at - one.last_at
    said = f"{named}, last {max(gap.days, 0)} days before the first dose"
    if one.drug.classes & LONG_ACTING:
        limit = LIMITS["opioid_free"]["long_acting"]["block_days"]
        if gap < days("opioid_free", "long_acting", "block_days"):
            return block("naltrexone_after_long_acting", f"{said}: wait until day {limit}.", GATE, overridable=True)
        return None
    limit = LIMITS["opioid_free"]["short_acting"]
    if gap < days("opioid_free", "short_acting", "block_days"):
        return block(
            "naltrexone_too_soon", f"{said}: wait at least {limit['block_days']} days.", GATE, overridable=True
        )
    if gap < days("opioid_free", "short_acting", "warn_days"):
        return warn(
            "naltrexone_soon", f"{said}: {limit['block_days']} to {limit['warn_days']} days are asked for.", GATE
        )
    return None


def _challenge_and_tests(facts, going_on):
    """A failed challenge and a positive test end it; what was not asked is asked before the first dose."""
    challenge = facts.last("naloxone_challenge")
    if challenge and challenge.found:
        yield block(
            "naltrexone_challenge_failed", "The naloxone challenge failed. Repeat it later.", LABEL, overridable=False
        )
    within = days("naltrexone", "asked_within_days")
    tests = [check for check in facts.checks if check.kind == "opioid_test" and check.at <= facts.at]
    positive = max((test.at for test in tests if test.found), default=None)
    wanted = set(OURS["named_analytes"])
    after = [test for test in tests if test.found is False and (positive is None or test.at > positive)]
    recent = {name for test in after if facts.at - test.at <= within for name in test.analytes}
    if positive and not (wanted <= {name for test in after for name in test.analytes} and _all_gone(tests)):
        yield block(
            "naltrexone_opioid_positive",
            "A test for opioids was positive. Only a later test that names each opioid, what was found among them,"
            " and finds none lifts this.",
            LABEL,
            overridable=False,
        )
    elif not going_on and not wanted <= recent:
        missing = ", ".join(sorted(wanted - recent))
        yield block(
            "naltrexone_test_missing",
            f"No test of the last {OURS['asked_within_days']} days names: {missing}. A plain screen misses them.",
            GATE,
            overridable=True,
        )
    if going_on:
        return
    for kind, code, sentence in (
        ("monitoring", "naltrexone_monitoring_missing", "The prescription monitoring program was not asked."),
        ("outside_history", "naltrexone_history_missing", "Nobody asked what was prescribed elsewhere."),
    ):
        asked = facts.last(kind, within=within)
        if asked is None:
            yield block(code, sentence, GATE, overridable=True)
        elif asked.found:
            yield warn(code.replace("missing", "found"), "Opioids were found there. Read what was noted.", GATE)


def _all_gone(tests):
    """Was each opioid that was ever found looked for by name since, and not found?"""
    cleared = [(name, test.at) for test in tests if test.found is False for name in test.analytes]
    return all(any(one == name and at > test.at for one, at in cleared)
               for test in tests if test.found for name in test.analytes)  # fmt: skip


def _surgery(facts, order):
    """A planned operation: oral 72 h, the injection 24 to 30 days before (domain 11)."""
    planned = facts.last("surgery")
    if planned is None or planned.planned_at is None or planned.planned_at < order.at:
        return
    left, xr = planned.planned_at - order.at, is_xr(order.drug)
    near = days("naltrexone", "xr_before_surgery_days") if xr else hours("naltrexone", "before_surgery_hours")
    if left < near:
        yield block(
            "naltrexone_surgery",
            f"An operation is planned in {left.days} days. The effect would still hold.",
            "label and secondary sources",
            overridable=True,
        )
    elif xr and left < days("naltrexone", "xr_before_surgery_warn_days"):
        yield warn(
            "naltrexone_surgery_near", f"An operation is planned in {left.days} days.", "label and secondary sources"
        )


def _liver(facts, order):
    """Acute hepatitis and liver failure end it; values at the beginning, after 1, 3 and 6 months, then yearly."""
    if known := facts.has("acute_hepatitis"):
        yield block("naltrexone_liver_acute", f"On record: {known}.", "older label, kept by us", overridable=False)
    newest = facts.last("liver")
    began = min((one.since for one in facts.of("naltrexone") if one.since), default=None)
    if newest is None or (began is None and facts.at - newest.at > days("naltrexone", "liver_baseline_days")):
        yield warn("naltrexone_liver_baseline", "There are no liver values from before the first dose.", GATE)
    elif began is not None and (due := _liver_due(began, facts.at)) and newest.at < due:
        yield warn("naltrexone_liver_due", f"Liver values were due on {due:%Y-%m-%d}.", GATE)
    if newest and newest.value is not None:
        if newest.value > Decimal(OURS["liver_high_times_normal"]):
            yield block(
                "naltrexone_liver_high",
                f"ALT was {newest.value.normalize():f} times normal.",
                "from memory: caution above 3 to 5 times",
                overridable=True,
            )
        elif newest.value > Decimal(OURS["liver_caution_times_normal"]):
            yield warn(
                "naltrexone_liver_raised",
                f"ALT was {newest.value.normalize():f} times normal. Ketamine alone can do that; look again soon.",
                "from memory: caution above 3 to 5 times",
            )


def liver_due_after(began, at):
    """When liver values are due next after `at`: 1, 3 and 6 months after the beginning, then yearly."""
    months = list(OURS["liver_months"])
    while True:
        for month in months:
            due = began + days_of(month)
            if due > at:
                return due
        months = [months[-1] + OURS["liver_then_every_months"]]


def _liver_due(began, at):
    """The newest of those times that has passed, or None."""
    passed, after = None, began
    while (due := liver_due_after(began, after)) <= at:
        passed = after = due
    return passed


def days_of(months):
    """Months as days."""
    return timedelta(days=round(months * MONTH))


def _cautions(facts):
    """What is watched: kidneys, pregnancy, mood (label)."""
    if known := facts.has("kidney"):
        yield warn("naltrexone_kidney", f"On record: {known}. Take care.", LABEL)
    if facts.pregnant:
        yield warn("naltrexone_pregnancy", "The person is pregnant. Weigh it with them.", LABEL)
    if facts.suicidal or facts.has("depression"):
        yield warn("naltrexone_mood", "Depression or thoughts of suicide are on record. Watch mood.", LABEL)


def _dose(facts, order, going_on):
    """25 mg to see, then 50 mg a day; the injection 380 mg every four weeks."""
    if is_xr(order.drug):
        if order.dose_mg != OURS["xr_dose_mg"]:
            yield warn("naltrexone_dose_unusual", f"The injection is {OURS['xr_dose_mg']} mg.", LABEL)
        if order.every is not None and order.every < days("naltrexone", "xr_every_days"):
            yield warn("naltrexone_too_often", "The injection is given every four weeks.", LABEL)
        if not going_on:
            yield warn("naltrexone_never_tried", "Naltrexone by mouth was not taken before this injection.", GATE)
        yield warn(
            "naltrexone_reversal", "Offer or discuss an overdose-reversal agent at each injection.", "label, 12/2025"
        )
        return
    if order.dose_mg is None:
        yield block(
            "naltrexone_dose_unread", "Give the dose in mg, so that it can be checked.", GATE, overridable=True
        )
        return
    if not going_on and order.dose_mg > OURS["test_dose_mg"]:
        yield block("naltrexone_test_dose_first", f"Begin with {OURS['test_dose_mg']} mg.", GATE, overridable=True)
    if (order.daily_mg or order.dose_mg) > OURS["usual_dose_mg"]:
        yield warn("naltrexone_dose_unusual", f"{OURS['usual_dose_mg']} mg a day are usual.", LABEL)


def reverse(facts, order):
    """An opioid while naltrexone is taken, or too soon after, is refused or warned of the same way (domain 6.6)."""
    if not order.drug.is_opioid():
        return
    taken = facts.of("naltrexone")
    now = [one for one in taken if one.current and one.key not in order.replaces]
    if now:
        names = ", ".join(f"{one.drug.name} ({one.where})" for one in now)
        yield block(
            "opioid_on_naltrexone",
            f"Naltrexone goes on: {names}. An opioid would not work, and more of it could kill.",
            LABEL,
            overridable=False,
        )
        return
    for one in taken:
        if one.last_at is None:
            continue
        gap = order.at - one.last_at
        if _still_holds(one, order.at):
            yield block(
                "opioid_after_naltrexone",
                f"{one.drug.name} was last given {gap.days} days before. It still blocks.",
                "label and secondary sources",
                overridable=True,
            )
        elif _still_holds(one, order.at, warns=True):
            yield warn(
                "opioid_soon_after_naltrexone",
                f"{one.drug.name} was last given {gap.days} days before. It may still block in part.",
                "label and secondary sources",
            )
        if gap < days("naltrexone", "low_tolerance_days"):
            yield warn("opioid_tolerance_low", "After naltrexone tolerance is low: a usual dose can kill.", LABEL)
