import type { CallApi } from '#common/window-api';
import { expose, request, subscribe } from './bridge';

const api: CallApi = {
  ready: request('phone:call.ready'),
  mayStart: request('phone:call.may-start'),
  start: request('phone:call.start'),
  startGroup: request('phone:call.start-group'),
  invite: request('phone:call.invite'),
  extend: request('phone:call.extend'),
  claim: request('phone:call.claim'),
  join: request('phone:call.join'),
  leave: request('phone:call.leave'),
  setMedia: request('phone:call.media'),
  answerMedia: request('phone:call.media-answer'),
  reportMediaState: request('phone:call.media-state'),
  callAgain: request('phone:call.again'),
  sendSignal: request('phone:call.signal'),
  reportLiveLinks: request('phone:call.live-links'),
  iceServers: request('phone:call.ice-servers'),
  getSettings: request('phone:call.settings'),
  findPicture: request('phone:call.picture'),
  findPeople: request('phone:call.profiles'),
  searchPeople: request('phone:call.search'),
  findGroup: request('phone:call.group'),
  chooseDevices: request('phone:call.choose-devices'),
  closeWindow: request('phone:window.close'),
  minimize: request('phone:window.minimize'),
  toggleMaximize: request('phone:window.toggle-maximize'),
  onAssigned: subscribe<'call', 'phone:call.assigned'>('phone:call.assigned'),
  onSnapshot: subscribe<'call', 'phone:call.snapshot'>('phone:call.snapshot'),
  onSignal: subscribe<'call', 'phone:call.signal-received'>('phone:call.signal-received'),
  onAccepted: subscribe<'call', 'phone:call.accepted'>('phone:call.accepted'),
  onNetworkChanged: subscribe<'call', 'phone:call.network-changed'>('phone:call.network-changed'),
  onSettingsChanged: subscribe<'call', 'phone:call.settings-changed'>(
    'phone:call.settings-changed',
  ),
  onSightChanged: subscribe<'call', 'phone:call.sight-changed'>('phone:call.sight-changed'),
};

expose(api);
