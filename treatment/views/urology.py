"""Referrals to urology."""

from accounts.models import Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import urology
from ..actions.investigations import uses_ketamine
from ..models import UrologyReferral
from ..serializers import (
    AppointmentInput,
    ReferToUrologyInput,
    SendReferralInput,
    UrologyReferralSerializer,
    VisitInput,
)

CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER})


class UrologyReferralFilters(Filters):
    """Not seen yet?"""

    open = unset("ended_at")

    class Meta:
        model = UrologyReferral
        fields = ["patient", "facility", "episode", "urgent"]


class UrologyReferrals(Reads):
    """Referrals to urology, with how far they have come."""

    model = UrologyReferral
    serializer_class = UrologyReferralSerializer
    filterset_class = UrologyReferralFilters
    told = (
        Told("body", "referred to urology: {because}", "{question}", at="made_at", by="made_by"),
        Told("body", "referral sent to {sent_to}", at="sent_at", by="sent_by"),
        Told("body", "seen by urology", "{outcome}", at="seen_at", by="ended_by"),
        Told("body", "referral to urology closed: {not_seen_because}", at="ended_at", by="ended_by"),
    )


class ReferToUrology(Verb):
    """treatment.actions.urology.refer_to_urology"""

    noun, answer = Episode, UrologyReferral
    name, label = "refer-to-urology", "Refer to urology"
    description = "An infection of the urine and an STI are excluded first; the clock runs until the person was seen."
    allowed_roles = CLINICIANS
    serializer_class = ReferToUrologyInput
    needs = urology.refer_to_urology.needs

    @classmethod
    def is_prompted(cls, row):
        """For whoever uses or used ketamine (domain 10); it can be done for anybody."""
        return uses_ketamine(row.patient)

    def act(self, row, data, by):
        """Refer."""
        return urology.refer_to_urology(row, **data, by=by)


class SendReferral(Verb):
    """treatment.actions.urology.send"""

    noun = UrologyReferral
    name, label = "send", "Sent"
    description = "It went out; an appointment is to be heard of."
    allowed_roles = CLINICIANS
    serializer_class = SendReferralInput
    needs = urology.send.needs

    def act(self, row, data, by):
        """Send."""
        return urology.send(row, **data, by=by)


class SetAppointment(Verb):
    """treatment.actions.urology.set_appointment"""

    noun = UrologyReferral
    name, label = "set-appointment", "Appointment"
    description = "When the person is expected there; whether they were seen is to be heard after it."
    allowed_roles = CLINICIANS
    serializer_class = AppointmentInput
    needs = urology.set_appointment.needs

    def act(self, row, data, by):
        """Set."""
        return urology.set_appointment(row, **data, by=by)


class RecordVisit(Verb):
    """treatment.actions.urology.record_visit"""

    noun = UrologyReferral
    name, label = "record-visit", "The person was seen"
    description = "What urology found and advised; the clock ends."
    allowed_roles = CLINICIANS
    serializer_class = VisitInput
    needs = urology.record_visit.needs

    def act(self, row, data, by):
        """Record."""
        return urology.record_visit(row, **data, by=by)


class CloseReferral(Verb):
    """treatment.actions.urology.close_referral"""

    noun = UrologyReferral
    name, label = "close", "Close without a visit"
    description = "The person will not be seen: say why."
    confirm = "Nobody will follow this up any more. Close it?"
    allowed_roles = CLINICIANS
    serializer_class = ReasonInput
    needs = urology.close_referral.needs

    def act(self, row, data, by):
        """Close."""
        return urology.close_referral(row, **data, by=by)


MarkUrologyReferralError = mark_error(UrologyReferral, urology.mark_error, CLINICIANS)
