"""What came of an instrument over time, wherever its answers are kept: each number with its band."""

from dataclasses import dataclass, field

from patients.models import CriteriaAssessment

from .assessments import Assessment
from .bladder import BladderEntry
from .instruments import Instrument, KeptAs


@dataclass
class Trend:
    """An instrument, and what its scores came to each time: [(when, row, {code: {score, says, severity}})]."""

    instrument: Instrument
    sex: str = ""
    times: list = field(default_factory=list)

    def scores(self):
        """Each score as {code, name, top, bands, points}; those that were never reckoned are left out."""
        for rule in self.instrument.scores:
            points = [
                {"at": at, "value": one["score"], "band": one["says"], "severity": one["severity"], "row": row}
                for at, row, found in self.times
                for one in [found.get(rule["code"])]
                if one is not None and one["score"] is not None
            ]
            yield {
                "code": rule["code"],
                "name": rule["name"],
                "top": self.instrument.highest(rule),
                "bands": self.instrument.bands(rule, self.sex),
                "points": points,
            }


def trend(patient, instrument):
    """What came of this instrument, in one statement."""
    found = Trend(instrument, patient.sex)
    if instrument.kept_as:
        found.times = list(KEPT[instrument.kept_as](patient, instrument))
    else:
        rows = Assessment.objects.of(patient).answered().filter(instrument__slug=instrument.slug)
        found.times = list(rows.order_by("answered_at").values_list("answered_at", "pk", "scores"))
    return found


def trends(patient):
    """What came of every instrument that was ever answered, by name; as many statements for one as for all."""
    rows = Assessment.objects.of(patient).answered().select_related("instrument").order_by("answered_at")
    found = {}
    for row in rows:
        one = found.setdefault(row.instrument.slug, Trend(row.instrument, patient.sex))
        one.instrument = max(one.instrument, row.instrument, key=lambda instrument: instrument.edition)
        one.times.append((row.answered_at, row.pk, row.scores))
    elsewhere = [trend(patient, one) for one in Instrument.objects.current().exclude(kept_as="")]
    return sorted((one for one in [*found.values(), *elsewhere] if one.times), key=lambda one: one.instrument.name)


def _bladder(patient, instrument):
    """The bladder log, told as its instrument tells it."""
    for row in BladderEntry.objects.of(patient).right().order_by("logged_at"):
        yield row.logged_at, row.pk, instrument.score(row.as_answers()).scores


def _criteria(patient, instrument):
    """Criteria of ketamine use disorder; which were met is known of all of them."""
    rows = CriteriaAssessment.objects.of(patient).right().filter(criteria_set__slug="ketamine")
    for row in rows.order_by("assessed_at"):
        met = {item["code"]: int(item["code"] in row.met) for item in instrument.items}
        yield row.assessed_at, row.pk, instrument.score(met).scores


KEPT = {KeptAs.BLADDER_LOG: _bladder, KeptAs.CRITERIA: _criteria}
