import { describe, expect, it } from 'vitest';
import type { ProfileProblem } from '#common/problems';
import type { UserProfile } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { ownProfile } from '../../../../../renderer/home/stores/own-profile';

function openProfile() {
  const asked: unknown[] = [];
  const saved: UserProfile[] = [];
  let answer: (result: Result<UserProfile, ProfileProblem>) => void = () => undefined;
  const profile = ownProfile(
    {
      setProfile: (change) => {
        asked.push(change);
        return new Promise((resolve) => (answer = resolve));
      },
    },
    (self) => void saved.push(self),
  );
  return { profile, asked, saved, answer: (...args: Parameters<typeof answer>) => answer(...args) };
}

describe('the own name and picture', () => {
  it('are saved once at a time, and shown as the server keeps them', async () => {
    const { profile, asked, saved, answer } = openProfile();
    const first = profile.save({ name: 'Anna' });
    const second = profile.save({ picture: null });
    expect([asked, profile.saving.value]).toEqual([[{ name: 'Anna' }], 'name']);
    answer(ok({ userId: 'anna', name: 'Anna L.' }));
    expect(await Promise.all([first, second])).toEqual([true, false]);
    expect(saved).toEqual([{ userId: 'anna', name: 'Anna L.' }]);
    expect(profile.saving.value).toBe(null);
  });

  it('stay as they were when the server does not take them, and say why', async () => {
    const { profile, saved, answer } = openProfile();
    const saving = profile.save({ picture: null });
    expect(profile.saving.value).toBe('picture');
    answer(err('rate-limited'));
    expect([await saving, profile.problem.value, saved]).toEqual([false, 'rate-limited', []]);
    const again = profile.save({ picture: null });
    expect(profile.problem.value).toBe(null);
    answer(ok({ userId: 'anna', name: 'Anna' }));
    expect(await again).toBe(true);
  });
});
