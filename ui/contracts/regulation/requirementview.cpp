#include "ui/contracts/regulation/requirementview.h"

#include "ui/contracts/regulation/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/quote.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

namespace leeway::ui {
namespace {

QStringList lines(const std::vector<std::string>& texts)
{
    QStringList result;
    for (const std::string& text : texts)
        result << str(text);
    return result;
}

// The verdict in whose colour a passage is shown.
clauses::Verdict shade(clauses::Status status)
{
    return status == clauses::Status::Covered  ? clauses::Verdict::Met
           : status == clauses::Status::Weaker ? clauses::Verdict::Partial
                                               : clauses::Verdict::Missing;
}

}

RequirementView::RequirementView(QWidget* parent) : QFrame(parent)
{
    const Theme& theme = Theme::instance();
    setProperty("panel", true);
    auto* content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12));
    m_body->setSpacing(theme.px(6));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolled(content));
    clear();
}

void RequirementView::clear()
{
    clearLayout(m_body);
    m_body->addWidget(label(tr("Choose a requirement"), "muted"));
    m_body->addStretch(1);
}

void RequirementView::add(const QString& heading, const QStringList& texts)
{
    if (texts.join(QString()).isEmpty())
        return;
    m_body->addSpacing(Theme::instance().px(4));
    m_body->addWidget(label(heading, "heading"));
    for (const QString& text : texts) {
        auto* said = paragraph(text);
        said->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_body->addWidget(said);
    }
}

void RequirementView::show(const clauses::Requirement& requirement,
                           const clauses::RequirementFinding& finding, base::Date day)
{
    clearLayout(m_body);
    m_body->addWidget(paragraph(str(requirement.question), "title"));
    m_body->addWidget(
        paragraph(tr("%1 · %2 · binds %3")
                      .arg(str(requirement.article), str(requirement.force), str(requirement.binds)),
                  "muted"));
    QStringList why{statusWord(finding.status) + u'.'};
    why << lines(finding.why);
    for (const clauses::LaterStatus& later : finding.later)
        why << tr("From %1: %2. %3")
                   .arg(longDate(later.from), str(clauses::to_string(later.status)), str(later.why));
    add(tr("In this contract"), why);
    addPassages(finding);
    const clauses::LegalFloor& floor = requirement.floor_on(day);
    QStringList law{str(floor.text)};
    if (!floor.threshold.empty())
        law << tr("Threshold: %1").arg(str(floor.threshold));
    add(tr("Legal floor"), law);
    add(tr("What a careful buyer asks for"), {str(requirement.standard.text)});
    add(tr("Ask for"), {str(requirement.ask)});
    addProof(requirement);
    m_body->addStretch(1);
}

void RequirementView::addPassages(const clauses::RequirementFinding& finding)
{
    for (const clauses::Evidence& passage : finding.evidence) {
        auto* quote = new Quote(passage, shade(finding.reading), false);
        connect(quote, &Quote::clicked, this, [this, passage] { Q_EMIT passageWanted(passage); });
        m_body->addWidget(quote);
    }
}

void RequirementView::addProof(const clauses::Requirement& requirement)
{
    QStringList proof;
    switch (requirement.proof) {
    case clauses::Proof::Verified:
        proof << tr("Read in the text of the law, or in a file that quotes it.");
        break;
    case clauses::Proof::Secondary:
        proof << tr("Known from what others write about the law; not read in its text.");
        break;
    case clauses::Proof::Unverified:
        proof << tr("Unverified: from general knowledge. Have it checked before you rely on it.");
        break;
    }
    for (const std::string& doubt : requirement.unverified)
        proof << tr("Unverified: %1").arg(str(doubt));
    proof << lines(requirement.sources);
    add(tr("How sure this is"), proof);
}

}
