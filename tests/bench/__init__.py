"""Benchmarks: ratios of our time to a floor's, printed as a table. No test; pytest collects nothing here."""
