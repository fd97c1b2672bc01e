import { describe, expect, it } from 'vitest';
import type { SystemView } from '#common/ipc';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings, SystemSwitchName } from '#common/settings';
import { type SystemSwitch, SystemSwitches } from '#main/system/switches';
import { KeptLog } from '../silent-log';

/** A system that does what it is told, or does not. */
class FakeSwitch implements SystemSwitch {
  isOn = false;
  obstacle: SystemView[SystemSwitchName]['obstacle'] = null;
  fault: Error | null = null;
  isDeaf = false;
  read = () => ({ isOn: this.isOn, obstacle: this.obstacle });
  set = (on: boolean): void => {
    if (this.fault) throw this.fault;
    if (!this.isDeaf) this.isOn = on;
  };
}

function bench() {
  const startsAtSignIn = new FakeSwitch();
  const opensPhoneLinks = new FakeSwitch();
  const log = new KeptLog();
  let value: AppSettings = defaultAppSettings;
  const settings = {
    get value() {
      return value;
    },
    set: (change: Partial<AppSettings>) => (value = { ...value, ...change }),
  };
  const switches = new SystemSwitches({
    switches: { startsAtSignIn, opensPhoneLinks },
    settings,
    log,
  });
  return { switches, startsAtSignIn, opensPhoneLinks, settings, log };
}

describe('what the system does for Peal', () => {
  it('is switched, read back and mirrored by the settings', () => {
    const { switches, opensPhoneLinks, settings } = bench();
    expect(switches.set('opensPhoneLinks', true).opensPhoneLinks).toEqual({
      isOn: true,
      obstacle: null,
    });
    expect(settings.value.opensPhoneLinks).toBe(true);
    opensPhoneLinks.isOn = false;
    expect(switches.view().opensPhoneLinks.isOn).toBe(false);
    expect(settings.value.opensPhoneLinks).toBe(false);
  });

  it('is refused when the system does nothing, or cannot', () => {
    const { switches, startsAtSignIn, settings, log } = bench();
    startsAtSignIn.isDeaf = true;
    expect(switches.set('startsAtSignIn', true).startsAtSignIn.obstacle).toBe('refused');
    startsAtSignIn.fault = Object.assign(new Error('full'), { code: 'ENOSPC' });
    expect(switches.set('startsAtSignIn', true).startsAtSignIn.obstacle).toBe('refused');
    expect([settings.value.startsAtSignIn, log.lines]).toEqual([
      false,
      ['warn system: startsAtSignIn cannot be switched (ENOSPC)'],
    ]);
  });

  it('is not touched where something stands against it', () => {
    const { switches, startsAtSignIn } = bench();
    Object.assign(startsAtSignIn, { isOn: true, obstacle: 'foreign' });
    expect(switches.set('startsAtSignIn', false).startsAtSignIn).toEqual({
      isOn: true,
      obstacle: 'foreign',
    });
    expect(startsAtSignIn.isOn).toBe(true);
  });
});
