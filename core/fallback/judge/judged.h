#pragma once

#include "core/fallback/judge/pairs.h"
#include "core/fallback/statistics.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// What a judge thinks of one case, from both orders.
struct Judged
{
    int index = 0; // of the case in its suite
    int repetition = 0;
    std::string id;
    Category category = Category::Routine;
    CaseState state = CaseState::Error; // by the assertions
    AnswerPair pair;
    std::vector<Judgement> judgements; // in the order of both_orders; finished or not
    /// A tie when the preference changes with the order; none without an opinion in both.
    Preference preference = Preference::None;
    bool agree = false; // both orders gave the same opinion
};

/// What a judge thinks of a run; cases without an opinion are in no share.
struct JudgeTotals
{
    int wins = 0; // the run's answer preferred
    int losses = 0;
    int ties = 0;
    int flipped = 0; // of the ties: the opinion changed with the order
    int without_opinion = 0;
    Share win_share;   // of wins and losses
    Share agree_share; // of cases with an opinion: the same in both orders
    /// Two-sided sign test of wins against losses (binomial, exact): the chance of a difference as great as
    /// this when both were equally good.
    double p = 1;
};

/// The opinions that `results` hold of this judge on these pairs with these instructions; others that were
/// kept are not looked at.
base::Result<std::vector<Judged>> judged_cases(const Run& run, const Pairs& pairs, const Judge& judge,
                                               std::string_view instructions);
JudgeTotals totals_of(const std::vector<Judged>& cases);

/// The judgement that was kept of the same question to the same judge; null without one.
const Judgement* kept_judgement(const CaseResult& result, const Judge& judge, JudgeOrder order,
                                const std::vector<Message>& prompt);

}
