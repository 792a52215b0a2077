#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace leeway::clauses::train {

/// A labelled vector: the values of its features, and its class.
struct Row
{
    std::vector<std::pair<std::uint32_t, float>> values;
    std::size_t label = 0; // 0…3
};

using RowWeights = std::vector<std::array<float, 4>>; // of each feature, for each class

/// Multinomial logistic regression with the penalty ½‖w‖² against `strength` times the loss, by accelerated
/// gradient descent. The same rows give the same weights.
RowWeights fit(const std::vector<Row>& rows, std::size_t features, double strength, int rounds);

}
