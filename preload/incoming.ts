import type { IncomingApi } from '#common/window-api';
import { expose, request, subscribe } from './bridge';

const api: IncomingApi = {
  getCall: request('phone:incoming.get'),
  received: request('phone:incoming.received'),
  painted: request('phone:incoming.painted'),
  accept: request('phone:incoming.accept'),
  decline: request('phone:incoming.decline'),
  getSettings: request('phone:incoming.settings'),
  getReplies: request('phone:incoming.replies'),
  findPicture: request('phone:incoming.picture'),
  findPeople: request('phone:incoming.profiles'),
  onChanged: subscribe<'incoming', 'phone:incoming.changed'>('phone:incoming.changed'),
  onSettingsChanged: subscribe<'incoming', 'phone:incoming.settings-changed'>(
    'phone:incoming.settings-changed',
  ),
  onAnswerFailed: subscribe<'incoming', 'phone:incoming.answer-failed'>(
    'phone:incoming.answer-failed',
  ),
};

expose(api);
