"""A verb's serializer as a form for people: shown from its fields, read back as what the API takes."""

from datetime import datetime

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import NOT_PROVIDED
from django.utils import timezone
from rest_framework import serializers
from unfold import widgets

from ..models import Episode, Patient

BLANK_ROWS = 3
WIDEST = 12  # columns of a table; lines of more are shown one below the other
LABELS = {
    "occurred_at": "When it happened",
    "facility": "Place",
    "patient": "Somebody known",
    "person": "Somebody new",
    "zone": "Time zone",
    "systolic": "Systolic pressure",
    "at": "When",
    "given": "What else they said",
    "co_use": "Everything they use",
    "checklist_answers": "Checklist",
    "ketamine_days": "Days of ketamine",
    "wants_call": "Wants a call",
    "may_contact_again": "May we contact them again?",
    "contact_how": "How to contact them",
    "reassessment": "A new look at the level of care",
}
# Where the sentence in the description of the API speaks of keys, which nobody types in a form.
HELP = {
    "given": "Leave out what was not asked.",
    "co_use": "",
    "checklist_answers": "",
    "values": "",
    "results": "",
    "people": "Leave out whoever does not belong here.",
}
ITEMS = {"people": "Person"}
# What only the apps further along know, each a function of the row: the keys of a field that are data, what may
# be chosen in a field that takes a name, and how rows of a model are offered, which is told those rows first. All
# return [(key, words)]; keys of plain answers add what may be answered: [(key, words, [(value, words)])].
KEYS, CHOICES, OFFERS = {}, {}, {}
EMPTY = (None, "", [])


class PersonSelect(AutocompleteSelect):
    """Finds a person by name, number, birth date or phone among those the user may see."""

    def __init__(self):
        super().__init__(
            Episode._meta.get_field("patient"),
            admin.site,
            attrs={"data-placeholder": "Name, number, birth date or phone"},
        )

    def build_attrs(self, base_attrs, extra_attrs=None):
        """In the theme's own dress, and with its words, which Django takes away: they are what it is called by."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "class": "unfold-admin-autocomplete admin-autocomplete", **base_attrs}

    @property
    def media(self):
        """The theme's own scripts."""
        return forms.Media(
            js=widgets.UnfoldAdminSelect2Widget.Media.js, css=widgets.UnfoldAdminSelect2Widget.Media.css
        )


