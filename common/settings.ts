/** What a person may set on this computer, as every window reads it. Kept by main in the profile folder. */
import Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { strict } from '#protocol/primitives';

/**
 * A device by the browser's id, and by its name for the day it comes back under another id. Absent from the settings:
 * whatever the system uses.
 */
export const ChosenDevice = strict({
  deviceId: Type.String({ minLength: 1, maxLength: 256 }),
  label: Type.String({ maxLength: 256 }),
});
export type ChosenDevice = DeepReadonly<Type.Static<typeof ChosenDevice>>;

/** Null: whatever the system uses. */
const Choice = Type.Union([ChosenDevice, Type.Null()]);

export const ChosenDevices = strict({
  microphone: Choice,
  camera: Choice,
  speaker: Choice,
  /** Where it rings; a headset on the table is easily missed. */
  ringSpeaker: Choice,
});
export type ChosenDevices = DeepReadonly<Type.Static<typeof ChosenDevices>>;

export const AppSettings = strict({
  language: Type.Union([Type.Literal('system'), Type.Literal('en'), Type.Literal('zh-CN')]),
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')]),
  devices: ChosenDevices,
});
export type AppSettings = DeepReadonly<Type.Static<typeof AppSettings>>;
