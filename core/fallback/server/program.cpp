#include "core/fallback/server/managed.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

constexpr const char* variable = "LEEWAY_LLAMA_SERVER";

// Where installer/local-model.sh puts it.
QString of_local_model()
{
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                          QStringLiteral("/leeway/local-model");
    return qEnvironmentVariable("LEEWAY_LOCAL_MODEL", usual) + QStringLiteral("/bin/llama-server");
}

}

base::Result<std::filesystem::path> find_server_program()
{
    if (qEnvironmentVariableIsSet(variable)) {
        const QString named = qEnvironmentVariable(variable);
        if (QFileInfo(named).isExecutable())
            return named.toStdString();
        return base::fail(base::ErrorCode::NotFound,
                          fmt::format("The environment variable {} names “{}”, which is not a program.",
                                      variable, named.toStdString()));
    }
    const QString on_path = QStandardPaths::findExecutable(QStringLiteral("llama-server"));
    if (!on_path.isEmpty())
        return on_path.toStdString();
    if (QFileInfo(of_local_model()).isExecutable())
        return of_local_model().toStdString();
    return base::fail(base::ErrorCode::NotFound,
                      "There is no llama-server on this machine. Install llama.cpp, or run "
                      "installer/local-model.sh, which gets a server and a small model.");
}

}
