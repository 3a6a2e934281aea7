"""What only notebook 03 uses (From biophysics to dynamics)."""
