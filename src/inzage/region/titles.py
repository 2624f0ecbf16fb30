"""What activities are called, and the numbers they carry."""

from inzage.region.dice import Dice
from inzage.rules.names import Kind

PRJLEW = "PRJLEW"
OUTSOURCING_NUMBERS = 8_000_000

TITLES = {
    Kind.TRAJECTORY: (
        "Intakegesprek en trajectplan",
        "Trajectbegeleiding",
        "Jobcoaching",
        "Nazorg op de werkvloer",
    ),
    Kind.TRAINING: (
        "Nederlands op de werkvloer",
        "Heftruckchauffeur",
        "Administratief medewerker",
        "Zorgkundige, voortraject",
        "Lassen, halfautomaat",
        "Magazijnmedewerker",
        "Digitale basisvaardigheden",
        "Groenarbeider",
        "Keukenhulp",
        "Webontwikkeling, eerste stappen",
    ),
    Kind.PROJECT: ("Buurtwerkplaats", "Proefproject fietsherstelling", "Samen aan de slag"),
    Kind.GUIDANCE: ("Sollicitatiebegeleiding", "Loopbaanoriëntatie", "Begeleiding op maat", "Taalcoaching"),
    Kind.OTHER: ("Infosessie", "Bedrijfsbezoek", "Vrijwilligerswerk", "Beroepsverkennende stage"),
}


def title(dice: Dice, kind: Kind, course: str) -> str:
    """A title for an activity of this kind, on this course where there is one."""
    if course == PRJLEW:
        return "Leren en werken"
    titles = TITLES[kind]
    return titles[int(dice.random() * len(titles))]


def outsourcing_number(dice: Dice) -> str:
    """An outsourcing number: seven characters."""
    return str(1_000_000 + dice.between(0, OUTSOURCING_NUMBERS))
