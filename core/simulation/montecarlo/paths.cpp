#include "core/simulation/montecarlo/paths.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace leeway::simulation {
namespace {

// More than any amount of money here, and no infinity as a float.
constexpr double most_spend = 1e30;

// What differs by less than this is equal: sums in another order.
constexpr double almost_one = 1 - 1e-12;

// The work of one thread: what it needs for a block, kept from block to block.
class Worker
{
public:
    Worker(const Drawer& drawer, const std::vector<Evaluator>& evaluators,
           const std::vector<std::optional<std::size_t>>& staying, std::size_t months, Paths& paths,
           std::mutex& mutex)
        : m_drawer(drawer),
          m_evaluators(evaluators),
          m_staying(staying),
          m_months(months),
          m_paths(paths),
          m_mutex(mutex),
          m_spend(evaluators.size()),
          m_so_far(evaluators.size(), std::vector<double>(block_paths)),
          m_cheaper(evaluators.size(), std::vector<std::int64_t>(months))
    {
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker()
    {
        const std::lock_guard lock(m_mutex);
        for (std::size_t s = 0; s < m_evaluators.size(); ++s) {
            for (std::size_t m = 0; m < m_months; ++m)
                m_paths.outturns[s].cheaper_by_month[m] += m_cheaper[s][m];
        }
    }

    void run(std::size_t block)
    {
        const std::size_t first = block * block_paths;
        const std::size_t count = std::min(block_paths, m_paths.count - first);
        m_drawer.draw(block, count, m_draws);
        for (std::size_t a = 0; a < m_paths.values.size(); ++a)
            std::ranges::copy(m_draws.values[a],
                              m_paths.values[a].begin() + static_cast<std::ptrdiff_t>(first));
        for (std::size_t s = 0; s < m_evaluators.size(); ++s) {
            m_evaluators[s].evaluate(m_draws, m_scratch, m_spend[s]);
            std::ranges::fill(m_so_far[s], 0.0);
        }
        for (std::size_t m = 0; m < m_months; ++m)
            keep_month(m, first, count);
        for (std::size_t s = 0; s < m_evaluators.size(); ++s)
            std::copy_n(m_so_far[s].begin(), count,
                        m_paths.outturns[s].totals.begin() + static_cast<std::ptrdiff_t>(first));
    }

private:
    void keep_month(std::size_t m, std::size_t first, std::size_t count)
    {
        for (std::size_t s = 0; s < m_evaluators.size(); ++s) {
            const double* const spend = m_spend[s].data() + m * block_paths;
            float* const kept = m_paths.outturns[s].months.get() + m * m_paths.count + first;
            double* const so_far = m_so_far[s].data();
            for (std::size_t p = 0; p < count; ++p) {
                kept[p] = static_cast<float>(std::max(0.0, std::min(spend[p], most_spend)));
                so_far[p] += spend[p];
            }
        }
        for (std::size_t s = 0; s < m_evaluators.size(); ++s) {
            if (!m_staying[s])
                continue;
            const double* const moves = m_so_far[s].data();
            const double* const stays = m_so_far[*m_staying[s]].data();
            std::int64_t cheaper = 0;
            for (std::size_t p = 0; p < count; ++p)
                cheaper += moves[p] < stays[p] * almost_one ? 1 : 0;
            m_cheaper[s][m] += cheaper;
        }
    }

    const Drawer& m_drawer;
    const std::vector<Evaluator>& m_evaluators;
    const std::vector<std::optional<std::size_t>>& m_staying;
    std::size_t m_months;
    Paths& m_paths;
    std::mutex& m_mutex;
    Draws m_draws;
    Evaluator::Scratch m_scratch;
    std::vector<std::vector<double>> m_spend;
    std::vector<std::vector<double>> m_so_far; // cumulated
    std::vector<std::vector<std::int64_t>> m_cheaper;
};

}

bool in_parallel(std::size_t count, int threads, const base::Progress& progress,
                 const std::function<std::function<void(std::size_t)>()>& make_task)
{
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = 0;
    std::atomic<bool> stop = false;
    const auto work = [&](bool reports) {
        const auto task = make_task();
        for (std::size_t i = next++; i < count && !stop; i = next++) {
            task(i);
            ++done;
            if (reports && !base::keep_going(progress, static_cast<std::int64_t>(done),
                                             static_cast<std::int64_t>(count)))
                stop = true;
        }
    };
    if (threads <= 0)
        threads = static_cast<int>(std::thread::hardware_concurrency());
    const std::size_t helpers = std::min(static_cast<std::size_t>(std::clamp(threads, 1, 64)), count);
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < helpers; ++i)
            others.emplace_back([&work] { work(false); });
        work(true);
    }
    // The others may have done everything before this thread came to ask.
    return !stop &&
           base::keep_going(progress, static_cast<std::int64_t>(done), static_cast<std::int64_t>(count));
}

base::Result<Paths> run_paths(const Drawer& drawer, const std::vector<Evaluator>& evaluators,
                              const std::vector<std::optional<std::size_t>>& staying, std::size_t months,
                              std::size_t axes, std::size_t count, int threads,
                              const base::Progress& progress)
{
    Paths paths;
    paths.count = count;
    paths.values.assign(axes, std::vector<double>(count));
    for (std::size_t s = 0; s < evaluators.size(); ++s)
        paths.outturns.push_back({std::make_unique_for_overwrite<float[]>(months * count),
                                  std::vector<double>(count), std::vector<std::int64_t>(months)});
    std::mutex mutex;
    const bool finished = in_parallel((count + block_paths - 1) / block_paths, threads, progress, [&] {
        auto worker = std::make_shared<Worker>(drawer, evaluators, staying, months, paths, mutex);
        return [worker](std::size_t block) { worker->run(block); };
    });
    if (!finished)
        return base::fail(base::ErrorCode::Cancelled, "The simulation was stopped.");
    return paths;
}

}
