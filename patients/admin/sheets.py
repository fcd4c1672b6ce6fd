"""Lists as files that a spreadsheet opens: what the page shows, and nothing that the spreadsheet would carry out."""

from io import StringIO

from defusedcsv import csv
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

MOST = 5000  # rows of a file


def cell(value):
    """A value as text that stays text. The library knows the ASCII signs; some spreadsheets take these besides."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("＝", "＋", "－", "＠")) or text != text.lstrip() else text


def sheet(name, head, rows):
    """The file, with a byte order mark: without one Excel reads UTF-8 as something else."""
    file = StringIO("\ufeff", newline="")
    file.seek(0, 2)
    lines = csv.writer(file)
    lines.writerows([[cell(value) for value in row] for row in (head, *rows)])
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    day = f"{timezone.localdate():%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    return response


def no_sheet(request, code, sentence, back):
    """Refuse it on the page it was asked on."""
    request.refusal = code
    messages.error(request, sentence)
    return HttpResponseRedirect(back)


def too_long(request, back):
    """Refuse what would be cut off."""
    sentence = f"A file has at most {MOST:,} rows, and nothing is left out of one. Filter the list first."
    return no_sheet(request, "too_many_rows", sentence, back)


def wall_time(moment):
    """To the minute, on the clock that the page is on; a spreadsheet reads no zone."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
