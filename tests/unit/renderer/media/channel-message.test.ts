import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeChannelMessage, parseChannelMessage } from '#renderer/media/channel-message';

describe('parseChannelMessage', () => {
  it.each([
    { type: 'hello' } as const,
    { type: 'state', voiceMuted: true, cameraOff: false } as const,
    { type: 'shown', height: 0 } as const,
  ])('reads what encodeChannelMessage wrote: $type', (message) => {
    expect(parseChannelMessage(encodeChannelMessage(message))).toEqual(message);
  });

  it.each([
    null,
    new ArrayBuffer(4),
    'null',
    '{',
    '{"type":"chat","text":"hi"}',
    '{"type":"state","voiceMuted":1,"cameraOff":false}',
    '{"type":"shown","height":-1}',
    '{"type":"shown","height":null}',
    `{"type":"hello","x":"${'x'.repeat(20_000)}"}`,
  ])('leaves alone what it does not know', (data) => {
    expect(parseChannelMessage(data)).toBeNull();
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json()), (data) => {
        parseChannelMessage(data);
      }),
    );
  });
});
