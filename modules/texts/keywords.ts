/**
 * What somebody means who writes to one of our numbers, where it must be obeyed: the keywords of Twilio and the CTIA, and plain
 * words. Pure.
 */

/** @see https://help.twilio.com/articles/223134027 "Twilio support for opt-out keywords" */
const stopWords = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);
const startWords = new Set(['start', 'unstop']);
const helpWords = new Set(['help', 'info']);

export type Keyword = 'stop' | 'start' | 'help';

/** Letters alone, in lower case, with one blank where anything else stood; an apostrophe joins: "don't" is "dont". */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’'‘`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The keyword that a text is, in any case and with punctuation and blanks around it; null where it is more than one, or none.
 * `stop` where plain words ask for it as well.
 * @param isOptedOut whether the number has opted out by a keyword: YES is consent then, and an answer to a question else
 */
export function keywordOf(text: string, isOptedOut: boolean): Keyword | null {
  const words = plain(text);
  const joined = words.replaceAll(' ', '');
  // "STOP ALL", "OPT-OUT", and "STOP." twice
  if (stopWords.has(joined) || /^(stop )+(please|now|it|this)$|^(please )?stop( stop)*$/.test(words))
    return 'stop';
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
  '(?:do not|dont|never|please do not|please dont|no need to|must not|should not|shouldnt|cannot|can not|may not)';
const number =
  '(?:me|us|my (?:phone |cell |mobile )?number|this (?:phone |cell |mobile )?number|my (?:name|phone|cell|info|information|contact|details)|number|her|him|them)';
const list =
  '(?:list|lists|database|contacts|contact list|calling list|call list|mailing list|text list|texting list|records|system|rotation|distribution)';

/** Asks that nothing more be sent. Each is matched against `plain` text, between words. */
const asks = [
  // stop texting me; please stop messaging this number; quit sending me these
  `(?:stop|quit|cease|end|discontinue|refrain from) (?:with )?(?:all |the |these |those |your |any |sending |of )*${reach}`,
  // don't contact me again, do not text this number
  `${not} (?:ever |you |to |please |try to |keep )*${write} (?:to )?${number}`,
  `${not} (?:ever |please )*${write} (?:here |back )?(?:again|anymore|any more|ever again)`,
  `${not} (?:ever )?send (?:me |us )?(?:any ?more|any further|more|further|any|another|these|this)\\b`,
  `${not} want (?:to )?(?:any |any more |more |further |your |these |get |receive |be |anymore )*(?:${sent}|contacted|texted|messaged|called)`,
  `${not} wish to (?:get|receive|be) (?:any |any more |more |further |your |these )*(?:${sent}|contacted|texted|messaged|called)`,
  // take me off your list; remove my number
  `(?:take|get|drop|pull|scratch|strike|cross) ${number} (?:off|out)`,
  `(?:take|get|drop|pull|scratch|strike|cross) (?:off|out) ${number}`,
  `(?:remove|delete|erase|unlist) ${number}`,
  `remove from (?:your |the |this |all |any )*${list}`,
  `(?:unsubscribe|unsub|opt) (?:me|us|out|this number|my number|from)`,
  `(?:want|wish|like|need) to (?:be (?:removed|taken off)|opt out|unsubscribe)`,
  // no more texts; leave me alone; lose my number
  `no (?:more|further|additional) ${sent}`,
  `(?:leave|let) (?:me|us|my family) (?:alone|be)\\b`,
  `(?:lose|forget|block) (?:my|this) number`,
  `(?:put|place|add) (?:me|us|this number|my number|number) (?:on|to) (?:your |the |a )*(?:do not|dont|no) (?:call|contact|text)`,
  `not interested (?:please )?(?:stop|remove|take me|unsubscribe|dont|do not)`,
  `(?:please|pls|plz) (?:stop|unsubscribe|remove me)$`,
  `^(?:stop|unsubscribe|remove me|enough|go away) ?(?:please|pls|plz|now|already|me)?$`,
  `(?:i said|told you|asked you) (?:to )?stop`,
  `i (?:hereby )?(?:revoke|withdraw) (?:my |all |any )*consent`,
  `(?:never|dont|do not) consent(?:ed)? to (?:be |these |your |get |receive )*(?:${sent}|texted|contacted)`,
].map((source) => new RegExp(`(?:^|\\s)${source}(?=\\s|$)`.replace('(?:^|\\s)^', '^')));

/** Says the opposite in the same words. */
const denials = [
  /(?:^|\s)(?:dont|do not|never|wont|will not|didnt|did not|cant|cannot|no need to) (?:ever |please )?(?:stop|quit|unsubscribe|remove|delete|take|leave|block|lose|forget)(?=\s|$)/,
  /(?:^|\s)(?:did|do|does|have|has|had|why|when|how|can|could|would|should|will) (?:you |i |he |she |they |we |it |the owner |my agent )+(?:ever )?(?:stop|stopped|quit|remove|removed|delete|deleted|take|took|leave|get|block) /,
];

/**
 * Whether plain words ask that no more texts be sent. A called party may revoke consent by any reasonable means, in any words
 * that clearly say so (47 CFR 64.1200(a)(10)). "We stop by on Monday" and "don't stop" do not.
 * @param text what somebody wrote
 */
export function asksToStop(text: string): boolean {
  const said = plain(text);
  if (said.length === 0 || said.length > 2000) return false;
  return asks.some((ask) => ask.test(said)) && !denials.some((denial) => denial.test(said));
}
