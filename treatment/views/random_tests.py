"""Random tests: the rule, and what is owed today. The day drawn ahead has no address."""

from accounts.models import Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import random_tests
from ..models import RandomSchedule, RandomTest
from ..serializers import BeginRandomTestsInput, RandomScheduleSerializer, RandomTestSerializer

RULES = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})
SAYS = RULES | {Role.TECHNICIAN, Role.AFTERCARE}


class RandomScheduleFilters(Filters):
    """Not ended?"""

    open = unset("ended_at")

    class Meta:
        model = RandomSchedule
        fields = ["patient", "facility", "episode"]


class RandomSchedules(Reads):
    """By which rule people are tested; never when next."""

    model = RandomSchedule
    serializer_class = RandomScheduleSerializer
    filterset_class = RandomScheduleFilters
    told = (
        Told("tests", "random tests began", "{note}", at="began_at", by="began_by"),
        Told("tests", "random tests ended", "{end_reason}", at="ended_at", by="ended_by"),
    )


class RandomTestFilters(Filters):
    """Owed now?"""

    open = unset("closed_at")

    class Meta:
        model = RandomTest
        fields = ["patient", "facility", "episode", "schedule", "outcome", "on"]


class RandomTests(Reads):
    """Tests that chance wants today, and what came of earlier ones."""

    model = RandomTest
    serializer_class = RandomTestSerializer
    filterset_class = RandomTestFilters
    told = (Told("tests", "random test: {outcome}", "{reason}", at="closed_at", by="closed_by"),)


class BeginRandomTests(Verb):
    """treatment.actions.random_tests.begin_random_tests"""

    noun, answer = Episode, RandomSchedule
    name, label = "begin-random-tests", "Begin random tests"
    description = "So many a week or month, on days that nobody can foresee: staff learn of each on its morning."
    allowed_roles = RULES
    serializer_class = BeginRandomTestsInput
    needs = random_tests.begin_random_tests.needs

    def act(self, row, data, by):
        """Begin."""
        return random_tests.begin_random_tests(row, **data, by=by)


class PauseRandomTests(Verb):
    """treatment.actions.random_tests.pause"""

    noun = RandomSchedule
    name, label = "pause", "Pause"
    description = "Nobody is tested until they go on; a test owed today is excused."
    allowed_roles = RULES
    serializer_class = ReasonInput
    needs = random_tests.pause.needs

    def act(self, row, data, by):
        """Pause."""
        return random_tests.pause(row, **data, by=by)


class ResumeRandomTests(Verb):
    """treatment.actions.random_tests.resume"""

    noun = RandomSchedule
    name, label = "resume", "Go on"
    description = "They go on, with a day drawn anew."
    allowed_roles = RULES
    needs = random_tests.resume.needs

    def act(self, row, data, by):
        """Resume."""
        return random_tests.resume(row, **data, by=by)


class EndRandomTests(Verb):
    """treatment.actions.random_tests.end"""

    noun = RandomSchedule
    name, label = "end", "End"
    description = "No more random tests by this rule."
    allowed_roles = RULES
    serializer_class = ReasonInput
    needs = random_tests.end.needs

    def act(self, row, data, by):
        """End."""
        return random_tests.end(row, **data, by=by)


class ExcuseRandomTest(Verb):
    """treatment.actions.random_tests.excuse"""

    noun = RandomTest
    name, label = "excuse", "Excuse"
    description = "It is not asked for today, for a reason you stand for."
    allowed_roles = RULES
    serializer_class = ReasonInput
    needs = random_tests.excuse.needs

    def act(self, row, data, by):
        """Excuse."""
        return random_tests.excuse(row, **data, by=by)


class MissRandomTest(Verb):
    """treatment.actions.random_tests.miss"""

    noun = RandomTest
    name, label = "miss", "Not collected"
    description = "It was not collected. That says nothing about use, and costs nothing."
    allowed_roles = SAYS
    serializer_class = ReasonInput
    needs = random_tests.miss.needs

    def act(self, row, data, by):
        """Miss."""
        return random_tests.miss(row, **data, by=by)


MarkRandomScheduleError = mark_error(RandomSchedule, random_tests.mark_error)