class VerbForm(forms.Form):
    """The fields of a serializer, named by their path; what they may hold is the serializer's business alone."""

    required_css_class = "required"

    def __init__(
        self, serializer, *, row=None, kept=(), data=None, files=None, zone_name="", auto_id="id_%s", begun=None
    ):
        super().__init__(data, files, auto_id=auto_id, use_required_attribute=False)
        self.serializer, self.row, self.kept, self.zone_name = serializer, row, kept, zone_name
        self.begun = begun or {}  # what the address says already: an outcome that was chosen on the page before
        self.groups = []
        self.branch = self._branch(serializer, "", optional=False)
        self.groups.insert(0, {"legend": "", "names": self.branch.own()})
        for group in self.groups:
            group["fields"] = [self[name] for name in group.get("names", ())]
            group["rows"] = [(words, [self[name] for name in names]) for words, names in group.get("lines", ())]
            group["table"] = len(group.get("heads", ())) <= WIDEST

    def full_clean(self):
        """Nothing is refused here; errors come from the serializer and the verb."""
        self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}

    def content(self):
        """What was typed, as the API would have been sent it."""
        return self.branch.content() or {}

    def blame(self, errors, path=""):
        """Put each of the serializer's complaints beside its field, or at the top when it has none."""
        if isinstance(errors, dict):
            for key, below in errors.items():
                step = "" if key == "non_field_errors" else str(key)
                self.blame(below, ".".join(filter(None, [path, step])))
            return
        for position, below in enumerate(errors):
            if isinstance(below, (dict, list)):
                self.blame(below, f"{path}.{position}")
                continue
            name = self.branch.shown(path)
            if name in self.fields:
                self.add_error(name, str(below))
            else:
                said = f"{path.replace('_', ' ').capitalize()}: {below}" if path else str(below)
                self.add_error(None, said)

    def _branch(self, serializer, path, optional=True):
        """The members of one object."""
        members = {}
        for name, field in serializer.fields.items():
            if not field.read_only and not isinstance(field, (serializers.HiddenField, serializers.UUIDField)):
                members[name] = self._member(field, name, f"{path}.{name}" if path else name, optional)
        return Branch(members)

    def _member(self, field, name, path, optional):
        if isinstance(field, serializers.ListSerializer):
            return self._lines(field, name, path)
        if isinstance(field, serializers.BaseSerializer):
            inner = self._branch(field, path)
            self._group(field, name, names=inner.own())
            return inner
        if name in KEYS:
            return self._keyed(field, name, path)
        return self._leaf(field, name, path, optional)

    def _lines(self, field, name, path):
        """A list of objects, as a few lines to fill in."""
        lines = [
            self._branch(field.child, f"{path}.{number}") for number in range(field.style.get("lines", BLANK_ROWS))
        ]
        heads = [self.fields[head].label for head in lines[0].own()]
        words = [
            f"{_words(field, name)}, {number}" if len(heads) > WIDEST else "" for number in range(1, len(lines) + 1)
        ]
        self._group(field, name, heads=heads, lines=list(zip(words, (line.own() for line in lines), strict=True)))
        return Lines(lines)

    def _keyed(self, field, name, path):
        """One line a key, such as an item of a checklist."""
        lines = KEYS[name](self.row)
        words = {key: said for key, said, *_ in lines}
        if not isinstance(field.child, serializers.BaseSerializer):
            return self._answered(field, name, path, lines)
        members = {key: self._branch(field.child, f"{path}.{key}") for key in words}
        first = next(iter(members.values()), Branch({}))
        heads = [ITEMS.get(name, "Item"), *(self.fields[head].label for head in first.own())]
        self._group(field, name, heads=heads, lines=[(words[key], line.own()) for key, line in members.items()])
        return Branch(members)

    def _answered(self, field, name, path, lines):
        """One input a key; a choice where the data says what may be answered."""
        members = {key: self._leaf(field.child, key, f"{path}.{key}", optional=True) for key, *_ in lines}
        for key, _, choices in lines:
            if choices:
                widget = widgets.UnfoldAdminSelectWidget()
                made = forms.ChoiceField(choices=[("", "Not answered"), *choices], widget=widget, required=False)
                made.label, made.initial = self.fields[members[key].path].label, None
                self.fields[members[key].path] = made
        rows = [(words, members[key].own()) for key, words, _ in lines]
        self._group(field, name, heads=["Item", "Answer"], lines=rows)
        for leaf in members.values():
            leaf.whole = name in self.kept
        return Branch(members, whole=name in self.kept)

    def _group(self, field, name, **more):
        """A part of the form with a heading: a table when it has lines."""
        part = {"legend": _words(field, name), "help": HELP.get(name, field.help_text or "")}
        self.groups.append({**part, **more})

    def _leaf(self, field, name, path, optional):
        made = self._field(field)
        made.label, made.help_text = _words(field, name), field.help_text or ""
        if isinstance(field, serializers.DateTimeField) and self.zone_name:
            made.label = f"{made.label} ({self.zone_name})"
        made.required = field.required and not optional and not isinstance(field, serializers.BooleanField)
        made.initial = self._initial(field, name, path)
        self.fields[path] = made
        return Leaf(self, path, field)

    def _initial(self, field, name, path):
        """What the row says now, in fields the verb corrects; else what was begun, or the model's default."""
        if path == name and name in self.kept:
            value = getattr(self.row, field.source)
            return getattr(value, "pk", value)
        whole, _, key = path.partition(".")
        if key and whole in self.kept:
            return getattr(self.row, whole).get(key)
        if path in self.begun:
            return self.begun[path]
        model = getattr(getattr(field.parent, "Meta", None), "model", None)
        if model is None or field.source not in {f.name for f in model._meta.concrete_fields}:
            return None if field.default is serializers.empty else field.default
        default = model._meta.get_field(field.source).default
        return None if default is NOT_PROVIDED or callable(default) else default

    def _field(self, field):
        """The input that fits."""
        many = isinstance(field, (serializers.MultipleChoiceField, serializers.ListField))
        choices = getattr(field.child if isinstance(field, serializers.ListField) else field, "choices", None)
        offered = CHOICES[field.field_name](self.row) if field.field_name in CHOICES else None
        choices = choices if offered is None else dict(offered)
        if many and choices is not None:
            return forms.MultipleChoiceField(
                choices=list(choices.items()), widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget()
            )
        if offered is None and isinstance(field, serializers.RelatedField):
            return self._related(field)
        if choices is not None:
            return forms.ChoiceField(
                choices=[("", "Choose"), *choices.items()], widget=widgets.UnfoldAdminSelectWidget()
            )
        if isinstance(field, serializers.BooleanField):
            if field.allow_null:
                options = [("", "Not asked"), ("true", "Yes"), ("false", "No")]
                return forms.ChoiceField(choices=options, widget=widgets.UnfoldAdminSelectWidget())
            return forms.BooleanField(widget=widgets.UnfoldBooleanWidget())
        if isinstance(field, serializers.DateTimeField):
            return forms.CharField(widget=Moment())
        if isinstance(field, serializers.DateField):
            return forms.CharField(widget=_input("date"))
        if isinstance(field, serializers.TimeField):
            return forms.CharField(widget=_input("time"))
        if isinstance(field, (serializers.IntegerField, serializers.FloatField, serializers.DecimalField)):
            step = "1" if isinstance(field, serializers.IntegerField) else "any"
            return forms.CharField(widget=_input("number", step=step, min=field.min_value, max=field.max_value))
        if isinstance(field, serializers.FileField):
            return forms.FileField(widget=forms.FileInput())
        if isinstance(field, serializers.EmailField):
            return forms.CharField(widget=_input("email"))
        if self._is_long(field):
            return forms.CharField(widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 6}))
        return forms.CharField(widget=_input("text", maxlength=getattr(field, "max_length", None)))

    def _is_long(self, field):
        longest = getattr(field, "max_length", None)
        return field.style.get("base_template") == "textarea.html" or (longest or 0) > 1000

    def _related(self, field):
        rows = field.get_queryset()
        if rows.model is Patient:
            widget = PersonSelect()
            widget.is_required = field.required
            return forms.ModelChoiceField(rows, widget=widget)
        if rows.model in OFFERS:
            choices = OFFERS[rows.model](rows, self.row)
        else:
            choices = [(field.to_representation(row), str(row)) for row in rows.select_related(*_keys(rows.model))]
        if field.required and len(choices) == 1:
            return forms.ChoiceField(choices=choices, widget=widgets.UnfoldAdminSelectWidget())
        return forms.ChoiceField(choices=[("", "Choose"), *choices], widget=widgets.UnfoldAdminSelectWidget())


