// How long the Costs page takes from a slider's move to the painted chart, with the usage of a million
// requests. The window's own work is told apart from what other programs take from it on a busy machine.

#include "core/usage/cube.h"
#include "core/usage/cubebuilder.h"
#include "ui/costs/chart/spendchart.h"
#include "ui/costs/costspage.h"
#include "ui/costs/outlook/forecaster.h"
#include "ui/costs/resultsview.h"
#include "ui/costs/whatif/draft.h"
#include "ui/costs/whatif/knobrow.h"
#include "ui/costs/whatif/whatifpanel.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSlider>
#include <QTemporaryDir>
#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <pcg_random.hpp>

namespace {

using namespace leeway;

constexpr double frame_ms = 16;
constexpr int requests = 1'000'000;

usage::Cube million(const pricing::Sheet& sheet)
{
    std::vector<const pricing::Model*> models;
    for (const auto& model : sheet.models) {
        if (model.mode == "chat" && models.size() < 12)
            models.push_back(&model);
    }
    pcg32 random(7);
    usage::CubeBuilder builder(sheet);
    const auto start = *base::parse_instant("2026-06-01");
    for (int i = 0; i < requests; ++i) {
        const auto& model = *models[random(static_cast<std::uint32_t>(models.size()))];
        pricing::Usage usage;
        usage.time = start + std::chrono::seconds(std::int64_t{i} * 180 * 86'400 / requests);
        usage.vendor = model.vendor;
        usage.model = model.model;
        const std::int64_t input = 200 + static_cast<std::int64_t>(random(300'000));
        const std::int64_t cached = static_cast<std::int64_t>(random(static_cast<std::uint32_t>(input)));
        usage.counts[pricing::Component::Input] = input - cached;
        usage.counts[pricing::Component::CacheRead] = cached;
        usage.counts[pricing::Component::Output] = 20 + random(2'000);
        usage.counts[pricing::Component::Request] = 1;
        builder.add(usage);
    }
    return builder.take({"generated"});
}

void say(const char* what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2];
    const double p99 = times[times.size() * 99 / 100];
    fmt::print("{:<38} median {:6.2f} ms = {:5.2f} of a frame   p99 {:6.2f} ms = {:5.2f} of a frame\n", what,
               median, median / frame_ms, p99, p99 / frame_ms);
}

/// What this thread has worked, in milliseconds.
double worked_ms()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

int fail(const std::string& message)
{
    fmt::print(stderr, "{}\n", message);
    return 4;
}

}

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    ui::Theme::install(app, ui::Theme::Mode::Light);
    const auto sheet = pricing::bundled_sheet();
    if (!sheet)
        return fail(sheet.error().message);
    QTemporaryDir folder;
    ui::Workspace workspace(clauses::Pack{});
    if (!workspace.createProject(folder.filePath(QStringLiteral("bench.leeway")), QStringLiteral("Bench")))
        return fail("no project could be made");
    workspace.setSheet(*sheet);
    QElapsedTimer clock;
    clock.start();
    workspace.setCube(million(*sheet));
    fmt::print("{} requests in {} cells, generated and stored in {} ms\n", workspace.snapshot().cube.requests,
               workspace.snapshot().cube.cells.size(), clock.elapsed());

    ui::CostsPage page(workspace);
    page.resize(1212, 727); // the page in a window of 1280 × 800
    page.show();
    clock.restart();
    while (!page.draft().matrix() && clock.elapsed() < 60'000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    if (!page.draft().matrix())
        return fail("the page shows no matrix");
    fmt::print("first matrix after {} ms\n", clock.elapsed());
    page.grab();

    std::vector<double> simulate, update, paint, all, worked, follow, whole;
    int shown = 0; // forecasts that arrived while the slider moved
    QObject::connect(&page.forecaster(), &ui::Forecaster::changed, &page,
                     [&] { shown += page.forecaster().outlook().has_value() ? 1 : 0; });
    auto* rise = page.whatIf()->row(ui::Knob::Rise)->findChild<QSlider*>();
    rise->setSliderDown(true);
    for (int i = 0; i < 400; ++i) {
        const int at = rise->minimum() + (i * 7) % (rise->maximum() - rise->minimum());
        clock.restart();
        const auto matrix = page.draft().simulate(page.draft().scenarios());
        simulate.push_back(double(clock.nsecsElapsed()) / 1e6);
        if (matrix.outcomes.empty())
            return fail("nothing was simulated");
        const double before = worked_ms();
        clock.restart();
        rise->setValue(at);
        const double updated = double(clock.nsecsElapsed()) / 1e6;
        page.results()->chart()->grab();
        const double painted = double(clock.nsecsElapsed()) / 1e6;
        const double work = worked_ms() - before;
        // What the window does before it takes the next move: forecasts that are ready, fans, repaints.
        QApplication::processEvents();
        const double followed = double(clock.nsecsElapsed()) / 1e6 - painted;
        const double wholeWork = worked_ms() - before;
        if (i < 20)
            continue; // fonts and caches are warm by then
        update.push_back(updated);
        paint.push_back(painted - updated);
        all.push_back(painted);
        worked.push_back(work);
        follow.push_back(followed);
        whole.push_back(wholeWork);
    }
    say("simulate once", simulate);
    say("move: simulate, title, cards", update);
    say("repaint the chart", paint);
    say("from the move to the painted chart", all);
    say("the same, this thread's work alone", worked);
    say("forecasts and repaints after it", follow);
    say("all of that, this thread's work alone", whole);
    fmt::print("{} forecasts shown meanwhile\n", shown);

    rise->setSliderDown(false);
    clock.restart();
    while (!page.forecaster().isCurrent() && clock.elapsed() < 60'000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    fmt::print("full forecast of {} paths {} ms after the slider rested\n",
               page.forecaster().outlook() ? page.forecaster().outlook()->forecast.paths : 0,
               clock.elapsed());
}
