#include "core/usage/formats/billed.h"

#include "core/base/text.h"
#include "core/usage/csv.h"
#include "core/usage/formats/pages.h"
#include "core/usage/recognise.h"
#include "core/usage/source.h"
#include "core/usage/values.h"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::int64_t judged_from = 1000; // lines
constexpr std::int64_t lines_a_report = 4096;

// Fills a line from a record and collects what is wrong with it.
class LineBuilder
{
public:
    explicit LineBuilder(std::int64_t number) { m_line.line = number; }

    void set_period(std::string_view from, std::string_view to)
    {
        m_line.from = instant(from, "period start");
        m_line.to = to.empty() ? m_line.from + std::chrono::days(1) : instant(to, "period end");
        if (m_line.to < m_line.from)
            complain("ends before it begins");
    }
    void set_amount(std::string_view amount, std::string_view currency)
    {
        m_line.amount = {decimal(amount, "amount"), std::string(currency)};
        for (char& c : m_line.amount.currency)
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        if (amount.empty())
            complain("has no amount");
        if (currency.size() != 3)
            complain("has no currency of three letters");
    }
    void set_quantity(std::string_view quantity, std::string_view unit)
    {
        m_line.quantity = quantity.empty() ? base::Decimal() : decimal(quantity, "quantity");
        m_line.unit = shown(unit);
    }
    void set_texts(std::string_view vendor, std::string_view model, std::string_view description)
    {
        m_line.vendor = shown(vendor);
        m_line.model = shown(model);
        m_line.description = shown(description);
    }
    void divide_amount(std::int64_t by)
    {
        m_line.amount.amount = m_line.amount.amount / base::Decimal::from_integer(by);
    }

    [[nodiscard]] const BilledLine& line() const { return m_line; }
    [[nodiscard]] const std::string& reason() const { return m_reason; }

private:
    void complain(std::string reason)
    {
        if (m_reason.empty())
            m_reason = std::move(reason);
    }
    static std::string shown(std::string_view text)
    {
        return base::shortened(base::to_valid_utf8(base::trimmed(text)), 500);
    }
    base::Decimal decimal(std::string_view text, std::string_view name)
    {
        const auto value = base::Decimal::parse(base::trimmed(text.substr(0, 80)));
        if (!value)
            complain(fmt::format("{} “{}” is not a number", name, shown(text.substr(0, 40))));
        return value.value_or(base::Decimal());
    }
    base::Instant instant(std::string_view text, std::string_view name)
    {
        std::int64_t seconds = 0;
        if (text.size() == 10 && text.find('-') == std::string_view::npos) {
            const CountText count = parse_count(text);
            seconds = count.complaint == nullptr ? count.value : 0;
        }
        if (seconds > 0)
            return base::Instant(std::chrono::seconds(seconds));
        const auto time = base::parse_instant(base::trimmed(text.substr(0, 80)));
        if (!time)
            complain(fmt::format("{} “{}” is not a time", name, shown(text.substr(0, 40))));
        return time.value_or(base::Instant());
    }

    BilledLine m_line;
    std::string m_reason;
};

using LineSink = std::function<void(const LineBuilder&)>;

std::string text(Record& record, Record::Paths paths)
{
    return std::string(record.text(paths));
}

// OpenAI: dollars, as a value with a currency.
void read_openai(Record& record, std::int64_t number, const LineSink& sink)
{
    for_each_result(record, [&](Record& bucket, Record& result) {
        LineBuilder line(number);
        line.set_period(text(bucket, {"start_time"}), text(bucket, {"end_time"}));
        line.set_amount(text(result, {"amount.value", "amount_value"}),
                        text(result, {"amount.currency", "amount_currency"}));
        line.set_texts("openai", {}, text(result, {"line_item"}));
        line.set_quantity(text(result, {"quantity"}), {});
        sink(line);
    });
}

