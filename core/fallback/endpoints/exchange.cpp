#include "core/fallback/endpoints/exchange.h"

#include "core/fallback/endpoints/http.h"
#include "core/fallback/endpoints/overflow.h"
#include "core/fallback/endpoints/protocol.h"
#include "core/fallback/endpoints/trouble.h"

#include <QRandomGenerator>
#include <algorithm>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr qint64 piece = 1 << 16;
constexpr std::size_t most_complaint = 16 << 10;

double in_ms(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

std::optional<std::chrono::milliseconds> asked_pause(const QNetworkReply& reply)
{
    if (!reply.hasRawHeader("Retry-After"))
        return std::nullopt;
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return parse_retry_after(reply.rawHeader("Retry-After").toStdString(), now);
}

}

Exchange::Exchange(Line& line, const Question& question, Ended ended)
    : m_line(line),
      m_body(QByteArray::fromStdString(protocol_of(line.endpoint.kind).body_of(line.endpoint, question))),
      m_prompt_bytes(prompt_bytes(question)),
      m_max_tokens(question.sampling.max_tokens),
      m_ended(std::move(ended))
{
    for (const std::string& parameter : line.refused) {
        if (const auto body = without_parameter(m_body.toStdString(), parameter))
            m_body = QByteArray::fromStdString(*body);
    }
    for (QTimer* timer : {&m_watch, &m_total}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::CoarseTimer);
    }
    connect(&m_watch, &QTimer::timeout, this, &Exchange::run_out);
    connect(&m_total, &QTimer::timeout, this, [this] {
        conclude(Trouble::OutOfTime, {}, std::chrono::duration<double>(m_line.limits.total).count());
    });
}

Exchange::~Exchange()
{
    drop(m_reply, *this);
}

void Exchange::start(QNetworkAccessManager& network)
{
    m_network = &network;
    attempt();
}

void Exchange::attempt()
{
    ++m_attempts;
    m_listener.reset();
    m_complaint.clear();
    m_taken = 0;
    m_first.reset();
    m_total.start(m_line.limits.total);
    watch(m_line.limits.first_token, Trouble::NoFirstToken);
    m_asked = Clock::now();
    m_reply = m_network->post(m_line.request, m_body);
    m_reply->setReadBufferSize(piece * 4); // an endless answer waits at the sender
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::read);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::finished);
}

void Exchange::watch(std::chrono::milliseconds limit, Trouble trouble)
{
    m_watched_for = trouble;
    m_watched_limit = limit;
    m_watch.start(limit);
}

void Exchange::run_out()
{
    if (m_watched_for == Trouble::None)
        attempt(); // the pause before it is over
    else
        conclude(m_watched_for, {}, std::chrono::duration<double>(m_watched_limit).count());
}

void Exchange::read()
{
    while (m_reply != nullptr && m_reply->bytesAvailable() > 0)
        listen(m_reply->read(piece));
}

void Exchange::listen(const QByteArray& bytes)
{
    const auto now = Clock::now();
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (const int status = status_of(*m_reply); status < 200 || status > 299) {
        m_complaint += view.substr(0, most_complaint - std::min(most_complaint, m_complaint.size()));
        return;
    }
    m_taken += view.size();
    if (m_taken > m_line.limits.most_bytes) {
        conclude(Trouble::TooLarge);
        return;
    }
    if (!m_listener)
        m_listener =
            protocol_of(m_line.endpoint.kind)
                .listener(m_reply->header(QNetworkRequest::ContentTypeHeader).toString().toStdString(),
                          m_line.limits.most_bytes);
    m_listener->take(view);
    if (!m_first && m_listener->heard().begun)
        m_first = now;
    m_last = now;
    if (m_first)
        watch(m_line.limits.stall, Trouble::Stalled);
    if (const Heard& heard = m_listener->heard(); heard.trouble != Trouble::None)
        conclude(heard.trouble, heard.code);
}

