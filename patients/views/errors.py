"""Mistakes: the verb that every clinical fact has."""

from accounts.models import CARE

from .. import actions
from ..serializers import ReasonInput
from .bases import Verb


def mark_error(model, action=actions.mark_error, allowed_roles=CARE):
    """The verb that marks a row of this model as entered in error; `action` where more than the mark follows."""
    also = getattr(action, "needs", ())  # what the mark itself asks, every action asks by calling it
    attributes = {
        "__doc__": f"{action.__module__}.mark_error",
        "noun": model,
        "name": "mark-error",
        "label": "Entered in error",
        "description": "Mark it as a mistake: it stays readable, and counts for nothing from now on.",
        "confirm": "This cannot be taken back. Mark it as entered in error?",
        "allowed_roles": allowed_roles,
        "serializer_class": ReasonInput,
        "needs": tuple(dict.fromkeys([*actions.mark_error.needs, *also])),
        "act": lambda self, row, data, by: action(row, **data, by=by),
    }
    return type(f"Mark{model.__name__}Error", (Verb,), attributes)
