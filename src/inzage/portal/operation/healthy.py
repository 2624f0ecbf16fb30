"""Whether this process can do its work, for what spreads requests over processes: yes or no, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from inzage.view_rights.models import ViewRight


@login_not_required
@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """200 where the register can be asked, 503 where it can't. Nobody has to sign in for it."""
    try:
        ViewRight.objects.order_by("pk").values_list("pk", flat=True).first()
    except (DatabaseError, OSError):
        return HttpResponse("not ok\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
