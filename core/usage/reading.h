#pragma once

#include "core/usage/digest.h"
#include "core/usage/reader.h"
#include "core/usage/rows.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace leeway::usage {

/// Sums rows that may come in any order, on several threads at once.
class SumTarget
{
public:
    SumTarget() = default;
    SumTarget(const SumTarget&) = delete;
    SumTarget& operator=(const SumTarget&) = delete;
    virtual ~SumTarget() = default;

    /// For one thread. Asked for by one thread at a time.
    virtual std::unique_ptr<RowConsumer> consumer() = 0;
    /// The ids of rows, in the order of their lines: false for one that was there before. expect() comes a
    /// little earlier.
    virtual bool is_new(const Digest& id) = 0;
    virtual void expect(const Digest& id) = 0;
    /// A row that a consumer got although its id was there before.
    virtual void take_back(const pricing::Usage& row) = 0;
};

/// What becomes of the lines of a log. Called in the order of the lines, by one thread at a time, not always
/// the caller's.
struct ReadTargets
{
    std::function<void(std::span<const pricing::Usage>)> usage; // unless there are `sums`
    std::function<void(BadLine)> bad;                           // may be empty
    /// Once, after the last line: what was no usage, by its kind ("failed requests"). May be empty.
    std::function<void(const std::map<std::string, std::int64_t>&)> passed_over;
    SumTarget* sums = nullptr;
};

/// What a log was.
struct LogRead
{
    std::string format; // as in Preview
    Digest head;        // of the first 256 kB, unpacked
    Digest whole;
    std::int64_t lines = 0; // of usage
};

/// As read_usage(), in pieces. The result is the same for any number of threads; 0 uses as many as help.
base::Result<LogRead> read_log(const std::filesystem::path& file, const Mapping* mapping,
                               const ReadTargets& targets, const base::Progress& progress = {},
                               int threads = 0);

}
