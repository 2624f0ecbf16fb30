"""What is worked out in the benchmarks, apart from what they measure."""
