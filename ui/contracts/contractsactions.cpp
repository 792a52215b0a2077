// Decisions, and what is done with the contract as a whole.
#include "ui/contracts/contractspage.h"

#include "ui/contracts/detailpanel.h"
#include "ui/contracts/evidence.h"
#include "ui/contracts/notedialog.h"
#include "ui/contracts/regulation/regulationdialog.h"
#include "ui/contracts/reviewheader.h"
#include "ui/contracts/viewer.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QActionGroup>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QShortcut>

namespace leeway::ui {

using clauses::Verdict;

void ContractsPage::buildActions()
{
    const auto action = [this](const QString& text, const QString& icon, auto slot) {
        auto* result = new QAction(Theme::icon(icon), text, this);
        result->setProperty("icon", icon);
        connect(result, &QAction::triggered, this, slot);
        return result;
    };
    m_add = action(tr("Add contract…"), u"add"_s, &ContractsPage::chooseFiles);
    m_next = action(tr("Next open N"), u"jump"_s, &ContractsPage::nextOpen);
    m_more = new QAction(tr("Contract"), this);
    auto* menu = new QMenu(this);
    menu->addAction(action(tr("Rename…"), u"rename"_s, &ContractsPage::rename));
    menu->addAction(action(tr("Add a version…"), u"versions"_s, &ContractsPage::chooseVersion));
    m_laws = action(tr("Laws and model terms…"), u"info"_s, &ContractsPage::showLaws);
    menu->addAction(m_laws);
    menu->addAction(action(tr("Remove from the project"), u"trash"_s, &ContractsPage::remove));
    m_more->setMenu(menu);
    m_take = action(tr("Use selection as evidence"), u"evidence"_s, &ContractsPage::takeSelection);
    m_take->setEnabled(false);
    m_viewer->view().addAction(m_take);
}

QList<QAction*> ContractsPage::pageActions() const
{
    if (m_workspace.contract() == nullptr)
        return {m_add};
    return {m_more, m_add, m_next};
}

void ContractsPage::buildKeys()
{
    const auto key = [this](int code, auto slot) {
        auto* shortcut =
            new QShortcut(QKeySequence(code), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    key(Qt::Key_A, &ContractsPage::accept);
    key(Qt::Key_1, [this] { decide(Verdict::Met); });
    key(Qt::Key_2, [this] { decide(Verdict::Partial); });
    key(Qt::Key_3, [this] { decide(Verdict::Missing); });
    key(Qt::Key_4, [this] { decide(Verdict::Adverse); });
    key(Qt::Key_T, &ContractsPage::editNote);
    key(Qt::Key_E, &ContractsPage::takeSelection);
    key(Qt::Key_W, &ContractsPage::withdraw);
    key(Qt::Key_J, [this] { step(1); });
    key(Qt::Key_K, [this] { step(-1); });
    key(Qt::Key_N, &ContractsPage::nextOpen);
}

void ContractsPage::buildFilterMenu(QMenu* menu)
{
    using Filter = ChecklistModel::Filter;
    auto* group = new QActionGroup(this);
    for (const auto filter : {Filter::All, Filter::Open, Filter::NotMet, Filter::Changed, Filter::Met,
                              Filter::Partial, Filter::Missing, Filter::Adverse}) {
        if (filter == Filter::Met)
            menu->addSeparator();
        QAction* action = menu->addAction(ChecklistModel::filterName(filter));
        action->setCheckable(true);
        action->setData(int(filter));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, filter] {
            const QString kept = m_check;
            m_model->setFilter(filter);
            select(kept);
        });
    }
    const auto follow = [this] {
        m_header->setFilterName(ChecklistModel::filterName(m_model->filter()),
                                m_model->filter() != Filter::All);
    };
    connect(m_model, &QAbstractItemModel::modelReset, this, follow);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        for (QAction* action : menu->actions()) {
            if (action->isSeparator())
                continue;
            const auto filter = Filter(action->data().toInt());
            action->setText(
                tr("%1 (%2)").arg(ChecklistModel::filterName(filter)).arg(m_model->count(filter)));
            action->setChecked(filter == m_model->filter());
        }
    });
}

// What a decision on the current check starts from: note and passages that were there stay.
project::Decision ContractsPage::draft(Verdict verdict) const
{
    project::Decision result;
    result.check = utf8(m_check);
    result.verdict = verdict;
    if (const project::Decision* old = decision()) {
        result.note = old->note;
        if (!old->text_changed)
            result.evidence = old->evidence;
    }
    return result;
}

void ContractsPage::accept()
{
    if (row() == nullptr)
        return;
    // After a change of the text the engine's new verdict is what there is to accept.
    Verdict verdict = row()->verdict;
    if (row()->text_changed)
        for (const auto& finding : m_workspace.contract()->newest().review.findings)
            if (finding.check == row()->check)
                verdict = finding.verdict;
    decide(verdict);
}

