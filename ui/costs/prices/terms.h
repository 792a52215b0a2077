#pragma once

#include "core/base/result.h"
#include "core/pricing/agreement.h"

#include <QMap>
#include <QString>
#include <QStringList>
#include <vector>

namespace leeway::ui {

/// The kinds of terms that an agreement has, in the order in which they are applied to a bill.
enum class TermKind { Allowance, Capacity, Discount, Commitment, ExchangeRate };
inline constexpr std::array termKinds{TermKind::Allowance, TermKind::Capacity, TermKind::Discount,
                                      TermKind::Commitment, TermKind::ExchangeRate};
QString kindName(TermKind kind); // "Free allowance"

/// One field of a term's form. With choices it takes one of these.
struct TermField
{
    QString key;
    QString label;
    QString hint; // what to write
    QStringList choices{};
};
std::vector<TermField> fieldsOf(TermKind kind);

/// What stands in the fields of a form, by key.
using TermValues = QMap<QString, QString>;

/// A term of an agreement, as its form and as a line of a table.
struct Term
{
    TermKind kind = TermKind::Discount;
    int index = 0; // among those of its kind
    QString title;
    QString scope;  // "openai · gpt-4o"; "everything"
    QString effect; // "8 % off", "€ 100,000 a year"
    QString time;   // "from 1 Jan 2027"
};
std::vector<Term> termsOf(const pricing::Agreement& agreement, const std::string& currency);

/// The values of a term, or those that a new one begins with.
TermValues valuesOf(const pricing::Agreement& agreement, TermKind kind, int index);
TermValues newValues(TermKind kind, base::Date today);

/// Writes the term with these values over the one at `index`, or adds it with −1. Invalid names the field and
/// says what to write; the agreement is then left as it was.
base::Status putTerm(pricing::Agreement& agreement, TermKind kind, int index, const TermValues& values);
void removeTerm(pricing::Agreement& agreement, TermKind kind, int index);

}
