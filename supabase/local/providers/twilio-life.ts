/**
 * The demo's owners behind their phones: some pick up, some let it ring, some have a machine answer; texts are delivered,
 * some are answered, one in fifty asks for no more. What a number does is decided by the number alone, so that a demo begun
 * anew lives the same life.
 */
import { chance } from './sparkpost-life';
import type { TwilioCalls } from './twilio-calls';
import { isOver } from './twilio-calls';
import type { EmulatedCall, EmulatedText } from './twilio-store';

/** Shares of all numbers that are called, in the order they are drawn; the others pick up. */
const CALLS = { busy: 0.08, noAnswer: 0.22, voicemail: 0.25 };
/** Shares of all numbers that are texted. */
const TEXTS = { undelivered: 0.04, stop: 0.02, answer: 0.3 };

const answers = [
  'Who is this?',
  'Yes, that one is mine. What are you offering?',
  'Call me tomorrow after 10, please.',
  'Not for sale right now, maybe next year.',
  'You want my brother, he looks after the building.',
];

/** Things that happen later, until the emulator stops. */
class Later {
  private timers = new Set<NodeJS.Timeout>();
  constructor(private readonly log: (line: string) => void) {}

  do(afterMs: number, act: () => Promise<unknown>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act().catch((error: unknown) => this.log(`twilio: ${String(error)}`));
    }, afterMs);
    timer.unref();
    this.timers.add(timer);
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}

/**
 * People behind the numbers, for as long as the emulator runs.
 * @param options.tell has a text reach a state, and the app told of it
 * @param options.write has a text come from somebody to one of ours
 */
export function livingPhones(options: {
  tell: (text: EmulatedText, status: string, errorCode?: number) => Promise<unknown>;
  write: (from: string, to: string, body: string) => Promise<unknown>;
  log: (line: string) => void;
}) {
  const later = new Later(options.log);

  /** What an owner does with a call, with how long they talk. */
  const ownerRings = (network: TwilioCalls, call: EmulatedCall): void => {
    const drawn = chance(`call ${call.to}`);
    const pace = 0.5 + chance(`pace ${call.to}`);
    const hangUp = (afterMs: number) => later.do(afterMs, () => network.end(call));
    if (drawn < CALLS.busy) {
      later.do(2_000 * pace, () => network.end(call, 'busy'));
      return;
    }
    if (drawn < CALLS.busy + CALLS.noAnswer) {
      later.do(15_000 * pace, () => network.end(call, 'no-answer'));
      return;
    }
    later.do(5_000 * pace, async () => {
      if (isOver(call)) return;
      await network.answer(call);
      const isMachine = drawn < CALLS.busy + CALLS.noAnswer + CALLS.voicemail;
      hangUp((isMachine ? 25_000 : 60_000) * pace);
    });
  };

  return {
    /** A phone rings. */
    rings(network: TwilioCalls, call: EmulatedCall): void {
      // whoever asked for the call waits beside their phone
      if (call.parentSid === null) later.do(1_500, () => network.answer(call));
      else ownerRings(network, call);
    },

    /** A text has been taken. */
    texted(text: EmulatedText): void {
      const drawn = chance(`text ${text.to}`);
      const pace = 0.5 + chance(`pace ${text.to}`);
      later.do(500, () => options.tell(text, 'sent'));
      if (drawn < TEXTS.undelivered) {
        later.do(3_000 * pace, () => options.tell(text, 'undelivered', 30003));
        return;
      }
      later.do(2_000 * pace, () => options.tell(text, 'delivered'));
      const says = drawn - TEXTS.undelivered;
      if (says < TEXTS.stop) later.do(20_000 * pace, () => options.write(text.to, text.from, 'STOP'));
      else if (says < TEXTS.stop + TEXTS.answer) {
        const body = answers[Math.floor(chance(`words ${text.to}`) * answers.length)] ?? 'OK';
        later.do(30_000 * pace, () => options.write(text.to, text.from, body));
      }
    },

    stop: () => later.stop(),
  };
}
