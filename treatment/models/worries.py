"""What those around a person are worried about."""

from django.db import models

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from duties.models import Duty
from patients.models import Patient, PatientRows, Supporter


class Worries(PatientRows):
    """Worries."""


@clinical
class Worry(Record):
    """A supporter's worry, listened to without a word about the person; somebody owes the person a call about it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="worries", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="worries")
    words = models.CharField(max_length=2000, help_text="what they said; nothing was told to them")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="worry", editable=False)
    heard_at = models.DateTimeField(editable=False)
    heard_by = by_whom(null=False, blank=False, editable=False)

    objects = Worries.as_manager()

    class Meta:
        verbose_name_plural = "worries"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_worry_has_words",
                condition=~models.Q(words=""),
                violation_error_code="words_missing",
                violation_error_message="Write down what they said.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-heard_at"], name="worries_about_a_person")]

    def __str__(self):
        return f"Worry of {self.supporter}"
