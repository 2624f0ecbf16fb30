"""The operator reads each duty of the worker in words."""

import pytest
from django.utils.translation import override

from inzage.portal.operation.worker import DUTIES
from inzage.project.duties import duties


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_duty_has_words(language: str) -> None:
    with override(language):
        said = {duty.name: str(DUTIES[duty.name]) for duty in duties()}
    assert [name for name, words in said.items() if name == words] == []
