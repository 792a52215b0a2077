#pragma once

#include "core/usage/digest.h"
#include "core/usage/formats/format.h"
#include "core/usage/row.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leeway::usage {

/// Takes good rows as they are read.
class RowConsumer
{
public:
    RowConsumer() = default;
    RowConsumer(const RowConsumer&) = delete;
    RowConsumer& operator=(const RowConsumer&) = delete;
    virtual ~RowConsumer() = default;

    /// `components` are those of the row that may be other than 0.
    virtual void add(const pricing::Usage& row, ComponentSet components) = 0;
};

/// The rows of a piece of a log, good ones, bad ones and what is no usage, to be handed on together.
class Rows : public RowSink
{
public:
    struct Bad
    {
        std::int64_t line = 0;
        std::string reason;
    };

    explicit Rows(RowRules rules) : m_builder(std::move(rules)) {}

    void clear();
    /// With a consumer, good rows go there at once; only their ids are kept. Null: they are kept.
    void set_consumer(RowConsumer* consumer) { m_consumer = consumer; }
    /// The line of the rows that follow.
    void set_line(std::int64_t line) { m_line = line; }
    RowBuilder& begin() override;
    void end() override;
    void pass_over(std::string_view why) override;
    /// A line that cannot be read at all.
    void add_bad(std::string_view reason);

    /// The id of a row and which of the good rows it is.
    struct Id
    {
        Digest id;
        std::size_t row = 0;
    };

    [[nodiscard]] std::span<const pricing::Usage> good() const { return {m_usage.data(), m_kept}; }
    [[nodiscard]] std::int64_t consumed() const { return m_consumed; }
    [[nodiscard]] std::span<const Id> ids() const { return m_ids; } // of consumed rows
    [[nodiscard]] std::span<const Bad> bad() const { return m_bad; }
    [[nodiscard]] std::span<const std::pair<std::string, std::int64_t>> passed_over() const
    {
        return m_passed;
    }
    [[nodiscard]] std::size_t size() const { return m_kept + m_bad.size(); }

private:
    RowBuilder m_builder;
    std::int64_t m_line = 0;
    RowConsumer* m_consumer = nullptr;
    std::vector<pricing::Usage> m_usage; // the first m_kept of them count: the others keep their memory
    std::size_t m_kept = 0;
    std::int64_t m_consumed = 0;
    std::vector<Id> m_ids;
    std::vector<Bad> m_bad;
    std::vector<std::pair<std::string, std::int64_t>> m_passed;
};

}
