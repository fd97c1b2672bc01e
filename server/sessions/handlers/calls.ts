import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { CallService, DeviceCommandType } from '../../calls/call-service';
import type { Clock } from '../../clock';
import { type Rate, TokenBuckets } from '../token-bucket';
import type { Asker, Handler, Handlers } from './handler';

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
  const mayStart = limiter(rates.callStart, clock);
  const mayCommand = limiter(rates.callCommand, clock);
  const act =
    (type: DeviceCommandType) =>
    async (
      from: Asker,
      { id, callId }: { readonly id: string; readonly callId: string },
    ): ReturnType<Handler<'call.claim'>> => {
      if (!mayCommand(from)) return err('rate-limited');
      return calls.act(device(from), id, { type, callId });
    };
  return {
    'call.start': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.start(device(from), id, body);
    },
    'call.cancel-start': async (from, { commandId }) => {
      if (!mayCommand(from)) return err('rate-limited');
      await calls.cancelStart(device(from), commandId);
      return ok({});
    },
    'call.ringing': act('ringing'),
    'call.claim': act('claim'),
    'call.join': act('join'),
    'call.leave': async (from, { id, callId, why }) => {
      if (!mayCommand(from)) return err('rate-limited');
      return calls.leave(device(from), id, { callId, why });
    },
    heartbeat: async (from, request) => {
      for (const [callId, liveLegIds] of Object.entries(request.live)) {
        await calls.reportLinks(device(from), callId, liveLegIds);
      }
      const { calls: newer, gone } = await calls.newerThan(from.userId, request.calls);
      return ok({ serverNowMs: clock.now(), calls: [...newer], gone: [...gone] });
    },
  };
}

/** By user, whichever device asks. */
function limiter(rate: Rate, clock: Clock): (from: Asker) => boolean {
  const buckets = new TokenBuckets(rate);
  return ({ userId }) => {
    const now = clock.monotonic();
    buckets.prune(now);
    return buckets.take(userId, now);
  };
}
