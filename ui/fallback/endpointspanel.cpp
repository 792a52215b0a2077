#include "ui/fallback/endpointspanel.h"

#include "ui/fallback/desk.h"
#include "ui/fallback/endpointdialog.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

QString stateText(const fallback::Health& health)
{
    switch (health.liveness) {
    case fallback::Liveness::Ready:
        return EndpointsPanel::tr("ready");
    case fallback::Liveness::Loading:
        return EndpointsPanel::tr("loading its model");
    case fallback::Liveness::Refused:
        return EndpointsPanel::tr("wants a key");
    case fallback::Liveness::Odd:
        return EndpointsPanel::tr("is something else");
    case fallback::Liveness::Unreachable:
        return health.why.empty() ? EndpointsPanel::tr("not asked yet") : EndpointsPanel::tr("not reached");
    }
    return {};
}

QString stateColor(const fallback::Health& health)
{
    const fallback::Liveness liveness = health.liveness;
    if (liveness == fallback::Liveness::Unreachable && health.why.empty())
        return u"muted"_s;
    return liveness == fallback::Liveness::Ready     ? u"met"_s
           : liveness == fallback::Liveness::Loading ? u"partial"_s
                                                     : u"adverse"_s;
}

QString modelLine(const fallback::Found& found)
{
    QStringList parts;
    if (!found.health.models.empty()) {
        const fallback::ModelInfo& model = found.health.models.front();
        parts << str(found.endpoint.model.empty() ? model.id : found.endpoint.model);
        if (!model.quantisation.empty())
            parts << str(model.quantisation);
        if (model.bytes)
            parts << EndpointsPanel::tr("%1 GB").arg(double(*model.bytes) / 1e9, 0, 'f', 1);
        if (model.context)
            parts << EndpointsPanel::tr("%1 context").arg(*model.context);
    }
    if (found.health.slots)
        parts << counted(*found.health.slots, EndpointsPanel::tr("slot"), EndpointsPanel::tr("slots"));
    return parts.join(u" · "_s);
}

}

EndpointsPanel::EndpointsPanel(Desk& desk, QWidget* parent) : QWidget(parent), m_desk(desk)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(8));
    layout->addWidget(label(tr("Endpoints"), "heading"));
    m_endpoints = new QVBoxLayout;
    m_endpoints->setSpacing(px(8));
    layout->addLayout(m_endpoints);
    auto* row = new QHBoxLayout;
    m_look = new QPushButton(tr("Look on this machine"));
    m_look->setObjectName(u"look"_s);
    m_look->setToolTip(tr("Finds llama.cpp, Ollama, vLLM, LM Studio and LiteLLM on their usual ports"));
    auto* model = new QPushButton(tr("Model file…"));
    model->setToolTip(tr("Starts a server of Leeway’s own with a .gguf file; it ends with Leeway"));
    row->addWidget(m_look);
    row->addWidget(model);
    row->addStretch();
    layout->addLayout(row);
    auto* add = new QHBoxLayout;
    m_address = new QLineEdit;
    m_address->setObjectName(u"address"_s);
    m_address->setPlaceholderText(tr("http://127.0.0.1:8080"));
    m_address->setAccessibleName(tr("Address of an endpoint"));
    auto* button = new QPushButton(tr("Add"));
    button->setObjectName(u"addAddress"_s);
    add->addWidget(m_address, 1);
    add->addWidget(button);
    auto* more = linkButton(tr("Add one with a key or another kind…"));
    more->setObjectName(u"describeEndpoint"_s);
    layout->addLayout(add);
    layout->addWidget(more, 0, Qt::AlignLeft);
    const auto addAddress = [this] {
        if (!m_address->text().trimmed().isEmpty())
            m_desk.addAddress(m_address->text());
    };
    connect(button, &QPushButton::clicked, this, addAddress);
    connect(m_address, &QLineEdit::returnPressed, this, addAddress);
    connect(m_look, &QPushButton::clicked, &m_desk, &Desk::look);
    connect(model, &QPushButton::clicked, this, &EndpointsPanel::chooseModel);
    connect(more, &QPushButton::clicked, this, [this] { describe({}); });
    connect(&desk, &Desk::endpointsChanged, this, &EndpointsPanel::showEndpoints);
    connect(&desk, &Desk::keptChanged, this, &EndpointsPanel::showEndpoints);
    connect(&Theme::instance(), &Theme::changed, this, &EndpointsPanel::showEndpoints);
    showEndpoints();
}

