"""Leeway's costs beside those of LiteLLM's own calculator.

    python3 -m pip install litellm
    python3 compare_litellm.py --cli build/dev/bin/leeway-cli --map MAP.json[.gz] [--requests 20] [--seed 1] [--show 3]

Makes random requests (cache reads and writes of both lives, reasoning, audio, service tiers, batch, long contexts) for
every model of the map that is priced by tokens, prices them with `leeway-cli replay --each --prices MAP` and with
litellm.cost_per_token, and prints how many agree to one part in 10^9. What differs is sorted by the reason that
resources/help/prices.md gives; what has none is printed as “not explained” and makes the exit code 1.
"""

import argparse
import collections
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm  # noqa: E402
from litellm.types.utils import CompletionTokensDetailsWrapper, PromptTokensDetailsWrapper, Usage  # noqa: E402
from litellm.types.utils import CacheCreationTokenDetails  # noqa: E402

LENGTHS = [1, 1000, 32000, 32001, 128000, 128001, 200000, 200001, 272000, 272001, 600000]
TIERS = ["standard", "standard", "standard", "batch", "flex", "priority", "ultrafast"]
CHAT = {"chat", "responses", "completion"}


def read_map(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as file:
        return {name: entry for name, entry in json.load(file).items()
                if name != "sample_spec" and isinstance(entry, dict)}


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def models_of(prices):
    for name, entry in prices.items():
        priced = number(entry.get("input_cost_per_token")) is not None or "tiered_pricing" in entry
        if entry.get("mode") in CHAT and priced and entry.get("litellm_provider"):
            yield name, entry


def request_of(rng, name, now):
    left = rng.choice(LENGTHS) if rng.random() < 0.5 else rng.randrange(1, 400000)
    request = {"time": now, "model": name, "input_tokens": left, "requests": 1}
    for part in ("cache_read_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens", "audio_input_tokens"):
        if rng.random() < 0.3:
            request[part] = rng.randrange(0, left + 1)
            left -= request[part]
    request["output_tokens"] = rng.randrange(1, 20000)
    if rng.random() < 0.3:
        request["reasoning_tokens"] = rng.randrange(0, request["output_tokens"] + 1)
    request["service_tier"] = rng.choice(TIERS)
    return request


def usage_of(request):
    read = request.get("cache_read_tokens", 0)
    five = request.get("cache_write_5m_tokens", 0)
    hour = request.get("cache_write_1h_tokens", 0)
    audio = request.get("audio_input_tokens", 0)
    reasoning = request.get("reasoning_tokens", 0)
    total = request["input_tokens"]
    details = PromptTokensDetailsWrapper(
        cached_tokens=read, cache_creation_tokens=five + hour, audio_tokens=audio,
        text_tokens=total - read - five - hour - audio,
        cache_creation_token_details=CacheCreationTokenDetails(
            ephemeral_5m_input_tokens=five, ephemeral_1h_input_tokens=hour))
    output = CompletionTokensDetailsWrapper(
        reasoning_tokens=reasoning, text_tokens=request["output_tokens"] - reasoning)
    return Usage(prompt_tokens=total, completion_tokens=request["output_tokens"],
                 total_tokens=total + request["output_tokens"], prompt_tokens_details=details,
                 completion_tokens_details=output)


def their_cost(name, entry, request):
    tier = request["service_tier"]
    arguments = {"model": name, "custom_llm_provider": entry["litellm_provider"], "usage_object": usage_of(request)}
    if tier == "batch":
        arguments["call_type"] = "retrieve_batch"
    elif tier != "standard":
        arguments["service_tier"] = tier
    return sum(litellm.cost_per_token(**arguments))


def our_costs(cli, prices, requests):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        for request in requests:
            file.write(json.dumps(request) + "\n")
    output = subprocess.run([cli, "replay", file.name, "--each", "--prices", prices], check=True,
                            capture_output=True, text=True).stdout
    os.unlink(file.name)
    return [json.loads(line) for line in output.splitlines()]


def has_batch(entry):
    return any(key.endswith("_batches") for key in entry)


def reason_for(entry, request, ours):
    """Why the two differ, by the sections of the help page; nothing when no reason fits."""
    notes = " ".join(ours["notes"])
    writes = request.get("cache_write_5m_tokens", 0) + request.get("cache_write_1h_tokens", 0)
    zero = [key for key in entry if key.startswith("cache_creation_input_token_cost") and number(entry[key]) == 0]
    if ours["cost"] is None:
        return "unpriced here, zero there"
    if request["service_tier"] == "batch":
        if not has_batch(entry):
            return "batch without a batch price: they guess half"
        return "batch: they leave parts out or halve them by guess"
    if writes and zero:
        return "a cache write of zero: they charge nothing"
    if entry["litellm_provider"] == "fireworks_ai" and request.get("cache_read_tokens"):
        return "Fireworks: a cache read without a price is theirs at half, here at input"
    if entry["litellm_provider"] == "fireworks_ai" and request["service_tier"] != "standard":
        return "Fireworks: their calculator leaves service tiers out"
    if entry["litellm_provider"] == "perplexity":
        return "Perplexity: their calculator knows no cache writes and no audio"
    if "priority" in notes or "no price" in notes and "service tier" in notes:
        return "a service tier that only some parts have"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", required=True)
    parser.add_argument("--map", required=True)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    prices = read_map(options.map)
    litellm.model_cost = prices
    litellm.suppress_debug_info = True
    rng = random.Random(options.seed)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    cases = [(name, entry, request_of(rng, name, now))
             for name, entry in models_of(prices) for _ in range(options.requests)]
    answers = our_costs(options.cli, options.map, [request for _, _, request in cases])
    counts = collections.Counter()
    examples = collections.defaultdict(list)
    for (name, entry, request), ours in zip(cases, answers, strict=True):
        try:
            theirs = their_cost(name, entry, request)
        except Exception as error:  # noqa: BLE001: whatever the calculator refuses
            counts[f"their calculator fails: {type(error).__name__}"] += 1
            continue
        cost = number(ours["cost"])
        if cost is not None and abs(cost - theirs) <= 1e-9 * max(abs(cost), abs(theirs), 1e-12):
            counts["agree"] += 1
            continue
        reason = reason_for(entry, request, ours) or "not explained"
        counts[reason] += 1
        if len(examples[reason]) < options.show:
            examples[reason].append((name, request, ours, theirs))
    for reason, count in counts.most_common():
        print(f"{count:8} {100 * count / len(cases):6.2f} %  {reason}")
        for name, request, ours, theirs in examples[reason]:
            print(f"           {name} {json.dumps(request)}\n             here {json.dumps(ours)}\n             there {theirs}")
    return 1 if counts["not explained"] else 0


if __name__ == "__main__":
    sys.exit(main())
