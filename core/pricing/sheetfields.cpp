#include "core/pricing/sheetfields.h"

#include <fmt/format.h>

namespace leeway::pricing {

void SheetFields::complain(const std::string& at, const std::string& complaint)
{
    if (!m_error)
        m_error = m_file.error(at, complaint);
}

std::optional<base::Date> SheetFields::date(const nlohmann::json& object, const std::string& at,
                                            const char* name)
{
    const auto found = object.find(name);
    if (found == object.end())
        return std::nullopt;
    const auto parsed = base::parse_date(found->get_ref<const std::string&>());
    if (!parsed)
        complain(at + "/" + name, parsed.error().message);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

base::Decimal SheetFields::number(const std::string& text, const std::string& at, int shift)
{
    const auto point = text.find('.');
    const auto places = point == std::string::npos ? 0 : text.size() - point - 1;
    if (places + static_cast<std::size_t>(shift) > base::Decimal::places)
        complain(at, fmt::format("more than {} digits after the point", base::Decimal::places - shift));
    return base::Decimal::parse(fmt::format("{}e-{}", text, shift)).value_or(base::Decimal());
}

base::Decimal SheetFields::number(const nlohmann::json& object, const std::string& at, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() ? base::Decimal()
                                 : number(found->get_ref<const std::string&>(), at + "/" + name);
}

void SheetFields::check_order(const std::optional<base::Date>& from, const std::optional<base::Date>& until,
                              const std::string& at)
{
    if (from && until && *until < *from)
        complain(at, "“until” is before “from”");
}

}
