"""Where clients live: Flemish and Brussels municipalities by NIS code, weighed by thousands of inhabitants.

The weights are rounded and only shape the region. Municipalities whose code changed in a merger are left out.
"""

from inzage.region.dice import Dice, Weighted

BRUSSELS_SHARE = 0.10

BRUSSELS = {
    "21001": 122,  # Anderlecht
    "21002": 34,  # Oudergem
    "21003": 25,  # Sint-Agatha-Berchem
    "21004": 190,  # Brussel
    "21005": 49,  # Etterbeek
    "21006": 43,  # Evere
    "21007": 56,  # Vorst
    "21008": 25,  # Ganshoren
    "21009": 88,  # Elsene
    "21010": 53,  # Jette
    "21011": 22,  # Koekelberg
    "21012": 98,  # Sint-Jans-Molenbeek
    "21013": 49,  # Sint-Gillis
    "21014": 27,  # Sint-Joost-ten-Node
    "21015": 131,  # Schaarbeek
    "21016": 85,  # Ukkel
    "21017": 25,  # Watermaal-Bosvoorde
    "21018": 58,  # Sint-Lambrechts-Woluwe
    "21019": 42,  # Sint-Pieters-Woluwe
}

FLANDERS = {
    "11002": 540,  # Antwerpen
    "11005": 19,  # Boom
    "11008": 38,  # Brasschaat
    "11009": 30,  # Brecht
    "11013": 22,  # Edegem
    "11023": 27,  # Kapellen
    "11029": 26,  # Mortsel
    "11040": 34,  # Schoten
    "12007": 22,  # Bornem
    "12014": 44,  # Heist-op-den-Berg
    "12021": 38,  # Lier
    "12025": 88,  # Mechelen
    "12040": 28,  # Willebroek
    "13003": 23,  # Balen
    "13008": 42,  # Geel
    "13011": 29,  # Herentals
    "13014": 22,  # Hoogstraten
    "13025": 38,  # Mol
    "13040": 47,  # Turnhout
    "13049": 26,  # Westerlo
    "23002": 35,  # Asse
    "23003": 26,  # Beersel
    "23016": 44,  # Dilbeek
    "23025": 39,  # Grimbergen
    "23027": 42,  # Halle
    "23047": 16,  # Machelen
    "23052": 17,  # Merchtem
    "23062": 26,  # Overijse
    "23077": 36,  # Sint-Pieters-Leeuw
    "23088": 47,  # Vilvoorde
    "23094": 36,  # Zaventem
    "23096": 24,  # Zemst
    "24001": 31,  # Aarschot
    "24020": 25,  # Diest
    "24038": 23,  # Herent
    "24059": 17,  # Landen
    "24062": 104,  # Leuven
    "24107": 36,  # Tienen
    "31004": 21,  # Blankenberge
    "31005": 120,  # Brugge
    "31033": 21,  # Torhout
    "31043": 34,  # Knokke-Heist
    "32003": 17,  # Diksmuide
    "33011": 35,  # Ieper
    "33021": 20,  # Poperinge
    "34013": 29,  # Harelbeke
    "34022": 80,  # Kortrijk
    "34027": 34,  # Menen
    "34040": 39,  # Waregem
    "34041": 32,  # Wevelgem
    "35013": 73,  # Oostende
    "36008": 28,  # Izegem
    "36015": 66,  # Roeselare
    "38014": 22,  # Koksijde
    "38025": 12,  # Veurne
    "41002": 91,  # Aalst
    "41011": 21,  # Denderleeuw
    "41018": 35,  # Geraardsbergen
    "41048": 41,  # Ninove
    "41081": 28,  # Zottegem
    "42006": 47,  # Dendermonde
    "42008": 25,  # Hamme
    "42025": 27,  # Wetteren
    "42028": 22,  # Zele
    "43005": 22,  # Eeklo
    "43010": 25,  # Maldegem
    "44019": 37,  # Evergem
    "44021": 270,  # Gent
    "45035": 33,  # Oudenaarde
    "45041": 27,  # Ronse
    "46021": 82,  # Sint-Niklaas
    "46025": 31,  # Temse
    "71004": 48,  # Beringen
    "71011": 20,  # Diepenbeek
    "71016": 67,  # Genk
    "71053": 42,  # Sint-Truiden
    "71070": 35,  # Heusden-Zolder
    "72004": 17,  # Bree
    "72020": 35,  # Lommel
    "72021": 26,  # Maaseik
    "72039": 31,  # Houthalen-Helchteren
    "73042": 27,  # Lanaken
    "73107": 40,  # Maasmechelen
}

_IN_BRUSSELS, _IN_FLANDERS = Weighted(BRUSSELS), Weighted(FLANDERS)


def drawn_place(dice: Dice) -> str:
    """The NIS code of a municipality: one client in ten lives in Brussels."""
    return (_IN_BRUSSELS if dice.chance(BRUSSELS_SHARE) else _IN_FLANDERS).drawn(dice)


def in_brussels(nis_code: str) -> bool:
    """Whether this is one of the 19 municipalities of the Brussels-Capital Region."""
    return nis_code in BRUSSELS
