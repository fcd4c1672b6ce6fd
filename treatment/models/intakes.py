"""Taking a person in."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .placements import Program


class Intakes(PatientRows):
    """Intakes."""

    def planned(self):
        """Those not completed yet."""
        return self.right().filter(completed_at=None)

    def latest_first(self):
        """One that is planned, then those completed, the last of them first."""
        return self.order_by(models.F("completed_at").desc(nulls_first=True))


@clinical
class Intake(Record):
    """The intake: planned with a duty; once completed, it points to the duty to admit."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="intakes")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="intakes")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="intake")
    admission_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="admission_of"
    )
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="recommended"
    )
    goals = models.TextField(blank=True, max_length=4000, help_text="in the person's own words")
    agreed_to_treatment = models.BooleanField(default=False)
    patient_notice_given = models.BooleanField(
        default=False, help_text="42 CFR 2.22: given, or given as soon as capacity returns"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = by_whom()

    objects = Intakes.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("an_intake_has_who", "completed_at", "completed_by"),
            models.CheckConstraint(
                name="a_completed_intake_leads_to_admission",
                condition=Q(completed_at=None, admission_duty=None)
                | Q(completed_at__isnull=False, admission_duty__isnull=False),
                violation_error_code="admission_not_owed",
                violation_error_message="A completed intake names who owes the admission.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(completed_at=None, entered_in_error_at=None),
                name="one_planned_intake_per_episode",
                violation_error_code="intake_planned",
                violation_error_message="An intake is planned already.",
            ),
        ]

    def __str__(self):
        return f"Intake of {self.patient}"
