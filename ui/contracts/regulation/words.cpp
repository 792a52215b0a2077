#include "ui/contracts/regulation/words.h"

#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <QStringList>
#include <array>

namespace leeway::ui {
namespace {

using clauses::Status;

constexpr std::array statuses{Status::Covered,       Status::Weaker,     Status::Absent,
                              Status::NotApplicable, Status::Unanswered, Status::NotYetInForce};

QString tr(const char* text)
{
    return QCoreApplication::translate("Regulation", text);
}

}

QString statusWord(Status status)
{
    return capitalised(str(clauses::to_string(status)));
}

QString statusIcon(Status status)
{
    switch (status) {
    case Status::Covered:
        return u"met"_s;
    case Status::Weaker:
        return u"partial"_s;
    case Status::Absent:
        return u"adverse"_s;
    case Status::NotApplicable:
        return u"remove"_s;
    case Status::Unanswered:
        return u"help"_s;
    case Status::NotYetInForce:
        return u"calendar"_s;
    }
    return {};
}

const char* statusColor(Status status)
{
    switch (status) {
    case Status::Covered:
        return "met";
    case Status::Weaker:
        return "partial";
    case Status::Absent:
        return "adverse";
    case Status::Unanswered:
        return "missing";
    case Status::NotApplicable:
    case Status::NotYetInForce:
        break;
    }
    return "muted";
}

QString countsText(const clauses::Assessment& assessment)
{
    QStringList parts;
    for (const Status status : statuses) {
        if (const auto count = assessment.count(status); count > 0)
            parts << u"%1 %2"_s.arg(count).arg(str(clauses::to_string(status)));
    }
    return parts.join(u" · "_s);
}

QString startText(const clauses::Requirement& requirement, const clauses::Assessment& assessment)
{
    const auto start = requirement.start(assessment.answers);
    if (!start)
        return u"—"_s;
    return (*start <= assessment.day ? tr("since %1") : tr("from %1")).arg(shortDate(*start));
}

QString answerWord(const std::string& answer)
{
    return answer == "yes" || answer == "no" ? capitalised(str(answer)) : str(answer);
}

}
