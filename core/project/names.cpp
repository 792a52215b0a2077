#include "core/project/names.h"

#include "core/base/text.h"

#include <algorithm>
#include <filesystem>
#include <re2/re2.h>

namespace leeway::project {
namespace {

// Where contracts name their parties; further on, companies are mentioned for other reasons.
constexpr std::size_t preamble_bytes = 6000;
// How far behind a company its defined term may stand: “Acme B.V., a company … (“Provider”)”.
constexpr std::size_t definition_reach = 400;

struct Company
{
    std::string name;
    std::size_t end = 0; // in the text
};

std::vector<Company> companies_in(std::string_view text)
{
    // One to five capitalised words and a legal form.
    static const RE2 pattern(
        "\\b((?:[A-Z][\\w&.’'-]*,?\\s){1,5}"
        "(?:Inc\\b\\.?|Incorporated|LLC|L\\.L\\.C\\.|Ltd\\b\\.?|Limited|PLC|plc|PBC|LP|L\\.P\\.|"
        "Corp\\b\\.?|Corporation|Company|Co\\.|GmbH|AG|SE|KG|B\\.V\\.|BV|N\\.V\\.|NV|S\\.A\\.S?\\.?|"
        "SAS|SARL|S\\.r\\.l\\.|S\\.p\\.A\\.|AB|AS|ApS|Oy|Pty\\b\\.?))");
    std::vector<Company> found;
    re2::StringPiece rest(text.data(), text.size());
    std::string name;
    while (RE2::FindAndConsume(&rest, pattern, &name)) {
        std::replace(name.begin(), name.end(), '\n', ' ');
        for (const std::string_view word : {"The ", "By ", "Between ", "And ", "This "}) {
            if (name.starts_with(word))
                name.erase(0, word.size());
        }
        found.push_back({name, text.size() - rest.size()});
    }
    return found;
}

bool holds(const std::vector<std::string>& roles, std::string_view term)
{
    const std::string lower = base::lowered(term);
    return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
        const std::string word = base::lowered(role);
        return lower == word || lower.ends_with(" " + word) || lower == "the " + word;
    });
}

// The term in quotation marks that a company is given, empty when there is none near.
std::string defined_term(std::string_view behind)
{
    static const RE2 pattern("\\((?:[^()]{0,80}?)[“\"'‘]([A-Za-z][^“”\"'’]{1,40})[”\"'’]");
    std::string term;
    RE2::PartialMatch(re2::StringPiece(behind.data(), behind.size()), pattern, &term);
    return term;
}

std::string vendor_of(const document::Document& document, const clauses::Parties& parties)
{
    const std::string_view text = std::string_view(document.text).substr(0, preamble_bytes);
    const std::vector<Company> companies = companies_in(text);
    std::string undefined; // the first company that is not said to be the customer
    for (std::size_t i = 0; i < companies.size(); ++i) {
        const std::size_t begin = companies[i].end;
        const std::size_t next =
            i + 1 < companies.size() ? companies[i + 1].end - companies[i + 1].name.size() : text.size();
        const std::string term =
            defined_term(text.substr(begin, std::min(definition_reach, next > begin ? next - begin : 0)));
        if (!term.empty() && holds(parties.vendor, term))
            return companies[i].name;
        if (undefined.empty() && (term.empty() || !holds(parties.customer, term)))
            undefined = companies[i].name;
    }
    return undefined;
}

// “AI SERVICES AGREEMENT” → “AI Services Agreement”; words of two letters stay as they are.
std::string title_case(std::string_view text)
{
    std::string result(text);
    if (std::any_of(result.begin(), result.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        return result;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= result.size(); ++i) {
        if (i < result.size() && result[i] != ' ' && result[i] != '-')
            continue;
        if (i - begin > 2)
            std::transform(result.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                           result.begin() + static_cast<std::ptrdiff_t>(i),
                           result.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        begin = i + 1;
    }
    return result;
}

// The file's name as a person would write it: “acme-master_agreement.pdf” → “Acme master agreement”.
std::string readable(const std::string& file)
{
    std::string name = std::filesystem::path(file).stem().string();
    std::replace(name.begin(), name.end(), '_', ' ');
    std::replace(name.begin(), name.end(), '-', ' ');
    name = std::string(base::trimmed(name));
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
        name[0] = static_cast<char>(name[0] - 32);
    return name.empty() ? "Contract" : name;
}

std::string title_of(const document::Document& document)
{
    constexpr std::size_t first_blocks = 6;
    static const RE2 agreement("(?i)\\b(agreement|contract|terms|addendum|conditions|order|schedule)\\b");
    for (std::size_t i = 0; i < std::min(first_blocks, document.blocks.size()); ++i) {
        const document::Block& block = document.blocks[i];
        const std::string_view text = base::trimmed(document.slice(block.begin, block.end));
        if (block.kind != document::BlockKind::TableRow && block.number.empty() && text.size() >= 5 &&
            text.size() <= 80 && text.find('\n') == std::string_view::npos &&
            RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), agreement) && !text.ends_with('.'))
            return title_case(text);
    }
    return readable(document.name);
}

}

Names suggested_names(const document::Document& document, const clauses::Review& review)
{
    return {title_of(document), vendor_of(document, review.parties)};
}

}
