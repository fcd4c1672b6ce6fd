"""The catalog, what is ordered, and what was asked before."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import OFFERS
from patients.admin.people import EpisodeAdmin
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.words import NOTHING, at

from ..medication_safety import NOT_A_CHECKER
from ..models import Medication, MedicationCheck, MedicationCount, MedicationOrder, OrderState
from ..models.medications import Counsel, Evidence
from .words import PEOPLE, unset


def offered_medications(rows, row=None):
    """The newest editions by name."""
    return [
        (row.pk, row.name) for row in rows.filter(pk__in=Medication.objects.current().values("pk")).order_by("name")
    ]


OFFERS[Medication] = offered_medications
LEADS_TO |= {
    "order-medication": lambda order: order,
    "take-verbal-order": lambda order: order,
    "give-emergency-dose": lambda given: given,
}
EpisodeAdmin.verb_order = (*EpisodeAdmin.verb_order, "order-medication", "take-verbal-order")


def in_lines(findings):
    """What rules found, one line each: what blocked first."""
    shapes = {"block": ("tl-late", "■"), "warn": ("tl-soon", "▲")}
    lines = ((*shapes[one["level"]], one["sentence"], one["source"], one["code"]) for one in findings)
    return format_html_join(
        "",
        '<div><strong class="{}"><span aria-hidden="true">{}</span> {}</strong>'
        ' <span class="tl-faint">{} <code>{}</code></span></div>',
        lines,
    )


@admin.register(Medication)
class MedicationAdmin(RecordAdmin):
    """Medications. Editions never change."""

    list_display = ["name", "known_as", "code", "schedule", "edition"]
    list_select_related = False
    list_filter = [
        yes_no("current", "current", "Newest edition", "Replaced", lambda rows: rows.current()),
        "schedule",
    ]
    search_fields = ["name", "slug"]
    ordering = ["name", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

    def get_fields(self, request, obj=None):
        """As it is read."""
        written = {"evidence": "known_for", "counsel": "told"}
        return [written.get(name, name) for name in super().get_fields(request, obj)]

    @admin.display(description="Also called")
    def known_as(self, row):
        """Brand names."""
        return ", ".join(row.synonyms) or NOTHING

    @admin.display(description="RxNorm")
    def code(self, row):
        """With whether somebody verified it."""
        return f"{row.rxnorm}{'' if row.rxnorm_verified_on else ' (to be verified)'}" if row.rxnorm else NOTHING

    @admin.display(description="Known for")
    def known_for(self, row):
        """Each indication with what it rests on."""
        lines = (
            (one["indication"], Evidence(one["level"]).label, one["says"], one["source"]) for one in row.evidence
        )
        return format_html_join("", "<div>{}: <strong>{}</strong> {} ({})</div>", lines)

    @admin.display(description="The person is told")
    def told(self, row):
        """When, and what."""
        lines = ((when, Counsel(code).label) for when, codes in row.counsel.items() for code in codes)
        return format_html_join("", "<div>{}: {}</div>", lines)


@admin.register(MedicationOrder)
class MedicationOrderAdmin(RecordAdmin):
    """What is ordered."""

    list_display = ["patient", "name", "how_much", "often", "state", "ordered", "ordered_by"]
    list_select_related = ["patient", "ordered_by"]
    list_filter = [
        "state",
        yes_no("unacknowledged", "seen", "To be acknowledged", "Others", lambda rows: rows.unacknowledged()),
        "controlled",
    ]
    search_fields = [*PEOPLE, "name"]
    on_page = ["episode__patient", "supply", "acknowledge_duty__ladder", "counsel_duty__ladder",
               "monitoring_duty__ladder"]  # fmt: skip
    below = ["doses", "administrations", "incidents"]
    ordered = at("ordered_at", "Ordered")

    def get_fields(self, request, obj=None):
        """As it is read."""
        written = {"findings": "found", "dose": "how_much", "frequency": "often"}
        hidden = {"dose_unit", "times", "every", "as_needed_for", "min_hours", "max_doses", "laid_out_until"}
        return [written.get(name, name) for name in super().get_fields(request, obj) if name not in hidden]

    @admin.display(description="Dose")
    def how_much(self, row):
        """With its unit."""
        return row.amount_in_words()

    @admin.display(description="How often", ordering="frequency")
    def often(self, row):
        """In words."""
        return row.often_in_words()

    @admin.display(description="What the rules found")
    def found(self, row):
        """One line each, and what they are not."""
        said = in_lines(row.findings) or "Nothing."
        return format_html('{}<p class="tl-faint">{}</p>', said, NOT_A_CHECKER)

    def alarms(self, request, row):
        """What is still to be said or seen."""
        found = [(f"Still to be told: {' '.join(left)}", "", "")] if (left := row.to_be_told()) else []
        if row.taken_by_id and not row.acknowledged_at:
            found.append((f"{row.ordered_by} has not acknowledged this yet.", "", ""))
        return [] if row.entered_in_error_at else found

    def next_verb(self, row):
        """What is most likely next."""
        if row.taken_by_id and not row.acknowledged_at:
            return "acknowledge"
        if row.to_be_told():
            return "counsel"
        return "resume" if row.state == OrderState.HELD else "give-as-needed" if row.min_hours else "hold"


@admin.register(MedicationCheck)
class MedicationCheckAdmin(RecordAdmin):
    """What was asked or tested before a medication."""

    list_display = ["patient", "kind", "said", "checked", "checked_by"]
    list_select_related = ["patient", "checked_by"]
    list_filter = ["kind"]
    search_fields = PEOPLE
    checked = at("checked_at", "When")

    @admin.display(description="Found")
    def said(self, row):
        """In words."""
        return row.in_words()


@admin.register(MedicationCount)
class MedicationCountAdmin(RecordAdmin):
    """Counts of what people brought."""

    list_display = ["patient", "statement", "expected", "counted", "confirmed", "when", "counted_by"]
    list_select_related = ["patient", "statement", "counted_by"]
    list_filter = [unset("confirmed_at", "Counted by one", "Counted by two")]
    search_fields = [*PEOPLE, "statement__medication"]
    on_page = ["statement", "duty__ladder"]
    when = at("counted_at", "Counted")

    def next_verb(self, row):
        """The second count, then what became of a difference."""
        return "settle" if row.confirmed_at else "confirm"
