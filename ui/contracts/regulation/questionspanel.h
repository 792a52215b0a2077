#pragma once

#include "core/clauses/regulation/regulation.h"
#include "ui/widgets/parts.h"

namespace leeway::ui {

/// What the contract does not say and the reader must: the questions of a regulation with a choice each.
class QuestionsPanel : public SidePanel
{
    Q_OBJECT

public:
    explicit QuestionsPanel(QWidget* parent = nullptr);
    void show(const clauses::Regulation& regulation, const clauses::Answers& answers, bool readOnly);

Q_SIGNALS:
    void answered(const QString& question, const QString& answer); // an empty answer: open again

private:
    void add(const clauses::Question& question, const clauses::Answers& answers, bool readOnly);

    std::string m_shown; // SHA-256 of the regulation
};

}
