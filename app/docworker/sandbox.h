#pragma once

#include <chrono>
#include <cstddef>

namespace leeway::docworker {

/// Gives up, for the rest of the process, what parsing never needs: inherited files, writing files, core
/// dumps, other programs and the network.
void lock_down();

/// The most memory that the process may use; it can only be lowered.
void limit_memory(std::size_t bytes);

/// The CPU time that may be used from now on; the kernel ends the process when it is over.
void limit_cpu(std::chrono::seconds more);

}
