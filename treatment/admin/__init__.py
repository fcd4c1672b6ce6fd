"""From handover to discharge."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS
from patients.admin.people import EpisodeAdmin
from patients.admin.places import PlaceAdmin
from patients.admin.records import yes_no
from patients.admin.words import NOTHING, at, due
from patients.models import Access, Episode
from patients.views.bases import VERBS

from ..actions import schedules
from ..models import (
    Absence,
    AbsenceKind,
    Checklist,
    Clearance,
    Conversation,
    Departure,
    DepartureKind,
    DrugGiven,
    EmergencyWarning,
    GroupSession,
    Handover,
    Intake,
    Observation,
    ObservationOrder,
    Placement,
    Program,
)
from ..models.clearances import Finding
from .words import PEOPLE, unset

EpisodeAdmin.does |= {
    "stabilizing": "clear",
    "emergency_warning": "send-out",
    "arrival_observation": "observe",
    "clearance_again": "clear",
    "ask_again": "screen-suicide",
    "talk": "talk",
    "intake": "complete-intake",
    "admission": "admit",
    "away": "bring-back",
    "treatment_plan": "draft-plan",
}
EpisodeAdmin.opened_by = {"complete-intake": "screen-suicide"}


def checklist_items(row):
    """The items of the clearance checklist, one line each."""
    return [(item["code"], item["text"]) for item in Checklist.objects.current("medical-clearance").items]


def discharge_items(row):
    """The items of the discharge checklist, one line each."""
    checklist = getattr(row, "checklist", None) or Checklist.objects.current("discharge")
    return [(item["code"], item["text"]) for item in checklist.items]


def people_of(program):
    """Everybody in a program, one line each: those whom its place may see, and who of them is not there now."""
    rows = Placement.objects.open().filter(program=program).select_related("patient")
    seen = Access.objects.current().filter(facility=program.facility_id, patient=OuterRef("patient"))
    rows = rows.filter(Exists(seen)).order_by("patient__preferred_name", "pk")
    of_it = {"episode": OuterRef("episode")}
    rows = rows.annotate(
        away=Subquery(Absence.objects.open().filter(**of_it).values("kind")[:1]),
        missing=Exists(Departure.objects.open().filter(kind=DepartureKind.MISSING, **of_it)),
    )
    return [(str(row.episode_id), f"{row.patient} (No. {row.patient.number}){_not_there(row)}") for row in rows]


def _not_there(row):
    """Away or looked for now: whoever was at a session that was held before that still has a line to fill in."""
    words = AbsenceKind(row.away).label if row.away else DepartureKind.MISSING.label if row.missing else ""
    return f" – now away: {words.lower()}" if words else ""


KEYS["findings"] = checklist_items
KEYS["checklist_answers"] = discharge_items
KEYS["people"] = people_of


def emergencies(request, episode):
    """Numbers that call for emergency services, with sending out one click away."""
    sentences = [warning.sentence() for warning in episode.emergency_warnings.open()]
    if not sentences:
        return []
    send_out = next(verb for verb in VERBS[Episode] if verb.name == "send-out")
    if not send_out.allows(request.user, episode):
        return [(sentence, "", "") for sentence in sentences]
    address = reverse("admin:patients_episode_do", args=[episode.pk, send_out.name])
    return [(sentence, address, send_out.label) for sentence in sentences]


EpisodeAdmin.alarmed_by = (*EpisodeAdmin.alarmed_by, emergencies)


@admin.register(Handover)
class HandoverAdmin(RecordAdmin):
    """Handovers."""

    list_display = ["patient", "source", "source_name", "consciousness", "breathing", "received"]
    list_select_related = ["patient"]
    list_filter = ["source", "consciousness", "breathing"]
    search_fields = [*PEOPLE, "source_name"]
    on_page = ["episode__patient"]
    below = ["drugs"]
    received = at("received_at", "Received")

    def get_fields(self, request, obj=None):
        """What did not come along stands behind what did."""
        names = super().get_fields(request, obj)
        if obj is None:
            return names
        place = names.index("work_up") + 1
        return [*names[:place], "did_not_come", *names[place:]]

    @admin.display(description="Results that did not come along")
    def did_not_come(self, row):
        """To be asked for."""
        return ", ".join(row.did_not_come()) or NOTHING

    def alarms(self, request, row):
        """What is still without an answer."""
        return emergencies(request, row.episode)


@admin.register(DrugGiven)
class DrugGivenAdmin(RecordAdmin):
    """Drugs given before people came."""

    list_display = ["patient", "drug", "name", "dose", "given", "giver"]
    list_select_related = ["patient"]
    list_filter = ["drug", "giver"]
    search_fields = [*PEOPLE, "name"]
    on_page = ["handover__patient"]
    given = at("given_at", "Given")


@admin.register(Observation)
class ObservationAdmin(RecordAdmin):
    """What was measured."""

    list_display = [
        "patient", "observed", "respiratory_rate", "oxygen_saturation", "heart_rate", "systolic", "sedation"
    ]  # fmt: skip
    list_select_related = ["patient"]
    list_filter = ["sedation"]
    search_fields = PEOPLE
    on_page = ["episode__patient"]
    observed = at("observed_at", "Observed")

    def alarms(self, request, row):
        """What is still without an answer."""
        return emergencies(request, row.episode)


@admin.register(ObservationOrder)
class ObservationOrderAdmin(RecordAdmin):
    """What is to be observed."""

    list_display = ["patient", "due", "made", "began", "how_ended"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = [yes_no("going on", "open", "Going on", "Ended", lambda rows: rows.open())]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    began = at("began_at", "Began")

    @admin.display(description="Next", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    @admin.display(description="Ended")
    def how_ended(self, row):
        """Why, once they have."""
        return row.duty.close_reason or NOTHING


@admin.register(EmergencyWarning)
class EmergencyWarningAdmin(RecordAdmin):
    """Numbers that called for emergency services."""

    list_display = ["patient", "what", "raised", "answered", "answer"]
    list_select_related = ["patient"]
    list_filter = [unset("answered_at", "Without an answer", "Answered")]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    raised, answered = at("raised_at", "Raised"), at("answered_at", "Answered")

    @admin.display(description="Signs")
    def what(self, row):
        """In words."""
        return ", ".join(row.signs)

    def alarms(self, request, row):
        """This one, while it is open."""
        return emergencies(request, row.episode)

    def next_verb(self, row):
        """Saying what was done."""
        return "" if row.answered_at else "answer"


@admin.register(Clearance)
class ClearanceAdmin(RecordAdmin):
    """Clearances."""

    list_display = ["patient", "basis", "hospital", "cleared", "cleared_by", "lapses", "withdrawn"]
    list_select_related = ["patient", "cleared_by"]
    list_filter = ["basis"]
    search_fields = PEOPLE
    on_page = ["episode__patient"]
    cleared, lapses = at("cleared_at", "Cleared"), at("lapses_at", "Lapses")
    withdrawn = at("withdrawn_at", "Withdrawn")

    def get_fields(self, request, obj=None):
        """The answers in words."""
        return ["answers" if name == "findings" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Findings")
    def answers(self, row):
        """One line an item."""
        if not row.checklist:
            return NOTHING
        labels = dict(Finding.choices)
        lines = [
            (item["text"], labels.get(found.get("finding"), "not answered"), found.get("reason") or "")
            for item in row.checklist.items
            for found in [row.findings.get(item["code"], {})]
        ]
        return format_html_join("", "<div>{}: <strong>{}</strong> {}</div>", lines)


@admin.register(Conversation)
class ConversationAdmin(RecordAdmin):
    """Talks."""

    list_display = ["patient", "kind", "due", "outcome", "may_contact_again", "held"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = ["kind", "outcome", unset("held_at", "Planned", "Held")]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    held = at("held_at", "Held")

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)


@admin.register(Intake)
class IntakeAdmin(RecordAdmin):
    """Intakes."""

    list_display = ["patient", "due", "program", "agreed_to_treatment", "completed"]
    list_select_related = ["patient", "duty__ladder", "program"]
    list_filter = [unset("completed_at", "Planned", "Completed")]
    corrects = {"amend": {"referral_source", "justice_referral", "co_occurring", "opioid_therapy"}}
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder", "admission_duty__ladder"]
    completed = at("completed_at", "Completed")

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)


@admin.register(Program)
class ProgramAdmin(PlaceAdmin):
    """Programs."""

    list_display = ["name", "facility", "setting", "level", "needs_bed", "capacity", "takes_ages", "closed"]
    list_select_related = ["facility"]
    list_filter = ["setting", unset("closed_at", "Open", "Closed")]
    search_fields = ["name", "level_of_care"]
    ordering = ["name"]
    own_fields = [
        "facility",
        "name",
        "setting",
        "asam_edition",
        "level_of_care",
        "needs_bed",
        "entry_requirement",
        "capacity",
        "min_age",
        "max_age",
        "plan_due",
        "level_due",
        "review_every",
        "note_format",
    ]
    below = ["units", "group_sessions", "assessment_schedules"]
    closed = at("closed_at", "Closed")

    def save_model(self, request, obj, form, change):
        """A new program asks what is usual from its first day; each of it can be asked otherwise, or not at all."""
        super().save_model(request, obj, form, change)
        if not change:
            schedules.use_default_schedules(obj, by=request.user)

    @admin.display(description="Level of care", ordering="level_of_care")
    def level(self, row):
        """The token with its edition's words."""
        return f"{row.level_of_care} {row.level_label()}".strip() or NOTHING

    @admin.display(description="Ages")
    def takes_ages(self, row):
        """In words."""
        return row.ages()

    def done(self, request, verb, row, made):
        """On to the group that was logged: its notes wait to be signed."""
        if isinstance(made, GroupSession):
            messages.success(request, "The group is logged. Read the notes, then sign them.")
            return reverse(f"{self.admin_site.name}:treatment_groupsession_change", args=[made.pk])
        return super().done(request, verb, row, made)


