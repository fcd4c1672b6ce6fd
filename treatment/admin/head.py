"""Where the person stands, in their head."""

from django.utils import timezone

from patients.admin.head import element, link, loud

from ..models.placements import Track


def placement_of(head):
    """The program somebody is in."""
    rows = head.patient.placements.open().filter(track=Track.MAIN).select_related("program")
    return head.once("placement", rows.order_by("-began_at").first)


@element("bed")
def bed(head):
    """The bed; loudly none, for somebody in a program with beds who lies in none of them."""
    stay = head.patient.bed_stays.open().select_related("bed__unit").first()
    if stay:
        return link(stay, f"Bed {stay.bed}{' (kept)' if stay.held_until_at else ''}")
    placement = placement_of(head)
    return loud("no bed") if placement and placement.program.needs_bed else ""


@element("placement")
def placement(head):
    """The program, and the day of it, counted from 1."""
    here = placement_of(head)
    return link(here, f"{here.program}, day {(timezone.now() - here.began_at).days + 1}") if here else ""
