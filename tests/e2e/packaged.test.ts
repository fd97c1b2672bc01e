/** What is shipped does what was built: a call of each kind against the packaged app with its final fuses. */
import { beforeAll, describe, expect, it } from 'vitest';
import { packagedBinary } from '../support/app';
import { run } from '../support/child';
import { ensurePackaged } from '../support/packaged';
import { itRingsAndIsHeard } from './calls/audio-call';
import { useTeam } from './calls/use-team';
import { describeVideoCall } from './calls/video-call';

describe('the packaged app', () => {
  beforeAll(async () => {
    await ensurePackaged();
  }, 200_000);

  it('is not to be had as a plain Node', async () => {
    const asNode = run(packagedBinary, ['-e', 'process.stdout.write("node")'], {
      ELECTRON_RUN_AS_NODE: '1',
      DISPLAY: undefined,
    });
    expect(await asNode.catch(() => 'refused')).not.toBe('node');
  });

  describe('an audio call', () => {
    itRingsAndIsHeard(useTeam(['anna', 'bao'], { packaged: true }));
  });
  describeVideoCall('a video call', { packaged: true });
});
