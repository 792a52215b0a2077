#include "ui/costs/usage/columns.h"

#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <algorithm>

namespace leeway::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("UsageField", text);
}

bool has(const usage::Mapping& mapping, const std::string& field)
{
    const auto fixed = mapping.fixed.find(field);
    return mapping.column_of.contains(field) || (fixed != mapping.fixed.end() && !fixed->second.empty());
}

/// "Prompt Tokens", "promptTokens" and "prompt_tokens" alike.
QString plain(const std::string& column)
{
    QString name;
    for (const QChar c : str(column)) {
        if (c.isLetterOrNumber())
            name += c.toLower();
    }
    return name;
}

}

const std::vector<UsageField>& usageFields()
{
    static const std::vector<UsageField> fields{
        {"time", QT_TRANSLATE_NOOP("UsageField", "Time"),
         QT_TRANSLATE_NOOP("UsageField", "Start of the request"), false},
        {"vendor", QT_TRANSLATE_NOOP("UsageField", "Vendor"),
         QT_TRANSLATE_NOOP("UsageField", "As in the price sheet"), true},
        {"model", QT_TRANSLATE_NOOP("UsageField", "Model"),
         QT_TRANSLATE_NOOP("UsageField", "As in the price sheet"), true},
        {"requests", QT_TRANSLATE_NOOP("UsageField", "Requests"),
         QT_TRANSLATE_NOOP("UsageField", "How many requests a row sums up; one when there is no column"),
         false},
        {"input_tokens", QT_TRANSLATE_NOOP("UsageField", "Input tokens"),
         QT_TRANSLATE_NOOP("UsageField", "All input, cache reads and writes included"), false},
        {"cache_read_tokens", QT_TRANSLATE_NOOP("UsageField", "Cache reads"),
         QT_TRANSLATE_NOOP("UsageField", "Part of the input"), false},
        {"cache_write_5m_tokens", QT_TRANSLATE_NOOP("UsageField", "Cache writes, 5 min"),
         QT_TRANSLATE_NOOP("UsageField", "Part of the input"), false},
        {"cache_write_1h_tokens", QT_TRANSLATE_NOOP("UsageField", "Cache writes, 1 h"),
         QT_TRANSLATE_NOOP("UsageField", "Part of the input"), false},
        {"output_tokens", QT_TRANSLATE_NOOP("UsageField", "Output tokens"),
         QT_TRANSLATE_NOOP("UsageField", "All output, reasoning included"), false},
        {"reasoning_tokens", QT_TRANSLATE_NOOP("UsageField", "Reasoning"),
         QT_TRANSLATE_NOOP("UsageField", "Part of the output"), false},
        {"service_tier", QT_TRANSLATE_NOOP("UsageField", "Service tier"),
         QT_TRANSLATE_NOOP("UsageField", "standard, batch, flex, priority"), true},
        {"region", QT_TRANSLATE_NOOP("UsageField", "Region"), "", true},
        {"request_id", QT_TRANSLATE_NOOP("UsageField", "Request id"),
         QT_TRANSLATE_NOOP("UsageField", "A request that was seen before is counted once"), false},
        {"tag", QT_TRANSLATE_NOOP("UsageField", "Tag"),
         QT_TRANSLATE_NOOP("UsageField", "Free text, such as the team"), true},
    };
    return fields;
}

usage::Mapping guessMapping(const std::vector<std::string>& columns)
{
    // Names as the exports of gateways and vendors have them; the first that is there wins.
    static const std::vector<std::pair<const char*, QStringList>> names{
        {"time",
         {u"time"_s, u"timestamp"_s, u"starttime"_s, u"timegenerated"_s, u"requestcreatedat"_s,
          u"createdat"_s, u"loggingtime"_s, u"startingat"_s, u"datetime"_s, u"date"_s, u"day"_s}},
        {"vendor",
         {u"vendor"_s, u"provider"_s, u"customllmprovider"_s, u"serviceprovidername"_s, u"providername"_s}},
        {"model",
         {u"model"_s, u"modelname"_s, u"modelid"_s, u"requestmodel"_s, u"responsemodel"_s,
          u"providedmodelname"_s, u"deploymentname"_s, u"deployment"_s}},
        {"requests", {u"requests"_s, u"nummodelrequests"_s, u"apirequests"_s, u"requestcount"_s, u"calls"_s}},
        {"input_tokens",
         {u"inputtokens"_s, u"prompttokens"_s, u"inputtokencount"_s, u"prompttokencount"_s,
          u"contexttokens"_s, u"tokensin"_s, u"input"_s}},
        {"cache_read_tokens",
         {u"cachereadtokens"_s, u"cachereadinputtokens"_s, u"inputcachedtokens"_s, u"cachedtokens"_s,
          u"promptcachereadtokens"_s, u"cachereadinputtokencount"_s, u"cachedinputtokens"_s,
          u"cachedcontenttokencount"_s}},
        {"cache_write_5m_tokens",
         {u"cachewrite5mtokens"_s, u"cachecreationinputtokens"_s, u"promptcachewritetokens"_s,
          u"cachewriteinputtokencount"_s, u"ephemeral5minputtokens"_s}},
        {"cache_write_1h_tokens", {u"cachewrite1htokens"_s, u"ephemeral1hinputtokens"_s}},
        {"output_tokens",
         {u"outputtokens"_s, u"completiontokens"_s, u"outputtokencount"_s, u"candidatestokencount"_s,
          u"generatedtokens"_s, u"tokensout"_s, u"output"_s}},
        {"reasoning_tokens", {u"reasoningtokens"_s, u"thoughtstokencount"_s}},
        {"service_tier", {u"servicetier"_s}},
        {"region", {u"region"_s, u"inferenceregion"_s}},
        {"request_id", {u"requestid"_s, u"responseid"_s, u"correlationid"_s}},
        {"tag", {u"tag"_s, u"team"_s, u"project"_s}},
    };
    usage::Mapping mapping;
    for (const auto& [field, known] : names) {
        for (const QString& name : known) {
            const auto found = std::find_if(columns.begin(), columns.end(),
                                            [&](const std::string& column) { return plain(column) == name; });
            if (found != columns.end()) {
                mapping.column_of[field] = *found;
                break;
            }
        }
    }
    return mapping;
}

bool needsMapping(const usage::Preview& table)
{
    return table.mapping.column_of.empty() || !has(table.mapping, "model");
}

QString mappingComplaint(const usage::Mapping& mapping)
{
    if (!has(mapping, "time"))
        return tr("Choose the column with the time of the request.");
    if (!has(mapping, "model"))
        return tr("Choose the column with the model, or give one model for all rows.");
    if (!has(mapping, "input_tokens") && !has(mapping, "output_tokens"))
        return tr("Choose a column with input or output tokens.");
    return {};
}

}
