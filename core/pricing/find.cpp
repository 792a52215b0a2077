#include "core/base/text.h"
#include "core/pricing/sheet.h"

#include <algorithm>
#include <array>

namespace leeway::pricing {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

// Ways to write a vendor in a log → the ids under which its models may stand in a sheet.
struct Spelling
{
    std::string_view name;
    std::array<std::string_view, 2> ids;
};
constexpr std::array spellings{
    Spelling{"google", {"gemini", "vertex_ai"}},
    Spelling{"google-ai", {"gemini", ""}},
    Spelling{"google-ai-studio", {"gemini", ""}},
    Spelling{"gcp", {"vertex_ai", "gemini"}},
    Spelling{"vertex", {"vertex_ai", ""}},
    Spelling{"vertex-ai", {"vertex_ai", ""}},
    Spelling{"google-vertex", {"vertex_ai", ""}},
    Spelling{"aws", {"bedrock", ""}},
    Spelling{"amazon", {"bedrock", ""}},
    Spelling{"amazon-bedrock", {"bedrock", ""}},
    Spelling{"aws-bedrock", {"bedrock", ""}},
    Spelling{"bedrock_converse", {"bedrock", ""}},
    Spelling{"microsoft", {"azure", "azure_ai"}},
    Spelling{"azure-openai", {"azure", ""}},
    Spelling{"azure_openai", {"azure", ""}},
    Spelling{"azure_text", {"azure", ""}},
    Spelling{"x.ai", {"xai", ""}},
    Spelling{"x-ai", {"xai", ""}},
    Spelling{"mistralai", {"mistral", ""}},
    Spelling{"mistral-ai", {"mistral", ""}},
    Spelling{"together", {"together_ai", ""}},
    Spelling{"together.ai", {"together_ai", ""}},
    Spelling{"togetherai", {"together_ai", ""}},
    Spelling{"fireworks-ai", {"fireworks_ai", ""}},
    Spelling{"fireworks", {"fireworks_ai", ""}},
    Spelling{"fireworks_ai-embedding-models", {"fireworks_ai", ""}},
    Spelling{"cohere_chat", {"cohere", ""}},
    Spelling{"text-completion-openai", {"openai", ""}},
    Spelling{"text-completion-codestral", {"codestral", ""}},
    Spelling{"text-completion-inception", {"inception", ""}},
    Spelling{"self hosted", {"self-hosted", ""}},
    Spelling{"selfhosted", {"self-hosted", ""}},
};

std::array<std::string, 2> vendor_ids(std::string_view vendor)
{
    std::string name = base::lowered(base::trimmed(vendor));
    if (name.starts_with("vertex_ai-"))
        return {"vertex_ai", ""};
    std::string hyphened = name;
    std::ranges::replace(hyphened, ' ', '-');
    for (const Spelling& spelling : spellings) {
        if (name == spelling.name || hyphened == spelling.name)
            return {std::string(spelling.ids[0]), std::string(spelling.ids[1])};
    }
    return {name, ""};
}

enum class By { Name, Alias };

bool is_called(const Model& model, std::string_view name, By by)
{
    if (by == By::Name)
        return same(model.model, name);
    return std::ranges::any_of(model.aliases, [&](const std::string& alias) { return same(alias, name); });
}

// The only model that answers to `name`; nullptr when none or several do.
const Model* only(const Sheet& sheet, std::string_view name, By by)
{
    const Model* found = nullptr;
    for (const Model& model : sheet.models) {
        if (!is_called(model, name, by))
            continue;
        if (found != nullptr)
            return nullptr;
        found = &model;
    }
    return found;
}

const Model* of_vendor(const Sheet& sheet, std::string_view vendor, std::string_view name, bool& vendor_known)
{
    for (const By by : {By::Name, By::Alias}) {
        for (const Model& model : sheet.models) {
            if (!same(model.vendor, vendor))
                continue;
            vendor_known = true;
            if (is_called(model, name, by))
                return &model;
        }
    }
    return nullptr;
}

const Model* by_vendor(const Sheet& sheet, std::string_view vendor, std::string_view name, bool& known)
{
    const auto ids = vendor_ids(vendor);
    const auto slash = name.find('/');
    const bool prefixed = slash != std::string_view::npos && vendor_ids(name.substr(0, slash))[0] == ids[0];
    for (const std::string_view id : {vendor, std::string_view(ids[0]), std::string_view(ids[1])}) {
        if (id.empty())
            continue;
        if (const Model* found = of_vendor(sheet, id, name, known))
            return found;
        if (!prefixed)
            continue;
        if (const Model* found = of_vendor(sheet, id, name.substr(slash + 1), known))
            return found;
    }
    return nullptr;
}

}

std::string canonical_vendor(std::string_view vendor)
{
    return vendor_ids(vendor)[0];
}

bool is_vendor(std::string_view vendor, const Model& model)
{
    const auto ids = vendor_ids(vendor);
    return std::ranges::any_of(ids, [&](const std::string& id) { return same(id, model.vendor); }) ||
           same(base::trimmed(vendor), model.vendor);
}

const Model* Sheet::find(std::string_view vendor, std::string_view model) const
{
    vendor = base::trimmed(vendor);
    model = base::trimmed(model);
    if (!vendor.empty()) {
        bool known = false;
        const Model* found = by_vendor(*this, vendor, model, known);
        if (found != nullptr || known)
            return found;
    }
    for (const By by : {By::Alias, By::Name}) {
        if (const Model* found = only(*this, model, by))
            return found;
    }
    const auto slash = model.find('/');
    if (!vendor.empty() || slash == std::string_view::npos)
        return nullptr;
    bool known = false;
    return by_vendor(*this, model.substr(0, slash), model.substr(slash + 1), known);
}

}
