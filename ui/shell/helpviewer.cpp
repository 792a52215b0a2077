#include "ui/shell/helpviewer.h"

#include "core/base/file.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QTextBlock>
#include <QTextBrowser>

namespace leeway::ui {

namespace {

QString firstHeading(const QString& file)
{
    QFile in(file);
    if (in.open(QIODevice::ReadOnly))
        for (int line = 0; line < 20 && !in.atEnd(); ++line) {
            const QString text = QString::fromUtf8(in.readLine(1000)).trimmed();
            if (text.startsWith(u"# "))
                return text.mid(2);
        }
    return QFileInfo(file).completeBaseName();
}

}

QStringList HelpViewer::files()
{
    const QDir folder(QString::fromStdString((base::data_folder() / "resources" / "help").string()));
    QStringList result;
    for (const QString& name : folder.entryList({u"*.md"_s}, QDir::Files, QDir::Name))
        result << folder.filePath(name);
    return result;
}

HelpViewer::HelpViewer(QWidget* parent) : QDialog(parent), m_topics(new QListWidget), m_text(new QTextBrowser)
{
    const Theme& theme = Theme::instance();
    setWindowTitle(tr("Leeway help"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_topics->setProperty("bare", true);
    m_topics->setFixedWidth(theme.px(220));
    m_topics->setAccessibleName(tr("Topics"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setProperty("bare", true);
    m_text->setOpenExternalLinks(false);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(theme.px(24));
    layout->addWidget(m_topics);
    layout->addWidget(m_text, 1);
    for (const QString& file : files()) {
        auto* item = new QListWidgetItem(firstHeading(file), m_topics);
        item->setData(Qt::UserRole, file);
    }
    connect(m_topics, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item != nullptr)
            showFile(item->data(Qt::UserRole).toString());
    });
    m_topics->setCurrentRow(0);
    resize(theme.px(920), theme.px(640));
}

void HelpViewer::showFile(const QString& file)
{
    QFile in(file);
    if (in.open(QIODevice::ReadOnly))
        m_text->setMarkdown(QString::fromUtf8(in.readAll()));
}

}
