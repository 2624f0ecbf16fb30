"""The decision beside the engines that people would pick instead: `make bench-peers SIZE=500k`.

The peers are installed in an environment of their own, and shipped nowhere. Linux on x64.
"""
