"""Sessions, groups, and the notes about them."""

from django.contrib import admin
from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS
from patients.admin.pads import Pad
from patients.admin.plots import Point, line
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.tabs import plot
from patients.admin.words import NOTHING, at, moment
from patients.views.bases import READS

from ..models import Addendum, GroupSession, Session, SessionNote
from ..models.formats import PARTS
from ..models.sessions import CAME
from ..serializers.sessions import OF_A_SESSION
from .plans import said_worked_on
from .words import PEOPLE, unset


def parts_of(note):
    """The parts of a note, one line each."""
    return [(part.key, part.label, ()) for part in PARTS[note.format]]


KEYS["sections"] = parts_of
LEADS_TO["log-session"] = lambda session: session.notes.get()
LEADS_TO["log-group"] = lambda group: group


@plot("treatment")
def attendance(request, patient):
    """Of the sessions of each week, how many the person came to, in percent; excused ones are not counted."""
    counted = Session.objects.of(patient).right().exclude(attendance="excused")
    weeks = (
        counted.annotate(week=TruncWeek("started_at"))
        .values("week")
        .annotate(all=Count("pk"), came=Count("pk", filter=Q(attendance__in=CAME)))
        .order_by("week")
    )
    points = [
        Point(one["week"], round(100 * one["came"] / one["all"]), f"{one['came']} of {one['all']}") for one in weeks
    ]
    return line("Came to sessions, by week", points, unit=" %", top=100)


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    """Sessions."""

    list_display = ["patient", "kind", "attendance", "started", "logged_by", "late"]
    list_select_related = ["patient", "logged_by"]
    list_filter = ["kind", "attendance", "attendance_because", "how", "late_entry"]
    search_fields = PEOPLE
    on_page = ["episode__patient", "placement__patient", "placement__program", "group__program"]
    corrects = {"amend": {"kind", "started_at", "ended_at", *OF_A_SESSION}}
    below = ["notes", "counseling_notes", "worked_on"]
    started = at("started_at", "Started")

    def get_fields(self, request, obj=None):
        """A late entry says so; one in time says nothing."""
        return ["late" if name == "late_entry" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Written down", ordering="late_entry")
    def late(self, row):
        """Later than its place allows?"""
        return "Late entry" if row.late_entry else NOTHING


OWED = ("sign_duty", "cosign_duty", "addendum_duty")


@admin.register(SessionNote)
class SessionNoteAdmin(RecordAdmin):
    """Notes of sessions: drafted, signed, then locked and added to."""

    list_display = ["patient", "session_kind", "drafted_by", "drafted", "signed"]
    list_select_related = ["patient", "session", "drafted_by"]
    list_filter = [
        unset("signed_at", "Draft", "Signed"),
        yes_no("to co-sign", "cosign", "To co-sign", "Others", lambda rows: rows.to_cosign()),
    ]
    search_fields = PEOPLE
    on_page = [
        "session__patient",
        "session__group",
        "sign_duty__ladder",
        "cosign_duty__ladder",
        "addendum_duty__ladder",
    ]
    corrects = {"write": {"text"}, "write-sections": {"sections"}, "change-format": {"format"}}
    reviews = {
        "sign": ("shared", "says", "worked_on"),
        "add-addendum": ("shared", "says", "added", "returned_comment"),
        "cosign": ("shared", "says", "added"),
        "return": ("shared", "says", "added"),
    }
    verb_order = ("cosign", "sign", "add-addendum", "return", "adopt-draft")
    drafted, signed = at("drafted_at", "Drafted"), at("signed_at", "Signed")
    worked_on = said_worked_on

    def pads(self, request, row):
        """Its text, while it is a draft of one's own."""
        if not row.is_draft_of(request.user):
            return []
        verb, field = ("write-sections", "sections") if PARTS[row.format] else ("write", "text")
        return [Pad(request, row, verb, field, label="The note")]

    def get_fields(self, request, obj=None):
        """What the group shares stands before the person's own line, what was added after it."""
        names = super().get_fields(request, obj)
        if obj is None:
            return names
        shared = ["shared"] if obj.session.group_id else []
        place = names.index("text")
        says = [] if obj.is_draft_of(request.user) else ["says"]
        added = ["added"] if obj.signed_at else []
        rest = [name for name in names[place + 1 :] if name != "sections"]
        return [*names[:place], *shared, *says, "worked_on", *added, *rest]

    @admin.display(description="The note")
    def says(self, row):
        """What it says, each part under its heading."""
        said = [(heading, text) for _, heading, text in row.parts() if text]
        return _under_headings(said) or NOTHING

    @admin.display(description="Said to all of the group")
    def shared(self, row):
        """The same on the chart of each who came."""
        group = row.session.group
        return format_html('<div class="tl-prose">{}</div>', group.text) if group else NOTHING

    @admin.display(description="Added after it was signed")
    def added(self, row):
        """Each addendum with when and by whom; one in error is crossed out."""
        found = [
            (
                moment(one.added_at),
                one.added_by,
                " (entered in error)" if one.entered_in_error_at else "",
                reverse("admin:treatment_addendum_change", args=[one.pk]),
                one.text,
            )
            for one in row.addenda.select_related("added_by").order_by("pk")
        ]
        if not found:
            return NOTHING
        return format_html_join("", '<p>{} by {}{} <a href="{}">open</a></p><div class="tl-prose">{}</div>', found)

    @admin.display(description="Session", ordering="session__kind")
    def session_kind(self, row):
        """What kind of session."""
        return row.session.get_kind_display()

    def next_verb(self, row):
        """Signing, once there is something to sign; then co-signing where it is owed, else adding."""
        if row.signed_at is None:
            return "write" if row.is_unfinished() else "sign"
        owed = row.cosigned_at is None and row.cosign_duty is not None and row.cosign_duty.is_open()
        return "cosign" if owed else "add-addendum"


def _under_headings(said):
    return format_html_join(
        "",
        "{}{}",
        (
            (
                format_html("<h3>{}</h3>", heading) if heading else "",
                format_html('<div class="tl-prose">{}</div>', text),
            )
            for heading, text in said
        ),
    )


@admin.register(Addendum)
class AddendumAdmin(RecordAdmin):
    """What was added to signed notes."""

    list_display = ["patient", "note_kind", "added_by", "added"]
    list_select_related = ["patient", "note__session", "added_by"]
    search_fields = PEOPLE
    on_page = ["note__session__patient"]
    added = at("added_at", "Added")

    @admin.display(description="To the note of", ordering="note__session__kind")
    def note_kind(self, row):
        """What kind of session."""
        return row.note.session.get_kind_display()


@admin.register(GroupSession)
class GroupSessionAdmin(RecordAdmin):
    """Group sessions: what is shared, who came, and everybody's own note."""

    list_display = ["topic", "program", "kind", "started", "led_by"]
    list_select_related = ["program", "led_by"]
    list_filter = ["kind"]
    search_fields = ["topic", "program__name"]
    on_page = ["program"]
    corrects = {"write": {"text"}}
    verb_order = ("sign-group", "rate-group")
    started = at("started_at", "Started")

    def next_verb(self, row):
        """The notes wait to be signed."""
        return "sign-group"

    def pads(self, request, row):
        """What all of them share, for whoever led it, until a note is signed."""
        label = "What all of them share (it stands on everybody's chart: name nobody here)"
        mine = row.is_written_by(request.user) and not row.was_signed()
        return [Pad(request, row, "write", "text", label=label, rows=8)] if mine else []

    def on_tab(self, request, row, tab):
        """The attendance: everybody on it whom the user may see, and the lines that are theirs to write."""
        here = self.page_of(row.pk)
        seen = READS[Session].seen_by(request.user, READS[Session].allowed_roles)
        held = list(
            seen.right().filter(group=row).select_related("patient").order_by("patient__preferred_name", "pk")
        )
        notes = READS[SessionNote].seen_by(request.user, READS[SessionNote].allowed_roles).right()
        of_session = {note.session_id: note for note in notes.filter(session__in=held)}
        request.patients.update(one.patient_id for one in held)
        grid = []
        for session in held:
            note, pad = of_session.get(session.pk), None
            if note and note.is_draft_of(request.user) and not PARTS[note.format]:
                pad = Pad(request, note, "write", "text", label=f"Line of {session.patient}", rows=3, back=here)
            grid.append(
                {
                    "session": session,
                    "note": note,
                    "pad": pad,
                    "came": session.attendance in CAME,
                    "parts": note.parts() if note else [],
                }
            )
        return {"grid": grid}
