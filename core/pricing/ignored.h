#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leeway::pricing {

/// What an import leaves out: fields once, with the number of models that have them, the reason, and a model
/// as an example.
class Ignored
{
public:
    void field(const std::string& model, const std::string& name, std::string_view reason);
    void whole(std::string text) { m_models.push_back(std::move(text)); }
    [[nodiscard]] std::vector<std::string> list() const;

private:
    struct Seen
    {
        std::string example;
        int count = 0;
    };
    std::map<std::pair<std::string, std::string>, Seen> m_fields;
    std::vector<std::string> m_models;
};

}
