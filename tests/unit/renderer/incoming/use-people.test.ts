import { describe, expect, it } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { usePeople } from '../../../../renderer/incoming/use-people';

describe('the people of a call', () => {
  it('are asked for once each, as they come', async () => {
    const asked: (readonly string[])[] = [];
    const userIds = ref(['bao']);
    const scope = effectScope();
    const people = scope.run(() =>
      usePeople(
        () => userIds.value,
        (request) => {
          asked.push(request.userIds);
          return Promise.resolve(request.userIds.map((userId) => ({ userId, name: userId })));
        },
      ),
    );
    await nextTick();
    userIds.value = ['bao', 'chen', 'chen'];
    await nextTick();
    await nextTick();
    expect(asked).toEqual([['bao'], ['chen']]);
    expect([...(people?.keys() ?? [])]).toEqual(['bao', 'chen']);
    scope.stop();
  });
});
