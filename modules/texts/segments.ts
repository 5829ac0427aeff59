import { SegmentedMessage } from 'sms-segments-calculator';

export type Segments = {
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  /** As people count them: a flag is one. */
  characters: number;
  /** What makes it UCS-2, each once: one such character more than halves what a segment holds. */
  nonGsm: string[];
};

/**
 * How many segments a text takes, and why (3GPP TS 23.040 and 23.038: 160 septets alone, 153 in each of several; 70 and 67
 * in UCS-2). A library of 40 kB: loaded lazily in a browser.
 * @param body as it will be sent
 */
export function segmentsOf(body: string): Segments {
  const message = new SegmentedMessage(body, 'auto');
  return {
    segments: message.segmentsCount,
    encoding: message.encodingName,
    characters: message.numberOfCharacters,
    nonGsm: [...new Set(message.getNonGsmCharacters())],
  };
}
