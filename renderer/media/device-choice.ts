/** What becomes of a device that a person chose once, on the computer as it is now. Pure. */
import type { ChosenDevice } from '#common/settings';
import type { DevicesOfKind } from './device-list';

/**
 * system – nothing was chosen. there – under this id. missing – it is not there: the system's choice is used until it
 * comes back.
 */
export type Found =
  | { readonly state: 'system' }
  | { readonly state: 'there'; readonly deviceId: string }
  | { readonly state: 'missing'; readonly label: string };

/** Plugged in again, some devices have another id and their old name; which of two with one name was meant is not known. */
export function findChosen(
  chosen: ChosenDevice | null,
  { devices, areHidden }: DevicesOfKind,
): Found {
  if (!chosen) return { state: 'system' };
  const { deviceId, label } = chosen;
  // Where ids are hidden nobody can say that it is gone; whoever opens it will see.
  if (areHidden || devices.some((device) => device.deviceId === deviceId)) {
    return { state: 'there', deviceId };
  }
  const byName = label === '' ? undefined : devices.find((device) => device.label === label);
  return byName ? { state: 'there', deviceId: byName.deviceId } : { state: 'missing', label };
}