// Anthropic: a decimal text in cents.
void read_anthropic(Record& record, std::int64_t number, const LineSink& sink)
{
    for_each_result(record, [&](Record& bucket, Record& result) {
        LineBuilder line(number);
        line.set_period(text(bucket, {"starting_at"}), text(bucket, {"ending_at"}));
        line.set_amount(text(result, {"amount"}), text(result, {"currency"}));
        line.divide_amount(100);
        line.set_texts("anthropic", text(result, {"model"}), text(result, {"description", "cost_type"}));
        sink(line);
    });
}

void read_focus(Record& record, std::int64_t number, const LineSink& sink)
{
    LineBuilder line(number);
    line.set_period(text(record, {"ChargePeriodStart"}), text(record, {"ChargePeriodEnd"}));
    line.set_amount(text(record, {"BilledCost"}), text(record, {"BillingCurrency"}));
    line.set_texts(
        text(record, {"ServiceProviderName", "ProviderName", "PublisherName", "InvoiceIssuerName"}),
        text(record, {"SkuPriceDetails.x_Model", "x_Model", "ResourceName"}),
        text(record, {"ChargeDescription", "SkuMeter", "SkuId"}));
    line.set_quantity(text(record, {"ConsumedQuantity", "PricingQuantity"}),
                      text(record, {"ConsumedUnit", "PricingUnit"}));
    sink(line);
}

struct BilledFormat
{
    std::string_view title;
    bool (*recognises)(const Shape& shape) = nullptr;
    void (*read)(Record& record, std::int64_t number, const LineSink& sink) = nullptr;
};

constexpr std::array formats{
    BilledFormat{"a FOCUS table of costs",
                 [](const Shape& shape) {
                     return shape.has_all({"billedcost", "billingcurrency", "chargeperiodstart"});
                 },
                 read_focus},
    BilledFormat{"an export of OpenAI costs",
                 [](const Shape& shape) {
                     return shape.table ? shape.has_all({"start_time", "amount_value", "line_item"})
                                        : first_result_has(*shape.first, {"amount.value"});
                 },
                 read_openai},
    BilledFormat{"an Anthropic cost report",
                 [](const Shape& shape) {
                     return shape.table ? shape.has_all({"starting_at", "amount", "cost_type"})
                                        : first_result_has(*shape.first, {"cost_type"}) ||
                                              (first_result_has(*shape.first, {"amount"}) &&
                                               first_result_has(*shape.first, {"currency"}));
                 },
                 read_anthropic}};

const BilledFormat* format_of(const Shape& shape)
{
    if (!shape.table && shape.first == nullptr)
        return nullptr;
    const auto found =
        std::ranges::find_if(formats, [&](const BilledFormat& format) { return format.recognises(shape); });
    return found == formats.end() ? nullptr : found;
}

// Counts the lines and refuses a file of which too many are bad.
class Lines
{
public:
    Lines(std::string name, const std::function<void(const BilledLine&)>& sink,
          const std::function<void(BadLine)>& bad)
        : m_name(std::move(name)),
          m_sink(sink),
          m_bad_sink(bad)
    {
    }

    void take(const LineBuilder& line)
    {
        if (!line.reason().empty())
            return add_bad(line.line().line, line.reason());
        ++m_good;
        m_sink(line.line());
    }
    void add_bad(std::int64_t number, std::string_view reason)
    {
        ++m_bad;
        if (m_first_reason.empty())
            m_first_reason = fmt::format("line {} {}", number, reason);
        if (m_bad_sink)
            m_bad_sink({m_name, number, std::string(reason)});
    }
    [[nodiscard]] std::int64_t count() const { return m_good + m_bad; }
    [[nodiscard]] bool hopeless() const { return count() >= judged_from && m_bad * 5 > count(); }
    [[nodiscard]] base::Status status() const
    {
        if (count() == 0)
            return base::fail(base::ErrorCode::Empty, fmt::format("“{}” has no billed lines", m_name));
        if (m_good == 0 || hopeless())
            return base::fail(base::ErrorCode::Invalid, fmt::format("{} of {} lines of “{}” are bad: {}",
                                                                    m_bad, count(), m_name, m_first_reason));
        return {};
    }

private:
    std::string m_name;
    const std::function<void(const BilledLine&)>& m_sink;
    const std::function<void(BadLine)>& m_bad_sink;
    std::int64_t m_good = 0;
    std::int64_t m_bad = 0;
    std::string m_first_reason;
};

