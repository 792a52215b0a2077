#pragma once

#include "core/base/result.h"

#include <QXmlStreamReader>
#include <optional>
#include <string>

namespace leeway::document {

/// Reads the XML parts of office files, which come from strangers: a document type definition (with which
/// entities could be defined) and elements over 500 deep are refused. Linear time.
class XmlReader
{
public:
    enum class Token { Start, End, Text, Done };

    /// `bytes` must outlive the reader.
    explicit XmlReader(const std::string& bytes);

    /// Done at the end and at the first fault.
    Token next();
    /// Goes to the next child of the current element; false, and behind the element, when there is none.
    bool next_child();
    /// Goes behind the current element.
    void skip();

    [[nodiscard]] QStringView name() const { return m_xml.name(); }
    [[nodiscard]] bool is(QLatin1String name) const { return m_xml.name() == name; }
    [[nodiscard]] QStringView space() const { return m_xml.namespaceUri(); }
    [[nodiscard]] QStringView text() const { return m_xml.text(); }
    [[nodiscard]] bool text_is_blank() const { return m_xml.isWhitespace(); }
    /// By local name; null when it is not there. Valid until the next token.
    [[nodiscard]] QStringView attribute(QLatin1String name) const;
    [[nodiscard]] std::optional<int> number(QLatin1String name) const;

    /// Why reading ended: Unreadable at a fault.
    [[nodiscard]] base::Status status() const;

private:
    QXmlStreamReader m_xml;
    QXmlStreamAttributes m_attributes;
    int m_depth = 0;
    bool m_refused = false;
};

}
