/** Microphone, camera and loudspeaker in English: the menu of a call and the settings. */
import type { ChosenDevices } from '#common/ipc';
import type { DeviceKind } from '../media/device-list';

export const devices = {
  /** The button in a call. */
  menu: 'Devices',
  kind: {
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Loudspeaker',
    ringSpeaker: 'Loudspeaker that rings',
  } satisfies Record<keyof ChosenDevices, string>,
  system: 'System default',
  away: '{device} (not connected)',
  unnamed: {
    microphone: 'A microphone',
    camera: 'A camera',
    speaker: 'A loudspeaker',
  } satisfies Record<DeviceKind, string>,
  /** During a call: the chosen one is not there. */
  missing: {
    microphone: '{device} is not connected. The system’s microphone is used instead.',
    camera: '{device} is not connected. The system’s camera is used instead.',
    speaker: '{device} is not connected. Sound comes from the system’s loudspeaker.',
  } satisfies Record<DeviceKind, string>,
  /** In the settings. */
  isAway: '{device} is not connected. Until it is back, Peal uses what the system uses.',
  lead: 'What you choose here is used in every call. You can change it during a call, too.',
  level: 'Level of the microphone',
  speak: 'Say something: the bar moves when Peal hears you.',
  preview: 'Picture of your camera',
  showCamera: 'Show my picture',
  hideCamera: 'Switch the camera off',
  test: 'Play test tone',
  testRing: 'Play ringtone',
  noSpeaker: 'There is no loudspeaker. Plug one in: it appears here by itself.',
};
