/** What main answers to each request. */
import type {
  CallRecord,
  CallRules,
  Group,
  GroupCall,
  IceServer,
  Picture,
  Presence,
  UserProfile,
} from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type {
  CallProblem,
  GroupProblem,
  InviteProblem,
  ProfileProblem,
  RulesProblem,
  SignInProblem,
  UpdateProblem,
} from '../problems';
import type { AppSettings } from '../settings';
import type {
  CallLink,
  DeskCallView,
  Invitation,
  KeysState,
  NewestUnseen,
  SecretPlace,
  OwnStanding,
  SessionView,
  SystemView,
  UpdateState,
} from './views';

export interface Replies {
  'phone:app.quit': null;
  'phone:session.get': SessionView;
  'phone:standing.get': OwnStanding;
  'phone:session.sign-in': Result<null, SignInProblem>;
  'phone:session.try-here': Result<null, SignInProblem>;
  'phone:session.sign-out': Result<null, never>;
  'phone:session.take-link': string | null;
  'phone:link.take-call': CallLink | null;
  'phone:session.join': Result<null, SignInProblem>;
  'phone:invite.addresses': readonly string[];
  'phone:invite.create': Result<Invitation, InviteProblem>;
  'phone:profile.set': Result<UserProfile, ProfileProblem>;
  'phone:directory.picture': Picture | null;
  'phone:group.create': Result<Group, GroupProblem>;
  'phone:group.change': Result<Group, GroupProblem>;
  'phone:records.list': Result<readonly CallRecord[], 'offline'>;
  'phone:records.get-unseen': NewestUnseen;
  'phone:records.seen': Result<null, 'offline'>;
  'phone:settings.get': AppSettings;
  'phone:settings.set': AppSettings;
  'phone:settings.secret-place': SecretPlace;
  'phone:settings.may-float': boolean;
  'phone:keys.try': KeysState;
  'phone:system.get': SystemView;
  'phone:system.set': SystemView;
  'phone:update.get': UpdateState;
  'phone:update.check': boolean;
  'phone:update.install': Result<null, UpdateProblem>;
  'phone:update.open-page': null;
  'phone:update.dismiss': null;
  'phone:devices.test': null;
  'phone:devices.choose': AppSettings;
  'phone:call.accept': Result<null, CallProblem>;
  'phone:call.decline': Result<null, CallProblem>;
  'phone:directory.search': Result<
    { readonly people: readonly UserProfile[]; readonly cursor?: string },
    'offline'
  >;
  'phone:directory.profiles': Result<readonly UserProfile[], 'offline'>;
  'phone:directory.groups': Result<readonly Group[], 'offline'>;
  'phone:presence.watch': Result<readonly Presence[], 'offline'>;
  'phone:call.prepare': null;
  'phone:call.place': Result<null, CallProblem>;
  'phone:call.place-group': Result<null, CallProblem>;
  'phone:call.enter': Result<null, CallProblem>;
  'phone:group-calls.watch': Result<readonly GroupCall[], 'offline'>;
  'phone:call.list': readonly DeskCallView[];
  'phone:call.return': Result<null, CallProblem>;
  'phone:call.hang-up': Result<null, CallProblem>;
  'phone:rules.get': CallRules;
  'phone:rules.block': Result<CallRules, RulesProblem>;
  'phone:rules.favourite': Result<CallRules, RulesProblem>;
  'phone:rules.set': Result<CallRules, RulesProblem>;
  'phone:incoming.get': DeskCallView | null;
  'phone:incoming.settings': AppSettings;
  'phone:incoming.replies': readonly string[];
  'phone:incoming.picture': Picture | null;
  'phone:incoming.profiles': readonly UserProfile[];
  'phone:incoming.received': null;
  'phone:incoming.painted': null;
  'phone:incoming.accept': Result<null, CallProblem>;
  'phone:incoming.decline': Result<null, CallProblem>;
  'phone:call.ready': null;
  'phone:call.start': Result<CallSnapshot, CallProblem>;
  'phone:call.start-group': Result<CallSnapshot, CallProblem>;
  'phone:call.invite': Result<CallSnapshot, CallProblem>;
  'phone:call.extend': Result<CallSnapshot, CallProblem>;
  'phone:call.claim': Result<CallSnapshot, CallProblem>;
  'phone:call.join': Result<CallSnapshot, CallProblem>;
  'phone:call.leave': Result<CallSnapshot, CallProblem>;
  'phone:call.media': Result<CallSnapshot, CallProblem>;
  'phone:call.media-answer': Result<CallSnapshot, CallProblem>;
  'phone:call.media-state': null;
  'phone:call.again': Result<null, CallProblem>;
  'phone:call.signal': null;
  'phone:call.live-links': null;
  'phone:call.ice-servers': Result<readonly IceServer[], CallProblem>;
  'phone:call.settings': AppSettings;
  'phone:call.picture': Picture | null;
  'phone:call.profiles': Result<readonly UserProfile[], 'offline'>;
  'phone:call.presence': Result<readonly Presence[], 'offline'>;
  'phone:call.search': Result<readonly UserProfile[], 'offline'>;
  /** Null: this user is in no such group. */
  'phone:call.group': Result<Group | null, 'offline'>;
  'phone:call.choose-devices': AppSettings;
  'phone:window.close': null;
  'phone:window.minimize': null;
  'phone:window.toggle-maximize': null;
  'phone:window.set-form': null;
  'phone:window.drag': null;
  'phone:window.next-corner': null;
  'phone:window.words-read': null;
  'phone:echo.ready': null;
}
