"""The person."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from accounts.models import a_known_zone, by_whom, clinical
from audit.models import Record, together
from audit.planned import Planned

from ..codes import (
    NOT_COLLECTED,
    Education,
    Ethnicity,
    Gender,
    Known,
    Language,
    Marital,
    Race,
    Sex,
    Veteran,
)
from .access import PatientRows

OF_AGE = 18
UNNAMED = "unknown"  # the name of somebody who could not say theirs yet, in small letters
# At least one character that is neither white space nor a mark of width zero.
VISIBLE = r"[^\s\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]"


class NextNumber(models.Func):
    """The next record number, from the database's own sequence."""

    template = "nextval('patients_patient_number')"
    arity = 0
    output_field = models.PositiveIntegerField()


class Patients(PatientRows):
    """People."""

    patient_path = "pk"

    def lock_survivor(self, pk):
        """The record this one was merged into, or itself, locked; a merge that is under way is waited for."""
        person = STANDS_FIRST.first(self.model._meta.pk.to_python(pk))
        if person is None:
            raise self.model.DoesNotExist
        while person.merged_into_id:
            person = self.lock(person.merged_into_id)
        return person

    def records_of(self, survivor):
        """The record with this key and those merged into it."""
        return self.filter(Q(pk=survivor) | Q(merged_into=survivor))

    def survivors(self):
        """Those not merged into another record and not entered in error."""
        return self.right().filter(merged_into=None)


