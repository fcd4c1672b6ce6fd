"""Naltrexone, wanted by somebody who takes tramadol for a bladder that ketamine hurt. Over HTTP, as it happens."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import given


@pytest.fixture
def walk(clinic, api):
    """Post to the API as somebody: the answer, with its status."""

    def post(who, address, **data):
        answer = api(getattr(clinic, who)).post(f"/api/v1/{address}/", data, format="json")
        return answer.status_code, answer.json()

    return post


def done(answer):
    """What came of a verb that was done."""
    status, body = answer
    assert status in (200, 201), body
    return body


def blocked(answer):
    """The codes of what is in the way."""
    status, body = answer
    assert (status, body["code"]) == (409, "order_blocked"), body
    return set(body["codes"])


def in_refusal(answer, code):
    """A refusal of another kind."""
    status, body = answer
    assert (status, body["code"]) == (409, code), body


def test_naltrexone_wanted_by_someone_on_tramadol_for_bladder_pain(clinic, walk, api):
    start = timezone.now()
    episode = given.self_referred(clinic, "Maria")
    maria, thread, here = f"patients/{episode.patient_id}", f"episodes/{episode.pk}", str(clinic.here.pk)
    naltrexone = {
        "name": "Naltrexone", "dose": "25", "dose_unit": "mg", "route": "oral", "frequency": "once",
        "indication": "Ketamine use disorder",
    }  # fmt: skip

    def doses(order):
        rows = api(clinic.nurse).get(f"/api/v1/doses/?order={order['id']}&open=true").json()["results"]
        return sorted(rows, key=lambda row: row["due_at"])

    def order(**fields):
        return walk("prescriber", f"{thread}/order-medication", **{**naltrexone, **fields})

    # She comes with tramadol that another doctor prescribed; a plain urine screen would have missed it.
    told = done(
        walk("nurse", f"{maria}/record-medication", facility=here, medication="tramadol 50 mg", source="person",
             how_often="four a day", taken_for="bladder pain", last_taken_at=(start - timedelta(hours=3)).isoformat())
    )  # fmt: skip
    done(walk("nurse", f"{maria}/record-medication-check", facility=here, kind="opioid_test", found=False,
              analytes=["morphine", "codeine"]))  # fmt: skip
    status, refusal = order(override_reason="She wants it.")
    assert blocked((status, refusal)) >= {"naltrexone_opioid_now"}
    assert "tramadol 50 mg" in refusal["detail"] and "withdrawal" in refusal["detail"]
    known = {one["code"]: one for one in refusal["findings"]}
    assert not known["naltrexone_opioid_now"]["overridable"]
    assert "tramadol" in known["naltrexone_test_missing"]["sentence"]

    # It is tapered here, and a urologist looks at what it was taken for.
    taper = done(order(name="Tramadol", frequency="every_hours", every=12, dose="50", indication="Bladder pain",
                       ends_at=(start + timedelta(days=3)).isoformat()))  # fmt: skip
    done(walk("prescriber", f"medication-statements/{told['id']}/decide", decision="stopped",
              decision_in_words="Tapered here; urology asked about the bladder."))  # fmt: skip
    done(walk("nurse", f"{maria}/record-condition", facility=here, words="Ketamine uropathy", code="N30.20"))
    last = doses(taper)[0]
    given_last = done(walk("nurse", f"doses/{last['id']}/give"))
    assert given_last["needs_witness"] and not given_last["is_given"]
    done(walk("technician", f"administrations/{given_last['id']}/witness"))
    assert "naltrexone_opioid_now" in blocked(order())
    done(walk("prescriber", f"medication-orders/{taper['id']}/stop", because="done", reason="tapered"))

    # Six days later it is still too soon; after seven it may be, with care and a challenge.
    with time_machine.travel(start + timedelta(days=6, hours=23), tick=False):
        assert "naltrexone_too_soon" in blocked(order())
    eighth = start + timedelta(days=8)
    with time_machine.travel(eighth, tick=False):
        for kind in ("monitoring", "outside_history"):
            done(walk("nurse", f"{maria}/record-medication-check", facility=here, kind=kind, found=False))
        done(walk("nurse", f"{maria}/record-medication-check", facility=here, kind="opioid_test", found=False,
                  analytes=given.NAMED))  # fmt: skip
        done(walk("nurse", f"{maria}/record-medication-check", facility=here, kind="liver", times_normal="2.4"))
        done(walk("nurse", f"{maria}/record-medication-check", facility=here, kind="naloxone_challenge", found=True))
        assert blocked(order(override_reason="Let us try.")) == {"naltrexone_challenge_failed"}
    ninth = start + timedelta(days=9)
    with time_machine.travel(ninth, tick=False):
        done(walk("nurse", f"{maria}/record-medication-check", facility=here, kind="naloxone_challenge", found=False))
        assert blocked(order(dose="50")) == {"naltrexone_test_dose_first"}
        first = done(order())
        assert {one["code"] for one in first["findings"]} == {"naltrexone_soon", "off_label"}
        assert first["off_label"] and "case reports only" in first["evidence_in_words"]
        assert "not a full interaction checker" in first["said"]
        [dose] = doses(first)
        in_refusal(walk("nurse", f"doses/{dose['id']}/give"), "counsel_missing")
        done(walk("nurse", f"medication-orders/{first['id']}/counsel",
                  told=["blockade", "before_opioids", "wallet_card", "naloxone"]))  # fmt: skip
        done(walk("nurse", f"doses/{dose['id']}/give"))

    # 25 mg went well: 50 mg a day from here on. An opioid is refused now, also where somebody else asks for it.
    tenth = start + timedelta(days=10)
    with time_machine.travel(tenth, tick=False):
        daily = done(order(dose="50", frequency="every_hours", every=24))
        assert daily["to_be_told"]  # an order of its own: the person is told again before its first dose
        done(walk("nurse", f"medication-orders/{daily['id']}/counsel",
                  told=["blockade", "before_opioids", "wallet_card", "naloxone"]))  # fmt: skip
        done(walk("nurse", f"doses/{doses(daily)[0]['id']}/give"))
        opioid = {"name": "Ultram", "dose": "50", "frequency": "once", "indication": "Bladder pain"}
        assert blocked(order(**opioid, override_reason="It hurts.")) == {"opioid_on_naltrexone"}
        verbal = {**naltrexone, **opioid, "prescriber": str(clinic.prescriber.pk), "read_back": True}
        assert blocked(walk("nurse", f"{thread}/take-verbal-order", **verbal)) == {"opioid_on_naltrexone"}

    # She stops. What that means is owed to her until somebody says it, and an opioid would still not work today.
    with time_machine.travel(tenth + timedelta(days=1), tick=False):
        stopped = done(walk("prescriber", f"medication-orders/{daily['id']}/stop", because="wished", reason="wished"))
        assert any("Tolerance to opioids is low now" in words for words in stopped["to_be_told"])
        owed = api(clinic.nurse).get(f"/api/v1/duties/?episode={episode.pk}&open=true&kind=medication_counsel").json()
        assert [one["id"] for one in owed["results"]] == [stopped["counsel_duty"]]
        assert blocked(order(**opioid)) == {"opioid_after_naltrexone"}
        told = done(walk("nurse", f"medication-orders/{daily['id']}/counsel", told=["tolerance", "naloxone"]))
        assert told["to_be_told"] == []
    with time_machine.travel(tenth + timedelta(days=4), tick=False):
        later = done(order(**opioid))
        assert {one["code"] for one in later["findings"]} == {"opioid_tolerance_low"}

    lines = api(clinic.nurse).get(f"/api/v1/{maria}/timeline/?kinds=medication&limit=100").json()["results"]
    words = [line["words"] for line in lines]
    assert any(one.startswith("Naltrexone stopped") for one in words)
    assert not any("given" in one for one in words)  # doses that were given stand in their own list