@admin.register(Placement)
class PlacementAdmin(RecordAdmin):
    """Time spent in programs."""

    list_display = ["patient", "program", "track", "began", "expected_end_on", "ended", "end_reason"]
    list_select_related = ["patient", "program"]
    list_filter = [unset("ended_at", "Open", "Ended"), "track"]
    search_fields = [*PEOPLE, "program__name"]
    on_page = [
        "episode__patient",
        "program__facility",
        "plan_duty__ladder",
        "reconcile_duty__ladder",
        "level_duty__ladder",
    ]
    below = ["treatment_plans", "bed_stays", "sessions", "absences"]
    corrects = {"set-expected-end": {"expected_end_on"}}
    began, ended = at("began_at", "Began"), at("ended_at", "Ended")

    def alarms(self, request, row):
        """What somebody should look into."""
        return [] if row.ended_at else [(sentence, "", "") for sentence in row.warnings()]


@admin.register(Checklist)
class ChecklistAdmin(RecordAdmin):
    """Checklists. Editions never change."""

    list_display = ["name", "slug", "edition", "source"]
    list_select_related = False
    search_fields = ["name", "slug"]
    ordering = ["slug", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

    def get_fields(self, request, obj=None):
        """The items as lines."""
        return ["questions" if name == "items" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Items")
    def questions(self, row):
        """One line each."""
        return format_html_join("", "<div>{}</div>", [(item["text"],) for item in row.items])


# The nouns that have a file of their own.
from . import (  # noqa: E402, F401
    absences,
    appointments,
    assault,
    assessments,
    beds,
    body,
    counseling,
    doses,
    education,
    head,
    incidents,
    ketamine,
    leaving,
    legal,
    levels,
    medication,
    medication_orders,
    plans,
    rounds,
    safety,
    sessions,
    toxicology,
    uses,
    waiting,
)
