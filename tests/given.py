"""What tests begin with, made through the same actions that people use."""

import json
from datetime import time, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.test import override_settings
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Facility, Membership, Role, User
from aftercare.actions import check_ins, closings, discharges, links, pauses
from aftercare.actions import schedules as check_in_schedules
from aftercare.models import Schedule
from duties import actions as duties
from duties.models import Notice, NoticeState
from messaging import actions as messaging
from messaging.models import Attempt, GatewayIncident
from patients import actions as patients
from patients.codes import CoUse
from patients.models import ClearanceBasis, CriteriaSet, Entry
from treatment.actions import (
    appointments,
    assault,
    assessments,
    clearances,
    counseling,
    departures,
    doses,
    education,
    groups,
    handovers,
    holds,
    incidents,
    instruments,
    intakes,
    investigations,
    ketamine,
    leaves,
    legal,
    level_assessments,
    level_data,
    medication,
    medication_checks,
    medication_counts,
    medication_orders,
    observations,
    offers,
    placements,
    plan_lines,
    plans,
    proposals,
    random_tests,
    rounds,
    safety,
    schedules,
    sessions,
    toxicology,
    transfers,
    urology,
    uses,
    worries,
)
from treatment.actions import discharges as discharge_sides
from treatment.actions import waiting as wait_list
from treatment.actions.travels import TRAVELS
from treatment.models import Bed, Checklist, EducationText, Instrument, Objective, Program, Unit

LICENSED = {Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR}


def a_user(name, facility=None, role=None, licensed=True, **fields):
    """Somebody on the staff; clinicians are licensed, unless said otherwise."""
    fields.setdefault("email", f"{name}@staff.example.org")
    user = User.objects.create(username=name, first_name=name.replace("_", " ").title(), is_staff=True, **fields)
    if facility:
        post = accounts.join(user, facility=facility, role=role, by=user)
        if licensed and role in LICENSED:
            a_license(post)
    return user


def a_license(post, days=3650, **fields):
    """A license that somebody holds at a place, for so many days from now."""
    until = (timezone.now() + timedelta(days=days)).date()
    fields = {"license_number": "LC-1", "license_expires_on": until, **fields}
    return accounts.record_license(post, by=post.user, **fields)


NO_CAPS = {"most_a_day": 1000, "most_in_7_days": 1000}


def a_facility(name, **fields):
    """A place with no caps. Its quiet hours are kept where a test says so: no other depends on the time of day."""
    fields.setdefault("zone", "America/New_York")
    fields.setdefault("phone", "+1 555 0100")
    fields.setdefault("last_resort_name", "Ada Rook")
    fields.setdefault("last_resort_phone", "+12125550190")
    fields.setdefault("last_resort_email", "last.resort@example.org")
    return Facility.objects.create(name=name, **NO_CAPS, **fields)


def _staff(posts):
    """{name: user}: somebody in each of these posts, as `a_user` makes them. In two statements, for every test."""
    now = timezone.now()
    license = {"license_number": "LC-1", "license_expires_on": (now + timedelta(days=3650)).date()}
    found = {
        name: User(
            username=name, first_name=name.replace("_", " ").title(), is_staff=True, email=f"{name}@staff.example.org"
        )
        for name in posts
    }
    User.objects.bulk_create(found.values())
    Membership.objects.bulk_create(
        Membership(
            user=found[name], facility=facility, role=role, began_at=now, began_by=found[name],
            **(license if role in LICENSED else {}),
        )
        for name, (facility, role) in posts.items()
    )  # fmt: skip
    return found


def a_clinic():
    """A facility with two programs, three beds and somebody in every role, and another facility with a nurse."""
    here, elsewhere = a_facility("Harbor House"), a_facility("Hill Street")
    posts = {role.value: (here, role) for role in Role} | {"nurse_elsewhere": (elsewhere, Role.NURSE)}
    staff = _staff(posts)
    unit = Unit.objects.create(facility=here, name="East")
    clinic = SimpleNamespace(
        here=here,
        elsewhere=elsewhere,
        residential=Program.objects.create(
            facility=here,
            name="Residential",
            setting="residential",
            level_of_care="3.5",
            needs_bed=True,
            level_due=None,
        ),
        outpatient=Program.objects.create(
            facility=here, name="Outpatient", setting="outpatient", level_of_care="1.5", level_due=None
        ),
        unit=unit,
        beds=Bed.objects.bulk_create(Bed(unit=unit, label=str(number), in_use_from=None) for number in (1, 2, 3)),
        outsider=a_user("outsider"),
        **staff,
    )
    accounts.switch_on_sending(here, by=clinic.admin)
    return clinic


def on_call(clinic, user=None, kind="on_call", starts_at=None, hours=12, **fields):
    """Somebody on call here, from now on unless said otherwise."""
    starts_at = starts_at or timezone.now()
    ends_at = starts_at + timedelta(hours=hours)
    user = user or (clinic.nurse if kind == "on_call" else clinic.supervisor)
    fields = {"facility": clinic.here, "by": clinic.supervisor, **fields}
    return accounts.plan_shift(user=user, kind=kind, starts_at=starts_at, ends_at=ends_at, **fields)


def ago(**delta):
    """An instant in the past."""
    return timezone.now() - timedelta(**delta)


def findings():
    """Every item of the clearance checklist met."""
    items = Checklist.objects.current("medical-clearance").items
    return {item["code"]: {"finding": "met"} for item in items}


def said():
    """Every item of the discharge checklist done."""
    return {item["code"]: {"answer": "done"} for item in Checklist.objects.current("discharge").items}


