#include "app/gui/pages.h"
#include "core/clauses/pack.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>

using namespace leeway;
using namespace Qt::StringLiterals;

namespace {

struct Arguments
{
    QStringList files;
    bool sample = false;
};

Arguments parse(const QApplication& app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Know how free you are to leave, before you sign."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sample(u"sample"_s, QApplication::translate("main", "Open the sample project."));
    parser.addOption(sample);
    parser.addPositionalArgument(
        u"file"_s, QApplication::translate("main", "A .leeway project, or contracts to add."), u"[file…]"_s);
    parser.process(app);
    return {parser.positionalArguments(), parser.isSet(sample)};
}

}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setOrganizationName(u"Leeway"_s);
    QApplication::setApplicationName(u"leeway"_s);
    QApplication::setApplicationDisplayName(u"Leeway"_s);
    QApplication::setApplicationVersion(QStringLiteral(LEEWAY_VERSION));
    QApplication::setDesktopFileName(u"leeway"_s);
    const Arguments arguments = parse(app);

    const int theme = QSettings().value(u"theme", int(ui::Theme::Mode::System)).toInt();
    ui::Theme::install(app, ui::Theme::Mode(std::clamp(theme, 0, 2)));
    QApplication::setWindowIcon(ui::Theme::icon(u"leeway"_s, u"accent"_s));

    auto pack = clauses::load_pack("ai-procurement");
    if (!pack) {
        QMessageBox::critical(
            nullptr, u"Leeway"_s,
            QApplication::translate("main", "The rule pack cannot be read, so Leeway cannot start.\n\n%1")
                .arg(ui::str(pack.error().message)));
        return 4;
    }
    ui::Workspace workspace(std::move(*pack));
    ui::MainWindow window(workspace);
    addPages(window, workspace);
    window.show();
    if (arguments.sample)
        window.openSample();
    if (!arguments.files.isEmpty())
        window.openFiles(arguments.files);
    return QApplication::exec();
}
