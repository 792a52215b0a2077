#pragma once

#include "core/report/model.h"
#include "ui/costs/outlook/barschart.h"
#include "ui/costs/outlook/outlook.h"

#include <QStringList>

namespace leeway::ui {

/// An answer in one big figure, with what it means and where it comes from.
struct Answer
{
    QString figure;
    QString text;
    QString tip;
    QString tone; // of the figure, a colour of the style file; empty: plain

    bool operator==(const Answer&) const = default;
};

/// What the page knows when it words an outlook. `names` are the scenarios' names as the chart shows them.
struct Subject
{
    const Outlook& outlook;
    const QStringList& names;
    int chosen = 0; // scenario that is looked at

    [[nodiscard]] QString name(const std::string& scenario) const;
    [[nodiscard]] QString money(base::Decimal amount) const; // short: "€ 1.6 M", "−€ 20 k"
    [[nodiscard]] QString paths() const;                     // "100,000 paths, seed 1"
    /// The chosen scenario where it moves traffic, else the first that does; −1: none does.
    [[nodiscard]] int mover() const;
};

/// From which rise leaving pays.
Answer switchAnswer(const Subject& subject);
/// How likely leaving pays within the term.
Answer chanceAnswer(const Subject& subject);
/// Whether a move pays as it is set, and what would turn the answer.
Answer viabilityAnswer(const Subject& subject);
/// The cheapest shares for today's vendors, the second vendor and the local model.
Answer splitAnswer(const Subject& subject);
/// The decision gate with the next dates on which something lapses.
Answer gateAnswer(const simulation::DecisionGate& gate, const std::vector<report::KeyDate>& dates,
                  base::Date today);

/// A chart with the answer in its title and its source below.
struct ExplainedBars
{
    QString title;
    BarsChart::Content bars;
    QString source;
};
/// From the first scenario to the chosen one, step by step.
ExplainedBars explainSteps(const Subject& subject);
/// What moves the chosen scenario's cost, or, if it moves traffic, what it saves.
ExplainedBars explainDrivers(const Subject& subject);

/// Paths, seed, and how far the median is known: "100,000 paths, seed 1. …".
QString samplingText(const Subject& subject);
/// What varies from path to path, and where that comes from.
QString assumptionsText(const simulation::Uncertainty& uncertainty);

}
