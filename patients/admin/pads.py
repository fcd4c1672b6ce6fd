"""Text that is written on a page itself, and saved while it is typed (static/throughline/pads.js)."""

from uuid import uuid4

from django.urls import reverse

from ..views import VERBS
from .forms import VerbForm


class Pad:
    """The long field of a verb, or the parts it has, open on a page with what the row says now."""

    def __init__(self, request, row, verb, field, *, label, rows=14, back="", hint=""):
        verb = next(one for one in VERBS[type(row)] if one.name == verb)
        asked = verb.input(request.user)
        for other in asked.fields.keys() - {field}:  # what else the verb takes stays as it is
            del asked.fields[other]
        form = VerbForm(asked, row=row, kept={field}, auto_id=f"pad-{row.pk}-%s")
        names = [name for name in form.fields if name == field or name.startswith(f"{field}.")]
        headings = {name: words for group in form.groups for words, (name,) in group.get("lines", ())}
        for name in names:
            form.fields[name].widget.attrs["rows"] = rows if len(names) == 1 else max(3, rows // len(names))
        self.label, self.back, self.hint = label, back, hint
        self.fields = [(headings.get(name, label), form[name]) for name in names]
        self.is_parted = names != [field]
        self.key, self.version = uuid4(), row.version
        base = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        self.url = reverse(f"{base}_do", args=[row.pk, verb.name])
        self.page = reverse(f"{base}_change", args=[row.pk])


class Part:
    """The form of a verb, open in its place on a page; sent, it leads back to that place."""

    def __init__(self, request, row, name, *, kept=(), back=""):
        self.verb = next(one for one in VERBS[type(row)] if one.name == name)
        self.form = VerbForm(self.verb.input(request.user), row=row, kept=kept, auto_id="part-%s")
        for field in [*self.form.fields.values()][:1]:
            field.widget.attrs["autofocus"] = True
        self.row, self.key, self.version, self.back = row, uuid4(), row.version, back
        base = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        self.url = reverse(f"{base}_do", args=[row.pk, name])
