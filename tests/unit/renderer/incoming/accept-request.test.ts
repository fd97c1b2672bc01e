import { describe, expect, it } from 'vitest';
import { acceptRequest } from '../../../../renderer/incoming/accept-request';

describe('what the card asks main for', () => {
  it('is the answer alone while this person is in no other call', () => {
    expect(acceptRequest({ callId: 'call-1', elsewhere: false })).toEqual({ callId: 'call-1' });
  });

  it('is to switch here, too, when the button says that it ends a call on another device', () => {
    expect(acceptRequest({ callId: 'call-1', elsewhere: true })).toEqual({
      callId: 'call-1',
      switchHere: true,
    });
  });
});
