/** The words of notifications: of the call itself before those for every call, and those before the default. */
import type { PushTexts } from '#protocol/snapshot';
import { pushTexts } from '../locales/push-texts';
import type { RCCallLanguage } from './enums';
import type { ICallParams, IPushConfig } from './types';

type CallWords = IPushConfig & Pick<ICallParams, 'mediaType'>;

export interface PushSettings {
  readonly call?: IPushConfig;
  readonly hungup?: IPushConfig;
  readonly lang?: RCCallLanguage;
}

/** Undefined when nobody wrote anything: the other person's app has words of its own. */
export function pushTextsFor(params: CallWords, settings: PushSettings): PushTexts | undefined {
  const texts: PushTexts = {
    ...(settings.lang && pushTexts[settings.lang][params.mediaType]),
    ...inWireWords('call', settings.call),
    ...inWireWords('hungup', settings.hungup),
    ...inWireWords('call', params),
  };
  return Object.keys(texts).length > 0 ? texts : undefined;
}

/**
 * Of an invitation into a running call, text by text before those of the call, which it replaces on the server. Undefined
 * where it brings none: those of the call stay.
 */
export function inviteTextsFor(
  options: IPushConfig | undefined,
  ofCall: PushTexts | undefined,
): PushTexts | undefined {
  const texts = inWireWords('call', options);
  return Object.keys(texts).length > 0 ? { ...ofCall, ...texts } : undefined;
}

function inWireWords(what: 'call' | 'hungup', config: IPushConfig | undefined): PushTexts {
  const { pushTitle, pushContent } = config ?? {};
  return {
    ...(pushTitle !== undefined && { [`${what}Title`]: pushTitle }),
    ...(pushContent !== undefined && { [`${what}Content`]: pushContent }),
  };
}
