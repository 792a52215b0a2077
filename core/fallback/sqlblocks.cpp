#include "core/base/text.h"
#include "core/fallback/sqlreader.h"

#include <algorithm>

namespace leeway::fallback {

std::vector<std::string> sql_blocks(std::string_view text)
{
    std::vector<std::string> blocks;
    std::string body;
    char fence = 0;
    std::size_t length = 0;
    bool wanted = false;
    while (!text.empty()) {
        const auto end = text.find_first_of("\r\n");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos
                               ? text.size()
                               : end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
        const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
        const std::string_view content = line.substr(indent);
        const std::size_t run =
            content.empty() ? 0 : std::min(content.find_first_not_of(content.front()), content.size());
        const bool marker = indent <= 3 && run >= 3 && (content.front() == '`' || content.front() == '~');
        const std::string_view behind = marker ? base::trimmed(content.substr(run)) : content;
        if (fence == 0) {
            if (marker) {
                fence = content.front();
                length = run;
                wanted = behind.empty() || base::lowered(behind) == "sql";
                body.clear();
            }
        } else if (marker && content.front() == fence && run >= length && behind.empty()) {
            if (wanted)
                blocks.emplace_back(base::trimmed(body));
            fence = 0;
        } else {
            body += std::string(body.empty() ? "" : "\n") + std::string(line);
        }
    }
    return blocks;
}

}
