// Starts a managed server, prints its process id, and holds it until it is itself ended.
//   holder PROGRAM MODEL

#include "core/fallback/server/managed.h"

#include <QCoreApplication>
#include <cstdio>

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    leeway::fallback::ServerOptions options;
    options.program = argv[1];
    options.model = argv[2];
    const auto server = leeway::fallback::ManagedServer::start(options, {});
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    std::printf("%lld\n", static_cast<long long>(server->process_id()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
