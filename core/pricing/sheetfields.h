#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/json.h"

#include <optional>
#include <string>

namespace leeway::pricing {

/// Reads the values of a file that follows its schema. The first complaint that the schema cannot make is
/// kept.
class SheetFields
{
public:
    explicit SheetFields(const base::JsonFile& file) : m_file(file) {}

    void complain(const std::string& at, const std::string& complaint);
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }

    /// The date `name` of an object that stands at the pointer `at`, if it has one.
    std::optional<base::Date> date(const nlohmann::json& object, const std::string& at, const char* name);
    /// A decimal text, divided by 10^shift.
    base::Decimal number(const std::string& text, const std::string& at, int shift = 0);
    base::Decimal number(const nlohmann::json& object, const std::string& at, const char* name);
    /// Complains when the second day is before the first.
    void check_order(const std::optional<base::Date>& from, const std::optional<base::Date>& until,
                     const std::string& at);

private:
    const base::JsonFile& m_file;
    std::optional<base::Error> m_error;
};

}
