/** The texts of home about the system that Peal is installed on, in English. */

import type { SwitchObstacle } from '#common/ipc';

/** A link outside of Peal was opened that names somebody to call. */
export const callLink = {
  title: 'Call {name}?',
  notFoundTitle: 'Nobody to call',
  switchedOffTitle: 'Phone number in a link',
  looking: 'Looking for {wanted}…',
  found: 'A link was opened that asks for this call. Nobody is called before you choose.',
  self: 'The link that was opened leads to yourself. Choose somebody else from the list.',
  nobody: 'Nobody on your server goes by “{wanted}”. Perhaps you find them by name.',
  offline:
    'The server does not answer, so nobody can say who “{wanted}” is. Open the link again once you are connected.',
  switchedOff:
    'A link to “{wanted}” was opened. Peal leaves phone numbers in links to other programs. To call with Peal, switch them on in the settings of this computer and open the link again.',
  cancel: 'Cancel',
  close: 'Close',
  search: 'Search people',
  openSettings: 'Open settings',
};

/** What the system does for Peal. */
export const system = {
  startsAtSignIn: {
    title: 'Start Peal when I sign in to this computer',
    hint: 'It starts without a window, and calls reach you at once.',
    obstacle: {
      'not-installed': 'This copy of Peal is not installed. Install it to let the system start it.',
      foreign: 'The system has an entry for Peal that Peal did not make. Change it there.',
      refused: 'The system did not change it. Look at the programs that start at sign-in there.',
    } satisfies Record<SwitchObstacle, string>,
  },
  opensPhoneLinks: {
    title: 'Open phone numbers in links with Peal',
    hint: 'On web pages and in mails (tel: and callto:). You are always asked before anybody is called.',
    obstacle: {
      'not-installed':
        'This copy of Peal is not installed. Install it to let the system open links with it.',
      foreign: 'The system leaves these links to another program. Change it there.',
      refused: 'The system did not change it. Choose the program for phone links there.',
    } satisfies Record<SwitchObstacle, string>,
  },
};
