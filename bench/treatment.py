"""What a residential and outpatient program does all day, among the work of years: the lines of treatment."""

from datetime import timedelta

from bench import people

GROUP, GROUPS, PASSES = 12, 112, 100
PAGE = 50  # entries of a timeline


def measure(stack, compare, bare, page, size):
    """Compare each line; the ratios, by name."""
    found = {}
    counselor = people.signed_in(stack.port)[0]
    nurse = people.signed_in(stack.port, "nurse")[1]
    for name, asks, path, against in (
        ("a counselor's day", counselor, day(), bare),
        ("a timeline page of 50", counselor, f"/api/v1/patients/{long_known()}/timeline/?limit={PAGE}", bare),
    ):
        found[name] = compare(f"{name}, {size}", 3, lambda asks=asks, path=path: asks("GET", path), against)
    unit, many = fullest_unit()
    path = f"/admin/medication-pass/?unit={unit}"
    name = "a medication pass"
    found[name] = compare(f"{name} of {many}, {size}", 3, lambda: nurse("GET", path), page, PASSES)
    held = groups(GROUPS)
    stack.settle()
    signed = [lambda one=one: counselor("POST", f"/api/v1/group-sessions/{one}/sign-group/", {}) for one in held]
    name = f"signing a group note for {GROUP}"
    found[name] = compare(f"{name}, {size}", 3, signed, bare)
    return found


def day():
    """The address of what the counselor has planned for the next 24 hours."""
    user = people._counselor()
    window = f"starts_after={people.days_ago(0)}&starts_before={people.days_ago(-1)}"
    return f"/api/v1/appointments/?counselor={user.pk}&state=planned&{window}"


def long_known():
    """Somebody here with more on their timeline than a page holds."""
    from patients.models import Patient
    from patients.views.timeline import Timeline
    from treatment.models import BedStay

    for stay in people._seen(BedStay).open().order_by("began_at").select_related("patient")[:20]:
        if Timeline(Patient.objects.get(pk=stay.patient_id), people._counselor()).page(limit=PAGE)[1]:
            return stay.patient_id
    raise SystemExit("Nobody in the crowd has a timeline that long.")


def fullest_unit():
    """(the unit with most people in bed at the nurse's place, how many they are)."""
    from django.db.models import Count

    from treatment.models import BedStay

    stays = BedStay.objects.open().filter(facility=people.place()).values("bed__unit")
    row = stays.annotate(many=Count("pk")).order_by("-many", "bed__unit").first()
    return row["bed__unit"], row["many"]


def groups(many):
    """Groups of twelve that were just held, each with twelve drafts of the counselor's."""
    from django.utils import timezone

    from patients.models import Episode, Stage
    from treatment.actions import groups
    from treatment.models import Program

    now, by = timezone.now(), people._counselor()
    program = Program.objects.get(pk=people.outpatient())
    episodes = people._seen(Episode).open().filter(stage=Stage.TREATMENT, placements__program=program)
    episodes = list(episodes.filter(placements__ended_at=None).order_by("pk").distinct()[:GROUP])
    lines = [{"episode": one, "attendance": "attended", "line": "Spoke of the week."} for one in episodes]
    return [
        groups.log_group(
            program=program, kind="group", topic="Cravings", text="The group spoke of cravings.", people=lines, by=by,
            started_at=now - timedelta(hours=2 + number), ended_at=now - timedelta(hours=1 + number),
        ).pk
        for number in range(many)
    ]  # fmt: skip
