#include "core/clauses/types/model.h"
#include "core/clauses/types/packed.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

constexpr int file_version = 1;
constexpr float smallest_weight = 0.04F; // features below it for every type are left out
constexpr float steps = 127;
constexpr std::size_t hash_bytes = sizeof(FeatureHash);

// Steps grow with the square: ±1 is the smallest weight above zero, ±127 the largest.
std::int8_t to_step(float weight, float largest)
{
    const float root = largest > 0 ? std::sqrt(std::abs(weight) / largest) : 0;
    return static_cast<std::int8_t>(std::copysign(std::round(std::min(root, 1.0F) * steps), weight));
}

float from_step(std::int8_t step, float largest)
{
    const float root = static_cast<float>(step) / steps;
    return std::copysign(root * root * largest, root);
}

TypeScores largest_of(const std::vector<TypeScores>& weights)
{
    TypeScores largest{};
    for (const TypeScores& row : weights) {
        for (std::size_t t = 0; t < type_count; ++t)
            largest[t] = std::max(largest[t], std::abs(row[t]));
    }
    return largest;
}

const nlohmann::json& schema()
{
    static const nlohmann::json json = nlohmann::json::parse(R"({
        "type": "object",
        "required": ["kind", "version", "provenance", "signs", "types", "shares", "document", "largest", "features",
                     "weights"],
        "properties": {
            "kind": {"const": "clause-types"},
            "version": {"type": "integer"},
            "provenance": {"type": "object", "required": ["data", "licence", "date", "figures", "remake"],
                           "additionalProperties": {"type": "string"}},
            "signs": {"type": "object", "required": ["file", "sha256"],
                      "additionalProperties": {"type": "string"}},
            "types": {"type": "array", "items": {"type": "string"}},
            "shares": {"type": "array", "minItems": 11, "maxItems": 11,
                       "items": {"type": "number", "minimum": 0, "maximum": 100}},
            "document": {"type": "object", "required": ["weights", "lines"], "properties": {
                "weights": {"type": "array", "minItems": 4, "maxItems": 4,
                            "items": {"type": "number", "minimum": -100, "maximum": 100}},
                "lines": {"type": "array", "minItems": 20, "maxItems": 20, "items": {
                    "type": "array", "minItems": 2, "maxItems": 2,
                    "items": {"type": "number", "minimum": -1000, "maximum": 1000}}}}},
            "largest": {"type": "array", "minItems": 20, "maxItems": 20,
                        "items": {"type": "number", "minimum": 0, "maximum": 1000}},
            "features": {"type": "string"},
            "weights": {"type": "string"}}})");
    static_assert(feature_groups == 11 && document_terms == 4 && type_count == 20);
    return json;
}

base::Result<TypeWeights> read_weights(const base::JsonFile& file)
{
    const auto& value = file.value;
    const auto hashes = from_base64(value.at("features").get_ref<const std::string&>());
    if (!hashes || hashes->size() % hash_bytes != 0)
        return tl::unexpected(file.error("/features", "not a row of 32-bit numbers in Base64"));
    const std::size_t count = hashes->size() / hash_bytes;
    const auto steps_text = from_base64(value.at("weights").get_ref<const std::string&>());
    if (!steps_text || steps_text->size() != count * type_count)
        return tl::unexpected(
            file.error("/weights", fmt::format("not {} bytes in Base64: the file is cut off or was "
                                               "changed; learn it again",
                                               count * type_count)));
    std::vector<FeatureHash> features(count, 0);
    for (std::size_t i = 0; i < count * hash_bytes; ++i)
        features[i / hash_bytes] |= static_cast<FeatureHash>(static_cast<unsigned char>((*hashes)[i]))
                                    << (8 * (i % hash_bytes));
    if (std::adjacent_find(features.begin(), features.end(), std::greater_equal<>()) != features.end())
        return tl::unexpected(file.error("/features", "the numbers are not in ascending order"));
    const auto largest = value.at("largest").get<TypeScores>();
    std::vector<TypeScores> weights(count);
    for (std::size_t i = 0; i < count * type_count; ++i)
        weights[i / type_count][i % type_count] =
            from_step(static_cast<std::int8_t>((*steps_text)[i]), largest[i % type_count]);
    return TypeWeights(value.at("shares").get<std::array<float, feature_groups>>(), std::move(features),
                       std::move(weights));
}

}

