"""Loaded by Schemathesis: what it may not know about valid requests that are refused."""

import json

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

# Whether a moment has passed, a row is there and theirs, how large a decimal in a text is: no schema can say.
UNSAYABLE = {"in_the_future", "out_of_range", "does_not_exist", "zone_unknown", "blank"}
UNSAYABLE |= {"max_value", "min_value", "null_characters_not_allowed", "surrogate_characters_not_allowed"}
# The row has changed since it was seen; the key was used for something else.
CONDITIONS = {412, 422}


@schemathesis.check
def valid_data_is_accepted(ctx, response, case):
    """What the description allows is taken, or refused for a reason that a description cannot give."""
    if response.status_code in CONDITIONS:
        return None
    if response.status_code == 400:
        fields = json.loads(response.content).get("fields") or {}
        codes = {error["code"] for errors in fields.values() for error in errors}
        if codes and codes <= UNSAYABLE:
            return None
    return positive_data_acceptance(ctx, response, case)
