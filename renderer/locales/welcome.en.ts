/** The texts of home before somebody is signed in, in English. */
import type { SignInProblem } from '#common/problems';

export const welcome = {
  title: 'Welcome to Peal',
  lead: 'Call your colleagues over a server of your own. How would you like to begin?',
  back: 'Back',
  choice: {
    try: 'Try it on this computer',
    join: 'Join a team',
    signIn: 'Sign in',
  },
  meaning: {
    try: 'Hear yourself in a minute. You need no server and no account.',
    join: 'A colleague sent you an invitation link.',
    signIn: 'Your admin gave you a user name and a password.',
  },
  signIn: {
    title: 'Sign in to Peal',
    lead: 'Call your colleagues over your own server.',
    server: 'Server',
    serverExample: 'wss://phone.example.com',
    serverHint: 'Your admin knows the address.',
    userId: 'User name',
    password: 'Password',
    submit: 'Sign in',
    pending: 'Signing in…',
    connecting: 'Connecting to {server}…',
    connectingHere: 'Starting the server on this computer…',
  },
  try: {
    title: 'Try Peal on this computer',
    lead: 'Peal starts a small server here and signs you in. A contact named Echo plays your voice back to you; colleagues can join later.',
    name: 'Your name',
    submit: 'Start',
    pending: 'Starting…',
  },
  join: {
    title: 'Join a team',
    lead: 'Paste the invitation link that a colleague sent you.',
    link: 'Invitation link',
    linkExample: 'peal:join?server=…',
    name: 'Your name',
    nameHint: 'Your colleagues see it when you call.',
    submit: 'Join',
    pending: 'Joining…',
  },
  /** A link was opened while somebody is signed in. */
  leave: {
    title: 'Join another team?',
    question: 'You are signed in to {server}. Leave it and join {other}?',
    here: 'the server on this computer',
    unknown: 'another server',
    meaning:
      'You will be signed out there. Calls reach you on the new server only. If you joined by an invitation, you need a new one to come back.',
    stay: 'Stay',
    confirm: 'Leave and join',
  },
  missing: {
    server: 'Type the address of your server, for example wss://phone.example.com.',
    userId: 'Type your user name.',
    password: 'Type your password.',
    name: 'Type your name, so that others know who calls.',
    link: 'Paste the invitation link. It begins with peal:join.',
  },
  problem: {
    'bad-address':
      'This is not the address of a server. Check it: it begins with wss://, for example wss://phone.example.com.',
    unreachable:
      'Nobody answers at this address. Check the address and your network, then try again.',
    'bad-credentials':
      'The user name or the password is not right. Type them again, or ask your admin for a new password.',
    'device-revoked':
      'This device was signed out from elsewhere. Sign in again; if you have no password, ask a colleague for a new invitation link.',
    replaced: 'Another copy of Peal signed in with this profile. Close it, then sign in again.',
    version:
      'This app and the server are of different versions. Update Peal, or ask your admin to update the server.',
    'embedded-failed':
      'The server on this computer did not start. Quit Peal, open it again and try once more.',
    'rate-limited': 'Too many tries. Wait a minute, then try again.',
    'bad-link':
      'This is no invitation link, or only a part of one. Copy the whole link: it begins with peal:join.',
    'invitation-void':
      'This invitation was used already or is too old. Ask your colleague for a new link.',
    'wrong-key':
      'The server that answers is not the one of the invitation, so nothing was sent to it. Ask for a new link; if this stays, tell your admin.',
    'secret-lost':
      'The key store of this computer does not give your sign-in back. Unlock it and open Peal again, or sign in anew; if you have no password, ask a colleague for a new invitation link.',
    'server-error':
      'The server had a problem. Try again in a moment; if it stays, tell your admin.',
  } satisfies Record<SignInProblem, string>,
  /** Where nobody typed an address, the same problems read differently. */
  joinProblem: {
    'bad-address':
      'The address in this link cannot be used from here. Ask your colleague for a link with another address.',
    unreachable:
      'The server of this invitation does not answer. Check your network, and ask your colleague whether it is running.',
  } satisfies Partial<Record<SignInProblem, string>>,
};
