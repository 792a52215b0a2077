#include "ui/costs/prices/terms.h"
#include "ui/costs/words.h"

#include <QCoreApplication>

namespace leeway::ui {

namespace {

using namespace pricing;

QString tr(const char* text)
{
    return QCoreApplication::translate("AgreementTerms", text);
}

QString listText(const std::vector<std::string>& names)
{
    QStringList all;
    for (const std::string& name : names)
        all << str(name);
    return all.join(u", "_s);
}

QString text(base::Decimal number)
{
    return str(number.to_string());
}

QString text(const std::optional<base::Date>& date)
{
    return date ? str(base::to_string(*date)) : QString();
}

void putScope(TermValues& values, const Scope& scope)
{
    values[u"vendor"_s] = str(scope.vendor);
    values[u"models"_s] = listText(scope.models);
    values[u"tiers"_s] = listText(scope.tiers);
}

QString stepsText(const std::vector<DiscountStep>& steps)
{
    QStringList parts;
    for (const DiscountStep& step : steps)
        parts << (steps.size() == 1 && step.from.is_zero() ? text(step.percent)
                                                           : text(step.from) + u": "_s + text(step.percent));
    return parts.join(u"; "_s);
}

QString periodText(Per per)
{
    return str(to_string(per));
}

TermValues valuesOf(const Allowance& term)
{
    QStringList components;
    for (const Component component : term.components)
        components << str(to_string(component));
    TermValues values{{u"title"_s, str(term.title)},
                      {u"components"_s, components.join(u", "_s)},
                      {u"quantity"_s, QString::number(term.quantity)},
                      {u"per"_s, periodText(term.per)}};
    putScope(values, term.scope);
    return values;
}

TermValues valuesOf(const Capacity& term)
{
    TermValues values{{u"title"_s, str(term.title)},
                      {u"unit"_s, str(term.unit)},
                      {u"units"_s, QString::number(term.units)},
                      {u"minimum"_s, QString::number(term.minimum)},
                      {u"increment"_s, QString::number(term.increment)},
                      {u"tokens_per_second"_s, text(term.tokens_per_second)},
                      {u"input_weight"_s, text(term.input_weight)},
                      {u"cached_weight"_s, text(term.cached_weight)},
                      {u"output_weight"_s, text(term.output_weight)},
                      {u"price_per_hour"_s, text(term.price_per_hour)},
                      {u"from"_s, text(term.from)},
                      {u"until"_s, text(term.until)},
                      {u"overflow"_s, term.overflows ? u"pay-as-you-go"_s : u"refused"_s}};
    putScope(values, term.scope);
    return values;
}

TermValues valuesOf(const Discount& term)
{
    TermValues values{{u"title"_s, str(term.title)},
                      {u"steps"_s, stepsText(term.steps)},
                      {u"per"_s, periodText(term.per)},
                      {u"counts"_s, term.marginal ? u"what lies above"_s : u"the whole spend"_s},
                      {u"from"_s, text(term.from)},
                      {u"until"_s, text(term.until)}};
    putScope(values, term.scope);
    return values;
}

TermValues valuesOf(const Commitment& term)
{
    TermValues values{{u"title"_s, str(term.title)},
                      {u"amount"_s, text(term.amount)},
                      {u"per"_s, periodText(term.per)},
                      {u"from"_s, text(term.from)},
                      {u"until"_s, text(term.until)},
                      {u"carry"_s, term.carry == Carry::Unused   ? u"unused"_s
                                   : term.carry == Carry::Excess ? u"excess"_s
                                                                 : u"nothing"_s},
                      {u"settled"_s, term.settled_at_end ? u"at the end"_s : u"each period"_s}};
    putScope(values, term.scope);
    return values;
}

TermValues valuesOf(const ExchangeRate& term)
{
    return {{u"from_currency"_s, str(term.from)},
            {u"to_currency"_s, str(term.to)},
            {u"date"_s, text(term.date)},
            {u"rate"_s, text(term.rate)},
            {u"source"_s, str(term.source)}};
}

}

std::vector<TermField> fieldsOf(TermKind kind)
{
    const TermField title{u"title"_s, tr("Name"), tr("as in the contract")};
    const TermField vendor{u"vendor"_s, tr("Vendor"), tr("empty: all")};
    const TermField models{u"models"_s, tr("Models"), tr("separated by commas; empty: all")};
    const TermField tiers{u"tiers"_s, tr("Service tiers"), tr("standard, batch, …; empty: all")};
    const QString day = tr("2027-01-31");
    const TermField from{u"from"_s, tr("From"), day};
    const TermField until{u"until"_s, tr("Last day"), day + tr("; empty: open")};
    const auto per = [](const QString& label, const QStringList& choices) {
        return TermField{u"per"_s, label, {}, choices};
    };
    const QStringList longPeriods{u"month"_s, u"quarter"_s, u"year"_s};
    switch (kind) {
    case TermKind::Allowance:
        return {title,
                {u"quantity"_s, tr("Free units"), tr("1000000")},
                {u"components"_s, tr("Of what"), tr("input, output, request, web_search, …")},
                per(tr("In each"), {u"day"_s, u"month"_s, u"year"_s}),
                vendor,
                models,
                tiers};
    case TermKind::Capacity:
        return {title,
                vendor,
                models,
                {u"tiers"_s, tr("Service tiers"), tr("empty: standard")},
                {u"unit"_s, tr("Unit"), tr("PTU, GSU, model unit")},
                {u"units"_s, tr("Units bought"), tr("100")},
                {u"minimum"_s, tr("At least"), tr("1")},
                {u"increment"_s, tr("In steps of"), tr("1")},
                {u"price_per_hour"_s, tr("Price of a unit, an hour"), tr("2.50")},
                {u"tokens_per_second"_s, tr("Weighted tokens a second, a unit"), tr("2500")},
                {u"input_weight"_s, tr("An input token weighs"), tr("1")},
                {u"cached_weight"_s, tr("A cached token weighs"), tr("0")},
                {u"output_weight"_s, tr("An output token weighs"), tr("4")},
                from,
                until,
                {u"overflow"_s, tr("Beyond the capacity"), {}, {u"pay-as-you-go"_s, u"refused"_s}}};
    case TermKind::Discount:
        return {title,
                {u"steps"_s, tr("Percent off"), tr("8, or by spend: 0: 5; 100000: 8")},
                per(tr("Spend counts by"), longPeriods),
                {u"counts"_s, tr("Percent is of"), {}, {u"the whole spend"_s, u"what lies above"_s}},
                vendor,
                models,
                tiers,
                {u"from"_s, tr("From"), day + tr("; empty: always")},
                until};
    case TermKind::Commitment:
        return {title,
                {u"amount"_s, tr("Spend at least"), tr("100000")},
                per(tr("In each"), longPeriods),
                from,
                {u"until"_s, tr("Last day"), day},
                {u"carry"_s, tr("Carries over"), {}, {u"nothing"_s, u"unused"_s, u"excess"_s}},
                {u"settled"_s, tr("Settled"), {}, {u"each period"_s, u"at the end"_s}},
                vendor,
                models,
                tiers};
    case TermKind::ExchangeRate:
        return {{u"from_currency"_s, tr("One unit of"), tr("USD")},
                {u"to_currency"_s, tr("is in"), tr("EUR")},
                {u"rate"_s, tr("Rate"), tr("0.91")},
                {u"date"_s, tr("From"), day},
                {u"source"_s, tr("Source"), tr("central bank, 30 Nov 2026")}};
    }
    return {};
}

TermValues valuesOf(const Agreement& agreement, TermKind kind, int index)
{
    const auto at = [&](const auto& terms) {
        return index >= 0 && index < int(terms.size()) ? valuesOf(terms[std::size_t(index)]) : TermValues();
    };
    switch (kind) {
    case TermKind::Allowance:
        return at(agreement.allowances);
    case TermKind::Capacity:
        return at(agreement.capacities);
    case TermKind::Discount:
        return at(agreement.discounts);
    case TermKind::Commitment:
        return at(agreement.commitments);
    case TermKind::ExchangeRate:
        return at(agreement.exchange_rates);
    }
    return {};
}

TermValues newValues(TermKind kind, base::Date today)
{
    TermValues values;
    for (const TermField& field : fieldsOf(kind))
        values[field.key] = field.choices.value(0);
    if (kind == TermKind::Capacity) {
        for (const QString& one : {u"minimum"_s, u"increment"_s, u"input_weight"_s})
            values[one] = u"1"_s;
        values[u"cached_weight"_s] = u"0"_s;
    }
    if (kind == TermKind::Capacity || kind == TermKind::Commitment)
        values[u"from"_s] = text(std::optional(today));
    if (kind == TermKind::ExchangeRate)
        values[u"date"_s] = text(std::optional(today));
    return values;
}

}
