#include "ui/costs/drift/driftwords.h"

#include "ui/costs/words.h"

#include <QCoreApplication>
#include <array>

namespace leeway::ui {

namespace {

using base::Decimal;

QString tr(const char* text)
{
    return QCoreApplication::translate("UsageDrift", text);
}

struct Part
{
    Decimal amount;
    QString name;   // in a sentence
    QString title;  // of a bar, by the sign
    QString source; // of the figure
};

std::array<Part, 5> partsOf(const usage::DriftParts& parts)
{
    const auto by = [](Decimal amount, const char* more, const char* less, const char* same) {
        return tr(amount.is_zero() ? same : amount.is_negative() ? less : more);
    };
    return {Part{parts.volume, tr("volume"),
                 by(parts.volume, "More requests", "Fewer requests", "Number of requests"),
                 tr("The earlier cost at the later number of requests, all else as before.")},
            Part{parts.mix, tr("the choice of models"),
                 by(parts.mix, "Dearer choice of models", "Cheaper choice of models", "Choice of models"),
                 tr("Requests that moved between models, and models that are new or gone.")},
            Part{parts.length, tr("the length of requests"),
                 by(parts.length, "Longer requests", "Shorter requests", "Length of requests"),
                 tr("More or fewer tokens for each request, at the earlier share of cache reads.")},
            Part{parts.cache, tr("cache reads"),
                 by(parts.cache, "Smaller share of cache reads", "Larger share of cache reads",
                    "Share of cache reads"),
                 tr("Another share of the input was read from the vendor’s cache.")},
            Part{parts.price, tr("prices"), by(parts.price, "Higher prices", "Lower prices", "Prices"),
                 tr("The later usage at the prices of its days, against those of the earlier period’s last "
                    "day.")}};
}

QString bounded(Decimal amount, const std::string& currency)
{
    return moneyText(amount.is_negative() ? -amount : amount, currency);
}

}

QString periodText(const pricing::Days& days, bool quarter)
{
    const base::Month month = base::Month::of(days.first);
    if (quarter)
        return tr("Q%1 %2").arg((month.month() + 2) / 3).arg(month.year());
    if (days.first == days.last)
        return dateText(days.first);
    return tr("%1 to %2").arg(dateText(days.first), dateText(days.last));
}

QString driftHeadline(const DriftCheck& check)
{
    const usage::UsageDrift& drift = check.drift;
    if (drift.before.requests == 0 && drift.after.requests == 0)
        return tr("Nothing to compare: no model of the two periods has a price");
    if (drift.before.requests == 0 || drift.after.requests == 0)
        return (drift.before.requests == 0 ? tr("Nothing to compare: no request of the earlier period has a "
                                                "price")
                                           : tr("Nothing to compare: no request of the later period has a "
                                                "price"));
    const QString now = check.quarters ? periodText(drift.after_days, true) : tr("The later period");
    const QString then = check.quarters ? periodText(drift.before_days, true) : tr("the earlier one");
    const Decimal more = drift.after.cost - drift.before.cost;
    if (more.rounded(2).is_zero())
        return tr("%1 costs what %2 cost").arg(now, then);
    const Part* most = nullptr; // of those in the direction of the whole
    const auto parts = partsOf(drift.parts);
    for (const Part& part : parts) {
        const bool along = part.amount.is_negative() == more.is_negative();
        const bool wider =
            most == nullptr || (more.is_negative() ? part.amount < most->amount : part.amount > most->amount);
        if (along && wider)
            most = &part;
    }
    QString text = (more.is_negative() ? tr("%1 costs %2 less than %3") : tr("%1 costs %2 more than %3"))
                       .arg(now, bounded(more, drift.currency), then);
    if (most != nullptr)
        text +=
            (more.is_negative() ? tr("; what saves most: %1") : tr("; what adds most: %1")).arg(most->name);
    return text;
}

BarsChart::Content driftBars(const DriftCheck& check)
{
    const usage::UsageDrift& drift = check.drift;
    BarsChart::Content content;
    content.joined = true;
    const auto whole = [&](const pricing::Days& days, const usage::DriftSide& side) {
        content.bars.push_back(
            {periodText(days, check.quarters), 0, side.cost.to_double(), moneyText(side.cost, drift.currency),
             QStringLiteral("control"),
             tr("%1 with a price").arg(counted(qsizetype(side.requests), tr("request"), tr("requests"))),
             true});
    };
    whole(drift.before_days, drift.before);
    Decimal at = drift.before.cost;
    for (const Part& part : partsOf(drift.parts)) {
        const Decimal next = at + part.amount;
        content.bars.push_back({part.title, at.to_double(), next.to_double(),
                                differenceText(part.amount, drift.currency),
                                part.amount.is_negative() ? QStringLiteral("met") : QStringLiteral("adverse"),
                                part.source, false});
        at = next;
    }
    whole(drift.after_days, drift.after);
    return content;
}

QString driftNotes(const DriftCheck& check)
{
    QStringList notes;
    QStringList unpriced;
    for (const auto& [model, requests] : check.drift.unpriced)
        unpriced << tr("%1 (%2)").arg(str(model),
                                      counted(qsizetype(requests), tr("request"), tr("requests")));
    if (!unpriced.isEmpty())
        notes
            << tr("Not in these figures, for lack of a price: %1.").arg(unpriced.join(QStringLiteral(", ")));
    const auto add = [&](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
            QString note = str(text);
            if (!note.isEmpty() && !note.endsWith(u'.'))
                note += u'.';
            notes << capitalised(note);
        }
    };
    add(check.notes);
    add(check.drift.notes);
    return notes.join(u'\n');
}

}
