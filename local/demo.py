"""`make demo`: walk new people down every road of the running system, over HTTP, with its own worker and broker.

Nothing is faked: the practice clinic's own ladders and schedules count in seconds. Every verb carries a key and
is sent again when a part of the system is gone for a moment, so that it is done once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from pathlib import Path

from local.api import Api, Refused, Staff, wait_for
from local.stack import PROJECT, Stack
from local.walk import Broken, Person, Walk, check, in_hours, seconds_since

CLINIC = "Practice clinic"
STAFF = ("intake", "nurse", "counselor", "supervisor", "aftercare", "outsider")
NAMES = ["Ada", "Bo", "Cleo", "Dev", "Esme", "Finn", "Gia", "Hugo", "Ivy", "Jude", "Kai", "Lena", "Milo", "Nia"]
KETAMINE, SNORTED = "2004", "3"
COMPLETED, OTHER = "1", "95"  # TEDS reasons of a discharge
WAITING = "waiting for the clock"


# Steps that several roads share.


def handed_over(walk: Walk, name: str) -> Person:
    """Handed over by a hospital after a ketamine overdose."""
    with walk.step("nurse", f"takes over {name} after a ketamine overdose; a talk is owed") as nurse:
        handover = nurse.do(
            "handovers",
            facility=walk.clinic["id"],
            person={"preferred_name": name},
            source="hospital",
            source_name="General Hospital",
            consciousness="voice",
            breathing="normal",
            respiratory_rate=14,
            oxygen_saturation=96,
            expected_leaving_at=in_hours(6),
            substances=[{"substance": KETAMINE, "route": SNORTED, "source": "hospital"}],
        )
        person = Person(name, handover["patient"], handover["episode"])
        walk.must_be(person, "stabilizing", owed="talk")
    return person


def said(walk: Walk) -> dict:
    """Every item of the discharge checklist done."""
    return {item["code"]: {"answer": "done"} for item in walk.checklist("discharge")}


def observed(walk: Walk, person: Person) -> None:
    """Measured at the bedside, until it is no longer needed."""
    with walk.step("nurse", f"measures {person}'s breathing and blood pressure; once more in 15 minutes") as nurse:
        walk.owed(person, "arrival_observation")
        seen = nurse.do(f"episodes/{person.episode}/observe", respiratory_rate=14, oxygen_saturation=97, sedation=1)
        check(not seen["warnings"], "there is a warning")
        walk.owed(person, "arrival_observation")
    with walk.step("nurse", f"sees {person} awake and walking, and ends the observations") as nurse:
        nurse.do(f"episodes/{person.episode}/stop-observations", reason="Awake and walking")
        owed = nurse.list("duties", episode=person.episode, open="true", kind="arrival_observation")
        check(not owed, "observations are owed still")


def cleared(walk: Walk, person: Person, basis: str = "cleared") -> None:
    """Every item of the checklist met."""
    with walk.step("nurse", f"clears {person} on the medical checklist") as nurse:
        findings = {item["code"]: {"finding": "met"} for item in walk.checklist("medical-clearance")}
        nurse.do(f"episodes/{person.episode}/clear", basis=basis, findings=findings)
        check(walk.episode(person)["clearance_basis"] == basis, "the episode is not cleared")


def talked(walk: Walk, person: Person, outcome: str, said: str, stage: str, owed: str = "", **fields) -> None:
    """The talk, and what follows from the answer."""
    with walk.step("counselor", f"talks with {person}, who {said}") as counselor:
        counselor.do(f"episodes/{person.episode}/talk", outcome=outcome, information_offered=True, **fields)
        walk.must_be(person, stage, owed=owed)


def asked_for_help(walk: Walk, name: str, **fields) -> Person:
    """Came without an overdose."""
    with walk.step("intake", f"takes down that {name} asked for help, with no overdose; an intake is owed") as intake:
        episode = intake.do(
            "episodes", facility=walk.clinic["id"], entry="self", person={"preferred_name": name}, **fields
        )
        person = Person(name, episode["patient"], episode["id"])
        walk.must_be(person, "intake", owed="intake")
    return person


def reachable(walk: Walk, person: Person) -> None:
    """An address that was tried, with consent to check-ins."""
    with walk.step("nurse", f"writes down where {person} agrees to be written to, and tries it") as nurse:
        point = nurse.do(
            f"patients/{person.patient}/add-contact-point",
            channel="email",
            value=f"{person.name.lower()}-{person.patient[-6:]}@example.org",
            scopes=["check_in"],
        )
        point = nurse.do(f"contact-points/{point['id']}/verify")
        check(point["verified_at"], "the address is not verified")


def taken_in(walk: Walk, person: Person, program: dict) -> None:
    """The intake, once the person was asked about suicide."""
    with walk.step("nurse", f"asks {person} about suicide: no danger is found") as nurse:
        screen = nurse.do(f"episodes/{person.episode}/screen-suicide", wish=False, thoughts=False, behavior=False)
        check(screen["level"] == "none", f"the answers call for “{screen['level']}”")
    with walk.step("intake", f"completes {person}'s intake; admission is owed") as intake:
        intake.do(
            f"episodes/{person.episode}/complete-intake",
            program=program["id"],
            goals="Sleep through the night.",
            agreed_to_treatment=True,
            patient_notice_given=True,
        )
        walk.must_be(person, "intake", owed="admission")


def admitted(walk: Walk, person: Person, program: dict) -> None:
    """Into a program, and into a free bed where it has beds."""
    where = "a residential bed" if program["needs_bed"] else "the outpatient program"
    with walk.step("nurse", f"admits {person} to {where}; a treatment plan is owed") as nurse:
        path = f"episodes/{person.episode}/admit"
        if program["needs_bed"]:
            walk.take_a_bed(person, path, program=program["id"])
            check(not walk.bed_is_free(person), "the bed is still shown as free")
        else:
            nurse.do(path, program=program["id"])
        walk.must_be(person, "treatment", owed="treatment_plan")


def closed(walk: Walk, person: Person, reason: str, why: str) -> None:
    """A signed decision; nothing is owed any more."""
    with walk.step("supervisor", f"closes {person}'s episode ({why}); nothing is owed any more") as supervisor:
        supervisor.do(f"episodes/{person.episode}/close", reason=reason, note=why)
        must_be_closed(walk, person, reason)


def must_be_closed(walk: Walk, person: Person, reason: str) -> None:
    """Raise Broken unless the episode is closed for this reason with nothing owed."""
    episode = walk.episode(person)
    check(episode["stage"] == "closed", f"{person} is at “{episode['stage']}”")
    check(episode["close_reason"] == reason, f"it was closed as “{episode['close_reason']}”")
    owed = walk.staff["nurse"].list("duties", episode=person.episode, open="true")
    check(not owed, f"{len(owed)} duties are still open")


# The roads.


def from_overdose_to_aftercare(walk: Walk, name: str) -> None:
    """The whole road, to a check-in that is missed, called about and answered late."""
    person = handed_over(walk, name)
    with walk.step("outsider", f"sees nothing of {person}") as outsider:
        check(hidden(outsider, f"episodes/{person.episode}/"), "the outsider can open the episode")
    observed(walk, person)
    cleared(walk, person)
    talked(walk, person, "accepted", "accepts; an intake is owed", "intake", owed="intake")
    reachable(walk, person)
    taken_in(walk, person, walk.residential)
    admitted(walk, person, walk.residential)
    try:
        a_session(walk, person)
        with walk.step("counselor", f"moves {person} to outpatient; the bed is free again") as counselor:
            where = f"episodes/{person.episode}/move"
            in_the_way = gaps(counselor, where, program=walk.outpatient["id"])
            travels = {gap["code"]: {"answer": "goes_on", "words": "Seen to by phone."} for gap in in_the_way}
            counselor.do(where, program=walk.outpatient["id"], travels=travels)
            check(walk.bed_is_free(person), "the bed is not free")
            walk.must_be(person, "treatment", owed="treatment_plan")
    finally:
        vacate(walk, person)
    with walk.step("counselor", f"discharges {person} into aftercare; a check-in is owed") as counselor:
        counselor.do(f"episodes/{person.episode}/discharge", reason=COMPLETED, checklist_answers=said(walk))
        walk.must_be(person, "aftercare", owed="check_in")
        first = walk.check_in(person)
    missed_and_reached(walk, person, first)


def gaps(counselor: Staff, where: str, **body) -> list[dict]:
    """What a move would drop, as its refusal lists it."""
    try:
        counselor.do(where, **body)
    except Refused as refused:
        check(refused.code == "would_be_dropped", f"it was refused as “{refused.code}”")
        return refused.answer["to_answer"]
    raise Broken("nothing was in the way of the move")


def a_session(walk: Walk, person: Person) -> None:
    """A session with its note: drafted, signed, locked."""
    with walk.step("counselor", f"logs a session with {person}; its note is drafted, a signature owed") as counselor:
        session = counselor.do(
            f"episodes/{person.episode}/log-session",
            kind="individual",
            started_at=in_hours(-1),
            ended_at=in_hours(-0.1),
            attendance="attended",
        )
        note = walk.only("session-notes", who="counselor", session=session["id"])
        walk.owed(person, "sign_note")
    with walk.step("counselor", "writes the note and signs it") as counselor:
        counselor.do(f"session-notes/{note['id']}/write", text="Talked about the night and what came before it.")
        note = counselor.do(f"session-notes/{note['id']}/sign")
        check(note["signed_at"], "the note is not signed")
    with walk.step("counselor", "cannot change it any more") as counselor:
        try:
            counselor.do(f"session-notes/{note['id']}/write", text="Something else.")
        except Refused as refusal:
            check(refusal.code == "note_signed", f"refused as {refusal.code}")
        else:
            check(False, "a signed note was changed")


def missed_and_reached(walk: Walk, person: Person, check_in: dict) -> None:
    """Reminded by Celery, missed, chased, reached."""
    print(f"    {'…':10} {WAITING}: {person}'s check-in is due in seconds", flush=True)
    with walk.step("system", f"reminds {person} when the check-in is due: sent by the worker"):
        walk.message(person, "check_in", "at the due time")
    with walk.step("system", f"reminds {person} once more"):
        walk.message(person, "check_in_again", "after the due time")
    with walk.step("system", f"puts {person} on the call list: the check-in was missed"):
        line = wait_for(lambda: on_call_list(walk, person), f"{person}'s line on the call list")
        check(line["preferred_name"] == person.name and len(line["calls"]) == 1, f"the line says {line}")
    with walk.step("aftercare", f"calls {person}: no answer; the call is still owed") as coach:
        coach.do(f"duties/{line['calls'][0]}/log-call", outcome="no_answer", note="Rang out.")
        check(on_call_list(walk, person), f"{person} is not on the call list any more")
    with walk.step("aftercare", f"writes down what {person} answers, late") as coach:
        coach.do(
            f"check-ins/{check_in['id']}/answer", how="message", craving=30, ketamine_days=0, text="Doing all right."
        )
        check(not on_call_list(walk, person), f"{person} is still on the call list")
        answered = coach.get(f"check-ins/{check_in['id']}/")
        check(answered["outcome"] == "answered", f"the check-in ended as “{answered['outcome']}”")
    with walk.step("system", f"has taken {person} off the call list and made the next check-in"):
        following = walk.check_in(person)
        check(following["number"] == check_in["number"] + 1, "it is not the next one")
        walk.must_be(person, "aftercare", owed="check_in")


def on_call_list(walk: Walk, person: Person) -> dict | None:
    """The person's line on the call list, if there is one."""
    return next(walk.staff["aftercare"].rows("call-list", patient=person.patient), None)


