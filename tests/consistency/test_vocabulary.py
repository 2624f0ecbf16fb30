"""The words of the field are the vocabulary's (policy/vocabulary.toml) in every language, wherever they are said."""

import re
from functools import cache
from typing import NamedTuple

import pytest

from tools.catalogs import LANGUAGES

from .reading import entries
from .said import all_that_is_said

TERMS = [term for term in entries("vocabulary.toml", "term") if ":" not in term["nl"]]
"""Those that are said as they stand; "grond: formulier" names a list and one of its words."""
WORD = re.compile(r"[\w-]+")
SMALL = {"des", "les", "une", "aux", "dans", "par", "pour", "the", "from", "with", "for"}


class Also(NamedTuple):
    """What a translation may say instead of a term, and why."""

    words: str
    why: str


ALSO: dict[tuple[str, str], Also] = {
    ("VDAB Brussel", "en"): Also("VDAB Brussel", "it is a name; the vocabulary says what it is"),
    ("klant, burger, werkzoekende, deelnemer", "en"): Also(
        "participant, job-seeker, citizen", "as the Dutch says"
    ),
    ("INSZ, rijksregisternummer, bisnummer", "en"): Also(
        "INSZ, national register number", "as people know it"
    ),
    ("partner, organisatie, promotor", "en"): Also("organisation, promoter, counsellor", "as the Dutch says"),
    ("begeleiding (actie)", "en"): Also("guidance", "the purpose and the activity are one word in Dutch"),
    ("dat de klant ingelicht is", "en"): Also("informed", "the vocabulary names the record of it"),
    ("grond (van een inzagerecht)", "fr"): Also(
        "base", "in Dutch, on the ground of is a turn of phrase as well"
    ),
    ("Stappen naar werk", "fr"): Also(
        "étapes emploi", "in a sentence to a client the words themselves are said"
    ),
    ("Stappen naar werk", "en"): Also(
        "steps to work", "in a sentence to a client the words themselves are said"
    ),
    ("medewerker (van een partner)", "en"): Also(
        "staff, people, person", "there are people who work for VDAB as well"
    ),
    ("indienen bij VDAB Brussel", "en"): Also(
        "deliver at", "on the form's own page it is plain what is delivered"
    ),
    ("afgesloten", "fr"): Also("fermé", "an access or an account is closed otherwise than an activity"),
    ("eigenaar", "en"): Also("owns", "the verb says the same"),
    ("geweigerd", "en"): Also("denied", "a form is refused; a decision denies"),
    ("einde van het eigenaarschap", "en"): Also("end ownership", "the vocabulary names the event"),
    ("taak", "en"): Also("duty", "what the worker does is no task of a person"),
    ("overleden", "en"): Also("died", "the verb says the same"),
    ("aan het werk", "fr"): Also("travailler", "the verb says the same"),
    ("niet opgedaagd", "fr"): Also("présenté", "the verb says the same"),
    ("niet opgedaagd", "en"): Also("not show", "the verb says the same"),
}


@cache
def ways_to_say(term: str) -> list[list[str]]:
    """The words of each way to say a term: without what is said in brackets, articles, and the ends that change."""
    plain = re.sub(r"\([^)]*\)|[«»]", "", term)
    ways = ([_stem(word) for word in WORD.findall(way) if _counts(word)] for way in plain.split(","))
    return [way for way in ways if way]


def _counts(word: str) -> bool:
    return len(word) > 2 and word.lower() not in SMALL


def _stem(word: str) -> str:
    """The beginning of a word that inflection leaves as it is."""
    return word.casefold()[: max(4, len(word) - 3)]


def says(text: str, term: str) -> bool:
    """Whether a text says a term in one of its ways, whatever the forms of its words."""
    words = [word.casefold() for word in WORD.findall(text)]
    return any(all(any(word.startswith(stem) for word in words) for stem in way) for way in ways_to_say(term))


