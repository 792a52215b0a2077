#include "ui/contracts/notedialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPlainTextEdit>

namespace leeway::ui {

using clauses::Verdict;

NoteDialog::NoteDialog(const clauses::Check& check, Verdict verdict, const QString& note, QWidget* parent)
    : QDialog(parent),
      m_verdict(new QComboBox),
      m_note(new QPlainTextEdit)
{
    const Theme& theme = Theme::instance();
    setWindowTitle(tr("Note on “%1”").arg(str(check.title)));
    for (const auto each : {Verdict::Met, Verdict::Partial, Verdict::Missing, Verdict::Adverse})
        if (each != Verdict::Missing || check.polarity != clauses::Polarity::Hazard)
            m_verdict->addItem(verdictWord(each), int(each));
    m_verdict->setCurrentIndex(m_verdict->findData(int(verdict)));
    m_note->setPlainText(note);
    m_note->setTabChangesFocus(true);
    m_note->setPlaceholderText(tr("Why: what was agreed, with whom, where it is written"));
    m_note->setMinimumHeight(theme.px(96));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    layout->setSpacing(theme.px(12));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(theme.px(16));
    form->setVerticalSpacing(theme.px(12));
    form->addRow(tr("&Verdict"), m_verdict);
    form->addRow(tr("&Note"), m_note);
    layout->addLayout(form);
    layout->addWidget(paragraph(tr("Saving decides the check; the note is printed in the report."), "muted"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    m_note->setFocus();
    resize(theme.px(460), sizeHint().height());
}

Verdict NoteDialog::verdict() const
{
    return Verdict(m_verdict->currentData().toInt());
}

QString NoteDialog::note() const
{
    return m_note->toPlainText().trimmed();
}

}
