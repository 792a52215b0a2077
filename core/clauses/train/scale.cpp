#include "core/clauses/train/scale.h"

#include <algorithm>
#include <cmath>

namespace leeway::clauses::train {
namespace {

constexpr double ridge = 0.05;
constexpr int newton_steps = 30;
constexpr double least_slope = 0.05;

double chance(double log_odds)
{
    return 1 / (1 + std::exp(-log_odds));
}

// One observation of a logistic regression.
struct Row
{
    std::vector<double> x;
    bool yes = false;
};

// Solves the symmetric positive system `a`·x = b in place.
std::vector<double> solved(std::vector<std::vector<double>> a, std::vector<double> b)
{
    const std::size_t n = b.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) {
            const double factor = a[j][i] / a[i][i];
            for (std::size_t k = i; k < n; ++k)
                a[j][k] -= factor * a[i][k];
            b[j] -= factor * b[i];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    return b;
}

// Newton's method with a ridge on all weights but the last `free`.
std::vector<double> logistic(const std::vector<Row>& rows, std::size_t free)
{
    const std::size_t n = rows.front().x.size();
    std::vector<double> weights(n, 0.0);
    for (int step = 0; step < newton_steps; ++step) {
        std::vector<std::vector<double>> curve(n, std::vector<double>(n, 0.0));
        std::vector<double> slope(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const double r = i + free < n ? ridge * static_cast<double>(rows.size()) / 100 : 1e-3;
            curve[i][i] = r;
            slope[i] = -r * weights[i];
        }
        for (const Row& row : rows) {
            double z = 0;
            for (std::size_t i = 0; i < n; ++i)
                z += weights[i] * row.x[i];
            const double p = chance(z);
            const double w = std::max(p * (1 - p), 1e-6);
            for (std::size_t i = 0; i < n; ++i) {
                slope[i] += ((row.yes ? 1.0 : 0.0) - p) * row.x[i];
                for (std::size_t j = 0; j < n; ++j)
                    curve[i][j] += w * row.x[i] * row.x[j];
            }
        }
        const auto change = solved(curve, slope);
        double length = 0;
        for (const double c : change)
            length += std::abs(c);
        const double damp = length > 5 ? 5 / length : 1;
        for (std::size_t i = 0; i < n; ++i)
            weights[i] += damp * change[i];
        if (length < 1e-9)
            break;
    }
    return weights;
}

// The chance at which saying yes gives the best F1 to be expected.
double best_line(std::vector<double> chances)
{
    std::sort(chances.rbegin(), chances.rend());
    double all = 0;
    for (const double p : chances)
        all += p;
    double best = -1, line = 0.5, sum = 0;
    for (std::size_t i = 0; i < chances.size(); ++i) {
        sum += chances[i];
        const double f1 = 2 * sum / (static_cast<double>(i + 1) + all);
        if (f1 > best) {
            best = f1;
            line = i + 1 < chances.size() ? (chances[i] + chances[i + 1]) / 2 : chances[i] / 2;
        }
    }
    return std::clamp(line, 0.01, 0.99);
}

}

DocumentScale learn_scale(const std::vector<Scored>& documents)
{
    DocumentScale scale;
    std::vector<Row> rows;
    for (const Scored& document : documents) {
        for (std::size_t t = 0; t < type_count; ++t) {
            Row row{std::vector<double>(document_terms + type_count, 0.0), (document.types >> t & 1U) != 0};
            std::copy(document.terms[t].begin(), document.terms[t].end(), row.x.begin());
            row.x[document_terms + t] = 1;
            rows.push_back(std::move(row));
        }
    }
    if (rows.empty())
        return scale;
    const auto shared = logistic(rows, type_count);
    std::copy(shared.begin(), shared.begin() + document_terms, scale.weights.begin());
    for (std::size_t t = 0; t < type_count; ++t) {
        rows.clear();
        for (const Scored& document : documents) {
            double sum = shared[document_terms + t];
            for (std::size_t i = 0; i < document_terms; ++i)
                sum += scale.weights[i] * document.terms[t][i];
            rows.push_back({{sum, 1.0}, (document.types >> t & 1U) != 0});
        }
        auto line = logistic(rows, 1);
        line[0] = std::max(line[0], least_slope);
        std::vector<double> chances;
        for (const Row& row : rows)
            chances.push_back(chance(line[0] * row.x[0] + line[1]));
        const double at = best_line(std::move(chances));
        scale.lines[t] = {line[0], line[0] * shared[document_terms + t] + line[1] - std::log(at / (1 - at))};
    }
    return scale;
}

}