def hidden(staff, path: str) -> bool:
    """Is this row not there for this user?"""
    try:
        staff.get(path)
    except Refused as refusal:
        return refusal.status in (403, 404)
    return False


def vacate(walk: Walk, person: Person) -> None:
    """After a road that ended early: give the bed back, so that the demo can be run again and again."""
    try:
        stage = person.bed and not walk.bed_is_free(person) and walk.episode(person)["stage"]
        if stage == "treatment":
            walk.staff["counselor"].do(f"episodes/{person.episode}/discharge", reason=OTHER)
        elif stage == "stabilizing":
            walk.staff["nurse"].do(f"episodes/{person.episode}/not-coming-back", reason="the demo was stopped")
    except Exception as error:
        print(f"    (the bed of {person} could not be given back: {error})", flush=True)


def from_self_referral_to_outpatient(walk: Walk, name: str) -> None:
    """No overdose, no bed."""
    person = asked_for_help(walk, name)
    cleared(walk, person, basis="screened")
    taken_in(walk, person, walk.outpatient)
    admitted(walk, person, walk.outpatient)


def declined_in_touch(walk: Walk, name: str) -> None:
    """Declined after stabilization, with permission to be contacted."""
    person = handed_over(walk, name)
    observed(walk, person)
    cleared(walk, person)
    reachable(walk, person)
    talked(
        walk,
        person,
        "declined",
        "declines and may be contacted again; a first check-in is owed",
        "aftercare",
        owed="check_in",
        may_contact_again=True,
        contact_how="By e-mail, then by phone",
    )
    with walk.step("aftercare", f"reaches {person} by phone for the first check-in; the next one is owed") as coach:
        duty = walk.owed(person, "check_in")
        coach.do(f"duties/{duty['id']}/log-call", outcome="reached", note="Glad somebody asked.")
        walk.must_be(person, "aftercare", owed="check_in")
        check(walk.owed(person, "check_in")["id"] != duty["id"], "it is still the first one")


