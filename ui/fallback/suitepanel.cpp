#include "ui/fallback/suitepanel.h"

#include "ui/fallback/desk.h"
#include "ui/fallback/suite/logdialog.h"
#include "ui/fallback/suite/suiteeditor.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace leeway::ui {

SuitePanel::SuitePanel(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_suites(new QComboBox),
      m_note(paragraph({}, "small")),
      m_open(new QPushButton(tr("Open…"))),
      m_edit(new QPushButton(tr("Edit…"))),
      m_sample(new QPushButton(tr("From a log…")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::instance().px(8));
    layout->addWidget(label(tr("Suite"), "heading"));
    m_suites->setObjectName(u"suites"_s);
    m_suites->setAccessibleName(tr("Suite"));
    m_suites->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_suites->setMinimumContentsLength(12);
    layout->addWidget(m_suites);
    layout->addWidget(m_note);
    auto* row = new QHBoxLayout;
    m_open->setToolTip(tr("A suite of Leeway’s or promptfoo’s, as YAML, JSON, JSONL or CSV"));
    m_edit->setObjectName(u"editSuite"_s);
    m_sample->setToolTip(tr("Draws cases from a log that holds prompts and answers"));
    row->addWidget(m_open);
    row->addWidget(m_edit);
    row->addWidget(m_sample);
    row->addStretch();
    layout->addLayout(row);
    connect(m_suites, &QComboBox::activated, this, &SuitePanel::choose);
    connect(m_open, &QPushButton::clicked, this, &SuitePanel::chooseFile);
    connect(m_edit, &QPushButton::clicked, this, &SuitePanel::edit);
    connect(m_sample, &QPushButton::clicked, this, &SuitePanel::sampleLog);
    connect(&desk, &Desk::suiteChanged, this, &SuitePanel::showSuite);
    connect(&desk, &Desk::keptChanged, this, &SuitePanel::showSuite);
    connect(&desk, &Desk::runChanged, this, &SuitePanel::showSuite);
    showSuite();
}

void SuitePanel::showSuite()
{
    const QSignalBlocker quiet(m_suites);
    m_suites->clear();
    const auto& suite = m_desk.suite();
    const auto& kept = m_desk.kept().suites;
    int current = -1;
    for (auto each = kept.rbegin(); each != kept.rend(); ++each) {
        if (suite && each->sha256 == suite->sha256)
            current = m_suites->count();
        m_suites->addItem(str(each->name), qlonglong(each->id));
    }
    if (suite && current < 0) {
        current = m_suites->count();
        m_suites->addItem(str(suite->name), qlonglong(-1));
    }
    m_suites->addItem(tr("Leeway’s own (60 cases of business routine)"), qlonglong(0));
    m_suites->setCurrentIndex(current);
    const bool idle = !m_desk.isRunning();
    for (QWidget* each : {static_cast<QWidget*>(m_suites), static_cast<QWidget*>(m_open),
                          static_cast<QWidget*>(m_edit), static_cast<QWidget*>(m_sample)})
        each->setEnabled(idle);
    m_note->setText(suite ? counted(qsizetype(suite->cases.size()), tr("case"), tr("cases")) : QString());
    QStringList notes;
    if (suite) {
        for (const std::string& note : suite->notes)
            notes << str(note);
    }
    m_note->setToolTip(notes.join(u'\n'));
}

void SuitePanel::choose(int item)
{
    const qlonglong id = m_suites->itemData(item).toLongLong();
    if (id > 0)
        m_desk.showSuite(id);
    else if (id == 0)
        m_desk.useSampleSuite();
}

void SuitePanel::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open suite"), {}, tr("Suites (*.yaml *.yml *.json *.jsonl *.csv);;All files (*)"));
    if (!file.isEmpty())
        m_desk.openSuite(file);
}

void SuitePanel::edit()
{
    if (!m_desk.suite())
        return;
    SuiteEditor editor(*m_desk.suite(), this);
    if (editor.exec() == QDialog::Accepted)
        m_desk.useSuite(editor.suite());
}

void SuitePanel::sampleLog()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Log with prompts and answers"), {},
                                                      tr("Logs (*.jsonl *.json *.log);;All files (*)"));
    if (file.isEmpty())
        return;
    LogDialog dialog(file, this);
    if (dialog.exec() == QDialog::Accepted)
        m_desk.sampleLog(file, dialog.options());
}

}
