#include "ui/shell/sample.h"

#include "core/base/file.h"
#include "ui/widgets/text.h"

#include <QDir>
#include <QFileInfo>

namespace leeway::ui {

namespace {

QString locate(const QString& name)
{
    const QString data = QString::fromStdString(base::data_folder().string());
    for (const QString& folder :
         {qEnvironmentVariable("LEEWAY_SAMPLES_DIR"), QString(data + u"/samples"_s),
          QString(data + u"/resources/samples"_s), QStringLiteral(LEEWAY_BUILT_SAMPLES)})
        if (const QFileInfo file(QDir(folder), name); !folder.isEmpty() && file.exists())
            return file.absoluteFilePath();
    return {};
}

}

std::optional<Sample> Sample::find()
{
    const Sample sample{locate(u"aurora-agreement.pdf"_s), locate(u"aurora-usage.csv"_s),
                        locate(u"aurora-prices.json"_s), locate(u"aurora-scenarios.json"_s)};
    const bool whole = !sample.contract.isEmpty() && !sample.usage.isEmpty() && !sample.prices.isEmpty() &&
                       !sample.scenarios.isEmpty();
    return whole ? std::optional(sample) : std::nullopt;
}

}
