"""Sessions, and the notes about them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Facility, Membership, Role, by_whom, clinical
from audit.models import Record, together
from audit.planned import moment
from duties.models import Duty
from patients.models import Access, Episode, Patient, PatientRows

from . import telehealth
from .appointments import Appointment
from .formats import PARTS, NoteFormat, missing
from .groups import GroupSession, SessionKind
from .placements import Placement

WRITES = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR, Role.AFTERCARE})
ADOPTS = frozenset({Role.COUNSELOR, Role.SUPERVISOR})


class Attendance(models.TextChoices):
    """Did the person come?"""

    ATTENDED = "attended", "Attended"
    LATE = "late", "Came late"
    PARTIAL = "partial", "Left early"
    EXCUSED = "excused", "Excused beforehand"
    NO_SHOW = "no_show", "Did not come"


CAME = frozenset({Attendance.ATTENDED, Attendance.LATE, Attendance.PARTIAL})


class AttendanceReason(models.TextChoices):
    """Why somebody came late, left early or did not come: told apart, because each asks for something else."""

    UNKNOWN = "unknown", "Not known yet"
    FORGOT = "forgot", "Forgot, or mixed up the time"
    TRANSPORT = "transport", "No way to get here"
    WORK = "work", "Work or school"
    FAMILY = "family", "Children or family"
    ILL = "ill", "Ill"
    ELSEWHERE = "elsewhere", "In hospital, in custody or at court"
    USE = "use", "Had used"
    UNWILLING = "unwilling", "Did not want to"
    UNSAFE = "unsafe", "Did not feel safe to come"
    STAFF = "staff", "Because of us"
    OTHER = "other", "Another reason"


class Sessions(PatientRows):
    """Sessions."""


@clinical
class Session(Record):
    """One session with one person."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    kind = models.CharField(max_length=20, choices=SessionKind)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    attendance = models.CharField(max_length=20, choices=Attendance)
    attendance_because = models.CharField(
        "reason", max_length=10, choices=AttendanceReason, blank=True, db_default=""
    )
    attendance_reason = models.CharField(
        "reason in words", max_length=200, blank=True, help_text="why late, cut short or missed"
    )
    how = telehealth.how()
    person_where = telehealth.person_where()
    call_back = telehealth.call_back()
    who_can_hear = telehealth.who_can_hear()
    emergency_route = telehealth.emergency_route()
    oriented = models.BooleanField(
        null=True, blank=True, help_text="integration: the person knows where they are, and when"
    )
    consented = models.BooleanField(null=True, blank=True, help_text="integration: the person wants to speak of it")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", editable=False
    )
    contact_duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="missed_sessions", editable=False
    )
    group = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", editable=False
    )
    logged_at = models.DateTimeField()
    logged_by = by_whom(null=False, blank=False)
    late_entry = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="by the database: logged later than its place allows",
    )

    objects = Sessions.as_manager()

    refusals = {
        "an_attendance_that_was_signed_never_changes": (
            "note_signed",
            "A note of this group is signed, so who was there cannot be changed.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_session_ends_after_it_starts",
                condition=Q(ended_at__gte=F("started_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A session ends after it starts.",
            ),
            models.CheckConstraint(
                name="telehealth_is_not_held_blank",
                condition=Q(entered_in_error_at__isnull=False) | telehealth.known_before(attendance__in=sorted(CAME)),
                violation_error_code="telehealth_blank",
                violation_error_message=telehealth.BLANK,
            ),
            models.CheckConstraint(
                name="whoever_came_whole_needs_no_reason",
                condition=Q(attendance=Attendance.ATTENDED, attendance_because="")
                | ~Q(attendance=Attendance.ATTENDED) & ~Q(attendance_because=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why they came late, left early or did not come; nothing when they did.",
            ),
            models.CheckConstraint(
                name="integration_is_with_somebody_oriented_who_agrees",
                condition=~Q(kind=SessionKind.INTEGRATION)
                | ~Q(attendance__in=sorted(CAME))
                | Q(oriented__isnull=False, oriented=True, consented__isnull=False, consented=True)
                | Q(entered_in_error_at__isnull=False),
                violation_error_code="not_oriented_or_willing",
                violation_error_message="Integration is only with somebody who is oriented and wants to speak of it.",
            ),
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(entered_in_error_at=None, appointment__isnull=False),
                name="an_appointment_is_logged_once",
                violation_error_code="appointment_logged",
                violation_error_message="This appointment is logged already.",
            ),
            models.UniqueConstraint(
                fields=["group", "episode"],
                condition=Q(entered_in_error_at=None, group__isnull=False),
                name="once_in_a_group",
                violation_error_code="in_the_group_twice",
                violation_error_message="A person is in the attendance of a group once.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-started_at"], name="sessions_of_a_person"),
            models.Index(fields=["logged_by", "-started_at"], name="sessions_logged_by"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} session with {self.patient}"


class SessionNotes(PatientRows):
    """Session notes."""

    along = ("session", "sign_duty", "cosign_duty", "addendum_duty")

    def drafts(self):
        """Those not signed."""
        return self.right().filter(signed_at=None)

    def to_cosign(self):
        """Signed by somebody without a license, and not looked at yet by a supervisor who has one."""
        return self.right().filter(cosigned_at=None, cosign_duty__closed_at=None, cosign_duty__isnull=False)

    def written_by(self, user):
        """Those whose author this user is: drafted, or taken over from somebody who left."""
        return self.filter(Q(adopted_by=user) | Q(adopted_by=None, drafted_by=user))

    def orphaned(self):
        """Drafts whose author can no longer open them, and so never sign them."""
        return self.drafts().filter(~Exists(self._who_could_sign(moment())))

    def _who_could_sign(self, now):
        """The memberships through which the author of a note opens it."""
        opens = Access.objects.current(now).filter(
            Q(facility=OuterRef("facility")) | Q(user=OuterRef("user")), patient=OuterRef(OuterRef("patient"))
        )
        author = Membership.objects.active().filter(
            Exists(opens), user=models.functions.Coalesce(OuterRef("adopted_by"), OuterRef("drafted_by"))
        )
        return author.filter(role__in=WRITES)

    def visible_to(self, user, roles, now=None):
        """Signed notes of the people this user may see; drafts only their author's.

        What a departed author left unsigned is seen by those who may take it over.
        """
        own = Q(adopted_by=user.pk) | Q(adopted_by=None, drafted_by=user.pk)
        now = now or moment()
        adopts = Access.objects.reaching(user, set(roles) & ADOPTS, now).filter(patient=OuterRef("patient_id"))
        left = Q(~Exists(self._who_could_sign(now)), entered_in_error_at=None) & Q(Exists(adopts))
        return super().visible_to(user, roles, now).filter(Q(signed_at__isnull=False) | own | left)


@clinical
class SessionNote(Record):
    """The note of a session: drafted, signed, and from then on locked by the database."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="session_notes", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    sign_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="note_to_sign")
    format = models.CharField(
        max_length=15, choices=NoteFormat, default=NoteFormat.FREE, db_default=NoteFormat.FREE.value, editable=False
    )
    text = models.TextField(blank=True, max_length=40_000, help_text="of a note without parts")
    sections = models.JSONField(
        default=dict, db_default={}, blank=True, editable=False, help_text="{part: text} of a note with parts"
    )
    drafted_at = models.DateTimeField()
    drafted_by = by_whom(null=False, blank=False)
    adopted_at = models.DateTimeField(null=True, blank=True, editable=False)
    adopted_by = by_whom(editable=False, help_text="took over the draft of somebody who left")
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = by_whom(editable=False)
    cosign_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="note_to_cosign", editable=False
    )
    cosigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    cosigned_by = by_whom(editable=False)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_by = by_whom(editable=False)
    returned_comment = models.CharField(max_length=1000, blank=True, db_default="", editable=False)
    addendum_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="note_to_add_to", editable=False
    )

    objects = SessionNotes.as_manager()

    refusals = {
        "a_signed_note_never_changes": (
            "note_signed",
            "This note is signed and cannot be changed. Write an addendum, or mark it as entered in error.",
        ),
        "a_cosigned_note_never_changes": ("note_cosigned", "This note is co-signed already."),
        "a_session_with_a_signed_note_never_changes": (
            "note_signed",
            "The note of this session is signed, so the session cannot be changed.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_signature_has_who", "signed_at", "signed_by"),
            together("an_adoption_has_who", "adopted_at", "adopted_by"),
            models.CheckConstraint(
                name="a_signed_note_has_text",
                condition=Q(signed_at=None) | ~Q(text="") | ~Q(sections={}),
                violation_error_code="note_empty",
                violation_error_message="An empty note cannot be signed.",
            ),
            models.CheckConstraint(
                name="a_note_is_written_in_its_format",
                condition=Q(format=NoteFormat.FREE, sections={}) | ~Q(format=NoteFormat.FREE) & Q(text=""),
                violation_error_code="another_format",
                violation_error_message="A note is one text, or has parts: not both.",
            ),
            together("a_cosignature_has_who", "cosigned_at", "cosigned_by"),
            together("a_returned_note_has_who", "returned_at", "returned_by"),
            models.CheckConstraint(
                name="a_note_is_cosigned_by_another",
                condition=Q(cosigned_by=None) | Q(signed_by__isnull=False) & ~Q(cosigned_by=F("signed_by")),
                violation_error_code="cosigned_by_author",
                violation_error_message="A signed note is co-signed by somebody else.",
            ),
            models.CheckConstraint(
                name="a_note_is_returned_with_words",
                condition=Q(returned_at=None, returned_comment="")
                | Q(returned_at__isnull=False) & ~Q(returned_comment=""),
                violation_error_code="reason_missing",
                violation_error_message="Say what is missing.",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(entered_in_error_at=None),
                name="one_note_per_session",
                violation_error_code="note_written",
                violation_error_message="This session has a note already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient"], name="notes_of_a_person"),
            models.Index(fields=["drafted_by"], condition=Q(signed_at=None), name="drafts_of_user"),
            models.Index(fields=["drafted_by", "-id"], name="notes_by_author"),
            models.Index(
                fields=["adopted_by"], condition=Q(signed_at=None, adopted_by__isnull=False), name="adopted_drafts"
            ),
        ]

    def __str__(self):
        return f"Note: {self.session}"

    def parts(self):
        """[(key, heading, text)] as it is read: of a free note its text, under no heading."""
        if self.format == NoteFormat.FREE:
            return [("text", "", self.text)]
        return [(part.key, part.label, self.sections.get(part.key, "")) for part in PARTS[self.format]]

    def is_empty(self):
        """Does it say nothing yet?"""
        return not (self.text or self.sections)

    def is_unfinished(self):
        """Does it say nothing yet, or lack a part it must have?"""
        return self.is_empty() or bool(missing(self.format, self.sections))

    def author_id(self):
        """Whoever may write and sign it."""
        return self.adopted_by_id or self.drafted_by_id

    def is_draft_of(self, user):
        """Is it this user's to write?"""
        return self.signed_at is None and self.entered_in_error_at is None and self.author_id() == user.pk


class Addenda(PatientRows):
    """Addenda."""


@clinical
class Addendum(Record):
    """What was added to a note after it was signed. Never changed; shown wherever the note is."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="addenda", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(SessionNote, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField(max_length=40_000)
    added_at = models.DateTimeField()
    added_by = by_whom(null=False, blank=False)

    objects = Addenda.as_manager()

    refusals = {
        "an_addendum_never_changes": (
            "addendum_added",
            "An addendum never changes. Mark it as entered in error, or add another.",
        )
    }

    class Meta:
        verbose_name_plural = "addenda"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_addendum_has_text",
                condition=~Q(text=""),
                violation_error_code="addendum_empty",
                violation_error_message="An empty addendum cannot be added.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-added_at"], name="addenda_of_a_person")]

    def __str__(self):
        return f"Addendum of {self.patient}"
