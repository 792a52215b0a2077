#include "ui/contracts/regulation/regulationdialog.h"

#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/clauses/regulation/serialise.h"
#include "ui/contracts/regulation/questionspanel.h"
#include "ui/contracts/regulation/requirementmodel.h"
#include "ui/contracts/regulation/requirementview.h"
#include "ui/contracts/regulation/words.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/readingtable.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>

namespace leeway::ui {
namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

QString fileFilter()
{
    return QCoreApplication::translate("RegulationDialog", "JSON (*.json)");
}

}

RegulationDialog::RegulationDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_regulations(new QComboBox),
      m_day(new QDateEdit(QDate::currentDate())),
      m_contract(new ElidedLabel),
      m_counts(label({}, "muted")),
      m_said(paragraph({}, "small")),
      m_questions(new QuestionsPanel),
      m_model(new RequirementModel(this)),
      m_table(new QTableView),
      m_view(new RequirementView)
{
    setObjectName(u"RegulationDialog"_s);
    setWindowTitle(tr("Laws and model terms"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(px(1180), px(740));
    build();
    if (const auto files = base::template_files("regulations")) {
        for (const auto& file : *files) {
            if (const auto known = clauses::load_regulation(file.string()))
                m_regulations->addItem(str(known->title), str(known->id));
        }
    }
    connect(m_regulations, &QComboBox::activated, this,
            [this](int row) { choose(m_regulations->itemData(row).toString()); });
    connect(m_day, &QDateEdit::dateChanged, this, &RegulationDialog::assess);
    connect(m_questions, &QuestionsPanel::answered, this, &RegulationDialog::answer);
    connect(m_view, &RequirementView::passageWanted, this, &RegulationDialog::passageWanted);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RegulationDialog::showRequirement);
    connect(&workspace, &Workspace::changed, this, &RegulationDialog::assess);
    connect(&workspace, &Workspace::contractSelected, this, &RegulationDialog::assess);
    connect(&workspace, &Workspace::projectChanged, this, &QDialog::close);
    choose(m_regulations->currentData().toString());
}

void RegulationDialog::build()
{
    makeReading(*m_table, tr("Requirements"));
    m_table->setObjectName(u"Requirements"_s);
    m_table->setModel(m_model);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(RequirementModel::TitleColumn, QHeaderView::Stretch);
    const auto width = [this](int column, double value) { m_table->setColumnWidth(column, px(value)); };
    width(RequirementModel::ArticleColumn, 120);
    width(RequirementModel::StatusColumn, 172);
    width(RequirementModel::StandardColumn, 116);
    width(RequirementModel::StartColumn, 140);
    auto* rows = new QSplitter(Qt::Vertical);
    rows->setChildrenCollapsible(false);
    rows->setHandleWidth(1);
    rows->addWidget(m_table);
    rows->addWidget(m_view);
    rows->setSizes({px(300), px(320)});
    m_questions->setFixedWidth(px(300));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_questions);
    columns->addWidget(rows, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(horizontalRule());
    layout->addLayout(columns, 1);
    layout->addWidget(horizontalRule());
    layout->addWidget(buildFoot());
}

QWidget* RegulationDialog::buildHead()
{
    m_regulations->setObjectName(u"Regulations"_s);
    m_regulations->setAccessibleName(tr("Law or model terms"));
    m_day->setAccessibleName(tr("As the law stands on"));
    m_day->setCalendarPopup(false);
    m_day->setDisplayFormat(u"d MMM yyyy"_s);
    m_counts->setObjectName(u"Counts"_s);
    auto* open = new QPushButton(tr("Your own…"));
    open->setToolTip(tr("Open a regulation pack that you copied and edited"));
    connect(open, &QPushButton::clicked, this, &RegulationDialog::openFile);
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(px(20), px(14), px(20), px(12));
    layout->setSpacing(px(6));
    auto* choices = new QHBoxLayout;
    choices->setSpacing(px(8));
    choices->addWidget(m_regulations);
    choices->addWidget(open);
    choices->addStretch(1);
    choices->addWidget(label(tr("As the law stands on"), "muted"));
    choices->addWidget(m_day);
    layout->addLayout(choices);
    layout->addWidget(m_contract);
    layout->addWidget(m_counts);
    return head;
}

QWidget* RegulationDialog::buildFoot()
{
    m_said->setObjectName(u"Said"_s);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* save = buttons->addButton(tr("Export…"), QDialogButtonBox::ActionRole);
    save->setToolTip(tr("Everything that is shown here, as JSON"));
    connect(save, &QPushButton::clicked, this, &RegulationDialog::chooseExport);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* foot = new QWidget;
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(px(20), px(10), px(20), px(12));
    layout->addWidget(m_said, 1);
    layout->addWidget(buttons);
    return foot;
}

void RegulationDialog::choose(const QString& idOrFile)
{
    auto loaded = clauses::load_regulation(utf8(idOrFile));
    if (!loaded) {
        say(str(loaded.error().message));
        return;
    }
    m_regulation = std::make_shared<const clauses::Regulation>(std::move(*loaded));
    int row = m_regulations->findData(idOrFile);
    if (row < 0) {
        m_regulations->addItem(str(m_regulation->title), idOrFile);
        row = m_regulations->count() - 1;
    }
    m_regulations->setCurrentIndex(row);
    say({});
    assess();
}

void RegulationDialog::openFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a regulation pack"), {}, fileFilter());
    if (!file.isEmpty())
        choose(file);
}

