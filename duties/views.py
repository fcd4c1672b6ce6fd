"""Duties, what happened to them, and what people were told."""

from django.conf import settings
from django.db.models import Min, Q
from django.utils import timezone
from django_filters import rest_framework as filters

from accounts.models import CHART, EVERYONE, Membership, Role, User
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset

from . import actions
from .models import NEWS, Duty, DutyEvent, Kind, Ladder, Notice, Pulse
from .serializers import (
    DoneInput,
    DutyEventSerializer,
    DutySerializer,
    LadderSerializer,
    NoticeSerializer,
    ReassignInput,
    RescheduleInput,
    SuspendInput,
    TriedInput,
)

OWE = EVERYONE - {Role.ANALYST}
DECIDE = frozenset({Role.SUPERVISOR, Role.ADMIN})


class Ladders(Reads):
    """Who hears, and when: the facility's own ladders and those of the house."""

    model = Ladder
    serializer_class = LadderSerializer
    allowed_roles = OWE
    place, shared = "facility", True
    filterset_fields = ["slug", "facility"]

    def get_queryset(self):
        """With their rungs."""
        return super().get_queryset().prefetch_related("rungs")


class DutyFilters(Filters):
    """What is still owed, what is late, what is mine."""

    open = unset("closed_at")
    overdue = filters.BooleanFilter(method="by_overdue")
    mine = filters.BooleanFilter(method="by_mine")
    kind = filters.CharFilter("ladder__slug", max_length=50)
    due_before = filters.IsoDateTimeFilter("due_at", lookup_expr="lt")

    class Meta:
        model = Duty
        fields = ["patient", "episode", "facility", "owner", "owner_role", "keeps_thread"]

    def by_overdue(self, rows, name, value):
        """Still owed after it was due."""
        late = Q(closed_at=None, due_at__lt=timezone.now())
        return rows.filter(late if value else ~late)

    def by_mine(self, rows, name, value):
        """Owed by whoever asks, by name or through a role."""
        mine = Duty.objects.owed_by(self.request.user).values("pk")
        return rows.filter(pk__in=mine) if value else rows.exclude(pk__in=mine)


class Duties(Reads):
    """What is owed. Administrators see only what is about no person."""

    model = Duty
    serializer_class = DutySerializer
    allowed_roles = OWE
    related = ("ladder",)
    filterset_class = DutyFilters
    follows_person = True
    told = (Told("duties", "{ladder__name}", "{outcome}", "{close_reason}", at="closed_at", by="closed_by"),)

    @classmethod
    def seen_by(cls, user, roles):
        """Through roles that open charts, and what concerns the place alone through the administrator's."""
        rows = Duty.objects.visible_to(user, set(roles) & CHART)
        if Role.ADMIN in roles:
            rows = rows | Duty.objects.visible_to(user, [Role.ADMIN]).filter(patient=None)
        return rows


class DutyEvents(Reads):
    """What happened to duties."""

    model = DutyEvent
    serializer_class = DutyEventSerializer
    allowed_roles = OWE
    filterset_fields = ["duty", "patient", "kind"]
    follows_person = True
    told = (Told("contact", "{duty__ladder__name}", "tried", "{note}", at="at", by="by", where=Q(kind=Kind.TRIED)),)

    @classmethod
    def seen_by(cls, user, roles):
        """Of the duties this user may see."""
        return DutyEvent.objects.filter(duty__in=Duties.seen_by(user, roles))


class NoticeFilters(Filters):
    """Read or not, sent or not; news is what is not read and nobody has seen to since."""

    unread = unset("read_at")
    news = filters.BooleanFilter(method="by_news")

    class Meta:
        model = Notice
        fields = ["patient", "duty", "facility", "state", "state_reason", "to_patient", "critical"]

    def by_news(self, rows, name, value):
        """What a phone shows a number for."""
        return rows.filter(NEWS if value else ~NEWS)


class Inbox(Reads):
    """What this user has been told, newest first."""

    model = Notice
    serializer_class = NoticeSerializer
    allowed_roles = EVERYONE
    related = ("duty__ladder",)
    filterset_class = NoticeFilters
    newest_first = True
    told = ()  # what staff were told is about them

    @classmethod
    def seen_by(cls, user, roles):
        """By name, or through a role held at the place."""
        return Notice.objects.inbox(user)


class Notices(Reads):
    """What was told, to whomever, about the people one may see."""

    model = Notice
    serializer_class = NoticeSerializer
    related = ("duty__ladder",)
    filterset_class = NoticeFilters


