"""The mean weight in the long run, where pairs are counted in two other ways."""
import numpy as np

from ..checks import number

__all__ = ["grid_fixed_point", "nearest_fixed_point"]


def nearest_fixed_point(rule, r_pre, r_post):
    """The mean weight with pairing "nearest" under independent Poisson trains (Hz), a float."""
    x = number("r_pre", r_pre, "positive", "Hz") * rule.tau_plus / 1000
    y = number("r_post", r_post, "positive", "Hz") * rule.tau_minus / 1000
    return float(rule.balance(r_post * rule.A_plus * x / (1 + x),
                              r_pre * rule.A_minus * y / (1 + y)))


def grid_fixed_point(rule, h):
    """The mean weight where time goes in steps of h ms and equal steps potentiate, a float."""
    h = number("h", h, "positive", "ms")
    up = np.exp(-h / rule.tau_plus)
    down = np.exp(-h / rule.tau_minus)
    return float(rule.balance(rule.A_plus / (1 - up), rule.A_minus * down / (1 - down)))
