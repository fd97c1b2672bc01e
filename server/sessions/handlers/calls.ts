import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { CallService } from '../../calls/call-service';
import type { Clock } from '../../clock';
import { TokenBuckets } from '../token-bucket';
import type { Asker, Handlers } from './handler';

type CallRequestType =
  | 'call.start'
  | 'call.cancel-start'
  | 'call.ringing'
  | 'call.claim'
  | 'call.join'
  | 'call.leave'
  | 'heartbeat';

const device = ({ userId, deviceId }: Asker) => ({ userId, deviceId });

export function callHandlers(calls: CallService, clock: Clock): Handlers<CallRequestType> {
  const starts = new TokenBuckets(rates.callStart);
  return {
    'call.start': async (from, { id, type: _type, ...body }) => {
      const now = clock.monotonic();
      starts.prune(now);
      if (!starts.take(from.userId, now)) return err('rate-limited');
      return calls.start(device(from), id, body);
    },
    'call.cancel-start': async (from, { commandId }) => {
      await calls.cancelStart(device(from), commandId);
      return ok({});
    },
    'call.ringing': (from, { id, callId }) =>
      calls.act(device(from), id, { type: 'ringing', callId }),
    'call.claim': (from, { id, callId }) => calls.act(device(from), id, { type: 'claim', callId }),
    'call.join': (from, { id, callId }) => calls.act(device(from), id, { type: 'join', callId }),
    'call.leave': (from, { id, callId, why }) => calls.leave(device(from), id, { callId, why }),
    heartbeat: async (from, request) => {
      for (const [callId, liveLegIds] of Object.entries(request.live)) {
        await calls.reportLinks(device(from), callId, liveLegIds);
      }
      const { calls: newer, gone } = await calls.newerThan(from.userId, request.calls);
      return ok({ serverNowMs: clock.now(), calls: [...newer], gone: [...gone] });
    },
  };
}
