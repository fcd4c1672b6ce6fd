"""What can be said on the phone, as data: to the person, and to those around them."""

import json
from pathlib import Path
from uuid import uuid4

from patients.models.supporters import MayKnow

from .models import CallOutcome

DATA = Path(__file__).parent / "data"
PERSON = json.loads((DATA / "call_script.json").read_text())
SUPPORTER = json.loads((DATA / "supporter_script.json").read_text())
# What stands beside each sentence.
PARTS = {
    "opening": "When somebody answers",
    "somebody_else": "When it is somebody else",
    "asked_what_about": "When they ask what it is about",
    "it_is_them": "When it is the person",
    "worried": "When they are worried",
    "voicemail": "Voicemail",
}
OF_A_SUPPORTER = (CallOutcome.REACHED, CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.WRONG_NUMBER)


def script(words, language, **names):
    """What can be said, in the order of a call: [(when, words)]."""
    said = words.get(language, words["en"])
    return [(heading, said[part].format(**names)) for part, heading in PARTS.items() if part in said]


def around(supporters, patient, user):
    """Those around a person whom one may call, each with what they may know and what can be said."""
    caller = user.get_short_name() or str(user)
    return [
        {
            "row": one,
            "may_know": [MayKnow(what).label for what in one.may_know],
            "outcomes": [(outcome, uuid4()) for outcome in OF_A_SUPPORTER],
            "script": script(
                SUPPORTER, patient.language, caller=caller, name=patient.preferred_name, supporter=one.name
            ),
        }
        for one in supporters
    ]
