#include "app/cli/usage_input.h"

#include "core/usage/cubefile.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

base::Status fill(std::map<std::string, std::string>& target, const std::vector<std::string>& pairs,
                  std::string_view option)
{
    for (const std::string& pair : pairs) {
        const auto equals = pair.find('=');
        if (equals == 0 || equals == std::string::npos)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("{} wants FIELD=VALUE, not “{}”.", option, pair));
        target[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return {};
}

}

void add_mapping_options(CLI::App& command, UsageInput& input)
{
    command.add_option("--map", input.maps, "FIELD=COLUMN: which column of a foreign log holds which field");
    command.add_option("--set", input.sets,
                       "FIELD=VALUE: a field that is the same on every line (vendor=azure)");
}

base::Result<pricing::Sheet> sheet_of(const UsageInput& input)
{
    return input.sheet.empty() ? pricing::bundled_sheet() : pricing::load_sheet(input.sheet);
}

base::Result<std::unique_ptr<usage::Mapping>> mapping_of(const UsageInput& input)
{
    if (input.maps.empty() && input.sets.empty())
        return nullptr;
    auto mapping = std::make_unique<usage::Mapping>();
    if (auto status = fill(mapping->column_of, input.maps, "--map"); !status)
        return tl::unexpected(status.error());
    if (auto status = fill(mapping->fixed, input.sets, "--set"); !status)
        return tl::unexpected(status.error());
    return mapping;
}

base::Result<usage::Cube> cube_of(const UsageInput& input, const pricing::Sheet& sheet)
{
    const auto mapping = mapping_of(input);
    if (!mapping)
        return tl::unexpected(mapping.error());
    const std::vector<std::filesystem::path> files(input.files.begin(), input.files.end());
    auto cube = usage::read_cube(files, sheet, mapping->get());
    if (cube)
        report_bad_lines(cube->bad_lines, cube->examples);
    return cube;
}

void report_bad_lines(std::int64_t count, std::span<const usage::BadLine> examples)
{
    if (count == 0)
        return;
    fmt::print(stderr, "leeway-cli: {} bad lines were left out; the first:\n", count);
    for (const usage::BadLine& bad : examples)
        fmt::print(stderr, "  {}:{}: {}\n", bad.file, bad.line, bad.reason);
}

}
