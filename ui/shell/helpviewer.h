#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace leeway::ui {

/// The texts of resources/help, each a Markdown file.
class HelpViewer : public QDialog
{
    Q_OBJECT

public:
    explicit HelpViewer(QWidget* parent = nullptr);
    [[nodiscard]] static QStringList files();

private:
    void showFile(const QString& file);

    QListWidget* m_topics;
    QTextBrowser* m_text;
};

}
