#pragma once

#include <QString>
#include <optional>

namespace leeway::ui {

/// The files that the sample project is made of.
struct Sample
{
    QString contract;
    QString usage;
    QString prices;
    QString scenarios;

    /// Looks in $LEEWAY_SAMPLES_DIR, in samples/ and resources/samples/ of the data folder, and where the
    /// build put the files that it makes. None unless all four are there.
    static std::optional<Sample> find();
};

}
