"""Programs, and the time a person spends in them."""

from datetime import timedelta
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, history, together
from audit.planned import Planned
from duties.models import Duty
from patients.models import ClearanceBasis, Episode, Patient, PatientRows

from .formats import NoteFormat
from .levels import Edition, FourthLevel, ThirdLevel, named


class Period(Func):
    """The half-open range between two columns: tstzrange(start, end)."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Setting(models.TextChoices):
    """Where treatment happens."""

    RESIDENTIAL = "residential", "Residential"
    OUTPATIENT = "outpatient", "Outpatient"


class EntryRequirement(models.TextChoices):
    """What a program asks before somebody may begin there."""

    NONE = "none", "Nothing more"
    NURSE_SCREEN = "nurse_screen", "Screened by a nurse"
    HOSPITAL_CLEARANCE = "hospital_clearance", "Medically cleared"


# Medically cleared says more than screened, screened more than not needed; an override is a prescriber's word.
SATISFIED_BY = {
    EntryRequirement.NONE: set(ClearanceBasis),
    EntryRequirement.NURSE_SCREEN: {ClearanceBasis.CLEARED, ClearanceBasis.SCREENED, ClearanceBasis.OVERRIDDEN},
    EntryRequirement.HOSPITAL_CLEARANCE: {ClearanceBasis.CLEARED, ClearanceBasis.OVERRIDDEN},
}


def within_ages(born_on, day, least, most):
    """Is somebody born then of this age on that day? Nobody is turned away for an unknown birth date."""
    if born_on is None:
        return True
    age = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    return (least is None or age >= least) and (most is None or age <= most)


def ages_in_words(least, most):
    """An age range as people say it."""
    if least is not None and most is not None:
        return f"{least} to {most}"
    if least is not None:
        return f"{least} and over"
    return f"up to {most}" if most is not None else "every age"


class Programs(Rows):
    """Programs."""

    along = ("facility",)


@history
class Program(Record):
    """A program a person can be placed in."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=200)
    setting = models.CharField(max_length=20, choices=Setting)
    asam_edition = models.CharField(
        "ASAM edition", max_length=1, choices=Edition, default=Edition.FOURTH, help_text="that the level is named by"
    )
    level_of_care = models.CharField(max_length=10, blank=True, help_text="as text: 3.5, 2.1, 1.5")
    needs_bed = models.BooleanField(default=False)
    entry_requirement = models.CharField(
        max_length=20, choices=EntryRequirement, default=EntryRequirement.NONE, help_text="before admission"
    )
    capacity = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="people at a time; empty: as many as there are beds, or no limit"
    )
    min_age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in years, included")
    max_age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in years, included")
    plan_due = models.DurationField(default=timedelta(days=3), help_text="after admission")
    level_due = models.DurationField(
        default=timedelta(days=3),
        null=True,
        blank=True,
        help_text="the level of care is assessed so long after admission; empty: nobody owes that",
    )
    review_every = models.DurationField(default=timedelta(days=30), help_text="at most 90 days")
    note_format = models.CharField(
        max_length=15,
        choices=NoteFormat,
        blank=True,
        db_default="",
        help_text="of notes here; empty: the author's own",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = by_whom()

    objects = Programs.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            together("a_program_closing_has_who", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="reviews_are_at_most_90_days_apart",
                condition=Q(plan_due__lte=timedelta(days=90), review_every__lte=timedelta(days=90)),
                violation_error_code="review_too_rare",
                violation_error_message="A plan is reviewed at least every 90 days.",
            ),
            models.CheckConstraint(
                name="a_level_of_care_is_of_its_edition",
                condition=Q(level_of_care="")
                | Q(asam_edition=Edition.THIRD, level_of_care__in=ThirdLevel.values)
                | Q(asam_edition=Edition.FOURTH, level_of_care__in=FourthLevel.values),
                violation_error_code="level_unknown",
                violation_error_message="There is no such level of care in this edition.",
            ),
            models.CheckConstraint(
                name="a_program_takes_somebody",
                condition=Q(capacity=None) | Q(capacity__gte=1),
                violation_error_code="capacity_none",
                violation_error_message="A program takes at least one person; close it when it takes nobody.",
            ),
            models.CheckConstraint(
                name="an_age_range_has_an_order",
                condition=Q(min_age=None) | Q(max_age=None) | Q(min_age__lte=F("max_age")),
                violation_error_code="ages_reversed",
                violation_error_message="The lower age comes first.",
            ),
        ]

    def __str__(self):
        return self.name

    def accepts(self, basis):
        """Is this ground of clearance enough to begin here?"""
        return basis in SATISFIED_BY[self.entry_requirement]

    def level_label(self):
        """The level of care in words, as its edition says it."""
        return named(self.asam_edition, self.level_of_care)

    def limits_age(self):
        """Does it take only people of some ages?"""
        return self.min_age is not None or self.max_age is not None

    def require_open(self):
        """Raise program_closed when it takes nobody any more."""
        if self.closed_at:
            raise ValidationError("This program is closed.", code="program_closed")

    def takes_age(self, born_on, day):
        """Is somebody born then of the right age on this day?"""
        return within_ages(born_on, day, self.min_age, self.max_age)

    def ages(self):
        """The age range in words."""
        return ages_in_words(self.min_age, self.max_age)


