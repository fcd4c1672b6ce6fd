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
from patients.codes import Gender, Known
from patients.models import Patient, PatientRows

from .placements import Period, Placement, Program


class OnlyFor(models.TextChoices):
    """Whom the beds of a unit are kept for."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    PREGNANT = "pregnant", "People who are pregnant"


class BedOverride(models.TextChoices):
    """Why somebody lies in a bed that is kept for others."""

    OWN_WORD = "own_word", "They say of themselves that they belong there"
    SAFER = "safer", "They are safer there"
    CARE = "care", "The care they need is only given there"
    NO_OTHER = "no_other", "No other bed is free"


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
    only_for = models.CharField(
        max_length=10, choices=OnlyFor, blank=True, help_text="whom its beds are kept for; empty: anybody"
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

    def takes(self, patient):
        """Are its beds for this person, by what they say of themselves? What was not asked is no yes."""
        if self.only_for == OnlyFor.PREGNANT:
            return patient.pregnant == Known.YES
        wanted = {OnlyFor.WOMEN: Gender.WOMAN, OnlyFor.MEN: Gender.MAN}
        return not self.only_for or patient.gender_code == wanted[self.only_for]


class BedState(models.TextChoices):
    """How a bed stands on the board."""

    FREE = "free", "Free"
    TAKEN = "taken", "Taken"
    HELD = "held", "Kept for somebody who is away"
    OFFERED = "offered", "Kept for somebody it was offered to"
    BLOCKED = "blocked", "Blocked"


def _offer_holds(now):
    """The offer that keeps a bed: not answered, and its time is not over."""
    now = now or timezone.now()
    return Q(offers__ended_at=None, offers__entered_in_error_at=None, offers__until_at__gt=now)


class Beds(Rows):
    """Beds."""

    def free(self, now=None):
        """Beds nobody lies in, that are kept for nobody, and that are not blocked."""
        taken = BedStay.objects.right().filter(ended_at=None, bed=models.OuterRef("pk"))
        blocked = BedBlock.objects.in_force(now).filter(bed=models.OuterRef("pk"))
        offer = models.FilteredRelation("offers", condition=_offer_holds(now))
        return self.alias(offer=offer).filter(~models.Exists(taken), ~models.Exists(blocked), offer__pk=None)

    def on_board(self, people, now=None):
        """Each bed with its state, who is in it and why it is blocked: one statement for a unit.

        Of somebody not among `people` only that the bed is taken is told.
        """
        now = now or timezone.now()
        in_force = Q(blocks__ended_at=None) & (Q(blocks__until_at=None) | Q(blocks__until_at__gt=now))
        shown = {
            "stay_shown": F("stay__pk"),
            "offer_shown": F("offer__pk"),
            "patient_shown": Coalesce("stay__patient", "offer__patient"),
            "name_shown": Coalesce("stay__patient__preferred_name", "offer__patient__preferred_name"),
            "program_shown": Coalesce("stay__placement__program__name", "offer__program__name"),
            "expected_out": F("stay__placement__expected_end_on"),
        }
        whose = Coalesce(models.OuterRef("stay__patient"), models.OuterRef("offer__patient"))
        seen = models.Exists(people.filter(pk=whose))
        return self.annotate(
            stay=models.FilteredRelation("stays", condition=Q(stays__ended_at=None, stays__entered_in_error_at=None)),
            block=models.FilteredRelation("blocks", condition=in_force),
            offer=models.FilteredRelation("offers", condition=_offer_holds(now)),
            stay_began=F("stay__began_at"),
            kept_until=Coalesce("stay__held_until_at", "offer__until_at"),
            stay_override=F("stay__override"),
            block_key=F("block__pk"),
            block_reason=F("block__reason"),
            block_note=F("block__note"),
            blocked_until_at=F("block__until_at"),
            state=models.Case(
                models.When(block__pk__isnull=False, then=models.Value(BedState.BLOCKED)),
                models.When(stay__pk=None, offer__pk__isnull=False, then=models.Value(BedState.OFFERED)),
                models.When(stay__pk=None, then=models.Value(BedState.FREE)),
                models.When(stay__held_until_at__isnull=False, then=models.Value(BedState.HELD)),
                default=models.Value(BedState.TAKEN),
            ),
            **{name: models.Case(models.When(seen, then=path)) for name, path in shown.items()},
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
    override = models.CharField(
        max_length=10, choices=BedOverride, blank=True, editable=False, help_text="why, where the bed is for others"
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
    def begin(cls, placement, bed, *, by, at, override="", move_reason="", held_until_at=None):
        """Put the person of this placement in a bed. The database refuses a bed that is taken.

        An override is kept only where the bed is for others.
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
            override=override if override and not bed.unit.takes(placement.patient) else "",
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
