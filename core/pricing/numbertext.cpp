#include "core/pricing/numbertext.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace leeway::pricing {
namespace {

using nlohmann::json;

class Builder : public nlohmann::json_sax<json>
{
public:
    explicit Builder(NumberText& result) : m_result(result) {}

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t, const string_t& text) override
    {
        m_result.has_fractions = true;
        return add(text);
    }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        if (m_levels.back()->contains(name))
            m_result.doubled.push_back(name);
        m_key = name;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const json::exception&) override
    {
        at = position;
        return false;
    }

    std::size_t at = 0;
    bool too_deep = false;

private:
    json* insert(json value)
    {
        if (m_levels.empty())
            return &(m_result.value = std::move(value));
        json& level = *m_levels.back();
        if (!level.is_array())
            return &(level[m_key] = std::move(value));
        level.push_back(std::move(value));
        return &level.back();
    }

    bool add(json value)
    {
        insert(std::move(value));
        return true;
    }

    bool open(json value)
    {
        too_deep = m_levels.size() >= 64;
        if (!too_deep)
            m_levels.push_back(insert(std::move(value)));
        return !too_deep;
    }

    bool close()
    {
        m_levels.pop_back();
        return true;
    }

    NumberText& m_result;
    std::vector<json*> m_levels;
    std::string m_key;
};

}

base::Result<NumberText> parse_number_text(const std::string& name, std::string_view text)
{
    NumberText result;
    Builder builder(result);
    if (json::sax_parse(text.begin(), text.end(), &builder))
        return result;
    if (builder.too_deep)
        return base::fail(base::ErrorCode::Invalid, fmt::format("{}: more than 64 levels of nesting", name));
    const auto line = std::count(
        text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(builder.at, text.size())), '\n');
    return base::fail(base::ErrorCode::Invalid, fmt::format("{}, line {}: not valid JSON", name, line + 1));
}

std::optional<base::Decimal> decimal_of(const json& value)
{
    base::Result<base::Decimal> number = base::fail(base::ErrorCode::Invalid, {});
    if (value.is_number_unsigned())
        number = base::Decimal::parse(std::to_string(value.get<std::uint64_t>()));
    else if (value.is_number_integer())
        number = base::Decimal::parse(std::to_string(value.get<std::int64_t>()));
    else if (value.is_string())
        number = base::Decimal::parse(value.get_ref<const std::string&>());
    return number ? std::optional(*number) : std::nullopt;
}

std::optional<std::int64_t> integer_of(const json& value)
{
    const auto number = decimal_of(value);
    if (!number)
        return std::nullopt;
    const std::string text = number->to_string();
    std::int64_t result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(result) : std::nullopt;
}

bool has_more_places(const json& value)
{
    if (!value.is_string())
        return false;
    const std::string_view text = value.get_ref<const std::string&>();
    const auto e = text.find_first_of("eE");
    int exponent = 0;
    if (e != std::string_view::npos) {
        const std::string_view digits = text.substr(e + (text.substr(e + 1).starts_with('+') ? 2 : 1));
        std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    }
    std::string_view mantissa = text.substr(0, e);
    const auto point = mantissa.find('.');
    int places = -exponent;
    if (point != std::string_view::npos) {
        while (mantissa.ends_with('0'))
            mantissa.remove_suffix(1);
        places += static_cast<int>(mantissa.size() - point) - 1;
    }
    return places > base::Decimal::places;
}

}
