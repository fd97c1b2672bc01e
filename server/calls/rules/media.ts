/**
 * CR56–CR58: somebody connected makes an audio call of a video call, for everybody. CR140–CR144: and the other way
 * round, which in a private call needs the other one's word: nobody's camera is asked for behind their back.
 */
import type { CallState } from './call-state';
import type { CallCommand } from './command';
import type { Moment } from './settle';
import { type SharedChange, type Step, objectionToOutsider, refused, unchanged } from './step';

type Command<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;

/** How long a wish for pictures waits for an answer. */
const askMs = 30_000;

export function media(call: CallState, command: Command<'media'>, moment: Moment): Step {
  const objection = objectionToOutsider(call, command, 'CR58');
  if (objection) return objection;
  const { userId, mediaType } = command;
  if (call.mediaType === mediaType) return unchanged(mediaType === 1 ? 'CR57' : 'CR144');
  if (mediaType === 1) return change(call, { mediaType, mediaChangedBy: userId }, 'CR56');
  if (call.kind === 'group') return change(call, { mediaType, mediaChangedBy: userId }, 'CR143');
  return askForPictures(call, userId, moment);
}

export function mediaAnswer(call: CallState, command: Command<'media-answer'>): Step {
  const objection = objectionToOutsider(call, command, 'CR58');
  if (objection) return objection;
  const { mediaAsk } = call;
  if (!mediaAsk) return unchanged('CR142');
  if (!command.accept) return change(call, { mediaAsk: null }, 'CR142');
  if (mediaAsk.by === command.userId) return refused('wrong-state', 'CR141');
  return showPictures(call, mediaAsk.by);
}

/** Both want it: then nobody has to be asked. */
function askForPictures(call: CallState, userId: string, { nowMs }: Moment): Step {
  if (call.mediaAsk) {
    return call.mediaAsk.by === userId ? unchanged('CR140') : showPictures(call, call.mediaAsk.by);
  }
  const others = call.legs.filter((leg) => leg.userId !== userId && leg.state === 'joined');
  if (others.length === 0) return refused('wrong-state', 'CR140');
  return change(call, { mediaAsk: { by: userId, until: nowMs + askMs } }, 'CR140');
}

function showPictures(call: CallState, askedBy: string): Step {
  return change(call, { mediaType: 2, mediaChangedBy: askedBy, mediaAsk: null }, 'CR141');
}

const change = (
  call: CallState,
  shared: SharedChange,
  rule: 'CR56' | 'CR140' | 'CR141' | 'CR142' | 'CR143',
): Step => ({
  kind: 'changed',
  legs: call.legs,
  rules: [rule],
  shared,
});