def declined_and_back(walk: Walk, name: str) -> None:
    """Declined without permission: closed, nobody chases. Coming back begins a new episode."""
    person = handed_over(walk, name)
    observed(walk, person)
    cleared(walk, person)
    talked(walk, person, "declined", "declines and wants no contact", "closed", may_contact_again=False)
    with walk.step("system", f"has closed {person}'s episode; nothing is owed and nobody chases"):
        must_be_closed(walk, person, "declined")
    with walk.step("intake", f"takes down that {person} came back; the new episode knows of the last") as intake:
        episode = intake.do("episodes", facility=walk.clinic["id"], entry="return", patient=person.patient)
        check(episode["previous"] == person.episode, "the new episode does not link to the last")
        back = Person(name, person.patient, episode["id"])
        walk.must_be(back, "intake", owed="intake")
    closed(walk, back, "withdrew", "changed their mind")


def sent_out_and_back(walk: Walk, name: str) -> None:
    """Sent out to hospital, the bed kept, and back in it."""
    person = asked_for_help(walk, name)
    cleared(walk, person, basis="screened")
    taken_in(walk, person, walk.residential)
    admitted(walk, person, walk.residential)
    try:
        with walk.step("nurse", f"sends {person} out to hospital; a call is owed and the bed is kept") as nurse:
            nurse.do(f"episodes/{person.episode}/send-out", destination="General Hospital", reason="Fever")
            walk.must_be(person, "stabilizing", owed="away")
            check(not walk.bed_is_free(person), "the bed was given away")
        with walk.step("nurse", f"cannot take {person} back before a new clearance") as nurse:
            try:
                nurse.do(f"episodes/{person.episode}/bring-back")
            except Refused as refusal:
                check(refusal.code == "not_cleared", f"refused as {refusal.code}")
            else:
                check(False, "the person was taken back uncleared")
        cleared(walk, person)
        with walk.step("nurse", f"takes {person} back, in the bed that was kept") as nurse:
            nurse.do(f"episodes/{person.episode}/bring-back")
            walk.must_be(person, "treatment", owed="treatment_plan")
            check(not walk.bed_is_free(person), "the bed is free")
        with walk.step("counselor", f"discharges {person}; the bed is free again") as counselor:
            counselor.do(f"episodes/{person.episode}/discharge", reason=COMPLETED, checklist_answers=said(walk))
            check(walk.bed_is_free(person), "the bed is not free")
    finally:
        vacate(walk, person)
    closed(walk, person, "withdrew", "moves away, wants no calls")


