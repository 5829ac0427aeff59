/**
 * An answer that tells Twilio what to do next.
 * @param twiml what the package's `VoiceResponse` or `MessagingResponse` writes; left out: nothing is to be done
 * @see https://www.twilio.com/docs/voice/twiml
 */
export function twimlReply(twiml?: { toString(): string }): Response {
  const text = twiml?.toString() ?? '<?xml version="1.0" encoding="UTF-8"?><Response/>';
  return new Response(text, { headers: { 'content-type': 'text/xml; charset=utf-8' } });
}
