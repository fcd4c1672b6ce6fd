"""What cannot wait: danger of suicide, and signs of a hurt bladder."""

from django.contrib import admin
from django.urls import reverse

from patients.admin import RecordAdmin
from patients.admin.people import EpisodeAdmin
from patients.admin.records import yes_no
from patients.admin.words import at
from patients.models import Episode
from patients.views.bases import VERBS

from ..actions.safety import seen_to_harm
from ..models import BladderEntry, Danger, SuicideScreen

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


def dangers(request, episode):
    """High danger nobody has settled, with the safety plan one click away."""
    screen = episode.suicide_screens.unsettled().filter(level=Danger.HIGH).order_by("screened_at").last()
    if screen is None:
        return []
    verb = next(verb for verb in VERBS[SuicideScreen] if verb.name == "record-safety-plan")
    words = f"Danger of suicide. {screen.what_now()}"
    if not verb.allows(request.user, screen):
        return [(words, "", "")]
    return [(words, reverse("admin:treatment_suicidescreen_do", args=[screen.pk, verb.name]), verb.label)]


def self_harm(request, episode):
    """Whoever was seen to hurt themselves on a round and was not asked since, with asking one click away."""
    if not episode.duties.open().filter(once=seen_to_harm(episode)).exists():
        return []
    verb = next(verb for verb in VERBS[Episode] if verb.name == "screen-suicide")
    words = "Seen to hurt themselves, or to speak of it. Stay with the person. A nurse or prescriber comes now."
    if not verb.allows(request.user, episode):
        return [(words, "", "")]
    return [(words, reverse("admin:patients_episode_do", args=[episode.pk, verb.name]), verb.label)]


EpisodeAdmin.alarmed_by = (*EpisodeAdmin.alarmed_by, dangers, self_harm)


@admin.register(SuicideScreen)
class SuicideScreenAdmin(RecordAdmin):
    """Whether people were asked, and what the answers called for."""

    list_display = ["patient", "level", "declined", "screened", "settled", "ended"]
    list_select_related = ["patient"]
    list_filter = ["level", yes_no("waiting", "state", "Waiting", "Others", lambda rows: rows.unsettled())]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    screened, ended = at("screened_at", "Asked"), at("settled_at", "When settled")

    def alarms(self, request, row):
        """High danger, while it is not settled."""
        return dangers(request, row.episode)

    def next_verb(self, row):
        """A plan, made with the person."""
        return "record-safety-plan"


@admin.register(BladderEntry)
class BladderEntryAdmin(RecordAdmin):
    """How bladders are."""

    list_display = ["patient", "logged", "voids", "nocturia", "pain", "signs", "reviewed"]
    list_select_related = ["patient"]
    list_filter = [yes_no("to be reviewed", "state", "To be reviewed", "Others", lambda rows: rows.unreviewed())]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    logged, reviewed = at("logged_at", "Logged"), at("reviewed_at", "Reviewed")

    @admin.display(description="Cannot wait")
    def signs(self, row):
        """In words."""
        return ", ".join(row.red_flags)

    def next_verb(self, row):
        """Looking."""
        return "review"
