"""What a person uses."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record

from ..codes import Frequency, Route, Source, Substance
from .access import PatientRows
from .people import Patient


class SubstanceUses(PatientRows):
    """What people use."""


@clinical
class SubstanceUse(Record):
    """What a person uses: drug, route, frequency, amount, first and last use, and who said so."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="substance_uses")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    substance = models.CharField(max_length=4, choices=Substance)
    route = models.CharField(max_length=2, choices=Route, default=Route.UNKNOWN)
    frequency = models.CharField(max_length=2, choices=Frequency, default=Frequency.UNKNOWN)
    amount = models.CharField(max_length=200, blank=True, help_text="purity and route unknown: as told")
    first_used_on = models.DateField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=Source)
    noted_at = models.DateTimeField()
    noted_by = by_whom(null=False, blank=False)

    objects = SubstanceUses.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="use_is_not_in_the_future",
                condition=Q(last_used_at=None) | Q(last_used_at__lte=F("noted_at")),
                violation_error_code="use_in_the_future",
                violation_error_message="The last use is after the time it was noted.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-noted_at"], name="use_of_a_person")]

    def __str__(self):
        return self.get_substance_display()
