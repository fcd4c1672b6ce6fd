"""Units, beds, and who lies where."""

from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, Exists, F, FilteredRelation, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, history, together
from audit.planned import Written
from patients.models import Patient, PatientRows

from .absences import Absence
from .departures import Departure, DepartureKind, DepartureOutcome
from .placements import Period, Placement, Program


class BedOverride(models.TextChoices):
    """Why somebody lies in a bed that is kept for others."""

    OWN_WORD = "own_word", "They say of themselves that they belong there"
    NEEDS_IT = "needs_it", "They need what this bed is kept for"
    SAFER = "safer", "They are safer there"
    CARE = "care", "The care they need is only given there"
    NO_OTHER = "no_other", "No other bed is free"


class BedState(models.TextChoices):
    """How a bed stands on the board. Each bed has exactly one, at any moment."""

    FREE = "free", "Free"
    TAKEN = "taken", "Taken"
    ON_LEAVE = "on_leave", "Its person is on leave"
    HELD = "held", "Kept for somebody who is away"
    OFFERED = "offered", "Kept for somebody it was offered to"
    EXPECTED = "expected", "Kept for somebody who is expected"
    BLOCKED = "blocked", "Blocked"


def _restricted(**where):
    """What the restrictions of a unit or a bed say, as objects."""
    from .restrictions import BedRestriction  # which is of beds

    either = Q()
    for path, outer in where.items():
        either |= Q(**{path: OuterRef(outer)})
    said = JSONObject(kind="kind", min_age="min_age", max_age="max_age", unit="unit_id")
    return ArraySubquery(BedRestriction.objects.in_force().filter(either).order_by("pk").values(said=said))


class Units(Rows):
    """Units."""

    def with_restrictions(self):
        """Each with what its own restrictions say, as `restricted`."""
        return self.annotate(restricted=_restricted(unit="pk"))

    def census(self, at=None):
        """Each with how every bed of it that there was stood at this moment, as `states`: one statement.

        A bed that was moved to another unit since is counted in that one.
        """
        return self.annotate(states=STATES(at or timezone.now()))


