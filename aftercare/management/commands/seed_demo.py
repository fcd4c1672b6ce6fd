"""A practice system: a small clinic whose people lived through every verb, or as many people as a program has."""

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Facility, Role, User
from aftercare.management import demo_bulk
from aftercare.management.commands.load_demo import LICENSES, load_sixty
from aftercare.management.demo_crowd import DAY, LAST, STORIES, person
from aftercare.models import Schedule
from patients.models import Patient
from treatment.models import Bed, Program, Unit

PLACE = 5_000  # people to a place
BATCH = 2_500  # people to a transaction
UNIT = 40  # beds
WRITERS = 2
ZONES = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu", "America/Puerto_Rico",
]  # fmt: skip


class Command(BaseCommand):
    """Load practice people; refuses where people are already."""

    help = __doc__

    def add_arguments(self, parser):
        """How many."""
        parser.add_argument("--people", type=int, default=0, help="in bulk; without it, sixty with a history each")

    def handle(self, *args, people, verbosity, **options):
        """Refuses unless DEMO is set, and without a password of at least fifteen characters."""
        _require_practice()
        began = time.monotonic()
        if people:
            seed(people, now=demo_bulk.moment())
        else:
            load_sixty(timezone.now())
        if verbosity:
            many, took = Patient.objects.count(), time.monotonic() - began
            self.stdout.write(f"{many} people at every stage in {took:.0f} s.")
        call_command("check_promise", verbosity=verbosity, stdout=self.stdout)


def _require_practice():
    if not settings.DEMO:
        raise CommandError("This is not a practice system (DEMO is not set), so nobody is invented here.")
    if Patient.objects.exists():
        raise CommandError("There are people here already; the crowd is made in an empty system.")
    try:
        validate_password(settings.DEMO_PASSWORD)
    except ValidationError as error:
        raise CommandError(f"DEMO_PASSWORD: {' '.join(error.messages)}") from None


def seed(people, *, now):
    """Places, staff and beds through the same actions as anywhere; then the crowd, a batch a transaction."""
    places = _places(max(2, ceil(people / PLACE)), people, now)
    batches = (
        [person(n, places[(n + n // 1000) % len(places)], now) for n in range(first, min(first + BATCH, people))]
        for first in range(0, people, BATCH)
    )
    if people <= BATCH:
        for batch in batches:
            demo_bulk.write(batch, now)
    else:
        _write_at_once(batches, now)


def _write_at_once(batches, now):
    """Two at a time, for two cores; people are invented meanwhile, but never far ahead of what is written."""

    def write(batch):
        demo_bulk.write(batch, now)

    with ThreadPoolExecutor(WRITERS) as writers:
        waiting = deque()
        for batch in batches:
            waiting.append(writers.submit(write, batch))
            if len(waiting) > WRITERS:
                waiting.popleft().result()
        for one in waiting:
            one.result()
        for _ in range(WRITERS):
            writers.submit(connection.close)


@transaction.atomic
def _places(count, people, now):
    password = make_password(settings.DEMO_PASSWORD)  # once: a good hash is slow
    schedules = {slug: Schedule.objects.current(slug, None) for slug in ("kud-12", "stay-in-touch")}
    beds = ceil(people / count * STORIES["residential"] / 1000 * 1.2)
    return [_place(number, beds, password, schedules, now - 1000 * DAY) for number in range(count)]


def _place(number, beds, password, schedules, at):
    """A facility with somebody in every role, two programs, and units of forty beds."""
    staff = {
        role.value: User(
            username=f"{role.value}-{number + 1:02}",
            first_name=role.label,
            last_name=LAST[number % len(LAST)],
            email=f"{role.value}-{number + 1:02}@staff.example.org",
            password=password,
            is_staff=True,
        )
        for role in Role
    }
    User.objects.bulk_create(staff.values())
    facility = Facility.objects.create(
        name=f"{LAST[number % len(LAST)]} House {number + 1}", zone=ZONES[number % len(ZONES)], phone="+1 555 0100"
    )
    for role in Role:
        post = accounts.join(staff[role.value], facility=facility, role=role, by=staff["admin"], at=at)
        if role in LICENSES:
            ends = (at + 2000 * DAY).date()
            accounts.record_license(
                post, license_number=LICENSES[role], license_expires_on=ends, by=staff["admin"], at=at
            )
    accounts.name_last_resort(
        facility, name="Ada Rook", phone="+12125550190", email="last.resort@example.org", by=staff["admin"], at=at
    )
    accounts.switch_on_sending(facility, by=staff["admin"], at=at)
    residential, outpatient = Program.objects.bulk_create(
        [
            Program(
                facility=facility, name="Residential", setting="residential", level_of_care="3.5", needs_bed=True
            ),
            Program(facility=facility, name="Outpatient", setting="outpatient", level_of_care="1.5"),
        ]
    )
    units = [Unit.objects.create(facility=facility, name=f"Unit {n + 1}") for n in range(ceil(beds / UNIT))]
    made = Bed.objects.bulk_create(
        Bed(unit=units[n // UNIT], label=f"{n % UNIT + 1:02}", in_use_from=None) for n in range(beds)
    )
    return SimpleNamespace(
        facility=facility,
        residential=residential,
        outpatient=outpatient,
        beds=[bed.pk for bed in made],
        kud=schedules["kud-12"],
        touch=schedules["stay-in-touch"],
        **staff,
    )
