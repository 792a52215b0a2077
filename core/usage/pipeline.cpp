#include "core/usage/pipeline.h"

#include "core/usage/blocks.h"
#include "core/usage/csv.h"
#include "core/usage/values.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::size_t rows_a_piece = 1000;
constexpr std::int64_t most_ahead = 6; // blocks that wait for their turn

// A block and what was read from it.
struct Piece
{
    explicit Piece(const RowRules& rules) : rows(rules) {}

    std::int64_t place = 0;
    LineSource::Block block;
    Rows rows;
    BlockReader::Stop stop;

    [[nodiscard]] bool whole() const { return stop.offset == block.size; }
};

// Reads blocks on several threads and delivers them in order. Ends at the end of the log, when the delivery
// wants no more, or at a record that goes on over its line: then what was not delivered is given back to the
// source.
class BlockPipeline
{
public:
    BlockPipeline(LineSource& source, const ReadingPlan& plan, Delivery& delivery)
        : m_source(source),
          m_plan(plan),
          m_delivery(delivery)
    {
    }

    // False when nothing is left to read.
    bool run(unsigned threads)
    {
        {
            std::vector<std::jthread> helpers;
            for (unsigned i = 1; i < threads; ++i)
                helpers.emplace_back([this] { work_safely(); });
            work_safely();
        }
        if (m_failure)
            std::rethrow_exception(m_failure);
        return give_back();
    }

private:
    void work_safely()
    {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_failure = std::current_exception();
            m_stopped = true;
            m_changed.notify_all();
        }
    }

    void work()
    {
        const auto records = record_reader(m_plan.form, m_plan.columns, m_plan.by_columns);
        BlockReader reader(m_plan.form, *records);
        std::unique_ptr<RowConsumer> consumer;
        if (m_delivery.sums() != nullptr) {
            const std::lock_guard lock(m_mutex);
            consumer = m_delivery.sums()->consumer();
        }
        while (auto piece = next_piece()) {
            piece->rows.clear();
            piece->rows.set_consumer(consumer.get());
            piece->stop = reader.read(piece->block, piece->rows);
            deliver(std::move(piece), reader);
        }
    }

    // Rows went to their consumer as if all of their ids were new. Those of which that is not true are read
    // again.
    void take_repeated_back(const Piece& piece, BlockReader& reader)
    {
        constexpr std::size_t ahead = 8;
        std::vector<std::size_t> repeated;
        const auto ids = piece.rows.ids();
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (i + ahead < ids.size())
                m_delivery.sums()->expect(ids[i + ahead].id);
            if (!m_delivery.sums()->is_new(ids[i].id))
                repeated.push_back(ids[i].row);
        }
        if (repeated.empty())
            return;
        Rows again(m_plan.rules);
        reader.read(piece.block, again);
        for (const std::size_t row : repeated)
            m_delivery.sums()->take_back(again.good()[row]);
    }

    std::unique_ptr<Piece> next_piece()
    {
        std::unique_ptr<Piece> piece;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [&] { return m_stopped || m_next - m_turn < most_ahead; });
            if (m_stopped)
                return nullptr;
            if (!m_idle.empty()) {
                piece = std::move(m_idle.back());
                m_idle.pop_back();
            }
        }
        if (piece == nullptr)
            piece = std::make_unique<Piece>(m_plan.rules);
        const std::lock_guard reading(m_reading);
        if (!m_source.next_block(piece->block))
            return nullptr;
        const std::lock_guard lock(m_mutex);
        piece->place = m_next++;
        return piece;
    }

    // Whoever brings the piece whose turn it is delivers it and all that wait behind it.
    void deliver(std::unique_ptr<Piece> piece, BlockReader& reader)
    {
        std::unique_lock lock(m_mutex);
        m_waiting.emplace(piece->place, std::move(piece));
        if (m_delivering)
            return;
        m_delivering = true;
        while (!m_stopped && !m_waiting.empty() && m_waiting.begin()->first == m_turn) {
            auto now = std::move(m_waiting.extract(m_waiting.begin()).mapped());
            lock.unlock();
            take_repeated_back(*now, reader);
            const bool more = m_delivery.take(now->rows);
            lock.lock();
            if (!more || !now->whole()) {
                m_stopped = true;
                if (more)
                    m_waiting.emplace(m_turn, std::move(now)); // its rest is to be read again
                break;
            }
            ++m_turn;
            m_idle.push_back(std::move(now));
            m_changed.notify_all();
        }
        m_delivering = false;
        m_changed.notify_all();
    }

    bool give_back()
    {
        if (m_waiting.empty() || m_waiting.begin()->first != m_turn)
            return false;
        for (auto piece = m_waiting.rbegin(); piece != m_waiting.rend(); ++piece) {
            const bool first = piece->first == m_turn;
            if (!first && m_delivery.sums() != nullptr)
                take_back(*piece->second);
            m_source.put_back(piece->second->block, first ? piece->second->stop.offset : 0,
                              first ? piece->second->stop.line : piece->second->block.first_line);
        }
        return true;
    }

    // All rows of a piece that is to be read again.
    void take_back(const Piece& piece)
    {
        const auto records = record_reader(m_plan.form, m_plan.columns, m_plan.by_columns);
        Rows rows(m_plan.rules);
        BlockReader(m_plan.form, *records).read(piece.block, rows);
        for (const pricing::Usage& row : rows.good())
            m_delivery.sums()->take_back(row);
    }

    LineSource& m_source;
    const ReadingPlan& m_plan;
    Delivery& m_delivery;
    std::mutex m_reading; // held before m_mutex
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_next = 0; // place of the next block
    std::int64_t m_turn = 0; // to be delivered
    bool m_delivering = false;
    bool m_stopped = false;
    std::map<std::int64_t, std::unique_ptr<Piece>> m_waiting;
    std::vector<std::unique_ptr<Piece>> m_idle;
    std::exception_ptr m_failure;
};

