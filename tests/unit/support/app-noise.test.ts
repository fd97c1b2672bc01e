import { expect, it } from 'vitest';
import { isAlarming } from '../../support/app-noise';

it.each([
  '[18169:1122/035253.622008:ERROR:viz_main_impl.cc(181)] Exiting GPU process due to errors during initialization',
  '[18535:1122/035324.451672:ERROR:alsa_util.cc(204)] PcmOpen: default,No such file or directory',
  'DevTools listening on ws://127.0.0.1:37587/devtools/browser/79340958',
  '2026-11-22T04:00:00.000Z info call c7: ringing -> connecting',
  '2026-11-22T04:00:00.000Z warn signaling: reconnecting',
])('lets pass what every healthy run writes: %s', (line) => {
  expect(isAlarming(line)).toBe(false);
});

it.each([
  '[12:0101/000000.000001:ERROR:render_process_host_impl.cc(1)] Terminating render process',
  'Uncaught Exception:',
  'TypeError: Cannot read properties of undefined',
  '(node:5) UnhandledPromiseRejectionWarning: no',
  '(node:5) DeprecationWarning: old',
  '2026-11-22T04:00:00.000Z error home: gone',
  '{"time":"2026","level":"error","message":"bug"}',
])('wants an explanation for %s', (line) => {
  expect(isAlarming(line)).toBe(true);
});
