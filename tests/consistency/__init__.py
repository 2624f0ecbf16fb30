"""Tests of the project itself: what it says it does, and what it is called."""
