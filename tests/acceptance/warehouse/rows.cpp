#include "rows.h"

#include "core/pricing/context.h"

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <pcg_random.hpp>

using namespace leeway;
using pricing::Component;

namespace {

QByteArray number(std::int64_t value)
{
    return QByteArray::number(qlonglong{value});
}

base::Decimal price(std::string_view text)
{
    return *base::Decimal::parse(text);
}

pricing::Model model(const std::string& name, std::int64_t threshold, bool inclusive, bool marginal)
{
    pricing::Model model;
    model.vendor = "acme";
    model.model = name;
    model.threshold_inclusive = inclusive;
    model.marginal_tiers = marginal;
    pricing::DatedRates dated;
    dated.rates = {{Component::Input, price("0.000002"), "standard", 0},
                   {Component::Input, price("0.000004"), "standard", threshold},
                   {Component::Output, price("0.00001"), "standard", 0}};
    model.prices.push_back(dated);
    return model;
}

QString shown(const usage::CellKey& key)
{
    return QStringLiteral("%1 %2/%3 tag “%4” tier %5 region “%6” bucket %7 open %8")
        .arg(QString::fromStdString(base::to_string(key.day)), QString::fromStdString(key.vendor),
             QString::fromStdString(key.model), QString::fromStdString(key.tag),
             QString::fromStdString(key.service_tier), QString::fromStdString(key.region))
        .arg(key.bucket)
        .arg(key.open);
}

}

UsageRows::UsageRows(int count)
{
    pcg32 random(7);
    const auto pick = [&](std::initializer_list<const char*> values) {
        return QByteArray(values.begin()[random(static_cast<unsigned>(values.size()))]);
    };
    for (int i = 0; i < count; ++i) {
        // One row every 397 seconds, from a Friday on.
        const std::int64_t second = 1'741'305'600 + std::int64_t{i} * 397;
        const base::Instant time{std::chrono::seconds(second)};
        std::int64_t input = random(4) == 0 ? 120'000 + random(200'000) : random(9'000);
        if (random(10) == 0)
            input = std::array{127'999, 128'000, 128'001, 199'999, 200'000, 200'001}[random(6)];
        const std::int64_t cached = random(3) == 0 ? 0 : random(static_cast<unsigned>(input / 2 + 1));
        const std::int64_t written = random(5) == 0 ? input / 4 : 0;
        const std::int64_t audio = random(7) == 0 ? input / 8 : 0;
        const std::int64_t output = random(4'000);
        const bool several = random(12) == 0;
        QByteArrayList row{"req-" + number(i),
                           QByteArray::fromStdString(base::to_string(time)),
                           pick({"acme", "Globex, Inc."}),
                           pick({"small", "large", "large", "it's a \"model\""}),
                           pick({"", "team a", "équipe\\b"}),
                           pick({"", "standard", "Batch", "flex", "default"}),
                           pick({"", "eu-west-1", "us"}),
                           several ? number(1 + random(40)) : QByteArray(),
                           number(input * (several ? 7 : 1)),
                           number(cached),
                           number(written),
                           random(4) == 0 ? QByteArray() : number(audio),
                           number(output),
                           number(output / 3),
                           random(9) == 0 ? number(random(5)) : QByteArray(),
                           audio > 0 ? number(random(90)) + ".5" : QByteArray()};
        if (i % 61 == 5)
            row[0].clear(); // without an id: nothing to compare
        if (i % 101 == 7)
            row[8] = "-5"; // bad from here on
        if (i % 103 == 9)
            row[9] = number(input * 7 + 1);
        if (i % 107 == 11)
            row[3].clear();
        if (i % 109 == 13)
            row[1].clear();
        if (i % 113 == 15)
            row[7] = "0";
        if (i % 127 == 17)
            row[12] = "2000000000000000";
        if (i % 43 == 20 && i > 100) { // the same request again, an hour later as the log has it
            row[0] = m_rows[static_cast<std::size_t>(i) - 37][0];
        }
        m_rows.push_back(row);
    }
}

const QStringList& UsageRows::columns()
{
    static const QStringList names{
        QStringLiteral("request"),     QStringLiteral("started at"),      QStringLiteral("provider"),
        QStringLiteral("model_name"),  QStringLiteral("cost \"centre\""), QStringLiteral("mode"),
        QStringLiteral("zone"),        QStringLiteral("calls"),           QStringLiteral("prompt"),
        QStringLiteral("cached"),      QStringLiteral("stored"),          QStringLiteral("sound"),
        QStringLiteral("completion"),  QStringLiteral("thought"),         QStringLiteral("searches"),
        QStringLiteral("sound_length")};
    return names;
}

usage::Mapping UsageRows::mapping()
{
    usage::Mapping mapping;
    const std::array fields{"request_id",
                            "time",
                            "vendor",
                            "model",
                            "tag",
                            "service_tier",
                            "region",
                            "requests",
                            "input_tokens",
                            "cache_read_tokens",
                            "cache_write_5m_tokens",
                            "audio_input_tokens",
                            "output_tokens",
                            "reasoning_tokens",
                            "web_searches",
                            "audio_seconds"};
    for (std::size_t i = 0; i < fields.size(); ++i)
        mapping.column_of[fields[i]] = columns()[static_cast<qsizetype>(i)].toStdString();
    return mapping;
}

pricing::Sheet UsageRows::sheet()
{
    pricing::Sheet sheet;
    sheet.models = {model("large", 200'000, false, false), model("reached", 200'000, true, false),
                    model("small", 128'000, false, true), model("other", 1'000, true, true)};
    const pricing::Schedule night = pricing::schedule_where([](int minute) {
        const int of_day = minute % pricing::day_minutes;
        return of_day < 30 || of_day >= 16 * 60 + 30;
    });
    sheet.models[0].prices[0].off_peak = {{night, {{Component::Input, price("0.000001"), "standard", 0}}}};
    return sheet;
}

QByteArray UsageRows::csv(const QByteArray& null) const
{
    const auto quoted = [](QByteArray value) { return '"' + value.replace('"', "\"\"") + '"'; };
    constexpr qsizetype first_number = 7;
    QByteArray text;
    for (const QString& name : columns())
        text += (text.isEmpty() ? "" : ",") + quoted(name.toUtf8());
    for (const QByteArrayList& row : m_rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            text += (i == 0 ? "\n" : ",") + (row[i].isEmpty()   ? null
                                             : i < first_number ? quoted(row[i])
                                                                : row[i]);
    }
    return text + '\n';
}

usage::Cube UsageRows::local_cube() const
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("usage.csv")));
    if (!file.open(QIODevice::WriteOnly) || file.write(csv({})) < 0)
        qFatal("cannot write the log");
    file.close();
    const usage::Mapping wanted = mapping();
    auto cube = usage::read_cube({file.fileName().toStdString()}, sheet(), &wanted);
    if (!cube)
        qFatal("%s", cube.error().message.c_str());
    return std::move(*cube);
}

