#include "ui/fallback/resultscard.h"

#include "ui/fallback/casesmodel.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/differences.h"
#include "ui/fallback/ratechart.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <algorithm>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

// Figures and words on one line; the verdict with its icon in its colour.
class CaseDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (index.column() != CasesModel::StateColumn) {
            QStyledItemDelegate::paint(painter, option, index);
            return;
        }
        const Palette& palette = Theme::instance().palette();
        const auto state = fallback::CaseState(index.data(CasesModel::StateRole).toInt());
        const QString color = stateColor(state);
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, palette["selection"]);
        const QFont font = Theme::instance().font(12, QFont::DemiBold);
        const QString text = index.data().toString();
        QRect chip = option.rect.adjusted(px(8), 0, 0, 0);
        chip.setWidth(QFontMetrics(font).horizontalAdvance(text) + px(34));
        chip.setTop(option.rect.center().y() - px(9));
        chip.setHeight(px(20));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(palette.color(QLatin1StringView((color + u"-tint"_s).toLatin1())));
        painter->drawRoundedRect(chip, px(10), px(10));
        const QColor ink = palette.color(QLatin1StringView(color.toLatin1()));
        Theme::paintIcon(*painter, color,
                         QRectF(chip.left() + px(8), chip.center().y() - px(6), px(12), px(12)), ink);
        painter->setFont(font);
        painter->setPen(ink);
        painter->drawText(chip.adjusted(px(24), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
        painter->restore();
    }
};

void fill(QComboBox* box, const QString& all, const QList<std::pair<QString, int>>& items,
          const QString& name)
{
    box->addItem(all, -1);
    for (const auto& [text, value] : items)
        box->addItem(text, value);
    box->setAccessibleName(name);
}

QString blockOf(const QString& heading, const QString& html)
{
    return u"<p style=\"margin-top:10px;margin-bottom:2px\"><b>%1</b></p><p style=\"margin:0\">%2</p>"_s.arg(
        heading.toHtmlEscaped(), html);
}

QString preferredWord(fallback::Preference preference)
{
    switch (preference) {
    case fallback::Preference::Candidate:
        return ResultsCards::tr("prefers this model");
    case fallback::Preference::Reference:
        return ResultsCards::tr("prefers the other answer");
    case fallback::Preference::Tie:
        return ResultsCards::tr("finds both alike");
    case fallback::Preference::None:
        break;
    }
    return ResultsCards::tr("has no opinion");
}

// What a judge was asked, and what it thinks.
QString judgementHtml(const fallback::Judgement& judgement)
{
    const QString order = judgement.order == fallback::JudgeOrder::CandidateFirst
                              ? ResultsCards::tr("shown first")
                              : ResultsCards::tr("shown second");
    QString html = blockOf(ResultsCards::tr("Judge %1, this model %2: %3")
                               .arg(str(judgement.judge.model), order, preferredWord(judgement.preferred)),
                           plainHtml(str(judgement.reason)));
    if (!judgement.prompt.empty())
        html += blockOf(ResultsCards::tr("Asked of the judge"),
                        plainHtml(str(judgement.prompt.back().content).left(2000)));
    return html;
}

}

ResultsCards::ResultsCards(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_cases(new CasesModel(this)),
      m_filter(new CasesFilter(this))
{
    m_filter->setSourceModel(m_cases);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(16));
    layout->addWidget(makeTable(), 2);
    layout->addWidget(makeAnswers(), 1);
    connect(&desk, &Desk::runChanged, this, &ResultsCards::refresh);
    connect(&desk, &Desk::suiteChanged, this, &ResultsCards::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &ResultsCards::showCase);
    refresh();
}

