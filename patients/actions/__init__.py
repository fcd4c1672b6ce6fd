"""The person and their thread, one file a noun."""

from .allergies import amend_allergy, record_allergy, record_no_known_allergies, rule_out
from .circumstances import record_circumstances
from .conditions import (
    amend_condition,
    assess_criteria,
    make_principal,
    reactivate,
    record_condition,
    remit,
    resolve_condition,
)
from .contacts import add_contact_point, amend_contact_point, consent, keep_quiet, mark_broken, revoke, verify
from .documents import add_document, amend_document, withdraw_consent
from .episodes import begin_episode
from .errors import is_right, mark_error
from .needs import at_stage, needs
from .people import amend, correct_birth_date, merge, record_pregnancy, record_weight, register
from .supporters import (
    add_supporter,
    allow_contact,
    amend_supporter,
    forbid_contact,
    permit,
    withdraw_permission,
)
from .uses import record_use, record_uses, screen_use

__all__ = [
    "add_contact_point",
    "add_document",
    "add_supporter",
    "allow_contact",
    "amend",
    "amend_allergy",
    "amend_condition",
    "amend_contact_point",
    "amend_document",
    "amend_supporter",
    "assess_criteria",
    "at_stage",
    "begin_episode",
    "consent",
    "correct_birth_date",
    "forbid_contact",
    "is_right",
    "keep_quiet",
    "make_principal",
    "mark_broken",
    "mark_error",
    "merge",
    "needs",
    "permit",
    "reactivate",
    "record_allergy",
    "record_circumstances",
    "record_condition",
    "record_no_known_allergies",
    "record_pregnancy",
    "record_use",
    "record_uses",
    "record_weight",
    "register",
    "remit",
    "resolve_condition",
    "revoke",
    "rule_out",
    "screen_use",
    "verify",
    "withdraw_consent",
    "withdraw_permission",
]