QString difference(const usage::Cube& local, const usage::Cube& remote)
{
    const auto differ = [](const char* what, auto a, auto b) {
        return QStringLiteral("%1: %2 here, %3 there").arg(QString::fromUtf8(what)).arg(a).arg(b);
    };
    for (std::size_t i = 0; i < std::min(local.cells.size(), remote.cells.size()); ++i) {
        const usage::Cell& a = local.cells[i];
        const usage::Cell& b = remote.cells[i];
        if (a.key != b.key)
            return QStringLiteral("cell %1: %2 here, %3 there").arg(i).arg(shown(a.key), shown(b.key));
        for (std::size_t c = 0; c < pricing::component_count; ++c) {
            const auto component = static_cast<Component>(c);
            const std::string name = shown(a.key).toStdString() + ", " + std::string(to_string(component));
            if (a.counts.of[c] != b.counts.of[c])
                return differ(name.c_str(), a.counts.of[c], b.counts.of[c]);
            for (std::size_t m = 0; m < std::min(a.above.size(), b.above.size()); ++m) {
                if (a.above[m].of[c] != b.above[m].of[c])
                    return differ((name + " above").c_str(), a.above[m].of[c], b.above[m].of[c]);
            }
        }
        if (a != b)
            return shown(a.key) + QStringLiteral(" differs");
    }
    if (local.cells.size() != remote.cells.size())
        return differ("cells", local.cells.size(), remote.cells.size());
    if (local.requests != remote.requests)
        return differ("requests", local.requests, remote.requests);
    if (local.averaged != remote.averaged)
        return differ("averaged", local.averaged, remote.averaged);
    if (local.duplicates != remote.duplicates)
        return differ("duplicates", local.duplicates, remote.duplicates);
    if (local.bad_lines != remote.bad_lines)
        return differ("bad lines", local.bad_lines, remote.bad_lines);
    if (local.thresholds != remote.thresholds || local.marginal != remote.marginal ||
        local.schedules != remote.schedules)
        return QStringLiteral("borders differ");
    return local.loads == remote.loads ? QString() : QStringLiteral("loads differ");
}
