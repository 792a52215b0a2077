#pragma once

#include "core/clauses/regulation/assess.h"

#include <QFrame>

class QVBoxLayout;

namespace leeway::ui {

/// Everything about one requirement: what the law wants, what the contract says, and how sure the pack is.
class RequirementView : public QFrame
{
    Q_OBJECT

public:
    explicit RequirementView(QWidget* parent = nullptr);
    void show(const clauses::Requirement& requirement, const clauses::RequirementFinding& finding,
              base::Date day);
    void clear();

Q_SIGNALS:
    void passageWanted(const leeway::clauses::Evidence& passage);

private:
    void add(const QString& heading, const QStringList& texts);
    void addPassages(const clauses::RequirementFinding& finding);
    void addProof(const clauses::Requirement& requirement);

    QVBoxLayout* m_body;
};

}
