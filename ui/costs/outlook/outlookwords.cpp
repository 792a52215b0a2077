#include "ui/costs/outlook/outlookwords.h"

#include "core/report/prospects.h"

#include "ui/costs/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

using base::Decimal;
using Kind = simulation::SwitchPoint::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("CostOutlook", text);
}

/// "it saves € 20 k to € 90 k", "it costs € 5 k to € 70 k more".
QString savingText(Decimal low, Decimal high, const Subject& subject)
{
    if (!low.is_negative())
        return tr("it saves %1 to %2").arg(subject.money(low), subject.money(high));
    if (high.is_negative())
        return tr("it costs %1 to %2 more").arg(subject.money(-high), subject.money(-low));
    return tr("between %1 more and %2 less").arg(subject.money(-low), subject.money(high));
}

Answer noMove()
{
    return {u"—"_s, tr("None of these scenarios moves traffic; Reset brings such scenarios back."), {}, {}};
}

}

QString Subject::name(const std::string& scenario) const
{
    const auto& scenarios = outlook.set.scenarios;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        if (scenarios[i].id == scenario)
            return names.value(qsizetype(i), str(scenarios[i].title));
    }
    return str(scenario);
}

QString Subject::money(Decimal amount) const
{
    const QString sign = amount.is_negative() ? u"−"_s : QString();
    return sign + currencySign(outlook.forecast.currency) + u'\u00a0' +
           shortAmount(amount.is_negative() ? -amount : amount);
}

QString Subject::paths() const
{
    return tr("%1 paths, seed %2").arg(countText(outlook.forecast.paths)).arg(outlook.forecast.seed);
}

int Subject::mover() const
{
    const auto& scenarios = outlook.set.scenarios;
    const auto moves = [&](int i) { return simulation::staying(scenarios, std::size_t(i)).has_value(); };
    if (chosen >= 0 && chosen < int(scenarios.size()) && moves(chosen))
        return chosen;
    for (int i = 0; i < int(scenarios.size()); ++i) {
        if (moves(i))
            return i;
    }
    return -1;
}

Answer switchAnswer(const Subject& subject)
{
    const int mover = subject.mover();
    const auto* viability =
        mover < 0 ? nullptr
                  : viabilityOf(subject.outlook, subject.outlook.set.scenarios[std::size_t(mover)].id);
    if (!viability)
        return noMove();
    const QString name = subject.name(viability->scenario);
    Answer answer;
    answer.tip =
        tr("Every price change of the scenario is tried at other sizes, from −100 % to +1,000 %, until "
           "the totals of “%1” and of staying meet, to a tenth of a percent.")
            .arg(name);
    const double percent = viability->rise.percent;
    if (viability->rise.kind == Kind::Never) {
        answer.figure = tr("Never");
        answer.text = tr("no rise up to %1 makes %2 pay within the term").arg(percentText(percent), name);
    } else if (viability->rise.kind == Kind::Always || percent < 0) {
        answer.figure = tr("Any rise");
        answer.text = viability->rise.kind == Kind::Always
                          ? tr("%1 costs less even if prices fall").arg(name)
                          : tr("%1 costs less at today’s prices, until they fall by %2")
                                .arg(name, percentText(std::abs(percent)));
    } else {
        answer.figure = percentText(percent);
        answer.text = tr("break-even of %1 within the term").arg(name);
    }
    return answer;
}

Answer chanceAnswer(const Subject& subject)
{
    const int mover = subject.mover();
    const auto* prospect =
        mover < 0 ? nullptr
                  : prospectOf(subject.outlook, subject.outlook.set.scenarios[std::size_t(mover)].id);
    if (!prospect || !prospect->chance)
        return noMove();
    const auto& chance = *prospect->chance;
    Answer answer;
    answer.figure = capitalised(str(report::chance(chance.by_end)));
    answer.text =
        tr("that %1 costs less than %2 over the term; %3 (P10–P90)")
            .arg(subject.name(prospect->scenario), subject.name(chance.against),
                 savingText(chance.saving[simulation::at_p10], chance.saving[simulation::at_p90], subject));
    answer.tip = tr("%1. Both scenarios meet the same prices, growth and exchange rates on each path.")
                     .arg(subject.paths());
    return answer;
}

