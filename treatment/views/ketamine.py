"""Ketamine that is prescribed."""

from accounts.models import CARE, Role
from patients.models import Patient, SubstanceUse
from patients.serializers import Input, ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import ketamine
from ..models import MoodReview, PrescribedKetamine, PrescriberContact
from ..serializers import (
    ContactPrescriberInput,
    MoodReviewInput,
    MoodReviewSerializer,
    PrescribedKetamineInput,
    PrescribedKetamineSerializer,
    PrescriberContactSerializer,
)

CLINICAL = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})


class PrescribedKetamineFilters(Filters):
    """Still given?"""

    current = unset("stopped_at")

    class Meta:
        model = PrescribedKetamine
        fields = ["patient", "facility"]


class PrescribedKetamines(Reads):
    """Ketamine that is prescribed."""

    model = PrescribedKetamine
    serializer_class = PrescribedKetamineSerializer
    filterset_class = PrescribedKetamineFilters
    related = ("patient",)
    told = (
        Told("use", "ketamine prescribed by {prescriber}", "{indication}", at="recorded_at", by="recorded_by"),
        Told("use", "prescribed ketamine stopped", "{prescriber}", "{stop_reason}", at="stopped_at", by="stopped_by"),
    )


class PrescriberContacts(Reads):
    """What was said with prescribers."""

    model = PrescriberContact
    serializer_class = PrescriberContactSerializer
    filterset_fields = ["patient", "facility", "prescribed"]
    told = (Told("use", "prescriber contacted: {spoke_with}", "{words}", at="contacted_at", by="contacted_by"),)


class MoodReviewFilters(Filters):
    """Still owed?"""

    planned = unset("reviewed_at")

    class Meta:
        model = MoodReview
        fields = ["patient", "facility", "prescribed"]


class MoodReviews(Reads):
    """Reviews of mood, owed or done."""

    model = MoodReview
    serializer_class = MoodReviewSerializer
    filterset_class = MoodReviewFilters
    told = (Told("use", "mood reviewed after ketamine", "{mood}", at="reviewed_at", by="reviewed_by"),)


class RecordPrescribedKetamine(Verb):
    """treatment.actions.ketamine.record_prescribed"""

    noun, answer = Patient, PrescribedKetamine
    name, label = "record-prescribed-ketamine", "Ketamine is prescribed"
    description = "From a prescriber or a clinic: who, how much, what for."
    allowed_roles = CARE
    serializer_class = PrescribedKetamineInput

    @classmethod
    def is_prompted(cls, row):
        """For whoever uses or used ketamine (domain 6.3: its rules fire for nothing else)."""
        return SubstanceUse.objects.of(row).ketamine().exists()

    def act(self, row, data, by):
        """Record."""
        return ketamine.record_prescribed(row, **data, by=by)


class PermitPrescriberContact(Verb):
    """treatment.actions.ketamine.permit_contact"""

    noun = PrescribedKetamine
    name, label = "permit-contact", "They may be called"
    description = "The person allows us to speak with the prescriber."
    allowed_roles = CARE
    serializer_class = Input

    def act(self, row, data, by):
        """Permit."""
        return ketamine.permit_contact(row, **data, by=by)


class WithdrawPrescriberContact(Verb):
    """treatment.actions.ketamine.withdraw_permission"""

    noun = PrescribedKetamine
    name, label = "withdraw-permission", "They may not be called"
    description = "The person allows it no longer."
    allowed_roles = CARE
    serializer_class = Input
    needs = ketamine.withdraw_permission.needs

    def act(self, row, data, by):
        """Withdraw."""
        return ketamine.withdraw_permission(row, **data, by=by)


class ContactPrescriber(Verb):
    """treatment.actions.ketamine.contact_prescriber"""

    noun, answer = PrescribedKetamine, PrescriberContact
    name, label = "contact-prescriber", "I contacted the prescriber"
    description = "Who it was, and what was said; only with the person's permission."
    allowed_roles = CLINICAL
    serializer_class = ContactPrescriberInput
    needs = ketamine.contact_prescriber.needs

    def act(self, row, data, by):
        """Contact."""
        return ketamine.contact_prescriber(row, **data, by=by)


class StopPrescribedKetamine(Verb):
    """treatment.actions.ketamine.stop"""

    noun = PrescribedKetamine
    name, label = "stop", "It is given no longer"
    description = "Mood and suicide are reviewed 1, 2 and 4 weeks after."
    allowed_roles = CLINICAL
    serializer_class = ReasonInput
    needs = ketamine.stop.needs

    def act(self, row, data, by):
        """Stop."""
        return ketamine.stop(row, **data, by=by)


class RecordMoodReview(Verb):
    """treatment.actions.ketamine.record_mood_review"""

    noun = MoodReview
    name, label = "record-review", "Record the review"
    description = "How mood is, and whether suicide was asked about; a reason to worry owes a call the same day."
    allowed_roles = CLINICAL
    serializer_class = MoodReviewInput
    needs = (*ketamine.record_mood_review.needs, ketamine.has_opened)

    def act(self, row, data, by):
        """Review."""
        return ketamine.record_mood_review(row, **data, by=by)


MarkPrescribedKetamineError = mark_error(PrescribedKetamine, ketamine.mark_error)
MarkPrescriberContactError = mark_error(PrescriberContact)
