"""Which lines in Stappen naar werk an index holds apart, so that a unit's are found among all."""

from django.db.models import Q

FROM_IBIS = Q(ibis_registered_on__isnull=False)
"""Lines that come from IBIS."""
NOT_BEGUN = Q(started_on=None, closed_on=None, cancelled_on=None)
"""Lines that are asked for, with neither a start nor an end, not even one to come."""
