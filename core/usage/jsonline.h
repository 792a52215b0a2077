#pragma once

#include "core/usage/row.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Reads one line of JSON Lines.
class JsonLine
{
public:
    JsonLine();
    /// `columns` by usage_fields() index; a name with dots is looked up inside objects when no key has it.
    explicit JsonLine(const std::vector<std::string>& columns);
    ~JsonLine();
    JsonLine(const JsonLine&) = delete;
    JsonLine& operator=(const JsonLine&) = delete;

    /// Hands the mapped values of a line to `row`, complaints included.
    void read(std::string_view line, RowBuilder& row);
    /// The names of a line's values, those inside objects with dots; empty when it is not an object.
    std::vector<std::string> keys(std::string_view line);
    /// The values of a line by name, as text for a person; empty when it is not an object.
    std::vector<std::string> texts(std::string_view line, const std::vector<std::string>& columns);

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

}
