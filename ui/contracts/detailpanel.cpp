#include "ui/contracts/detailpanel.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/quote.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <cmath>

namespace leeway::ui {

using clauses::Verdict;

namespace {

QString stateText(const report::ChecklistRow& row, const project::Decision* decision)
{
    if (decision == nullptr)
        return DetailPanel::tr("suggested, %1 % sure").arg(std::lround(row.confidence * 100));
    return DetailPanel::tr("decided by %1 on %2").arg(str(decision->author), dayOf(decision->time));
}

QString joined(const std::vector<std::string>& sentences)
{
    QStringList result;
    for (const auto& sentence : sentences)
        result << str(sentence);
    return result.join(u' ');
}

}

DetailPanel::DetailPanel(QWidget* parent)
    : QFrame(parent),
      m_title(new ElidedLabel),
      m_chip(new VerdictChip),
      m_state(new ElidedLabel),
      m_body(new QFrame),
      m_question(paragraph({})),
      m_why(paragraph({}, "muted")),
      m_quotes(new QVBoxLayout),
      m_note(paragraph({})),
      m_askTitle(label(tr("Ask for"), "heading")),
      m_ask(paragraph({})),
      m_position(paragraph({})),
      m_previous(iconButton(u"chevron-left"_s, tr("Stronger position"))),
      m_next(iconButton(u"chevron-right"_s, tr("Weaker position"))),
      m_matters(paragraph({}, "muted"))
{
    const Theme& theme = Theme::instance();
    setProperty("panel", true);
    setObjectName(u"DetailPanel"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(6));
    head->setSpacing(theme.px(8));
    m_title->setProperty("role", u"heading"_s);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_state->setProperty("role", u"muted"_s);
    head->addWidget(m_title);
    head->addWidget(m_chip);
    head->addWidget(m_state, 1);
    layout->addLayout(head);

    m_body->setProperty("panel", true);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8));
    body->setSpacing(theme.px(8));
    body->addWidget(m_question);
    body->addWidget(m_why);
    m_quotes->setSpacing(theme.px(6));
    body->addLayout(m_quotes);
    body->addWidget(m_note);
    body->addWidget(askBox());
    body->addWidget(label(tr("Why it matters"), "heading"));
    body->addWidget(m_matters);
    body->addStretch(1);
    layout->addWidget(scrolled(m_body), 1);
    layout->addWidget(horizontalRule());
    m_buttons = buttons();
    layout->addWidget(m_buttons);
    clear();
}

QWidget* DetailPanel::askBox()
{
    const Theme& theme = Theme::instance();
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, theme.px(4), 0, 0);
    layout->setSpacing(theme.px(4));
    auto* head = new QHBoxLayout;
    head->setSpacing(theme.px(2));
    head->addWidget(m_askTitle, 1);
    for (QToolButton* button : {m_previous, m_next}) {
        button->setProperty("flat", true);
        head->addWidget(button);
    }
    layout->addLayout(head);
    layout->addWidget(m_position);
    layout->addWidget(m_ask);
    QPushButton* copyClause = linkButton(tr("Copy clause"));
    copyClause->setToolTip(tr("Copies suggested clause language to the clipboard"));
    layout->addWidget(copyClause);
    connect(m_previous, &QToolButton::clicked, this, [this] { showPosition(m_shownPosition - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { showPosition(m_shownPosition + 1); });
    connect(copyClause, &QPushButton::clicked, this, [this, copyClause] {
        QApplication::clipboard()->setText(str(m_check.clause));
        copyClause->setText(tr("Copied"));
    });
    copyClause->setObjectName(u"CopyClause"_s);
    return box;
}

QPushButton* DetailPanel::verdictButton(Verdict verdict, int key)
{
    auto* button = new QPushButton(u"%1 %2"_s.arg(verdictWord(verdict)).arg(key));
    button->setObjectName(u"decide-"_s + verdictKey(verdict));
    button->setCheckable(true);
    button->setAccessibleName(tr("Decide %1").arg(verdictWord(verdict)));
    connect(button, &QPushButton::clicked, this, [this, verdict] { Q_EMIT verdictWanted(verdict); });
    return button;
}

QWidget* DetailPanel::buttons()
{
    const Theme& theme = Theme::instance();
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10));
    layout->setSpacing(theme.px(4));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.px(6));
    m_accept = new QPushButton(tr("Accept A"));
    m_accept->setObjectName(u"accept"_s);
    m_accept->setProperty("primary", true);
    m_accept->setIcon(Theme::icon(u"met"_s, u"on-accent"_s));
    m_accept->setAccessibleName(tr("Accept the suggestion"));
    m_accept->setMinimumWidth(theme.px(96)); // the style's hint forgets the icon
    row->addWidget(m_accept);
    for (const auto& [verdict, key] :
         {std::pair{Verdict::Met, 1}, {Verdict::Partial, 2}, {Verdict::Missing, 3}, {Verdict::Adverse, 4}}) {
        m_verdicts << verdictButton(verdict, key);
        row->addWidget(m_verdicts.last());
    }
    row->addStretch(1);
    layout->addLayout(row);
    auto* links = new QHBoxLayout;
    links->setSpacing(theme.px(12));
    m_take = linkButton(tr("Use selection as evidence E"));
    m_take->setObjectName(u"take"_s);
    m_withdraw = linkButton(tr("Withdraw decision W"));
    m_withdraw->setObjectName(u"withdraw"_s);
    m_noteButton = linkButton(tr("Note… T"));
    m_noteButton->setAccessibleName(tr("Note"));
    links->addWidget(m_take);
    links->addWidget(m_noteButton);
    links->addStretch(1);
    links->addWidget(m_withdraw);
    layout->addLayout(links);
    connect(m_accept, &QPushButton::clicked, this, &DetailPanel::acceptWanted);
    connect(m_noteButton, &QPushButton::clicked, this, &DetailPanel::noteWanted);
    connect(m_take, &QPushButton::clicked, this, &DetailPanel::takeWanted);
    connect(m_withdraw, &QPushButton::clicked, this, &DetailPanel::withdrawWanted);
    return box;
}

