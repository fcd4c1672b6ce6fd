"""After discharge: plans, check-ins, what people answer, and deaths."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from duties.admin import DutyAdmin
from patients.admin import RecordAdmin
from patients.admin.forms import CHOICES
from patients.admin.people import EpisodeAdmin
from patients.admin.plots import Point, line
from patients.admin.records import yes_no
from patients.admin.supporters import SupporterAdmin
from patients.admin.tabs import plot
from patients.admin.words import at, due
from patients.codes import Channel
from patients.models import ContactPoint

from .models import AftercarePlan, Answer, CallAttempt, CheckIn, DeathReport, Schedule

PEOPLE = ["patient__preferred_name", "patient__legal_name"]

EpisodeAdmin.does |= {"aftercare_end": "close"}


def schedules(row):
    """The schedules in use at the place: by name, the newest edition of each."""
    place = row.facility_id if row is not None else None
    found = Schedule.objects.filter(Q(facility=place) | Q(facility=None)).order_by("slug", "edition")
    return {one.slug: one.name for one in found}.items()


def numbers(row):
    """The numbers of whoever a call is owed to, as they are dialed."""
    found = ContactPoint.objects.right().of(row.patient) if row is not None and row.patient_id else ()
    phones = found and found.filter(channel=Channel.PHONE, revoked_at=None)
    return {str(one.pk): one.typed or one.value for one in phones}.items()


CHOICES |= {"schedule": schedules, "contact_point": numbers}
DutyAdmin.below = [*DutyAdmin.below, "call_attempts"]
SupporterAdmin.below = [*SupporterAdmin.below, "call_attempts"]


@plot("aftercare")
def craving(request, patient):
    """What the person said of their craving, from 0 to 100, at each check-in."""
    said = Answer.objects.of(patient).right().exclude(craving=None).order_by("answered_at")
    return line("Craving", [Point(*one) for one in said.values_list("answered_at", "craving")], top=100)


@admin.register(AftercarePlan)
class AftercarePlanAdmin(RecordAdmin):
    """Plans."""

    list_display = ["patient", "schedule_name", "coach", "began", "ended", "end_reason"]
    list_select_related = ["patient", "schedule", "coach"]
    list_filter = [
        yes_no("active", "active", "Active", "Ended", lambda rows: rows.filter(ended_at=None)),
        "end_reason",
    ]
    search_fields = PEOPLE
    on_page = ["episode__patient", "discharge__patient", "end_duty__ladder"]
    below = ["check_ins"]
    began, ended = at("began_at", "Began"), at("ended_at", "Ended")

    @admin.display(description="Schedule", ordering="schedule__name")
    def schedule_name(self, row):
        """By what they are followed up."""
        return row.schedule.name


@admin.register(CheckIn)
class CheckInAdmin(RecordAdmin):
    """Check-ins."""

    list_display = ["patient", "step", "due", "outcome", "closed"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no(
            "call list",
            "call",
            "To be called now",
            "Others",
            lambda rows: rows.filter(pk__in=CheckIn.objects.unanswered(timezone.now()).values("pk")),
        ),
        yes_no("open", "open", "Open", "Closed", lambda rows: rows.filter(closed_at=None)),
        "outcome",
    ]
    search_fields = PEOPLE
    ordering = ["-due_at", "pk"]
    on_page = ["plan__patient", "plan__schedule", "duty__ladder"]
    below = ["answers"]
    due, closed = due(), at("closed_at", "Closed")

    @admin.display(description="Step", ordering="number")
    def step(self, row):
        """Counted from 1, as people do."""
        return row.number + 1

    def next_verb(self, row):
        """The answer, in time or late."""
        return "answer"


@admin.register(CallAttempt)
class CallAttemptAdmin(RecordAdmin):
    """Calls made."""

    list_display = ["patient", "supporter", "outcome", "when", "by", "note"]
    list_select_related = ["patient", "supporter", "by"]
    list_filter = ["outcome", "band"]
    search_fields = [*PEOPLE, "note"]
    ordering = ["-at", "-pk"]
    on_page = ["duty__ladder", "check_in__patient"]
    when = at("at", "When")


@admin.register(Answer)
class AnswerAdmin(RecordAdmin):
    """Answers."""

    list_display = ["patient", "how", "craving", "ketamine_days", "wants_call", "answered"]
    list_select_related = ["patient"]
    list_filter = ["how", "wants_call"]
    search_fields = PEOPLE
    on_page = ["check_in__patient"]
    answered = at("answered_at", "Answered")


@admin.register(Schedule)
class ScheduleAdmin(RecordAdmin):
    """Schedules. Editions never change."""

    list_display = ["name", "slug", "edition", "facility", "days"]
    list_select_related = ["facility"]
    search_fields = ["name", "slug"]
    ordering = ["slug", "-edition"]

    def get_fields(self, request, obj=None):
        """The steps in days."""
        return ["days" if name == "steps" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Steps after day 0")
    def days(self, row):
        """In days, or in hours where shorter."""
        return ", ".join(
            f"day {step.days}" if step.days else f"{step.total_seconds() / 3600:.2g} h" for step in row.steps
        )


@admin.register(DeathReport)
class DeathReportAdmin(RecordAdmin):
    """Deaths reported."""

    list_display = ["patient", "told_by", "reported", "confirmed", "withdrawn"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("confirmed", "confirmed", "Confirmed", "Open", lambda rows: rows.exclude(confirmed_at=None))
    ]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    reported, confirmed = at("reported_at", "Reported"), at("confirmed_at", "Confirmed")
    withdrawn = at("withdrawn_at", "Withdrawn")
