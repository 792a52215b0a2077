#include "ui/fallback/endpointdialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace leeway::ui {

EndpointDialog::EndpointDialog(const fallback::Endpoint& known, QWidget* parent)
    : QDialog(parent),
      m_known(known),
      m_url(new QLineEdit(str(known.url))),
      m_kind(new QComboBox),
      m_model(new QLineEdit(str(known.model))),
      m_name(new QLineEdit(str(known.name))),
      m_key(new QLineEdit),
      m_context(new QSpinBox),
      m_complaint(paragraph({}))
{
    const bool fresh = known.url.empty();
    setWindowTitle(fresh ? tr("Add an endpoint") : tr("Change the endpoint"));
    setMinimumWidth(Theme::instance().px(540));
    m_complaint->setProperty("tone", u"adverse"_s);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(24);
    m_kind->addItem(tr("OpenAI’s way (llama.cpp, vLLM, LiteLLM, most vendors)"),
                    int(fallback::EndpointKind::OpenAi));
    m_kind->addItem(tr("Ollama’s own way"), int(fallback::EndpointKind::Ollama));
    m_kind->addItem(tr("Anthropic’s Messages API"), int(fallback::EndpointKind::Anthropic));
    m_kind->setCurrentIndex(m_kind->findData(int(known.kind)));
    m_kindChosen = !fresh;
    m_url->setObjectName(u"endpointUrl"_s);
    m_url->setPlaceholderText(u"https://api.example.com/v1"_s);
    m_url->setReadOnly(!fresh);
    m_kind->setObjectName(u"endpointKind"_s);
    m_model->setPlaceholderText(tr("The first that it lists"));
    m_name->setPlaceholderText(tr("Its address"));
    m_key->setObjectName(u"endpointKey"_s);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(fresh ? tr("None") : tr("Stays as it is"));
    m_context->setRange(256, 16'000'000);
    m_context->setValue(known.context);
    m_context->setToolTip(tr("How many tokens Ollama is to keep room for; other servers say it themselves"));

    auto* form = new QFormLayout;
    form->addRow(tr("Address"), m_url);
    form->addRow(tr("Speaks"), m_kind);
    form->addRow(tr("Model"), m_model);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Context"), m_context);
    form->addRow(tr("Key"), m_key);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(paragraph(tr("The key goes to the keychain of this system, never into the project, "
                                   "and is not shown again."),
                                "small"));
    layout->addWidget(m_complaint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_accept = buttons->addButton(fresh ? tr("Add") : tr("Change"), QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(u"acceptEndpoint"_s);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_url, &QLineEdit::textChanged, this, &EndpointDialog::check);
    connect(m_key, &QLineEdit::textChanged, this, &EndpointDialog::check);
    connect(m_kind, &QComboBox::activated, this, [this] {
        m_kindChosen = true;
        check();
    });
    check();
}

fallback::Endpoint EndpointDialog::endpoint() const
{
    fallback::Endpoint endpoint = m_known;
    endpoint.url = utf8(m_url->text().trimmed());
    endpoint.kind = fallback::EndpointKind(m_kind->currentData().toInt());
    endpoint.model = utf8(m_model->text().trimmed());
    endpoint.name = utf8(m_name->text().trimmed());
    endpoint.context = m_context->value();
    return endpoint;
}

QString EndpointDialog::key() const
{
    return m_key->text().trimmed();
}

void EndpointDialog::check()
{
    if (!m_kindChosen)
        m_kind->setCurrentIndex(m_kind->findData(int(fallback::guessed_kind(utf8(m_url->text().trimmed())))));
    m_context->setEnabled(endpoint().kind == fallback::EndpointKind::Ollama);
    const bool empty = m_url->text().trimmed().isEmpty();
    const auto status = fallback::check_endpoint(endpoint(), !key().isEmpty());
    m_complaint->setText(empty || status ? QString() : str(status.error().message));
    m_complaint->setVisible(!m_complaint->text().isEmpty());
    m_accept->setEnabled(!empty && status.has_value());
}

}
