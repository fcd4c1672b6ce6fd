"""The person, their threads of care, and who may see them."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.urls import path, reverse

from ..models import Access, Episode, EpisodeEvent, Patient, SearchEntry, Stage, Supporter, best_first, says_enough
from ..serializers import PERSON, TEDS
from ..views import about
from .records import RecordAdmin, yes_no
from .sheets import MOST, no_sheet, sheet, too_long, wall_time
from .tabs import PLOTS, Tab
from .timeline import timeline
from .words import NOTHING, at, clock


def _first(model, field, **where):
    """The first value of a column among rows of a person or episode."""
    return Subquery(model._default_manager.filter(**where).values(field)[:1])


def _next_due(path):
    """When the next thing owed is due, by `patient` or `episode`."""
    duty = Patient._meta.get_field("duties").related_model  # duties lies to the right; no import
    rows = duty._default_manager.filter(**{path: OuterRef("pk")}, closed_at=None).order_by("due_at")
    return Subquery(rows.values("due_at")[:1])


class StageFilter(admin.SimpleListFilter):
    """People by where they are on the road."""

    title, parameter_name = "stage", "stage"

    def lookups(self, request, model_admin):
        """The stages, and those on no road."""
        return [*Stage.choices[:-1], ("none", "No open episode")]

    def queryset(self, request, rows):
        """Those with an open episode at the stage."""
        value = self.value()
        if value is None:
            return rows
        threads = Episode.objects.open()
        if value == "none":
            return rows.exclude(pk__in=threads.values("patient"))
        return rows.filter(pk__in=threads.filter(stage=value).values("patient"))


@admin.register(Patient)
class PatientAdmin(RecordAdmin):
    """People."""

    list_display = ["name", "number", "birth_date", "stage", "place", "next_due"]
    list_select_related = ["merged_into"]
    list_filter = [
        StageFilter,
        yes_no("merged", "merged", "Merged into another", "Own record", lambda rows: rows.exclude(merged_into=None)),
    ]
    search_fields = ["preferred_name", "legal_name"]
    search_help_text = "Name, record number, birth date or phone: at least three letters or digits"
    ordering = ["preferred_name", "pk"]
    corrects = {
        "amend": {*PERSON, *TEDS},
        "correct-birth-date": {"birth_date"},
        "record-weight": {"weight_kg"},
        "record-pregnancy": {"pregnant", "breastfeeding"},
    }
    tabs = (
        Tab("now", "Now", ("duties", "episodes"), frozenset({"verbs", "thread"})),
        Tab("timeline", "Timeline", shows=frozenset({"timeline"})),
        Tab(
            "record",
            "Record",
            (
                "allergies",
                "conditions",
                "criteria_assessments",
                "substance_uses",
                "use_screenings",
                "circumstances",
                "contact_points",
                "supporters",
                "documents",
                "legal_statuses",
                "prescribed_ketamine",
                "opt_outs",
            ),
            frozenset({"verbs", "facts"}),
        ),
        Tab(
            "medication",
            "Medication",
            (
                "medication_orders",
                "administrations",
                "medication_statements",
                "medication_checks",
                "medication_counts",
                "reconciliations",
            ),
        ),
        Tab(
            "treatment",
            "Treatment",
            (
                "placements",
                "bed_stays",
                "absences",
                "bed_holds",
                "appointments",
                "series",
                "sessions",
                "scheduled_assessments",
                "assessments",
                "suicide_screens",
                "level_assessments",
                "steps",
                "observations",
                "observation_orders",
                "round_orders",
                "round_entries",
                "incidents",
                "mood_reviews",
                "texts_given",
            ),
        ),
        Tab(
            "road",
            "In and out",
            (
                "handovers",
                "emergency_warnings",
                "withdrawal_reviews",
                "harm_reduction_offers",
                "medication_offers",
                "clearances",
                "conversations",
                "intakes",
                "wait_list_entries",
                "departures",
                "discharge_proposals",
                "discharges",
                "transfers",
            ),
        ),
        Tab("plan", "Plan", ("treatment_plans", "plan_reviews")),
        Tab(
            "body",
            "Tests and body",
            (
                "tox_tests",
                "random_tests",
                "random_schedules",
                "investigations",
                "body_checks",
                "urology_referrals",
                "bladder_entries",
                "drugs_given_before",
            ),
        ),
        Tab(
            "aftercare",
            "Aftercare",
            (
                "aftercare_plans",
                "check_ins",
                "answers",
                "tierings",
                "aftercare_pauses",
                "call_attempts",
                "safe_words",
                "check_in_links",
                "answer_drafts",
                "messaging.InboundMessage:patient",
                "worries",
                "death_reports",
            ),
        ),
        Tab("changes", "Changes", ("access",), frozenset({"changes"})),
    )

    def get_queryset(self, request):
        """Visible people, with where they stand."""
        thread = {"patient": OuterRef("pk"), "closed_at": None, "entered_in_error_at": None}
        return (
            super()
            .get_queryset(request)
            .right()
            .annotate(
                stage_now=_first(Episode, "stage", **thread),
                place_now=_first(Episode, "facility__name", **thread),
                due_next=_next_due("patient"),
            )
        )

    def get_search_results(self, request, queryset, search_term):
        """The survivors among those one may see, best first; two letters would find everybody."""
        term = search_term.replace("\x00", "").strip()[:100]
        if not term:
            return queryset, False
        if not says_enough(term):
            if request.path.endswith("/patient/"):
                messages.info(request, "Please type at least three letters or digits.")
            return queryset.none(), False
        entries = SearchEntry.objects.visible_to(request.user, self.reads.allowed_roles)
        return best_first(queryset, entries.sought(term)), False

    def get_urls(self):
        """With the list as a file."""
        download = path("download/", self._wrapped(self.download_view), name="patients_patient_download")
        return [download, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """The list, and where the same is a file."""
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return super().changelist_view(request, {"download": reverse("admin:patients_patient_download") + asked})

    def download_view(self, request):
        """The people of the list as it is filtered, as a file; the access log is told about each of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        here = reverse("admin:patients_patient_changelist")
        try:
            rows = list(self.get_changelist_instance(request).queryset[: MOST + 1])
        except IncorrectLookupParameters:
            return no_sheet(request, "filter_malformed", "This filter cannot be read.", here)
        if len(rows) > MOST:
            return too_long(request, f"{here}?{request.GET.urlencode()}")
        about(request, *rows)
        head = ["Preferred name", "Legal name", "Number", "Birth date", "Stage", "Place", "Next due"]
        return sheet("people", head, [self._line(row) for row in rows])

    def _line(self, row):
        known = [row.preferred_name, row.legal_name, row.number, row.birth_date]
        return [*known, self.stage(row), row.place_now, wall_time(row.due_next)]

    def on_tab(self, request, row, tab):
        """The open thread with its verbs, what happened, and the pictures."""
        return {
            "thread": self._thread(request, row) if "thread" in tab.shows else None,
            "timeline": timeline(self.admin_site, request, row) if "timeline" in tab.shows else None,
            "plots": [picture for picture in (draw(request, row) for draw in PLOTS.get(tab.slug, ())) if picture],
        }

    def _verb_links(self, request, row=None):
        """None on a record that was made by mistake: it is there to be read."""
        return [] if row is not None and row.entered_in_error_at else super()._verb_links(request, row)

    def _thread(self, request, row):
        """The thread they are on, and what can be done on it."""
        page = self.admin_site.get_model_admin(Episode)
        episode = page.get_queryset(request).open().filter(patient=row).order_by("-opened_at").first()
        if episode is None:
            return None
        return {"row": episode, "url": page.page_of(episode.pk), "verbs": page._verb_links(request, episode)}

    def alarms(self, request, row):
        """That nobody is this person; whom nobody may contact about them."""
        if row.entered_in_error_at:
            words = f"This record was made by mistake, and nobody is this person: {row.entered_in_error_reason}"
            return [(words, "", "")]
        return [
            (
                f"Do not contact {one}: {one.do_not_contact_reason}",
                reverse("admin:patients_supporter_change", args=[one.pk]),
                "Open",
            )
            for one in Supporter.objects.of(row).forbidden()
        ]

    @admin.display(description="Person", ordering="preferred_name")
    def name(self, row):
        """Preferred name, legal name beside it."""
        return f"{row.preferred_name} ({row.legal_name})" if row.legal_name else row.preferred_name

    @admin.display(description="Stage", ordering="stage_now")
    def stage(self, row):
        """Where on the road."""
        return Stage(row.stage_now).label if row.stage_now else "No open episode"

    @admin.display(description="Place", ordering="place_now")
    def place(self, row):
        """Where the thread is held."""
        return row.place_now or NOTHING

    @admin.display(description="Next", ordering="due_next")
    def next_due(self, row):
        """When the next thing owed is due."""
        return clock(row.due_next)


