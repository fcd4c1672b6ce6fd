"""What the pages of treatment share: how people are found, and filters by what has not happened yet."""

from patients.admin.records import yes_no

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


def unset(field, yes, no):
    """A filter with two answers: is this empty still, or not?"""
    return yes_no(yes.lower(), field.removesuffix("_at"), yes, no, lambda rows: rows.filter(**{field: None}))
