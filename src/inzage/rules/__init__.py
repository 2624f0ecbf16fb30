"""What a view right means: pure rules, without a framework, a clock, input or output."""
