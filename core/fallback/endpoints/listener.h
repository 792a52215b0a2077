#pragma once

#include "core/fallback/endpoints/events.h"
#include "core/fallback/endpoints/reply.h"

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// What a server has said so far.
struct Heard
{
    Answer answer;
    Tokens tokens;
    std::optional<double> tokens_per_second; // where the server measures it
    std::string model;
    std::string fingerprint;
    bool begun = false; // the first word, thought or call is there
    bool ended = false; // the server said that this is all
    Trouble trouble = Trouble::None;
    std::string code; // of a fault that the server reported within its stream
};

/// Makes an answer out of the bytes of one HTTP response, as they come. Pure: no clock, no network.
class Listener
{
public:
    virtual ~Listener() = default;
    virtual void take(std::string_view bytes) = 0;
    /// No more bytes will come. A stream that ends before the answer does is Reset: over HTTP a lost
    /// connection cannot always be told from an early end. One without any chunk is BrokenStream.
    virtual void finish() = 0;
    [[nodiscard]] const Heard& heard() const { return m_heard; }

protected:
    void fault(Trouble trouble, std::string code = {});
    /// A fault that the server reports: {"error": …}.
    void reported_fault(const nlohmann::ordered_json& error);
    void say(const nlohmann::ordered_json& text);
    void end_of_stream();

    Heard m_heard;
    bool m_understood = false; // at least one chunk
};

/// For streams of server-sent events whose data is JSON.
class EventListener : public Listener
{
public:
    explicit EventListener(std::size_t most) : m_decoder(most) {}
    void take(std::string_view bytes) override;
    void finish() override;

protected:
    virtual void chunk(const std::string& type, const nlohmann::ordered_json& value) = 0;

private:
    void event(const ServerEvent& event);
    EventDecoder m_decoder;
};

/// A member that is a whole, non-negative number.
std::optional<std::int64_t> count_of(const nlohmann::ordered_json& object, const char* name);
/// A member that is a text; empty otherwise.
std::string text_of(const nlohmann::ordered_json& object, const char* name);
/// A member that is an object; an empty one otherwise.
const nlohmann::ordered_json& object_of(const nlohmann::ordered_json& object, const char* name);
/// A member that is an array; an empty one otherwise.
const nlohmann::ordered_json& array_of(const nlohmann::ordered_json& object, const char* name);

}
