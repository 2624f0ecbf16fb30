"""The Dutch words for what stands in a dossier, for texts that are written below the screen."""

from collections.abc import Mapping

from inzage.rules.names import Kind

KIND_WORDS: Mapping[str, str] = {
    Kind.TRAJECTORY: "trajectactie",
    Kind.TRAINING: "opleiding",
    Kind.PROJECT: "project",
    Kind.GUIDANCE: "begeleiding",
    Kind.OTHER: "andere actie",
}
