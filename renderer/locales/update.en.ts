/** The texts of home about newer versions of Peal, in English. */
import type { UpdateStep } from '#common/ipc';
import type { UpdateProblem } from '#common/problems';

export const update = {
  step: {
    announced: 'Peal {version} is out.',
    waiting: 'Peal {version} is out. It is downloaded after the call.',
    fetching: 'Peal {version} is out. It is being downloaded.',
    ready: 'Peal {version} is ready to be installed.',
  } satisfies Record<UpdateStep, string>,
  new: 'What is new',
  page: 'More on its page',
  install: 'Install and quit',
  dismiss: 'Not now',
  check: 'Look for a newer version',
  look: {
    looking: 'Looking…',
    newest: 'This is the newest version.',
    failed: 'The place for newer versions does not answer as it should. Try again later.',
  },
  problem: {
    'in-call': 'Peal has to quit for this. Install it after the call.',
    failed: 'The installation did not start. Look for a newer version again in the settings.',
  } satisfies Record<UpdateProblem, string>,
};
