#include "core/usage/formats/pages.h"

#include "core/usage/digest.h"

#include <utility>

namespace leeway::usage {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

// Calls `visit` for the elements of the array `name`; for `from` itself when there is none.
void for_each_in(const element& from, std::string_view name, const std::function<void(const element&)>& visit)
{
    const auto found = element_at(from, name);
    array inside;
    if (!found || found->get(inside) != simdjson::SUCCESS)
        return visit(from);
    for (const element each : inside)
        visit(each);
}

}

void for_each_result(Record& record, const std::function<void(Record& bucket, Record& result)>& read)
{
    if (!record.root())
        return read(record, record);
    Record bucket;
    Record result;
    for_each_in(*record.root(), "data", [&](const element& in_data) {
        bucket.set(in_data);
        for_each_in(in_data, "results", [&](const element& in_results) {
            if (result.set(in_results))
                read(bucket, result);
        });
    });
}

bool first_result_has(Record& record, Record::Paths paths)
{
    bool first = true;
    bool has = false;
    for_each_result(record, [&](Record&, Record& result) {
        if (std::exchange(first, false))
            has = result.has(paths);
    });
    return has;
}

std::string sum_id(std::string_view source, Record& bucket, Record& result,
                   std::initializer_list<std::string_view> grouped_by)
{
    std::string id(source);
    for (const std::string_view path : {"start_time", "end_time", "starting_at", "ending_at"})
        id.append("|").append(bucket.text({path}));
    for (const std::string_view path : grouped_by)
        id.append("|").append(result.text({path}));
    return to_string(digest_of(id));
}

}
