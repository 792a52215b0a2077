#!/usr/bin/env python3
"""Makes Leeway's bundled price sheet from LiteLLM's price map.

    make_sheet.py MAP.json[.gz] [--day 2026-11-30] > leeway-prices.json

Only facts are taken over (names, prices, sizes, dates). Prices are copied digit by digit: numbers of the map are
read as text and only their decimal point moves. The output is the same for the same map.

Which models are taken:
  * modes chat, embedding and responses, with a price for tokens that is not zero;
  * not retired before DAY + 1;
  * of the vendors in VENDORS, and Llama 3 and 4 models of the hosts in LLAMA_HOSTS;
  * a name that only adds a date, "latest" or a region to another one, at the same prices, becomes its alias;
    regional names with prices of their own are taken for the EU, the US and "global".
By hand, with their sources, come price histories that the map does not hold and self-hosted models (BY_HAND).
"""

import argparse
import gzip
import json
import re
import sys
from decimal import Decimal, localcontext

MAP_SOURCE = "LiteLLM 1.109.1, model_prices_and_context_window.json (November 2026, MIT licence)"
HISTORY_SOURCE = "github.com/simonw/llm-prices at 723ef0b (5 August 2026)"

# LiteLLM's provider -> vendor in the sheet.
VENDORS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "gemini": "gemini",
    "vertex_ai": "vertex_ai",
    "vertex_ai-language-models": "vertex_ai",
    "vertex_ai-embedding-models": "vertex_ai",
    "mistral": "mistral",
    "codestral": "mistral",
    "meta": "meta",
    "xai": "xai",
    "deepseek": "deepseek",
    "bedrock": "bedrock",
    "bedrock_converse": "bedrock",
    "azure": "azure",
    "azure_ai": "azure_ai",
}
LLAMA_HOSTS = {
    "cerebras": "cerebras",
    "databricks": "databricks",
    "deepinfra": "deepinfra",
    "fireworks_ai": "fireworks_ai",
    "nebius": "nebius",
    "oci": "oci",
    "sambanova": "sambanova",
    "scaleway": "scaleway",
    "together_ai": "together_ai",
    "vertex_ai-llama_models": "vertex_ai",
    "watsonx": "watsonx",
}
LLAMA = re.compile(r"(^|[/.-])(meta-)?llama-?v?[34](?!\d)", re.IGNORECASE)
NOT_LLAMA = re.compile(r"guard|hermes|distill|nemotron|cogito|dobby", re.IGNORECASE)
LEFT_OUT = re.compile(r"^ft:|container|^bedrock/|^gemini/gemini-gemma|medlm|learnlm|guard|experimental|-exp-|"
                      r"xai/.*-(beta|gv2)|model.router|-hf$|claude-(v1|v2|instant)|llama2|ai21.j2|titan-text|"
                      r"command-(light-)?text|azure/ada$")
OPEN_WEIGHTS = re.compile(r"llama|gpt-oss|gemma|qwen|mixtral|nemo\b|ministral|devstral-small|magistral-small|"
                          r"deepseek|kimi|glm-|minimax-m|phi-4|nemotron", re.IGNORECASE)
MODES = ("chat", "embedding", "responses")
REGIONS = ("eu", "us", "global")
OTHER_REGIONS = ("apac", "jp", "au", "us-gov", "in", "ca", "global-standard")
DATED = re.compile(r"(-\d{4}-\d{2}-\d{2}|-20\d{6}|-\d{4}|@default|@\d{3}|-latest|-v\d)$")

# Base field -> component, in the order of the components; longer names first where one begins another.
BASES = [
    ("input_cost_per_token_cache_hit", "cache_read"),
    ("input_cost_per_token", "input"),
    ("cache_read_input_token_cost", "cache_read"),
    ("cache_creation_input_token_cost", "cache_write_5m"),
    ("cache_read_input_audio_token_cost", "cache_read_audio"),
    ("cache_read_input_image_token_cost", "cache_read_image"),
    ("cache_creation_input_audio_token_cost", "cache_write_audio"),
    ("input_cost_per_audio_token", "audio_input"),
    ("input_cost_per_image_token", "image_input"),
    ("input_cost_per_video_token", "video_input"),
    ("output_cost_per_token", "output"),
    ("output_cost_per_reasoning_token", "reasoning"),
    ("output_cost_per_audio_token", "audio_output"),
    ("output_cost_per_image_token", "image_output"),
    ("output_cost_per_video_token", "video_output"),
    ("google_maps_grounding_cost_per_query", "map_search"),
    ("code_interpreter_cost_per_session", "code_session"),
]
ORDER = ["input", "cache_read", "cache_write_5m", "cache_write_1h", "cache_write_12h", "cache_read_audio",
         "cache_read_image", "cache_write_audio", "audio_input", "image_input", "video_input", "output", "reasoning",
         "audio_output", "image_output", "video_output", "web_search", "web_search_low", "web_search_high",
         "map_search", "code_session"]
