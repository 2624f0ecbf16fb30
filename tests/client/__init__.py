"""Tests of the client for those who connect, in threads and in an event loop alike."""
