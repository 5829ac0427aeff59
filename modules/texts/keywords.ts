/**
 * What somebody means who writes to one of our numbers, where it must be obeyed: the keywords of Twilio and the CTIA, and plain
 * words. Pure.
 */

/** @see https://help.twilio.com/articles/223134027 "Twilio support for opt-out keywords"; their like in Spanish and French */
const stopWords = new Set(
  'stop stopp stopall stoptext stoptexts stopit unsubscribe unsub cancel end quit quitit revoke optout remove delete alto parar pare basta cancelar arret'.split(
    ' ',
  ),
);
const startWords = new Set(['start', 'unstop']);
const helpWords = new Set(['help', 'info']);

export type Keyword = 'stop' | 'start' | 'help';

/** Letters alone, in lower case and without accents, with one blank where anything else stood; an apostrophe joins: "don't" is "dont". */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[’'‘`´\p{M}]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The keyword that a text is, in any case and with punctuation and blanks around it; null where it is more than one, or none.
 * `stop` where plain words ask for it as well.
 * @param isOptedOut whether the number has opted out by a keyword: YES is consent then, and an answer to a question else
 */
export function keywordOf(text: string, isOptedOut: boolean): Keyword | null {
  // "STOP ALL", "OPT-OUT", "S T O P"
  const joined = plain(text).replaceAll(' ', '');
  if (stopWords.has(joined)) return 'stop';
  if (startWords.has(joined) || (isOptedOut && joined === 'yes')) return 'start';
  if (helpWords.has(joined)) return 'help';
  return asksToStop(text) ? 'stop' : null;
}

const reach =
  '(?:text|texts|texting|txt|txts|txting|sms|message|messages|messaging|msg|msgs|contact|contacting|write|writing|call|calling|email|emailing|mail|mailing|bother|bothering|harass|harassing|spam|spamming|solicit|soliciting|send|sending|hit|hitting|reach|reaching|bug|bugging|pester|pestering)';
/** Who asks for no calls or mails may well want to be texted. */
const write =
  '(?:text|texts|texting|txt|txts|txting|sms|message|messages|messaging|msg|msgs|contact|contacting|write|writing|bother|bothering|harass|spam|solicit|reach|bug|pester)';
const sent =
  '(?:text|texts|txt|txts|sms|message|messages|msg|msgs|contact|spam|communication|communications|solicitation|solicitations)';
const not =
  '(?:do not|dont|never|please do not|please dont|must not|should not|shouldnt|cannot|can not|may not)';
const number =
  '(?:me|us|my (?:phone |cell |mobile )?number|this (?:phone |cell |mobile )?number|my (?:name|phone|cell|info|information|contact|details)|number|her|him|them)';
const list =
  '(?:list|lists|database|contacts|contact list|calling list|call list|mailing list|text list|texting list|records|system|rotation|distribution)';
const please = '(?:please|pls|plz|thanks|thank you|thx|now|already|asap|immediately|it|this|me|ok|stop)';

/** Asks that nothing more be sent. Each is matched against the `plain` text, between words. */
const asks = [
  // stop texting me; please stop messaging this number; quit sending me these
  `(?:stop|quit|cease|end|discontinue|refrain from) (?:with )?(?:all |the |these |those |your |any |sending |of )*${reach}`,
  `cancel (?:all |the |these |those |your |any |my )*(?:text |sms )?(?:texts|txts|messages|msgs)`,
  // don't contact me again, do not text this number
  `${not} (?:ever |you |to |please |try to |keep )*${write} (?:to )?${number}`,
  `${not} (?:ever |please )*${write} (?:here |back )?(?:again|anymore|any more|ever again)`,
  `${not} (?:ever )?send (?:me |us )?(?:any ?more|any further|more|further|any|another|these|this)\\b`,
  `${not} want (?:to )?(?:any |any more |more |further |your |these |get |receive |be |anymore )*(?:${sent}|contacted|texted|messaged|called)`,
  `${not} wish to (?:get|receive|be) (?:any |any more |more |further |your |these )*(?:${sent}|contacted|texted|messaged|called)`,
  `(?:report|reporting|sue|police|fcc|ftc|legal action)(?: \\w+){0,6} if you (?:ever |keep )?${write}`,
  // take me off your list; remove my number
  `(?:take|get|drop|pull|scratch|strike|cross) ${number} (?:off|out)(?: ${please})*$`,
  `(?:take|get|drop|pull|scratch|strike|cross) ${number} (?:off|out)(?: of)? (?:all|any|ur|your|this|that|these|the)(?! (?:mortgage|lease|deed|deal|loan|title|contract|market|table|hook)(?:\\s|$))`,
  `(?:take|get|drop|pull|scratch|strike|cross) (?:off|out) (?:${number}|(?:of )?(?:your |the |this |all |any )*${list})`,
  `(?:remove|delete|erase|unlist) ${number}`,
  `remove from (?:your |the |this |all |any )*${list}`,
  `(?:unsubscribe|unsub) (?:me|us|this number|my number|from)`,
  `opt (?:me |us |this number |my number )?out(?! of (?!all|any|this|these|your|receiving|getting|text|sms|messag))`,
  `(?:want|wish|like|need) to (?:be (?:removed|taken off)|unsubscribe)`,
  `how (?:do|can|could|would) (?:i|we) (?:unsubscribe|get (?:removed|off (?:your |the |this )*${list}))`,
  // no more texts; leave me alone; lose my number
  `no (?:more|further|additional) ${sent}`,
  `leave (?:me|us|my family) (?:alone|be)\\b`,
  `let (?:me|us) (?:alone|be)$`,
  `(?:lose|forget|block) (?:my|this) number`,
  `(?:put|place|add) (?:me|us|this number|my number|number) (?:on|to) (?:your |the |a )*(?:do not|dont|no) (?:call|contact|text)`,
  `not interested (?:please )?(?:stop|remove|take me|unsubscribe|dont|do not)`,
  `(?:please|pls|plz) (?:stop|unsubscribe|remove me)$`,
  `(?:i said|told you|asked you) (?:to )?stop`,
  `(?:texted|replied|typed|sent you) stop`,
  `^stop (?:wrong number|not interested|no thanks|i am not|im not|i dont|i do not|i sold|we sold|you have)`,
  `(?:revoke|withdraw) (?:my |all |any )*consent`,
  `(?:never|dont|do not) (?:give |have |gave )?(?:my |you )*(?:consent(?:ed)?|permission)(?: to (?:be |these |your |get |receive )*(?:${sent}|texted|contacted)|$)`,
  `you (?:dont|do not|never had|never got) (?:have )?my (?:consent|permission)`,
  `cease and desist`,
  `no me (?:escrib|mand|envi|text|contact|molest)\\w+ (?:mas|nunca)`,
  `no mas (?:mensajes|textos|sms)`,
].map((source) => new RegExp(`(?:^|\\s)${source}(?=\\s|$)`.replace('(?:^|\\s)^', '^')));

/** What asks for it as a sentence of its own: "Stop. I sold it years ago", "No, stop", "Do not contact". */
const sentences = [
  `(?:ok |okay |no |yes |hey |just |please |pls |plz |stop )*(?:stop|unsubscribe|unsub|remove me|enough|go away|get lost|fuck off|no more|quit)(?: ${please})*`,
  `(?:please |pls |plz )+(?:remove|delete|unsub|cease)`,
  `(?:please |pls |plz )?(?:do not|dont|never) (?:text|contact|message|solicit|disturb)(?: ${please}| again)*`,
  `(?:please )?no (?:solicitation|solicitations|soliciting|solicitors)(?: ${please})*`,
  `this is (?:harassment|spam) (?:please )?stop`,
].map((source) => new RegExp(`^${source}$`));

/** Says the opposite in the same words. */
const denials = [
  /(?:^|\s)(?:dont|do not|never|wont|will not|didnt|did not|cant|cannot|no need to) (?:ever |please )?(?:stop|quit|unsubscribe|remove|delete|take|leave|block|lose|forget)(?=\s|$)/,
  // asked of what was; "can you stop texting me" asks for it
  /(?:^|\s)(?:did|have|has|had|should|shall) (?:you |i |he |she |they |we |it |the owner |my agent )+(?:ever )?(?:stop|stopped|quit|remove|removed|delete|deleted|take|took|leave|get|block) /,
  // what another machine writes
  /(?:^|\s)you (?:are|were|have been|have) (?:now |successfully |been )*(?:unsubscribed|opted out|removed)(?=\s|$)/,
];
/** A hint how to opt out of their texts, not ours. */
const hint =
  /(?:reply|text|txt|send|respond|type) (?:with )?(?:stop|stopall|quit|end|cancel|unsubscribe|start) (?:to|2|for) (?:opt ?out|unsubscribe|stop|end|cancel|quit)/g;

/**
 * Whether plain words ask that no more texts be sent. A called party may revoke consent by any reasonable means, in any words
 * that clearly say so (47 CFR 64.1200(a)(10)). "We stop by on Monday" and "don't stop" do not.
 * @param text what somebody wrote
 */
export function asksToStop(text: string): boolean {
  const said = plain(text).replace(hint, '').trim();
  if (said.length > 2000) return false;
  if (said === '') return text.includes('🛑');
  // the keyword, and then more: "STOP wrong person"; not in a text that shouts
  if (/^\W*STOP\s+(?!(?:by|in|at|on|over|off|sign|light|the|to|2)\b)/.test(text) && /\p{Ll}/u.test(text))
    return true;
  const isAsked =
    asks.some((ask) => ask.test(said)) ||
    text.split(/[.!?,;:\n\r–—…]+|\s-\s/).some((part) => sentences.some((one) => one.test(plain(part))));
  return isAsked && !denials.some((denial) => denial.test(said));
}