def a_handover(clinic, name="Maria", at=None, **fields):
    """Somebody handed over after an overdose."""
    return handovers.receive(
        facility=clinic.here,
        person={"preferred_name": name},
        source="hospital",
        source_name="General Hospital",
        consciousness="alert",
        breathing="normal",
        substances=[{"substance": "2004", "route": "1", "source": "person"}],  # swallowed: nothing more is owed
        by=clinic.nurse,
        at=at,
        **fields,
    )


def engaging(clinic, name="Maria", at=None):
    """Handed over, observed for long enough, and cleared: the talk is next."""
    episode = a_handover(clinic, name, at=at).episode
    observations.stop_observations(episode, reason="stable for hours", by=clinic.nurse, at=at)
    clearances.clear(episode, basis=ClearanceBasis.CLEARED, findings=findings(), by=clinic.nurse, at=at)
    episode.refresh_from_db()
    return episode


def in_intake(clinic, name="Maria", at=None):
    """Said yes: the intake is next."""
    episode = engaging(clinic, name, at=at)
    discharges.talk(episode, outcome="accepted", by=clinic.counselor, at=at)
    episode.refresh_from_db()
    return episode


def asked(episode, clinic, at=None, **answers):
    """Asked about suicide; every answer is no, unless said otherwise."""
    answers = {"wish": False, "thoughts": False, "behavior": False} | answers
    return safety.screen_suicide(episode, by=clinic.nurse, at=at, **answers)


def assessed(episode, clinic, slug="phq-9", at=None, **answers):
    """Answered an instrument; nothing to every item that is not named by its code, as `q9=1`."""
    instrument = Instrument.objects.current().get(slug=slug)
    begun = assessments.begin_assessment(episode, instrument=instrument, by=clinic.nurse, at=at)
    said = dict.fromkeys((item["code"] for item in instrument.items), 0)
    said |= {code.removeprefix("q"): value for code, value in answers.items()}
    return assessments.answer(begun, answers=said, how="asked", by=clinic.nurse, at=at)


def intake_done(episode, clinic, at=None, **fields):
    """Asked about suicide, told about privacy, and taken in."""
    asked(episode, clinic, at=at)
    fields = {"program": clinic.residential, "patient_notice_given": True, "by": clinic.intake, **fields}
    intakes.complete_intake(episode, at=at, **fields)
    episode.refresh_from_db()
    return episode


def taken_in(clinic, name="Maria", at=None):
    """Intake completed: admission is next."""
    return intake_done(in_intake(clinic, name, at=at), clinic, at=at)


def level_assessed(episode, clinic, by=None, at=None, signed=True, **fields):
    """Assessed for a move to outpatient by somebody who signs alone, and signed."""
    level = fields.pop("level", "1.5")
    said = {"indicated": level, "recommended": level, "placed": level}
    fields = {"kind": "transition", "credential": "addiction_counselor", **said, **fields}
    by = by or clinic.counselor
    assessment = level_assessments.assess_level(episode, by=by, at=at, **fields)
    return level_assessments.sign_level(assessment, by=by, at=at) if signed else assessment


def a_mapping(clinic, **fields):
    """Which rating asks for which level, made up for the tests: two dimensions and one rule."""
    content = {
        "dimensions": [
            {"dimension": "1", "subdimension": "a", "name": "First", "tokens": {"0": "", "M": "1.7", "MM": "2.7"}},
            {"dimension": "5", "name": "Home", "tokens": {"0": "", "R": "3.1"}},
        ],
        "rules": [{"all": [["1.7", "2.7"], ["3.1", "3.5"]], "level": "3.7"}],
    }
    fields = {"asam_edition": "4", "name": "Ours", "content": content, "license_holder": "Harbor House", **fields}
    fields = {"license_reference": "2026-117", "licensed_on": ago(days=300).date(), "by": clinic.admin, **fields}
    return level_data.load_mapping(facility=clinic.here, **fields)


def all_travels(*, but=()):
    """Whatever is in the way of a move was seen to, but for these."""
    return {check.code: {"answer": "done", "words": "seen to"} for check in TRAVELS if check.code not in but}


def moved(episode, **fields):
    """Moved to another program, with everything that travels seen to."""
    return placements.move(episode, **{"travels": all_travels(), **fields})


def in_bed(clinic, bed=0, name="Maria", at=None):
    """Admitted to residential."""
    episode = taken_in(clinic, name, at=at)
    placements.admit(
        episode,
        program=clinic.residential,
        bed=clinic.beds[bed],
        counselor=clinic.counselor,
        by=clinic.nurse,
        at=at,
    )
    episode.refresh_from_db()
    return episode


def self_referred(clinic, name="Jo", at=None):
    """Asked for help themselves: the intake is next."""
    return handovers.refer(
        facility=clinic.here, entry=Entry.SELF, person={"preferred_name": name}, by=clinic.intake, at=at
    )


def in_return(patient, clinic, at=None):
    """Came back: a new thread, the intake is next."""
    return handovers.refer(facility=clinic.here, entry=Entry.RETURN, patient=patient, by=clinic.intake, at=at)


def in_aftercare(clinic, name="Maria", at=None, email="maria@example.org", **fields):
    """Discharged into aftercare, with a verified address and consent to check-ins."""
    episode = in_bed(clinic, name=name, at=at)
    if email:
        an_address(episode.patient, clinic, email)
    leave(episode, clinic, coach=clinic.aftercare, at=at, **fields)
    episode.refresh_from_db()
    return episode


