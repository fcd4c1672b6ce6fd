"""How notices fared, and who asked not to be written to."""

from django.db.models import Q

from accounts.models import CARE
from patients.models import Patient
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from . import actions
from .models import Attempt, OptOut
from .serializers import AttemptSerializer, OptOutInput, OptOutSerializer


class Attempts(Reads):
    """Tries to hand notices over."""

    model = Attempt
    serializer_class = AttemptSerializer
    filterset_fields = ["patient", "notice", "result", "channel"]
    follows_person = True
    told = (Told("contact", "message by {channel}", "{result}", at="at", where=Q(notice__to_patient=True)),)


class OptOutFilters(Filters):
    """In force?"""

    in_force = unset("lifted_at")

    class Meta:
        model = OptOut
        fields = ["patient", "channel"]


class OptOuts(Reads):
    """Who asked not to be written to."""

    model = OptOut
    serializer_class = OptOutSerializer
    filterset_class = OptOutFilters
    told = (
        Told("contact", "asked not to be written to", "{channel}", "{how}", at="asked_at", by="asked_by"),
        Told("contact", "may be written to again", "{channel}", at="lifted_at", by="lifted_by"),
    )


class AskNotToBeWrittenTo(Verb):
    """messaging.actions.opt_out"""

    noun, answer = Patient, OptOut
    name, label = "opt-out", "Does not want messages"
    description = "The person asked not to be written to, by one channel or at all."
    allowed_roles = CARE
    serializer_class = OptOutInput

    def act(self, row, data, by):
        """Opt out."""
        return actions.opt_out(row, **data, by=by).opt_out


class LiftOptOut(Verb):
    """messaging.actions.lift_opt_out"""

    noun = OptOut
    name, label = "lift", "Wants messages again"
    description = "The person asked to be written to again."
    allowed_roles = CARE

    def act(self, row, data, by):
        """Lift."""
        return actions.lift_opt_out(row, **data, by=by)


MarkOptOutError = mark_error(OptOut)
