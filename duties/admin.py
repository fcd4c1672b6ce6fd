"""What is owed, what people were told, and the ladders behind it."""

from uuid import UUID

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst

from accounts.models import CHART
from audit.planned import Planned
from patients.admin import RecordAdmin
from patients.admin.head import element, link, loud
from patients.admin.records import yes_no
from patients.admin.words import NOTHING, at, clock, due

from .models import Duty, DutyEvent, Ladder, Notice, Rung
from .views import OWE, Ladders


@element("next")
def next_duty(head):
    """What is owed to the person first, with its clock; an open thread without one is an alarm."""
    duty = NEXT.first(head.patient.pk)
    if duty:
        return format_html("{}: {}", link(duty, duty.ladder.name), clock(duty.due_at))
    return loud("nothing is owed", shape="■") if head.episode else ""


NEXT = Planned(
    lambda patient: Duty.objects.open().filter(patient=patient).select_related("ladder").order_by("due_at")[:1], UUID
)


class MineFilter(admin.SimpleListFilter):
    """What I owe, by name or through a role."""

    title, parameter_name = "mine", "mine"

    def lookups(self, request, model_admin):
        """One answer."""
        return [("yes", "Owed by me")]

    def queryset(self, request, rows):
        """Those owed by whoever asks."""
        return rows.filter(pk__in=Duty.objects.owed_by(request.user).values("pk")) if self.value() else rows


def stand_for(duty):
    """(SQL, its values) of the rows whose duty this is, of whichever noun: its label and their key."""
    asked = [
        (relation.related_model._meta, relation.field.column)
        for relation in Duty._meta.get_fields(include_hidden=True)
        if relation.one_to_one and relation.auto_created and relation.related_model in admin.site._registry
    ]
    each = (f"SELECT '{noun.label}', id::text FROM {noun.db_table} WHERE {column} = %s" for noun, column in asked)
    return " UNION ALL ".join(each), [duty.pk] * len(asked)