// Hands records on, of a table or of JSON, until `take` wants no more.
void for_each_record(LineSource& source, const LogForm& form, Lines& lines,
                     const std::function<bool(Record&, std::int64_t)>& take)
{
    if (!form.json()) {
        Record record(form.columns);
        CsvReader reader(source, form.separator);
        CsvReader::Record cells;
        while (reader.next(cells)) {
            if (cells.fields == nullptr)
                lines.add_bad(cells.line, cells.reason);
            else if (record.set(*cells.fields); !take(record, cells.line))
                return;
        }
        return;
    }
    Record record;
    JsonValues values(source);
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    LineSource::Line value;
    while (values.next(value)) {
        if (parser.parse(value.text.data(), value.text.size()).get(root) != simdjson::SUCCESS ||
            !record.set(root))
            lines.add_bad(value.number, "is not a JSON object");
        else if (!take(record, value.number))
            return;
    }
    if (values.too_long())
        lines.add_bad(value.number, line_too_long);
}

}

std::string_view billed_title(const Shape& shape)
{
    const BilledFormat* format = format_of(shape);
    return format == nullptr ? std::string_view() : format->title;
}

base::Status read_billed(const std::filesystem::path& file,
                         const std::function<void(const BilledLine&)>& sink,
                         const std::function<void(BadLine)>& bad, const base::Progress& progress)
{
    auto source = LineSource::open(file);
    if (!source)
        return tl::unexpected(source.error());
    const std::string name = file.filename().string();
    const auto form = look_at(*source, name, nullptr);
    if (!form)
        return tl::unexpected(form.error());
    const auto format = std::ranges::find(formats, form->billed, &BilledFormat::title);
    if (form->billed.empty() || format == formats.end())
        return base::fail(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” holds no billed amounts that Leeway knows: it reads FOCUS tables, and "
                        "the costs of OpenAI and Anthropic",
                        name));
    Lines lines(name, sink, bad);
    bool stopped = false;
    std::int64_t reports = 0;
    for_each_record(*source, *form, lines, [&](Record& record, std::int64_t number) {
        format->read(record, number, [&](const LineBuilder& line) { lines.take(line); });
        if (lines.count() / lines_a_report > reports) {
            reports = lines.count() / lines_a_report;
            stopped = !base::keep_going(progress, source->position(), source->size());
        }
        return !stopped && !lines.hopeless();
    });
    if (stopped)
        return base::fail(base::ErrorCode::Cancelled, "The import was stopped.");
    return source->status() ? lines.status() : source->status();
}

base::Result<base::Money> billed_total(const std::vector<BilledLine>& lines, const std::string& currency,
                                       const std::map<std::string, base::Decimal>& rates)
{
    std::map<std::string, base::Decimal> sums;
    for (const BilledLine& line : lines)
        sums[line.amount.currency] += line.amount.amount;
    base::Money total{{}, currency};
    std::set<std::string> without_rate;
    for (const auto& [other, sum] : sums) {
        const auto rate = rates.find(other);
        if (other == currency)
            total.amount += sum;
        else if (rate != rates.end())
            total.amount += sum * rate->second;
        else
            without_rate.insert(other);
    }
    if (!without_rate.empty())
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("The lines are also billed in {}: enter what that is worth in {} before "
                        "adding them up.",
                        fmt::join(without_rate, " and "), currency));
    return total;
}

}
