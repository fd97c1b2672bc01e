import type { DeskCallView } from '#common/ipc';

/** A call with Bao that goes on. */
export const deskCall = (over: Partial<DeskCallView> = {}): DeskCallView => ({
  ...{ callId: 'call-1', phase: 'active', direction: 'outgoing', mediaType: 1, kind: 'private' },
  ...{ group: null, memberIds: ['bao'], joinedIds: ['bao'] },
  peer: { userId: 'bao', name: 'Bao' },
  ...{ connectedAt: 0, endReason: null, canReturn: false, elsewhere: false },
  ...{ reach: null, answerKeys: null },
  ...over,
});