@history
class Unit(Record):
    """A ward or house with beds."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="units", db_index=False)
    name = models.CharField(max_length=100)
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        help_text="whose beds these are; empty: of any program here",
    )
    locked = models.BooleanField(
        default=False,
        db_default=False,
        help_text="licensed to hold people against their will; an unlocked unit cannot hold anyone",
    )

    objects = Units.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "name"],
                name="one_unit_per_name",
                violation_error_code="unit_exists",
                violation_error_message="There is a unit of this name already.",
            )
        ]

    def __str__(self):
        return self.name


def _covers(at, began, ended):
    """Had it begun at this moment, and not ended? With no moment given: is it open?"""
    going_on = Q(**{ended: None})
    return going_on if at is None else Q(**{f"{began}__lte": at}) & (going_on | Q(**{f"{ended}__gt": at}))


def _offer_holds(at=None):
    """The offer that keeps a bed: not answered, and its time is not over."""
    in_time = Q(offers__until_at__gt=at or timezone.now(), offers__entered_in_error_at=None)
    return _covers(at, "offers__offered_at", "offers__ended_at") & in_time


def _hold_holds(at=None):
    """The hold that keeps a bed for somebody who is expected, in the same way."""
    in_time = Q(holds__until_at__gt=at or timezone.now(), holds__entered_in_error_at=None)
    return _covers(at, "holds__held_at", "holds__ended_at") & in_time


def state_at(at=None):
    """How a bed stood at this moment, or stands now; rows entered in error count for nothing.

    Whoever has a bed is there unless an absence or a search says otherwise. A search that was given up says so for
    as long as the bed is kept.
    """
    absences = Absence.objects.right().filter(
        _covers(at, "left_at", "returned_at"), _covers(at, "left_at", "ended_at"), patient=OuterRef("patient")
    )
    searches = Departure.objects.right().filter(kind=DepartureKind.MISSING, placement=OuterRef("placement"))
    given_up = ~Q(outcome="") & ~Q(outcome=DepartureOutcome.FOUND) & Q(noticed_at__lte=at or timezone.now())
    stays = BedStay.objects.at(at).filter(bed=OuterRef("pk"))
    lies = Case(
        When(Exists(absences.leaves()), then=Value(BedState.ON_LEAVE)),
        When(Exists(absences), then=Value(BedState.HELD)),
        When(Exists(searches.filter(_covers(at, "noticed_at", "ended_at"))), then=Value(BedState.HELD)),
        When(Exists(searches.filter(given_up)), held_until_at__isnull=False, then=Value(BedState.HELD)),
        default=Value(BedState.TAKEN),
    )
    this = Bed.objects.filter(pk=OuterRef("pk"))
    without = Case(
        When(Exists(BedBlock.objects.in_force(at).filter(bed=OuterRef("pk"))), then=Value(BedState.BLOCKED)),
        When(Exists(this.filter(_offer_holds(at))), then=Value(BedState.OFFERED)),
        When(Exists(this.filter(_hold_holds(at))), then=Value(BedState.EXPECTED)),
        default=Value(BedState.FREE),
    )
    return Coalesce(Subquery(stays.values(state=lies)[:1]), without, output_field=models.CharField())


def _with_states(at):
    beds = Bed.objects.there_at(at).filter(unit=OuterRef("pk")).annotate(stood=state_at(at))
    return Unit.objects.annotate(states=ArraySubquery(beds.order_by().values("stood")))


STATES = Written(_with_states, "states", datetime)


class Beds(Rows):
    """Beds."""

    def with_restrictions(self):
        """Each with what its own restrictions and those of its unit say, as `restricted`."""
        return self.annotate(restricted=_restricted(bed="pk", unit="unit"))

    def there_at(self, moment):
        """Those in use at this moment: set up by then, or somebody lay in it, as was written down afterwards."""
        lain = BedStay.objects.at(moment).filter(bed=OuterRef("pk"))
        return self.filter(Q(in_use_from=None) | Q(in_use_from__lte=moment) | Exists(lain))

    def free(self, now=None):
        """Beds nobody lies in, that are kept for nobody, and that are not blocked."""
        taken = BedStay.objects.open().filter(bed=OuterRef("pk"))
        blocked = BedBlock.objects.in_force(now).filter(bed=OuterRef("pk"))
        offer = FilteredRelation("offers", condition=_offer_holds(now))
        hold = FilteredRelation("holds", condition=_hold_holds(now))
        free = self.alias(offer=offer, hold=hold).filter(~Exists(taken), ~Exists(blocked))
        return free.filter(offer__pk=None, hold__pk=None)

    def on_board(self, people, now=None):
        """Each bed with its state, who is in it or expected, and why it is blocked: one statement for a unit.

        Of somebody not among `people` only that the bed is taken is told.
        """
        lasts = Q(blocks__until_at=None) | Q(blocks__until_at__gt=now or timezone.now())
        in_force = _covers(now, "blocks__began_at", "blocks__ended_at") & lasts
        open_stay = _covers(now, "stays__began_at", "stays__ended_at") & Q(stays__entered_in_error_at=None)
        leave = Absence.objects.open().leaves().filter(patient=OuterRef("stay__patient"))
        shown = {
            "stay_shown": F("stay__pk"),
            "offer_shown": F("offer__pk"),
            "hold_shown": F("hold__pk"),
            "leave_shown": Subquery(leave.values("pk")[:1]),
            "patient_shown": Coalesce("stay__patient", "offer__patient", "hold__patient"),
            "name_shown": Coalesce(
                "stay__patient__preferred_name", "offer__patient__preferred_name", "hold__patient__preferred_name"
            ),
            "program_shown": Coalesce("stay__placement__program__name", "offer__program__name"),
            "expected_out": F("stay__placement__expected_end_on"),
        }
        outer = ("stay__patient", "offer__patient", "hold__patient")
        seen = Exists(people.filter(pk=Coalesce(*map(OuterRef, outer))))
        return self.annotate(
            stay=FilteredRelation("stays", condition=open_stay),
            block=FilteredRelation("blocks", condition=in_force),
            offer=FilteredRelation("offers", condition=_offer_holds(now)),
            hold=FilteredRelation("holds", condition=_hold_holds(now)),
            stay_began=F("stay__began_at"),
            kept_until=Coalesce("stay__held_until_at", "offer__until_at", "hold__until_at"),
            expected_back=Subquery(leave.values("expected_back_at")[:1]),
            stay_override=F("stay__override"),
            block_key=F("block__pk"),
            block_reason=F("block__reason"),
            block_note=F("block__note"),
            blocked_until_at=F("block__until_at"),
            state=state_at(now),
            **{name: Case(When(seen, then=path)) for name, path in shown.items()},
        ).with_restrictions()

    def taken_by_day(self, days, now=None):
        """In how many of these beds somebody lay at this hour on each of the last days, in one statement.

        Returns [(instant, number)], oldest first.
        """
        now = now or timezone.now()
        first = now - timedelta(days=days)
        stays = BedStay.objects.during(first, now).filter(bed__in=self.order_by().values("pk"))
        try:
            lain, values = stays.order_by().values_list("began_at", "ended_at").query.sql_with_params()
        except EmptyResultSet:  # of no beds
            return [(first + timedelta(days=day), 0) for day in range(days + 1)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH lain (began_at, ended_at) AS MATERIALIZED ({lain})"
                " SELECT day, (SELECT count(*) FROM lain WHERE tstzrange(began_at, ended_at) @> day)"
                " FROM generate_series(%s::timestamptz, %s::timestamptz, interval '24 hours') day ORDER BY day",
                [*values, first, now],
            )
            return cursor.fetchall()

    def lock_both(self, *beds):
        """Lock these beds, always in the same order: two who exchange beds must not wait for each other."""
        keys = sorted({bed.pk for bed in beds})
        return list(self.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))


@history
class Bed(Record):
    """One bed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="beds", db_index=False)
    label = models.CharField(max_length=30)
    in_use_from = models.DateTimeField(
        default=timezone.now,
        null=True,
        editable=False,
        help_text="when it was set up; empty: before anybody wrote it down",
    )

    objects = Beds.as_manager()

    class Meta:
        ordering = ["unit", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "label"],
                name="one_bed_per_label",
                violation_error_code="bed_exists",
                violation_error_message="There is a bed of this label in the unit already.",
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.label}"


