import { expect, it } from 'vitest';
import { OutsideRequests } from '#main/calls/outside-requests';
import { FakeDesktop } from './fakes';

it('what somebody asks of a call in the tray goes to the page of that call, and to no other', () => {
  const desktop = new FakeDesktop();
  const idOf = (callId: string): number | null => (callId === 'call-1' ? 7 : null);
  const outside = new OutsideRequests({ windows: { idOf }, desktop });
  outside.setMuted('call-1', true);
  outside.makeSmall('call-1');
  outside.setMuted('call-over', false);
  outside.makeSmall('call-over');
  expect(desktop.muteAsked).toEqual([{ id: 7, muted: true }]);
  expect(desktop.miniAsked).toEqual([7]);
});
