#include "sandbox.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace leeway::docworker {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t this_machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t this_machine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t this_machine = 0;
#endif

void lower(int resource, rlim_t limit)
{
    rlimit now{};
    if (getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0)
        return;
    now.rlim_cur = limit;
    if (now.rlim_max == RLIM_INFINITY || now.rlim_max > limit)
        now.rlim_max = limit;
    setrlimit(static_cast<__rlimit_resource>(resource), &now);
}

// Makes system calls that open the network or start programs fail with EPERM.
void filter_system_calls()
{
    if (this_machine == 0)
        return;
    const auto field = [](std::size_t offset) { return static_cast<std::uint32_t>(offset); };
    std::vector<sock_filter> program;
    const auto add = [&](std::uint16_t code, std::uint32_t k, std::uint8_t yes = 0, std::uint8_t no = 0) {
        program.push_back({code, yes, no, k});
    };
    add(BPF_LD | BPF_W | BPF_ABS, field(offsetof(seccomp_data, arch)));
    add(BPF_JMP | BPF_JEQ | BPF_K, this_machine, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    add(BPF_LD | BPF_W | BPF_ABS, field(offsetof(seccomp_data, nr)));
    for (const long call : {SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_execve, SYS_execveat,
                            SYS_ptrace, SYS_process_vm_writev}) {
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
        add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1 /* EPERM */);
    }
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const sock_fprog filter{static_cast<std::uint16_t>(program.size()), program.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

}

void lock_down()
{
    syscall(SYS_close_range, 3U, ~0U, 0U);
    lower(RLIMIT_CORE, 0);
    lower(RLIMIT_FSIZE, 0);
    filter_system_calls();
}

void limit_memory([[maybe_unused]] std::size_t bytes)
{
#if !defined(__SANITIZE_ADDRESS__) // the sanitizer reserves terabytes of addresses
    lower(RLIMIT_AS, bytes);
#endif
}

void limit_cpu(std::chrono::seconds more)
{
    rusage used{};
    rlimit limit{};
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0)
        return;
    const auto so_far = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1);
    limit.rlim_cur = so_far + static_cast<rlim_t>(more.count());
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_CPU, &limit);
}

}
