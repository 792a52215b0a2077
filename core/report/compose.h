#pragma once

#include "core/base/result.h"
#include "core/report/model.h"
#include "core/report/paper.h"

#include <string>
#include <vector>

namespace leeway::report {

struct Composed
{
    std::string pdf;
    int pages = 0;
    std::vector<Bookmark> bookmarks;
    std::vector<Placed> cells; // of all tables, and columns of text
};

/// The printed report in memory. Needs a QGuiApplication.
base::Result<Composed> compose(const Model& model);

}
