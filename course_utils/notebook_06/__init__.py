"""What only notebook 06 uses (Learning: spike-timing-dependent plasticity)."""
