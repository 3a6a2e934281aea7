"""A voltage clamp on the squid membrane: hold the voltage, step it, read the current."""
from ..hodgkin_huxley import HodgkinHuxley, voltage_clamp
from ..model import Record, parameter

__all__ = ["ClampExperiment"]


class ClampExperiment(Record):
    """A membrane that was held at one voltage for long, and is then stepped to another."""

    V_command: float = parameter(40.0, "mV", r"V_\mathrm{command}", -40, 140, "voltage of the step, from rest")
    V_hold: float = parameter(0.0, "mV", r"V_\mathrm{hold}", -40, 60, "voltage held for long before, from rest")
    cell: HodgkinHuxley = HodgkinHuxley()

    def measure(self, t):
        """The `Run` of the step at the times t (T,) in ms, with the currents that the clamp has to supply."""
        return voltage_clamp(self.cell, self.V_command, t, start=(self.V_hold, *self.cell.steady_gates(self.V_hold)))
