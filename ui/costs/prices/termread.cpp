#include "ui/costs/prices/terms.h"
#include "ui/costs/words.h"

#include <QCoreApplication>

namespace leeway::ui {

namespace {

using namespace pricing;

constexpr std::int64_t mostUnits = 1'000'000'000'000'000;
constexpr qsizetype longest = 1000; // characters of a field

QString tr(const char* text)
{
    return QCoreApplication::translate("AgreementTerms", text);
}

/// Reads the fields of a form; keeps the first problem.
class FormReader
{
public:
    FormReader(TermKind kind, const TermValues& values) : m_fields(fieldsOf(kind)), m_values(values)
    {
        for (const TermField& field : m_fields) {
            if (value(field.key).size() > longest)
                complain(field.key,
                         tr("has %1 characters; shorten it to %2").arg(value(field.key).size()).arg(longest));
        }
    }

    [[nodiscard]] QString value(const QString& key) const { return m_values.value(key).simplified(); }

    std::string text(const QString& key)
    {
        if (value(key).isEmpty())
            complain(key, tr("is missing"));
        return utf8(value(key));
    }

    std::vector<std::string> list(const QString& key) const
    {
        std::vector<std::string> names;
        for (const QString& name : value(key).split(u',', Qt::SkipEmptyParts)) {
            if (const QString plain = name.simplified(); !plain.isEmpty())
                names.push_back(utf8(plain));
        }
        return names;
    }

    base::Decimal number(const QString& key, bool overZero)
    {
        const auto number = readNumber(value(key));
        if (!number || number->is_negative() || (overZero && number->is_zero())) {
            complain(key, overZero ? tr("must be a number over zero") : tr("must be a number, zero or more"));
            return {};
        }
        return *number;
    }

    std::int64_t count(const QString& key)
    {
        const base::Decimal wanted = number(key, true);
        if (wanted.is_zero()) // complained about already
            return 1;
        if (wanted != wanted.rounded(0) || wanted > base::Decimal::from_integer(mostUnits)) {
            complain(key, tr("must be a whole number up to %1").arg(countText(mostUnits)));
            return 1;
        }
        return str(wanted.to_fixed(0)).toLongLong();
    }

    std::optional<base::Date> day(const QString& key, bool needed)
    {
        if (value(key).isEmpty()) {
            if (needed)
                complain(key, tr("is missing; write the date as 2027-01-31"));
            return std::nullopt;
        }
        const auto date = base::parse_date(utf8(value(key)));
        if (!date)
            complain(key, tr("must be a date such as 2027-01-31"));
        return date ? std::optional(*date) : std::nullopt;
    }

    Per per()
    {
        for (const Per per : {Per::Day, Per::Month, Per::Quarter, Per::Year}) {
            if (value(u"per"_s) == str(to_string(per)))
                return per;
        }
        complain(u"per"_s, tr("is not a period"));
        return Per::Month;
    }

    Scope scope()
    {
        Scope scope;
        scope.vendor = utf8(value(u"vendor"_s));
        scope.models = list(u"models"_s);
        for (const std::string& tier : list(u"tiers"_s))
            scope.tiers.push_back(canonical_tier(tier));
        return scope;
    }

    std::vector<Component> components()
    {
        std::vector<Component> components;
        for (const std::string& name : list(u"components"_s)) {
            const auto component = component_from(name);
            if (component)
                components.push_back(*component);
            else
                complain(u"components"_s, tr("does not know “%1”").arg(str(name)));
        }
        if (components.empty())
            complain(u"components"_s, tr("is missing"));
        return components;
    }

    std::vector<DiscountStep> steps()
    {
        std::vector<DiscountStep> steps;
        for (const QString& part : value(u"steps"_s).split(u';', Qt::SkipEmptyParts)) {
            const QStringList sides = part.split(u':');
            const auto from = sides.size() == 2 ? readNumber(sides.front()) : base::Decimal();
            QString share = sides.back().trimmed();
            if (share.endsWith(u'%'))
                share.chop(1);
            const auto percent = readNumber(share);
            const bool good = sides.size() <= 2 && from && percent && !from->is_negative() &&
                              !percent->is_negative() && *percent <= base::Decimal::from_integer(100);
            if (!good || (!steps.empty() && *from <= steps.back().from)) {
                complain(u"steps"_s, good ? tr("must name rising amounts")
                                          : tr("must be a percentage such as 8, or steps such as 0: 5; "
                                               "100000: 8"));
                return steps;
            }
            steps.push_back({*from, *percent});
        }
        if (steps.empty())
            complain(u"steps"_s, tr("is missing"));
        return steps;
    }

    std::string currency(const QString& key)
    {
        const QString code = value(key).toUpper();
        bool letters = code.size() == 3;
        for (const QChar letter : code)
            letters = letters && letter >= u'A' && letter <= u'Z';
        if (!letters)
            complain(key, tr("must be a currency’s code of three letters"));
        return utf8(code);
    }

