#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace leeway::base {

enum class ErrorCode {
    NotFound,      // no such file or value
    Empty,         // a file of zero bytes, or a document without pages
    Unreadable,    // not the format it says it is, or damaged
    NeedsPassword, // encrypted
    NoText,        // pages are images only
    TooLarge,      // over a size, memory, CPU or time limit
    Crashed,       // the worker process died on this input
    NewerFormat,   // written by a newer version of Leeway
    Foreign,       // a file of another program
    Locked,        // open elsewhere, or read-only
    Invalid,       // breaks a rule of its format; the message names line and path
    Database,
    Io,
    Cancelled
};

struct Error
{
    ErrorCode code = ErrorCode::Invalid;
    std::string message; // a sentence for the user: what is wrong and what to do

    bool operator==(const Error&) const = default;
};

template<typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

}
