"""A fault in the log says where it happened, and never what the variables held: people and secrets."""

import pytest
import structlog


def test_a_traceback_in_the_log_shows_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    given_name = "".join(["No", "or"])
    try:
        int(f"x{len(given_name)}")
    except ValueError:
        structlog.get_logger().exception("will try again", duty="mails")
    said = capsys.readouterr().out
    assert "will try again" in said
    assert "ValueError: invalid literal for int() with base 10: 'x4'" in said
    assert "Noor" not in said
