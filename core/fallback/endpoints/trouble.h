#pragma once

#include "core/fallback/endpoints/reply.h"

#include <string>

namespace leeway::fallback {

/// What is known about a trouble besides its kind. Nothing of it may come from key, prompt or free text of
/// the server.
struct TroubleFacts
{
    std::string server;   // as the user knows it
    int status = 0;       // of HTTP; 0: there was none
    std::string code;     // the server's own word for the fault, made of letters and digits; may be empty
    std::string moved_to; // host of a redirect
    double seconds = 0;   // of the time limit that passed
    int attempts = 1;
};

/// What is wrong and what to do, in a sentence or two.
std::string sentence_for(Trouble trouble, const TroubleFacts& facts);

}
