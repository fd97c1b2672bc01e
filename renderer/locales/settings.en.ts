/** The settings in English; devices and call rules have texts of their own. */
import type { AppSettings, SecretPlace } from '#common/ipc';

export const settings = {
  title: 'Settings',
  back: 'Back',
  you: 'You',
  devices: 'Devices',
  look: 'Appearance',
  computer: 'This computer',
  language: {
    question: 'Language',
    system: 'As the system',
    /** Each by its own name, in every language. */
    en: 'English',
    zh: '简体中文',
  },
  theme: {
    question: 'Light or dark',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  } satisfies Record<AppSettings['theme'] | 'question', string>,
  mini: {
    title: 'Mini window by itself',
    hint: 'A call becomes the mini window when you turn to another program.',
    /** The words of the window's menu are those of the desktop. */
    byHand:
      'A call becomes the mini window when you turn to another program. This desktop does not let Peal keep it in front: press Alt+Space in the window and choose “Always on Top”.',
  },
  server: 'Server',
  version: 'Version of Peal',
  secret: {
    title: 'Where your sign-in is kept',
    keystore: 'In the key store of the system, which your account unlocks.',
    file: 'In a file that only your account on this computer can read. The system offers no key store to Peal.',
    none: 'Nowhere yet: it is kept as soon as the server has let you in.',
  } satisfies Record<SecretPlace | 'title', string>,
};
