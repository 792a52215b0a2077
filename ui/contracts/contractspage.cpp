#include "ui/contracts/contractspage.h"

#include "core/document/notice.h"
#include "ui/contracts/checklistdelegate.h"
#include "ui/contracts/detailpanel.h"
#include "ui/contracts/evidence.h"
#include "ui/contracts/reviewheader.h"
#include "ui/contracts/viewer.h"
#include "ui/shell/topbar.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <algorithm>

namespace leeway::ui {

ContractsPage::ContractsPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_stack(new QStackedWidget),
      m_viewer(new Viewer),
      m_versions(new QComboBox),
      m_notes(paragraph({})),
      m_header(new ReviewHeader),
      m_model(new ChecklistModel(this)),
      m_list(new QListView),
      m_detail(new DetailPanel)
{
    setObjectName(u"ContractsPage"_s);
    buildActions();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildReview());
    buildKeys();

    connect(&workspace, &Workspace::changed, this, &ContractsPage::refresh);
    connect(&workspace, &Workspace::contractSelected, this, &ContractsPage::refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (const auto* chosen = m_model->rowAt(index)) {
                    m_check = str(chosen->check);
                    showCheck();
                    showHighlights();
                    jump();
                }
            });
    connect(m_list, &QListView::activated, this, [this] { jump(); });
    connect(&m_viewer->view(), &DocumentView::highlightClicked, this, &ContractsPage::select);
    connect(&m_viewer->view(), &DocumentView::selectionChanged, this, [this] {
        const bool can = m_viewer->view().selection().has_value() && !m_check.isEmpty();
        m_take->setEnabled(can && !m_workspace.isReadOnly());
        m_detail->setCanTakeEvidence(can);
    });
    connect(&m_viewer->view(), &DocumentView::renderFailed, &workspace, &Workspace::failed);
    connect(m_detail, &DetailPanel::acceptWanted, this, &ContractsPage::accept);
    connect(m_detail, &DetailPanel::verdictWanted, this, &ContractsPage::decide);
    connect(m_detail, &DetailPanel::noteWanted, this, &ContractsPage::editNote);
    connect(m_detail, &DetailPanel::takeWanted, this, &ContractsPage::takeSelection);
    connect(m_detail, &DetailPanel::withdrawWanted, this, &ContractsPage::withdraw);
    connect(m_detail, &DetailPanel::jumpWanted, this, &ContractsPage::jump);
    connect(m_detail, &DetailPanel::dropEvidenceWanted, this, &ContractsPage::dropEvidence);
    connect(m_versions, &QComboBox::activated, this,
            [this](int row) { showVersion(m_versions->itemData(row).toLongLong()); });
    refresh();
}

QWidget* ContractsPage::buildEmpty()
{
    return emptyDesk(
        tr("No contract yet"),
        tr("Drop the vendor's agreement anywhere in this window, or add it from a file: "
           "PDF, DOCX, ODT, Markdown, HTML, plain text, an e-mail with attachments, or a scan where "
           "Tesseract is installed. Leeway reads it, answers the checklist with the passages that decide, "
           "and you have the last word."),
        actionButton(m_add, true));
}

QWidget* ContractsPage::buildReview()
{
    const Theme& theme = Theme::instance();
    m_versions->setAccessibleName(tr("Version of the contract"));
    m_viewer->addTool(m_versions);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new ChecklistDelegate(m_list));
    m_list->setProperty("bare", true);
    m_list->setMouseTracking(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Checklist"));
    m_list->setObjectName(u"Checklist"_s);
    setFocusProxy(m_list);
    buildFilterMenu(m_header->filterMenu());

    auto* upper = new QFrame;
    upper->setProperty("panel", true);
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    m_notes->setObjectName(u"Notes"_s);
    m_notes->setAccessibleName(tr("What to know of this text"));
    m_notes->setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10));
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->hide();
    upperLayout->addWidget(m_notes);
    upperLayout->addWidget(m_header);
    upperLayout->addWidget(horizontalRule());
    upperLayout->addWidget(m_list, 1);

    m_rows = new QSplitter(Qt::Vertical);
    m_rows->setChildrenCollapsible(false);
    m_rows->setHandleWidth(1);
    m_rows->addWidget(upper);
    m_rows->addWidget(m_detail);
    m_rows->setStretchFactor(0, 1);
    m_rows->setSizes({480, 330});
    m_rows->setMinimumWidth(theme.px(508));

    m_columns = new QSplitter(Qt::Horizontal);
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->addWidget(m_viewer);
    m_columns->addWidget(m_rows);
    m_columns->setStretchFactor(0, 1);
    m_columns->setSizes({844, 520});
    return m_columns;
}

