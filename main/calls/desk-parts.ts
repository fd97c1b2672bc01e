/** What the parts of the desk share: the state of its calls, and the two things that depend on all of it. */
import type { CallProblem } from '#common/problems';
import type { Result } from '#protocol/result';
import type { Viewer } from '#protocol/snapshot';
import type { Log } from '../log';
import type { CallCommands } from './call-commands';
import type { CallStore } from './call-store';
import type { CallWindows } from './call-windows';

export interface DeskParts {
  readonly viewer: Viewer;
  readonly store: CallStore;
  readonly commands: CallCommands;
  readonly windows: CallWindows;
  readonly log: Log;
  /** The server's clock. */
  readonly nowMs: () => number;
  /** Brings the desktop in line with what the store and the windows say now. */
  readonly onChanged: () => void;
  /** Whether a call to this person may start now. */
  readonly mayStart: (targetId: string | null) => Result<null, CallProblem>;
}
