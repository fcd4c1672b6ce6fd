"""Which level of care a person needs: rated, indicated, recommended, authorized and placed, each by itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .clearances import Checklist
from .level_data import LevelMapping, of_its_edition
from .levels import Edition, named
from .placements import Placement


class LevelAssessmentKind(models.TextChoices):
    """When in the course of treatment the level is looked at (domain 2.4)."""

    SCREEN = "screen", "Screen"
    ADMISSION = "admission", "Admission"
    CONTINUED_STAY = "continued_stay", "Continued stay"
    TRANSITION = "transition", "Transition to another level"
    DISCHARGE = "discharge", "Discharge"


class Credential(models.TextChoices):
    """What entitles somebody to assess; which of these sign alone is data (checklist “level-assessors”)."""

    PHYSICIAN = "physician", "Physician"
    NURSE_PRACTITIONER = "nurse_practitioner", "Nurse practitioner"
    PHYSICIAN_ASSISTANT = "physician_assistant", "Physician assistant"
    NURSE = "nurse", "Registered nurse"
    PSYCHOLOGIST = "psychologist", "Psychologist"
    SOCIAL_WORKER = "social_worker", "Clinical social worker"
    PROFESSIONAL_COUNSELOR = "professional_counselor", "Professional counselor"
    FAMILY_THERAPIST = "family_therapist", "Marriage and family therapist"
    ADDICTION_COUNSELOR = "addiction_counselor", "Addiction counselor, certified or licensed"
    IN_TRAINING = "in_training", "Counselor in training"
    STUDENT = "student", "Student or intern"
    CASE_MANAGER = "case_manager", "Case manager"
    PEER = "peer", "Peer specialist"


class Modifier(models.TextChoices):
    """What a level must offer besides (domain 2.2)."""

    COE = "COE", "Co-occurring enhanced"
    BIO = "BIO", "Biomedically enhanced"
    PSY = "PSY", "Psychiatric"
    RR = "RR", "With a recovery residence"


class VarianceReason(models.TextChoices):
    """Why the person is placed at another level than the one indicated (domain 2.4)."""

    NONE = "none", "None"
    PATIENT_PREFERENCE = "patient_preference", "The person prefers it"
    NO_BED = "no_bed", "No bed"
    PAYER_DENIED = "payer_denied", "The payer did not authorize it"
    WAITLIST = "waitlist", "Waiting for a place"
    LEGAL = "legal", "Legal grounds"
    DISTANCE = "distance", "Too far away"
    SAFETY = "safety", "Safety"
    CLINICIAN_JUDGEMENT = "clinician_judgement", "Clinical judgment"


LEVELS_SAID = ("indicated", "recommended", "authorized", "placed")


def _level(words):
    return models.CharField(max_length=10, blank=True, help_text=words)


class LevelAssessments(PatientRows):
    """Assessments of the level of care."""

    along = ("facility", "placement", "sign_duty", "review_duty", "cosign_duty", "mapping")

    def drafts(self):
        """Those not signed."""
        return self.right().filter(signed_at=None)

    def signed(self):
        """Those signed, the latest first."""
        return self.right().filter(signed_at__isnull=False).order_by("-signed_at")


@clinical
class LevelOfCareAssessment(Record):
    """The level of care a person needs, by somebody who signs for it; from then on locked by the database.

    Ratings are texts, never numbers: [{dimension, subdimension, token, min_level, evidence, sources}].
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="level_assessments", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="level_assessments")
    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="level_assessments", editable=False
    )
    kind = models.CharField(max_length=20, choices=LevelAssessmentKind)
    edition = models.CharField(max_length=1, choices=Edition, default=Edition.FOURTH, help_text="of the criteria")
    mapping = models.ForeignKey(
        LevelMapping, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        help_text="by which the level is indicated; empty: by the assessor",
    )  # fmt: skip
    assessed_at = models.DateTimeField()
    assessed_by = by_whom(null=False, blank=False)
    credential = models.CharField(max_length=30, choices=Credential, help_text="of whoever assesses")
    ratings = models.JSONField(default=list, blank=True, editable=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    needs = models.JSONField(default=dict, blank=True, editable=False, help_text="{item: answer}, our own checklist")
    barriers = models.TextField(blank=True, max_length=4000, help_text="what stands in the person's way")
    preferences = models.TextField(blank=True, max_length=4000, help_text="what the person wants")
    modifiers = ArrayField(models.CharField(max_length=3, choices=Modifier), default=list, blank=True)
    indicated = _level("what the ratings come to")
    recommended = _level("what the assessor advises")
    authorized = _level("what the payer agreed to")
    placed = _level("where the person is, or will be")
    variance_reason = models.CharField(
        max_length=20, choices=VarianceReason, default=VarianceReason.NONE, help_text="where placed is not indicated"
    )
    justification = models.TextField(blank=True, max_length=4000)
    sign_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="level_to_sign", editable=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = by_whom(editable=False)
    signs_alone = models.BooleanField(null=True, blank=True, editable=False, help_text="by the credential's data")
    review_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="level_to_review", editable=False
    )
    next_review_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    cosign_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="level_to_cosign", editable=False
    )
    cosigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    cosigned_by = by_whom(editable=False)
    cosigner_credential = models.CharField(max_length=30, choices=Credential, blank=True, editable=False)

    objects = LevelAssessments.as_manager()

    refusals = {
        "a_signed_level_assessment_never_changes": (
            "level_assessment_signed",
            "This assessment is signed and cannot be changed. Assess again, or mark it as entered in error.",
        ),
        "a_level_assessment_is_signed": ("not_signed", "This is ended by signing the assessment."),
        "a_level_assessment_is_cosigned": ("not_cosigned", "This is ended by co-signing the assessment."),
    }

    class Meta:
        verbose_name = "level of care assessment"
        ordering = ["id"]
        constraints = [
            together("a_level_signature_has_who", "signed_at", "signed_by", "signs_alone"),
            together("a_level_cosignature_has_who", "cosigned_at", "cosigned_by"),
            *(
                models.CheckConstraint(
                    name=f"the_level_{column}_is_of_its_edition",
                    condition=of_its_edition(column, edition="edition"),
                    violation_error_code="level_unknown",
                    violation_error_message="There is no such level of care in this edition.",
                )
                for column in LEVELS_SAID
            ),
            models.CheckConstraint(
                name="a_level_modifier_is_known",
                condition=Q(modifiers__contained_by=Modifier.values),
                violation_error_code="modifier_unknown",
                violation_error_message="There is no such modifier of a level.",
            ),
            models.CheckConstraint(
                name="another_level_than_indicated_has_a_reason",
                condition=Q(placed="") | Q(indicated="") | Q(placed=F("indicated")) | ~Q(variance_reason="none"),
                violation_error_code="variance_unexplained",
                violation_error_message="The person is placed at another level than the one indicated: choose why.",
            ),
            models.CheckConstraint(
                name="another_level_than_indicated_is_explained",
                condition=Q(variance_reason="none") | ~Q(justification=""),
                violation_error_code="justification_missing",
                violation_error_message="Say in words why another level was chosen.",
            ),
            models.CheckConstraint(
                name="a_signed_level_assessment_says_a_level",
                condition=Q(signed_at=None) | ~Q(indicated="") & ~Q(recommended=""),
                violation_error_code="level_missing",
                violation_error_message="Say which level is indicated, and which is recommended, before signing.",
            ),
            models.CheckConstraint(
                name="an_assessor_who_does_not_sign_alone_is_cosigned",
                condition=~Q(signs_alone=False) | Q(cosign_duty__isnull=False),
                violation_error_code="cosignature_owed",
                violation_error_message="With this credential a second signature is owed.",
            ),
            models.CheckConstraint(
                name="a_level_cosignature_is_somebody_elses",
                condition=Q(cosigned_at=None)
                | Q(signed_at__isnull=False) & ~Q(cosigned_by=F("signed_by")) & ~Q(cosigner_credential=""),
                violation_error_code="second_signature_same",
                violation_error_message="The second signature is somebody else's than the first, and comes after it.",
            ),
            models.CheckConstraint(
                name="a_level_review_is_due_and_owed",
                condition=Q(review_duty=None, next_review_due_at=None)
                | Q(review_duty__isnull=False, next_review_due_at__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="When the level is assessed again, and who owes it, are recorded together.",
            ),
            models.UniqueConstraint(
                fields=["episode", "kind"],
                condition=Q(signed_at=None, entered_in_error_at=None),
                name="one_draft_of_a_kind_of_level_assessment",
                violation_error_code="level_assessment_begun",
                violation_error_message="Somebody is writing this kind of assessment already. Sign that one first.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-assessed_at"], name="levels_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.in_short()}"

    def in_short(self):
        """What kind, and what came of it."""
        said = f"level {self.recommended} recommended" if self.recommended else "no level said yet"
        return f"{self.get_kind_display().lower()}, {said}"

    def label_of(self, column):
        """The level in one of the four columns with its edition's words."""
        level = getattr(self, column)
        return f"{level} {named(self.edition, level)}".strip()

    def is_draft_of(self, user):
        """Is it this user's to write?"""
        return self.signed_at is None and self.entered_in_error_at is None and self.assessed_by_id == user.pk

    def waits_for_cosignature(self):
        """Is a second signature owed?"""
        return self.signs_alone is False and self.cosigned_at is None and self.entered_in_error_at is None
