"""Names for people who do not exist: lists of our own, mixed as in a city of today.

Given and family name come from the same list more often than not, as families go; one in eight is mixed further.
"""

from typing import NamedTuple

from inzage.region.dice import Dice, Weighted

MIXED_SHARE = 0.125


class Names(NamedTuple):
    """Names that are often found together."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _names(women: str, men: str, families: str) -> Names:
    return Names(tuple(women.split()), tuple(men.split()), tuple(families.split(", ")))


_WEIGHTS = {
    _names(
        "Lotte Nele Ilse Sofie Katrien Marleen Hilde Tine Jolien Eline Griet Veerle Femke Anke Lies Charlotte",
        "Wout Jeroen Stijn Bram Koen Filip Tom Pieter Dirk Luc Joris Sander Maarten Kobe Wannes Geert",
        "Vanderwilg, De Lisdodde, Van Roggeveld, Elzenaar, Kweepeer, Hooimeers, Van den Berkenhof, De Zonnebeke, "
        "Korenbloem, Wolvenkruid, Van Veldmuur, De Waterlelie, Molenwiek, Van Torenvalk, Leemput, Braambos, "
        "Van Zilverschoon, De Heggemus, Rietdekker, Klaverveld, Van der Duinroos, Boterbloem, Steenuil, Winterkoning",
    ): 58,
    _names(
        "Amélie Claire Nathalie Inès Juliette Margaux Camille Élodie",
        "Olivier Thierry Antoine Mathieu Julien Benoît Hugo Cédric",
        "Belleprairie, Dubosquet, Clairfontaine, Delapommeraie, Montclair, Petitmoulin, Rivebelle, Grandchêne",
    ): 7,
    _names(
        "Fatima Naima Salma Hanane Imane Yasmina Khadija Soukaina",
        "Youssef Hamza Karim Bilal Ayoub Rachid Ilyas Mounir",
        "El Amrani, Bennani, Ouali, Haddad, Zerouali, Chakir, Mansouri, Tahiri, El Idrissi, Berrada",
    ): 10,
    _names(
        "Elif Zeynep Aylin Derya Meryem Gül",
        "Emre Murat Kerem Onur Selim Deniz",
        "Yıldız, Kaya, Demirci, Aksoy, Çelik, Özkan, Aydın, Polat",
    ): 7,
    _names(
        "Agnieszka Ioana Oksana Elena Katarzyna Mariya",
        "Tomasz Andrei Mykola Piotr Mihai Dimitar",
        "Nowak, Popescu, Kovalenko, Ionescu, Zielińska, Petrova, Bondar, Wiśniewska",
    ): 7,
    _names(
        "Aminata Grace Blessing Esther Mariama Solange",
        "Moussa Patrick Emmanuel Samuel Ibrahim Jonas",
        "Diallo, Kasongo, Okafor, Ilunga, Mensah, Tshibanda, Barry, Abebe",
    ): 5,
    _names(
        "Rania Maryam Shirin Layla Zahra Hala",
        "Omar Ahmad Reza Khalid Navid Samir",
        "Al Masri, Rahimi, Hosseini, Darwish, Karimi, Saleh, Ahmadi, Nassar",
    ): 4,
    _names(
        "Maria Lucía Carla Giulia Beatriz Rosa",
        "Marco Luís Diego Paolo Rui Javier",
        "Ferreira, Rossi, Moreno, Costa, Romano, Almeida, Serra, Ventura",
    ): 2,
}
_LISTS = Weighted(_WEIGHTS)


def drawn_name(dice: Dice, *, man: bool) -> tuple[str, str]:
    """A family name and a given name."""
    names = _LISTS.drawn(dice)
    given = names.men if man else names.women
    families = (_LISTS.drawn(dice) if dice.chance(MIXED_SHARE) else names).families
    return families[int(dice.random() * len(families))], given[int(dice.random() * len(given))]
