#pragma once

#include "core/base/json.h"
#include "core/clauses/types/cues.h"
#include "core/clauses/types/documentscore.h"
#include "core/clauses/types/weights.h"

#include <string>

namespace leeway::clauses {

/// Where a model comes from.
struct Provenance
{
    std::string data;    // data set, with its makers
    std::string licence; // of the data set
    std::string date;    // of learning, ISO 8601
    std::string figures; // how well it does on documents that it has not seen
    std::string remake;  // the command that makes it

    bool operator==(const Provenance&) const = default;
};

/// Everything by which clauses are found.
struct TypeModel
{
    Provenance provenance;
    std::string signs_file; // beside the model's file
    std::string signs_sha256;
    Signs signs;
    TypeWeights weights;
    DocumentScale scale;
};

/// Reads the model that comes with Leeway, or the file at `path`. Its signs are read from the same folder, or
/// else from the bundled ones. NotFound; Invalid where the file is damaged, of another kind, or learned with
/// other signs: the message names line and path.
base::Result<TypeModel> load_type_model(const std::string& path = {});

/// A model from its parsed file and its signs.
base::Result<TypeModel> read_type_model(const base::JsonFile& file, Signs signs,
                                        const std::string& signs_sha256);

/// The text of a model's file. Weights are rounded (see `rounded`).
std::string type_model_text(const TypeModel& model);

/// The weights as a file gives them back: features that say next to nothing are left out, and the others
/// rounded to 255 steps that are finer near zero.
TypeWeights rounded(const TypeWeights& weights);

/// The bundled signs: concepts and cues of English contracts.
inline constexpr std::string_view bundled_signs = "english.lexicon.json";
struct SignsFile
{
    std::string sha256;
    Signs signs;
};
base::Result<SignsFile> load_signs(const std::string& path = {});

}