def uses(dutch: str, term: str) -> bool:
    """Whether a Dutch text uses a term: its words one after the other, with the endings that Dutch has."""
    return any(pattern.search(dutch) for pattern in _patterns(term))


@cache
def _patterns(term: str) -> list[re.Pattern[str]]:
    """What finds each way to say a term, word by word."""
    plain = re.sub(r"\([^)]*\)", "", term)
    ways = [[word for word in WORD.findall(way) if word != "een"] for way in plain.split(",")]
    return [
        re.compile(r"\b" + r"[\s'’]+".join(re.escape(word) + r"(?:e|en|s|se)?" for word in way) + r"\b", re.I)
        for way in ways
        if way
    ]


def without(term: dict[str, str], language: str) -> list[tuple[str, str]]:
    """What uses the term in Dutch and does not say it in the other language."""
    return [
        (said["nl"], said[language])
        for said in all_that_is_said()
        if language in said and uses(said["nl"], term["nl"]) and not says(said[language], term[language])
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", TERMS, ids=[term["nl"] for term in TERMS])
def test_where_the_dutch_uses_a_term_so_does_the_translation(term: dict[str, str], language: str) -> None:
    also = ALSO.get((term["nl"], language))
    found = without(term, language)
    assert [(dutch, said) for dutch, said in found if not (also and says(said, also.words))] == []


NEVER = [
    (language, word)
    for term in entries("vocabulary.toml", "term")
    for language, words in term.get("never", {}).items()
    for word in words
]


def uses_by_itself(text: str, word: str, language: str) -> bool:
    """Whether a text uses a word, other than within a term: "organisation", but not "unité d'organisation"."""
    for term in _terms_with(word, language) if uses(text, word) else []:
        for pattern in _patterns(term):
            text = pattern.sub("", text)
    return uses(text, word)


@cache
def _terms_with(word: str, language: str) -> list[str]:
    return [term[language] for term in entries("vocabulary.toml", "term") if uses(term[language], word)]


@pytest.mark.parametrize(("language", "word"), NEVER)
def test_a_word_that_the_vocabulary_rules_out_is_said_nowhere(language: str, word: str) -> None:
    texts = {said[language] for said in all_that_is_said() if language in said}
    assert [text for text in texts if uses_by_itself(text, word, language)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'organisation a un droit.", True),
        ("Les organisations", True),
        ("L'unité d'organisation a un droit.", False),
        ("Les unités d'organisation", False),
        ("L'organisme a un droit.", False),
    ],
)
def test_a_word_within_a_term_is_that_term(text: str, found: bool) -> None:
    assert uses_by_itself(text, "organisation", "fr") is found


def test_what_is_said_is_found_wherever_it_is_kept() -> None:
    found = [said.get("fr", "") for said in all_that_is_said()]
    for words in (
        "Le droit de consultation a pris fin entre-temps.",  # the client
        "formulaire bruxellois",  # the register's sentences
        "votre dossier au VDAB. Vous le complétez",  # a form
        "chez Actiris par son propre compte",  # a statement
        "quels autres organismes peuvent consulter le dossier",  # the manual
        "Codes des organismes",  # a page
    ):
        assert any(words in said for said in found), words


@pytest.mark.parametrize(("term", "language"), ALSO)
def test_an_exception_is_of_a_term_and_still_needed(term: str, language: str) -> None:
    (of_vocabulary,) = [each for each in TERMS if each["nl"] == term]
    assert without(of_vocabulary, language) != []


@pytest.mark.parametrize(
    ("text", "term", "said"),
    [
        ("Droits de consultation clôturés", "droit de consultation", True),
        ("Droits de regard clôturés", "droit de consultation", False),
        ("The view rights", "view right", True),
        ("numéro OE 7", "numéro OE", True),
        ("l'inscription est terminée", "fin (d'une inscription)", False),
    ],
)
def test_a_term_is_known_by_the_beginnings_of_its_words(text: str, term: str, said: bool) -> None:
    assert says(text, term) is said
