"""Units, beds, and who lies where."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, history, together
from patients.models import Patient, PatientRows

from .placements import Period, Placement, Program


@history
class Unit(Record):
    """A ward or house with beds."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        help_text="whose beds these are; empty: of any program here",
    )

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


class BedState(models.TextChoices):
    """How a bed stands on the board."""

    FREE = "free", "Free"
    TAKEN = "taken", "Taken"
    HELD = "held", "Kept for somebody who is away"
    BLOCKED = "blocked", "Blocked"


class Beds(Rows):
    """Beds."""

    def free(self, now=None):
        """Beds nobody lies in, nobody is kept for, and that are not blocked."""
        taken = BedStay.objects.right().filter(ended_at=None, bed=models.OuterRef("pk"))
        blocked = BedBlock.objects.in_force(now).filter(bed=models.OuterRef("pk"))
        return self.filter(~models.Exists(taken), ~models.Exists(blocked))

    def on_board(self, people, now=None):
        """Each bed with its state, who is in it and why it is blocked: one statement for a unit.

        Of somebody not among `people` only that the bed is taken is told.
        """
        now = now or timezone.now()
        in_force = Q(blocks__ended_at=None) & (Q(blocks__until_at=None) | Q(blocks__until_at__gt=now))
        seen = models.Exists(people.filter(pk=models.OuterRef("stay__patient")))
        shown = {
            "stay_shown": "stay__pk",
            "patient_shown": "stay__patient",
            "name_shown": "stay__patient__preferred_name",
            "program_shown": "stay__placement__program__name",
            "expected_out": "stay__placement__expected_end_on",
        }
        return self.annotate(
            stay=models.FilteredRelation("stays", condition=Q(stays__ended_at=None, stays__entered_in_error_at=None)),
            block=models.FilteredRelation("blocks", condition=in_force),
            stay_began=F("stay__began_at"),
            kept_until=F("stay__held_until_at"),
            block_key=F("block__pk"),
            block_reason=F("block__reason"),
            block_note=F("block__note"),
            blocked_until_at=F("block__until_at"),
            state=models.Case(
                models.When(block__pk__isnull=False, then=models.Value(BedState.BLOCKED)),
                models.When(stay__pk=None, then=models.Value(BedState.FREE)),
                models.When(stay__held_until_at__isnull=False, then=models.Value(BedState.HELD)),
                default=models.Value(BedState.TAKEN),
            ),
            **{name: models.Case(models.When(seen, then=F(path))) for name, path in shown.items()},
        )

    def taken_by_day(self, days, now=None):
        """In how many of these beds somebody lay at this hour on each of the last days, in one statement.

        Returns [(instant, number)], oldest first.
        """
        now = now or timezone.now()
        instants = [now - timedelta(days=back) for back in range(days, -1, -1)]
        stays = BedStay.objects.right().filter(bed__in=self.values("pk"))
        lain = [
            (began, ended)
            for began, ended in stays.filter(Q(ended_at=None) | Q(ended_at__gt=instants[0])).values_list(
                "began_at", "ended_at"
            )
        ]
        return [(at, sum(began <= at and (ended is None or ended > at) for began, ended in lain)) for at in instants]

    def lock_both(self, *beds):
        """Lock these beds, always in the same order: two who exchange beds must not wait for each other."""
        keys = sorted({bed.pk for bed in beds})
        return list(self.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))


@history
class Bed(Record):
    """One bed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(max_length=30)

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


@clinical
class BedStay(Record):
    """A person in a bed, or a bed kept for a person who was sent out."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="bed_stays")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="bed_stays")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    move_reason = models.CharField(
        max_length=200, blank=True, editable=False, help_text="why the person came here from another bed"
    )
    held_until_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="kept for a person who is away, until then"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)

    objects = BedStays.as_manager()

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
        ]

    def __str__(self):
        return f"{self.patient} in {self.bed}"

    @classmethod
    def begin(cls, placement, bed, *, by, at):
        """Put the person of this placement in a bed. The database refuses a bed that is taken."""
        return cls.objects.create(
            patient_id=placement.patient_id,
            facility_id=placement.facility_id,
            placement=placement,
            bed=bed,
            began_at=at,
            began_by=by,
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

    def in_force(self, now=None):
        """Those that keep a bed from being used."""
        now = now or timezone.now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), ended_at=None)


@history
class BedBlock(Record):
    """A bed that cannot be used for a while; about no person."""

    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="blocks")
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
