"""Analyses that serve any Model."""