base::Result<TypeModel> read_type_model(const base::JsonFile& file, Signs signs,
                                        const std::string& signs_sha256)
{
    if (const auto valid = base::validate(file, schema()); !valid)
        return tl::unexpected(valid.error());
    const auto& value = file.value;
    if (value.at("version") != file_version)
        return tl::unexpected(file.error("/version", "made by another version of Leeway; learn it again"));
    const auto types = value.at("types").get<std::vector<std::string>>();
    if (!std::equal(types.begin(), types.end(), clause_types.begin(), clause_types.end()))
        return tl::unexpected(file.error("/types", "not the clause types of this version; learn it again"));
    TypeModel model;
    const auto& signs_of = value.at("signs");
    model.signs_file = signs_of.at("file").get<std::string>();
    model.signs_sha256 = signs_of.at("sha256").get<std::string>();
    if (model.signs_sha256 != signs_sha256)
        return tl::unexpected(file.error(
            "/signs/sha256",
            fmt::format("{} was changed since the weights were learned; learn them again with “leeway-cli "
                        "learn types”, or restore it",
                        model.signs_file)));
    auto weights = read_weights(file);
    if (!weights)
        return tl::unexpected(weights.error());
    const auto& source = value.at("provenance");
    model.provenance = {source.at("data"), source.at("licence"), source.at("date"), source.at("figures"),
                        source.at("remake")};
    model.signs = std::move(signs);
    model.weights = std::move(*weights);
    model.scale.weights = value.at("document").at("weights").get<DocumentTerms>();
    for (std::size_t t = 0; t < type_count; ++t) {
        const auto& line = value.at("document").at("lines").at(t);
        model.scale.lines[t] = {line.at(0).get<double>(), line.at(1).get<double>()};
    }
    return model;
}

TypeWeights rounded(const TypeWeights& weights)
{
    std::vector<FeatureHash> features;
    std::vector<TypeScores> rows;
    const TypeScores largest = largest_of(weights.weights());
    for (std::size_t i = 0; i < weights.features().size(); ++i) {
        TypeScores row = weights.weights()[i];
        if (std::none_of(row.begin(), row.end(), [](float w) { return std::abs(w) >= smallest_weight; }))
            continue;
        for (std::size_t t = 0; t < type_count; ++t)
            row[t] = from_step(to_step(row[t], largest[t]), largest[t]);
        features.push_back(weights.features()[i]);
        rows.push_back(row);
    }
    return {weights.shares(), std::move(features), std::move(rows)};
}

std::string type_model_text(const TypeModel& model)
{
    const TypeWeights kept = rounded(model.weights);
    const TypeScores largest = largest_of(kept.weights());
    std::string hashes;
    std::string rows;
    for (std::size_t i = 0; i < kept.features().size(); ++i) {
        for (std::size_t byte = 0; byte < hash_bytes; ++byte)
            hashes += static_cast<char>(kept.features()[i] >> (8 * byte) & 0xFFU);
        for (std::size_t t = 0; t < type_count; ++t)
            rows += static_cast<char>(to_step(kept.weights()[i][t], largest[t]));
    }
    nlohmann::ordered_json file;
    file["kind"] = "clause-types";
    file["version"] = file_version;
    file["provenance"] = {{"data", model.provenance.data},
                          {"licence", model.provenance.licence},
                          {"date", model.provenance.date},
                          {"figures", model.provenance.figures},
                          {"remake", model.provenance.remake}};
    file["signs"] = {{"file", model.signs_file}, {"sha256", model.signs_sha256}};
    file["types"] = clause_types;
    file["shares"] = kept.shares();
    file["document"]["weights"] = model.scale.weights;
    file["document"]["lines"] = nlohmann::ordered_json::array();
    for (const DocumentScale::Line& line : model.scale.lines)
        file["document"]["lines"].push_back({line.slope, line.offset});
    file["largest"] = largest;
    file["features"] = to_base64(hashes);
    file["weights"] = to_base64(rows);
    return file.dump(1) + "\n";
}

}