def missed(episode, times=1):
    """Asked as the plan says, and nobody answered, so many times in a row; returns when the last was over."""
    for _ in range(times):
        check_in = episode.aftercare_plans.get().check_ins.open().get()
        duties.tick(check_in.due_at)
        Notice.objects.filter(duty=check_in.duty, to_patient=True).update(state=NoticeState.SENT)
        check_ins.turn(check_in.over_at)
    return check_in.over_at


def a_pause(plan, clinic, because="travel", days=10, **fields):
    """Away for some days: the check-ins rest."""
    until = timezone.now() + timedelta(days=days)
    return pauses.pause(plan, because=because, until_at=until, by=clinic.aftercare, **fields)


def a_drafted_schedule(clinic, slug="kud-12", **changes):
    """The place's own next edition, not published yet."""
    now = Schedule.objects.current(slug, clinic.here)
    return check_in_schedules.draft(now, facility=clinic.here, by=clinic.supervisor, **changes)


def leave(episode, clinic, **fields):
    """Discharged, as planned unless another reason is given, with everything said."""
    fields = {"reason": "1", "by": clinic.counselor, "checklist_answers": said(), **fields}
    left = discharges.discharge(episode, **fields)
    if left.summary_duty.is_open():
        discharge_sides.sign_discharge_summary(left, by=clinic.counselor, at=fields.get("at"))
    episode.refresh_from_db()
    return left


def ready(clinic, name="Jo", program=None, at=None, **person):
    """Asked for help, cleared and taken in: a place in outpatient is next."""
    episode = self_referred(clinic, name, at=at)
    if person:
        patients.amend(episode.patient, **person, by=clinic.intake)
    clearances.clear(episode, basis=ClearanceBasis.SCREENED, findings=findings(), by=clinic.nurse, at=at)
    consent_basis = "minor_alone" if "birth_date" in person else "self"  # whose age matters here is young
    program = program or clinic.outpatient
    return intake_done(episode, clinic, at=at, program=program, consent_basis=consent_basis)


def waiting(clinic, name="Jo", program=None, at=None, **fields):
    """On the wait list of outpatient; the entry."""
    program = program or clinic.outpatient
    episode = ready(clinic, name, program, at=at)
    return wait_list.put_on_wait_list(episode, program=program, by=clinic.intake, at=at, **fields)


def missing(clinic, name="Jo", at=None, **fields):
    """In outpatient, and reported missing; the departure."""
    episode = in_outpatient(clinic, name, at=at)
    return departures.report_missing(episode, by=clinic.nurse, at=at, **fields)


def leaving(clinic):
    """Somebody waits and is offered a place; somebody is missing, sent on, and not wanted any more."""
    offers.offer_place(waiting(clinic, "Wim"), by=clinic.intake)
    missing(clinic, "Mia")
    transfers.refer_elsewhere(self_referred(clinic, "Tom"), kind="provider", destination="Pier", by=clinic.intake)
    proposals.propose_discharge(
        in_outpatient(clinic, "Pat"),
        grounds=["violence"],
        what_happened="A fight.",
        alternative="Day program at Pier.",
        by=clinic.counselor,
    )


def nobody(clinic, name="Test Test"):
    """A record that nobody is: its thread was begun by mistake."""
    episode = self_referred(clinic, name)
    closings.mark_error(episode, reason="a test", by=clinic.supervisor)
    return episode.patient


def closed(clinic, name="Maria", at=None):
    """Talked to, declined, and did not want to be contacted again."""
    episode = engaging(clinic, name, at=at)
    discharges.talk(
        episode, outcome="declined", may_contact_again=False, information_offered=True, by=clinic.counselor, at=at
    )
    episode.refresh_from_db()
    return episode


def staying_in_touch(clinic, name="Maria", at=None):
    """Declined, and may be contacted again."""
    episode = engaging(clinic, name, at=at)
    discharges.talk(
        episode, outcome="declined", may_contact_again=True, information_offered=True, by=clinic.counselor, at=at
    )
    episode.refresh_from_db()
    return episode


def in_outpatient(clinic, name="Jo", at=None):
    """Asked for help, was screened, taken in and admitted to outpatient."""
    episode = ready(clinic, name, at=at)
    placements.admit(episode, program=clinic.outpatient, counselor=clinic.counselor, by=clinic.intake, at=at)
    episode.refresh_from_db()
    return episode


def sent_out(clinic, name="Maria", at=None, left=None, **fields):
    """Sent out to hospital from a residential bed, which is kept."""
    episode = in_bed(clinic, name=name, at=at)
    send_out(episode, clinic, at=left or at, **fields)
    return episode


def send_out(episode, clinic, at=None, **fields):
    """To hospital."""
    fields = {"destination": "General Hospital", "reason": "fever", "by": clinic.nurse, **fields}
    absence = placements.send_out(episode, at=at, **fields)
    episode.refresh_from_db()
    return absence


def not_back(episode, clinic, at=None):
    """They will not return to this stay."""
    placements.not_coming_back(episode, reason="stays in hospital", by=clinic.nurse, at=at)
    episode.refresh_from_db()
    return episode


def on_leave(clinic, name="Maria", at=None, left=None, **fields):
    """Out on a pass from a residential bed, for two hours; the absence."""
    return go_on_leave(in_bed(clinic, name=name, at=at), clinic, at=left or at, **fields)


def go_on_leave(episode, clinic, at=None, **fields):
    """Out, and expected back within two hours."""
    at = at or timezone.now()
    fields = {"kind": "pass", "destination": "her sister", "reason": "a birthday", "by": clinic.nurse, **fields}
    fields.setdefault("expected_back_at", at + timedelta(hours=2))
    return leaves.go_on_leave(episode, at=at, **fields)


