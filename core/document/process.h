#pragma once

#include "core/base/result.h"
#include "core/document/worker.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace leeway::document {

/// A running worker program and the byte stream to it. Stopped by the destructor.
class Worker::Process
{
public:
    using Deadline = std::chrono::steady_clock::time_point;
    /// Asked about ten times a second while waiting; false gives up with Outcome::Cancelled.
    using Wanted = std::function<bool()>;

    enum class Outcome { Done, Gone, Late, Cancelled, Garbled };

    Process() = default;
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    base::Status start(const std::filesystem::path& program);
    [[nodiscard]] bool running();
    [[nodiscard]] int id() const { return m_process; }

    Outcome send(std::string_view bytes, Deadline deadline, const Wanted& wanted);
    /// Fills `frame` with the next frame; Garbled when it is longer than `limit`.
    Outcome receive(std::string& frame, std::size_t limit, Deadline deadline, const Wanted& wanted);

    void kill();

    /// Why the process ended, after Outcome::Gone: over CPU time, over memory, or otherwise.
    enum class End { CpuTime, Memory, Crash };
    End wait();

    /// Exit status by which the worker says that it ran out of memory.
    static constexpr int out_of_memory = 77;

private:
    Outcome receive_exactly(char* to, std::size_t size, Deadline deadline, const Wanted& wanted);
    Outcome wait_for(short events, Deadline deadline, const Wanted& wanted) const;
    void close_stream();

    int m_stream = -1;
    int m_process = -1;
    int m_status = 0;
};

}
