/**
 * What `window.peal` is in each kind of window. Built from the channel table, so that a renamed channel or a changed
 * reply breaks the preload that offers it and the page that uses it. Preload implements these types, renderer reads
 * them; neither imports the other.
 */
import type {
  PushChannel,
  Pushes,
  Replies,
  RequestChannel,
  RequestPayload,
  WindowKind,
} from './ipc';

/** A request as a page makes it: no argument where the channel takes none. */
type Verb<C extends RequestChannel> =
  RequestPayload<C> extends null
    ? () => Promise<Replies[C]>
    : (payload: RequestPayload<C>) => Promise<Replies[C]>;

/** A push as a page hears it. Returns its unsubscribe. */
type Hear<K extends WindowKind, C extends PushChannel<K>> = (
  listener: (payload: Pushes[K][C]) => void,
) => () => void;

export interface HomeApi {
  readonly quit: Verb<'phone:app.quit'>;
  readonly getSession: Verb<'phone:session.get'>;
  readonly getStanding: Verb<'phone:standing.get'>;
  readonly signIn: Verb<'phone:session.sign-in'>;
  readonly tryHere: Verb<'phone:session.try-here'>;
  readonly signOut: Verb<'phone:session.sign-out'>;
  readonly takeLink: Verb<'phone:session.take-link'>;
  readonly takeCallLink: Verb<'phone:link.take-call'>;
  readonly join: Verb<'phone:session.join'>;
  readonly inviteAddresses: Verb<'phone:invite.addresses'>;
  readonly createInvite: Verb<'phone:invite.create'>;
  readonly setProfile: Verb<'phone:profile.set'>;
  readonly findPicture: Verb<'phone:directory.picture'>;
  readonly createGroup: Verb<'phone:group.create'>;
  readonly changeGroup: Verb<'phone:group.change'>;
  readonly listRecords: Verb<'phone:records.list'>;
  readonly getUnseen: Verb<'phone:records.get-unseen'>;
  readonly markRecordsSeen: Verb<'phone:records.seen'>;
  readonly getSettings: Verb<'phone:settings.get'>;
  readonly setSettings: Verb<'phone:settings.set'>;
  readonly mayFloat: Verb<'phone:settings.may-float'>;
  readonly secretPlace: Verb<'phone:settings.secret-place'>;
  readonly tryKeys: Verb<'phone:keys.try'>;
  readonly getSystem: Verb<'phone:system.get'>;
  readonly setSystem: Verb<'phone:system.set'>;
  readonly getUpdate: Verb<'phone:update.get'>;
  readonly checkForUpdate: Verb<'phone:update.check'>;
  readonly installUpdate: Verb<'phone:update.install'>;
  readonly openUpdatePage: Verb<'phone:update.open-page'>;
  readonly dismissUpdate: Verb<'phone:update.dismiss'>;
  readonly onUpdateChanged: Hear<'home', 'phone:update.changed'>;
  readonly testDevices: Verb<'phone:devices.test'>;
  readonly chooseDevices: Verb<'phone:devices.choose'>;
  readonly acceptCall: Verb<'phone:call.accept'>;
  readonly declineCall: Verb<'phone:call.decline'>;
  readonly searchDirectory: Verb<'phone:directory.search'>;
  readonly findPeople: Verb<'phone:directory.profiles'>;
  readonly listGroups: Verb<'phone:directory.groups'>;
  readonly watchPresence: Verb<'phone:presence.watch'>;
  readonly prepareCall: Verb<'phone:call.prepare'>;
  readonly placeCall: Verb<'phone:call.place'>;
  readonly placeGroupCall: Verb<'phone:call.place-group'>;
  readonly enterCall: Verb<'phone:call.enter'>;
  readonly watchGroupCalls: Verb<'phone:group-calls.watch'>;
  readonly returnToCall: Verb<'phone:call.return'>;
  readonly hangUp: Verb<'phone:call.hang-up'>;
  readonly getRules: Verb<'phone:rules.get'>;
  readonly block: Verb<'phone:rules.block'>;
  readonly favour: Verb<'phone:rules.favourite'>;
  readonly setRules: Verb<'phone:rules.set'>;
  readonly onRulesChanged: Hear<'home', 'phone:rules.changed'>;
  readonly listCalls: Verb<'phone:call.list'>;
  readonly onSessionChanged: Hear<'home', 'phone:session.changed'>;
  readonly onStandingChanged: Hear<'home', 'phone:standing.changed'>;
  readonly onPresenceChanged: Hear<'home', 'phone:presence.changed'>;
  readonly onCallsChanged: Hear<'home', 'phone:call.list-changed'>;
  readonly onAnswerFailed: Hear<'home', 'phone:call.answer-failed'>;
  readonly onSettingsChanged: Hear<'home', 'phone:settings.changed'>;
  readonly onLinkOpened: Hear<'home', 'phone:session.link-opened'>;
  readonly onCallLinkOpened: Hear<'home', 'phone:link.call-opened'>;
  readonly onProfileChanged: Hear<'home', 'phone:profile.changed'>;
  readonly onGroupsChanged: Hear<'home', 'phone:groups.changed'>;
  readonly onGroupCallChanged: Hear<'home', 'phone:group-call.changed'>;
  readonly onRecordAdded: Hear<'home', 'phone:records.added'>;
  readonly onRecordsUnseen: Hear<'home', 'phone:records.unseen'>;
  readonly onRecordsSeen: Hear<'home', 'phone:records.seen'>;
  readonly onShow: Hear<'home', 'phone:home.show'>;
}