def observed(episode, clinic, at=None):
    """Observed by a schedule; the order."""
    at = at or timezone.now()
    episode.observation_orders.update(entered_in_error_at=at, entered_in_error_by=clinic.nurse)  # ordered once
    owed = {"facility": clinic.here, "episode": episode, "owner_role": Role.NURSE}
    duty = duties.open("arrival_observation", due_at=at + timedelta(minutes=15), by=clinic.nurse, at=at, **owed)
    return observations.ordered_by(duty, Checklist.objects.current(observations.ARRIVAL), by=clinic.nurse, at=at)


def held(episode, clinic, bed=1, **fields):
    """A bed held for somebody who is expected."""
    fields = {"bed": clinic.beds[bed], "reason": "comes tonight", "by": clinic.intake, **fields}
    return holds.hold_bed(episode, **fields)


def without_bed(clinic, name="Maria", at=None):
    """In residential, and the bed was written down by mistake; the placement."""
    placement = in_bed(clinic, name=name, at=at).placements.get()
    patients.mark_error(placement.bed_stays.get(), reason="another bed", by=clinic.nurse)
    return placement


def a_call_owed(episode, clinic):
    """Something else that keeps the thread, so that what a verb would close can be closed by hand before it."""
    now = timezone.now()
    return duties.open(
        "contact",
        facility=clinic.here,
        episode=episode,
        owner_role=Role.AFTERCARE,
        due_at=now,
        by=clinic.nurse,
        at=now,
    )


def cleared_again(episode, clinic, at=None):
    """Looked at, and found fit."""
    clearances.clear(episode, basis=ClearanceBasis.CLEARED, findings=findings(), by=clinic.nurse, at=at)
    episode.refresh_from_db()
    return episode


def a_session(episode, clinic, text="Talked.", by=None, at=None):
    """A session that was logged; its note is a draft."""
    at = at or timezone.now()
    logged = sessions.log_session(
        episode,
        kind="individual",
        started_at=at - timedelta(hours=1),
        ended_at=at,
        attendance="attended",
        text=text,
        by=by or clinic.counselor,
        at=at,
    )
    return logged.notes.get()


def circumstances(patient, clinic):
    """How somebody lives."""
    return patients.record_circumstances(patient, facility=clinic.here, living="3", employment="1", by=clinic.nurse)


def a_group(clinic, *episodes, by=None, at=None, program=None, **lines):
    """A group of the residential program to which these people came; each has a line of their own."""
    at = at or timezone.now()
    return groups.log_group(
        program=program or clinic.residential,
        kind="group",
        topic="Triggers",
        text="We spoke about triggers.",
        started_at=at - timedelta(hours=1),
        ended_at=at,
        people=[
            {"episode": episode, "attendance": "attended", "line": f"{episode.patient} took part.", **lines}
            for episode in episodes
        ],
        by=by or clinic.counselor,
        at=at,
    )


def an_address(patient, clinic, email="maria@example.org"):
    """A verified address with consent to check-ins."""
    point = patients.add_contact_point(patient, channel="email", value=email, scopes=["check_in"], by=clinic.nurse)
    return patients.verify(point, by=clinic.nurse)


def a_way_in(episode, clinic):
    """A word chosen, a link to the open check-in, and an answer begun on the page."""
    links.choose_safe_word(episode.patient, word="green kettle", hint="kitchen", by=clinic.aftercare)
    check_in = episode.aftercare_plans.active().get().check_ins.open().get()
    with override_settings(PUBLIC_URL="https://p.example.org"):
        link = links.issue(check_in, at=timezone.now())
    links.save(link, {"craving": "20"}, by=clinic.aftercare)
    return link


def both_ways(patient, clinic, number="+12125550188"):
    """Texts agreed to, one that came in and its answer, with all that is written down on the way; a text drafted."""
    point = {"channel": "sms", "value": number, "position": 2, "scopes": ["check_in"]}
    patients.verify(patients.add_contact_point(patient, by=clinic.nurse, **point), by=clinic.nurse)
    came = messaging.receive(provider="twilio", provider_id="SMroad", number=number, body="hello").inbound
    reply = messaging.reply(came, "received", by=clinic.nurse)
    Attempt.objects.create(
        reply=reply, patient=patient, channel="sms", at=ago(minutes=1), result="accepted", provider_id="SMout"
    )
    messaging.receipt(provider="twilio", provider_id="SMout", status="delivered")
    place = {"facility": clinic.here, "owner_role": Role.ADMIN, "due_at": ago(hours=1), "by": clinic.admin}
    duty = duties.open("gateway_down", at=ago(hours=1), **place)
    GatewayIncident.objects.create(channel="sms", duty=duty, began_at=ago(hours=1), last_tried_at=ago(minutes=1))
    words = {"slug": "check_in", "channel": "sms", "language": "en", "body": "{from_whom}: hello"}
    return messaging.draft_text(facility=clinic.here, by=clinic.supervisor, **words)


def a_supporter(patient, clinic, name="Ines", **fields):
    """Somebody around the person, who may know nothing yet."""
    return patients.add_supporter(patient, name=name, relation="sister", by=clinic.nurse, **fields)


def an_allergy(patient, clinic, substance="Penicillin"):
    """What the person reacts to."""
    return patients.record_allergy(patient, facility=clinic.here, substance=substance, by=clinic.nurse)