Trouble Exchange::verdict(std::string& code)
{
    Trouble trouble = trouble_of(*m_reply);
    if (m_listener && m_listener->heard().ended && trouble == Trouble::Reset)
        trouble = Trouble::None; // it was all there
    if (trouble != Trouble::None) {
        Refusal refusal = refusal_from(m_complaint);
        code = std::move(refusal.code);
        m_refused = trouble == Trouble::BadRequest ? std::move(refusal.parameter) : std::string();
        m_moved_to = redirect_of(*m_reply);
        const bool about_content = trouble == Trouble::BadRequest || trouble == Trouble::ServerFault;
        return refusal.context_full && about_content ? Trouble::ContextOverflow : trouble;
    }
    if (!m_listener)
        return Trouble::BrokenStream;
    m_listener->finish();
    const Heard& heard = m_listener->heard();
    code = heard.code;
    if (heard.trouble != Trouble::None)
        return heard.trouble;
    const int asked = m_line.endpoint.kind == EndpointKind::Ollama ? m_line.endpoint.context : 0;
    if (was_truncated(m_prompt_bytes, heard.tokens.prompt, asked))
        return Trouble::Truncated;
    if (heard.answer.finish_reason == "length" && was_cut_by_context(heard.tokens, m_max_tokens))
        return Trouble::ContextOverflow;
    const bool nothing =
        heard.answer.text.empty() && !heard.answer.calls && heard.answer.finish_reason.empty();
    return nothing ? Trouble::NoAnswer : Trouble::None;
}

void Exchange::finished()
{
    read();
    if (m_reply == nullptr)
        return;
    std::string code;
    const Trouble trouble = verdict(code);
    if (!m_first && m_listener && m_listener->heard().begun)
        m_first = m_last;
    if (trouble != Trouble::BadRequest || !leave_out_refused())
        conclude(trouble, code);
}

// Asks again in the server's own way, which does not count as an attempt.
bool Exchange::leave_out_refused()
{
    if (m_line.endpoint.kind != EndpointKind::OpenAi || m_refused.empty())
        return false;
    const auto body = without_parameter(m_body.toStdString(), m_refused);
    if (!body)
        return false;
    m_body = QByteArray::fromStdString(*body);
    if (std::ranges::find(m_line.refused, m_refused) == m_line.refused.end())
        m_line.refused.push_back(m_refused);
    drop(m_reply, *this);
    --m_attempts;
    attempt();
    return true;
}

void Exchange::conclude(Trouble trouble, const std::string& code, double seconds)
{
    m_total.stop();
    m_watch.stop();
    const auto asked = m_reply != nullptr ? asked_pause(*m_reply) : std::nullopt;
    if (const auto pause = pause_before_retry(
            trouble, m_attempts, asked, QRandomGenerator::global()->generateDouble(), m_line.limits.retry)) {
        drop(m_reply, *this);
        watch(*pause, Trouble::None);
        return;
    }
    Reply reply = measured();
    reply.trouble = trouble;
    TroubleFacts facts{m_line.server, m_reply != nullptr ? status_of(*m_reply) : 0, code, m_moved_to, seconds,
                       m_attempts};
    reply.why = sentence_for(trouble, facts);
    drop(m_reply, *this);
    end(std::move(reply));
}

Reply Exchange::measured() const
{
    Reply reply;
    reply.attempts = m_attempts;
    const auto now = Clock::now();
    reply.total_ms = m_attempts > 0 ? since_start(m_first && m_last > m_asked ? m_last : now) : 0;
    if (!m_listener)
        return reply;
    const Heard& heard = m_listener->heard();
    reply.answer = heard.answer;
    reply.tokens = heard.tokens;
    reply.model = heard.model;
    reply.fingerprint = heard.fingerprint;
    reply.tokens_per_second = heard.tokens_per_second;
    if (m_first) {
        reply.first_token_ms = since_start(*m_first);
        constexpr double shortest = 10; // below, the pieces came together
        const double spoken = in_ms(m_last - *m_first);
        if (!reply.tokens_per_second && heard.tokens.completion.value_or(0) > 1 && spoken >= shortest)
            reply.tokens_per_second = static_cast<double>(*heard.tokens.completion - 1) * 1000 / spoken;
    }
    reply.answer.latency_ms = reply.total_ms;
    return reply;
}

double Exchange::since_start(Clock::time_point time) const
{
    return in_ms(time - m_asked);
}

void Exchange::cancel()
{
    conclude(Trouble::Cancelled);
}

void Exchange::end(Reply reply)
{
    // Often called from a signal of the reply or a timer of this object, so the rest comes later.
    QMetaObject::invokeMethod(
        this, [this, reply = std::move(reply)]() mutable { m_ended(this, std::move(reply)); },
        Qt::QueuedConnection);
}

}
