"""Words for templates."""

from django import template

from patients import words

register = template.Library()
register.filter("clock", words.clock)
register.filter("moment", words.moment)


@register.filter
def last_part(key):
    """The end of a key: enough to tell two records apart when read aloud."""
    return str(key)[-6:].upper()