def a_condition(patient, clinic, **fields):
    """Ketamine use disorder."""
    fields = {"code": "F16.20", "words": "Ketamine use disorder, severe", **fields}
    return patients.record_condition(patient, facility=clinic.here, by=clinic.prescriber, **fields)


def criteria_met(patient, clinic, *met, of="ketamine", **fields):
    """Criteria found to be met."""
    return assessments.assess_criteria(
        patient,
        facility=clinic.here,
        criteria_set=CriteriaSet.objects.current(of),
        met=met,
        by=clinic.counselor,
        **fields,
    )


def using(patient, clinic, substance="2004", at=None, **fields):
    """Told us what they use, and whatever follows from it is owed."""
    fields = {"frequency": "5", "source": "person", "by": clinic.nurse, **fields}
    return uses.record_use(patient, facility=clinic.here, substance=substance, at=at, **fields)


def screened(patient, clinic, at=None, details=None, **answers):
    """Asked about everything: no to all that is not named."""
    co_use = {question: {"answer": answers.get(question, "no")} for question in CoUse.values}
    for question, told in (details or {}).items():
        co_use[question] |= told
    return uses.screen_use(
        patient, facility=clinic.here, co_use=co_use, source="person", setting="alone", by=clinic.nurse, at=at
    )


def owed_for_use(clinic, model, name="Jo", substance="0706", **fields):
    """Opioids first, used daily and injected: everything that use may ask for is owed; the row of this kind."""
    episode = self_referred(clinic, name)
    using(episode.patient, clinic, substance, **{"route": "4", "rank": "1", **fields})
    return model.objects.planned().get(episode=episode)


def a_legal_status(patient, clinic, kind="hold", hours=72, at=None, **fields):
    """A legal ground for being here, with so many hours to go; none for a voluntary stay."""
    at = at or timezone.now()
    until = at + timedelta(hours=hours) if hours else None
    return legal.record_legal_status(
        patient, facility=clinic.here, kind=kind, from_at=at, until_at=until, by=clinic.nurse, at=at, **fields
    )


def a_worry(patient, clinic, words="She sounded lost last night.", **fields):
    """What somebody around the person said."""
    supporter = a_supporter(patient, clinic)
    return worries.log_worry(supporter, facility=clinic.here, words=words, by=clinic.technician, **fields)


def prescribed_ketamine(patient, clinic, prescriber="Dr. Ames, Calm Clinic", **fields):
    """Ketamine somebody gives the person on purpose."""
    return ketamine.record_prescribed(patient, facility=clinic.here, prescriber=prescriber, by=clinic.nurse, **fields)


def stopped_ketamine(patient, clinic, at=None):
    """The same, given no longer: three reviews are owed."""
    given = prescribed_ketamine(patient, clinic, at=at)
    return ketamine.stop(given, reason="wished to", by=clinic.prescriber, at=at)


def taking(patient, clinic, medication_name="sertraline 50 mg", **fields):
    """A medication the person says they take."""
    fields = {"source": "person", "by": clinic.nurse, **fields}
    return medication.record_medication(patient, facility=clinic.here, medication=medication_name, **fields)


def reconciled(episode, clinic, at=None):
    """Somebody in a program, with no allergies and no medication, of which both were asked."""
    patients.record_no_known_allergies(episode.patient, facility=clinic.here, by=clinic.nurse, at=at)
    here = episode.placements.open().get()
    return medication.reconcile(here, takes_nothing=True, by=clinic.nurse, at=at)


def ordered(episode, clinic, name="sertraline", at=None, by=None, **fields):
    """An order of the prescriber's: 50 mg every morning, unless said otherwise."""
    plain = {
        "dose": Decimal(50),
        "dose_unit": "mg",
        "route": "oral",
        "frequency": "daily",
        "times": [time(8)],
        "indication": "Depression",
    }
    if fields.get("frequency", "daily") not in ("daily", "every_days"):
        del plain["times"]
    fields = {**plain, **fields}
    fields["dose"] = Decimal(fields["dose"])
    return medication_orders.order_medication(episode, name=name, by=by or clinic.prescriber, at=at, **fields)


def as_needed(episode, clinic, name="ibuprofen", at=None, **fields):
    """To be given as needed: six hours apart, three times in a day."""
    fields = {
        "frequency": "as_needed",
        "as_needed_for": "pain",
        "min_hours": Decimal(6),
        "max_doses": 3,
        "indication": "Pain",
        **fields,
    }
    return ordered(episode, clinic, name, at=at, **fields)


def a_dose(order, at=None, **fields):
    """The first dose of an order that is owed."""
    return order.doses.open().select_related("order").order_by("due_at").first()


def once(episode, clinic, name="lorazepam", at=None, **fields):
    """To be given once, now."""
    fields = {"frequency": "once", "dose": Decimal(1), "indication": "Alcohol withdrawal", **fields}
    return ordered(episode, clinic, name, at=at, **fields)


def given_dose(order, clinic, at=None, by=None, **fields):
    """Its first dose, given when it was due unless said otherwise."""
    dose = a_dose(order)
    return doses.give(dose, by=by or clinic.nurse, at=at or dose.due_at, **fields)


def verbal(episode, clinic, name="lorazepam", at=None, **fields):
    """Said by the prescriber, taken down by the nurse."""
    fields = {
        "dose": Decimal(1), "dose_unit": "mg", "route": "oral", "frequency": "once", "indication": "Withdrawal",
        "read_back": True, "prescriber": clinic.prescriber, **fields,
    }  # fmt: skip
    return medication_orders.take_verbal_order(episode, name=name, by=clinic.nurse, at=at, **fields)