TOKENS = set(ORDER[:16])
SEARCHES = {"search_context_size_medium": "web_search", "search_context_size_low": "web_search_low",
            "search_context_size_high": "web_search_high"}
SUFFIX = re.compile(r"^(?:_above_(?P<life>1|12)hr)?(?:_above_(?P<k>\d+)k_tokens)?(?:_(?P<tier>[a-z]+))?$")


def plain(number):
    """The shortest text without exponent, at 18 places at most."""
    with localcontext() as context:
        context.prec = 60
        text = format(number.quantize(Decimal(1).scaleb(-18)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text or "0"


def decimal(value):
    try:
        return Decimal(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
    except ArithmeticError:
        return None


def price_field(name):
    """(component, above, tier) of a field of the map, or None."""
    for base, component in BASES:
        if not name.startswith(base):
            continue
        suffix = SUFFIX.match(name[len(base):])
        if not suffix or (suffix["life"] and component != "cache_write_5m"):
            return None
        if suffix["life"]:
            component = "cache_write_1h" if suffix["life"] == "1" else "cache_write_12h"
        tier = suffix["tier"] or "standard"
        return component, int(suffix["k"] or 0) * 1000, "batch" if tier == "batches" else tier
    return None


def rates_of(entry):
    """{(component, above, tier): price} of an entry of the map."""
    rates = {}
    for name, value in sorted(entry.items()):
        place = price_field(name)
        price = decimal(value)
        if place is None or price is None or price < 0:
            continue
        if price == 0 and place[0].startswith("cache_write"):  # no price of its own, not free
            continue
        if name.startswith("input_cost_per_token_cache_hit") and place in rates and rates[place] != 0:
            continue
        rates[place] = price
    for size, price in (entry.get("search_context_cost_per_query") or {}).items():
        if size in SEARCHES and decimal(price) is not None:
            rates[(SEARCHES[size], 0, "standard")] = decimal(price)
    factors = entry.get("provider_specific_entry") or {}
    fast = decimal(factors.get("fast"))
    if fast:
        for (component, above, tier), price in list(rates.items()):
            if tier == "standard" and component in TOKENS:
                rates[(component, above, "fast")] = price * fast
    return rates


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def off_peak_of(entry):
    """([(days, from, to)], rates) of the hours of the week, in UTC, in which an entry is cheaper; None without."""
    block = entry.get("off_peak_pricing") or {}
    windows = list(block.get("windows") or [])
    if block.get("hours_utc"):
        windows.append({"hours_utc": block["hours_utc"]})
    if not windows or block.get("weekday_timezone", "UTC") != "UTC":
        return None
    hours = []
    for window in windows:
        days = [DAYS[day - 1] for day in sorted(window.get("weekdays", range(1, 8)))]
        first, last = DAYS.index(days[0]), DAYS.index(days[-1])
        text = f"{days[0]}-{days[-1]}" if len(days) > 1 and last - first + 1 == len(days) else ",".join(days)
        listed = window["hours_utc"]
        for span in listed if isinstance(listed, list) else [listed]:
            begin, end = span.split("-")
            if begin < end:
                hours.append((text, begin, end))
            else:  # over midnight: the day counts at the moment of the request
                hours += [(text, start, stop) for start, stop in (("00:00", end), (begin, "24:00")) if start != stop]
    if all(begin == "00:00" and end == "00:00" for _, begin, end in hours):
        return None
    return hours, rates_of(block)


def factors_of(entry):
    """[(region, factor)] in the order in which an import of the map finds them."""
    factors = []
    for name, value in sorted(entry.items()):
        if name == "provider_specific_entry":
            factors += [(r, decimal(f)) for r, f in sorted(value.items()) if r in REGIONS and decimal(f)]
        elif name == "regional_endpoint_uplift_multiplier":
            factors.append(("*", decimal(value)))
        elif name.startswith("regional_processing_uplift_multiplier_"):
            factors.append((name.rsplit("_", 1)[1], decimal(value)))
    return sorted((r, f) for r, f in factors if f)


class Model:
    def __init__(self, key, vendor, entry):
        self.key = key
        self.vendor = vendor
        provider = entry["litellm_provider"]
        self.name = key
        for prefix in (provider, vendor, "vertex_ai"):
            if key.startswith(prefix + "/"):
                self.name = key[len(prefix) + 1:]
                break
        self.aliases = [key]
        self.mode = entry["mode"]
        self.sizes = {name: int(Decimal(str(entry[field])))
                      for name, field in (("max_input_tokens", "max_input_tokens"),
                                          ("max_output_tokens", "max_output_tokens"),
                                          ("cache_min_tokens", "prompt_cache_min_tokens"))
                      if decimal(entry.get(field))}
        self.retires = entry.get("deprecation_date")
        self.inclusive = provider == "xai"
        self.open = bool(OPEN_WEIGHTS.search(key)) and "openai" != vendor
        self.factors = factors_of(entry)
        self.source = MAP_SOURCE + (": " + entry["source"] if entry.get("source") else "")
        self.note = ""
        self.before = []  # earlier prices: (from, until, source, read, note, rates)
        self.start = None
        self.rates = rates_of(entry)
        self.off_peak = off_peak_of(entry)

    def prices(self):
        return tuple(sorted(self.rates.items())), tuple(self.factors), repr(self.off_peak)


def wanted(key, entry, day):
    if not isinstance(entry, dict) or entry.get("mode") not in MODES or LEFT_OUT.search(key):
        return None
    if entry.get("deprecation_date") and entry["deprecation_date"] <= day:
        return None
    provider = entry.get("litellm_provider")
    is_llama = LLAMA.search(key) and not NOT_LLAMA.search(key)
    vendor = VENDORS.get(provider) or (LLAMA_HOSTS.get(provider) if is_llama else None)
    if vendor == "vertex_ai" and "/" in key.removeprefix("vertex_ai/") and not is_llama:
        return None
    model = Model(key, vendor, entry) if vendor else None
    priced = model and any(price for (component, _, _), price in model.rates.items() if component in TOKENS)
    return model if priced else None


def base_names(model):
    """Names of which this one may be a dated or regional variant; the region that it names."""
    name, region = model.name, None
    for mark in REGIONS + OTHER_REGIONS:
        for prefix in (mark + "/", mark + "."):
            if name.startswith(prefix):
                name, region = name[len(prefix):], mark
    names = [] if region is None else [name]
    for dated in (name, model.name):
        while DATED.search(dated):
            dated = DATED.sub("", dated)
            names.append(dated)
    return names, region


def choose(price_map, day):
    models = [m for m in (wanted(k, e, day) for k, e in sorted(price_map.items())) if m]
    by_name = {}
    for model in models:
        by_name.setdefault((model.vendor, model.name), []).append(model)
    kept = []
    for model in models:
        first = by_name[(model.vendor, model.name)][0]
        if first is not model:  # one model under two keys of the map
            if first.prices() == model.prices():
                first.aliases.append(model.key)
            continue
        names, region = base_names(model)
        base = next((by_name[(model.vendor, n)][0] for n in names if (model.vendor, n) in by_name), None)
        if base and base is not model and base.prices() == model.prices():
            base.aliases += [model.name] + ([model.key] if model.key != model.name else [])
            base.aliases += [a for a in model.aliases if a not in base.aliases]
        elif region not in OTHER_REGIONS:
            kept.append(model)
    for model in kept:
        model.aliases = list(dict.fromkeys(model.aliases))
    return kept


def per_million(text):
    return Decimal(text).scaleb(-6)


LUNA_PLACES = [(0, "standard"), (0, "batch"), (0, "flex"), (0, "priority"), (272000, "standard")]
LUNA_IN_JULY = {
    "input": ["1", "0.5", "0.5", "2", "2"],
    "cache_read": ["0.1", None, "0.05", "0.2", "0.2"],
    "cache_write_5m": ["1.25", None, "0.625", "2.5", "2.5"],
    "output": ["6", "3", "3", "12", "9"],
}


def by_hand(models, price_map, day):
    """Facts that the map does not hold. Each has its source."""
    found = {(m.vendor, m.name): m for m in models}
    sonnet = found.get(("anthropic", "claude-sonnet-5"))
    if sonnet:
        sonnet.note = ("A rise to 3 and 15 per million tokens was announced for 2026-09-01 (" + HISTORY_SOURCE +
                       "); the map of November 2026 still has 2 and 10 at every vendor.")
    luna = found.get(("openai", "gpt-5.6-luna"))
    if luna:
        luna.before = [(None, None, "LiteLLM price map of 2026-07-24 (MIT licence)", "2026-07-24",
                        "The cut came between 2026-07-24 and 2026-08-05.",
                        {(component, above, tier): per_million(price)
                         for component, prices in LUNA_IN_JULY.items()
                         for (above, tier), price in zip(LUNA_PLACES, prices) if price})]
        luna.start = "2026-08-05"
    entry = price_map.get("deepseek/deepseek-chat")
    if entry:  # retired in 2026, kept for its history: one name, three prices
        chat = Model("deepseek/deepseek-chat", "deepseek", entry)
        chat.aliases.append("deepseek-chat")
        chat.open = True
        history = [("input", "output"), ("0.14", "0.28"), ("0.27", "1.10")]
        old = [{(c, 0, "standard"): per_million(p) for c, p in zip(history[0], row)} for row in history[1:]]
        chat.before = [(None, None, HISTORY_SOURCE, "2026-08-05", "", old[0]),
                       ("2025-02-08", None, HISTORY_SOURCE, "2026-08-05", "", old[1])]
        chat.start = "2026-02-25"
        chat.note = "This price was first seen on 2026-02-25; the day of the change is not known."
        models.append(chat)
    for name, title, source in (
            ("llama-3.1-8b", "Llama 3.1 8B, Llama 3.1 Community License",
             "github.com/meta-llama/llama-models, models/llama3_1"),
            ("mistral-7b", "Mistral 7B, Apache 2.0",
             "huggingface.co/mistralai/Mistral-7B-v0.1")):
        own = Model("self-hosted/" + name, "self-hosted",
                    {"litellm_provider": "self-hosted", "mode": "chat", "max_input_tokens":
                     131072 if name.startswith("llama") else 32768})
        own.open = True
        own.source = source
        own.note = title + ": run on machines of one's own, paid by the hour, so there is no price for a token."
        models.append(own)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def write_rates(rates, indent="          "):
    lines = []
    for (component, above, tier), price in sorted(rates.items(),
                                                  key=lambda r: (ORDER.index(r[0][0]), r[0][1], r[0][2] != "standard", r[0][2])):
        by_million = component in TOKENS
        shown = plain(Decimal(plain(price)).scaleb(6)) if by_million else plain(price)
        parts = [f'"component": {quoted(component)}',
                 f'"{"per_million" if by_million else "each"}": {quoted(shown)}']
        if tier != "standard":
            parts.append(f'"tier": {quoted(tier)}')
        if above:
            parts.append(f'"above": {above}')
        lines.append(indent + "{ " + ", ".join(parts) + " }")
    return "[" + "\n" + ",\n".join(lines) + "\n" + indent[2:] + "]" if lines else "[]"


def write_off_peak(off_peak):
    if off_peak is None:
        return ""
    hours, rates = off_peak
    shown = ", ".join(f'{{ "days": "{days}", "from": "{begin}", "to": "{end}" }}' for days, begin, end in hours)
    return f',\n        "off_peak": [\n          {{ "hours": [{shown}],\n            "rates": ' + \
        write_rates(rates, "              ") + " }\n        ]"


def write_prices(start, until, source, read, note, rates, off_peak=None):
    parts = [f'"{name}": {quoted(value)}' for name, value in
             (("from", start), ("until", until), ("source", source), ("read", read), ("note", note)) if value]
    return "        { " + "".join(p + ", " for p in parts) + '"rates": ' + write_rates(rates) + \
        write_off_peak(off_peak) + " }"


def write_model(model, day):
    head = [f'"vendor": {quoted(model.vendor)}', f'"model": {quoted(model.name)}',
            '"aliases": [' + ", ".join(quoted(a) for a in model.aliases) + "]", f'"mode": {quoted(model.mode)}']
    facts = [f'"{name}": {size}' for name, size in model.sizes.items()]
    if model.retires:
        facts.append(f'"retires": {quoted(model.retires)}')
    if model.inclusive:
        facts.append('"threshold_inclusive": true')
    if model.open:
        facts.append('"open_weights": true')
    if model.factors:
        facts.append('"regional_factors": { ' +
                     ", ".join(f"{quoted(r)}: {quoted(plain(f))}" for r, f in model.factors) + " }")
    prices = [write_prices(*before) for before in model.before]
    prices.append(write_prices(model.start, None, model.source, day, model.note, model.rates, model.off_peak))
    text = "    { " + ", ".join(head) + ",\n"
    if facts:
        text += "      " + ", ".join(facts) + ",\n"
    return text + '      "prices": [\n' + ",\n".join(prices) + "\n      ] }"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("map")
    arguments.add_argument("--day", default="2026-11-30", help="when the map was read; models must outlive it")
    options = arguments.parse_args()
    opener = gzip.open if options.map.endswith(".gz") else open
    with opener(options.map, "rt", encoding="utf-8") as file:
        price_map = json.load(file, parse_float=str)
    models = choose(price_map, options.day)
    by_hand(models, price_map, options.day)
    models.sort(key=lambda m: (m.vendor, m.name))
    source = (MAP_SOURCE + "; facts only, each with the page that the map names. Histories: " + HISTORY_SOURCE +
              ". Made by make_sheet.py")
    out = sys.stdout
    out.write('{\n  "format": "leeway-prices",\n  "version": 1,\n  "id": "leeway",\n')
    out.write('  "title": "List prices, November 2026",\n  "currency": "USD",\n')
    out.write(f'  "as_of": {quoted(options.day)},\n  "source": {quoted(source)},\n')
    out.write('  "models": [\n' + ",\n".join(write_model(m, options.day) for m in models) + "\n  ]\n}\n")


if __name__ == "__main__":
    main()
