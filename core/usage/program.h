#pragma once

#include "core/base/result.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace leeway::usage {

/// A program that runs beside us and whose output is read as it comes. It is found as a shell would find it,
/// but no shell takes part. It is ended with this object.
class Program
{
public:
    /// `arguments` begins with the program's name. NotFound when there is no such program.
    static base::Result<Program> start(const std::vector<std::string>& arguments);
    ~Program();
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;

    /// What it writes to its standard output.
    [[nodiscard]] std::FILE* output() const;
    /// Waits for its end: an error, with the end of what it wrote to standard error, when it failed.
    base::Status finish();

private:
    struct State;
    explicit Program(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
