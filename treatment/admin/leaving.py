"""Leaving treatment: discharges and their summaries, proposals, missing people, transfers."""

from django.contrib import admin
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.records import yes_no
from patients.admin.words import NOTHING, at

from ..models import Departure, Discharge, DischargeProposal, Transfer
from ..models.discharges import Said

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


def still_open():
    """A filter: without an outcome."""
    return yes_no("open", "open", "Open", "Ended", lambda rows: rows.filter(ended_at=None))


@admin.register(Discharge)
class DischargeAdmin(RecordAdmin):
    """Discharges."""

    list_display = ["patient", "reason", "going_to", "discharged", "discharged_by", "signed"]
    list_select_related = ["patient", "discharged_by"]
    list_filter = [
        "reason",
        yes_no("signed", "signed", "Signed", "Draft", lambda rows: rows.exclude(summary_signed_at=None)),
    ]
    search_fields = PEOPLE
    on_page = [
        "episode__patient",
        "placement__patient",
        "placement__program",
        "rest_duty__ladder",
        "summary_duty__ladder",
        "proposal__patient",
    ]
    below = ["transfers"]
    corrects = {"write-summary": {"summary"}}
    discharged, signed = at("discharged_at", "Discharged"), at("summary_signed_at", "Summary signed")

    def next_verb(self, row):
        """What is left to say; then the signature."""
        if row.rest_duty_id and row.rest_duty.is_open():
            return "complete-checklist"
        return "" if row.summary_signed_at else "sign-discharge-summary"

    def get_fields(self, request, obj=None):
        """The answers in words."""
        return ["answers" if name == "checklist_answers" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Said and given")
    def answers(self, row):
        """One line an item."""
        if not row.checklist:
            return NOTHING
        words = dict(Said.choices)
        lines = [
            (item["text"], words.get(found.get("answer"), "not answered"), found.get("note") or "")
            for item in row.checklist.items
            for found in [row.checklist_answers.get(item["code"], {})]
        ]
        return format_html_join("", "<div>{}: <strong>{}</strong> {}</div>", lines)


@admin.register(DischargeProposal)
class DischargeProposalAdmin(RecordAdmin):
    """Proposals to end somebody's treatment."""

    list_display = ["patient", "proposed_by", "proposed", "agreed_by", "outcome"]
    list_select_related = ["patient", "proposed_by", "agreed_by"]
    list_filter = [still_open(), "outcome"]
    search_fields = PEOPLE
    on_page = ["episode__patient", "placement__patient", "placement__program", "duty__ladder"]
    proposed = at("proposed_at", "Proposed")

    def next_verb(self, row):
        """The second signature."""
        return "" if row.ended_at or row.agreed_at else "agree-to-discharge"


@admin.register(Departure)
class DepartureAdmin(RecordAdmin):
    """People who are missing or left against advice."""

    list_display = ["patient", "kind", "noticed", "risk", "decided", "outcome"]
    list_select_related = ["patient"]
    list_filter = [still_open(), "kind", "risk"]
    search_fields = PEOPLE
    on_page = [
        "episode__patient",
        "placement__patient",
        "placement__program",
        "search_duty__ladder",
        "risk_duty__ladder",
    ]
    noticed, decided = at("noticed_at", "Noticed"), at("risk_at", "Decided")

    def next_verb(self, row):
        """How great the risk is; then being found."""
        if row.ended_at:
            return ""
        return "found" if row.risk else "record-risk-decision"

    def alarms(self, request, row):
        """Nobody has judged the risk yet."""
        missing = row.ended_at is None and not row.risk
        return [("A clinician decides how great the risk is, within the hour.", "", "")] if missing else []


@admin.register(Transfer)
class TransferAdmin(RecordAdmin):
    """People on the way to another provider."""

    list_display = ["patient", "kind", "destination", "left", "outcome", "told_by"]
    list_select_related = ["patient"]
    list_filter = [still_open(), "kind", "outcome"]
    search_fields = [*PEOPLE, "destination"]
    on_page = ["episode__patient", "discharge__patient", "duty__ladder"]
    left = at("left_at", "Left")

    def next_verb(self, row):
        """Arrived."""
        return "" if row.ended_at else "confirm-arrival"
