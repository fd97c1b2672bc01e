/** The rows of docs/call-spec.md that decide() applies. It names them in its decisions, so that tests can count them. */
export const ruleIds = [
  // starting
  'CR1', // a call starts: the caller is joined, the callee invited
  'CR2', // unknown target
  'CR3', // oneself
  'CR4', // the caller's device is in a call, or the caller is being called
  'CR5', // the target is in an unended call: busy
  'CR6', // the target has blocked the caller
  'CR7', // the target is in a call, but its free devices may ring
  'CR8', // glare: the target is calling the caller
  'CR9', // glare between a video and an audio call
  // ringing
  'CR10', // a device paints the ring
  'CR11', // a ring painted too late, or twice, changes nothing
  'CR12', // a ringing device disappears
  'CR13', // a device in a call paints no other ring
  'CR14', // a device that answers one call is not counted by other rings
  'CR15', // the callee does not want to be disturbed
  'CR16', // the systems of the callee's devices keep them quiet
  'CR17', // no device of the callee is connected
  'CR18', // one is, again
  // answering
  'CR20', // the first claim wins
  'CR21', // a later claim of another device is refused
  'CR22', // a repeated claim changes nothing
  'CR23', // a device in a call claims no other
  'CR24', // the caller has blocked the claiming person meanwhile
  'CR30', // the claiming device joins
  'CR31', // nobody joins without a claim
  'CR32', // a repeated join changes nothing
  'CR33', // claimed, but not joined in time
  // another device of the same user is in a call
  'CR34', // starting is refused
  'CR35', // answering is refused
  'CR36', // the earlier device makes room
  'CR37', // both go on
  // leaving
  'CR40', // the caller cancels
  'CR41', // a ringing person declines
  'CR42', // somebody connected hangs up
  'CR43', // the media fail
  'CR44', // an app that quits while it rings
  'CR45', // nobody answers in time
  'CR46', // leaving twice, or for another device
  'CR47', // the way to the call is lost
  'CR48', // sending or receiving media fails
  'CR49', // somebody declines with a word
  // the end
  'CR50', // nobody is joined any more
  'CR51', // fewer than two people are left
  'CR52', // an ended call stays as it is
  'CR53', // strangers are told nothing
  // from outside, and changes of the whole call
  'CR54', // an admin wants somebody out
  'CR55', // the server puts them out
  'CR56', // video becomes audio
  'CR57', // an audio call stays one
  'CR58', // only who is connected changes it
  // connections
  'CR60', // a joined device's socket dies
  'CR61', // it comes back
  'CR62', // its grace has passed
  'CR63', // a live link keeps it in the call
  'CR64', // a live link forgives for so long only
  'CR65', // a joined device without any live link
  'CR66', // the server restarted
  // calls with several
  'CR100', // a group call starts
  'CR101', // strangers of the group
  'CR102', // oneself alone
  'CR103', // unknown people
  'CR104', // more than one call may have
  'CR105', // who is busy does not ring
  'CR106', // who has blocked the one who asks seems busy
  'CR110', // more people are asked in
  'CR111', // by somebody connected only
  'CR112', // a private call stays one
  'CR113', // members of the group only
  'CR114', // more than one call may have
  'CR120', // a call of two becomes one of several
  'CR121', // once both are connected
  'CR122', // a group call is one already
  'CR130', // into a running call without a ring
  'CR131', // it rings there, or one is in it
  'CR132', // none of one's business
  'CR133', // no room
  'CR134', // devices in other calls
  'CR140', // somebody wants pictures
  'CR141', // the other one agrees
  'CR142', // or does not
  'CR143', // in a group nobody is asked
  'CR144', // pictures are there already
  'CR150', // a call remembers so many legs
  'CR155', // who is left alone in a group call
  'CR158', // an admin put them out
] as const;

export type RuleId = (typeof ruleIds)[number];
