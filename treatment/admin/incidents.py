"""Incidents: what happened, whose part was what, who was told, and what follows."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.forms import CHOICES
from patients.admin.records import LEADS_TO
from patients.admin.words import at, due
from patients.models import Supporter
from patients.models.supporters import MayKnow

from ..models import Incident, IncidentAction, IncidentEntry, IncidentPerson, IncidentReport
from ..views.incidents import people_in
from .words import PEOPLE, unset


def may_be_told(row):
    """Those around this person who may be told of an emergency."""
    rows = Supporter.objects.of(row.patient).may_be_told(MayKnow.EMERGENCY)
    return [(one.pk, str(one)) for one in rows]


CHOICES["supporter"] = may_be_told
LEADS_TO |= dict.fromkeys(("report-incident", "report-error"), lambda incident: incident)


@admin.register(Incident)
class IncidentAdmin(RecordAdmin):
    """Incidents."""

    list_display = ["kind", "severity", "state", "happened", "place", "reported_by", "sign_off"]
    list_select_related = ["reported_by", "review_duty__ladder"]
    list_filter = [unset("signed_at", "Not signed off", "Signed off"), "kind", "severity"]
    search_fields = ["place", "facts"]
    on_page = ["review_duty__ladder", "page_duty__ladder", "departure__patient", "emergency_warning__patient"]
    on_page += ["medication_order__patient", "dose__order"]
    below = ["people", "entries", "reports", "actions"]
    corrects = {"write-findings": {"conclusion", "factors"}}
    reviews = {"sign-off": ("facts", "conclusion"), "write-findings": ("facts",)}
    verb_order = ("begin-review", "write-findings", "sign-off", "add-action", "add-person", "record-told")
    happened = at("happened_at", "Happened")

    @admin.display(description="Sign-off", ordering="review_duty__due_at")
    def sign_off(self, row):
        """The clock of the review."""
        return due()(self, row.review_duty)

    def get_fields(self, request, obj=None):
        """The severity in words, and the staff who were there."""
        written = {"severity": "how_grave"}
        return [*(written.get(name, name) for name in super().get_fields(request, obj)), "who_was_there"]

    @admin.display(description="Severity")
    def how_grave(self, row):
        """In the words of then."""
        return row.severity_item()["text"]

    @admin.display(description="Staff who were there")
    def who_was_there(self, row):
        """Their names."""
        return ", ".join(str(user) for user in row.staff.all())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page; the access log is told about everybody in it."""
        row = self.get_object(request, object_id)
        request.patients.update(people_in(row, request.user).values_list("patient", flat=True))
        return super().change_view(request, object_id, form_url, extra_context)

    def next_verb(self, row):
        """The step that is next."""
        steps = {"reported": "begin-review", "review": "sign-off" if row.conclusion else "write-findings"}
        return steps.get(row.state, "")


@admin.register(IncidentPerson)
class IncidentPersonAdmin(RecordAdmin):
    """What stands in people's charts of incidents."""

    list_display = ["patient", "who", "happened", "part_in", "part", "injury"]
    list_select_related = ["patient"]
    list_filter = ["part_in"]
    search_fields = PEOPLE
    on_page = ["episode__patient", "supporter"]
    happened = at("happened_at", "Happened")

    @admin.display(description="Who")
    def who(self, row):
        """The name, where the rows are of several people."""
        return str(row.patient)

    def get_fields(self, request, obj=None):
        """The incident itself stands in no chart."""
        return [name for name in super().get_fields(request, obj) if name != "incident"]


@admin.register(IncidentEntry)
class IncidentEntryAdmin(RecordAdmin):
    """Who was told, and addenda."""

    list_display = ["incident", "told_whom", "words", "when", "by"]
    list_select_related = ["incident", "by"]
    list_filter = ["told_whom"]
    search_fields = ["words"]
    when = at("at", "When")


@admin.register(IncidentReport)
class IncidentReportAdmin(RecordAdmin):
    """Those outside who must be told."""

    list_display = ["to", "due", "outcome", "settled", "done_by"]
    list_select_related = ["duty__ladder", "done_by"]
    list_filter = [unset("done_at", "To be told", "Settled")]
    search_fields = ["to", "words"]
    on_page = ["duty__ladder"]
    settled = at("done_at", "Settled")

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    def next_verb(self, row):
        """Telling them."""
        return "settle"


@admin.register(IncidentAction)
class IncidentActionAdmin(RecordAdmin):
    """What was decided after incidents."""

    list_display = ["words", "owner", "due", "done_words"]
    list_select_related = ["owner", "duty__ladder"]
    list_filter = [unset("done_at", "To be done", "Done")]
    search_fields = ["words"]
    on_page = ["duty__ladder"]

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    def next_verb(self, row):
        """Doing it."""
        return "complete"
