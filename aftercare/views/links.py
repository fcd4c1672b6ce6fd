"""Words, links, and answers on their way."""

from accounts.models import CARE
from patients.models import Patient
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import links
from ..models import AnswerDraft, CheckInLink, SafeWord
from ..serializers import AnswerDraftSerializer, CheckInLinkSerializer, SafeWordSerializer, WordInput


class SafeWordFilters(Filters):
    """In force?"""

    in_force = unset("dropped_at")

    class Meta:
        model = SafeWord
        fields = ["patient"]


class SafeWords(Reads):
    """Who chose a word, and so wants links."""

    model = SafeWord
    serializer_class = SafeWordSerializer
    filterset_class = SafeWordFilters
    told = (
        Told("contact", "chose a word for links", at="chosen_at", by="chosen_by"),
        Told("contact", "dropped their word for links", at="dropped_at", by="dropped_by"),
    )


class ChooseSafeWord(Verb):
    """aftercare.actions.links.choose_safe_word"""

    noun, answer = Patient, SafeWord
    name, label = "choose-safe-word", "Choose a word for links"
    description = "The person wants a link in messages, and chose the word that says on the page that it is them."
    allowed_roles = CARE
    serializer_class = WordInput

    def act(self, row, data, by):
        """Choose."""
        return links.choose_safe_word(row, **data, by=by)


class DropSafeWord(Verb):
    """aftercare.actions.links.drop_safe_word"""

    noun = SafeWord
    name, label = "drop", "Drop the word"
    description = "The person wants no links any more, or somebody knows the word; open links end at once."
    allowed_roles = CARE
    needs = links.drop_safe_word.needs

    def act(self, row, data, by):
        """Drop."""
        return links.drop_safe_word(row, **data, by=by)


class CheckInLinkFilters(Filters):
    """Still open?"""

    open = unset("ended_at")

    class Meta:
        model = CheckInLink
        fields = ["patient", "facility", "check_in", "ended_how"]


class CheckInLinks(Reads):
    """Links that were sent to people."""

    model = CheckInLink
    serializer_class = CheckInLinkSerializer
    filterset_class = CheckInLinkFilters
    told = (
        Told("contact", "opened their link", at="opened_at"),
        Told("contact", "link ended: {ended_how}", at="ended_at", by="ended_by"),
    )


class WithdrawLink(Verb):
    """aftercare.actions.links.withdraw_link"""

    noun = CheckInLink
    name, label = "withdraw", "Withdraw the link"
    description = "It went to a phone that is not theirs any more, or they ask for it. The next text brings another."
    allowed_roles = CARE
    needs = links.withdraw_link.needs

    def act(self, row, data, by):
        """Withdraw."""
        return links.withdraw_link(row, **data, by=by)


class AnswerDraftFilters(Filters):
    """Not sent in yet?"""

    open = unset("ended_at")

    class Meta:
        model = AnswerDraft
        fields = ["patient", "facility", "check_in", "ended_how"]


class AnswerDrafts(Reads):
    """Who began to answer and did not send it in yet."""

    model = AnswerDraft
    serializer_class = AnswerDraftSerializer
    filterset_class = AnswerDraftFilters
    told = ()  # the answer tells it
