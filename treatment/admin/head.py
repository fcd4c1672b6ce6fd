"""Where the person stands, in their head."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.html import format_html

from audit.planned import Planned
from patients.admin.head import element, faint, link, loud
from patients.admin.words import moment
from patients.models import Episode, Stage

from ..models import Absence, BedStay, Danger, Departure, EmergencyWarning, LegalStatus, Placement, SuicideScreen
from ..models.placements import Track

BEFORE_TREATMENT = {Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE}


@element("danger")
def danger(head):
    """What cannot wait, before anything else: numbers that call for help now, danger of suicide, a search."""
    if head.episode is None:
        return ""
    true = DANGER.first(head.episode.pk)
    words = [
        word for word, so in zip(("Emergency", "Danger of suicide", "Being looked for"), true, strict=True) if so
    ]
    return link(head.episode, loud(", ".join(words), shape="■")) if words else ""


DANGER = Planned(
    lambda episode: Episode.objects.filter(pk=episode).values_list(
        Exists(EmergencyWarning.objects.open().filter(episode=OuterRef("pk"))),
        Exists(SuicideScreen.objects.unsettled().filter(level=Danger.HIGH, episode=OuterRef("pk"))),
        Exists(Departure.objects.open().filter(episode=OuterRef("pk"))),
    ),
    UUID,
)


@element("clearance")
def clearance(head):
    """Whether treatment may begin, and until when; after that it does not matter any more."""
    episode = head.episode
    if episode is None or episode.stage not in BEFORE_TREATMENT:
        return ""
    if episode.cleared_at is None:
        return faint("not cleared")
    lapses_at = episode.clearance_lapses_at
    if lapses_at is None:
        return "cleared"
    if lapses_at <= timezone.now():
        return loud("clearance lapsed")
    return format_html("cleared until {}", moment(lapses_at))


def placement_of(head):
    """The program somebody is in."""
    return head.once("placement", lambda: MAIN_PLACEMENT.first(head.patient.pk))


MAIN_PLACEMENT = Planned(
    lambda patient: (
        Placement.objects.open()
        .filter(track=Track.MAIN, patient=patient)
        .select_related("program__facility")
        .order_by("-began_at")[:1]
    ),
    UUID,
)


@element("bed")
def bed(head):
    """The bed; loudly none, for somebody in a program with beds who lies in none of them."""
    stay = STAY.first(head.patient.pk, timezone.now())
    unheld = loud("on a hold, unit not locked") if stay and stay.is_held and not stay.bed.unit.locked else ""
    if stay and stay.expected_back:
        out = link(stay, f"Bed {stay.bed} (on leave)")
        late = stay.expected_back < timezone.now()
        return format_html("{} {}", out, loud("late back")) if late else out
    if stay:
        return format_html("{} {}", link(stay, f"Bed {stay.bed}{' (kept)' if stay.held_until_at else ''}"), unheld)
    placement = placement_of(head)
    return loud("no bed") if placement and placement.program.needs_bed else ""


def _stay(patient, now):
    leave = Absence.objects.open().leaves().filter(patient=OuterRef("patient")).values("expected_back_at")[:1]
    held = LegalStatus.objects.against_their_will(now).filter(patient=OuterRef("patient"))
    rows = BedStay.objects.open().filter(patient=patient).select_related("bed__unit")
    return rows.annotate(expected_back=Subquery(leave), is_held=Exists(held))[:1]


STAY = Planned(_stay, UUID, datetime)


@element("placement")
def placement(head):
    """The program, and the day of it, counted from 1; loudly, when it is for people of another age."""
    here = placement_of(head)
    if here is None:
        return ""
    here.patient = head.patient
    words = link(here, f"{here.program}, day {here.day(timezone.now())}")
    return format_html("{} {}", words, loud(f"for {here.program.ages()}")) if here.is_outside_ages() else words
