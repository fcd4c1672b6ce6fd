"""Whom do I call now? One row a person, whatever they are called about: the most in danger first."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema

from duties.models import Duty
from duties.views import Duties
from messaging.models import OptOut
from patients.codes import Channel
from patients.models import ContactPoint, Patient
from patients.views import Reads, require_role
from patients.views.pages import OF_A_PAGE, require_known

from ..actions.calls import CALLS
from ..actions.supporters import whom_to_call
from ..models import AftercarePlan, CallAttempt, Tier, next_try
from ..serializers import ToCallSerializer
from .plans import FOLLOWS_UP

SHOWN, LOOKED_AT = 20, 300
TIERS = [*reversed(Tier.values), ""]  # the most in danger first
FLOOR = {"critical_contact": "critical", "red_call": "red"}  # a call that was owed as such counts as such


@dataclass
class ToCall:
    """A person who is owed a call, and what whoever calls should know first."""

    patient: object
    facility: object
    tier: str
    days: int | None
    duties: list = field(default_factory=list)
    tries: list = field(default_factory=list)
    points: list = field(default_factory=list)
    supporters: list = field(default_factory=list)
    stopped: bool = False
    tried_today: bool = False
    next_try_at: datetime | None = None

    def first(self):
        """The call that stands for all of them."""
        return self.duties[0]

    def zone(self):
        """Where the person is."""
        return self.patient.tz(self.facility)


def to_call(user, now, *, mine=False, most=SHOWN):
    """(people, whether there are more): by tier, then by the fewest days since discharge, then the longest owed.

    One combined contact a day: whoever was tried today comes last. Resting calls are left out.
    """
    owed = Duties.seen_by(user, FOLLOWS_UP).open().filter(ladder__slug__in=CALLS, patient__isnull=False)
    if mine:
        owed = owed.filter(pk__in=Duty.objects.owed_by(user).values("pk"))
    plans = AftercarePlan.objects.active().filter(episode=OuterRef("episode"))
    theirs = Q(patient=OuterRef("person")) | Q(patient__merged_into=OuterRef("person"))
    stops = OptOut.objects.in_force(Channel.PHONE).filter(theirs)
    last = CallAttempt.objects.to_the_person().filter(theirs).order_by("-at").values("at")[:1]
    rows = (
        owed.filter(suspended_at=None)
        .annotate(person=Coalesce("patient__merged_into", "patient"))
        .annotate(
            day_0=Subquery(plans.values("anchor_at")[:1]),
            plan_tier=Subquery(plans.values("tier")[:1]),
            last_try=Subquery(last),
            stopped=Exists(stops),
        )
        .annotate(
            rank=Case(
                When(ladder__slug="critical_contact", then=0),
                When(plan_tier="critical", then=0),
                When(ladder__slug="red_call", then=1),
                When(plan_tier="red", then=1),
                When(plan_tier="amber", then=2),
                default=3,
            )
        )
        .select_related("patient__merged_into", "facility", "owner", "ladder", "because_of__ladder")
        .order_by("rank", F("day_0").desc(nulls_last=True), "due_at", "pk")
    )
    people, looked_at = {}, list(rows[: max(LOOKED_AT, most + 1)])
    for duty in looked_at:
        one = people.get(duty.person)
        if one is None:
            tier = min(duty.plan_tier or "", FLOOR.get(duty.ladder.slug, ""), key=TIERS.index)
            days = (now - duty.day_0).days if duty.day_0 else None
            person = duty.patient.survivor()
            one = people[duty.person] = ToCall(person, duty.facility, tier, days, stopped=duty.stopped)
            zone = one.zone()
            one.tried_today = bool(
                duty.last_try and duty.last_try.astimezone(zone).date() == now.astimezone(zone).date()
            )
        one.duties.append(duty)
    ranked = sorted(people.values(), key=lambda one: one.tried_today)  # stable: otherwise as they came
    shown = ranked[:most]
    _read_along(shown, now)
    return shown, len(ranked) > most or len(looked_at) > max(LOOKED_AT - 1, most)


def _read_along(people, now):
    """What stands beside each of these people, in as many statements as for one."""
    known = {one.patient.pk: one for one in people}
    records = Patient.objects.filter(Q(pk__in=known) | Q(merged_into__in=known)).values_list("pk", "merged_into")
    by_key = {record: known.get(record) or known[person] for record, person in records}
    points = ContactPoint.objects.right().filter(
        patient__in=by_key, channel=Channel.PHONE, broken_at=None, revoked_at=None
    )
    for point in points.order_by("position", "pk"):
        by_key[point.patient_id].points.append(point)
    for attempt in CallAttempt.objects.to_the_person().filter(patient__in=by_key).select_related("by"):
        by_key[attempt.patient_id].tries.append(attempt)
    for supporter in whom_to_call(by_key):
        by_key[supporter.patient_id].supporters.append(supporter)
    for one in people:
        tries = [(attempt.at, attempt.band) for attempt in one.tries]
        one.next_try_at = next_try(tries, now, one.zone(), one.points)


class PeopleToCall(Reads):
    """Whom to call now, one row a person, the most in danger first and those tried today last."""

    model = Duty
    serializer_class = ToCallSerializer
    allowed_roles = FOLLOWS_UP
    filter_backends = []

    @extend_schema(
        responses=ToCallSerializer(many=True),
        parameters=[OpenApiParameter("mine", bool, description="only what is owed by whoever asks")],
    )
    def list(self, request, *args, **kwargs):
        """The list."""
        require_role(request, self.allowed_roles)
        require_known(request, {"mine"} | OF_A_PAGE, yes_or_no={"mine"})
        mine = request.query_params.get("mine", "false").lower()
        people, _ = to_call(request.user, timezone.now(), mine=mine == "true", most=self.paginator.most)
        people = self.paginator.first_page(people, request)
        request._request.patients.update(one.patient.pk for one in people)
        return self.get_paginated_response(ToCallSerializer(people, many=True).data)
