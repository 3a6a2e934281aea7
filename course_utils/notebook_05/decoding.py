"""Who is connected to whom? Weights and links read off a raster alone, for networks whose
memory is one step (leak 0).
"""
from typing import NamedTuple

import numpy as np

from ..checks import as_bits, finite_array

__all__ = ["decode_logistic", "decode_windows", "lag_correlation", "wrong_links"]

RIDGE = 1e-6  # keeps the fit finite where a pattern never occurred
CHANGE = 0.15  # of a firing probability, from which on a sender counts as a connection


class Decoded(NamedTuple):
    """W (N, N) [post, pre] as estimated, and z (N, N), each weight in its standard errors; the
    diagonals are 0.
    """

    W: np.ndarray
    z: np.ndarray


def decode_logistic(spikes):
    """Weights of a network with a logistic phi, `Decoded`: logistic regression of X_i(t) on all
    others' X(t-1).

    spikes: (steps, N). Only steps with X_i(t-1) = 0 count, since a neuron that fired has lost
    its input. Weights come in units of 1/slope.
    """
    X = _raster(spikes)
    N = X.shape[1]
    W, z = np.zeros((N, N)), np.zeros((N, N))
    for i in range(N):
        free = ~X[:-1, i]
        others = np.flatnonzero(np.arange(N) != i)
        seen = np.column_stack([np.ones(free.sum()), X[:-1][free][:, others]])
        beta, error = _logistic_regression(seen, X[1:, i][free])
        W[i, others], z[i, others] = beta[1:], beta[1:] / error[1:]
    return Decoded(W, z)


def _logistic_regression(A, y):
    """Coefficients and standard errors, by Newton's method on the likelihood."""
    beta = np.zeros(A.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(A @ beta, -30, 30)))
        curvature = A.T @ (A * (p * (1 - p))[:, None]) + RIDGE * np.eye(len(beta))
        step = np.linalg.solve(curvature, A.T @ (y - p) - RIDGE * beta)
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    return beta, np.sqrt(np.diag(np.linalg.inv(curvature)))


def decode_windows(spikes):
    """Links (N, N) bool [post, pre] without a model of phi: does one sender's spike change how
    often the receiver fires?

    For receiver i only steps count with X_i(t-2) = 1 and X_i(t-1) = 0, so that its memory is
    exactly one step. For each pattern of the others at t-1 the firing probability is estimated;
    j is linked where flipping j alone changes it by more than CHANGE, for patterns seen at least
    as often as the square root of the steps. In the spirit of Duarte,
    Galves, Löcherbach & Ost, Bernoulli 25:771 (2019), 10.3150/17-BEJ1006.
    """
    X = _raster(spikes)
    links = np.zeros((X.shape[1], X.shape[1]), bool)
    for i in range(len(links)):
        when = np.flatnonzero(X[:-2, i] & ~X[1:-1, i]) + 2
        seen, fired = np.zeros((2, *[2] * len(links)))  # one axis for each neuron's X(t-1)
        pattern = tuple(X[when - 1].T.astype(int))
        np.add.at(seen, pattern, 1)
        np.add.at(fired, pattern, X[when, i])
        rate = np.where(seen >= np.sqrt(len(X)), fired / np.maximum(seen, 1), np.nan)
        links[i] = [(np.abs(np.diff(rate, axis=j)) > CHANGE).any() for j in range(len(links))]
    return links


def lag_correlation(spikes):
    """The correlations (N, N) [post, pre] of X_i(t) with X_j(t-1): what a naive reader takes
    for connections.
    """
    X = _raster(spikes).astype(float)
    before = X[:-1] - X[:-1].mean(axis=0)
    after = X[1:] - X[1:].mean(axis=0)
    scale = np.outer(after.std(axis=0), before.std(axis=0))
    return after.T @ before / len(before) / np.where(scale > 0, scale, 1)


def wrong_links(found, W):
    """How many of the N (N - 1) possible links are found where there is none, or missed;
    `found` bool, W the truth.
    """
    W = finite_array("W", W, "a matrix of weights (N, N)")
    found = as_bits("found", found, "a matrix (N, N) of bool")
    if found.shape != W.shape:
        raise ValueError(f"found must have the shape of W, {W.shape}, but has {found.shape}")
    return int(((found != 0) != (W != 0))[~np.eye(len(W), dtype=bool)].sum())


def _raster(spikes):
    X = as_bits("spikes", spikes, "a raster of 0 and 1")
    if X.ndim != 2 or len(X) < 3:
        raise ValueError("spikes must be a raster (steps, N) of at least three steps, but has "
                         f"shape {X.shape}")
    return X.astype(bool)
