"""The admin site: its front page, its order, and its clock."""

from functools import update_wrapper
from importlib import import_module

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from unfold.dataclasses import SearchResult
from unfold.sites import UnfoldAdminSite

# The sidebar, in the order of the road; people first. (title, [(model, icon)])
ORDER = [
    ("People", [("patients.Patient", "person"), ("patients.Episode", "route"), ("patients.ContactPoint", "call"),
                ("patients.Circumstances", "home"),
                ("patients.Supporter", "diversity_3"), ("treatment.Worry", "hearing"),
                ("patients.Allergy", "allergy"), ("patients.Condition", "diagnosis"),
                ("patients.CriteriaAssessment", "rule"), ("treatment.LegalStatus", "gavel"),
                ("treatment.PrescribedKetamine", "vaccines"), ("treatment.PrescriberContact", "stethoscope"),
                ("treatment.MoodReview", "mood"),
                ("treatment.MedicationStatement", "pill"), ("treatment.Reconciliation", "fact_check"),
                ("treatment.MedicationCheck", "troubleshoot"), ("treatment.MedicationCount", "tag"),
                ("treatment.AssaultScreen", "lock_person"), ("treatment.AssaultReader", "key"),
                ("patients.Document", "description"),
                ("patients.SubstanceUse", "science"), ("patients.UseScreening", "checklist_rtl"),
                ("messaging.OptOut", "unsubscribe"),
                ("messaging.InboundMessage", "sms"), ("messaging.Reply", "reply")]),
    ("Owed", [("duties.Duty", "task_alt"), ("duties.Notice", "inbox"), ("aftercare.CheckIn", "phone_in_talk"),
              ("aftercare.CallAttempt", "phone_forwarded")]),
    ("Coming in", [("treatment.Handover", "ambulance"), ("treatment.Clearance", "fact_check"),
                   ("treatment.Conversation", "forum"), ("treatment.Intake", "assignment_ind"),
                   ("treatment.WithdrawalReview", "monitor_heart"),
                   ("treatment.HarmReductionOffer", "health_and_safety"),
                   ("treatment.MedicationOffer", "medication"), ("treatment.DrugGiven", "syringe"),
                   ("treatment.SuicideScreen", "emergency_home"), ("treatment.Observation", "vital_signs"),
                   ("treatment.ObservationOrder", "timer"), ("treatment.EmergencyWarning", "warning"),
                   ("treatment.WaitListEntry", "hourglass_top"), ("treatment.Offer", "event_available")]),
    ("Tests and body", [("treatment.ToxTest", "labs"), ("treatment.RandomTest", "casino"),
                        ("treatment.RandomSchedule", "shuffle"), ("treatment.ToxReading", "biotech"),
                        ("treatment.BladderEntry", "water_drop"), ("treatment.Investigation", "lab_research"),
                        ("treatment.BodyCheck", "health_metrics"), ("treatment.UrologyReferral", "nephrology")]),
    ("In treatment", [("treatment.Placement", "home_health"), ("treatment.BedStay", "bed"),
                      ("treatment.BedHold", "bookmark"),
                      ("treatment.Absence", "local_hospital"), ("treatment.TreatmentPlan", "checklist"),
                      ("treatment.Objective", "flag"), ("treatment.Problem", "report"),
                      ("treatment.Goal", "emoji_flags"), ("treatment.Intervention", "handyman"),
                      ("treatment.PlanReview", "event_repeat"), ("treatment.SessionObjective", "trending_up"),
                      ("treatment.GroupSession", "groups"),
                      ("treatment.Session", "forum"), ("treatment.SessionNote", "edit_note"),
                      ("treatment.RoundOrder", "visibility"), ("treatment.RoundEntry", "footprint"),
                      ("treatment.IncidentPerson", "personal_injury"),
                      ("treatment.Appointment", "event"), ("treatment.Series", "event_repeat"),
                      ("treatment.CounselingNote", "lock"), ("treatment.CounselingGrant", "key"),
                      ("treatment.Addendum", "note_add"), ("treatment.Assessment", "assessment"),
                      ("treatment.MedicationOrder", "prescriptions"), ("treatment.Dose", "schedule"),
                      ("treatment.Administration", "medication_liquid"),
                      ("treatment.LevelOfCareAssessment", "stairs_2"), ("treatment.Step", "moving"),
                      ("treatment.ScheduledAssessment", "event_repeat"),
                      ("treatment.EducationGiven", "local_library"), ("treatment.Discharge", "logout"),
                      ("treatment.DischargeProposal", "gavel"), ("treatment.Departure", "directions_run"),
                      ("treatment.Transfer", "sync_alt")]),
    ("After treatment", [("aftercare.AftercarePlan", "event_repeat"), ("aftercare.Answer", "chat"),
                         ("aftercare.AnswerDraft", "edit_note"), ("aftercare.CheckInLink", "link"),
                         ("aftercare.SafeWord", "password"),
                         ("aftercare.Tiering", "traffic"), ("aftercare.Pause", "pause_circle"),
                         ("aftercare.DeathReport", "report")]),
    ("The place", [("accounts.Facility", "apartment"), ("accounts.User", "badge"), ("accounts.Membership", "group"),
                   ("accounts.OnCallShift", "support_agent"),
                   ("treatment.Program", "school"), ("treatment.Unit", "meeting_room"), ("treatment.Bed", "bed"),
                   ("treatment.BedBlock", "block"), ("treatment.BedRestriction", "filter_alt"),
                   ("duties.Ladder", "stairs"), ("messaging.Text", "sms"), ("aftercare.Schedule", "calendar_month"),
                   ("treatment.Checklist", "checklist"), ("patients.CriteriaSet", "rule_settings"),
                   ("treatment.EducationText", "menu_book"), ("treatment.Instrument", "quiz"),
                   ("treatment.Medication", "medical_information"),
                   ("treatment.LevelStandard", "straighten"), ("treatment.LevelMapping", "schema"),
                   ("treatment.InstrumentPermission", "verified"),
                   ("treatment.AssessmentSchedule", "date_range"),
                   ("treatment.PlanTemplate", "content_copy")]),
    ("What went wrong", [("treatment.Incident", "emergency"), ("treatment.IncidentAction", "build"),
                         ("treatment.IncidentReport", "campaign"), ("treatment.IncidentEntry", "notes"),
                         ("treatment.RoundBatch", "rule")]),
    ("Records", [("patients.EpisodeEvent", "timeline"), ("duties.DutyEvent", "history"),
                 ("messaging.Attempt", "outgoing_mail"), ("messaging.Receipt", "mark_email_read"),
                 ("messaging.GatewayIncident", "cloud_off"), ("patients.Access", "visibility"),
                 ("audit.AccessEvent", "policy")]),
]  # fmt: skip


