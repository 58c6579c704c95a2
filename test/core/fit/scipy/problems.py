"""Writes problems.json: 20 curve fits with SciPy's parameters and standard errors, for scipyAgreement.test.ts.

    python3 test/core/fit/scipy/problems.py

Needs numpy and scipy. Every fit has its analytic Jacobian and tolerances at rounding error, and starts from the truth, so that
what is stored is the least-squares optimum itself and not where one solver happened to stop.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import curve_fit


def exponential(t, rate):
    e = np.exp(-rate * t)
    return e, [-t * e]


def power_law(t, tau, power):
    decay = (1 + t / tau) ** -power
    return decay, [power * t / tau**2 * (1 + t / tau) ** (-power - 1), -np.log1p(t / tau) * decay]


def with_log(t, value):
    return np.where(t > 0, np.log(np.where(t > 0, value, 1.0)), 0.0)


def stretched(t, rate, stretch):
    z = (rate * t) ** stretch
    e = np.exp(-z)
    return e, [-e * z * stretch / rate, -e * z * with_log(t, rate * t)]


def hill(t, tau, power):
    z = (t / tau) ** power
    decay = 1 / (1 + z)
    return decay, [decay**2 * z * power / tau, -(decay**2) * z * with_log(t, t / tau)]


def two_exponentials(t, rate, quicker, share):
    slow, quick = np.exp(-rate * t), np.exp(-rate * quicker * t)
    return share * slow + (1 - share) * quick, [
        -t * (share * slow + (1 - share) * quicker * quick),
        -(1 - share) * rate * t * quick,
        slow - quick,
    ]


FAMILIES = {
    "exponential": exponential,
    "power law": power_law,
    "stretched exponential": stretched,
    "hill": hill,
    "two exponentials": two_exponentials,
}


def problem(name, family, shape, curves, xs, noise, seed, weighted=False):
    """One fit: a limit and an amplitude a curve, one shape for all of them."""
    law = FAMILIES[family]
    random = np.random.default_rng(seed)
    origin = min(x[0] for x in xs)
    sizes = [len(x) for x in xs]
    place = np.concatenate([np.full(size, j) for j, size in enumerate(sizes)])
    t = np.concatenate(xs) - origin
    truth = np.array([*shape, *[value for curve in curves for value in curve]])
    count = len(shape)

    def model(_, *p):
        decay, _ = law(t, *p[:count])
        limits, amplitudes = np.array(p[count::2]), np.array(p[count + 1 :: 2])
        return limits[place] + amplitudes[place] * decay

    def jacobian(_, *p):
        decay, slopes = law(t, *p[:count])
        amplitudes = np.array(p[count + 1 :: 2])
        columns = [amplitudes[place] * slope for slope in slopes]
        for j in range(len(sizes)):
            columns += [(place == j) * 1.0, (place == j) * decay]
        return np.stack(columns, axis=1)

    scale = np.array([abs(a) for _, a in curves])[place]
    errors = scale * noise * (np.linspace(0.5, 2, len(t)) if weighted else 1)
    y = model(None, *truth) + errors * random.standard_normal(len(t))
    # Rounded as a log would have it; what is fitted is what is stored.
    y = np.array([float(f"{value:.12g}") for value in y])
    fitted, covariance = curve_fit(
        model, t, y, p0=truth, jac=jacobian, sigma=errors if weighted else None, method="lm",
        ftol=2.3e-16, xtol=2.3e-16, gtol=0.0, maxfev=20000,
    )
    standard = np.sqrt(np.diag(covariance))
    ends = np.cumsum(sizes)
    parts = [slice(end - size, end) for size, end in zip(sizes, ends)]
    return {
        "name": name,
        "family": family,
        "series": [
            {
                "x": xs[j].tolist(),
                "y": y[part].tolist(),
                **({"weights": (1 / errors[part] ** 2).tolist()} if weighted else {}),
            }
            for j, part in enumerate(parts)
        ],
        "shape": [{"value": v, "standardError": s} for v, s in zip(fitted[:count], standard[:count])],
        "linear": [
            {
                "limit": {"value": fitted[count + 2 * j], "standardError": standard[count + 2 * j]},
                "amplitude": {"value": fitted[count + 2 * j + 1], "standardError": standard[count + 2 * j + 1]},
            }
            for j in range(len(sizes))
        ],
    }


def evenly(n, first, last):
    return np.linspace(first, last, n)


def growing(n, first, last):
    return first + np.unique(np.round(np.geomspace(1, last - first + 1, n), 6)) - 1


half = evenly(20, 0.5, 10)
PROBLEMS = [
    problem("one series, one rate", "exponential", [0.35], [(0.2, 0.8)], [half], 0.01, 1),
    problem("solver and verifier, one rate", "exponential", [0.35], [(0.2, 0.8), (0.15, 0.32)], [half] * 2, 0.01, 2),
    problem("three series, one rate", "exponential", [0.5], [(0.2, 0.8), (0.1, 0.3), (0.1, 0.5)], [half] * 3, 0.02, 3),
    problem("series with x of their own", "exponential", [0.04], [(3, -2), (7, 1)],
            [growing(15, 0, 90), evenly(9, 5, 80)], 0.02, 4),
    problem("a rise", "exponential", [0.8], [(0.9, -0.6)], [evenly(12, 1, 12)], 0.02, 5),
    problem("noise that grows, weighted", "exponential", [0.3], [(0.2, 0.8)], [half], 0.02, 6, weighted=True),
    problem("two weighted series", "exponential", [0.3], [(0.2, 0.8), (0.1, -0.3)], [half] * 2, 0.02, 7, weighted=True),
    problem("tokens on the x axis", "exponential", [3e-9], [(1.8, 2.2)], [evenly(30, 1e8, 1.2e9)], 0.01, 8),
    problem("values near 1e-9", "exponential", [0.4], [(2e-9, 5e-9)], [half], 0.01, 9),
    problem("a power law with its offset", "power law", [2.0, 0.9], [(1.5, 2.0)], [evenly(40, 0, 60)], 0.003, 10),
    problem("a steep power law", "power law", [40.0, 2.5], [(0.3, 1.0)], [growing(30, 0, 200)], 0.003, 11),
    problem("a power law that rises", "power law", [5.0, 1.2], [(0.95, -0.7)], [evenly(50, 0, 100)], 0.003, 12),
    problem("a weighted power law", "power law", [3.0, 1.0], [(2.0, 3.0)], [evenly(40, 0, 80)], 0.003, 13, weighted=True),
    problem("power laws of one shape", "power law", [2.0, 1.0], [(0.2, 0.8), (0.15, 0.32)], [evenly(40, 0, 50)] * 2, 0.005, 14),
    problem("a stretched exponential", "stretched exponential", [0.2, 0.7], [(0.5, 1.5)], [evenly(40, 0, 40)], 0.003, 15),
    problem("a curve that starts flat", "stretched exponential", [0.1, 2.0], [(0.5, 1.5)], [evenly(30, 0, 25)], 0.01, 16),
    problem("a Hill curve", "hill", [6.0, 1.4], [(0.2, 0.7)], [evenly(40, 0, 60)], 0.004, 17),
    problem("a sigmoid that rises", "hill", [300.0, 3.0], [(0.8, -0.6)], [evenly(25, 0, 900)], 0.01, 18),
    problem("values near 1e6", "hill", [6.0, 2.0], [(2e6, 7e6)], [evenly(30, 100, 140)], 0.01, 19),
    problem("two modes", "two exponentials", [0.08, 8.0, 0.5], [(0.2, 1.0)], [evenly(60, 0, 50)], 0.001, 20),
]
here = pathlib.Path(__file__).parent
text = json.dumps({"scipy": scipy.__version__, "numpy": np.__version__, "problems": PROBLEMS})
(here / "problems.json").write_text(text + "\n")
for one in PROBLEMS:
    print(one["name"], [f"{p['value']:.6g} ± {p['standardError']:.2g}" for p in one["shape"]])
