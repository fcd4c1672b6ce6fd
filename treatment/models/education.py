"""Texts for people, and which were given to whom."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows
from patients.codes import Language
from patients.models import Episode, Patient, PatientRows


class GivenHow(models.TextChoices):
    """How a text reached the person."""

    TALKED = "talked", "Read and talked through together"
    PAPER = "paper", "On paper"
    SCREEN = "screen", "Shown on a screen"
    READ_ALOUD = "read_aloud", "Read aloud"


class EducationTexts(Rows):
    """Texts, edition by edition."""

    def current(self):
        """The newest edition of each text in each language."""
        newer = EducationText.objects.filter(
            slug=OuterRef("slug"), language=OuterRef("language"), edition__gt=OuterRef("edition")
        )
        return self.filter(~Exists(newer))


class EducationText(Record):
    """A text for people at grade six, as versioned data: where it is from, and when it was last checked."""

    slug = models.SlugField(max_length=50)
    language = models.CharField(max_length=5, choices=Language)
    edition = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    sections = models.JSONField(help_text="[{heading, says: [paragraph], points: [line]}]")
    sources = models.JSONField(help_text="[one in plain words]")
    reviewed_on = models.DateField(help_text="last checked against its sources")
    review_due_on = models.DateField(help_text="to be checked again by then")

    objects = EducationTexts.as_manager()

    refusals = {
        "an_education_text_never_changes": (
            "text_published",
            "A text never changes; publish a new edition.",
        )
    }

    class Meta:
        ordering = ["slug", "language", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language", "edition"],
                name="one_education_text_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the text exists already.",
            ),
            models.CheckConstraint(
                name="an_education_text_has_sources",
                condition=~models.Q(sources=[]),
                violation_error_code="sources_missing",
                violation_error_message="Say where the text is from.",
            ),
            models.CheckConstraint(
                name="an_education_text_is_reviewed_again",
                condition=models.Q(review_due_on__gt=models.F("reviewed_on")),
                violation_error_code="review_before_review",
                violation_error_message="The next review comes after the last.",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.get_language_display()}, edition {self.edition})"

    def is_past_review(self, today=None):
        """Should somebody have checked it again by now?"""
        return self.review_due_on < (today or timezone.localdate())


class EducationsGiven(PatientRows):
    """Texts given."""


@clinical
class EducationGiven(Record):
    """Which edition of a text was given to a person, in which language, when, how and by whom."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="texts_given", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="texts_given", editable=False
    )
    text = models.ForeignKey(EducationText, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=GivenHow)
    said_back = models.CharField(
        max_length=500, blank=True, help_text="what the person took from it, in their own words"
    )
    given_at = models.DateTimeField(editable=False)
    given_by = by_whom(null=False, blank=False, editable=False)

    objects = EducationsGiven.as_manager()

    class Meta:
        verbose_name = "text given"
        verbose_name_plural = "texts given"
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-given_at"], name="education_of_a_person")]

    def __str__(self):
        return str(self.text)
