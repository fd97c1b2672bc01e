/** What a person may set on this computer, as every window reads it. Kept by main in the profile folder. */
import Type from 'typebox';
import type { DeepReadonly } from '#protocol/deep-readonly';
import { UserId, strict } from '#protocol/primitives';

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

/** Each is made by scripts/sounds.mjs. */
export const RingTone = Type.Union([
  Type.Literal('peal'),
  Type.Literal('classic'),
  Type.Literal('marimba'),
  Type.Literal('soft'),
  Type.Literal('pulse'),
]);
export type RingTone = Type.Static<typeof RingTone>;

export const keysChars = 64;
/** As Electron writes keys, such as "CommandOrControl+Shift+A"; null: none. */
const Keys = Type.Union([Type.String({ minLength: 1, maxLength: keysChars }), Type.Null()]);

export const RingSettings = strict({
  /** Per cent. 0: it rings without a sound. */
  volume: Type.Integer({ minimum: 0, maximum: 100 }),
  tone: RingTone,
  /** By person, where it is another one. */
  tones: Type.Record(UserId, RingTone, { maxProperties: 200, additionalProperties: false }),
  /** On the loudspeaker of calls, too, not only where it rings. */
  onBothSpeakers: Type.Boolean(),
  /** These work everywhere on this computer, while it rings. */
  acceptKeys: Keys,
  declineKeys: Keys,
  /** What the system says of "do not disturb" holds here. */
  followsSystem: Type.Boolean(),
});
export type RingSettings = DeepReadonly<Type.Static<typeof RingSettings>>;

export const AppSettings = strict({
  language: Type.Union([Type.Literal('system'), Type.Literal('en'), Type.Literal('zh-CN')]),
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')]),
  devices: ChosenDevices,
  ring: RingSettings,
  /** Untouched for so many minutes, this computer counts as left alone; null: never. */
  awayAfterMinutes: Type.Union([Type.Integer({ minimum: 1, maximum: 240 }), Type.Null()]),
  /** A call becomes the mini window by itself when something else comes to the front. */
  miniOnBlur: Type.Boolean(),
  startsAtSignIn: Type.Boolean(),
  /** Links of the forms tel: and callto: open Peal. */
  opensPhoneLinks: Type.Boolean(),
});
export type AppSettings = DeepReadonly<Type.Static<typeof AppSettings>>;

/** Kept by the system, not by Peal: the settings only mirror them. */
export const SystemSwitchName = Type.Union([
  Type.Literal('startsAtSignIn'),
  Type.Literal('opensPhoneLinks'),
]);
export type SystemSwitchName = Type.Static<typeof SystemSwitchName>;
