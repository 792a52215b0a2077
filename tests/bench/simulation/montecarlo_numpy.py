"""The Monte Carlo model of core/simulation/montecarlo in NumPy, whole arrays at a time: what bench_montecarlo is
measured against. It does the same work: correlated drivers from a Latin hypercube, price jumps, growth, exchange
rates, every scenario on the same draws, percentiles of each month and of the total, CVaR, the chance to be cheaper
by month, means over the outer tenths of each driver and rank correlations of the first 10,000 paths.

    montecarlo_numpy.py MODEL.json

prints {"seconds": …, "processor": …, "medians": […], "p95": […], "version": …}.
"""

import json
import sys
import time

import numpy as np
from scipy import special, stats

FAN = [5, 10, 25, 50, 75, 90, 95]


def pert(u, low, likely, high):
    if high <= low:
        return np.full_like(u, low)
    grid = np.linspace(0, 1, 1025)
    a = 1 + 4 * (likely - low) / (high - low)
    b = 1 + 4 * (high - likely) / (high - low)
    return np.interp(u, grid, low + (high - low) * special.betaincinv(a, b, grid))


def hypercube(random, paths):
    return special.ndtri((random.permutation(paths) + random.random(paths)) / paths)


def draw(model, vendors, random):
    months, paths = model["months"], model["paths"]
    scores = np.stack([hypercube(random, paths) for _ in range(len(vendors) + 5)])
    correlation = np.eye(len(scores))
    for i in range(len(vendors)):
        for j in range(len(vendors)):
            if i != j:
                correlation[i, j] = model["prices_correlation"]
    scores = np.linalg.cholesky(correlation) @ scores
    draws = {"prices": [], "values": []}
    mean = model["jumps_per_year"] * months / 12
    cumulated = stats.poisson.cdf(np.arange(200), mean)
    sizes = 1 + np.array(model["events"]) / 100
    for v in range(len(vendors)):
        jumps = np.searchsorted(cumulated, special.ndtr(scores[v]))
        path = np.repeat(np.arange(paths), jumps)
        month = random.integers(0, months, path.size)
        factors = np.ones((months, paths))
        np.multiply.at(factors, (month, path), random.choice(sizes, path.size))
        np.multiply.accumulate(factors, axis=0, out=factors)
        draws["prices"].append(factors)
        draws["values"].append(factors.mean(axis=0))
    growth, exchange, cache, migration, machine = scores[len(vendors):]
    growth = 1 + (model["growth"] + model["growth_spread"] * growth) / 100
    volume = np.ones((months, paths))
    volume[1:] = growth
    np.multiply.accumulate(volume, axis=0, out=volume)
    draws["volume"] = volume
    walk = np.zeros((months, paths))
    np.cumsum(random.standard_normal((months - 1, paths)), axis=0, out=walk[1:])
    bend = (np.sqrt(months - 1) * exchange - walk[-1]) / (months - 1)
    walk += bend * np.arange(months)[:, None]
    walk *= model["exchange_volatility"] / 100 / np.sqrt(12)
    draws["exchange"] = np.exp(walk, out=walk)
    draws["cache_loss"] = pert(special.ndtr(cache), *model["cache_loss"]) / 100
    draws["migration"] = pert(special.ndtr(migration), *model["migration"])
    draws["machine_price"] = pert(special.ndtr(machine), *model["machine_price"])
    draws["values"] += [growth, draws["exchange"].mean(axis=0), draws["cache_loss"], draws["migration"],
                        draws["machine_price"]]
    return draws


def usage(strand, share, planned, vendors, draws):
    loss = np.minimum(planned + draws["cache_loss"], 1)
    prices = np.array(strand["prices"]) * share
    listed = (np.array(strand["list"]) * prices)[:, None]
    lost = (np.array(strand["lost"]) * prices)[:, None]
    cost = lost * loss
    cost += listed
    cost *= draws["prices"][vendors.index(strand["vendor"])]
    cost *= draws["volume"]
    cost *= draws["exchange"]
    return cost


