import { describe, expect, it } from 'vitest';
import { freeUsers } from '#server/calls/free-users';
import { anna, apply, bao, joined, ringing } from '../../../support/calls';

describe('who is free', () => {
  const knownUserIds = new Set(['anna', 'bao', 'carla']);
  const stored = { call: null, group: null, others: [], knownUserIds, rules: new Map() };
  const devices: Record<string, readonly string[]> = {
    anna: [anna.deviceId],
    bao: [bao.deviceId],
    ghost: ['g'],
  };
  const devicesOf = (userId: string): readonly string[] => devices[userId] ?? [];

  it('is everybody who is known and connected while there are no calls', () => {
    expect(freeUsers(stored, devicesOf)).toEqual(new Set(['anna', 'bao']));
  });

  it('is not who has only the device that is in a call, whichever call that is', () => {
    expect(freeUsers({ ...stored, call: joined() }, devicesOf)).toEqual(new Set());
    expect(freeUsers({ ...stored, others: [joined()] }, devicesOf)).toEqual(new Set());
  });

  it('is who has another device, or whose device rings', () => {
    const another = (userId: string): readonly string[] => [...devicesOf(userId), 'another'];
    expect(freeUsers({ ...stored, call: joined() }, another)).toEqual(knownUserIds);
    expect(freeUsers({ ...stored, call: ringing() }, devicesOf)).toEqual(new Set(['bao']));
  });

  it('is who was in a call that is over', () => {
    const over = apply(joined(), { type: 'leave', why: 'hangup', ...anna }, 9_000_000);
    expect(freeUsers({ ...stored, call: over }, devicesOf)).toEqual(new Set(['anna', 'bao']));
  });
});
