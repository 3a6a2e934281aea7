"""Experiments under the hand: records that hold models, stimuli and what a panel changes; no drawing."""
