"""What a walk through the running system needs: who is signed in, what is asked of the system, what held."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from local.api import Api, Refused, Staff, Unreachable, wait_for


class Broken(Exception):
    """Something is not as it must be; the message says what."""


class RoadEnded(Exception):
    """A step did not hold, so those after it make no sense."""


def check(holds: object, otherwise: str) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(otherwise)


@dataclass
class Person:
    """Somebody on a road."""

    name: str
    patient: str
    episode: str
    bed: str = ""

    def __str__(self) -> str:
        return self.name


class Walk:
    """One walk through the clinic of this name."""

    def __init__(self, api: Api, password: str):
        self.api, self.password = api, password
        self.passed = self.failed = 0
        self.staff: dict[str, Staff] = {}

    # Steps.

    @contextlib.contextmanager
    def step(self, who: str, what: str) -> Iterator[Staff]:
        """One line of the walk: ✓ when it held; ✗ and why when it did not, and the road ends."""
        try:
            yield self.staff.get(who)
        except (Broken, Refused, Unreachable, LookupError, TypeError, ValueError) as error:
            self.failed += 1
            why = str(error) if isinstance(error, (Broken, Refused, Unreachable)) else repr(error)
            print(f"  ✗ {who:10} {what}\n    {'':10} {why}", flush=True)
            raise RoadEnded from error
        self.passed += 1
        print(f"  ✓ {who:10} {what}", flush=True)

    @contextlib.contextmanager
    def road(self, title: str) -> Iterator[None]:
        """Several steps under a title. One that ends early does not stop the others."""
        print(f"\n{title}", flush=True)
        with contextlib.suppress(RoadEnded):
            yield

    # Signing in and looking around.

    def arrive(self, clinic: str, *usernames: str) -> None:
        """Sign in, and find the clinic with its programs."""
        with self.step("everybody", f"signs in: {', '.join(usernames)}"):
            for username in usernames:
                self.staff[username] = self.api.sign_in(username, self.password)
        nurse = self.staff["nurse"]
        with self.step("nurse", f"finds the {clinic} with its programs"):
            self.clinic = next(place for place in nurse.rows("facilities") if place["name"] == clinic)
            programs = nurse.list("programs", facility=self.clinic["id"])
            self.residential = next(program for program in programs if program["needs_bed"])
            self.outpatient = next(program for program in programs if not program["needs_bed"])

    def leave(self) -> None:
        """Give the tokens back; a user may hold only so many."""
        for staff in self.staff.values():
            with contextlib.suppress(Refused, Unreachable):
                staff.sign_out()

    # Questions.

    def episode(self, person: Person) -> dict:
        """The person's episode as it is now."""
        return self.staff["nurse"].get(f"episodes/{person.episode}/")

    def owed(self, person: Person, kind: str) -> dict:
        """The open duty of this kind that is owed to the person. Raises Broken when there is none."""
        duties = self.staff["nurse"].list("duties", episode=person.episode, open="true", kind=kind)
        check(duties, f"nobody owes {person} “{kind}”")
        return duties[0]

    def must_be(self, person: Person, stage: str, owed: str = "") -> None:
        """Raise Broken unless the person is at this stage, and this is owed to them."""
        here = self.episode(person)["stage"]
        check(here == stage, f"{person} is at “{here}” and not at “{stage}”")
        if owed:
            self.owed(person, owed)

    def check_in(self, person: Person) -> dict:
        """The person's open check-in."""
        return self.only("check-ins", patient=person.patient, open="true")

    def only(self, noun: str, who: str = "nurse", **filters) -> dict:
        """The one row that fits."""
        rows = self.staff[who].list(noun, **filters)
        check(len(rows) == 1, f"{len(rows)} rows of {noun} where there should be one")
        return rows[0]

    def checklist(self, slug: str) -> list[dict]:
        """The items of the newest edition."""
        return max(self.staff["nurse"].list("checklists", slug=slug), key=lambda row: row["edition"])["items"]

    def messages(self, person: Person, **filters) -> list[dict]:
        """What the system has told the person, or means to."""
        return self.staff["aftercare"].list("notices", patient=person.patient, to_patient="true", **filters)

    def message(self, person: Person, template: str, after: str) -> dict:
        """Wait for a message to be handed over by the worker; the attempt says so."""

        def sent():
            notices = self.messages(person, state="sent")
            return next((notice for notice in notices if notice["template"] == template), None)

        notice = wait_for(sent, f"the message “{template}” {after}")
        attempts = self.staff["aftercare"].list("attempts", notice=notice["id"])
        check([attempt["result"] for attempt in attempts] == ["accepted"], f"its attempts are {attempts}")
        return notice

    # Beds.

    def free_beds(self) -> list[dict]:
        """Beds of the clinic nobody lies in and nobody is kept for."""
        return self.staff["nurse"].list("beds", facility=self.clinic["id"], free="true")

    def take_a_bed(self, person: Person, path: str, **body) -> None:
        """A verb that needs a free bed; when somebody else was faster, another bed."""
        for bed in self.free_beds():
            try:
                self.staff["nurse"].do(path, bed=bed["id"], **body)
            except Refused as refusal:
                if refusal.code != "bed_taken":
                    raise
            else:
                person.bed = bed["id"]
                return
        raise Broken("there is no free bed; discharge somebody, or begin anew with `make reset`")

    def bed_is_free(self, person: Person) -> bool:
        """Is the bed the person lay in free again?"""
        return person.bed in {bed["id"] for bed in self.free_beds()}


def in_hours(hours: float) -> str:
    """An instant ahead, or behind when negative, as the API reads it."""
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def seconds_since(instant: str) -> float:
    """How long ago an instant of the API was; negative when it lies ahead."""
    return (datetime.now(UTC) - datetime.fromisoformat(instant)).total_seconds()
