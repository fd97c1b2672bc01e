/** What the handlers hand the requests on to. */
import type { OwnStanding } from '#common/ipc';
import { err } from '#protocol/result';
import type { CallDesk } from '../calls/call-desk';
import type { GlobalKeys } from '../desktop/global-keys';
import type { EchoContact } from '../embedded/echo';
import type { Invitations } from '../session/invitations';
import type { OpenedLinks } from '../session/opened-links';
import type { SessionKeeper } from '../session/session-keeper';
import type { AppSettingsStore } from '../storage/app-settings';
import type { SystemSwitches } from '../system/switches';
import type { Updates } from '../update/updates';
import type { CallWindowSet } from '../windows/call-window';
import type { DeviceTest } from '../windows/device-test';

export interface HandlerParts {
  readonly keeper: SessionKeeper;
  readonly settings: AppSettingsStore;
  readonly links: OpenedLinks;
  readonly invitations: Invitations;
  readonly callWindows: CallWindowSet;
  readonly deviceTest: DeviceTest;
  readonly keys: GlobalKeys;
  readonly echo: EchoContact;
  readonly system: SystemSwitches;
  readonly updates: Updates;
  readonly standing: () => OwnStanding;
  /** The person wants the app to end. */
  readonly quit: () => void;
}

export type Desk = () => CallDesk | null;

/** The answer while nobody is signed in. */
export const offline = err('offline' as const);