def evaluate(scenario, model, vendors, draws):
    months = model["months"]
    month = np.arange(months)
    spend = np.zeros((months, model["paths"]))
    second, machines = scenario.get("second"), scenario.get("machines")
    for strand in scenario["strands"]:
        share = np.ones(months)
        if second and strand["transferred"]:
            share -= second["share"] * (month >= second["moves"])
        if machines and strand["fallen_back"]:
            share -= machines["share"] * (month >= machines["begin"])
        spend += usage(strand, share, 0.0, vendors, draws)
    for move in (second, machines):
        if move:
            spend[move["begin"]:] += move["upkeep"]
            spend[move["begin"]] += move["migration"] * draws["migration"]
    if second:
        share = second["share"] * (month >= second["begin"])
        spend += usage(second["usage"], share, second["cache_loss"], vendors, draws)
    if machines:
        begin = machines["begin"]
        needed = draws["volume"][begin:] * (machines["seconds"] * machines["share"] /
                                            (3600 * 730.5 * machines["usable"]))
        needed -= 1e-9
        np.ceil(needed, out=needed)
        np.maximum(needed, machines["least"], out=needed)
        needed *= draws["machine_price"] * machines["price"]
        needed *= draws["exchange"][begin:]
        spend[begin:] += needed
    return spend


def prepare(values):
    return [(value <= low, value >= high, stats.rankdata(value[:10000]))
            for value in values for low, high in [np.percentile(value, [10, 90])]]


def tornado(bars, results):
    ranks = stats.rankdata(results[:10000])
    return [(results[low].mean(), results[high].mean(), np.corrcoef(of, ranks)[0, 1]) for low, high, of in bars]


def convergence(totals):
    steps = np.linspace(0, totals.size, 11).astype(int)[1:]
    blocks = np.median(totals[:totals.size // 256 * 256].reshape(-1, 256), axis=1)
    return [(n, np.median(totals[:n]), blocks[:n // 256].std() / np.sqrt(max(n // 256, 1))) for n in steps]


def run(model):
    vendors = []
    for scenario in model["scenarios"]:
        for strand in scenario["strands"] + ([scenario["second"]["usage"]] if "second" in scenario else []):
            if strand["vendor"] not in vendors:
                vendors.append(strand["vendor"])
    draws = draw(model, vendors, np.random.default_rng(1))
    bars = prepare(draws["values"])
    so_far, totals, answers = [], [], []
    for scenario in model["scenarios"]:
        spend = evaluate(scenario, model, vendors, draws)
        fan = np.percentile(spend, FAN, axis=1)
        np.cumsum(spend, axis=0, out=spend)
        total = spend[-1].copy()
        so_far.append(spend)
        totals.append(total)
        answer = {"fan": fan, "total": np.percentile(total, FAN), "mean": total.mean(),
                  "cvar": np.sort(total)[-(total.size // 20):].mean(), "tornado": tornado(bars, total),
                  "convergence": convergence(total)}
        if scenario["staying"] is not None:
            answer["chance"] = (spend < so_far[scenario["staying"]]).mean(axis=1)
            saving = totals[scenario["staying"]] - total
            answer["saving"] = np.percentile(saving, FAN)
            answer["saving_tornado"] = tornado(bars, saving)
        answers.append(answer)
    return answers


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        model = json.load(file)
    best = processor = float("inf")
    for _ in range(3):
        begin, ticks = time.perf_counter(), time.process_time()
        answers = run(model)
        best = min(best, time.perf_counter() - begin)
        processor = min(processor, time.process_time() - ticks)
    print(json.dumps({"seconds": best, "processor": processor, "medians": [a["total"][3] for a in answers],
                      "p95": [a["total"][6] for a in answers], "version": np.__version__}))


if __name__ == "__main__":
    main()
