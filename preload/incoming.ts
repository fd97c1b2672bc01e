import type { IncomingApi } from '#common/window-api';
import { expose, request, subscribe } from './bridge';

const api: IncomingApi = {
  getCall: request('phone:incoming.get'),
  painted: request('phone:incoming.painted'),
  accept: request('phone:incoming.accept'),
  decline: request('phone:incoming.decline'),
  onChanged: subscribe<'incoming', 'phone:incoming.changed'>('phone:incoming.changed'),
};

expose(api);
