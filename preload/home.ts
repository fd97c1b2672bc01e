import type { HomeApi } from '#common/window-api';
import { expose, request, subscribe } from './bridge';

const api: HomeApi = {
  getSession: request('phone:session.get'),
  signIn: request('phone:session.sign-in'),
  tryHere: request('phone:session.try-here'),
  signOut: request('phone:session.sign-out'),
  searchDirectory: request('phone:directory.search'),
  findPeople: request('phone:directory.profiles'),
  listGroups: request('phone:directory.groups'),
  watchPresence: request('phone:presence.watch'),
  prepareCall: request('phone:call.prepare'),
  placeCall: request('phone:call.place'),
  returnToCall: request('phone:call.return'),
  hangUp: request('phone:call.hang-up'),
  getRules: request('phone:rules.get'),
  block: request('phone:rules.block'),
  setRules: request('phone:rules.set'),
  listCalls: request('phone:call.list'),
  onSessionChanged: subscribe<'home', 'phone:session.changed'>('phone:session.changed'),
  onPresenceChanged: subscribe<'home', 'phone:presence.changed'>('phone:presence.changed'),
  onRulesChanged: subscribe<'home', 'phone:rules.changed'>('phone:rules.changed'),
  onCallsChanged: subscribe<'home', 'phone:call.list-changed'>('phone:call.list-changed'),
};

expose(api);
