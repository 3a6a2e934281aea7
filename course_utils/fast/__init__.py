"""Second expressions of some loops, for speed alone: you need not read this.

Each is entered in a table by exact type and held to the plain form by a test.
"""
from . import galves_locherbach, stdp
