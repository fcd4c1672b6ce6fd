"""Is somebody there now? Nobody is known to be, as long as there is no rota."""

import json
from dataclasses import dataclass
from pathlib import Path

NUMBERS = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text())


@dataclass(frozen=True)
class Presence:
    live: bool
    until: object
    back_at: object
    sentence_en: str
    sentence_es: str
    numbers: list

    def sentence(self, language):
        return self.sentence_es if language == "es" else self.sentence_en


def numbers_of(facility):
    return NUMBERS["countries"].get(getattr(facility, "country", "US"), NUMBERS["countries"][""])


def who_is_there(facility, at):
    said = NUMBERS["sentences"]["nobody_known"]
    return Presence(False, None, None, said["en"], said["es"], numbers_of(facility))
