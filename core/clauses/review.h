#pragma once

#include "core/clauses/pack.h"
#include "core/document/document.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::clauses {

/// Changes whenever the same document and pack could give another review.
inline constexpr std::string_view engine_version = "1.0";

struct Tokens; // core/clauses/tokens.h

enum class Role { Gives, Takes, Bounds };
std::string_view to_string(Role role); // "gives", "takes", "bounds"

/// A verbatim passage that decides: bytes [begin, end) of the document's text.
struct Evidence
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    int page = 0;        // 1-based, 0 without pages
    std::string section; // "8.2"; may be empty
    std::string text;
    Role role = Role::Gives; // from the customer's side

    bool operator==(const Evidence&) const = default;
};

/// A figure read from the evidence: {"notice", "14", "days"}, {"cap", "3", "percent"}, {"index", "CPI", ""}.
struct Parameter
{
    std::string name;
    std::string value;
    std::string unit;

    bool operator==(const Parameter&) const = default;
};

/// The engine's verdict on one check.
struct Finding
{
    std::string check;
    Verdict verdict = Verdict::Missing;
    double confidence = 0; // 0…1: how often such a verdict is right
    std::vector<Parameter> parameters;
    std::vector<Evidence> evidence; // in the order of the text; empty for missing
    std::vector<std::string> why;   // reasons, in sentences a person can follow

    bool operator==(const Finding&) const = default;
};

/// The names under which vendor and customer act in the contract, most frequent first: {"Provider", "Aurora
/// AI"}.
struct Parties
{
    std::vector<std::string> vendor;
    std::vector<std::string> customer;

    bool operator==(const Parties&) const = default;
};

struct Review
{
    std::string pack;
    std::string pack_version;
    std::string pack_sha256;
    std::string engine; // engine_version
    Parties parties;
    std::vector<Finding> findings; // in the order of the pack's checks
    /// The text's language (ISO 639-1) where the pack does not read it, else empty: nothing was looked for
    /// and there are no findings.
    std::string outside;

    bool operator==(const Review&) const = default;
};

Parties find_parties(const document::Document& document);

/// What a reviewer must be told of such a text: "The text is in German, which the checks do not read …".
std::string outside_message(std::string_view language);

/// Answers every check of the pack, or says that the text is outside of it. Deterministic; linear in the
/// length of the text.
Review review(const document::Document& document, const Pack& pack);
/// The same where the document's tokens are at hand, as `tokenize` gives them.
Review review(const document::Document& document, Tokens tokens, const Pack& pack);

}
