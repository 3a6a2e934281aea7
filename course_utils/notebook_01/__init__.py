"""What only notebook 01 uses (Engineering the neuron)."""