def death_is_reported(walk: Walk, name: str) -> tuple[Person, dict]:
    """Everything to the person pauses at once."""
    person = handed_over(walk, name)
    observed(walk, person)
    cleared(walk, person)
    reachable(walk, person)
    talked(
        walk,
        person,
        "declined",
        "declines and may be contacted again; a first check-in is owed",
        "aftercare",
        owed="check_in",
        may_contact_again=True,
    )
    with walk.step("aftercare", f"writes down that {person} is said to have died: every message pauses") as coach:
        report = coach.do(
            f"patients/{person.patient}/report-death", facility=walk.clinic["id"], told_by="a sister, by phone"
        )
        walk.owed(person, "death_review")
        check(walk.owed(person, "check_in")["suspended_at"], "the check-in goes on")
    return person, report


def death_is_confirmed(walk: Walk, person: Person, report: dict) -> None:
    """No message went out meanwhile; the episode closes."""
    with walk.step("system", f"has written nothing to {person} since, though the check-in was due"):
        due_at = walk.check_in(person)["due_at"]
        wait_for(lambda: seconds_since(due_at) > 10, "the time of the check-in")
        late = [notice for notice in walk.messages(person) if notice["made_at"] > report["reported_at"]]
        check(not late, f"{len(late)} message(s) came after the report")
    with walk.step("supervisor", f"confirms the death of {person}; the episode is closed, nothing is owed") as lead:
        lead.do(f"death-reports/{report['id']}/confirm", reason="The hospital confirmed it.")
        must_be_closed(walk, person, "died")


