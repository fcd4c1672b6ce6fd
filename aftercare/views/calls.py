"""The call list."""

from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.models import CARE
from duties.models import Duty
from patients.models import Supporter
from patients.views import Filters, Reads, Told, Verb

from ..actions import calls, supporters
from ..models import AftercarePlan, CallAttempt, CheckIn
from ..serializers import CallAttemptSerializer, CallInput, CallSerializer, GotInTouchInput, SupporterCallInput
from .check_ins import CheckIns, flat
from .plans import FOLLOWS_UP


class CallList(CheckIns):
    """Whom to call now: check-ins nobody answered in time."""

    serializer_class = CallSerializer
    allowed_roles = FOLLOWS_UP
    related = ("patient", "duty", "plan")

    def get_queryset(self):
        """Those for which a call is owed."""
        owed = Prefetch(
            "duty__led_to", Duty.objects.open().filter(keeps_thread=True).order_by("pk"), to_attr="open_calls"
        )
        rows = super().get_queryset()
        return rows.filter(pk__in=CheckIn.objects.unanswered(timezone.now()).values("pk")).prefetch_related(owed)


class LogCall(Verb):
    """aftercare.actions.calls.log_call"""

    noun = Duty
    name, label = "log-call", "I called"
    description = "What came of a call, and what follows: reached ends what it was for, no answer leaves it owed."
    allowed_roles = CARE
    serializer_class = CallInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Log."""
        return calls.log_call(row, **flat(data), by=by)


class CallAttemptFilters(Filters):
    """To whom, by whom, with what outcome?"""

    class Meta:
        model = CallAttempt
        fields = ["patient", "facility", "duty", "check_in", "supporter", "by", "outcome"]


class CallAttempts(Reads):
    """Calls made: to people, and to those around them."""

    model = CallAttempt
    serializer_class = CallAttemptSerializer
    filterset_class = CallAttemptFilters
    told = (  # what was tried with the person, the duty tells
        Told(
            "contact",
            "called {supporter__name}",
            "{outcome}",
            "{note}",
            at="at",
            by="by",
            where=Q(supporter__isnull=False),
        ),
        Told("contact", "got in touch {way}", "{note}", at="at", by="by", where=Q(duty=None, supporter=None)),
    )


class GotInTouch(Verb):
    """aftercare.actions.calls.hear_from"""

    noun, answer = AftercarePlan, CallAttempt
    name, label = "got-in-touch", "They got in touch"
    description = (
        "They wrote a letter, came by, or phoned of their own accord, at whatever stage of the check-ins: that "
        "answers the check-in that is waited for, and nobody looks for them any more."
    )
    allowed_roles = CARE
    serializer_class = GotInTouchInput

    def act(self, row, data, by):
        """Write it down."""
        return calls.hear_from(row, **data, by=by)


class CallSupporter(Verb):
    """aftercare.actions.supporters.call_supporter"""

    noun, answer = Supporter, CallAttempt
    name, label = "log-call", "I called them"
    description = "What came of calling somebody around the person. What worries them is logged as a worry."
    allowed_roles = FOLLOWS_UP
    serializer_class = SupporterCallInput
    needs = supporters.call_supporter.needs

    @classmethod
    def is_prompted(cls, row):
        """Not unasked: the person comes first."""
        return False

    def act(self, row, data, by):
        """Log."""
        return supporters.call_supporter(row, **data, by=by)