def emergency_dose(episode, clinic, name="naloxone", at=None, **fields):
    """Naloxone that could not wait."""
    fields = {
        "dose": Decimal(4), "dose_unit": "mg", "route": "nasal", "indication": "Opioid overdose",
        "prescriber": clinic.prescriber, "reason": "hard to wake, slow breathing", **fields,
    }  # fmt: skip
    return doses.give_emergency_dose(episode, name=name, by=clinic.nurse, at=at, **fields)


def checked(patient, clinic, kind, at=None, **fields):
    """Something asked or tested before a medication."""
    return medication_checks.record_check(patient, facility=clinic.here, kind=kind, by=clinic.nurse, at=at, **fields)


NAMED = ["tramadol", "fentanyl", "methadone", "buprenorphine", "oxycodone"]


def asked_before_naltrexone(patient, clinic, at=None):
    """Everything the gate asks for, with nothing found."""
    checked(patient, clinic, "monitoring", found=False, at=at)
    checked(patient, clinic, "outside_history", found=False, at=at)
    checked(patient, clinic, "opioid_test", found=False, analytes=NAMED, at=at)
    checked(patient, clinic, "liver", times_normal=Decimal(1), at=at)


def counted_twice(patient, clinic, counted=10, confirmed=10, brought=10):
    """What the person brought, counted by two."""
    count = medication_counts.count(
        taking(patient, clinic, brought=brought), counted=Decimal(counted), by=clinic.nurse
    )
    return medication_counts.confirm_count(count, counted=Decimal(confirmed), by=clinic.technician)


def medicated(episode, clinic, at=None):
    """One of everything about medication."""
    asked_before_naltrexone(episode.patient, clinic, at=at)
    counted_twice(episode.patient, clinic, confirmed=9)
    verbal(episode, clinic, at=at)
    emergency_dose(episode, clinic, at=at)
    order = once(episode, clinic, at=at)
    given_dose(order, clinic)
    return ordered(episode, clinic, at=at, starts_at=timezone.now() - timedelta(days=1))


def a_plan(episode, clinic, at=None, steps=1, **fields):
    """A draft of a treatment plan with a problem, a goal, and so many objectives with an intervention each."""
    fields = {"own_words": "I want my nights back.", **fields}
    plan = plans.draft_plan(episode, by=clinic.counselor, at=at, **fields)
    problem = plan_lines.add_problem(plan, domain="sleep", words="Sleeps badly.", by=clinic.counselor, at=at)
    goal = plan_lines.add_below(problem, own_words="Sleep through.", by=clinic.counselor, at=at)
    for number in range(steps):
        an_objective(goal, clinic, at=at, words=f"Step {number + 1}: sleeps longer.")
    return plan


def an_objective(goal, clinic, at=None, **fields):
    """A step that can be measured, with somebody doing something toward it."""
    day = (at or timezone.now()).date() + timedelta(days=30)
    fields = {"words": "Sleeps longer.", "measure": "Hours a night", "target": "7", "target_on": day, **fields}
    objective = plan_lines.add_below(goal, by=clinic.counselor, at=at, **fields)
    plan_lines.add_below(
        objective, what="Sleep habits.", modality="cbt", role="counselor", by=clinic.counselor, at=at
    )
    return objective


def signed_plan(plan, clinic, at=None, **fields):
    """Signed by both, and so in force."""
    fields = {"person_answer": "paper", "copy_offered": True, **fields}
    plans.record_person_answer(plan, by=clinic.counselor, at=at, **fields)
    return plans.sign_plan(plan, by=clinic.counselor, at=at)


def a_plan_in_force(episode, clinic, at=None, **fields):
    """Written and signed."""
    return signed_plan(a_plan(episode, clinic, at=at, **fields), clinic, at=at)


def reviewed(plan, clinic, at=None, note="Looked at together.", decision="go_on", **fields):
    """Reviewed with one decision about every open objective; the draft of the next version."""
    decided = {str(one.pk): {"decision": decision, **fields} for one in plan.objectives.standing() if one.is_open()}
    return plans.review_plan(plan, note=note, decisions=decided, by=clinic.counselor, at=at)


def rated(episode, clinic, *ratings, at=None, by=None):
    """A signed session that worked on the objectives of the plan in force, in their order, with these ratings."""
    note = a_session(episode, clinic, at=at, by=by)
    steps = Objective.objects.open().filter(episode=episode).order_by("pk")
    worked_on = [{"objective": step.pk, "progress": rating} for step, rating in zip(steps, ratings, strict=False)]
    return sessions.sign(note, worked_on=worked_on, by=by or clinic.counselor, at=at)


def a_private_screen(episode, clinic, by=None, **said):
    """What was answered in private."""
    said = said or {"suspected": True, "collection_offered": True, "police": "undecided"}
    return assault.screen_assault(episode, by=by or clinic.nurse, **said)