// From a record on that goes over several lines, one after the other.
void read_table_on(LineSource& source, const ReadingPlan& plan, Delivery& delivery)
{
    const auto records = record_reader(plan.form, plan.columns, plan.by_columns);
    CsvReader reader(source, plan.form.separator);
    CsvReader::Record record;
    Rows rows(plan.rules);
    while (reader.next(record)) {
        rows.set_line(record.line);
        if (record.fields == nullptr)
            rows.add_bad(record.reason);
        else
            read_row(*record.fields, plan.form.columns.size(), *records, rows);
        if (rows.size() < rows_a_piece)
            continue;
        if (!delivery.take(rows))
            return;
        rows.clear();
    }
    delivery.take(rows);
}

void read_values(LineSource& source, const ReadingPlan& plan, Delivery& delivery)
{
    const auto records = record_reader(plan.form, plan.columns, plan.by_columns);
    JsonValues values(source);
    LineSource::Line value;
    Rows rows(plan.rules);
    while (values.next(value)) {
        rows.set_line(value.number);
        records->read_json(value.text, rows);
        if (rows.size() < rows_a_piece)
            continue;
        if (!delivery.take(rows))
            return;
        rows.clear();
    }
    if (values.too_long())
        delivery.stop(base::ErrorCode::TooLarge, JsonValues::what_is_too_long);
    delivery.take(rows);
}

}

void read_all(LineSource& source, const ReadingPlan& plan, Delivery& delivery)
{
    if (plan.form.layout == LogForm::Layout::Values)
        return read_values(source, plan, delivery);
    const unsigned threads = plan.threads > 0 ? static_cast<unsigned>(plan.threads)
                                              : std::min(std::thread::hardware_concurrency(), 2U);
    if (BlockPipeline(source, plan, delivery).run(std::max(threads, 1U)) &&
        plan.form.layout == LogForm::Layout::Table)
        read_table_on(source, plan, delivery);
}

}
