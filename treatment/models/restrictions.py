"""For whom a bed, or every bed of a unit, is kept: data, not a rule in code."""

from django.db import models
from django.db.models import F, Q

from accounts.models import by_whom
from audit.models import Record, Rows, history, together
from patients.codes import Gender, Known

from .beds import Bed, Unit
from .placements import ages_in_words, within_ages


class OnlyFor(models.TextChoices):
    """Whom a bed is kept for."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    PREGNANT = "pregnant", "People who are pregnant"
    AGES = "ages", "People of an age"
    WHEELCHAIR = "wheelchair", "People who use a wheelchair"
    GROUND_FLOOR = "ground_floor", "People who cannot climb stairs"
    OBSERVATION = "observation", "People who are observed closely"


GENDERS = {OnlyFor.WOMEN: Gender.WOMAN, OnlyFor.MEN: Gender.MAN}


class BedRestrictions(Rows):
    """Restrictions."""

    def in_force(self):
        """Those not lifted."""
        return self.filter(ended_at=None)


@history
class BedRestriction(Record):
    """A bed, or every bed of a unit, kept for some people; others get it with a coded reason."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="restrictions")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, null=True, blank=True, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=OnlyFor)
    min_age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in years, included")
    max_age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in years, included")
    note = models.CharField(max_length=200, blank=True, help_text="name nobody here")
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)

    objects = BedRestrictions.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_restriction_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_restriction_is_of_a_unit_or_of_a_bed",
                condition=Q(unit=None, bed__isnull=False) | Q(unit__isnull=False, bed=None),
                violation_error_code="half_recorded",
                violation_error_message="A restriction is of one unit or of one bed.",
            ),
            models.CheckConstraint(
                name="a_restriction_by_age_says_which",
                condition=~Q(kind=OnlyFor.AGES) & Q(min_age=None, max_age=None)
                | Q(kind=OnlyFor.AGES) & (Q(min_age__isnull=False) | Q(max_age__isnull=False)),
                violation_error_code="ages_missing",
                violation_error_message="Say which ages, for a restriction by age and for no other.",
            ),
            models.CheckConstraint(
                name="ages_of_a_restriction_have_an_order",
                condition=Q(min_age=None) | Q(max_age=None) | Q(min_age__lte=F("max_age")),
                violation_error_code="ages_reversed",
                violation_error_message="The lower age comes first.",
            ),
            models.UniqueConstraint(
                fields=["unit", "bed", "kind"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="restricted_once_by_a_kind",
                violation_error_code="restricted_already",
                violation_error_message="This restriction is in force already.",
            ),
        ]

    def __str__(self):
        return f"{self.bed or self.unit}: {self.in_words()}"

    @classmethod
    def as_told(cls, said):
        """As `with_restrictions` says it of a bed or unit."""
        return cls(kind=said["kind"], min_age=said["min_age"], max_age=said["max_age"])

    def in_words(self):
        """Whom it is for."""
        if self.kind == OnlyFor.AGES:
            return f"people of {ages_in_words(self.min_age, self.max_age)}"
        return OnlyFor(self.kind).label.lower()

    def fits(self, patient, day):
        """Is it for this person, by what they say of themselves? What was not asked is no yes.

        Who needs a wheelchair, the ground floor or close observation is on no record: somebody says so each time.
        """
        if self.kind in GENDERS:
            return patient.gender_code == GENDERS[self.kind]
        if self.kind == OnlyFor.AGES:
            return within_ages(patient.birth_date, day, self.min_age, self.max_age)
        return self.kind == OnlyFor.PREGNANT and patient.pregnant == Known.YES