# Our own words, in the shape of a screen that a site would load: what is not answered counts as the worst.
YES_NO = [{"value": 0, "says": "No"}, {"value": 1, "says": "Yes"}]
SCREEN = {
    "slug": "screen", "edition": 1, "name": "Screen", "about": "In the shape of a screen with triage",
    "license": "The publisher's, with permission", "source": "Made up for tests", "choices": {"yn": YES_NO},
    "items": [
        {"code": "1", "text": "One?", "choices": "yn", "blank": 1},
        {"code": "2", "text": "Two?", "choices": "yn", "blank": 1},
        *({"code": code, "text": f"{code}?", "choices": "yn", "blank": 1, "asked_if": {"item": "2", "is": 1}}
          for code in "345"),
        {"code": "6", "text": "Six?", "choices": "yn", "blank": 1},
        {"code": "6b", "text": "Lately?", "choices": "yn", "blank": 1, "asked_if": {"item": "6", "is": 1}},
    ],
    "scores": [{
        "code": "level", "name": "Level", "items": ["1", "2", "3", "4", "5", "6", "6b"], "how": "highest",
        "weights": {"3": 2, "4": 3, "5": 3, "6": 2, "6b": 3},
        "bands": [{"from": 0, "says": "None"}, {"from": 1, "says": "Low"},
                  {"from": 2, "says": "Moderate", "severity": "red", "suicide": True},
                  {"from": 3, "says": "High", "severity": "critical", "suicide": True}],
    }],
}  # fmt: skip


def a_file(entry=SCREEN, **changes):
    """An instrument as a file."""
    return json.dumps({**entry, **changes}).encode()


def loaded(clinic, entry=SCREEN, valid_until=None, at=None, **changes):
    """An instrument that the site loaded, with the publisher's permission."""
    return instruments.load_instrument(
        a_file(entry, **changes),
        given_by="The publisher",
        reference="letter of January 5",
        given_on=(at or timezone.now()).date(),
        valid_until=valid_until,
        by=clinic.admin,
        at=at,
    )


def asking(program, clinic, slug="phq-9", days=(7,), every_days=30, at=None, **fields):
    """The program asks this instrument."""
    instrument = Instrument.objects.current().get(slug=slug)
    said = {"days": list(days), "every_days": every_days, **fields}
    return schedules.schedule_assessment(program, instrument=instrument, **said, by=clinic.admin, at=at)


def a_text(slug="bladder", language="en"):
    """The newest edition of a text for people."""
    return EducationText.objects.current().get(slug=slug, language=language)


def a_text_given(patient, clinic, how="paper", **fields):
    """A text that somebody was given."""
    return education.give_education(
        patient, facility=clinic.here, text=a_text(), how=how, by=clinic.counselor, **fields
    )


def an_evening_program(clinic):
    """Intensive outpatient."""
    return Program.objects.create(
        facility=clinic.here, name="Evening", setting="outpatient", asam_edition="4", level_of_care="2.1"
    )


def stepped_up(clinic, name="Nia", at=None, **fields):
    """Assessed for more than outpatient, by somebody who does not sign alone, and moved there; the step."""
    episode, evening = in_outpatient(clinic, name, at=at), an_evening_program(clinic)
    level_assessed(episode, clinic, level="2.1", credential="in_training", at=at)
    return moved(episode, program=evening, by=clinic.counselor, at=at, **fields).steps_in.get()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def a_document(patient, clinic, kind="referral_letter", content=b"%PDF-1.7 a letter", **fields):
    """A paper about the person."""
    fields = {"title": "Letter of the hospital", "by": clinic.nurse, **fields}
    return patients.add_document(patient, facility=clinic.here, kind=kind, content=content, **fields)


def a_photo(patient, clinic, **fields):
    """A photo the person agreed to."""
    fields = {"kind": "photo", "title": "Photo", "content": PNG, "consented": True, **fields}
    return a_document(patient, clinic, **fields)


def all_around(patient, clinic):
    """One of everything that may stand around a person."""
    a_worry(patient, clinic)
    stopped = stopped_ketamine(patient, clinic)
    ketamine.permit_contact(stopped, by=clinic.nurse)
    ketamine.contact_prescriber(stopped, spoke_with="Dr. Ames", words="Agreed to stop.", by=clinic.nurse)
    taking(patient, clinic)
    a_legal_status(patient, clinic)
    an_allergy(patient, clinic)
    a_condition(patient, clinic)
    criteria_met(patient, clinic, "craving")
    a_text_given(patient, clinic)
    a_photo(patient, clinic)
    a_document(patient, clinic)


def a_test(episode, clinic, at=None, panel=("ketamine", "norketamine"), method="lcms", **fields):
    """A sample that was collected; results are owed."""
    fields = {"why": "clinical", "by": clinic.nurse, **fields}
    return toxicology.collect(episode, panel=list(panel), method=method, at=at, **fields)


def found(test, clinic, at=None, validity="valid", creatinine=100, **amounts):
    """Its results: by substance, an amount in ng/mL, True for positive, False or 0 for not detected."""
    results = {
        code: {"detected": bool(amount)}
        | ({"value": amount, "unit": "ng/mL"} if amount and amount is not True else {})
        for code, amount in amounts.items()
    }
    told = {"validity": validity, "creatinine": creatinine, "results": results}
    return toxicology.record_results(test, by=clinic.nurse, at=at, **told)


def tested(episode, clinic, at=None, method="lcms", **amounts):
    """Collected, and the results came at once."""
    return found(a_test(episode, clinic, at=at, panel=amounts, method=method), clinic, at=at, **amounts)


def drugs_given(handover, clinic, drug="ketamine", at=None, **fields):
    """What ambulance or hospital gave, learned afterwards."""
    fields = {"giver": "ambulance", **fields}
    handovers.record_drugs_given(handover, drugs=[{"drug": drug, **fields}], by=clinic.nurse, at=at)
    return handover.drugs.latest("id")


def tested_at_random(episode, clinic, at=None, **rule):
    """Tested on days that nobody can foresee."""
    rule = {"per": "week", "least": 1, "most": 3, "panel": ["ketamine"], **rule}
    return random_tests.begin_random_tests(episode, by=clinic.counselor, at=at, **rule)