QString ContractsPage::subtitle() const
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr)
        return {};
    QStringList parts;
    const bool switcher = m_workspace.snapshot().contracts.size() > 1; // which says these itself
    if (!switcher && !contract->vendor.empty())
        parts << str(contract->vendor);
    if (!switcher)
        parts << str(contract->title);
    parts << tr("version %1").arg(str(contract->newest().label));
    if (const auto& document = contract->newest().document; !document.pages.empty())
        parts << counted(qsizetype(document.pages.size()), tr("page"), tr("pages"));
    return parts.join(u" · "_s);
}

const report::ChecklistRow* ContractsPage::row() const
{
    return m_model->row(m_check);
}

const project::Decision* ContractsPage::decision() const
{
    const project::Contract* contract = m_workspace.contract();
    return contract == nullptr ? nullptr : contract->decision(utf8(m_check));
}

const project::Version* ContractsPage::shownVersion() const
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr)
        return nullptr;
    const auto found = std::find_if(contract->versions.begin(), contract->versions.end(),
                                    [this](const auto& version) { return version.id == m_version; });
    return found == contract->versions.end() ? nullptr : &*found;
}

void ContractsPage::refresh()
{
    const project::Contract* contract = m_workspace.contract();
    const report::ContractPart* part = m_workspace.part();
    m_more->setEnabled(contract != nullptr);
    m_next->setEnabled(contract != nullptr);
    m_add->setEnabled(m_workspace.isOpen() && !m_workspace.isReadOnly());
    for (QAction* action : m_more->menu()->actions())
        action->setEnabled(action == m_laws || !m_workspace.isReadOnly());
    m_stack->setCurrentIndex(contract == nullptr ? 0 : 1);
    if (contract == nullptr || part == nullptr) {
        m_version = 0;
        m_check.clear();
        m_viewer->view().clear();
        m_model->setChecklist({});
        m_detail->clear();
        Q_EMIT headerChanged();
        return;
    }
    m_header->show(*part);
    const QString wanted = m_check;
    m_model->setChecklist(part->checklist);
    // Another contract, or a version that came or went: show the newest.
    const bool newestShown =
        m_versions->count() == int(contract->versions.size()) && shownVersion() != nullptr;
    if (!newestShown) {
        m_version = contract->newest().id;
        m_versions->clear();
        for (auto version = contract->versions.rbegin(); version != contract->versions.rend(); ++version)
            m_versions->addItem(tr("Version %1, %2").arg(str(version->label), dayOf(version->added)),
                                qlonglong(version->id));
        m_versions->setVisible(contract->versions.size() > 1);
        showDocument();
    }
    m_check = wanted;
    if (row() == nullptr && !part->checklist.empty())
        m_check = m_model->rowAt(m_model->step({}, 1)) != nullptr
                      ? str(m_model->rowAt(m_model->step({}, 1))->check)
                      : QString();
    select(m_check);
    showCheck();
    showHighlights();
    Q_EMIT headerChanged();
}

void ContractsPage::showVersion(project::Id version)
{
    m_version = version;
    m_versions->setCurrentIndex(m_versions->findData(qlonglong(version)));
    showDocument();
}

void ContractsPage::showDocument()
{
    const project::Version* version = shownVersion();
    if (version == nullptr)
        return;
    auto bytes = m_workspace.documentBytes(version->id);
    if (!bytes) {
        Q_EMIT m_workspace.failed(str(bytes.error().message));
        return;
    }
    m_viewer->setDocument(version->document, std::move(*bytes));
    showNotes(*version);
    showHighlights();
}

