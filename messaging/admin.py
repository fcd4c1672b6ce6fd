"""How notices fared, what came in, what people are written, and who asked not to be written to."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.text import Truncator

from patients.admin import RecordAdmin
from patients.admin.records import yes_no
from patients.admin.words import at

from .models import Attempt, GatewayIncident, InboundMessage, OptOut, Receipt, Reply, Text
from .serializers import as_read


@admin.register(Attempt)
class AttemptAdmin(RecordAdmin):
    """Tries to hand notices over."""

    list_display = ["what", "patient", "channel", "result", "when", "detail"]
    list_select_related = ["notice__duty__ladder", "reply__text", "reply__patient", "patient"]
    list_filter = ["result", "channel"]
    search_fields = ["patient__preferred_name", "detail"]
    on_page = ["notice__duty__ladder", "contact_point__patient", "reply__text", "text"]
    when = at("at", "When")

    @admin.display(description="What")
    def what(self, row):
        """A notice, or an answer."""
        return str(row.notice or row.reply)

    def get_list_filter(self, request):
        """Its place is the notice's."""
        return self.list_filter


@admin.register(OptOut)
class OptOutAdmin(RecordAdmin):
    """Who asked not to be written to."""

    list_display = ["patient", "what", "how", "asked", "lifted"]
    list_select_related = ["patient"]
    list_filter = [
        "channel",
        yes_no("in force", "in_force", "In force", "Lifted", lambda rows: rows.filter(lifted_at=None)),
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    asked, lifted = at("asked_at", "Asked"), at("lifted_at", "Lifted")

    def get_list_filter(self, request):
        """It holds at every place."""
        return self.list_filter

    @admin.display(description="Channel", ordering="channel")
    def what(self, row):
        """One channel, or all a machine writes by."""
        return row.get_channel_display() or "Every message"

    def next_verb(self, row):
        """Nothing stands out: it is theirs to ask."""
        return ""


@admin.register(InboundMessage)
class InboundMessageAdmin(RecordAdmin):
    """What people wrote to us."""

    list_display = ["received", "patient", "meaning", "body"]
    list_select_related = ["patient"]
    list_filter = ["meaning"]
    search_fields = ["patient__preferred_name", "number"]
    ordering = ["-pk"]
    below = ["replies"]
    received = at("received_at", "When")


@admin.register(Reply)
class ReplyAdmin(RecordAdmin):
    """What was answered at once."""

    list_display = ["made", "patient", "text", "state", "state_reason"]
    list_select_related = ["patient", "text"]
    list_filter = ["state"]
    search_fields = ["patient__preferred_name"]
    ordering = ["-made_at", "-pk"]
    on_page = ["inbound__patient", "contact_point__patient"]
    hidden_fields = RecordAdmin.hidden_fields | {"lease_until"}
    below = ["attempts"]
    made = at("made_at", "When")


@admin.register(Receipt)
class ReceiptAdmin(RecordAdmin):
    """What the provider says became of messages."""

    list_display = ["received", "provider_id", "status", "code"]
    list_select_related = False
    list_filter = ["status"]
    search_fields = ["provider_id"]
    ordering = ["-pk"]
    received = at("received_at", "When")

    def get_list_filter(self, request):
        """Its place is the message's."""
        return self.list_filter


@admin.register(GatewayIncident)
class GatewayIncidentAdmin(RecordAdmin):
    """Times in which a channel took nothing."""

    list_display = ["channel", "began", "ended", "late"]
    list_select_related = False
    list_filter = ["channel"]
    ordering = ["-began_at"]
    on_page = ["duty__ladder"]
    began, ended = at("began_at", "Began"), at("ended_at", "Ended")

    def get_list_filter(self, request):
        """It is the same for every place."""
        return self.list_filter

    def get_fields(self, request, obj=None):
        """With how many were not written to because of it."""
        return [*super().get_fields(request, obj), "late"]

    @admin.display(description="Came too late")
    def late(self, row):
        """How many messages."""
        return row.expired().count()


@admin.register(Text)
class TextAdmin(RecordAdmin):
    """What people are written. Published editions never change."""

    list_display = ["slug", "words", "channel", "language", "edition", "facility", "published"]
    list_select_related = ["facility"]
    list_filter = [
        "channel",
        "language",
        yes_no("published", "published", "Published", "Drafts", lambda rows: rows.published()),
    ]
    search_fields = ["slug", "body"]
    ordering = ["slug", "channel", "language", "-edition"]
    corrects = {"amend": {"subject", "body"}}
    published = at("published_at", "Published")

    @admin.display(description="What it says", ordering="body")
    def words(self, row):
        """Its beginning."""
        return Truncator(row.body).chars(60)

    def get_fields(self, request, obj=None):
        """As somebody would read it, first."""
        return ["preview", *super().get_fields(request, obj)]

    @admin.display(description="As read")
    def preview(self, row):
        """With invented words in place."""
        return render_to_string("admin/text_preview.html", {"preview": as_read(row)})

    def next_verb(self, row):
        """A draft is to be published."""
        return "" if row.published_at else "publish"
