"""Leaving treatment; never the end of the thread."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .clearances import Checklist
from .placements import Placement
from .toxicology import ToxTest


class DischargeReason(models.TextChoices):
    """TEDS reason for discharge, submission codes."""

    COMPLETED = "1", "Treatment completed"
    DROPOUT = "2", "Dropped out"
    BY_FACILITY = "3", "Ended by the facility"
    TRANSFERRED = "4", "Transferred"
    INCARCERATED = "5", "Incarcerated"
    AGAINST_ADVICE = "8", "Left against advice"
    LOST = "9", "Lost to contact"
    ADMINISTRATIVE = "10", "Administrative"
    MEDICAL = "11", "Medical"
    ABSCONDED = "12", "Left without word"
    AGED_OUT = "13", "Aged out"
    MOVED = "14", "Moved away"
    TRANSFER_NO_SHOW = "15", "Transferred, did not arrive"
    TRANSFER_NOT_REPORTABLE = "16", "Transferred, not reportable"
    OTHER = "95", "Other"
    SUICIDE = "6", "Death by suicide"
    DEATH = "7", "Death, other"


TRANSFERS = {DischargeReason.TRANSFERRED, DischargeReason.TRANSFER_NOT_REPORTABLE}


class Said(models.TextChoices):
    """The answer to one item of the discharge checklist."""

    DONE = "done", "Done"
    DECLINED = "declined", "Offered and declined"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_DONE = "not_done", "Not done"


class Ground(models.TextChoices):
    """Why a facility may end treatment. Use of a substance alone is never enough (domain 7.3, 10)."""

    VIOLENCE = "violence", "Violence or a serious threat"
    WEAPON = "weapon", "A weapon brought in"
    SUPPLY = "supply", "Supplying others"
    HARM = "harm", "Harm to others here, other than violence"
    BOUNDARIES = "boundaries", "Agreed boundaries broken again and again"
    NEEDS = "needs", "Needs that cannot be met here"
    USE = "use", "Use of a substance"


class ProposalOutcome(models.TextChoices):
    """What became of a proposal."""

    CARRIED_OUT = "carried_out", "Carried out"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DischargeProposals(PatientRows):
    """Proposals."""

    def open(self):
        """Those neither carried out nor withdrawn."""
        return self.right().filter(ended_at=None)

    def agreed(self):
        """Open ones with both signatures."""
        return self.open().exclude(agreed_at=None)


@clinical
class DischargeProposal(Record):
    """A facility wants to end treatment: on what grounds, with what alternative, signed by two (domain 10)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="discharge_proposals", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="discharge_proposals")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    grounds = ArrayField(models.CharField(max_length=20, choices=Ground))
    what_happened = models.TextField(max_length=4000)
    alternative = models.TextField(max_length=4000, help_text="what the person is offered instead, and where")
    test = models.ForeignKey(
        ToxTest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cited_by",
        help_text="a test that is cited: confirmed, and read by a clinician; a presumptive one is no ground",
    )
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, related_name="proposal", help_text="the second signature"
    )
    proposed_at = models.DateTimeField()
    proposed_by = by_whom(null=False, blank=False)
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_by = by_whom(editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=ProposalOutcome, blank=True, editable=False)
    note = models.CharField(max_length=500, blank=True, editable=False)

    objects = DischargeProposals.as_manager()

    refusals = {
        "a_presumptive_result_is_no_ground": (
            "presumptive_is_no_ground",
            "A presumptive or unread result is no ground to end treatment. Have it confirmed and read first.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_second_signature_has_who", "agreed_at", "agreed_by"),
            models.CheckConstraint(
                name="a_second_signature_is_somebody_elses",
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("proposed_by")),
                violation_error_code="second_signature_same",
                violation_error_message="The second signature is somebody else's than the first.",
            ),
            models.CheckConstraint(
                name="a_proposal_names_a_ground",
                condition=Q(grounds__len__gt=0),
                violation_error_code="ground_missing",
                violation_error_message="Say on what ground.",
            ),
            models.CheckConstraint(
                name="use_alone_ends_no_treatment",
                condition=~Q(grounds__contained_by=[Ground.USE.value]),
                violation_error_code="use_is_no_ground",
                violation_error_message="Use of a substance alone is no ground to end treatment.",
            ),
            models.CheckConstraint(
                name="a_proposal_offers_an_alternative",
                condition=~Q(alternative="") & ~Q(what_happened=""),
                violation_error_code="alternative_missing",
                violation_error_message="Say what happened, and what the person is offered instead.",
            ),
            models.CheckConstraint(
                name="a_proposal_ends_with_who_and_how",
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="The end of a proposal records when, by whom and how.",
            ),
            models.CheckConstraint(
                name="nothing_is_carried_out_on_one_signature",
                condition=~Q(outcome=ProposalOutcome.CARRIED_OUT) | Q(agreed_at__isnull=False),
                violation_error_code="two_signatures_needed",
                violation_error_message="Ending somebody's treatment needs two signatures.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_proposal_at_a_time",
                violation_error_code="proposed_already",
                violation_error_message="There is an open proposal already.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-proposed_at"], name="proposals_of_a_person")]

    def __str__(self):
        return f"Proposal to end the treatment of {self.patient}"


class Discharges(PatientRows):
    """Discharges."""


@clinical
class Discharge(Record):
    """A person leaves treatment: why, to where, and with what said. It leads to aftercare, never to silence.

    A transfer that did not arrive is told by its Transfer: TEDS 15 is derived from there, the reason stays.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="discharges")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="discharges")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=2, choices=DischargeReason)
    going_to = models.CharField(max_length=200, blank=True, help_text="where the person lives next")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checklist_answers = models.JSONField(default=dict, blank=True, help_text="item code to {answer, note}")
    rest_duty = models.OneToOneField(
        Duty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="rest_of_discharge",
        help_text="what could not be said or given when the person left",
    )
    proposal = models.OneToOneField(
        DischargeProposal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="discharge",
    )
    summary = models.TextField(blank=True, max_length=20_000)
    summary_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="summary_to_sign"
    )
    summary_signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    summary_signed_by = by_whom(editable=False)
    information_offered = models.BooleanField(
        default=False, help_text="crisis, lowered tolerance, overdose and naloxone information was offered"
    )
    discharged_at = models.DateTimeField()
    discharged_by = by_whom(null=False, blank=False)

    objects = Discharges.as_manager()

    refusals = {
        "a_signed_summary_never_changes": (
            "summary_signed",
            "This summary is signed and cannot be changed. Mark the discharge as entered in error, or write a note.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_signed_summary_has_who", "summary_signed_at", "summary_signed_by"),
            models.CheckConstraint(
                name="a_signed_summary_has_text",
                condition=Q(summary_signed_at=None) | ~Q(summary=""),
                violation_error_code="summary_empty",
                violation_error_message="An empty summary cannot be signed.",
            ),
            models.CheckConstraint(
                name="ending_treatment_needs_a_proposal",
                condition=~Q(reason=DischargeReason.BY_FACILITY) | Q(proposal__isnull=False),
                violation_error_code="two_signatures_needed",
                violation_error_message="Ending somebody's treatment needs two signatures.",
            ),
        ]

    def __str__(self):
        return f"{self.patient}: {self.get_reason_display().lower()}"
