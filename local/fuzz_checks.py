"""Loaded by Schemathesis: what it may not know about valid requests that are refused."""

import json

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

# Whether a moment has passed, a row is there and theirs, how large a decimal in a text is: no schema can say.
UNSAYABLE = {"in_the_future", "out_of_range", "does_not_exist", "zone_unknown", "blank"}
UNSAYABLE |= {"phone_malformed", "email_malformed", "nobody", "kind_unknown", "search_too_short"}
UNSAYABLE |= {"max_value", "min_value", "null_characters_not_allowed", "surrogate_characters_not_allowed"}
# The row has changed since it was seen; the key was used for something else.
CONDITIONS = {412, 422}


@schemathesis.check
def valid_data_is_accepted(ctx, response, case):
    """What the description allows is taken, or refused for a reason that a description cannot give."""
    if response.status_code in CONDITIONS:
        return None
    if response.status_code == 400:
        problem = json.loads(response.content)
        fields = problem.get("fields") or {}
        codes = {error["code"] for errors in fields.values() for error in errors} or {problem.get("code")}
        if codes and codes <= UNSAYABLE:
            return None
    return positive_data_acceptance(ctx, response, case)


@schemathesis.check
def invalid_data_is_refused(ctx, response, case):
    """What the description forbids is refused. The key in the address is always ours, whatever was thought of it."""
    if response.status_code in CONDITIONS:
        return None
    try:
        return negative_data_rejection(ctx, response, case)
    except Failure as failure:
        if "`id` in path" in failure.message:
            return None
        raise
