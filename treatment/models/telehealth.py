"""What is known before somebody is spoken with from afar: where they are, and how help would reach them."""

from functools import partial

from django.db import models
from django.db.models import Q


class HeldHow(models.TextChoices):
    """In one room, or from afar?"""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


# Columns of whatever is held from afar; none may be blank once it begins.
TELEHEALTH = ("person_where", "call_back", "who_can_hear", "emergency_route")
_told = partial(models.CharField, max_length=200, blank=True, db_default="")
how = partial(
    models.CharField, max_length=10, choices=HeldHow, default=HeldHow.IN_PERSON, db_default=HeldHow.IN_PERSON.value
)
person_where = partial(_told, help_text="where the person is now: the address help would be sent to")
call_back = partial(_told, help_text="the number to call them back on when the line drops")
who_can_hear = partial(_told, help_text="who is near enough to listen; nobody, when they are alone")
emergency_route = partial(_told, help_text="whom to call for where they are, and who could go to them")

BLANK = "Say where the person is now, their call-back number, who can hear, and how help would reach them."


def known_before(**begun):
    """The condition that nothing of it is blank wherever `begun` holds and the person is not in the room."""
    whole = Q()
    for column in TELEHEALTH:
        whole &= ~Q(**{column: ""})
    return Q(how=HeldHow.IN_PERSON) | ~Q(**begun) | whole
