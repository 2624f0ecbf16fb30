"""The other side, tested by itself."""

from tests.simulated import SECRET

__all__ = ["SECRET"]
