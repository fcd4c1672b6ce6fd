"""A small demo clinic, made through the same actions that people use."""

import heapq
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Min
from django.test.utils import override_settings
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Facility, Role, User
from aftercare import reference as schedules
from aftercare.actions import check_ins
from aftercare.management.demo_people import everybody
from aftercare.management.demo_roads import sixty
from aftercare.management.demo_steps import DAY, HOUR
from duties import actions as duties
from duties import reference as ladders
from duties.models import Duty, Notice
from messaging.actions import send
from treatment.actions import appointments, offers, placements
from treatment.actions import schedules as asked
from treatment.models import Bed, Program, Unit

STAFF = {
    Role.ADMIN: ("Alex", "Morgan"),
    Role.INTAKE: ("Irene", "Cole"),
    Role.NURSE: ("Noah", "Bennett"),
    Role.PRESCRIBER: ("Paula", "Sato"),
    Role.COUNSELOR: ("Carmen", "Ortiz"),
    Role.SUPERVISOR: ("Simone", "Clark"),
    Role.TECHNICIAN: ("Theo", "Ward"),
    Role.AFTERCARE: ("Andre", "Lewis"),
    Role.PRIVACY: ("Piper", "Stone"),
    Role.ANALYST: ("Anil", "Rao"),
}
OUTSIDER = "outsider"
# Whose notes stand on their own; everybody else's are co-signed.
LICENSES = {
    Role.NURSE: "RN-20417",
    Role.PRESCRIBER: "MD-83112",
    Role.COUNSELOR: "LCADC-5530",
    Role.SUPERVISOR: "LCADC-2108",
}

# The practice clinic's own editions: what takes days elsewhere takes seconds here, by the same engine.
PRACTICE_LADDERS = [
    {
        "slug": "check_in",
        "edition": 1,
        "name": "Check-in",
        "keeps_thread": True,
        "rungs": [
            {"offset": "0s", "window": "3h", "whom": "patient", "template": "check_in"},
            {"offset": "4s", "window": "3h", "whom": "patient", "template": "check_in_again"},
            {"offset": "8s", "whom": "nobody", "opens": "contact", "opens_for": "aftercare"},
            {"offset": "168h", "whom": "supervisor", "template": "late", "repeat": "168h"},
        ],
    }
]
A_DAY = 86_400
PRACTICE_SCHEDULES = [
    {
        "slug": slug,
        "edition": 1,
        "name": name,
        "source": "Practice: the first check-in after seconds, the next ones after days.",
        "local_time": "10:00",
        "seconds": [first, *(day * A_DAY for day in days)],
    }
    for slug, name, first, days in (
        ("kud-12", "KUD-12, for practice", 5, [1, 3, 7, 14, 28, 56]),
        ("stay-in-touch", "Stay in touch, for practice", 5, [2, 7, 14, 30]),
    )
]


class Command(BaseCommand):
    """Load the demo clinic into an empty practice system; do nothing when there is a facility already."""

    help = __doc__

    def handle(self, *args, **options):
        """Refuses unless DEMO is set, and without a password of at least fifteen characters."""
        if not settings.DEMO:
            raise CommandError("This is not a practice system (DEMO is not set), so no demo clinic is loaded.")
        if Facility.objects.exists():
            return
        try:
            validate_password(settings.DEMO_PASSWORD)
        except ValidationError as error:
            raise CommandError(f"DEMO_PASSWORD: {' '.join(error.messages)}") from None
        load(timezone.now())
        if options["verbosity"]:
            self.stdout.write("The demo clinic is loaded.")


@transaction.atomic
def load(now):
    """Both clinics and everybody's history up to `now`: all of it or nothing."""
    began = now - 365 * DAY
    staff = _staff()
    house = _clinic("Harbor House", staff, units={"East": 8}, by=staff["admin"], at=began)
    practice = _clinic(
        "Practice clinic",
        staff,
        units={"East": 12},
        by=staff["admin"],
        at=began,
        most_a_day=100,  # a week passes in seconds there
        most_in_7_days=100,
    )
    _rota(house, now)
    _rota(practice, now)
    ladders.publish(PRACTICE_LADDERS, facility=practice.facility)
    schedules.publish(PRACTICE_SCHEDULES, facility=practice.facility)
    _live(everybody(house, now), until=now)
    for program in (house.residential, house.outpatient):
        asked.use_default_schedules(program, by=staff["admin"], at=now)


