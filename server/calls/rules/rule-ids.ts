/** The rows of docs/call-spec.md that decide() applies. It names them in its decisions, so that tests can count them. */
export const ruleIds = [
  // starting
  'CR1', // a call starts: the caller is joined, the callee invited
  'CR2', // unknown target
  'CR3', // oneself
  'CR4', // the caller is in an unended call
  'CR5', // the target is in an unended call: busy
  // ringing
  'CR10', // a device paints the ring
  'CR11', // a ring painted too late, or twice, changes nothing
  'CR12', // a ringing device disappears
  // answering
  'CR20', // the first claim wins
  'CR21', // a later claim of another device is refused
  'CR22', // a repeated claim changes nothing
  'CR30', // the claiming device joins
  'CR31', // nobody joins without a claim
  'CR32', // a repeated join changes nothing
  'CR33', // claimed, but not joined in time
  // leaving
  'CR40', // the caller cancels
  'CR41', // a ringing person declines
  'CR42', // somebody connected hangs up
  'CR43', // the media fail
  'CR44', // an app that quits while it rings
  'CR45', // nobody answers in time
  'CR46', // leaving twice, or for another device
  // the end
  'CR50', // nobody is joined any more
  'CR51', // fewer than two people are left
  'CR52', // an ended call stays as it is
  'CR53', // strangers are told nothing
  // connections
  'CR60', // a joined device's socket dies
  'CR61', // it comes back
  'CR62', // its grace has passed
  'CR63', // a live link keeps it in the call
  'CR64', // a live link forgives for so long only
  'CR65', // a joined device without any live link
  'CR66', // the server restarted
] as const;

export type RuleId = (typeof ruleIds)[number];
