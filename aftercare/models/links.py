"""The page a person answers on without signing in: what opens it, and the word that says it is them."""

import re
import unicodedata
from functools import partial

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.models import Facility, by_whom
from audit.models import Record, history, together
from patients.models import Patient, PatientRows

from .check_ins import CheckIn, CheckIns

TRIES = 5  # wrong words, after which a link opens nothing any more


def plain(text):
    """What somebody wrote without what they may write differently next time: case, accents, signs, spaces."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[\W_]+", " ", bare.casefold()).split())


class SafeWords(PatientRows):
    """Safe words."""

    def in_force(self):
        """Those not dropped."""
        return self.filter(dropped_at=None)


@partial(history, exclude=["word_hash"])
class SafeWord(Record):
    """A word the person chose, and with it that they want links: it says on a page that it is them (domain 7.5).

    Not the birth date, which others know. Only a hash is kept, and no history of it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safe_words")
    hint = models.CharField(max_length=100, blank=True, help_text="shown on the page; must not give the word away")
    word_hash = models.CharField(max_length=200, editable=False)
    chosen_at = models.DateTimeField()
    chosen_by = by_whom(null=False, blank=False, help_text="who wrote it down")
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    dropped_by = by_whom(editable=False)

    objects = SafeWords.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_dropped_word_has_who", "dropped_at", "dropped_by"),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(dropped_at=None),
                name="one_safe_word_per_person",
                violation_error_code="word_chosen",
                violation_error_message="The person has a word already.",
            ),
            models.CheckConstraint(
                name="a_dropped_word_is_forgotten",
                condition=Q(dropped_at=None) & ~Q(word_hash="") | Q(dropped_at__isnull=False, word_hash=""),
                violation_error_code="word_kept",
                violation_error_message="A word in force is known by its hash; of a dropped one nothing is kept.",
            ),
        ]

    def __str__(self):
        return f"Word of {self.patient}"

    def keep(self, word):
        """Remember the word by its hash: however it is written, big or small, with accents or without."""
        self.word_hash = make_password(plain(word))

    def is_it(self, word):
        """Is this the word?"""
        return check_password(plain(word), self.word_hash)


class LinkEnd(models.TextChoices):
    """Why a link opens nothing any more."""

    SENT = "sent", "Sent in"
    LOCKED = "locked", "Wrong words"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CheckInLinks(PatientRows):
    """Links to check-ins."""

    along = ("patient", "facility", *(f"check_in__{one}" for one in CheckIns.along))

    def open(self):
        """Those not ended; whether their time is over, the row says."""
        return self.filter(ended_at=None)


@partial(history, exclude=["token_hash"])
class CheckInLink(Record):
    """The way to one check-in without signing in: once, for a time.

    The token is derived from the row's key and the system's secret, so that a text can be written when it is
    sent and nobody reads the token out of the database. What is kept is its hash.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="check_in_links", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, editable=False, help_text="wrong words so far")
    opened_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="the right word was given")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    ended_how = models.CharField(max_length=20, choices=LinkEnd, blank=True, editable=False)

    objects = CheckInLinks.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_link_end_has_who_and_how",
                condition=Q(ended_at=None, ended_by=None, ended_how="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_how=""),
                violation_error_code="half_recorded",
                violation_error_message="The end of a link records when, by whom and how.",
            ),
            models.UniqueConstraint(
                fields=["check_in"],
                condition=Q(ended_at=None),
                name="one_open_link_per_check_in",
                violation_error_code="link_open",
                violation_error_message="There is a link to this check-in already.",
            ),
            models.CheckConstraint(
                name="wrong_words_lock_a_link",
                condition=Q(tries__lt=TRIES) | Q(ended_at__isnull=False),
                violation_error_code="link_locked",
                violation_error_message="After five wrong words a link is locked.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-issued_at"], name="links_of_a_person")]

    def __str__(self):
        return f"Link to {self.check_in}"

    def token(self):
        """What the address ends in: 130 bits in letters that survive being typed from a screen."""
        digest = salted_hmac("aftercare.links", str(self.pk), algorithm="sha256").digest()
        number = int.from_bytes(digest)
        return "".join(ALPHABET[number >> 5 * place & 31] for place in range(26))

    def is_alive(self, now, grace):
        """Does it still open the page? A check-in that closed without an answer takes a late one for a while."""
        check_in = self.check_in
        if self.ended_at or self.expires_at <= now or check_in.entered_in_error_at:
            return False
        late = check_in.closed_at is not None and check_in.closed_at + grace <= now
        return not late and check_in.still_counts()


ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"  # 32, without 0 and o, 1 and l
