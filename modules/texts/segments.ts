import { SegmentedMessage } from 'sms-segments-calculator';

export type Segments = {
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  /** As people count them: a flag is one. */
  characters: number;
  /** What makes it UCS-2, each once: one such character more than halves what a segment holds. */
  nonGsm: string[];
};

/** Letters that take one septet each wherever they stand: most texts have no others, and the library looks at each for 0.4 ms. */
const plainText = /^[A-Za-z0-9 \n@$_!"#%&'()*+,\-./:;<=>?]*$/;

/**
 * How many segments a text takes, and why (3GPP TS 23.040 and 23.038: 160 septets alone, 153 in each of several; 70 and 67
 * in UCS-2). A library of 40 kB: loaded lazily in a browser.
 * @param body as it will be sent
 */
export function segmentsOf(body: string): Segments {
  if (body !== '' && plainText.test(body)) {
    const { length } = body;
    const segments = length <= 160 ? 1 : Math.ceil(length / 153);
    return { segments, encoding: 'GSM-7', characters: length, nonGsm: [] };
  }
  const message = new SegmentedMessage(body, 'auto');
  return {
    segments: message.segmentsCount,
    encoding: message.encodingName,
    characters: message.numberOfCharacters,
    nonGsm: [...new Set(message.getNonGsmCharacters())],
  };
}
