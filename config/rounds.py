"""The round sheet: whom do I look at next, and what did I see? One person at a time, on a tablet, or on paper."""

from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import CARE
from patients.admin.records import roles
from patients.admin.words import clock, moment
from patients.models import Episode
from treatment.admin.rounds import VITALS, readings_of
from treatment.models import (
    Absence,
    BedStay,
    Checklist,
    Departure,
    EmergencyWarning,
    RoundEntry,
    RoundOrder,
    Unit,
)
from treatment.models.rounds import Behavior, BreathingSeen, Distress, Seen, State, moves
from treatment.views.observations import NURSES

WATCHES = CARE
PAPER_TIMES = 8  # columns on the paper sheet


def round_sheet(request, context):
    """Everybody of a unit in the order of the beds; the number of statements does not grow with them."""
    now, units = timezone.now(), _units(request.user)
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit")), units[0] if units else None)
    rows = _rows(request, unit, now) if unit else []
    request.patients.update(row["patient"].pk for row in rows)
    here = reverse("admin:round_sheet")
    return {
        **context,
        "title": "Round sheet",
        "units": [{"unit": one, "url": _address(here, one), "chosen": one == unit} for one in units],
        "unit": unit,
        "rows": rows,
        "late": sum(row["late"] for row in rows),
        "here": _address(here, unit) if unit else here,
        "paper": "paper" in request.GET,
        "paper_times": range(PAPER_TIMES),
        "printed": moment(now),
    }


def _address(here, unit):
    return f"{here}?{urlencode({'unit': unit.pk})}"


def _units(user):
    """The units of the places where somebody looks after people."""
    rows = Unit.objects.filter(facility__in=user.places_as(WATCHES))
    return list(rows.select_related("facility").order_by("facility__name", "name"))


def _rows(request, unit, now):
    """One line a person: those in the beds of the unit, then those of the place who are watched and have no bed."""
    stays = list(
        BedStay.objects.visible_to(request.user, WATCHES)
        .open()
        .filter(bed__unit=unit)
        .select_related("patient", "bed", "placement")
        .order_by("bed__label", "pk")
    )
    lie = {stay.placement.episode_id: stay for stay in stays}
    # One look into the index of rounds for each order, however many rounds there are.
    newest = RoundEntry.objects.right().filter(order=OuterRef("pk")).order_by("-observed_at").values("pk")[:1]
    elsewhere = BedStay.objects.open().filter(patient=OuterRef("patient"))
    orders = list(
        RoundOrder.objects.visible_to(request.user, WATCHES)
        .open()
        .annotate(in_bed=Exists(elsewhere), last_entry=Subquery(newest))
        .filter(Q(episode__in=lie) | Q(in_bed=False, facility=unit.facility_id))
        .select_related("patient", "duty", "facility")
        .order_by("patient__preferred_name", "pk")
    )
    ordered = {order.episode_id: order for order in orders}
    threads = [*lie, *(key for key in ordered if key not in lie)]
    last, states = _last(orders), _states(threads)
    people = {key: lie[key].patient if key in lie else ordered[key].patient for key in threads}
    readings = readings_of([person.pk for person in people.values()])
    trends = Checklist.objects.current("vital-trends").items if readings else []
    nurse = bool(roles(request) & NURSES)
    return [
        _row(
            request,
            now,
            unit=unit,
            episode=key,
            patient=people[key],
            stay=lie.get(key),
            order=ordered.get(key),
            last=last.get(key),
            state=states[key],
            readings=readings.get(people[key].pk, {}),
            trends=trends,
            may_order=nurse,
        )
        for key in threads
    ]


def _last(orders):
    """The newest round of each that was not struck: {episode: entry}."""
    found = RoundEntry.objects.in_bulk([order.last_entry for order in orders if order.last_entry])
    return {order.episode_id: found[order.last_entry] for order in orders if order.last_entry}


def _states(threads):
    """What else is true of each thread: away, being looked for, an emergency."""
    of_it = {"episode": OuterRef("pk")}
    rows = Episode.objects.filter(pk__in=threads).values_list(
        "pk",
        Exists(Absence.objects.open().filter(**of_it)),
        Exists(Departure.objects.open().filter(**of_it)),
        Exists(EmergencyWarning.objects.open().filter(**of_it)),
    )
    return {key: {"away": away, "missing": missing, "emergency": warned} for key, away, missing, warned in rows}


def _row(request, now, *, unit, episode, patient, stay, order, last, state, readings, trends, may_order):
    """One person."""
    rests = state["away"] or state["missing"] or (order is not None and order.duty.suspended_at is not None)
    is_open = order is not None and str(order.pk) == request.GET.get("open")
    lost = last is not None and last.where == Seen.NOT_FOUND and not state["missing"]
    newest = [f"{title.lower()} {readings[code][-1][1]:g}" for code, title in VITALS.items() if code in readings]
    return {
        "episode": episode,
        "patient": patient,
        "bed": stay.bed.label if stay else "",
        "order": order,
        "clock": "" if order is None or rests else clock(order.duty.due_at, now),
        "late": order is not None and not rests and order.duty.due_at < now,
        "rests": rests,
        "last": last,
        "last_at": moment(last.observed_at) if last else "",
        "lost": lost,
        "last_seen": f"Not where they should be at {timezone.localtime(last.observed_at):%H:%M}." if lost else "",
        **state,
        "vitals": ", ".join(newest),
        "trends": [sentence for _, sentence in moves(readings, trends, now)],
        "may_order": may_order,
        "is_open": is_open,
        "open_url": f"{_address(reverse('admin:round_sheet'), unit)}&open={order.pk}#p-{episode}" if order else "",
        "form": _form() if is_open else None,
    }


def _form():
    """What may be chosen, as large targets; nothing is chosen beforehand, and nothing says that all is fine."""
    return {
        "key": uuid4(),
        "choices": [
            ("where", "Where", "radio", Seen.choices, True),
            ("state", "Awake?", "radio", State.choices, False),
            ("breathing", "Breathing", "radio", BreathingSeen.choices, False),
            ("behavior", "What did they do?", "checkbox", Behavior.choices, False),
            ("distress", "Distress", "radio", Distress.choices, False),
        ],
    }