QWidget* EndpointsPanel::cardOf(int endpoint)
{
    const fallback::Found& found = m_desk.endpoints()[std::size_t(endpoint)];
    auto* card = new QFrame;
    card->setProperty("card", true);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(px(10), px(8), px(10), px(8));
    layout->setSpacing(px(2));
    auto* choice = new QRadioButton(str(fallback::shown_name(found.endpoint)));
    choice->setChecked(endpoint == m_desk.chosen());
    choice->setEnabled(!m_desk.isRunning());
    connect(choice, &QRadioButton::clicked, this, [this, endpoint] { m_desk.choose(endpoint); });
    layout->addWidget(choice);
    auto* state = paragraph({});
    state->setTextFormat(Qt::RichText);
    const QString color =
        Theme::instance().palette().color(QLatin1StringView(stateColor(found.health).toLatin1())).name();
    state->setText(u"<span style=\"color:%1\">● %2</span> <span style=\"color:%3\">%4</span>"_s.arg(
        color, stateText(found.health).toHtmlEscaped(), Theme::instance().palette()["muted"].name(),
        modelLine(found).toHtmlEscaped()));
    layout->addWidget(state);
    if (m_desk.isOurs(endpoint))
        layout->addWidget(label(tr("Started by Leeway"), "small"));
    if (!found.health.why.empty())
        layout->addWidget(paragraph(str(found.health.why), "small"));
    layout->addLayout(linksOf(endpoint));
    return card;
}

QLayout* EndpointsPanel::linksOf(int endpoint)
{
    auto* row = new QHBoxLayout;
    const fallback::Found& found = m_desk.endpoints()[std::size_t(endpoint)];
    if (!m_desk.isOurs(endpoint)) {
        auto* change = linkButton(found.health.liveness == fallback::Liveness::Refused ? tr("Give its key…")
                                                                                       : tr("Change…"));
        change->setEnabled(!m_desk.isRunning());
        connect(change, &QPushButton::clicked, this, [this, known = found.endpoint] { describe(known); });
        row->addWidget(change);
    }
    if (m_desk.isKept(endpoint)) {
        auto* forget = linkButton(tr("Forget"));
        forget->setObjectName(u"forgetEndpoint"_s);
        forget->setEnabled(!m_desk.isRunning() && m_desk.mayKeep());
        connect(
            forget, &QPushButton::clicked, this, [this, endpoint] { m_desk.forgetEndpoint(endpoint); },
            Qt::QueuedConnection); // the card goes away with it
        row->addWidget(forget);
    }
    row->addStretch();
    return row;
}

void EndpointsPanel::describe(const fallback::Endpoint& known)
{
    EndpointDialog dialog(known, this);
    if (dialog.exec() == QDialog::Accepted)
        m_desk.addEndpoint(dialog.endpoint(), dialog.key());
}

void EndpointsPanel::showEndpoints()
{
    clearLayout(m_endpoints);
    for (int i = 0; i < int(m_desk.endpoints().size()); ++i)
        m_endpoints->addWidget(cardOf(i));
    if (m_desk.endpoints().empty())
        m_endpoints->addWidget(paragraph(m_desk.isLooking()
                                             ? tr("Looking…")
                                             : tr("No model yet. Look on this machine, pick a model "
                                                  "file, or type a server’s address."),
                                         "muted"));
    m_look->setEnabled(!m_desk.isLooking());
}

void EndpointsPanel::chooseModel()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Model file"), {}, tr("Models (*.gguf)"));
    if (!file.isEmpty())
        m_desk.startModel(file);
}

}
