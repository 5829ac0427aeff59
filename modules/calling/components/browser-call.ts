/** A call by this browser's own microphone and loudspeaker, through the provider's Voice SDK. Fetched with the first such call. */
import { Call, Device } from '@twilio/voice-sdk';
import { api } from '@/lib/api-client';

/** What `POST /api/calling/token` answers. */
type BrowserToken = { token: string; identity: string; expires_at: string };

const freshToken = async () => (await api<BrowserToken>('POST', '/api/calling/token')).token;

let device: Device | null = null;

async function ownDevice(): Promise<Device> {
  if (device) return device;
  const made = new Device(await freshToken(), {
    codecPreferences: [Call.Codec.Opus, Call.Codec.PCMU],
    closeProtection: true,
  });
  made.on('tokenWillExpire', () => void freshToken().then((token) => made.updateToken(token)));
  device = made;
  return made;
}

/**
 * Puts this browser on a call that the server has allowed.
 * @param callId the call, which the provider asks us about
 * @param onEnd when the line is gone, with why where it broke
 * @returns ends it
 * @throws {Error} where there is no microphone, or the provider can't be reached
 */
export async function joinCall(callId: string, onEnd: (problem: string | null) => void): Promise<() => void> {
  // before the provider rings anybody: a browser without a microphone has nothing to say
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of sound.getTracks()) track.stop();
  const call = await (await ownDevice()).connect({ params: { call: callId } });
  call.on('disconnect', () => onEnd(null));
  call.on('cancel', () => onEnd(null));
  call.on('error', (error: { message?: string }) => onEnd(error.message ?? 'The line broke.'));
  return () => call.disconnect();
}
