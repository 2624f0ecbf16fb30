"""What the log had of something from its first day on, so that a year costs what a day does."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Sum, Value
from django.db.models.functions import Coalesce

from inzage.oversight.counted import SO_FAR, Counted
from inzage.oversight.models import Figure

BEFORE_ALL = Value(date.min)


def so_far(names: Iterable[Counted], *, until: date) -> dict[Counted, Counter[str]]:
    """How much there was of each of these from the log's first day up to and including that one, by its parts.

    As it was kept last; with the days since, where their figures were counted without it.
    """
    kept = {SO_FAR[name]: name for name in names if name in SO_FAR}
    marks = Figure.objects.filter(name=Counted.LINES_SO_FAR, about="", day__lte=until)
    last = marks.order_by("-day").values("day")[:1]
    found = {name: Counter[str]() for name in kept.values()}
    parts = Figure.objects.exclude(about="")
    for name, about, number in parts.filter(name__in=list(kept), day=last).values_list(
        "name", "about", "number"
    ):
        found[kept[Counted(name)]][about] += number
    since = parts.filter(name__in=list(found), day__gt=Coalesce(last, BEFORE_ALL), day__lte=until)
    for name, about, number in since.order_by().values_list("name", "about").annotate(sum=Sum("number")):
        found[Counted(name)][about] += number
    return found