class BedStays(PatientRows):
    """Bed stays."""

    def open(self):
        """Those not ended, kept beds included."""
        return self.right().filter(ended_at=None)

    def at(self, moment=None):
        """Those going on at this moment, kept beds included; the open ones when none is given."""
        if moment is None:
            return self.open()
        return self.right().alias(period=Period("began_at", "ended_at")).filter(period__contains=moment)

    def during(self, since, until):
        """Those of which a part lies between these two."""
        period = Func(since, until, Value("[]"), function="TSTZRANGE", output_field=DateTimeRangeField())
        return self.right().alias(period=Period("began_at", "ended_at")).filter(period__overlap=period)


@clinical
class BedStay(Record):
    """A person in a bed, or a bed kept for a person who was sent out."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="bed_stays", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="bed_stays")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    move_reason = models.CharField(
        max_length=200, blank=True, editable=False, help_text="why the person came here from another bed"
    )
    override = models.CharField(
        max_length=10, choices=BedOverride, blank=True, editable=False, help_text="why, where the bed is for others"
    )
    held_until_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="kept for a person who is away, until then"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)

    objects = BedStays.as_manager()

    # Raised by a trigger, whichever came first.
    refusals = {
        "a_held_bed_waits_for_its_person": (
            "bed_held",
            "The bed is held for somebody who is expected. Choose another, or release it first.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_bed_stay_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_bed_stay_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A bed stay ends after it begins.",
            ),
            ExclusionConstraint(
                name="one_patient_per_bed",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    (Period("began_at", "ended_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="bed_taken",
                violation_error_message="The bed is taken at that time. Choose another; nothing else was changed.",
            ),
            ExclusionConstraint(
                name="one_bed_per_patient",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    (Period("began_at", "ended_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="in_a_bed_already",
                violation_error_message="The person has a bed at that time already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-began_at"], name="bed_stays_of_a_person"),
            models.Index(
                fields=["held_until_at"],
                condition=Q(ended_at=None, held_until_at__isnull=False),
                name="beds_held",
            ),
            models.Index(fields=["bed"], condition=Q(ended_at=None, entered_in_error_at=None), name="who_lies_where"),
        ]

    def __str__(self):
        return f"{self.patient} in {self.bed}"

    @classmethod
    def begin(cls, placement, bed, *, by, at, override="", move_reason="", held_until_at=None):
        """Put the person of this placement in a bed. The database refuses a bed that is taken, or held for another.

        `override` is what check_bed answered: empty where the bed is not for others.
        """
        return cls.objects.create(
            patient_id=placement.patient_id,
            facility_id=placement.facility_id,
            placement=placement,
            bed=bed,
            began_at=at,
            began_by=by,
            move_reason=move_reason,
            held_until_at=held_until_at,
            override=override,
        )

    def end(self, *, by, at):
        """Free the bed."""
        self.ended_at, self.ended_by = at, by
        self.save(update_fields=["ended_at", "ended_by"])


class BlockReason(models.TextChoices):
    """Why nobody can be put in a bed."""

    CLEANING = "cleaning", "Being cleaned"
    REPAIR = "repair", "Broken or under repair"
    ISOLATION = "isolation", "Room kept for isolation"
    STAFFING = "staffing", "Not enough staff"
    OTHER = "other", "Other"


class BedBlocks(Rows):
    """Blocks of beds."""

    def in_force(self, at=None):
        """Those that keep a bed from being used, now or at this moment."""
        lasts = Q(until_at=None) | Q(until_at__gt=at or timezone.now())
        return self.filter(_covers(at, "began_at", "ended_at"), lasts)


@history
class BedBlock(Record):
    """A bed that cannot be used for a while; about no person."""

    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="blocks", db_index=False)
    reason = models.CharField(max_length=20, choices=BlockReason)
    note = models.CharField(max_length=200, blank=True, help_text="name nobody here")
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    until_at = models.DateTimeField(null=True, blank=True, help_text="then it is free again by itself")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)

    objects = BedBlocks.as_manager()

    # Raised by triggers: a bed is never blocked and taken at one time, whichever came first.
    refusals = {
        "a_blocked_bed_stays_empty": (
            "bed_blocked",
            "The bed is blocked. Choose another, or unblock it first; nothing else was changed.",
        ),
        "a_taken_bed_is_not_blocked": ("bed_taken", "Somebody has this bed at that time. Move them first."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_block_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_block_ends_after_it_begins",
                condition=(Q(ended_at=None) | Q(ended_at__gte=F("began_at")))
                & (Q(until_at=None) | Q(until_at__gt=F("began_at"))),
                violation_error_code="ends_before_start",
                violation_error_message="A block ends after it begins.",
            ),
            ExclusionConstraint(
                name="one_block_per_bed",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    (Period("began_at", Coalesce("ended_at", "until_at")), RangeOperators.OVERLAPS),
                ],
                violation_error_code="bed_blocked",
                violation_error_message="The bed is blocked at that time already.",
            ),
        ]

    def __str__(self):
        return f"{self.bed}: {self.get_reason_display().lower()}"

    def is_over(self, now):
        """Was it ended, or has its time passed?"""
        return self.ended_at is not None or (self.until_at is not None and self.until_at <= now)
