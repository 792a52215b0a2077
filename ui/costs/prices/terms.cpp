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

QString scopeText(const Scope& scope)
{
    QStringList parts;
    if (!scope.vendor.empty())
        parts << str(scope.vendor);
    for (const std::string& model : scope.models)
        parts << str(model);
    for (const std::string& tier : scope.tiers)
        parts << tr("%1 tier").arg(str(tier));
    return parts.isEmpty() ? tr("everything") : parts.join(u" · "_s);
}

QString timeText(const std::optional<base::Date>& from, const std::optional<base::Date>& until)
{
    if (from && until)
        return tr("%1 to %2").arg(dateText(*from), dateText(*until));
    if (from)
        return tr("from %1").arg(dateText(*from));
    return until ? tr("until %1").arg(dateText(*until)) : tr("always");
}

QString percentOf(base::Decimal percent)
{
    return tr("%1\u00a0%").arg(str(percent.to_string()));
}

QString effectOf(const Allowance& allowance)
{
    QStringList components;
    for (const Component component : allowance.components)
        components << str(to_string(component)).replace(u'_', u' ');
    return tr("%1 %2 free a %3")
        .arg(countText(allowance.quantity), components.join(u" + "_s), str(to_string(allowance.per)));
}

QString effectOf(const Capacity& capacity, const std::string& currency)
{
    return tr("%1 %2 at %3 an hour each, %4 weighted tokens a second")
        .arg(countText(capacity.units), str(capacity.unit),
             currencySign(currency) + u'\u00a0' + str(capacity.price_per_hour.to_string()),
             str(capacity.tokens_per_second.to_string()));
}

QString effectOf(const Discount& discount, const std::string& currency)
{
    QStringList steps;
    for (const DiscountStep& step : discount.steps)
        steps << (step.from.is_zero() ? tr("%1 off").arg(percentOf(step.percent))
                                      : tr("%1 from %2 a %3 on")
                                            .arg(percentOf(step.percent), moneyText(step.from, currency),
                                                 str(to_string(discount.per))));
    return steps.join(u", "_s) + (discount.marginal ? tr(" (of what lies above)") : QString());
}

QString effectOf(const Commitment& commitment, const std::string& currency)
{
    QString text =
        tr("at least %1 a %2").arg(moneyText(commitment.amount, currency), str(to_string(commitment.per)));
    if (commitment.carry == Carry::Unused)
        text += tr(", what is unused carries over");
    else if (commitment.carry == Carry::Excess)
        text += tr(", what is over counts for the next");
    return commitment.settled_at_end ? text + tr(", settled at the end") : text;
}

template<typename T>
void removeFrom(std::vector<T>& terms, int index)
{
    if (index >= 0 && index < int(terms.size()))
        terms.erase(terms.begin() + index);
}

}

QString kindName(TermKind kind)
{
    switch (kind) {
    case TermKind::Allowance:
        return tr("Free allowance");
    case TermKind::Capacity:
        return tr("Capacity");
    case TermKind::Discount:
        return tr("Discount");
    case TermKind::Commitment:
        return tr("Commitment");
    case TermKind::ExchangeRate:
        return tr("Exchange rate");
    }
    return {};
}

std::vector<Term> termsOf(const Agreement& agreement, const std::string& currency)
{
    std::vector<Term> terms;
    const auto add = [&](TermKind kind, std::size_t index, const std::string& title, const QString& scope,
                         const QString& effect, const QString& time) {
        terms.push_back({kind, int(index), str(title), scope, effect, time});
    };
    for (std::size_t i = 0; i < agreement.allowances.size(); ++i) {
        const Allowance& term = agreement.allowances[i];
        add(TermKind::Allowance, i, term.title, scopeText(term.scope), effectOf(term), timeText({}, {}));
    }
    for (std::size_t i = 0; i < agreement.capacities.size(); ++i) {
        const Capacity& term = agreement.capacities[i];
        add(TermKind::Capacity, i, term.title, scopeText(term.scope), effectOf(term, currency),
            timeText(term.from, term.until));
    }
    for (std::size_t i = 0; i < agreement.discounts.size(); ++i) {
        const Discount& term = agreement.discounts[i];
        add(TermKind::Discount, i, term.title, scopeText(term.scope), effectOf(term, currency),
            timeText(term.from, term.until));
    }
    for (std::size_t i = 0; i < agreement.commitments.size(); ++i) {
        const Commitment& term = agreement.commitments[i];
        add(TermKind::Commitment, i, term.title, scopeText(term.scope), effectOf(term, currency),
            timeText(term.from, term.until));
    }
    for (std::size_t i = 0; i < agreement.exchange_rates.size(); ++i) {
        const ExchangeRate& term = agreement.exchange_rates[i];
        add(TermKind::ExchangeRate, i, term.from + " → " + term.to, str(term.source),
            tr("× %1").arg(str(term.rate.to_string())), timeText(term.date, {}));
    }
    return terms;
}

void removeTerm(Agreement& agreement, TermKind kind, int index)
{
    switch (kind) {
    case TermKind::Allowance:
        return removeFrom(agreement.allowances, index);
    case TermKind::Capacity:
        return removeFrom(agreement.capacities, index);
    case TermKind::Discount:
        return removeFrom(agreement.discounts, index);
    case TermKind::Commitment:
        return removeFrom(agreement.commitments, index);
    case TermKind::ExchangeRate:
        return removeFrom(agreement.exchange_rates, index);
    }
}

}
