#pragma once

#include "core/usage/formats/format.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

namespace leeway::usage {

/// Pages of sums, as the usage and cost APIs of vendors answer: {"data": [{start, end, "results": [{…}]}]}.
/// Single buckets, single results and tables of results are read too. `read` gets the bucket and one of its
/// results, which may be the same.
void for_each_result(Record& record, const std::function<void(Record& bucket, Record& result)>& read);

/// Whether the first result of a page, or the record itself, has one of these values.
bool first_result_has(Record& record, Record::Paths paths);

/// An id for a sum, made of its period and of all that it is grouped by, so that the same sum counts once.
std::string sum_id(std::string_view source, Record& bucket, Record& result,
                   std::initializer_list<std::string_view> grouped_by);

}
