#include "core/fallback/xmlcheck.h"

#include "core/fallback/xmltree.h"

#include <QXmlStreamReader>
#include <fmt/format.h>

namespace leeway::fallback {

std::string xml_fault(std::string_view text, const std::vector<std::string>& required)
{
    // The whole text at once and as UTF-16, so that an encoding the answer claims for itself changes nothing.
    QXmlStreamReader reader(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    XmlBuilder builder;
    bool declared = false;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartDocument:
            declared = !reader.documentVersion().isEmpty();
            break;
        case QXmlStreamReader::DTD:
            if (reader.text().contains(u'['))
                return "the document type has an internal subset, which is not supported";
            break;
        case QXmlStreamReader::StartElement: {
            XmlElement* element = builder.open(reader.qualifiedName().toString().toStdString());
            if (element == nullptr)
                return "the XML is more than 512 levels deep";
            for (const QXmlStreamAttribute& attribute : reader.attributes())
                element->add_attribute(attribute.qualifiedName().toString().toStdString());
            for (const QXmlStreamNamespaceDeclaration& declaration : reader.namespaceDeclarations())
                element->add_attribute(declaration.prefix().isEmpty()
                                           ? "xmlns"
                                           : "xmlns:" + declaration.prefix().toString().toStdString());
            break;
        }
        case QXmlStreamReader::EndElement:
            builder.close();
            break;
        case QXmlStreamReader::Characters:
            if (!reader.isWhitespace())
                builder.text();
            break;
        default:
            break;
        }
    }
    if (reader.hasError())
        return fmt::format("the XML is not well formed at line {}: {}", reader.lineNumber(),
                           reader.errorString().toStdString());
    XmlElement root = builder.root();
    if (declared)
        root.children["?xml"].emplace_back();
    const std::string missing = missing_paths(root, required);
    return missing.empty() ? std::string() : "the XML lacks " + missing;
}

}