clauses::Answers RegulationDialog::answers() const
{
    const auto& known = m_workspace.snapshot().settings.regulations;
    const auto found = known.find(m_regulation->id);
    return found == known.end() ? clauses::Answers() : found->second;
}

void RegulationDialog::answer(const QString& question, const QString& answer)
{
    project::Settings settings = m_workspace.snapshot().settings;
    clauses::Answers& answers = settings.regulations[m_regulation->id];
    if (answer.isEmpty())
        answers.erase(utf8(question));
    else
        answers[utf8(question)] = utf8(answer);
    m_workspace.setSettings(settings);
}

void RegulationDialog::assess()
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr) {
        close();
        return;
    }
    if (!m_regulation)
        return;
    m_questions->show(*m_regulation, answers(), m_workspace.isReadOnly());
    m_contract->setText(tr("%1, version %2").arg(str(contract->title), str(contract->newest().label)));
    const project::Version& version = contract->newest();
    if (!version.review.outside.empty()) {
        m_asked.reset();
        take(base::fail(base::ErrorCode::Unreadable, clauses::outside_message(version.review.outside)));
        return;
    }
    const base::Date date = fromQDate(m_day->date());
    Asked asked{version.id, m_regulation->sha256, answers(), date};
    if (m_asked == asked)
        return;
    m_asked = std::move(asked);
    m_workspace.tasks().start<clauses::Assessment>(
        tr("Holding the contract against the law"), this,
        [document = version.document, review = version.review, regulation = m_regulation, given = answers(),
         date](const base::Progress&) { return clauses::assess(document, review, *regulation, given, date); },
        [this, asked = *m_asked](base::Result<clauses::Assessment> assessment) {
            if (m_asked == asked)
                take(std::move(assessment));
        });
}

void RegulationDialog::take(base::Result<clauses::Assessment> assessment)
{
    if (!assessment) {
        m_assessment = {};
        m_counts->setText(str(assessment.error().message));
    } else {
        m_assessment = std::move(*assessment);
        m_counts->setText(countsText(m_assessment));
    }
    m_model->set(m_regulation, m_assessment);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    showRequirement();
}

void RegulationDialog::showRequirement()
{
    const int row = m_table->currentIndex().row();
    if (const auto* requirement = m_model->requirement(row))
        m_view->show(*requirement, *m_model->finding(row), m_assessment.day);
    else
        m_view->clear();
}

void RegulationDialog::chooseExport()
{
    QString file = QFileDialog::getSaveFileName(this, tr("Export the assessment"),
                                                str(m_regulation->id) + u".json"_s, fileFilter());
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += u".json"_s;
    exportTo(file);
}

void RegulationDialog::exportTo(const QString& file)
{
    nlohmann::json json = clauses::assessment_json(m_assessment, *m_regulation);
    if (const project::Contract* contract = m_workspace.contract()) {
        json["document"] = contract->newest().document.name;
        json["sha256"] = contract->newest().document.sha256;
    }
    const auto written = base::write_file(
        utf8(file), json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    say(written ? tr("Wrote %1").arg(file) : str(written.error().message));
}

void RegulationDialog::say(const QString& text)
{
    m_said->setText(text);
}

}
