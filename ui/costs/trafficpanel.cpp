#include "ui/costs/trafficpanel.h"

#include "core/report/format.h"
#include "ui/costs/prices/terms.h"
#include "ui/costs/words.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <set>

namespace leeway::ui {

namespace {

QString usageLine(const usage::Cube& cube)
{
    if (cube.empty())
        return QCoreApplication::translate("TrafficPanel", "No usage yet");
    std::set<std::pair<std::string, std::string>> models;
    for (const auto& cell : cube.cells)
        models.emplace(cell.key.vendor, cell.key.model);
    const base::Month first = base::Month::of(cube.cells.front().key.day);
    const base::Month last = base::Month::of(cube.cells.back().key.day);
    const QString requests =
        cube.requests == 1
            ? QCoreApplication::translate("TrafficPanel", "1 request")
            : QCoreApplication::translate("TrafficPanel", "%1 requests")
                  .arg(cube.requests < 100'000 ? countText(cube.requests)
                                               : shortAmount(base::Decimal::from_integer(cube.requests)));
    const QString kinds = models.size() == 1
                              ? QCoreApplication::translate("TrafficPanel", "1 model")
                              : QCoreApplication::translate("TrafficPanel", "%1 models").arg(models.size());
    return str(report::months(first, last)) + u" · "_s + requests + u" · "_s + kinds;
}

QString pricesLine(const pricing::Sheet& sheet)
{
    QString line = QCoreApplication::translate("TrafficPanel", "Prices: %1").arg(str(sheet.title));
    if (sheet.as_of)
        line += QCoreApplication::translate("TrafficPanel", ", as of %1").arg(dateText(*sheet.as_of));
    if (const auto terms = termsOf(sheet.agreement, sheet.currency); !terms.empty())
        line += u" · "_s + counted(qsizetype(terms.size()),
                                   QCoreApplication::translate("TrafficPanel", "agreed term"),
                                   QCoreApplication::translate("TrafficPanel", "agreed terms"));
    return line;
}

}

TrafficPanel::TrafficPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_usage(paragraph({})),
      m_sources(paragraph({}, "small")),
      m_prices(paragraph({}, "muted")),
      m_bad(linkButton({}))
{
    const auto px = [](double value) { return Theme::instance().px(value); };
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(4));
    layout->addWidget(label(tr("Traffic"), "heading"));
    layout->addWidget(m_usage);
    layout->addWidget(m_sources);
    layout->addWidget(m_bad);
    layout->addWidget(m_prices);

    auto* buttons = new QGridLayout;
    buttons->setContentsMargins(0, px(6), 0, 0);
    buttons->setSpacing(px(8));
    const auto add = [&](const QString& text, const QString& tip, int row, int column, auto signal,
                         bool writes) {
        auto* button = new QPushButton(text);
        button->setToolTip(tip);
        buttons->addWidget(button, row, column);
        connect(button, &QPushButton::clicked, this, signal);
        if (writes)
            m_writing << button;
    };
    add(tr("Import usage…"), tr("A log of requests: CSV, TSV, JSON Lines (plain, gzip or zstd) or Parquet"),
        0, 0, &TrafficPanel::importUsage, true);
    add(tr("Type volumes…"), tr("Monthly volumes by hand, or pasted from a spreadsheet"), 0, 1,
        &TrafficPanel::typeVolumes, true);
    add(tr("Import prices…"), tr("A Leeway price sheet or LiteLLM’s price map"), 1, 0,
        &TrafficPanel::importPrices, true);
    add(tr("Show prices…"), tr("Every rate in use, what was agreed beside them, and what is doubtful"), 1, 1,
        &TrafficPanel::showPrices, false);
    const auto compare = [&](const QString& name, const QString& text, const QString& tip, int row,
                             auto signal) {
        auto* button = new QPushButton(text);
        button->setObjectName(name);
        button->setToolTip(tip);
        buttons->addWidget(button, row, 0, 1, 2);
        connect(button, &QPushButton::clicked, this, signal);
        m_comparing << button;
    };
    compare(u"compareBill"_s, tr("Compare with a bill…"),
            tr("An invoice or an export of costs: FOCUS, OpenAI or Anthropic"), 2,
            &TrafficPanel::compareBill);
    compare(
        u"compareQuarter"_s, tr("Compare with last quarter…"),
        tr("Why the newest whole quarter costs something else than the one before, or than another export"),
        3, &TrafficPanel::compareQuarter);
    layout->addLayout(buttons);
    connect(m_bad, &QPushButton::clicked, this, &TrafficPanel::showBadLines);
    connect(&m_workspace, &Workspace::changed, this, &TrafficPanel::refresh);
    refresh();
}

void TrafficPanel::refresh()
{
    const auto& snapshot = m_workspace.snapshot();
    m_usage->setText(usageLine(snapshot.cube));
    QStringList sources;
    for (const std::string& source : snapshot.cube.sources)
        sources << str(source);
    QString from = sources.mid(0, 2).join(u", "_s);
    if (sources.size() > 2)
        from += tr(" and %1 more").arg(sources.size() - 2);
    m_sources->setText(sources.isEmpty() ? QString() : tr("From %1").arg(from));
    m_sources->setToolTip(sources.join(u'\n'));
    m_sources->setVisible(!sources.isEmpty());
    const auto bad = snapshot.cube.bad_lines;
    m_bad->setVisible(bad > 0);
    m_bad->setText(bad == 1 ? tr("1 line could not be read")
                            : tr("%1 lines could not be read").arg(countText(bad)));
    m_prices->setText(pricesLine(snapshot.sheet));
    for (QPushButton* button : std::as_const(m_comparing))
        button->setEnabled(!snapshot.cube.empty());
    for (QPushButton* button : std::as_const(m_writing))
        button->setEnabled(m_workspace.isOpen() && !m_workspace.isReadOnly());
}

}