void ContractsPage::showNotes(const project::Version& version)
{
    constexpr qsizetype most = 4;
    QStringList notes;
    if (!version.review.outside.empty())
        notes << str(clauses::outside_message(version.review.outside));
    for (const std::string& warning : document::warnings(version.document))
        notes << str(warning);
    if (const qsizetype more = notes.size() - most; more > 0) {
        notes.resize(most);
        notes << tr("And %1 more.").arg(more);
    }
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

void ContractsPage::showHighlights()
{
    const project::Version* version = shownVersion();
    const report::ContractPart* part = m_workspace.part();
    if (version == nullptr || part == nullptr || !m_viewer->view().hasDocument())
        return;
    const bool newest = version->id == m_workspace.contract()->newest().id;
    m_viewer->view().setHighlights(newest ? highlightsOf(version->document, part->checklist)
                                          : highlightsOf(version->document, version->review),
                                   m_check);
}

void ContractsPage::showCheck()
{
    const auto& gates = m_workspace.snapshot().settings.profile.gates;
    m_detail->show({.check = m_workspace.pack().find(utf8(m_check)),
                    .row = row(),
                    .decision = decision(),
                    .gate = std::find(gates.begin(), gates.end(), utf8(m_check)) != gates.end(),
                    .readOnly = m_workspace.isReadOnly(),
                    .canTakeEvidence = m_viewer->view().selection().has_value()});
}

void ContractsPage::select(const QString& check)
{
    if (m_model->row(check) == nullptr)
        return;
    QModelIndex index = m_model->indexOf(check);
    m_check = check;
    if (index.isValid()) {
        if (index != m_list->currentIndex())
            m_list->setCurrentIndex(index);
        else
            m_list->scrollTo(index);
        return;
    }
    // The filter hides it: it is shown all the same, without a line of its own.
    m_list->selectionModel()->clear();
    m_check = check;
    showCheck();
    showHighlights();
}

void ContractsPage::showDetail(const QString& detail)
{
    const QString check = detail.section(u'@', 0, 0);
    const project::Id version = detail.section(u'@', 1).toLongLong();
    if (m_model->row(check) == nullptr)
        return;
    if (version != m_version && m_versions->findData(qlonglong(version)) >= 0)
        showVersion(version);
    if (!m_model->indexOf(check).isValid())
        m_model->setFilter(ChecklistModel::Filter::All);
    select(check);
    jump();
    m_list->setFocus();
}

void ContractsPage::step(int by)
{
    const QModelIndex next = m_model->step(m_list->currentIndex(), by);
    if (next.isValid())
        m_list->setCurrentIndex(next);
}

void ContractsPage::nextOpen()
{
    const QString next = m_model->nextOpen(m_check);
    if (next.isEmpty())
        Q_EMIT m_workspace.done(tr("Every check of this contract is decided."));
    else
        showDetail(next);
}

void ContractsPage::jump(int evidence)
{
    const project::Version* version = shownVersion();
    if (version == nullptr || row() == nullptr)
        return;
    std::vector<clauses::Evidence> passages = versionEvidence();
    if (evidence < int(row()->evidence.size()))
        passages.insert(passages.begin(), row()->evidence[std::size_t(evidence)]);
    for (const clauses::Evidence& passage : passages) {
        if (const auto range = locate(version->document, passage)) {
            m_viewer->view().showRange(*range);
            return;
        }
    }
}

std::vector<clauses::Evidence> ContractsPage::versionEvidence() const
{
    const project::Version* version = shownVersion();
    if (version == nullptr || version->id == m_workspace.contract()->newest().id)
        return {};
    const auto& findings = version->review.findings;
    const auto found = std::ranges::find(findings, utf8(m_check), &clauses::Finding::check);
    return found == findings.end() ? std::vector<clauses::Evidence>() : found->evidence;
}

}
