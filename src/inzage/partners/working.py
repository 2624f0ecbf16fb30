"""Somebody with where he or she works: every page of a counsellor needs both, so they are read as one."""

from django.db.models import FilteredRelation, QuerySet

from inzage.partners.models import Person


def with_units(people: QuerySet[Person]) -> Person | None:
    """The one person among `people`, if any, who knows already where he or she works: a row for each membership."""
    joined = people.annotate(work=FilteredRelation("memberships"))
    whole = joined.select_related("work__unit__partner")  # type: ignore[misc]  # the stubs know no annotated relation
    rows = list(whole.order_by("work__unit__name", "work__unit__pk"))
    if not rows:
        return None
    person: Person = rows[0]
    person.works_for = [row.work for row in rows if hasattr(row, "work")]
    return person