void ContractsPage::decide(Verdict verdict)
{
    const clauses::Check* check = m_workspace.pack().find(utf8(m_check));
    if (check == nullptr || row() == nullptr)
        return;
    if (verdict == Verdict::Missing && check->polarity == clauses::Polarity::Hazard) {
        Q_EMIT m_workspace.failed(
            tr("“%1” is a hazard: where the contract does not have it, decide Met.").arg(str(check->title)));
        return;
    }
    const project::Decision* old = decision();
    if (old != nullptr && old->verdict == verdict && !old->text_changed) {
        showCheck(); // the button that was pressed stays down
        return;
    }
    m_workspace.decide(m_check, draft(verdict));
    showCheck();
}

void ContractsPage::editNote()
{
    const clauses::Check* check = m_workspace.pack().find(utf8(m_check));
    if (check == nullptr || row() == nullptr || m_workspace.isReadOnly())
        return;
    NoteDialog dialog(*check, row()->verdict, str(row()->note), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    project::Decision decision = draft(dialog.verdict());
    decision.note = utf8(dialog.note());
    m_workspace.decide(m_check, decision);
}

void ContractsPage::withdraw()
{
    if (decision() != nullptr)
        m_workspace.decide(m_check, std::nullopt);
}

void ContractsPage::takeSelection()
{
    const auto range = m_viewer->view().selection();
    const project::Contract* contract = m_workspace.contract();
    if (!range || row() == nullptr || contract == nullptr)
        return;
    if (m_version != contract->newest().id) {
        Q_EMIT m_workspace.failed(
            tr("Evidence is taken from the newest version. Choose it above the contract first."));
        return;
    }
    const auto role = row()->verdict == Verdict::Adverse ? clauses::Role::Takes : clauses::Role::Gives;
    auto evidence = evidenceFrom(contract->newest().document, *range, role);
    if (!evidence)
        return;
    // A protection for which there is evidence now is no longer missing; the reviewer says what it is.
    project::Decision decision =
        draft(row()->verdict == Verdict::Missing ? Verdict::Partial : row()->verdict);
    decision.evidence.push_back(std::move(*evidence));
    m_workspace.decide(m_check, decision);
    m_viewer->view().clearSelection();
}

void ContractsPage::dropEvidence(int index)
{
    const project::Decision* old = decision();
    if (old == nullptr || index < 0 || index >= int(old->evidence.size()))
        return;
    project::Decision decision = draft(old->verdict);
    if (index < int(decision.evidence.size()))
        decision.evidence.erase(decision.evidence.begin() + index);
    m_workspace.decide(m_check, decision);
}

void ContractsPage::chooseFiles()
{
    m_workspace.addDocuments(
        QFileDialog::getOpenFileNames(this, tr("Add contracts"), QString(), contractFilter()));
}

void ContractsPage::chooseVersion()
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr)
        return;
    const project::Id id = contract->id;
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Add a version of “%1”").arg(str(contract->title)), QString(), contractFilter());
    if (!file.isEmpty())
        m_workspace.addVersion(id, file);
}

void ContractsPage::rename()
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr)
        return;
    const Theme& theme = Theme::instance();
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Rename contract"));
    auto* layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    layout->setSpacing(theme.px(12));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(theme.px(16));
    form->setVerticalSpacing(theme.px(12));
    auto* title = new QLineEdit(str(contract->title));
    auto* vendor = new QLineEdit(str(contract->vendor));
    form->addRow(tr("&Title"), title);
    form->addRow(tr("&Vendor"), vendor);
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    QPushButton* ok = buttons->button(QDialogButtonBox::Ok);
    ok->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    connect(title, &QLineEdit::textChanged, ok,
            [ok](const QString& text) { ok->setEnabled(!text.trimmed().isEmpty()); });
    layout->addWidget(buttons);
    dialog.resize(theme.px(420), dialog.sizeHint().height());
    if (dialog.exec() == QDialog::Accepted)
        m_workspace.renameContract(contract->id, title->text().trimmed(), vendor->text().trimmed());
}

void ContractsPage::showLaws()
{
    auto* dialog = new RegulationDialog(m_workspace, window());
    connect(dialog, &RegulationDialog::passageWanted, this, [this](const clauses::Evidence& passage) {
        const project::Version* version = shownVersion();
        if (version == nullptr)
            return;
        if (const auto range = locate(version->document, passage))
            m_viewer->view().showRange(*range);
    });
    dialog->show();
}

void ContractsPage::remove()
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr)
        return;
    const QString title = str(contract->title);
    const std::size_t before = m_workspace.snapshot().contracts.size();
    m_workspace.removeContract(contract->id);
    if (m_workspace.snapshot().contracts.size() < before)
        Q_EMIT m_workspace.done(tr("Removed “%1”. Ctrl+Z brings it back with its decisions.").arg(title));
}

}
