#include "core/fallback/yaml.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <re2/re2.h>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace leeway::fallback {
namespace {

using base::ErrorCode;
using base::fail;
using nlohmann::json;

constexpr std::size_t longest = std::size_t{8} << 20;
constexpr int deepest = 64;
constexpr int most_parts = 300'000;

// Thrown and caught inside this file only: yaml-cpp reports by exceptions as well.
struct Refused
{
    ErrorCode code;
    int line;
    std::string what;
};

json plain_scalar(const std::string& text)
{
    static const re2::RE2 whole("[-+]?[0-9]+");
    static const re2::RE2 based("0(?:o[0-7]+|x[0-9a-fA-F]+|b[01]+)");
    static const re2::RE2 fraction("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    static const re2::RE2 infinite("[-+]?\\.(?:inf|Inf|INF)");
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
        return nullptr;
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    if (re2::RE2::FullMatch(text, whole)) {
        if (text.size() <= 18)
            return std::stoll(text);
        return js_to_number(text);
    }
    if (re2::RE2::FullMatch(text, based) || re2::RE2::FullMatch(text, fraction)) {
        const double value = js_to_number(text);
        if (std::isfinite(value))
            return value;
        return text;
    }
    if (re2::RE2::FullMatch(text, infinite))
        return text.front() == '-' ? -std::numeric_limits<double>::infinity()
                                   : std::numeric_limits<double>::infinity();
    return text;
}

bool is_plain_tag(std::string_view tag)
{
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (!tag.starts_with(prefix))
        return tag.empty() || tag == "?" || tag == "!";
    tag.remove_prefix(prefix.size());
    return tag == "str" || tag == "int" || tag == "float" || tag == "bool" || tag == "null" || tag == "map" ||
           tag == "seq";
}

// Only notes where documents begin.
class DocumentCounter : public YAML::EventHandler
{
public:
    void OnDocumentStart(const YAML::Mark& mark) override { line = mark.line + 1; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
    }
    void OnMapEnd() override {}

    int line = 0;
};

// 0 where there is only one. YAML::LoadAll() would not end on some broken files.
int line_of_second_document(const std::string& text)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentCounter counter;
    return parser.HandleNextDocument(counter) && parser.HandleNextDocument(counter) ? counter.line : 0;
}

class Converter
{
public:
    explicit Converter(YamlFile* file) : m_file(file) {}

    json convert(const YAML::Node& node, const std::string& path, int depth)
    {
        const int line = node.Mark().line + 1;
        if (depth > deepest)
            throw Refused{ErrorCode::Invalid, line, "more than 64 levels of nesting"};
        if (++m_parts > most_parts)
            throw Refused{ErrorCode::TooLarge, line, "more than 300,000 parts; split the file"};
        if (m_file != nullptr)
            m_file->file.line_of_path[path] = line;
        const std::string& tag = node.Tag();
        if (m_file != nullptr && !is_plain_tag(tag))
            throw Refused{ErrorCode::Invalid, line, fmt::format("the tag {} is not supported", tag)};
        if (node.IsMap())
            return convert_map(node, path, depth);
        if (node.IsSequence()) {
            json list = json::array();
            for (const auto& item : node)
                list.push_back(convert(item, path + "/" + std::to_string(list.size()), depth + 1));
            return list;
        }
        if (!node.IsScalar())
            return nullptr;
        if (tag == "!" || tag == "tag:yaml.org,2002:str")
            return base::to_valid_utf8(node.Scalar());
        json value = plain_scalar(node.Scalar());
        return value.is_string() ? json(base::to_valid_utf8(value.get_ref<const std::string&>())) : value;
    }

private:
    static std::string name_of(const YAML::Node& key)
    {
        if (!key.IsScalar())
            return "[object Object]";
        return key.Tag() == "!" ? key.Scalar() : js_string(plain_scalar(key.Scalar()));
    }

    json convert_map(const YAML::Node& node, const std::string& path, int depth)
    {
        json object = json::object();
        std::vector<std::string> names;
        std::vector<YAML::Node> merged;
        for (const auto& entry : node) {
            const std::string name = base::to_valid_utf8(name_of(entry.first));
            if (name == "<<" && entry.first.Tag() != "!") {
                merged.push_back(entry.second);
                continue;
            }
            if (object.contains(name) && m_file != nullptr)
                throw Refused{ErrorCode::Invalid, entry.first.Mark().line + 1,
                              fmt::format("the name “{}” stands twice in one object", name)};
            object[name] = convert(entry.second, path + "/" + pointer_step(name), depth + 1);
            names.push_back(name);
        }
        for (const YAML::Node& source : merged)
            merge(source, path, depth, object, names);
        if (m_file != nullptr)
            m_file->names_of_path[path] = std::move(names);
        return object;
    }

    void merge(const YAML::Node& source, const std::string& path, int depth, json& object,
               std::vector<std::string>& names)
    {
        if (depth > deepest)
            throw Refused{ErrorCode::Invalid, source.Mark().line + 1, "more than 64 levels of nesting"};
        if (source.IsSequence()) {
            for (const auto& one : source)
                merge(one, path, depth + 1, object, names);
            return;
        }
        if (!source.IsMap())
            throw Refused{ErrorCode::Invalid, source.Mark().line + 1, "a merge key << needs an object"};
        for (const auto& entry : source) {
            const std::string name = base::to_valid_utf8(name_of(entry.first));
            if (object.contains(name))
                continue;
            object[name] = convert(entry.second, path + "/" + pointer_step(name), depth + 1);
            names.push_back(name);
        }
    }

    YamlFile* m_file;
    int m_parts = 0;
};

}

std::string pointer_step(std::string_view name)
{
    std::string step;
    for (const char c : name)
        step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return step;
}

base::Result<YamlFile> parse_yaml(std::string name, std::string_view text)
{
    if (text.size() > longest)
        return fail(ErrorCode::TooLarge, fmt::format("{}: larger than 8 MB; split the suite", name));
    YamlFile result;
    result.file.name = std::move(name);
    const auto at_line = [&](int line, const std::string& what) {
        return fmt::format("{}, line {}: {}", result.file.name, line, what);
    };
    try {
        const int second = line_of_second_document(std::string(text));
        if (second > 0)
            return fail(ErrorCode::Invalid,
                        at_line(second, "a second document begins; one file holds one suite"));
        result.file.value = Converter(&result).convert(YAML::Load(std::string(text)), {}, 0);
        if (result.file.value.is_null())
            return fail(ErrorCode::Empty, fmt::format("{}: holds nothing", result.file.name));
        return result;
    } catch (const Refused& refused) {
        return fail(refused.code, at_line(refused.line, refused.what));
    } catch (const YAML::Exception& exception) {
        return fail(ErrorCode::Invalid, at_line(exception.mark.line + 1, "not valid YAML: " + exception.msg));
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Invalid, at_line(1, std::string("not valid YAML: ") + exception.what()));
    }
}

std::optional<json> yaml_value(const std::string& text)
{
    try {
        return Converter(nullptr).convert(YAML::Load(text), {}, 0);
    } catch (const Refused&) {
        return std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}
