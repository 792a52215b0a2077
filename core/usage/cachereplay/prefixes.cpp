#include "core/usage/cachereplay/prefixes.h"

#include "core/base/text.h"
#include "core/usage/csv.h"
#include "core/usage/delivery.h"
#include "core/usage/digest.h"
#include "core/usage/pipeline.h"
#include "core/usage/records.h"
#include "core/usage/values.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>

namespace leeway::usage {
namespace {

constexpr std::int64_t lines_a_report = 4096;
constexpr std::size_t most_blocks = 1'000'000; // of a prompt

// The keys of the blocks of a prompt, each standing for all before it too.
class Keys
{
public:
    void begin(const pricing::Usage& usage)
    {
        m_keys.clear();
        m_last = mixed(digest_of(usage.vendor).low, digest_of(usage.model).low);
    }
    void add(std::uint64_t hash)
    {
        if (m_keys.size() == most_blocks)
            return;
        m_last = mixed(m_last, hash);
        m_keys.push_back(m_last);
    }
    [[nodiscard]] std::span<const std::uint64_t> keys() const { return m_keys; }

private:
    std::vector<std::uint64_t> m_keys;
    std::uint64_t m_last = 0;
};

void add_element(const simdjson::dom::element& value, Keys& keys)
{
    std::int64_t number = 0;
    std::string_view text;
    if (value.get(number) == simdjson::SUCCESS)
        keys.add(static_cast<std::uint64_t>(number));
    else if (value.get(text) == simdjson::SUCCESS)
        keys.add(digest_of(text).low);
    else
        keys.add(digest_of(std::string(simdjson::minify(value))).low);
}

// A list in JSON, or texts between semicolons.
void read_hashes(Record& record, Keys& keys)
{
    if (const auto list = record.json({"prefix_hashes", "hash_ids"})) {
        simdjson::dom::array array;
        if (list->get(array) == simdjson::SUCCESS) {
            for (const simdjson::dom::element value : array)
                add_element(value, keys);
        }
        return;
    }
    std::string_view text = record.text({"prefix_hashes", "hash_ids"});
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (const std::string_view hash = base::trimmed(text.substr(0, end)); !hash.empty())
            keys.add(digest_of(hash).low);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

class PrefixReader
{
public:
    PrefixReader(const ReadingPlan& plan, std::int64_t block_tokens,
                 const std::function<void(const PromptRequest&)>& sink,
                 const std::function<void(BadLine)>& bad)
        : m_plan(plan),
          m_block_tokens(block_tokens),
          m_sink(sink),
          m_bad_sink(bad),
          m_rows(plan.rules),
          m_reader(record_reader(plan.form, plan.columns, plan.by_columns)),
          m_record(plan.form.json() ? std::vector<std::string>() : plan.form.columns)
    {
    }

    void read_cells(std::span<const std::string_view> cells, std::int64_t line)
    {
        begin(line);
        read_row(cells, m_plan.form.columns.size(), *m_reader, m_rows);
        if (cells.size() >= m_plan.form.columns.size()) {
            m_record.set(cells.first(m_plan.form.columns.size()));
            hand_on(true);
        } else {
            hand_on(false);
        }
    }

    void read_json(std::string_view text, std::int64_t line)
    {
        begin(line);
        m_reader->read_json(text, m_rows);
        simdjson::dom::element root;
        const bool object = m_parser.parse(text.data(), text.size(), false).get(root) == simdjson::SUCCESS &&
                            m_record.set(root);
        hand_on(object);
    }

    void add_bad(std::int64_t line, std::string_view reason)
    {
        ++m_bad;
        if (m_first_reason.empty())
            m_first_reason = fmt::format("line {} {}", line, reason);
        if (m_bad_sink)
            m_bad_sink({m_plan.form.name, line, std::string(reason)});
    }

    [[nodiscard]] std::int64_t lines() const { return m_good + m_bad; }
    /// Judges where an import does: every so many lines.
    [[nodiscard]] bool hopeless()
    {
        if (m_status && lines() / judged_from > m_times_judged) {
            m_times_judged = lines() / judged_from;
            m_status = judged(m_plan.form.name, m_good, m_bad, m_first_reason);
        }
        return !m_status;
    }
    /// At the end.
    [[nodiscard]] base::Status status() const
    {
        if (!m_status)
            return m_status;
        if (m_good == 0)
            return base::fail(base::ErrorCode::Invalid,
                              m_bad == 0 ? fmt::format("“{}” holds no usage", m_plan.form.name)
                                         : fmt::format("{} of {} lines of “{}” are bad: {}", m_bad, lines(),
                                                       m_plan.form.name, m_first_reason));
        return judged(m_plan.form.name, m_good, m_bad, m_first_reason);
    }

private:
    void begin(std::int64_t line)
    {
        m_rows.clear();
        m_rows.set_line(line);
    }

    void hand_on(bool has_record)
    {
        for (const Rows::Bad& bad : m_rows.bad())
            add_bad(bad.line, bad.reason);
        const auto good = m_rows.good();
        m_good += std::ssize(good);
        const bool alone = has_record && good.size() == 1 && good.front().counts.requests() == 1;
        for (const pricing::Usage& usage : good) {
            PromptRequest request{&usage};
            if (alone)
                add_prefix(request);
            m_sink(request);
        }
    }

    void add_prefix(PromptRequest& request)
    {
        const std::string_view conversation = m_record.text(
            {"conversation", "conversation_id", "gen_ai.conversation.id", "attributes.gen_ai.conversation.id",
             "session_id", "metadata.session_id", "sessionId"});
        if (!conversation.empty())
            request.conversation = std::max<std::uint64_t>(1, digest_of(conversation).low);
        m_keys.begin(*request.usage);
        read_hashes(m_record, m_keys);
        request.source = PrefixSource::Hashes;
        request.block_tokens = m_block_tokens;
        if (m_keys.keys().empty() && request.conversation != 0) {
            request.source = PrefixSource::Conversation;
            request.block_tokens = conversation_block;
            // What fills no block may go on in another way at the next turn.
            const std::int64_t blocks = std::min<std::int64_t>(
                request.usage->counts.all_input() / conversation_block, std::int64_t{most_blocks});
            for (std::int64_t i = 0; i < blocks; ++i)
                m_keys.add(request.conversation);
        }
        if (m_keys.keys().empty() && request.source == PrefixSource::Hashes)
            request.source = PrefixSource::None;
        request.keys = m_keys.keys();
    }

    const ReadingPlan& m_plan;
    std::int64_t m_block_tokens;
    const std::function<void(const PromptRequest&)>& m_sink;
    const std::function<void(BadLine)>& m_bad_sink;
    Rows m_rows;
    std::unique_ptr<RecordReader> m_reader;
    Record m_record;
    simdjson::dom::parser m_parser;
    Keys m_keys;
    std::int64_t m_good = 0;
    std::int64_t m_bad = 0;
    std::string m_first_reason;
    std::int64_t m_times_judged = 0;
    base::Status m_status;
};

// Reads on until `go_on` says no more.
void read_records(LineSource& source, const LogForm& form, PrefixReader& reader,
                  const std::function<bool()>& go_on)
{
    if (!form.json()) {
        CsvReader records(source, form.separator);
        CsvReader::Record record;
        while (go_on() && records.next(record)) {
            if (record.fields == nullptr)
                reader.add_bad(record.line, record.reason);
            else
                reader.read_cells(*record.fields, record.line);
        }
        return;
    }
    JsonValues values(source);
    LineSource::Line line;
    const bool in_lines = form.layout == LogForm::Layout::Lines;
    while (go_on() && (in_lines ? source.next(line) : values.next(line))) {
        if (line.too_long)
            reader.add_bad(line.number, line_too_long);
        else if (!base::trimmed(line.text).empty())
            reader.read_json(line.text, line.number);
    }
    if (values.too_long())
        reader.add_bad(line.number, line_too_long);
}

}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
{
    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    std::uint64_t value = a * 0x9e3779b97f4a7c15ULL + b + 0x632be59bd9b4e019ULL;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
}

base::Status read_prefixes(const std::filesystem::path& file, const Mapping* mapping,
                           std::int64_t block_tokens, const std::function<void(const PromptRequest&)>& sink,
                           const std::function<void(BadLine)>& bad, const base::Progress& progress)
{
    auto source = LineSource::open(file);
    if (!source)
        return tl::unexpected(source.error());
    auto form = look_at(*source, file.filename().string(), mapping);
    if (!form)
        return tl::unexpected(form.error());
    const auto plan = plan_of(std::move(*form), mapping);
    if (!plan)
        return tl::unexpected(plan.error());
    PrefixReader reader(*plan, std::max<std::int64_t>(1, block_tokens), sink, bad);
    std::int64_t reports = 0;
    bool stopped = false;
    read_records(*source, plan->form, reader, [&] {
        if (reader.lines() / lines_a_report > reports) {
            reports = reader.lines() / lines_a_report;
            stopped = !base::keep_going(progress, source->position(), source->size());
        }
        return !stopped && !reader.hopeless();
    });
    if (stopped)
        return base::fail(base::ErrorCode::Cancelled, "The replay was stopped.");
    return source->status() ? reader.status() : source->status();
}

}
