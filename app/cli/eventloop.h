#pragma once

#include <cstdint>
#include <functional>

namespace leeway::cli {

/// Runs `work` in a program with Qt's event loop; gives its exit code.
int with_event_loop(const std::function<int()>& work);

/// From now on Ctrl-C, or being ended, makes not_interrupted() false; the second time it ends the program.
void watch_interrupts();
/// A base::Progress.
bool not_interrupted(std::int64_t done, std::int64_t total);

}