def watchdog(now):
    """What the front page and the API say about the clock."""
    tick = Pulse.objects.filter(name="tick").values_list("at", flat=True).first()
    waiting = Notice.objects.unsent().filter(send_at__lte=now)
    return {
        "last_tick_at": tick,
        "ticking": tick is not None and now - tick <= settings.TICK_ALARM,
        "oldest_due_at": Duty.objects.due(now).aggregate(oldest=Min("next_action_at"))["oldest"],
        "oldest_unsent_at": waiting.aggregate(oldest=Min("send_at"))["oldest"],
    }


class Acknowledge(Verb):
    """duties.actions.acknowledge"""

    noun = Duty
    name, label = "acknowledge", "I have it"
    description = "Somebody has it: nobody else hears, until the time the ladder gives for doing it is over."
    allowed_roles = OWE
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Acknowledge."""
        return actions.acknowledge(row, **data, by=by)


class Resolve(Verb):
    """duties.actions.resolve"""

    noun = Duty
    name, label = "resolve", "Done"
    description = "It was done."
    allowed_roles = OWE
    serializer_class = DoneInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Resolve."""
        return actions.resolve(row, **data, by=by)


class Tried(Verb):
    """duties.actions.tried"""

    noun = Duty
    name, label = "tried", "I tried"
    description = "Write down what was tried; it stays owed."
    allowed_roles = OWE
    serializer_class = TriedInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Write it down."""
        return actions.tried(row, **data, by=by)


class Reassign(Verb):
    """duties.actions.reassign"""

    noun = Duty
    name, label = "reassign", "Give to somebody else"
    description = "Give it to somebody by name, or to a role at the place."
    allowed_roles = OWE
    serializer_class = ReassignInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Reassign."""
        return actions.reassign(row, **data, by=by)


class Reschedule(Verb):
    """duties.actions.reschedule"""

    noun = Duty
    name, label = "reschedule", "Set another time"
    description = "Set the due time anew; the ladder is climbed again from its foot."
    allowed_roles = OWE
    serializer_class = RescheduleInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Reschedule."""
        return actions.reschedule(row, **data, by=by)


class Suspend(Verb):
    """duties.actions.suspend"""

    noun = Duty
    name, label = "suspend", "Let it rest until"
    description = "Let the clock rest until a stated time; it then goes on by itself."
    allowed_roles = OWE
    serializer_class = SuspendInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Suspend."""
        return actions.suspend(row, **data, by=by)


class Resume(Verb):
    """duties.actions.resume"""

    noun = Duty
    name, label = "resume", "Go on now"
    description = "Let a resting clock go on now."
    allowed_roles = OWE
    needs = (Duty.require_open, *actions.resume.needs)

    def act(self, row, data, by):
        """Resume."""
        return actions.resume(row, **data, by=by)


class Excuse(Verb):
    """duties.actions.excuse"""

    noun = Duty
    name, label = "excuse", "Excuse"
    description = "It was not done, for a reason somebody stands for."
    allowed_roles = DECIDE
    serializer_class = ReasonInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Excuse."""
        return actions.excuse(row, **data, by=by)


class Cancel(Verb):
    """duties.actions.cancel"""

    noun = Duty
    name, label = "cancel", "No longer owed"
    description = "It is no longer owed, and somebody says why."
    allowed_roles = DECIDE
    serializer_class = ReasonInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Cancel."""
        return actions.cancel(row, **data, by=by)


class GiveUp(Verb):
    """duties.actions.give_up"""

    noun = Duty
    name, label = "give-up", "Could not be reached"
    description = "The person could not be reached; somebody signs for it."
    confirm = "Nobody will be asked to try again. Sign for it?"
    allowed_roles = frozenset({Role.SUPERVISOR})
    serializer_class = ReasonInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Give up."""
        return actions.give_up(row, **data, by=by)


class Read(Verb):
    """duties.actions.read"""

    noun = Notice
    name, label = "read", "Read"
    description = "Mark it as read."
    allowed_roles = EVERYONE

    def act(self, row, data, by):
        """Read."""
        return actions.read(row, **data, by=by)


class EndMembership(Verb):
    """duties.actions.end_membership"""

    noun = Membership
    name, label = "end", "End this role"
    description = "The role ends; what the user owed under it falls to the role at the place."
    confirm = "What they owe here falls to the role. End it?"
    allowed_roles = frozenset({Role.ADMIN})

    def act(self, row, data, by):
        """End."""
        return actions.end_membership(row, **data, by=by)


class Leave(Verb):
    """duties.actions.leave"""

    noun = User
    name, label = "leave", "Has left"
    description = "No more signing in, no role anywhere; what they owed falls to their roles."
    confirm = "They will be signed out of everything at once. Go on?"
    allowed_roles = frozenset({Role.ADMIN})

    def act(self, row, data, by):
        """Leave."""
        return actions.leave(row, **data, by=by)
