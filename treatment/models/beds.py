"""Units, beds, and who lies where."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

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


class Beds(Rows):
    """Beds."""

    def free(self):
        """Beds nobody lies in and nobody is kept for."""
        taken = BedStay.objects.right().filter(ended_at=None, bed=models.OuterRef("pk"))
        return self.filter(~models.Exists(taken))


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