def a_random_test(episode, clinic):
    """One that chance wanted two days ago at the latest, and that nobody has closed."""
    schedule = tested_at_random(episode, clinic, at=ago(days=3), least=7, most=7)
    random_tests.turn(schedule.draws.get(spent_at=None).reveal_at)
    return schedule.tests.open().get()


def an_order(episode, clinic, kind="liver", at=None, **fields):
    """Something to be measured within a week."""
    at = at or timezone.now()
    fields = {"due_at": at + timedelta(days=7), "by": clinic.nurse, **fields}
    return investigations.order(episode, kind=kind, at=at, **fields)


def measured(episode, clinic, kind="liver", at=None, report="", **values):
    """Ordered and done: by measure, a number in its first unit, or True and False."""
    from treatment.models.investigations import MEASURES

    made = an_order(episode, clinic, kind, at=at)
    told = {}
    for code, value in values.items():
        units = MEASURES[kind][code].get("units")
        told[code] = {"value": Decimal(value), "unit": units[0], "high": Decimal(110)} if units else {"found": value}
    return investigations.record(made, values=told, report=report, by=clinic.nurse, at=at)


def checks(episode, clinic, at=None):
    """Uses ketamine and is in treatment: the baseline is owed."""
    investigations.plan_checks(at or timezone.now())
    return episode.body_checks.open().get()


def referred(episode, clinic, at=None, **fields):
    """A referral to urology that was made."""
    fields = {"because": "symptoms", "uti_excluded": True, "sti_excluded": True, **fields}
    return urology.refer_to_urology(episode, by=clinic.nurse, at=at, **fields)


def all_tests(episode, clinic):
    """One of everything of tests and bodies."""
    read = tested(episode, clinic, ketamine=40, tramadol=True)
    toxicology.read(read, reading="residual", words="As before.", by=clinic.prescriber)
    a_random_test(episode, clinic)
    drugs_given(episode.handovers.get(), clinic)
    checks(episode, clinic)
    referred(episode, clinic)


def on_rounds(episode, clinic, level="q15", by=None, at=None):
    """Watched at this level; the order."""
    return rounds.order_rounds(episode, level=level, reason="first night", by=by or clinic.prescriber, at=at)


def seen(order, clinic, where="bed", by=None, at=None, **fields):
    """A round: in bed and awake, unless said otherwise."""
    fields = {"state": "awake", **fields} if where not in ("away", "not_found") else fields
    return rounds.enter(order, where=where, by=by or clinic.technician, at=at, **fields)


def an_incident(clinic, *people, by=None, at=None, **fields):
    """An incident that the nurse reports; each of these people is affected."""
    at = at or timezone.now()
    told = {
        "kind": "fall",
        "severity": 2,
        "place": "stairs",
        "facts": "Slipped on the wet stairs.",
        "happened_at": at - timedelta(minutes=20),
        "facility": clinic.here,
        "people": [{"patient": person, "part": "Slipped on the stairs.", "injury": "bruise"} for person in people],
        **fields,
    }
    return incidents.report(**told, by=by or clinic.nurse, at=at)


def under_review(clinic, *people, **fields):
    """The same, taken up by the supervisor."""
    return incidents.begin_review(an_incident(clinic, *people, **fields), by=clinic.supervisor)


def an_action(incident, clinic, owner=None, **fields):
    """Something that was decided after it."""
    fields = {"words": "Mats for the stairs", "due_at": timezone.now() + timedelta(days=7), **fields}
    return incidents.add_action(incident, owner=owner or clinic.nurse, by=clinic.supervisor, **fields)


def a_night_and_what_went_wrong(clinic, affected, watched):
    """One is watched and seen too often for the minutes; an incident befell the other, and is under review."""
    order = on_rounds(watched, clinic)
    for _ in range(3):
        entry = seen(order, clinic, behavior=["restless"])
    rounds.strike(entry, reason="wrong person", by=clinic.technician)
    incident = under_review(clinic, affected.patient, severity=4)
    incidents.record_told(incident, told_whom="prescriber", words="Dr. Lee, at once", by=clinic.nurse)
    an_action(incident, clinic)
    return incident


def an_appointment(episode, clinic, hours=24, **fields):
    """A session planned for so many hours from now."""
    fields = {"kind": "individual", "starts_at": timezone.now() + timedelta(hours=hours), **fields}
    return appointments.plan(episode, by=clinic.counselor, **fields)


def a_series(episode, clinic, times=3, **fields):
    """A session once a week, beginning tomorrow."""
    tomorrow = (timezone.now() + timedelta(days=2)).date()
    fields = {"kind": "individual", "first_on": tomorrow, "local_time": time(14), "times": times, **fields}
    return appointments.plan_series(episode, by=clinic.counselor, **fields)


def a_trainee(clinic, name="trainee"):
    """A counselor without a license."""
    return a_user(name, clinic.here, Role.COUNSELOR, licensed=False)


def a_counseling_note(episode, clinic, text="Thinks of her father.", by=None):
    """What somebody made of a conversation, for themselves."""
    by = by or clinic.counselor
    note = counseling.begin_note(a_session(episode, clinic, by=by).session, by=by)
    return counseling.write(note, text=text, by=by)


def let_read(note, reader, days=30, **fields):
    """Somebody the author lets read it."""
    fields = {"reason": "takes over", "until_at": timezone.now() + timedelta(days=days), **fields}
    return counseling.let_read(note, reader=reader, by=note.written_by, **fields)
