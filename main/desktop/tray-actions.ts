/** Does what somebody chose in the tray. What cannot be done any more comes to nothing: the menu is of a moment ago. */
import { untilOf } from '#common/quiet-choices';
import type { CallDesk } from '../calls/call-desk';
import type { OwnRules } from '../session/own-rules';
import type { TrayAction } from './tray-menu';

export interface TrayActionPorts {
  readonly desk: () => Pick<CallDesk, 'card' | 'home' | 'outside'> | null | undefined;
  readonly rules: () => Pick<OwnRules, 'set'> | null | undefined;
  readonly open: () => void;
  readonly openRecents: () => void;
  readonly quit: () => void;
  readonly now: () => Date;
}

export async function runTrayAction(action: TrayAction, ports: TrayActionPorts): Promise<void> {
  if ('callId' in action) {
    await runCallAction(action, ports);
    return;
  }
  switch (action.verb) {
    case 'open':
      ports.open();
      break;
    case 'recents':
      ports.openRecents();
      break;
    case 'quit':
      ports.quit();
      break;
    case 'be-reached':
      await setQuiet(null, ports);
      break;
    case 'be-quiet':
      await setQuiet(untilOf(action.choice, ports.now()), ports);
  }
}

type CallAction = Extract<TrayAction, { readonly callId: string }>;

async function runCallAction(action: CallAction, ports: TrayActionPorts): Promise<void> {
  const desk = ports.desk();
  if (!desk) return;
  const { callId, verb } = action;
  switch (verb) {
    case 'accept':
      await desk.card.accept(callId, action.switchHere);
      break;
    case 'decline':
      await desk.card.decline(callId, action.reply);
      break;
    case 'hang-up':
      await desk.home.hangUp(callId);
      break;
    case 'show-call':
      desk.home.returnTo(callId);
      break;
    case 'make-small':
      desk.outside.makeSmall(callId);
      break;
    case 'mute':
    case 'unmute':
      desk.outside.setMuted(callId, verb === 'mute');
  }
}

/** The rest of the rule stays as it is. */
async function setQuiet(until: number | null, { rules }: TrayActionPorts): Promise<void> {
  await rules()?.set({ doNotDisturb: { until } });
}
