"""The other side, for tests and demonstration: Actiris, IBIS and VDAB as processes of their own.

As befits the other side, it imports nothing of `inzage`.
"""
