#pragma once

#include "core/clauses/regulation/regulation.h"

#include <QString>
#include <QStringList>

namespace leeway::test {

using clauses::Answers;

// A regulation of one requirement with places to break.
inline QString tiny(const QString& applies, const QString& floor, const QString& more = {})
{
    return QString::fromUtf8(
               "{\n"
               "  \"id\": \"tiny\", \"title\": \"Tiny\", \"version\": \"1\",\n"
               "  \"concepts\": { \"fee\": [\"fee|fees\"], \"raise\": [\"rais*\"], \"notice\": [\"notice\"] "
               "},\n"
               "  \"questions\": [ { \"id\": \"bank\", \"text\": \"A bank?\" },\n"
               "    { \"id\": \"service\", \"text\": \"Which?\", \"answers\": [\"iaas\", \"saas\"] } ],\n"
               "  \"requirements\": [\n"
               "    { \"id\": \"TT-01\", \"title\": \"Price\", \"question\": \"Is the price safe?\",\n"
               "      \"article\": \"Art. 1\", \"binds\": \"the vendor\", \"ask\": \"Ask.\",\n"
               "      \"checks\": [\"price-review\"],\n"
               "      \"applies\": \"%1\",\n"
               "      \"signals\": [ { \"name\": \"told\", \"role\": \"gives\", \"when\": \"raise & fee & "
               "@days\",\n"
               "        \"why\": \"{section} tells you.\" },\n"
               "        { \"name\": \"free\", \"role\": \"takes\", \"when\": \"raise & fee & !@days\" } ],\n"
               "      \"parameters\": [ { \"name\": \"period\", \"figure\": \"duration\" } ],\n"
               "      \"legal_floor\": [ %2 ]%3 }\n"
               "  ]\n"
               "}")
        .arg(applies, floor, more);
}

inline const QString any_answer = QString::fromUtf8("bank | !bank");
inline const QString good_floor = QString::fromUtf8(
    "{ \"text\": \"30 days\", \"resolve\": [ { \"if\": \"told & period>=30\", \"status\": \"covered\" },"
    " { \"if\": \"told\", \"status\": \"weaker\", \"why\": \"Too short.\" }, { \"status\": \"absent\" } ] }");

inline base::Date day(std::string_view text)
{
    return *base::parse_date(text);
}

inline Answers answers(const QString& text)
{
    Answers result;
    for (const QString& pair : text.split(u' ', Qt::SkipEmptyParts))
        result.insert(*clauses::parse_answer(pair.toStdString()));
    return result;
}

}
