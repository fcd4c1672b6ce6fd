"""Whom a page reaches: somebody on shift, and when there is nobody, the last resort of the place."""

from typing import NamedTuple

from accounts.models import OnCallShift, Shift

from ..models import Whom


class Outside(NamedTuple):
    """Somebody outside the rota, who has no log-in."""

    email: str
    mobile: str
    pk: None = None


def paged(facility, whom, now):
    """Those whom a page to this reaches now: never anybody off shift, and never nobody while a last resort is named.

    The lead hears beside the clinician on call, and the last resort beside both (domain 7.3).
    """
    return _paged(facility, whom, _standing(facility, now))


def _paged(facility, whom, standing):
    people = standing[Shift.ON_CALL]
    if whom != Whom.ON_CALL or not people:
        people = [*people, *standing[Shift.LEAD]]
    people = list({user.pk: user for user in people}.values())
    if (facility.last_resort_email or facility.last_resort_phone) and (whom == Whom.LAST_RESORT or not people):
        people.append(Outside(facility.last_resort_email, facility.last_resort_phone))
    return people


def rung_for(facility, told, now):
    """Those whose phone rings about what is critical, when these are told: such as are on shift here now.

    When none of them is, whoever is on shift, and the last resort beside them.
    """
    standing = _standing(facility, now)
    here = {user.pk for users in standing.values() for user in users}
    return [user for user in told if user.pk in here] or _paged(facility, Whom.LAST_RESORT, standing)


def _standing(facility, now):
    """Whoever is on shift here and can be reached, by what they stand."""
    found = {kind: [] for kind in Shift}
    for shift in OnCallShift.objects.at(facility, now).select_related("user").order_by("starts_at", "pk"):
        if shift.user.email or shift.user.mobile:
            found[shift.kind].append(shift.user)
    return found
