"""Sessions, and the notes about them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Facility, Membership, Role, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Access, Episode, Patient, PatientRows

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


class Sessions(PatientRows):
    """Sessions."""


@clinical
class Session(Record):
    """One session with one person."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sessions")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    kind = models.CharField(max_length=20, choices=SessionKind)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    attendance = models.CharField(max_length=20, choices=Attendance)
    attendance_reason = models.CharField(max_length=200, blank=True, help_text="why late, cut short or missed")
    group = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", editable=False
    )
    logged_at = models.DateTimeField()
    logged_by = by_whom(null=False, blank=False)

    objects = Sessions.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_session_ends_after_it_starts",
                condition=Q(ended_at__gte=F("started_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A session ends after it starts.",
            ),
            models.UniqueConstraint(
                fields=["group", "episode"],
                condition=Q(entered_in_error_at=None, group__isnull=False),
                name="once_in_a_group",
                violation_error_code="in_the_group_twice",
                violation_error_message="A person is in the attendance of a group once.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-started_at"], name="sessions_of_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()} session with {self.patient}"


class SessionNotes(PatientRows):
    """Session notes."""

    along = ("session", "sign_duty")

    def drafts(self):
        """Those not signed."""
        return self.right().filter(signed_at=None)

    def written_by(self, user):
        """Those whose author this user is: drafted, or taken over from somebody who left."""
        return self.filter(Q(adopted_by=user) | Q(adopted_by=None, drafted_by=user))

    def orphaned(self):
        """Drafts whose author can no longer open them, and so never sign them."""
        return self.drafts().filter(~Exists(self._who_could_sign()))

    def _who_could_sign(self):
        """The memberships through which the author of a note opens it."""
        opens = Access.objects.current().filter(
            Q(facility=OuterRef("facility")) | Q(user=OuterRef("user")), patient=OuterRef(OuterRef("patient"))
        )
        author = Membership.objects.active().filter(
            Exists(opens), user=models.functions.Coalesce(OuterRef("adopted_by"), OuterRef("drafted_by"))
        )
        return author.filter(role__in=WRITES)

    def visible_to(self, user, roles):
        """Signed notes of the people this user may see; drafts only their author's.

        What a departed author left unsigned is seen by those who may take it over.
        """
        own = Q(adopted_by=user.pk) | Q(adopted_by=None, drafted_by=user.pk)
        adopts = Access.objects.reaching(user, set(roles) & ADOPTS).filter(patient=OuterRef("patient_id"))
        left = Q(~Exists(self._who_could_sign()), entered_in_error_at=None) & Q(Exists(adopts))
        return super().visible_to(user, roles).filter(Q(signed_at__isnull=False) | own | left)


@clinical
class SessionNote(Record):
    """The note of a session: drafted, signed, and from then on locked by the database."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="session_notes")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    sign_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="note_to_sign")
    text = models.TextField(blank=True, max_length=40_000)
    drafted_at = models.DateTimeField()
    drafted_by = by_whom(null=False, blank=False)
    adopted_at = models.DateTimeField(null=True, blank=True, editable=False)
    adopted_by = by_whom(editable=False, help_text="took over the draft of somebody who left")
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = by_whom(editable=False)

    objects = SessionNotes.as_manager()

    refusals = {
        "a_signed_note_never_changes": (
            "note_signed",
            "This note is signed and cannot be changed. Write an addendum, or mark it as entered in error.",
        ),
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
                condition=Q(signed_at=None) | ~Q(text=""),
                violation_error_code="note_empty",
                violation_error_message="An empty note cannot be signed.",
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
            models.Index(
                fields=["adopted_by"], condition=Q(signed_at=None, adopted_by__isnull=False), name="adopted_drafts"
            ),
        ]

    def __str__(self):
        return f"Note: {self.session}"

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

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="addenda")
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
