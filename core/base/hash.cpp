#include "core/base/hash.h"

#include <QByteArrayView>
#include <QCryptographicHash>

namespace leeway::base {

std::string sha256(std::string_view bytes)
{
    const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex().toStdString();
}

}
