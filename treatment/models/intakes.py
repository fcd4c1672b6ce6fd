"""Taking a person in."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from audit.planned import Planned
from duties.models import Duty
from patients.codes import NOT_COLLECTED, CoOccurring, JusticeReferral, OpioidTherapy, ReferralSource
from patients.models import Episode, Patient, PatientRows

from .placements import Program


class ConsentBasis(models.TextChoices):
    """Who may consent to treatment for this person, by the law of the place. Nobody is contacted because of it."""

    SELF = "self", "The person"
    MINOR_ALONE = "minor_alone", "The person, a minor who may consent alone"
    MINOR_AND_PARENT = "minor_and_parent", "The person and a parent or guardian, both"
    GUARDIAN = "guardian", "A guardian appointed by a court"


class Intakes(PatientRows):
    """Intakes."""

    def planned(self):
        """Those not completed yet."""
        return self.right().filter(completed_at=None)

    def last_of(self, episode):
        """The one that is planned, else the last that was completed, or None."""
        return LAST_OF.first(episode.pk)

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
    consent_basis = models.CharField(
        max_length=20, choices=ConsentBasis, default=ConsentBasis.SELF, help_text="who may consent to treatment"
    )
    consent_given_by = models.CharField(
        max_length=200, blank=True, help_text="name of the parent or guardian, where one consents"
    )
    patient_notice_given = models.BooleanField(
        default=False, help_text="42 CFR 2.22: given, or given as soon as capacity returns"
    )
    notice_deferred_because = models.CharField(
        max_length=500, blank=True, help_text="why the person cannot take the notice in yet; it is owed then"
    )
    notice_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="notice_of", editable=False
    )
    notice_given_at = models.DateTimeField(null=True, blank=True, editable=False)
    notice_given_by = by_whom(editable=False)
    referral_source = models.CharField(
        "referred by",
        max_length=2,
        choices=ReferralSource,
        default=NOT_COLLECTED,
        db_default=NOT_COLLECTED,
        help_text="left at “not collected”, how they came says it where it can",
    )
    justice_referral = models.CharField(
        "by whom in criminal justice",
        max_length=2,
        choices=JusticeReferral,
        default=JusticeReferral.NOT_APPLICABLE,
        db_default=JusticeReferral.NOT_APPLICABLE.value,
        help_text="only where court or criminal justice referred them",
    )
    co_occurring = models.CharField(
        "mental disorder besides",
        max_length=2,
        choices=CoOccurring,
        default=NOT_COLLECTED,
        db_default=NOT_COLLECTED,
        help_text="left at “not collected”, a diagnosis on record says it",
    )
    opioid_therapy = models.CharField(
        "opioid medication planned",
        max_length=2,
        choices=OpioidTherapy,
        default=NOT_COLLECTED,
        db_default=NOT_COLLECTED,
        help_text="methadone, buprenorphine or naltrexone against opioid use; else the record says it",
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = by_whom()

    objects = Intakes.as_manager()

    refusals = {
        "a_notice_is_given": ("notice_open", "This is ended by giving the notice."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("an_intake_has_who", "completed_at", "completed_by"),
            together("a_notice_given_has_who", "notice_given_at", "notice_given_by"),
            models.CheckConstraint(
                name="a_notice_not_given_is_owed",
                condition=Q(notice_deferred_because="") | Q(notice_duty__isnull=False),
                violation_error_code="notice_owed",
                violation_error_message="A notice that waits is owed by somebody.",
            ),
            models.CheckConstraint(
                name="whoever_consents_besides_has_a_name",
                condition=~Q(consent_basis__in=["minor_and_parent", "guardian"]) | ~Q(consent_given_by=""),
                violation_error_code="consent_name_missing",
                violation_error_message="Write down the name of the parent or guardian who consents.",
            ),
            models.CheckConstraint(
                name="who_in_justice_referred_is_said_where_it_did",
                condition=Q(referral_source=ReferralSource.JUSTICE)
                & ~Q(justice_referral=JusticeReferral.NOT_APPLICABLE)
                | ~Q(referral_source=ReferralSource.JUSTICE) & Q(justice_referral=JusticeReferral.NOT_APPLICABLE),
                violation_error_code="justice_referral_mismatch",
                violation_error_message="Say who in criminal justice referred the person, where it did.",
            ),
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


LAST_OF = Planned(
    lambda key: Intake.objects.right().filter(episode=key).select_related("admission_duty").latest_first()[:1], UUID
)
