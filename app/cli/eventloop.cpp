#include "app/cli/eventloop.h"

#include <QCoreApplication>
#include <atomic>
#include <csignal>

namespace leeway::cli {
namespace {

std::atomic<bool> interrupted{false};

}

int with_event_loop(const std::function<int()>& work)
{
    int count = 1;
    char name[] = "leeway-cli";
    char* arguments[] = {name, nullptr};
    const QCoreApplication application(count, arguments);
    return work();
}

void watch_interrupts()
{
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, [](int number) {
            interrupted = true;
            std::signal(number, SIG_DFL);
        });
}

bool not_interrupted(std::int64_t /*done*/, std::int64_t /*total*/)
{
    return !interrupted;
}

}
