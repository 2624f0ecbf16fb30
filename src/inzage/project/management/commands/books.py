"""`inzage books`: the rule books there are, and those on their way."""

from hashlib import sha256
from typing import Any

from inzage.project.command import InzageCommand, today
from inzage.project.stages import stage_of
from inzage.rule_books.models import Draft
from inzage.rules.reading_books import packaged_texts, read_book


class Command(InzageCommand):
    help = "List the rule books: from which day, how each stands, the SHA-256 of its text, and its name."
    shown = "books"

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, text in sorted(packaged_texts().items()):
            starts_on = read_book(text, name=name).starts_on
            self._line(str(starts_on), "comes with Inzage", sha256(text.encode()).hexdigest(), name)
        for draft in Draft.objects.order_by("starts_on", "pk").prefetch_related("proposals__editions"):
            self._line(str(draft.starts_on), stage_of(draft, today()), draft.digest, draft.name)

    def _line(self, starts_on: str, stage: str, digest: str, name: str) -> None:
        self.stdout.write(f"{starts_on}  {digest[:12]}  {stage:<34}  {name}")
