"""Tests of reading runners' own words."""
