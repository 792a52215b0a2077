#include "ui/fallback/suite/varstable.h"

#include "ui/fallback/suite/casecheck.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableWidget>

namespace leeway::ui {

VarsTable::VarsTable(QWidget* parent)
    : QWidget(parent),
      m_table(new QTableWidget(0, 2)),
      m_complaint(paragraph({}))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_table->setObjectName(u"variables"_s);
    m_table->setHorizontalHeaderLabels({tr("Variable"), tr("Filled in for {{variable}}")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->setFixedHeight(Theme::instance().px(120));
    m_table->setAccessibleName(tr("Variables"));
    m_complaint->setProperty("tone", u"adverse"_s);
    m_complaint->hide();
    layout->addWidget(m_table);
    layout->addWidget(m_complaint);
    connect(m_table, &QTableWidget::itemChanged, this, &VarsTable::read);
}

void VarsTable::setVars(const nlohmann::json& vars)
{
    if (vars == m_vars && m_table->rowCount() > 0)
        return;
    m_vars = vars;
    show(vars);
}

void VarsTable::show(const nlohmann::json& vars)
{
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(0);
    for (const auto& [name, value] : vars.items()) {
        const int row = m_table->rowCount();
        m_table->insertRow(row);
        m_table->setItem(row, 0, new QTableWidgetItem(str(name)));
        m_table->setItem(row, 1, new QTableWidgetItem(fieldOf(value)));
    }
    m_table->insertRow(m_table->rowCount()); // for another
}

void VarsTable::read()
{
    nlohmann::json vars = nlohmann::json::object();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QTableWidgetItem* name = m_table->item(row, 0);
        const QTableWidgetItem* value = m_table->item(row, 1);
        if (name == nullptr || name->text().trimmed().isEmpty())
            continue;
        const std::string key = utf8(name->text().trimmed());
        const nlohmann::json before = m_vars.value(key, nlohmann::json());
        vars[key] = valueOf(value == nullptr ? QString() : value->text(), before);
        if (vars[key].is_null())
            vars[key] = "";
    }
    m_vars = std::move(vars);
    if (m_table->item(m_table->rowCount() - 1, 0) != nullptr) {
        const QSignalBlocker quiet(m_table);
        m_table->insertRow(m_table->rowCount());
    }
    Q_EMIT edited();
}

void VarsTable::complain(const QString& text)
{
    m_complaint->setText(text);
    m_complaint->setVisible(!text.isEmpty());
}

}
