#include "core/document/xmlreader.h"

namespace leeway::document {
namespace {

constexpr int deepest = 500;

}

XmlReader::XmlReader(const std::string& bytes)
    : m_xml(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())))
{
}

XmlReader::Token XmlReader::next()
{
    while (!m_refused && !m_xml.atEnd()) {
        switch (m_xml.readNext()) {
        case QXmlStreamReader::StartElement:
            if (++m_depth > deepest) {
                m_refused = true;
                return Token::Done;
            }
            m_attributes = m_xml.attributes();
            return Token::Start;
        case QXmlStreamReader::EndElement:
            --m_depth;
            return Token::End;
        case QXmlStreamReader::Characters:
            return Token::Text;
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference:
            m_refused = true;
            return Token::Done;
        default:
            break;
        }
    }
    return Token::Done;
}

bool XmlReader::next_child()
{
    for (;;) {
        const Token token = next();
        if (token == Token::Start)
            return true;
        if (token != Token::Text)
            return false;
    }
}

void XmlReader::skip()
{
    for (int open = 1; open > 0;) {
        const Token token = next();
        if (token == Token::Done)
            return;
        open += token == Token::Start ? 1 : token == Token::End ? -1 : 0;
    }
}

QStringView XmlReader::attribute(QLatin1String name) const
{
    for (const QXmlStreamAttribute& attribute : m_attributes) {
        if (attribute.name() == name)
            return attribute.value();
    }
    return {};
}

std::optional<int> XmlReader::number(QLatin1String name) const
{
    bool ok = false;
    const int value = attribute(name).toInt(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

base::Status XmlReader::status() const
{
    if (m_refused)
        return base::fail(
            base::ErrorCode::Unreadable,
            "is built as no word processor builds its files (entities of its own, or parts nested "
            "hundreds deep). If you trust it, save it as a PDF and add that.");
    if (m_xml.hasError())
        return base::fail(base::ErrorCode::Unreadable,
                          "is damaged: its text is cut off or garbled. Open it in a word processor, save it "
                          "again, and add that file.");
    return {};
}

}
