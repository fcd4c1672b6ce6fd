"""Finding people by name, record number, birth date or phone, among those one may see."""

import re
from datetime import date, datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, Greatest, Length

from .access import PatientRows
from .people import Patient

SHORTEST = 3  # letters or digits of a search
ALIKE = 0.5  # how much of one name is in the other, for two people born the same day
PHONE = 7  # digits of a number that is somebody's own
MOST = 20  # people in an answer
LOOK_AT = 300  # of everybody, before asking only about those one may see
WIDE = "\u2e80"  # from here on one character is a syllable or a word, and counts for two
BIRTH_DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%m/%d/%Y", "%m-%d-%Y", "%d/%m/%Y", "%d.%m.%Y", "%m%d%Y",
    "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y",
)  # fmt: skip


class Folded(models.Func):
    """A text as it is searched: small letters, no accents, no marks of width zero, one space between words."""

    function = "search_folded"
    output_field = models.TextField()


class Alike(models.Func):
    """How much of a text is in a name, letter by letter: 0 to 1."""

    function = "word_similarity"
    output_field = models.FloatField()


def says_enough(term):
    """At least three letters or digits; two letters would find everybody."""
    return sum(2 if character >= WIDE else 1 for character in term if character.isalnum()) >= SHORTEST


def birth_dates(term):
    """The days a text may mean: 3/4/1990 is March 4 and, to some, April 3."""
    text, found = re.sub(r"[,\s]+", " ", term.strip()), set()
    for form in BIRTH_DATES:
        try:
            found.add(datetime.strptime(text, form).date())
        except ValueError:
            continue
    return {day for day in found if day >= date(1900, 1, 1)}


def digits_of(text):
    """The digits of a phone number, without a leading zero or the North American 1."""
    digits = re.sub(r"\D", "", text).lstrip("0")
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


class SearchEntries(PatientRows):
    """What people are found by."""

    def named(self, term):
        """Every word of the text is part of a name."""
        every = Q()
        for word in words_of(term):
            every &= Q(names__contains=Folded(Value(word)))
        return self.filter(every)

    def alike(self, term):
        """Every word of the text is like one of a name, and likest first: for names spelled as they were heard."""
        likeness = sum((Alike(Folded(Value(word)), F("names")) for word in words_of(term)), Value(0.0))
        return self.filter(pk__in=RawSQL("SELECT search_alike(search_folded(%s))", [term])).order_by(
            likeness.desc(), Length("names"), "pk"
        )

    def exact(self, term):
        """As typed: names that begin with it, then words that do, the shortest first."""
        folded = Folded(Value(term))
        place = Case(
            When(names__startswith=Concat(Value(" "), folded), then=0),
            When(names__contains=Concat(Value(" "), folded), then=1),
            default=2,
        )
        return self.named(term).order_by(place, Length("names"), "pk")

    def sought(self, term):
        """Keys of the survivors among these, best first: as typed, then written a little differently."""
        days, digits = birth_dates(term), re.sub(r"[\s()+./-]", "", term)
        ways = [lambda rows: rows.filter(born__in=days).order_by("names", "pk")] if days else []
        if digits.isascii() and digits.isdigit():
            digits = digits_of(digits)
            ways.append(lambda rows: rows.filter(reach__contains=f" n{digits} "))
            if len(digits) >= SHORTEST:
                ways.append(lambda rows: rows.filter(reach__contains=f"{digits} "))
                ways.append(lambda rows: rows.filter(reach__contains=digits))
        elif not days:
            ways = [lambda rows: rows.exact(term), lambda rows: rows.alike(term)]
        found = next((seen for way in ways if (seen := self._seen(way))), [])
        return list(dict.fromkeys(found))[:MOST]

    def _seen(self, way):
        """Those of a way whom these rows hold: the best of everybody first, since few are seldom all."""
        best = list(survivors(way(SearchEntry.objects.all()))[:LOOK_AT])
        here = set(self.filter(pk__in=[key for key, _ in best]).values_list("pk", flat=True)) if best else ()
        found = [survivor for key, survivor in best if key in here]
        if len(found) < MOST and len(best) == LOOK_AT:
            found = [survivor for _, survivor in survivors(way(self))[: 2 * MOST]]
        return found

    def same_as(self, *, preferred_name, legal_name="", birth_date=None, phone="", email="", **_):
        """Keys of those who may be this person: born the same day under a like name, or reached alike."""
        names = [Folded(Value(name)) for name in (preferred_name, *filter(None, [legal_name]))]
        digits, address = digits_of(phone), email.strip().lower()
        found = Q(pk__in=[])
        if birth_date:
            found |= Q(born=birth_date, likeness__gte=ALIKE)
        if len(digits) >= PHONE:
            found |= Q(reach__contains=f"{digits} ")
        if address:
            found |= Q(reach__contains=f" {address} ")
        likeness = [Alike(name, F("names")) for name in names]
        rows = self.annotate(likeness=Greatest(*likeness) if len(likeness) > 1 else likeness[0])
        rows = rows.filter(found, patient__entered_in_error_at=None)
        survivor = Coalesce("patient__merged_into", "patient")
        found = rows.annotate(survivor=survivor).order_by("-likeness", "pk").values_list("survivor", flat=True)
        return list(dict.fromkeys(found[:MOST]))


def survivors(rows):
    """(key, key of the survivor) of each."""
    return rows.values_list("pk", Coalesce("patient__merged_into", "patient"))


def words_of(term):
    """The words of a text, eight at most."""
    return [word for word in re.split(r"[^\w]+", term) if word][:8] or [term]


def best_first(rows, found):
    """Those of these people whose keys were found, in that order."""
    places = [When(pk=key, then=place) for place, key in enumerate(found)]
    return rows.filter(pk__in=found).order_by(Case(*places, default=len(found)), "pk")


class SearchEntry(models.Model):
    """What one record is found by, kept by the database's triggers alone."""

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, primary_key=True, related_name="search")
    names = models.TextField(help_text="preferred and legal name, folded")
    reach = models.TextField(help_text="record number after an n, digits of phones, email addresses, between spaces")
    born = models.DateField(null=True)

    objects = SearchEntries.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["names"], opclasses=["gin_trgm_ops"], name="people_by_name"),
            GinIndex(fields=["reach"], opclasses=["gin_trgm_ops"], name="people_by_reach"),
            models.Index(fields=["born"], name="people_by_birth_date"),
        ]

    def __str__(self):
        return str(self.patient_id)