class Track(models.TextChoices):
    """What a placement is beside others."""

    MAIN = "main", "Main track"
    HOUSING = "housing", "Housing"
    ADJUNCT = "adjunct", "Adjunct"


class Placements(PatientRows):
    """Placements."""

    def open(self):
        """Those not ended."""
        return self.right().filter(ended_at=None)

    def main_of(self, episode):
        """The open one on the main track, with its place and program, or None."""
        return MAIN_OF.first(episode.pk)

    def with_stay(self):
        """Each with its open bed stay beside it, as `stay`."""
        theirs = Q(bed_stays__ended_at=None, bed_stays__entered_in_error_at=None)
        return self.annotate(stay=models.FilteredRelation("bed_stays", condition=theirs))


@clinical
class Placement(Record):
    """The time a person spends in a program."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="placements", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="placements")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="placements")
    track = models.CharField(max_length=10, choices=Track, default=Track.MAIN)
    plan_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_of", editable=False
    )
    reconcile_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="reconcile_of", editable=False
    )
    level_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="level_to_assess", editable=False
    )
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    expected_end_on = models.DateField(null=True, blank=True, help_text="when the person is expected to leave")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    end_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = Placements.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_placement_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_placement_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A placement ends after it begins.",
            ),
            ExclusionConstraint(
                name="one_placement_at_a_time_per_track",
                expressions=[
                    ("episode", RangeOperators.EQUAL),
                    ("track", RangeOperators.EQUAL),
                    (Period("began_at", "ended_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="placed_already",
                violation_error_message="The person is in a program already. Move them instead.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-began_at"], name="placements_of_a_person"),
            models.Index(fields=["program"], condition=Q(ended_at=None), name="open_placements"),
        ]

    def __str__(self):
        return f"{self.patient} in {self.program}"

    @classmethod
    def begin(
        cls, episode, program, *, by, at, plan_duty=None, reconcile_duty=None, level_duty=None, expected_end_on=None
    ):
        """A new main placement, with somebody owing its plan."""
        return cls.objects.create(
            patient_id=episode.patient_id,
            facility_id=program.facility_id,
            episode=episode,
            program=program,
            plan_duty=plan_duty,
            reconcile_duty=reconcile_duty,
            level_duty=level_duty,
            began_at=at,
            began_by=by,
            expected_end_on=expected_end_on,
        )

    def day(self, now):
        """Of the stay, counted from 1."""
        return (now - self.began_at).days + 1

    def warnings(self):
        """What somebody should look into, in sentences: an age that nobody knows in a program that has limits."""
        if self.program.limits_age() and self.patient.birth_date is None:
            return [f"The birth date is not known, and the program takes people of {self.program.ages()}."]
        if self.is_outside_ages():
            return [f"The program takes people of {self.program.ages()}. Move the person, or refer them elsewhere."]
        return []

    def is_outside_ages(self):
        """In a program for another age, as a birth date that was learned or corrected later says, or a birthday?"""
        if self.ended_at is not None or not self.program.limits_age():
            return False
        today = timezone.now().astimezone(self.program.facility.tz()).date()  # there, as on the day they come
        return not self.program.takes_age(self.patient.birth_date, today)

    def plan_is_owed(self):
        """Is somebody to write or review the plan?"""
        return self.plan_duty_id is not None and self.plan_duty.is_open()

    def reconciliation_is_owed(self):
        """Is somebody to go through allergies and medication?"""
        return self.reconcile_duty_id is not None and self.reconcile_duty.is_open()

    def end(self, *, by, at, reason):
        """Close the placement."""
        self.ended_at, self.ended_by, self.end_reason = at, by, reason
        self.save(update_fields=["ended_at", "ended_by", "end_reason"])


MAIN_OF = Planned(
    lambda episode: (
        Placement.objects.open().filter(episode=episode, track=Track.MAIN).select_related("facility", "program")[:1]
    ),
    UUID,
)
