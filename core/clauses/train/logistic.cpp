#include "core/clauses/train/logistic.h"

#include <algorithm>
#include <cmath>

namespace leeway::clauses::train {
namespace {

constexpr std::size_t classes = 4;

// The largest eigenvalue of XᵀX, by power iteration.
double largest_eigenvalue(const std::vector<Row>& rows, std::size_t features)
{
    constexpr int rounds = 12;
    std::vector<double> vector(features, 1), next(features);
    double norm = 1;
    for (int round = 0; round < rounds; ++round) {
        std::fill(next.begin(), next.end(), 0);
        for (const Row& row : rows) {
            double dot = 0;
            for (const auto& [feature, value] : row.values)
                dot += static_cast<double>(value) * vector[feature];
            for (const auto& [feature, value] : row.values)
                next[feature] += dot * static_cast<double>(value);
        }
        double square = 0;
        for (const double value : next)
            square += value * value;
        norm = std::sqrt(square);
        if (norm <= 0)
            return 1;
        for (std::size_t i = 0; i < features; ++i)
            vector[i] = next[i] / norm;
    }
    return norm;
}

void add_gradient(const Row& row, const RowWeights& at, double strength, RowWeights& gradient)
{
    std::array<float, classes> score{};
    for (const auto& [feature, value] : row.values) {
        for (std::size_t c = 0; c < classes; ++c)
            score[c] += value * at[feature][c];
    }
    const float most = *std::max_element(score.begin(), score.end());
    float sum = 0;
    for (float& s : score)
        sum += s = std::exp(s - most);
    for (std::size_t c = 0; c < classes; ++c)
        score[c] = static_cast<float>(strength) * (score[c] / sum - (c == row.label ? 1.0F : 0.0F));
    for (const auto& [feature, value] : row.values) {
        for (std::size_t c = 0; c < classes; ++c)
            gradient[feature][c] += score[c] * value;
    }
}

}

RowWeights fit(const std::vector<Row>& rows, std::size_t features, double strength, int rounds)
{
    // Half of the eigenvalue bounds the curvature of the loss; the tenth is for the error of its estimate.
    const double curvature = strength * 0.55 * largest_eigenvalue(rows, features) + 1;
    const auto step = static_cast<float>(1 / curvature);
    RowWeights weights(features), ahead(features), gradient(features);
    double momentum = 1;
    for (int round = 0; round < rounds; ++round) {
        gradient = ahead;
        for (const Row& row : rows)
            add_gradient(row, ahead, strength, gradient);
        const double next = (1 + std::sqrt(1 + 4 * momentum * momentum)) / 2;
        const auto push = static_cast<float>((momentum - 1) / next);
        momentum = next;
        for (std::size_t i = 0; i < features; ++i) {
            for (std::size_t c = 0; c < classes; ++c) {
                const float moved = ahead[i][c] - step * gradient[i][c];
                ahead[i][c] = moved + push * (moved - weights[i][c]);
                weights[i][c] = moved;
            }
        }
    }
    return weights;
}

}
