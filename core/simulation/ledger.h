#pragma once

#include "core/simulation/obligations.h"
#include "core/simulation/strands.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::simulation {

/// A share that moves: from which month, how much.
struct Relocation
{
    std::string to; // "mistral/mistral-large", "llama-3.1-8b"
    base::Decimal share;
    std::size_t begin = 0; // first month in which the new place is paid
    std::size_t moves = 0; // first month in which the old place is not
    base::Decimal upkeep;  // a month
    base::Decimal migration;
};

/// What the transferred strands cost at the second vendor, all of them.
struct Second
{
    Relocation move;
    std::vector<Strand> usage;
    base::Decimal cache_loss; // share of the cache reads
};

struct Machines
{
    Relocation move;
    double seconds = 0; // of work for all of the fallen back strands in an average month, at full load
    double usable = 1;  // share of a machine's hours
    std::int64_t least = 0;
    base::Decimal price_per_hour;
};

/// What a scenario means for this traffic: everything that is money, nothing that is a name to be looked up.
struct Ledger
{
    std::vector<Strand> strands;
    std::optional<Second> second;
    std::optional<Machines> machines;
    std::vector<Fee> fees;
    std::vector<Promise> commitments;
    std::vector<base::Decimal> cache_loss; // share of the cache reads of today's traffic, by month
    std::vector<base::Decimal> expenses;   // by month
    std::vector<std::string> notes;
};

Ledger ledger_of(const Frame& frame, const Scenario& scenario);

/// Machines that run in a month of `volume` times the average, for this share of the work.
double machines_for(const Machines& machines, double share, double volume);

}