def _keys(model, deep=2):
    """The keys that are always filled, so far along: what a row is called by. Every key there is were too many."""
    for field in model._meta.fields:
        if deep and field.many_to_one and not field.null:
            yield field.name
            yield from (f"{field.name}__{name}" for name in _keys(field.related_model, deep - 1))


class Moment(forms.DateTimeInput):
    """A local wall time; read back with its offset."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(attrs={"class": " ".join(widgets.INPUT_CLASSES)}, format="%Y-%m-%dT%H:%M")

    def format_value(self, value):
        """An instant as the wall time here; what was typed stays as it is."""
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value


def _input(kind, **attrs):
    attrs = {key: value for key, value in attrs.items() if value is not None}
    widget = widgets.UnfoldAdminTextInputWidget(attrs=attrs)
    widget.input_type = kind
    return widget


def _words(field, name):
    if name in LABELS:
        return LABELS[name]
    words = str(field.label or name.replace("_", " "))
    return words.removesuffix(" at").removesuffix(" on").capitalize()


class Leaf:
    """One input."""

    whole = False  # of a text in parts: what is on the page is what is sent, whatever the row says by now

    def __init__(self, form, path, field):
        self.form, self.path, self.field = form, path, field

    def own(self):
        """Its name."""
        return [self.path]

    def shown(self, path):
        """The form's name of what the serializer calls this."""
        return self.path

    def is_untouched(self):
        """Nothing was typed here."""
        bound = self.form[self.path]
        value, initial = bound.data, bound.initial
        if isinstance(self.field, serializers.BooleanField) and not self.field.allow_null:
            return bool(value) == bool(initial)
        return value in EMPTY or str(value) == str(initial)

    def content(self):
        """What was typed, or `empty` when it is best left out."""
        value, field = self.form[self.path].data, self.field
        if self.whole:
            return serializers.empty if value is None else value
        if isinstance(field, serializers.BooleanField):
            nothing = None if field.allow_null else False
            return {"true": True, "false": False, "": None, None: nothing}.get(value, bool(value))
        if isinstance(field, (serializers.ListField, serializers.MultipleChoiceField)):
            return value or []
        if value not in EMPTY:
            return _with_offset(value) if isinstance(field, serializers.DateTimeField) else value
        if self.form[self.path].initial in EMPTY:
            return serializers.empty
        if getattr(field, "allow_blank", False):  # something was there and is taken back
            return ""
        return None if field.allow_null else serializers.empty


class Branch:
    """An object: its members by name."""

    def __init__(self, members, whole=False):
        self.members, self.whole = members, whole

    def own(self):
        """The names of its own inputs, not those of objects below it."""
        return [name for member in self.members.values() if isinstance(member, Leaf) for name in member.own()]

    def shown(self, path):
        """The form's name of what the serializer calls this."""
        first, _, rest = path.partition(".")
        member = self.members.get(first)
        return member.shown(rest) if member else ""

    def is_untouched(self):
        """Nothing was typed in any member."""
        return not self.whole and all(member.is_untouched() for member in self.members.values())

    def content(self):
        """The members that were filled in."""
        found = {}
        for name, member in self.members.items():
            if isinstance(member, (Branch, Lines)) and member.is_untouched():
                continue
            value = member.content()
            if value is not serializers.empty:
                found[name] = value
        return found


class Lines:
    """A list of objects: lines left empty are not there."""

    def __init__(self, lines):
        self.lines = lines

    def _filled(self):
        return [line for line in self.lines if not line.is_untouched()]

    def shown(self, path):
        """The form's name of what the serializer calls this: its lines are numbered without the empty ones."""
        first, _, rest = path.partition(".")
        filled = self._filled()
        return filled[int(first)].shown(rest) if first.isdigit() and int(first) < len(filled) else ""

    def is_untouched(self):
        """Every line is empty."""
        return not self._filled()

    def content(self):
        """The lines that were filled in."""
        return [line.content() for line in self._filled()]


def _with_offset(text):
    """A wall time typed here as an instant; anything else is left for the serializer to refuse."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (timezone.make_aware(value) if timezone.is_naive(value) else value).isoformat()
