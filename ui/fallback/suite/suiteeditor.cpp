#include "ui/fallback/suite/suiteeditor.h"

#include "core/base/file.h"
#include "ui/fallback/suite/caseform.h"
#include "ui/fallback/suite/suitedraft.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QSignalBlocker>
#include <algorithm>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

SuiteEditor::SuiteEditor(const fallback::Suite& suite, QWidget* parent)
    : QDialog(parent),
      m_draft(new SuiteDraft(suite, this)),
      m_name(new QLineEdit(str(suite.name))),
      m_form(new CaseForm),
      m_standing(label({}, "muted"))
{
    setWindowTitle(tr("Edit suite"));
    resize(px(980), px(680));
    auto* layout = new QVBoxLayout(this);
    auto* head = new QHBoxLayout;
    auto* name = label(tr("Suite"));
    name->setBuddy(m_name);
    head->addWidget(name);
    head->addWidget(m_name, 1);
    layout->addLayout(head);
    auto* middle = new QHBoxLayout;
    middle->addWidget(makeList());
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_form);
    middle->addWidget(m_scroll, 1);
    layout->addLayout(middle, 1);
    layout->addWidget(makeButtons());
    connect(m_name, &QLineEdit::textEdited, m_draft, &SuiteDraft::rename);
    connect(m_form, &CaseForm::changed, this, [this] { m_draft->setCase(m_form->edited()); });
    connect(m_draft, &SuiteDraft::changed, this, &SuiteEditor::refresh);
    connect(m_draft, &SuiteDraft::selected, this, &SuiteEditor::showCase);
    refresh();
}

SuiteEditor::~SuiteEditor() = default;

QWidget* SuiteEditor::makeList()
{
    auto* box = new QWidget;
    box->setFixedWidth(px(270));
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list = new QListWidget;
    m_list->setObjectName(u"cases"_s);
    m_list->setAccessibleName(tr("Cases"));
    layout->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    const auto button = [&](const QString& icon, const QString& name, auto deed) {
        auto* each = iconButton(icon, name);
        each->setObjectName(icon);
        connect(each, &QToolButton::clicked, m_draft, deed);
        row->addWidget(each);
    };
    button(u"add"_s, tr("Add a case"), &SuiteDraft::add);
    button(u"copy"_s, tr("Duplicate the case"), &SuiteDraft::duplicate);
    button(u"trash"_s, tr("Remove the case"), &SuiteDraft::remove);
    button(u"chevron-up"_s, tr("Move the case up"), [this] { m_draft->move(-1); });
    button(u"chevron-down"_s, tr("Move the case down"), [this] { m_draft->move(1); });
    row->addStretch();
    layout->addLayout(row);
    connect(m_list, &QListWidget::currentRowChanged, m_draft, &SuiteDraft::select);
    return box;
}

QWidget* SuiteEditor::makeButtons()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    QUndoStack& stack = m_draft->undoStack();
    for (const bool back : {true, false}) {
        auto* action = back ? stack.createUndoAction(this) : stack.createRedoAction(this);
        action->setShortcut(back ? QKeySequence::Undo : QKeySequence::Redo);
        addAction(action);
        auto* button = iconButton(back ? u"undo"_s : u"redo"_s, back ? tr("Undo") : tr("Redo"));
        button->setEnabled(false);
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button,
                [button, action] { button->setEnabled(action->isEnabled()); });
        row->addWidget(button);
    }
    row->addWidget(m_standing, 1);
    auto* file = new QPushButton(tr("Export…"));
    auto* cancel = new QPushButton(tr("Cancel"));
    m_accept = new QPushButton(tr("Use suite"));
    m_accept->setObjectName(u"useSuite"_s);
    m_accept->setToolTip(tr("Keeps it in the project as a suite of its own; runs of the earlier one stay"));
    m_accept->setDefault(true);
    row->addWidget(file);
    row->addWidget(cancel);
    row->addWidget(m_accept);
    connect(file, &QPushButton::clicked, this, &SuiteEditor::chooseExport);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_accept, &QPushButton::clicked, this, &SuiteEditor::accept);
    return box;
}

void SuiteEditor::refresh()
{
    const fallback::Suite& suite = m_draft->suite();
    m_complaints = complaintsOf(suite);
    if (m_name->text() != str(suite.name))
        m_name->setText(str(suite.name));
    const QSignalBlocker quiet(m_list);
    while (m_list->count() > int(suite.cases.size()))
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < int(suite.cases.size()))
        m_list->addItem(QString());
    for (int i = 0; i < m_list->count(); ++i) {
        const bool wrong = std::ranges::count(m_complaints, i, &Complaint::index) > 0;
        m_list->item(i)->setText(str(suite.cases[std::size_t(i)].id));
        m_list->item(i)->setIcon(wrong ? Theme::icon(u"warning"_s) : QIcon());
    }
    m_standing->setText(m_complaints.empty()
                            ? counted(qsizetype(suite.cases.size()), tr("case"), tr("cases"))
                            : tr("%1: %2").arg(str(suite.cases[std::size_t(m_complaints.front().index)].id),
                                               m_complaints.front().text));
    m_accept->setEnabled(m_complaints.empty() && !suite.cases.empty());
    showCase();
}

void SuiteEditor::showCase()
{
    const int current = m_draft->current();
    const QSignalBlocker quiet(m_list);
    m_list->setCurrentRow(current);
    m_form->setVisible(current >= 0);
    if (current < 0)
        return;
    m_form->setCase(m_draft->suite().cases[std::size_t(current)]);
    std::vector<Complaint> here;
    std::ranges::copy_if(m_complaints, std::back_inserter(here),
                         [&](const Complaint& each) { return each.index == current; });
    m_form->showComplaints(here);
}

void SuiteEditor::accept()
{
    auto kept = asKept(m_draft->suite());
    if (!kept) {
        m_standing->setText(str(kept.error().message));
        return;
    }
    m_result = std::move(*kept);
    QDialog::accept();
}

void SuiteEditor::reject()
{
    if (m_draft->undoStack().isClean() ||
        QMessageBox::question(this, windowTitle(), tr("Leave without keeping the changes to this suite?")) ==
            QMessageBox::Yes)
        QDialog::reject();
}

void SuiteEditor::chooseExport()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Export suite"), u"suite.json"_s, tr("Suites (*.json)"));
    if (!file.isEmpty())
        exportTo(file);
}

void SuiteEditor::exportTo(const QString& file)
{
    const auto status = asKept(m_draft->suite()).and_then([&](const fallback::Suite& suite) {
        return base::write_file(utf8(file), fallback::to_json(suite));
    });
    m_standing->setText(status ? tr("Written to %1.").arg(QFileInfo(file).fileName())
                               : str(status.error().message));
}

}
