#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

inline constexpr std::size_t largest_pack_file = std::size_t{8} << 20;

/// The file that a pack names under `key` ("lexicon", "weights"): the one beside the pack where there is one,
/// else the bundled one of `kind`. An empty folder stands for a pack that is no file. Errors name the line.
base::Result<std::string> read_part(const base::JsonFile& pack, const std::string& key,
                                    const std::filesystem::path& folder, std::string_view kind);

/// The bundled pack of an id and the bundled files that it names, the pack first.
base::Result<std::vector<std::filesystem::path>> pack_files(std::string_view kind, const std::string& id);

/// Adds the `concepts` and `inheritable` of one validated file to those of another; where both have a
/// concept, the added one wins. Lines go with them, for errors.
void add_concepts(base::JsonFile& concepts, const base::JsonFile& added);

}