@admin.register(Duty)
class DutyAdmin(RecordAdmin):
    """Duties: what is owed, to whom, by whom, until when."""

    list_display = ["ladder_name", "patient", "owed_by", "due", "facility", "outcome"]
    list_select_related = ["ladder", "patient", "owner", "facility"]
    list_filter = [
        MineFilter,
        yes_no("open", "open", "Still owed", "Ended", lambda rows: rows.filter(closed_at=None)),
        yes_no("late", "late", "Late", "Not late", lambda rows: rows.overdue(timezone.now())),
        "owner_role",
        "outcome",
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name", "ladder__name", "owner__username"]
    ordering = ["next_action_at", "pk"]
    order_below = ["-closed_at", "due_at", "pk"]  # what is owed comes before what was done, late first
    on_page = ["episode__patient", "because_of__ladder"]
    hidden_fields = RecordAdmin.hidden_fields | {"anchor_at", "anchor_offset", "once"}
    hidden_fields |= {"keeps_thread", "stands_for_a_record"}
    verb_order = ("acknowledge", "log-call", "tried", "resolve")
    corrects = {"reassign": {"owner", "owner_role"}, "reschedule": {"due_at"}}
    below = ["events", "notices", "led_to"]
    due = due()

    def leads_to(self, request, row):
        """The way to what it is owed for, where the work is done."""
        with connection.cursor() as cursor:
            cursor.execute(*stand_for(row))
            found = cursor.fetchall()
        for label, key in found:
            model = apps.get_model(label)
            page = self.admin_site._registry[model]
            one = page.get_queryset(request).filter(pk=key).first() if page.has_view_permission(request) else None
            if one is not None:
                yield f"{capfirst(model._meta.verbose_name)}: {one}", page.back_to(one)

    @admin.display(description="Duty", ordering="ladder__name")
    def ladder_name(self, row):
        """What is owed, and which of several such."""
        if not row.note:
            return row.ladder.name
        return format_html('{} <span class="tl-faint">{}</span>', row.ladder.name, Truncator(row.note).chars(60))

    @admin.display(description="Owed by")
    def owed_by(self, row):
        """By name, or by the role at the place."""
        return str(row.owner) if row.owner else f"any {row.get_owner_role_display().lower()}"

    def next_verb(self, row):
        """“I have it” until somebody has."""
        if not row.is_open():
            return ""
        called = {"contact", "check_in", "red_call"} | ({"critical_contact"} if row.acknowledged_at else set())
        if row.ladder.slug in called:
            return "log-call"
        return "resolve" if row.acknowledged_at else "acknowledge"


@admin.register(DutyEvent)
class DutyEventAdmin(RecordAdmin):
    """What happened to duties."""

    list_display = ["duty", "patient", "kind", "when", "by", "note"]
    list_select_related = ["duty__ladder", "patient", "by"]
    list_filter = ["kind", "late_by_us"]
    search_fields = ["patient__preferred_name", "note"]
    on_page = ["duty__ladder"]
    when = at("at", "When")

    def get_list_filter(self, request):
        """Its place is the duty's."""
        return self.list_filter


@admin.register(Notice)
class NoticeAdmin(RecordAdmin):
    """What was told: to me, and about the people I may see."""

    list_display = ["about", "whom", "to", "made", "state", "read"]
    list_select_related = ["duty__ladder", "patient", "to_user"]
    list_filter = [
        yes_no("unread", "unread", "Not read", "Read", lambda rows: rows.filter(read_at=None, to_patient=False)),
        "state",
        "to_patient",
        "critical",
    ]
    search_fields = ["duty__ladder__name"]
    search_help_text = "What it is about, or the name of a person you may see"
    ordering = ["-made_at", "-pk"]
    on_page = ["duty__ladder"]
    hidden_fields = RecordAdmin.hidden_fields | {"rung", "lease_until"}
    below = ["attempts"]
    made, read = at("made_at", "When"), at("read_at", "Read")

    def get_queryset(self, request):
        """The inbox, and what was told about the people one may see; `seen` says whether a name may be shown."""
        mine = Notice.objects.inbox(request.user).values("pk")
        about_people = Notice.objects.visible_to(request.user, CHART)
        seen = Exists(about_people.filter(pk=OuterRef("pk")))
        rows = Notice.objects.annotate(seen=seen).filter(Q(pk__in=mine) | Q(seen=True))
        return rows.order_by(*self.ordering)

    def get_search_results(self, request, queryset, search_term):
        """A name finds only what is about somebody this user may see."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, duplicates
        name = Q(patient__preferred_name__icontains=search_term) | Q(patient__legal_name__icontains=search_term)
        return found | queryset.filter(name, seen=True), duplicates

    def get_object(self, request, object_id, from_field=None):
        """The notice, and whether its person may be named."""
        row = super().get_object(request, object_id, from_field)
        row.seen = self.get_queryset(request).filter(pk=row.pk, seen=True).exists()
        return row

    def person_of(self, row):
        """Their banner, for those who may see them."""
        return super().person_of(row) if getattr(row, "seen", False) else None

    def get_fields(self, request, obj=None):
        """Without the person, for those who may not see them."""
        return [name for name in super().get_fields(request, obj) if name != "patient" or getattr(obj, "seen", False)]

    @admin.display(description="Person")
    def whom(self, row):
        """The person, for those who may see them."""
        if row.patient_id is None:
            return NOTHING
        return row.patient if row.seen else "a record you may not open"

    def find(self, request, object_id, allowed_roles=None):
        """Any of these to read; a verb only on what is in the inbox."""
        if allowed_roles is not None:
            return super().find(request, object_id, allowed_roles)
        try:
            return super().find(request, object_id)
        except Http404:
            row = admin.ModelAdmin.get_object(self, request, object_id)  # none where this is no key
            if row is None:
                raise
            return row

    @admin.display(description="About", ordering="duty__ladder__name")
    def about(self, row):
        """What is owed."""
        return row.duty.ladder.name

    @admin.display(description="To")
    def to(self, row):
        """The person, somebody by name, or a role."""
        if row.to_patient:
            return "The person"
        return str(row.to_user) if row.to_user else f"any {row.get_to_role_display().lower()}"

    def next_verb(self, row):
        """Reading it."""
        return "" if row.read_at else "read"


@admin.register(Ladder)
class LadderAdmin(RecordAdmin):
    """Who hears, and when. Published editions never change."""

    list_display = ["name", "slug", "edition", "facility", "critical", "published"]
    list_select_related = ["facility"]
    list_filter = ["keeps_thread", "critical"]
    search_fields = ["name", "slug"]
    ordering = ["slug", "-edition"]
    below = ["rungs"]
    published = at("published_at", "Published")


class RungReads:
    """Rungs are read with their ladders, and have no address of their own in the API."""

    model = Rung
    allowed_roles = OWE
    place = "ladder__facility"

    @classmethod
    def seen_by(cls, user, roles):
        """Those of the ladders this user may see."""
        return Rung.objects.filter(ladder__in=Ladders.seen_by(user, roles))

    @classmethod
    def whole(cls, rows):
        """With their ladders."""
        return rows.select_related("ladder")


@admin.register(Rung)
class RungAdmin(RecordAdmin):
    """Steps of ladders."""

    reads = RungReads
    list_display = ["ladder", "position", "offset", "clock", "whom", "template", "repeat"]
    list_select_related = ["ladder"]
    list_filter = ["whom"]
    search_fields = ["ladder__name", "ladder__slug"]
    ordering = ["ladder__slug", "position"]

    def get_list_filter(self, request):
        """Its place is the ladder's."""
        return self.list_filter

    def get_model_perms(self, request):
        """Reached from its ladder, not from the front page."""
        return {}
