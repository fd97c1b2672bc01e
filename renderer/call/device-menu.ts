/** The devices menu of the call: one group for each kind, the system's choice first. Pure. */
import type { ChosenDevice } from '#common/settings';
import { findChosen } from '../media/device-choice';
import type { DeviceKind } from '../media/device-list';
import type { MenuGroup, MenuItem } from '../ui/menu';
import type { CallView } from './call-view';

export interface DeviceMenuPorts {
  readonly words: (key: string, values: Record<string, string>) => string;
  readonly choose: (kind: DeviceKind, device: ChosenDevice | null) => void;
}

type MenuView = Pick<CallView, 'canChooseDevices' | 'isVideo' | 'devices'>;

export function deviceMenu(view: MenuView, ports: DeviceMenuPorts): readonly MenuGroup[] {
  if (!view.canChooseDevices) return [];
  const kinds = ['microphone', ...(view.isVideo ? (['camera'] as const) : []), 'speaker'] as const;
  return kinds.map((kind) => ({
    label: ports.words(`devices.kind.${kind}`, {}),
    oneOf: true,
    items: itemsOf(kind, view, ports),
  }));
}

function itemsOf(
  kind: DeviceKind,
  { devices: { there, choices } }: MenuView,
  { words, choose }: DeviceMenuPorts,
): readonly MenuItem[] {
  const found = findChosen(choices[kind], there[kind]);
  const named = (label: string): string => label || words(`devices.unnamed.${kind}`, {});
  const system: MenuItem = {
    words: words('devices.system', {}),
    checked: found.state === 'system',
    choose: () => choose(kind, null),
  };
  const others = there[kind].devices.map(({ deviceId, label }) => ({
    words: named(label),
    checked: found.state === 'there' && found.deviceId === deviceId,
    choose: () => choose(kind, { deviceId, label }),
  }));
  const missing: readonly MenuItem[] =
    found.state === 'missing'
      ? [
          {
            words: words('devices.away', { device: named(found.label) }),
            checked: true,
            disabled: true,
            choose: () => undefined,
          },
        ]
      : [];
  return [system, ...missing, ...others];
}
