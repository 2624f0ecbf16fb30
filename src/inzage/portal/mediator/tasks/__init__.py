"""What a desk of VDAB must look at beside its forms: withdrawals, objections, gaps in the rules, corrections."""
