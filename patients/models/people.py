"""The person."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from accounts.models import a_known_zone, by_whom, clinical
from audit.models import Record, together

from ..codes import Language
from .access import PatientRows


class Patients(PatientRows):
    """People."""

    patient_path = "pk"

    def lock_survivor(self, pk):
        """The record this one was merged into, or itself, locked; a merge that is under way is waited for."""
        person = self.lock(self.get(pk=pk).survivor().pk)
        while person.merged_into_id:
            person = self.lock(person.merged_into_id)
        return person

    def survivors(self):
        """Those not merged into another record and not entered in error."""
        return self.right().filter(merged_into=None)


@clinical
class Patient(Record):
    """A person in care."""

    preferred_name = models.CharField(max_length=200, help_text="what to call them; “Unknown” until they say")
    legal_name = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    zone = models.CharField(max_length=64, blank=True, validators=[a_known_zone], help_text="empty: the facility's")
    death_reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    death_reported_by = by_whom(editable=False)
    death_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    death_confirmed_by = by_whom(editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates", editable=False
    )

    objects = Patients.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_reported_death_has_who", "death_reported_at", "death_reported_by"),
            together("a_confirmed_death_has_who", "death_confirmed_at", "death_confirmed_by"),
            models.CheckConstraint(
                name="a_death_is_reported_before_it_is_confirmed",
                condition=Q(death_confirmed_at=None) | Q(death_reported_at__isnull=False),
                violation_error_code="death_not_reported",
                violation_error_message="A death is reported first and confirmed by somebody after that.",
            ),
            models.CheckConstraint(
                name="nobody_is_merged_into_themselves",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_code="merged_into_self",
                violation_error_message="A record cannot be merged into itself.",
            ),
            models.CheckConstraint(
                name="a_person_has_a_name_to_be_called",
                condition=~Q(preferred_name=""),
                violation_error_code="name_missing",
                violation_error_message="Give a name to call the person, or “Unknown”.",
            ),
        ]
        indexes = [models.Index(fields=["merged_into"], name="patient_duplicates")]

    def __str__(self):
        return self.preferred_name

    def survivor(self):
        """The record this one was merged into, or itself."""
        return self.merged_into.survivor() if self.merged_into_id else self

    def records(self):
        """Every record of this person: the survivor and those merged into it."""
        survivor = self.survivor()
        return Patient.objects.filter(Q(pk=survivor.pk) | Q(merged_into=survivor))

    def is_reported_dead(self):
        """Was this person's death reported, on whichever of their records?"""
        return self.records().exclude(death_reported_at=None).exists()

    def tz(self, facility):
        """The person's time zone, or the facility's when theirs is not known."""
        return ZoneInfo(self.zone or facility.zone)
