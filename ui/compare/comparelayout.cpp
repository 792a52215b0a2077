// How the page is laid out.
#include "ui/compare/comparepage.h"

#include "ui/compare/changesdelegate.h"
#include "ui/compare/changesmodel.h"
#include "ui/compare/clausedelegate.h"
#include "ui/compare/clausesmodel.h"
#include "ui/shell/topbar.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QListView>
#include <QSplitter>

namespace leeway::ui {
namespace {

QListView* plainList(const QString& name, QAbstractItemModel* model, QAbstractItemDelegate* delegate)
{
    auto* list = new QListView;
    list->setModel(model);
    list->setItemDelegate(delegate);
    list->setProperty("bare", true);
    list->setMouseTracking(true);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setResizeMode(QListView::Adjust);
    list->setAccessibleName(name);
    return list;
}

QFrame* panel()
{
    auto* frame = new QFrame;
    frame->setProperty("panel", true);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return frame;
}

}

QWidget* ComparePage::buildEmpty()
{
    return emptyDesk(
        tr("Nothing to compare yet"),
        tr("When the vendor sends a new draft or changes the terms, add it as a version of the "
           "contract. Leeway then shows which checks became better or worse, and by which words."),
        actionButton(m_add, true));
}

QWidget* ComparePage::buildComparison()
{
    auto* columns = new QSplitter(Qt::Horizontal);
    columns->setChildrenCollapsible(false);
    columns->setHandleWidth(1);
    columns->addWidget(buildChanges());
    columns->addWidget(buildClauses());
    columns->setStretchFactor(1, 1);
    columns->setSizes({500, 860});
    return columns;
}

QWidget* ComparePage::buildChanges()
{
    const Theme& theme = Theme::instance();
    QFrame* frame = panel();
    frame->setMinimumWidth(theme.px(440));
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme.px(14), theme.px(14), theme.px(14), theme.px(10));
    head->setSpacing(theme.px(8));
    auto* versions = new QHBoxLayout;
    versions->setSpacing(theme.px(8));
    m_before->setAccessibleName(tr("Older version"));
    m_after->setAccessibleName(tr("Newer version"));
    for (QComboBox* box : {m_before, m_after}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
    }
    versions->addWidget(m_before, 1);
    versions->addWidget(label(u"→"_s, "muted"));
    versions->addWidget(m_after, 1);
    head->addLayout(versions);
    m_summary->setObjectName(u"Summary"_s);
    head->addWidget(m_summary);
    m_foreign->setTextFormat(Qt::PlainText);
    head->addWidget(m_foreign);
    head->addWidget(m_same);
    static_cast<QVBoxLayout*>(frame->layout())->addLayout(head);
    frame->layout()->addWidget(horizontalRule());
    m_list = plainList(tr("Checks that changed"), m_changes, new ChangesDelegate(this));
    m_list->setObjectName(u"Changes"_s);
    setFocusProxy(m_list);
    static_cast<QVBoxLayout*>(frame->layout())->addWidget(m_list, 1);
    return frame;
}

QWidget* ComparePage::buildClauses()
{
    const Theme& theme = Theme::instance();
    QFrame* frame = panel();
    auto* layout = static_cast<QVBoxLayout*>(frame->layout());

    auto* evidence = new QWidget;
    auto* inner = new QVBoxLayout(evidence);
    inner->setContentsMargins(theme.px(14), theme.px(14), theme.px(14), theme.px(14));
    inner->setSpacing(theme.px(8));
    inner->addWidget(m_check);
    auto* both = new QHBoxLayout;
    both->setSpacing(theme.px(24));
    for (QVBoxLayout* column : {m_quotesBefore, m_quotesAfter}) {
        column->setSpacing(theme.px(6));
        both->addLayout(column, 1);
    }
    inner->addLayout(both);
    inner->addStretch(1);
    evidence->setProperty("panel", true);

    auto* below = new QWidget;
    auto* lower = new QVBoxLayout(below);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10));
    head->addWidget(label(tr("Changed clauses"), "heading"));
    head->addStretch(1);
    m_filter->setAccessibleName(tr("Kind of change"));
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    head->addWidget(m_filter);
    lower->addWidget(horizontalRule());
    lower->addLayout(head);
    lower->addWidget(horizontalRule());
    m_clauseList = plainList(tr("Changed clauses"), m_clauses, m_delegate);
    m_clauseList->setObjectName(u"ClauseChanges"_s);
    lower->addWidget(m_clauseList, 1);

    auto* rows = new QSplitter(Qt::Vertical);
    rows->setChildrenCollapsible(false);
    rows->setHandleWidth(1);
    rows->addWidget(scrolled(evidence));
    rows->addWidget(below);
    rows->setStretchFactor(1, 1);
    rows->setSizes({230, 520});
    layout->addWidget(rows);
    return frame;
}

}
