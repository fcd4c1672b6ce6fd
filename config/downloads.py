"""Pages as files: how the beds stand or stood, and whom to call."""

from django.urls import reverse
from django.utils import timezone

from accounts.models import EVERYONE
from aftercare.models import Tier
from aftercare.views import FOLLOWS_UP, to_call
from audit.problems import Problem
from patients.admin.sheets import MOST, no_sheet, sheet, too_long, wall_time
from treatment.serializers import CensusSerializer
from treatment.views.beds import Census, CensusFilters

COUNTED = ["beds", "taken", "on_leave", "kept", "expected", "blocked", "free"]


def census(request):
    """How the beds of each unit stand, or stood at the moment asked about; nobody's name."""
    view = Census()
    view.request = request
    asked = CensusFilters(request.GET, view.get_queryset(), request=request)
    back = reverse("admin:index")
    try:
        if not asked.is_valid():
            return no_sheet(request, "filter_malformed", "This moment cannot be read.", back)
        at = wall_time(asked.form.cleaned_data["at"] or timezone.now())
        rows = list(asked.qs.select_related("facility").order_by("facility__name", "name")[: MOST + 1])
    except Problem as problem:
        return no_sheet(request, problem.code, str(problem.detail), back)
    except OverflowError:  # before the year 1 somewhere
        return no_sheet(request, "filter_malformed", "This moment cannot be read.", back)
    if len(rows) > MOST:
        return too_long(request, back)
    head = ["Place", "Unit", "At", *(name.replace("_", " ").capitalize() for name in COUNTED)]
    counted = [(unit, CensusSerializer(unit).data) for unit in rows]
    return sheet(
        "beds", head, [[unit.facility, unit, at, *(data[name] for name in COUNTED)] for unit, data in counted]
    )


def calls(request):
    """Whom to call now, in the order of the page; what was said about anybody stays there."""
    people, more = to_call(request.user, timezone.now(), mine=request.GET.get("whose") == "mine", most=MOST)
    if more:
        return too_long(request, reverse("admin:call_list"))
    request.patients.update(one.patient.pk for one in people)
    head = [
        "Risk", "Person", "Pronouns", "Days after treatment", "Owed", "Due", "For", "Place", "Numbers",
        "Language", "Interpreter", "Next try", "Do not call",
    ]  # fmt: skip
    return sheet("call-list", head, [_called(one) for one in people])


def _called(one):
    """One person. Nobody is called whose death was reported, so no number stands there."""
    duty, patient = one.first(), one.patient
    dead = patient.death_reported_at is not None
    numbers = [] if dead else [_number(point) for point in one.points]
    return [
        Tier(one.tier).label if one.tier else "",
        patient.preferred_name,
        patient.pronouns,
        one.days,
        "; ".join(dict.fromkeys(each.ladder.name for each in one.duties)),
        wall_time(duty.due_at),
        duty.owner or duty.get_owner_role_display(),
        duty.facility,
        "; ".join(numbers),
        patient.get_language_display(),
        "yes" if patient.interpreter_needed else "",
        "" if dead else wall_time(one.next_try_at),
        "their death was reported" if dead else "they asked not to be called" if one.stopped else "",
    ]


def _number(point):
    return f"{point.value}{'' if point.safe_to_leave_message else ' (leave no message)'}"


# {name: (whose, what makes it)}
DOWNLOADS = {"census": (EVERYONE, census), "calls": (FOLLOWS_UP, calls)}
