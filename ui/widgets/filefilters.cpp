#include "ui/widgets/filefilters.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace leeway::ui {

QString usageFilter()
{
    return QCoreApplication::translate(
        "FileFilters",
        "Usage (*.csv *.tsv *.txt *.jsonl *.ndjson *.json *.gz *.zst *.parquet);;All files (*)");
}

bool isUsageLog(const QString& fileName)
{
    static const QRegularExpression log(QStringLiteral("\\.((csv|tsv|jsonl|ndjson)(\\.(gz|zst))?|parquet)$"),
                                        QRegularExpression::CaseInsensitiveOption);
    return log.match(fileName).hasMatch();
}

}
