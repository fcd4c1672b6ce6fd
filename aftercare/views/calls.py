"""The call list."""

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import CARE
from duties.models import Duty
from patients.views import Verb

from ..actions import check_ins
from ..models import CheckIn
from ..serializers import (
    CallInput,
    CallSerializer,
)
from .check_ins import CheckIns, flat
from .plans import FOLLOWS_UP


class CallList(CheckIns):
    """Whom to call now: check-ins nobody answered in time."""

    serializer_class = CallSerializer
    allowed_roles = FOLLOWS_UP
    related = ("patient", "duty", "plan")

    def get_queryset(self):
        """Those for which a call is owed."""
        calls = Prefetch(
            "duty__led_to", Duty.objects.open().filter(keeps_thread=True).order_by("pk"), to_attr="open_calls"
        )
        rows = super().get_queryset()
        return rows.filter(pk__in=CheckIn.objects.unanswered(timezone.now()).values("pk")).prefetch_related(calls)


class LogCall(Verb):
    """aftercare.actions.check_ins.log_call"""

    noun = Duty
    name, label = "log-call", "I called"
    description = "What came of a call. Reached ends what the call was for; anything else leaves it owed."
    allowed_roles = CARE
    serializer_class = CallInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Log."""
        return check_ins.log_call(row, **flat(data), by=by)