QWidget* ResultsCards::makeTable()
{
    auto* card = new Card(tr("Cases"));
    auto* filters = new QHBoxLayout;
    auto* state = new QComboBox;
    auto* category = new QComboBox;
    using fallback::CaseState;
    using fallback::Category;
    QList<std::pair<QString, int>> states;
    for (const CaseState each : {CaseState::Passed, CaseState::Failed, CaseState::Invalid, CaseState::Error})
        states << std::pair(stateWord(each), int(each));
    QList<std::pair<QString, int>> categories;
    for (const Category each : {Category::Routine, Category::Complex, Category::Critical})
        categories << std::pair(categoryWord(each), int(each));
    fill(state, tr("All verdicts"), states, tr("Verdict"));
    fill(category, tr("All categories"), categories, tr("Category"));
    state->setObjectName(u"stateFilter"_s);
    category->setObjectName(u"categoryFilter"_s);
    connect(state, &QComboBox::currentIndexChanged, this,
            [this, state] { m_filter->setState(state->currentData().toInt()); });
    connect(category, &QComboBox::currentIndexChanged, this,
            [this, category] { m_filter->setCategory(category->currentData().toInt()); });
    filters->addWidget(state);
    filters->addWidget(category);
    filters->addStretch();
    m_gradeAgain = linkButton(tr("Grade again"));
    m_gradeAgain->setObjectName(u"gradeAgain"_s);
    m_gradeAgain->setToolTip(tr("Grades the kept answers by the suite as it is now; asks nobody"));
    connect(m_gradeAgain, &QPushButton::clicked, &m_desk, &Desk::gradeAgain);
    m_judge = linkButton(tr("Judge…"));
    m_judge->setObjectName(u"judge"_s);
    m_judge->setToolTip(tr("Asks another model which answer it prefers, this one or today’s, in both orders. "
                           "Its opinion stands beside the grades and never changes them."));
    m_judges = new QMenu(this);
    connect(m_judge, &QPushButton::clicked, this, [this] {
        fillJudges();
        m_judges->popup(m_judge->mapToGlobal(QPoint(0, m_judge->height())));
    });
    filters->addWidget(m_gradeAgain);
    filters->addWidget(m_judge);
    card->body()->addLayout(filters);

    m_table = new QTableView;
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new CaseDelegate(m_table));
    m_table->setProperty("bare", true);
    m_table->setShowGrid(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CasesModel::CaseColumn, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Cases"));
    m_table->setMinimumHeight(px(280));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(30));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(CasesModel::CaseColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(CasesModel::CategoryColumn, px(84));
    m_table->setColumnWidth(CasesModel::StateColumn, px(100));
    m_table->setColumnWidth(CasesModel::ScoreColumn, px(58));
    m_table->setColumnWidth(CasesModel::FirstTokenColumn, px(82));
    m_table->setColumnWidth(CasesModel::TotalColumn, px(72));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ResultsCards::showCase);
    card->body()->addWidget(m_table, 1);
    return card;
}

QWidget* ResultsCards::makeAnswers()
{
    m_answers = new Card(tr("Answer"));
    m_state = paragraph({}, "muted");
    m_text = paragraph({});
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(u"answerScroll"_s);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(px(240));
    auto* content = new QFrame;
    content->setProperty("panel", true);
    auto* inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_text);
    inside->addStretch();
    scroll->setWidget(content);
    m_answers->body()->addWidget(m_state);
    m_answers->body()->addWidget(scroll, 1);
    return m_answers;
}

void ResultsCards::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_table->setColumnHidden(CasesModel::FirstTokenColumn, width() < px(960)); // the name needs the room
}

void ResultsCards::fillJudges()
{
    m_judges->clear();
    const auto& endpoints = m_desk.endpoints();
    for (int i = 0; i < int(endpoints.size()); ++i) {
        const fallback::Endpoint& endpoint = endpoints[std::size_t(i)].endpoint;
        m_judges->addAction(
            str(endpoint.model.empty() ? endpoint.url : endpoint.model + " · " + endpoint.url), &m_desk,
            [this, i] { m_desk.judge(i); });
    }
    if (endpoints.empty())
        m_judges->addAction(tr("Add an endpoint on the left first"))->setEnabled(false);
}

void ResultsCards::refresh()
{
    m_gradeAgain->setEnabled(m_desk.canGrade());
    m_judge->setEnabled(m_desk.canGrade());
    m_cases->setRun(m_desk.run() ? &*m_desk.run() : nullptr);
    if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_table->selectRow(0);
    showCase();
}

void ResultsCards::showCase()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid()) {
        m_answers->setTitle(tr("Answer"));
        m_state->setText(tr("Choose a case to see what was asked and answered."));
        m_text->clear();
        return;
    }
    const fallback::CaseResult& result = m_cases->result(index.data(CasesModel::ResultRole).toInt());
    m_answers->setTitle(str(result.id));
    QString why = str(result.why);
    for (const fallback::AssertionGrade& grade : result.assertions) {
        if (!grade.pass && why.isEmpty())
            why = str(grade.reason);
    }
    m_state->setText(stateWord(result.state) + (why.isEmpty() ? QString() : u" · "_s + why));
    QString html;
    constexpr qsizetype mostShown = 20'000;
    const QString answer = str(result.answer.text).left(mostShown);
    const fallback::Case* asked = nullptr;
    if (m_desk.suite()) {
        const auto found = std::ranges::find(m_desk.suite()->cases, result.id, &fallback::Case::id);
        asked = found == m_desk.suite()->cases.end() ? nullptr : &*found;
    }
    const std::string right = asked == nullptr   ? std::string()
                              : asked->incumbent ? *asked->incumbent
                                                 : asked->expected.value_or(std::string());
    if (right.empty()) {
        html += blockOf(tr("Answer"), answer.isEmpty() ? tr("No answer") : plainHtml(answer));
    } else {
        const MarkedAnswers both = markedDifferences(str(right), answer, u"met-tint"_s, u"adverse-tint"_s);
        html += blockOf(asked->incumbent ? tr("Incumbent") : tr("Expected"), both.first);
        html += blockOf(tr("This model"), answer.isEmpty() ? tr("No answer") : both.second);
    }
    for (const fallback::Judgement& judgement : result.judgements)
        html += judgementHtml(judgement);
    if (asked != nullptr) {
        if (const auto messages = fallback::rendered_messages(*asked); messages && !messages->empty())
            html += blockOf(tr("Asked"), plainHtml(str(messages->back().content)));
    }
    m_text->setText(html);
}

}
