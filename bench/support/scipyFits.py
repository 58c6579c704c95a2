"""Times curve_fit and lmfit on the problems of bench/fit.ts: JSON on standard input, one JSON object on standard output."""

import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import curve_fit

given = json.load(sys.stdin)
joint_x = np.array(given["x"])
count = len(joint_x)
place = np.repeat(np.arange(3), count)
t = np.tile(joint_x, 3)


def joint(_, rate, *linear):
    return np.array(linear[0::2])[place] + np.array(linear[1::2])[place] * np.exp(-rate * t)


def joint_jacobian(_, rate, *linear):
    e = np.exp(-rate * t)
    columns = [-np.array(linear[1::2])[place] * t * e]
    for j in range(3):
        columns += [(place == j) * 1.0, (place == j) * e]
    return np.stack(columns, axis=1)


def single(x, rate, limit, amplitude):
    return limit + amplitude * np.exp(-rate * x)


def single_jacobian(x, rate, limit, amplitude):
    e = np.exp(-rate * x)
    return np.stack([-amplitude * x * e, np.ones_like(x), e], axis=1)


def timed(job):
    start = time.perf_counter()
    result = job()
    return 1000 * (time.perf_counter() - start), result


def least_of(times, job):
    return min(timed(job)[0] for _ in range(times))


start = np.array(given["start"])
replicates = np.array(given["replicates"])
long_x, long_y = np.array(given["longX"]), np.array(given["longY"])


def fit(y):
    return curve_fit(joint, t, y, p0=start, jac=joint_jacobian)


def fit_long():
    return curve_fit(single, long_x, long_y, p0=given["longStart"], jac=single_jacobian)


fit(replicates[0])
fit_long()
answer = {
    "scipy": scipy.__version__,
    "one": least_of(40, lambda: fit(replicates[0])),
    "bootstrap": least_of(3, lambda: [fit(y) for y in replicates]),
    "long": least_of(20, fit_long),
    "rate": float(fit(replicates[0])[0][0]),
    "longRate": float(fit_long()[0][0]),
    "lmfit": None,
}
try:
    import lmfit
except ImportError:
    pass
else:
    names = ["rate"] + [f"{kind}{j}" for j in range(3) for kind in ("limit", "amplitude")]
    parameters = lmfit.Parameters()
    for name, value in zip(names, start):
        parameters.add(name, value=value)

    def lmfit_fit(y):
        return lmfit.minimize(lambda p: joint(None, *[p[name].value for name in names]) - y, parameters)

    answer["lmfit"] = {
        "version": lmfit.__version__,
        "one": least_of(20, lambda: lmfit_fit(replicates[0])),
        "bootstrap": timed(lambda: [lmfit_fit(y) for y in replicates])[0],
    }
print(json.dumps(answer))