@clinical
class Patient(Record):
    """A person in care."""

    number = models.PositiveIntegerField(
        unique=True, editable=False, db_default=NextNumber(), help_text="the record number; six digits or more"
    )
    preferred_name = models.CharField(max_length=200, help_text="what to call them; “Unknown” until they say")
    legal_name = models.CharField(max_length=200, blank=True)
    pronouns = models.CharField(max_length=50, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_date_corrected_at = models.DateTimeField(null=True, blank=True, editable=False)
    birth_date_corrected_by = by_whom(editable=False)
    birth_date_corrected_reason = models.CharField(max_length=500, blank=True, editable=False)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN, help_text="as recorded in documents")
    gender = models.CharField(max_length=100, blank=True, help_text="in the person’s own words")
    gender_code = models.CharField(max_length=10, choices=Gender, default=Gender.UNKNOWN)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    interpreter_needed = models.BooleanField(null=True, blank=True)
    zone = models.CharField(max_length=64, blank=True, validators=[a_known_zone], help_text="empty: the facility's")
    sender_name = models.CharField(
        max_length=60,
        blank=True,
        db_default="",
        editable=False,
        help_text="who messages are from, as the person chose; empty: the facility's",
    )
    quiet_from = models.TimeField(
        null=True, blank=True, editable=False, help_text="no message from then on, on the person's own clock"
    )
    quiet_until = models.TimeField(null=True, blank=True, editable=False, help_text="may be after midnight")
    race = models.CharField(max_length=2, choices=Race, default=NOT_COLLECTED)
    ethnicity = models.CharField(max_length=2, choices=Ethnicity, default=NOT_COLLECTED)
    veteran = models.CharField(max_length=2, choices=Veteran, default=NOT_COLLECTED)
    marital = models.CharField("marital status", max_length=2, choices=Marital, default=NOT_COLLECTED)
    education = models.CharField(max_length=2, choices=Education, default=NOT_COLLECTED)
    weight_kg = models.DecimalField(
        "weight",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text="kg",
    )
    weight_noted_at = models.DateTimeField(null=True, blank=True, editable=False)
    weight_noted_by = by_whom(editable=False)
    pregnant = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN, editable=False)
    breastfeeding = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN, editable=False)
    pregnancy_noted_at = models.DateTimeField(null=True, blank=True, editable=False)
    pregnancy_noted_by = by_whom(editable=False)
    death_reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    death_reported_by = by_whom(editable=False)
    death_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    death_confirmed_by = by_whom(editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        editable=False,
        db_index=False,
    )

    objects = Patients.as_manager()

    # Raised by triggers: sentences for people.
    refusals = {
        "a_birth_date_is_corrected_with_a_reason": (
            "birth_date_set",
            "The birth date is recorded already. Correct it with its own verb, and say why.",
        ),
        "a_record_number_never_changes": ("number_changed", "A record number never changes."),
        "a_record_in_error_takes_nothing_new": (
            "record_in_error",
            "This record was marked as a mistake: nobody is this person. Find theirs, or write them down anew.",
        ),
        "what_counts_has_somebody_it_is_about": (
            "record_in_use",
            "A thread on this record counts. Mark it as begun by mistake first.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_is_born_in_the_future",
                condition=Q(birth_date=None) | Q(birth_date__lte=Now()),
                violation_error_code="born_in_the_future",
                violation_error_message="This birth date is in the future.",
            ),
            models.CheckConstraint(
                name="nobody_was_born_before_1900",
                condition=Q(birth_date=None) | Q(birth_date__gte=date(1900, 1, 1)),
                violation_error_code="born_too_long_ago",
                violation_error_message="This birth date is before 1900.",
            ),
            models.CheckConstraint(
                name="a_birth_date_correction_has_who_and_why",
                condition=Q(
                    birth_date_corrected_at=None, birth_date_corrected_by=None, birth_date_corrected_reason=""
                )
                | Q(birth_date_corrected_at__isnull=False, birth_date_corrected_by__isnull=False)
                & ~Q(birth_date_corrected_reason=""),
                violation_error_code="correction_half_recorded",
                violation_error_message="Correcting a birth date records when, by whom and why.",
            ),
            models.CheckConstraint(
                name="a_weight_is_plausible",
                condition=Q(weight_kg=None) | Q(weight_kg__gte=1, weight_kg__lte=500),
                violation_error_code="weight_out_of_range",
                violation_error_message="A weight is between 1 and 500 kg.",
            ),
            together("a_weight_has_when_and_who", "weight_kg", "weight_noted_at", "weight_noted_by"),
            together("a_pregnancy_note_has_who", "pregnancy_noted_at", "pregnancy_noted_by"),
            models.CheckConstraint(
                name="pregnancy_and_breastfeeding_were_asked",
                condition=Q(pregnant=Known.UNKNOWN, breastfeeding=Known.UNKNOWN)
                | Q(pregnancy_noted_at__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="Pregnancy and breastfeeding are recorded with when and by whom.",
            ),
            models.CheckConstraint(
                name="a_name_can_be_seen",
                condition=Q(preferred_name__regex=VISIBLE),
                violation_error_code="name_missing",
                violation_error_message="Give a name that can be seen, or “Unknown”.",
            ),
            together("quiet_hours_have_both_ends", "quiet_from", "quiet_until"),
            models.CheckConstraint(
                name="quiet_hours_last_some_time",
                condition=Q(quiet_from=None) | ~Q(quiet_from=F("quiet_until")),
                violation_error_code="hours_empty",
                violation_error_message="The quiet hours end when they begin. Leave them out for none of one's own.",
            ),
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
        indexes = [
            models.Index(fields=["merged_into"], name="patient_duplicates"),
            models.Index(fields=["id"], condition=Q(entered_in_error_at__isnull=False), name="records_in_error"),
        ]

    def __str__(self):
        return self.preferred_name

    def survivor(self):
        """The record this one was merged into, or itself."""
        return self.merged_into.survivor() if self.merged_into_id else self

    def records(self):
        """Every record of this person: the survivor and those merged into it."""
        return Patient.objects.records_of(self.survivor().pk)

    def is_reported_dead(self):
        """Was this person's death reported, on whichever of their records?"""
        return self.records().exclude(death_reported_at=None).exists()

    def is_minor(self, on=None):
        """Under age on a day, by what is known?"""
        age = self.age(on)
        return age is not None and age < OF_AGE

    def age(self, on=None):
        """Whole years on a day, today unless given; None when the birth date is not known."""
        born, day = self.birth_date, on or timezone.localdate()
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else None

    def is_named(self):
        """Has somebody said who this is?"""
        return self.preferred_name.strip().lower() != UNNAMED

    def tz(self, facility):
        """The person's time zone, or the facility's when theirs is not known."""
        return ZoneInfo(self.zone or facility.zone)


STANDS_FIRST = Planned(
    lambda pk: (
        Patient.objects.order_by()
        .filter(pk=Subquery(Patient.objects.order_by().filter(pk=pk).values(first=Coalesce("merged_into", "pk"))))
        .select_for_update(no_key=True, of=("self",))
    ),
    UUID,
)
