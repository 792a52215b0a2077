#include "core/fallback/endpoints/trouble.h"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr std::array<std::pair<Trouble, std::string_view>, 19> names{
    {{Trouble::None, "none"},
     {Trouble::Cancelled, "cancelled"},
     {Trouble::Unreachable, "unreachable"},
     {Trouble::Refused, "refused"},
     {Trouble::NotFound, "not-found"},
     {Trouble::RateLimited, "rate-limited"},
     {Trouble::ServerFault, "server-fault"},
     {Trouble::BadRequest, "bad-request"},
     {Trouble::Reset, "reset"},
     {Trouble::NoFirstToken, "no-first-token"},
     {Trouble::Stalled, "stalled"},
     {Trouble::OutOfTime, "out-of-time"},
     {Trouble::BrokenStream, "broken-stream"},
     {Trouble::TooLarge, "too-large"},
     {Trouble::Redirected, "redirected"},
     {Trouble::BadCertificate, "bad-certificate"},
     {Trouble::ContextOverflow, "context-overflow"},
     {Trouble::Truncated, "truncated"},
     {Trouble::NoAnswer, "no-answer"}}};

std::string answered(const TroubleFacts& facts)
{
    std::string text = fmt::format("“{}” answered with HTTP {}", facts.server, facts.status);
    if (!facts.code.empty())
        text += fmt::format(" ({})", facts.code);
    return text;
}

std::string tried(const TroubleFacts& facts)
{
    return facts.attempts > 1 ? fmt::format(" to each of {} attempts", facts.attempts) : std::string();
}

}

std::string_view to_string(Trouble trouble)
{
    return names.at(static_cast<std::size_t>(trouble)).second;
}

std::optional<Trouble> trouble_from(std::string_view text)
{
    for (const auto& [trouble, name] : names) {
        if (name == text)
            return trouble;
    }
    return std::nullopt;
}

bool makes_invalid(Trouble trouble)
{
    return trouble == Trouble::ContextOverflow || trouble == Trouble::Truncated;
}

std::string sentence_for(Trouble trouble, const TroubleFacts& facts)
{
    using enum Trouble;
    switch (trouble) {
    case None:
        return {};
    case Cancelled:
        return "Stopped before the answer was there.";
    case Unreachable:
        return fmt::format(
            "Nobody answers at “{}”; check that the server runs and that its address is right.",
            facts.server);
    case Refused:
        return answered(facts) + ": it wants a key, or a different one.";
    case NotFound:
        return answered(facts) +
               ": it does not know this model or this way of asking; check the model's name "
               "and the kind of the endpoint.";
    case RateLimited:
        return answered(facts) + tried(facts) +
               ": too many requests. Ask for fewer at the same time, or later.";
    case ServerFault:
        return answered(facts) + tried(facts) + ": the server has a fault or is overloaded; look at its log.";
    case BadRequest:
        return answered(facts) + ": it does not take the question as it is.";
    case Reset:
        return fmt::format("“{}” closed the connection in the middle{}.", facts.server, tried(facts));
    case NoFirstToken:
        return fmt::format("“{}” gave no first word within {:g} seconds.", facts.server, facts.seconds);
    case Stalled:
        return fmt::format("“{}” stopped in the middle of its answer for {:g} seconds.", facts.server,
                           facts.seconds);
    case OutOfTime:
        return fmt::format("“{}” did not come to the end of its answer within {:g} seconds.", facts.server,
                           facts.seconds);
    case BrokenStream:
        return fmt::format(
            "“{}” sent something that is not an answer of this kind of server{}; check the kind "
            "of the endpoint.",
            facts.server, facts.code.empty() ? "" : " (" + facts.code + ")");
    case TooLarge:
        return fmt::format("“{}” sent more than an answer may have; the rest was not read.", facts.server);
    case Redirected:
        return facts.moved_to.empty()
                   ? answered(facts) + ", a redirect, which is not followed."
                   : fmt::format("“{}” sends on to “{}”, which is not followed. If that is right, use its "
                                 "address.",
                                 facts.server, facts.moved_to);
    case BadCertificate:
        return fmt::format("The certificate of “{}” cannot be trusted; nothing was sent. If your company has "
                           "an authority of its own, name its PEM file.",
                           facts.server);
    case ContextOverflow:
        return fmt::format(
            "The question, or question and answer, do not fit into the context of the model at "
            "“{}”; give the server a larger one.",
            facts.server);
    case Truncated:
        return fmt::format("“{}” counted far fewer tokens than the question has: it cut a part off without a "
                           "word. Give it a larger context.",
                           facts.server);
    case NoAnswer:
        return fmt::format("“{}” ended its answer without a word.", facts.server);
    }
    return {};
}

}
