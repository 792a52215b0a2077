// Stands in for llama-server: takes its flags, and does what the model file says behind “GGUF”: “ready”,
// “slow” (503 a few times first), “broken” (ends with a complaint), “never” (stays at 503).

#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

namespace {

QString argument_behind(const char* flag)
{
    const QStringList all = QCoreApplication::arguments();
    const qsizetype at = all.indexOf(QString::fromLatin1(flag));
    return at >= 0 ? all.value(at + 1) : QString();
}

}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QFile model(argument_behind("-m"));
    if (!model.open(QIODevice::ReadOnly))
        return 2;
    const QByteArray manner = model.readAll().mid(4).trimmed();
    if (manner == "broken") {
        QTextStream(stderr) << "loading\nerror: tensor 'output' is missing\n";
        return 1;
    }
    int refusals = manner == "never" ? 1'000'000 : manner == "slow" ? 3 : 0;
    ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
        if (refusals > 0) {
            --refusals;
            answer.whole(503, R"({"error":{"message":"Loading model"}})");
        } else if (!answer_as_llama(request, answer)) {
            answer.begin();
            answer.chunk(
                said("\"" + argument_behind("-c").toUtf8() + " " + argument_behind("-np").toUtf8() + "\"") +
                ended());
            answer.end();
        }
    });
    server.close();
    if (!server.listen(QHostAddress(argument_behind("--host")),
                       static_cast<quint16>(argument_behind("--port").toInt())))
        return 3;
    return QCoreApplication::exec();
}