class ThroughlineAdminConfig(AdminConfig):
    """The admin, with our site in it, and nothing registered there that does not ask who may see whom."""

    default_site = "config.admin.Site"

    def ready(self):
        """Drop what other packages registered: their pages know superusers, not places."""
        super().ready()
        import_module("config.api")  # every noun's readers and verbs are known from here on
        from django.contrib import admin

        from patients.admin import RecordAdmin

        for model, page in list(admin.site._registry.items()):
            if not isinstance(page, RecordAdmin):
                admin.site.unregister(model)


def _require(request, theirs):
    """Raise PermissionDenied unless the user holds one of these roles somewhere."""
    from patients.admin.records import roles

    if not roles(request) & theirs:
        raise PermissionDenied


class Site(UnfoldAdminSite):
    """The admin, on the wall clock of whoever looks."""

    index_title = "Today"
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):
        """A page, with its times local to the place of whoever asks; written out while that clock is set."""
        inner = super().admin_view(view, cacheable)

        def outer(request, *args, **kwargs):
            with timezone.override(zone_of(request)):
                response = inner(request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        return update_wrapper(outer, view)

    def each_context(self, request):
        """What every page says: whose time it shows."""
        zone = timezone.get_current_timezone_name()
        return {**super().each_context(request), "site_url": None, "zone_in_words": zone.replace("_", " ")}

    def get_app_list(self, request, app_label=None):
        """The nouns this user may open; asked twice for the front page, found out once."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        if not hasattr(request, "app_list"):
            request.app_list = super().get_app_list(request)
        return request.app_list

    def get_urls(self):
        """With the pages of a shift."""
        return [
            path("round-sheet/", self.admin_view(self.shift_page), {"name": "round_sheet"}, name="round_sheet"),
            path("bed-board/", self.admin_view(self.shift_page), {"name": "bed_board"}, name="bed_board"),
            path(
                "medication-pass/",
                self.admin_view(self.shift_page),
                {"name": "medication_pass"},
                name="medication_pass",
            ),
            path("call-list/", self.admin_view(self.shift_page), {"name": "call_list"}, name="call_list"),
            path("tests-due/", self.admin_view(self.shift_page), {"name": "tests_due"}, name="tests_due"),
            path("under-hours/", self.admin_view(self.shift_page), {"name": "under_hours"}, name="under_hours"),
            path("census.csv", self.admin_view(self.download_page), {"name": "census"}, name="census_download"),
            path("call-list.csv", self.admin_view(self.download_page), {"name": "calls"}, name="call_list_download"),
            *super().get_urls(),
        ]

    def download_page(self, request, name):
        """What a page shows, as a file, for those whose page it is."""
        from .downloads import DOWNLOADS

        theirs, make = DOWNLOADS[name]
        _require(request, theirs)
        return make(request)

    def shift_page(self, request, name):
        """A page that answers one question of a shift, for those whose question it is."""
        _, _, theirs, make = shift_pages()[name]
        _require(request, theirs)
        return TemplateResponse(request, f"admin/{name}.html", make(request, self.each_context(request)))

    def get_sidebar_list(self, request):
        """The nouns this user may open, in the order of the road; each asked for once."""
        by_label = {model._meta.label: (model, page) for model, page in self._registry.items()}
        groups = [{"title": "", "items": self._pages(request)}]
        for title, nouns in ORDER:
            items = [
                self._item(request, *by_label[label], icon)
                for label, icon in nouns
                if by_label[label][1].has_view_permission(request)
            ]
            if items:
                groups.append({"title": title, "items": items, "separator": True})
        return groups

    def _pages(self, request):
        """Today, and the pages of a shift that are theirs."""
        from patients.admin.records import roles

        held, pages = roles(request), [("index", "Today", "today")]
        pages += [(name, title, icon) for name, (title, icon, theirs, _) in shift_pages().items() if held & theirs]
        found = [(title, icon, reverse(f"{self.name}:{name}")) for name, title, icon in pages]
        return [
            {"title": title, "icon": icon, "link": link, "active": request.path == link, "has_permission": True}
            for title, icon, link in found
        ]

    def _item(self, request, model, page, icon):
        address = reverse(f"{self.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")
        return {
            "title": str(model._meta.verbose_name_plural).capitalize(),
            "icon": icon,
            "link": address,
            "active": request.path.startswith(address),
            "has_permission": True,
        }

    def autocomplete_view(self, request):
        """Choosing a person in a form: with what tells two people of one name apart."""
        return ChooseOne.as_view(admin_site=self)(request)

    def search(self, request, extra_context=None):
        """The sidebar's search: pages by name, and people this user may see by theirs."""
        from patients.models import Patient, says_enough

        term = request.GET.get("s", "").strip()
        found = self._search_apps(self.get_app_list(request), term.lower()) if term else []
        people = self._registry[Patient]
        if says_enough(term) and people.has_view_permission(request):
            rows, _ = people.get_search_results(request, people.get_queryset(request), term)
            rows = list(rows[:10])
            request.patients.update(row.pk for row in rows)
            found = [
                SearchResult(
                    title=str(row),
                    description=describe(row),
                    link=reverse(f"{self.name}:patients_patient_change", args=[row.pk]),
                    icon="person",
                )
                for row in rows
            ] + found
        pages = Paginator(found, 100)
        context = {"page_obj": pages, "results": pages.page(1), "page_counter": 0, "execution_time": 0}
        template = "unfold/helpers/search_results.html"
        return TemplateResponse(request, template, context, headers={"HX-Trigger": "search"})


class ChooseOne(AutocompleteJsonView):
    """What may be chosen in a form."""

    def serialize_result(self, obj, to_field_name):
        """People with their record number and birth date."""
        found = super().serialize_result(obj, to_field_name)
        if obj._meta.label == "patients.Patient":
            found["text"] = f"{obj} ({describe(obj)})"
            self.request.patients.add(obj.pk)
        return found


def describe(patient):
    """What tells two people of one name apart."""
    born = f"born {patient.birth_date:%Y-%m-%d}" if patient.birth_date else ""
    return ", ".join(filter(None, [patient.legal_name, f"No. {patient.number}", born]))


def zone_of(request):
    """The zone of the user's first place; UTC before anybody has signed in."""
    from patients.admin.records import places

    held = places(request)
    return held[0].facility.zone if held else "UTC"


def shift_pages():
    """The pages that answer one question of a shift: {name: (title, icon, whose, what makes it)}."""
    from treatment.views.investigations import CLINICIANS
    from treatment.views.placements import TREATS

    from .calls import FOLLOWS_UP, call_list
    from .medication_pass import SEES, medication_pass
    from .pages import KNOWS_BEDS, bed_board, under_hours
    from .rounds import WATCHES, round_sheet
    from .tests_due import tests_due

    return {
        "medication_pass": ("Medication pass", "medication", SEES, medication_pass),
        "round_sheet": ("Round sheet", "footprint", WATCHES, round_sheet),
        "tests_due": ("Tests today", "labs", CLINICIANS, tests_due),
        "call_list": ("Call list", "phone_in_talk", FOLLOWS_UP, call_list),
        "bed_board": ("Bed board", "bed", KNOWS_BEDS, bed_board),
        "under_hours": ("Clinical hours", "hourglass_top", TREATS, under_hours),
    }


def front_page(request, context):
    """What the front page shows."""
    from .pages import today

    return {**context, **today(request)}
