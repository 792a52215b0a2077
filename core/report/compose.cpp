#include "core/report/compose.h"

#include "core/base/file.h"
#include "core/report/outline.h"
#include "core/report/sections.h"
#include "core/report/writers.h"

#include <QBuffer>
#include <QGuiApplication>

namespace leeway::report {
namespace {

constexpr double page_height = 842; // points

// `pages` and `contents` are those of the pass before.
Composed draw(const Model& model, int pages, const std::vector<Bookmark>& contents)
{
    Composed composed;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        const std::string title =
            model.project.empty() ? "Lock-in report" : model.project + " – lock-in report";
        Paper paper(buffer, shown(title), pages);
        draw_cover(paper, model, contents);
        paper.new_page();
        const bool is_signed = draw_summary(paper, model);
        for (const ContractPart& part : model.contracts) {
            paper.new_page();
            draw_contract(paper, model, part);
        }
        paper.new_page();
        draw_costs(paper, model);
        paper.new_part();
        draw_gates_and_dates(paper, model);
        if (!is_signed && !model.contracts.empty())
            draw_signatures(paper);
        paper.new_part();
        draw_appendix(paper, model);
        composed.pages = paper.page() + 1;
        composed.bookmarks = paper.bookmarks();
        composed.cells = paper.cells();
    }
    composed.pdf = bytes.toStdString();
    return composed;
}

}

base::Result<Composed> compose(const Model& model)
{
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()) == nullptr)
        return base::fail(base::ErrorCode::Invalid,
                          "A PDF cannot be drawn without a graphical application object.");
    const Composed first = draw(model, 0, {});
    Composed composed = draw(model, first.pages, first.bookmarks);
    auto outlined = with_outline(std::move(composed.pdf), composed.bookmarks, "en", page_height);
    if (!outlined)
        return tl::unexpected<base::Error>(std::move(outlined.error()));
    composed.pdf = std::move(*outlined);
    return composed;
}

base::Status write_pdf(const Model& model, const std::filesystem::path& file)
{
    return compose(model).and_then(
        [&](const Composed& composed) { return base::write_file(file, composed.pdf); });
}

}