    void inOrder(const std::optional<base::Date>& from, const std::optional<base::Date>& until)
    {
        if (from && until && *until < *from)
            complain(u"until"_s, tr("lies before the first day"));
    }

    void complain(const QString& key, const QString& what)
    {
        if (!m_problem.isEmpty())
            return;
        for (const TermField& field : m_fields) {
            if (field.key == key)
                m_problem = tr("“%1” %2.").arg(field.label, what);
        }
    }

    [[nodiscard]] base::Status status() const
    {
        return m_problem.isEmpty() ? base::Status() : base::fail(base::ErrorCode::Invalid, utf8(m_problem));
    }

private:
    std::vector<TermField> m_fields;
    const TermValues& m_values;
    QString m_problem;
};

void read(FormReader& form, Allowance& term)
{
    term = {form.text(u"title"_s), form.scope(), form.components(), form.count(u"quantity"_s), form.per()};
}

void read(FormReader& form, Capacity& term)
{
    term.title = form.text(u"title"_s);
    term.scope = form.scope();
    term.unit = form.text(u"unit"_s);
    term.units = form.count(u"units"_s);
    term.minimum = form.count(u"minimum"_s);
    term.increment = form.count(u"increment"_s);
    term.price_per_hour = form.number(u"price_per_hour"_s, false);
    term.tokens_per_second = form.number(u"tokens_per_second"_s, true);
    term.input_weight = form.number(u"input_weight"_s, false);
    term.cached_weight = form.number(u"cached_weight"_s, false);
    term.output_weight = form.number(u"output_weight"_s, false);
    term.from = form.day(u"from"_s, true).value_or(base::Date());
    term.until = form.day(u"until"_s, false);
    term.overflows = form.value(u"overflow"_s) == u"pay-as-you-go"_s;
    form.inOrder(term.from, term.until);
    if (term.units < term.minimum || (term.units - term.minimum) % term.increment != 0)
        form.complain(u"units"_s, tr("cannot be bought: %1 at least, and in steps of %2")
                                      .arg(countText(term.minimum), countText(term.increment)));
}

void read(FormReader& form, Discount& term)
{
    term.title = form.text(u"title"_s);
    term.scope = form.scope();
    term.steps = form.steps();
    term.per = form.per();
    term.marginal = form.value(u"counts"_s) == u"what lies above"_s;
    term.from = form.day(u"from"_s, false);
    term.until = form.day(u"until"_s, false);
    form.inOrder(term.from, term.until);
}

void read(FormReader& form, Commitment& term)
{
    term.title = form.text(u"title"_s);
    term.scope = form.scope();
    term.amount = form.number(u"amount"_s, true);
    term.per = form.per();
    term.from = form.day(u"from"_s, true).value_or(base::Date());
    term.until = form.day(u"until"_s, true).value_or(base::Date());
    const QString carry = form.value(u"carry"_s);
    term.carry = carry == u"unused"_s ? Carry::Unused : carry == u"excess"_s ? Carry::Excess : Carry::Nothing;
    term.settled_at_end = form.value(u"settled"_s) == u"at the end"_s;
    form.inOrder(term.from, term.until);
    if (term.settled_at_end && term.carry != Carry::Nothing)
        form.complain(u"carry"_s, tr("must be nothing for a commitment that is settled at the end"));
}

void read(FormReader& form, ExchangeRate& term)
{
    term.from = form.currency(u"from_currency"_s);
    term.to = form.currency(u"to_currency"_s);
    term.rate = form.number(u"rate"_s, true);
    term.date = form.day(u"date"_s, true).value_or(base::Date());
    term.source = utf8(form.value(u"source"_s));
    if (term.from == term.to)
        form.complain(u"to_currency"_s, tr("must be another currency"));
}

template<typename T>
base::Status put(FormReader form, std::vector<T>& terms, int index)
{
    T term;
    read(form, term);
    if (auto status = form.status(); !status)
        return status;
    if (index >= 0 && index < int(terms.size()))
        terms[std::size_t(index)] = std::move(term);
    else
        terms.push_back(std::move(term));
    return {};
}

}

base::Status putTerm(Agreement& agreement, TermKind kind, int index, const TermValues& values)
{
    const FormReader form(kind, values);
    switch (kind) {
    case TermKind::Allowance:
        return put(form, agreement.allowances, index);
    case TermKind::Capacity:
        return put(form, agreement.capacities, index);
    case TermKind::Discount:
        return put(form, agreement.discounts, index);
    case TermKind::Commitment:
        return put(form, agreement.commitments, index);
    case TermKind::ExchangeRate:
        return put(form, agreement.exchange_rates, index);
    }
    return {};
}

}
