#pragma once

#include "core/base/decimal.h"
#include "core/usage/cube.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace leeway::usage {

/// A cube in which everything is summed up that makes no difference to the price at any one model of
/// `sheet`: tags, the logged models, and days between two changes of a price. Of `from` as in replay(). Its
/// cells cost at a model what those of `cube` do, to the last digit.
Cube condensed(const Cube& cube, const pricing::Sheet& sheet, const std::string& from = {});

struct Repriced
{
    const pricing::Model* model = nullptr;
    base::Decimal total;
    std::int64_t unpriced_requests = 0; // that have no price there
};

/// What all usage of a condensed cube would have cost at each of the models.
std::vector<Repriced> reprice(const Cube& condensed, std::span<const pricing::Model* const> models);

}
