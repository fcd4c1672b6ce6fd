"""The person's head, the same on every page about them: who they are, where they stand, what comes next.

Each element is a function of the head that answers with a few words, or with nothing; apps further along
register theirs. The order is fixed here, so that eyes find each thing where it was yesterday.
"""

from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html

from audit.planned import Planned

from ..models import Episode

ORDER = (
    "error",
    "photo",
    "danger",
    "death",
    "merged",
    "number",
    "age",
    "stage",
    "clearance",
    "bed",
    "placement",
    "allergies",
    "legal",
    "warnings",
    "tier",
    "next",
)
ELEMENTS = {}


def element(name):
    """Register a function of the head as one of its elements."""

    def register(function):
        if name not in ORDER:
            raise ValueError(f"the head has no place for “{name}”")
        ELEMENTS[name] = function
        return function

    return register


def loud(words, state="late", shape="▲"):
    """Words that must be seen: a color, a shape and the words themselves."""
    return format_html('<strong class="tl-{}"><span aria-hidden="true">{}</span> {}</strong>', state, shape, words)


def faint(words):
    """Words that may be overlooked."""
    return format_html('<span class="tl-faint">{}</span>', words)


def link(row, words):
    """A way to a row's page."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), words)


class Head:
    """The head of every page about a person; what several elements need is asked for once."""

    def __init__(self, patient):
        self.patient = patient
        self._known = {}

    def once(self, name, ask):
        """What `ask` answers, asked once for this page."""
        if name not in self._known:
            self._known[name] = ask()
        return self._known[name]

    @cached_property
    def episode(self):
        """The thread they are on."""
        episode = OPEN.first(self.patient.pk)
        if episode is not None:
            episode.patient = self.patient
        return episode

    @cached_property
    def elements(self):
        """What is said, in order."""
        said = ((name, ELEMENTS[name](self)) for name in ORDER if name in ELEMENTS)
        return [(name, words) for name, words in said if words]


OPEN = Planned(
    lambda patient: (
        Episode.objects.open().filter(patient=patient).select_related("facility").order_by("-opened_at")[:1]
    ),
    UUID,
)


@element("error")
def error(head):
    """Nobody is this person."""
    return loud("Record made by mistake", shape="■") if head.patient.entered_in_error_at else ""


@element("death")
def death(head):
    """Nobody writes to or calls about somebody who died."""
    if head.patient.death_confirmed_at:
        return loud("Died", shape="■")
    return loud("Death reported", shape="■") if head.patient.death_reported_at else ""


@element("merged")
def merged(head):
    """What is known stands in another record."""
    if not head.patient.merged_into_id:
        return ""
    url = reverse("admin:patients_patient_change", args=[head.patient.merged_into_id])
    return format_html('{} <a href="{}">Open it</a>', loud("Merged into another record", "soon", "◐"), url)


@element("number")
def number(head):
    """The record number."""
    return faint(f"No. {head.patient.number}")


@element("age")
def age(head):
    """Whole years, when the birth date is known."""
    years = head.patient.age()
    return faint("age not known") if years is None else f"{years} years"


@element("stage")
def stage(head):
    """Where on the road."""
    return link(head.episode, head.episode.get_stage_display()) if head.episode else faint("no open episode")