export interface IncomingApi {
  readonly getCall: Verb<'phone:incoming.get'>;
  /** The page has the ring, and paints it next. */
  readonly received: Verb<'phone:incoming.received'>;
  readonly painted: Verb<'phone:incoming.painted'>;
  readonly accept: Verb<'phone:incoming.accept'>;
  readonly decline: Verb<'phone:incoming.decline'>;
  readonly getSettings: Verb<'phone:incoming.settings'>;
  readonly getReplies: Verb<'phone:incoming.replies'>;
  readonly findPicture: Verb<'phone:incoming.picture'>;
  readonly findPeople: Verb<'phone:incoming.profiles'>;
  readonly onChanged: Hear<'incoming', 'phone:incoming.changed'>;
  readonly onSettingsChanged: Hear<'incoming', 'phone:incoming.settings-changed'>;
  readonly onAnswerFailed: Hear<'incoming', 'phone:incoming.answer-failed'>;
}

export interface CallApi {
  readonly ready: Verb<'phone:call.ready'>;
  readonly start: Verb<'phone:call.start'>;
  readonly startGroup: Verb<'phone:call.start-group'>;
  readonly invite: Verb<'phone:call.invite'>;
  readonly extend: Verb<'phone:call.extend'>;
  readonly claim: Verb<'phone:call.claim'>;
  readonly join: Verb<'phone:call.join'>;
  readonly leave: Verb<'phone:call.leave'>;
  readonly setMedia: Verb<'phone:call.media'>;
  readonly answerMedia: Verb<'phone:call.media-answer'>;
  readonly reportMediaState: Verb<'phone:call.media-state'>;
  readonly callAgain: Verb<'phone:call.again'>;
  readonly sendSignal: Verb<'phone:call.signal'>;
  readonly reportLiveLinks: Verb<'phone:call.live-links'>;
  readonly iceServers: Verb<'phone:call.ice-servers'>;
  readonly getSettings: Verb<'phone:call.settings'>;
  readonly findPicture: Verb<'phone:call.picture'>;
  readonly findPeople: Verb<'phone:call.profiles'>;
  readonly searchPeople: Verb<'phone:call.search'>;
  readonly lookAtPresence: Verb<'phone:call.presence'>;
  readonly findGroup: Verb<'phone:call.group'>;
  readonly chooseDevices: Verb<'phone:call.choose-devices'>;
  readonly closeWindow: Verb<'phone:window.close'>;
  readonly minimize: Verb<'phone:window.minimize'>;
  readonly toggleMaximize: Verb<'phone:window.toggle-maximize'>;
  readonly setForm: Verb<'phone:window.set-form'>;
  readonly drag: Verb<'phone:window.drag'>;
  readonly toNextCorner: Verb<'phone:window.next-corner'>;
  readonly markWordsRead: Verb<'phone:window.words-read'>;
  readonly onAssigned: Hear<'call', 'phone:call.assigned'>;
  readonly onSnapshot: Hear<'call', 'phone:call.snapshot'>;
  readonly onSignal: Hear<'call', 'phone:call.signal-received'>;
  readonly onAccepted: Hear<'call', 'phone:call.accepted'>;
  readonly onNetworkChanged: Hear<'call', 'phone:call.network-changed'>;
  readonly onSoundLost: Hear<'call', 'phone:call.sound-lost'>;
  readonly onSettingsChanged: Hear<'call', 'phone:call.settings-changed'>;
  readonly onSightChanged: Hear<'call', 'phone:call.sight-changed'>;
  readonly onFormChanged: Hear<'call', 'phone:call.form-changed'>;
  readonly onMiniAsked: Hear<'call', 'phone:call.mini-asked'>;
  readonly onMuteAsked: Hear<'call', 'phone:call.mute-asked'>;
}

export interface EchoApi {
  readonly ready: Verb<'phone:echo.ready'>;
  readonly onStarted: Hear<'echo', 'phone:echo.started'>;
}