@admin.register(Episode)
class EpisodeAdmin(RecordAdmin):
    """Threads of care: the page where most is done."""

    list_display = ["patient", "stage", "facility", "entry", "opened", "next_due"]
    list_select_related = ["patient", "facility"]
    list_filter = [
        "stage",
        yes_no("open", "open", "Open", "Closed", lambda rows: rows.filter(closed_at=None)),
        yes_no("cleared", "cleared", "Cleared", "Not cleared", lambda rows: rows.exclude(cleared_at=None)),
        "entry",
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    search_help_text = "Preferred or legal name"
    on_page = ["previous__patient"]
    opened = at("opened_at", "Opened")
    below = [
        "duties",
        "handovers",
        "emergency_warnings",
        "observations",
        "observation_orders",
        "round_orders",
        "suicide_screens",
        "scheduled_assessments",
        "assessments",
        "level_assessments",
        "bladder_entries",
        "tox_tests",
        "random_tests",
        "investigations",
        "urology_referrals",
        "clearances",
        "conversations",
        "intakes",
        "wait_list_entries",
        "placements",
        "treatment_plans",
        "treatment.BedStay:placement__episode",
        "absences",
        "withdrawal_reviews",
        "harm_reduction_offers",
        "medication_offers",
        "sessions",
        "departures",
        "discharge_proposals",
        "discharges",
        "transfers",
        "aftercare_plans",
        "aftercare.CheckIn:plan__episode",
        "death_reports",
        "events",
    ]
    verb_order = (
        "observe",
        "clear",
        "talk",
        "screen-suicide",
        "complete-intake",
        "admit",
        "log-session",
        "move",
        "send-out",
        "bring-back",
        "not-coming-back",
        "discharge",
        "return-to-treatment",
        "close",
    )
    # What is owed next says which button stands out: ladder of the duty to the verb that does it.
    does = {}
    alarmed_by = ()  # of the apps further along: functions of the request and the row, with what alarms() returns

    def get_queryset(self, request):
        """Visible threads, with what is due next."""
        return super().get_queryset(request).annotate(due_next=_next_due("episode"))

    @admin.display(description="Next", ordering="due_next")
    def next_due(self, row):
        """When the next thing owed is due."""
        return clock(row.due_next)

    def alarms(self, request, row):
        """What any app further along says must be seen first."""
        return [alarm for alarmed in self.alarmed_by for alarm in alarmed(request, row)]

    def next_verb(self, row):
        """The verb that does what is owed first; clearance while the person is stabilizing."""
        if row.stage == Stage.STABILIZING:
            return self.does.get("stabilizing", "")
        owed = row.duties.open().order_by("due_at").values_list("ladder__slug", flat=True)
        return next((self.does[slug] for slug in owed if slug in self.does), "")


@admin.register(EpisodeEvent)
class EpisodeEventAdmin(RecordAdmin):
    """Steps on the road."""

    list_display = ["patient", "from_stage", "to_stage", "when", "by", "reason"]
    list_select_related = ["patient", "by"]
    list_filter = ["to_stage"]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    on_page = ["episode__patient"]
    when = at("at", "When")


@admin.register(Access)
class AccessAdmin(RecordAdmin):
    """Who may see whom, and why."""

    list_display = ["patient", "facility", "user", "because", "since", "until"]
    list_select_related = ["patient", "facility", "user"]
    list_filter = ["because"]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    since = at("from_at", "From")
    until = at("until_at", "Until")
