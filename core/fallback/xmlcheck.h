#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// Why `text` as a whole is not a well-formed XML 1.0 document with namespaces, or lacks one of the required
/// elements; empty when it is all right. A path goes from the root: "order.line.0.sku", "order.@_id" for an
/// attribute. A document type with an internal subset is refused.
std::string xml_fault(std::string_view text, const std::vector<std::string>& required);

/// The same for any element, or row of sibling elements, that stands in `text`. Elements need only be closed
/// by their own name, as promptfoo reads them.
std::string embedded_xml_fault(std::string_view text, const std::vector<std::string>& required);

}
