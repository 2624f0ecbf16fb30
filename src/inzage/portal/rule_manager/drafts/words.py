"""What becomes of drafts and proposals, and what is refused, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from inzage.portal.language import Word
from inzage.rule_books.models import Act

NOT_PUBLISHED: Mapping[str, Word] = {
    "same_day": _("Op die dag begint al een ander regelboek: geef dit boek een andere eerste dag."),
    "not_tomorrow": _("Wat beslist wordt, gaat ten vroegste morgen in: die dag is te vroeg."),
    "before_its_book": _("Het boek zelf begint later: geef zijn eerste dag, of een latere."),
    "not_published": _("Het boek is niet van kracht en wordt het niet: stel eerst voor om het in te voeren."),
    "own_proposal": _("U schreef dit of stelde het voor: een collega moet het bekijken en goedkeuren."),
    "decided": _("Hierover is intussen al beslist. Er is niets gewijzigd."),
    "too_late": _("Het is bijna middernacht: te laat om voor morgen te beslissen. Kies een latere dag."),
    "migrated": _("Lopende termijnen verschuiven naar dit boek: trek dat eerst in."),
    "not_rehearsed": _(
        "Reken het ontwerp eerst door voor die dag: zo ziet u wie een recht zou verliezen, en wanneer."
    ),
    "written_otherwise": _(
        "Deze tekst is geschreven zoals het niet meer mag. Begin er een nieuw ontwerp mee: bij het bewaren leest u wat "
        "er anders moet."
    ),
    "proposed": _("Dat is al voorgesteld. Er is niets gewijzigd."),
}
"""By the code of `NotPublished`."""
ACTS: Mapping[str, Word] = {
    Act.PUBLISH: _("Het boek invoeren"),
    Act.MIGRATE: _("Lopende termijnen verschuiven naar dit boek"),
}
TAKEN_BACK: Mapping[Act, Word] = {
    Act.PUBLISH: _("Het invoeren is ingetrokken: het boek gaat niet in."),
    Act.MIGRATE: _(
        "Het verschuiven is ingetrokken: lopende termijnen houden hun regel. Aan het boek zelf verandert niets."
    ),
}
"""What a page says once a decision was taken back."""
FIGURES: Mapping[str, Word] = {
    "judged": _("Rechten bekeken"),
    "earlier": _("Eindigen vroeger"),
    "later": _("Eindigen later"),
    "gains_end": _("Krijgen een einde"),
    "loses_end": _("Verliezen hun einde"),
    "looks_refused": _("Raadplegingen van het laatste half jaar die geweigerd zouden zijn"),
}
"""What a rehearsal counts, in the order in which it is shown."""
