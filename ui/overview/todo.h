#pragma once

#include "core/clauses/pack.h"
#include "core/project/values.h"
#include "core/report/model.h"

#include <QString>
#include <vector>

namespace leeway::ui {

/// A next step, with the place in the window where it is done.
struct Todo
{
    QString text;
    QString aside;            // "about 6 minutes"
    QString page;             // as Workspace::goTo takes it
    QString detail;           // likewise
    project::Id contract = 0; // to select before; 0: none
};

/// The next steps of a project, first first.
std::vector<Todo> todo(const report::Model& model, const project::Snapshot& snapshot);

}