@transaction.atomic
def load_sixty(now):
    """Two facilities with three units, 24 beds and four programs, and sixty people at every stage."""
    began, staff = now - 365 * DAY, _staff()
    harbor = _clinic("Harbor House", staff, units={"East": 8, "West": 8}, by=staff["admin"], at=began)
    river = _clinic("River Center", _staff(at="river"), units={"Main": 8}, by=staff["admin"], at=began)
    _rota(harbor, now)
    _rota(river, now)
    _live(sixty(harbor, river, now), until=now)


def _rota(house, now):
    """Somebody on call for the two weeks to come, a day each in turn, and a lead beside them."""
    starts = now.astimezone(house.facility.tz()).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(14):
        post = {"facility": house.facility, "starts_at": starts + day * DAY, "ends_at": starts + (day + 1) * DAY}
        accounts.plan_shift(user=[house.nurse, house.prescriber][day % 2], **post, by=house.supervisor, at=now)
        accounts.plan_shift(user=house.supervisor, kind="lead", **post, by=house.supervisor, at=now)


def _staff(at=""):
    """One member of staff in every role, and at the first place somebody who belongs nowhere."""
    password = make_password(settings.DEMO_PASSWORD)  # once: a good hash is slow
    names = {role.value: name for role, name in STAFF.items()}
    if at:
        names = {role: (first, at.capitalize()) for role, (first, _) in names.items()}
    else:
        names[OUTSIDER] = ("Owen", "Outsider")
    where = f"-{at}" if at else ""
    return {
        username: User.objects.create(
            username=f"{username}{where}",
            first_name=first,
            last_name=last,
            email=f"{username}{where}@staff.example.org",
            password=password,
            is_staff=True,
        )
        for username, (first, last) in names.items()
    }


def _clinic(name, staff, *, units, by, at, **fields):
    """A facility with its staff, two programs, and units of so many beds."""
    facility = Facility.objects.create(name=name, zone="America/New_York", phone="+1 555 0100", **fields)
    for role in STAFF:
        post = accounts.join(staff[role.value], facility=facility, role=role, by=by, at=at)
        if role in LICENSES:
            ends = (at + 730 * DAY).date()
            accounts.record_license(post, license_number=LICENSES[role], license_expires_on=ends, by=by, at=at)
    accounts.name_last_resort(
        facility, name="Ada Rook", phone="+12125550190", email="last.resort@example.org", by=by, at=at
    )
    accounts.switch_on_sending(facility, by=by, at=at)
    places = [(Unit.objects.create(facility=facility, name=unit), beds) for unit, beds in units.items()]
    return SimpleNamespace(
        facility=facility,
        residential=Program.objects.create(
            facility=facility, name="Residential", setting="residential", level_of_care="3.5", needs_bed=True
        ),
        outpatient=Program.objects.create(
            facility=facility, name="Outpatient", setting="outpatient", level_of_care="1.5"
        ),
        beds=[
            Bed.objects.create(unit=unit, label=f"{number:02}", in_use_from=None)
            for unit, beds in places
            for number in range(1, beds + 1)
        ],
        **{role.value: staff[role.value] for role in STAFF},
    )


# History's letters were sent when they were due, so none is written now; nobody took texts then.
@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend", SMS_ACCOUNT="")
def _live(stories, *, until):
    """Let every story happen in one timeline, while the clock ticks as it would have; what is old has been read."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        at, number, story = heapq.heappop(waiting)
        if at > until:
            raise AssertionError(f"{story.__name__} goes on after the clinic is loaded")
        _pass_time(at)
        following = next(story, None)
        connection.check_constraints()  # what production checks at every COMMIT
        if following is not None:
            heapq.heappush(waiting, (following, number, story))
    _pass_time(until)
    _read_old_notices(before=until - 12 * HOUR)


def _pass_time(until):
    """Wake at every moment a duty asks for attention, as the worker would have."""
    while (moment := Duty.objects.open().aggregate(at=Min("next_action_at"))["at"]) and moment <= until:
        _wake(moment)
    _wake(until)


def _wake(now):
    duties.tick(now)
    check_ins.turn(now)
    placements.lapse_holds(now)
    offers.lapse_offers(now)
    appointments.owe_logs(now)
    send(now)


def _read_old_notices(*, before):
    """Staff have read what they were told up to this morning."""
    for notice in Notice.objects.filter(to_patient=False, made_at__lt=before).select_related("to_user"):
        reader = notice.to_user or User.objects.active_at(notice.facility_id, notice.to_role).first()
        duties.read(notice, by=reader, at=notice.made_at + HOUR)
