"""Drawings that more than one cell needs: each draws into given Axes, computes nothing and returns its updater."""
