#include "ui/costs/usage/askmapping.h"

#include "core/usage/cubefile.h"
#include "ui/costs/usage/columns.h"
#include "ui/costs/usage/mapperdialog.h"
#include "ui/widgets/text.h"

namespace leeway::ui {

void askMapping(const QStringList& files, const pricing::Sheet& sheet, QWidget* parent,
                const std::function<void(const QString&)>& fail,
                const std::function<void(const std::optional<usage::Mapping>&)>& then)
{
    for (const QString& file : files) {
        if (usage::is_cube_file(utf8(file)))
            continue;
        const auto table = usage::preview(utf8(file));
        if (!table)
            return fail(str(table.error().message));
        if (!needsMapping(*table))
            continue;
        auto* dialog = new MapperDialog(file, *table, sheet, parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &QDialog::accepted, parent, [dialog, then] { then(dialog->mapping()); });
        dialog->open();
        return;
    }
    then(std::nullopt);
}

}