def every_road(walk: Walk) -> None:
    """All of them, the waiting of one in the shadow of another."""
    names = iter(random.sample(NAMES, 6))
    said_dead = None
    with walk.road("Arriving"):
        walk.arrive(CLINIC, *STAFF)
    if walk.failed:
        return
    with walk.road("Death reported: messages pause"):
        said_dead = death_is_reported(walk, next(names))
    with walk.road("Asked for help, no overdose: outpatient"):
        from_self_referral_to_outpatient(walk, next(names))
    with walk.road("Declined, and may be contacted again: stay in touch"):
        declined_in_touch(walk, next(names))
    with walk.road("Declined, no contact wanted: closed; and back"):
        declined_and_back(walk, next(names))
    with walk.road("Sent out to hospital and back, the bed kept"):
        sent_out_and_back(walk, next(names))
    with walk.road("From the overdose to aftercare, missed and reached"):
        from_overdose_to_aftercare(walk, next(names))
    with walk.road("Death confirmed: closed"):
        if said_dead:
            death_is_confirmed(walk, *said_dead)


def find(base: Path) -> tuple[str, str]:
    """Address and password of the running system. Exits with a sentence when there is none."""
    if "DEMO_URL" in os.environ and "DEMO_PASSWORD" in os.environ:
        return os.environ["DEMO_URL"], os.environ["DEMO_PASSWORD"]
    stack = Stack(base)
    try:
        found = json.loads((base / "run.json").read_text())
        password = stack.environment()["DEMO_PASSWORD"]
    except (OSError, ValueError, KeyError):
        sys.exit("Nothing is running yet. Start the system with `make run` in another terminal first.")
    if not stack.claimed():
        sys.exit("Nothing is running. Start the system with `make run` in another terminal first.")
    return found["url"], password


def main(arguments: list[str]) -> int:
    """Walk; returns 0 only when every step held."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, default=PROJECT / ".local", help="folder of the running system")
    url, password = find(parser.parse_args(arguments).base)
    print(f"Walking new people down every road of {CLINIC} at {url} …", flush=True)
    walk, began = Walk(Api(url), password), time.monotonic()
    try:
        every_road(walk)
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    finally:
        walk.leave()
    print(f"\nIn {time.monotonic() - began:.0f} seconds: {walk.passed} passed, {walk.failed} failed", flush=True)
    return 1 if walk.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