void DetailPanel::clear()
{
    m_title->setText(tr("Choose a check"));
    m_chip->hide();
    m_state->clear();
    m_body->hide();
    m_buttons->setEnabled(false);
    m_check = {};
}

void DetailPanel::show(const Content& content)
{
    if (content.check == nullptr || content.row == nullptr) {
        clear();
        return;
    }
    const bool fresh = m_check.id != content.check->id;
    m_check = *content.check;
    m_readOnly = content.readOnly;
    const report::ChecklistRow& row = *content.row;
    m_title->setText(str(row.title));
    m_title->setToolTip(str(m_check.question));
    m_chip->setVerdict(row.verdict);
    m_chip->show();
    m_state->setText(stateText(row, content.decision));
    m_body->show();
    const QString meaning = str(row.meaning.empty() ? m_check.meaning(row.verdict) : row.meaning);
    m_question->setText(meaning);
    m_question->setVisible(!joined(row.why).contains(meaning));
    m_why->setText(joined(row.why));
    m_why->setVisible(!row.why.empty());
    fillQuotes(content);

    QStringList notes;
    if (row.text_changed)
        notes << tr("The text behind this decision is no longer in the newest version. Decide again.");
    if (content.gate && row.verdict != Verdict::Met)
        notes << tr("This check is a gate: it must be met before signing.");
    if (!row.note.empty())
        notes << tr("Note: %1").arg(str(row.note));
    m_note->setText(notes.join(u'\n'));
    m_note->setVisible(!notes.isEmpty());
    setLook(m_note, "tone", row.text_changed || content.gate ? QVariant(u"partial"_s) : QVariant(QString()));

    m_ask->setText(str(m_check.ask));
    m_matters->setText(str(m_check.why));
    showPosition(fresh ? 0 : m_shownPosition);
    findChild<QPushButton*>(u"CopyClause"_s)->setText(tr("Copy clause"));
    if (fresh && m_body->parentWidget() != nullptr)
        if (auto* scroll = qobject_cast<QScrollArea*>(m_body->parentWidget()->parentWidget()))
            scroll->ensureVisible(0, 0);

    m_buttons->setEnabled(!content.readOnly);
    m_accept->setEnabled(content.decision == nullptr || row.text_changed);
    for (QPushButton* button : std::as_const(m_verdicts)) {
        const bool isThis = button->objectName() == u"decide-"_s + verdictKey(row.verdict);
        button->setChecked(content.decision != nullptr && isThis);
    }
    m_verdicts[int(Verdict::Missing)]->setVisible(m_check.polarity != clauses::Polarity::Hazard);
    m_withdraw->setVisible(content.decision != nullptr);
    setCanTakeEvidence(content.canTakeEvidence);
}

void DetailPanel::setCanTakeEvidence(bool can)
{
    m_take->setEnabled(can && !m_readOnly);
    m_take->setToolTip(can ? QString() : tr("Select the words in the contract first."));
}

void DetailPanel::fillQuotes(const Content& content)
{
    clearLayout(m_quotes);
    const auto& evidence = content.row->evidence;
    const bool own = content.decision != nullptr && !content.decision->evidence.empty();
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        auto* quote = new Quote(evidence[i], content.row->verdict, own && !content.readOnly);
        connect(quote, &Quote::clicked, this, [this, i] { Q_EMIT jumpWanted(int(i)); });
        connect(quote, &Quote::dropWanted, this, [this, i] { Q_EMIT dropEvidenceWanted(int(i)); });
        m_quotes->addWidget(quote);
    }
    if (evidence.empty())
        m_quotes->addWidget(label(tr("No passage: nothing in the text says so."), "muted"));
}

void DetailPanel::showPosition(int position)
{
    const int count = int(m_check.positions.size());
    m_shownPosition = std::clamp(position, 0, std::max(0, count - 1));
    m_previous->setVisible(count > 1);
    m_next->setVisible(count > 1);
    m_previous->setEnabled(m_shownPosition > 0);
    m_next->setEnabled(m_shownPosition + 1 < count);
    m_position->setVisible(count > 0);
    if (count == 0) {
        m_askTitle->setText(tr("Ask for"));
        return;
    }
    const clauses::Position& shown = m_check.positions[std::size_t(m_shownPosition)];
    m_askTitle->setText(
        tr("Ask for, position %1 of %2: %3").arg(m_shownPosition + 1).arg(count).arg(str(shown.label)));
    m_position->setText(str(shown.text));
}

}
