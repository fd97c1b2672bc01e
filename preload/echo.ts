import type { EchoApi } from '#common/window-api';
import { expose, request, subscribe } from './bridge';

const api: EchoApi = {
  ready: request('phone:echo.ready'),
  onStarted: subscribe<'echo', 'phone:echo.started'>('phone:echo.started'),
};

expose(api);
