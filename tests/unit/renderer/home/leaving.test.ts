import { expect, it } from 'vitest';
import { ref } from 'vue';
import { ok } from '#protocol/result';
import { leaving } from '../../../../renderer/home/stores/leaving';

function bench(isEmbedded: boolean) {
  const done: string[] = [];
  const signOut = () => {
    done.push('signed out');
    return Promise.resolve(ok(null));
  };
  return { ...leaving({ signOut }, ref(isEmbedded)), done };
}

it('asks before somebody leaves the server of a team, who may have no way back', async () => {
  const { isLeaving, leave, stay, signOut, done } = bench(false);
  await leave();
  expect([isLeaving.value, done]).toEqual([true, []]);
  stay();
  expect([isLeaving.value, done]).toEqual([false, []]);
  await signOut();
  expect(done).toEqual(['signed out']);
});

it('asks nothing where the server is the one inside the app', async () => {
  const { isLeaving, leave, done } = bench(true);
  await leave();
  expect([isLeaving.value, done]).toEqual([false, ['signed out']]);
});