Answer viabilityAnswer(const Subject& subject)
{
    const int mover = subject.mover();
    const auto* viability =
        mover < 0 ? nullptr
                  : viabilityOf(subject.outlook, subject.outlook.set.scenarios[std::size_t(mover)].id);
    if (!viability)
        return noMove();
    Answer answer;
    answer.figure = viability->viable ? tr("Yes") : tr("No");
    answer.tone = viability->viable ? u"met"_s : u"adverse"_s;
    answer.text = str(viability->condition);
    answer.tip = tr("%1 against %2 over the term, as the sliders say: nothing varies here.")
                     .arg(subject.name(viability->scenario), subject.name(viability->against));
    return answer;
}

Answer splitAnswer(const Subject& subject)
{
    const auto& split = subject.outlook.split;
    if (!split)
        return subject.outlook.rough ? Answer{u"…"_s, tr("is looked for when the sliders rest"), {}, {}}
                                     : noMove();
    const double moved = split->second_percent + split->fallback_percent;
    const auto& scenarios = subject.outlook.set.scenarios;
    QStringList places;
    for (const auto& scenario : scenarios) {
        if (split->second_percent > 0 && scenario.transfer) {
            places
                << tr("%1 to %2").arg(percentText(split->second_percent), str(scenario.transfer->to_vendor));
            break;
        }
    }
    for (const auto& scenario : scenarios) {
        if (split->fallback_percent > 0 && scenario.fallback) {
            places << tr("%1 to %2").arg(percentText(split->fallback_percent), str(scenario.fallback->model));
            break;
        }
    }
    Answer answer;
    answer.figure = moved > 0 ? tr("%1 moves").arg(percentText(moved)) : tr("All stays");
    const QString total = subject.money(split->total);
    const auto& question = subject.outlook.question;
    if (!places.isEmpty())
        answer.text = tr("%1: %2 over the term").arg(places.join(u", "_s), total);
    else if (question.floor > 0)
        answer.text = tr("no share that moves and keeps the quality costs less: %1 over the term").arg(total);
    else
        answer.text = tr("every share that moves costs more: %1 over the term").arg(total);
    if (question.floor > 0)
        answer.text += tr("; quality %1 of 100, at least %2 asked for")
                           .arg(QString::number(split->quality), QString::number(question.floor));
    answer.tip =
        tr("The cheapest of all splits in steps of 5 %, at the prices of the first scenario that moves "
           "traffic. Today’s vendors are 100 of 100 good, the second vendor %1, the local model %2.")
            .arg(QString::number(question.second_quality), QString::number(question.fallback_readiness));
    return answer;
}

Answer gateAnswer(const simulation::DecisionGate& gate, const std::vector<report::KeyDate>& dates,
                  base::Date today)
{
    Answer answer;
    answer.figure = dateText(gate.decide_by);
    answer.text = gate.days_before == 1
                      ? tr("1 day before the budget lock on %1").arg(dateText(gate.budget_lock))
                      : tr("%1 days before the budget lock on %2")
                            .arg(QString::number(gate.days_before), dateText(gate.budget_lock));
    const auto left = (gate.decide_by - today).count();
    answer.tone = left < 0 ? u"adverse"_s : left <= 60 ? u"partial"_s : QString();
    if (left < 0)
        answer.text += tr(" · passed");
    else if (left <= 60)
        answer.text += left == 0   ? tr(" · today")
                       : left == 1 ? tr(" · tomorrow")
                                   : tr(" · in %1 days").arg(left);
    QStringList others;
    for (const auto& date : dates) {
        if (date.decision && date.date >= today && date.kind != simulation::DateKind::Gate)
            others << dateText(date.date) + u": "_s + str(date.what);
    }
    if (!others.isEmpty())
        answer.text += u'\n' + others.front();
    answer.tip = others.join(u'\n');
    return answer;
}

}
